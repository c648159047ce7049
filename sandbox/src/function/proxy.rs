//! The Function's origin as a browser sees it: passes requests on to `twilio-run` and its answers
//! back, CORS headers and all, unless the scenario has something else in mind.

use std::sync::Arc;

use axum::{
    body::to_bytes,
    extract::{Request, State},
    http::{Method, StatusCode},
    response::{IntoResponse, Response},
};

use super::faults;
use crate::{Sandbox, twilio_run::relay};

/// More than the 6 MB that the runtime takes, so that it is the runtime that refuses.
const LARGEST_BODY: usize = 8 << 20;

pub(super) async fn forward(State(sandbox): State<Arc<Sandbox>>, request: Request) -> Response {
    let scenario = sandbox.scenario();
    // A preflight is the runtime's own business and never reaches a Function.
    let preflight = request.method() == Method::OPTIONS;
    if !preflight && let Some(response) = faults::instead(&sandbox, scenario.function).await {
        return response;
    }
    let (head, body) = request.into_parts();
    let body = match to_bytes(body, LARGEST_BODY).await {
        Ok(body) => body,
        Err(error) => return (StatusCode::PAYLOAD_TOO_LARGE, error.to_string()).into_response(),
    };
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let response = relay(&sandbox.function.upstream, head.method, path, head.headers, body).await;
    faults::with_login_key(scenario.login_key, response).await
}
