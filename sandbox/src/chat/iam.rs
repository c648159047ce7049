//! IAM's chat tokens for visitors: `POST /v1/Accounts/<sid>/Tokens` and `…/Tokens/refresh`.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use crate::{
    Sandbox,
    common::{clock, lock, random},
};

/// How long a visitor's token lives.
const LIFETIME_S: u64 = 60 * 60;

/// A token for a visitor who has none: a new identity.
pub(super) fn issue(sandbox: &Sandbox) -> Response {
    answer(sandbox, &random::sid(""))
}

/// A new token for the visitor of a token that is still good.
pub(super) fn refresh(sandbox: &Sandbox, body: &[u8]) -> Response {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let token = body["token"].as_str().unwrap_or_default();
    let known = lock(&sandbox.chat.0).tokens.identity(token, clock::now_s()).map(str::to_owned);
    match known {
        Some(identity) => answer(sandbox, &identity),
        None => refusal(),
    }
}

fn answer(sandbox: &Sandbox, identity: &str) -> Response {
    let Ok(token) = random::token() else {
        return (StatusCode::INTERNAL_SERVER_ERROR, "No token could be made.\n").into_response();
    };
    let expires_at_s = clock::now_s() + LIFETIME_S;
    lock(&sandbox.chat.0).tokens.issue(token.clone(), identity, expires_at_s);
    Json(json!({
        "expiration": clock::iso_8601(expires_at_s),
        "identity": identity,
        "roles": ["customer"],
        "token": token,
    }))
    .into_response()
}

/// Twilio's refusal of a token that is unknown or has run out.
pub(super) fn refusal() -> Response {
    let body = json!({ "code": 20_003, "message": "Authenticate", "status": 401 });
    (StatusCode::UNAUTHORIZED, Json(body)).into_response()
}
