//! Flex's design tokens, as custom properties of our stylesheet.

/// The tokens that the stylesheet uses, as `vectors/theme_tokens.json` has them: group and name in Flex's
/// `theme.tokens`, and our property. One text, which weighs half of what a table with its addresses does.
const TOKENS: &str = "\
backgroundColors colorBackgroundBody --surface
backgroundColors colorBackground --raised
backgroundColors colorBackgroundPrimary --primary
backgroundColors colorBackgroundErrorWeakest --error-surface
backgroundColors colorBackgroundWarningWeakest --warning-surface
textColors colorText --text
textColors colorTextWeak --text-weak
textColors colorTextInverse --on-primary
textColors colorTextError --error
textColors colorTextSuccess --success
textColors colorTextLink --link
borderColors colorBorder --border
borderColors colorBorderWeak --border-weak
borderColors colorBorderPrimary --focus
fonts fontFamilyText --font";

/// Group and name of a token in Flex's `theme.tokens`, and our property, one by one.
pub fn tokens() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    TOKENS.split('\n').filter_map(|token| {
        let (group, rest) = token.split_once(' ')?;
        let (name, property) = rest.split_once(' ')?;
        Some((group, name, property))
    })
}

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
