//! How the page is authorized for presence, stays so, and is no longer.

mod page;
mod properties;

use flex_glance::core::{
    ids::{AuthorizationId, ScriptId},
    login_key::LoginKeyFailure,
    presence::{
        PresenceError,
        authorization::{Authorization, DURATION_MIN, Event, Request},
    },
};

use crate::common::{credentials, refused};
use page::Page;

const SECOND_MS: f64 = 1_000.0;
const MINUTE_MS: f64 = 60_000.0;

/// When an authorization is renewed, counted from when it was granted.
const RENEWAL_MS: f64 = 115.0 * MINUTE_MS;

fn fault(status: u16) -> LoginKeyFailure {
    LoginKeyFailure::Fault { status, message: None }
}

#[test]
fn script_key_and_authorization_follow_each_other() {
    let mut page = Page::new();
    page.handle(Event::Needed);
    assert_eq!(page.requests, [Request::LoadScript(page.script.unwrap())]);
    page.loaded();
    assert_eq!(page.requests, [Request::LoginKey]);
    page.key();
    assert_eq!(page.requests, [Request::Authorize(page.asked.unwrap(), credentials())]);
    assert!(!page.is_granted() && page.authorization.is_trying());
    page.authorized();
    assert_eq!(page.authorization.id(), page.asked);
    assert!(!page.authorization.is_trying() && page.error().is_none());
}

#[test]
fn it_is_asked_for_once_however_many_visitors_need_it() {
    for mut page in [Page::needed(), Page::fetching_key(), Page::authorizing(), Page::granted()] {
        let before = page.authorization.clone();
        page.handle(Event::Needed);
        assert_eq!((&page.authorization, page.requests.len()), (&before, 0));
    }
}

#[test]
fn an_answer_that_comes_twice_or_for_nothing_changes_nothing() {
    let (script, id) = (ScriptId(77), AuthorizationId(77));
    for event in [
        Event::Script(script, Ok(())),
        Event::Script(script, Err(PresenceError::Script)),
        Event::Key(Ok(credentials()), 0),
        Event::Key(Err(LoginKeyFailure::Network), 0),
        Event::Authorized(id),
        Event::Failed(id),
        Event::Rejected(id),
        Event::RetryNow,
        Event::TokenChanged,
        Event::Resumed,
        Event::Deadline,
    ] {
        for mut page in [Page::new(), Page::granted()] {
            let before = page.authorization.clone();
            page.handle(event.clone());
            assert_eq!((&page.authorization, page.requests.len()), (&before, 0), "{event:?}");
        }
    }
}

#[test]
fn a_late_answer_to_an_earlier_attempt_changes_nothing() {
    let mut page = Page::needed();
    let script = page.script.unwrap();
    page.not_loaded(PresenceError::Script).pass(SECOND_MS);
    let before = page.authorization.clone();
    page.handle(Event::Script(script, Ok(())));
    assert_eq!(page.authorization, before);

    let mut page = Page::authorizing();
    let id = page.asked.unwrap();
    page.not_authorized().pass(SECOND_MS).key();
    assert_ne!(page.asked, Some(id));
    for late in [Event::Authorized(id), Event::Failed(id), Event::Rejected(id)] {
        let before = page.authorization.clone();
        page.handle(late);
        assert_eq!(page.authorization, before);
    }
}

#[test]
fn it_is_asked_for_the_longest_time_and_renewed_five_minutes_before_that_is_over() {
    assert_eq!(DURATION_MIN, 120);
    let mut page = Page::granted();
    assert_eq!(page.wait_ms(), Some(RENEWAL_MS));
    page.pass(RENEWAL_MS - 1.0);
    assert_eq!(page.requests, []);
    page.pass(1.0);
    assert_eq!(page.requests, [Request::LoginKey]);
}

#[test]
fn visitors_stay_connected_while_it_is_renewed() {
    let mut page = Page::renewing();
    let old = page.authorization.id();
    assert!(page.is_granted());
    page.key();
    assert_eq!(page.authorization.id(), old);
    page.authorized();
    assert!(page.is_granted() && page.authorization.id() != old);
    assert_eq!(page.wait_ms(), Some(RENEWAL_MS));
}

#[test]
fn a_script_that_does_not_load_is_given_up_after_twenty_seconds_and_tried_again() {
    let mut page = Page::needed();
    assert_eq!(page.wait_ms(), Some(20.0 * SECOND_MS));
    page.pass(20.0 * SECOND_MS);
    assert_eq!((page.error(), page.requests.len()), (Some(&PresenceError::Script), 0));
    page.pass(SECOND_MS);
    assert_eq!(page.requests, [Request::LoadScript(page.script.unwrap())]);
    assert!(page.error().is_none());
}

