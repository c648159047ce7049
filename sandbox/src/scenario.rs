//! What goes wrong on purpose: the switches of the control API.
//!
//! `GET /control/scenario` on the landing page's origin answers the present one; `POST` with a JSON
//! object changes the named switches; `DELETE` puts everything back.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Every switch; the default is a world in which everything works.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Scenario {
    /// How the login-key Function answers.
    pub(crate) function: FunctionFault,
    /// Which login key the Function hands out, and whether Glance knows the agent.
    pub(crate) login_key: LoginKeyFault,
    /// Whether the agent's browser lets pages open windows.
    pub(crate) popups: Popups,
    /// Which role the agent has in Flex.
    pub(crate) agent_role: AgentRole,
    /// What Twilio's IAM tells the Function about the agent's Flex token.
    pub(crate) flex_token: FlexTokenFault,
    /// Whether Glance's viewer page ever arrives, and where it lets itself be framed.
    pub(crate) viewer: ViewerFault,
    /// Whether Glance authorizes agents for Presence.
    pub(crate) authorization: AuthorizationFault,
    /// Whether the script of Presence's agent side arrives.
    pub(crate) presence_script: ScriptFault,
    /// Whether the Presence service runs.
    pub(crate) presence: PresenceFault,
    /// Whether the Presence service trusts the desktop's origin.
    pub(crate) agent_origin: AgentOrigin,
    /// Which built plugin Flex loads: a file name without `.js` in `sandbox/dist/plugins/`.
    pub(crate) plugin: Option<String>,
    /// Laid over the plugin's settings (`ui_attributes.glance` of the Flex configuration).
    pub(crate) settings: Map<String, Value>,
    /// Laid over the `configuration` object that the desktop gives to `Flex.runDefault`.
    pub(crate) flex_config: Map<String, Value>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FunctionFault {
    #[default]
    None,
    /// Answers after 30 seconds.
    Slow,
    /// 403 with the token validator's kind of body.
    Forbidden,
    /// 500 with the Function's JSON error.
    Error,
    /// 503 with the Function's JSON error, and with `Retry-After`.
    Unavailable,
    /// 200 with something that is no JSON.
    Garbage,
    /// Closes the connection without an answer.
    Down,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LoginKeyFault {
    #[default]
    None,
    /// The key has run out before it arrives.
    Expired,
    /// It runs out in half a minute.
    ShortLived,
    /// It would hold for two days.
    LongLived,
    /// It has not the form of a login key.
    Malformed,
    /// Function and Glance portal hold the agent's name at the identity provider.
    PlainUser,
    /// The reply is that of the Function that Twilio's documentation publishes, API key and all.
    Published,
    /// Glance does not know the agent's partner user ID.
    UnknownUser,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Popups {
    #[default]
    Allowed,
    Blocked,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AgentRole {
    #[default]
    Agent,
    Admin,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FlexTokenFault {
    #[default]
    None,
    /// IAM says that the token has run out. Flex itself goes on, as it does between two of its calls.
    Expired,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ViewerFault {
    #[default]
    None,
    /// The viewer page's response never comes.
    NeverLoads,
    /// The portal's list of sites that may frame the viewer lacks the desktop.
    Unlisted,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AuthorizationFault {
    #[default]
    None,
    /// The agent's subscription does not include Presence.
    Refused,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ScriptFault {
    #[default]
    None,
    /// The request fails without an answer, as an ad blocker makes it fail.
    Blocked,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PresenceFault {
    #[default]
    None,
    /// Open connections are cut, and nothing answers.
    Down,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AgentOrigin {
    #[default]
    Trusted,
    /// Glance has not put it on the list.
    Untrusted,
}
