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
        session_key::SessionKeyError,
        strings::Strings,
        task::{Task, TaskKeyError},
    },
    ui::TwilioFlexGlanceProperties,
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
    /// The session key; otherwise one of those below says why there is none, if an attribute is there.
    key: Option<String>,
    /// The type of a value that is no text.
    given: Option<&'static str>,
    /// What no key has.
    character: Option<char>,
    /// Of a text that is too long.
    length: Option<usize>,
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
        wrong: config.as_ref().err().into_iter().flatten().map(WrongProp::from).collect(),
        settings: config.ok().map(|config| taken(config, properties)),
        visitor: task.map(Visitor::from),
        session: task.map(|task| properties.app.0.read(&task.sid, state)),
    };
    serde_wasm_bindgen::to_value(&diagnosis).unwrap_or_default()
}

impl From<&ConfigError> for WrongProp {
    fn from(error: &ConfigError) -> Self {
        let ConfigError { prop, given, expected } = *error;
        Self { prop, given, expected: Strings::default().text(expected).to_owned() }
    }
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

impl<'a> From<&'a Task> for Visitor<'a> {
    fn from(task: &'a Task) -> Self {
        let (mut given, mut character, mut length) = (None, None, None);
        let key = task.session_key().map_err(|error| match error {
            TaskKeyError::NoVisitor => {}
            TaskKeyError::NotText { given: type_name, .. } => given = Some(type_name),
            TaskKeyError::Impossible { rule, .. } => match rule {
                SessionKeyError::Character(wrong) => character = Some(wrong),
                SessionKeyError::TooLong { length: too_long } => length = Some(too_long),
                // Counts as missing.
                SessionKeyError::Empty => {}
            },
        });
        Self {
            nothing: task.passed_over().collect(),
            attribute: task.named().map(|(attribute, _)| attribute),
            key: key.ok().map(|key| key.as_str().to_owned()),
            given,
            character,
            length,
        }
    }
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
