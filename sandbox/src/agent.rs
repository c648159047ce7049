//! The agent as Twilio knows them: Flex tokens, handed out to the desktop and asked about by Twilio's
//! hosts, and who such a token speaks for.

use std::{
    collections::HashMap,
    io,
    sync::{Arc, Mutex},
};

use axum::{
    Json, extract,
    http::{HeaderMap, StatusCode, header},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    Sandbox,
    common::{account, clock, lock, random, sids},
    scenario::AgentRole,
};

/// How long a Flex token lives: a working day, as at Twilio.
const LIFETIME_S: u64 = 24 * 60 * 60;

/// The agent's roles in Flex.
fn roles(sandbox: &Sandbox) -> [&'static str; 1] {
    match sandbox.scenario().agent_role {
        AgentRole::Agent => ["agent"],
        AgentRole::Admin => ["admin"],
    }
}

/// The tokens handed out so far, each with the Unix second at which it runs out.
#[derive(Default)]
pub(crate) struct State(Mutex<HashMap<String, u64>>);

impl State {
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
    let expires_at_s = sandbox.agent.expires_at_s(token, clock::now_s())?;
    Some(Session {
        identity: account::AGENT_IDENTITY,
        realm_user_id: account::AGENT_REALM_USER_ID,
        worker_sid: sids::WORKER,
        flex_user_sid: sids::FLEX_USER,
        roles: roles(sandbox),
        expiration: clock::iso_8601(expires_at_s),
    })
}

/// `POST /session` on the desktop's origin: what Flex keeps in `localStorage.TWILIO_FLEX_SSO` after
/// a log-in.
pub(crate) async fn sign_in(
    extract::State(sandbox): extract::State<Arc<Sandbox>>,
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
    sandbox.agent.issue(token.clone(), clock::now_s() + LIFETIME_S);
    Ok(token)
}

/// The Flex token a request carries: `X-Flex-JWE`, or the password of user `token`.
pub(crate) fn token(headers: &HeaderMap) -> Option<String> {
    if let Some(token) = headers.get("x-flex-jwe") {
        return Some(token.to_str().unwrap_or_default().to_owned());
    }
    let basic = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
    // Flex UI 2.17.1 writes a stray parenthesis behind the credentials, and Twilio lets it pass.
    let basic = basic.trim_end_matches(')');
    let pair = String::from_utf8(BASE64_STANDARD.decode(basic).ok()?).ok()?;
    pair.strip_prefix("token:").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn with(name: &'static str, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(
            header::HeaderName::from_static(name),
            HeaderValue::from_static(value),
        )])
    }

    #[test]
    fn the_token_is_read_from_either_header() {
        assert_eq!(token(&with("x-flex-jwe", "abc")).as_deref(), Some("abc"));
        for basic in ["Basic dG9rZW46YWJj", "Basic dG9rZW46YWJj)"] {
            assert_eq!(token(&with("authorization", basic)).as_deref(), Some("abc"));
        }
    }

    #[test]
    fn other_credentials_are_no_token() {
        // "someone:abc"
        assert_eq!(token(&with("authorization", "Basic c29tZW9uZTphYmM=")), None);
        assert_eq!(token(&with("authorization", "Bearer abc")), None);
        assert_eq!(token(&HeaderMap::new()), None);
    }

    #[test]
    fn a_token_is_good_until_the_second_it_runs_out() {
        let tokens = State::default();
        tokens.issue("a".to_owned(), 100);
        assert_eq!(tokens.expires_at_s("a", 99), Some(100));
        assert_eq!(tokens.expires_at_s("a", 100), None);
    }

    #[test]
    fn a_token_never_handed_out_is_unknown() {
        assert_eq!(State::default().expires_at_s("", 0), None);
    }
}
