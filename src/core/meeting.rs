//! How agent and visitor come together by presence, as a state machine: asked, accepted, in session.
//!
//! It tells what the signals of Glance's Presence API say and nothing more. Those signals may come
//! late, twice, in another order, or not at all; `step` answers each of them in every state.
//!
//! Source: Glance, "Presence Agent API" (`invokeVisitor` with `GLANCE.Cobrowse.Visitor.showTerms`,
//! `onterms`, `onvisitorsessionstart`, `onvisitorsessionend`).

use std::rc::Rc;

use crate::core::{viewer::Launch, whereabouts::Whereabouts};

/// How long a visitor may leave the terms unanswered before the agent is told what to do, in
/// milliseconds. The terms stay, and an answer still counts.
pub const ANSWER_PATIENCE_MS: u32 = 60_000;

#[derive(Clone, Debug, Default, PartialEq)]
pub enum State {
    /// Nobody asked anybody.
    #[default]
    Apart,
    /// The agent clicked before presence could tell where the visitor is.
    Checking {
        launch: Rc<Launch>,
    },
    /// The agent clicked, and the visitor is not on the site.
    Absent {
        launch: Rc<Launch>,
    },
    /// The agent waits for the visitor to come, who is asked then.
    Awaiting {
        launch: Rc<Launch>,
    },
    /// The visitor sees the terms.
    Asked {
        launch: Rc<Launch>,
    },
    /// They have been seeing them for `ANSWER_PATIENCE_MS`.
    Unanswered {
        launch: Rc<Launch>,
    },
    Declined {
        launch: Rc<Launch>,
    },
    /// The visitor left the site before answering.
    Left {
        launch: Rc<Launch>,
    },
    /// The invitation did not reach the visitor.
    NotReached {
        launch: Rc<Launch>,
    },
    /// The visitor accepted; the session is about to start.
    Accepted,
    /// Glance says that a session runs. `since_ms`: Unix time of that word.
    InSession {
        since_ms: f64,
    },
    /// The session has ended, and nothing has happened since.
    Over,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// The agent wants to meet the visitor. `at_once`: the viewer opens now and waits.
    Meet {
        launch: Rc<Launch>,
        at_once: bool,
    },
    /// The agent chooses to wait for an absent visitor.
    Wait,
    /// The agent gives up waiting, or has read what went wrong.
    Withdraw,
    /// Presence says where the visitor is.
    Seen(Whereabouts),
    Accepted,
    Declined,
    Started,
    Ended,
    /// The invitation came back.
    NotReached,
    /// The time for an answer is over.
    PatienceOver,
    /// The agent no longer holds the task.
    TaskOver,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Show the visitor the terms of this launch's session.
    Invite(Rc<Launch>),
    /// Feed `PatienceOver` after `ANSWER_PATIENCE_MS`, unless another state comes before.
    StartPatience,
    /// Open the viewer, or bring the open one to the front.
    Open(Rc<Launch>),
    /// Close a viewer that waits for a session that will not come.
    CloseWaiting,
    /// A session runs from now on.
    ReportStart,
    /// The session that began at this Unix time has ended.
    ReportEnd { since_ms: f64 },
}

impl State {
    /// The launch of a meeting under way.
    pub fn launch(&self) -> Option<&Rc<Launch>> {
        match self {
            Self::Checking { launch }
            | Self::Absent { launch }
            | Self::Awaiting { launch }
            | Self::Asked { launch }
            | Self::Unanswered { launch }
            | Self::Declined { launch }
            | Self::Left { launch }
            | Self::NotReached { launch } => Some(launch),
            Self::Apart | Self::Accepted | Self::InSession { .. } | Self::Over => None,
        }
    }

    /// Whether the visitor shares, or is about to.
    pub fn is_expected(&self) -> bool {
        matches!(self, Self::Asked { .. } | Self::Accepted | Self::InSession { .. })
    }

    /// Since when a session runs, in Unix milliseconds.
    pub fn in_session_since_ms(&self) -> Option<f64> {
        match self {
            Self::InSession { since_ms } => Some(*since_ms),
            _ => None,
        }
    }

    /// The state's name, for the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Apart => "apart",
            Self::Checking { .. } => "checking",
            Self::Absent { .. } => "visitor absent",
            Self::Awaiting { .. } => "awaiting the visitor",
            Self::Asked { .. } => "visitor asked",
            Self::Unanswered { .. } => "no answer",
            Self::Declined { .. } => "declined",
            Self::Left { .. } => "visitor left",
            Self::NotReached { .. } => "visitor not reached",
            Self::Accepted => "accepted",
            Self::InSession { .. } => "in session",
            Self::Over => "session over",
        }
    }
}

impl Input {
    /// The input's name, for the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Meet { .. } => "meet",
            Self::Wait => "wait",
            Self::Withdraw => "withdraw",
            Self::Seen(whereabouts) => whereabouts.name(),
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Started => "session started",
            Self::Ended => "session ended",
            Self::NotReached => "not reached",
            Self::PatienceOver => "no answer in time",
            Self::TaskOver => "task over",
        }
    }
}

