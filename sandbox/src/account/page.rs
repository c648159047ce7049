//! The page of the account, on the landing page's origin, with Flex's Configuration beside it.

use std::sync::Arc;

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use tower_http::services::{ServeDir, ServeFile};

use super::{api, call::Call};
use crate::{
    Sandbox,
    common::account::{API_KEY_SECRET, API_KEY_SID},
    pages,
};

const PAGE: &str = "account/index.html";

/// `/account`, its files, and what it asks.
pub(crate) fn router(sandbox: Arc<Sandbox>) -> Router {
    let schema = ServeFile::new(sandbox.root.join("settings.schema.json"));
    let files = ServeDir::new(sandbox.root.join("www/account"));
    Router::new()
        .route("/account", get(page))
        .nest_service("/account/", files)
        .route_service("/settings.schema.json", schema)
        .route("/twilio/flex-api.twilio.com/v1/Configuration", get(configure).post(configure))
        .with_state(sandbox)
}

/// The page acts as an administrator, with the sandbox's own API key.
async fn page(State(sandbox): State<Arc<Sandbox>>) -> Response {
    match pages::render(&sandbox, PAGE).await {
        Ok(text) => {
            let key = BASE64_STANDARD.encode(format!("{API_KEY_SID}:{API_KEY_SECRET}"));
            let text = text.replace("{{administrator}}", &key);
            ([(header::CACHE_CONTROL, "no-store")], Html(text)).into_response()
        }
        Err(error) => pages::missing(PAGE, &error),
    }
}

async fn configure(
    State(sandbox): State<Arc<Sandbox>>,
    method: Method,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let call = Call {
        method: &method,
        host: "flex-api.twilio.com",
        path: "/v1/Configuration",
        query: "",
        headers: &headers,
        body: &body,
    };
    let answer = api::answer(&sandbox, call).await;
    answer.unwrap_or_else(|| StatusCode::UNAUTHORIZED.into_response())
}
