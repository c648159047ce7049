//! How the page gets leave to use presence, keeps it and loses it.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{grant, refused};
use flex_glance::core::{
    access::{Command, DURATION_MIN, Input, State, step},
    failure::Failure,
    login_key_api::Grant,
    obstacle::Obstacle,
    strings::Strings,
};

const NOW: f64 = 1_750_000_000_000.0;
const MINUTE_MS: u32 = 60_000;

/// Takes the steps one after another at `NOW`, without jitter; the last state, and the last step's
/// commands.
fn walk(inputs: impl IntoIterator<Item = Input>) -> (State, Vec<Command>) {
    inputs.into_iter().fold((State::Closed, vec![]), |(state, _), input| go(state, input))
}

fn go(state: State, input: Input) -> (State, Vec<Command>) {
    step(state, input, NOW, 0.0)
}

const LOADED: [Input; 2] = [Input::Wanted, Input::ScriptLoaded];

fn opened() -> State {
    walk(LOADED.into_iter().chain([Input::KeyGranted(grant()), Input::Authorized])).0
}

/// One that is about to lapse, with the new key on its way.
fn renewing() -> State {
    go(opened(), Input::Alarm).0
}

/// A key that was there before it was wanted.
fn held() -> Input {
    Input::KeyGranted(Grant { is_held: true, ..grant() })
}

fn broken(failure: Failure) -> State {
    walk(LOADED.into_iter().chain([Input::KeyFailed(failure)])).0
}

#[test]
fn script_key_and_authorization_follow_each_other() {
    let (state, commands) = go(State::Closed, Input::Wanted);
    assert_eq!(commands, [Command::StopAlarm, Command::LoadScript]);
    let (state, commands) = go(state, Input::ScriptLoaded);
    assert_eq!(commands, [Command::RequestKey]);
    let (state, commands) = go(state, Input::KeyGranted(grant()));
    assert_eq!(commands, [Command::Authorize(grant())]);
    assert!(!state.is_open());
    let (state, _) = go(state, Input::Authorized);
    assert!(state.is_open());
}

#[test]
fn it_is_asked_for_once_however_many_visitors_want_it() {
    let mut state = State::Closed;
    for input in LOADED.into_iter().chain([Input::KeyGranted(grant()), Input::Authorized]) {
        let (next, _) = go(state, input);
        assert_eq!(go(next.clone(), Input::Wanted), (next.clone(), vec![]));
        state = next;
    }
}

#[test]
fn an_answer_that_comes_twice_or_for_nothing_changes_nothing() {
    for input in [
        Input::ScriptLoaded,
        Input::ScriptFailed(Obstacle::Script),
        Input::KeyGranted(grant()),
        Input::KeyFailed(Failure::Network),
        Input::Authorized,
        Input::Refused,
        Input::Retry,
    ] {
        for state in [State::Closed, opened()] {
            assert_eq!(go(state.clone(), input.clone()), (state, vec![]), "{input:?}");
        }
    }
    for input in [Input::Alarm, Input::Rejected] {
        assert_eq!(go(State::Closed, input), (State::Closed, vec![]));
    }
}

#[test]
fn it_is_asked_for_the_longest_time_and_renewed_five_minutes_before_that_is_over() {
    assert_eq!(DURATION_MIN, 120);
    let (_, commands) =
        walk(LOADED.into_iter().chain([Input::KeyGranted(grant()), Input::Authorized]));
    assert_eq!(commands, [Command::SetAlarm(115 * MINUTE_MS)]);
}

#[test]
fn visitors_stay_connected_while_it_is_renewed() {
    let mut state = opened();
    for input in [Input::Alarm, Input::KeyGranted(grant()), Input::Authorized] {
        state = go(state, input).0;
        assert!(state.is_open(), "{state:?}");
    }
}

#[test]
fn a_renewal_that_fails_for_a_moment_is_tried_again_while_visitors_stay_connected() {
    let mut state = renewing();
    for wait_ms in [1_000, 2_000, 4_000, 8_000] {
        let (failed, commands) = go(state, Input::KeyFailed(Failure::Network));
        assert!(failed.is_open() && failed.obstacle().is_none());
        assert_eq!(commands, [Command::SetAlarm(wait_ms)]);
        let (again, commands) = go(failed, Input::Alarm);
        assert_eq!(commands, [Command::RequestKey]);
        state = again;
    }
    assert!(go(state, Input::KeyGranted(grant())).0.is_open());
}

#[test]
fn a_renewal_that_is_refused_closes_it() {
    let (state, commands) = go(renewing(), Input::KeyFailed(refused()));
    assert_eq!(state.obstacle(), Some(&Obstacle::Key(refused())));
    assert_eq!((state.is_open(), commands), (false, vec![Command::StopAlarm]));

    let (authorizing, _) = go(renewing(), Input::KeyGranted(grant()));
    let (state, commands) = go(authorizing, Input::Refused);
    assert_eq!(state.obstacle(), Some(&Obstacle::Refused));
    assert_eq!((state.is_open(), commands), (false, vec![Command::StopAlarm]));
}

#[test]
fn a_held_key_that_is_refused_is_replaced_once_and_a_new_one_is_not() {
    let (state, commands) = walk(LOADED.into_iter().chain([held(), Input::Refused]));
    assert_eq!(commands, [Command::RefuseKey, Command::RequestKey]);
    let (state, commands) = go(state, Input::KeyGranted(grant()));
    assert_eq!(commands, [Command::Authorize(grant())]);
    assert!(go(state.clone(), Input::Authorized).0.is_open());
    let (state, commands) = go(state, Input::Refused);
    assert_eq!(state.obstacle(), Some(&Obstacle::Refused));
    assert_eq!(commands, [Command::StopAlarm]);
}

