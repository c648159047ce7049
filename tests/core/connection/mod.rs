//! The connection to one visitor.

mod lifetime;
mod properties;
mod visitor_status;

use flex_glance::core::{
    ids::{AuthorizationId, ConnectionId, Ids, LookUpId},
    login_key::LoginKeyFailure,
    presence::{
        PresenceError, PresenceStatus, VisitorPage,
        connection::{Connection, Event, LOOK_UP_TIMEOUT_MS, Request},
    },
    retry::Retry,
    time::Now,
};

use crate::common::session_key;

const AUTHORIZATION: AuthorizationId = AuthorizationId(1);

/// A connection, its clocks, and what it asked for last.
struct Visitor {
    connection: Connection,
    ids: Ids,
    now: Now,
    requests: Vec<Request>,
    /// The look-ups that were asked for, the last one last.
    look_ups: Vec<LookUpId>,
}

impl Visitor {
    fn new() -> Self {
        Self {
            connection: Connection::new(session_key("visitor")),
            ids: Ids::default(),
            now: Now { random: 0.0, ..crate::common::NOW },
            requests: vec![],
            look_ups: vec![],
        }
    }

    /// Connected, and not answered yet.
    fn connected() -> Self {
        let mut visitor = Self::new();
        visitor.handle(Event::Authorized(AUTHORIZATION));
        visitor
    }

    /// Connected, with the visitor in the cart.
    fn online() -> Self {
        let mut visitor = Self::connected();
        visitor.found(Some(cart()));
        visitor
    }

    /// Whose connection broke.
    fn broken() -> Self {
        let mut visitor = Self::online();
        visitor.handle(Event::Failed(visitor.id()));
        visitor
    }

    fn handle(&mut self, event: Event) -> &mut Self {
        self.requests.clear();
        self.connection.handle(event, self.now, &mut self.ids, &mut self.requests);
        self.note_look_ups();
        self
    }

    /// Lets time pass by both clocks, and gives word of each deadline. What is due is connected anew, as
    /// presence does.
    fn pass(&mut self, for_ms: f64) -> &mut Self {
        let until_ms = self.now.mono_ms + for_ms;
        let mut requests = vec![];
        while let Some(due_ms) = self.connection.deadline().filter(|due_ms| *due_ms <= until_ms) {
            self.set_mono(due_ms);
            self.connection.handle(Event::Deadline, self.now, &mut self.ids, &mut requests);
            if let Some(retry) = self.connection.is_due(self.now) {
                self.connect(AUTHORIZATION, retry);
                requests.append(&mut self.requests);
            }
        }
        self.set_mono(until_ms);
        self.requests = requests;
        self.note_look_ups();
        self
    }

    fn set_mono(&mut self, mono_ms: f64) {
        self.now.unix_ms += mono_ms - self.now.mono_ms;
        self.now.mono_ms = mono_ms;
    }

    fn connect(&mut self, authorization: AuthorizationId, retry: Retry) {
        self.requests.clear();
        self.connection.connect(authorization, retry, self.now, &mut self.ids, &mut self.requests);
        self.note_look_ups();
    }

    fn note_look_ups(&mut self) {
        for request in &self.requests {
            if let Request::LookUp(_, id) = request
                && !self.look_ups.contains(id)
            {
                self.look_ups.push(*id);
            }
        }
    }

    fn id(&self) -> ConnectionId {
        self.connection.id().unwrap()
    }

    /// The last look-up is answered.
    fn found(&mut self, page: Option<VisitorPage>) -> &mut Self {
        let look_up = *self.look_ups.last().unwrap();
        let id = self.id();
        self.handle(Event::Found(id, look_up, page))
    }

    fn visitor_connected(&mut self, is_there: bool) -> &mut Self {
        let id = self.id();
        self.handle(Event::VisitorConnected(id, is_there))
    }

    fn visitor_moved(&mut self, page: VisitorPage) -> &mut Self {
        let id = self.id();
        self.handle(Event::VisitorMoved(id, page))
    }

    fn status(&self) -> &PresenceStatus {
        &self.connection.status
    }

    fn counts(&self) -> (usize, usize, usize) {
        let count =
            |is: fn(&Request) -> bool| self.requests.iter().filter(|request| is(request)).count();
        (
            count(|request| matches!(request, Request::Connect(_))),
            count(|request| matches!(request, Request::Disconnect(_))),
            count(|request| matches!(request, Request::LookUp(..))),
        )
    }
}

fn cart() -> VisitorPage {
    VisitorPage::new(Some("https://shop.example/cart"), Some("Firefox"))
}

fn home() -> VisitorPage {
    VisitorPage::new(Some("https://shop.example/home"), Some("Firefox"))
}

fn online(page: VisitorPage) -> PresenceStatus {
    PresenceStatus::Online(page)
}

const UNKNOWN: PresenceStatus = PresenceStatus::Unknown(PresenceError::Connection);
