//! The connection to one visitor.

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
use proptest::{prelude::*, sample::select};

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

#[test]
fn it_connects_and_looks_once_presence_is_authorized_and_checks_until_it_hears() {
    let mut visitor = Visitor::new();
    assert_eq!(*visitor.status(), PresenceStatus::Checking);
    visitor.handle(Event::Authorized(AUTHORIZATION));
    let id = visitor.id();
    let look_up = visitor.look_ups[0];
    assert_eq!(visitor.requests, [Request::Connect(id), Request::LookUp(id, look_up)]);
    assert_eq!(*visitor.status(), PresenceStatus::Checking);
    assert_eq!(visitor.connection.authorization(), Some(AUTHORIZATION));

    visitor.handle(Event::Authorized(AuthorizationId(9)));
    assert_eq!((visitor.id(), visitor.requests.len()), (id, 0));
}

#[test]
fn the_first_look_tells_where_the_visitor_is() {
    assert_eq!(*Visitor::online().status(), online(cart()));
    let mut visitor = Visitor::connected();
    assert_eq!(*visitor.found(None).status(), PresenceStatus::Offline);
    assert_eq!(visitor.connection.deadline(), None);
}

#[test]
fn a_visitor_who_arrives_is_online_at_once_and_looked_up_for_their_page() {
    let mut visitor = Visitor::connected();
    visitor.found(None).visitor_connected(true);
    assert_eq!(*visitor.status(), online(VisitorPage::default()));
    assert_eq!(visitor.counts(), (0, 0, 1));
    assert_eq!(*visitor.found(Some(home())).status(), online(home()));
}

#[test]
fn a_look_up_that_knows_less_than_the_visitors_own_word_takes_nothing_away() {
    let mut visitor = Visitor::online();
    visitor.handle(Event::Resumed(0.0)).pass(0.0);
    assert_eq!(*visitor.found(Some(VisitorPage::default())).status(), online(cart()));
}

#[test]
fn a_visitor_who_goes_to_another_page_never_seems_offline() {
    let mut visitor = Visitor::online();
    visitor.visitor_connected(false);
    assert_eq!(*visitor.status(), online(cart()));
    assert_eq!(visitor.connection.deadline(), Some(visitor.now.after(4_000.0)));
    visitor.visitor_connected(true).pass(60_000.0);
    assert_eq!(*visitor.status(), online(cart()));

    let mut visitor = Visitor::online();
    visitor.visitor_connected(false).visitor_moved(home()).pass(60_000.0);
    assert_eq!(*visitor.status(), online(home()));
    assert_eq!(*Visitor::online().visitor_moved(home()).status(), online(home()));
}

#[test]
fn a_look_up_between_two_pages_does_not_make_a_visitor_offline() {
    let mut visitor = Visitor::online();
    visitor.visitor_connected(false).handle(Event::Resumed(0.0)).pass(0.0);
    assert_eq!(visitor.counts(), (0, 0, 1));
    assert_eq!(*visitor.found(None).status(), online(cart()));
    assert_eq!(*visitor.pass(4_000.0).status(), PresenceStatus::Offline);
}

#[test]
fn a_visitor_who_stays_away_is_offline() {
    let mut visitor = Visitor::online();
    visitor.visitor_connected(false).pass(3_999.0);
    assert_eq!(*visitor.status(), online(cart()));
    assert_eq!(*visitor.pass(1.0).status(), PresenceStatus::Offline);
    assert_eq!(visitor.connection.deadline(), None);
}

#[test]
fn a_visitor_who_was_not_there_and_goes_is_offline_at_once() {
    let mut visitor = Visitor::connected();
    assert_eq!(*visitor.visitor_connected(false).status(), PresenceStatus::Offline);
}

#[test]
fn the_end_of_a_session_does_not_bring_back_a_visitor_who_left() {
    let mut visitor = Visitor::online();
    visitor.visitor_connected(false);
    let id = visitor.id();
    visitor.handle(Event::Heard(id)).pass(4_000.0);
    assert_eq!(*visitor.status(), PresenceStatus::Offline);
}

