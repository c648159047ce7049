//! The operations of Twilio's published description, and the fields that each of them takes:
//! `sandbox/account/fields.json`, which `scripts/account-fields.mjs` writes.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::refusal::Refusal;

/// One method of one path.
#[derive(Debug, Deserialize)]
pub(super) struct Operation {
    pub(super) method: String,
    pub(super) host: String,
    /// With parameters as `{ServiceSid}`.
    pub(super) path: String,
    /// HTTP status of success.
    pub(super) status: u16,
    #[serde(default)]
    pub(super) query: Vec<String>,
    /// Media type of the body, for operations that have one.
    pub(super) media: Option<String>,
    #[serde(default)]
    pub(super) body: BTreeMap<String, Field>,
    /// The member that holds the items, for operations that list.
    pub(super) list: Option<String>,
}

/// A field of a body.
#[derive(Debug, Deserialize)]
pub(super) struct Field {
    /// `string`, `boolean`, `array` or `file`; nothing for a member of JSON of any kind.
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    pub(super) required: bool,
    /// The values that there are, if the description numbers them.
    #[serde(default)]
    pub(super) values: Vec<String>,
}

#[derive(Deserialize)]
struct Table {
    operations: Vec<Operation>,
}

/// Empty only if the file is broken, which a test would find.
static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    serde_json::from_str::<Table>(include_str!("../../account/fields.json"))
        .map_or_else(|_| Vec::new(), |table| table.operations)
});

/// What the path's parameters are in a call, by name.
pub(super) type Parameters = BTreeMap<&'static str, String>;

/// The operation that answers, with its path's parameters.
///
/// # Errors
/// No operation has such a path, or none of those that have it such a method.
pub(super) fn find(
    host: &str,
    method: &str,
    path: &str,
) -> Result<(&'static Operation, Parameters), Refusal> {
    let here = OPERATIONS
        .iter()
        .filter(|operation| operation.host == host)
        .filter_map(|operation| Some((operation, parameters(&operation.path, path)?)));
    let here: Vec<_> = here.collect();
    if here.is_empty() {
        return Err(Refusal::not_found(path));
    }
    let found = here.into_iter().find(|(operation, _)| operation.method == method);
    found.ok_or_else(Refusal::method)
}

/// The parameters of `template` in `path`, if it is such a path.
fn parameters(template: &'static str, path: &str) -> Option<Parameters> {
    let mut given = path.split('/');
    let mut parameters = Parameters::new();
    for part in template.split('/') {
        let given = given.next()?;
        match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(_) if given.is_empty() => return None,
            Some(name) => drop(parameters.insert(name, given.to_owned())),
            None if part != given => return None,
            None => {}
        }
    }
    given.next().is_none().then_some(parameters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_gives_its_parameters() {
        let found = find("serverless.twilio.com", "GET", "/v1/Services/ZS1/Builds/ZB2/Status");
        let found = found.ok().map(|(operation, parameters)| (operation.path.as_str(), parameters));
        let parameters = [("ServiceSid", "ZS1".to_owned()), ("Sid", "ZB2".to_owned())];
        let expected = ("/v1/Services/{ServiceSid}/Builds/{Sid}/Status", parameters.into());
        assert_eq!(found, Some(expected));
    }

    #[test]
    fn other_paths_and_methods_are_refused() {
        let refusal = |method, path| find("flex-api.twilio.com", method, path).err();
        assert_eq!(refusal("GET", "/v1/Plugins"), Some(Refusal::not_found("/v1/Plugins")));
        assert_eq!(refusal("DELETE", "/v1/PluginService/Plugins"), Some(Refusal::method()));
    }
}
