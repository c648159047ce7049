//! The login-key cache: asks for a key when somebody needs one, and keeps it for the next.
//!
//! A key belongs to one agent, who is known by Partner UID. So the Partner UID, which a function of the
//! plugin's may give, is resolved anew for everybody who needs a key, before a kept one is given. When
//! Flex says that another agent is logged in, `clear` forgets everything. All of it stays in memory.
//!
//! At most one request for the same issuer and Partner UID is under way; whoever needs the same key
//! waits for the same reply. Everybody waits `WAIT_TIMEOUT_MS` at the most, counted from their own
//! request. What Glance's viewer says to a key cannot be observed, since the viewer stands on a page
//! of Glance's; the refusal of the Authorization Service can, and then `invalidate` forgets the key.
//!
//! ```text
//! request ──▶ Resolving ──puid──▶ kept key? ──yes──▶ answer
//!                                     │ no
//!                                     ▼
//!                   ┌──────────▶ Fetching ──reply──▶ answer, keep
//!                   │ due             │ transient failure, time left
//!                   └──── Paused ◀────┘
//! ```

use std::rc::Rc;

use crate::core::{
    ids::{Ids, RequestId, SettingsId, TaskSid},
    login_key::{Credentials, LoginKeyFailure, PartnerUserId, TokenSource},
    retry::{Pace, Retry},
    settings::{Issuer, Settings},
    time::{Now, earliest},
};

/// How long anybody waits for a key, in milliseconds.
pub const WAIT_TIMEOUT_MS: f64 = 10_000.0;

/// How often a transient failure is tried again while a task waits. Presence tries by itself, and for
/// longer.
const MAX_RETRIES: u32 = 2;

/// No try begins with less time than this left, in milliseconds.
const MIN_TRY_MS: f64 = 1_000.0;

/// What has to happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Say which Partner UID the agent has now.
    ResolvePartnerUserId {
        request: RequestId,
        settings: SettingsId,
    },
    /// Ask the Function.
    RequestLoginKey {
        request: RequestId,
        settings: SettingsId,
        token: TokenSource,
        partner_user_id: PartnerUserId,
    },
    CancelRequest(RequestId),
}

/// Who needs a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Waiter {
    Presence,
    /// The viewer of this task.
    Task(TaskSid),
}

/// What a waiter is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub waiter: Waiter,
    pub outcome: Result<Credentials, LoginKeyFailure>,
    /// How long the Function asked to be left alone, in milliseconds.
    pub retry_after_ms: u32,
}

#[derive(Clone, Debug, Default)]
pub struct LoginKeyCache {
    kept: Vec<Kept>,
    resolving: Vec<Resolving>,
    fetches: Vec<Fetch>,
    /// Functions that asked to be left alone, or that failed in passing.
    troubled: Vec<(Issuer, Retry, LoginKeyFailure)>,
}

/// A key that may be given again.
#[derive(Clone, Debug)]
struct Kept {
    issuer: Issuer,
    /// The Partner UID that was asked for.
    asked_for: PartnerUserId,
    credentials: Credentials,
}

/// Somebody whose Partner UID is being resolved.
#[derive(Clone, Debug)]
struct Resolving {
    id: RequestId,
    waiter: Waiter,
    settings: Rc<Settings>,
    deadline_ms: f64,
}

/// A request to the Function, on its way or paused between two tries.
#[derive(Clone, Debug)]
struct Fetch {
    id: RequestId,
    settings: Rc<Settings>,
    asked_for: PartnerUserId,
    token: TokenSource,
    /// How the Function refused the text that was tried first.
    refusal: Option<LoginKeyFailure>,
    waiters: Vec<(Waiter, f64)>,
    is_paused: bool,
    retry: Retry,
}

impl LoginKeyCache {
    /// Somebody needs a key. They are answered later, through `answers` of another call.
    pub fn request(
        &mut self,
        waiter: Waiter,
        settings: &Rc<Settings>,
        now: Now,
        ids: &mut Ids,
        effects: &mut Vec<Effect>,
    ) {
        self.cancel(&waiter, effects);
        let id = ids.issue();
        self.resolving.push(Resolving {
            id,
            waiter,
            settings: settings.clone(),
            deadline_ms: now.after(WAIT_TIMEOUT_MS),
        });
        effects.push(Effect::ResolvePartnerUserId { request: id, settings: settings.id });
    }

    /// The waiter needs the key no longer. A request goes on as long as somebody else waits.
    pub fn cancel(&mut self, waiter: &Waiter, effects: &mut Vec<Effect>) {
        self.resolving.retain(|resolving| resolving.waiter != *waiter);
        for fetch in &mut self.fetches {
            fetch.waiters.retain(|(known, _)| known != waiter);
        }
        self.drop_unwanted(effects);
    }

