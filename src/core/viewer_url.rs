//! The address of Glance's viewer.

use std::fmt;

use crate::core::{form::form, group_id::GroupId, login_key::LoginKey, session_key::SessionKey};

/// The address of the viewer of one session. It carries a login key, so `Debug` redacts it.
#[derive(Clone, PartialEq, Eq)]
pub struct ViewerUrl(String);

/// Who joins, and with what.
#[derive(Clone, Copy)]
pub struct UrlCredentials<'a> {
    pub group_id: GroupId,
    pub partner_user_id: &'a str,
    pub login_key: &'a LoginKey,
}

impl ViewerUrl {
    /// `AgentView.aspx` of `web`, waiting for the session to start. Without credentials Glance asks
    /// the agent to sign in.
    ///
    /// Source: Glance, "Agent side" (`SessionKey`, `Wait=1`) and "Login key usage" (`partnerid`,
    /// `partneruserid`, `loginkey`). `agentVideo` is inferred, see [`crate::core::video::Video`].
    pub fn build(
        web: &str,
        session_key: &SessionKey,
        credentials: Option<UrlCredentials<'_>>,
        agent_video: Option<&str>,
    ) -> Self {
        let mut query = form(&[("SessionKey", session_key.as_str()), ("Wait", "1")]);
        if let Some(mode) = agent_video {
            query.push('&');
            query.push_str(&form(&[("agentVideo", mode)]));
        }
        if let Some(credentials) = credentials {
            query.push('&');
            query.push_str(&form(&[
                ("partnerid", &credentials.group_id.number().to_string()),
                ("partneruserid", credentials.partner_user_id),
                ("loginkey", credentials.login_key.expose()),
            ]));
        }
        Self(format!("{web}/agentjoin/AgentView.aspx?{query}"))
    }

    /// The whole address, for a window or frame.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ViewerUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ViewerUrl(redacted)")
    }
}
