//! When a login key is asked for, for whom, and how long it is kept.

mod page;
mod properties;

use flex_glance::core::{
    ids::RequestId,
    login_key::{
        Credentials, LoginKeyFailure, TokenSource, Validity,
        cache::{Answer, WAIT_TIMEOUT_MS, Waiter},
    },
};

use crate::common::{
    credentials_of, refused,
    settings::{settings, settings_with},
};
use page::Page;

const SECOND_MS: f64 = 1_000.0;
const HOUR_MS: f64 = 3_600_000.0;

fn task(sid: &str) -> Waiter {
    Waiter::Task(sid.into())
}

fn fault(status: u16) -> LoginKeyFailure {
    LoginKeyFailure::Fault { status, message: None }
}

#[test]
fn the_first_who_needs_a_key_has_it_asked_for_by_the_agents_partner_uid() {
    let mut page = Page::new();
    page.asks(&task("a"));
    assert!(page.answers.is_empty() && page.fetching.is_empty());
    page.resolved(Ok("alice"));
    let [fetch] = &page.fetching[..] else { panic!("{:?}", page.fetching) };
    assert_eq!((fetch.agent.as_str(), fetch.token), ("alice", TokenSource::Current));
    page.key().assert_key(&task("a"), "alice");
}

#[test]
fn the_next_has_the_same_key_at_once_without_a_request() {
    for next in [task("first"), task("b"), Waiter::Presence] {
        let mut page = Page::with_key();
        page.needs(&next);
        assert!(page.fetching.is_empty());
        let [Answer { waiter, outcome: Ok(credentials), .. }] = &page.answers[..] else {
            panic!("{:?}", page.answers)
        };
        assert_eq!((waiter, credentials.from_cache), (&next, true));
    }
}

#[test]
fn a_key_that_was_asked_for_just_now_is_not_from_before() {
    let mut page = Page::new();
    page.needs(&task("a")).key();
    assert!(!page.answers[0].outcome.as_ref().unwrap().from_cache);
}

#[test]
fn who_the_agent_is_is_asked_before_a_kept_key_is_given() {
    let mut page = Page::with_key();
    page.agent = "bob";
    page.needs(&task("a"));
    assert_eq!(page.told(), []);
    assert_eq!(page.fetching[0].agent, "bob");
    page.key().assert_key(&task("a"), "bob");
    // Each has their own from now on.
    page.needs(&task("b")).assert_key(&task("b"), "bob");
    page.agent = "alice";
    page.needs(&task("c")).assert_key(&task("c"), "alice");
    assert_eq!(page.sent, 2);
}

#[test]
fn a_partner_uid_that_changes_while_a_key_is_fetched_has_a_key_of_its_own() {
    let mut page = Page::new();
    page.needs(&task("a"));
    page.agent = "bob";
    page.needs(&task("b"));
    let agents: Vec<_> = page.fetching.iter().map(|fetch| fetch.agent.clone()).collect();
    assert_eq!(agents, ["alice", "bob"]);
    page.key().assert_key(&task("a"), "alice");
    page.key().assert_key(&task("b"), "bob");
}

#[test]
fn without_a_partner_uid_nothing_is_asked_for() {
    let mut page = Page::with_key();
    page.asks(&task("a")).resolved(Err(LoginKeyFailure::NoPartnerUserId));
    page.assert_failed(&task("a"), LoginKeyFailure::NoPartnerUserId);
    assert_eq!((page.fetching.len(), page.cache.deadline()), (0, None));
}

#[test]
fn keys_of_another_function_or_group_are_of_no_use() {
    let other_function = settings_with(|settings| settings.config.auth_url.push_str("-too"));
    let other_group = settings_with(|settings| {
        settings.config.group_id = flex_glance::core::group_id::GroupId::parse(&7.into()).unwrap();
    });
    for other in [other_function, other_group] {
        let mut page = Page::with_key();
        page.settings = other;
        page.needs(&task("a"));
        assert_eq!((page.told(), page.fetching.len()), (vec![], 1));
        page.key();
        // Neither takes the place of the other.
        page.settings = settings();
        page.told();
        page.needs(&task("b")).assert_key(&task("b"), "alice");
    }
}

