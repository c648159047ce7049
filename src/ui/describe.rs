//! What is to be seen in each state. One `match`; no HTML.

use crate::{
    core::{
        desk::{ActionWait, Standing, TaskView, Visibility},
        presence::PresenceStatus,
        printable::printable_char,
        session::{
            Session,
            invitation::Invitation,
            link::{self, Delivery},
            viewer::{Attempt, Frame, Open, Reach, Viewer},
        },
        session_key::SessionKeyError,
        strings::{Strings, Text},
        task::{Task, TaskKeyError},
        time::Moment,
    },
    ui::{
        action::Action,
        description::{Buttons, Description, Link, Main, Message, Seen, Tone, Words},
    },
};

/// What a task is described with.
#[derive(Clone, Copy)]
pub(super) struct Wording<'a> {
    pub(super) strings: &'a Strings,
    /// The time of day.
    pub(super) time_of: fn(Moment) -> String,
}

/// What the agent may do with a task, as far as another plugin lets them.
/// * `has_page`: there is a page that invitations by link lead to.
pub(super) fn describe(
    task: &Task,
    view: TaskView,
    wording: Wording,
    has_page: bool,
) -> Description {
    let description = describe_standing(task, view, wording);
    // What the policy only keeps until it is over offers nothing else.
    let takes_key = description.takes_key && view.visibility != Visibility::Kept;
    let invites = takes_key && has_page && view.session.is_none_or(Session::can_invite);
    Description { takes_key, invites, ..description }
}

fn describe_standing(task: &Task, view: TaskView, wording: Wording) -> Description {
    let is_idle = view.session.is_none_or(Session::is_idle);
    match (view.action, view.standing) {
        (Some(ActionWait::Waiting { .. }), _) => waiting_for(Text::PluginAsked),
        (Some(ActionWait::HeldBack), _) => Description {
            message: Some(Message::new(Text::PluginSilent, &[(Action::Dismiss, Text::Dismiss)])),
            tone: Tone::Warning,
            ..describe_session(task, view, wording)
        },
        (None, Standing::Offered) if is_idle => not_yet(Text::TaskOffered),
        (None, Standing::Foreign) if is_idle => not_yet(Text::TaskForeign),
        _ => describe_session(task, view, wording),
    }
}

fn waiting_for(status: Text) -> Description {
    Description { buttons: &[], ..waiting(status) }
}

/// Nothing can be done with the task, for this reason.
fn not_yet(why: Text) -> Description {
    Description {
        status: Some(why.into()),
        ..Description::new(Main::Idle { busy: false }, Tone::Plain)
    }
}

/// A task's session, and what presence knows of its visitor.
fn describe_session(task: &Task, view: TaskView, wording: Wording) -> Description {
    let nothing = Session::default();
    let session = view.session.unwrap_or(&nothing);
    if session.viewer.is_closed() {
        return describe_invitation(task, &session.invitation, view.presence, wording);
    }
    let mut description = describe_viewer(&session.viewer, wording.strings);
    if session.viewer.open.is_none() || session.viewer.attempt.is_some() {
        return description;
    }
    if let Some(link) = session.link.as_ref().filter(|_| !session.invitation.has_agreed()) {
        describe_link(link, &mut description);
    }
    match &session.invitation {
        // The viewer waits in a window of its own, which giving up closes.
        Invitation::Sent { .. } => {
            description.status = Some(Text::VisitorAsked.into());
            description.buttons = &[(Action::Withdraw, Text::Cancel)];
        }
        Invitation::NoResponse { .. } => {
            description.message = Some(Message::new(
                Text::VisitorSilent,
                &[(Action::AskAgain, Text::AskAgain), (Action::Withdraw, Text::CloseViewer)],
            ));
        }
        Invitation::Accepted { .. } => description.status = Some(Text::VisitorAccepted.into()),
        Invitation::InSession { since, certain_until: None, .. } => {
            description.status = Some(Text::InSession.into());
            description.timer = Some((*since, Text::InSessionFor));
        }
        Invitation::InSession { .. } => {
            let uncertain = uncertain();
            description.status = uncertain.status;
            description.message = uncertain.message;
            description.tone = uncertain.tone;
            description.takes_key = true;
            description.timer = None;
        }
        Invitation::Ended => description.status = Some(Text::SessionOver.into()),
        _ => {}
    }
    description
}

