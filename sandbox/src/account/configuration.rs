//! Flex's Configuration: what an account begins with, what was set since, and for the desktop what the
//! scenario lays over it.
//!
//! Source: <https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api>; the form is
//! `@twilio/flex-plugin-scripts`' own.

use serde_json::{Map, Value, json};

use super::{
    asked::Asked,
    refusal::Refusal,
    settings::{default_settings, plugin_settings, set_up, with_scenario},
    state::{Account, Kind},
};
use crate::{
    Sandbox,
    common::{clock, lock, sids},
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_a_json_object() {
        assert!(serde_json::from_str::<Map<String, Value>>(DEFAULTS).is_ok());
    }
}
