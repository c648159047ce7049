//! When a login key is asked for, for whom, and how long it is held.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{grant, refused};
use flex_glance::core::{
    failure::Failure,
    key_holder::{Command, Holder, Input, PATIENCE_MS, TokenSource, Waiter, step},
    login_key_api::Grant,
};
use proptest::{prelude::*, sample::select};

const NOW: f64 = 1_750_000_000_000.0;
const HOUR_MS: f64 = 3_600_000.0;

fn task(sid: &str) -> Waiter {
    Waiter::Task(sid.to_owned())
}

fn wanted(waiter: Waiter) -> Input {
    Input::Wanted(waiter, TokenSource::Current)
}

/// A key that runs out in an hour.
fn good() -> Grant {
    Grant { ends_ms: NOW + HOUR_MS, ..grant() }
}

/// The same, as the next who wants it gets it.
fn held() -> Grant {
    Grant { is_held: true, ..good() }
}

fn granted() -> Input {
    Input::Answered(Ok(good()), 0)
}

fn failed(failure: Failure) -> Input {
    Input::Answered(Err(failure), 0)
}

fn fault(status: u16) -> Failure {
    Failure::Fault { status, message: None }
}

fn send(token: TokenSource, patience_ms: u32) -> Option<Command> {
    Some(Command::Send { token, patience_ms })
}

fn answer(waiting: &[Waiter], outcome: Result<Grant, Failure>) -> Option<Command> {
    Some(Command::Answer(waiting.to_vec(), outcome))
}

/// Takes the steps at `NOW`, without jitter; the holder, and the last step's command.
fn walk(inputs: impl IntoIterator<Item = Input>) -> (Holder, Option<Command>) {
    let mut holder = Holder::default();
    let commands = inputs.into_iter().map(|input| step(&mut holder, input, NOW, 0.0));
    let last = commands.last().flatten();
    (holder, last)
}

#[test]
fn the_first_who_wants_a_key_has_it_asked_for() {
    let (holder, command) = walk([wanted(task("a"))]);
    assert_eq!(command, send(TokenSource::Current, PATIENCE_MS));
    assert!(holder.is_asking());
    assert_eq!(walk([wanted(task("a")), granted()]).1, answer(&[task("a")], Ok(good())));
}

#[test]
fn the_next_has_the_same_key_at_once_without_a_request() {
    for next in [task("a"), task("b"), Waiter::Presence] {
        let (holder, command) = walk([wanted(task("a")), granted(), wanted(next.clone())]);
        assert_eq!(command, answer(&[next], Ok(held())));
        assert!(!holder.is_asking());
    }
}

#[test]
fn all_who_want_it_meanwhile_share_one_request_and_its_outcome() {
    let all = [task("a"), Waiter::Presence, task("b")];
    for outcome in [Ok(good()), Err(refused())] {
        let (mut holder, command) = walk(all.clone().map(wanted));
        assert_eq!(command, None);
        let answered = step(&mut holder, Input::Answered(outcome.clone(), 0), NOW, 0.0);
        assert_eq!(answered, answer(&all, outcome));
    }
    let (_, command) = walk([wanted(task("a")), wanted(task("a")), granted()]);
    assert_eq!(command, answer(&[task("a")], Ok(good())));
}

#[test]
fn who_gives_up_gets_no_answer_and_the_request_ends_with_the_last() {
    let both = [wanted(task("a")), wanted(task("b")), Input::Unwanted(task("a"))];
    let (mut holder, command) = walk(both);
    assert_eq!(command, None);
    assert_eq!(step(&mut holder.clone(), granted(), NOW, 0.0), answer(&[task("b")], Ok(good())));
    assert_eq!(step(&mut holder, Input::Unwanted(task("b")), NOW, 0.0), Some(Command::Stop));
    assert_eq!(step(&mut holder, Input::Unwanted(task("b")), NOW, 0.0), None);
    assert_eq!(step(&mut holder, granted(), NOW, 0.0), None);
}

#[test]
fn a_key_is_held_until_a_minute_before_its_end() {
    for (before_end_ms, is_held) in [(60_001.0, true), (60_000.0, false), (-1.0, false)] {
        let (mut holder, _) = walk([wanted(task("a")), granted()]);
        let later = NOW + HOUR_MS - before_end_ms;
        let command = step(&mut holder, wanted(task("b")), later, 0.0);
        let expected = match is_held {
            true => answer(&[task("b")], Ok(held())),
            false => send(TokenSource::Current, PATIENCE_MS),
        };
        assert_eq!(command, expected, "{before_end_ms}");
    }
}

