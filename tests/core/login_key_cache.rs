//! When a login key is asked for, for whom, and how long it is kept.

use std::rc::Rc;

use crate::common::settings::{settings, settings_with};
use crate::common::{credentials_of, refused};
use flex_glance::core::{
    ids::{Ids, RequestId},
    login_key::{
        Credentials, LoginKeyFailure, TokenSource, Validity,
        cache::{Answer, Effect, LoginKeyCache, WAIT_TIMEOUT_MS, Waiter},
    },
    settings::Settings,
    time::Now,
};
use proptest::{prelude::*, sample::select};

const SECOND_MS: f64 = 1_000.0;
const HOUR_MS: f64 = 3_600_000.0;

/// A cache with its clocks, an agent, and a Function that is asked.
#[derive(Clone, Debug)]
struct Page {
    cache: LoginKeyCache,
    ids: Ids,
    now: Now,
    settings: Rc<Settings>,
    /// Whom the `puid` prop names now.
    agent: &'static str,
    /// What was asked for and is not answered, the oldest first.
    resolving: Vec<RequestId>,
    fetching: Vec<Fetch>,
    /// What waiters were told, and is not looked at yet.
    answers: Vec<Answer>,
    sent: usize,
    cancelled: usize,
}

/// A request to the Function.
#[derive(Clone, Debug, PartialEq)]
struct Fetch {
    id: RequestId,
    token: TokenSource,
    agent: String,
}

impl Page {
    fn new() -> Self {
        Self::with(settings())
    }

    /// Whose token is a text.
    fn with_literal_token() -> Self {
        Self::with(settings_with(|settings| settings.token = TokenSource::Literal))
    }

    fn with(settings: Rc<Settings>) -> Self {
        Self {
            cache: LoginKeyCache::default(),
            ids: Ids::default(),
            now: Now { random: 0.0, ..crate::common::NOW },
            settings,
            agent: "alice",
            resolving: vec![],
            fetching: vec![],
            answers: vec![],
            sent: 0,
            cancelled: 0,
        }
    }

    /// With a key that is good for an hour.
    fn with_key() -> Self {
        let mut page = Self::new();
        page.needs(&task("first")).key();
        page.answers.clear();
        page
    }

    fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::ResolvePartnerUserId { request, .. } => self.resolving.push(request),
                Effect::RequestLoginKey { request, token, partner_user_id, .. } => {
                    assert!(self.fetching.iter().all(|fetch| fetch.id != request), "sent twice");
                    self.fetching.push(Fetch {
                        id: request,
                        token,
                        agent: partner_user_id.to_string(),
                    });
                    self.sent += 1;
                }
                Effect::CancelRequest(request) => {
                    self.fetching.retain(|fetch| fetch.id != request);
                    self.cancelled += 1;
                }
            }
        }
    }

    /// Somebody asks for a key, and the agent's Partner UID is not resolved yet.
    fn asks(&mut self, waiter: &Waiter) -> &mut Self {
        let mut effects = vec![];
        let settings = self.settings.clone();
        self.cache.request(waiter.clone(), &settings, self.now, &mut self.ids, &mut effects);
        self.run(effects);
        self
    }

    /// The Partner UID is resolved, or not.
    fn resolved(&mut self, outcome: Result<&str, LoginKeyFailure>) -> &mut Self {
        let request = self.resolving[0];
        self.resolve(request, outcome.map(str::to_owned))
    }

    fn resolve(
        &mut self,
        request: RequestId,
        outcome: Result<String, LoginKeyFailure>,
    ) -> &mut Self {
        self.resolving.retain(|known| *known != request);
        let mut effects = vec![];
        let answers = self.cache.partner_user_id_resolved(
            request,
            outcome.map(Into::into),
            self.now,
            &mut effects,
        );
        self.answers.extend(answers);
        self.run(effects);
        self
    }

    /// Somebody needs a key, for whoever the agent is.
    fn needs(&mut self, waiter: &Waiter) -> &mut Self {
        self.asks(waiter);
        let agent = self.agent;
        self.resolved(Ok(agent))
    }

    /// The oldest request is answered.
    fn replied(&mut self, outcome: Result<Credentials, LoginKeyFailure>) -> &mut Self {
        self.replied_after(outcome, 0)
    }

    fn replied_after(
        &mut self,
        outcome: Result<Credentials, LoginKeyFailure>,
        retry_after_ms: u32,
    ) -> &mut Self {
        let request = self.fetching.remove(0).id;
        self.reply(request, outcome, retry_after_ms)
    }

    fn reply(
        &mut self,
        request: RequestId,
        outcome: Result<Credentials, LoginKeyFailure>,
        retry_after_ms: u32,
    ) -> &mut Self {
        let mut effects = vec![];
        let answers = self.cache.replied(request, outcome, retry_after_ms, self.now, &mut effects);
        self.answers.extend(answers);
        self.run(effects);
        self
    }

    /// The oldest request brings a key that is good for an hour.
    fn key(&mut self) -> &mut Self {
        let agent = self.fetching[0].agent.clone();
        let key = credentials_of(&agent, self.now.moment());
        self.replied(Ok(key))
    }

    fn fails(&mut self, failure: LoginKeyFailure) -> &mut Self {
        self.replied(Err(failure))
    }

    fn cancel(&mut self, waiter: &Waiter) -> &mut Self {
        let mut effects = vec![];
        self.cache.cancel(waiter, &mut effects);
        self.run(effects);
        self
    }

    /// Another agent is logged in. Who waited?
    fn clear(&mut self) -> Vec<Waiter> {
        let mut effects = vec![];
        let waiting = self.cache.clear(&mut effects);
        self.run(effects);
        waiting
    }

    /// Lets time pass by both clocks, and gives word of each deadline.
    fn pass(&mut self, for_ms: f64) -> &mut Self {
        let until_ms = self.now.mono_ms + for_ms;
        while let Some(due_ms) = self.cache.deadline().filter(|due_ms| *due_ms <= until_ms) {
            self.jump((due_ms - self.now.mono_ms).max(0.0));
            self.now.mono_ms = self.now.mono_ms.max(due_ms);
            let mut effects = vec![];
            let answers = self.cache.on_deadline(self.now, &mut effects);
            self.answers.extend(answers);
            self.run(effects);
            let next_ms = self.cache.deadline();
            assert!(next_ms.is_none_or(|next_ms| next_ms > self.now.mono_ms), "{:?}", self.cache);
        }
        self.jump(until_ms - self.now.mono_ms);
        self
    }

    fn jump(&mut self, for_ms: f64) {
        self.now.unix_ms += for_ms;
        self.now.mono_ms += for_ms;
    }

    fn wait_ms(&self) -> Option<f64> {
        Some(self.cache.deadline()? - self.now.mono_ms)
    }

    /// Who was told something since the last look, and whether they have a key.
    fn told(&mut self) -> Vec<(Waiter, Result<String, LoginKeyFailure>)> {
        let answers = std::mem::take(&mut self.answers);
        let told = |answer: Answer| {
            (answer.waiter, answer.outcome.map(|credentials| credentials.partner_user_id))
        };
        answers.into_iter().map(told).collect()
    }

    /// Since the last look one waiter was given a key for `agent`.
    fn assert_key(&mut self, waiter: &Waiter, agent: &str) {
        assert_eq!(self.told(), [(waiter.clone(), Ok(agent.to_owned()))]);
    }

    fn assert_failed(&mut self, waiter: &Waiter, failure: LoginKeyFailure) {
        assert_eq!(self.told(), [(waiter.clone(), Err(failure))]);
    }
}

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

/// What happens around a cache.
#[derive(Clone, Debug)]
enum Happening {
    Asks(Waiter),
    GivesUp(Waiter),
    /// The `puid` prop names another agent.
    Agent(&'static str),
    /// The oldest question for the Partner UID is answered, if there is one.
    Resolved(bool),
    /// The oldest request is answered, if there is one.
    Replied(Result<(), LoginKeyFailure>, u32),
    Refused,
    /// Another agent is logged in.
    Cleared,
    Passes(f64),
}

/// A page with its waiters, each with the time of their request.
#[derive(Debug)]
struct World {
    page: Page,
    waiting: Vec<(Waiter, f64)>,
}

impl World {
    fn new(random: f64) -> Self {
        let mut page = Page::new();
        page.now.random = random;
        Self { page, waiting: vec![] }
    }

