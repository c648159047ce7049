//! Deployments (`ZD…`): a build that becomes the active one of an environment.

use serde_json::{Value, json};

use super::asked::{Asked, resource};
use crate::common::random;

pub(super) struct Deployment {
    pub(super) sid: String,
    pub(super) wire: Value,
}

impl Deployment {
    /// Of a build that is there.
    pub(super) fn new(build: &str, asked: &Asked) -> Self {
        let sid = random::sid("ZD");
        let service = asked.parameter("ServiceSid");
        let environment = asked.parameter("EnvironmentSid");
        let wire = resource(
            &sid,
            json!({
                "service_sid": service,
                "environment_sid": environment,
                "build_sid": build,
                "date_created": asked.now(),
                "date_updated": asked.now(),
                "url": format!("https://serverless.twilio.com/v1/Services/{service}/Environments/{environment}/Deployments/{sid}"),
            }),
        );
        Self { sid, wire }
    }
}