/// The next state, and what has to be done. `whereabouts` is what presence knows now, `now_ms` Unix
/// time.
pub fn step(
    state: State,
    input: Input,
    whereabouts: &Whereabouts,
    now_ms: f64,
) -> (State, Vec<Command>) {
    match (state, input) {
        (State::InSession { since_ms }, Input::Ended) => {
            (State::Over, vec![Command::ReportEnd { since_ms }])
        }
        (State::InSession { since_ms }, Input::TaskOver) => {
            (State::Apart, vec![Command::ReportEnd { since_ms }])
        }
        (_, Input::TaskOver) => (State::Apart, vec![]),

        (State::InSession { since_ms }, Input::Meet { launch, .. }) => {
            (State::InSession { since_ms }, vec![Command::Open(launch)])
        }
        (State::Accepted, Input::Meet { launch, .. }) => {
            (State::Accepted, vec![Command::Open(launch)])
        }
        (state @ (State::Asked { .. } | State::Awaiting { .. }), Input::Meet { .. }) => {
            (state, vec![])
        }
        (_, Input::Meet { launch, at_once }) => match whereabouts {
            Whereabouts::Here(_) => {
                let (state, mut commands) = invite(launch.clone());
                if at_once {
                    commands.insert(0, Command::Open(launch));
                }
                (state, commands)
            }
            Whereabouts::Away => (State::Absent { launch }, vec![]),
            Whereabouts::Checking => (State::Checking { launch }, vec![]),
            // The viewer itself waits for a session.
            Whereabouts::Unknown(_) => (State::Apart, vec![Command::Open(launch)]),
        },

        (State::Absent { launch } | State::Left { launch }, Input::Wait) => {
            (State::Awaiting { launch }, vec![])
        }
        (
            State::Checking { launch } | State::Awaiting { launch },
            Input::Seen(Whereabouts::Here(_)),
        ) => invite(launch),
        (State::Checking { launch }, Input::Seen(Whereabouts::Away)) => {
            (State::Absent { launch }, vec![])
        }
        (State::Checking { launch }, Input::Seen(Whereabouts::Unknown(_))) => {
            (State::Apart, vec![Command::Open(launch)])
        }
        (State::Over, Input::Seen(_)) => (State::Apart, vec![]),
        // Who is back can be asked with one click again.
        (State::Absent { .. } | State::Left { .. }, Input::Seen(Whereabouts::Here(_))) => {
            (State::Apart, vec![])
        }
        (
            State::Asked { launch } | State::Unanswered { launch },
            Input::Seen(Whereabouts::Away),
        ) => (State::Left { launch }, vec![Command::CloseWaiting]),

        (State::Asked { launch }, Input::PatienceOver) => (State::Unanswered { launch }, vec![]),
        (State::Asked { launch } | State::Unanswered { launch }, Input::Declined) => {
            (State::Declined { launch }, vec![Command::CloseWaiting])
        }
        (State::Asked { launch }, Input::NotReached) => {
            (State::NotReached { launch }, vec![Command::CloseWaiting])
        }
        // The start that should follow an acceptance may never come.
        (State::Asked { .. } | State::Unanswered { .. } | State::Accepted, Input::Withdraw) => {
            (State::Apart, vec![Command::CloseWaiting])
        }
        (
            State::Checking { .. }
            | State::Absent { .. }
            | State::Awaiting { .. }
            | State::Declined { .. }
            | State::Left { .. }
            | State::NotReached { .. },
            Input::Withdraw,
        ) => (State::Apart, vec![]),

        // An answer counts however late it comes, for a visitor who accepted waits for the agent. To
        // an agent who gave up the viewer does not open by itself.
        (state @ State::InSession { .. }, Input::Accepted | Input::Started) => (state, vec![]),
        (State::Accepted, Input::Started) => in_session(now_ms, None),
        (state, Input::Accepted) => match waiting(state) {
            Some(launch) => (State::Accepted, vec![Command::Open(launch)]),
            None => (State::Accepted, vec![]),
        },
        (state, Input::Started) => in_session(now_ms, waiting(state)),
        (State::Accepted, Input::Ended | Input::Declined) => {
            (State::Apart, vec![Command::CloseWaiting])
        }

        (state, _) => (state, vec![]),
    }
}

/// The launch of an agent who still waits for the visitor's answer.
fn waiting(state: State) -> Option<Rc<Launch>> {
    match state {
        State::Checking { launch }
        | State::Awaiting { launch }
        | State::Asked { launch }
        | State::Unanswered { launch }
        | State::Left { launch } => Some(launch),
        State::Apart
        | State::Absent { .. }
        | State::Declined { .. }
        | State::NotReached { .. }
        | State::Accepted
        | State::InSession { .. }
        | State::Over => None,
    }
}

fn invite(launch: Rc<Launch>) -> (State, Vec<Command>) {
    let commands = vec![Command::Invite(launch.clone()), Command::StartPatience];
    (State::Asked { launch }, commands)
}

fn in_session(now_ms: f64, launch: Option<Rc<Launch>>) -> (State, Vec<Command>) {
    let mut commands = vec![Command::ReportStart];
    commands.extend(launch.map(Command::Open));
    (State::InSession { since_ms: now_ms }, commands)
}
