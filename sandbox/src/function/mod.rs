use std::sync::Arc;

use axum::Router;

use crate::Sandbox;

#[derive(Default)]
pub(crate) struct State {}

pub(crate) async fn start(sandbox: &Arc<Sandbox>) -> Result<(), String> {
    let _ = sandbox;
    Ok(())
}

pub(crate) fn router(sandbox: Arc<Sandbox>) -> Router {
    let _ = sandbox;
    Router::new()
}
