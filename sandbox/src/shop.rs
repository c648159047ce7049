//! The visitor's site: a tea shop whose pages carry Glance's script and Flex WebChat, and its help
//! desk for calls.

mod help;
mod pages;

use std::sync::Arc;

use axum::{
    Router,
    http::HeaderValue,
    routing::{get, post},
};
use tower_http::{
    services::{ServeDir, ServeFile},
    set_header::SetResponseHeaderLayer,
};

use crate::{Sandbox, chat};

pub(crate) fn router(sandbox: Arc<Sandbox>) -> Router {
    let assets = ServeDir::new(sandbox.root.join("www/shop/assets"));
    let twilio = ServeFile::new(sandbox.root.join("www/twilio.js"));
    let visitor = ServeFile::new(sandbox.root.join("dist/visitor.min.js"));
    let webchat = ServeFile::new(sandbox.root.join("sandbox/dist/flex-webchat.js"));
    let keep_fresh = SetResponseHeaderLayer::overriding(
        axum::http::header::CACHE_CONTROL,
        HeaderValue::from_static("no-cache"),
    );
    Router::new()
        .route("/", get(pages::home))
        .route("/{page}", get(pages::page))
        .route("/help", post(help::ask))
        .route("/help/{sid}", get(help::states).delete(help::leave))
        .route_service("/twilio.js", twilio)
        .route_service("/flex-glance-visitor.js", visitor)
        .route_service("/flex-webchat.js", webchat)
        .nest_service("/assets", assets)
        .with_state(sandbox.clone())
        .merge(chat::router(sandbox))
        .layer(keep_fresh)
}
