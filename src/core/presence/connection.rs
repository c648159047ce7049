//! The connection to one visitor: connect, look up, listen, reconnect.
//!
//! There is no polling. One look-up after connecting says whether the visitor is on the site; from then
//! on the connection says so (Glance, "Presence Agent API"). A look-up is sent again only when the
//! connection reports a visitor without a page, and after the machine woke up.
//!
//! ```text
//! Closed ──authorized──▶ Open ──failure, or no answer──▶ Broken ──due──▶ Open
//!    ▲                    │                                │
//!    └── no authorization ┴────────────────────────────────┘
//! ```
//!
//! Every connection and every look-up has a number. An answer to an older one changes nothing, nor does
//! the answer to a look-up that was asked before the connection itself said where the visitor is.

use crate::core::{
    ids::{AuthorizationId, ConnectionId, Ids, LookUpId},
    presence::{PresenceError, PresenceStatus, VisitorPage},
    retry::{Pace, Retry},
    session_key::SessionKey,
    time::{Moment, Now, earliest},
};

/// A visitor who is back within this time, in milliseconds, went to another page and never left.
const PAGE_CHANGE_MS: f64 = 4_000.0;

/// How long a look-up, and so the connection that it is the first word of, may go unanswered, in
/// milliseconds.
pub const LOOK_UP_TIMEOUT_MS: f64 = 10_000.0;

/// A visitor is looked up again at most so often, in milliseconds.
const RECHECK_INTERVAL_MS: f64 = 60_000.0;

/// Many visitors are looked up again over this time, in milliseconds.
const RECHECK_SPREAD_MS: f64 = 5_000.0;

#[derive(Clone, Debug, PartialEq)]
pub struct Connection {
    /// The visitor's id, which is the session key.
    pub visitor: SessionKey,
    pub status: PresenceStatus,
    link: Link,
    rechecked: Option<Moment>,
}

#[derive(Clone, Debug, Default, PartialEq)]
enum Link {
    /// There is no authorization.
    #[default]
    Closed,
    Open(Open),
    /// It broke and is made again when the retry is due.
    Broken {
        retry: Retry,
    },
}

#[derive(Clone, Debug, PartialEq)]
struct Open {
    id: ConnectionId,
    /// The authorization that it was made with.
    authorization: AuthorizationId,
    /// A question that is not answered yet, and until when it may be so.
    look_up: Option<(LookUpId, f64)>,
    /// The visitor's own connection went: when they count as offline.
    offline_at_ms: Option<f64>,
    recheck_at_ms: Option<f64>,
    retry: Retry,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Presence can be used, by this authorization.
    Authorized(AuthorizationId),
    /// Presence cannot be used.
    Unauthorized(Option<PresenceError>),
    /// The answer to a look-up: the visitor's page, or nobody.
    Found(ConnectionId, LookUpId, Option<VisitorPage>),
    /// `onvisitorconn`.
    VisitorConnected(ConnectionId, bool),
    /// `onpresence`.
    VisitorMoved(ConnectionId, VisitorPage),
    /// Any other word of this connection.
    Heard(ConnectionId),
    Failed(ConnectionId),
    /// The machine woke up, or is online again. The number spreads many visitors.
    Resumed(f64),
    Deadline,
}

/// What has to happen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Request {
    Connect(ConnectionId),
    Disconnect(ConnectionId),
    LookUp(ConnectionId, LookUpId),
}

impl Connection {
    pub fn new(visitor: SessionKey) -> Self {
        Self { visitor, status: PresenceStatus::default(), link: Link::default(), rechecked: None }
    }

    /// The number of the open connection.
    pub fn id(&self) -> Option<ConnectionId> {
        match &self.link {
            Link::Open(open) => Some(open.id),
            _ => None,
        }
    }

    /// The authorization that the open connection was made with.
    pub fn authorization(&self) -> Option<AuthorizationId> {
        match &self.link {
            Link::Open(open) => Some(open.authorization),
            _ => None,
        }
    }

    /// Closes what is open, since the visitor is followed no longer.
    pub fn close(&mut self, requests: &mut Vec<Request>) {
        if let Some(id) = self.id() {
            requests.push(Request::Disconnect(id));
        }
        self.link = Link::Closed;
    }

    pub fn handle(&mut self, event: Event, now: Now, ids: &mut Ids, requests: &mut Vec<Request>) {
        match event {
            Event::Authorized(authorization) => self.authorized(authorization, now, ids, requests),
            Event::Unauthorized(error) => {
                self.close(requests);
                self.status = error.map_or(PresenceStatus::Checking, PresenceStatus::Unknown);
            }
            Event::Found(of, look_up, page) => self.found(of, look_up, page),
            Event::VisitorConnected(of, true) => self.visitor_connected(of, now, ids, requests),
            Event::VisitorConnected(of, false) => self.visitor_disconnected(of, now),
            Event::VisitorMoved(of, page) => {
                if self.heard(of) {
                    self.status = PresenceStatus::Online(page);
                }
            }
            // It does not say where the visitor is, so a first look-up still counts.
            Event::Heard(of) if self.status == PresenceStatus::Checking => self.is_alive(of),
            Event::Heard(of) => {
                self.heard(of);
            }
            Event::Failed(of) if self.id() == Some(of) => self.fail(now, requests),
            Event::Failed(_) => {}
            Event::Resumed(spread) => self.resumed(spread, now),
            Event::Deadline => self.on_deadline(now, ids, requests),
        }
    }

