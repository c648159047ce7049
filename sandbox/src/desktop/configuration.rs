//! Flex's configuration and the features of the account.

use flex_glance::core::props::TABLE;
use serde_json::{Map, Value, json};

use crate::{
    Sandbox,
    common::{account, clock, sids},
};

/// What is the same for every account without special arrangements.
const DEFAULTS: &str = include_str!("configuration.json");

/// The body of `GET /v1/Configuration`. Flex stops with "Service version is not compatible" unless
/// `ui_attributes.version_compatibility` is `yes`.
///
/// # Errors
/// `configuration.json` is no JSON object.
pub(super) fn configuration(sandbox: &Sandbox) -> serde_json::Result<Map<String, Value>> {
    let mut configuration: Map<String, Value> = serde_json::from_str(DEFAULTS)?;
    let now = clock::iso_8601(clock::now_s());
    for (name, value) in [
        ("account_sid", sids::ACCOUNT.into()),
        ("chat_service_instance_sid", sids::CHAT_SERVICE.into()),
        ("date_created", now.as_str().into()),
        ("date_updated", now.as_str().into()),
        ("flex_instance_sid", sids::FLEX_INSTANCE.into()),
        ("flex_service_instance_sid", sids::CHAT_SERVICE.into()),
        ("runtime_domain", sandbox.origins.function.as_str().into()),
        ("taskrouter_offline_activity_sid", sids::OFFLINE.into()),
        ("taskrouter_target_taskqueue_sid", sids::QUEUE.into()),
        ("taskrouter_target_workflow_sid", sids::WORKFLOW.into()),
        (
            "taskrouter_taskqueues",
            json!([{ "sid": sids::QUEUE, "name": "Everyone", "targetable": true }]),
        ),
        ("taskrouter_workspace_sid", sids::WORKSPACE.into()),
        (
            "ui_attributes",
            json!({
                "custom_data": { "features": { "glance_cobrowse": feature(sandbox) } },
                "glance": plugin_settings(sandbox),
                "version_compatibility": "yes",
            }),
        ),
    ] {
        configuration.insert(name.to_owned(), value);
    }
    Ok(configuration)
}

/// The settings that our plugin reads: those of the tests' plugins by their names for administrators, with
/// the scenario's own laid over them.
fn feature(sandbox: &Sandbox) -> Map<String, Value> {
    let settings =
        plugin_settings(sandbox).into_iter().flat_map(|(prop, value)| by_setting(prop, value));
    laid_over(settings.collect(), sandbox.scenario().features)
}

/// A prop as settings. What is no prop keeps its name, which the plugin then refuses.
fn by_setting(prop: String, value: Value) -> Vec<(String, Value)> {
    let row = TABLE.iter().find(|row| row.name == prop);
    let Some((row, setting)) = row.and_then(|row| Some((row, row.setting?))) else {
        return vec![(prop, value)];
    };
    match value {
        Value::Object(members) if !row.kind.members().is_empty() => members
            .into_iter()
            .map(|(member, value)| (format!("{}_{member}", setting.name), value))
            .collect(),
        value => vec![(setting.name.to_owned(), value)],
    }
}

/// The props that the tests' plugins find in `ui_attributes.glance`, with the scenario's laid over them.
pub(super) fn plugin_settings(sandbox: &Sandbox) -> Map<String, Value> {
    let glance = &sandbox.origins.glance;
    let settings = [
        ("groupid", account::GROUP_ID.into()),
        ("authurl", format!("{}/getloginkey", sandbox.origins.function).into()),
        ("glancebaseurl", "production".into()),
        ("openlocation", "flex".into()),
        ("presence", true.into()),
        (
            "hosts",
            json!({
                "web": glance,
                "cdn": glance,
                "presence": glance,
                "authorization": glance,
            }),
        ),
    ];
    let settings = settings.map(|(name, value)| (name.to_owned(), value));
    laid_over(settings.into_iter().collect(), sandbox.scenario().settings)
}

/// `settings` with each of `changes` in its place; a null takes the setting away.
pub(super) fn laid_over(
    mut settings: Map<String, Value>,
    changes: Map<String, Value>,
) -> Map<String, Value> {
    for (name, value) in changes {
        match value {
            Value::Null => settings.remove(&name),
            value => settings.insert(name, value),
        };
    }
    settings
}

/// The body of `GET /api/v1/Session`. With localization on, Flex takes its language from
/// `configuration.language`, as it does for accounts in Twilio's localization programme.
pub(super) fn features() -> Value {
    json!({
        "features": [{
            "id": "localization-beta",
            "name": "Localization",
            "description": "Whether Flex speaks the account's language",
            "doc_url": null,
            "enabled": true,
            "stage": "beta",
        }],
        "insights_active": false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn the_defaults_are_a_json_object() {
        assert!(serde_json::from_str::<Map<String, Value>>(DEFAULTS).is_ok());
    }

    #[test]
    fn props_have_the_names_that_administrators_know() {
        let given = [("groupid", json!(1)), ("hosts", json!({ "web": "a" })), ("form", json!("x"))];
        let settings =
            given.into_iter().flat_map(|(prop, value)| by_setting(prop.to_owned(), value));
        let expected = json!({ "group_id": 1, "host_web": "a", "form": "x" });
        assert_eq!(settings.collect::<Map<_, _>>(), map(expected));
    }

    #[test]
    fn a_change_replaces_adds_or_with_null_removes_a_setting() {
        let settings = map(json!({ "groupid": 1, "authurl": "a", "openlocation": "flex" }));
        let changes = map(json!({ "groupid": "x", "authurl": null, "puid": "p" }));
        let expected = map(json!({ "groupid": "x", "openlocation": "flex", "puid": "p" }));
        assert_eq!(laid_over(settings, changes), expected);
    }
}
