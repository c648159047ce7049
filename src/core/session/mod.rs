//! The session of one task: the invitation and the agent's viewer, side by side.
//!
//! Either can be without the other: a viewer that waits for a typed key knows no visitor, and a visitor
//! may share before any viewer is open. `handle` joins them; each knows the request that it belongs to, so
//! that the end of one session never touches the viewer of another.

pub mod facts;
pub mod invitation;
pub mod link;
mod request;
pub mod viewer;

pub use crate::core::open_target::{NoPanel, OpenTarget};
pub use request::ViewerRequest;

use std::rc::Rc;

use crate::core::{
    ids::{Ids, InvitationId, LinkId},
    presence::PresenceStatus,
    session::{
        facts::{Beginning, Change},
        invitation::Invitation,
        link::{Delivery, InviteText, Link, Way},
        viewer::{Attempt, Open, Viewer},
    },
    session_key::SessionKey,
    time::{Now, earliest},
};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    pub invitation: Invitation,
    pub viewer: Viewer,
    /// An invitation by link, whose session the viewer is of.
    pub link: Option<Link>,
    /// Whether the agent closed the viewer of the session that runs.
    agent_left: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    Invitation(invitation::Event),
    Viewer(viewer::Event),
    /// The agent invites by a link.
    InviteByLink(Rc<ViewerRequest>, InviteText),
    /// What became of a link.
    LinkTold(LinkId, Delivery),
    CopyLink,
    /// The agent holds the task no longer.
    TaskOver,
    Deadline,
}

/// What has to happen, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    Invite(InvitationId, Rc<ViewerRequest>),
    Viewer(viewer::Request),
    Deliver(LinkId, InviteText, Way),
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
    /// The agent closed the viewer of a session that nothing else tells of.
    ViewerClosed,
    /// Nobody saw it: the page that had it is gone, or it is longer ago than `sessionmaxage`.
    Unknown,
}