#[test]
fn a_script_that_brings_no_presence_is_loaded_again_after_a_longer_while() {
    for (error, wait_ms) in
        [(PresenceError::Script, SECOND_MS), (PresenceError::Api, 30.0 * SECOND_MS)]
    {
        let mut page = Page::needed();
        page.not_loaded(error.clone());
        assert_eq!((page.error(), page.wait_ms()), (Some(&error), Some(wait_ms)));
        page.pass(wait_ms);
        assert!(matches!(page.requests[..], [Request::LoadScript(_)]));
    }
}

#[test]
fn an_authorization_that_is_never_answered_is_given_up_after_twenty_seconds_and_tried_again() {
    let mut page = Page::authorizing();
    assert_eq!(page.wait_ms(), Some(20.0 * SECOND_MS));
    page.pass(20.0 * SECOND_MS);
    assert_eq!(page.error(), Some(&PresenceError::Authorization));
    page.pass(SECOND_MS);
    assert_eq!(page.requests, [Request::LoginKey]);
    // The late answer to the first changes nothing.
    page.authorized();
    assert!(!page.is_granted());
    page.key().authorized();
    assert!(page.is_granted());
}

#[test]
fn a_service_that_stays_silent_is_not_said_to_refuse() {
    let mut page = Page::authorizing();
    for _ in 0..10 {
        page.pass(20.0 * SECOND_MS);
        assert_eq!(page.error(), Some(&PresenceError::Authorization));
        let wait_ms = page.wait_ms().unwrap();
        assert!(wait_ms <= MINUTE_MS, "{wait_ms}");
        page.pass(wait_ms).key();
    }
}

#[test]
fn a_silent_service_does_not_close_what_is_granted_before_its_end() {
    let mut page = Page::renewing();
    for _ in 0..4 {
        page.key().pass(20.0 * SECOND_MS);
        assert!(page.is_granted() && page.error().is_none());
        page.wait();
        assert_eq!(page.requests, [Request::LoginKey]);
    }
}

#[test]
fn a_failure_to_authorize_is_passing_until_it_has_come_three_times_in_a_row() {
    let mut page = Page::authorizing();
    for wait_ms in [SECOND_MS, 2.0 * SECOND_MS] {
        page.not_authorized();
        assert_eq!(page.error(), Some(&PresenceError::Authorization));
        assert_eq!(page.wait_ms(), Some(wait_ms));
        page.pass(wait_ms);
        assert_eq!(page.requests, [Request::LoginKey]);
        page.key();
    }
    page.not_authorized();
    assert_eq!(page.error(), Some(&PresenceError::Refused));
    assert_eq!(page.wait_ms(), Some(2.0 * MINUTE_MS));
    for wait_ms in [4.0, 8.0, 10.0, 10.0].map(|minutes| minutes * MINUTE_MS) {
        page.wait().key().not_authorized();
        assert_eq!(page.error(), Some(&PresenceError::Refused));
        assert_eq!(page.wait_ms(), Some(wait_ms));
    }
    page.pass(10.0 * MINUTE_MS).key().authorized();
    assert!(page.is_granted() && page.error().is_none());
}

#[test]
fn failures_of_script_and_key_do_not_count_as_refusals() {
    let mut page = Page::needed();
    for _ in 0..3 {
        page.not_loaded(PresenceError::Script).wait();
    }
    page.loaded();
    for _ in 0..3 {
        page.no_key(LoginKeyFailure::Network).wait();
    }
    page.key().not_authorized();
    assert_eq!(page.error(), Some(&PresenceError::Authorization));
}

#[test]
fn a_success_makes_failures_to_authorize_count_from_one_again() {
    let mut page = Page::authorizing();
    for _ in 0..2 {
        page.not_authorized().wait().key();
    }
    page.authorized().jump(MINUTE_MS).rejected().key().not_authorized();
    assert_eq!(page.error(), Some(&PresenceError::Authorization));
}