#[test]
fn word_of_a_session_does_not_stand_for_the_answer_to_a_look_up() {
    let mut visitor = Visitor::connected();
    let id = visitor.id();
    visitor.handle(Event::Heard(id));
    assert_eq!(*visitor.status(), PresenceStatus::Checking);
    assert!(visitor.connection.deadline().is_some());
    assert_eq!(*visitor.found(Some(cart())).status(), online(cart()));
}

#[test]
fn a_word_that_comes_twice_asks_for_nothing() {
    let mut visitor = Visitor::online();
    let before = visitor.connection.clone();
    visitor.found(Some(cart()));
    assert_eq!((&visitor.connection, visitor.requests.len()), (&before, 0));
    visitor.visitor_moved(cart());
    assert_eq!((&visitor.connection, visitor.requests.len()), (&before, 0));
    visitor.visitor_connected(true);
    assert_eq!((&visitor.connection, visitor.requests.len()), (&before, 0));
}

#[test]
fn a_visitor_without_a_page_is_looked_up_again_when_they_connect_once_more() {
    let mut visitor = Visitor::connected();
    visitor.found(None).visitor_connected(true).visitor_connected(true);
    assert_eq!(visitor.counts(), (0, 0, 1));
    assert_eq!(*visitor.found(Some(cart())).status(), online(cart()));
}

#[test]
fn a_look_up_that_was_asked_before_the_visitor_came_does_not_send_them_away() {
    let mut visitor = Visitor::connected();
    let (id, first) = (visitor.id(), visitor.look_ups[0]);
    visitor.visitor_connected(true);
    visitor.handle(Event::Found(id, first, None));
    assert!(visitor.status().is_online());
    visitor.found(Some(cart()));
    visitor.handle(Event::Found(id, first, None));
    assert_eq!(*visitor.status(), online(cart()));
}

#[test]
fn an_answer_to_a_look_up_that_was_not_asked_changes_nothing() {
    let mut visitor = Visitor::online();
    let id = visitor.id();
    let before = visitor.connection.clone();
    for look_up in [visitor.look_ups[0], LookUpId(77)] {
        visitor.handle(Event::Found(id, look_up, None));
        visitor.handle(Event::Found(id, look_up, Some(home())));
        assert_eq!(visitor.connection, before);
    }
}

#[test]
fn a_look_up_of_an_earlier_connection_changes_nothing() {
    let mut visitor = Visitor::connected();
    let (id, look_up) = (visitor.id(), visitor.look_ups[0]);
    visitor.handle(Event::Failed(id)).pass(1_000.0);
    assert_ne!(visitor.id(), id);
    for of in [id, visitor.id()] {
        visitor.handle(Event::Found(of, look_up, None));
        assert_eq!(*visitor.status(), UNKNOWN);
    }
    assert_eq!(*visitor.found(Some(cart())).status(), online(cart()));
}

#[test]
fn a_connection_that_never_answers_is_given_up_and_made_again() {
    let mut visitor = Visitor::connected();
    visitor.pass(LOOK_UP_TIMEOUT_MS - 1.0);
    assert_eq!(*visitor.status(), PresenceStatus::Checking);
    visitor.pass(1.0);
    assert_eq!((visitor.status(), visitor.counts()), (&UNKNOWN, (0, 1, 0)));
    visitor.pass(1_000.0);
    assert_eq!(visitor.counts(), (1, 0, 1));
    // And so on: each time after longer.
    visitor.pass(LOOK_UP_TIMEOUT_MS + 1_999.0);
    assert_eq!(visitor.counts(), (0, 1, 0));
    visitor.pass(1.0);
    assert_eq!(visitor.counts(), (1, 0, 1));
}