#[test]
fn visitors_stay_connected_while_a_refused_key_is_replaced() {
    let mut state = renewing();
    for input in [held(), Input::Refused, Input::KeyGranted(grant()), Input::Authorized] {
        state = go(state, input).0;
        assert!(state.is_open(), "{state:?}");
    }
}

#[test]
fn a_rejection_closes_it_and_asks_for_another() {
    let late = NOW + 30_000.0;
    let (state, commands) = step(opened(), Input::Rejected, late, 0.0);
    assert_eq!((state.is_open(), commands), (false, vec![Command::RequestKey]));
}

#[test]
fn a_rejection_during_the_renewal_closes_what_was_rejected_and_asks_for_nothing_more() {
    let (authorizing, _) = go(renewing(), Input::KeyGranted(grant()));
    for state in [renewing(), authorizing] {
        let (rejected, commands) = go(state, Input::Rejected);
        assert_eq!((rejected.is_open(), commands), (false, vec![]));
    }
}

#[test]
fn a_new_authorization_that_is_rejected_at_once_is_not_asked_for_again_and_again() {
    let (state, commands) = step(opened(), Input::Rejected, NOW + 29_999.0, 0.0);
    assert_eq!(state.obstacle(), Some(&Obstacle::Refused));
    assert_eq!(commands, [Command::StopAlarm]);
    assert_eq!(go(state.clone(), Input::Alarm), (state, vec![]));
}

#[test]
fn a_failure_that_may_pass_is_tried_again_after_longer_and_longer() {
    let mut state = walk(LOADED).0;
    for wait_ms in [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000] {
        let (failed, commands) = go(state, Input::KeyFailed(Failure::Timeout));
        assert_eq!(commands, [Command::SetAlarm(wait_ms)]);
        assert_eq!(failed.obstacle(), Some(&Obstacle::Key(Failure::Timeout)));
        let (again, commands) = go(failed, Input::Alarm);
        assert_eq!(commands, [Command::RequestKey]);
        state = again;
    }
}

#[test]
fn success_makes_the_next_wait_short_again() {
    let mut state = broken(Failure::Network);
    for input in [
        Input::Alarm,
        Input::KeyFailed(Failure::Network),
        Input::Alarm,
        Input::KeyGranted(grant()),
        Input::Authorized,
    ] {
        state = go(state, input).0;
    }
    let (state, _) = step(state, Input::Rejected, NOW + 1e6, 0.0);
    let (_, commands) = go(state, Input::KeyFailed(Failure::Network));
    assert_eq!(commands, [Command::SetAlarm(1_000)]);
}

#[test]
fn only_what_may_pass_by_itself_is_tried_again_by_itself() {
    let fault = |status| Failure::Fault { status, message: None };
    for failure in [Failure::Network, Failure::Timeout, fault(429), fault(503), Failure::Restarted]
    {
        assert_eq!(go(broken(failure), Input::Alarm).1, [Command::RequestKey]);
    }
    for failure in [
        refused(),
        fault(500),
        fault(404),
        Failure::Unreadable,
        Failure::MalformedKey,
        Failure::KeyLifetime,
        Failure::NoToken,
        Failure::NoPartnerUserId,
    ] {
        let state = broken(failure);
        assert_eq!(go(state.clone(), Input::Alarm), (state, vec![]));
    }
    for obstacle in [Obstacle::Script, Obstacle::Api] {
        let (state, commands) = walk([Input::Wanted, Input::ScriptFailed(obstacle)]);
        assert_eq!(commands, [Command::StopAlarm]);
        assert_eq!(go(state.clone(), Input::Alarm), (state, vec![]));
    }
}

#[test]
fn the_agent_can_try_any_failure_again_from_the_script_on() {
    let (scriptless, _) = walk([Input::Wanted, Input::ScriptFailed(Obstacle::Script)]);
    for state in [scriptless, broken(refused()), broken(Failure::Network)] {
        let (state, commands) = go(state, Input::Retry);
        assert_eq!(state, State::Loading);
        assert_eq!(commands, [Command::StopAlarm, Command::LoadScript]);
    }
}

#[test]
fn nothing_runs_on_when_no_visitor_is_watched_any_more() {
    let (authorizing, _) = go(renewing(), Input::KeyGranted(grant()));
    for state in [State::Loading, opened(), renewing(), authorizing, broken(Failure::Network)] {
        let unwanted = go(state, Input::Unwanted);
        assert_eq!(unwanted, (State::Closed, vec![Command::StopAlarm]));
    }
}

#[test]
fn every_obstacle_is_described_differently_in_either_language() {
    let obstacles = [
        Obstacle::Script,
        Obstacle::Api,
        Obstacle::Key(Failure::Network),
        Obstacle::Refused,
        Obstacle::Connection,
    ];
    let mut described: Vec<String> = ["en", "es"]
        .map(Strings::new)
        .iter()
        .flat_map(|strings| obstacles.iter().map(|obstacle| obstacle.describe(strings)))
        .collect();
    described.sort();
    described.dedup();
    assert_eq!(described.len(), 2 * obstacles.len());
}

#[test]
fn the_log_shows_no_key() {
    let (state, commands) = walk(LOADED.into_iter().chain([Input::KeyGranted(grant())]));
    let shown = format!("{state:?} {commands:?} {:?}", Input::KeyGranted(grant()));
    assert!(!shown.contains("1589912963") && !shown.contains("EXdpEY02"), "{shown}");
}
