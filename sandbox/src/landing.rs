//! The landing page and the control API.

use std::sync::Arc;

use axum::Router;

use crate::Sandbox;

pub(crate) fn router(sandbox: Arc<Sandbox>) -> Router {
    let _ = sandbox;
    Router::new()
}