    /// Says which Partner UID a request is for, or why there is none.
    pub fn partner_user_id_resolved(
        &mut self,
        request: RequestId,
        outcome: Result<PartnerUserId, LoginKeyFailure>,
        now: Now,
        effects: &mut Vec<Effect>,
    ) -> Vec<Answer> {
        let Some(at) = self.resolving.iter().position(|resolving| resolving.id == request) else {
            return vec![];
        };
        let Resolving { id, waiter, settings, deadline_ms } = self.resolving.remove(at);
        let asked_for = match outcome {
            Ok(asked_for) => asked_for,
            Err(failure) => return vec![Answer::failed(waiter, failure, 0)],
        };
        let issuer = settings.issuer();
        self.kept.retain(|kept| kept.credentials.validity.is_good(now));
        let same = |kept: &&Kept| kept.issuer == issuer && kept.asked_for == asked_for;
        if let Some(kept) = self.kept.iter().find(same) {
            let credentials = Credentials { from_cache: true, ..kept.credentials.clone() };
            return vec![Answer { waiter, outcome: Ok(credentials), retry_after_ms: 0 }];
        }
        if let Some(fetch) = self
            .fetches
            .iter_mut()
            .find(|fetch| fetch.settings.issuer() == issuer && fetch.asked_for == asked_for)
        {
            fetch.waiters.push((waiter, deadline_ms));
            return vec![];
        }
        let mut fetch = Fetch {
            id,
            token: settings.token,
            settings,
            asked_for,
            refusal: None,
            waiters: vec![(waiter, deadline_ms)],
            is_paused: false,
            retry: Retry::default(),
        };
        match self.trouble(&issuer, now) {
            // The Function asked to be left alone: not a try before that.
            Some((retry, failure)) if retry.deadline() + MIN_TRY_MS > deadline_ms => {
                let waiters = std::mem::take(&mut fetch.waiters);
                let left_ms = (retry.deadline() - now.mono_ms).max(0.0) as u32;
                return answer_all(waiters, &Err(failure), left_ms);
            }
            Some((retry, _)) => {
                fetch.is_paused = true;
                fetch.retry = retry.wait_only();
            }
            None => fetch.send(effects),
        }
        self.fetches.push(fetch);
        vec![]
    }

    /// The Function's reply, or why there is none.
    /// * `retry_after_ms`: how long it wants to be left alone.
    pub fn replied(
        &mut self,
        request: RequestId,
        outcome: Result<Credentials, LoginKeyFailure>,
        retry_after_ms: u32,
        now: Now,
        effects: &mut Vec<Effect>,
    ) -> Vec<Answer> {
        let Some(at) =
            self.fetches.iter().position(|fetch| fetch.id == request && !fetch.is_paused)
        else {
            return vec![];
        };
        let fetch = &mut self.fetches[at];
        let outcome = match outcome {
            Ok(credentials) if credentials.validity.is_doubtful(now) => {
                Err(LoginKeyFailure::Timeout)
            }
            // There is no other token to try: it stays at the refusal of the first.
            Err(LoginKeyFailure::NoToken) => {
                Err(fetch.refusal.take().unwrap_or(LoginKeyFailure::NoToken))
            }
            outcome => outcome,
        };
        let issuer = fetch.settings.issuer();
        match &outcome {
            Ok(credentials) => {
                let kept = Kept {
                    issuer: issuer.clone(),
                    asked_for: fetch.asked_for.clone(),
                    credentials: credentials.clone(),
                };
                self.troubled.retain(|(known, ..)| *known != issuer);
                self.kept
                    .retain(|old| old.issuer != kept.issuer || old.asked_for != kept.asked_for);
                self.kept.push(kept);
            }
            // A text may be older than the agent's Flex session: Flex's own token is tried once.
            Err(failure) if failure.is_refusal() && fetch.token == TokenSource::Literal => {
                fetch.token = TokenSource::Current;
                fetch.refusal = Some(failure.clone());
                fetch.send(effects);
                return vec![];
            }
            Err(failure) if failure.is_transient() => {
                let retry = fetch.retry.failed(Pace::Quick, retry_after_ms, now, now.random);
                if retry_after_ms > 0 {
                    self.troubled.retain(|(known, ..)| *known != issuer);
                    self.troubled.push((issuer, retry, failure.clone()));
                }
                let has_time = |deadline_ms: f64| retry.deadline() + MIN_TRY_MS <= deadline_ms;
                let is_worth_it = retry.failures <= MAX_RETRIES
                    && fetch.waiters.iter().any(|(waiter, deadline_ms)| {
                        matches!(waiter, Waiter::Task(_)) && has_time(*deadline_ms)
                    });
                if is_worth_it {
                    (fetch.retry, fetch.is_paused) = (retry, true);
                    let (waiting, late) = std::mem::take(&mut fetch.waiters)
                        .into_iter()
                        .partition(|(_, deadline_ms)| has_time(*deadline_ms));
                    fetch.waiters = waiting;
                    return answer_all(late, &outcome, retry_after_ms);
                }
            }
            Err(_) => {}
        }
        let fetch = self.fetches.remove(at);
        answer_all(fetch.waiters, &outcome, retry_after_ms)
    }