#[test]
fn a_renewal_that_fails_keeps_what_is_granted_until_its_end() {
    let mut page = Page::renewing();
    page.key().not_authorized();
    assert!(page.is_granted() && page.error().is_none());
    assert_eq!(page.wait_ms(), Some(SECOND_MS));
    page.pass(SECOND_MS);
    assert_eq!(page.requests, [Request::LoginKey]);
    page.key().authorized();
    assert_eq!(page.authorization.id(), page.asked);

    // One that fails again and again is lost when it lapses, and not before.
    let mut page = Page::renewing();
    let granted_ms = page.now.mono_ms - RENEWAL_MS;
    while page.is_granted() {
        page.key().not_authorized();
        page.wait();
    }
    assert_eq!(page.now.mono_ms - granted_ms, 120.0 * MINUTE_MS);
}

#[test]
fn a_renewal_without_a_key_for_a_moment_is_tried_again_while_visitors_stay_connected() {
    let mut page = Page::renewing();
    for wait_ms in [1.0, 2.0, 4.0, 8.0].map(|seconds| seconds * SECOND_MS) {
        page.no_key(LoginKeyFailure::Network);
        assert!(page.is_granted() && page.error().is_none());
        assert_eq!(page.wait_ms(), Some(wait_ms));
        page.pass(wait_ms);
        assert_eq!(page.requests, [Request::LoginKey]);
    }
    page.key().authorized();
    assert!(page.is_granted());
}

#[test]
fn a_renewal_whose_token_is_refused_keeps_what_is_granted_and_is_tried_again() {
    for status in [401, 403] {
        let refusal = LoginKeyFailure::Refused { status, message: None };
        let mut page = Page::renewing();
        page.no_key(refusal.clone());
        assert!(page.is_granted() && page.error().is_none());
        // With long back-off.
        assert_eq!(page.wait_ms(), Some(30.0 * SECOND_MS));
        page.pass(30.0 * SECOND_MS);
        assert_eq!(page.requests, [Request::LoginKey]);
        page.no_key(refusal.clone());
        assert_eq!(page.wait_ms(), Some(MINUTE_MS));
        // At once when the token changes.
        page.handle(Event::TokenChanged);
        assert_eq!(page.requests, [Request::LoginKey]);
        page.key().authorized();
        assert!(page.is_granted() && !page.authorization.is_trying());

        let mut page = Page::renewing();
        page.no_key(refusal.clone()).pass(5.0 * MINUTE_MS);
        page.no_key(refusal.clone());
        assert_eq!(page.error(), Some(&PresenceError::Key(refusal)));
    }
}

#[test]
fn a_token_that_changes_is_tried_at_once_where_the_token_was_what_was_missing() {
    for failure in [refused(), LoginKeyFailure::NoToken] {
        let mut page = Page::failed(failure);
        page.handle(Event::TokenChanged);
        assert_eq!(page.requests, [Request::LoginKey]);
    }
    for failure in [LoginKeyFailure::Network, fault(503), LoginKeyFailure::NoPartnerUserId] {
        let mut page = Page::failed(failure);
        let wait = page.authorization.deadline();
        page.handle(Event::TokenChanged);
        assert_eq!((page.requests.len(), page.authorization.deadline()), (0, wait));
    }
}

#[test]
fn a_key_from_before_that_is_refused_is_replaced_once_and_a_new_one_is_not() {
    let mut page = Page::fetching_key();
    page.old_key().not_authorized();
    assert_eq!(page.requests, [Request::InvalidateLoginKey, Request::LoginKey]);
    page.key().not_authorized();
    assert_eq!((page.requests.len(), page.error()), (0, Some(&PresenceError::Authorization)));
}

#[test]
fn a_service_that_does_not_answer_says_nothing_of_the_key() {
    let mut page = Page::fetching_key();
    page.old_key().pass(20.0 * SECOND_MS);
    assert_eq!((page.requests.len(), page.error()), (0, Some(&PresenceError::Authorization)));
}

#[test]
fn visitors_stay_connected_while_a_refused_key_is_replaced() {
    let mut page = Page::renewing();
    page.old_key();
    assert!(page.is_granted());
    page.not_authorized();
    assert!(page.is_granted());
    page.key();
    assert!(page.is_granted());
    page.authorized();
    assert!(page.is_granted());
}

#[test]
fn a_rejection_takes_what_is_granted_and_asks_for_another() {
    let mut page = Page::granted();
    page.jump(30.0 * SECOND_MS).rejected();
    assert_eq!((page.is_granted(), page.requests.as_slice()), (false, &[Request::LoginKey][..]));
    assert!(page.error().is_none());
}

