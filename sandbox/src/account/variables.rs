//! An environment's variables (`ZV…`), which its Functions find in their context from the next
//! request on.
//!
//! Sources: <https://www.twilio.com/docs/serverless/api/resource/variable>,
//! <https://www.twilio.com/docs/serverless/functions-assets/functions/variables>.

use serde_json::{Value, json};

use super::{
    asked::{Asked, resource},
    refusal::Refusal,
};
use crate::common::random;

/// Twilio's limits, in characters and in bytes.
const LONGEST_KEY: usize = 128;
const LARGEST_VALUE: usize = 450;

pub(super) struct Variable {
    sid: String,
    service: String,
    environment: String,
    pub(super) key: String,
    pub(super) value: String,
    created: String,
    updated: String,
}

impl Variable {
    fn wire(&self) -> Value {
        let Self { sid, service, environment, .. } = self;
        resource(
            sid,
            json!({
                "service_sid": service,
                "environment_sid": environment,
                "key": self.key,
                "value": self.value,
                "date_created": self.created,
                "date_updated": self.updated,
                "url": format!("https://serverless.twilio.com/v1/Services/{service}/Environments/{environment}/Variables/{sid}"),
            }),
        )
    }
}

/// All of them, the newest first.
pub(super) fn list(variables: &[Variable]) -> Vec<Value> {
    variables.iter().rev().map(Variable::wire).collect()
}

/// # Errors
/// There is a variable with this key already, or the key is no name.
pub(super) fn create(variables: &mut Vec<Variable>, asked: &Asked) -> Result<Value, Refusal> {
    let key = asked.fields.required("Key");
    check_key(variables, &key, None)?;
    check_value(&asked.fields.required("Value"))?;
    let variable = Variable {
        sid: random::sid("ZV"),
        service: asked.parameter("ServiceSid").to_owned(),
        environment: asked.parameter("EnvironmentSid").to_owned(),
        key,
        value: asked.fields.required("Value"),
        created: asked.now(),
        updated: asked.now(),
    };
    let wire = variable.wire();
    variables.push(variable);
    Ok(wire)
}

/// Whether `key` can be the name of the variable `own`, or of a new one.
fn check_key(variables: &[Variable], key: &str, own: Option<&str>) -> Result<(), Refusal> {
    if variables.iter().any(|it| it.key == key && Some(it.sid.as_str()) != own) {
        return Err(Refusal::conflict(format!("Variable with Key {key} already exists.")));
    }
    let is_fitting = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let is_name = !key.starts_with(|letter: char| letter.is_ascii_digit());
    if !is_name || !key.chars().all(is_fitting) || key.len() > LONGEST_KEY {
        return Err(Refusal::invalid(format!("Key {key} is no name of a variable")));
    }
    Ok(())
}

fn check_value(value: &str) -> Result<(), Refusal> {
    match value.len() > LARGEST_VALUE {
        true => Err(Refusal::invalid(format!("Value has more than {LARGEST_VALUE} bytes"))),
        false => Ok(()),
    }
}

/// # Errors
/// There is no such variable.
pub(super) fn fetch(variables: &[Variable], asked: &Asked) -> Result<Value, Refusal> {
    let found = variables.iter().find(|it| it.sid == asked.parameter("Sid"));
    found.map(Variable::wire).ok_or_else(|| asked.not_found())
}

/// # Errors
/// There is no such variable, or the new key is taken.
pub(super) fn update(variables: &mut [Variable], asked: &Asked) -> Result<Value, Refusal> {
    let sid = asked.parameter("Sid");
    if let Some(key) = asked.fields.text("Key") {
        check_key(variables, key, Some(sid))?;
    }
    asked.fields.text("Value").map_or(Ok(()), check_value)?;
    let variable =
        variables.iter_mut().find(|it| it.sid == sid).ok_or_else(|| asked.not_found())?;
    if let Some(key) = asked.fields.text("Key") {
        variable.key = key.to_owned();
    }
    if let Some(value) = asked.fields.text("Value") {
        variable.value = value.to_owned();
    }
    variable.updated = asked.now();
    Ok(variable.wire())
}

/// # Errors
/// There is no such variable.
pub(super) fn delete(variables: &mut Vec<Variable>, asked: &Asked) -> Result<(), Refusal> {
    fetch(variables, asked)?;
    variables.retain(|it| it.sid != asked.parameter("Sid"));
    Ok(())
}
