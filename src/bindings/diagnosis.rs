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
}

#[derive(Serialize)]
struct WrongProp {
    prop: &'static str,
    /// What an administrator sets it by.
    setting: &'static str,
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
    let diagnosis = Diagnosis {
        wrong: config.as_ref().err().into_iter().flatten().map(wrong).collect(),
        settings: config.ok().map(|config| taken(config, properties)),
        visitor: task.map(visitor),
        session: task.map(|task| properties.app.0.read(&task.sid, state)),
    };
    serde_wasm_bindgen::to_value(&diagnosis).unwrap_or_default()
}

fn wrong(error: &ConfigError) -> WrongProp {
    let ConfigError { prop, setting, given, expected } = *error;
    WrongProp { prop, setting, given, expected: Strings::default().text(expected).to_owned() }
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
