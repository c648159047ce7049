//! What agents and visitors get to hear.

#![allow(clippy::expect_used)]

use serde_json::json;

use super::*;

fn id(name: &str) -> VisitorId {
    VisitorId::new(name)
}

fn watch(registry: &mut Registry, name: &str) -> (u64, Inbox) {
    let (agent, mut inbox) = registry.watch(&id(name)).expect("a place");
    assert_eq!(heard(&mut inbox), [json!({ "type": "ready" })]);
    (agent, inbox)
}

/// A page that takes signals.
fn connect(registry: &mut Registry, name: &str, now: Instant) -> (u64, Inbox) {
    let (tab, inbox) = registry.enter(&id(name), 1_000).expect("a place");
    registry.connect(&id(name), tab, true, now);
    (tab, inbox)
}

/// Everything sent so far.
fn heard(inbox: &mut Inbox) -> Vec<Value> {
    let mut heard = Vec::new();
    while let Ok(texts) = inbox.try_recv() {
        heard.extend(texts.iter().map(|text| serde_json::from_str(text).expect("JSON")));
    }
    heard
}

fn conn(connected: bool) -> Value {
    json!({ "type": "visitorconn", "connected": connected })
}

fn signal(data: &str) -> Value {
    json!({ "type": "signal", "data": data })
}

#[test]
fn an_agent_hears_a_visitor_come_and_go_and_nothing_of_others() {
    let mut registry = Registry::default();
    let (_, mut ann) = watch(&mut registry, "ann");
    let (_, mut bob) = watch(&mut registry, "bob");
    let (tab, _page) = connect(&mut registry, "ann", Instant::now());
    registry.leave(&id("ann"), tab);
    assert_eq!(heard(&mut ann), [conn(true), conn(false)]);
    assert!(heard(&mut bob).is_empty());
}

#[test]
fn a_page_that_is_only_present_is_found_and_not_signalable() {
    let mut registry = Registry::default();
    let (_, mut agent) = watch(&mut registry, "ann");
    assert_eq!(registry.look_up(&id("ann")), None);
    let (_tab, _page) = registry.enter(&id("ann"), 1_000).expect("a place");
    assert_eq!(registry.look_up(&id("ann")), Some(1_000));
    assert!(!registry.invoke(&id("ann"), "GLANCE.f", &Value::Null));
    assert!(heard(&mut agent).is_empty());
}

#[test]
fn a_signal_waits_five_seconds_for_its_visitor_and_no_longer() {
    let start = Instant::now();
    for (after, expected) in [(PATIENCE, 1), (PATIENCE + Duration::from_millis(1), 0)] {
        let mut registry = Registry::default();
        assert!(registry.signal(&id("ann"), "hello".into(), start));
        let (_, mut page) = connect(&mut registry, "ann", start + after);
        assert_eq!(heard(&mut page), vec![signal("hello"); expected], "after {after:?}");
    }
}

#[test]
fn a_signal_reaches_a_connected_visitor_at_once_and_once() {
    let now = Instant::now();
    let mut registry = Registry::default();
    let (_, mut page) = connect(&mut registry, "ann", now);
    registry.signal(&id("ann"), "hello".into(), now);
    assert_eq!(heard(&mut page), [signal("hello")]);
    let (_, mut other) = connect(&mut registry, "ann", now);
    assert!(heard(&mut other).is_empty());
}

#[test]
fn signals_that_nobody_came_for_are_forgotten() {
    let start = Instant::now();
    let mut registry = Registry::default();
    registry.signal(&id("ann"), "hello".into(), start);
    registry.signal(&id("bob"), "hello".into(), start + 2 * PATIENCE);
    assert!(!registry.visitors.contains_key(&id("ann")));
    assert!(registry.visitors.contains_key(&id("bob")));
}

#[test]
fn an_invocation_does_not_wait() {
    let now = Instant::now();
    let mut registry = Registry::default();
    assert!(!registry.invoke(&id("ann"), "GLANCE.f", &json!({ "a": 1 })));
    let (_, mut page) = connect(&mut registry, "ann", now);
    assert!(heard(&mut page).is_empty());
    assert!(registry.invoke(&id("ann"), "GLANCE.f", &json!({ "a": 1 })));
    let invoke = json!({ "type": "invoke", "func": "GLANCE.f", "args": { "a": 1 } });
    assert_eq!(heard(&mut page), [invoke]);
}

