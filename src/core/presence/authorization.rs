//! The page's authorization for presence: script, login key, authorization.
//!
//! One for all visitors, since an authorization is "costly to issue" (Glance, "Authorization"). It is
//! asked for once and renewed before it lapses, or when presence says that it has. Two facts make up the
//! state: what is granted, and what is being tried. What is granted holds until it lapses or is rejected,
//! whatever becomes of a renewal.
//!
//! ```text
//! Idle ──needed──▶ LoadingScript ──▶ FetchingKey ──▶ Authorizing ──▶ Idle, granted
//!                       │ failed         │ failed        │ failed, or no answer
//!                       └────────────────┴──▶ Waiting ◀──┘
//!                                                └─ due, asked for by the agent, token changed ──▶ again
//! ```
//!
//! Nothing that fails is final: it is tried again soon, or, where somebody has to mend something, after
//! a longer while. `onfail` gives no documented reason, so a failure counts as passing until it has
//! come `REFUSED_AFTER` times in a row.

use crate::core::{
    ids::{AuthorizationId, Ids, ScriptId},
    login_key::{Credentials, LoginKeyFailure},
    presence::PresenceError,
    retry::Retry,
    time::{Moment, Now, earliest},
};

/// How long an authorization is asked for, in minutes: the longest that Glance documents.
pub const DURATION_MIN: u32 = 120;

const DURATION_MS: f64 = DURATION_MIN as f64 * 60_000.0;

/// It is renewed this long before it lapses, in milliseconds.
const RENEWAL_MARGIN_MS: f64 = 5.0 * 60_000.0;

/// If presence rejects an authorization that is younger than this, another one would be rejected too.
const MIN_REAUTH_INTERVAL_MS: f64 = 30_000.0;

/// How long Glance's script may take to load, in milliseconds.
const SCRIPT_TIMEOUT_MS: f64 = 20_000.0;

/// How long the Authorization Service may take to answer, in milliseconds.
const AUTHORIZE_TIMEOUT_MS: f64 = 20_000.0;

/// From this many failures in a row on the agent is told that Glance refuses the authorization.
const REFUSED_AFTER: u32 = 3;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Authorization {
    granted: Option<Granted>,
    attempt: Attempt,
    /// Whether a visitor is followed.
    is_needed: bool,
}

/// An authorization that holds.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Granted {
    id: AuthorizationId,
    since: Moment,
    /// The failures before it: if it is rejected at once, they go on.
    retry: Retry,
}

/// What is being tried.
#[derive(Clone, Debug, Default, PartialEq)]
enum Attempt {
    #[default]
    Idle,
    LoadingScript {
        id: ScriptId,
        deadline_ms: f64,
        retry: Retry,
    },
    /// The login-key cache answers in any case, so this has no deadline of its own.
    FetchingKey {
        retry: Retry,
    },
    Authorizing {
        id: AuthorizationId,
        deadline_ms: f64,
        from_cache: bool,
        retry: Retry,
    },
    Waiting {
        error: PresenceError,
        retry: Retry,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A visitor is to be followed.
    Needed,
    /// No visitor is followed any more, or presence is off.
    NotNeeded,
    /// Everything starts afresh: another group, other servers, another agent.
    Reset,
    Script(ScriptId, Result<(), PresenceError>),
    Key(Result<Credentials, LoginKeyFailure>, u32),
    Authorized(AuthorizationId),
    /// `onfail`, or the script has no such function, or it throws.
    Failed(AuthorizationId),
    /// Presence says to a connection that its authorization is not, or no longer, good.
    Rejected(AuthorizationId),
    /// The agent wants it tried again.
    RetryNow,
    /// The machine woke up, or is online again.
    Resumed,
    /// Flex's token was renewed.
    TokenChanged,
    Deadline,
}

/// What has to happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    LoadScript(ScriptId),
    LoginKey,
    CancelLoginKey,
    InvalidateLoginKey,
    Authorize(AuthorizationId, Credentials),
}

impl Authorization {
    /// The authorization that holds.
    pub fn id(&self) -> Option<AuthorizationId> {
        self.granted.map(|granted| granted.id)
    }

    /// Why there is none.
    pub fn error(&self) -> Option<&PresenceError> {
        match &self.attempt {
            Attempt::Waiting { error, .. } if self.granted.is_none() => Some(error),
            _ => None,
        }
    }

    /// Whether it waits for an answer, or for the time to try again.
    pub fn is_trying(&self) -> bool {
        self.attempt != Attempt::Idle
    }