#[test]
fn a_broken_connection_is_made_again_after_a_while() {
    let mut visitor = Visitor::online();
    let id = visitor.id();
    visitor.handle(Event::Failed(id));
    assert_eq!(
        (visitor.status(), visitor.requests.as_slice()),
        (&UNKNOWN, &[Request::Disconnect(id)][..])
    );
    assert_eq!(visitor.connection.id(), None);
    assert_eq!(visitor.connection.deadline(), Some(visitor.now.after(1_000.0)));
    visitor.pass(1_000.0);
    assert_eq!((visitor.status(), visitor.counts()), (&UNKNOWN, (1, 0, 1)));
    assert_eq!(*visitor.found(None).status(), PresenceStatus::Offline);
}

#[test]
fn a_connection_that_keeps_breaking_is_made_again_after_longer_and_longer() {
    let mut visitor = Visitor::connected();
    for wait_ms in [1_000.0, 2_000.0, 4_000.0, 8_000.0, 16_000.0, 32_000.0, 60_000.0, 60_000.0] {
        visitor.handle(Event::Failed(visitor.id()));
        assert_eq!(visitor.connection.deadline(), Some(visitor.now.after(wait_ms)));
        visitor.pass(wait_ms);
    }
    visitor.found(None);
    visitor.handle(Event::Failed(visitor.id()));
    assert_eq!(visitor.connection.deadline(), Some(visitor.now.after(1_000.0)));
}

#[test]
fn any_word_of_a_connection_makes_the_next_wait_short_again() {
    let words: [fn(ConnectionId) -> Event; 3] = [
        Event::Heard,
        |id| Event::VisitorConnected(id, true),
        |id| Event::VisitorMoved(id, VisitorPage::default()),
    ];
    for word in words {
        let mut visitor = Visitor::connected();
        visitor.handle(Event::Failed(visitor.id())).pass(1_000.0);
        visitor.handle(Event::Failed(visitor.id())).pass(2_000.0);
        visitor.handle(word(visitor.id()));
        visitor.handle(Event::Failed(visitor.id()));
        assert_eq!(visitor.connection.deadline(), Some(visitor.now.after(1_000.0)));
    }
}

#[test]
fn what_an_earlier_connection_still_tells_is_not_believed() {
    let mut broken = Visitor::online();
    let old = broken.id();
    broken.handle(Event::Failed(old));
    let mut anew = Visitor::online();
    anew.handle(Event::Failed(old)).pass(1_000.0).found(Some(cart()));
    for mut visitor in [broken, anew] {
        let before = visitor.connection.clone();
        for late in [
            Event::Found(old, LookUpId(2), Some(home())),
            Event::Found(old, LookUpId(2), None),
            Event::VisitorMoved(old, home()),
            Event::VisitorConnected(old, true),
            Event::VisitorConnected(old, false),
            Event::Heard(old),
            Event::Failed(old),
        ] {
            visitor.handle(late);
            assert_eq!((&visitor.connection, visitor.requests.len()), (&before, 0));
        }
    }
}

#[test]
fn it_disconnects_when_presence_is_lost_and_says_why() {
    for error in [PresenceError::Refused, PresenceError::Key(LoginKeyFailure::Network)] {
        let lost = Event::Unauthorized(Some(error.clone()));
        for (mut visitor, disconnects) in
            [(Visitor::online(), 1), (Visitor::broken(), 0), (Visitor::new(), 0)]
        {
            visitor.handle(lost.clone());
            assert_eq!(*visitor.status(), PresenceStatus::Unknown(error.clone()));
            assert_eq!(visitor.counts(), (0, disconnects, 0));
            assert_eq!((visitor.connection.id(), visitor.connection.deadline()), (None, None));
        }
    }
}

#[test]
fn without_an_authorization_it_checks_and_then_connects_anew() {
    let mut visitor = Visitor::online();
    visitor.handle(Event::Unauthorized(None));
    assert_eq!((visitor.status(), visitor.counts()), (&PresenceStatus::Checking, (0, 1, 0)));
    visitor.handle(Event::Authorized(AuthorizationId(2)));
    assert_eq!(visitor.counts(), (1, 0, 1));
    assert_eq!(visitor.connection.authorization(), Some(AuthorizationId(2)));
}

