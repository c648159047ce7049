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

    pub(in crate::core) fn text(&self) -> Option<&str> {
        match self {
            Self::Value(Prop::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The entries of a list; of anything else none.
    pub(in crate::core) fn entries(&self) -> &[Self] {
        match self {
            Self::List(entries) => entries,
            _ => &[],
        }
    }

    pub(super) fn members(&self) -> &[(String, Self)] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }

    /// The member of this name of an object; else one that is left out.
    pub(in crate::core) fn member(&self, name: &str) -> &Self {
        const MISSING: &Given = &Given::Value(Prop::Missing);
        let member = self.members().iter().find(|(known, _)| known == name);
        member.map_or(MISSING, |(_, given)| given)
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
