//! The agent's viewer of one task: what is open, and what is being tried.
//!
//! ```text
//! attempt:  None ──open──▶ FetchingKey ──key──▶ (open)
//!                            │    │ failed ──▶ Failed ──try again, sign in, dismiss──▶
//!                            │ window refused
//!                            ▼
//!                          Blocked ──link followed──▶ (open)
//!
//! open:     None ──▶ Window { Opening ──▶ Ours │ OutOfReach } ──closed──▶ None
//!           None ──▶ Panel { Loading ──▶ Loaded │ Slow } ◀──panel back──▶ Suspended
//! ```
//!
//! A viewer in the panel stays until the one that is to replace it is there. Every window and frame has
//! a number; what is heard of an older one changes nothing.
//!
//! A window whose page sends `Cross-Origin-Opener-Policy` looks closed from here as soon as that page is
//! there, though it is open. For a moment before, it may be seen with a page of another site in it. One
//! that was seen so twice, and then closed, was closed by the agent; one that went to closed before that is
//! out of our reach.

mod opening;
mod watching;

use std::rc::Rc;

use crate::core::{
    ids::{Ids, ViewerId},
    login_key::{Credentials, LoginKeyFailure, Validity},
    session::{OpenTarget, ViewerRequest},
    time::{Moment, Now, earliest},
    viewer_url::ViewerUrl,
};

/// How long a frame may show nothing before a way round is offered, in milliseconds.
pub const FRAME_TIMEOUT_MS: f64 = 20_000.0;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Viewer {
    pub open: Option<Open>,
    pub attempt: Option<Attempt>,
}

/// A viewer that is there.
#[derive(Clone, Debug, PartialEq)]
pub enum Open {
    Window {
        id: ViewerId,
        request: Rc<ViewerRequest>,
        since: Moment,
        reach: Reach,
    },
    Panel {
        id: ViewerId,
        request: Rc<ViewerRequest>,
        since: Moment,
        frame: Frame,
    },
    /// Flex took the panel away; the viewer reopens with it.
    Suspended {
        request: Rc<ViewerRequest>,
    },
}

/// Whether a window can be brought to the front and closed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reach {
    /// Its page is on the way. `has_page`: it was there at the last look, which may be the moment before
    /// that page cuts itself off.
    Opening {
        look_at_ms: f64,
        has_page: bool,
    },
    Ours {
        look_at_ms: f64,
    },
    /// Open, but not ours to handle.
    OutOfReach,
}

/// How far a viewer's frame has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Frame {
    Loading {
        deadline_ms: f64,
    },
    /// It has shown nothing for `FRAME_TIMEOUT_MS`.
    Slow,
    Loaded,
}

/// A viewer that is on its way, or did not come.
#[derive(Clone, Debug, PartialEq)]
pub enum Attempt {
    /// The login-key cache answers in any case, so this has no deadline of its own.
    FetchingKey {
        request: Rc<ViewerRequest>,
        place: Place,
    },
    /// The browser refused the window; the agent opens it by a link. The link is there while its login
    /// key is good. `validity` is `None` for an address without a key.
    Blocked {
        request: Rc<ViewerRequest>,
        link: Option<ViewerUrl>,
        validity: Option<Validity>,
    },
    Failed {
        request: Rc<ViewerRequest>,
        failure: LoginKeyFailure,
    },
}

/// What waits for the login key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    Panel,
    /// A blank window.
    Window {
        id: ViewerId,
        look_at_ms: f64,
    },
    /// The browser refused the window.
    Refused,
}

/// What a look at a window finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowSight {
    Blank,
    /// A page of another site.
    Foreign,
    Closed,
}

/// What happens to a viewer.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The viewer of this session is wanted. `again`: even if there is one that is out of reach.
    Open {
        request: Rc<ViewerRequest>,
        again: bool,
    },
    LoginKey(Result<Credentials, LoginKeyFailure>),
    /// The browser gave no window.
    WindowRefused(ViewerId),
    WindowSeen(ViewerId, WindowSight),
    /// The window was closed before it could be sent to the viewer.
    WindowGone(ViewerId),
    FrameLoaded(ViewerId),
    /// Flex took the panel away with the frame in it, or there is none.
    PanelGone(ViewerId),
    /// A panel is there and shows this task.
    PanelBack,
    /// The agent gives up what is being tried.
    Cancel,
    /// The agent closes the viewer, or what was to become one.
    Close,
    BringToFront,
    /// The agent wants the viewer without a login key, to sign in to Glance by hand.
    SignIn,
    /// The agent has read the message.
    Dismiss,
    /// The agent opens the viewer that the browser blocked.
    OpenBlocked,
    /// The browser itself followed the link of a blocked viewer.
    LinkFollowed,
    /// The session of this key is over.
    SessionEnded(Rc<ViewerRequest>),
    /// A viewer that waits for the session of this key waits in vain.
    CloseWaiting(Rc<ViewerRequest>),
    /// The agent holds the task no longer.
    TaskOver,
    Deadline,
}

