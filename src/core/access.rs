//! The page's leave to use presence, as a state machine: script, login key, authorization.
//!
//! One for all visitors, since an authorization is "costly to issue" (Glance, "Authorization"): it
//! is asked for once and renewed shortly before it lapses, or when presence says that it has.

use crate::core::{backoff, failure::Failure, login_key_api::Grant, obstacle::Obstacle};

/// How long an authorization is asked for, in minutes: the longest that Glance documents.
pub const DURATION_MIN: u32 = 120;

/// It is renewed this long before it lapses, in milliseconds.
const MARGIN_MS: u32 = 5 * 60_000;

/// After being rejected, an authorization this young is not replaced: another one would be too.
const YOUNG_MS: f64 = 30_000.0;

#[derive(Clone, Debug, Default, PartialEq)]
pub enum State {
    /// Nobody needs presence.
    #[default]
    Closed,
    Loading,
    /// The login key is on its way, or asked for again at the alarm. `open`: the present
    /// authorization still holds.
    GettingKey {
        open: bool,
        attempt: u32,
    },
    /// `held`: with a key from before, which may be good no longer.
    Authorizing {
        open: bool,
        attempt: u32,
        held: bool,
    },
    Open {
        since_ms: f64,
    },
    /// It did not work. Tried again by itself if the obstacle may pass.
    Broken {
        obstacle: Obstacle,
        attempt: u32,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A visitor is to be watched.
    Wanted,
    /// No visitor is watched any more.
    Unwanted,
    ScriptLoaded,
    ScriptFailed(Obstacle),
    KeyGranted(Grant),
    KeyFailed(Failure),
    Authorized,
    Refused,
    /// The alarm that was set goes off: time to renew, or to try again.
    Alarm,
    /// Presence says that the authorization is not, or no longer, good.
    Rejected,
    /// The agent wants it tried again.
    Retry,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    LoadScript,
    RequestKey,
    /// The login key that is held is not to be used again.
    RefuseKey,
    Authorize(Grant),
    /// Feed `Alarm` after this many milliseconds, instead of any alarm set before.
    SetAlarm(u32),
    StopAlarm,
}

impl State {
    /// Whether visitors can be watched now.
    pub fn is_open(&self) -> bool {
        match self {
            Self::Open { .. } => true,
            Self::GettingKey { open, .. } | Self::Authorizing { open, .. } => *open,
            Self::Closed | Self::Loading | Self::Broken { .. } => false,
        }
    }

    pub fn obstacle(&self) -> Option<&Obstacle> {
        match self {
            Self::Broken { obstacle, .. } => Some(obstacle),
            _ => None,
        }
    }
}

/// The next state, and what has to be done. `now_ms` is Unix time, `jitter` from 0 up to 1.
pub fn step(state: State, input: Input, now_ms: f64, jitter: f64) -> (State, Vec<Command>) {
    match (state, input) {
        (_, Input::Unwanted) => (State::Closed, vec![Command::StopAlarm]),
        (State::Closed, Input::Wanted) | (State::Broken { .. }, Input::Retry) => {
            (State::Loading, vec![Command::StopAlarm, Command::LoadScript])
        }
        (State::Loading, Input::ScriptLoaded) => get_key(false, 0),
        (State::Loading, Input::ScriptFailed(obstacle)) => broken(obstacle, 0, jitter),
        (State::GettingKey { open, attempt }, Input::KeyGranted(grant)) => {
            let held = grant.is_held;
            (State::Authorizing { open, attempt, held }, vec![Command::Authorize(grant)])
        }
        // A renewal is early: what it renews holds while it is tried again.
        (State::GettingKey { open: true, attempt }, Input::KeyFailed(failure))
            if Obstacle::Key(failure.clone()).may_pass() =>
        {
            let alarm = Command::SetAlarm(backoff::delay_ms(attempt, jitter));
            (State::GettingKey { open: true, attempt: attempt + 1 }, vec![alarm])
        }
        (state @ State::GettingKey { .. }, Input::Alarm) => (state, vec![Command::RequestKey]),
        (State::GettingKey { attempt, .. }, Input::KeyFailed(failure)) => {
            broken(Obstacle::Key(failure), attempt, jitter)
        }
        (State::Authorizing { .. }, Input::Authorized) => {
            let alarm_ms = DURATION_MIN * 60_000 - MARGIN_MS;
            (State::Open { since_ms: now_ms }, vec![Command::SetAlarm(alarm_ms)])
        }
        // Once: the key that comes now is new.
        (State::Authorizing { open, attempt, held: true }, Input::Refused) => {
            (State::GettingKey { open, attempt }, vec![Command::RefuseKey, Command::RequestKey])
        }
        (State::Authorizing { attempt, .. }, Input::Refused) => {
            broken(Obstacle::Refused, attempt, jitter)
        }
        (State::Open { .. }, Input::Alarm) => get_key(true, 0),
        (State::Open { since_ms }, Input::Rejected) if now_ms - since_ms < YOUNG_MS => {
            broken(Obstacle::Refused, 0, jitter)
        }
        (State::Open { .. }, Input::Rejected) => get_key(false, 0),
        (State::GettingKey { attempt, .. }, Input::Rejected) => {
            (State::GettingKey { open: false, attempt }, vec![])
        }
        (State::Authorizing { attempt, held, .. }, Input::Rejected) => {
            (State::Authorizing { open: false, attempt, held }, vec![])
        }
        (State::Broken { obstacle, attempt }, Input::Alarm) if obstacle.may_pass() => {
            get_key(false, attempt + 1)
        }
        (state, _) => (state, vec![]),
    }
}

fn get_key(open: bool, attempt: u32) -> (State, Vec<Command>) {
    (State::GettingKey { open, attempt }, vec![Command::RequestKey])
}

fn broken(obstacle: Obstacle, attempt: u32, jitter: f64) -> (State, Vec<Command>) {
    let command = match obstacle.may_pass() {
        true => Command::SetAlarm(backoff::delay_ms(attempt, jitter)),
        false => Command::StopAlarm,
    };
    (State::Broken { obstacle, attempt }, vec![command])
}
