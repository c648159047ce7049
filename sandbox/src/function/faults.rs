//! What goes wrong with the Function on purpose (`function` and `login_key` of the scenario).

use std::time::{Duration, SystemTime};

use axum::{
    Json,
    body::{Body, to_bytes},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::iam;
use crate::{
    Sandbox,
    common::{
        account::{AGENT_REALM_USER_ID, GLANCE_API_KEY, GROUP_ID},
        hang_up,
    },
    glance,
    scenario::{FunctionFault, LoginKeyFault},
};

/// How long the slow Function takes; Twilio ends a Function after ten seconds, networks do not.
const SLOW: Duration = Duration::from_secs(30);

/// For how long the expired login key has been useless, in seconds.
const EXPIRED_SINCE_S: u64 = 3600;

/// For how long the short-lived and the long-lived login key are good, in seconds.
const SHORT_LIFE_S: u64 = 30;
const LONG_LIFE_S: u64 = 48 * 3600;

/// When a Function that is unavailable wants to be asked again, in seconds.
const RETRY_AFTER_S: u32 = 1;

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
                "name": "GLANCE_EXPIRATION",
                "problem": "missing",
            }})
            .to_string(),
        )
            .into_response(),
        FunctionFault::Unavailable => (
            StatusCode::SERVICE_UNAVAILABLE,
            own_headers(sandbox, "application/json"),
            [(header::RETRY_AFTER, RETRY_AFTER_S.to_string())],
            json!({ "error": {
                "code": "validator_unavailable",
                "message": "Twilio could not be asked about the Flex token. Try again in a few seconds.",
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

/// The Function's answer as the scenario wants its login key.
pub(super) async fn with_login_key(fault: LoginKeyFault, response: Response) -> Response {
    let is_as_ever = matches!(fault, LoginKeyFault::None | LoginKeyFault::UnknownUser);
    if is_as_ever || response.status() != StatusCode::OK {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let body = to_bytes(body, LARGEST_ANSWER).await.unwrap_or_default();
    let Some(changed) = changed(fault, &body) else {
        return Response::from_parts(head, Body::from(body));
    };
    head.headers.remove(header::CONTENT_LENGTH);
    head.headers.remove(header::ETAG);
    if fault == LoginKeyFault::Published {
        head.headers.remove(header::ACCESS_CONTROL_EXPOSE_HEADERS);
        head.headers.remove(header::CACHE_CONTROL);
    }
    (head, Json(changed)).into_response()
}

/// The reply with another login key, genuine unless it is malformed, or with other members.
fn changed(fault: LoginKeyFault, reply: &[u8]) -> Option<Value> {
    let mut reply: Value = serde_json::from_slice(reply).ok()?;
    let now_s = SystemTime::UNIX_EPOCH.elapsed().ok()?.as_secs();
    let expires_at_s = match fault {
        LoginKeyFault::Expired => now_s.saturating_sub(EXPIRED_SINCE_S),
        LoginKeyFault::ShortLived => now_s + SHORT_LIFE_S,
        LoginKeyFault::LongLived => now_s + LONG_LIFE_S,
        _ => reply.get("expiration")?.as_u64()?,
    };
    if fault == LoginKeyFault::PlainUser {
        reply["partnerUserId"] = AGENT_REALM_USER_ID.into();
    }
    let partneruserid = reply.get("partnerUserId")?.as_str()?;
    let group_id = GROUP_ID.to_string();
    let login_key = glance::login_key::sign(GLANCE_API_KEY, &group_id, partneruserid, expires_at_s);
    reply["loginKey"] = match fault {
        LoginKeyFault::Malformed => login_key.replacen("$1$", "$2$", 1).into(),
        _ => login_key.into(),
    };
    reply["expiration"] = expires_at_s.into();
    if fault == LoginKeyFault::Published {
        let members = reply.as_object_mut()?;
        members.retain(|name, _| ["loginKey", "groupId", "expiration"].contains(&name.as_str()));
        members.insert("apiKey".to_owned(), GLANCE_API_KEY.into());
    }
    Some(reply)
}
