//! The login-key Function's request and reply.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{LOGIN_KEY, decode, refused};
use flex_glance::core::{
    failure::Failure,
    login_key_api::{Reply, judge, request_body},
    prop::Prop,
    strings::Strings,
};
use proptest::prelude::*;

fn granted() -> Reply {
    Reply { login_key: LOGIN_KEY.into(), ..Reply::default() }
}

fn error(message: impl Into<Prop>) -> Reply {
    Reply { error_message: message.into(), ..Reply::default() }
}

/// The message of a failure that has one.
fn message(reply: Reply) -> Option<String> {
    match judge(500, Some(reply), "agent") {
        Err(Failure::Fault { status: 500, message }) => message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_request_names_the_token_and_the_agent_as_the_function_reads_them() {
    assert_eq!(request_body("jwt", "agent"), "Token=jwt&partneruserid=agent");
}

#[test]
fn the_request_escapes_what_has_a_meaning_in_a_form() {
    assert_eq!(
        request_body("a+b/c=&d", "jörg@example.com#%"),
        "Token=a%2Bb%2Fc%3D%26d&partneruserid=j%C3%B6rg%40example.com%23%25"
    );
}

#[test]
fn a_key_is_granted_to_whom_the_function_signed_it_for() {
    let reply = Reply { partner_user_id: "agent_40example".into(), ..granted() };
    let grant = judge(200, Some(reply), "agent").unwrap();
    assert_eq!(grant.login_key.expose(), LOGIN_KEY);
    assert_eq!(grant.partner_user_id, "agent_40example");
}

#[test]
fn the_published_reply_grants_the_key_to_whom_it_was_asked_for() {
    for nobody in [Prop::Missing, "".into(), "  ".into(), 12.into(), Prop::Other("an object")] {
        let reply = Reply { partner_user_id: nobody, ..granted() };
        assert_eq!(judge(200, Some(reply), "agent").unwrap().partner_user_id, "agent");
    }
}

#[test]
fn white_space_around_the_key_is_forgiven() {
    let reply = Reply { login_key: format!(" {LOGIN_KEY}\n").into(), ..Reply::default() };
    assert_eq!(judge(200, Some(reply), "agent").unwrap().login_key.expose(), LOGIN_KEY);
}

#[test]
fn success_without_a_key_is_unreadable() {
    assert_eq!(judge(200, None, "agent"), Err(Failure::Unreadable));
    for no_key in
        [Prop::Missing, "".into(), " ".into(), 1.into(), true.into(), Prop::Other("an object")]
    {
        let reply = Reply { login_key: no_key, ..Reply::default() };
        assert_eq!(judge(200, Some(reply), "agent"), Err(Failure::Unreadable));
    }
}

#[test]
fn success_with_a_key_of_another_form_is_a_malformed_key() {
    for text in ["key", "$2$1589912963$abc", "undefined"] {
        let reply = Reply { login_key: text.into(), ..Reply::default() };
        assert_eq!(judge(200, Some(reply), "agent"), Err(Failure::MalformedKey));
    }
}

#[test]
fn unauthorized_and_forbidden_are_refusals_and_every_other_status_a_fault() {
    for status in [401, 403] {
        let expected = Failure::Refused { status, message: None };
        assert_eq!(judge(status, None, "agent"), Err(expected));
    }
    for status in [0, 100, 201, 204, 302, 400, 402, 404, 405, 429, 500, 502, 503, u16::MAX] {
        let expected = Failure::Fault { status, message: None };
        assert_eq!(judge(status, None, "agent"), Err(expected));
    }
}

#[test]
fn a_key_that_comes_with_an_error_status_is_not_used() {
    for status in [201, 401, 403, 404, 500] {
        assert!(judge(status, Some(granted()), "agent").is_err());
    }
}

#[test]
fn the_functions_own_words_go_with_the_failure() {
    let expected = Failure::Refused { status: 403, message: Some("Not you.".to_owned()) };
    assert_eq!(judge(403, Some(error(" Not you. ")), "agent"), Err(expected));
    assert_eq!(message(error("No API key is set.")).as_deref(), Some("No API key is set."));
}

#[test]
fn an_error_message_that_is_no_text_is_left_out() {
    for odd in [Prop::Missing, "".into(), " ".into(), 7.into(), Prop::Other("an object")] {
        assert_eq!(message(error(odd)), None);
    }
}

#[test]
fn a_long_message_is_cut_at_two_hundred_characters_and_not_inside_one() {
    assert_eq!(message(error("é".repeat(10_000))).unwrap(), "é".repeat(200));
    assert_eq!(message(error("🙂".repeat(200))).unwrap(), "🙂".repeat(200));
}

#[test]
fn control_characters_are_left_out_of_a_message() {
    let shown = message(error("a\u{1b}[31mb\0c\u{7}\r\nd\u{85}")).unwrap();
    assert!(!shown.contains(char::is_control), "{shown:?}");
    assert!(
        shown.starts_with('a') && shown.contains('b') && shown.trim_end().ends_with('d'),
        "{shown:?}"
    );
}

#[test]
fn a_message_of_control_characters_alone_is_left_out() {
    assert_eq!(message(error("\0\u{7}")), None);
}

#[test]
fn debug_of_a_grant_shows_nothing_of_it() {
    let grant = judge(200, Some(granted()), "agent").unwrap();
    let shown = format!("{grant:?}");
    assert!(!shown.contains("1589912963") && !shown.contains("agent"), "{shown}");
}

#[test]
fn a_failure_is_described_with_its_status_and_the_functions_words() {
    let strings = Strings::new("en");
    let described = refused().describe(&strings);
    assert!(described.contains("403") && !described.contains('{'), "{described}");

    let message = Some("Set {status} first".to_owned());
    let described = Failure::Fault { status: 502, message }.describe(&strings);
    assert!(
        described.contains("502") && described.ends_with("(Set {status} first)"),
        "{described}"
    );
}

#[test]
fn every_failure_is_described_differently_in_either_language() {
    let failures = [
        Failure::Network,
        Failure::Timeout,
        refused(),
        Failure::Fault { status: 500, message: None },
        Failure::Unreadable,
        Failure::MalformedKey,
        Failure::NoToken,
        Failure::NoPartnerUserId,
        Failure::Restarted,
    ];
    let mut described: Vec<String> = ["en", "es"]
        .map(Strings::new)
        .iter()
        .flat_map(|strings| failures.iter().map(|failure| failure.describe(strings)))
        .collect();
    assert!(described.iter().all(|text| !text.is_empty() && !text.contains('{')));
    described.sort();
    described.dedup();
    assert_eq!(described.len(), 2 * failures.len());
}

proptest! {
    #[test]
    fn the_request_decodes_to_what_was_asked(token in any::<String>(), agent in any::<String>()) {
        let expected = [("Token".to_owned(), token.clone()), ("partneruserid".to_owned(), agent.clone())];
        prop_assert_eq!(decode(&request_body(&token, &agent)), expected);
    }

    #[test]
    fn any_reply_is_judged_and_only_success_with_a_key_grants(
        status in any::<u16>(),
        login_key in prop_oneof![any::<String>(), Just(LOGIN_KEY.to_owned())],
        words in any::<String>(),
    ) {
        let is_key = login_key.trim() == LOGIN_KEY;
        let reply = Reply { login_key: login_key.into(), ..error(words) };
        prop_assert_eq!(judge(status, Some(reply), "agent").is_ok(), status == 200 && is_key);
    }
}
