//! The fields of a request, held to what Twilio's description has for the operation.

use std::collections::BTreeMap;

use axum::body::Bytes;
use futures_util::stream;
use serde_json::{Map, Value};

use super::{
    fields::{Field, Operation},
    refusal::Refusal,
};

/// A file as it was uploaded.
#[derive(Clone, Debug, Default)]
pub(super) struct Upload {
    pub(super) content_type: String,
    pub(super) content: Bytes,
}

/// What a body has said.
#[derive(Debug, Default)]
pub(super) struct Fields {
    texts: BTreeMap<String, Vec<String>>,
    json: Map<String, Value>,
    upload: Upload,
}

impl Fields {
    /// Fields that did not come over a wire.
    pub(super) fn given(texts: &[(&str, &str)], upload: Upload) -> Self {
        let mut fields = Self { upload, ..Self::default() };
        for (name, value) in texts {
            fields.texts.entry((*name).to_owned()).or_default().push((*value).to_owned());
        }
        fields
    }

    /// A field's value, if it was given.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name)?.first().map(String::as_str)
    }

    /// The value of a field that the description requires, which is there.
    pub(super) fn required(&self, name: &str) -> String {
        self.text(name).unwrap_or_default().to_owned()
    }

    /// All values of a repeated field.
    pub(super) fn texts(&self, name: &str) -> &[String] {
        self.texts.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// A field that is true or false.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        self.text(name).map(|value| value.eq_ignore_ascii_case("true"))
    }

    /// The members of a JSON body.
    pub(super) fn json(&self) -> &Map<String, Value> {
        &self.json
    }

    /// The file of a multipart body.
    pub(super) fn upload(&self) -> &Upload {
        &self.upload
    }
}

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// Reads a body and holds it to the operation's fields.
///
/// # Errors
/// The media type is another one; a field is unknown, missing, given twice or not of its type.
pub(super) async fn read(
    operation: &Operation,
    content_type: &str,
    body: Bytes,
) -> Result<Fields, Refusal> {
    let Some(media) = operation.media.as_deref() else { return Ok(Fields::default()) };
    let is_form = content_type.starts_with(FORM);
    // Without a body there are no fields, whatever the client says of their form.
    let is_as_described = body.is_empty() || content_type.starts_with(media);
    // Flex's Configuration is described with JSON, and Twilio's own client sends a form.
    let is_as_twilio_does = media == JSON && is_form;
    if !is_as_described && !is_as_twilio_does {
        return Err(Refusal::media_type());
    }
    let fields = match media {
        JSON if is_form => into_json(from_form(&body)),
        JSON => from_json(&body)?,
        "multipart/form-data" => from_multipart(content_type, body).await?,
        _ => from_form(&body),
    };
    check(operation, &fields)?;
    Ok(fields)
}

fn from_form(body: &[u8]) -> Fields {
    let mut fields = Fields::default();
    for (name, value) in form_urlencoded::parse(body) {
        fields.texts.entry(name.into_owned()).or_default().push(value.into_owned());
    }
    fields
}

fn from_json(body: &[u8]) -> Result<Fields, Refusal> {
    match serde_json::from_slice(body) {
        Ok(json) => Ok(Fields { json, ..Fields::default() }),
        Err(_) => Err(Refusal::field("The body is no JSON object")),
    }
}

/// A form's fields as the members that they stand for: lists by their names.
fn into_json(form: Fields) -> Fields {
    let member = |(name, values): (String, Vec<String>)| {
        let value = match <[String; 1]>::try_from(values) {
            Ok([value]) if !name.ends_with("_sids") => value.into(),
            Ok(values) => values.into_iter().collect(),
            Err(values) => values.into(),
        };
        (name, value)
    };
    Fields { json: form.texts.into_iter().map(member).collect(), ..Fields::default() }
}

async fn from_multipart(content_type: &str, body: Bytes) -> Result<Fields, Refusal> {
    let broken = |error: multer::Error| Refusal::field(error.to_string());
    let boundary = multer::parse_boundary(content_type).map_err(broken)?;
    let body = stream::iter([Ok::<_, multer::Error>(body)]);
    let mut multipart = multer::Multipart::new(body, boundary);
    let mut fields = Fields::default();
    while let Some(part) = multipart.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "Content" {
            let content_type = part.content_type().map_or_else(String::new, ToString::to_string);
            let content = part.bytes().await.map_err(broken)?;
            fields.upload = Upload { content_type, content };
            fields.texts.entry(name).or_default().push(String::new());
        } else {
            let value = part.text().await.map_err(broken)?;
            fields.texts.entry(name).or_default().push(value);
        }
    }
    Ok(fields)
}

fn check(operation: &Operation, fields: &Fields) -> Result<(), Refusal> {
    for name in fields.texts.keys().chain(fields.json.keys()) {
        if !operation.body.contains_key(name) && !passes_unread(operation, name) {
            return Err(Refusal::field(format!("Unknown parameter {name} in the post body")));
        }
    }
    for (name, field) in &operation.body {
        let values = fields.texts(name);
        if field.required && values.is_empty() && !fields.json.contains_key(name) {
            let message = format!("Missing required parameter {name} in the post body");
            return Err(Refusal::field(message));
        }
        if field.kind.as_deref() != Some("array") && values.len() > 1 {
            return Err(Refusal::field(format!("Parameter {name} was given twice")));
        }
        if let Some(value) = values.iter().find(|value| !fits(field, value)) {
            return Err(Refusal::field(format!("Invalid value {value} of parameter {name}")));
        }
    }
    Ok(())
}

/// What Twilio's own client sends although no description has it, and Twilio lets pass.
fn passes_unread(operation: &Operation, name: &str) -> bool {
    name == "FriendlyName" && operation.path.ends_with("/Environments")
}

fn fits(field: &Field, value: &str) -> bool {
    match field.kind.as_deref() {
        Some("boolean") => ["true", "false"].iter().any(|it| value.eq_ignore_ascii_case(it)),
        Some("string") if field.required && value.is_empty() => false,
        _ => field.values.is_empty() || field.values.iter().any(|it| it == value),
    }
}
