//! Serverless services (`ZS…`): each a name, a domain, and all that is below it.
//!
//! Source: <https://www.twilio.com/docs/serverless/api/resource/service>.

use serde_json::{Value, json};

use super::{
    asked::{Asked, resource},
    builds::Build,
    environments::{Environment, is_label},
    refusal::Refusal,
    uploads::Uploads,
};
use crate::common::random;

pub(super) struct Service {
    pub(super) sid: String,
    pub(super) unique_name: String,
    friendly_name: String,
    pub(super) include_credentials: bool,
    ui_editable: bool,
    /// The beginning of the names of its environments' domains.
    pub(super) domain_base: String,
    created: String,
    updated: String,
    pub(super) environments: Vec<Environment>,
    pub(super) functions: Uploads,
    pub(super) assets: Uploads,
    pub(super) builds: Vec<Build>,
}

impl Service {
    pub(super) fn wire(&self) -> Value {
        let url = format!("https://serverless.twilio.com/v1/Services/{}", self.sid);
        resource(
            &self.sid,
            json!({
                "friendly_name": self.friendly_name,
                "unique_name": self.unique_name,
                "include_credentials": self.include_credentials,
                "ui_editable": self.ui_editable,
                "domain_base": self.domain_base,
                "date_created": self.created,
                "date_updated": self.updated,
                "links": {
                    "environments": format!("{url}/Environments"),
                    "functions": format!("{url}/Functions"),
                    "assets": format!("{url}/Assets"),
                    "builds": format!("{url}/Builds"),
                },
                "url": url,
            }),
        )
    }
}

/// # Errors
/// The name is taken, or is none.
pub(super) fn create(services: &mut Vec<Service>, asked: &Asked) -> Result<Value, Refusal> {
    let unique_name = asked.fields.required("UniqueName");
    if services.iter().any(|service| service.unique_name == unique_name) {
        let message = format!("Service with UniqueName {unique_name} already exists.");
        return Err(Refusal::conflict(message));
    }
    if !is_label(&unique_name, 50) {
        let message = "UniqueName may have letters, digits and hyphens, 50 at the most";
        return Err(Refusal::invalid(message));
    }
    let digits = random::digits().unwrap_or_else(|_| "0000".to_owned());
    let service = Service {
        sid: random::sid("ZS"),
        domain_base: format!("{}-{digits}", unique_name.to_lowercase()),
        unique_name,
        friendly_name: asked.fields.required("FriendlyName"),
        include_credentials: asked.fields.flag("IncludeCredentials").unwrap_or(true),
        ui_editable: asked.fields.flag("UiEditable").unwrap_or(false),
        created: asked.now(),
        updated: asked.now(),
        environments: Vec::new(),
        functions: Uploads::new("Function"),
        assets: Uploads::new("Asset"),
        builds: Vec::new(),
    };
    let wire = service.wire();
    services.push(service);
    Ok(wire)
}

pub(super) fn update(service: &mut Service, asked: &Asked) -> Value {
    if let Some(name) = asked.fields.text("FriendlyName") {
        service.friendly_name = name.to_owned();
    }
    if let Some(flag) = asked.fields.flag("IncludeCredentials") {
        service.include_credentials = flag;
    }
    if let Some(flag) = asked.fields.flag("UiEditable") {
        service.ui_editable = flag;
    }
    service.updated = asked.now();
    service.wire()
}
