//! Configurations of plugins (`FJ…`), and releases (`FK…`), of which the newest is active.
//!
//! Sources: <https://www.twilio.com/docs/flex/developer/plugins/api/plugin-configuration>,
//! <https://www.twilio.com/docs/flex/developer/plugins/api/release>, and for the name `Active`
//! <https://www.twilio.com/docs/flex/developer/plugins/api/release-update>.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    asked::{Asked, resource},
    plugins::{Plugin, Version},
    refusal::Refusal,
};
use crate::common::random;

/// Which versions belong together; never changes but for being archived.
pub(super) struct Configuration {
    pub(super) sid: String,
    pub(super) name: String,
    description: String,
    pub(super) archived: bool,
    created: String,
    pub(super) plugins: Vec<Configured>,
}

/// One version in a configuration.
pub(super) struct Configured {
    plugin: String,
    version: String,
    pub(super) phase: u32,
}

pub(super) struct Release {
    pub(super) sid: String,
    pub(super) configuration: String,
    created: String,
}

impl Configuration {
    /// A configuration that nobody asked for by the API: the newest version of each plugin.
    pub(super) fn of_newest(plugins: &[Plugin], now: &str) -> Self {
        let newest = |plugin: &Plugin| {
            let version = plugin.versions.last()?;
            let (plugin, version) = (plugin.sid.clone(), version.sid.clone());
            Some(Configured { plugin, version, phase: 3 })
        };
        Self {
            sid: random::sid("FJ"),
            name: "Before".to_owned(),
            description: String::new(),
            archived: false,
            created: now.to_owned(),
            plugins: plugins.iter().filter_map(newest).collect(),
        }
    }

    pub(super) fn wire(&self) -> Value {
        let url =
            format!("https://flex-api.twilio.com/v1/PluginService/Configurations/{}", self.sid);
        resource(
            &self.sid,
            json!({
                "name": self.name,
                "description": self.description,
                "archived": self.archived,
                "date_created": self.created,
                "links": { "plugins": format!("{url}/Plugins") },
                "url": url,
            }),
        )
    }

    /// Its plugins with their versions.
    pub(super) fn members<'a>(
        &'a self,
        plugins: &'a [Plugin],
    ) -> impl Iterator<Item = (&'a Plugin, &'a Version, &'a Configured)> {
        self.plugins.iter().filter_map(|configured| {
            let plugin = plugins.iter().find(|plugin| plugin.sid == configured.plugin)?;
            let version = plugin.versions.iter().find(|it| it.sid == configured.version)?;
            Some((plugin, version, configured))
        })
    }

    /// Its plugins as the API shows them.
    pub(super) fn wire_members(&self, plugins: &[Plugin]) -> Vec<Value> {
        let members = self.members(plugins);
        members
            .map(|(plugin, version, configured)| self.wire_member(plugin, version, configured))
            .collect()
    }

    fn wire_member(&self, plugin: &Plugin, version: &Version, configured: &Configured) -> Value {
        json!({
            "account_sid": crate::common::account::ACCOUNT_SID,
            "configuration_sid": self.sid,
            "plugin_sid": plugin.sid,
            "plugin_version_sid": version.sid,
            "phase": configured.phase,
            "plugin_url": version.url,
            "unique_name": plugin.unique_name,
            "friendly_name": plugin.friendly_name,
            "description": plugin.description,
            "plugin_archived": plugin.archived,
            "version": version.version,
            "changelog": version.changelog,
            "plugin_version_archived": version.archived,
            "private": version.private,
            "date_created": self.created,
            "url": format!("https://flex-api.twilio.com/v1/PluginService/Configurations/{}/Plugins/{}", self.sid, plugin.sid),
        })
    }
}

impl Release {
    pub(super) fn new(configuration: &str, now: &str) -> Self {
        Self {
            sid: random::sid("FK"),
            configuration: configuration.to_owned(),
            created: now.to_owned(),
        }
    }

    pub(super) fn wire(&self) -> Value {
        resource(
            &self.sid,
            json!({
                "configuration_sid": self.configuration,
                "date_created": self.created,
                "url": format!("https://flex-api.twilio.com/v1/PluginService/Releases/{}", self.sid),
            }),
        )
    }
}

/// One value of the field `Plugins`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    plugin_version: String,
    phase: u32,
}

/// # Errors
/// A version does not exist or is archived, a plugin comes twice, or a member is no such JSON.
pub(super) fn create(
    configurations: &mut Vec<Configuration>,
    plugins: &[Plugin],
    asked: &Asked,
) -> Result<Value, Refusal> {
    let mut configured: Vec<Configured> = Vec::new();
    for text in asked.fields.texts("Plugins") {
        let Wanted { plugin_version, phase } = serde_json::from_str(text).map_err(|error| {
            Refusal::field(format!("Invalid value of parameter Plugins: {error}"))
        })?;
        let wanted = plugins.iter().find_map(|plugin| {
            Some((plugin, plugin.versions.iter().find(|it| it.sid == plugin_version)?))
        });
        let Some((plugin, version)) = wanted else {
            return Err(Refusal::invalid(format!("There is no version {plugin_version}")));
        };
        if plugin.archived || version.archived {
            return Err(Refusal::invalid(format!("Version {plugin_version} is archived")));
        }
        if configured.iter().any(|it| it.plugin == plugin.sid) {
            return Err(Refusal::invalid(format!("Plugin {} comes twice", plugin.unique_name)));
        }
        configured.push(Configured { plugin: plugin.sid.clone(), version: plugin_version, phase });
    }
    let configuration = Configuration {
        sid: random::sid("FJ"),
        name: asked.fields.required("Name"),
        description: asked.fields.text("Description").unwrap_or_default().to_owned(),
        archived: false,
        created: asked.now(),
        plugins: configured,
    };
    let wire = configuration.wire();
    configurations.push(configuration);
    Ok(wire)
}

/// # Errors
/// There is no such configuration, or it is archived.
pub(super) fn release(
    releases: &mut Vec<Release>,
    configurations: &[Configuration],
    asked: &Asked,
) -> Result<Value, Refusal> {
    let sid = asked.fields.required("ConfigurationId");
    let Some(configuration) = configurations.iter().find(|it| it.sid == sid) else {
        return Err(Refusal::invalid(format!("There is no configuration {sid}")));
    };
    if configuration.archived {
        return Err(Refusal::invalid(format!("Configuration {sid} is archived")));
    }
    let release = Release::new(&sid, &asked.now());
    let wire = release.wire();
    releases.push(release);
    Ok(wire)
}
