//! Access to presence and the watches over visitors together, over any sequence of events.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{grant, refused};
use flex_glance::core::{
    access,
    failure::Failure,
    login_key_api::Grant,
    obstacle::Obstacle,
    watch::{self, Watch},
    whereabouts::{Page, Whereabouts},
};
use proptest::{prelude::*, sample::select};

const MINUTE_MS: f64 = 60_000.0;

/// How many visitors there can be.
const VISITORS: usize = 3;

/// What happens on the page, at Glance and on the visitors' side.
#[derive(Clone, Debug)]
enum Event {
    /// A task with this visitor is accepted, or ends.
    Watched(usize, bool),
    /// What is asked of a service under way is answered, well or badly.
    Answer(Answer),
    Arrives(usize),
    /// The visitor goes to another page.
    Moves(usize, u8),
    Leaves(usize),
    /// A look-up is answered.
    LookedUp(usize),
    ConnectionBreaks(usize),
    /// Glance takes the authorization no longer.
    Revoked,
    Retry,
    /// Time passes, in milliseconds.
    Passes(f64),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Answer {
    Well,
    /// Well, and the login key is one from before.
    Held,
    /// As a network or server does that is down for a while.
    Down,
    /// As a service does that knows better.
    No,
}

/// Glance's script, the login-key Function and the Authorization Service, as far as asked.
#[derive(Debug, Default)]
struct Services {
    script: bool,
    key: bool,
    authorization: bool,
    /// Until when the last authorization is good.
    good_until_ms: f64,
    /// When authorizations were asked for.
    asked_at_ms: Vec<f64>,
    keys_asked: usize,
    scripts_asked: usize,
}

/// One visitor, and the agent's connection about them.
#[derive(Debug, Default)]
struct Visitor {
    page: Option<Page>,
    watch: Watch,
    is_watched: bool,
    is_connected: bool,
    look_ups: u32,
    alarm_ms: Option<f64>,
    /// What this connection last told: a page or nobody.
    told: Option<Option<Page>>,
    connections: usize,
}

#[derive(Debug, Default)]
struct World {
    now_ms: f64,
    jitter: f64,
    access: access::State,
    alarm_ms: Option<f64>,
    services: Services,
    visitors: [Visitor; VISITORS],
    /// Whether all that is asked is answered at once, and how.
    answers: Option<Answer>,
}

impl World {
    fn new(jitter: f64) -> Self {
        Self { now_ms: 1_750_000_000_000.0, jitter, ..Self::default() }
    }

    /// With access open and the first visitor watched.
    fn open(jitter: f64) -> Self {
        let mut world = Self::new(jitter);
        world.happen(Event::Watched(0, true));
        (0..3).for_each(|_| world.happen(Event::Answer(Answer::Well)));
        world
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Watched(index, is_watched) => self.watch(index, is_watched),
            Event::Answer(answer) => self.answer(answer),
            Event::Arrives(index) => {
                if self.visitors[index].page.is_none() {
                    self.visitors[index].page = Some(page(0));
                    self.tell(index, watch::Input::Connected(true));
                }
            }
            Event::Moves(index, to) => {
                if self.visitors[index].page.is_some() {
                    self.visitors[index].page = Some(page(to));
                    self.tell(index, watch::Input::Moved(page(to)));
                }
            }
            Event::Leaves(index) => {
                if self.visitors[index].page.take().is_some() {
                    self.tell(index, watch::Input::Connected(false));
                }
            }
            Event::LookedUp(index) => self.look_up(index),
            Event::ConnectionBreaks(index) => self.tell(index, watch::Input::Broken),
            Event::Revoked => self.services.good_until_ms = self.now_ms,
            Event::Retry => self.feed_access(access::Input::Retry),
            Event::Passes(for_ms) => self.pass(for_ms),
        }
        self.reject();
        if let Some(answer) = self.answers {
            self.answer_all(answer);
        }
    }

    fn watch(&mut self, index: usize, is_watched: bool) {
        if self.visitors[index].is_watched == is_watched {
            return;
        }
        let page = self.visitors[index].page.take();
        self.visitors[index] = Visitor { page, is_watched, ..Visitor::default() };
        if self.visitors.iter().all(|visitor| !visitor.is_watched) {
            self.feed_access(access::Input::Unwanted);
        } else if !self.access.is_open() {
            self.feed_access(access::Input::Wanted);
        } else if is_watched {
            self.feed(index, watch::Input::Opened);
        }
    }

