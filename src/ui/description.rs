//! What is to be seen in each state. One `match`; no HTML.

use crate::{
    core::{
        config::ConfigError,
        session::{Frame, State},
        session_key::SessionKeyError,
        strings::{Strings, Text},
        task::{Task, TaskKeyError},
    },
    ui::action::Action,
};

/// What the component shows.
pub(super) struct Description {
    pub(super) main: Main,
    /// Buttons beside the main one.
    pub(super) buttons: Vec<(Action, Text)>,
    /// Whether a key can be typed.
    pub(super) takes_key: bool,
    /// Why a key has to be typed, for its form.
    pub(super) key_reason: Option<String>,
    /// Said in a few words and announced.
    pub(super) status: Option<String>,
    pub(super) tone: Tone,
    /// When the viewer was opened, in Unix milliseconds.
    pub(super) opened_at_ms: Option<f64>,
    /// What needs more than a few words, with ways on.
    pub(super) message: Option<Message>,
}

/// The main button, which always says "Cobrowse".
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Main {
    Act(Action),
    /// Opens the form for a typed key.
    AskKey,
    /// Can do nothing now. `busy`: soon again.
    Idle {
        busy: bool,
    },
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Tone {
    Plain,
    Busy,
    Open,
    Warning,
    Error,
}

pub(super) struct Message {
    pub(super) lines: Vec<String>,
    pub(super) buttons: Vec<(Action, Text)>,
    /// An address that a link of the agent's own opens.
    pub(super) link: Option<String>,
}

impl Description {
    fn new(main: Main, tone: Tone) -> Self {
        Self {
            main,
            buttons: vec![],
            takes_key: false,
            key_reason: None,
            status: None,
            tone,
            opened_at_ms: None,
            message: None,
        }
    }
}

/// A task's session.
pub(super) fn describe(task: &Task, state: &State, strings: &Strings) -> Description {
    let say = |text| Some(strings.text(text).to_owned());
    match state {
        State::Ready => ready(task, strings),
        State::FetchingKey { .. } => Description {
            buttons: vec![(Action::Cancel, Text::Cancel)],
            status: say(Text::GettingKey),
            ..Description::new(Main::Idle { busy: true }, Tone::Busy)
        },
        State::Blocked { url, .. } => Description {
            takes_key: true,
            message: Some(Message {
                lines: vec![strings.text(Text::Blocked).to_owned()],
                buttons: vec![(Action::Close, Text::Cancel)],
                link: Some(url.expose().to_owned()),
            }),
            ..Description::new(Main::Act(Action::Launch), Tone::Warning)
        },
        State::InWindow { launch, opened_at_ms, held } => {
            let (main, close, status) = match held {
                true => (Action::BringToFront, Text::CloseViewer, Text::ViewerOpen),
                false => (Action::Launch, Text::Dismiss, Text::ViewerInTab),
            };
            let without_panel = launch.without_panel.then(|| Message {
                lines: vec![strings.text(Text::WithoutPanel).to_owned()],
                buttons: vec![(Action::Dismiss, Text::Dismiss)],
                link: None,
            });
            Description {
                buttons: vec![(Action::Close, close)],
                status: say(status),
                opened_at_ms: Some(*opened_at_ms),
                message: without_panel,
                ..Description::new(Main::Act(main), Tone::Open)
            }
        }
        State::InPanel { opened_at_ms, frame, .. } => {
            let slow = (*frame == Frame::Slow).then(|| Message {
                lines: vec![strings.text(Text::FrameSlow).to_owned()],
                buttons: vec![
                    (Action::OpenInTab, Text::OpenInTab),
                    (Action::Close, Text::CloseViewer),
                ],
                link: None,
            });
            let (tone, status) = match frame {
                Frame::Loading => (Tone::Busy, Text::Loading),
                Frame::Slow => (Tone::Warning, Text::Loading),
                Frame::Arrived => (Tone::Open, Text::ViewerOpen),
            };
            Description {
                buttons: vec![
                    (Action::OpenInTab, Text::OpenInTab),
                    (Action::Close, Text::CloseViewer),
                ],
                status: say(status),
                opened_at_ms: Some(*opened_at_ms),
                message: slow,
                ..Description::new(Main::Act(Action::BringToFront), tone)
            }
        }
        State::PanelGone { .. } => Description {
            buttons: vec![(Action::Close, Text::CloseViewer)],
            status: say(Text::PanelGone),
            ..Description::new(Main::Act(Action::BringToFront), Tone::Warning)
        },
        State::Failed { failure, .. } => Description {
            takes_key: true,
            message: Some(Message {
                lines: vec![failure.describe(strings)],
                buttons: vec![
                    (Action::Launch, Text::TryAgain),
                    (Action::SignIn, Text::SignIn),
                    (Action::Dismiss, Text::Dismiss),
                ],
                link: None,
            }),
            ..Description::new(Main::Act(Action::Launch), Tone::Error)
        },
    }
}

fn ready(task: &Task, strings: &Strings) -> Description {
    let reason = match task.session_key() {
        Ok(_) => {
            return Description {
                takes_key: true,
                ..Description::new(Main::Act(Action::Launch), Tone::Plain)
            };
        }
        Err(TaskKeyError::NoVisitor) => strings.text(Text::NoVisitor).to_owned(),
        Err(TaskKeyError::Impossible { attribute, rule }) => {
            task_key_wrong(attribute, &describe_key_error(rule, strings), strings)
        }
        Err(TaskKeyError::NotText { attribute, given }) => {
            let rule = strings.text(Text::KeyNotText).replace("{given}", given);
            task_key_wrong(attribute, &rule, strings)
        }
    };
    Description {
        takes_key: true,
        status: Some(reason.clone()),
        key_reason: Some(reason),
        ..Description::new(Main::AskKey, Tone::Plain)
    }
}

fn task_key_wrong(attribute: &str, rule: &str, strings: &Strings) -> String {
    strings.text(Text::TaskKeyWrong).replace("{attribute}", attribute).replace("{rule}", rule)
}

/// No task is selected.
pub(super) fn describe_no_task(strings: &Strings) -> Description {
    Description {
        status: Some(strings.text(Text::NoTask).to_owned()),
        ..Description::new(Main::Idle { busy: false }, Tone::Plain)
    }
}

/// Props are missing or wrong.
pub(super) fn describe_problems(errors: &[ConfigError], strings: &Strings) -> Description {
    let problem = |error: &ConfigError| {
        let text = if error.given == "missing" { Text::PropMissing } else { Text::PropWrong };
        let expected = strings.text(error.expected);
        let line = strings.text(text).replace("{prop}", error.prop);
        line.replace("{given}", error.given).replace("{expected}", expected)
    };
    let mut lines = vec![strings.text(Text::NotSetUp).to_owned()];
    lines.extend(errors.iter().map(problem));
    Description {
        message: Some(Message { lines, buttons: vec![], link: None }),
        ..Description::new(Main::Idle { busy: false }, Tone::Error)
    }
}

/// The rule that a typed key breaks.
pub(super) fn describe_key_error(error: SessionKeyError, strings: &Strings) -> String {
    match error {
        SessionKeyError::Empty => strings.text(Text::KeyEmpty).to_owned(),
        SessionKeyError::TooLong { length } => {
            strings.text(Text::KeyTooLong).replace("{length}", &length.to_string())
        }
        SessionKeyError::Character(character) => {
            strings.text(Text::KeyCharacter).replace("{character}", &character.to_string())
        }
    }
}
