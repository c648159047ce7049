//! Inviting the visitor by presence: asked, accepted, in session.
//!
//! ```text
//! Idle ──invite──▶ AwaitingPresence ──▶ VisitorAbsent ──wait──▶ AwaitingVisitor
//!                     │ online                                      │ online
//!                     ▼                                             ▼
//!                    Sent ◀─────────────────────────────────────────┘
//!                     ├──▶ NoResponse, Declined, VisitorLeft, Undelivered ──ask again──▶ Sent
//!                     ▼
//!                  Accepted ──▶ InSession ──▶ Ended
//! ```
//!
//! It says what the signals of Glance's Presence API say and nothing more. Those may come late, twice, in
//! another order, or not at all; `handle` answers each of them in every state. Where the end of a session
//! may have been missed, the session is not certain: the agent says what became of it, never a timer.
//!
//! Every state but `Idle` and `Ended` knows the request that it belongs to. `Told` comes from the task alone
//! (`facts`), and becomes `InSession` with Glance's next signal.
//!
//! Source: Glance, "Presence Agent API" (`invokeVisitor` with `GLANCE.Cobrowse.Visitor.showTerms`,
//! `onterms`, `onvisitorsessionstart`, `onvisitorsessionend`).

use std::rc::Rc;

use crate::core::{
    ids::{Ids, InvitationId},
    presence::PresenceStatus,
    session::{NoPanel, ViewerRequest},
    time::{Moment, Now},
};

/// How long a visitor may leave the terms unanswered before the agent is told what to do, in
/// milliseconds. The terms stay, and an answer still counts.
pub const ANSWER_TIMEOUT_MS: f64 = 60_000.0;

/// How long a click waits for presence to say where the visitor is, in milliseconds. Then the viewer
/// opens without presence.
pub const PRESENCE_TIMEOUT_MS: f64 = 5_000.0;

type Request = Rc<ViewerRequest>;

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Invitation {
    /// Nobody is asked.
    #[default]
    Idle,
    /// The agent clicked before presence could say where the visitor is.
    AwaitingPresence {
        request: Request,
        deadline_ms: f64,
    },
    /// The agent clicked, and the visitor is not on the site.
    VisitorAbsent {
        request: Request,
    },
    /// The agent waits for the visitor to come, who is asked then.
    AwaitingVisitor {
        request: Request,
    },
    /// The visitor sees the terms.
    Sent {
        id: InvitationId,
        request: Request,
        deadline_ms: f64,
    },
    /// They have been seeing them for `ANSWER_TIMEOUT_MS`.
    NoResponse {
        request: Request,
    },
    Declined {
        request: Request,
    },
    /// The visitor left the site before answering.
    VisitorLeft {
        request: Request,
    },
    /// The invitation did not reach the visitor.
    Undelivered {
        request: Request,
    },
    /// The visitor accepted; the session is about to start.
    Accepted {
        request: Request,
    },
    /// Glance says that a session runs. `certain_until`: set once the end may have been missed.
    InSession {
        request: Request,
        since: Moment,
        certain_until: Option<Moment>,
    },
    /// The task says that a session runs, and this page has not seen it: another page or agent began it. Of a
    /// typed key nobody knows the request.
    Told {
        request: Option<Request>,
        since: Moment,
        /// Whether the agent was in it before.
        is_own: bool,
        /// When it counts as over, by the monotonic clock.
        deadline_ms: f64,
    },
    /// The session has ended, and nothing has happened since.
    Ended,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The agent wants to cobrowse with the visitor.
    Invite(Request),
    /// The agent chooses to wait for an absent visitor.
    Wait,
    /// The agent gives up waiting, or has read what went wrong.
    Withdraw,
    /// The agent asks again, after no answer, a refusal, or an end that may have been missed.
    AskAgain,
    /// The agent says that a session whose end may have been missed is over.
    ItIsOver,
    /// The agent joins by another key, and waits for no answer any more.
    GiveWay,
    /// The task says that a session runs.
    Told {
        request: Option<Request>,
        since: Moment,
        is_own: bool,
        deadline_ms: f64,
    },
    /// The task says that none runs any more.
    ToldOver,
    /// The agent opens the viewer of a session that runs, outside the panel if there is none.
    Show(Option<NoPanel>),
    /// Presence says where the visitor is.
    PresenceChanged,
    Accepted,
    Declined,
    Started,
    Ended,
    /// The invitation came back.
    Undelivered(InvitationId),
    /// The agent holds the task no longer.
    TaskOver,
    Deadline,
}

