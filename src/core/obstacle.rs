//! Why presence cannot tell where a visitor is.

use crate::core::{
    failure::Failure,
    strings::{Strings, Text},
};

/// What stands between the agent and presence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Obstacle {
    /// The Presence Agent script did not load: no network, an ad blocker, or a policy of the page.
    Script,
    /// The script loaded and brought no Presence API.
    Api,
    /// No login key to authorize with.
    Key(Failure),
    /// The Authorization Service refused the agent.
    Refused,
    /// The connection broke; it is being made again.
    Connection,
}

impl Obstacle {
    /// What is wrong and what to do, in one or two sentences.
    pub fn describe(&self, strings: &Strings) -> String {
        match self {
            Self::Script => strings.text(Text::PresenceScript).to_owned(),
            Self::Api => strings.text(Text::PresenceApi).to_owned(),
            Self::Key(failure) => failure.describe(strings),
            Self::Refused => strings.text(Text::PresenceRefused).to_owned(),
            Self::Connection => strings.text(Text::PresenceConnection).to_owned(),
        }
    }

    /// Whether trying again by itself may help.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Key(failure) => failure.may_pass(),
            Self::Connection => true,
            Self::Script | Self::Api | Self::Refused => false,
        }
    }
}