    /// Answers what is asked of one service.
    fn answer(&mut self, answer: Answer) {
        let services = &mut self.services;
        if std::mem::take(&mut services.script) {
            self.feed_access(match answer {
                Answer::Well | Answer::Held => access::Input::ScriptLoaded,
                Answer::Down | Answer::No => access::Input::ScriptFailed(Obstacle::Script),
            });
        } else if std::mem::take(&mut services.key) {
            self.feed_access(match answer {
                Answer::Well => access::Input::KeyGranted(grant()),
                Answer::Held => access::Input::KeyGranted(Grant { is_held: true, ..grant() }),
                Answer::Down => access::Input::KeyFailed(Failure::Network),
                Answer::No => access::Input::KeyFailed(refused()),
            });
        } else if std::mem::take(&mut services.authorization) {
            if matches!(answer, Answer::Well | Answer::Held) {
                services.good_until_ms = self.now_ms + f64::from(access::DURATION_MIN) * MINUTE_MS;
                self.feed_access(access::Input::Authorized);
            } else {
                self.feed_access(access::Input::Refused);
            }
        }
    }

    fn answer_all(&mut self, answer: Answer) {
        while self.is_asked() {
            self.answer(answer);
        }
        for index in 0..VISITORS {
            while answer == Answer::Well && self.visitors[index].look_ups > 0 {
                self.look_up(index);
            }
        }
    }

    fn is_asked(&self) -> bool {
        self.services.script || self.services.key || self.services.authorization
    }

    fn look_up(&mut self, index: usize) {
        let visitor = &mut self.visitors[index];
        if visitor.look_ups > 0 {
            visitor.look_ups -= 1;
            let found = watch::Input::Found(visitor.page.clone());
            self.tell(index, found);
        }
    }

    /// The service takes connections with a good authorization alone.
    fn reject(&mut self) {
        let is_used = self.visitors.iter().any(|visitor| visitor.is_connected);
        if is_used && self.now_ms >= self.services.good_until_ms {
            self.feed_access(access::Input::Rejected);
        }
    }

    /// Lets time pass, from one alarm to the next.
    fn pass(&mut self, for_ms: f64) {
        let until_ms = self.now_ms + for_ms;
        while let Some(due_ms) = self.next_alarm_ms().filter(|due_ms| *due_ms <= until_ms) {
            self.now_ms = due_ms;
            if self.alarm_ms == Some(due_ms) {
                self.alarm_ms = None;
                self.feed_access(access::Input::Alarm);
            }
            for index in 0..VISITORS {
                if self.visitors[index].alarm_ms == Some(due_ms) {
                    self.visitors[index].alarm_ms = None;
                    self.feed(index, watch::Input::Alarm);
                }
            }
            self.reject();
            if let Some(answer) = self.answers {
                self.answer_all(answer);
            }
        }
        self.now_ms = until_ms;
    }

    fn next_alarm_ms(&self) -> Option<f64> {
        let alarms = self.visitors.iter().map(|visitor| visitor.alarm_ms);
        alarms.chain([self.alarm_ms]).flatten().min_by(f64::total_cmp)
    }

    /// A connection tells something, if there is one.
    fn tell(&mut self, index: usize, input: watch::Input) {
        let visitor = &mut self.visitors[index];
        if !visitor.is_connected {
            return;
        }
        let known = visitor.told.clone().flatten();
        match &input {
            watch::Input::Found(page) => visitor.told = Some(page.clone()),
            watch::Input::Moved(page) => visitor.told = Some(Some(page.clone())),
            watch::Input::Connected(true) => visitor.told = Some(Some(known.unwrap_or_default())),
            watch::Input::Connected(false) => visitor.told = Some(None),
            _ => {}
        }
        self.feed(index, input);
    }

    fn feed_access(&mut self, input: access::Input) {
        let was_open = self.access.is_open();
        let before = std::mem::take(&mut self.access);
        let (state, commands) = access::step(before, input, self.now_ms, self.jitter);
        self.access = state;
        let is_open = self.access.is_open();
        if was_open && !is_open {
            self.feed_all(&watch::Input::Closed(None));
        }
        commands.into_iter().for_each(|command| self.run_access(command));
        if !was_open && is_open {
            self.feed_all(&watch::Input::Opened);
        }
        if let Some(obstacle) = self.access.obstacle().cloned() {
            self.feed_all(&watch::Input::Closed(Some(obstacle)));
        }
    }

    fn run_access(&mut self, command: access::Command) {
        let services = &mut self.services;
        match command {
            access::Command::LoadScript => {
                services.script = true;
                services.scripts_asked += 1;
            }
            access::Command::RequestKey => {
                services.key = true;
                services.keys_asked += 1;
            }
            access::Command::RefuseKey => {}
            access::Command::Authorize(_) => {
                services.authorization = true;
                services.asked_at_ms.push(self.now_ms);
            }
            access::Command::SetAlarm(after_ms) => {
                self.alarm_ms = Some(self.now_ms + f64::from(after_ms));
            }
            access::Command::StopAlarm => {
                self.alarm_ms = None;
                services.key = false;
                services.authorization = false;
            }
        }
    }