#[test]
fn a_rejection_of_an_earlier_authorization_changes_nothing() {
    let mut page = Page::renewing();
    let old = page.authorization.id().unwrap();
    page.key().authorized();
    for seconds in [1.0, 15.0, 29.0] {
        page.jump(seconds);
        let before = page.authorization.clone();
        page.handle(Event::Rejected(old));
        assert_eq!((&page.authorization, page.requests.len()), (&before, 0));
    }
}

#[test]
fn a_rejection_during_the_renewal_takes_what_was_rejected_and_asks_for_nothing_more() {
    let mut authorizing = Page::renewing();
    authorizing.key();
    for mut page in [Page::renewing(), authorizing] {
        page.rejected();
        assert_eq!((page.is_granted(), page.requests.len()), (false, 0));
        assert!(page.authorization.is_trying());
    }
}

#[test]
fn what_is_rejected_at_once_counts_as_refused_and_is_asked_for_at_a_slow_and_growing_pace() {
    let mut page = Page::granted();
    for minutes in [0.5, 1.0, 2.0, 4.0, 8.0, 10.0, 10.0] {
        page.jump(29_999.0).rejected();
        assert_eq!((page.error(), page.requests.len()), (Some(&PresenceError::Refused), 0));
        assert_eq!(page.wait_ms(), Some(minutes * MINUTE_MS));
        page.pass(minutes * MINUTE_MS);
        assert_eq!(page.requests, [Request::LoginKey]);
        page.key().authorized();
        assert!(page.is_granted());
    }
}

#[test]
fn a_page_clock_that_is_set_back_makes_no_refusal_of_a_lapse() {
    for set_ms in [-3_600_000.0, -24.0 * 3_600_000.0, 3_600_000.0, 0.0] {
        let mut page = Page::granted();
        page.now.unix_ms += set_ms;
        page.jump(31.0 * SECOND_MS).rejected();
        assert!(page.error().is_none(), "{set_ms}");
        assert_eq!(page.requests, [Request::LoginKey]);
    }
}

#[test]
fn a_clock_that_stood_still_in_a_sleep_makes_no_refusal_of_a_lapse() {
    let mut page = Page::granted();
    page.now.unix_ms += 8.0 * 60.0 * MINUTE_MS;
    page.rejected();
    assert_eq!((page.error(), page.requests.as_slice()), (None, &[Request::LoginKey][..]));

    let mut page = Page::granted();
    page.now.unix_ms += 8.0 * 60.0 * MINUTE_MS;
    page.handle(Event::Deadline);
    assert_eq!((page.is_granted(), page.requests.as_slice()), (false, &[Request::LoginKey][..]));
}

#[test]
fn a_failure_that_may_pass_is_tried_again_after_longer_and_longer() {
    let mut page = Page::fetching_key();
    for seconds in [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0] {
        page.no_key(LoginKeyFailure::Timeout);
        assert_eq!(page.error(), Some(&PresenceError::Key(LoginKeyFailure::Timeout)));
        assert_eq!(page.wait_ms(), Some(seconds * SECOND_MS));
        page.pass(seconds * SECOND_MS);
        assert_eq!(page.requests, [Request::LoginKey]);
    }
}

#[test]
fn the_function_is_left_alone_for_as_long_as_it_asks() {
    let mut page = Page::fetching_key();
    page.handle(Event::Key(Err(fault(503)), 5_000));
    assert_eq!(page.wait_ms(), Some(6_000.0));
    page.pass(5_999.0);
    assert_eq!(page.requests, []);
    page.pass(1.0);
    assert_eq!(page.requests, [Request::LoginKey]);
}

#[test]
fn success_makes_the_next_wait_short_again() {
    let mut page = Page::failed(LoginKeyFailure::Network);
    page.pass(SECOND_MS).no_key(LoginKeyFailure::Network).pass(2.0 * SECOND_MS);
    page.key().authorized().jump(MINUTE_MS).rejected().no_key(LoginKeyFailure::Network);
    assert_eq!(page.wait_ms(), Some(SECOND_MS));
}

#[test]
fn what_somebody_has_to_mend_is_tried_again_by_itself_after_a_longer_while() {
    for (failure, seconds) in [
        (LoginKeyFailure::Network, 1.0),
        (LoginKeyFailure::Timeout, 1.0),
        (LoginKeyFailure::Restarted, 1.0),
        (fault(429), 1.0),
        (fault(503), 1.0),
        (refused(), 30.0),
        (fault(500), 30.0),
        (fault(404), 30.0),
        (LoginKeyFailure::Unreadable, 30.0),
        (LoginKeyFailure::MalformedKey, 30.0),
        (LoginKeyFailure::KeyLifetime, 30.0),
        (LoginKeyFailure::NoToken, 30.0),
        (LoginKeyFailure::NoPartnerUserId, 30.0),
    ] {
        let mut page = Page::failed(failure.clone());
        assert_eq!(page.wait_ms(), Some(seconds * SECOND_MS), "{failure:?}");
        page.pass(seconds * SECOND_MS);
        assert_eq!(page.requests, [Request::LoginKey], "{failure:?}");
    }
}

