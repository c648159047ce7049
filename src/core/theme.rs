//! Flex's design tokens, as custom properties of our stylesheet.

/// The tokens that the stylesheet uses: group and name in Flex's `theme.tokens`, and our property.
pub const TOKENS: &[(&str, &str, &str)] = &[
    ("backgroundColors", "colorBackgroundBody", "--fg-surface"),
    ("backgroundColors", "colorBackground", "--fg-raised"),
    ("backgroundColors", "colorBackgroundPrimary", "--fg-primary"),
    ("backgroundColors", "colorBackgroundErrorWeakest", "--fg-error-surface"),
    ("backgroundColors", "colorBackgroundWarningWeakest", "--fg-warning-surface"),
    ("textColors", "colorText", "--fg-text"),
    ("textColors", "colorTextWeak", "--fg-text-weak"),
    ("textColors", "colorTextInverse", "--fg-on-primary"),
    ("textColors", "colorTextError", "--fg-error"),
    ("textColors", "colorTextSuccess", "--fg-success"),
    ("textColors", "colorTextLink", "--fg-link"),
    ("borderColors", "colorBorder", "--fg-border"),
    ("borderColors", "colorBorderWeak", "--fg-border-weak"),
    ("borderColors", "colorBorderPrimary", "--fg-focus"),
    ("fonts", "fontFamilyText", "--fg-font"),
];

/// How the component looks in the host's theme.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Theme {
    pub is_dark: bool,
    declarations: String,
}

impl Theme {
    pub fn new(is_dark: bool) -> Self {
        Self { is_dark, declarations: String::new() }
    }

    /// Gives one of our properties the value of a token. A value that could end its declaration is
    /// left out.
    pub fn declare(&mut self, property: &str, value: &str) {
        if !value.bytes().any(|byte| b";{}<".contains(&byte)) {
            for part in [property, ":", value, ";"] {
                self.declarations.push_str(part);
            }
        }
    }

    /// The declarations, for a `style` attribute.
    pub fn declarations(&self) -> &str {
        &self.declarations
    }
}
