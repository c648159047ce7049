//! A policy that is wrong: which member, what was given, and what is expected.

use flex_glance::core::{
    config::{Config, RawProps},
    policy::{Given, Policy},
    prop::Prop,
    strings::Text,
};
use serde_json::{Value, json};

use super::given;
use crate::common::props;

fn wrong(value: &Value) -> Vec<(String, &'static str, Text)> {
    let errors = Policy::parse(&given(value)).expect_err("the policy is taken");
    errors.into_iter().map(|error| (error.member, error.given, error.expected)).collect()
}

#[test]
fn a_member_that_is_wrong_is_named_with_its_path_its_type_and_what_is_expected() {
    use Text::{
        ExpectedFlag as FLAG, ExpectedPolicy as POLICY, ExpectedPolicyList as LIST,
        ExpectedPolicyRule as RULE, ExpectedPolicyText as TEXT, ExpectedPolicyValue as VALUE,
        ExpectedPolicyValues as VALUES,
    };
    for (value, member, given, expected) in [
        (json!("agent"), "policy", "a string", POLICY),
        (json!(["agent"]), "policy", "an array", POLICY),
        (json!(true), "policy", "a boolean", POLICY),
        (json!({ "rolls": [] }), "policy.rolls", "an unknown member", POLICY),
        (json!({ "roles": "agent" }), "policy.roles", "a string", LIST),
        (json!({ "roles": {} }), "policy.roles", "an object", LIST),
        (json!({ "roles": { "not": null } }), "policy.roles", "an object", LIST),
        (json!({ "roles": { "not": "a" } }), "policy.roles.not", "a string", LIST),
        (json!({ "roles": { "not": { "not": [] } } }), "policy.roles.not", "an object", LIST),
        (
            json!({ "roles": { "not": [], "nor": [] } }),
            "policy.roles.nor",
            "an unknown member",
            LIST,
        ),
        (json!({ "queues": ["a", 1] }), "policy.queues[1]", "a number", TEXT),
        (json!({ "queues": { "not": [" "] } }), "policy.queues.not[0]", "a string", TEXT),
        (json!({ "queues": [null] }), "policy.queues[0]", "missing", TEXT),
        (json!({ "attributes": ["a"] }), "policy.attributes[0]", "a string", RULE),
        (json!({ "attributes": [{ "path": "a" }] }), "policy.attributes[0]", "an object", RULE),
        (
            json!({ "attributes": [{ "path": "a", "equals": 1, "exists": true }] }),
            "policy.attributes[0]",
            "an object",
            RULE,
        ),
        (json!({ "attributes": [{ "equals": 1 }] }), "policy.attributes[0].path", "missing", TEXT),
        (
            json!({ "attributes": [{ "path": "a", "exists": true, "matches": "a" }] }),
            "policy.attributes[0].matches",
            "an unknown member",
            RULE,
        ),
        (
            json!({ "attributes": { "not": [{ "path": "a", "equals": [1] }] } }),
            "policy.attributes.not[0].equals",
            "an array",
            VALUE,
        ),
        (
            json!({ "attributes": [{ "path": "a", "one_of": [] }] }),
            "policy.attributes[0].one_of",
            "an array",
            VALUES,
        ),
        (
            json!({ "attributes": [{ "path": "a", "one_of": [1, {}] }] }),
            "policy.attributes[0].one_of[1]",
            "an object",
            VALUE,
        ),
        (
            json!({ "attributes": [{ "path": "a", "exists": "true" }] }),
            "policy.attributes[0].exists",
            "a string",
            FLAG,
        ),
    ] {
        assert_eq!(wrong(&value), [(member.to_owned(), given, expected)], "{value}");
    }
}

#[test]
fn a_regular_expression_is_no_value() {
    // As the host gives it: an object without members of its own.
    let rule = vec![
        ("path".to_owned(), Given::Value(Prop::from("a"))),
        ("equals".to_owned(), Given::Object(vec![])),
    ];
    let attributes = Given::List(vec![Given::Object(rule)]);
    let policy = Given::Object(vec![("attributes".to_owned(), attributes)]);
    assert_eq!(Policy::parse(&policy).unwrap_err()[0].expected, Text::ExpectedPolicyValue);
}

#[test]
fn all_that_is_wrong_is_named_at_once_beside_the_other_props_and_never_its_value() {
    let policy = json!({ "roles": [1], "who": "s3cret", "queues": { "not": "s3cret" } });
    let raw = RawProps { groupid: Prop::Missing, policy: given(&policy).into(), ..props() };
    let errors = Config::parse(&raw).unwrap_err();
    let mut named: Vec<&str> = errors.iter().map(|error| &*error.prop).collect();
    named.sort_unstable();
    assert_eq!(named, ["groupid", "policy.queues.not", "policy.roles[0]", "policy.who"]);
    assert!(!format!("{errors:?}").contains("s3cret"));
}
