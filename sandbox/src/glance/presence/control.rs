//! The part of the control API about Presence: what was asked of it, and time that passes.

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use serde_json::{Value, json};

use crate::{Sandbox, common::lock};

use super::{Shared, admission};

/// Routes below `/control/`.
pub(crate) fn router(sandbox: Shared) -> Router {
    Router::new()
        .route("/control/presence", get(counts))
        .route("/control/presence/expire", post(expire))
        .route("/control/presence/drop", post(drop_agents))
        .with_state(sandbox)
}

/// Cuts the connections if the service is down now. To be called after each change.
pub(in crate::glance) fn scenario_changed(sandbox: &Sandbox) {
    if admission::is_down(sandbox) {
        lock(&sandbox.glance.presence).cut_everyone();
    }
}

async fn counts(State(sandbox): State<Shared>) -> Json<Value> {
    let counts = lock(&sandbox.glance.presence).counts();
    let (asked, authorizations) = {
        let authorizations = lock(&sandbox.glance.authorizations);
        (authorizations.asked(), authorizations.issued())
    };
    let (misdeeds, late) = {
        let adversary = lock(&sandbox.glance.adversary);
        (adversary.misdeeds(), adversary.late())
    };
    Json(json!({
        "authorization_requests": asked,
        "authorizations": authorizations,
        "agents": { "open": counts.agents_open, "opened": counts.agents_opened },
        "visitors": {
            "present": counts.visitors_present,
            "connected": counts.visitors_connected,
        },
        "lookups": counts.look_ups,
        "signals": counts.signals,
        "invocations": counts.invocations,
        "misdeeds": misdeeds,
        "late": late,
        "trusted_origins": admission::trusted_origins(&sandbox),
    }))
}

async fn expire(State(sandbox): State<Shared>) -> StatusCode {
    lock(&sandbox.glance.authorizations).expire();
    StatusCode::NO_CONTENT
}

async fn drop_agents(State(sandbox): State<Shared>) -> StatusCode {
    lock(&sandbox.glance.presence).cut_agents();
    StatusCode::NO_CONTENT
}
