//! The desktop's page, its files, and the push of scenario changes to it.

use axum::{
    Router,
    extract::{
        State,
        ws::{Message, WebSocket, WebSocketUpgrade},
    },
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
    routing::{any, get, post},
};
use serde_json::{Value, json};
use tower_http::{
    services::{ServeDir, ServeFile},
    set_header::SetResponseHeaderLayer,
};

use super::Shared;
use crate::{
    Sandbox,
    account::{self, released::Plugin},
    agent,
    common::sids,
    origins::{EMBEDDER, Origins},
    pages,
};

const PAGE: &str = "desktop/index.html";

pub(super) fn router(sandbox: Shared) -> Router {
    let www = sandbox.root.join("www/desktop");
    let dist = sandbox.root.join("sandbox/dist");
    let mut router = Router::new()
        .route("/session", post(agent::sign_in))
        .route("/scenario", any(scenario))
        .route_service("/flex.js", ServeFile::new(sandbox.root.join(&sandbox.flex)))
        .nest_service("/plugins", ServeDir::new(dist.join("plugins")))
        .fallback(get(page));
    router = router.route_service("/twilio.js", ServeFile::new(sandbox.root.join("www/twilio.js")));
    for file in ["popups.js", "boot.js", "desktop.css"] {
        router = router.route_service(&format!("/{file}"), ServeFile::new(www.join(file)));
    }
    let policy = HeaderValue::try_from(content_security_policy(&sandbox.origins));
    let router = router.layer(SetResponseHeaderLayer::if_not_present(
        header::CACHE_CONTROL,
        HeaderValue::from_static("no-cache"),
    ));
    let router = match policy {
        Ok(policy) => router
            .layer(SetResponseHeaderLayer::overriding(header::CONTENT_SECURITY_POLICY, policy)),
        Err(_) => router,
    };
    router.with_state(sandbox)
}

/// Nothing but loopback: Flex on this origin, the Function, and Glance. Flex evaluates templates, so
/// it does not start without `'unsafe-eval'`.
fn content_security_policy(origins: &Origins) -> String {
    let Origins { desktop, function, glance, landing, .. } = origins;
    let socket = |origin: &str| origin.replacen("http", "ws", 1);
    [
        "default-src 'self'".to_owned(),
        format!("script-src 'self' 'unsafe-eval' 'unsafe-inline' {glance}"),
        "style-src 'self' 'unsafe-inline'".to_owned(),
        format!(
            "connect-src 'self' {} {function} {glance} {} data: blob:",
            socket(desktop),
            socket(glance)
        ),
        format!("img-src 'self' data: blob: {glance}"),
        "font-src 'self' data:".to_owned(),
        "media-src 'self' data: blob:".to_owned(),
        "worker-src 'self' blob:".to_owned(),
        format!("frame-src 'self' {glance}"),
        format!("object-src {glance}"),
        format!("frame-ancestors 'self' {landing} {EMBEDDER}"),
        "base-uri 'self'".to_owned(),
        format!("form-action 'self' {glance}"),
    ]
    .join("; ")
}

/// The page that boots Flex, for `/` and for every path that Flex pushes into the history.
async fn page(State(sandbox): State<Shared>) -> Response {
    match pages::render(&sandbox, PAGE).await {
        Ok(text) => {
            let text = text.replace("{{desktop_page}}", &script_json(&facts(&sandbox)));
            let mut page = ([(header::CACHE_CONTROL, "no-store")], Html(text)).into_response();
            if let Some(policy) = sandbox.scenario().desktop_coop.header() {
                let policy = HeaderValue::from_static(policy);
                page.headers_mut().insert("cross-origin-opener-policy", policy);
            }
            page
        }
        Err(error) => pages::missing(PAGE, &error),
    }
}

/// What the page's scripts must know before Flex starts.
fn facts(sandbox: &Sandbox) -> Value {
    let scenario = sandbox.scenario();
    let Plugin { name, is_built } = account::released::plugin(sandbox);
    json!({
        "account_sid": sids::ACCOUNT,
        "flex_config": scenario.flex_config,
        "plugin": name,
        "plugin_built": is_built,
        "popups": scenario.popups,
    })
}

/// JSON that cannot end the `<script>` element it stands in.
fn script_json(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

/// A socket on which the page hears of scenario changes, beginning with the present scenario.
async fn scenario(State(sandbox): State<Shared>, socket: WebSocketUpgrade) -> Response {
    socket.on_upgrade(move |socket| push_scenario(socket, sandbox))
}

async fn push_scenario(mut socket: WebSocket, sandbox: Shared) {
    let mut changes = sandbox.desktop.scenario_changes.subscribe();
    loop {
        let scenario = json!({ "popups": sandbox.scenario().popups });
        if socket.send(Message::text(scenario.to_string())).await.is_err() {
            return;
        }
        loop {
            tokio::select! {
                changed = changes.changed() => match changed {
                    Ok(()) => break,
                    Err(_) => return,
                },
                received = socket.recv() => match received {
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return,
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_loopback_origins_only() {
        let policy = content_security_policy(&Origins::new([1, 2, 3, 4, 5]));
        for source in policy.split([' ', ';']).filter(|source| source.contains("//")) {
            assert!(source.contains("//127.0.0.1:") || source.contains(".localhost:"), "{source}");
        }
        assert!(policy.contains("ws://glance.localhost:4"));
    }

    #[test]
    fn json_in_a_page_cannot_end_its_script() {
        assert_eq!(script_json(&json!("</script>")), r#""\u003c/script>""#);
    }
}
