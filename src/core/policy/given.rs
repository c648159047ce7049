//! The prop as the host gave it, before anything is believed about it.

use crate::core::prop::Prop;

/// A value from JavaScript with all that is in it.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    Value(Prop),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl Given {
    /// The value's type in JavaScript's words.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Value(value) => value.type_name(),
            Self::List(_) => "an array",
            Self::Object(_) => "an object",
        }
    }

    /// Whether the host left it out.
    pub fn is_missing(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for Given {
    fn default() -> Self {
        Self::Value(Prop::Missing)
    }
}