/// What has to happen, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Show the visitor the terms of this request's session.
    Send(InvitationId, Request),
    /// Open the viewer, or bring the open one to the front.
    Open(Request),
    /// Close a viewer that waits for a session that will not come.
    CloseWaiting(Request),
    /// A session runs from now on.
    ReportStart,
    /// The session has ended, or may have, after so many milliseconds.
    ReportEnd { request: Option<Request>, duration_ms: f64 },
    /// Nobody has seen the end of a session, and it is too long ago to run still.
    ReportLost,
}

/// What the machine needs beside its state.
pub struct Context<'a> {
    pub now: Now,
    pub ids: &'a mut Ids,
    /// What presence knows of the visitor now.
    pub status: &'a PresenceStatus,
    /// The request of the task's visitor, for an answer to an invitation that is forgotten.
    pub visitor: Option<&'a Request>,
}

impl Invitation {
    /// The request that it belongs to.
    pub fn request(&self) -> Option<&Request> {
        match self {
            Self::AwaitingPresence { request, .. }
            | Self::VisitorAbsent { request }
            | Self::AwaitingVisitor { request }
            | Self::Sent { request, .. }
            | Self::NoResponse { request }
            | Self::Declined { request }
            | Self::VisitorLeft { request }
            | Self::Undelivered { request }
            | Self::Accepted { request }
            | Self::InSession { request, .. } => Some(request),
            Self::Told { request, .. } => request.as_ref(),
            Self::Idle | Self::Ended => None,
        }
    }

    /// Whether the visitor shares, or is about to.
    pub fn is_under_way(&self) -> bool {
        matches!(
            self,
            Self::Sent { .. } | Self::Accepted { .. } | Self::InSession { .. } | Self::Told { .. }
        )
    }

    /// Whether the visitor will be asked by itself, once presence says that they are there.
    pub fn waits_to_invite(&self) -> bool {
        matches!(self, Self::AwaitingPresence { .. } | Self::AwaitingVisitor { .. })
    }

    /// Whether Glance says that the visitor agreed.
    pub fn has_agreed(&self) -> bool {
        matches!(self, Self::Accepted { .. } | Self::InSession { .. })
    }