#[test]
fn of_two_pages_the_most_recently_active_one_is_signalable() {
    let now = Instant::now();
    let mut registry = Registry::default();
    let (_, mut agent) = watch(&mut registry, "ann");
    let (first, mut one) = connect(&mut registry, "ann", now);
    let (second, mut two) = connect(&mut registry, "ann", now);
    registry.signal(&id("ann"), "to the newer".into(), now);
    registry.turn_to(&id("ann"), first);
    registry.signal(&id("ann"), "to the active".into(), now);
    registry.leave(&id("ann"), first);
    registry.signal(&id("ann"), "to the one left".into(), now);
    assert_eq!(heard(&mut one), [signal("to the active")]);
    assert_eq!(heard(&mut two), [signal("to the newer"), signal("to the one left")]);
    assert_eq!(heard(&mut agent), [conn(true)]);
    registry.leave(&id("ann"), second);
    assert_eq!(heard(&mut agent), [conn(false)]);
}

#[test]
fn a_page_out_of_sight_does_not_take_the_focus() {
    let now = Instant::now();
    let mut registry = Registry::default();
    let (_, mut seen) = connect(&mut registry, "ann", now);
    let (tab, mut hidden) = registry.enter(&id("ann"), 1_000).expect("a place");
    registry.connect(&id("ann"), tab, false, now);
    registry.signal(&id("ann"), "hello".into(), now);
    assert_eq!(heard(&mut seen), [signal("hello")]);
    assert!(heard(&mut hidden).is_empty());
}

#[test]
fn a_session_starts_and_ends_once_for_the_agents_however_many_pages_it_spans() {
    let now = Instant::now();
    let mut registry = Registry::default();
    let (_, mut agent) = watch(&mut registry, "ann");
    let (tab, _page) = connect(&mut registry, "ann", now);
    registry.session_runs(&id("ann"), RoomId::new("4711"));
    registry.leave(&id("ann"), tab);
    let (tab, _page) = connect(&mut registry, "ann", now);
    registry.session_runs(&id("ann"), RoomId::new("4711"));
    registry.leave(&id("ann"), tab);
    registry.session_ended(&RoomId::new("4711"));
    registry.session_ended(&RoomId::new("4711"));
    let start = json!({ "type": "visitorsessionstart" });
    let end = json!({ "type": "visitorsessionend" });
    assert_eq!(heard(&mut agent), [conn(true), start, conn(false), conn(true), conn(false), end]);
}

#[test]
fn terms_presence_and_errors_reach_the_agents() {
    let mut registry = Registry::default();
    let (_, mut agent) = watch(&mut registry, "ann");
    let (tab, mut page) = registry.enter(&id("ann"), 1_000).expect("a place");
    let data = json!({ "url": "http://shop/" });
    registry.presence(&id("ann"), tab, data.as_object().expect("object"), 1_060);
    registry.terms(&id("ann"), Status::Declined);
    registry.session_failed(&id("ann"), "dupkey", "Another visitor has it.");
    assert_eq!(
        heard(&mut agent),
        [
            json!({ "type": "presence", "data": data }),
            json!({ "type": "terms", "status": "declined" }),
            json!({ "type": "visitorerror", "code": "dupkey", "msg": "Another visitor has it." }),
        ]
    );
    assert_eq!(heard(&mut page), [json!({ "type": "received" })]);
    assert_eq!(registry.look_up(&id("ann")), Some(1_060));
}

#[test]
fn a_cut_closes_connections_and_nothing_is_remembered_of_who_is_gone() {
    let mut registry = Registry::default();
    let (_, mut agent) = watch(&mut registry, "ann");
    let (_, mut page) = connect(&mut registry, "ann", Instant::now());
    registry.cut_agents();
    heard(&mut agent);
    assert!(agent.is_closed());
    assert!(!page.is_closed());
    let counts = registry.counts();
    assert_eq!((counts.agents_open, counts.agents_opened), (0, 1));
    assert_eq!((counts.visitors_present, counts.visitors_connected), (1, 1));
    registry.cut_everyone();
    heard(&mut page);
    assert!(page.is_closed());
    assert!(registry.visitors.is_empty());
}
