//! What goes wrong with the Function on purpose (`function` and `login_key` of the scenario).

use std::{
    io,
    time::{Duration, SystemTime},
};

use axum::{
    Json,
    body::{Body, Bytes, to_bytes},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use serde_json::{Value, json};

use super::iam;
use crate::{
    Sandbox,
    account::{GLANCE_API_KEY, GROUP_ID},
    glance,
    scenario::{FunctionFault, LoginKeyFault},
};

/// How long the slow Function takes; Twilio ends a Function after ten seconds, networks do not.
const SLOW: Duration = Duration::from_secs(30);

/// For how long the expired login key has been useless, in seconds.
const EXPIRED_SINCE_S: u64 = 3600;

/// No answer of the Function comes near.
const LARGEST_ANSWER: usize = 1 << 20;

/// The answer that takes the Function's place, if any; a slow Function answers itself, but late.
pub(super) async fn instead(sandbox: &Sandbox, fault: FunctionFault) -> Option<Response> {
    let response = match fault {
        FunctionFault::None => return None,
        FunctionFault::Slow => {
            tokio::time::sleep(SLOW).await;
            return None;
        }
        FunctionFault::Forbidden => forbidden(),
        FunctionFault::Error => (
            StatusCode::INTERNAL_SERVER_ERROR,
            own_headers(sandbox, "application/json"),
            json!({ "error": {
                "code": "configuration",
                "message": "getloginkey: GLANCE_EXPIRATION is not set. Set it to a number of seconds from 1 to 86400, for example 3600, and deploy again.",
            }})
            .to_string(),
        )
            .into_response(),
        FunctionFault::Garbage => (
            own_headers(sandbox, "text/html; charset=utf-8"),
            "<!DOCTYPE html><title>Sign in</title><p>Please sign in to the network.</p>",
        )
            .into_response(),
        FunctionFault::Down => hang_up(),
    };
    Some(response)
}

/// Closes the connection without an answer: a body that fails at once takes its head with it.
pub(crate) fn hang_up() -> Response {
    let failed = Err::<Bytes, _>(io::Error::from(io::ErrorKind::ConnectionReset));
    Body::from_stream(stream::iter([failed])).into_response()
}

/// As the published validator package answers for a Function that is wrapped in it.
fn forbidden() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "plain/text"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "OPTIONS, POST, GET"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type"),
    ];
    (StatusCode::FORBIDDEN, headers, iam::REFUSED).into_response()
}

/// The headers that our own Function puts on every answer.
fn own_headers(sandbox: &Sandbox, content_type: &str) -> [(HeaderName, String); 5] {
    [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, sandbox.origins.desktop.clone()),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, "Date, Retry-After".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::VARY, "Origin".to_owned()),
    ]
}

/// The Function's answer with the login key that the scenario asks for.
pub(super) async fn with_login_key(fault: LoginKeyFault, response: Response) -> Response {
    if fault != LoginKeyFault::Expired || response.status() != StatusCode::OK {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let body = to_bytes(body, LARGEST_ANSWER).await.unwrap_or_default();
    let Some(expired) = expired(&body) else {
        return Response::from_parts(head, Body::from(body));
    };
    head.headers.remove(header::CONTENT_LENGTH);
    head.headers.remove(header::ETAG);
    (head, Json(expired)).into_response()
}

/// The same reply with a genuine login key whose time is over.
fn expired(reply: &[u8]) -> Option<Value> {
    let mut reply: Value = serde_json::from_slice(reply).ok()?;
    let partneruserid = reply.get("partnerUserId")?.as_str()?.to_owned();
    let now_s = SystemTime::UNIX_EPOCH.elapsed().ok()?.as_secs();
    let expires_at_s = now_s.saturating_sub(EXPIRED_SINCE_S);
    let group_id = GROUP_ID.to_string();
    reply["loginKey"] =
        glance::login_key::sign(GLANCE_API_KEY, &group_id, &partneruserid, expires_at_s).into();
    reply["expiration"] = expires_at_s.into();
    Some(reply)
}
