//! What each kind of rule says, row by row.

use flex_glance::core::policy::{Denial, Kind, TaskFacts, Texts, Why, Worker};
use serde_json::{Value, json};

use super::{allows, order, policy, worker};

/// (rules, whether the worker of `worker()` sees the task of `order()`).
fn assert_rows(rows: &[(Value, bool)]) {
    for (rules, is_allowed) in rows {
        assert_eq!(allows(rules, &worker(), &order()), *is_allowed, "{rules}");
    }
}

#[test]
fn a_list_of_texts_lets_in_whom_one_of_them_is_and_not_keeps_them_out() {
    for (kind, mine, other) in [
        ("roles", "supervisor", "admin"),
        ("queues", "Sales", "Support"),
        ("queues", "WQ1", "WQ2"),
        ("channels", "chat", "voice"),
        ("skills", "cobrowse", "sales"),
        ("workers", "maria", "ann"),
        ("workers", "WK1", "WK2"),
    ] {
        assert_rows(&[
            (json!({ kind: [mine] }), true),
            (json!({ kind: [other] }), false),
            (json!({ kind: [other, mine] }), true),
            (json!({ kind: { "not": [mine] } }), false),
            (json!({ kind: { "not": [other] } }), true),
            (json!({ kind: { "not": [other, mine] } }), false),
            // Nobody, and everybody.
            (json!({ kind: [] }), false),
            (json!({ kind: { "not": [] } }), true),
        ]);
    }
}

#[test]
fn comparing_is_exact() {
    assert_rows(&[
        (json!({ "queues": ["sales"] }), false),
        (json!({ "queues": ["Sales "] }), false),
        (json!({ "queues": ["Sale"] }), false),
        (json!({ "queues": ["Sal.*"] }), false),
        (json!({ "attributes": [{ "path": "order.status", "equals": "Open" }] }), false),
        (json!({ "attributes": [{ "path": "Order.status", "equals": "open" }] }), false),
    ]);
}

#[test]
fn an_attribute_is_compared_with_values_of_its_own_type() {
    let rule = |path: &str, equals: Value| json!([{ "path": path, "equals": equals }]);
    let not = |rules: Value| json!({ "not": rules });
    for (path, value, is_equal) in [
        ("order.status", json!("open"), Some(true)),
        ("order.status", json!("closed"), Some(false)),
        ("order.total", json!(12.5), Some(true)),
        ("order.total", json!(13), Some(false)),
        ("vip", json!(true), Some(true)),
        ("vip", json!(false), Some(false)),
        ("note", json!(""), Some(true)),
        // Of another type, or missing: neither the rule nor its `not` matches.
        ("order.total", json!("12.5"), None),
        ("vip", json!("true"), None),
        ("vip", json!(1), None),
        ("nothing", json!("null"), None),
        ("items", json!("tea"), None),
        ("order", json!("open"), None),
    ] {
        let rules = rule(path, value);
        assert_rows(&[
            (json!({ "attributes": rules }), is_equal == Some(true)),
            (json!({ "attributes": not(rules) }), is_equal == Some(false)),
        ]);
    }
}

#[test]
fn one_of_matches_any_of_its_values_and_exists_asks_whether_there_is_one() {
    let rows = [
        (json!({ "path": "order.status", "one_of": ["new", "open"] }), true, false),
        (json!({ "path": "order.status", "one_of": ["new", "closed"] }), false, true),
        (json!({ "path": "order.total", "one_of": ["12.5", 12.5] }), true, false),
        (json!({ "path": "order.total", "one_of": ["12.5"] }), false, false),
        (json!({ "path": "missing", "one_of": ["open"] }), false, false),
        (json!({ "path": "order.status", "exists": true }), true, false),
        (json!({ "path": "order.status", "exists": false }), false, true),
        (json!({ "path": "note", "exists": true }), true, false),
        (json!({ "path": "items", "exists": true }), true, false),
        (json!({ "path": "nothing", "exists": true }), false, true),
        (json!({ "path": "missing", "exists": false }), true, false),
    ];
    for (rule, is_allowed, by_not) in rows {
        assert_rows(&[
            (json!({ "attributes": [rule] }), is_allowed),
            (json!({ "attributes": { "not": [rule] } }), by_not),
        ]);
    }
}

#[test]
fn entries_are_joined_by_or_and_kinds_by_and() {
    let open = json!({ "path": "order.status", "equals": "open" });
    let late = json!({ "path": "late", "equals": true });
    assert_rows(&[
        (json!({ "attributes": [late, open] }), true),
        (json!({ "attributes": [late] }), false),
        (json!({ "attributes": { "not": [open, late] } }), false),
        (json!({ "roles": ["agent"], "queues": ["Sales"] }), true),
        (json!({ "roles": ["agent"], "queues": ["Support"] }), false),
        (json!({ "roles": ["admin"], "queues": ["Sales"] }), false),
        (json!({ "roles": ["agent"], "attributes": [open], "skills": { "not": ["sales"] } }), true),
        (
            json!({ "roles": ["agent"], "attributes": [late], "skills": { "not": ["sales"] } }),
            false,
        ),
    ]);
}

#[test]
fn an_attribute_that_only_some_tasks_have_is_ruled_with_exists() {
    let rules = json!({ "attributes": [
        { "path": "direction", "exists": false }, { "path": "direction", "equals": "inbound" },
    ] });
    for (attributes, is_allowed) in [
        (json!({}), true),
        (json!({ "direction": "inbound" }), true),
        (json!({ "direction": "outbound" }), false),
    ] {
        assert_eq!(allows(&rules, &worker(), &super::task(&attributes)), is_allowed);
    }
}

#[test]
fn what_the_host_does_not_tell_matches_neither_a_list_nor_its_not() {
    let (nobody, nothing) = (Worker::default(), TaskFacts::default());
    for kind in ["roles", "queues", "channels", "skills", "workers"] {
        for rules in [json!({ kind: ["a"] }), json!({ kind: { "not": ["a"] } })] {
            assert!(!allows(&rules, &nobody, &nothing), "{rules}");
        }
        assert!(allows(&json!({ kind: { "not": [] } }), &nobody, &nothing));
    }
    // An agent without skills is told to have none.
    let unskilled = Worker { skills: Texts::from_iter::<[&str; 0]>([]), ..worker() };
    assert!(allows(&json!({ "skills": { "not": ["a"] } }), &unskilled, &nothing));
}

#[test]
fn every_kind_that_says_no_is_told_with_the_reason() {
    let rules = json!({
        "workers": { "not": ["ann", "maria"] },
        "roles": ["admin"],
        "queues": ["Sales"],
        "skills": ["a"],
        "attributes": { "not": [
            { "path": "vip", "equals": false }, { "path": "missing", "equals": 1 },
        ] },
    });
    let (worker, order) = (Worker { skills: Texts(None), ..worker() }, order());
    let expected = [
        (Kind::Roles, Why::NotListed),
        (Kind::Skills, Why::NotTold { entry: None }),
        (Kind::Attributes, Why::NotTold { entry: Some(1) }),
        (Kind::Workers, Why::Excluded { entry: 1 }),
    ];
    let expected = expected.map(|(kind, why)| Denial { kind, why });
    assert_eq!(policy(&rules).denials(&worker, &order), expected);
}