impl EndReason {
    /// As given to `onsessionend`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ended => "ended",
            Self::AgentLeft => "agent_left",
            Self::TaskOver => "task_over",
            Self::ViewerClosed => "viewer_closed",
            Self::Unknown => "unknown",
        }
    }

    /// The reason of this name.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Ended, Self::AgentLeft, Self::TaskOver, Self::ViewerClosed, Self::Unknown];
        all.into_iter().find(|reason| reason.name() == name)
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
        Self { invitation, viewer, link: None, agent_left: false }
    }

    /// Whether nothing is open, asked or said.
    pub fn is_idle(&self) -> bool {
        self.viewer.is_closed() && self.invitation == Invitation::Idle
    }

    /// Whether no viewer is open or on its way, and nobody was asked or has answered.
    pub fn is_at_rest(&self) -> bool {
        self.viewer.is_closed() && matches!(self.invitation, Invitation::Idle | Invitation::Ended)
    }

    /// Whether a viewer is open or on its way, or the visitor shares or has been asked to.
    pub fn is_running(&self) -> bool {
        let is_failed = matches!(self.viewer.attempt, Some(Attempt::Failed { .. }));
        let is_waiting = matches!(self.invitation, Invitation::NoResponse { .. });
        let is_on_its_way = self.viewer.attempt.is_some() && !is_failed;
        self.viewer.open.is_some() || is_on_its_way || is_waiting || self.invitation.is_under_way()
    }

    /// Whether nobody shares, is asked or looked at, so that the agent may invite by a link.
    pub fn can_invite(&self) -> bool {
        self.viewer.is_closed() && !self.invitation.is_under_way()
    }

    /// The viewer of a session that nothing but the viewer tells of.
    fn untold_viewer(&self) -> Option<&Open> {
        let is_told = self.invitation.is_under_way();
        self.viewer.open.as_ref().filter(|_| !is_told)
    }

    /// What a change of the session means for what stands on its task. The end of the task is none: the next agent
    /// finds the session there.
    /// * `key`: of the task's own visitor.
    /// * `requests`: what the change has asked for.
    pub fn change(
        before: &Self,
        after: &Self,
        requests: &[Request],
        key: Option<&SessionKey>,
        now: Now,
    ) -> Option<Change> {
        let ended = requests.iter().find_map(|request| match request {
            Request::ReportEnd { duration_ms, reason } => {
                Some(Change::Ended { seconds: duration_ms / 1_000.0, reason: *reason })
            }
            _ => None,
        });
        let (was_open, is_open) = (before.viewer.open.is_some(), after.viewer.open.is_some());
        let is_in_session = matches!(after.invitation, Invitation::InSession { .. });
        let was_in_session = matches!(before.invitation, Invitation::InSession { .. });
        let joins = !was_open && is_open && matches!(before.invitation, Invitation::Told { .. });
        match (before.untold_viewer(), after.untold_viewer()) {
            _ if ended.is_some() => ended,
            (None, Some(open)) if !was_open && after.is_by_link(open.request()) => {
                Some(Change::BeganByLink(open.request().session_key.clone()))
            }
            _ if joins => Some(Change::Joined),
            _ if is_in_session && !was_in_session => Some(Change::Began(Beginning::Presence)),
            (None, Some(open)) if !was_open => {
                let is_own = Some(&open.request().session_key) == key;
                Some(Change::Began(if is_own { Beginning::Viewer } else { Beginning::Key }))
            }
            (Some(open), _) if !is_open => {
                // Nobody knows since when one was open whose panel Flex took away.
                let seconds = open.since().map_or(0.0, |since| since.elapsed_ms(now) / 1_000.0);
                Some(Change::Ended { seconds, reason: EndReason::ViewerClosed })
            }
            _ => None,
        }
    }

    /// Whether this is the session that a link invites to.
    fn is_by_link(&self, request: &ViewerRequest) -> bool {
        self.link.as_ref().is_some_and(|link| link.request.is_same_session(request))
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
        self.route(event, cx, requests);
        self.follow_viewer(requests);
    }

    /// A link goes with its viewer, and nobody is invited before that is open.
    fn follow_viewer(&mut self, requests: &mut Vec<Request>) {
        let Some(link) = &mut self.link else { return };
        let is_seen = |request: Option<&Rc<ViewerRequest>>| {
            request.is_some_and(|request| request.is_same_session(&link.request))
        };
        let is_open = is_seen(self.viewer.open.as_ref().map(Open::request));
        if !is_open && !is_seen(self.viewer.request()) {
            self.link = None;
        } else if is_open && link.delivery == Delivery::Ready {
            link.delivery = Delivery::Sending;
            requests.push(Request::Deliver(link.id, link.text.clone(), Way::Chat));
        }
    }

    fn route(&mut self, event: Event, cx: &mut Context, requests: &mut Vec<Request>) {
        match event {
            Event::Viewer(event) => {
                self.give_way(&event, cx, requests);
                self.handle_viewer(event, cx, requests);
            }
            Event::InviteByLink(request, text) => {
                let id = cx.ids.issue();
                let link = Link { id, request: request.clone(), text, delivery: Delivery::Ready };
                self.link = Some(link);
                let event = viewer::Event::Open { request, again: false };
                self.route(Event::Viewer(event), cx, requests);
            }
            Event::LinkTold(of, delivery) => {
                if let Some(link) = self.link.as_mut().filter(|link| link.id == of) {
                    link.delivery = delivery;
                }
            }
            Event::CopyLink => {
                let copy =
                    |link: &Link| Request::Deliver(link.id, link.text.clone(), Way::Clipboard);
                requests.extend(self.link.as_ref().map(copy));
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
        let viewer::Event::Open { request, .. } = event else { return };
        let is_another = match &self.invitation {
            Invitation::Told { request: None, .. } => true,
            asked => asked.request().is_some_and(|asked| !request.is_same_session(asked)),
        };
        if is_another {
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
                if let Some(request) = request {
                    self.handle_viewer(viewer::Event::SessionEnded(request), cx, requests);
                }
            }
            invitation::Command::ReportLost => {
                let reason = EndReason::Unknown;
                requests.push(Request::ReportEnd { duration_ms: 0.0, reason });
            }
        }
    }
}
