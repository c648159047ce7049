//! Presence as a whole: one authorization for the page, one connection for each visitor.

use std::rc::Rc;

use crate::common::settings::{settings, settings_with};
use crate::common::{credentials_of, refused, session_key};
use flex_glance::core::{
    ids::{AuthorizationId, ConnectionId, Ids, LookUpId, RequestId, ScriptId},
    login_key::{
        LoginKeyFailure,
        cache::{self, LoginKeyCache, Waiter},
    },
    presence::{Effect, Presence, PresenceError, PresenceStatus, Signal, Tools, VisitorPage},
    session_key::SessionKey,
    settings::Settings,
    time::{Now, earliest},
};
use proptest::{prelude::*, sample::select};

const SECOND_MS: f64 = 1_000.0;
const MINUTE_MS: f64 = 60_000.0;

/// Presence with the login-key cache, its clocks, and what was asked for and is not answered.
#[derive(Debug)]
struct Page {
    presence: Presence,
    keys: LoginKeyCache,
    ids: Ids,
    now: Now,
    scripts: Vec<ScriptId>,
    resolving: Vec<RequestId>,
    fetching: Vec<RequestId>,
    authorizing: Vec<AuthorizationId>,
    /// Open connections, each with its visitor.
    open: Vec<(ConnectionId, SessionKey)>,
    look_ups: Vec<(ConnectionId, LookUpId)>,
    /// How much was asked for in all.
    keys_asked: usize,
    authorizations_asked: usize,
    connects: usize,
    looks: usize,
}

impl Page {
    fn new() -> Self {
        let mut page = Self {
            presence: Presence::default(),
            keys: LoginKeyCache::default(),
            ids: Ids::default(),
            now: Now { random: 0.0, ..crate::common::NOW },
            scripts: vec![],
            resolving: vec![],
            fetching: vec![],
            authorizing: vec![],
            open: vec![],
            look_ups: vec![],
            keys_asked: 0,
            authorizations_asked: 0,
            connects: 0,
            looks: 0,
        };
        page.configure(Some(settings()));
        page
    }

    /// Authorized, with each of these visitors found on the site.
    fn with_visitors(visitors: &[&str]) -> Self {
        let mut page = Self::new();
        page.follow(visitors).settle();
        page
    }

    fn with<T>(&mut self, work: impl FnOnce(&mut Presence, &mut Tools) -> T) -> T {
        let (mut effects, mut key_effects) = (vec![], vec![]);
        let mut tools = Tools {
            now: self.now,
            ids: &mut self.ids,
            effects: &mut effects,
            keys: &mut self.keys,
            key_effects: &mut key_effects,
        };
        let done = work(&mut self.presence, &mut tools);
        effects.into_iter().for_each(|effect| self.run(effect));
        key_effects.into_iter().for_each(|effect| self.run_login_key(effect));
        done
    }

    fn run(&mut self, effect: Effect) {
        match effect {
            Effect::LoadScript { script, .. } => self.scripts.push(script),
            Effect::Authorize { authorization, .. } => {
                self.authorizing.push(authorization);
                self.authorizations_asked += 1;
            }
            Effect::Connect { connection, visitor, .. } => {
                assert!(
                    self.open.iter().all(|(_, known)| *known != visitor),
                    "two connections to {visitor:?}"
                );
                self.open.push((connection, visitor));
                self.connects += 1;
            }
            Effect::Disconnect(connection) => {
                let before = self.open.len();
                self.open.retain(|(known, _)| *known != connection);
                assert_eq!(self.open.len() + 1, before, "{connection:?} was not open");
                self.look_ups.retain(|(known, _)| *known != connection);
            }
            Effect::LookUp { connection, look_up } => {
                assert!(self.open.iter().any(|(known, _)| *known == connection));
                self.look_ups.push((connection, look_up));
                self.looks += 1;
            }
            Effect::Invite { .. } => panic!("nobody was invited"),
        }
    }

    fn run_login_key(&mut self, effect: cache::Effect) {
        match effect {
            cache::Effect::ResolvePartnerUserId { request, .. } => self.resolving.push(request),
            cache::Effect::RequestLoginKey { request, .. } => {
                self.fetching.push(request);
                self.keys_asked += 1;
            }
            cache::Effect::CancelRequest(request) => {
                self.fetching.retain(|known| *known != request);
            }
        }
    }