/// What has to happen in the world, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Open a blank tab or window now, inside the agent's click, or reuse this task's own blank one. A
    /// window with another page in it is closed first.
    OpenWindow(ViewerId, OpenTarget),
    Navigate(ViewerId, ViewerUrl),
    CloseWindow,
    BringWindowToFront,
    LookAtWindow(ViewerId),
    ShowFrame(ViewerId, ViewerUrl),
    CloseFrame,
    BringFrameToFront,
    LoginKey,
    CancelLoginKey,
}

impl Open {
    pub fn request(&self) -> &Rc<ViewerRequest> {
        match self {
            Self::Window { request, .. }
            | Self::Panel { request, .. }
            | Self::Suspended { request } => request,
        }
    }

    /// When the viewer was opened.
    pub fn since(&self) -> Option<Moment> {
        match self {
            Self::Window { since, .. } | Self::Panel { since, .. } => Some(*since),
            Self::Suspended { .. } => None,
        }
    }
}

impl Attempt {
    pub fn request(&self) -> &Rc<ViewerRequest> {
        match self {
            Self::FetchingKey { request, .. }
            | Self::Blocked { request, .. }
            | Self::Failed { request, .. } => request,
        }
    }
}

impl Viewer {
    /// The request that the agent sees: of what is being tried, else of what is open.
    pub fn request(&self) -> Option<&Rc<ViewerRequest>> {
        let tried = self.attempt.as_ref().map(Attempt::request);
        tried.or_else(|| self.open.as_ref().map(Open::request))
    }

    /// The number of the frame that is in the panel.
    pub fn frame(&self) -> Option<ViewerId> {
        match &self.open {
            Some(Open::Panel { id, .. }) => Some(*id),
            _ => None,
        }
    }

    pub fn is_closed(&self) -> bool {
        self.open.is_none() && self.attempt.is_none()
    }

    pub fn is_blocked(&self) -> bool {
        matches!(self.attempt, Some(Attempt::Blocked { .. }))
    }

