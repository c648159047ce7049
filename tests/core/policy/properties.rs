//! What holds of all policies, workers and tasks.

use flex_glance::core::policy::{TaskFacts, Texts, Worker};
use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Value, json};

use super::{allows, task};

const TEXTS: [&str; 4] = ["a", "b", "c", "A"];

const KINDS: [&str; 5] = ["roles", "queues", "channels", "skills", "workers"];

fn texts() -> impl Strategy<Value = Vec<&'static str>> {
    vec(select(&TEXTS[..]), 0..4)
}

fn told() -> impl Strategy<Value = Texts> {
    option::of(texts()).prop_map(|texts| texts.map_or(Texts(None), Texts::from_iter))
}

fn scalar() -> impl Strategy<Value = Value> {
    select(vec![json!("a"), json!("1"), json!(1), json!(2), json!(true), json!(false), json!("")])
}

fn attribute_rule() -> impl Strategy<Value = Value> {
    let path = || select(vec!["x", "y", "z"]);
    prop_oneof![
        (path(), scalar()).prop_map(|(path, equals)| json!({ "path": path, "equals": equals })),
        (path(), vec(scalar(), 1..3))
            .prop_map(|(path, one_of)| json!({ "path": path, "one_of": one_of })),
        (path(), any::<bool>())
            .prop_map(|(path, exists)| json!({ "path": path, "exists": exists })),
    ]
}

/// A kind of rule with entries for it.
fn kind() -> impl Strategy<Value = (&'static str, Vec<Value>)> {
    let texts = texts().prop_map(|texts| texts.into_iter().map(Value::from).collect());
    prop_oneof![(select(&KINDS[..]), texts), (Just("attributes"), vec(attribute_rule(), 0..4)),]
}

fn facts() -> impl Strategy<Value = (Worker, TaskFacts)> {
    let value = || prop_oneof![scalar(), Just(Value::Null), Just(json!([]))];
    let attributes = (value(), value()).prop_map(|(x, y)| task(&json!({ "x": x, "y": y })));
    (told(), told(), told(), told(), told(), attributes).prop_map(
        |(names, roles, skills, queues, channels, TaskFacts { attributes, .. })| {
            (Worker { names, roles, skills }, TaskFacts { queues, channels, attributes })
        },
    )
}

/// Whether the host tells what every entry asks for: then some entry that matches, or `not`, lets in.
fn is_all_known(name: &str, entries: &[Value], worker: &Worker, task: &TaskFacts) -> bool {
    entries.iter().all(|entry| {
        allows(&json!({ name: [entry] }), worker, task)
            || allows(&json!({ name: { "not": [entry] } }), worker, task)
    })
}

proptest! {
    #[test]
    fn the_order_of_entries_does_not_matter(
        (name, entries) in kind(), is_not: bool, turn in 0..4_usize, (worker, task) in facts(),
    ) {
        let mut turned = entries.clone();
        turned.reverse();
        let by = turn % turned.len().max(1);
        turned.rotate_left(by);
        let rules = |entries: Vec<Value>| match is_not {
            true => json!({ name: { "not": entries } }),
            false => json!({ name: entries }),
        };
        prop_assert_eq!(
            allows(&rules(entries), &worker, &task),
            allows(&rules(turned), &worker, &task)
        );
    }

    #[test]
    fn another_entry_never_hides_by_a_list_and_never_shows_by_not(
        (name, entries) in kind(), kept in 0..4_usize, (worker, task) in facts(),
    ) {
        let fewer = &entries[..kept.min(entries.len())];
        if allows(&json!({ name: fewer }), &worker, &task) {
            let shows = allows(&json!({ name: entries }), &worker, &task);
            prop_assert!(shows);
        }
        if allows(&json!({ name: { "not": entries } }), &worker, &task) {
            let shows = allows(&json!({ name: { "not": fewer } }), &worker, &task);
            prop_assert!(shows);
        }
    }

    #[test]
    fn not_is_the_complement_where_every_value_is_there_and_never_says_yes_with_its_list(
        (name, entries) in kind(), (worker, task) in facts(),
    ) {
        let by_list = allows(&json!({ name: entries }), &worker, &task);
        let by_not = allows(&json!({ name: { "not": entries } }), &worker, &task);
        prop_assert!(!(by_list && by_not));
        if is_all_known(name, &entries, &worker, &task) {
            prop_assert_ne!(by_list, by_not);
        }
    }

    #[test]
    fn several_kinds_are_joined_by_and((first, second) in (kind(), kind()), (worker, task) in facts()) {
        prop_assume!(first.0 != second.0);
        let both = json!({ first.0: first.1, second.0: second.1 });
        let each = allows(&json!({ first.0: first.1 }), &worker, &task)
            && allows(&json!({ second.0: second.1 }), &worker, &task);
        prop_assert_eq!(allows(&both, &worker, &task), each);
    }
}
