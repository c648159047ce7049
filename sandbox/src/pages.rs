//! The pages under `www/`, with the sandbox's origins filled in.

use std::io;

use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};

use crate::{Sandbox, common::account};

/// The text of `www/<path>` with `{{landing}}`, `{{desktop}}`, `{{shop}}`, `{{glance}}`,
/// `{{function}}`, `{{group_id}}`, `{{account_sid}}` and `{{flex_flow_sid}}` replaced.
///
/// # Errors
/// The file cannot be read.
pub(crate) async fn render(sandbox: &Sandbox, path: &str) -> io::Result<String> {
    let text = tokio::fs::read_to_string(sandbox.root.join("www").join(path)).await?;
    let origins = &sandbox.origins;
    let group_id = account::GROUP_ID.to_string();
    let values = [
        ("{{landing}}", &origins.landing),
        ("{{desktop}}", &origins.desktop),
        ("{{shop}}", &origins.shop),
        ("{{glance}}", &origins.glance),
        ("{{function}}", &origins.function),
        ("{{group_id}}", &group_id),
    ];
    let sids =
        [("{{account_sid}}", account::ACCOUNT_SID), ("{{flex_flow_sid}}", account::FLEX_FLOW_SID)];
    let values = values.map(|(name, value)| (name, value.as_str())).into_iter().chain(sids);
    Ok(values.fold(text, |text, (name, value)| text.replace(name, value)))
}

/// The page `www/<path>` as a response that no browser keeps; 404 with a sentence if it is missing.
pub(crate) async fn page(sandbox: &Sandbox, path: &str) -> Response {
    match render(sandbox, path).await {
        Ok(text) => ([(header::CACHE_CONTROL, "no-store")], Html(text)).into_response(),
        Err(error) => missing(path, &error),
    }
}

/// 404 for a page that cannot be read.
pub(crate) fn missing(path: &str, error: &io::Error) -> Response {
    (StatusCode::NOT_FOUND, format!("www/{path} cannot be read: {error}.\n")).into_response()
}