    /// The name, for the log.
    pub fn name(&self) -> &'static str {
        match (&self.attempt, &self.open) {
            (Some(Attempt::FetchingKey { place: Place::Refused, .. }), _) => {
                "fetching the key, window blocked"
            }
            (Some(Attempt::FetchingKey { .. }), _) => "fetching the key",
            (Some(Attempt::Blocked { .. }), _) => "window blocked",
            (Some(Attempt::Failed { .. }), _) => "failed",
            (None, Some(Open::Window { reach: Reach::OutOfReach, .. })) => {
                "viewer open, out of reach"
            }
            (None, Some(Open::Window { .. })) => "viewer open in a window",
            (None, Some(Open::Panel { .. })) => "viewer open in the panel",
            (None, Some(Open::Suspended { .. })) => "panel gone",
            (None, None) => "no viewer",
        }
    }

    pub fn handle(&mut self, event: Event, now: Now, ids: &mut Ids, requests: &mut Vec<Request>) {
        match event {
            Event::Open { request, again } => self.open(request, again, now, ids, requests),
            Event::LoginKey(outcome) => self.login_key(outcome, now, ids, requests),
            Event::WindowRefused(id) => self.window_refused(id),
            Event::WindowSeen(id, sight) => self.window_seen(id, sight, now, requests),
            Event::WindowGone(of) => {
                if matches!(&self.open, Some(Open::Window { id, .. }) if *id == of) {
                    self.close(requests);
                }
            }
            Event::FrameLoaded(of) => {
                if let Some(Open::Panel { id, frame, .. }) = &mut self.open
                    && *id == of
                {
                    *frame = Frame::Loaded;
                }
            }
            Event::PanelGone(of) => {
                if let Some(Open::Panel { id, request, .. }) = &self.open
                    && *id == of
                {
                    self.open = Some(Open::Suspended { request: request.clone() });
                    requests.push(Request::CloseFrame);
                }
            }
            Event::PanelBack => {
                if let (Some(Open::Suspended { request }), None) = (&self.open, &self.attempt) {
                    let request = request.clone();
                    self.begin(request, now, ids, requests);
                }
            }
            Event::Cancel => self.cancel(requests),
            Event::Close => {
                self.cancel(requests);
                self.close(requests);
            }
            Event::BringToFront => self.bring_to_front(requests),
            Event::SignIn => self.sign_in(now, ids, requests),
            Event::Dismiss => self.dismiss(),
            Event::OpenBlocked => self.open_blocked(now, ids, requests),
            Event::LinkFollowed => self.link_followed(now, ids, requests),
            Event::SessionEnded(ended) => self.session_ended(&ended, requests),
            Event::CloseWaiting(waiting) => {
                if self.attempt_is_of(&waiting) {
                    self.cancel(requests);
                }
                if self.open_is_of(&waiting) {
                    self.close(requests);
                }
            }
            Event::TaskOver => {
                requests.extend([
                    Request::CancelLoginKey,
                    Request::CloseWindow,
                    Request::CloseFrame,
                ]);
                *self = Self::default();
            }
            Event::Deadline => self.on_deadline(now, requests),
        }
    }

    /// By the monotonic clock.
    pub fn deadline(&self) -> Option<f64> {
        let attempt = match &self.attempt {
            Some(Attempt::FetchingKey { place: Place::Window { look_at_ms, .. }, .. }) => {
                Some(*look_at_ms)
            }
            Some(Attempt::Blocked { link: Some(_), validity: Some(validity), .. }) => {
                Some(validity.deadline())
            }
            _ => None,
        };
        let open = match &self.open {
            Some(Open::Window {
                reach: Reach::Opening { look_at_ms, .. } | Reach::Ours { look_at_ms },
                ..
            }) => Some(*look_at_ms),
            Some(Open::Panel { frame: Frame::Loading { deadline_ms }, .. }) => Some(*deadline_ms),
            _ => None,
        };
        earliest(attempt, open)
    }

    fn cancel(&mut self, requests: &mut Vec<Request>) {
        if let Some(Attempt::FetchingKey { place, .. }) = self.attempt.take() {
            requests.push(Request::CancelLoginKey);
            if matches!(place, Place::Window { .. }) {
                requests.push(Request::CloseWindow);
            }
        }
    }

    fn close(&mut self, requests: &mut Vec<Request>) {
        match self.open.take() {
            Some(Open::Window { .. }) => requests.push(Request::CloseWindow),
            Some(Open::Panel { .. }) => requests.push(Request::CloseFrame),
            Some(Open::Suspended { .. }) | None => {}
        }
    }

    fn bring_to_front(&self, requests: &mut Vec<Request>) {
        match &self.open {
            Some(Open::Window { reach: Reach::OutOfReach, .. }) | None => {}
            Some(Open::Window { .. }) => requests.push(Request::BringWindowToFront),
            Some(Open::Panel { .. } | Open::Suspended { .. }) => {
                requests.push(Request::BringFrameToFront);
            }
        }
    }

    fn dismiss(&mut self) {
        match (&self.attempt, &mut self.open) {
            (Some(Attempt::Failed { .. }), _) => self.attempt = None,
            (None, Some(Open::Window { reach: Reach::OutOfReach, .. })) => self.open = None,
            (None, Some(Open::Window { request, .. })) => {
                Rc::make_mut(request).without_panel = None;
            }
            _ => {}
        }
    }

    /// A viewer in the panel goes with its session; tabs and windows are left to the agent.
    fn session_ended(&mut self, ended: &ViewerRequest, requests: &mut Vec<Request>) {
        if self.attempt_is_of(ended) {
            self.cancel(requests);
        }
        if self.open_is_of(ended) && !matches!(self.open, Some(Open::Window { .. })) {
            self.close(requests);
        }
    }

    fn attempt_is_of(&self, request: &ViewerRequest) -> bool {
        self.attempt.as_ref().is_some_and(|attempt| attempt.request().is_same_session(request))
    }

    fn open_is_of(&self, request: &ViewerRequest) -> bool {
        self.open.as_ref().is_some_and(|open| open.request().is_same_session(request))
    }
}
