//! What a Flex task says of its visitor, and whether the agent still holds it.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use flex_glance::core::{
    prop::Prop,
    session_key::SessionKeyError,
    task::{Attributes, ListedTask, Task, TaskKeyError},
};

const SID: &str = "CH0123456789abcdef0123456789abcdef";

fn key(attributes: Attributes) -> Result<String, TaskKeyError> {
    let task = Task { sid: "WR1".to_owned(), attributes, ..Task::default() };
    task.session_key().map(|key| key.as_str().to_owned())
}

fn visitor(value: impl Into<Prop>) -> Result<String, TaskKeyError> {
    key(Attributes { glance_visitor_id: value.into(), ..Attributes::default() })
}

#[test]
fn the_visitor_id_comes_before_the_conversation_and_that_before_the_channel() {
    let all = Attributes {
        glance_visitor_id: "visitor".into(),
        conversation_sid: "conversation".into(),
        channel_sid: "channel".into(),
        ..Attributes::default()
    };
    assert_eq!(key(all.clone()).unwrap(), "visitor");
    let without_visitor = Attributes { glance_visitor_id: Prop::Missing, ..all.clone() };
    assert_eq!(key(without_visitor).unwrap(), "conversation");
    let channel_alone =
        Attributes { glance_visitor_id: Prop::Missing, conversation_sid: Prop::Missing, ..all };
    assert_eq!(key(channel_alone).unwrap(), "channel");
}

#[test]
fn the_visitorid_prop_comes_before_every_attribute_and_gives_way_if_it_is_empty() {
    let task = |visitor_id: Prop| {
        let glance_visitor_id = "visitor".into();
        let attributes = Attributes { glance_visitor_id, ..Attributes::default() };
        Task { visitor_id, attributes, ..Task::default() }.session_key()
    };
    assert_eq!(task("ours".into()).unwrap().as_str(), "ours");
    assert_eq!(task(42.into()).unwrap().as_str(), "42");
    for empty in [Prop::Missing, "".into(), " ".into()] {
        assert_eq!(task(empty).unwrap().as_str(), "visitor");
    }
}

#[test]
fn a_visitorid_prop_that_can_be_no_key_is_named_and_not_passed_over() {
    let task = |visitor_id: Prop| {
        let attributes = Attributes { channel_sid: SID.into(), ..Attributes::default() };
        Task { visitor_id, attributes, ..Task::default() }.session_key()
    };
    let rule = SessionKeyError::Character('&');
    let expected = TaskKeyError::Impossible { attribute: "visitorid", rule };
    assert_eq!(task("a&b".into()), Err(expected));
    for (odd, given) in [(Prop::Bool(true), "a boolean"), (Prop::Other("an object"), "an object")] {
        let expected = TaskKeyError::NotText { attribute: "visitorid", given };
        assert_eq!(task(odd), Err(expected));
    }
}

#[test]
fn the_customers_name_names_no_visitor() {
    let attributes = Attributes { name: "Ada".into(), ..Attributes::default() };
    assert_eq!(key(attributes), Err(TaskKeyError::NoVisitor));
}

#[test]
fn a_task_without_attributes_names_no_visitor() {
    assert_eq!(key(Attributes::default()), Err(TaskKeyError::NoVisitor));
}

#[test]
fn an_empty_attribute_gives_way_to_the_next() {
    let attributes = Attributes {
        glance_visitor_id: "".into(),
        conversation_sid: " \n".into(),
        channel_sid: SID.into(),
        ..Attributes::default()
    };
    assert_eq!(key(attributes).unwrap(), SID);
    assert_eq!(visitor(" "), Err(TaskKeyError::NoVisitor));
}

#[test]
fn white_space_around_an_attribute_goes_and_its_dashes_stay() {
    assert_eq!(visitor(" 12-34 ").unwrap(), "12-34");
}

#[test]
fn an_integer_is_read_as_its_digits() {
    for (number, digits) in [(1234.0, "1234"), (0.0, "0"), (-0.0, "0"), (999e12, "999000000000000")]
    {
        assert_eq!(visitor(number).unwrap(), digits);
    }
}

#[test]
fn a_number_that_is_no_safe_integer_is_named_by_its_type() {
    for number in [12.5, f64::NAN, f64::INFINITY, 1e15, -1e300] {
        let expected = TaskKeyError::NotText { attribute: "glance_visitor_id", given: "a number" };
        assert_eq!(visitor(number), Err(expected), "{number}");
    }
}

#[test]
fn an_attribute_of_an_odd_type_is_named_and_not_passed_over() {
    for (odd, given) in [
        (Prop::Bool(true), "a boolean"),
        (Prop::Function, "a function"),
        (Prop::Other("an object"), "an object"),
        (Prop::Other("an array"), "an array"),
    ] {
        let attributes =
            Attributes { conversation_sid: odd, channel_sid: SID.into(), ..Attributes::default() };
        let expected = TaskKeyError::NotText { attribute: "conversationSid", given };
        assert_eq!(key(attributes), Err(expected));
    }
}

#[test]
fn an_attribute_that_can_be_no_key_is_named_with_the_rule_and_not_passed_over() {
    let too_long = "x".repeat(10_000);
    for (text, rule) in [
        ("a&b", SessionKeyError::Character('&')),
        ("a#b", SessionKeyError::Character('#')),
        ("a%20b", SessionKeyError::Character('%')),
        ("a+b", SessionKeyError::Character('+')),
        ("a b", SessionKeyError::Character(' ')),
        ("josé", SessionKeyError::Character('é')),
        (&too_long, SessionKeyError::TooLong { length: 10_000 }),
    ] {
        let attributes = Attributes {
            glance_visitor_id: text.into(),
            conversation_sid: SID.into(),
            ..Attributes::default()
        };
        let expected = TaskKeyError::Impossible { attribute: "glance_visitor_id", rule };
        assert_eq!(key(attributes), Err(expected));
    }
}

#[test]
fn each_attribute_is_named_as_flex_spells_it() {
    let odd = || Prop::Bool(false);
    let named = |attributes| match key(attributes) {
        Err(TaskKeyError::NotText { attribute, .. }) => attribute,
        other => panic!("{other:?}"),
    };
    let none = Attributes::default;
    assert_eq!(named(Attributes { glance_visitor_id: odd(), ..none() }), "glance_visitor_id");
    assert_eq!(named(Attributes { conversation_sid: odd(), ..none() }), "conversationSid");
    assert_eq!(named(Attributes { channel_sid: odd(), ..none() }), "channelSid");
}

#[test]
fn a_task_is_held_from_its_offer_to_the_end_of_wrap_up() {
    let is_held =
        |status: &str| ListedTask { task: Task::default(), status: status.to_owned() }.is_held();
    for status in ["pending", "accepted", "wrapping", "wrapup"] {
        assert!(is_held(status), "{status}");
    }
    for status in [
        "completed",
        "canceled",
        "rescinded",
        "rejected",
        "timeout",
        "transferred",
        "",
        "unheard of",
    ] {
        assert!(!is_held(status), "{status}");
    }
}

#[test]
fn a_task_is_accepted_from_the_agents_yes_to_the_end_of_wrap_up() {
    let is_accepted = |status: &str| {
        ListedTask { task: Task::default(), status: status.to_owned() }.is_accepted()
    };
    for status in ["accepted", "wrapping", "wrapup"] {
        assert!(is_accepted(status), "{status}");
    }
    for status in ["pending", "completed", "canceled", "rescinded", "rejected", "timeout", ""] {
        assert!(!is_accepted(status), "{status}");
    }
}
