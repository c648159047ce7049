//! Plugins of Flex (`FP…`) and their versions (`FV…`).
//!
//! Sources: <https://www.twilio.com/docs/flex/developer/plugins/api/plugin>,
//! <https://www.twilio.com/docs/flex/developer/plugins/api/plugin-version>.

use serde_json::{Value, json};

use super::{
    asked::{Asked, resource},
    refusal::Refusal,
};
use crate::common::random;

pub(super) struct Plugin {
    pub(super) sid: String,
    pub(super) unique_name: String,
    pub(super) friendly_name: String,
    pub(super) description: String,
    pub(super) archived: bool,
    pub(super) created: String,
    updated: String,
    pub(super) versions: Vec<Version>,
}

/// One version of a plugin, which never changes but for being archived.
#[derive(Clone)]
pub(super) struct Version {
    pub(super) sid: String,
    plugin: String,
    pub(super) version: String,
    pub(super) url: String,
    pub(super) changelog: String,
    /// Whether Flex asks for the bundle with credentials.
    pub(super) private: bool,
    pub(super) archived: bool,
    validated: bool,
    created: String,
}

impl Plugin {
    /// A plugin without versions.
    pub(super) fn new(
        unique_name: &str,
        friendly_name: &str,
        description: &str,
        now: &str,
    ) -> Self {
        Self {
            sid: random::sid("FP"),
            unique_name: unique_name.to_owned(),
            friendly_name: friendly_name.to_owned(),
            description: description.to_owned(),
            archived: false,
            created: now.to_owned(),
            updated: now.to_owned(),
            versions: Vec::new(),
        }
    }

    /// A version that nobody asked for by the API.
    pub(super) fn with_version(mut self, version: &str, url: &str, now: &str) -> Self {
        self.versions.push(Version {
            sid: random::sid("FV"),
            plugin: self.sid.clone(),
            version: version.to_owned(),
            url: url.to_owned(),
            changelog: String::new(),
            private: false,
            archived: false,
            validated: false,
            created: now.to_owned(),
        });
        self
    }

    pub(super) fn wire(&self) -> Value {
        let url = format!("https://flex-api.twilio.com/v1/PluginService/Plugins/{}", self.sid);
        resource(
            &self.sid,
            json!({
                "unique_name": self.unique_name,
                "friendly_name": self.friendly_name,
                "description": self.description,
                "archived": self.archived,
                "date_created": self.created,
                "date_updated": self.updated,
                "links": { "plugin_versions": format!("{url}/Versions") },
                "url": url,
            }),
        )
    }
}

impl Version {
    pub(super) fn wire(&self) -> Value {
        let Self { sid, plugin, .. } = self;
        resource(
            sid,
            json!({
                "plugin_sid": plugin,
                "version": self.version,
                "plugin_url": self.url,
                "changelog": self.changelog,
                "private": self.private,
                "archived": self.archived,
                "validated": self.validated,
                "date_created": self.created,
                "url": format!("https://flex-api.twilio.com/v1/PluginService/Plugins/{plugin}/Versions/{sid}"),
            }),
        )
    }
}

/// The plugin with this SID or unique name.
pub(super) fn find<'a>(plugins: &'a mut [Plugin], name: &str) -> Option<&'a mut Plugin> {
    plugins.iter_mut().find(|plugin| plugin.sid == name || plugin.unique_name == name)
}

/// # Errors
/// The name is taken.
pub(super) fn create(plugins: &mut Vec<Plugin>, asked: &Asked) -> Result<Value, Refusal> {
    let unique_name = asked.fields.required("UniqueName");
    if plugins.iter().any(|plugin| plugin.unique_name == unique_name) {
        let message = format!("Plugin with UniqueName {unique_name} already exists.");
        return Err(Refusal::conflict(message));
    }
    let plugin = Plugin::new(
        &unique_name,
        asked.fields.text("FriendlyName").unwrap_or(&unique_name),
        asked.fields.text("Description").unwrap_or_default(),
        &asked.now(),
    );
    let wire = plugin.wire();
    plugins.push(plugin);
    Ok(wire)
}

pub(super) fn update(plugin: &mut Plugin, asked: &Asked) -> Value {
    if let Some(name) = asked.fields.text("FriendlyName") {
        plugin.friendly_name = name.to_owned();
    }
    if let Some(description) = asked.fields.text("Description") {
        plugin.description = description.to_owned();
    }
    plugin.updated = asked.now();
    plugin.wire()
}

/// # Errors
/// It is archived already.
pub(super) fn archive(archived: &mut bool) -> Result<(), Refusal> {
    if std::mem::replace(archived, true) {
        return Err(Refusal::invalid("The resource is archived already"));
    }
    Ok(())
}

/// # Errors
/// The version exists or is none, the address is none, or the plugin is archived.
pub(super) fn add_version(plugin: &mut Plugin, asked: &Asked) -> Result<Value, Refusal> {
    let version = asked.fields.required("Version");
    let url = asked.fields.required("PluginUrl");
    if plugin.archived {
        return Err(Refusal::invalid("The plugin is archived"));
    }
    if semver::Version::parse(&version).is_err() {
        return Err(Refusal::invalid(format!("Version {version} is no semantic version")));
    }
    if plugin.versions.iter().any(|it| it.version == version) {
        return Err(Refusal::conflict(format!("Version {version} already exists.")));
    }
    if !url.starts_with("https://") && !url.starts_with("http://") {
        return Err(Refusal::invalid(format!("PluginUrl {url} is no address")));
    }
    let version = Version {
        sid: random::sid("FV"),
        plugin: plugin.sid.clone(),
        version,
        url,
        changelog: asked.fields.text("Changelog").unwrap_or_default().to_owned(),
        private: asked.fields.flag("Private").unwrap_or(false),
        archived: false,
        validated: asked.fields.text("ValidateStatus") == Some("success"),
        created: asked.now(),
    };
    let wire = version.wire();
    plugin.versions.push(version);
    Ok(wire)
}

/// The version with this SID or number.
pub(super) fn version<'a>(plugin: &'a mut Plugin, name: &str) -> Option<&'a mut Version> {
    plugin.versions.iter_mut().find(|it| it.sid == name || it.version == name)
}