const INVITED: Buttons = &[(Action::Copy, Text::Copy), (Action::Close, Text::TakeBack)];

/// An invitation by link, beside the viewer that waits for its session.
fn describe_link(link: &link::Link, description: &mut Description) {
    let words = match link.delivery {
        Delivery::Ready | Delivery::Sending => Text::ViewerOpen,
        Delivery::Sent => Text::InviteSent,
        Delivery::Copied => Text::InviteCopied,
        Delivery::ToCopy | Delivery::NotSent => Text::InviteCopy,
        Delivery::NotCopied => Text::InviteNotCopied,
    };
    if matches!(words, Text::InviteCopy | Text::InviteNotCopied) {
        description.buttons = &[];
        let copy = Some(link.text.0.clone().into());
        description.message = Some(Message { copy, ..Message::new(words, INVITED) });
    } else {
        description.buttons = INVITED;
        description.status = Some(words.into());
    }
}

const WAIT: Buttons = &[(Action::Wait, Text::WaitForVisitor), (Action::Withdraw, Text::Dismiss)];
const ASK_AGAIN: Buttons = &[(Action::AskAgain, Text::AskAgain), (Action::Withdraw, Text::Dismiss)];
const TRY_AGAIN: Buttons = &[(Action::Start, Text::TryAgain), (Action::Withdraw, Text::Dismiss)];
const UNCERTAIN: Buttons =
    &[(Action::AskAgain, Text::AskAgain), (Action::ItIsOver, Text::ItIsOver)];

const OVER: Buttons = &[(Action::ItIsOver, Text::ItIsOver)];
const SHOW: Buttons = &[(Action::ShowViewer, Text::ShowViewer), (Action::ItIsOver, Text::ItIsOver)];
const SHOW_INVITED: Buttons =
    &[(Action::ShowViewer, Text::ShowViewer), (Action::ItIsOver, Text::TakeBack)];
const JOIN: Buttons =
    &[(Action::ShowViewer, Text::JoinSession), (Action::ItIsOver, Text::ItIsOver)];

/// How agent and visitor come together, while no viewer is open.
fn describe_invitation(
    task: &Task,
    invitation: &Invitation,
    presence: Option<&PresenceStatus>,
    wording: Wording,
) -> Description {
    match invitation {
        Invitation::Idle => ready(task, presence, wording.strings),
        Invitation::AwaitingPresence { .. } => waiting(Text::PresenceChecking),
        Invitation::AwaitingVisitor { .. } => {
            Description { takes_key: true, ..waiting(Text::AwaitingVisitor) }
        }
        Invitation::Sent { .. } => waiting(Text::VisitorAsked),
        Invitation::VisitorAbsent { .. } => stuck(Text::VisitorAbsent, WAIT),
        Invitation::VisitorLeft { .. } => stuck(Text::VisitorLeft, WAIT),
        Invitation::NoResponse { .. } => stuck(Text::VisitorSilent, ASK_AGAIN),
        Invitation::Declined { .. } => stuck(Text::VisitorDeclined, ASK_AGAIN),
        Invitation::Undelivered { .. } => stuck(Text::VisitorNotReached, TRY_AGAIN),
        Invitation::Accepted { .. } => Description {
            buttons: &[(Action::Withdraw, Text::Dismiss)],
            status: Some(Text::VisitorAccepted.into()),
            ..Description::new(Main::Act(Action::Start), Tone::Open)
        },
        Invitation::InSession { since, certain_until: None, .. } => Description {
            status: Some(Text::SessionUnseen.into()),
            timer: Some((*since, Text::InSessionFor)),
            ..Description::new(Main::Act(Action::Start), Tone::Open)
        },
        Invitation::InSession { .. } => uncertain(),
        Invitation::Told { request, since, is_own, .. } => {
            let time = (wording.time_of)(*since);
            let is_by_link = task.session.as_ref().is_some_and(|facts| facts.invitation.is_some());
            let (text, main, ways) = match (request, is_own) {
                (Some(_), _) if is_by_link => {
                    (Text::SessionToldLink, Main::Act(Action::ShowViewer), SHOW_INVITED)
                }
                (None, _) => (Text::SessionToldKey, Main::AskKey, OVER),
                (Some(_), true) => (Text::SessionTold, Main::Act(Action::ShowViewer), SHOW),
                (Some(_), false) => (Text::SessionOfAnother, Main::Act(Action::ShowViewer), JOIN),
            };
            Description {
                status: Some(Text::NotCertain.into()),
                main,
                ..stuck(wording.strings.filled(text, &[("time", &time)]), ways)
            }
        }
        Invitation::Ended => Description {
            takes_key: true,
            status: Some(Text::SessionOver.into()),
            ..Description::new(Main::Act(Action::Start), Tone::Plain)
        },
    }
}

