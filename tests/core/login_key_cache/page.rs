//! A login-key cache with what is around it.

use std::rc::Rc;

use flex_glance::core::{
    ids::{Ids, RequestId},
    login_key::{
        Credentials, LoginKeyFailure, TokenSource,
        cache::{Answer, Effect, LoginKeyCache, Waiter},
    },
    settings::Settings,
    time::Now,
};

use super::task;
use crate::common::credentials_of;
use crate::common::settings::{settings, settings_with};

/// A cache with its clocks, an agent, and a Function that is asked.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) cache: LoginKeyCache,
    pub(super) ids: Ids,
    pub(super) now: Now,
    pub(super) settings: Rc<Settings>,
    /// Whom the `puid` prop names now.
    pub(super) agent: &'static str,
    /// What was asked for and is not answered, the oldest first.
    pub(super) resolving: Vec<RequestId>,
    pub(super) fetching: Vec<Fetch>,
    /// What waiters were told, and is not looked at yet.
    pub(super) answers: Vec<Answer>,
    pub(super) sent: usize,
    pub(super) cancelled: usize,
}

/// A request to the Function.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fetch {
    pub(super) id: RequestId,
    pub(super) token: TokenSource,
    pub(super) agent: String,
}

impl Page {
    pub(super) fn new() -> Self {
        Self::with(settings())
    }

    /// Whose token is a text.
    pub(super) fn with_literal_token() -> Self {
        Self::with(settings_with(|settings| settings.token = TokenSource::Literal))
    }

    pub(super) fn with(settings: Rc<Settings>) -> Self {
        Self {
            cache: LoginKeyCache::default(),
            ids: Ids::default(),
            now: Now { random: 0.0, ..crate::common::NOW },
            settings,
            agent: "alice",
            resolving: vec![],
            fetching: vec![],
            answers: vec![],
            sent: 0,
            cancelled: 0,
        }
    }

    /// With a key that is good for an hour.
    pub(super) fn with_key() -> Self {
        let mut page = Self::new();
        page.needs(&task("first")).key();
        page.answers.clear();
        page
    }

