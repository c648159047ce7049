//! What is known of the visitor: online with a page, offline, or being checked.

use super::*;

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
