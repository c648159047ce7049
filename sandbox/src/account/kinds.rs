//! What an account begins with.

use axum::body::Bytes;
use serde_json::{Value, json};

use super::{
    api::act,
    asked::{Answer, Asked},
    body::{Fields, Upload},
    fields,
    plugin_configurations::{Configuration, Release},
    plugins::Plugin,
    refusal::Refusal,
    state::{Account, Kind},
};
use crate::{Sandbox, common::clock};

/// The plugins of others: name, version, and what is on the page when it has been loaded.
const NEIGHBOURS: [(&str, &str); 2] =
    [("plugin-dispositions", "2.4.0"), ("plugin-dialpad", "1.0.3")];

/// A new account of a kind.
///
/// # Errors
/// The stand-in refuses its own calls.
pub(super) fn begin(sandbox: &Sandbox, kind: Kind) -> Result<Account, Refusal> {
    let mut account = Account { kind, ..Account::default() };
    match kind {
        Kind::Empty => {}
        Kind::SetUp => {
            let now = clock::iso_8601(clock::now_s());
            let url = format!("{}/plugins/example.js", sandbox.origins.desktop);
            let plugin = Plugin::new("example", "flex-glance in the sandbox", "", &now);
            account.plugins.push(plugin.with_version("1.0.0", &url, &now));
            let configuration = Configuration::of_newest(&account.plugins, &now);
            account.releases.push(Release::new(&configuration.sid, &now));
            account.configurations.push(configuration);
        }
        Kind::WithNeighbours => neighbours(sandbox, &mut account)?,
    }
    Ok(account)
}

/// Two plugins of others, served from a service of theirs, and their settings.
fn neighbours(sandbox: &Sandbox, account: &mut Account) -> Result<(), Refusal> {
    let mut calls = Calls { sandbox, account };
    let service = calls.post(
        "serverless.twilio.com/v1/Services",
        &[("UniqueName", "neighbours"), ("FriendlyName", "neighbours")],
    )?;
    let service = text(&service, "sid");
    let services = format!("serverless.twilio.com/v1/Services/{service}");
    let environment =
        calls.post(&format!("{services}/Environments"), &[("UniqueName", "production")])?;
    let domain = text(&environment, "domain_name");
    let mut build = Vec::new();
    for (name, version) in NEIGHBOURS {
        let asset = calls.post(&format!("{services}/Assets"), &[("FriendlyName", name)])?;
        let path = format!("/plugins/{name}/{version}/bundle.js");
        let uploaded = calls.upload(
            &format!(
                "serverless-upload.twilio.com/v1/Services/{service}/Assets/{}/Versions",
                text(&asset, "sid")
            ),
            &path,
            format!("document.documentElement.setAttribute('data-{name}', '{version}');\n"),
        )?;
        build.push(text(&uploaded, "sid"));
        let plugins = "flex-api.twilio.com/v1/PluginService/Plugins";
        calls.post(plugins, &[("UniqueName", name)])?;
        let url = format!("https://{domain}{path}");
        calls.post(
            &format!("{plugins}/{name}/Versions"),
            &[("Version", version), ("PluginUrl", &url)],
        )?;
    }
    let versions: Vec<_> = build.iter().map(|sid| ("AssetVersions", sid.as_str())).collect();
    let build = calls.post(&format!("{services}/Builds"), &versions)?;
    let build = text(&build, "sid");
    while calls.get(&format!("{services}/Builds/{build}"))?["status"] != "completed" {}
    calls.post(
        &format!("{services}/Environments/{}/Deployments", text(&environment, "sid")),
        &[("BuildSid", &build)],
    )?;
    let now = clock::iso_8601(clock::now_s());
    let configuration = Configuration::of_newest(&calls.account.plugins, &now);
    calls.account.releases.push(Release::new(&configuration.sid, &now));
    calls.account.configurations.push(configuration);
    calls.account.configured.extend([
        ("serverless_service_sids".to_owned(), json!([service])),
        (
            "ui_attributes".to_owned(),
            json!({
                "custom_data": {
                    "common": { "log_level": "info" },
                    "features": { "dispositions": { "enabled": true, "require_disposition": false } },
                    "language": "en-US",
                },
                "version_compatibility": "yes",
                "warmTransfers": { "enabled": true },
            }),
        ),
    ]);
    Ok(())
}

fn text(resource: &Value, name: &str) -> String {
    resource[name].as_str().unwrap_or_default().to_owned()
}

/// Calls that the account makes itself.
struct Calls<'a> {
    sandbox: &'a Sandbox,
    account: &'a mut Account,
}

impl Calls<'_> {
    fn get(&mut self, at: &str) -> Result<Value, Refusal> {
        self.call("GET", at, Fields::default())
    }

    fn post(&mut self, at: &str, fields: &[(&str, &str)]) -> Result<Value, Refusal> {
        self.call("POST", at, Fields::given(fields, Upload::default()))
    }

    fn upload(&mut self, at: &str, path: &str, content: String) -> Result<Value, Refusal> {
        let content_type = "application/javascript".to_owned();
        let upload = Upload { content_type, content: Bytes::from(content) };
        self.call("POST", at, Fields::given(&[("Path", path), ("Visibility", "public")], upload))
    }

    /// * `at`: host and path
    fn call(&mut self, method: &str, at: &str, fields: Fields) -> Result<Value, Refusal> {
        let (host, path) = at.split_at(at.find('/').unwrap_or(at.len()));
        let (operation, parameters) = fields::find(host, method, path)?;
        let (path, query) = (path.to_owned(), Vec::new());
        let asked = Asked { operation, path, parameters, query, fields, now_s: clock::now_s() };
        match act(self.sandbox, self.account, false, &asked)? {
            Answer::Item(item) => Ok(item),
            Answer::List(_) | Answer::Gone => Ok(Value::Null),
        }
    }
}