#[test]
fn a_key_too_short_lived_to_be_held_is_used_once() {
    let brief = Grant { ends_ms: NOW + 30_000.0, ..grant() };
    let (mut holder, command) = walk([wanted(task("a")), Input::Answered(Ok(brief.clone()), 0)]);
    assert_eq!(command, answer(&[task("a")], Ok(brief)));
    assert!(matches!(step(&mut holder, wanted(task("b")), NOW, 0.0), Some(Command::Send { .. })));
}

#[test]
fn a_refused_key_is_not_given_again() {
    let (_, command) = walk([wanted(task("a")), granted(), Input::Refused, wanted(task("b"))]);
    assert_eq!(command, send(TokenSource::Current, PATIENCE_MS));
}

#[test]
fn a_refused_literal_token_is_replaced_once_and_tried_first_the_next_time() {
    let literal = Input::Wanted(task("a"), TokenSource::Literal);
    let (mut holder, command) = walk([literal.clone(), failed(refused())]);
    assert_eq!(command, send(TokenSource::Current, PATIENCE_MS));
    assert_eq!(
        step(&mut holder, failed(refused()), NOW, 0.0),
        answer(&[task("a")], Err(refused()))
    );
    assert_eq!(step(&mut holder, literal, NOW, 0.0), send(TokenSource::Literal, PATIENCE_MS));
}

#[test]
fn what_may_pass_is_tried_twice_more_after_longer_and_longer() {
    for failure in [Failure::Network, fault(429), fault(503)] {
        let (mut holder, _) = walk([wanted(task("a"))]);
        let mut now_ms = NOW;
        for wait_ms in [1_000, 2_000] {
            let command = step(&mut holder, failed(failure.clone()), now_ms, 0.0);
            assert_eq!(command, Some(Command::Pause(wait_ms)));
            now_ms += f64::from(wait_ms);
            let left_ms = PATIENCE_MS - (now_ms - NOW) as u32;
            let command = step(&mut holder, Input::Alarm, now_ms, 0.0);
            assert_eq!(command, send(TokenSource::Current, left_ms));
        }
        let command = step(&mut holder, failed(failure.clone()), now_ms, 0.0);
        assert_eq!(command, answer(&[task("a")], Err(failure)));
    }
}

#[test]
fn jitter_takes_away_up_to_half_of_a_wait() {
    let (mut holder, _) = walk([wanted(task("a"))]);
    assert_eq!(step(&mut holder, failed(Failure::Network), NOW, 0.5), Some(Command::Pause(750)));
}

#[test]
fn no_other_failure_is_tried_again() {
    for failure in [
        refused(),
        Failure::Refused { status: 401, message: None },
        fault(500),
        fault(404),
        fault(502),
        Failure::Unreadable,
        Failure::MalformedKey,
        Failure::KeyLifetime,
        Failure::NoToken,
        Failure::NoPartnerUserId,
    ] {
        let (_, command) = walk([wanted(task("a")), failed(failure.clone())]);
        assert_eq!(command, answer(&[task("a")], Err(failure)));
    }
}

#[test]
fn presence_alone_has_nothing_tried_again_since_it_tries_by_itself() {
    let (_, command) = walk([wanted(Waiter::Presence), failed(Failure::Network)]);
    assert_eq!(command, answer(&[Waiter::Presence], Err(Failure::Network)));
    let (_, command) =
        walk([wanted(Waiter::Presence), wanted(task("a")), failed(Failure::Network)]);
    assert_eq!(command, Some(Command::Pause(1_000)));
}

#[test]
fn the_function_is_left_alone_for_as_long_as_it_asks_if_the_agent_can_wait_that_long() {
    for (wait_ms, expected) in [
        (5_000, Some(Command::Pause(6_000))),
        (8_000, Some(Command::Pause(9_000))),
        (8_001, answer(&[task("a")], Err(fault(503)))),
        (u32::MAX, answer(&[task("a")], Err(fault(503)))),
    ] {
        let (mut holder, _) = walk([wanted(task("a"))]);
        let command = step(&mut holder, Input::Answered(Err(fault(503)), wait_ms), NOW, 0.0);
        assert_eq!(command, expected, "{wait_ms}");
    }
}

