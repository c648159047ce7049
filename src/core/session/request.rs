//! What one opening of a viewer needs to know.

use crate::core::{
    group_id::GroupId,
    login_key::Credentials,
    open_target::{NoPanel, OpenTarget},
    session_key::SessionKey,
    settings::Settings,
    video::Video,
    viewer_url::{UrlCredentials, ViewerUrl},
};

/// Which session's viewer, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewerRequest {
    pub session_key: SessionKey,
    pub group_id: GroupId,
    /// Origin of Glance's web server.
    pub web: String,
    pub target: OpenTarget,
    /// Set when `flex` was asked for and the viewer cannot be in the panel.
    pub without_panel: Option<NoPanel>,
    /// Whether it opens before the visitor has accepted.
    pub opens_in_click: bool,
    pub video: Video,
}

impl ViewerRequest {
    /// The viewer of one session, where the settings want it.
    pub fn new(session_key: SessionKey, settings: &Settings) -> Self {
        let config = &settings.config;
        Self {
            session_key,
            group_id: config.group_id,
            web: config.web.clone(),
            target: config.target,
            without_panel: None,
            opens_in_click: config.target.opens_in_click(config.immediate_tab),
            video: config.video.clone(),
        }
    }

    /// Puts the viewer into a tab if it should be in a panel that is not there.
    pub fn resolve_target(mut self, no_panel: Option<NoPanel>) -> Self {
        if self.target == OpenTarget::Flex && no_panel.is_some() {
            self.target = OpenTarget::Tab;
            self.without_panel = no_panel;
        }
        self
    }

    /// Whether both would show the same session in the same place.
    pub fn is_same_viewer(&self, other: &Self) -> bool {
        self.is_same_session(other) && self.target == other.target
    }

    pub fn is_same_session(&self, other: &Self) -> bool {
        self.session_key == other.session_key
            && self.group_id == other.group_id
            && self.web == other.web
    }

    /// The viewer's address. Without credentials Glance asks the agent to sign in.
    pub fn url(&self, credentials: Option<&Credentials>) -> ViewerUrl {
        let credentials = credentials.map(|credentials| UrlCredentials {
            group_id: self.group_id,
            partner_user_id: &credentials.partner_user_id,
            login_key: &credentials.login_key,
        });
        ViewerUrl::build(&self.web, &self.session_key, credentials, self.video.agent.as_deref())
    }
}
