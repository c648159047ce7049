//! When the connection is made, given up, made anew and looked at again.

use super::*;

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