    pub(super) fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::ResolvePartnerUserId { request, .. } => self.resolving.push(request),
                Effect::RequestLoginKey { request, token, partner_user_id, .. } => {
                    assert!(self.fetching.iter().all(|fetch| fetch.id != request), "sent twice");
                    self.fetching.push(Fetch {
                        id: request,
                        token,
                        agent: partner_user_id.to_string(),
                    });
                    self.sent += 1;
                }
                Effect::CancelRequest(request) => {
                    self.fetching.retain(|fetch| fetch.id != request);
                    self.cancelled += 1;
                }
            }
        }
    }

    /// Somebody asks for a key, and the agent's Partner UID is not resolved yet.
    pub(super) fn asks(&mut self, waiter: &Waiter) -> &mut Self {
        let mut effects = vec![];
        let settings = self.settings.clone();
        self.cache.request(waiter.clone(), &settings, self.now, &mut self.ids, &mut effects);
        self.run(effects);
        self
    }

    /// The Partner UID is resolved, or not.
    pub(super) fn resolved(&mut self, outcome: Result<&str, LoginKeyFailure>) -> &mut Self {
        let request = self.resolving[0];
        self.resolve(request, outcome.map(str::to_owned))
    }

    pub(super) fn resolve(
        &mut self,
        request: RequestId,
        outcome: Result<String, LoginKeyFailure>,
    ) -> &mut Self {
        self.resolving.retain(|known| *known != request);
        let mut effects = vec![];
        let answers = self.cache.partner_user_id_resolved(
            request,
            outcome.map(Into::into),
            self.now,
            &mut effects,
        );
        self.answers.extend(answers);
        self.run(effects);
        self
    }

    /// Somebody needs a key, for whoever the agent is.
    pub(super) fn needs(&mut self, waiter: &Waiter) -> &mut Self {
        self.asks(waiter);
        let agent = self.agent;
        self.resolved(Ok(agent))
    }

    /// The oldest request is answered.
    pub(super) fn replied(&mut self, outcome: Result<Credentials, LoginKeyFailure>) -> &mut Self {
        self.replied_after(outcome, 0)
    }

    pub(super) fn replied_after(
        &mut self,
        outcome: Result<Credentials, LoginKeyFailure>,
        retry_after_ms: u32,
    ) -> &mut Self {
        let request = self.fetching.remove(0).id;
        self.reply(request, outcome, retry_after_ms)
    }

    pub(super) fn reply(
        &mut self,
        request: RequestId,
        outcome: Result<Credentials, LoginKeyFailure>,
        retry_after_ms: u32,
    ) -> &mut Self {
        let mut effects = vec![];
        let answers = self.cache.replied(request, outcome, retry_after_ms, self.now, &mut effects);
        self.answers.extend(answers);
        self.run(effects);
        self
    }

    /// The oldest request brings a key that is good for an hour.
    pub(super) fn key(&mut self) -> &mut Self {
        let agent = self.fetching[0].agent.clone();
        let key = credentials_of(&agent, self.now.moment());
        self.replied(Ok(key))
    }

    pub(super) fn fails(&mut self, failure: LoginKeyFailure) -> &mut Self {
        self.replied(Err(failure))
    }

    pub(super) fn cancel(&mut self, waiter: &Waiter) -> &mut Self {
        let mut effects = vec![];
        self.cache.cancel(waiter, &mut effects);
        self.run(effects);
        self
    }

    /// Another agent is logged in. Who waited?
    pub(super) fn clear(&mut self) -> Vec<Waiter> {
        let mut effects = vec![];
        let waiting = self.cache.clear(&mut effects);
        self.run(effects);
        waiting
    }

    /// Lets time pass by both clocks, and gives word of each deadline.
    pub(super) fn pass(&mut self, for_ms: f64) -> &mut Self {
        let until_ms = self.now.mono_ms + for_ms;
        while let Some(due_ms) = self.cache.deadline().filter(|due_ms| *due_ms <= until_ms) {
            self.jump((due_ms - self.now.mono_ms).max(0.0));
            self.now.mono_ms = self.now.mono_ms.max(due_ms);
            let mut effects = vec![];
            let answers = self.cache.on_deadline(self.now, &mut effects);
            self.answers.extend(answers);
            self.run(effects);
            let next_ms = self.cache.deadline();
            assert!(next_ms.is_none_or(|next_ms| next_ms > self.now.mono_ms), "{:?}", self.cache);
        }
        self.jump(until_ms - self.now.mono_ms);
        self
    }

    pub(super) fn jump(&mut self, for_ms: f64) {
        self.now.unix_ms += for_ms;
        self.now.mono_ms += for_ms;
    }

    pub(super) fn wait_ms(&self) -> Option<f64> {
        Some(self.cache.deadline()? - self.now.mono_ms)
    }

    /// Who was told something since the last look, and whether they have a key.
    pub(super) fn told(&mut self) -> Vec<(Waiter, Result<String, LoginKeyFailure>)> {
        let answers = std::mem::take(&mut self.answers);
        let told = |answer: Answer| {
            (answer.waiter, answer.outcome.map(|credentials| credentials.partner_user_id))
        };
        answers.into_iter().map(told).collect()
    }

    /// Since the last look one waiter was given a key for `agent`.
    pub(super) fn assert_key(&mut self, waiter: &Waiter, agent: &str) {
        assert_eq!(self.told(), [(waiter.clone(), Ok(agent.to_owned()))]);
    }

    pub(super) fn assert_failed(&mut self, waiter: &Waiter, failure: LoginKeyFailure) {
        assert_eq!(self.told(), [(waiter.clone(), Err(failure))]);
    }
}
