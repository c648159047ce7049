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
    /// What keeps an agent signed on to Glance.
    pub(crate) sign_on: SignOn,
    /// Whether Glance's viewer page ever arrives, and where it lets itself be framed.
    pub(crate) viewer: ViewerFault,
    /// Which other windows may hold Glance's viewer page (`Cross-Origin-Opener-Policy`).
    pub(crate) viewer_coop: OpenerPolicy,
    /// The same for the page that boots Flex.
    pub(crate) desktop_coop: OpenerPolicy,
    /// Whether Presence's agent side misbehaves at random.
    pub(crate) glance: GlanceFault,
    /// Where the adversary's chances come from: the same seed, the same chances.
    pub(crate) glance_seed: u32,
    /// Whether Glance authorizes agents for Presence.
    pub(crate) authorization: AuthorizationFault,
    /// Whether the script of Presence's agent side arrives.
    pub(crate) presence_script: ScriptFault,
    /// Whether the Presence service runs.
    pub(crate) presence: PresenceFault,
    /// What becomes of an agent's connection to the Presence service.
    pub(crate) connection: ConnectionFault,
    /// How the Presence service answers look-ups.
    pub(crate) lookup: LookUpFault,
    /// Which method of `GLANCE.Presence.Agent` throws.
    pub(crate) agent_method: MethodFault,
    /// Whether agents hear that a session has ended.
    pub(crate) session_end: SessionEndFault,
    /// Whether the Presence service trusts the desktop's origin.
    pub(crate) agent_origin: AgentOrigin,
    /// Which built plugin Flex loads: a file name without `.js` in `sandbox/dist/plugins/`.
    pub(crate) plugin: Option<String>,
    /// Laid over the props of the tests' plugins (`ui_attributes.glance` of the Flex configuration), from which
    /// the settings of our plugin are made.
    pub(crate) settings: Map<String, Value>,
    /// Laid over the settings of our plugin (`ui_attributes.custom_data.features.glance_cobrowse`).
    pub(crate) features: Map<String, Value>,
    /// Laid over the worker's attributes.
    pub(crate) worker_attributes: Map<String, Value>,
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
pub(crate) enum SignOn {
    /// The login key opens the viewer. The cookie is for a reload.
    #[default]
    Key,
    /// The login key gives a cookie, and only that opens the viewer.
    Cookie,
    /// The same with a cookie that each embedding site has for itself.
    PartitionedCookie,
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
    /// The viewer tries to take the place of the page that frames it, at once and after each click.
    Navigates,
}

/// `Cross-Origin-Opener-Policy` of a page, by the header's own values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum OpenerPolicy {
    #[default]
    None,
    SameOrigin,
    SameOriginAllowPopups,
    NoopenerAllowPopups,
}

impl OpenerPolicy {
    /// The header's value, if the page has the header.
    pub(crate) fn header(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::SameOrigin => Some("same-origin"),
            Self::SameOriginAllowPopups => Some("same-origin-allow-popups"),
            Self::NoopenerAllowPopups => Some("noopener-allow-popups"),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum GlanceFault {
    #[default]
    None,
    /// Signals and answers are late, reordered, repeated and lost, and methods throw.
    Adversary,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AuthorizationFault {
    #[default]
    None,
    /// The agent's subscription does not include Presence.
    Refused,
    /// `authorize` never calls back.
    Silent,
    /// It fails once, with a reason, and works from then on.
    Flaky,
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
pub(crate) enum ConnectionFault {
    #[default]
    None,
    /// It is accepted, and nothing is ever said on it.
    Silent,
    /// A second after a newer authorization, a connection made with an older one is rejected.
    OldRejected,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LookUpFault {
    #[default]
    None,
    /// It never calls back.
    Silent,
    /// The answer is what was true two seconds ago: what the connection has said since is newer.
    Stale,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MethodFault {
    #[default]
    None,
    ConnectThrows,
    LookupThrows,
    InvokeThrows,
    DisconnectThrows,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SessionEndFault {
    #[default]
    None,
    /// No agent hears of it.
    Lost,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AgentOrigin {
    #[default]
    Trusted,
    /// Glance has not put it on the list.
    Untrusted,
}
