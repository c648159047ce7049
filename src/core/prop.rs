//! A prop as the host gave it, before anything is believed about it.

use std::fmt;

/// One value from JavaScript, of whatever type the host chose.
///
/// `Debug` shows its type alone: the value may be a secret or name a person.
#[derive(Clone, Default, PartialEq)]
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

impl Prop {
    /// Whether it can name a visitor: it is there, and is not a text that stands for nothing.
    pub fn may_name_visitor(&self) -> bool {
        match self {
            Self::Text(text) => !stands_for_nothing(text),
            other => !other.is_missing(),
        }
    }
}

/// A missing value as a text, in the languages that pages and task attributes are made by.
const NOTHING: [&str; 8] = ["undefined", "null", "nil", "none", "nan", "true", "false", "array"];

/// What a template leaves that nobody filled in, or an object as a text.
const UNFILLED: [&str; 6] = ["{{", "${", "#{", "<%", "[object ", "<no value>"];

const NIL_UUID: &str = "00000000-0000-0000-0000-000000000000";

/// Whether a text is what a template or a string conversion makes of a value that was not there. It
/// would be the visitor ID of everybody who has none.
///
/// `vectors/visitor_id.json` has the cases, which the visitor's side and the doctor run too.
pub fn stands_for_nothing(text: &str) -> bool {
    let text = text.trim();
    let is_mark = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric();
    let is_nothing = |part: &str| NOTHING.iter().any(|word| part.eq_ignore_ascii_case(word));
    let mut parts = text.split(is_mark).filter(|part| !part.is_empty());
    // A word of the page's own and JavaScript's `undefined`.
    let is_shared = || {
        text.split(is_mark).any(|part| part == "undefined")
            && !text.contains(|c: char| c.is_ascii_digit())
    };
    parts.all(is_nothing)
        || is_shared()
        || text
            .char_indices()
            .filter(|(_, first)| matches!(first, '{' | '$' | '#' | '<' | '['))
            .any(|(at, _)| UNFILLED.iter().any(|mark| text[at..].starts_with(mark)))
        || is_placeholder(text)
        || text == NIL_UUID
}

/// `{name}` or `{0}`, and what `printf` fills in.
fn is_placeholder(text: &str) -> bool {
    let inner = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let is_name = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    inner.is_some_and(is_name) || ["%s", "%d", "%@"].contains(&text)
}

impl fmt::Debug for Prop {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.type_name())
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
