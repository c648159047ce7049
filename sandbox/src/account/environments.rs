//! Environments (`ZE…`): a domain, variables (`ZV…`), deployments (`ZD…`) and what runs.
//!
//! Sources: <https://www.twilio.com/docs/serverless/api/resource/environment>, for the domain's name
//! <https://www.twilio.com/docs/runtime/functions-assets-api>, for what is said of a double name
//! <https://github.com/RJPearson94/terraform-provider-twilio/issues/78>, and for its status
//! <https://github.com/twilio/twilio-cli/issues/211>.

use serde_json::{Value, json};

use super::{
    asked::{Asked, resource},
    deployments::Deployment,
    refusal::Refusal,
    running::Running,
    variables::Variable,
};
use crate::common::{
    account::{ACCOUNT_SID, AUTH_TOKEN},
    random,
};

/// Twilio's limits, in characters.
const LONGEST_NAME: usize = 100;
const LONGEST_SUFFIX: usize = 16;

pub(super) struct Environment {
    pub(super) sid: String,
    service: String,
    pub(super) unique_name: String,
    suffix: Option<String>,
    /// Without a scheme.
    pub(super) domain: String,
    /// The build that is active.
    pub(super) build: Option<String>,
    created: String,
    pub(super) updated: String,
    pub(super) variables: Vec<Variable>,
    pub(super) deployments: Vec<Deployment>,
    pub(super) running: Option<Running>,
}

impl Environment {
    /// What its Functions find in their context.
    pub(super) fn settings(&self, with_credentials: bool) -> Vec<(String, String)> {
        let mut settings = vec![("DOMAIN_NAME", self.domain.as_str())];
        if with_credentials {
            settings.extend([("ACCOUNT_SID", ACCOUNT_SID), ("AUTH_TOKEN", AUTH_TOKEN)]);
        }
        let variables = self.variables.iter().map(|it| (it.key.as_str(), it.value.as_str()));
        let settings = variables.chain(settings);
        settings.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    pub(super) fn wire(&self) -> Value {
        let Self { sid, service, .. } = self;
        let url = format!("https://serverless.twilio.com/v1/Services/{service}/Environments/{sid}");
        resource(
            sid,
            json!({
                "service_sid": service,
                "build_sid": self.build,
                "unique_name": self.unique_name,
                "domain_suffix": self.suffix,
                "domain_name": self.domain,
                "date_created": self.created,
                "date_updated": self.updated,
                "links": {
                    "variables": format!("{url}/Variables"),
                    "deployments": format!("{url}/Deployments"),
                    "logs": format!("{url}/Logs"),
                },
                "url": url,
            }),
        )
    }
}

/// # Errors
/// The name or the suffix is taken, or is none.
pub(super) fn create(
    environments: &mut Vec<Environment>,
    domain_base: &str,
    asked: &Asked,
) -> Result<Value, Refusal> {
    let unique_name = asked.fields.required("UniqueName");
    let suffix = asked.fields.text("DomainSuffix").filter(|suffix| !suffix.is_empty());
    let is_taken =
        |it: &Environment| it.unique_name == unique_name || it.suffix.as_deref() == suffix;
    if environments.iter().any(is_taken) {
        let message = "Environment with this UniqueName or DomainSuffix already exists.";
        return Err(Refusal::conflict(message));
    }
    if !is_label(&unique_name, LONGEST_NAME)
        || suffix.is_some_and(|suffix| !is_label(suffix, LONGEST_SUFFIX))
    {
        let message = "UniqueName and DomainSuffix may have letters, digits and hyphens";
        return Err(Refusal::invalid(message));
    }
    let environment = Environment {
        sid: random::sid("ZE"),
        service: asked.parameter("ServiceSid").to_owned(),
        unique_name,
        suffix: suffix.map(str::to_owned),
        domain: match suffix {
            Some(suffix) => format!("{domain_base}-{}.twil.io", suffix.to_lowercase()),
            None => format!("{domain_base}.twil.io"),
        },
        build: None,
        created: asked.now(),
        updated: asked.now(),
        variables: Vec::new(),
        deployments: Vec::new(),
        running: None,
    };
    let wire = environment.wire();
    environments.push(environment);
    Ok(wire)
}

/// Whether a name can be part of a domain's.
///
/// * `most`: how many characters it may have
pub(super) fn is_label(name: &str, most: usize) -> bool {
    let is_fitting = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    (1..=most).contains(&name.len()) && name.chars().all(is_fitting)
}
