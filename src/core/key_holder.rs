//! The agent's login key, as a state machine: asked for when it is wanted, and held for the next.
//!
//! One for each identity, which is group, Function and Partner UID together. Tasks and presence take
//! their key from it, and those that wait share one request. All of it stays in memory.
//!
//! A key is good until `MARGIN_MS` before its end, and held for that long. What Glance's viewer says to
//! it cannot be observed, since it stands on a page of Glance's; the Authorization Service's refusal
//! can, and then the key is forgotten.

use crate::core::{backoff, failure::Failure, login_key_api::Grant};

/// How long those who wait may have to, tries and pauses together, in milliseconds.
pub const PATIENCE_MS: u32 = 10_000;

/// A key that is this near to its end is not given any more, in milliseconds: the viewer has to load,
/// and the server's clock is known to some seconds only.
const MARGIN_MS: f64 = 60_000.0;

/// How often a failure that may pass is tried again while a task waits. Presence tries by itself, and
/// for longer.
const RETRIES: u32 = 2;

/// No try begins with less time than this left, in milliseconds.
const LEAST_MS: f64 = 1_000.0;

/// Which Flex token goes with a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TokenSource {
    /// The text of the `authtoken` prop, which may be older than the agent's Flex session.
    Literal,
    /// A function of the prop, or what Flex's Manager holds now.
    #[default]
    Current,
}

/// Who wants a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Waiter {
    Presence,
    /// The viewer of the task with this SID.
    Task(String),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Holder {
    held: Option<Grant>,
    /// Whom the next answer is for. A request is under way as long as there is somebody.
    waiting: Vec<Waiter>,
    token: TokenSource,
    /// How many tries have failed.
    failed: u32,
    /// Between two tries.
    pauses: bool,
    give_up_at_ms: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    Wanted(Waiter, TokenSource),
    /// Whoever it was does not wait any longer.
    Unwanted(Waiter),
    /// What came of `Send`, and how long the Function wants to be left alone, in milliseconds.
    Answered(Result<Grant, Failure>, u32),
    /// The time of `Send` or `Pause` is over.
    Alarm,
    /// The key that is held was refused.
    Refused,
}

/// What has to happen. Each ends the request and the alarm of the one before.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Ask the Function, with the token as it is now. Feed `Alarm` after `patience_ms`.
    Send {
        token: TokenSource,
        patience_ms: u32,
    },
    /// Feed `Alarm` after this many milliseconds.
    Pause(u32),
    Stop,
    Answer(Vec<Waiter>, Result<Grant, Failure>),
}

/// Takes the input, and says what has to be done. `now_ms` is Unix time, `jitter` from 0 up to 1.
pub fn step(holder: &mut Holder, input: Input, now_ms: f64, jitter: f64) -> Option<Command> {
    let is_asking = holder.is_asking();
    match input {
        Input::Wanted(waiter, token) => {
            holder.held.take_if(|grant| grant.ends_ms <= now_ms + MARGIN_MS);
            if let Some(grant) = &holder.held {
                return Some(Command::Answer(vec![waiter], Ok(grant.clone())));
            }
            if !holder.waiting.contains(&waiter) {
                holder.waiting.push(waiter);
            }
            if is_asking {
                return None;
            }
            (holder.token, holder.failed) = (token, 0);
            holder.give_up_at_ms = now_ms + f64::from(PATIENCE_MS);
            holder.send(now_ms)
        }
        Input::Unwanted(waiter) => {
            holder.waiting.retain(|known| *known != waiter);
            (is_asking && !holder.is_asking()).then_some(Command::Stop)
        }
        Input::Refused => {
            holder.held = None;
            None
        }
        _ if !is_asking => None,
        Input::Alarm if holder.pauses => holder.send(now_ms),
        Input::Alarm => holder.answer(Err(Failure::Timeout)),
        Input::Answered(Ok(grant), _) => {
            holder.held = Some(Grant { is_held: true, ..grant.clone() });
            holder.answer(Ok(grant))
        }
        Input::Answered(Err(failure), _)
            if failure.is_refusal() && holder.token == TokenSource::Literal =>
        {
            holder.token = TokenSource::Current;
            holder.send(now_ms)
        }
        Input::Answered(Err(failure), wait_ms) => {
            let delay_ms = wait_ms.saturating_add(backoff::delay_ms(holder.failed, jitter));
            let has_time = f64::from(delay_ms) + LEAST_MS <= holder.patience_ms(now_ms);
            let has_task = holder.waiting.iter().any(|waiter| *waiter != Waiter::Presence);
            if failure.may_pass() && has_time && has_task && holder.failed < RETRIES {
                holder.failed += 1;
                holder.pauses = true;
                Some(Command::Pause(delay_ms))
            } else {
                holder.answer(Err(failure))
            }
        }
    }
}

impl Holder {
    /// Whether somebody waits.
    pub fn is_asking(&self) -> bool {
        !self.waiting.is_empty()
    }

    fn send(&mut self, now_ms: f64) -> Option<Command> {
        self.pauses = false;
        let patience_ms = self.patience_ms(now_ms) as u32;
        Some(Command::Send { token: self.token, patience_ms })
    }

    /// What is left of the patience, whatever is done to the clock meanwhile.
    fn patience_ms(&self, now_ms: f64) -> f64 {
        (self.give_up_at_ms - now_ms).clamp(0.0, PATIENCE_MS.into())
    }

    fn answer(&mut self, outcome: Result<Grant, Failure>) -> Option<Command> {
        Some(Command::Answer(std::mem::take(&mut self.waiting), outcome))
    }
}
