//! What holds in whatever order things happen.

use flex_glance::core::login_key::{
    LoginKeyFailure,
    cache::{WAIT_TIMEOUT_MS, Waiter},
};
use proptest::{prelude::*, sample::select};

use super::{HOUR_MS, fault, page::Page, task};
use crate::common::refused;

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