#[test]
fn all_who_need_it_meanwhile_share_one_request_and_its_outcome() {
    let all = [task("a"), Waiter::Presence, task("b")];
    for outcome in [Ok("alice".to_owned()), Err(refused())] {
        let mut page = Page::new();
        for waiter in &all {
            page.needs(waiter);
        }
        assert_eq!(page.sent, 1);
        match &outcome {
            Ok(_) => page.key(),
            Err(failure) => page.fails(failure.clone()),
        };
        let expected: Vec<_> = all.iter().map(|waiter| (waiter.clone(), outcome.clone())).collect();
        assert_eq!(page.told(), expected);
    }
}

#[test]
fn who_asks_twice_is_answered_once() {
    let mut page = Page::new();
    page.needs(&task("a")).needs(&task("a"));
    page.key().assert_key(&task("a"), "alice");

    let mut page = Page::new();
    page.asks(&task("a")).asks(&task("a"));
    let (first, second) = (page.resolving[0], page.resolving[1]);
    page.resolve(first, Ok("alice".to_owned()));
    assert!(page.fetching.is_empty());
    page.resolve(second, Ok("alice".to_owned()));
    assert_eq!(page.fetching.len(), 1);
}

#[test]
fn who_gives_up_gets_no_answer_and_the_others_request_goes_on() {
    let mut page = Page::new();
    page.needs(&task("a")).needs(&task("b")).cancel(&task("a"));
    assert_eq!((page.fetching.len(), page.cancelled), (1, 0));
    let mut others = page.clone();
    others.key().assert_key(&task("b"), "alice");

    page.cancel(&task("b"));
    assert_eq!((page.fetching.len(), page.cancelled), (0, 1));
    assert_eq!((page.told(), page.cache.deadline()), (vec![], None));
}

#[test]
fn who_gives_up_while_the_agent_is_looked_up_asks_for_nothing() {
    let mut page = Page::new();
    page.asks(&task("a")).cancel(&task("a")).resolved(Ok("alice"));
    assert_eq!((page.told(), page.fetching.len(), page.cache.deadline()), (vec![], 0, None));
}

#[test]
fn a_key_is_kept_until_its_end_by_either_clock() {
    for (unix_ms, mono_ms, is_kept) in [
        (0.0, 0.0, true),
        (HOUR_MS - 1.0, HOUR_MS - 1.0, true),
        (HOUR_MS, HOUR_MS, false),
        // The page's clock was set back, or set forward, or the machine slept.
        (-HOUR_MS, HOUR_MS, false),
        (-HOUR_MS, HOUR_MS - 1.0, true),
        (HOUR_MS, 0.0, false),
    ] {
        let mut page = Page::with_key();
        page.now.unix_ms += unix_ms;
        page.now.mono_ms += mono_ms;
        page.needs(&task("a"));
        assert_eq!(page.fetching.is_empty(), is_kept, "{unix_ms} {mono_ms}");
    }
}

#[test]
fn a_key_too_short_lived_to_be_kept_is_used_once() {
    for for_ms in [0.0, -30_000.0] {
        let mut page = Page::new();
        let since = page.now.moment();
        let brief =
            Credentials { validity: Validity { since, for_ms }, ..credentials_of("alice", since) };
        page.needs(&task("a")).replied(Ok(brief)).assert_key(&task("a"), "alice");
        page.needs(&task("b"));
        assert_eq!((page.told(), page.fetching.len()), (vec![], 1));
    }
}

#[test]
fn a_refused_key_is_not_given_again() {
    let mut page = Page::with_key();
    page.cache.invalidate();
    page.needs(&task("a"));
    assert_eq!((page.told(), page.fetching.len()), (vec![], 1));
}

