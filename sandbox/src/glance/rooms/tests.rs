//! What visitors and viewers in the same room get to hear.

#![allow(clippy::expect_used)]

use super::*;

fn hello(key: &str, visitor: &str) -> Hello {
    Hello { group: account::GROUP_ID, key: key.into(), visitor: visitor.into(), visible: true }
}

fn start(rooms: &mut Rooms, key: &str, visitor: &str) -> (RoomId, u64, Inbox) {
    rooms.start(hello(key, visitor)).expect("a session")
}

/// Everything sent so far; JSON messages by their type.
fn heard(inbox: &mut Inbox) -> Vec<String> {
    let mut heard = Vec::new();
    while let Ok(texts) = inbox.try_recv() {
        for text in texts {
            let message: Option<serde_json::Value> = serde_json::from_str(&text).ok();
            let kind = message.and_then(|message| message["type"].as_str().map(str::to_owned));
            heard.push(kind.unwrap_or_else(|| text.to_string()));
        }
    }
    heard
}

#[test]
fn a_waiting_viewer_sees_the_session_start_and_its_events() {
    let mut rooms = Rooms::default();
    let (_, mut viewer) = rooms.watch(&RoomId::new("4711")).expect("room");
    assert_eq!(heard(&mut viewer), ["waiting"]);
    let (room, tab, mut visitor) = start(&mut rooms, "4711", "a");
    rooms.events(&room, tab, "full".into(), true);
    assert_eq!(heard(&mut viewer), ["live", "full"]);
    assert_eq!(heard(&mut visitor), ["running", "agents", "focus"]);
}

#[test]
fn a_late_viewer_gets_everything_since_the_last_full_snapshot() {
    let mut rooms = Rooms::default();
    let (room, tab, _visitor) = start(&mut rooms, "4711", "a");
    for (message, full) in [("old", true), ("older", false), ("full", true), ("more", false)] {
        rooms.events(&room, tab, message.into(), full);
    }
    let (_, mut viewer) = rooms.watch(&room).expect("room");
    assert_eq!(heard(&mut viewer), ["live", "full", "more"]);
}

#[test]
fn another_visitor_cannot_take_a_key_in_use() {
    let mut rooms = Rooms::default();
    let (_room, _tab, _visitor) = start(&mut rooms, "4711", "a");
    assert_eq!(rooms.start(hello("4711", "b")).err().map(|failure| failure.code), Some("dupkey"));
    assert!(rooms.start(hello("4711", "a")).is_ok());
    assert_eq!(rooms.start(hello("47 11", "b")).err().map(|f| f.code), Some("service"));
}

#[test]
fn a_random_key_has_four_digits() {
    let mut rooms = Rooms::default();
    let (room, ..) = start(&mut rooms, RANDOM_KEY, "a");
    assert!(room.0.len() == 4 && room.0.bytes().all(|byte| byte.is_ascii_digit()), "{room:?}");
}

#[test]
fn the_session_goes_on_from_page_to_page() {
    let mut rooms = Rooms::default();
    let (room, tab, _visitor) = start(&mut rooms, "4711", "a");
    let (_, mut viewer) = rooms.watch(&room).expect("room");
    rooms.leave(&room, tab);
    assert_eq!(rooms.absence(&room), Some(tab));
    let (_, _, mut next) = rooms.resume(&hello("4711", "a")).expect("session");
    assert_eq!(rooms.absence(&room), None);
    assert_eq!(heard(&mut viewer), ["live", "away", "live"]);
    assert_eq!(heard(&mut next), ["running", "agents", "focus"]);
}

#[test]
fn a_page_that_comes_too_late_learns_who_ended_the_session() {
    let mut rooms = Rooms::default();
    let (room, tab, _visitor) = start(&mut rooms, "4711", "a");
    rooms.leave(&room, tab);
    rooms.end(&room, Reason::Agent);
    assert_eq!(rooms.resume(&hello("4711", "a")).err(), Some(Reason::Agent));
    assert_eq!(rooms.resume(&hello("4711", "b")).err(), Some(Reason::Error));
}

#[test]
fn the_tab_turned_to_last_is_recorded() {
    let mut rooms = Rooms::default();
    let (room, first, mut one) = start(&mut rooms, "4711", "a");
    let (_, second, mut two) = rooms.resume(&hello("4711", "a")).expect("session");
    assert_eq!(heard(&mut one), ["running", "agents", "focus", "blur"]);
    let (_, mut viewer) = rooms.watch(&room).expect("room");
    rooms.events(&room, first, "from the first".into(), true);
    rooms.events(&room, second, "from the second".into(), true);
    assert_eq!(heard(&mut viewer), ["live", "from the second"]);
    rooms.leave(&room, second);
    rooms.fall_back(&room);
    assert_eq!(heard(&mut one), ["agents", "focus"]);
    assert_eq!(heard(&mut two), ["running", "agents", "focus", "agents"]);
}

#[test]
fn ending_lets_everyone_go_and_frees_the_key() {
    let mut rooms = Rooms::default();
    let (room, _, mut visitor) = start(&mut rooms, "4711", "a");
    let (_, mut viewer) = rooms.watch(&room).expect("room");
    rooms.end(&room, Reason::Visitor);
    assert_eq!(heard(&mut visitor).last().map(String::as_str), Some("ended"));
    assert_eq!(heard(&mut viewer), ["live", "ended"]);
    assert!(visitor.is_closed() && viewer.is_closed());
    assert!(rooms.rooms.is_empty());
    assert!(rooms.start(hello("4711", "b")).is_ok());
}

#[test]
fn an_empty_waiting_room_is_forgotten() {
    let mut rooms = Rooms::default();
    let room = RoomId::new("4711");
    let (viewer, _inbox) = rooms.watch(&room).expect("room");
    rooms.stop_watching(&room, viewer);
    assert!(rooms.rooms.is_empty());
}

#[test]
fn a_viewer_that_does_not_keep_up_is_let_go() {
    let mut rooms = Rooms::default();
    let (room, tab, _visitor) = start(&mut rooms, "4711", "a");
    let (_, viewer) = rooms.watch(&room).expect("room");
    rooms.events(&room, tab, "full".into(), true);
    for _ in 0..1_000 {
        rooms.events(&room, tab, "more".into(), false);
    }
    assert!(viewer.is_closed());
}
