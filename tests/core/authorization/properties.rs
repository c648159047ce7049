//! What holds in whatever order things happen.

use flex_glance::core::{
    login_key::LoginKeyFailure,
    presence::{
        PresenceError,
        authorization::{Event, Request},
    },
};
use proptest::{prelude::*, sample::select};

use super::{MINUTE_MS, SECOND_MS, page::Page};

/// What happens around an authorization.
#[derive(Clone, Debug)]
enum Happening {
    Needed(bool),
    /// Whatever is asked for is answered, well or badly.
    Answered(bool),
    OldKey,
    Rejected,
    RetryNow,
    Resumed,
    TokenChanged,
    Passes(f64),
    /// The page's clock is set.
    ClockSet(f64),
    /// The machine sleeps: the monotonic clock stands still.
    Sleeps(f64),
}

fn happenings() -> impl Strategy<Value = Happening> {
    prop_oneof![
        3 => select(vec![true, true, false]).prop_map(Happening::Needed),
        9 => select(vec![true, true, false]).prop_map(Happening::Answered),
        1 => Just(Happening::OldKey),
        2 => Just(Happening::Rejected),
        1 => Just(Happening::RetryNow),
        1 => Just(Happening::Resumed),
        1 => Just(Happening::TokenChanged),
        3 => (0.0..30_000.0).prop_map(Happening::Passes),
        1 => (0.0..100.0).prop_map(|minutes| Happening::Passes(minutes * MINUTE_MS)),
        1 => (-500.0..500.0).prop_map(|minutes| Happening::ClockSet(minutes * MINUTE_MS)),
        1 => (0.0..500.0).prop_map(|minutes| Happening::Sleeps(minutes * MINUTE_MS)),
    ]
}

/// What the page waits for in the world.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Asked {
    #[default]
    Nothing,
    Script,
    Key,
    Authorization,
}

#[derive(Clone, Debug)]
struct World {
    page: Page,
    asked: Asked,
}

impl World {
    fn new() -> Self {
        Self { page: Page::new(), asked: Asked::Nothing }
    }

    fn happen(&mut self, happening: Happening) {
        let page = &mut self.page;
        match happening {
            Happening::Needed(true) => page.handle(Event::Needed),
            Happening::Needed(false) => page.handle(Event::NotNeeded),
            Happening::Answered(well) => match (std::mem::take(&mut self.asked), well) {
                (Asked::Nothing, _) => return,
                (Asked::Script, true) => page.loaded(),
                (Asked::Script, false) => page.not_loaded(PresenceError::Script),
                (Asked::Key, true) => page.key(),
                (Asked::Key, false) => page.no_key(LoginKeyFailure::Network),
                (Asked::Authorization, true) => page.authorized(),
                (Asked::Authorization, false) => page.not_authorized(),
            },
            Happening::OldKey if self.asked == Asked::Key => page.old_key(),
            Happening::Rejected if page.is_granted() => page.rejected(),
            Happening::OldKey | Happening::Rejected => return,
            Happening::RetryNow => page.handle(Event::RetryNow),
            Happening::Resumed => page.handle(Event::Resumed),
            Happening::TokenChanged => page.handle(Event::TokenChanged),
            Happening::Passes(for_ms) => page.pass(for_ms),
            Happening::ClockSet(by_ms) => {
                page.now.unix_ms += by_ms;
                page.handle(Event::Deadline)
            }
            Happening::Sleeps(for_ms) => {
                page.now.unix_ms += for_ms;
                page.handle(Event::Resumed);
                let mut requests = page.requests.clone();
                page.handle(Event::Deadline);
                requests.append(&mut page.requests);
                page.requests = requests;
                &mut *page
            }
        };
        for request in &page.requests {
            self.asked = match request {
                Request::LoadScript(_) => Asked::Script,
                Request::LoginKey => Asked::Key,
                Request::Authorize(..) => Asked::Authorization,
                Request::CancelLoginKey => Asked::Nothing,
                Request::InvalidateLoginKey => self.asked,
            };
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_happens_what_is_needed_is_there_or_tried_or_due(
        all in prop::collection::vec(happenings(), 0..60),
    ) {
        let mut world = World::new();
        let mut is_needed = false;
        for happening in all {
            if let Happening::Needed(now) = happening {
                is_needed = now;
            }
            world.happen(happening.clone());
            let authorization = &world.page.authorization;
            let is_alive = authorization.deadline().is_some() || world.asked == Asked::Key;
            prop_assert!(!is_needed || is_alive, "{authorization:?} after {happening:?}");
            prop_assert!(is_needed || !authorization.is_trying(), "{authorization:?}");
            prop_assert!(authorization.error().is_none() || authorization.id().is_none());
        }
    }

    #[test]
    fn once_everything_works_again_it_is_granted_in_ten_minutes(
        all in prop::collection::vec(happenings(), 0..60),
    ) {
        let mut world = World::new();
        for happening in all {
            world.happen(happening);
        }
        world.happen(Happening::Needed(true));
        for _ in 0..700 {
            world.happen(Happening::Answered(true));
            world.happen(Happening::Passes(SECOND_MS));
        }
        prop_assert!(world.page.is_granted(), "{:?}", world);
    }

    #[test]
    fn no_clock_that_is_set_turns_a_lapse_into_a_refusal(
        set_ms in -1e10..1e10,
        age_ms in 30_000.0..7e6,
    ) {
        let mut page = Page::granted();
        page.now.unix_ms += set_ms;
        page.jump(age_ms);
        page.rejected();
        prop_assert_eq!(page.error(), None);
        prop_assert_eq!(page.requests, [Request::LoginKey]);
    }
}
