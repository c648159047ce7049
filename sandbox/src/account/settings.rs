//! The settings in Flex's Configuration: what an account that is set up begins with, and what the scenario lays
//! over them.

use flex_glance::core::props::TABLE;
use serde_json::{Map, Value, json};

use crate::{Sandbox, common::account};

/// `ui_attributes` of an account that is set up.
pub(super) fn set_up(settings: Map<String, Value>, features: Map<String, Value>) -> Value {
    json!({
        "custom_data": { "features": { "glance_cobrowse": feature(settings.clone(), features) } },
        "glance": settings,
        "version_compatibility": "yes",
    })
}

/// `ui_attributes` with the scenario's settings and features over those that are there.
pub(super) fn with_scenario(sandbox: &Sandbox, mut ui_attributes: Value) -> Value {
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

/// The same without what the scenario says.
pub(super) fn default_settings(sandbox: &Sandbox) -> Map<String, Value> {
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
