//! Presence with what is around it.

use std::rc::Rc;

use flex_glance::core::{
    ids::{AuthorizationId, ConnectionId, Ids, LookUpId, RequestId, ScriptId},
    login_key::{
        LoginKeyFailure,
        cache::{self, LoginKeyCache, Waiter},
    },
    presence::{Effect, Presence, PresenceError, PresenceStatus, Signal, Tools},
    session_key::SessionKey,
    settings::Settings,
    time::{Now, earliest},
};

use super::cart;
use crate::common::{credentials_of, session_key, settings::settings};

/// Presence with the login-key cache, its clocks, and what was asked for and is not answered.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) presence: Presence,
    pub(super) keys: LoginKeyCache,
    pub(super) ids: Ids,
    pub(super) now: Now,
    pub(super) scripts: Vec<ScriptId>,
    pub(super) resolving: Vec<RequestId>,
    pub(super) fetching: Vec<RequestId>,
    pub(super) authorizing: Vec<AuthorizationId>,
    /// Open connections, each with its visitor.
    pub(super) open: Vec<(ConnectionId, SessionKey)>,
    pub(super) look_ups: Vec<(ConnectionId, LookUpId)>,
    /// How much was asked for in all.
    pub(super) keys_asked: usize,
    pub(super) authorizations_asked: usize,
    pub(super) connects: usize,
    pub(super) looks: usize,
}

impl Page {
    pub(super) fn new() -> Self {
        let mut page = Self {
            presence: Presence::default(),
            keys: LoginKeyCache::default(),
            ids: Ids::default(),
            now: Now { random: 0.0, ..crate::common::NOW },
            scripts: vec![],
            resolving: vec![],
            fetching: vec![],
            authorizing: vec![],
            open: vec![],
            look_ups: vec![],
            keys_asked: 0,
            authorizations_asked: 0,
            connects: 0,
            looks: 0,
        };
        page.configure(Some(settings()));
        page
    }

    /// Authorized, with each of these visitors found on the site.
    pub(super) fn with_visitors(visitors: &[&str]) -> Self {
        let mut page = Self::new();
        page.follow(visitors).settle();
        page
    }

    pub(super) fn with<T>(&mut self, work: impl FnOnce(&mut Presence, &mut Tools) -> T) -> T {
        let (mut effects, mut key_effects) = (vec![], vec![]);
        let mut tools = Tools {
            now: self.now,
            ids: &mut self.ids,
            effects: &mut effects,
            keys: &mut self.keys,
            key_effects: &mut key_effects,
        };
        let done = work(&mut self.presence, &mut tools);
        effects.into_iter().for_each(|effect| self.run(effect));
        key_effects.into_iter().for_each(|effect| self.run_login_key(effect));
        done
    }

    pub(super) fn run(&mut self, effect: Effect) {
        match effect {
            Effect::LoadScript { script, .. } => self.scripts.push(script),
            Effect::Authorize { authorization, .. } => {
                self.authorizing.push(authorization);
                self.authorizations_asked += 1;
            }
            Effect::Connect { connection, visitor, .. } => {
                assert!(
                    self.open.iter().all(|(_, known)| *known != visitor),
                    "two connections to {visitor:?}"
                );
                self.open.push((connection, visitor));
                self.connects += 1;
            }
            Effect::Disconnect(connection) => {
                let before = self.open.len();
                self.open.retain(|(known, _)| *known != connection);
                assert_eq!(self.open.len() + 1, before, "{connection:?} was not open");
                self.look_ups.retain(|(known, _)| *known != connection);
            }
            Effect::LookUp { connection, look_up } => {
                assert!(self.open.iter().any(|(known, _)| *known == connection));
                self.look_ups.push((connection, look_up));
                self.looks += 1;
            }
            Effect::Invite { .. } => panic!("nobody was invited"),
        }
    }

    pub(super) fn run_login_key(&mut self, effect: cache::Effect) {
        match effect {
            cache::Effect::ResolvePartnerUserId { request, .. } => self.resolving.push(request),
            cache::Effect::RequestLoginKey { request, .. } => {
                self.fetching.push(request);
                self.keys_asked += 1;
            }
            cache::Effect::CancelRequest(request) => {
                self.fetching.retain(|known| *known != request);
            }
        }
    }

    pub(super) fn configure(&mut self, settings: Option<Rc<Settings>>) -> &mut Self {
        self.with(|presence, tools| presence.configure(settings, tools));
        self
    }

    pub(super) fn follow(&mut self, visitors: &[&str]) -> &mut Self {
        let visitors = visitors.iter().copied().map(session_key).collect();
        self.with(|presence, tools| presence.follow(visitors, tools));
        self
    }

