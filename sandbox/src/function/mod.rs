//! The login-key Function on its own origin: the real `twilio-run`, and the stand-in for the IAM
//! service that the Function asks about tokens.

mod faults;
mod iam;
mod proxy;

use std::sync::Arc;

use axum::{Router, routing::post};
use tokio::sync::watch;

use crate::{
    Sandbox,
    common::account::{ACCOUNT_SID, AUTH_TOKEN, GLANCE_API_KEY, GROUP_ID},
    twilio_run::{Project, TwilioRun, Upstream},
};

/// For how long a login key is good, in seconds.
const LOGIN_KEY_LIFE_S: u32 = 3600;

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
pub(crate) fn start(sandbox: &Sandbox) -> Result<TwilioRun, String> {
    let settings = [
        ("ACCOUNT_SID", ACCOUNT_SID.to_owned()),
        ("AUTH_TOKEN", AUTH_TOKEN.to_owned()),
        ("GLANCE_API_KEY", GLANCE_API_KEY.to_owned()),
        ("GLANCE_GROUP_ID", GROUP_ID.to_string()),
        ("GLANCE_EXPIRATION", LOGIN_KEY_LIFE_S.to_string()),
        ("ALLOWED_ORIGINS", sandbox.origins.desktop.clone()),
    ];
    let project = Project {
        folder: "functions".into(),
        functions: ".",
        settings: settings.map(|(name, value)| (name.to_owned(), value)).into(),
    };
    TwilioRun::start(sandbox, &project, sandbox.function.upstream.clone())
}

pub(crate) fn router(sandbox: Arc<Sandbox>) -> Router {
    Router::new()
        .route("/iam/v1/Accounts/{account_sid}/Tokens/validate", post(iam::validate))
        .fallback(proxy::forward)
        .with_state(sandbox)
}