    fn configure(&mut self, settings: Option<Rc<Settings>>) -> &mut Self {
        self.with(|presence, tools| presence.configure(settings, tools));
        self
    }

    fn follow(&mut self, visitors: &[&str]) -> &mut Self {
        let visitors = visitors.iter().copied().map(session_key).collect();
        self.with(|presence, tools| presence.follow(visitors, tools));
        self
    }

    /// Answers the script, key or authorization that is asked for, well. Whether one was.
    fn answer(&mut self) -> bool {
        if !self.scripts.is_empty() {
            let script = self.scripts.remove(0);
            self.with(|presence, tools| presence.script(script, Ok(()), tools));
        } else if !self.resolving.is_empty() {
            let request = self.resolving.remove(0);
            self.resolve(request);
        } else if !self.fetching.is_empty() {
            self.key();
        } else if !self.authorizing.is_empty() {
            let id = self.authorizing.remove(0);
            self.with(|presence, tools| presence.authorized(id, true, tools));
        } else {
            return false;
        }
        true
    }

    fn resolve(&mut self, request: RequestId) {
        let now = self.now;
        let answers = self.with(|_, tools| {
            let outcome = Ok("alice".to_owned());
            tools.keys.partner_user_id_resolved(
                request,
                outcome.map(Into::into),
                now,
                tools.key_effects,
            )
        });
        for answer in answers {
            self.with(|presence, tools| {
                presence.login_key(answer.outcome, answer.retry_after_ms, tools);
            });
        }
    }

    fn key(&mut self) -> &mut Self {
        let since = self.now.moment();
        self.replied(Ok(credentials_of("alice", since)), 0)
    }

    fn replied(
        &mut self,
        outcome: Result<flex_glance::core::login_key::Credentials, LoginKeyFailure>,
        retry_after_ms: u32,
    ) -> &mut Self {
        let (request, now) = (self.fetching.remove(0), self.now);
        let answers = self.with(|_, tools| {
            tools.keys.replied(request, outcome, retry_after_ms, now, tools.key_effects)
        });
        for answer in answers {
            assert_eq!(answer.waiter, Waiter::Presence);
            self.with(|presence, tools| {
                presence.login_key(answer.outcome, answer.retry_after_ms, tools);
            });
        }
        self
    }

    /// Answers all that is asked for, well.
    fn settle(&mut self) -> &mut Self {
        while self.answer() {}
        while !self.look_ups.is_empty() {
            let (connection, look_up) = self.look_ups.remove(0);
            self.signal(connection, Signal::Found(look_up, Some(cart())));
        }
        self
    }

    fn signal(&mut self, connection: ConnectionId, signal: Signal) -> &mut Self {
        self.with(|presence, tools| presence.signal(connection, &signal, tools));
        self
    }

    fn resume(&mut self) -> &mut Self {
        self.with(Presence::resumed);
        self
    }

    fn deadline(&self) -> Option<f64> {
        earliest(self.presence.deadline(), self.keys.deadline())
    }

    /// Lets time pass by both clocks, and gives word of each deadline.
    fn pass(&mut self, for_ms: f64) -> &mut Self {
        let until_ms = self.now.mono_ms + for_ms;
        while let Some(due_ms) = self.deadline().filter(|due_ms| *due_ms <= until_ms) {
            self.set_mono(due_ms.max(self.now.mono_ms));
            let now = self.now;
            let answers = self.with(|_, tools| tools.keys.on_deadline(now, tools.key_effects));
            for answer in answers {
                self.with(|presence, tools| presence.login_key(answer.outcome, 0, tools));
            }
            self.with(Presence::on_deadline);
            let next_ms = self.deadline();
            assert!(next_ms.is_none_or(|next_ms| next_ms > self.now.mono_ms), "{self:?}");
        }
        self.set_mono(until_ms);
        self
    }

