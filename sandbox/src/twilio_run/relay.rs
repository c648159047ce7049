//! Passes requests on to `twilio-run` and its answers back, CORS headers and all.

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use tokio::sync::watch;

use super::process::Upstream;

/// Headers that belong to one connection and not to the message.
const HOP_BY_HOP: [header::HeaderName; 6] = [
    header::CONNECTION,
    header::EXPECT,
    header::HOST,
    header::TE,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// Asks `twilio-run`, as soon as it listens. 502 if it is not there.
///
/// * `path`: with its query
pub(crate) async fn relay(
    upstream: &watch::Sender<Upstream>,
    method: Method,
    path: &str,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match ask(upstream, method, path, headers, body).await {
        Ok(response) => response,
        Err(reason) => (StatusCode::BAD_GATEWAY, reason).into_response(),
    }
}

async fn ask(
    upstream: &watch::Sender<Upstream>,
    method: Method,
    path: &str,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, String> {
    let gone = |error: reqwest::Error| format!("twilio-run did not answer: {error}");
    let (client, port) = listening(upstream).await?;
    let answer = client
        .request(method, format!("http://127.0.0.1:{port}{path}"))
        .headers(end_to_end(headers))
        .body(body)
        .send()
        .await
        .map_err(gone)?;
    let (status, headers) = (answer.status(), end_to_end(answer.headers().clone()));
    let body = answer.bytes().await.map_err(gone)?;
    Ok((status, headers, Body::from(body)).into_response())
}

/// Waits until `twilio-run` listens.
async fn listening(upstream: &watch::Sender<Upstream>) -> Result<(reqwest::Client, u16), String> {
    let mut states = upstream.subscribe();
    let state = states.wait_for(|state| !matches!(state, Upstream::Starting)).await;
    match state.as_deref() {
        Ok(Upstream::Ready { client, port }) => Ok((client.clone(), *port)),
        Ok(Upstream::Failed(reason)) => Err(reason.clone()),
        Ok(Upstream::Starting) | Err(_) => Err("twilio-run is not there.".to_owned()),
    }
}

fn end_to_end(mut headers: HeaderMap) -> HeaderMap {
    for name in HOP_BY_HOP {
        headers.remove(name);
    }
    headers.remove("keep-alive");
    headers
}