#[test]
fn a_deadline_of_before_does_nothing() {
    let mut visitor = Visitor::online();
    visitor.visitor_connected(false).handle(Event::Unauthorized(None));
    let closed = visitor.connection.clone();
    visitor.now.mono_ms += 60_000.0;
    visitor.handle(Event::Deadline);
    assert_eq!((&visitor.connection, visitor.requests.len()), (&closed, 0));
    visitor.handle(Event::Authorized(AUTHORIZATION));
    let opened = visitor.connection.clone();
    visitor.handle(Event::Deadline);
    assert_eq!((&visitor.connection, visitor.requests.len()), (&opened, 0));
}

#[test]
fn a_connection_takes_the_place_of_the_one_before() {
    let mut visitor = Visitor::online();
    let old = visitor.id();
    visitor.connect(AuthorizationId(2), Retry::default());
    let new = visitor.id();
    assert_ne!(old, new);
    assert_eq!(visitor.requests[..2], [Request::Disconnect(old), Request::Connect(new)]);
    assert_eq!(visitor.connection.authorization(), Some(AuthorizationId(2)));
    // The visitor does not seem gone meanwhile.
    assert_eq!(*visitor.status(), online(cart()));
}

#[test]
fn closing_closes_what_is_open_alone() {
    for (mut visitor, disconnects) in
        [(Visitor::online(), 1), (Visitor::broken(), 0), (Visitor::new(), 0)]
    {
        visitor.requests.clear();
        visitor.connection.close(&mut visitor.requests);
        assert_eq!(visitor.counts(), (0, disconnects, 0));
        assert_eq!(visitor.connection.deadline(), None);
    }
}

#[test]
fn after_a_sleep_the_visitor_is_looked_up_again_within_some_seconds() {
    for (spread, delay_ms) in [(0.0, 0.0), (0.5, 2_500.0), (0.999, 4_995.0)] {
        let mut visitor = Visitor::online();
        visitor.handle(Event::Resumed(spread));
        assert_eq!(visitor.counts(), (0, 0, 0));
        assert_eq!(visitor.connection.deadline(), Some(visitor.now.after(delay_ms)));
        visitor.pass(delay_ms);
        assert_eq!(visitor.counts(), (0, 0, 1));
        assert_eq!(*visitor.found(None).status(), PresenceStatus::Offline);
    }
}

#[test]
fn a_visitor_is_looked_up_again_once_a_minute_however_often_the_page_comes_back() {
    let mut visitor = Visitor::online();
    let mut looks = 0;
    for _ in 0..600 {
        visitor.handle(Event::Resumed(0.3)).pass(1_000.0);
        looks += visitor.counts().2;
        if visitor.counts().2 > 0 {
            visitor.found(Some(cart()));
        }
    }
    assert_eq!(looks, 10);
}

#[test]
fn a_look_up_after_a_sleep_that_is_not_answered_makes_the_connection_anew() {
    let mut visitor = Visitor::online();
    visitor.handle(Event::Resumed(0.0)).pass(LOOK_UP_TIMEOUT_MS);
    assert_eq!((visitor.status(), visitor.counts()), (&UNKNOWN, (0, 1, 1)));
    visitor.pass(1_000.0);
    assert_eq!(visitor.counts(), (1, 0, 1));
}

#[test]
fn a_broken_connection_is_hastened_after_a_sleep_and_once_a_minute_alone() {
    let mut visitor = Visitor::connected();
    for wait_ms in [1_000.0, 2_000.0, 4_000.0, 8_000.0, 16_000.0] {
        visitor.handle(Event::Failed(visitor.id())).pass(wait_ms);
    }
    visitor.handle(Event::Failed(visitor.id()));
    let wait = visitor.connection.deadline();
    assert_eq!(wait, Some(visitor.now.after(32_000.0)));
    visitor.handle(Event::Resumed(0.5));
    assert_eq!(visitor.connection.deadline(), Some(visitor.now.after(2_500.0)));
    visitor.pass(2_500.0);
    assert_eq!(visitor.counts(), (1, 0, 1));

    visitor.handle(Event::Failed(visitor.id())).handle(Event::Resumed(0.5));
    assert_eq!(visitor.connection.deadline(), Some(visitor.now.after(60_000.0)));
}

