//! Why presence cannot tell where a visitor is.

use crate::core::{
    login_key::LoginKeyFailure,
    retry::Pace,
    strings::{Strings, Text},
};

/// What stands between the agent and presence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PresenceError {
    /// The Presence Agent script did not load: no network, an ad blocker, or a policy of the page.
    Script,
    /// The script loaded and brought no Presence API.
    Api,
    /// No login key to authorize with.
    Key(LoginKeyFailure),
    /// The Authorization Service did not authorize the agent, for once, or gave no answer.
    Authorization,
    /// The Authorization Service refuses the agent again and again.
    Refused,
    /// The connection broke; it is being made again.
    Connection,
}

impl PresenceError {
    /// What is wrong and what to do, in one or two sentences.
    pub fn describe(&self, strings: &Strings) -> String {
        let text = match self {
            Self::Script => Text::PresenceScript,
            Self::Api => Text::PresenceApi,
            Self::Key(failure) => return failure.describe(strings),
            Self::Authorization => Text::PresenceAuthorization,
            Self::Refused => Text::PresenceRefused,
            Self::Connection => Text::PresenceConnection,
        };
        strings.text(text).to_owned()
    }

    /// How soon it is tried again.
    pub fn pace(&self) -> Pace {
        match self {
            Self::Key(failure) if !failure.is_transient() => Pace::Slow,
            Self::Api | Self::Refused => Pace::Slow,
            Self::Key(_) | Self::Script | Self::Authorization | Self::Connection => Pace::Quick,
        }
    }
}