    /// The name, for the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::AwaitingPresence { .. } => "awaiting presence",
            Self::VisitorAbsent { .. } => "visitor absent",
            Self::AwaitingVisitor { .. } => "awaiting the visitor",
            Self::Sent { .. } => "invitation sent",
            Self::NoResponse { .. } => "no response",
            Self::Declined { .. } => "declined",
            Self::VisitorLeft { .. } => "visitor left",
            Self::Undelivered { .. } => "undelivered",
            Self::Accepted { .. } => "accepted",
            Self::InSession { certain_until: None, .. } => "in session",
            Self::InSession { .. } => "in session, not certain",
            Self::Told { .. } => "in session, the task says",
            Self::Ended => "session ended",
        }
    }

    /// By the monotonic clock.
    pub fn deadline(&self) -> Option<f64> {
        match self {
            Self::AwaitingPresence { deadline_ms, .. }
            | Self::Sent { deadline_ms, .. }
            | Self::Told { deadline_ms, .. } => Some(*deadline_ms),
            _ => None,
        }
    }

    pub fn handle(&mut self, event: Event, cx: &mut Context, commands: &mut Vec<Command>) {
        let state = std::mem::take(self);
        *self = state.next(event, cx, commands);
    }

    fn next(self, event: Event, cx: &mut Context, commands: &mut Vec<Command>) -> Self {
        match (self, event) {
            (Self::InSession { request, since, certain_until }, Event::TaskOver) => {
                report_end(request, since, certain_until, cx.now, commands);
                Self::Idle
            }
            (_, Event::TaskOver) => Self::Idle,

            (state @ Self::InSession { .. }, event @ (Event::Invite(_) | Event::Show(_))) => {
                commands.extend(state.request().map(|request| show(request, &event)));
                state
            }
            (Self::Idle | Self::Ended, Event::Told { request, since, is_own, deadline_ms }) => {
                Self::Told { request, since, is_own, deadline_ms }
            }
            (Self::Told { .. }, Event::ToldOver) => Self::Idle,
            (state @ Self::Told { .. }, event @ (Event::Invite(_) | Event::Show(_))) => {
                commands.extend(state.request().map(|request| show(request, &event)));
                // Without presence nothing will say more than the viewer does.
                if matches!(cx.status, PresenceStatus::Unknown(_)) { Self::Idle } else { state }
            }
            (Self::Told { request, .. }, Event::ItIsOver) => {
                commands.push(Command::ReportEnd { request, duration_ms: 0.0 });
                Self::Ended
            }
            (Self::Told { request, since, .. }, Event::Ended) => {
                let duration_ms = since.elapsed_ms(cx.now);
                commands.push(Command::ReportEnd { request, duration_ms });
                Self::Ended
            }
            (state @ Self::Told { .. }, Event::Accepted | Event::Started) => state.made_certain(cx),
            (state @ Self::Told { .. }, Event::Withdraw) => state,
            (Self::Accepted { request }, event @ (Event::Invite(_) | Event::Show(_))) => {
                commands.push(show(&request, &event));
                Self::Accepted { request }
            }
            (state @ (Self::Sent { .. } | Self::AwaitingVisitor { .. }), Event::Invite(_)) => state,
            (_, Event::Invite(request)) => invite(request, cx, commands),
            (
                Self::NoResponse { request }
                | Self::Declined { request }
                | Self::VisitorLeft { request }
                | Self::Undelivered { request },
                Event::AskAgain,
            ) => invite(request, cx, commands),
            (
                Self::InSession { request, since, certain_until: certain @ Some(_) },
                Event::AskAgain,
            ) => {
                report_end(request.clone(), since, certain, cx.now, commands);
                invite(request, cx, commands)
            }
            (
                Self::InSession { request, since, certain_until: certain @ Some(_) },
                Event::ItIsOver,
            ) => {
                report_end(request, since, certain, cx.now, commands);
                Self::Ended
            }

            (Self::VisitorAbsent { request } | Self::VisitorLeft { request }, Event::Wait) => {
                Self::AwaitingVisitor { request }
            }
            (state, Event::PresenceChanged) => state.presence_changed(cx, commands),
            (state, Event::Deadline) => state.on_deadline(cx, commands),

            (Self::Sent { request, .. } | Self::NoResponse { request }, Event::Declined) => {
                commands.push(Command::CloseWaiting(request.clone()));
                Self::Declined { request }
            }
            (Self::Sent { id, request, .. }, Event::Undelivered(of)) if of == id => {
                commands.push(Command::CloseWaiting(request.clone()));
                Self::Undelivered { request }
            }
            // The start that should follow an acceptance may never come.
            (
                Self::Sent { request, .. }
                | Self::NoResponse { request }
                | Self::Accepted { request },
                Event::Withdraw,
            ) => {
                commands.push(Command::CloseWaiting(request));
                Self::Idle
            }
            (state @ Self::InSession { .. }, Event::Withdraw | Event::GiveWay) => state,
            (state @ Self::Accepted { .. }, Event::GiveWay) => state,
            (_, Event::Withdraw | Event::GiveWay) => Self::Idle,

            // An answer counts however late it comes, for a visitor who accepted waits for the agent. To
            // an agent who gave up, the viewer does not open by itself.
            (Self::InSession { request, since, .. }, Event::Accepted | Event::Started) => {
                Self::InSession { request, since, certain_until: None }
            }
            (Self::InSession { request, since, .. }, Event::Ended) => {
                report_end(request, since, None, cx.now, commands);
                Self::Ended
            }
            (Self::Accepted { request }, Event::Started) => in_session(request, cx, commands),
            (Self::Accepted { request }, Event::Ended | Event::Declined) => {
                commands.push(Command::CloseWaiting(request));
                Self::Idle
            }
            (state, Event::Accepted) => match state.answered(cx) {
                (Some(request), waits) => {
                    if waits {
                        commands.push(Command::Open(request.clone()));
                    }
                    Self::Accepted { request }
                }
                (None, _) => state,
            },
            (state, Event::Started) => match state.answered(cx) {
                (Some(request), waits) => {
                    let next = in_session(request.clone(), cx, commands);
                    if waits {
                        commands.push(Command::Open(request));
                    }
                    next
                }
                (None, _) => state,
            },
            (state, _) => state,
        }
    }

    /// A session that the task told of, and Glance now.
    fn made_certain(self, cx: &Context) -> Self {
        match (self.request().or(cx.visitor).cloned(), self) {
            (Some(request), Self::Told { since, .. }) => {
                Self::InSession { request, since, certain_until: None }
            }
            (_, state) => state,
        }
    }

    /// Whose session the visitor agreed to, and whether the agent still waits for that.
    fn answered(&self, cx: &Context) -> (Option<Request>, bool) {
        match self {
            Self::AwaitingPresence { request, .. }
            | Self::AwaitingVisitor { request }
            | Self::Sent { request, .. }
            | Self::NoResponse { request }
            | Self::VisitorLeft { request } => (Some(request.clone()), true),
            _ => (self.request().or(cx.visitor).cloned(), false),
        }
    }

    fn presence_changed(self, cx: &mut Context, commands: &mut Vec<Command>) -> Self {
        match (self, cx.status) {
            (
                Self::AwaitingPresence { request, .. } | Self::AwaitingVisitor { request },
                PresenceStatus::Online(_),
            ) => send(request, cx, commands),
            (Self::AwaitingPresence { request, .. }, PresenceStatus::Offline) => {
                Self::VisitorAbsent { request }
            }
            (Self::AwaitingPresence { request, .. }, PresenceStatus::Unknown(_)) => {
                commands.push(Command::Open(request));
                Self::Idle
            }
            // Who is back can be asked with one click again.
            (Self::VisitorAbsent { .. } | Self::VisitorLeft { .. }, PresenceStatus::Online(_)) => {
                Self::Idle
            }
            (
                Self::Sent { request, .. } | Self::NoResponse { request },
                PresenceStatus::Offline,
            ) => {
                commands.push(Command::CloseWaiting(request.clone()));
                Self::VisitorLeft { request }
            }
            // Whoever is not connected hears of no end.
            (
                Self::InSession { request, since, certain_until: None },
                PresenceStatus::Offline | PresenceStatus::Unknown(_) | PresenceStatus::Checking,
            ) => Self::InSession { request, since, certain_until: Some(cx.now.moment()) },
            (Self::Ended, _) => Self::Idle,
            (state, _) => state,
        }
    }

    fn on_deadline(self, cx: &mut Context, commands: &mut Vec<Command>) -> Self {
        match self {
            Self::AwaitingPresence { request, deadline_ms } if cx.now.is_past(deadline_ms) => {
                commands.push(Command::Open(request));
                Self::Idle
            }
            Self::Sent { request, deadline_ms, .. } if cx.now.is_past(deadline_ms) => {
                Self::NoResponse { request }
            }
            Self::Told { deadline_ms, .. } if cx.now.is_past(deadline_ms) => {
                commands.push(Command::ReportLost);
                Self::Idle
            }
            state => state,
        }
    }
}