    /// Lets time pass as `pass` does, with every request answered well.
    fn pass_answered(&mut self, for_ms: f64) -> &mut Self {
        let until_ms = self.now.mono_ms + for_ms;
        while let Some(due_ms) = self.deadline().filter(|due_ms| *due_ms <= until_ms) {
            let left_ms = (due_ms - self.now.mono_ms).max(0.0);
            self.pass(left_ms).settle();
        }
        self.pass(until_ms - self.now.mono_ms)
    }

    fn set_mono(&mut self, mono_ms: f64) {
        self.now.unix_ms += mono_ms - self.now.mono_ms;
        self.now.mono_ms = mono_ms;
    }

    fn status(&self, visitor: &str) -> PresenceStatus {
        self.presence.status(&session_key(visitor)).unwrap().clone()
    }

    fn connection(&self, visitor: &str) -> ConnectionId {
        self.presence.connection_id(&session_key(visitor)).unwrap()
    }

    fn authorization(&self) -> Option<AuthorizationId> {
        self.presence.authorization().id()
    }

    fn error(&self) -> Option<&PresenceError> {
        self.presence.authorization().error()
    }
}

fn cart() -> VisitorPage {
    VisitorPage::new(Some("https://shop.example/cart"), Some("Firefox"))
}

fn online() -> PresenceStatus {
    PresenceStatus::Online(cart())
}

#[test]
fn all_visitors_share_one_authorization_and_each_has_one_connection() {
    let mut page = Page::with_visitors(&["ada", "bob"]);
    assert_eq!((page.status("ada"), page.status("bob")), (online(), online()));
    assert_eq!((page.keys_asked, page.authorizations_asked, page.connects), (1, 1, 2));
    page.follow(&["ada", "bob", "cleo"]).settle();
    assert_eq!((page.status("cleo"), page.authorizations_asked, page.connects), (online(), 1, 3));
    page.follow(&["ada", "bob", "cleo"]);
    assert_eq!((page.authorizations_asked, page.connects), (1, 3));
}

#[test]
fn a_visitor_of_two_tasks_is_followed_once() {
    let mut page = Page::new();
    page.follow(&["ada", "ada"]).settle();
    assert_eq!((page.connects, page.presence.connections().len()), (1, 1));
}

#[test]
fn a_visitor_who_is_followed_no_longer_is_disconnected_and_the_others_are_not() {
    let mut page = Page::with_visitors(&["ada", "bob"]);
    let ada = page.connection("ada");
    page.follow(&["bob"]);
    assert!(page.presence.status(&session_key("ada")).is_none());
    assert_eq!((page.open.len(), page.status("bob")), (1, online()));
    // What its connection still says changes nothing.
    page.signal(ada, Signal::VisitorConnected(true)).signal(ada, Signal::Unauthorized);
    assert_eq!((page.presence.visitor(ada), page.open.len()), (None, 1));
}

#[test]
fn nothing_is_asked_for_while_presence_is_off_or_nobody_is_followed() {
    let mut page = Page::new();
    page.configure(None).follow(&["ada"]);
    assert!(page.scripts.is_empty() && page.presence.connections().is_empty());
    page.configure(Some(settings())).follow(&[]);
    assert!(page.scripts.is_empty() && page.deadline().is_none());

    let mut page = Page::with_visitors(&["ada", "bob"]);
    page.configure(None);
    assert_eq!((page.open.len(), page.authorization(), page.deadline()), (0, None, None));
}

#[test]
fn the_next_visitor_is_served_by_the_authorization_of_the_last() {
    let mut page = Page::with_visitors(&["ada"]);
    page.follow(&[]).pass(MINUTE_MS).follow(&["bob"]).settle();
    assert_eq!((page.status("bob"), page.authorizations_asked), (online(), 1));
}

#[test]
fn props_that_mean_the_same_presence_change_nothing_and_others_start_it_afresh() {
    let mut page = Page::with_visitors(&["ada"]);
    let language = settings_with(|settings| {
        settings.id = flex_glance::core::ids::SettingsId(2);
        settings.config.debug = true;
    });
    page.configure(Some(language)).follow(&["ada"]);
    assert_eq!((page.status("ada"), page.connects), (online(), 1));

    let changes: [fn(&mut Settings); 4] = [
        |settings| settings.config.cdn.push_str("-too"),
        |settings| settings.config.authorization.push_str("-too"),
        |settings| settings.config.presence_server = None,
        |settings| settings.config.auth_url.push_str("-too"),
    ];
    for change in changes {
        let mut page = Page::with_visitors(&["ada"]);
        page.configure(Some(settings_with(change)));
        assert_eq!((page.open.len(), page.authorization()), (0, None));
        page.follow(&["ada"]).settle();
        assert_eq!((page.status("ada"), page.authorizations_asked), (online(), 2));
    }
}

