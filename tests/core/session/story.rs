//! The session of one task, event by event.

use std::rc::Rc;

use flex_glance::core::{
    ids::{Ids, ViewerId},
    presence::{PresenceStatus, VisitorPage},
    session::{
        Context, EndReason, Event, OpenTarget, Request, Session, ViewerRequest, invitation,
        viewer::{self, Open, WindowSight},
    },
    time::Now,
};

use crate::common::{at, credentials, request, request_for};

/// The session of Ann's task, and what its last event asked for.
#[derive(Clone)]
pub(crate) struct Story {
    pub(crate) session: Session,
    pub(crate) status: PresenceStatus,
    pub(crate) now: Now,
    pub(crate) ids: Ids,
    pub(crate) requests: Vec<Request>,
}

impl Story {
    /// A second passes after each event. The visitor stays on the site.
    pub(crate) fn tell(events: impl IntoIterator<Item = Event>) -> Self {
        let status = PresenceStatus::Online(VisitorPage::default());
        let (session, ids) = (Session::default(), Ids::default());
        let story = Self { session, status, now: at(0.0), ids, requests: vec![] };
        events.into_iter().fold(story, Self::then)
    }

    pub(crate) fn then(mut self, event: Event) -> Self {
        self.happen(event);
        self.pass(1_000.0, 1_000.0);
        self
    }

    pub(crate) fn and(self, events: impl IntoIterator<Item = Event>) -> Self {
        events.into_iter().fold(self, Self::then)
    }

    pub(crate) fn seen(mut self, status: PresenceStatus) -> Self {
        self.status = status;
        self.then(told(invitation::Event::PresenceChanged))
    }

    pub(crate) fn happen(&mut self, event: Event) {
        self.requests.clear();
        let mut cx = Context {
            now: self.now,
            ids: &mut self.ids,
            status: &self.status,
            visitor: Some(&request(OpenTarget::Flex)),
        };
        self.session.handle(event, &mut cx, &mut self.requests);
    }

    pub(crate) fn pass(&mut self, unix_ms: f64, mono_ms: f64) {
        self.now.unix_ms += unix_ms;
        self.now.mono_ms += mono_ms;
    }

    pub(crate) fn end(&self) -> Option<(f64, EndReason)> {
        end(&self.requests)
    }

    /// Looks at the window that is open.
    pub(crate) fn sees(self, sight: WindowSight) -> Self {
        let Some(Open::Window { id, .. }) = &self.session.viewer.open else {
            panic!("{:?}", self.session)
        };
        let id: ViewerId = *id;
        self.then(view(viewer::Event::WindowSeen(id, sight)))
    }

    pub(crate) fn asks_for(&self, wanted: &viewer::Request) -> bool {
        self.requests.contains(&Request::Viewer(wanted.clone()))
    }
}

pub(crate) fn end(requests: &[Request]) -> Option<(f64, EndReason)> {
    requests.iter().find_map(|request| match request {
        Request::ReportEnd { duration_ms, reason } => Some((*duration_ms, *reason)),
        _ => None,
    })
}

pub(crate) fn told(event: invitation::Event) -> Event {
    Event::Invitation(event)
}

pub(crate) fn view(event: viewer::Event) -> Event {
    Event::Viewer(event)
}

pub(crate) fn invite(target: OpenTarget) -> Event {
    told(invitation::Event::Invite(request(target)))
}

pub(crate) fn open(request: Rc<ViewerRequest>) -> Event {
    view(viewer::Event::Open { request, again: false })
}

/// What the agent typed, not the visitor's own key.
pub(crate) fn typed(target: OpenTarget) -> Rc<ViewerRequest> {
    request_for("9999", target)
}

pub(crate) fn key() -> Event {
    view(viewer::Event::LoginKey(Ok(credentials())))
}

pub(crate) fn accepted() -> Event {
    told(invitation::Event::Accepted)
}

pub(crate) fn started() -> Event {
    told(invitation::Event::Started)
}

pub(crate) fn ended() -> Event {
    told(invitation::Event::Ended)
}

pub(crate) fn declined() -> Event {
    told(invitation::Event::Declined)
}

pub(crate) fn close() -> Event {
    view(viewer::Event::Close)
}

pub(crate) fn in_session(target: OpenTarget) -> Story {
    Story::tell([invite(target), accepted(), key(), started()])
}
