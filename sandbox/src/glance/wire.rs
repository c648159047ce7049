//! The messages between Glance's pages and this server: JSON texts with a `type`.
//!
//! A message of recorded events has two lines. The first is the header that this server reads; the
//! second, the events, passes through unread.

use axum::extract::ws::Utf8Bytes;
use serde::{Deserialize, Serialize};

/// The largest message a page may send.
pub(super) const LARGEST_MESSAGE: usize = 8 * 1024 * 1024;

/// How a visitor's page opens its socket.
#[derive(Debug, Deserialize)]
pub(super) struct Hello {
    pub(super) group: u32,
    /// Session key, or [`RANDOM_KEY`].
    pub(super) key: String,
    /// The random disambiguator of the visitor's session cookie.
    pub(super) visitor: String,
    /// The page is the one the visitor looks at.
    pub(super) visible: bool,
}

/// What stands for a session key that the server picks.
pub(super) const RANDOM_KEY: &str = "GLANCE_KEYTYPE_RANDOM";

#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum FromVisitor {
    /// Starts a session.
    Start(Hello),
    /// Goes on with a session on another page, in another tab, or after the connection broke.
    Continue(Hello),
    /// The visitor turned to this tab.
    Focus,
    /// Recorded events follow; `full` if they begin with a full snapshot.
    Events {
        #[serde(default)]
        full: bool,
    },
    /// The visitor ends the session.
    End,
}

#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum ToVisitor<'a> {
    /// The session runs, under this key.
    Running {
        key: &'a str,
    },
    /// This tab is the one to record.
    Focus,
    /// Another tab is.
    Blur,
    /// A full snapshot is needed.
    Snapshot,
    /// So many agents watch.
    Agents {
        count: usize,
    },
    Ended {
        reason: Reason,
    },
    Error {
        code: &'a str,
        msg: &'a str,
    },
}

#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum FromViewer {
    Join {
        ticket: String,
    },
    /// The agent ends the session.
    End,
}

#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum ToViewer {
    /// No session runs under the key yet.
    Waiting,
    /// The visitor's page is connected; its events follow.
    Live,
    /// The visitor's page is gone for the moment, for example between two pages.
    Away,
    Ended {
        reason: Reason,
    },
    /// The ticket is not valid, or too many watch.
    Refused,
}

/// Who or what ended a session, as the event `sessionend` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Reason {
    Agent,
    Visitor,
    Error,
}

/// The header of a message from a page.
pub(super) fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Option<T> {
    let header = text.split_once('\n').map_or(text, |(header, _)| header);
    serde_json::from_str(header).ok()
}

/// A message as text.
pub(super) fn text(message: &impl Serialize) -> Utf8Bytes {
    serde_json::to_string(message).unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_header_only() {
        let message = parse::<FromVisitor>("{\"type\":\"events\",\"full\":true}\n[not json");
        assert!(matches!(message, Some(FromVisitor::Events { full: true })));
        assert!(parse::<FromVisitor>("{\"type\":\"other\"}").is_none());
        assert!(parse::<FromVisitor>("").is_none());
    }

    #[test]
    fn writes_reasons_as_glance_names_them() {
        let text = text(&ToViewer::Ended { reason: Reason::Agent });
        assert_eq!(text.as_str(), r#"{"type":"ended","reason":"agent"}"#);
    }
}
