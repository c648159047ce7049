//! The login-key Function's request and reply.

use flex_glance::core::{
    login_key::{self, AnswerTime, Credentials, LoginKeyFailure as Failure, Reply, request_body},
    prop::Prop,
    strings::Strings,
    time::{Moment, Now},
};
use proptest::prelude::*;

use crate::common::{LOGIN_KEY, decode, prop, refused, vectors};

/// When the key of the tests runs out, in Unix milliseconds.
const ENDS_MS: f64 = 1_589_912_963_000.0;

const HOUR_MS: f64 = 3_600_000.0;
const DAY_MS: f64 = 24.0 * HOUR_MS;

/// A key is given out until a minute before its end.
const MARGIN_MS: f64 = 60_000.0;

/// What the monotonic clock says when an answer comes.
const MONO_MS: f64 = 5_000_000.0;

/// An answer at this time by the page's clock, and by `Date`.
fn answered(page_ms: f64, date_ms: f64) -> AnswerTime {
    AnswerTime { page: Moment { unix_ms: page_ms, mono_ms: MONO_MS }, date_ms }
}

/// The verdict an hour before the key runs out, by either clock.
fn judge(status: u16, reply: Option<Reply>, asked_for: &str) -> Result<Credentials, Failure> {
    let now_ms = ENDS_MS - HOUR_MS;
    login_key::judge(status, reply, asked_for, answered(now_ms, now_ms))
}

/// For how long the key may be given out, in milliseconds.
fn for_ms(verdict: Result<Credentials, Failure>) -> f64 {
    verdict.unwrap().validity.for_ms
}

/// The verdict on a good reply that comes this long before the key runs out, by the page's clock, by
/// `Date` and by `issuedAt`.
fn at(page_ms: f64, date_ms: Option<f64>, issued_ms: Option<f64>) -> Result<Credentials, Failure> {
    let issued_at =
        issued_ms.map_or(Prop::Missing, |left_ms| Prop::Number((ENDS_MS - left_ms) / 1_000.0));
    let date_ms = date_ms.map_or(f64::NAN, |left_ms| ENDS_MS - left_ms);
    let answered = answered(ENDS_MS - page_ms, date_ms);
    login_key::judge(200, Some(Reply { issued_at, ..granted() }), "agent", answered)
}

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
    let credentials = judge(200, Some(reply), "agent").unwrap();
    assert_eq!(credentials.login_key.expose(), LOGIN_KEY);
    assert_eq!(credentials.partner_user_id, "agent_40example");
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
fn a_key_that_has_run_out_or_outlasts_a_day_by_the_servers_clock_is_refused() {
    for (left_ms, is_good) in [
        (1_000.0, true),
        (HOUR_MS, true),
        (DAY_MS, true),
        (DAY_MS + 60_000.0, true),
        (DAY_MS + 61_000.0, false),
        (0.0, false),
        (-1_000.0, false),
        (-HOUR_MS, false),
    ] {
        // Whatever the page's clock says.
        for page_ms in [left_ms, left_ms - 3.0 * HOUR_MS, left_ms + 30.0 * DAY_MS] {
            for verdict in [
                at(page_ms, Some(left_ms), None),
                at(page_ms, None, Some(left_ms)),
                at(page_ms, Some(left_ms), Some(HOUR_MS)),
            ] {
                match is_good {
                    true => assert!(verdict.is_ok(), "{left_ms}"),
                    false => assert_eq!(verdict, Err(Failure::KeyLifetime), "{left_ms}"),
                }
            }
        }
    }
}

#[test]
fn a_key_is_given_out_until_a_minute_before_its_end_however_wrong_the_pages_clock_is() {
    for off_ms in [0.0, 2.0 * HOUR_MS, -2.0 * HOUR_MS, 40.0 * DAY_MS] {
        for verdict in
            [at(HOUR_MS - off_ms, Some(HOUR_MS), None), at(HOUR_MS - off_ms, None, Some(HOUR_MS))]
        {
            let credentials = verdict.unwrap();
            let validity = credentials.validity;
            assert_eq!(validity.for_ms, HOUR_MS - MARGIN_MS);
            assert_eq!(validity.since.unix_ms, ENDS_MS - HOUR_MS + off_ms);
            assert_eq!(validity.deadline(), MONO_MS + HOUR_MS - MARGIN_MS);
            assert!(!credentials.from_cache);
        }
    }
}

