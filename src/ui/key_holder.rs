//! The login keys of the page: whoever needs one takes it from here.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::callback::Timeout;

use crate::{
    core::{
        access,
        failure::Failure,
        key_holder::{Command, Holder, Input, Waiter, step},
        login_key_api::Grant,
        session, viewer,
    },
    effects::{chance, clock, key_request::KeyRequest},
    ui::{self, Setup, store},
};

/// The holder of one identity, and the effects that run for it.
struct Keeper {
    /// As the last who wanted a key had it.
    setup: Rc<Setup>,
    holder: Holder,
    request: Option<KeyRequest>,
    alarm: Option<Timeout>,
}

/// Who is to be told what.
type Answer = (Vec<Waiter>, Result<Grant, Failure>);

thread_local! {
    /// One as a rule: another identity takes the place of those that nobody waits for.
    static KEEPERS: RefCell<Vec<Keeper>> = RefCell::default();
}

/// Answers with a login key, at once if a good one is held.
pub(super) fn want(setup: &Rc<Setup>, waiter: Waiter) {
    KEEPERS.with_borrow_mut(|keepers| {
        keepers.retain(|keeper| keeper.is_of(setup) || keeper.holder.is_asking());
        match keepers.iter_mut().find(|keeper| keeper.is_of(setup)) {
            Some(keeper) => keeper.setup = setup.clone(),
            None => keepers.push(Keeper {
                setup: setup.clone(),
                holder: Holder::default(),
                request: None,
                alarm: None,
            }),
        }
    });
    feed(setup, Input::Wanted(waiter, setup.asker.token_source()));
}

/// Answers the waiter no more. The request goes on as long as somebody else waits.
pub(super) fn give_up(waiter: Waiter) {
    tell_all(&Input::Unwanted(waiter));
}

/// Forgets the login key that is held, since it was refused.
pub(super) fn refuse() {
    tell_all(&Input::Refused);
}

/// For inputs that nobody is answered to.
fn tell_all(input: &Input) {
    KEEPERS.with_borrow_mut(|keepers| {
        for keeper in keepers {
            keeper.step(input.clone());
        }
    });
}

fn feed(setup: &Setup, input: Input) {
    let answer = KEEPERS.with_borrow_mut(|keepers| {
        keepers.iter_mut().find(|keeper| keeper.is_of(setup))?.step(input)
    });
    let Some((waiting, outcome)) = answer else { return };
    for waiter in waiting {
        match (waiter, outcome.clone()) {
            (Waiter::Presence, outcome) => ui::access::feed(
                outcome.map_or_else(access::Input::KeyFailed, access::Input::KeyGranted),
            ),
            (Waiter::Task(task), outcome) => {
                let input =
                    outcome.map_or_else(viewer::Input::KeyFailed, viewer::Input::KeyGranted);
                store::dispatch(&task, session::Input::Viewer(input));
            }
        }
    }
}

impl Keeper {
    fn is_of(&self, setup: &Setup) -> bool {
        self.setup.is_same_identity(setup)
    }

    /// Takes one step and does what it asks for, but for the answer.
    fn step(&mut self, input: Input) -> Option<Answer> {
        let command = step(&mut self.holder, input, clock::now_ms(), chance::draw())?;
        (self.request, self.alarm) = (None, None);
        let alarm_ms = match command {
            Command::Send { token, patience_ms } => {
                let of = self.setup.clone();
                let done = move |outcome, wait_ms| feed(&of, Input::Answered(outcome, wait_ms));
                self.request = KeyRequest::send(self.setup.asker.clone(), token, done);
                patience_ms
            }
            Command::Pause(delay_ms) => delay_ms,
            Command::Stop => return None,
            Command::Answer(waiting, outcome) => return Some((waiting, outcome)),
        };
        let of = self.setup.clone();
        self.alarm = Some(Timeout::new(alarm_ms, move || feed(&of, Input::Alarm)));
        None
    }
}
