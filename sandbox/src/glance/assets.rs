//! The scripts and the stylesheet that Glance's CDN and viewer serve.

use std::{path::Path, sync::Arc};

use axum::{
    extract::{Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    Sandbox,
    common::{account, hang_up},
    scenario::{GlanceFault, MethodFault, ScriptFault},
};

/// Query of a script's address. The visitor script's says `group`, those of Presence `groupid`.
#[derive(Deserialize)]
pub(super) struct Script {
    #[serde(alias = "groupid")]
    group: Option<String>,
    site: Option<String>,
    script: Option<String>,
}

/// `CobrowseJS.ashx?group=&site=`: the visitor script, for this group's published settings only.
/// `?groupid=&script=`: a script of Presence, which is the same for all settings.
pub(super) async fn script(
    State(sandbox): State<Arc<Sandbox>>,
    Query(query): Query<Script>,
) -> Response {
    let site_is_known = matches!(query.site.as_deref(), Some("production" | "staging"));
    let scenario = sandbox.scenario();
    let methods_throw =
        scenario.glance == GlanceFault::Adversary || scenario.agent_method != MethodFault::None;
    let file_name = match query.script.as_deref() {
        None if site_is_known => "visitor.js",
        Some("PresenceAgent") if methods_throw => "presence-agent-faulty.js",
        Some("PresenceAgent") => "presence-agent.js",
        Some("PresenceVisitor") => "presence-visitor.js",
        _ => return unknown_script(),
    };
    if query.group.as_deref() != Some(&account::GROUP_ID.to_string()) {
        return unknown_script();
    }
    let is_blocked = scenario.presence_script == ScriptFault::Blocked;
    if is_blocked && query.script.is_some() {
        return hang_up();
    }
    file(&sandbox.root.join("sandbox/dist/glance").join(file_name), "text/javascript").await
}

fn unknown_script() -> Response {
    (StatusCode::NOT_FOUND, "No such group, site or script.\n").into_response()
}

/// The viewer page's script.
pub(super) async fn viewer_script(State(sandbox): State<Arc<Sandbox>>) -> Response {
    file(&sandbox.root.join("sandbox/dist/glance/viewer.js"), "text/javascript").await
}

/// The stylesheet of all pages under `/agentjoin`.
pub(super) async fn stylesheet(State(sandbox): State<Arc<Sandbox>>) -> Response {
    file(&sandbox.root.join("www/glance/agentjoin.css"), "text/css").await
}

/// Says which file is missing and how it is made.
pub(super) fn missing(path: &Path) -> Response {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let message = format!("{file} is not there. Run `node sandbox/glance/build.mjs`.\n");
    (StatusCode::INTERNAL_SERVER_ERROR, message).into_response()
}

async fn file(path: &Path, media_type: &str) -> Response {
    match tokio::fs::read(path).await {
        Ok(bytes) => {
            let media_type = format!("{media_type}; charset=utf-8");
            let headers =
                [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "no-cache".into())];
            (headers, bytes).into_response()
        }
        Err(_) => missing(path),
    }
}
