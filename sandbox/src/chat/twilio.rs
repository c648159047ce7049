//! Twilio's hosts as the shop's pages reach them, under `/twilio/<host>/<path>`.

use std::collections::HashMap;

use axum::{
    Form, Router,
    body::Bytes,
    extract::{
        FromRequest, Path, Request, State,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, Method, header},
    response::{IntoResponse, Response},
    routing::any,
};

use super::{Shared, iam, twilsock, web_channels};
use crate::{Sandbox, agent};

pub(crate) fn router(sandbox: Shared) -> Router {
    Router::new().route("/twilio/{host}/{*path}", any(call)).with_state(sandbox)
}

async fn call(
    State(sandbox): State<Shared>,
    Path((host, path)): Path<(String, String)>,
    method: Method,
    headers: HeaderMap,
    socket: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    request: Request,
) -> Response {
    match socket {
        Ok(socket) if host.starts_with("tsock.") => {
            socket.on_upgrade(move |socket| twilsock::serve(socket, sandbox))
        }
        Ok(_) => sandbox.unknown_calls.answer(&format!("WebSocket {host}/{path}")),
        Err(_) => rest(&sandbox, &method, &host, &path, &headers, request).await,
    }
}

async fn rest(
    sandbox: &Sandbox,
    method: &Method,
    host: &str,
    path: &str,
    headers: &HeaderMap,
    request: Request,
) -> Response {
    let parts: Vec<&str> = path.split('/').collect();
    match (method.as_str(), host, parts.as_slice()) {
        ("POST", "iam.twilio.com", ["v1", "Accounts", _, "Tokens"]) => iam::issue(sandbox),
        ("POST", "iam.twilio.com", ["v1", "Accounts", _, "Tokens", "refresh"]) => {
            match Bytes::from_request(request, &()).await {
                Ok(body) => iam::refresh(sandbox, &body),
                Err(error) => error.into_response(),
            }
        }
        ("POST", "flex-api.twilio.com", ["v1", "WebChannels"]) => {
            match Form::<HashMap<String, String>>::from_request(request, &()).await {
                Ok(Form(form)) => {
                    web_channels::create(sandbox, agent::token(headers).as_deref(), &form)
                }
                Err(error) => error.into_response(),
            }
        }
        // The widget's fonts.
        ("GET", "assets.flex.twilio.com", [.., file]) if file.ends_with(".css") => {
            ([(header::CONTENT_TYPE, "text/css")], "").into_response()
        }
        _ => sandbox.unknown_calls.answer(&format!("{method} {host}/{path}")),
    }
}
