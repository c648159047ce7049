//! Twilsock V3, the socket of Conversations and Sync: `TWILSOCK V3.0 <header bytes>`, CR LF, a JSON
//! header, CR LF, payload.
//!
//! Flex counts as connected once `init` is answered. Requests inside the socket are all answered with
//! 404: there is no conversation and no Sync document.

use axum::extract::ws::{Message, WebSocket};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Shared, session};
use crate::Sandbox;

const START: &str = "TWILSOCK V3.0 ";

/// What the stand-in reads of a client's header.
#[derive(Debug, Deserialize, PartialEq)]
struct Header {
    id: String,
    method: String,
    token: Option<String>,
}

/// Serves one socket until the client leaves.
pub(super) async fn serve(mut socket: WebSocket, sandbox: Shared) {
    while let Some(Ok(message)) = socket.recv().await {
        let Some(header) = parse(&message.into_data()) else { continue };
        let Some(reply) = reply(&header, &sandbox) else { continue };
        if socket.send(Message::binary(reply)).await.is_err() {
            return;
        }
    }
}

/// The header of a frame; nothing if the bytes are no frame.
fn parse(frame: &[u8]) -> Option<Header> {
    let rest = frame.strip_prefix(START.as_bytes())?;
    let line_end = rest.windows(2).position(|pair| pair == b"\r\n")?;
    let length: usize = std::str::from_utf8(&rest[..line_end]).ok()?.parse().ok()?;
    let header = rest[line_end + 2..].get(..length)?;
    serde_json::from_slice(header).ok()
}

/// A frame of a header and a JSON payload.
fn frame(mut header: Value, payload: Option<&Value>) -> Vec<u8> {
    let payload = payload.map(Value::to_string).unwrap_or_default();
    if !payload.is_empty() {
        header["payload_size"] = payload.len().into();
        header["payload_type"] = "application/json".into();
    }
    let header = header.to_string();
    format!("{START}{}\r\n{header}\r\n{payload}", header.len()).into_bytes()
}

/// The answer to a client's frame; none to an answer.
fn reply(header: &Header, sandbox: &Sandbox) -> Option<Vec<u8>> {
    let token = header.token.as_deref();
    let refused = matches!(header.method.as_str(), "init" | "update")
        && token.is_none_or(|token| session::session_of(sandbox, token).is_none());
    answer(header, refused)
}

fn answer(Header { id, method, .. }: &Header, refused: bool) -> Option<Vec<u8>> {
    let ok = json!({ "code": 200, "status": "OK" });
    let reply = json!({ "method": "reply", "id": id, "status": ok });
    let with = |name: &str, value: Value| {
        let mut reply = reply.clone();
        reply[name] = value;
        reply
    };
    match method.as_str() {
        "reply" => None,
        _ if refused => {
            let status =
                json!({ "code": 401, "status": "UNAUTHORIZED", "description": "Expired token." });
            Some(frame(with("status", status), None))
        }
        "init" => Some(frame(
            reply,
            Some(&json!({
                "capabilities": ["client_update"],
                "continuation_token": "sandbox",
                "init_registrations": [],
                "token_storage_id": "sandbox",
            })),
        )),
        "message" => {
            let not_found = json!({ "code": 404, "status": "Not Found" });
            Some(frame(with("http_status", not_found), Some(&json!({}))))
        }
        _ => Some(frame(reply, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(method: &str) -> Header {
        Header { id: "TM1".to_owned(), method: method.to_owned(), token: None }
    }

    fn text(frame: Option<Vec<u8>>) -> String {
        frame.and_then(|frame| String::from_utf8(frame).ok()).unwrap_or_default()
    }

    #[test]
    fn a_frame_is_read_by_the_bytes_of_its_header() {
        let json = r#"{"method":"init","id":"TM1","token":"tééken"}"#;
        let bytes = format!("TWILSOCK V3.0 {}\r\n{json}\r\n{{}}", json.len());
        assert_ne!(json.len(), json.chars().count());
        let expected = Header { token: Some("tééken".to_owned()), ..header("init") };
        assert_eq!(parse(bytes.as_bytes()), Some(expected));
    }

    #[test]
    fn what_is_no_frame_is_left_alone() {
        for bytes in
            ["", "TWILSOCK V3.0 ", "TWILSOCK V3.0 9\r\n{}", "TWILSOCK V3.0 x\r\n{}", "GET /"]
        {
            assert_eq!(parse(bytes.as_bytes()), None, "{bytes:?}");
        }
    }

    #[test]
    fn what_is_written_can_be_read() {
        let written = frame(json!({ "id": "é", "method": "reply" }), Some(&json!({ "a": "é" })));
        assert_eq!(parse(&written), Some(Header { id: "é".to_owned(), ..header("reply") }));
        assert!(text(Some(written)).contains(r#""payload_size":10"#));
    }

    #[test]
    fn a_good_token_opens_the_socket_and_a_bad_one_does_not() {
        assert!(text(answer(&header("init"), false)).contains(r#""code":200"#));
        let refused = text(answer(&header("init"), true));
        assert!(refused.contains(r#""code":401"#) && !refused.contains("capabilities"));
    }

    #[test]
    fn requests_find_nothing_and_replies_get_no_reply() {
        assert!(text(answer(&header("message"), false)).contains(r#""http_status":{"code":404"#));
        assert_eq!(answer(&header("reply"), false), None);
    }
}