#[test]
fn visitors_stay_connected_through_every_renewal() {
    let mut page = Page::with_visitors(&["ada", "bob"]);
    page.pass_answered(10.0 * 115.0 * MINUTE_MS);
    assert_eq!((page.authorizations_asked, page.connects), (11, 2));
    assert_eq!(page.status("ada"), online());
}

#[test]
fn a_rejection_of_an_old_connection_reconnects_that_one_alone() {
    let mut page = Page::with_visitors(&["ada", "bob"]);
    page.pass_answered(115.0 * MINUTE_MS);
    assert_eq!(page.authorizations_asked, 2);
    let (ada, bob, authorization) =
        (page.connection("ada"), page.connection("bob"), page.authorization());
    page.pass(SECOND_MS).signal(ada, Signal::Unauthorized);
    assert_ne!(page.connection("ada"), ada);
    assert_eq!((page.connection("bob"), page.authorization()), (bob, authorization));
    assert_eq!((page.authorizations_asked, page.connects, page.error()), (2, 3, None));
    page.settle();
    assert_eq!(page.status("ada"), online());
    // The other's comes later.
    page.pass(SECOND_MS).signal(bob, Signal::Unauthorized).settle();
    assert_eq!((page.authorization(), page.connects), (authorization, 4));

    // One that was made with the present authorization is another matter.
    let ada = page.connection("ada");
    page.signal(ada, Signal::Unauthorized);
    assert_eq!(page.error(), Some(&PresenceError::Refused));
}

#[test]
fn a_rejection_of_the_present_authorization_has_another_asked_for_and_all_connected_anew() {
    let mut page = Page::with_visitors(&["ada", "bob"]);
    page.pass(30.0 * SECOND_MS);
    let ada = page.connection("ada");
    page.signal(ada, Signal::Unauthorized);
    assert_eq!((page.open.len(), page.authorization()), (0, None));
    assert_eq!(page.status("bob"), PresenceStatus::Checking);
    page.settle();
    assert_eq!((page.status("ada"), page.status("bob")), (online(), online()));
    // With the key that was there: the key is good.
    assert_eq!((page.authorizations_asked, page.keys_asked), (2, 1));
}

#[test]
fn an_authorization_that_is_rejected_at_once_each_time_is_asked_for_less_and_less_often() {
    let mut page = Page::new();
    page.follow(&["ada"]);
    let mut asked_at_ms = vec![];
    let until_ms = page.now.mono_ms + 60.0 * MINUTE_MS;
    while page.now.mono_ms < until_ms {
        let before = page.authorizations_asked;
        while page.answer() {}
        if page.authorizations_asked > before {
            asked_at_ms.push(page.now.mono_ms);
        }
        if let Some((connection, _)) = page.open.first().cloned() {
            page.signal(connection, Signal::Unauthorized);
            assert_eq!(page.status("ada"), PresenceStatus::Unknown(PresenceError::Refused));
        }
        page.pass(SECOND_MS);
    }
    let waits: Vec<_> = asked_at_ms.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]), "{waits:?}");
    assert!((8..=12).contains(&asked_at_ms.len()), "{}", asked_at_ms.len());
}

#[test]
fn why_presence_cannot_tell_is_said_of_every_visitor_and_what_holds_is_kept() {
    let mut page = Page::new();
    page.follow(&["ada", "bob"]);
    let script = page.scripts.remove(0);
    page.with(|presence, tools| presence.script(script, Err(PresenceError::Script), tools));
    for visitor in ["ada", "bob"] {
        assert_eq!(page.status(visitor), PresenceStatus::Unknown(PresenceError::Script));
    }
    page.with(Presence::retry_now);
    page.settle();
    assert_eq!(page.status("ada"), online());

    // A renewal that is refused takes nothing away.
    page.pass(115.0 * MINUTE_MS);
    let request = page.resolving.remove(0);
    page.resolve(request);
    page.replied(Err(refused()), 0);
    assert_eq!((page.status("ada"), page.status("bob")), (online(), online()));
    page.with(Presence::token_changed);
    page.settle();
    assert_eq!((page.authorizations_asked, page.connects), (2, 2));
}