#[test]
fn a_key_is_good_until_either_clock_of_the_page_says_otherwise() {
    let validity = at(HOUR_MS, Some(HOUR_MS), None).unwrap().validity;
    let is_good = |unix_ms: f64, mono_ms: f64| {
        let unix_ms = validity.since.unix_ms + unix_ms;
        validity.is_good(Now { unix_ms, mono_ms: MONO_MS + mono_ms, random: 0.0 })
    };
    let for_ms = HOUR_MS - MARGIN_MS;
    assert!(is_good(0.0, 0.0) && is_good(for_ms - 1.0, for_ms - 1.0));
    // The page's clock was set back, or the machine slept.
    assert!(!is_good(-5.0 * HOUR_MS, for_ms) && !is_good(for_ms, 0.0));
    assert!(is_good(-5.0 * HOUR_MS, for_ms - 1.0));
}

#[test]
fn a_key_whose_age_no_clock_of_the_server_tells_is_given_again_for_five_minutes_at_most() {
    const FIVE_MINUTES_MS: f64 = 300_000.0;
    for page_ms in [HOUR_MS, DAY_MS, 2.0 * DAY_MS, 6.0 * MARGIN_MS] {
        assert_eq!(for_ms(at(page_ms, None, None)), FIVE_MINUTES_MS, "{page_ms}");
    }
    assert_eq!(for_ms(at(3.0 * MARGIN_MS, None, None)), 2.0 * MARGIN_MS);
    // One that has run out by the page's clock is used once: the clock may be hours off.
    assert!(for_ms(at(-3.0 * HOUR_MS, None, None)) < 0.0);
}

/// The cases are shared with the doctor and the Glance stand-in.
#[test]
fn every_vector_of_a_keys_form_is_a_key_or_malformed() {
    for vector in vectors("login_key_form") {
        let reply = Reply { login_key: prop(&vector["given"]), ..Reply::default() };
        let verdict = judge(200, Some(reply), "agent");
        let is_no_key = matches!(verdict, Err(Failure::MalformedKey) | Err(Failure::Unreadable));
        assert_eq!(is_no_key, vector["key"].is_null(), "{}: {}", vector["given"], vector["why"]);
    }
}

/// The cases are shared with the doctor.
#[test]
fn every_vector_of_a_keys_lifetime_is_judged_alike_by_the_doctor() {
    for vector in vectors("login_key_lifetime") {
        let name = &vector["name"];
        let expires_at_s = vector["expiresAtS"].as_u64().unwrap();
        let page_ms = vector["pageMs"].as_f64().unwrap();
        let reply = Reply {
            login_key: LOGIN_KEY.replace("1589912963", &expires_at_s.to_string()).into(),
            issued_at: vector["issuedAtS"].as_f64().map_or(Prop::Missing, Prop::Number),
            ..Reply::default()
        };
        let date_ms = vector["dateMs"].as_f64().unwrap_or(f64::NAN);
        let status = vector["status"].as_u64().unwrap().try_into().unwrap();
        let verdict = login_key::judge(status, Some(reply), "agent", answered(page_ms, date_ms));
        match vector["expect"].as_str().unwrap() {
            "ok" => {
                let left_ms = vector["endsMs"].as_f64().unwrap() - page_ms;
                let issued = vector["issuedAtS"].as_f64().map(|issued_s| issued_s * 1_000.0);
                let tells = |ms: f64| (ms - page_ms).abs() < 366.0 * DAY_MS;
                let is_told = tells(date_ms) || issued.is_some_and(tells);
                let longest_ms = if is_told { f64::INFINITY } else { 300_000.0 };
                assert_eq!(for_ms(verdict), (left_ms - MARGIN_MS).min(longest_ms), "{name}");
            }
            "lifetime" => assert_eq!(verdict, Err(Failure::KeyLifetime), "{name}"),
            other => panic!("{name}: {other}"),
        }
    }
}

