//! What the component shows, in data: what is in it is decided by `describe`.

use yew::AttrValue;

use crate::{
    core::{
        strings::{Strings, Text},
        time::Moment,
    },
    ui::action::Action,
};

/// What the component shows.
#[derive(Clone, PartialEq)]
pub(super) struct Description {
    pub(super) main: Main,
    /// Buttons beside the main one.
    pub(super) buttons: Buttons,
    /// Whether a key can be typed.
    pub(super) takes_key: bool,
    /// Whether the customer can be invited by a link.
    pub(super) invites: bool,
    /// Why a key has to be typed, for its form.
    pub(super) key_reason: Option<AttrValue>,
    /// Said in a few words and announced.
    pub(super) status: Option<Words>,
    pub(super) tone: Tone,
    /// Since when time is counted, and what that time is.
    pub(super) timer: Option<(Moment, Text)>,
    /// What presence knows, for the icon beside the status.
    pub(super) seen: Option<Seen>,
    /// What needs more than a few words, with ways on.
    pub(super) message: Option<Message>,
}

/// The main button, which always says "Cobrowse".
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Main {
    Act(Action),
    /// Opens the form for a typed key.
    AskKey,
    /// Can do nothing now. `busy`: soon again.
    Idle {
        busy: bool,
    },
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Tone {
    Plain,
    Busy,
    /// The visitor is on the site.
    Online,
    Open,
    Warning,
    Error,
}

/// What presence knows, by its icon.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Seen {
    Checking,
    Online,
    Offline,
    Unknown,
}

/// Buttons with their words.
pub(super) type Buttons = &'static [(Action, Text)];

/// What is said: a text as it is, or one that was made of others.
#[derive(Clone, PartialEq)]
pub(super) enum Words {
    Text(Text),
    Made(AttrValue),
}

impl Words {
    pub(super) fn say(&self, strings: &Strings) -> AttrValue {
        match self {
            Self::Text(text) => say(strings, *text),
            Self::Made(words) => words.clone(),
        }
    }
}

/// A text in the agent's language.
pub(super) fn say(strings: &Strings, text: Text) -> AttrValue {
    strings.text(text).to_owned().into()
}

impl From<Text> for Words {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl From<String> for Words {
    fn from(words: String) -> Self {
        Self::Made(words.into())
    }
}

#[derive(Clone, PartialEq)]
pub(super) struct Message {
    pub(super) lines: Vec<Words>,
    pub(super) buttons: Buttons,
    /// What opens a viewer that the browser blocked.
    pub(super) link: Link,
    /// What can be copied.
    pub(super) copy: Option<AttrValue>,
}

#[derive(Clone, PartialEq)]
pub(super) enum Link {
    None,
    /// The viewer's address.
    Address(AttrValue),
    /// The address has run out: a click asks for another one.
    Expired,
}

impl Message {
    pub(super) fn new(words: impl Into<Words>, buttons: Buttons) -> Self {
        Self { lines: vec![words.into()], buttons, link: Link::None, copy: None }
    }
}

impl Description {
    pub(super) fn new(main: Main, tone: Tone) -> Self {
        Self {
            main,
            buttons: &[],
            takes_key: false,
            invites: false,
            key_reason: None,
            status: None,
            tone,
            timer: None,
            seen: None,
            message: None,
        }
    }
}
