//! The Function's origin as a browser sees it: passes requests on to `twilio-run` and its answers
//! back, CORS headers and all, unless the scenario has something else in mind.

use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{faults, process::Upstream};
use crate::Sandbox;

/// More than the 6 MB that the runtime takes, so that it is the runtime that refuses.
const LARGEST_BODY: usize = 8 << 20;

/// Headers that belong to one connection and not to the message.
const HOP_BY_HOP: [header::HeaderName; 6] = [
    header::CONNECTION,
    header::EXPECT,
    header::HOST,
    header::TE,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

pub(super) async fn forward(State(sandbox): State<Arc<Sandbox>>, request: Request) -> Response {
    let scenario = sandbox.scenario();
    // A preflight is the runtime's own business and never reaches a Function.
    let preflight = request.method() == Method::OPTIONS;
    if !preflight && let Some(response) = faults::instead(&sandbox, scenario.function).await {
        return response;
    }
    match relay(&sandbox, request).await {
        Ok(response) => faults::with_login_key(scenario.login_key, response).await,
        Err(response) => response,
    }
}

async fn relay(sandbox: &Sandbox, request: Request) -> Result<Response, Response> {
    let (client, port) = upstream(sandbox).await?;
    let (head, body) = request.into_parts();
    let body = to_bytes(body, LARGEST_BODY)
        .await
        .map_err(|error| (StatusCode::PAYLOAD_TOO_LARGE, error.to_string()).into_response())?;
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let answer = client
        .request(head.method, format!("http://127.0.0.1:{port}{path}"))
        .headers(end_to_end(head.headers))
        .body(body)
        .send()
        .await
        .map_err(|error| gone(&error))?;
    let (status, headers) = (answer.status(), end_to_end(answer.headers().clone()));
    let body = answer.bytes().await.map_err(|error| gone(&error))?;
    Ok((status, headers, Body::from(body)).into_response())
}

/// Waits until `twilio-run` listens.
async fn upstream(sandbox: &Sandbox) -> Result<(reqwest::Client, u16), Response> {
    let mut states = sandbox.function.upstream.subscribe();
    let state = states.wait_for(|state| !matches!(state, Upstream::Starting)).await;
    match state.as_deref() {
        Ok(Upstream::Ready { client, port }) => Ok((client.clone(), *port)),
        Ok(Upstream::Failed(reason)) => Err(bad_gateway(reason.clone())),
        Ok(Upstream::Starting) | Err(_) => Err(bad_gateway("twilio-run is not there.".to_owned())),
    }
}

fn gone(error: &reqwest::Error) -> Response {
    bad_gateway(format!("twilio-run did not answer: {error}"))
}

fn bad_gateway(reason: String) -> Response {
    (StatusCode::BAD_GATEWAY, reason).into_response()
}

fn end_to_end(mut headers: HeaderMap) -> HeaderMap {
    for name in HOP_BY_HOP {
        headers.remove(name);
    }
    headers.remove("keep-alive");
    headers
}
