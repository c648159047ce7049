//! The page's leave to use presence: its state, and the effects that run for it.
//!
//! One for all visitors. The watches are told when it opens and closes, and why.

use std::cell::RefCell;

use gloo_timers::callback::Timeout;

pub(super) use crate::core::access::Input;
use crate::{
    core::{
        access::{Command, State, step},
        key_holder::Waiter,
        watch,
    },
    effects::{
        chance, clock,
        glance_script::{self, ScriptLoad},
        presence::{self, Authorization},
    },
    ui::{key_holder, watches},
};

#[derive(Default)]
struct Gate {
    state: State,
    alarm: Option<Timeout>,
    script: Option<ScriptLoad>,
    authorization: Option<Authorization>,
}

thread_local! {
    static GATE: RefCell<Gate> = RefCell::default();
}

/// Whether visitors can be watched now.
pub(super) fn is_open() -> bool {
    GATE.with_borrow(|gate| gate.state.is_open())
}

/// Takes one step, does what it asks for, and tells the watches.
pub(super) fn feed(input: Input) {
    let (was_open, commands) = GATE.with_borrow_mut(|gate| {
        let before = std::mem::take(&mut gate.state);
        let was_open = before.is_open();
        let (state, commands) = step(before, input, clock::now_ms(), chance::draw());
        gate.state = state;
        (was_open, commands)
    });
    if was_open && !is_open() {
        watches::feed_all(&watch::Input::Closed(None));
    }
    commands.into_iter().for_each(run);
    if !was_open && is_open() {
        watches::feed_all(&watch::Input::Opened);
    }
    let obstacle = GATE.with_borrow(|gate| gate.state.obstacle().cloned());
    if obstacle.is_some() {
        watches::feed_all(&watch::Input::Closed(obstacle));
    }
}

fn run(command: Command) {
    let Some(context) = watches::context() else { return };
    let config = &context.setup.config;
    match command {
        Command::LoadScript => {
            let script = glance_script::load(&config.cdn, config.group_id, |outcome| {
                feed(match outcome {
                    Ok(()) => Input::ScriptLoaded,
                    Err(obstacle) => Input::ScriptFailed(obstacle),
                });
            });
            GATE.with_borrow_mut(|gate| gate.script = script);
        }
        Command::RequestKey => key_holder::want(&context.setup, Waiter::Presence),
        Command::RefuseKey => key_holder::refuse(),
        Command::Authorize(grant) => {
            let done = |is_granted| {
                feed(match is_granted {
                    true => Input::Authorized,
                    false => Input::Refused,
                });
            };
            let server = &config.authorization;
            let authorization = presence::authorize(server, config.group_id, &grant, done);
            let is_asked = authorization.is_some();
            GATE.with_borrow_mut(|gate| gate.authorization = authorization);
            if !is_asked {
                feed(Input::Refused);
            }
        }
        Command::SetAlarm(delay_ms) => {
            let alarm = Timeout::new(delay_ms, || feed(alarm()));
            GATE.with_borrow_mut(|gate| gate.alarm = Some(alarm));
        }
        Command::StopAlarm => {
            GATE.with_borrow_mut(|gate| {
                gate.alarm = None;
                gate.authorization = None;
            });
            key_holder::give_up(Waiter::Presence);
        }
    }
}

/// What a due alarm means: an authorization that nobody needs is not renewed.
fn alarm() -> Input {
    match watches::is_idle() {
        true => Input::Unwanted,
        false => Input::Alarm,
    }
}
