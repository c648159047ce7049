//! Flex's Plugins API: which part answers what.

use serde_json::Value;

use super::{
    asked::{Answer, Asked},
    plugin_configurations::{self, Configuration, Release},
    plugins::{self, Plugin, Version},
    refusal::Refusal,
    state::Account,
};

/// # Errors
/// What Twilio refuses.
pub(super) fn answer(account: &mut Account, asked: &Asked) -> Result<Answer, Refusal> {
    let path = asked.operation.path.strip_prefix("/v1/PluginService/").unwrap_or_default();
    match path.split('/').next() {
        Some("Plugins") if path.contains("/Versions") => {
            let plugin = plugins::find(&mut account.plugins, asked.parameter("PluginSid"));
            of_versions(plugin.ok_or_else(|| asked.not_found())?, path, asked)
        }
        Some("Plugins") => of_plugins(&mut account.plugins, path, asked),
        Some("Configurations") => of_configurations(account, path, asked),
        _ => of_releases(account, asked),
    }
}

fn of_plugins(all: &mut Vec<Plugin>, path: &str, asked: &Asked) -> Result<Answer, Refusal> {
    let method = asked.operation.method.as_str();
    if path == "Plugins" {
        return match method {
            "GET" => Ok(Answer::List(all.iter().rev().map(Plugin::wire).collect())),
            _ => plugins::create(all, asked).map(Answer::Item),
        };
    }
    let plugin = plugins::find(all, asked.parameter("Sid")).ok_or_else(|| asked.not_found())?;
    match (method, path.ends_with("/Archive")) {
        ("GET", _) => Ok(Answer::Item(plugin.wire())),
        (_, true) => {
            plugins::archive(&mut plugin.archived)?;
            Ok(Answer::Item(plugin.wire()))
        }
        (_, false) => Ok(Answer::Item(plugins::update(plugin, asked))),
    }
}

fn of_versions(plugin: &mut Plugin, path: &str, asked: &Asked) -> Result<Answer, Refusal> {
    let method = asked.operation.method.as_str();
    if path.ends_with("/Versions") {
        return match method {
            "GET" => Ok(Answer::List(plugin.versions.iter().rev().map(Version::wire).collect())),
            _ => plugins::add_version(plugin, asked).map(Answer::Item),
        };
    }
    let version = plugins::version(plugin, asked.parameter("Sid"));
    let version = version.ok_or_else(|| asked.not_found())?;
    if path.ends_with("/Archive") {
        plugins::archive(&mut version.archived)?;
        let mut wire = version.wire();
        wire.as_object_mut().map(|members| members.remove("validated"));
        return Ok(Answer::Item(wire));
    }
    Ok(Answer::Item(version.wire()))
}

fn of_configurations(account: &mut Account, path: &str, asked: &Asked) -> Result<Answer, Refusal> {
    let Account { configurations: all, plugins, .. } = account;
    let method = asked.operation.method.as_str();
    if path == "Configurations" {
        return match method {
            "GET" => Ok(Answer::List(all.iter().rev().map(Configuration::wire).collect())),
            _ => plugin_configurations::create(all, plugins, asked).map(Answer::Item),
        };
    }
    let of_members = path.contains("/Plugins");
    let sid = asked.parameter(if of_members { "ConfigurationSid" } else { "Sid" });
    let found = all.iter_mut().find(|it| it.sid == sid);
    let configuration = found.ok_or_else(|| asked.not_found())?;
    if of_members {
        let members = configuration.wire_members(plugins);
        if path.ends_with("/Plugins") {
            return Ok(Answer::List(members));
        }
        let wanted = Value::from(asked.parameter("PluginSid"));
        let is_wanted = |it: &Value| it["plugin_sid"] == wanted || it["unique_name"] == wanted;
        let found = members.into_iter().find(is_wanted);
        return found.map(Answer::Item).ok_or_else(|| asked.not_found());
    }
    if path.ends_with("/Archive") {
        let is_active = account.releases.last().is_some_and(|release| release.configuration == sid);
        if is_active {
            return Err(Refusal::invalid("The configuration is released"));
        }
        plugins::archive(&mut configuration.archived)?;
        let mut wire = configuration.wire();
        wire.as_object_mut().map(|members| members.remove("links"));
        return Ok(Answer::Item(wire));
    }
    Ok(Answer::Item(configuration.wire()))
}

fn of_releases(account: &mut Account, asked: &Asked) -> Result<Answer, Refusal> {
    let Account { releases: all, configurations, .. } = account;
    if asked.operation.method == "POST" {
        return plugin_configurations::release(all, configurations, asked).map(Answer::Item);
    }
    if asked.operation.path.ends_with("/Releases") {
        return Ok(Answer::List(all.iter().rev().map(Release::wire).collect()));
    }
    let sid = asked.parameter("Sid");
    let found = if sid == "Active" || sid == "active" {
        all.last()
    } else {
        all.iter().find(|it| it.sid == sid)
    };
    found.map(|it| Answer::Item(it.wire())).ok_or_else(|| asked.not_found())
}
