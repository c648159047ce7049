//! The session of one task: the invitation and the agent's viewer, side by side.
//!
//! Either can be without the other: a viewer that waits for a typed key knows no visitor, and a visitor
//! may share before any viewer is open. `handle` joins them; each knows the request that it belongs to, so
//! that the end of one session never touches the viewer of another.

pub mod invitation;
mod request;
pub mod viewer;

pub use crate::core::open_target::{NoPanel, OpenTarget};
pub use request::ViewerRequest;

use std::rc::Rc;

use crate::core::{
    ids::{Ids, InvitationId},
    presence::PresenceStatus,
    session::{
        invitation::Invitation,
        viewer::{Attempt, Viewer},
    },
    time::{Now, earliest},
};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    pub invitation: Invitation,
    pub viewer: Viewer,
    /// Whether the agent closed the viewer of the session that runs.
    agent_left: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    Invitation(invitation::Event),
    Viewer(viewer::Event),
    /// The agent holds the task no longer.
    TaskOver,
    Deadline,
}

/// What has to happen, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    Invite(InvitationId, Rc<ViewerRequest>),
    Viewer(viewer::Request),
    ReportStart,
    ReportEnd { duration_ms: f64, reason: EndReason },
}

/// Why a session ended, as far as the component can know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndReason {
    /// Glance reported the end, or the agent did, and neither of the others applies.
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

/// What a session needs beside its state.
pub struct Context<'a> {
    pub now: Now,
    pub ids: &'a mut Ids,
    /// What presence knows of the task's visitor.
    pub status: &'a PresenceStatus,
    /// The request of the task's visitor.
    pub visitor: Option<&'a Rc<ViewerRequest>>,
}

impl Session {
    /// A session that an instance before this one left behind.
    pub fn restored(viewer: Viewer, invitation: Invitation) -> Self {
        Self { invitation, viewer, agent_left: false }
    }

    /// Whether nothing is open, asked or said.
    pub fn is_idle(&self) -> bool {
        self.viewer.is_closed() && self.invitation == Invitation::Idle
    }

    /// Whether a viewer is open or on its way, or the visitor shares or has been asked to.
    pub fn is_running(&self) -> bool {
        let is_failed = matches!(self.viewer.attempt, Some(Attempt::Failed { .. }));
        let is_waiting = matches!(self.invitation, Invitation::NoResponse { .. });
        let is_on_its_way = self.viewer.attempt.is_some() && !is_failed;
        self.viewer.open.is_some() || is_on_its_way || is_waiting || self.invitation.is_under_way()
    }

    /// Whether a viewer is in Flex's panel, or may come into it by what is under way.
    pub fn needs_panel(&self) -> bool {
        let is_in_panel = |request: Option<&Rc<ViewerRequest>>| {
            request.is_some_and(|request| request.target == OpenTarget::Flex)
        };
        self.viewer.frame().is_some()
            || is_in_panel(self.viewer.request())
            || is_in_panel(self.invitation.request())
    }

    /// The states, for the log.
    pub fn name(&self) -> String {
        format!("{}, {}", self.invitation.name(), self.viewer.name())
    }

    /// By the monotonic clock.
    pub fn deadline(&self) -> Option<f64> {
        earliest(self.invitation.deadline(), self.viewer.deadline())
    }

    pub fn handle(&mut self, event: Event, cx: &mut Context, requests: &mut Vec<Request>) {
        match event {
            Event::Viewer(event) => {
                self.give_way(&event, cx, requests);
                self.handle_viewer(event, cx, requests);
            }
            Event::Invitation(event) => {
                self.handle_invitation(event, EndReason::Ended, cx, requests);
            }
            Event::TaskOver => {
                let event = invitation::Event::TaskOver;
                self.handle_invitation(event, EndReason::TaskOver, cx, requests);
                self.handle_viewer(viewer::Event::TaskOver, cx, requests);
            }
            Event::Deadline => {
                let event = invitation::Event::Deadline;
                self.handle_invitation(event, EndReason::Ended, cx, requests);
                self.handle_viewer(viewer::Event::Deadline, cx, requests);
            }
        }
    }

    /// An agent who joins by another key waits for no answer any more.
    fn give_way(&mut self, event: &viewer::Event, cx: &mut Context, requests: &mut Vec<Request>) {
        if let (viewer::Event::Open { request, .. }, Some(asked)) =
            (event, self.invitation.request())
            && !request.is_same_session(asked)
        {
            let event = invitation::Event::GiveWay;
            self.handle_invitation(event, EndReason::Ended, cx, requests);
        }
    }

    fn handle_viewer(
        &mut self,
        event: viewer::Event,
        cx: &mut Context,
        requests: &mut Vec<Request>,
    ) {
        let before = self.viewer.open.as_ref().map(|open| open.request().clone());
        let closes = matches!(
            event,
            viewer::Event::Close | viewer::Event::WindowGone(_) | viewer::Event::WindowSeen(..)
        );
        let mut wanted = vec![];
        self.viewer.handle(event, cx.now, cx.ids, &mut wanted);
        requests.extend(wanted.into_iter().map(Request::Viewer));
        if self.viewer.open.is_some() {
            self.agent_left = false;
        }
        // The agent closed the viewer of the visitor's session.
        let closed = before.filter(|_| closes && self.viewer.open.is_none());
        let is_of_invitation = match (&closed, self.invitation.request()) {
            (Some(closed), Some(asked)) => closed.is_same_session(asked),
            _ => false,
        };
        if is_of_invitation {
            self.agent_left = true;
            // Whoever closes the viewer of a session that has not started gives it up.
            if matches!(self.invitation, Invitation::Accepted { .. }) {
                let event = invitation::Event::Withdraw;
                self.handle_invitation(event, EndReason::Ended, cx, requests);
            }
        }
    }

    fn handle_invitation(
        &mut self,
        event: invitation::Event,
        why: EndReason,
        cx: &mut Context,
        requests: &mut Vec<Request>,
    ) {
        let mut commands = vec![];
        let mut context = invitation::Context {
            now: cx.now,
            ids: cx.ids,
            status: cx.status,
            visitor: cx.visitor,
        };
        self.invitation.handle(event, &mut context, &mut commands);
        for command in commands {
            self.run(command, why, cx, requests);
        }
    }

    fn run(
        &mut self,
        command: invitation::Command,
        why: EndReason,
        cx: &mut Context,
        requests: &mut Vec<Request>,
    ) {
        match command {
            invitation::Command::Send(id, request) => requests.push(Request::Invite(id, request)),
            invitation::Command::Open(request) => {
                let event = viewer::Event::Open { request, again: false };
                self.handle_viewer(event, cx, requests);
            }
            invitation::Command::CloseWaiting(request) => {
                self.handle_viewer(viewer::Event::CloseWaiting(request), cx, requests);
            }
            invitation::Command::ReportStart => {
                self.agent_left = false;
                requests.push(Request::ReportStart);
            }
            invitation::Command::ReportEnd { request, duration_ms } => {
                let reason = match why {
                    EndReason::Ended if self.agent_left => EndReason::AgentLeft,
                    why => why,
                };
                requests.push(Request::ReportEnd { duration_ms, reason });
                self.agent_left = false;
                self.handle_viewer(viewer::Event::SessionEnded(request), cx, requests);
            }
        }
    }
}
