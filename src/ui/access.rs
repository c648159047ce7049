//! The page's leave to use presence: its state, and the effects that run for it.
//!
//! One for all visitors. The watches are told when it opens and closes, and why.

use std::cell::RefCell;

use gloo_timers::callback::Timeout;

pub(super) use crate::core::access::Input;
use crate::{
    core::{
        access::{Command, State, step},
        failure::Failure,
        login_key_api::Grant,
        viewer::TokenSource,
        watch,
    },
    effects::{
        chance, clock,
        glance_script::{self, ScriptLoad},
        key_request::{Asker, KeyRequest},
        presence::{self, Authorization},
    },
    ui::watches,
};

/// A login key is not used any more when it is this near to its end, in milliseconds.
const KEY_MARGIN_MS: f64 = 60_000.0;

#[derive(Default)]
struct Gate {
    state: State,
    alarm: Option<Timeout>,
    script: Option<ScriptLoad>,
    request: Option<KeyRequest>,
    authorization: Option<Authorization>,
    /// The login key that was asked for last, and how.
    grant: Option<(Asker, Grant)>,
}

thread_local! {
    static GATE: RefCell<Gate> = RefCell::default();
}

/// Whether visitors can be watched now.
pub(super) fn is_open() -> bool {
    GATE.with_borrow(|gate| gate.state.is_open())
}

/// Closes, and forgets the login key: another group or another server is meant from now on.
pub(super) fn close() {
    feed(Input::Unwanted);
    GATE.with_borrow_mut(|gate| gate.grant = None);
}

/// A login key that presence has asked for already and that is still good.
pub(super) fn grant(asker: &Asker) -> Option<Grant> {
    GATE.with_borrow(|gate| {
        let (asked, grant) = gate.grant.as_ref()?;
        let ends_ms = grant.login_key.expires_at_s() as f64 * 1_000.0;
        let is_good = asked == asker && clock::now_ms() + KEY_MARGIN_MS < ends_ms;
        is_good.then(|| grant.clone())
    })
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
        Command::RequestKey => {
            let asker = context.setup.asker.clone();
            request_key(asker, context.setup.token_source());
        }
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
        Command::StopAlarm => GATE.with_borrow_mut(|gate| {
            gate.alarm = None;
            gate.request = None;
            gate.authorization = None;
        }),
    }
}

/// What a due alarm means: an authorization that nobody needs is not renewed.
fn alarm() -> Input {
    match watches::is_idle() {
        true => Input::Unwanted,
        false => Input::Alarm,
    }
}

/// Asks for a login key. A literal token that is refused is replaced once by Flex's own.
fn request_key(asker: Asker, source: TokenSource) {
    let done = {
        let asker = asker.clone();
        move |outcome: Result<Grant, Failure>| match outcome {
            Ok(grant) => {
                GATE.with_borrow_mut(|gate| {
                    gate.grant = Some((asker, grant.clone()));
                });
                feed(Input::KeyGranted(grant));
            }
            Err(failure) => match source {
                TokenSource::Literal if failure.is_refusal() => {
                    request_key(asker, TokenSource::Current);
                }
                _ => feed(Input::KeyFailed(failure)),
            },
        }
    };
    let request = KeyRequest::send(asker, source, done);
    GATE.with_borrow_mut(|gate| gate.request = request);
}