#[test]
fn a_silent_service_is_given_up() {
    let (_, command) = walk([wanted(task("a")), wanted(Waiter::Presence), Input::Alarm]);
    assert_eq!(command, answer(&[task("a"), Waiter::Presence], Err(Failure::Timeout)));
}

#[test]
fn a_clock_that_is_put_right_meanwhile_makes_nobody_wait_longer() {
    for jump_ms in [-HOUR_MS, HOUR_MS] {
        let (mut holder, _) = walk([wanted(task("a")), failed(Failure::Network)]);
        match step(&mut holder, Input::Alarm, NOW + jump_ms, 0.0) {
            Some(Command::Send { patience_ms, .. }) => assert!(patience_ms <= PATIENCE_MS),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn what_comes_when_nobody_waits_changes_nothing() {
    for inputs in [vec![], vec![wanted(task("a")), granted()]] {
        let (before, _) = walk(inputs);
        for input in [
            Input::Answered(Ok(grant()), 0),
            failed(Failure::Network),
            Input::Alarm,
            Input::Unwanted(task("b")),
        ] {
            let mut holder = before.clone();
            assert_eq!(step(&mut holder, input, NOW, 0.0), None);
            assert_eq!(holder, before);
        }
    }
}

#[test]
fn the_log_shows_no_key() {
    let (holder, command) = walk([wanted(task("a")), granted(), wanted(task("a"))]);
    let shown = format!("{holder:?} {command:?} {:?}", granted());
    assert!(!shown.contains("1589912963") && !shown.contains("EXdpEY02"), "{shown}");
}

/// What happens around a holder.
#[derive(Clone, Debug)]
enum Event {
    Wants(Waiter, TokenSource),
    GivesUp(Waiter),
    /// The request under way is answered, if there is one.
    Answer(Result<(), Failure>, u32),
    Refused,
    /// Time passes, in milliseconds.
    Passes(u32),
}

/// A page with one holder, its request and its alarm.
#[derive(Debug, Default)]
struct World {
    now_ms: f64,
    jitter: f64,
    holder: Holder,
    request: bool,
    alarm_ms: Option<f64>,
    /// Who waits, since when.
    waiting: Vec<(Waiter, f64)>,
    sent_at_ms: Vec<f64>,
}

impl World {
    fn happen(&mut self, event: Event) -> Result<(), TestCaseError> {
        match event {
            Event::Wants(waiter, token) => {
                if self.waiting.iter().all(|(known, _)| *known != waiter) {
                    self.waiting.push((waiter.clone(), self.now_ms));
                }
                self.feed(Input::Wanted(waiter, token))
            }
            Event::GivesUp(waiter) => {
                self.waiting.retain(|(known, _)| *known != waiter);
                self.feed(Input::Unwanted(waiter))
            }
            Event::Answer(outcome, wait_ms) if self.request => {
                let ends_ms = self.now_ms + HOUR_MS;
                let outcome = outcome.map(|()| Grant { ends_ms, ..grant() });
                self.request = false;
                self.feed(Input::Answered(outcome, wait_ms))
            }
            Event::Answer(..) => Ok(()),
            Event::Refused => self.feed(Input::Refused),
            Event::Passes(for_ms) => {
                let until_ms = self.now_ms + f64::from(for_ms);
                while let Some(due_ms) = self.alarm_ms.filter(|due_ms| *due_ms <= until_ms) {
                    (self.now_ms, self.alarm_ms) = (due_ms, None);
                    self.feed(Input::Alarm)?;
                }
                self.now_ms = until_ms;
                Ok(())
            }
        }
    }

    fn feed(&mut self, input: Input) -> Result<(), TestCaseError> {
        let Some(command) = step(&mut self.holder, input, self.now_ms, self.jitter) else {
            return self.check();
        };
        prop_assert!(!(self.request && matches!(command, Command::Send { .. })), "two at once");
        (self.request, self.alarm_ms) = (false, None);
        match command {
            Command::Send { patience_ms, .. } => {
                self.request = true;
                self.sent_at_ms.push(self.now_ms);
                self.alarm_ms = Some(self.now_ms + f64::from(patience_ms));
            }
            Command::Pause(delay_ms) => self.alarm_ms = Some(self.now_ms + f64::from(delay_ms)),
            Command::Stop => {}
            Command::Answer(waiters, outcome) => {
                for waiter in waiters {
                    let known = self.waiting.iter().position(|(known, _)| *known == waiter);
                    prop_assert!(known.is_some(), "{:?} is answered and does not wait", waiter);
                    self.waiting.remove(known.unwrap());
                }
                if let Ok(grant) = outcome {
                    prop_assert!(!grant.is_held || self.now_ms + 60_000.0 < grant.ends_ms);
                }
            }
        }
        self.check()
    }

    fn check(&self) -> Result<(), TestCaseError> {
        let is_waiting = !self.waiting.is_empty();
        prop_assert_eq!(self.holder.is_asking(), is_waiting, "{:?}", self);
        prop_assert_eq!(self.alarm_ms.is_some(), is_waiting, "{:?}", self);
        prop_assert!(is_waiting || !self.request, "{:?}", self);
        for (waiter, since_ms) in &self.waiting {
            let waited_ms = self.now_ms - since_ms;
            prop_assert!(waited_ms <= PATIENCE_MS.into(), "{waiter:?} waits for {waited_ms}");
        }
        Ok(())
    }
}

fn waiters() -> impl Strategy<Value = Waiter> {
    select(vec![Waiter::Presence, task("a"), task("b"), task("c")])
}

fn outcomes() -> impl Strategy<Value = Result<(), Failure>> {
    select(vec![
        Ok(()),
        Err(Failure::Network),
        Err(fault(503)),
        Err(fault(500)),
        Err(refused()),
        Err(Failure::MalformedKey),
    ])
}

fn events() -> impl Strategy<Value = Event> {
    let tokens = select(vec![TokenSource::Literal, TokenSource::Current]);
    let waits = select(vec![0, 0, 0, 1_000, 5_000, u32::MAX]);
    prop_oneof![
        4 => (waiters(), tokens).prop_map(|(waiter, token)| Event::Wants(waiter, token)),
        2 => waiters().prop_map(Event::GivesUp),
        5 => (outcomes(), waits).prop_map(|(outcome, wait_ms)| Event::Answer(outcome, wait_ms)),
        1 => Just(Event::Refused),
        3 => (0_u32..12_000).prop_map(Event::Passes),
        1 => (0_u32..7_200_000).prop_map(Event::Passes),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn one_request_at_a_time_and_nobody_waits_longer_than_the_patience(
        jitter in 0.0..1.0,
        events in prop::collection::vec(events(), 0..60),
    ) {
        let mut world = World { now_ms: NOW, jitter, ..World::default() };
        for event in events {
            world.happen(event)?;
        }
        world.happen(Event::Passes(PATIENCE_MS))?;
        prop_assert!(world.waiting.is_empty(), "{:?}", world);
    }

    #[test]
    fn as_long_as_a_key_is_good_nobody_has_another_asked_for(
        jitter in 0.0..1.0,
        wants in prop::collection::vec((waiters(), 0_u32..60_000), 1..50),
    ) {
        let mut world = World { now_ms: NOW, jitter, ..World::default() };
        for (waiter, pause_ms) in wants {
            world.happen(Event::Wants(waiter, TokenSource::Current))?;
            world.happen(Event::Answer(Ok(()), 0))?;
            prop_assert!(world.waiting.is_empty());
            world.happen(Event::Passes(pause_ms))?;
        }
        for pair in world.sent_at_ms.windows(2) {
            prop_assert!(pair[1] - pair[0] >= HOUR_MS - 60_000.0);
        }
    }

    #[test]
    fn a_service_that_stays_down_is_asked_three_times_a_click(
        jitter in 0.0..1.0,
        failure in select(vec![Failure::Network, fault(429), fault(503)]),
    ) {
        let mut world = World { now_ms: NOW, jitter, ..World::default() };
        world.happen(Event::Wants(task("a"), TokenSource::Current))?;
        while !world.waiting.is_empty() {
            world.happen(Event::Answer(Err(failure.clone()), 0))?;
            world.happen(Event::Passes(100))?;
        }
        prop_assert_eq!(world.sent_at_ms.len(), 3);
    }
}
