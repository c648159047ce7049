//! Who sees the component: how the rules are read, and what they decide.

mod parse;
mod properties;
mod table;

use flex_glance::core::{
    policy::{Decision, Given, Policy, TaskFacts, Texts, Worker},
    prop::Prop,
};
use serde_json::{Value, json};

use crate::common::prop;

pub(crate) fn given(value: &Value) -> Given {
    match value {
        Value::Array(entries) => Given::List(entries.iter().map(given).collect()),
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| (name.clone(), given(value));
            Given::Object(members.iter().map(member).collect())
        }
        value => Given::Value(prop(value)),
    }
}

pub(crate) fn policy(value: &Value) -> Policy {
    Policy::parse(&given(value).into()).expect("the policy is refused")
}

pub(crate) fn worker() -> Worker {
    Worker {
        names: Texts::from_iter(["WK1", "maria"]),
        roles: Texts::from_iter(["agent", "supervisor"]),
        skills: Texts::from_iter(["cobrowse"]),
    }
}

/// A task with these attributes, by path; an object or a list as the host tells it.
pub(crate) fn task(attributes: &Value) -> TaskFacts {
    let attributes = attributes.as_object().into_iter().flatten();
    TaskFacts {
        queues: Texts::from_iter(["Sales", "WQ1"]),
        channels: Texts::from_iter(["chat"]),
        attributes: attributes.map(|(path, value)| (path.clone(), prop(value))).collect(),
    }
}

/// A task with the attributes that most rows are about.
fn order() -> TaskFacts {
    task(&json!({
        "order.status": "open",
        "order.total": 12.5,
        "vip": true,
        "note": "",
        "nothing": null,
        "items": ["tea"],
    }))
}

fn allows(value: &Value, worker: &Worker, task: &TaskFacts) -> bool {
    policy(value).decide(worker, task) == Decision::Allowed
}

#[test]
fn a_policy_that_is_left_out_or_empty_lets_everybody_see_it() {
    for given in [Given::default(), Given::Value(Prop::from(" ")), Given::Object(vec![])] {
        let policy = Policy::parse(&given.into()).unwrap();
        assert!(policy.is_empty());
        assert_eq!(policy.decide(&Worker::default(), &TaskFacts::default()), Decision::Allowed);
    }
    assert!(allows(&json!({ "roles": null, "queues": null }), &worker(), &order()));
}

#[test]
fn what_debug_shows_of_policy_and_facts_holds_no_text_of_them() {
    let secret = "s3cret";
    let policy = policy(&json!({
        "workers": [secret], "attributes": [{ "path": "a", "equals": secret }],
    }));
    let worker = Worker { names: Texts::from_iter([secret]), ..Worker::default() };
    let shown = format!("{policy:?} {worker:?} {:?}", task(&json!({ "a": secret })));
    assert!(!shown.contains(secret), "{shown}");
}