    pub fn handle(&mut self, event: Event, now: Now, ids: &mut Ids, requests: &mut Vec<Request>) {
        self.is_needed = match event {
            Event::Needed => true,
            Event::NotNeeded | Event::Reset => false,
            _ => self.is_needed,
        };
        match (&self.attempt, event) {
            (Attempt::Idle, Event::Needed) if self.granted.is_none() => {
                self.load_script(Retry::default(), now, ids, requests);
            }
            (_, Event::NotNeeded) => self.stop(requests),
            (_, Event::Reset) => {
                self.stop(requests);
                self.granted = None;
            }
            (Attempt::LoadingScript { id, retry, .. }, Event::Script(of, outcome)) if *id == of => {
                let retry = *retry;
                match outcome {
                    Ok(()) => self.fetch_key(retry, requests),
                    Err(error) => self.wait(error, retry, 0, now),
                }
            }
            (Attempt::FetchingKey { retry }, Event::Key(Ok(credentials), _)) => {
                let (id, from_cache) = (ids.issue(), credentials.from_cache);
                let deadline_ms = now.after(AUTHORIZE_TIMEOUT_MS);
                self.attempt = Attempt::Authorizing { id, deadline_ms, from_cache, retry: *retry };
                requests.push(Request::Authorize(id, credentials));
            }
            (Attempt::FetchingKey { retry }, Event::Key(Err(failure), retry_after_ms)) => {
                self.wait(PresenceError::Key(failure), *retry, retry_after_ms, now);
            }
            (Attempt::Authorizing { id, retry, .. }, Event::Authorized(of)) if *id == of => {
                self.granted = Some(Granted { id: of, since: now.moment(), retry: *retry });
                self.attempt = Attempt::Idle;
            }
            (Attempt::Authorizing { id, from_cache, retry, .. }, Event::Failed(of))
                if *id == of =>
            {
                let (from_cache, retry) = (*from_cache, *retry);
                self.authorization_failed(from_cache, retry, now, requests);
            }
            (_, Event::Rejected(of)) if self.id() == Some(of) => self.rejected(now, requests),
            (Attempt::Waiting { retry, .. }, Event::RetryNow) => {
                let retry = *retry;
                self.load_script(retry, now, ids, requests);
            }
            (
                Attempt::Waiting { error: PresenceError::Key(failure), retry },
                Event::TokenChanged,
            ) if failure.is_refusal() => {
                let retry = *retry;
                self.fetch_key(retry, requests);
            }
            (Attempt::Waiting { error, retry }, Event::Resumed) => {
                let retry = retry.hastened(now, now.random * 5_000.0);
                self.attempt = Attempt::Waiting { error: error.clone(), retry };
            }
            (_, Event::Deadline) => self.on_deadline(now, ids, requests),
            _ => {}
        }
    }

    /// By the monotonic clock.
    pub fn deadline(&self) -> Option<f64> {
        let attempt = match &self.attempt {
            Attempt::LoadingScript { deadline_ms, .. }
            | Attempt::Authorizing { deadline_ms, .. } => Some(*deadline_ms),
            Attempt::Waiting { retry, .. } => Some(retry.deadline()),
            Attempt::Idle | Attempt::FetchingKey { .. } => None,
        };
        let granted = self.granted.map(|granted| {
            let renews = self.attempt == Attempt::Idle;
            let life_ms = if renews { DURATION_MS - RENEWAL_MARGIN_MS } else { DURATION_MS };
            granted.since.after(life_ms)
        });
        earliest(attempt, granted)
    }

    fn on_deadline(&mut self, now: Now, ids: &mut Ids, requests: &mut Vec<Request>) {
        self.granted.take_if(|granted| granted.since.is_past(DURATION_MS, now));
        match &self.attempt {
            Attempt::Idle => {
                let is_old = self.granted.is_none_or(|granted| {
                    granted.since.is_past(DURATION_MS - RENEWAL_MARGIN_MS, now)
                });
                match (is_old, self.is_needed) {
                    (true, true) => self.fetch_key(Retry::default(), requests),
                    // One that nobody needs is not renewed.
                    (true, false) => self.granted = None,
                    (false, _) => {}
                }
            }
            Attempt::LoadingScript { deadline_ms, retry, .. } if now.is_past(*deadline_ms) => {
                self.wait(PresenceError::Script, *retry, 0, now);
            }
            // No answer says nothing of the key.
            Attempt::Authorizing { deadline_ms, retry, .. } if now.is_past(*deadline_ms) => {
                let retry = *retry;
                self.authorization_failed(false, retry, now, requests);
            }
            Attempt::Waiting { error, retry } if retry.is_due(now) => {
                let retry = *retry;
                match error {
                    PresenceError::Script | PresenceError::Api => {
                        self.load_script(retry, now, ids, requests);
                    }
                    _ => self.fetch_key(retry, requests),
                }
            }
            _ => {}
        }
    }

    fn load_script(&mut self, retry: Retry, now: Now, ids: &mut Ids, requests: &mut Vec<Request>) {
        let id = ids.issue();
        let deadline_ms = now.after(SCRIPT_TIMEOUT_MS);
        self.attempt = Attempt::LoadingScript { id, deadline_ms, retry };
        requests.push(Request::LoadScript(id));
    }

    fn fetch_key(&mut self, retry: Retry, requests: &mut Vec<Request>) {
        self.attempt = Attempt::FetchingKey { retry };
        requests.push(Request::LoginKey);
    }

    fn authorization_failed(
        &mut self,
        from_cache: bool,
        retry: Retry,
        now: Now,
        requests: &mut Vec<Request>,
    ) {
        if from_cache {
            // Once: the key that comes now is new.
            requests.push(Request::InvalidateLoginKey);
            self.fetch_key(retry, requests);
            return;
        }
        let error = match retry.failures + 1 {
            REFUSED_AFTER.. => PresenceError::Refused,
            _ => PresenceError::Authorization,
        };
        self.wait(error, retry, 0, now);
    }

    fn rejected(&mut self, now: Now, requests: &mut Vec<Request>) {
        let Some(granted) = self.granted.take() else { return };
        if self.attempt != Attempt::Idle || !self.is_needed {
            return;
        }
        if granted.since.longest_elapsed_ms(now) < MIN_REAUTH_INTERVAL_MS {
            self.wait(PresenceError::Refused, granted.retry, 0, now);
        } else {
            self.fetch_key(Retry::default(), requests);
        }
    }

    fn wait(&mut self, error: PresenceError, retry: Retry, retry_after_ms: u32, now: Now) {
        let retry = retry.failed(error.pace(), retry_after_ms, now, now.random);
        self.attempt = Attempt::Waiting { error, retry };
    }

    /// Ends what is being tried. An authorization that holds serves the next visitor.
    fn stop(&mut self, requests: &mut Vec<Request>) {
        if matches!(std::mem::take(&mut self.attempt), Attempt::FetchingKey { .. }) {
            requests.push(Request::CancelLoginKey);
        }
    }
}
