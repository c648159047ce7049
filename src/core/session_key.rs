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

    /// Reads a key that a person typed or pasted: white space goes, and so do words around a number, and the dashes
    /// of a key that is read out in groups of digits (`12-34`), but not those of any other key. Full-width characters
    /// and the dashes of other keyboards count as their plain ones.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn parse_typed(text: &str) -> Result<Self, SessionKeyError> {
        let mut key = String::new();
        let mut number = Number::default();
        for c in text.chars().filter(|c| !is_invisible(*c)).map(plain) {
            number.read(c);
            if !c.is_whitespace() {
                key.push(c);
            }
        }
        if number.is_alone() || key.chars().all(|c| c.is_ascii_digit() || c == '-') {
            key = number.digits;
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

/// What a dash, or a full-width character, is on a plain keyboard.
fn plain(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{ff01}'..='\u{ff5e}' => char::from((u32::from(c) - 0xfee0) as u8),
        c => c,
    }
}

/// The random keys that Glance was seen to give have so many digits: fewer may be part of another key.
const SHORTEST_NUMBER: usize = 4;

/// The one number, in groups or not, of a text that may have words around it.
#[derive(Default)]
struct Number {
    digits: String,
    place: Place,
    has_words: bool,
    /// Whether something else belongs to it, or there is another one.
    is_more: bool,
    last: Option<char>,
}

#[derive(Default, PartialEq)]
enum Place {
    #[default]
    Before,
    Within,
    /// Right behind a full stop, which may end a sentence.
    Stop,
    After,
}

impl Number {
    fn read(&mut self, c: char) {
        let is_part = is_allowed(c);
        let touches = |last: Option<char>| last.is_some_and(is_allowed);
        self.has_words |= c.is_ascii_alphabetic() || !c.is_ascii() && !c.is_whitespace();
        if c.is_ascii_digit() {
            match self.place {
                Place::Before => self.is_more |= touches(self.last),
                Place::Within => {}
                Place::Stop | Place::After => self.is_more = true,
            }
            self.place = Place::Within;
            self.digits.push(c);
        } else if self.place == Place::Within && c != '-' && !c.is_whitespace() {
            self.place = if c == '.' { Place::Stop } else { Place::After };
            self.is_more |= is_part && c != '.' && touches(self.last);
        } else if self.place == Place::Stop {
            self.place = Place::After;
            self.is_more |= is_part;
        }
        self.last = Some(c);
    }

    /// Whether there are words, and none belongs to it.
    fn is_alone(&self) -> bool {
        self.has_words && !self.is_more && self.digits.len() >= SHORTEST_NUMBER
    }
}

fn is_allowed(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '~' | '.')
}