    /// Answers the script, key or authorization that is asked for, well. Whether one was.
    pub(super) fn answer(&mut self) -> bool {
        if !self.scripts.is_empty() {
            let script = self.scripts.remove(0);
            self.with(|presence, tools| presence.script(script, Ok(()), tools));
        } else if !self.resolving.is_empty() {
            let request = self.resolving.remove(0);
            self.resolve(request);
        } else if !self.fetching.is_empty() {
            self.key();
        } else if !self.authorizing.is_empty() {
            let id = self.authorizing.remove(0);
            self.with(|presence, tools| presence.authorized(id, true, tools));
        } else {
            return false;
        }
        true
    }

    pub(super) fn resolve(&mut self, request: RequestId) {
        let now = self.now;
        let answers = self.with(|_, tools| {
            let outcome = Ok("alice".to_owned());
            tools.keys.partner_user_id_resolved(
                request,
                outcome.map(Into::into),
                now,
                tools.key_effects,
            )
        });
        for answer in answers {
            self.with(|presence, tools| {
                presence.login_key(answer.outcome, answer.retry_after_ms, tools);
            });
        }
    }

    pub(super) fn key(&mut self) -> &mut Self {
        let since = self.now.moment();
        self.replied(Ok(credentials_of("alice", since)), 0)
    }

    pub(super) fn replied(
        &mut self,
        outcome: Result<flex_glance::core::login_key::Credentials, LoginKeyFailure>,
        retry_after_ms: u32,
    ) -> &mut Self {
        let (request, now) = (self.fetching.remove(0), self.now);
        let answers = self.with(|_, tools| {
            tools.keys.replied(request, outcome, retry_after_ms, now, tools.key_effects)
        });
        for answer in answers {
            assert_eq!(answer.waiter, Waiter::Presence);
            self.with(|presence, tools| {
                presence.login_key(answer.outcome, answer.retry_after_ms, tools);
            });
        }
        self
    }

    /// Answers all that is asked for, well.
    pub(super) fn settle(&mut self) -> &mut Self {
        while self.answer() {}
        while !self.look_ups.is_empty() {
            let (connection, look_up) = self.look_ups.remove(0);
            self.signal(connection, Signal::Found(look_up, Some(cart())));
        }
        self
    }

    pub(super) fn signal(&mut self, connection: ConnectionId, signal: Signal) -> &mut Self {
        self.with(|presence, tools| presence.signal(connection, &signal, tools));
        self
    }

    pub(super) fn resume(&mut self) -> &mut Self {
        self.with(Presence::resumed);
        self
    }

    pub(super) fn deadline(&self) -> Option<f64> {
        earliest(self.presence.deadline(), self.keys.deadline())
    }

    /// Lets time pass by both clocks, and gives word of each deadline.
    pub(super) fn pass(&mut self, for_ms: f64) -> &mut Self {
        let until_ms = self.now.mono_ms + for_ms;
        while let Some(due_ms) = self.deadline().filter(|due_ms| *due_ms <= until_ms) {
            self.set_mono(due_ms.max(self.now.mono_ms));
            let now = self.now;
            let answers = self.with(|_, tools| tools.keys.on_deadline(now, tools.key_effects));
            for answer in answers {
                self.with(|presence, tools| presence.login_key(answer.outcome, 0, tools));
            }
            self.with(Presence::on_deadline);
            let next_ms = self.deadline();
            assert!(next_ms.is_none_or(|next_ms| next_ms > self.now.mono_ms), "{self:?}");
        }
        self.set_mono(until_ms);
        self
    }

    /// Lets time pass as `pass` does, with every request answered well.
    pub(super) fn pass_answered(&mut self, for_ms: f64) -> &mut Self {
        let until_ms = self.now.mono_ms + for_ms;
        while let Some(due_ms) = self.deadline().filter(|due_ms| *due_ms <= until_ms) {
            let left_ms = (due_ms - self.now.mono_ms).max(0.0);
            self.pass(left_ms).settle();
        }
        self.pass(until_ms - self.now.mono_ms)
    }

    pub(super) fn set_mono(&mut self, mono_ms: f64) {
        self.now.unix_ms += mono_ms - self.now.mono_ms;
        self.now.mono_ms = mono_ms;
    }

    pub(super) fn status(&self, visitor: &str) -> PresenceStatus {
        self.presence.status(&session_key(visitor)).unwrap().clone()
    }

    pub(super) fn connection(&self, visitor: &str) -> ConnectionId {
        self.presence.connection_id(&session_key(visitor)).unwrap()
    }

    pub(super) fn authorization(&self) -> Option<AuthorizationId> {
        self.presence.authorization().id()
    }

    pub(super) fn error(&self) -> Option<&PresenceError> {
        self.presence.authorization().error()
    }
}