#[test]
fn a_function_that_wants_to_be_left_alone_is_left_alone_by_presence() {
    let mut page = Page::new();
    page.follow(&["ada"]);
    while page.fetching.is_empty() {
        page.answer();
    }
    let busy = LoginKeyFailure::Fault { status: 503, message: None };
    page.replied(Err(busy), 20_000);
    // Not even by coming back to the page, nor by the agent.
    page.resume().with(Presence::retry_now);
    for _ in 0..20 {
        let answered = |page: &mut Page| {
            if page.fetching.is_empty() {
                page.answer();
            }
        };
        (0..3).for_each(|_| answered(&mut page));
        assert_eq!(page.keys_asked, 1);
        page.pass(999.0);
    }
    page.pass_answered(2.0 * MINUTE_MS);
    assert_eq!(page.status("ada"), online());
}

#[test]
fn after_a_sleep_every_visitor_is_looked_up_once_spread_over_some_seconds() {
    let names: Vec<String> = (0..10).map(|number| format!("visitor{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut page = Page::with_visitors(&names);
    page.now.random = 0.3;
    let before = page.looks;
    page.resume().resume();
    let mut at_once = 0;
    for _ in 0..10 {
        let looks = page.looks;
        page.pass(500.0);
        at_once = at_once.max(page.looks - looks);
        page.settle();
    }
    assert_eq!(page.looks - before, 10);
    assert!(at_once <= 3, "{at_once} within half a second");
    page.resume().pass_answered(30.0 * SECOND_MS);
    assert_eq!(page.looks - before, 10);
    page.pass(30.0 * SECOND_MS).resume().pass_answered(10.0 * SECOND_MS);
    assert_eq!(page.looks - before, 20);
}

#[test]
fn a_lapse_in_a_sleep_is_no_refusal_and_all_are_connected_again() {
    // The page's clock ran on, or was set back as well; the monotonic clock stood still or ran on.
    for (unix_ms, mono_ms) in [(480.0, 0.0), (480.0, 480.0), (-300.0, 480.0)] {
        let mut page = Page::with_visitors(&["ada", "bob"]);
        page.now.unix_ms += unix_ms * MINUTE_MS;
        page.now.mono_ms += mono_ms * MINUTE_MS;
        let ada = page.connection("ada");
        page.signal(ada, Signal::Unauthorized);
        assert_eq!(page.error(), None);
        page.settle();
        assert_eq!((page.status("ada"), page.status("bob")), (online(), online()));
    }
}

#[test]
fn a_silent_connection_is_made_anew_by_the_authorization_that_holds_by_then() {
    let mut page = Page::with_visitors(&["ada"]);
    let ada = page.connection("ada");
    page.signal(ada, Signal::Failed);
    assert_eq!(page.status("ada"), PresenceStatus::Unknown(PresenceError::Connection));
    page.pass(SECOND_MS);
    assert_eq!((page.connects, page.open.len()), (2, 1));
    page.pass(10.0 * SECOND_MS);
    assert_eq!(page.open.len(), 0);
    page.pass_answered(MINUTE_MS);
    assert_eq!(page.status("ada"), online());
}

#[test]
fn each_word_of_glance_has_its_own_name_in_the_log_and_shows_no_page() {
    let signals = [
        Signal::Found(LookUpId(1), Some(cart())),
        Signal::Found(LookUpId(1), None),
        Signal::VisitorConnected(true),
        Signal::VisitorConnected(false),
        Signal::VisitorMoved(cart()),
        Signal::Accepted,
        Signal::Declined,
        Signal::Started,
        Signal::Ended,
        Signal::Unauthorized,
        Signal::Failed,
    ];
    let mut names: Vec<_> = signals.iter().map(Signal::name).collect();
    assert!(names.iter().all(|name| !name.contains("cart")));
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), signals.len());
}

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
