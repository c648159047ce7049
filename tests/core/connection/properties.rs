//! What holds in whatever order things happen.

use proptest::{prelude::*, sample::select};

use super::*;

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