#[test]
fn when_another_agent_comes_nothing_of_the_one_before_is_left() {
    let mut page = Page::with_key();
    page.agent = "bob";
    page.needs(&task("a")).asks(&task("b"));
    let (fetch, resolving) = (page.fetching[0].id, page.resolving[0]);
    assert_eq!(page.clear(), [task("b"), task("a")]);
    assert_eq!((page.fetching.len(), page.cancelled, page.cache.deadline()), (0, 1, None));
    // What still comes for the one before is of no use to anybody.
    let late = credentials_of("bob", page.now.moment());
    page.reply(fetch, Ok(late), 0).resolve(resolving, Ok("bob".to_owned()));
    assert_eq!((page.told(), page.fetching.len()), (vec![], 0));
    for agent in ["alice", "bob"] {
        page.agent = agent;
        page.needs(&task(agent));
    }
    assert_eq!((page.told(), page.fetching.len()), (vec![], 2));
}

#[test]
fn a_refused_literal_token_is_replaced_once_and_tried_first_the_next_time() {
    let tokens = |page: &Page| page.fetching.iter().map(|f| f.token).collect::<Vec<_>>();
    let mut page = Page::with_literal_token();
    page.needs(&task("a"));
    assert_eq!(tokens(&page), [TokenSource::Literal]);
    page.fails(refused());
    assert_eq!((page.told(), tokens(&page)), (vec![], vec![TokenSource::Current]));
    page.fails(refused()).assert_failed(&task("a"), refused());
    page.needs(&task("a"));
    assert_eq!(tokens(&page), [TokenSource::Literal]);

    let mut page = Page::with_literal_token();
    page.needs(&task("a")).fails(refused()).key().assert_key(&task("a"), "alice");
}

#[test]
fn a_refused_literal_token_is_told_where_there_is_no_other() {
    let mut page = Page::with_literal_token();
    page.needs(&task("a")).fails(refused()).fails(LoginKeyFailure::NoToken);
    page.assert_failed(&task("a"), refused());
}

#[test]
fn only_a_refusal_makes_a_literal_token_suspect() {
    for failure in [fault(500), LoginKeyFailure::Unreadable, LoginKeyFailure::NoToken] {
        let mut page = Page::with_literal_token();
        page.needs(&task("a")).fails(failure.clone()).assert_failed(&task("a"), failure);
    }
    let mut page = Page::with_literal_token();
    page.needs(&task("a")).fails(LoginKeyFailure::Network).pass(SECOND_MS);
    assert_eq!(page.fetching[0].token, TokenSource::Literal);
}

#[test]
fn what_may_pass_is_tried_twice_more_after_longer_and_longer() {
    for failure in [LoginKeyFailure::Network, LoginKeyFailure::Timeout, fault(429), fault(503)] {
        let mut page = Page::new();
        page.needs(&task("a"));
        for wait_ms in [SECOND_MS, 2.0 * SECOND_MS] {
            page.fails(failure.clone());
            assert_eq!((page.told(), page.wait_ms()), (vec![], Some(wait_ms)));
            page.pass(wait_ms);
            assert_eq!(page.fetching.len(), 1);
        }
        page.fails(failure.clone()).assert_failed(&task("a"), failure);
        assert_eq!((page.sent, page.cache.deadline()), (3, None));
    }
}

#[test]
fn jitter_takes_away_up_to_half_of_a_wait() {
    let mut page = Page::new();
    page.now.random = 0.5;
    page.needs(&task("a")).fails(LoginKeyFailure::Network);
    assert_eq!(page.wait_ms(), Some(750.0));
}

#[test]
fn no_other_failure_is_tried_again() {
    for failure in [
        refused(),
        LoginKeyFailure::Refused { status: 401, message: None },
        fault(500),
        fault(404),
        fault(502),
        LoginKeyFailure::Unreadable,
        LoginKeyFailure::MalformedKey,
        LoginKeyFailure::KeyLifetime,
        LoginKeyFailure::NoToken,
        LoginKeyFailure::NoPartnerUserId,
    ] {
        let mut page = Page::new();
        page.needs(&task("a")).fails(failure.clone()).assert_failed(&task("a"), failure);
        assert_eq!((page.fetching.len(), page.cache.deadline()), (0, None));
    }
}

