//! What is to be seen in each state. One `match`; no HTML.

use crate::{
    core::{
        config::ConfigError,
        decimal::decimal,
        meeting,
        session::Session,
        session_key::SessionKeyError,
        strings::{Strings, Text},
        task::{Task, TaskKeyError},
        viewer::{Frame, State},
        whereabouts::Whereabouts,
    },
    ui::action::Action,
};

/// What the component shows.
pub(super) struct Description {
    pub(super) main: Main,
    /// Buttons beside the main one.
    pub(super) buttons: Buttons,
    /// Whether a key can be typed.
    pub(super) takes_key: bool,
    /// Why a key has to be typed, for its form.
    pub(super) key_reason: Option<String>,
    /// Said in a few words and announced.
    pub(super) status: Option<Words>,
    pub(super) tone: Tone,
    /// Since when time is counted, in Unix milliseconds, and what that time is.
    pub(super) timer: Option<(f64, Text)>,
    /// What presence knows, for the icon beside the status.
    pub(super) seen: Option<Seen>,
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
    /// The visitor is on the site.
    Here,
    Open,
    Warning,
    Error,
}

/// What presence knows, by its icon.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Seen {
    Checking,
    Here,
    Away,
    Unknown,
}

/// Buttons with their words.
pub(super) type Buttons = &'static [(Action, Text)];

/// What is said: a text as it is, or one that was made of others.
#[derive(Clone)]
pub(super) enum Words {
    Text(Text),
    Made(String),
}

impl Words {
    pub(super) fn in_language<'a>(&'a self, strings: &'a Strings) -> &'a str {
        match self {
            Self::Text(text) => strings.text(*text),
            Self::Made(words) => words,
        }
    }
}