    fn feed_all(&mut self, input: &watch::Input) {
        for index in 0..VISITORS {
            if self.visitors[index].is_watched {
                self.feed(index, input.clone());
            }
        }
    }

    fn feed(&mut self, index: usize, input: watch::Input) {
        let visitor = &mut self.visitors[index];
        let before = std::mem::take(&mut visitor.watch);
        let (watch, commands) = watch::step(before, input, self.jitter);
        visitor.watch = watch;
        for command in commands {
            match command {
                watch::Command::Connect => {
                    visitor.is_connected = true;
                    visitor.connections += 1;
                    (visitor.look_ups, visitor.told) = (1, None);
                }
                watch::Command::Disconnect => {
                    visitor.is_connected = false;
                    (visitor.look_ups, visitor.told) = (0, None);
                }
                watch::Command::LookUp => visitor.look_ups += 1,
                watch::Command::SetAlarm(after_ms) => {
                    visitor.alarm_ms = Some(self.now_ms + f64::from(after_ms));
                }
            }
        }
    }

    /// Everything works again, and all that is under way comes to its end.
    fn settle(&mut self) {
        self.answers = Some(Answer::Well);
        // The first wait is over a minute, so that a new authorization is not too young.
        for _ in 0..3 {
            self.happen(Event::Passes(2.0 * MINUTE_MS));
            if self.access.obstacle().is_some() {
                self.happen(Event::Retry);
            }
        }
    }

    /// What is connected against what access and the watches say.
    fn check(&self) -> Result<(), TestCaseError> {
        for visitor in &self.visitors {
            let may_connect = visitor.is_watched && self.access.is_open();
            prop_assert!(may_connect || !visitor.is_connected, "connection: {:?}", self);
            let whereabouts = &visitor.watch.whereabouts;
            let is_leaving = visitor.alarm_ms.is_some();
            let is_right = match (&visitor.told, whereabouts) {
                (None, Whereabouts::Checking | Whereabouts::Unknown(_)) => true,
                (Some(Some(told)), Whereabouts::Here(page)) => told == page,
                (Some(None), Whereabouts::Away) => true,
                (Some(None), Whereabouts::Here(_)) => is_leaving,
                _ => false,
            };
            prop_assert!(is_right, "whereabouts: {:?}", self);
        }
        Ok(())
    }

    /// Every watch against where its visitor really is.
    fn check_all_is_known(&self) -> Result<(), TestCaseError> {
        for visitor in self.visitors.iter().filter(|visitor| visitor.is_watched) {
            let expected = visitor.page.clone().map_or(Whereabouts::Away, Whereabouts::Here);
            prop_assert_eq!(&visitor.watch.whereabouts, &expected, "{:?}", self);
            prop_assert!(visitor.is_connected);
        }
        Ok(())
    }
}

fn page(number: u8) -> Page {
    Page::new(Some(&format!("https://shop.example/{number}")), Some("Firefox"))
}

fn visitors() -> impl Strategy<Value = usize> {
    0..VISITORS
}

/// What visitors and agents do while nothing goes wrong.
fn benign() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => (1..VISITORS, any::<bool>()).prop_map(|(index, on)| Event::Watched(index, on)),
        2 => visitors().prop_map(Event::Arrives),
        2 => (visitors(), any::<u8>()).prop_map(|(index, to)| Event::Moves(index, to)),
        2 => visitors().prop_map(Event::Leaves),
        2 => visitors().prop_map(Event::ConnectionBreaks),
        1 => Just(Event::Retry),
        3 => (0.0..100.0).prop_map(|minutes| Event::Passes(minutes * MINUTE_MS)),
    ]
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let answers = select(vec![Answer::Well, Answer::Well, Answer::Held, Answer::Down, Answer::No]);
    let event = prop_oneof![
        6 => benign(),
        1 => Just(Event::Watched(0, false)),
        2 => Just(Event::Watched(0, true)),
        6 => answers.prop_map(Event::Answer),
        3 => visitors().prop_map(Event::LookedUp),
        2 => (0.0..10_000.0).prop_map(Event::Passes),
        1 => Just(Event::Revoked),
    ];
    prop::collection::vec(event, 0..60)
}

