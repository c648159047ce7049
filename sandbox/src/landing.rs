//! The landing page, the pages of all states and of the account, and the control API.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Map, Value};
use tower_http::{
    services::{ServeDir, ServeFile},
    set_header::SetResponseHeaderLayer,
};

use crate::{Sandbox, account, desktop, glance, origins::Origins, pages, scenario::Scenario};

type Shared = Arc<Sandbox>;

pub(crate) fn router(sandbox: Arc<Sandbox>) -> Router {
    let files = ServeDir::new(sandbox.root.join("www/landing"));
    let visitor = ServeFile::new(sandbox.root.join("dist/visitor.mjs"));
    let states = ServeDir::new(sandbox.root.join("www/states"));
    let stylesheet = ServeFile::new(sandbox.root.join("src/ui/style.css"));
    let router = Router::new()
        .route("/", get(page))
        .route("/sandbox.json", get(facts))
        .route("/control/scenario", get(present).post(change).delete(reset))
        .nest_service("/landing", files)
        .route_service("/visitor.mjs", visitor)
        .nest_service("/states", states)
        .route_service("/states/component.css", stylesheet)
        .with_state(sandbox.clone())
        .merge(account::control(sandbox.clone()))
        .merge(account::page(sandbox.clone()))
        .merge(desktop::control(sandbox.clone()))
        .merge(glance::control(sandbox.clone()))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-cache"),
        ))
        .layer(middleware::from_fn_with_state(sandbox.clone(), own_origins_only));
    match HeaderValue::try_from(content_security_policy(&sandbox.origins)) {
        Ok(policy) => router
            .layer(SetResponseHeaderLayer::overriding(header::CONTENT_SECURITY_POLICY, policy)),
        Err(_) => router,
    }
}

/// Nothing but loopback, and no script but the page's own.
fn content_security_policy(Origins { desktop, shop, .. }: &Origins) -> String {
    format!(
        "default-src 'self'; img-src 'self' data:; frame-src {desktop} {shop}; \
         frame-ancestors 'self'; base-uri 'self'; form-action 'self'"
    )
}

async fn page(State(sandbox): State<Shared>) -> Response {
    pages::page(&sandbox, "index.html").await
}

/// `GET /sandbox.json`: where each party listens, and which plugin Flex loads.
async fn facts(State(sandbox): State<Shared>) -> Json<Value> {
    let parts = [
        serde_json::to_value(&sandbox.origins),
        serde_json::to_value(account::released::plugin(&sandbox)),
    ];
    let mut facts = Map::new();
    for part in parts {
        if let Ok(Value::Object(part)) = part {
            facts.extend(part);
        }
    }
    Json(facts.into())
}

async fn present(State(sandbox): State<Shared>) -> Json<Scenario> {
    Json(sandbox.scenario())
}

/// Changes the switches that the body names and leaves the others.
async fn change(
    State(sandbox): State<Shared>,
    Json(changes): Json<Map<String, Value>>,
) -> Response {
    match changed(&sandbox.scenario(), changes) {
        Ok(scenario) => Json(set(&sandbox, scenario)).into_response(),
        Err(sentence) => (StatusCode::BAD_REQUEST, sentence).into_response(),
    }
}

/// Puts every switch back.
async fn reset(State(sandbox): State<Shared>) -> Json<Scenario> {
    Json(set(&sandbox, Scenario::default()))
}

/// # Errors
/// A sentence that says which switch or position does not exist.
fn changed(scenario: &Scenario, changes: Map<String, Value>) -> Result<Scenario, String> {
    let refused = |error| format!("The scenario stays as it is: {error}.\n");
    let mut switches = match serde_json::to_value(scenario).map_err(refused)? {
        Value::Object(switches) => switches,
        _ => Map::new(),
    };
    switches.extend(changes);
    serde_json::from_value(switches.into()).map_err(refused)
}

fn set(sandbox: &Sandbox, scenario: Scenario) -> Scenario {
    sandbox.change_scenario(scenario.clone());
    desktop::scenario_changed(sandbox);
    glance::scenario_changed(sandbox);
    scenario
}

/// Lets pages of the sandbox's own origins use the control API, and no other page.
async fn own_origins_only(State(sandbox): State<Shared>, request: Request, next: Next) -> Response {
    let Some(origin) = request.headers().get(header::ORIGIN).cloned() else {
        return next.run(request).await;
    };
    let Origins { landing, desktop, shop, glance, function } = &sandbox.origins;
    if ![landing, desktop, shop, glance, function].iter().any(|own| origin == own.as_str()) {
        return (StatusCode::FORBIDDEN, "Only the sandbox's own pages may ask.\n").into_response();
    }
    let mut response = if request.method() == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(header::VARY, HeaderValue::from_static("origin"));
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET, POST, PATCH, DELETE"),
    );
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
    response
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::scenario::{FunctionFault, Popups};

    fn change(scenario: &Scenario, changes: Value) -> Result<Scenario, String> {
        changed(scenario, changes.as_object().cloned().unwrap_or_default())
    }

    #[test]
    fn a_change_leaves_the_other_switches() -> Result<(), String> {
        let first = change(&Scenario::default(), json!({ "popups": "blocked" }))?;
        let second = change(&first, json!({ "function": "slow" }))?;
        assert_eq!((second.popups, second.function), (Popups::Blocked, FunctionFault::Slow));
        Ok(())
    }

    #[test]
    fn an_unknown_switch_or_position_is_named() {
        for (changes, named) in
            [(json!({ "weather": "rain" }), "weather"), (json!({ "function": "tired" }), "tired")]
        {
            let sentence = change(&Scenario::default(), changes).err().unwrap_or_default();
            assert!(sentence.contains(named), "{sentence}");
        }
    }
}
