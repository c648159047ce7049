//! The session of one task: how agent and visitor come together, and the agent's viewer.
//!
//! Two machines side by side, since either can be without the other: a viewer that waits for a typed
//! key knows no visitor, and a visitor may share before any viewer is open. `step` joins them.

use std::rc::Rc;

use crate::core::{meeting, viewer, whereabouts::Whereabouts};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    pub meeting: meeting::State,
    pub viewer: viewer::State,
    /// The agent closed the viewer while the session ran.
    left: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    Meeting(meeting::Input),
    Viewer(viewer::Input),
    /// The agent no longer holds the task.
    TaskOver,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    Invite(Rc<viewer::Launch>),
    StartPatience,
    Viewer(viewer::Command),
    ReportStart,
    ReportEnd { duration_ms: f64, reason: EndReason },
}

/// Why a session ended, as far as the component can know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndReason {
    /// Glance reported the end, and neither of the others applies.
    Ended,
    /// The agent had closed the viewer.
    AgentLeft,
    /// The task was completed, transferred or cancelled.
    TaskOver,
}

impl EndReason {
    /// As given to `onsessionend`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ended => "ended",
            Self::AgentLeft => "agent_left",
            Self::TaskOver => "task_over",
        }
    }
}

impl Session {
    /// Whether the browser refused the viewer's window.
    pub fn is_blocked(&self) -> bool {
        matches!(self.viewer, viewer::State::Blocked { .. })
    }

    /// Whether a time runs that the agent sees.
    pub fn has_timer(&self) -> bool {
        self.meeting.in_session_since_ms().is_some() || self.viewer.opened_at_ms().is_some()
    }

    /// The states, for the log.
    pub fn name(&self) -> String {
        match self.meeting {
            meeting::State::Apart => self.viewer.name().to_owned(),
            _ => [self.meeting.name(), ", ", self.viewer.name()].concat(),
        }
    }
}

impl Input {
    /// The input's name, for the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Meeting(input) => input.name(),
            Self::Viewer(input) => input.name(),
            Self::TaskOver => "task over",
        }
    }
}

/// The next state, and what has to be done, in order. `now_ms` is Unix time.
pub fn step(
    session: Session,
    input: Input,
    whereabouts: &Whereabouts,
    now_ms: f64,
) -> (Session, Vec<Command>) {
    let mut joint = Joint { session, commands: Vec::new(), now_ms };
    match input {
        Input::Viewer(input) => {
            joint.give_way(&input);
            let closes = matches!(input, viewer::Input::Close | viewer::Input::WindowClosed);
            joint.step_viewer(input);
            // Who closes the viewer of a session that has not started gives it up.
            if closes && joint.session.meeting == meeting::State::Accepted {
                joint.step_meeting(meeting::Input::Withdraw, whereabouts, EndReason::Ended);
            }
        }
        Input::Meeting(input) => joint.step_meeting(input, whereabouts, EndReason::Ended),
        Input::TaskOver => {
            joint.step_meeting(meeting::Input::TaskOver, whereabouts, EndReason::TaskOver);
            joint.step_viewer(viewer::Input::TaskOver);
        }
    }
    (joint.session, joint.commands)
}

/// Both machines on their way through one input.
struct Joint {
    session: Session,
    commands: Vec<Command>,
    now_ms: f64,
}

impl Joint {
    /// An agent who joins by another key waits for no answer any more: neither an acceptance nor a
    /// refusal may touch that key's viewer.
    fn give_way(&mut self, input: &viewer::Input) {
        if let (viewer::Input::Launch(wanted), Some(asked)) = (input, self.session.meeting.launch())
            && wanted.session_key != asked.session_key
        {
            self.session.meeting = meeting::State::Apart;
        }
    }

    fn step_viewer(&mut self, input: viewer::Input) {
        let closes = matches!(input, viewer::Input::Close | viewer::Input::WindowClosed);
        let was_there = is_there(&self.session.viewer);
        let before = std::mem::take(&mut self.session.viewer);
        let (viewer, commands) = viewer::step(before, input, self.now_ms);
        self.session.viewer = viewer;
        self.commands.extend(commands.into_iter().map(Command::Viewer));
        if is_there(&self.session.viewer) {
            self.session.left = false;
        } else if was_there {
            self.session.left = closes;
        }
    }

    fn step_meeting(&mut self, input: meeting::Input, whereabouts: &Whereabouts, why: EndReason) {
        let before = std::mem::take(&mut self.session.meeting);
        let (meeting, commands) = meeting::step(before, input, whereabouts, self.now_ms);
        self.session.meeting = meeting;
        for command in commands {
            match command {
                meeting::Command::Invite(launch) => self.commands.push(Command::Invite(launch)),
                meeting::Command::StartPatience => self.commands.push(Command::StartPatience),
                meeting::Command::Open(launch) => self.step_viewer(viewer::Input::Launch(launch)),
                meeting::Command::CloseWaiting => {
                    self.step_viewer(viewer::Input::Cancel);
                    self.step_viewer(viewer::Input::Close);
                }
                meeting::Command::ReportStart => {
                    self.session.left = false;
                    self.commands.push(Command::ReportStart);
                }
                meeting::Command::ReportEnd { since_ms } => {
                    let reason = match why {
                        EndReason::Ended if self.session.left => EndReason::AgentLeft,
                        why => why,
                    };
                    let duration_ms = (self.now_ms - since_ms).max(0.0);
                    self.commands.push(Command::ReportEnd { duration_ms, reason });
                    self.step_viewer(viewer::Input::SessionEnded);
                }
            }
        }
    }
}

/// Whether a viewer is open, or will be again with the panel that Flex took away.
fn is_there(viewer: &viewer::State) -> bool {
    viewer.open().is_some() || matches!(viewer, viewer::State::PanelGone { .. })
}