/// How lucky the waits are.
fn jitters() -> impl Strategy<Value = f64> {
    0.0..1.0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_watch_says_what_the_world_last_told_and_connects_only_while_it_may(
        jitter in jitters(),
        events in events(),
    ) {
        let mut world = World::open(jitter);
        for event in events {
            world.happen(event);
            world.check()?;
        }
    }

    #[test]
    fn once_everything_works_again_every_watch_says_where_its_visitor_is(
        jitter in jitters(),
        events in events(),
    ) {
        let mut world = World::open(jitter);
        events.into_iter().for_each(|event| world.happen(event));
        world.settle();
        world.check_all_is_known()?;
        for change in [Event::Leaves, Event::Arrives] {
            (0..VISITORS).for_each(|index| world.happen(change(index)));
            world.happen(Event::Passes(MINUTE_MS));
            world.check_all_is_known()?;
        }
    }

    #[test]
    fn when_no_visitor_is_watched_any_more_nothing_is_left_open_or_under_way(
        jitter in jitters(),
        events in events(),
    ) {
        let mut world = World::new(jitter);
        events.into_iter().for_each(|event| world.happen(event));
        (0..VISITORS).for_each(|index| world.happen(Event::Watched(index, false)));
        prop_assert_eq!(&world.access, &access::State::Closed);
        prop_assert!(world.visitors.iter().all(|visitor| !visitor.is_connected));
        prop_assert_eq!(world.next_alarm_ms(), None);
        prop_assert!(!world.services.key && !world.services.authorization, "{:?}", world);

        let (keys, asked) = (world.services.keys_asked, world.services.asked_at_ms.len());
        world.happen(Event::Answer(Answer::Well));
        world.happen(Event::Passes(1_000.0 * MINUTE_MS));
        prop_assert_eq!((world.services.keys_asked, world.services.asked_at_ms.len()), (keys, asked));
    }

    #[test]
    fn while_nothing_goes_wrong_one_authorization_is_asked_for_in_its_lifetime(
        jitter in jitters(),
        events in prop::collection::vec(benign(), 0..60),
    ) {
        let mut world = World::new(jitter);
        world.answers = Some(Answer::Well);
        world.happen(Event::Watched(0, true));
        for event in events {
            world.happen(event);
            prop_assert!(world.access.is_open());
        }
        let services = &world.services;
        for pair in services.asked_at_ms.windows(2) {
            prop_assert_eq!(pair[1] - pair[0], 115.0 * MINUTE_MS);
        }
        prop_assert_eq!(services.keys_asked, services.asked_at_ms.len());
        prop_assert_eq!(services.scripts_asked, 1);
    }

    #[test]
    fn a_connection_is_made_once_and_only_a_break_makes_another(
        jitter in jitters(),
        events in prop::collection::vec(benign(), 0..60),
    ) {
        let mut world = World::new(jitter);
        world.answers = Some(Answer::Well);
        world.happen(Event::Watched(0, true));
        let mut breaks = 0;
        for event in events {
            let is_break = matches!(event, Event::ConnectionBreaks(0));
            breaks += usize::from(is_break && world.visitors[0].is_connected);
            world.happen(event);
            let made = world.visitors[0].connections;
            prop_assert!(made == breaks + 1 || made == breaks, "{} of {}", made, breaks);
        }
    }

    #[test]
    fn a_login_key_service_that_stays_down_is_asked_twice_a_minute_at_most(
        jitter in jitters(),
        is_renewal in any::<bool>(),
    ) {
        let mut world = World::new(jitter);
        world.happen(Event::Watched(0, true));
        let answered = if is_renewal { 3 } else { 1 };
        (0..answered).for_each(|_| world.happen(Event::Answer(Answer::Well)));
        world.answers = Some(Answer::Down);
        world.happen(Event::Passes(115.0 * MINUTE_MS));
        let before = world.services.keys_asked;
        world.happen(Event::Passes(60.0 * MINUTE_MS));
        let asked = world.services.keys_asked - before;
        prop_assert!((59..=60 * 2 + 7).contains(&asked), "{} times an hour", asked);
        prop_assert_eq!(world.access.obstacle(), Some(&Obstacle::Key(Failure::Network)));
    }

    #[test]
    fn a_connection_that_breaks_at_once_each_time_is_made_twice_a_minute_at_most(
        jitter in jitters(),
    ) {
        let mut world = World::open(jitter);
        for _ in 0..600 {
            world.happen(Event::ConnectionBreaks(0));
            world.happen(Event::Passes(1_000.0));
        }
        let made = world.visitors[0].connections;
        prop_assert!((10..=10 * 2 + 7).contains(&made), "{} times in ten minutes", made);
    }

    #[test]
    fn an_authorization_that_is_rejected_at_once_each_time_is_asked_for_once(
        jitter in jitters(),
    ) {
        let mut world = World::new(jitter);
        world.answers = Some(Answer::Well);
        world.happen(Event::Watched(0, true));
        world.happen(Event::Revoked);
        world.happen(Event::Passes(1_000.0 * MINUTE_MS));
        prop_assert_eq!(world.services.asked_at_ms.len(), 1);
        prop_assert_eq!(world.access.obstacle(), Some(&Obstacle::Refused));
    }
}
