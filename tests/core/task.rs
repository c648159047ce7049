//! What a Flex task says of its visitor, and whether it is still the agent's.

use flex_glance::core::{
    prop::{Prop, stands_for_nothing},
    session_key::SessionKeyError,
    task::{Attributes, ListedTask, Task, TaskKeyError},
};
use proptest::{prelude::*, sample::select};

use crate::common::vectors;

const SID: &str = "CH0123456789abcdef0123456789abcdef";

fn key(attributes: Attributes) -> Result<String, TaskKeyError> {
    let task = Task { sid: "WR1".into(), attributes, ..Task::default() };
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
fn a_task_is_the_agents_from_its_offer_to_the_end_of_wrap_up() {
    let is_active =
        |status: &str| ListedTask { task: Task::default(), status: status.to_owned() }.is_active();
    for status in ["pending", "accepted", "wrapping", "wrapup"] {
        assert!(is_active(status), "{status}");
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
        assert!(!is_active(status), "{status}");
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

#[test]
fn a_text_that_stands_for_nothing_gives_way_to_the_next_attribute() {
    for nothing in ["undefined", " null ", "NaN", "[object Object]", "user-undefined", "{{id}}"] {
        let attributes = Attributes {
            glance_visitor_id: nothing.into(),
            conversation_sid: nothing.into(),
            channel_sid: SID.into(),
            ..Attributes::default()
        };
        assert_eq!(key(attributes.clone()).unwrap(), SID, "{nothing}");
        let task = Task { visitor_id: nothing.into(), attributes, ..Task::default() };
        assert_eq!(task.session_key().unwrap().as_str(), SID, "{nothing}");
        assert_eq!(visitor(nothing), Err(TaskKeyError::NoVisitor), "{nothing}");
    }
}

#[test]
fn a_number_is_never_taken_for_a_text_that_stands_for_nothing() {
    assert_eq!(visitor(0.0).unwrap(), "0");
    let expected = TaskKeyError::NotText { attribute: "glance_visitor_id", given: "a number" };
    assert_eq!(visitor(f64::NAN), Err(expected));
}

#[test]
fn a_tasks_debug_shows_no_value_and_tells_two_tasks_apart() {
    let shown = |sid: &str| {
        let glance_visitor_id = "visitor-4711".into();
        let attributes = Attributes { glance_visitor_id, name: "Ada".into(), ..Default::default() };
        format!(
            "{:?}",
            Task { sid: sid.into(), visitor_id: 4711.into(), attributes, ..Task::default() }
        )
    };
    let (one, other) = (shown("WR1aaaa"), shown("WR2bbbb"));
    assert_ne!(one, other);
    for value in ["WR1aaaa", "4711", "Ada"] {
        assert!(!one.contains(value), "{one}");
    }
}

/// The cases are shared with the visitor's script and the doctor.
#[test]
fn every_vector_stands_for_nothing_or_for_a_visitor() {
    for vector in vectors("visitor_id") {
        let (given, why) = (vector["given"].as_str().unwrap(), &vector["why"]);
        let expected = vector["standsForNothing"].as_bool().unwrap();
        assert_eq!(stands_for_nothing(given), expected, "{given:?}: {why}");
        assert_eq!(Prop::from(given).may_name_visitor(), !expected, "{given:?}: {why}");
    }
}

proptest! {
    #[test]
    fn an_id_with_a_digit_stands_for_somebody(id in "[A-Za-z_.~-]{0,20}[1-9][A-Za-z0-9_.~-]{0,20}") {
        prop_assert!(!stands_for_nothing(&id));
    }

    #[test]
    fn case_and_blanks_around_a_text_for_nothing_make_it_no_id(
        word in select(vec!["undefined", "null", "nil", "none", "nan", "true", "false", "array"]),
        upper in any::<u16>(),
        blanks in "[ \t\n]{0,3}",
    ) {
        let cased: String = word
            .char_indices()
            .map(|(at, c)| if upper >> at & 1 == 1 { c.to_ascii_uppercase() } else { c })
            .collect();
        prop_assert!(stands_for_nothing(&[&blanks, &cased[..], &blanks].concat()));
    }

    #[test]
    fn any_text_is_judged(text in any::<String>()) {
        stands_for_nothing(&text);
    }
}
