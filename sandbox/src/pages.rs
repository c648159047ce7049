//! The pages under `www/`, with the sandbox's origins filled in.

use std::io;

use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};

use crate::{Sandbox, account};

/// The text of `www/<path>` with `{{landing}}`, `{{desktop}}`, `{{shop}}`, `{{glance}}`,
/// `{{function}}` and `{{group_id}}` replaced.
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
    Ok(values.into_iter().fold(text, |text, (name, value)| text.replace(name, value)))
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
