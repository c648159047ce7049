//! The key by which agent and visitor meet.

use std::fmt;

use crate::core::{ids::short_hash, printable::is_invisible};

/// Longest key that any Glance page allows.
pub const MAX_LENGTH: usize = 62;

/// A session key that Glance can accept: 1 to 62 letters, digits, `_`, `-`, `~` or `.`.
/// `vectors/session_key.json` has the cases, which the visitor's side, the doctor and the Glance
/// stand-in run too.
///
/// Source: Glance's visitor API (web) allows letters, digits, `_`, `-`, up to 50 characters; its
/// mobile SDK also `~`, up to 62; its oldest pages `.`. The union is accepted, since the stricter
/// rules belong to the visitor's side.
///
/// It names a visitor, so `Debug` shows a short hash in its place.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionKey(String);

/// The rule that an impossible key breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKeyError {
    Empty,
    TooLong { length: usize },
    Character(char),
}

impl SessionKey {
    /// Reads a key as it stands, for example from a task.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn parse(text: &str) -> Result<Self, SessionKeyError> {
        let text = text.trim();
        if let Some(wrong) = text.chars().find(|c| !is_allowed(*c)) {
            return Err(SessionKeyError::Character(wrong));
        }
        match text.len() {
            0 => Err(SessionKeyError::Empty),
            1..=MAX_LENGTH => Ok(Self(text.to_owned())),
            length => Err(SessionKeyError::TooLong { length }),
        }
    }

    /// Reads a key that a person typed or pasted: white space goes, and so do the dashes of a key
    /// that is read out in groups of digits (`12-34`), but not those of any other key.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn parse_typed(text: &str) -> Result<Self, SessionKeyError> {
        let mut key: String = text.chars().filter(|c| !is_blank(*c)).collect();
        if key.chars().all(|c| c.is_ascii_digit() || c == '-') {
            key.retain(|c| c != '-');
        }
        Self::parse(&key)
    }

    /// A key that nobody can guess, of random bytes: 32 hexadecimal digits. They stay whole in a link, which some chats
    /// end at a mark.
    pub fn random(bytes: [u8; 16]) -> Self {
        let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        Self(digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SessionKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "key {}", short_hash(&self.0))
    }
}

/// White space, and what copying from a web page or a chat brings along unseen.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

fn is_allowed(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '~' | '.')
}