/// Opens the viewer of the session that runs, outside the panel where the agent's click found none.
fn show(request: &Request, click: &Event) -> Command {
    let no_panel = match click {
        Event::Show(no_panel) => *no_panel,
        Event::Invite(clicked) => clicked.without_panel,
        _ => None,
    };
    Command::Open(Rc::new(request.as_ref().clone().resolve_target(no_panel)))
}

fn invite(request: Request, cx: &mut Context, commands: &mut Vec<Command>) -> Invitation {
    match cx.status {
        PresenceStatus::Online(_) => {
            if request.opens_in_click {
                commands.push(Command::Open(request.clone()));
            }
            send(request, cx, commands)
        }
        PresenceStatus::Offline => Invitation::VisitorAbsent { request },
        PresenceStatus::Checking => {
            let deadline_ms = cx.now.after(PRESENCE_TIMEOUT_MS);
            Invitation::AwaitingPresence { request, deadline_ms }
        }
        // The viewer itself waits for a session.
        PresenceStatus::Unknown(_) => {
            commands.push(Command::Open(request));
            Invitation::Idle
        }
    }
}

fn send(request: Request, cx: &mut Context, commands: &mut Vec<Command>) -> Invitation {
    let id = cx.ids.issue();
    commands.push(Command::Send(id, request.clone()));
    Invitation::Sent { id, request, deadline_ms: cx.now.after(ANSWER_TIMEOUT_MS) }
}

fn in_session(request: Request, cx: &Context, commands: &mut Vec<Command>) -> Invitation {
    commands.push(Command::ReportStart);
    Invitation::InSession { request, since: cx.now.moment(), certain_until: None }
}

/// Reports the time up to the end, or up to the last moment that was certain.
fn report_end(
    request: Request,
    since: Moment,
    certain_until: Option<Moment>,
    now: Now,
    commands: &mut Vec<Command>,
) {
    let end_ms = certain_until.map_or(now.mono_ms, |certain| certain.mono_ms);
    let duration_ms = (end_ms - since.mono_ms).max(0.0);
    commands.push(Command::ReportEnd { request: Some(request), duration_ms });
}
