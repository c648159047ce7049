//! What is to be seen in each state. One `match`; no HTML.

use crate::{
    core::{
        config::ConfigError,
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
    pub(super) buttons: Vec<(Action, Text)>,
    /// Whether a key can be typed.
    pub(super) takes_key: bool,
    /// Why a key has to be typed, for its form.
    pub(super) key_reason: Option<String>,
    /// Said in a few words and announced.
    pub(super) status: Option<String>,
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
    let say = |text| Some(strings.text(text).to_owned());
    match &session.meeting {
        // The viewer waits in a window of its own, which giving up closes.
        meeting::State::Asked { .. } => {
            description.status = say(Text::VisitorAsked);
            description.buttons = vec![(Action::Withdraw, Text::Cancel)];
        }
        meeting::State::Unanswered { .. } => {
            description.message = Some(Message {
                lines: vec![strings.text(Text::VisitorSilent).to_owned()],
                buttons: vec![
                    (Action::AskAgain, Text::AskAgain),
                    (Action::Withdraw, Text::CloseViewer),
                ],
                link: None,
            });
        }
        meeting::State::Accepted => description.status = say(Text::VisitorAccepted),
        meeting::State::InSession { since_ms } => {
            description.status = say(Text::InSession);
            description.timer = Some((*since_ms, Text::InSessionFor));
        }
        meeting::State::Over => description.status = say(Text::SessionOver),
        _ => {}
    }
    description
}

/// How agent and visitor come together, while no viewer is open.
fn describe_meeting(
    task: &Task,
    state: &meeting::State,
    whereabouts: Option<&Whereabouts>,
    strings: &Strings,
) -> Description {
    let say = |text| Some(strings.text(text).to_owned());
    let waiting = |text| Description {
        buttons: vec![(Action::Withdraw, Text::Cancel)],
        status: say(text),
        ..Description::new(Main::Idle { busy: true }, Tone::Busy)
    };
    let stuck = |text, way| Description {
        takes_key: true,
        message: Some(Message {
            lines: vec![strings.text(text).to_owned()],
            buttons: vec![way, (Action::Withdraw, Text::Dismiss)],
            link: None,
        }),
        ..Description::new(Main::Act(Action::Launch), Tone::Warning)
    };
    let ask_again = (Action::AskAgain, Text::AskAgain);
    let wait = (Action::Wait, Text::WaitForVisitor);
    match state {
        meeting::State::Apart => ready(task, whereabouts, strings),
        meeting::State::Checking { .. } => waiting(Text::PresenceChecking),
        meeting::State::Awaiting { .. } => {
            Description { takes_key: true, ..waiting(Text::AwaitingVisitor) }
        }
        meeting::State::Asked { .. } => waiting(Text::VisitorAsked),
        meeting::State::Absent { .. } => stuck(Text::VisitorAbsent, wait),
        meeting::State::Left { .. } => stuck(Text::VisitorLeft, wait),
        meeting::State::Unanswered { .. } => stuck(Text::VisitorSilent, ask_again),
        meeting::State::Declined { .. } => stuck(Text::VisitorDeclined, ask_again),
        meeting::State::NotReached { .. } => {
            stuck(Text::VisitorNotReached, (Action::Launch, Text::TryAgain))
        }
        meeting::State::Accepted => Description {
            buttons: vec![(Action::Withdraw, Text::Dismiss)],
            status: say(Text::VisitorAccepted),
            ..Description::new(Main::Act(Action::Launch), Tone::Open)
        },
        meeting::State::InSession { since_ms } => Description {
            status: say(Text::SessionUnseen),
            timer: Some((*since_ms, Text::InSessionFor)),
            ..Description::new(Main::Act(Action::Launch), Tone::Open)
        },
        meeting::State::Over => Description {
            takes_key: true,
            status: say(Text::SessionOver),
            ..Description::new(Main::Act(Action::Launch), Tone::Plain)
        },
    }
}

/// The agent's viewer.
fn describe_viewer(state: &State, strings: &Strings) -> Description {
    let say = |text| Some(strings.text(text).to_owned());
    match state {
        State::Ready => Description::new(Main::Act(Action::Launch), Tone::Plain),
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
                timer: Some((*opened_at_ms, Text::OpenFor)),
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
                timer: Some((*opened_at_ms, Text::OpenFor)),
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

/// Where the visitor is, while nothing else is going on.
fn describe_whereabouts(whereabouts: &Whereabouts, strings: &Strings) -> Description {
    let (seen, tone, status) = match whereabouts {
        Whereabouts::Checking => {
            (Seen::Checking, Tone::Plain, strings.text(Text::PresenceChecking).to_owned())
        }
        Whereabouts::Here(page) => {
            let status = match page.describe() {
                Some(page) => strings.text(Text::VisitorHereAt).replace("{page}", &page),
                None => strings.text(Text::VisitorHere).to_owned(),
            };
            (Seen::Here, Tone::Here, status)
        }
        Whereabouts::Away => (Seen::Away, Tone::Plain, strings.text(Text::VisitorAway).to_owned()),
        Whereabouts::Unknown(obstacle) => {
            let reason = obstacle.describe(strings);
            let status = strings.text(Text::PresenceUnavailable).replace("{reason}", &reason);
            (Seen::Unknown, Tone::Plain, status)
        }
    };
    let retry = matches!(whereabouts, Whereabouts::Unknown(obstacle) if !obstacle.may_pass());
    Description {
        buttons: if retry { vec![(Action::RetryPresence, Text::RetryPresence)] } else { vec![] },
        status: Some(status),
        seen: Some(seen),
        ..Description::new(Main::Act(Action::Launch), tone)
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