#[test]
fn presence_alone_has_nothing_tried_again_since_it_tries_by_itself() {
    let mut page = Page::new();
    page.needs(&Waiter::Presence).fails(LoginKeyFailure::Network);
    page.assert_failed(&Waiter::Presence, LoginKeyFailure::Network);

    let mut page = Page::new();
    page.needs(&Waiter::Presence).needs(&task("a")).fails(LoginKeyFailure::Network);
    assert_eq!((page.told(), page.wait_ms()), (vec![], Some(SECOND_MS)));
}

#[test]
fn presence_is_told_how_long_the_function_wants_to_be_left_alone() {
    let mut page = Page::new();
    page.needs(&Waiter::Presence).replied_after(Err(fault(503)), 5_000);
    assert_eq!(page.answers[0].retry_after_ms, 5_000);
}

#[test]
fn the_function_is_left_alone_for_as_long_as_it_asks_if_the_agent_can_wait_that_long() {
    for (retry_after_ms, wait_ms) in
        [(5_000, Some(6_000.0)), (8_000, Some(9_000.0)), (8_001, None), (u32::MAX, None)]
    {
        let mut page = Page::new();
        page.needs(&task("a")).replied_after(Err(fault(503)), retry_after_ms);
        assert_eq!(page.wait_ms(), wait_ms, "{retry_after_ms}");
        match wait_ms {
            Some(wait_ms) => {
                page.pass(wait_ms);
                assert_eq!(page.fetching.len(), 1);
            }
            None => page.assert_failed(&task("a"), fault(503)),
        }
    }
}

#[test]
fn the_next_who_asks_leaves_the_function_alone_as_well() {
    // The wait is over before they give up: it is waited for.
    let mut page = Page::new();
    page.needs(&Waiter::Presence).replied_after(Err(fault(503)), 5_000);
    page.told();
    page.needs(&task("a"));
    assert_eq!((page.told(), page.fetching.len(), page.wait_ms()), (vec![], 0, Some(6_000.0)));
    page.pass(6_000.0);
    page.key().assert_key(&task("a"), "alice");

    // It is not: they are told at once, and for how long.
    let mut page = Page::new();
    page.needs(&Waiter::Presence).replied_after(Err(fault(503)), 60_000);
    page.told();
    page.jump(1_000.0);
    page.needs(&task("a"));
    assert_eq!(page.answers[0].retry_after_ms, 60_000);
    page.assert_failed(&task("a"), fault(503));
    assert_eq!((page.fetching.len(), page.cache.deadline()), (0, None));

    // Another Function is asked.
    page.settings = settings_with(|settings| settings.config.auth_url.push_str("-too"));
    page.needs(&task("b"));
    assert_eq!(page.fetching.len(), 1);
    page.settings = settings();

    // And this one again when it is time.
    page.jump(60_000.0);
    page.needs(&task("a"));
    assert_eq!(page.fetching.len(), 2);
}

#[test]
fn a_function_that_answers_again_is_no_longer_left_alone() {
    let mut page = Page::new();
    page.needs(&task("a"));
    page.agent = "bob";
    page.needs(&task("b")).replied_after(Err(fault(503)), 60_000);
    page.key();
    page.told();
    page.agent = "carol";
    page.needs(&task("c"));
    assert_eq!((page.told(), page.fetching.len()), (vec![], 1));
}

#[test]
fn a_failure_without_a_wish_to_be_left_alone_stops_nobody_else() {
    let mut page = Page::new();
    page.needs(&Waiter::Presence).fails(LoginKeyFailure::Network);
    page.told();
    page.needs(&task("a"));
    assert_eq!(page.fetching.len(), 1);
}

#[test]
fn a_silent_function_is_given_up_and_the_request_ended() {
    let mut page = Page::new();
    page.needs(&task("a")).pass(WAIT_TIMEOUT_MS - 1.0);
    assert_eq!(page.told(), []);
    page.pass(1.0).assert_failed(&task("a"), LoginKeyFailure::Timeout);
    assert_eq!((page.fetching.len(), page.cancelled, page.cache.deadline()), (0, 1, None));
}

