//! The visitor's site: a tea shop whose pages carry Glance's script, and its help desk.

mod help;
mod pages;

use std::sync::Arc;

use axum::{
    Router,
    http::HeaderValue,
    routing::{get, post},
};
use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};

use crate::Sandbox;

pub(crate) fn router(sandbox: Arc<Sandbox>) -> Router {
    let assets = ServeDir::new(sandbox.root.join("www/shop/assets"));
    let keep_fresh = SetResponseHeaderLayer::overriding(
        axum::http::header::CACHE_CONTROL,
        HeaderValue::from_static("no-cache"),
    );
    Router::new()
        .route("/", get(pages::home))
        .route("/{page}", get(pages::page))
        .route("/help", post(help::ask))
        .route("/help/{sid}", get(help::states).delete(help::leave))
        .nest_service("/assets", assets)
        .layer(keep_fresh)
        .with_state(sandbox)
}
