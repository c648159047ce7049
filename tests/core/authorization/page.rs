//! An authorization with what is around it.

use flex_glance::core::{
    ids::{AuthorizationId, Ids, ScriptId},
    login_key::{Credentials, LoginKeyFailure},
    presence::{
        PresenceError,
        authorization::{Authorization, Event, Request},
    },
    time::Now,
};

use super::RENEWAL_MS;
use crate::common::credentials;

/// An authorization with its clocks, and what it asked for last.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) authorization: Authorization,
    pub(super) ids: Ids,
    pub(super) now: Now,
    pub(super) requests: Vec<Request>,
    /// What was asked for last.
    pub(super) script: Option<ScriptId>,
    pub(super) asked: Option<AuthorizationId>,
}

impl Page {
    pub(super) fn new() -> Self {
        Self {
            authorization: Authorization::default(),
            ids: Ids::default(),
            now: Now { random: 0.0, ..crate::common::NOW },
            requests: vec![],
            script: None,
            asked: None,
        }
    }

    /// With a visitor to follow, and the script on its way.
    pub(super) fn needed() -> Self {
        let mut page = Self::new();
        page.handle(Event::Needed);
        page
    }

    pub(super) fn fetching_key() -> Self {
        let mut page = Self::needed();
        page.loaded();
        page
    }

    pub(super) fn authorizing() -> Self {
        let mut page = Self::fetching_key();
        page.key();
        page
    }

    pub(super) fn granted() -> Self {
        let mut page = Self::authorizing();
        page.authorized();
        page
    }

    /// Authorized, and five minutes before the end of it with the new key on its way.
    pub(super) fn renewing() -> Self {
        let mut page = Self::granted();
        page.pass(RENEWAL_MS);
        assert_eq!(page.requests, [Request::LoginKey]);
        page
    }

    /// Without an authorization, since there is no key.
    pub(super) fn failed(failure: LoginKeyFailure) -> Self {
        let mut page = Self::fetching_key();
        page.no_key(failure);
        page
    }

    pub(super) fn handle(&mut self, event: Event) -> &mut Self {
        self.requests.clear();
        self.authorization.handle(event, self.now, &mut self.ids, &mut self.requests);
        self.note();
        self
    }

    pub(super) fn note(&mut self) {
        for request in &self.requests {
            match request {
                Request::LoadScript(id) => self.script = Some(*id),
                Request::Authorize(id, _) => self.asked = Some(*id),
                _ => {}
            }
        }
    }

    pub(super) fn loaded(&mut self) -> &mut Self {
        let script = self.script.unwrap();
        self.handle(Event::Script(script, Ok(())))
    }

    pub(super) fn not_loaded(&mut self, error: PresenceError) -> &mut Self {
        let script = self.script.unwrap();
        self.handle(Event::Script(script, Err(error)))
    }

    pub(super) fn key(&mut self) -> &mut Self {
        self.handle(Event::Key(Ok(credentials()), 0))
    }

    /// A key that was asked for earlier.
    pub(super) fn old_key(&mut self) -> &mut Self {
        let key = Credentials { from_cache: true, ..credentials() };
        self.handle(Event::Key(Ok(key), 0))
    }

    pub(super) fn no_key(&mut self, failure: LoginKeyFailure) -> &mut Self {
        self.handle(Event::Key(Err(failure), 0))
    }

    pub(super) fn authorized(&mut self) -> &mut Self {
        let id = self.asked.unwrap();
        self.handle(Event::Authorized(id))
    }

    /// `onfail`.
    pub(super) fn not_authorized(&mut self) -> &mut Self {
        let id = self.asked.unwrap();
        self.handle(Event::Failed(id))
    }

    /// Presence rejects what is granted.
    pub(super) fn rejected(&mut self) -> &mut Self {
        let id = self.authorization.id().unwrap();
        self.handle(Event::Rejected(id))
    }

    /// Lets time pass by both clocks, and gives word of each deadline. Keeps what all of them asked for.
    pub(super) fn pass(&mut self, for_ms: f64) -> &mut Self {
        let until_ms = self.now.mono_ms + for_ms;
        let mut requests = vec![];
        while let Some(due_ms) = self.authorization.deadline().filter(|due_ms| *due_ms <= until_ms)
        {
            self.jump(due_ms.max(self.now.mono_ms) - self.now.mono_ms);
            self.handle(Event::Deadline);
            requests.append(&mut self.requests);
            assert!(
                self.authorization.deadline().is_none_or(|next_ms| next_ms > self.now.mono_ms),
                "a deadline that is handled is over: {:?}",
                self.authorization
            );
        }
        self.jump(until_ms - self.now.mono_ms);
        self.requests = requests;
        self
    }

    /// Lets time pass until the next deadline.
    pub(super) fn wait(&mut self) -> &mut Self {
        let wait_ms = self.wait_ms().unwrap();
        self.pass(wait_ms)
    }

    /// Moves both clocks.
    pub(super) fn jump(&mut self, for_ms: f64) -> &mut Self {
        self.now.unix_ms += for_ms;
        self.now.mono_ms += for_ms;
        self
    }

    /// How long it is until the next deadline.
    pub(super) fn wait_ms(&self) -> Option<f64> {
        Some(self.authorization.deadline()? - self.now.mono_ms)
    }

    pub(super) fn is_granted(&self) -> bool {
        self.authorization.id().is_some()
    }

    pub(super) fn error(&self) -> Option<&PresenceError> {
        self.authorization.error()
    }
}