    fn happen(&mut self, happening: Happening) -> Result<(), TestCaseError> {
        let page = &mut self.page;
        match happening {
            Happening::Asks(waiter) => {
                self.waiting.retain(|(known, _)| *known != waiter);
                self.waiting.push((waiter.clone(), page.now.mono_ms));
                page.asks(&waiter);
            }
            Happening::GivesUp(waiter) => {
                self.waiting.retain(|(known, _)| *known != waiter);
                page.cancel(&waiter);
            }
            Happening::Agent(agent) => page.agent = agent,
            Happening::Resolved(_) if page.resolving.is_empty() => {}
            Happening::Resolved(true) => {
                let agent = page.agent;
                page.resolved(Ok(agent));
            }
            Happening::Resolved(false) => {
                page.resolved(Err(LoginKeyFailure::NoPartnerUserId));
            }
            Happening::Replied(..) if page.fetching.is_empty() => {}
            Happening::Replied(Ok(()), _) => {
                page.key();
            }
            Happening::Replied(Err(failure), retry_after_ms) => {
                page.replied_after(Err(failure), retry_after_ms);
            }
            Happening::Refused => page.cache.invalidate(),
            Happening::Cleared => {
                let cleared = page.clear();
                prop_assert_eq!(cleared.len(), self.waiting.len());
                self.waiting.clear();
            }
            Happening::Passes(for_ms) => {
                page.pass(for_ms);
            }
        }
        self.check()
    }