impl From<Text> for Words {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl From<String> for Words {
    fn from(words: String) -> Self {
        Self::Made(words)
    }
}

pub(super) struct Message {
    pub(super) lines: Vec<Words>,
    pub(super) buttons: Buttons,
    /// An address that a link of the agent's own opens.
    pub(super) link: Option<String>,
}

impl Message {
    fn new(words: impl Into<Words>, buttons: Buttons) -> Self {
        Self { lines: vec![words.into()], buttons, link: None }
    }
}

impl Description {
    fn new(main: Main, tone: Tone) -> Self {
        Self {
            main,
            buttons: &[],
            takes_key: false,
            key_reason: None,
            status: None,
            tone,
            timer: None,
            seen: None,
            message: None,
        }
    }
}

/// A task's session, and what presence knows of its visitor.
pub(super) fn describe(
    task: &Task,
    session: &Session,
    whereabouts: Option<&Whereabouts>,
    strings: &Strings,
) -> Description {
    if session.viewer == State::Ready {
        return describe_meeting(task, &session.meeting, whereabouts, strings);
    }
    let mut description = describe_viewer(&session.viewer, strings);
    if session.viewer.open().is_none() {
        return description;
    }
    match &session.meeting {
        // The viewer waits in a window of its own, which giving up closes.
        meeting::State::Asked { .. } => {
            description.status = Some(Text::VisitorAsked.into());
            description.buttons = &[(Action::Withdraw, Text::Cancel)];
        }
        meeting::State::Unanswered { .. } => {
            description.message = Some(Message::new(
                Text::VisitorSilent,
                &[(Action::AskAgain, Text::AskAgain), (Action::Withdraw, Text::CloseViewer)],
            ));
        }
        meeting::State::Accepted => description.status = Some(Text::VisitorAccepted.into()),
        meeting::State::InSession { since_ms } => {
            description.status = Some(Text::InSession.into());
            description.timer = Some((*since_ms, Text::InSessionFor));
        }
        meeting::State::Over => description.status = Some(Text::SessionOver.into()),
        _ => {}
    }
    description
}

const WAIT: Buttons = &[(Action::Wait, Text::WaitForVisitor), (Action::Withdraw, Text::Dismiss)];
const ASK_AGAIN: Buttons = &[(Action::AskAgain, Text::AskAgain), (Action::Withdraw, Text::Dismiss)];
const TRY_AGAIN: Buttons = &[(Action::Launch, Text::TryAgain), (Action::Withdraw, Text::Dismiss)];

/// How agent and visitor come together, while no viewer is open.
fn describe_meeting(
    task: &Task,
    state: &meeting::State,
    whereabouts: Option<&Whereabouts>,
    strings: &Strings,
) -> Description {
    match state {
        meeting::State::Apart => ready(task, whereabouts, strings),
        meeting::State::Checking { .. } => waiting(Text::PresenceChecking),
        meeting::State::Awaiting { .. } => {
            Description { takes_key: true, ..waiting(Text::AwaitingVisitor) }
        }
        meeting::State::Asked { .. } => waiting(Text::VisitorAsked),
        meeting::State::Absent { .. } => stuck(Text::VisitorAbsent, WAIT),
        meeting::State::Left { .. } => stuck(Text::VisitorLeft, WAIT),
        meeting::State::Unanswered { .. } => stuck(Text::VisitorSilent, ASK_AGAIN),
        meeting::State::Declined { .. } => stuck(Text::VisitorDeclined, ASK_AGAIN),
        meeting::State::NotReached { .. } => stuck(Text::VisitorNotReached, TRY_AGAIN),
        meeting::State::Accepted => Description {
            buttons: &[(Action::Withdraw, Text::Dismiss)],
            status: Some(Text::VisitorAccepted.into()),
            ..Description::new(Main::Act(Action::Launch), Tone::Open)
        },
        meeting::State::InSession { since_ms } => Description {
            status: Some(Text::SessionUnseen.into()),
            timer: Some((*since_ms, Text::InSessionFor)),
            ..Description::new(Main::Act(Action::Launch), Tone::Open)
        },
        meeting::State::Over => Description {
            takes_key: true,
            status: Some(Text::SessionOver.into()),
            ..Description::new(Main::Act(Action::Launch), Tone::Plain)
        },
    }
}

fn waiting(status: Text) -> Description {
    Description {
        buttons: &[(Action::Withdraw, Text::Cancel)],
        status: Some(status.into()),
        ..Description::new(Main::Idle { busy: true }, Tone::Busy)
    }
}

fn stuck(why: Text, ways: Buttons) -> Description {
    Description {
        takes_key: true,
        message: Some(Message::new(why, ways)),
        ..Description::new(Main::Act(Action::Launch), Tone::Warning)
    }
}

/// The agent's viewer.
fn describe_viewer(state: &State, strings: &Strings) -> Description {
    match state {
        State::Ready => Description::new(Main::Act(Action::Launch), Tone::Plain),
        State::FetchingKey { .. } => Description {
            buttons: &[(Action::Cancel, Text::Cancel)],
            status: Some(Text::GettingKey.into()),
            ..Description::new(Main::Idle { busy: true }, Tone::Busy)
        },
        State::Blocked { url, .. } => {
            let message = Message::new(Text::Blocked, &[(Action::Close, Text::Cancel)]);
            Description {
                takes_key: true,
                message: Some(Message { link: Some(url.expose().to_owned()), ..message }),
                ..Description::new(Main::Act(Action::Launch), Tone::Warning)
            }
        }
        State::InWindow { launch, opened_at_ms, held } => {
            let (main, buttons, status): (_, Buttons, _) = match held {
                true => {
                    (Action::BringToFront, &[(Action::Close, Text::CloseViewer)], Text::ViewerOpen)
                }
                false => (Action::Launch, &[(Action::Close, Text::Dismiss)], Text::ViewerInTab),
            };
            let without_panel = launch
                .without_panel
                .then(|| Message::new(Text::WithoutPanel, &[(Action::Dismiss, Text::Dismiss)]));
            Description {
                buttons,
                status: Some(status.into()),
                timer: Some((*opened_at_ms, Text::OpenFor)),
                message: without_panel,
                ..Description::new(Main::Act(main), Tone::Open)
            }
        }
        State::InPanel { opened_at_ms, frame, .. } => {
            let buttons: Buttons =
                &[(Action::OpenInTab, Text::OpenInTab), (Action::Close, Text::CloseViewer)];
            let slow = (*frame == Frame::Slow).then(|| Message::new(Text::FrameSlow, buttons));
            let (tone, status) = match frame {
                Frame::Loading => (Tone::Busy, Text::Loading),
                Frame::Slow => (Tone::Warning, Text::Loading),
                Frame::Arrived => (Tone::Open, Text::ViewerOpen),
            };
            Description {
                buttons,
                status: Some(status.into()),
                timer: Some((*opened_at_ms, Text::OpenFor)),
                message: slow,
                ..Description::new(Main::Act(Action::BringToFront), tone)
            }
        }
        State::PanelGone { .. } => Description {
            buttons: &[(Action::Close, Text::CloseViewer)],
            status: Some(Text::PanelGone.into()),
            ..Description::new(Main::Act(Action::BringToFront), Tone::Warning)
        },
        State::Failed { failure, .. } => Description {
            takes_key: true,
            message: Some(Message::new(
                failure.describe(strings),
                &[
                    (Action::Launch, Text::TryAgain),
                    (Action::SignIn, Text::SignIn),
                    (Action::Dismiss, Text::Dismiss),
                ],
            )),
            ..Description::new(Main::Act(Action::Launch), Tone::Error)
        },
    }
}

fn ready(task: &Task, whereabouts: Option<&Whereabouts>, strings: &Strings) -> Description {
    let reason = match task.session_key() {
        Ok(_) => {
            return Description {
                takes_key: true,
                ..whereabouts.map_or_else(
                    || Description::new(Main::Act(Action::Launch), Tone::Plain),
                    |whereabouts| describe_whereabouts(whereabouts, strings),
                )
            };
        }
        Err(TaskKeyError::NoVisitor) => strings.text(Text::NoVisitor).to_owned(),
        Err(TaskKeyError::Impossible { attribute, rule }) => {
            task_key_wrong(attribute, &describe_key_error(rule, strings), strings)
        }
        Err(TaskKeyError::NotText { attribute, given }) => {
            let rule = strings.filled(Text::KeyNotText, &[("given", given)]);
            task_key_wrong(attribute, &rule, strings)
        }
    };
    Description {
        takes_key: true,
        status: Some(reason.clone().into()),
        key_reason: Some(reason),
        ..Description::new(Main::AskKey, Tone::Plain)
    }
}

/// Where the visitor is, while nothing else is going on.
fn describe_whereabouts(whereabouts: &Whereabouts, strings: &Strings) -> Description {
    let (seen, tone, status) = match whereabouts {
        Whereabouts::Checking => (Seen::Checking, Tone::Plain, Text::PresenceChecking.into()),
        Whereabouts::Here(page) => {
            let status = match page.describe() {
                Some(page) => strings.filled(Text::VisitorHereAt, &[("page", &page)]).into(),
                None => Text::VisitorHere.into(),
            };
            (Seen::Here, Tone::Here, status)
        }
        Whereabouts::Away => (Seen::Away, Tone::Plain, Text::VisitorAway.into()),
        Whereabouts::Unknown(obstacle) => {
            let reason = obstacle.describe(strings);
            let status = strings.filled(Text::PresenceUnavailable, &[("reason", &reason)]);
            (Seen::Unknown, Tone::Plain, status.into())
        }
    };
    let retry = matches!(whereabouts, Whereabouts::Unknown(obstacle) if !obstacle.may_pass());
    Description {
        buttons: if retry { &[(Action::RetryPresence, Text::RetryPresence)] } else { &[] },
        status: Some(status),
        seen: Some(seen),
        ..Description::new(Main::Act(Action::Launch), tone)
    }
}

fn task_key_wrong(attribute: &str, rule: &str, strings: &Strings) -> String {
    strings.filled(Text::TaskKeyWrong, &[("attribute", attribute), ("rule", rule)])
}

/// No task is selected.
pub(super) fn describe_no_task() -> Description {
    Description {
        status: Some(Text::NoTask.into()),
        ..Description::new(Main::Idle { busy: false }, Tone::Plain)
    }
}

/// Props are missing or wrong.
pub(super) fn describe_problems(errors: &[ConfigError], strings: &Strings) -> Description {
    let problem = |error: &ConfigError| {
        let text = if error.given == "missing" { Text::PropMissing } else { Text::PropWrong };
        let expected = strings.text(error.expected);
        let parts = [("prop", error.prop), ("given", error.given), ("expected", expected)];
        strings.filled(text, &parts).into()
    };
    let mut lines = vec![Words::from(Text::NotSetUp)];
    lines.extend(errors.iter().map(problem));
    Description {
        message: Some(Message { lines, buttons: &[], link: None }),
        ..Description::new(Main::Idle { busy: false }, Tone::Error)
    }
}

/// The rule that a typed key breaks.
pub(super) fn describe_key_error(error: SessionKeyError, strings: &Strings) -> String {
    match error {
        SessionKeyError::Empty => strings.text(Text::KeyEmpty).to_owned(),
        SessionKeyError::TooLong { length } => {
            strings.filled(Text::KeyTooLong, &[("length", &decimal(length as i64))])
        }
        SessionKeyError::Character(character) => {
            let character = String::from(character);
            strings.filled(Text::KeyCharacter, &[("character", &character)])
        }
    }
}