/// A session whose end may have been missed.
fn uncertain() -> Description {
    Description {
        status: Some(Text::NotCertain.into()),
        ..stuck(Text::SessionUncertain, UNCERTAIN)
    }
}

fn waiting(status: Text) -> Description {
    Description {
        buttons: &[(Action::Withdraw, Text::Cancel)],
        status: Some(status.into()),
        ..Description::new(Main::Idle { busy: true }, Tone::Busy)
    }
}

fn stuck(why: impl Into<Words>, ways: Buttons) -> Description {
    Description {
        takes_key: true,
        message: Some(Message::new(why, ways)),
        ..Description::new(Main::Act(Action::Start), Tone::Warning)
    }
}

/// The agent's viewer: what is being tried, else what is open.
fn describe_viewer(viewer: &Viewer, strings: &Strings) -> Description {
    match (&viewer.attempt, &viewer.open) {
        (Some(attempt), _) => describe_attempt(attempt, strings),
        (None, Some(open)) => describe_open(open),
        (None, None) => Description::new(Main::Act(Action::Start), Tone::Plain),
    }
}

fn describe_attempt(attempt: &Attempt, strings: &Strings) -> Description {
    match attempt {
        Attempt::FetchingKey { .. } => Description {
            buttons: &[(Action::Cancel, Text::Cancel)],
            status: Some(Text::GettingKey.into()),
            ..Description::new(Main::Idle { busy: true }, Tone::Busy)
        },
        Attempt::Blocked { link, .. } => {
            let link = match link {
                Some(url) => Link::Address(url.expose().to_owned().into()),
                None => Link::Expired,
            };
            let message = Message::new(Text::Blocked, &[(Action::Cancel, Text::Cancel)]);
            Description {
                takes_key: true,
                message: Some(Message { link, ..message }),
                ..Description::new(Main::Act(Action::Start), Tone::Warning)
            }
        }
        Attempt::Failed { failure, .. } => Description {
            takes_key: true,
            message: Some(Message::new(
                failure.describe(strings),
                &[
                    (Action::Start, Text::TryAgain),
                    (Action::SignIn, Text::SignIn),
                    (Action::Dismiss, Text::Dismiss),
                ],
            )),
            ..Description::new(Main::Act(Action::Start), Tone::Error)
        },
    }
}

fn describe_open(open: &Open) -> Description {
    match open {
        Open::Window { since, reach: Reach::OutOfReach, .. } => Description {
            buttons: &[(Action::OpenAgain, Text::OpenAgain), (Action::Dismiss, Text::Dismiss)],
            status: Some(Text::ViewerInTab.into()),
            timer: Some((*since, Text::OpenFor)),
            ..Description::new(Main::Idle { busy: false }, Tone::Open)
        },
        Open::Window { request, since, .. } => {
            let without_panel = request
                .without_panel
                .map(|why| Message::new(why.text(), &[(Action::Dismiss, Text::Dismiss)]));
            Description {
                buttons: &[(Action::Close, Text::CloseViewer)],
                status: Some(Text::ViewerOpen.into()),
                timer: Some((*since, Text::OpenFor)),
                message: without_panel,
                ..Description::new(Main::Act(Action::BringToFront), Tone::Open)
            }
        }
        Open::Panel { since, frame, .. } => {
            let buttons: Buttons =
                &[(Action::OpenInTab, Text::OpenInTab), (Action::Close, Text::CloseViewer)];
            let (tone, status, message) = match frame {
                Frame::Loading { .. } => (Tone::Busy, Text::Loading, None),
                Frame::Slow => {
                    let message = Message::new(Text::FrameSlow, buttons);
                    (Tone::Warning, Text::Loading, Some(message))
                }
                Frame::Loaded => (Tone::Open, Text::ViewerOpen, None),
            };
            Description {
                buttons,
                status: Some(status.into()),
                timer: Some((*since, Text::OpenFor)),
                message,
                ..Description::new(Main::Act(Action::BringToFront), tone)
            }
        }
        Open::Suspended { .. } => Description {
            buttons: &[(Action::Close, Text::CloseViewer)],
            status: Some(Text::PanelGone.into()),
            ..Description::new(Main::Act(Action::BringToFront), Tone::Warning)
        },
    }
}