#[test]
fn a_puid_function_that_never_answers_is_given_up() {
    let mut page = Page::new();
    page.asks(&task("a")).pass(WAIT_TIMEOUT_MS);
    page.assert_failed(&task("a"), LoginKeyFailure::Timeout);
    // Its late answer asks for nothing.
    page.resolved(Ok("alice"));
    assert_eq!((page.told(), page.fetching.len(), page.cache.deadline()), (vec![], 0, None));
}

#[test]
fn everybody_has_ten_seconds_of_their_own() {
    let mut page = Page::new();
    page.needs(&Waiter::Presence).pass(6_000.0).needs(&task("a")).pass(3_500.0);
    page.needs(&task("b")).pass(500.0);
    page.assert_failed(&Waiter::Presence, LoginKeyFailure::Timeout);
    assert_eq!((page.fetching.len(), page.cancelled), (1, 0));
    page.pass(5_999.0);
    assert_eq!(page.told(), []);
    page.pass(1.0).assert_failed(&task("a"), LoginKeyFailure::Timeout);
    page.pass(3_000.0);
    page.key().assert_key(&task("b"), "alice");
}

#[test]
fn a_late_click_has_a_failure_tried_again_though_an_early_one_has_no_time_left() {
    let mut page = Page::new();
    page.needs(&task("early")).pass(8_500.0).needs(&task("late"));
    page.fails(LoginKeyFailure::Network);
    page.assert_failed(&task("early"), LoginKeyFailure::Network);
    page.pass(SECOND_MS);
    page.key().assert_key(&task("late"), "alice");
}

#[test]
fn the_time_that_the_agent_takes_to_be_looked_up_counts() {
    let mut page = Page::new();
    page.asks(&task("a")).pass(9_000.0).resolved(Ok("alice")).pass(SECOND_MS);
    page.assert_failed(&task("a"), LoginKeyFailure::Timeout);
}

#[test]
fn a_page_clock_that_is_set_makes_nobody_wait_longer_or_shorter() {
    for set_ms in [-HOUR_MS, HOUR_MS] {
        let mut page = Page::new();
        page.needs(&task("a"));
        page.now.unix_ms += set_ms;
        page.pass(WAIT_TIMEOUT_MS - 1.0);
        assert_eq!(page.told(), []);
        page.pass(1.0).assert_failed(&task("a"), LoginKeyFailure::Timeout);
    }
}

#[test]
fn what_comes_when_nobody_waits_changes_nothing() {
    for mut page in [Page::new(), Page::with_key()] {
        let key = credentials_of("mallory", page.now.moment());
        page.reply(RequestId(77), Ok(key), 0);
        page.reply(RequestId(77), Err(LoginKeyFailure::Network), 9_000);
        page.resolve(RequestId(77), Ok("mallory".to_owned()))
            .cancel(&task("b"))
            .pass(HOUR_MS / 2.0);
        assert_eq!((page.told(), page.fetching.len(), page.cache.deadline()), (vec![], 0, None));
    }
    let mut page = Page::with_key();
    page.needs(&task("a")).assert_key(&task("a"), "alice");
}

#[test]
fn an_answer_while_it_waits_to_try_again_changes_nothing() {
    let mut page = Page::new();
    page.needs(&task("a"));
    let request = page.fetching[0].id;
    page.fails(LoginKeyFailure::Network);
    let key = credentials_of("alice", page.now.moment());
    page.reply(request, Ok(key), 0);
    assert_eq!(page.told(), []);
    page.pass(SECOND_MS);
    page.key().assert_key(&task("a"), "alice");
}

#[test]
fn the_log_shows_no_key() {
    let mut page = Page::with_key();
    page.needs(&task("a"));
    let shown = format!("{:?} {:?}", page.cache, page.answers);
    assert!(!shown.contains("1589912963") && !shown.contains("EXdpEY02"), "{shown}");
}
