//! A prop as the host gave it, before anything is believed about it.

/// One value from JavaScript, of whatever type the host chose.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Prop {
    /// `undefined`, `null`, or not there at all.
    #[default]
    Missing,
    Text(String),
    Number(f64),
    Bool(bool),
    /// A function that gives the value when it is needed.
    Function,
    /// An object or array, which no prop of a single value accepts. Holds the type's name.
    Other(&'static str),
}

impl Prop {
    /// The value's type in JavaScript's words. Never the value: it may be a secret.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Text(_) => "a string",
            Self::Number(_) => "a number",
            Self::Bool(_) => "a boolean",
            Self::Function => "a function",
            Self::Other(name) => name,
        }
    }

    /// The text, trimmed, unless it is empty or no text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// Whether the host left the prop out. An empty string counts as left out.
    pub fn is_missing(&self) -> bool {
        match self {
            Self::Missing => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

impl From<&str> for Prop {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Prop {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Prop {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<f64> for Prop {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Prop {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}
