//! What holds in whatever order things happen.

use flex_glance::core::{
    login_key::LoginKeyFailure,
    presence::{Presence, PresenceStatus, Signal},
};
use proptest::{prelude::*, sample::select};

use super::{MINUTE_MS, SECOND_MS, cart, page::Page};
use crate::common::refused;

/// What happens around presence.
#[derive(Clone, Debug)]
enum Happening {
    Follows(Vec<&'static str>),
    Answered,
    /// What is asked for stays without an answer, for ever.
    Dropped,
    NotAuthorized,
    KeyFails(LoginKeyFailure, u32),
    /// A look-up is answered, counted from the oldest.
    Found(usize, bool),
    Signal(usize, Signal),
    Resumed,
    RetryNow,
    TokenChanged,
    Reset,
    Passes(f64),
    ClockSet(f64),
}

fn happenings() -> impl Strategy<Value = Happening> {
    let signals = select(vec![
        Signal::VisitorConnected(true),
        Signal::VisitorConnected(false),
        Signal::VisitorMoved(cart()),
        Signal::Accepted,
        Signal::Ended,
        Signal::Unauthorized,
        Signal::Failed,
    ]);
    let visitors = select(vec![vec![], vec!["ada"], vec!["bob"], vec!["ada", "bob", "cleo"]]);
    let failures = select(vec![
        (LoginKeyFailure::Network, 0),
        (LoginKeyFailure::Fault { status: 503, message: None }, 5_000),
        (refused(), 0),
    ]);
    prop_oneof![
        3 => visitors.prop_map(Happening::Follows),
        9 => Just(Happening::Answered),
        1 => Just(Happening::Dropped),
        1 => Just(Happening::NotAuthorized),
        1 => failures.prop_map(|(failure, ms)| Happening::KeyFails(failure, ms)),
        4 => (0..4_usize, any::<bool>()).prop_map(|(at, here)| Happening::Found(at, here)),
        4 => (0..3_usize, signals).prop_map(|(at, signal)| Happening::Signal(at, signal)),
        1 => Just(Happening::Resumed),
        1 => Just(Happening::RetryNow),
        1 => Just(Happening::TokenChanged),
        1 => Just(Happening::Reset),
        4 => (0.0..15_000.0).prop_map(Happening::Passes),
        1 => (0.0..130.0).prop_map(|minutes| Happening::Passes(minutes * MINUTE_MS)),
        1 => (-1e8..1e8).prop_map(Happening::ClockSet),
    ]
}

fn happen(page: &mut Page, happening: Happening, followed: &mut Vec<&'static str>) {
    match happening {
        Happening::Follows(visitors) => *followed = visitors,
        Happening::Answered => {
            page.answer();
        }
        Happening::Dropped => {
            page.scripts.clear();
            page.resolving.clear();
            page.fetching.clear();
            page.authorizing.clear();
            page.look_ups.clear();
        }
        Happening::NotAuthorized => {
            if let Some(id) = page.authorizing.pop() {
                page.with(|presence, tools| presence.authorized(id, false, tools));
            }
        }
        Happening::KeyFails(failure, retry_after_ms) => {
            if !page.fetching.is_empty() {
                page.replied(Err(failure), retry_after_ms);
            }
        }
        Happening::Found(at, is_here) => {
            if at < page.look_ups.len() {
                let (connection, look_up) = page.look_ups.remove(at);
                page.signal(connection, Signal::Found(look_up, is_here.then(cart)));
            }
        }
        Happening::Signal(at, signal) => {
            if let Some((connection, _)) = page.open.get(at).cloned() {
                page.signal(connection, signal);
            }
        }
        Happening::Resumed => {
            page.resume();
        }
        Happening::RetryNow => page.with(Presence::retry_now),
        Happening::TokenChanged => page.with(Presence::token_changed),
        Happening::Reset => page.with(Presence::reset),
        Happening::Passes(for_ms) => {
            page.pass(for_ms);
        }
        Happening::ClockSet(by_ms) => page.now.unix_ms += by_ms,
    }
    // As the desk does after every event.
    let visitors = followed.clone();
    page.follow(&visitors);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_happens_nothing_waits_without_a_deadline_and_no_connection_is_left_over(
        all in prop::collection::vec(happenings(), 0..80),
    ) {
        let mut page = Page::new();
        let mut followed = vec![];
        for happening in all {
            happen(&mut page, happening.clone(), &mut followed);
            let known = page.presence.connections();
            prop_assert_eq!(known.len(), followed.len());
            prop_assert!(page.open.len() <= followed.len());
            for (connection, visitor) in &page.open {
                prop_assert_eq!(page.presence.connection_id(visitor), Some(*connection));
            }
            let waits = known.iter().any(|connection| {
                matches!(connection.status, PresenceStatus::Checking | PresenceStatus::Unknown(_))
            });
            prop_assert!(!waits || page.deadline().is_some(), "{:?} after {:?}", page, happening);
        }
    }

    #[test]
    fn once_everything_works_again_every_visitor_is_known_within_an_hour(
        all in prop::collection::vec(happenings(), 0..80),
    ) {
        let mut page = Page::new();
        let mut followed = vec![];
        for happening in all {
            happen(&mut page, happening, &mut followed);
        }
        happen(&mut page, Happening::Follows(vec!["ada", "bob"]), &mut followed);
        page.settle().pass_answered(20.0 * MINUTE_MS);
        for visitor in followed {
            let status = page.status(visitor);
            let is_known = matches!(status, PresenceStatus::Online(_) | PresenceStatus::Offline);
            prop_assert!(is_known, "{:?}", status);
        }
    }

    #[test]
    fn a_login_key_service_that_stays_down_is_asked_twice_a_minute_at_most(
        random in 0.0..1.0,
    ) {
        let mut page = Page::new();
        page.now.random = random;
        page.follow(&["ada"]);
        page.answer();
        for _ in 0..3_600 {
            while let Some(request) = page.resolving.pop() {
                page.resolve(request);
            }
            if !page.fetching.is_empty() {
                page.replied(Err(LoginKeyFailure::Network), 0);
            }
            page.pass(SECOND_MS);
        }
        prop_assert!((59..=60 * 2 + 7).contains(&page.keys_asked), "{}", page.keys_asked);
    }

    #[test]
    fn a_connection_that_breaks_at_once_each_time_is_made_twice_a_minute_at_most(
        random in 0.0..1.0,
    ) {
        let mut page = Page::with_visitors(&["ada"]);
        page.now.random = random;
        for _ in 0..600 {
            if let Some((connection, _)) = page.open.first().cloned() {
                page.signal(connection, Signal::Failed);
            }
            page.pass(SECOND_MS);
        }
        prop_assert!((10..=10 * 2 + 7).contains(&page.connects), "{}", page.connects);
    }
}
