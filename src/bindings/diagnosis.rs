//! What the doctor is told: what the component thinks of its props and its task. The doctor words it, and
//! decides nothing of it again.
//!
//! It holds no secret, and of ids the visitor's alone.

use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::{
    core::{
        config::{Config, ConfigError},
        desk::TaskView,
        policy::{Denial, Why},
        presence::PresenceStatus,
        session::Session,
        strings::Strings,
        task::Task,
    },
    ui::{TwilioFlexGlanceProperties, describe_task_key_error},
};

#[derive(Serialize)]
struct Diagnosis<'a> {
    wrong: Vec<WrongProp>,
    /// What it works with, unless a prop is wrong.
    settings: Option<TakenSettings>,
    visitor: Option<Visitor<'a>>,
    session: Option<SessionState>,
    policy: Option<PolicyVerdict>,
}

/// What the policy of these props makes of the task.
#[derive(Serialize)]
struct PolicyVerdict {
    /// Whether there is a rule.
    has_rules: bool,
    /// Whether something runs that it leaves alone.
    is_running: bool,
    /// Every rule that says no.
    denials: Vec<DeniedBy>,
}

/// The kind of rule, why it says no (`not listed`, `excluded`, `not told`), and which entry of `not`. No value
/// of the task's or the agent's.
type DeniedBy = (&'static str, &'static str, Option<usize>);

#[derive(Serialize)]
struct WrongProp {
    prop: String,
    /// What an administrator sets it by.
    setting: String,
    /// The type of its value.
    given: &'static str,
    /// In English.
    expected: String,
}

/// Names as those of the props.
#[derive(Serialize)]
struct TakenSettings {
    groupid: u32,
    authurl: String,
    /// Whether `authtoken` gives the token, and not Flex.
    authtoken: bool,
    openlocation: &'static str,
    presence: bool,
    hosts: Servers,
}

/// Origins; without `presence` where Glance's script decides.
#[derive(Serialize)]
struct Servers {
    web: String,
    cdn: String,
    presence: Option<String>,
    authorization: String,
}

/// Whom the task names, and by which attribute.
#[derive(Serialize)]
struct Visitor<'a> {
    /// Attributes that count no more than missing ones, each with its text, which stands for nothing.
    nothing: Vec<(&'static str, &'a str)>,
    attribute: Option<&'static str>,
    key: Option<String>,
    /// Why there is no session key, as the agent reads it, in English.
    problem: Option<String>,
}

/// The names that the log has for what goes on.
#[derive(Serialize)]
struct SessionState {
    session: String,
    presence: Option<&'static str>,
    /// Whether the browser blocked the viewer's window.
    blocked: bool,
}

/// What a component of these properties thinks, as an object of JavaScript.
pub(super) fn diagnosis(properties: &TwilioFlexGlanceProperties) -> JsValue {
    let task = properties.task.as_ref();
    let config = properties.config();
    let policy = match (&config, task) {
        (Ok(config), Some(task)) => Some(verdict(config, task, properties)),
        _ => None,
    };
    let diagnosis = Diagnosis {
        wrong: config.as_ref().err().into_iter().flatten().map(wrong).collect(),
        settings: config.ok().map(|config| taken(config, properties)),
        visitor: task.map(visitor),
        session: task.map(|task| properties.app.0.read(&task.sid, state)),
        policy,
    };
    serde_wasm_bindgen::to_value(&diagnosis).unwrap_or_default()
}

fn wrong(error: &ConfigError) -> WrongProp {
    let expected = Strings::default().text(error.expected).to_owned();
    let (prop, setting) = (error.prop.to_string(), error.setting.to_string());
    WrongProp { prop, setting, given: error.given, expected }
}

fn taken(config: Config, properties: &TwilioFlexGlanceProperties) -> TakenSettings {
    let Config { web, cdn, presence_server, authorization, .. } = config;
    TakenSettings {
        groupid: config.group_id.number(),
        authurl: config.auth_url,
        authtoken: !properties.authtoken.prop().is_missing(),
        openlocation: config.target.name(),
        presence: config.presence,
        hosts: Servers { web, cdn, presence: presence_server, authorization },
    }
}

fn verdict(
    Config { policy, .. }: &Config,
    task: &Task,
    properties: &TwilioFlexGlanceProperties,
) -> PolicyVerdict {
    let app = &properties.app.0;
    let denied_by = |denial: Denial| -> DeniedBy {
        let (why, entry) = match denial.why {
            Why::NotListed => ("not listed", None),
            Why::Excluded { entry } => ("excluded", Some(entry)),
            Why::NotTold { entry } => ("not told", entry),
        };
        (denial.kind.name(), why, entry)
    };
    let is_running = |view: TaskView| view.session.is_some_and(Session::is_running);
    PolicyVerdict {
        has_rules: !policy.is_empty(),
        is_running: app.read(&task.sid, is_running),
        denials: app.denials(policy, task).into_iter().map(denied_by).collect(),
    }
}

fn visitor(task: &Task) -> Visitor<'_> {
    let (key, problem) = match task.session_key() {
        Ok(key) => (Some(key.as_str().to_owned()), None),
        Err(error) => (None, Some(describe_task_key_error(error, &Strings::default()))),
    };
    let attribute = task.named().map(|(attribute, _)| attribute);
    Visitor { nothing: task.passed_over().collect(), attribute, key, problem }
}

fn state(view: TaskView) -> SessionState {
    let nothing = Session::default();
    let session = view.session.unwrap_or(&nothing);
    SessionState {
        session: session.name(),
        presence: view.presence.map(PresenceStatus::name),
        blocked: session.viewer.is_blocked(),
    }
}
