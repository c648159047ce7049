//! Flex's Configuration: what an account begins with, what was set since, and for the desktop what the
//! scenario lays over it.

use flex_glance::core::props::TABLE;
use serde_json::{Map, Value, json};

use super::{
    asked::Asked,
    refusal::Refusal,
    state::{Account, Kind},
};
use crate::{
    Sandbox,
    common::{account, clock, lock, sids},
};

/// What is the same for every account without special arrangements.
const DEFAULTS: &str = include_str!("configuration.json");

/// The body of `GET /v1/Configuration` as the desktop gets it. Flex stops with "Service version is not
/// compatible" unless `ui_attributes.version_compatibility` is `yes`.
///
/// # Errors
/// `configuration.json` is no JSON object.
pub(crate) fn for_desktop(sandbox: &Sandbox) -> serde_json::Result<Map<String, Value>> {
    let account = lock(&sandbox.account.0);
    let mut configuration = read(sandbox, &account)?;
    let ui_attributes =
        if account.kind == Kind::SetUp && !account.configured.contains_key("ui_attributes") {
            set_up(plugin_settings(sandbox), sandbox.scenario().features)
        } else {
            with_scenario(sandbox, configuration.remove("ui_attributes").unwrap_or_default())
        };
    configuration.insert("ui_attributes".to_owned(), ui_attributes);
    Ok(configuration)
}

/// The same as the account has it, without what the scenario lays over it.
///
/// # Errors
/// `configuration.json` is no JSON object.
pub(super) fn read(sandbox: &Sandbox, account: &Account) -> serde_json::Result<Map<String, Value>> {
    let mut configuration: Map<String, Value> = serde_json::from_str(DEFAULTS)?;
    let now = clock::iso_8601(clock::now_s());
    let ui_attributes = match account.kind {
        Kind::SetUp => set_up(default_settings(sandbox), Map::new()),
        Kind::Empty | Kind::WithNeighbours => json!({ "version_compatibility": "yes" }),
    };
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
        ("ui_attributes", ui_attributes),
    ] {
        configuration.insert(name.to_owned(), value);
    }
    configuration.extend(account.configured.clone());
    Ok(configuration)
}

/// Sets the members that the body names, each as a whole, and leaves the others.
///
/// # Errors
/// It is another account's, or a member has not the form that Flex needs.
pub(super) fn write(account: &mut Account, asked: &Asked) -> Result<(), Refusal> {
    let mut members = asked.fields.json().clone();
    if members.remove("account_sid") != Some(sids::ACCOUNT.into()) {
        return Err(Refusal::invalid("account_sid is not this account's"));
    }
    for (name, value) in &members {
        let fits = match name.as_str() {
            "ui_attributes" | "attributes" | "public_attributes" => value.is_object(),
            "serverless_service_sids" => value
                .as_array()
                .is_some_and(|sids| sids.iter().all(|sid| sid.as_str().is_some_and(is_service))),
            _ => true,
        };
        if !fits {
            return Err(Refusal::field(format!("Invalid value of parameter {name}")));
        }
    }
    account.configured.extend(members);
    Ok(())
}

fn is_service(sid: &str) -> bool {
    sid.len() == 34 && sid.starts_with("ZS")
}

/// `ui_attributes` of an account that is set up.
fn set_up(settings: Map<String, Value>, features: Map<String, Value>) -> Value {
    json!({
        "custom_data": { "features": { "glance_cobrowse": feature(settings.clone(), features) } },
        "glance": settings,
        "version_compatibility": "yes",
    })
}

/// `ui_attributes` with the scenario's settings and features over those that are there.
fn with_scenario(sandbox: &Sandbox, mut ui_attributes: Value) -> Value {
    let scenario = sandbox.scenario();
    let mut lay_over = |path: &[&str], changes: Map<String, Value>| {
        if changes.is_empty() {
            return;
        }
        let mut place = &mut ui_attributes;
        for name in path {
            if !place.is_object() {
                *place = json!({});
            }
            place = &mut place[*name];
        }
        let present = place.as_object().cloned().unwrap_or_default();
        *place = laid_over(present, changes).into();
    };
    let feature = ["custom_data", "features", "glance_cobrowse"];
    let settings = scenario.settings.clone();
    lay_over(
        &feature,
        settings.into_iter().flat_map(|(prop, value)| by_setting(prop, value)).collect(),
    );
    lay_over(&feature, scenario.features);
    lay_over(&["glance"], scenario.settings);
    ui_attributes
}

/// The settings that our plugin reads: those of the tests' plugins by their names for administrators, with
/// `features` laid over them.
fn feature(settings: Map<String, Value>, features: Map<String, Value>) -> Map<String, Value> {
    let settings = settings.into_iter().flat_map(|(prop, value)| by_setting(prop, value));
    laid_over(settings.collect(), features)
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
pub(crate) fn plugin_settings(sandbox: &Sandbox) -> Map<String, Value> {
    laid_over(default_settings(sandbox), sandbox.scenario().settings)
}

fn default_settings(sandbox: &Sandbox) -> Map<String, Value> {
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
    settings.map(|(name, value)| (name.to_owned(), value)).into_iter().collect()
}

/// `settings` with each of `changes` in its place; a null takes the setting away.
pub(crate) fn laid_over(
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
