//! The props of a component or registration, as the desk works with them.

use crate::core::{config::Config, group_id::GroupId, ids::SettingsId, strings::Strings};

/// Which Flex token goes with a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TokenSource {
    /// The text of the `authtoken` prop, which may be older than the agent's Flex session.
    Literal,
    /// A function of the prop, or what Flex's Manager holds now.
    #[default]
    Current,
}

/// Valid props. What among them is a function is not here: whoever runs effects knows it by `id`.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub id: SettingsId,
    pub config: Config,
    pub strings: Strings,
    /// Which Flex token is tried first.
    pub token: TokenSource,
}

/// Who signs login keys, and for which group: keys of one issuer are of no use with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    pub group_id: GroupId,
    pub auth_url: String,
}

impl Settings {
    pub fn issuer(&self) -> Issuer {
        Issuer { group_id: self.config.group_id, auth_url: self.config.auth_url.clone() }
    }

    /// Whether both mean the same presence: the same group on the same servers.
    pub fn has_same_presence(&self, other: &Self) -> bool {
        let (a, b) = (&self.config, &other.config);
        a.presence == b.presence
            && a.group_id == b.group_id
            && a.cdn == b.cdn
            && a.presence_server == b.presence_server
            && a.authorization == b.authorization
            && a.auth_url == b.auth_url
    }
}
