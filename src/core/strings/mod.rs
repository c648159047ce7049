//! The visible texts. They are written in `locales/`.

mod text;

pub use text::Text;

/// The texts of one language, with the host's own laid over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Strings {
    spanish: bool,
    overrides: Vec<(Text, String)>,
}

impl Strings {
    /// The table for a language tag such as `es-MX`; English for every language without one.
    pub fn new(language: &str) -> Self {
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        Self { spanish: primary.eq_ignore_ascii_case("es"), overrides: Vec::new() }
    }

    /// Lays one of the host's texts over the table's.
    pub fn with(mut self, text: Text, wording: String) -> Self {
        self.overrides.push((text, wording));
        self
    }

    pub fn text(&self, text: Text) -> &str {
        match self.overrides.iter().find(|(overridden, _)| *overridden == text) {
            Some((_, wording)) => wording,
            None if self.spanish => text.spanish(),
            None => text.english(),
        }
    }

    /// The text with values in the place of its `{name}`s. A name that has none stays.
    pub fn filled(&self, text: Text, values: &[(&str, &str)]) -> String {
        fill(self.text(text), values)
    }
}

/// A text with values in the place of its `{name}`s. A name that has none stays.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let named = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((*value, after))
        });
        let (value, after) = named.unwrap_or(("{", after));
        filled.push_str(value);
        rest = after;
    }
    filled.push_str(rest);
    filled
}