    /// By the monotonic clock.
    pub fn deadline(&self) -> Option<f64> {
        match &self.link {
            Link::Closed => None,
            Link::Broken { retry } => Some(retry.deadline()),
            Link::Open(open) => {
                let look_up = open.look_up.map(|(_, deadline_ms)| deadline_ms);
                earliest(earliest(look_up, open.offline_at_ms), open.recheck_at_ms)
            }
        }
    }

    fn authorized(
        &mut self,
        authorization: AuthorizationId,
        now: Now,
        ids: &mut Ids,
        requests: &mut Vec<Request>,
    ) {
        if self.link == Link::Closed {
            self.status = PresenceStatus::Checking;
            self.connect(authorization, Retry::default(), now, ids, requests);
        }
    }

    /// Connects anew by an authorization, in the place of any connection that there is.
    pub fn connect(
        &mut self,
        authorization: AuthorizationId,
        retry: Retry,
        now: Now,
        ids: &mut Ids,
        requests: &mut Vec<Request>,
    ) {
        self.close(requests);
        let id = ids.issue();
        requests.push(Request::Connect(id));
        self.link = Link::Open(Open {
            id,
            authorization,
            look_up: None,
            offline_at_ms: None,
            recheck_at_ms: None,
            retry,
        });
        self.look_up(now, ids, requests);
    }

    fn look_up(&mut self, now: Now, ids: &mut Ids, requests: &mut Vec<Request>) {
        if let Link::Open(open) = &mut self.link {
            let id = ids.issue();
            open.look_up = Some((id, now.after(LOOK_UP_TIMEOUT_MS)));
            requests.push(Request::LookUp(open.id, id));
        }
    }

    /// Notes a word of the connection itself: it works, and knows more than any look-up under way.
    /// Whether it is the present connection's.
    fn heard(&mut self, of: ConnectionId) -> bool {
        let Link::Open(open) = &mut self.link else { return false };
        if open.id != of {
            return false;
        }
        (open.look_up, open.offline_at_ms, open.retry) = (None, None, Retry::default());
        true
    }

    fn is_alive(&mut self, of: ConnectionId) {
        if let Link::Open(open) = &mut self.link
            && open.id == of
        {
            open.retry = Retry::default();
        }
    }

    fn found(&mut self, of: ConnectionId, look_up: LookUpId, page: Option<VisitorPage>) {
        let Link::Open(open) = &mut self.link else { return };
        if open.id != of || open.look_up.is_none_or(|(id, _)| id != look_up) {
            return;
        }
        (open.look_up, open.retry) = (None, Retry::default());
        match page {
            // A look-up may know less than what the visitor's page has said.
            Some(page) if self.status.is_online() && page == VisitorPage::default() => {}
            Some(page) => {
                open.offline_at_ms = None;
                self.status = PresenceStatus::Online(page);
            }
            // A visitor between two pages is not gone yet.
            None if open.offline_at_ms.is_some() => {}
            None => self.status = PresenceStatus::Offline,
        }
    }

    fn visitor_connected(
        &mut self,
        of: ConnectionId,
        now: Now,
        ids: &mut Ids,
        requests: &mut Vec<Request>,
    ) {
        if self.heard(of) && !self.status.is_online() {
            self.status = PresenceStatus::Online(VisitorPage::default());
            self.look_up(now, ids, requests);
        }
    }

    fn visitor_disconnected(&mut self, of: ConnectionId, now: Now) {
        if !self.heard(of) {
            return;
        }
        match &mut self.link {
            Link::Open(open) if self.status.is_online() => {
                open.offline_at_ms = Some(now.after(PAGE_CHANGE_MS));
            }
            _ => self.status = PresenceStatus::Offline,
        }
    }

    fn fail(&mut self, now: Now, requests: &mut Vec<Request>) {
        let Link::Open(open) = &self.link else { return };
        let retry = open.retry.failed(Pace::Quick, 0, now, now.random);
        requests.push(Request::Disconnect(open.id));
        self.link = Link::Broken { retry };
        self.status = PresenceStatus::Unknown(PresenceError::Connection);
    }

    fn resumed(&mut self, spread: f64, now: Now) {
        let delay_ms = spread * RECHECK_SPREAD_MS;
        let is_recent = self
            .rechecked
            .is_some_and(|moment| moment.longest_elapsed_ms(now) < RECHECK_INTERVAL_MS);
        match &mut self.link {
            _ if is_recent => {}
            Link::Closed => {}
            Link::Broken { retry } => {
                *retry = retry.hastened(now, delay_ms);
                self.rechecked = Some(now.moment());
            }
            Link::Open(open) => {
                open.recheck_at_ms = Some(now.after(delay_ms));
                self.rechecked = Some(now.moment());
            }
        }
    }

    fn on_deadline(&mut self, now: Now, ids: &mut Ids, requests: &mut Vec<Request>) {
        let is_due = |at_ms: Option<f64>| at_ms.is_some_and(|at_ms| now.is_past(at_ms));
        let Link::Open(open) = &mut self.link else { return };
        if is_due(open.offline_at_ms) {
            open.offline_at_ms = None;
            self.status = PresenceStatus::Offline;
        }
        if is_due(open.look_up.map(|(_, deadline_ms)| deadline_ms)) {
            self.fail(now, requests);
        } else if is_due(open.recheck_at_ms) {
            open.recheck_at_ms = None;
            self.look_up(now, ids, requests);
        }
    }

    /// Whether it broke and may be made again now.
    pub fn is_due(&self, now: Now) -> Option<Retry> {
        match self.link {
            Link::Broken { retry } if retry.is_due(now) => Some(retry),
            _ => None,
        }
    }
}
