//! Twilio's hosts under `/twilio/<host>/<path>`: who answers what.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{
        DefaultBodyLimit, Path, RawQuery, State,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::any,
};
use serde_json::{Value, json};

use super::{Shared, assets, taskrouter};
use crate::{Sandbox, account, agent, chat};

/// More than the largest asset that Twilio takes, in bytes.
const LARGEST_UPLOAD: usize = 26 << 20;

pub(super) fn router(sandbox: Shared) -> Router {
    Router::new()
        .route("/twilio/{host}/{*path}", any(call))
        .layer(DefaultBodyLimit::max(LARGEST_UPLOAD))
        .with_state(sandbox)
}

async fn call(
    State(sandbox): State<Shared>,
    Path((host, path)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    method: Method,
    headers: HeaderMap,
    socket: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    body: Bytes,
) -> Response {
    let query = query.as_deref().unwrap_or_default();
    let is_event_bridge = host.starts_with("event-bridge.") && path == "v1/wschannels";
    if let Ok(socket) = socket {
        return if is_event_bridge {
            let token = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "token");
            if token.is_none_or(|(_, token)| agent::session_of(&sandbox, &token).is_none()) {
                return refusal();
            }
            socket.on_upgrade(move |socket| taskrouter::events(socket, sandbox))
        } else if host.starts_with("tsock.") {
            socket.on_upgrade(move |socket| chat::twilsock::serve(socket, sandbox))
        } else {
            sandbox.unknown_calls.answer(&format!("WebSocket {host}/{path}"))
        };
    }
    if is_event_bridge && method == Method::POST {
        let if_match = headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok());
        return taskrouter::call(&sandbox, &body, if_match);
    }
    let call = account::Call {
        method: &method,
        host: &host,
        path: &format!("/{path}"),
        query,
        headers: &headers,
        body: &body,
    };
    if let Some(answer) = account::answer(&sandbox, call).await {
        return answer;
    }
    let answer = match agent::token(&headers) {
        Some(token) if agent::session_of(&sandbox, &token).is_none() => Some(refusal()),
        token => rest(&sandbox, &host, &path, token.as_deref(), &body),
    };
    answer.unwrap_or_else(|| sandbox.unknown_calls.answer(&format!("{method} {host}/{path}")))
}

/// The REST calls, plugins and files; nothing for those that nobody stands in for.
fn rest(
    sandbox: &Sandbox,
    host: &str,
    path: &str,
    token: Option<&str>,
    body: &[u8],
) -> Option<Response> {
    let parts: Vec<&str> = path.split('/').collect();
    match (host, parts.as_slice()) {
        ("flex-api.twilio.com", ["v1", "Configuration"] | ["v1", "Configuration", "Public"]) => {
            Some(match account::configuration::for_desktop(sandbox) {
                Ok(configuration) => Json(configuration).into_response(),
                Err(error) => {
                    (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response()
                }
            })
        }
        (_, ["v1", "Accounts", _, "Tokens", "Info"]) => Some(token_info(sandbox, body)),
        ("flex-api.twilio.com", ["v1", "account", "provision", "status"]) => {
            Some(Json(json!({ "status": "inactive" })).into_response())
        }
        // What administrators' desktops ask.
        ("flex-api.twilio.com", ["v1", "Instances", _, "Teams", "Context"]) => {
            Some(Json(json!({ "team_setup_complete": false })).into_response())
        }
        ("flex-api.twilio.com", ["v1", "Channels", sid, "Roles", _, "Users"]) => {
            Some(chat::add_agent(sandbox, token, sid))
        }
        ("flex.twilio.com", ["plugins"]) => {
            Some(Json(account::released::plugins(sandbox)).into_response())
        }
        ("flex.twilio.com", ["plugins", "bundles", version]) => {
            account::released::bundle(sandbox, version)
        }
        ("flex.twilio.com", ["api", "v1", "Session", ..] | ["api", "v1", "Features", ..]) => {
            Some(Json(features()).into_response())
        }
        _ => assets::file(host, path),
    }
}

/// What Flex asks about its own token, in the form field `Token`.
fn token_info(sandbox: &Sandbox, form: &[u8]) -> Response {
    let token = std::str::from_utf8(form)
        .ok()
        .and_then(|form| form.split('&').find_map(|field| field.strip_prefix("Token=")));
    let Some(session) = token.and_then(|token| agent::session_of(sandbox, token)) else {
        return Json(json!({ "valid": false, "message": "The token is unknown or has expired" }))
            .into_response();
    };
    Json(json!({
        "valid": true,
        "expiration": session.expiration,
        "flex_user_sid": session.flex_user_sid,
        "identity": session.identity,
        "realm_user_id": session.realm_user_id,
        "roles": session.roles,
        "worker_sid": session.worker_sid,
    }))
    .into_response()
}

/// Twilio's refusal of a token that is unknown or has run out.
fn refusal() -> Response {
    let body = json!({ "code": 20003, "message": "Authenticate", "status": 401 });
    (StatusCode::UNAUTHORIZED, Json(body)).into_response()
}

/// The body of `GET /api/v1/Session`. With localization on, Flex takes its language from
/// `configuration.language`, as it does for accounts in Twilio's localization programme.
fn features() -> Value {
    json!({
        "features": [{
            "id": "localization-beta",
            "name": "Localization",
            "description": "Whether Flex speaks the account's language",
            "doc_url": null,
            "enabled": true,
            "stage": "beta",
        }],
        "insights_active": false,
    })
}
