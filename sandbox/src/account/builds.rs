//! Builds (`ZB…`): which versions belong together. A build takes a few looks until it is completed.
//!
//! Sources: <https://www.twilio.com/docs/serverless/api/resource/build>, and for versions of Node.js
//! Twilio's changelog of 10 November 2025 and 8 July 2026.

use serde_json::{Value, json};

use super::{
    asked::{Asked, resource},
    refusal::Refusal,
    uploads::{Uploads, Version},
};
use crate::common::random;

/// How many looks a build takes.
const LOOKS: u32 = 2;

/// The versions of Node.js that Twilio still deploys to, the usual one first.
const RUNTIMES: [&str; 3] = ["node22", "node20", "node24"];

pub(super) struct Build {
    pub(super) sid: String,
    service: String,
    looks_left: u32,
    /// What becomes of it: on purpose, one may fail.
    fails: bool,
    pub(super) functions: Vec<Version>,
    pub(super) assets: Vec<Version>,
    dependencies: Value,
    runtime: String,
    created: String,
}

impl Build {
    pub(super) fn status(&self) -> &'static str {
        match (self.looks_left, self.fails) {
            (0, false) => "completed",
            (0, true) => "failed",
            _ => "building",
        }
    }

    /// Someone looks; says how it stands.
    pub(super) fn look(&mut self) -> &'static str {
        let status = self.status();
        self.looks_left = self.looks_left.saturating_sub(1);
        status
    }

    pub(super) fn wire(&self) -> Value {
        let url = format!(
            "https://serverless.twilio.com/v1/Services/{}/Builds/{}",
            self.service, self.sid
        );
        let versions = |versions: &[Version]| -> Vec<_> {
            versions.iter().map(|version| version.wire.clone()).collect()
        };
        resource(
            &self.sid,
            json!({
                "service_sid": self.service,
                "status": self.status(),
                "function_versions": versions(&self.functions),
                "asset_versions": versions(&self.assets),
                "dependencies": self.dependencies,
                "runtime": self.runtime,
                "date_created": self.created,
                "date_updated": self.created,
                "links": { "build_status": format!("{url}/Status") },
                "url": url,
            }),
        )
    }

    /// The answer of `…/Status`.
    pub(super) fn wire_status(&self) -> Value {
        let Self { sid, service, .. } = self;
        let url =
            format!("https://serverless.twilio.com/v1/Services/{service}/Builds/{sid}/Status");
        let members = json!({ "service_sid": service, "status": self.status(), "url": url });
        resource(sid, members)
    }
}

/// # Errors
/// A version does not exist, two have one path, there are none, or the dependencies are no JSON.
pub(super) fn create(
    builds: &mut Vec<Build>,
    functions: &Uploads,
    assets: &Uploads,
    fails: bool,
    asked: &Asked,
) -> Result<Value, Refusal> {
    let build = Build {
        sid: random::sid("ZB"),
        service: asked.parameter("ServiceSid").to_owned(),
        looks_left: LOOKS,
        fails,
        functions: versions(functions, asked.fields.texts("FunctionVersions"))?,
        assets: versions(assets, asked.fields.texts("AssetVersions"))?,
        dependencies: dependencies(asked.fields.text("Dependencies"))?,
        runtime: runtime(asked.fields.text("Runtime"))?,
        created: asked.now(),
    };
    let mut paths: Vec<_> =
        build.functions.iter().chain(&build.assets).map(|version| &version.path).collect();
    if paths.is_empty() {
        return Err(Refusal::invalid("A build needs at least one version"));
    }
    paths.sort();
    if let Some([path, _]) = paths.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(Refusal::invalid(format!("Two versions have the path {path}")));
    }
    let wire = build.wire();
    builds.push(build);
    Ok(wire)
}

fn versions(uploads: &Uploads, sids: &[String]) -> Result<Vec<Version>, Refusal> {
    let version = |sid: &String| {
        let version = uploads.version(sid).cloned();
        version.ok_or_else(|| Refusal::invalid(format!("There is no version {sid}")))
    };
    sids.iter().map(version).collect()
}

fn runtime(given: Option<&str>) -> Result<String, Refusal> {
    let given = given.unwrap_or(RUNTIMES[0]);
    match RUNTIMES.contains(&given) {
        true => Ok(given.to_owned()),
        false => Err(Refusal::invalid(format!("Runtime {given} is none that is deployed to"))),
    }
}

/// A JSON list; Twilio's own client puts it into quotation marks.
fn dependencies(given: Option<&str>) -> Result<Value, Refusal> {
    let Some(given) = given else { return Ok(json!([])) };
    let inner = given.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).unwrap_or(given);
    match serde_json::from_str(inner) {
        Ok(list @ Value::Array(_)) => Ok(list),
        _ => Err(Refusal::field("Dependencies is no list in JSON")),
    }
}
