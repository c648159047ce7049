//! The props of a component or registration, as the desk works with them.

use crate::core::{
    config::Config, group_id::GroupId, ids::SettingsId, login_key::TokenSource,
    session::ViewerRequest, session_key::SessionKey, strings::Strings,
};

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

    /// The viewer of one session, where these settings want it.
    pub fn request(&self, session_key: SessionKey) -> ViewerRequest {
        let config = &self.config;
        ViewerRequest {
            session_key,
            group_id: config.group_id,
            web: config.web.clone(),
            target: config.target,
            without_panel: false,
            opens_in_click: config.target.opens_in_click(config.immediate_tab),
            video: config.video.clone(),
        }
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