    /// The keys that are kept are not given again: presence refused one, or no clock can judge them.
    pub fn invalidate(&mut self) {
        self.kept.clear();
    }

    /// Another agent, or nobody, is logged in: nothing of the one before is left. Whoever still waits is
    /// returned, and gets no answer: they have to ask anew, or need the key no longer.
    pub fn clear(&mut self, effects: &mut Vec<Effect>) -> Vec<Waiter> {
        let Self { resolving, fetches, .. } = std::mem::take(self);
        effects.extend(fetches.iter().map(|fetch| Effect::CancelRequest(fetch.id)));
        let fetching = fetches.into_iter().flat_map(|fetch| fetch.waiters);
        let waiting = resolving.into_iter().map(|resolving| resolving.waiter);
        waiting.chain(fetching.map(|(waiter, _)| waiter)).collect()
    }

    /// Ends waits that are over, and begins tries that are due.
    pub fn on_deadline(&mut self, now: Now, effects: &mut Vec<Effect>) -> Vec<Answer> {
        let mut late = vec![];
        self.resolving.retain(|resolving| {
            let is_late = now.is_past(resolving.deadline_ms);
            if is_late {
                late.push((resolving.waiter.clone(), resolving.deadline_ms));
            }
            !is_late
        });
        for fetch in &mut self.fetches {
            let (over, waiting) = std::mem::take(&mut fetch.waiters)
                .into_iter()
                .partition::<Vec<_>, _>(|(_, deadline_ms)| now.is_past(*deadline_ms));
            fetch.waiters = waiting;
            late.extend(over);
            if fetch.is_paused && fetch.retry.is_due(now) && !fetch.waiters.is_empty() {
                fetch.is_paused = false;
                fetch.send(effects);
            }
        }
        self.drop_unwanted(effects);
        answer_all(late, &Err(LoginKeyFailure::Timeout), 0)
    }

    /// By the monotonic clock.
    pub fn deadline(&self) -> Option<f64> {
        let resolving = self.resolving.iter().map(|resolving| resolving.deadline_ms);
        let fetching = self.fetches.iter().flat_map(|fetch| {
            let pause = fetch.is_paused.then(|| fetch.retry.deadline());
            fetch.waiters.iter().map(|(_, deadline_ms)| *deadline_ms).chain(pause)
        });
        resolving.chain(fetching).fold(None, |known, one| earliest(known, Some(one)))
    }

    fn trouble(&mut self, issuer: &Issuer, now: Now) -> Option<(Retry, LoginKeyFailure)> {
        self.troubled.retain(|(_, retry, _)| !retry.is_due(now));
        let (_, retry, failure) = self.troubled.iter().find(|(known, ..)| known == issuer)?;
        Some((*retry, failure.clone()))
    }

    fn drop_unwanted(&mut self, effects: &mut Vec<Effect>) {
        self.fetches.retain(|fetch| {
            let is_wanted = !fetch.waiters.is_empty();
            if !is_wanted {
                effects.push(Effect::CancelRequest(fetch.id));
            }
            is_wanted
        });
    }
}

impl Fetch {
    fn send(&self, effects: &mut Vec<Effect>) {
        effects.push(Effect::RequestLoginKey {
            request: self.id,
            settings: self.settings.id,
            token: self.token,
            partner_user_id: self.asked_for.clone(),
        });
    }
}

impl Answer {
    fn failed(waiter: Waiter, failure: LoginKeyFailure, retry_after_ms: u32) -> Self {
        Self { waiter, outcome: Err(failure), retry_after_ms }
    }
}

fn answer_all(
    waiters: Vec<(Waiter, f64)>,
    outcome: &Result<Credentials, LoginKeyFailure>,
    retry_after_ms: u32,
) -> Vec<Answer> {
    let answer = |(waiter, _)| Answer { waiter, outcome: outcome.clone(), retry_after_ms };
    waiters.into_iter().map(answer).collect()
}
