//! The part of the control API about the account.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    configuration,
    environments::Environment,
    faults::Order,
    kinds,
    plugin_configurations::Release,
    plugins::Plugin,
    refusal::Refusal,
    services::Service,
    state::{Account, Kind},
    uploads::Version,
};
use crate::{Sandbox, common::lock};

type Shared = Arc<Sandbox>;

/// Routes below `/control/`.
pub(crate) fn router(sandbox: Shared) -> Router {
    Router::new()
        .route("/control/account", get(show).post(begin))
        .route("/control/account/faults", post(order).delete(forget))
        .with_state(sandbox)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Beginning {
    kind: Kind,
}

async fn begin(
    State(sandbox): State<Shared>,
    Json(Beginning { kind }): Json<Beginning>,
) -> Response {
    match kinds::begin(&sandbox, kind) {
        Ok(account) => {
            *lock(&sandbox.account.0) = account;
            show(State(sandbox)).await.into_response()
        }
        Err(refusal) => Refusal::into_response(refusal),
    }
}

async fn order(State(sandbox): State<Shared>, Json(order): Json<Order>) -> StatusCode {
    lock(&sandbox.account.0).faults.push(order);
    StatusCode::NO_CONTENT
}

async fn forget(State(sandbox): State<Shared>) -> StatusCode {
    lock(&sandbox.account.0).faults.clear();
    StatusCode::NO_CONTENT
}

/// What the account has, without the values of variables.
async fn show(State(sandbox): State<Shared>) -> Json<Value> {
    let account = lock(&sandbox.account.0);
    let configuration = configuration::read(&sandbox, &account).unwrap_or_default();
    let Account { services, plugins, configurations, releases, calls, .. } = &*account;
    let release = |release: &Release| {
        let configuration = configurations.iter().find(|it| it.sid == release.configuration);
        let members = configuration.map(|it| it.wire_members(plugins)).unwrap_or_default();
        json!({
            "sid": release.sid,
            "configuration": configuration.map(|it| &it.name),
            "plugins": members.iter().map(|member| json!({
                "unique_name": member["unique_name"],
                "version": member["version"],
            })).collect::<Vec<_>>(),
        })
    };
    Json(json!({
        "kind": account.kind,
        "services": services.iter().map(describe_service).collect::<Vec<_>>(),
        "plugins": plugins.iter().map(describe_plugin).collect::<Vec<_>>(),
        "releases": releases.iter().map(release).collect::<Vec<_>>(),
        "serverless_service_sids": configuration.get("serverless_service_sids"),
        "ui_attributes": configuration.get("ui_attributes"),
        "calls": calls,
    }))
}

fn describe_service(service: &Service) -> Value {
    let environments = service.environments.iter();
    json!({
        "sid": service.sid,
        "unique_name": service.unique_name,
        "environments": environments.map(|it| describe_environment(service, it)).collect::<Vec<_>>(),
        "builds": service.builds.iter().map(|build| json!({
            "sid": build.sid,
            "status": build.status(),
        })).collect::<Vec<_>>(),
    })
}

fn describe_environment(service: &Service, environment: &Environment) -> Value {
    let build = service.builds.iter().find(|build| Some(&build.sid) == environment.build.as_ref());
    let files = |versions: &[Version]| -> Vec<_> {
        let file = |it: &Version| json!({ "path": it.path, "visibility": it.visibility.name() });
        versions.iter().map(file).collect()
    };
    json!({
        "sid": environment.sid,
        "unique_name": environment.unique_name,
        "domain_name": environment.domain,
        "variables": environment.variables.iter().map(|it| &it.key).collect::<Vec<_>>(),
        "deployments": environment.deployments.len(),
        "build": environment.build,
        "functions": build.map(|build| files(&build.functions)),
        "assets": build.map(|build| files(&build.assets)),
    })
}

fn describe_plugin(plugin: &Plugin) -> Value {
    json!({
        "sid": plugin.sid,
        "unique_name": plugin.unique_name,
        "friendly_name": plugin.friendly_name,
        "archived": plugin.archived,
        "versions": plugin.versions.iter().map(|version| json!({
            "sid": version.sid,
            "version": version.version,
            "plugin_url": version.url,
            "private": version.private,
            "changelog": version.changelog,
            "archived": version.archived,
        })).collect::<Vec<_>>(),
    })
}