#[test]
fn nothing_is_looked_up_after_a_sleep_without_an_authorization() {
    let mut visitor = Visitor::new();
    visitor.handle(Event::Resumed(0.0));
    assert_eq!((visitor.connection.deadline(), visitor.requests.len()), (None, 0));
}

/// What can happen to a connection.
#[derive(Clone, Debug)]
enum Happening {
    Authorized(u32),
    Unauthorized(bool),
    /// An answer to a look-up, counted back from the last.
    Found(usize, Option<VisitorPage>),
    VisitorConnected(bool),
    Moved,
    Heard,
    Failed,
    Resumed(f64),
    Passes(f64),
}

fn happenings() -> impl Strategy<Value = Happening> {
    let pages = select(vec![None, Some(cart()), Some(home()), Some(VisitorPage::default())]);
    prop_oneof![
        2 => (1..3_u32).prop_map(Happening::Authorized),
        1 => any::<bool>().prop_map(Happening::Unauthorized),
        6 => (0..3_usize, pages).prop_map(|(back, page)| Happening::Found(back, page)),
        4 => any::<bool>().prop_map(Happening::VisitorConnected),
        2 => Just(Happening::Moved),
        2 => Just(Happening::Heard),
        2 => Just(Happening::Failed),
        2 => (0.0..1.0).prop_map(Happening::Resumed),
        6 => (0.0..15_000.0).prop_map(Happening::Passes),
        1 => (0.0..3_600_000.0).prop_map(Happening::Passes),
    ]
}

fn happen(visitor: &mut Visitor, happening: Happening) {
    let id = visitor.connection.id().unwrap_or(ConnectionId(0));
    match happening {
        Happening::Authorized(number) => visitor.handle(Event::Authorized(AuthorizationId(number))),
        Happening::Unauthorized(is_known) => {
            visitor.handle(Event::Unauthorized(is_known.then_some(PresenceError::Refused)))
        }
        Happening::Found(back, page) => {
            let look_up = visitor.look_ups.iter().rev().nth(back).copied();
            visitor.handle(Event::Found(id, look_up.unwrap_or(LookUpId(0)), page))
        }
        Happening::VisitorConnected(is_there) => {
            visitor.handle(Event::VisitorConnected(id, is_there))
        }
        Happening::Moved => visitor.handle(Event::VisitorMoved(id, cart())),
        Happening::Heard => visitor.handle(Event::Heard(id)),
        Happening::Failed => visitor.handle(Event::Failed(id)),
        Happening::Resumed(spread) => visitor.handle(Event::Resumed(spread)),
        Happening::Passes(for_ms) => visitor.pass(for_ms),
    };
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_happens_one_connection_is_open_and_nothing_waits_without_a_deadline(
        all in prop::collection::vec(happenings(), 0..60),
    ) {
        let mut visitor = Visitor::new();
        let mut open: Vec<ConnectionId> = vec![];
        for happening in all {
            happen(&mut visitor, happening.clone());
            for request in &visitor.requests {
                match request {
                    Request::Connect(id) => open.push(*id),
                    Request::Disconnect(id) => {
                        prop_assert!(open.contains(id), "{id:?} was not open");
                        open.retain(|known| known != id);
                    }
                    Request::LookUp(id, _) => prop_assert!(open.contains(id)),
                }
                prop_assert!(open.len() <= 1, "{open:?}");
            }
            let expected: Vec<_> = visitor.connection.id().into_iter().collect();
            prop_assert_eq!(&open, &expected);
            let waits = match visitor.status() {
                PresenceStatus::Checking => visitor.connection.id().is_some(),
                PresenceStatus::Unknown(PresenceError::Connection) => true,
                _ => false,
            };
            let has_deadline = visitor.connection.deadline().is_some();
            prop_assert!(!waits || has_deadline, "{:?} after {happening:?}", visitor.connection);
        }
    }
}
