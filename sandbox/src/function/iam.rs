//! Stands for `POST https://iam.twilio.com/v1/Accounts/{sid}/Tokens/validate`.
//!
//! Faithful in: Basic authentication with the account's SID and auth token or with an API key and its
//! secret, 401 with Twilio's JSON error otherwise; a token's verdict comes with status 200; the fields
//! of the verdict and their types.
//! Differs in: it knows the tokens that the desktop handed out and no others, and its wording of a
//! refusal is ours. Tokens with the prefix `iam-test-` are understood by themselves:
//!
//! | Token | Answer |
//! |---|---|
//! | `iam-test-agent` | the agent's verdict |
//! | `iam-test-supervisor`, `iam-test-norole` | the same with the role `supervisor`, with no role |
//! | `iam-test-as-<hex>` | the verdict of the identity whose UTF-8 bytes are given in hexadecimal |
//! | `iam-test-with-<hex>` | the agent's verdict with the members of a JSON object laid over it |
//! | `iam-test-says-<status>-<hex>` | this status with this body |
//! | `iam-test-anonymous` | a valid verdict without an identity |
//! | `iam-test-credentials` | 401, as if the Function's own credentials were wrong |
//! | `iam-test-busy`, `iam-test-error` | 429 and 500 with Twilio's JSON error |
//! | `iam-test-html` | 502 with a page |
//! | `iam-test-drop` | closes the connection |
//! | `iam-test-hang` | never answers |
//! | `iam-test-stall` | begins a verdict and never ends it |
//! | `iam-test-endless` | a body that goes on for ever |

use std::{convert::Infallible, future::pending, sync::Arc};

use axum::{
    Json,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use futures_util::{Stream, StreamExt, stream};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    Sandbox, agent,
    common::{
        account::{ACCOUNT_SID, AGENT_IDENTITY, AGENT_REALM_USER_ID},
        credentials::authorized,
        hang_up,
    },
    scenario::FlexTokenFault,
};

/// How a refused token is put into words.
pub(super) const REFUSED: &str = "Token is invalid or has expired";

const WORKER_SID: &str = "WK00000000000000000000000000000000";

/// Far away: the tests' own tokens do not run out.
const NEVER: &str = "2099-12-31T23:59:59.000Z";

#[derive(Deserialize)]
struct Question {
    token: String,
}

pub(super) async fn validate(
    State(sandbox): State<Arc<Sandbox>>,
    Path(account_sid): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if account_sid != ACCOUNT_SID || !authorized(&headers) {
        return error(StatusCode::UNAUTHORIZED, 20003, "Authenticate");
    }
    let Ok(Question { token }) = serde_json::from_slice(&body) else {
        return error(StatusCode::BAD_REQUEST, 20001, "Token is missing");
    };
    match token.strip_prefix("iam-test-") {
        Some(test) => answer_test(test).await,
        None => Json(verdict(&sandbox, &token)).into_response(),
    }
}

fn verdict(sandbox: &Sandbox, token: &str) -> Value {
    if sandbox.scenario().flex_token == FlexTokenFault::Expired {
        return refused();
    }
    let Some(session) = agent::session_of(sandbox, token) else {
        return refused();
    };
    json!({
        "valid": true,
        "code": 0,
        "message": null,
        "expiration": session.expiration,
        "realm_user_id": session.realm_user_id,
        "identity": session.identity,
        "roles": session.roles,
        "worker_sid": session.worker_sid,
    })
}

async fn answer_test(test: &str) -> Response {
    if let Some(identity) = test.strip_prefix("as-").and_then(from_hex) {
        return Json(valid(&identity, &identity, &["agent"])).into_response();
    }
    if let Some(members) = test.strip_prefix("with-").and_then(from_hex) {
        let mut verdict = valid(AGENT_IDENTITY, AGENT_REALM_USER_ID, &["agent"]);
        for (name, value) in serde_json::from_str::<Map<_, _>>(&members).unwrap_or_default() {
            verdict[name] = value;
        }
        return Json(verdict).into_response();
    }
    if let Some(answer) = test.strip_prefix("says-").and_then(verbatim) {
        return answer;
    }
    let agent = |roles| Json(valid(AGENT_IDENTITY, AGENT_REALM_USER_ID, roles)).into_response();
    match test {
        "agent" => agent(&["agent"]),
        "supervisor" => agent(&["supervisor"]),
        "norole" => agent(&[]),
        "anonymous" => Json(json!({ "valid": true, "code": 0, "message": null })).into_response(),
        "credentials" => error(StatusCode::UNAUTHORIZED, 20003, "Authenticate"),
        "busy" => error(StatusCode::TOO_MANY_REQUESTS, 20429, "Too Many Requests"),
        "error" => error(StatusCode::INTERNAL_SERVER_ERROR, 20500, "Internal Server Error"),
        "html" => {
            (StatusCode::BAD_GATEWAY, Html("<html><h1>502 Bad Gateway</h1></html>")).into_response()
        }
        "drop" => hang_up(),
        "hang" => pending().await,
        "stall" => unfinished(stream::once(async { r#"{"valid":"# }).chain(stream::pending())),
        "endless" => unfinished(stream::repeat("                ")),
        _ => Json(refused()).into_response(),
    }
}

fn valid(identity: &str, realm_user_id: &str, roles: &[&str]) -> Value {
    json!({
        "valid": true,
        "code": 0,
        "message": null,
        "expiration": NEVER,
        "realm_user_id": realm_user_id,
        "identity": identity,
        "roles": roles,
        "worker_sid": WORKER_SID,
    })
}

fn refused() -> Value {
    json!({ "valid": false, "code": 20101, "message": REFUSED })
}

/// An error as Twilio's REST APIs put it.
fn error(status: StatusCode, code: u32, message: &str) -> Response {
    let body = json!({
        "code": code,
        "message": message,
        "more_info": format!("https://www.twilio.com/docs/errors/{code}"),
        "status": status.as_u16(),
    });
    (status, Json(body)).into_response()
}

fn unfinished(parts: impl Stream<Item = &'static str> + Send + 'static) -> Response {
    let body = Body::from_stream(parts.map(Ok::<_, Infallible>));
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// The answer of `says-<status>-<hex>`.
fn verbatim(answer: &str) -> Option<Response> {
    let (status, body) = answer.split_once('-')?;
    let status = StatusCode::from_bytes(status.as_bytes()).ok()?;
    let headers = [(header::CONTENT_TYPE, "application/json")];
    Some((status, headers, from_hex(body)?).into_response())
}

fn from_hex(hex: &str) -> Option<String> {
    let digits = hex.as_bytes().chunks(2);
    let bytes = digits.map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok());
    String::from_utf8(bytes.collect::<Option<_>>()?).ok()
}