#[test]
fn the_agent_can_try_any_failure_again_from_the_script_on() {
    let mut scriptless = Page::needed();
    scriptless.not_loaded(PresenceError::Script);
    let mut not_authorized = Page::authorizing();
    not_authorized.not_authorized();
    let mut rejected = Page::granted();
    rejected.rejected();
    let mut renewal = Page::renewing();
    renewal.no_key(refused());
    for mut page in [
        scriptless,
        not_authorized,
        rejected,
        renewal,
        Page::failed(refused()),
        Page::failed(LoginKeyFailure::Network),
    ] {
        page.handle(Event::RetryNow);
        assert_eq!(page.requests, [Request::LoadScript(page.script.unwrap())]);
        page.loaded().key().authorized();
        assert!(page.is_granted() && !page.authorization.is_trying());
    }
}

#[test]
fn a_page_that_comes_back_hastens_a_try_and_does_so_once_a_minute_alone() {
    let mut page = Page::failed(refused());
    page.now.random = 0.5;
    page.handle(Event::Resumed);
    assert_eq!(page.wait_ms(), Some(2.5 * SECOND_MS));
    page.pass(2.5 * SECOND_MS);
    assert_eq!(page.requests, [Request::LoginKey]);

    let mut asked = 1;
    for _ in 0..600 {
        page.no_key(refused()).handle(Event::Resumed).pass(SECOND_MS);
        asked += page.requests.len();
    }
    // In ten minutes: no more than one a minute for coming back, beside those of the slow pace.
    assert!((2..=15).contains(&asked), "{asked}");
}

#[test]
fn nothing_runs_on_when_no_visitor_is_followed_any_more() {
    for (mut page, requests) in [
        (Page::needed(), vec![]),
        (Page::fetching_key(), vec![Request::CancelLoginKey]),
        (Page::authorizing(), vec![]),
        (Page::failed(LoginKeyFailure::Network), vec![]),
    ] {
        page.handle(Event::NotNeeded);
        assert_eq!((page.requests, page.authorization.is_trying()), (requests, false));
        assert_eq!(page.authorization.deadline(), None);
    }
}

#[test]
fn what_is_granted_serves_the_next_visitor_and_is_not_renewed_for_nobody() {
    let mut page = Page::granted();
    page.handle(Event::NotNeeded);
    assert!(page.is_granted());
    page.jump(MINUTE_MS).handle(Event::Needed);
    assert_eq!((page.is_granted(), page.requests.len()), (true, 0));

    let mut page = Page::granted();
    page.handle(Event::NotNeeded).pass(RENEWAL_MS);
    assert_eq!((page.is_granted(), page.requests.len()), (false, 0));
    assert_eq!(page.authorization.deadline(), None);
    page.handle(Event::Needed);
    assert!(matches!(page.requests[..], [Request::LoadScript(_)]));
}

#[test]
fn what_is_granted_and_rejected_while_nobody_needs_it_is_forgotten() {
    let mut page = Page::granted();
    page.handle(Event::NotNeeded).jump(MINUTE_MS).rejected();
    assert_eq!((page.is_granted(), page.requests.len()), (false, 0));
    assert_eq!(page.authorization.deadline(), None);
}

#[test]
fn a_reset_forgets_everything() {
    let mut renewal = Page::renewing();
    renewal.no_key(refused());
    for mut page in [Page::granted(), renewal, Page::authorizing(), Page::failed(refused())] {
        page.handle(Event::Reset);
        assert_eq!(page.authorization, Authorization::default());
    }
    let mut page = Page::renewing();
    page.handle(Event::Reset);
    assert_eq!(page.requests, [Request::CancelLoginKey]);
}

#[test]
fn the_log_shows_no_key() {
    let page = Page::authorizing();
    let shown = format!("{page:?} {:?}", Event::Key(Ok(credentials()), 0));
    assert!(!shown.contains("1589912963") && !shown.contains("EXdpEY02"), "{shown}");
}
