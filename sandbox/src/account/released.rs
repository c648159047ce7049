//! What Flex asks about plugins: which are released, and the bundles of those that are private.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    domain,
    state::{Account, Kind},
};
use crate::{Sandbox, common::lock};

/// The plugin that the scenario names.
#[derive(Debug, Serialize)]
pub(crate) struct Plugin {
    /// File name without `.js` in `sandbox/dist/plugins/`.
    #[serde(rename = "plugin")]
    pub(crate) name: String,
    /// Whether that file is there.
    #[serde(rename = "plugin_built")]
    pub(crate) is_built: bool,
}

/// The plugin that Flex loads next time, as long as the account is as it was set up.
pub(crate) fn plugin(sandbox: &Sandbox) -> Plugin {
    let name = sandbox.scenario().plugin.unwrap_or_else(|| "example".to_owned());
    let file = sandbox.root.join("sandbox/dist/plugins").join(format!("{name}.js"));
    Plugin { is_built: file.is_file(), name }
}

/// Whether nobody has released anything since the account was set up.
fn is_as_set_up(account: &Account) -> bool {
    account.kind == Kind::SetUp && account.releases.len() <= 1
}

/// The answer of the plugin service: the plugins of the active release.
pub(crate) fn plugins(sandbox: &Sandbox) -> Value {
    let account = lock(&sandbox.account.0);
    if is_as_set_up(&account) {
        let Plugin { name, is_built } = plugin(sandbox);
        return match is_built {
            true => json!([{
                "name": name,
                "phase": 3,
                "src": format!("{}/plugins/{name}.js", sandbox.origins.desktop),
                "version": "1.0.0",
            }]),
            false => json!([]),
        };
    }
    let Account { releases, configurations, plugins, .. } = &*account;
    let active = releases.last().map(|release| release.configuration.as_str());
    let Some(configuration) = configurations.iter().find(|it| Some(it.sid.as_str()) == active)
    else {
        return json!([]);
    };
    let wire = configuration.members(plugins).map(|(plugin, version, configured)| {
        let src = match version.private {
            true => format!("https://flex.twilio.com/plugins/bundles/{}", version.sid),
            false => version.url.clone(),
        };
        json!({
            "name": plugin.unique_name,
            "phase": configured.phase,
            "src": src,
            "version": version.version,
        })
    });
    wire.collect()
}

/// A private version's bundle, which Flex fetches with Twilio's signature from one of the account's own
/// domains; nothing if there is no such version.
pub(crate) fn bundle(sandbox: &Sandbox, version: &str) -> Option<Response> {
    let account = lock(&sandbox.account.0);
    let mut versions = account.plugins.iter().flat_map(|plugin| &plugin.versions);
    let version = versions.find(|it| it.sid == version && it.private)?;
    let (host, path) = version.url.strip_prefix("https://")?.split_once('/')?;
    let asset = domain::asset(&account, host, &format!("/{path}"))?;
    let headers = [(header::CONTENT_TYPE, "application/javascript")];
    Some((headers, asset.upload.content.clone()).into_response())
}
