//! HTTP requests that travel inside Twilsock, and their answers.

use serde_json::{Map, Value, json};

use super::service::Refusal;

/// A request to a host behind the socket.
#[derive(Debug, PartialEq)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) host: String,
    /// The decoded segments of the path.
    pub(super) path: Vec<String>,
    /// The decoded query.
    pub(super) params: Map<String, Value>,
    /// A JSON body, or the fields of a form.
    pub(super) body: Value,
}

impl Request {
    /// Reads the `http_request` of a frame's header with the frame's payload.
    pub(super) fn read(header: &Value, payload: &[u8]) -> Self {
        let text = |name: &str| header[name].as_str().unwrap_or_default();
        let params = header["params"].as_object().cloned().unwrap_or_default();
        let decoded = |(name, value): (String, Value)| {
            let value = value.as_str().map(|value| Value::from(decode(value))).unwrap_or(value);
            (name, value)
        };
        Self {
            method: text("method").to_owned(),
            host: text("host").to_owned(),
            path: text("path").split('/').filter(|part| !part.is_empty()).map(decode).collect(),
            params: params.into_iter().map(decoded).collect(),
            body: body(payload),
        }
    }

    /// A parameter of the query.
    pub(super) fn param(&self, name: &str) -> Option<&str> {
        self.params.get(name).and_then(Value::as_str)
    }

    /// A text of the body.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.body[name].as_str()
    }
}

/// The answer, and what is to happen once it is on its way.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Value,
    pub(super) then: Then,
}

#[derive(Debug, Default, PartialEq)]
pub(super) enum Then {
    #[default]
    Nothing,
    /// Begin or end the subscriptions that this body asks for.
    Subscribe(Value),
    /// Carry out the command at this index of the session list.
    Command { list: String, index: Value },
    /// Set the Studio flow off with this trigger.
    Trigger(Value),
}

impl Answer {
    pub(super) fn new(status: u16, body: Value) -> Self {
        Self { status, body, then: Then::Nothing }
    }

    pub(super) fn ok(body: Value) -> Self {
        Self::new(200, body)
    }

    pub(super) fn then(self, then: Then) -> Self {
        Self { then, ..self }
    }
}

impl From<Refusal> for Answer {
    fn from((status, message): Refusal) -> Self {
        Self::new(
            status,
            json!({ "code": 50_000 + u32::from(status), "message": message, "status": status }),
        )
    }
}

fn body(payload: &[u8]) -> Value {
    if let Ok(body) = serde_json::from_slice(payload) {
        return body;
    }
    let form = String::from_utf8_lossy(payload);
    let fields = form.split('&').filter_map(|field| field.split_once('='));
    fields.map(|(name, value)| (name.to_owned(), Value::from(decode(value)))).collect()
}

/// Resolves percent-encoding; what is no such encoding stays.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits =
            bytes.get(at + 1..at + 3).filter(|pair| pair.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|pair| std::str::from_utf8(pair).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(value) if byte == b'%' => {
                decoded.push(value);
                at += 3;
            }
            _ => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_and_query_are_decoded_and_the_body_is_json_or_a_form() {
        let header = json!({
            "host": "aim.twilio.com",
            "method": "GET",
            "params": { "Key": "a%2Fb" },
            "path": "/v1/Users/maria%40example.com/",
        });
        let request = Request::read(&header, br#"{"a":1}"#);
        assert_eq!(request.path, ["v1", "Users", "maria@example.com"]);
        assert_eq!(request.param("Key"), Some("a/b"));
        assert_eq!(request.body["a"], 1);
        assert_eq!(Request::read(&header, b"ChannelSid=CH1").text("ChannelSid"), Some("CH1"));
    }

    #[test]
    fn a_percent_sign_that_encodes_nothing_stays() {
        for (encoded, decoded) in
            [("100%", "100%"), ("%zz", "%zz"), ("%C3%A9", "é"), ("%+1", "%+1")]
        {
            assert_eq!(decode(encoded), decoded);
        }
    }
}
