//! The login-key Function on its own origin: the real `twilio-run`, and the stand-in for the IAM
//! service that the Function asks about tokens.

mod faults;
mod iam;
mod process;
mod proxy;

use std::sync::Arc;

use axum::{Router, routing::post};
use tokio::sync::watch;

pub(crate) use self::process::FunctionProcess;
use self::process::Upstream;
use crate::Sandbox;

/// Where `twilio-run` stands.
#[derive(Default)]
pub(crate) struct State {
    upstream: watch::Sender<Upstream>,
}

/// Starts `twilio-run` without waiting for it: requests wait instead.
///
/// The process lives as long as the returned value.
///
/// # Errors
/// A sentence that says what is missing and how to get it.
pub(crate) async fn start(sandbox: &Arc<Sandbox>) -> Result<FunctionProcess, String> {
    FunctionProcess::start(sandbox)
}

pub(crate) fn router(sandbox: Arc<Sandbox>) -> Router {
    Router::new()
        .route("/iam/v1/Accounts/{account_sid}/Tokens/validate", post(iam::validate))
        .fallback(proxy::forward)
        .with_state(sandbox)
}
