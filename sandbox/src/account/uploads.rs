//! Functions (`ZH…`) and assets (`ZH…`), and what was uploaded as their versions (`ZN…`).
//!
//! Sources: <https://www.twilio.com/docs/serverless/api/resource/function-version>,
//! <https://www.twilio.com/docs/serverless/api/resource/asset-version>.

use serde_json::{Value, json};

use super::{
    asked::{Asked, resource},
    body::Upload,
    refusal::Refusal,
};
use crate::common::random;

/// Twilio's limits of an upload, in bytes.
const LARGEST_FUNCTION: usize = 1 << 20;
const LARGEST_ASSET: usize = 25 << 20;

/// All functions of a service, or all its assets.
pub(super) struct Uploads {
    /// `Function` or `Asset`.
    kind: &'static str,
    list: Vec<Uploaded>,
}

/// A function or an asset: a name for its versions.
struct Uploaded {
    sid: String,
    friendly_name: String,
    created: String,
    updated: String,
    versions: Vec<Version>,
}

/// Who may ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Visibility {
    Public,
    /// With Twilio's signature.
    Protected,
    /// Nobody outside the service.
    Private,
}

impl Visibility {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Protected => "protected",
            Self::Private => "private",
        }
    }
}

/// One upload, which never changes.
#[derive(Clone)]
pub(super) struct Version {
    pub(super) sid: String,
    pub(super) path: String,
    pub(super) visibility: Visibility,
    pub(super) upload: Upload,
    /// As the API shows it.
    pub(super) wire: Value,
}

impl Uploaded {
    fn wire(&self, kind: &str, service: &str) -> Value {
        let Self { sid, friendly_name, created, updated, .. } = self;
        let url = format!("https://serverless.twilio.com/v1/Services/{service}/{kind}s/{sid}");
        let versions = format!("{}_versions", kind.to_lowercase());
        resource(
            sid,
            json!({
                "service_sid": service,
                "friendly_name": friendly_name,
                "date_created": created,
                "date_updated": updated,
                "links": { versions: format!("{url}/Versions") },
                "url": url,
            }),
        )
    }
}

impl Uploads {
    pub(super) fn new(kind: &'static str) -> Self {
        Self { kind, list: Vec::new() }
    }

    /// All of them, the newest first.
    pub(super) fn wires(&self, service: &str) -> Vec<Value> {
        self.list.iter().rev().map(|uploaded| uploaded.wire(self.kind, service)).collect()
    }

    fn find(&mut self, asked: &Asked, parameter: &str) -> Result<&mut Uploaded, Refusal> {
        let sid = asked.parameter(parameter);
        self.list.iter_mut().find(|it| it.sid == sid).ok_or_else(|| asked.not_found())
    }

    pub(super) fn create(&mut self, asked: &Asked) -> Value {
        let uploaded = Uploaded {
            sid: random::sid("ZH"),
            friendly_name: asked.fields.required("FriendlyName"),
            created: asked.now(),
            updated: asked.now(),
            versions: Vec::new(),
        };
        let wire = uploaded.wire(self.kind, asked.parameter("ServiceSid"));
        self.list.push(uploaded);
        wire
    }

    /// # Errors
    /// There is no such function or asset.
    pub(super) fn fetch(&mut self, asked: &Asked) -> Result<Value, Refusal> {
        let kind = self.kind;
        Ok(self.find(asked, "Sid")?.wire(kind, asked.parameter("ServiceSid")))
    }

    /// # Errors
    /// There is no such function or asset.
    pub(super) fn update(&mut self, asked: &Asked) -> Result<Value, Refusal> {
        let uploaded = self.find(asked, "Sid")?;
        uploaded.friendly_name = asked.fields.required("FriendlyName");
        uploaded.updated = asked.now();
        self.fetch(asked)
    }

    /// # Errors
    /// There is no such function or asset.
    pub(super) fn delete(&mut self, asked: &Asked) -> Result<(), Refusal> {
        let sid = self.find(asked, "Sid")?.sid.clone();
        self.list.retain(|it| it.sid != sid);
        Ok(())
    }

    /// The version of a build's list, with whose it is.
    pub(super) fn version(&self, sid: &str) -> Option<&Version> {
        self.list.iter().flat_map(|it| &it.versions).find(|version| version.sid == sid)
    }

    /// # Errors
    /// There is no such function or asset.
    pub(super) fn versions(&mut self, asked: &Asked) -> Result<Vec<Value>, Refusal> {
        let parameter = format!("{}Sid", self.kind);
        let uploaded = self.find(asked, &parameter)?;
        Ok(uploaded.versions.iter().rev().map(|version| version.wire.clone()).collect())
    }

    /// # Errors
    /// There is no such function, asset or version.
    pub(super) fn fetch_version(&mut self, asked: &Asked) -> Result<&Version, Refusal> {
        let parameter = format!("{}Sid", self.kind);
        let uploaded = self.find(asked, &parameter)?;
        let found = uploaded.versions.iter().find(|it| it.sid == asked.parameter("Sid"));
        found.ok_or_else(|| asked.not_found())
    }

    /// A new version of what was uploaded.
    ///
    /// # Errors
    /// There is no such function or asset; the path is none; the file is too large.
    pub(super) fn upload(&mut self, asked: &Asked) -> Result<Value, Refusal> {
        let kind = self.kind;
        let parameter = format!("{kind}Sid");
        let uploaded = self.find(asked, &parameter)?;
        let path = asked.fields.required("Path");
        if !path.starts_with('/') || path.contains("..") || path.len() > 255 {
            let message = format!("Path {path} has to begin with a slash and name no folder above");
            return Err(Refusal::invalid(message));
        }
        let upload = asked.fields.upload().clone();
        let largest = if kind == "Function" { LARGEST_FUNCTION } else { LARGEST_ASSET };
        if upload.content.len() > largest {
            return Err(Refusal::invalid(format!("Content has more than {largest} bytes")));
        }
        let visibility = match asked.fields.required("Visibility").as_str() {
            "private" => Visibility::Private,
            "protected" => Visibility::Protected,
            _ => Visibility::Public,
        };
        let sid = random::sid("ZN");
        let service = asked.parameter("ServiceSid");
        let owner = &uploaded.sid;
        let url = format!(
            "https://serverless.twilio.com/v1/Services/{service}/{kind}s/{owner}/Versions/{sid}"
        );
        let mut wire = resource(
            &sid,
            json!({
                "service_sid": service,
                "path": path,
                "visibility": visibility.name(),
                "date_created": asked.now(),
                "url": url,
            }),
        );
        wire[format!("{}_sid", kind.to_lowercase())] = owner.as_str().into();
        if kind == "Function" {
            wire["links"] = json!({ "function_version_content": format!("{url}/Content") });
        }
        let version = Version { sid, path, visibility, upload, wire: wire.clone() };
        uploaded.versions.push(version);
        Ok(wire)
    }
}

/// What a function's version says.
///
/// # Errors
/// There is no such function or version.
pub(super) fn content(functions: &mut Uploads, asked: &Asked) -> Result<Value, Refusal> {
    let Version { sid, upload, wire, .. } = functions.fetch_version(asked)?;
    let url = wire["url"].as_str().unwrap_or_default();
    Ok(resource(
        sid,
        json!({
            "service_sid": wire["service_sid"],
            "function_sid": wire["function_sid"],
            "content": String::from_utf8_lossy(&upload.content),
            "url": format!("{url}/Content"),
        }),
    ))
}