    fn check(&mut self) -> Result<(), TestCaseError> {
        let page = &mut self.page;
        for answer in std::mem::take(&mut page.answers) {
            let known = self.waiting.iter().position(|(known, _)| *known == answer.waiter);
            prop_assert!(known.is_some(), "{:?} is answered and does not wait", answer.waiter);
            self.waiting.remove(known.unwrap());
        }
        for (waiter, since_ms) in &self.waiting {
            let waited_ms = page.now.mono_ms - since_ms;
            prop_assert!(waited_ms < WAIT_TIMEOUT_MS, "{waiter:?} waits for {waited_ms}");
        }
        let is_waiting = !self.waiting.is_empty();
        prop_assert_eq!(page.cache.deadline().is_some(), is_waiting, "{:?}", page.cache);
        prop_assert!(is_waiting || page.fetching.is_empty(), "{:?}", page.cache);
        for (at, fetch) in page.fetching.iter().enumerate() {
            let same = page.fetching[at + 1..].iter().any(|other| other.agent == fetch.agent);
            prop_assert!(!same, "two requests for {}", fetch.agent);
        }
        Ok(())
    }
}

fn waiters() -> impl Strategy<Value = Waiter> {
    select(vec![Waiter::Presence, task("a"), task("b"), task("c")])
}

fn happenings() -> impl Strategy<Value = Happening> {
    let outcomes = select(vec![
        Ok(()),
        Ok(()),
        Err(LoginKeyFailure::Network),
        Err(fault(503)),
        Err(fault(500)),
        Err(refused()),
        Err(LoginKeyFailure::MalformedKey),
    ]);
    let waits = select(vec![0, 0, 0, 1_000, 5_000, u32::MAX]);
    prop_oneof![
        5 => waiters().prop_map(Happening::Asks),
        2 => waiters().prop_map(Happening::GivesUp),
        1 => select(vec!["alice", "bob"]).prop_map(Happening::Agent),
        6 => select(vec![true, true, true, false]).prop_map(Happening::Resolved),
        5 => (outcomes, waits).prop_map(|(outcome, ms)| Happening::Replied(outcome, ms)),
        1 => Just(Happening::Refused),
        1 => Just(Happening::Cleared),
        3 => (0.0..12_000.0).prop_map(Happening::Passes),
        1 => (0.0..7_200_000.0).prop_map(Happening::Passes),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn one_request_for_an_agent_at_a_time_and_nobody_waits_longer_than_ten_seconds(
        random in 0.0..1.0,
        all in prop::collection::vec(happenings(), 0..60),
    ) {
        let mut world = World::new(random);
        for happening in all {
            world.happen(happening)?;
        }
        world.happen(Happening::Passes(WAIT_TIMEOUT_MS))?;
        prop_assert!(world.waiting.is_empty(), "{:?}", world);
    }

    #[test]
    fn as_long_as_a_key_is_good_nobody_has_another_asked_for(
        needs in prop::collection::vec((waiters(), 0.0..60_000.0), 1..50),
    ) {
        let mut page = Page::new();
        let mut sent_at_ms: Vec<f64> = vec![];
        for (waiter, pause_ms) in needs {
            page.needs(&waiter);
            if !page.fetching.is_empty() {
                sent_at_ms.push(page.now.mono_ms);
                page.key();
            }
            page.assert_key(&waiter, "alice");
            page.pass(pause_ms);
        }
        prop_assert!(sent_at_ms.windows(2).all(|pair| pair[1] - pair[0] >= HOUR_MS));
    }

    #[test]
    fn a_function_that_stays_down_is_asked_three_times_a_click(
        random in 0.0..1.0,
        failure in select(vec![LoginKeyFailure::Network, fault(429), fault(503)]),
    ) {
        let mut page = Page::new();
        page.now.random = random;
        page.needs(&task("a"));
        while page.answers.is_empty() {
            if !page.fetching.is_empty() {
                page.fails(failure.clone());
            }
            page.pass(100.0);
        }
        prop_assert_eq!(page.sent, 3);
    }

    #[test]
    fn a_function_is_never_asked_before_it_wants_to_be(
        random in 0.0..1.0,
        retry_after_ms in 1..120_000_u32,
        pauses_ms in prop::collection::vec(0.0..20_000.0, 1..20),
    ) {
        let mut page = Page::new();
        page.now.random = random;
        page.needs(&Waiter::Presence).replied_after(Err(fault(503)), retry_after_ms);
        let until_ms = page.now.mono_ms + f64::from(retry_after_ms);
        for (at, pause_ms) in pauses_ms.into_iter().enumerate() {
            let waiter = if at % 2 == 0 { Waiter::Presence } else { task("a") };
            page.needs(&waiter).pass(pause_ms);
            prop_assert!(page.sent == 1 || page.now.mono_ms >= until_ms);
        }
    }

    /// The key ends an hour and a minute after it came. Either the page's clock is set again and again
    /// while the monotonic one runs, or the machine sleeps again and again with a page's clock that is only
    /// ever put forward.
    #[test]
    fn an_expired_key_is_never_given_out_whatever_the_pages_clocks_do(
        sleeps in any::<bool>(),
        steps in prop::collection::vec((0.0..1_800_000.0, -1e8..1e8, any::<bool>()), 1..30),
    ) {
        let mut page = Page::with_key();
        let mut passed_ms = 0.0;
        for (for_ms, set_ms, changes) in steps {
            passed_ms += for_ms;
            page.now.unix_ms += for_ms;
            match (sleeps, changes) {
                (true, true) => {}
                (true, false) => {
                    page.now.mono_ms += for_ms;
                    page.now.unix_ms += f64::max(set_ms, 0.0);
                }
                (false, _) => {
                    page.now.mono_ms += for_ms;
                    page.now.unix_ms += if changes { set_ms } else { 0.0 };
                }
            }
            page.needs(&task("a"));
            let is_given = !page.told().is_empty();
            prop_assert!(!is_given || passed_ms < HOUR_MS, "given after {passed_ms}");
            page.cancel(&task("a"));
        }
    }

    #[test]
    fn nobody_is_given_the_key_of_another_agent(
        agents in prop::collection::vec((select(vec!["alice", "bob", "carol"]), waiters()), 1..30),
    ) {
        let mut page = Page::new();
        for (agent, waiter) in agents {
            page.agent = agent;
            page.needs(&waiter);
            if !page.fetching.is_empty() {
                page.key();
            }
            page.assert_key(&waiter, agent);
        }
        prop_assert!(page.sent <= 3);
    }
}
