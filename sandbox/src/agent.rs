//! The agent's sign-in: Flex tokens, handed out to the desktop and asked about by Twilio's IAM.

use std::{collections::HashMap, io, sync::Mutex};

use axum::{Json, extract::State, http::StatusCode};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Shared, clock, lock, random};
use crate::{Sandbox, account, scenario::AgentRole};

/// How long a Flex token lives: a working day, as at Twilio.
const LIFETIME_S: u64 = 24 * 60 * 60;

/// The agent's roles in Flex.
pub(super) fn roles(sandbox: &Sandbox) -> [&'static str; 1] {
    match sandbox.scenario().agent_role {
        AgentRole::Agent => ["agent"],
        AgentRole::Admin => ["admin"],
    }
}

/// The tokens handed out so far, each with the Unix second at which it runs out.
#[derive(Default)]
pub(super) struct Tokens(Mutex<HashMap<String, u64>>);

impl Tokens {
    /// Remembers a new token.
    fn issue(&self, token: String, expires_at_s: u64) {
        lock(&self.0).insert(token, expires_at_s);
    }

    /// When a token runs out; nothing if it was never handed out or has run out already.
    fn expires_at_s(&self, token: &str, now_s: u64) -> Option<u64> {
        lock(&self.0).get(token).copied().filter(|expires_at_s| *expires_at_s > now_s)
    }
}

/// Who a Flex token speaks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Session {
    pub(crate) identity: &'static str,
    pub(crate) realm_user_id: &'static str,
    pub(crate) worker_sid: &'static str,
    pub(crate) flex_user_sid: &'static str,
    pub(crate) roles: [&'static str; 1],
    /// ISO 8601.
    pub(crate) expiration: String,
}

/// The session of a Flex token; nothing if the token is unknown or has run out.
pub(crate) fn session_of(sandbox: &Sandbox, token: &str) -> Option<Session> {
    let expires_at_s = sandbox.desktop.tokens.expires_at_s(token, clock::now_s())?;
    Some(Session {
        identity: account::AGENT_IDENTITY,
        realm_user_id: account::AGENT_REALM_USER_ID,
        worker_sid: super::sids::WORKER,
        flex_user_sid: super::sids::FLEX_USER,
        roles: roles(sandbox),
        expiration: clock::iso_8601(expires_at_s),
    })
}

/// `POST /session` on the desktop's origin: what Flex keeps in `localStorage.TWILIO_FLEX_SSO` after
/// a log-in.
pub(super) async fn sign_in(
    State(sandbox): State<Shared>,
) -> Result<Json<Value>, (StatusCode, String)> {
    let token = new_token(&sandbox).map_err(|error| {
        (StatusCode::INTERNAL_SERVER_ERROR, format!("No token could be made: {error}.\n"))
    })?;
    let session = session_of(&sandbox, &token);
    Ok(Json(json!({
        "token": token,
        "identity": account::AGENT_IDENTITY,
        "expiration": session.map(|session| session.expiration),
        "roles": roles(&sandbox),
    })))
}

/// A fresh token of the agent.
fn new_token(sandbox: &Sandbox) -> io::Result<String> {
    let token = random::token()?;
    sandbox.desktop.tokens.issue(token.clone(), clock::now_s() + LIFETIME_S);
    Ok(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_until_the_second_it_runs_out() {
        let tokens = Tokens::default();
        tokens.issue("a".to_owned(), 100);
        assert_eq!(tokens.expires_at_s("a", 99), Some(100));
        assert_eq!(tokens.expires_at_s("a", 100), None);
    }

    #[test]
    fn a_token_never_handed_out_is_unknown() {
        assert_eq!(Tokens::default().expires_at_s("", 0), None);
    }
}