fn ready(task: &Task, presence: Option<&PresenceStatus>, strings: &Strings) -> Description {
    let reason = match task.session_key() {
        Ok(_) => {
            return Description {
                takes_key: true,
                ..presence.map_or_else(
                    || Description::new(Main::Act(Action::Start), Tone::Plain),
                    |status| describe_presence(status, strings),
                )
            };
        }
        Err(error) => describe_task_key_error(error, strings),
    };
    Description {
        takes_key: true,
        status: Some(reason.clone().into()),
        key_reason: Some(reason.into()),
        ..Description::new(Main::AskKey, Tone::Plain)
    }
}

/// Where the visitor is, while nothing else is going on.
fn describe_presence(status: &PresenceStatus, strings: &Strings) -> Description {
    let (seen, tone, words) = match status {
        PresenceStatus::Checking => (Seen::Checking, Tone::Plain, Text::PresenceChecking.into()),
        PresenceStatus::Online(page) => {
            let words = match page.describe() {
                Some(page) => strings.filled(Text::VisitorHereAt, &[("page", &page)]).into(),
                None => Text::VisitorHere.into(),
            };
            (Seen::Online, Tone::Online, words)
        }
        PresenceStatus::Offline => (Seen::Offline, Tone::Plain, Text::VisitorAway.into()),
        PresenceStatus::Unknown(error) => {
            let reason = error.describe(strings);
            let words = strings.filled(Text::PresenceUnavailable, &[("reason", &reason)]);
            (Seen::Unknown, Tone::Plain, words.into())
        }
    };
    let is_unknown = matches!(status, PresenceStatus::Unknown(_));
    Description {
        buttons: if is_unknown { &[(Action::RetryPresence, Text::RetryPresence)] } else { &[] },
        status: Some(words),
        seen: Some(seen),
        ..Description::new(Main::Act(Action::Start), tone)
    }
}

/// Why a task gives no session key.
pub(crate) fn describe_task_key_error(error: TaskKeyError, strings: &Strings) -> String {
    let (attribute, rule) = match error {
        TaskKeyError::NoVisitor => return strings.text(Text::NoVisitor).to_owned(),
        TaskKeyError::Impossible { attribute, rule } => {
            (attribute, describe_key_error(rule, strings))
        }
        TaskKeyError::NotText { attribute, given } => {
            (attribute, strings.filled(Text::KeyNotText, &[("given", given)]))
        }
    };
    strings.filled(Text::TaskKeyWrong, &[("attribute", attribute), ("rule", &rule)])
}

/// No task is selected.
pub(super) fn describe_no_task() -> Description {
    Description {
        status: Some(Text::NoTask.into()),
        ..Description::new(Main::Idle { busy: false }, Tone::Plain)
    }
}

/// The rule that a typed key breaks.
pub(super) fn describe_key_error(error: SessionKeyError, strings: &Strings) -> String {
    match error {
        SessionKeyError::Empty => strings.text(Text::KeyEmpty).to_owned(),
        SessionKeyError::TooLong { length } => {
            strings.filled(Text::KeyTooLong, &[("length", &length.to_string())])
        }
        SessionKeyError::Character(character) => {
            let character = printable_char(character);
            strings.filled(Text::KeyCharacter, &[("character", &character)])
        }
    }
}