#[test]
fn a_page_that_cannot_know_the_servers_clock_refuses_only_what_is_another_day_out() {
    for (page_ms, is_good) in [
        (HOUR_MS, true),
        (-3.0 * HOUR_MS, true),
        (-DAY_MS + 1_000.0, true),
        (-DAY_MS, false),
        (2.0 * DAY_MS, true),
        (2.0 * DAY_MS + 61_000.0, false),
    ] {
        assert_eq!(at(page_ms, None, None).is_ok(), is_good, "{page_ms}");
    }
}

#[test]
fn a_time_that_no_clock_shows_is_not_taken_for_the_servers() {
    const UNTOLD_MS: f64 = 300_000.0;
    for odd_ms in [f64::INFINITY, f64::NEG_INFINITY, 1e300, 400.0 * DAY_MS, -400.0 * DAY_MS] {
        assert_eq!(for_ms(at(HOUR_MS, Some(odd_ms), Some(odd_ms))), UNTOLD_MS);
        let by_issue = at(HOUR_MS, Some(odd_ms), Some(2.0 * HOUR_MS));
        assert_eq!(for_ms(by_issue), 2.0 * HOUR_MS - MARGIN_MS);
    }
    for odd in [Prop::Text("1589909363".to_owned()), Prop::Bool(true), Prop::Other("an object")] {
        let reply = Reply { issued_at: odd, ..granted() };
        let answered = answered(ENDS_MS - HOUR_MS, f64::NAN);
        let verdict = login_key::judge(200, Some(reply), "agent", answered);
        assert_eq!(for_ms(verdict), UNTOLD_MS);
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
    let cut = format!("{}…", "é".repeat(199));
    assert_eq!(message(error("é".repeat(10_000))).unwrap(), cut);
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
fn debug_of_credentials_shows_nothing_of_it() {
    let credentials = judge(200, Some(granted()), "agent").unwrap();
    let shown = format!("{credentials:?}");
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
fn only_unauthorized_and_forbidden_are_refusals_and_few_failures_pass_by_themselves() {
    let fault = |status| Failure::Fault { status, message: None };
    for (failure, is_refusal, is_transient) in [
        (refused(), true, false),
        (Failure::Network, false, true),
        (Failure::Timeout, false, true),
        (Failure::Restarted, false, true),
        (fault(429), false, true),
        (fault(503), false, true),
        (fault(500), false, false),
        (fault(404), false, false),
        (Failure::Unreadable, false, false),
        (Failure::MalformedKey, false, false),
        (Failure::KeyLifetime, false, false),
        (Failure::NoToken, false, false),
        (Failure::NoPartnerUserId, false, false),
    ] {
        let found = (failure.is_refusal(), failure.is_transient());
        assert_eq!(found, (is_refusal, is_transient), "{failure:?}");
    }
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
        Failure::KeyLifetime,
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
    fn any_times_are_judged_and_what_is_granted_is_good_for_some_time(
        page_ms in any::<f64>(),
        date_ms in any::<f64>(),
        issued_s in any::<f64>(),
    ) {
        let reply = Reply { issued_at: issued_s.into(), ..granted() };
        let verdict = login_key::judge(200, Some(reply), "agent", answered(page_ms, date_ms));
        if let Ok(credentials) = verdict {
            let for_ms = credentials.validity.for_ms;
            prop_assert!(!for_ms.is_nan() && for_ms <= DAY_MS, "{for_ms}");
        }
    }

    #[test]
    fn a_key_whose_end_the_server_tells_is_never_good_after_it(
        off_ms in -1e10..1e10,
        left_ms in 1.0..DAY_MS,
        passed_ms in 0.0..2.0 * DAY_MS,
        set_ms in -1e10..1e10,
    ) {
        let validity = at(left_ms - off_ms, Some(left_ms), None).unwrap().validity;
        let unix_ms = validity.since.unix_ms;
        let moments = [
            // The page's clock is set while it runs, or the other stands still while the machine sleeps.
            Now { unix_ms: unix_ms + passed_ms + set_ms, mono_ms: MONO_MS + passed_ms, random: 0.0 },
            Now { unix_ms: unix_ms + passed_ms, mono_ms: MONO_MS, random: 0.0 },
        ];
        for now in moments {
            prop_assert!(!validity.is_good(now) || passed_ms < left_ms);
        }
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
