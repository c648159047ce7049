//! A fake login-key Function, slow or out of order at times, and the plugin's `puid` function.

use std::collections::BTreeMap;

use flex_glance::core::{
    desk::Event,
    ids::{RequestId, SettingsId},
    login_key::{AnswerTime, LoginKeyFailure, Reply, cache::Effect, judge},
    prop::Prop,
    settings::Issuer,
    time::Moment,
};

use crate::{coverage::Fact, world::World};

#[derive(Default)]
pub(crate) struct Function {
    pub(crate) mood: Mood,
    /// Requests that are neither answered nor cancelled.
    pub(crate) under_way: BTreeMap<RequestId, KeyRequest>,
    /// Questions for the Partner UID, likewise.
    pub(crate) puids: BTreeMap<RequestId, SettingsId>,
    /// Every key that was signed, by its serial number.
    pub(crate) signed: Vec<SignedKey>,
    /// Whether `Date` can be read.
    pub(crate) has_date: bool,
    /// Which of the agent's Partner UIDs the `puid` function gives now.
    pub(crate) puid: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Mood {
    #[default]
    Fine,
    Silent,
    Overloaded,
    Refusing,
    Unreachable,
}

#[derive(Clone, Debug)]
pub(crate) struct KeyRequest {
    issuer: Issuer,
    partner_user_id: String,
    agent: Option<u32>,
    asked: Moment,
    asked_true_ms: f64,
}

pub(crate) struct SignedKey {
    pub(crate) agent: Option<u32>,
    pub(crate) partner_user_id: String,
    pub(crate) ends_true_ms: f64,
    pub(crate) asked: Moment,
    pub(crate) asked_true_ms: f64,
}

impl World {
    pub(crate) fn run_at_function(&mut self, effect: Effect) {
        match effect {
            Effect::ResolvePartnerUserId { request, settings } => {
                self.function.puids.insert(request, settings);
                if self.rng.chance(0.6) {
                    // A text prop is there at once.
                    self.answer_puid(request);
                }
            }
            Effect::RequestLoginKey { request, settings, partner_user_id, .. } => {
                let known = self.settings.iter().find(|known| known.id == settings);
                let Some(issuer) = known.map(|settings| settings.issuer()) else { return };
                let is_twice = self.function.under_way.values().any(|other| {
                    other.issuer == issuer && *other.partner_user_id == *partner_user_id
                });
                if is_twice {
                    self.fail("two requests for one identity");
                }
                let asked = KeyRequest {
                    issuer,
                    partner_user_id: partner_user_id.to_string(),
                    agent: self.flex.agent,
                    asked: self.clocks.moment(),
                    asked_true_ms: self.clocks.true_ms,
                };
                self.function.under_way.insert(request, asked);
            }
            Effect::CancelRequest(request) => {
                self.function.under_way.remove(&request);
                self.function.puids.remove(&request);
            }
        }
    }

    fn answer_puid(&mut self, request: RequestId) {
        if self.function.puids.remove(&request).is_none() {
            return;
        }
        let outcome = match self.rng.chance(0.03) {
            true => Err(LoginKeyFailure::NoPartnerUserId),
            false => Ok(self.partner_user_id()),
        };
        self.queue.push_back(Event::PartnerUserId(request, outcome.map(Into::into)));
    }

    pub(crate) fn partner_user_id(&self) -> String {
        format!("agent-{}-{}", self.flex.agent.unwrap_or_default(), self.function.puid)
    }

    /// One of the answers that are due comes.
    pub(crate) fn function_answers(&mut self) {
        let puids: Vec<RequestId> = self.function.puids.keys().copied().collect();
        if let Some(request) = self.rng.pick(&puids) {
            self.answer_puid(request);
            self.drain();
            return;
        }
        let requests: Vec<RequestId> = self.function.under_way.keys().copied().collect();
        let Some(request) = self.rng.pick(&requests) else { return };
        let (outcome, retry_after_ms) = match self.function.mood {
            Mood::Silent => return,
            Mood::Fine => {
                let asked = self.function.under_way.remove(&request);
                let Some(asked) = asked else { return };
                (self.sign(&asked), 0)
            }
            Mood::Overloaded => {
                let seconds = [0, 1, 5, 30][self.rng.below(4)];
                (Err(LoginKeyFailure::Fault { status: 503, message: None }), seconds * 1_000)
            }
            Mood::Refusing => {
                let status = if self.rng.chance(0.5) { 401 } else { 403 };
                (Err(LoginKeyFailure::Refused { status, message: None }), 0)
            }
            Mood::Unreachable => (Err(LoginKeyFailure::Network), 0),
        };
        self.function.under_way.remove(&request);
        self.tell(Event::LoginKey(request, outcome, retry_after_ms));
    }

    /// Signs a key somewhere between the request and now.
    fn sign(
        &mut self,
        request: &KeyRequest,
    ) -> Result<flex_glance::core::login_key::Credentials, LoginKeyFailure> {
        let now = self.clocks.moment();
        let signed_true_ms = self.rng.between(request.asked_true_ms, self.clocks.true_ms);
        let minutes = match self.function.has_date {
            true => [2.0, 10.0, 60.0, 480.0][self.rng.below(4)],
            // Where no clock of the server's can be read, keys live longer than is assumed.
            false => [15.0, 60.0, 480.0][self.rng.below(3)],
        };
        let ends_true_ms = ((signed_true_ms + minutes * 60_000.0) / 1_000.0).floor() * 1_000.0;
        let serial = self.function.signed.len();
        let key = format!("$1${:010}${serial:043}", (ends_true_ms / 1_000.0) as u64);
        self.function.signed.push(SignedKey {
            agent: request.agent,
            partner_user_id: request.partner_user_id.clone(),
            ends_true_ms,
            asked: request.asked,
            asked_true_ms: request.asked_true_ms,
        });
        let reply = Reply { login_key: Prop::from(key), ..Reply::default() };
        // As `browser::key_request` has it.
        let page = Moment {
            unix_ms: f64::midpoint(request.asked.unix_ms, now.unix_ms),
            mono_ms: f64::midpoint(request.asked.mono_ms, now.mono_ms),
        };
        let date_ms = if self.function.has_date { signed_true_ms } else { f64::NAN };
        let answered = AnswerTime { page, date_ms };
        judge(200, Some(reply), &request.partner_user_id, answered)
    }

    pub(crate) fn function_changes(&mut self) {
        if self.rng.chance(0.25) {
            self.function.puid += 1;
            self.coverage.arose(Fact::PuidChanged);
            return;
        }
        self.function.mood = match self.rng.below(8) {
            0 => Mood::Silent,
            1 => Mood::Overloaded,
            2 => Mood::Refusing,
            3 => Mood::Unreachable,
            _ => Mood::Fine,
        };
        self.note(|world| format!("the Function is {:?}", world.function.mood));
    }
}
