//! Twilsock V3, the socket of Chat, Conversations and Sync: `TWILSOCK V3.0 <header bytes>`, CR LF, a
//! JSON header, CR LF, payload. It carries HTTP requests one way and notifications the other.

use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use serde_json::{Value, json};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    time::Instant,
};

use super::{
    Shared, commands, conversations, engagement, identity_of,
    objects::Notification,
    programmable,
    request::{Answer, Request, Then},
    sync,
};
use crate::common::{clock, lock};

const START: &str = "TWILSOCK V3.0 ";

/// A client's frame.
#[derive(Debug, PartialEq)]
struct Frame {
    header: Value,
    payload: Vec<u8>,
}

/// An open socket.
struct Connection {
    sandbox: Shared,
    notifications: UnboundedSender<Notification>,
    /// Who the socket speaks for and its number as a listener, once its token was accepted.
    listener: Option<(String, u64)>,
    /// When the client is to be told that its token runs out soon.
    renewal: Option<Instant>,
    /// Counts what was sent without having been asked.
    sent: u64,
}

/// Serves one socket until the client leaves.
pub(crate) async fn serve(socket: WebSocket, sandbox: Shared) {
    let (notifications, inbox) = unbounded_channel();
    let mut connection =
        Connection { sandbox, notifications, listener: None, renewal: None, sent: 0 };
    connection.run(socket, inbox).await;
    if let Some((_, number)) = connection.listener {
        lock(&connection.sandbox.chat.0).objects.disconnect(number);
    }
}

impl Connection {
    async fn run(&mut self, mut socket: WebSocket, mut inbox: UnboundedReceiver<Notification>) {
        loop {
            let (bytes, then) = tokio::select! {
                received = socket.recv() => {
                    let Some(Ok(message)) = received else { return };
                    let Some(frame) = parse(&message.into_data()) else { continue };
                    if frame.header["method"] == "close" {
                        return;
                    }
                    let Some(reply) = self.reply(&frame) else { continue };
                    reply
                }
                () = reached(self.renewal) => (self.token_about_to_expire(), Then::Nothing),
                Some(notification) = inbox.recv() => (self.notification(&notification), Then::Nothing),
            };
            if socket.send(Message::binary(bytes)).await.is_err() {
                return;
            }
            self.follow_up(then);
        }
    }

    /// Has the client fetch a new token.
    fn token_about_to_expire(&mut self) -> Vec<u8> {
        self.renewal = None;
        self.sent += 1;
        let header = json!({
            "client_update_type": "token_about_to_expire",
            "id": format!("TM{}", self.sent),
            "method": "client_update",
        });
        frame(header, None)
    }

    fn notification(&mut self, Notification { message_type, payload }: &Notification) -> Vec<u8> {
        self.sent += 1;
        let header = json!({
            "id": format!("TM{}", self.sent),
            "message_type": message_type,
            "method": "notification",
        });
        frame(header, Some(payload))
    }

    /// The answer to a client's frame; none to an answer.
    fn reply(&mut self, Frame { header, payload }: &Frame) -> Option<(Vec<u8>, Then)> {
        let status = json!({ "code": 200, "status": "OK" });
        let mut reply = json!({ "id": header["id"], "method": "reply", "status": status });
        match header["method"].as_str()? {
            "reply" => None,
            method @ ("init" | "update") => {
                let token = header["token"].as_str().unwrap_or_default();
                let identity = identity_of(&self.sandbox, token);
                let reply = signed_in(reply, method, identity.is_some());
                if let Some(identity) = identity {
                    self.sign_in(identity);
                    self.renewal = self.renewal_of(token);
                }
                Some((reply, Then::Nothing))
            }
            "message" => {
                let request = Request::read(&header["http_request"], payload);
                let Answer { status, body, then } = self.answer(&request);
                let reason = if status < 300 { "OK" } else { "Refused" };
                reply["http_headers"] = json!({});
                reply["http_status"] = json!({ "code": status, "status": reason });
                Some((frame(reply, Some(&body)), then))
            }
            _ => Some((frame(reply, None), Then::Nothing)),
        }
    }

    fn renewal_of(&self, token: &str) -> Option<Instant> {
        let service = lock(&self.sandbox.chat.0);
        let seconds = service.tokens.renewal_in_s(token, clock::now_s())?;
        Some(Instant::now() + Duration::from_secs(seconds))
    }

    /// Makes the socket listen for this person, unless it does already.
    fn sign_in(&mut self, identity: String) {
        if self.listener.as_ref().is_some_and(|(known, _)| *known == identity) {
            return;
        }
        let mut service = lock(&self.sandbox.chat.0);
        if let Some((_, number)) = self.listener.take() {
            service.objects.disconnect(number);
        }
        let number = service.objects.connect(&identity, self.notifications.clone());
        self.listener = Some((identity, number));
    }

    fn answer(&self, request: &Request) -> Answer {
        let Some((identity, _)) = &self.listener else {
            return Answer::new(401, json!({ "code": 20_003, "message": "Authenticate" }));
        };
        let mut service = lock(&self.sandbox.chat.0);
        let answer = match request.host.as_str() {
            "cds.us1.twilio.com" => sync::answer(&mut service, identity, request),
            "aim.twilio.com" => programmable::answer(&mut service, identity, request),
            "aim.us1.twilio.com" => conversations::answer(&mut service, identity, request),
            // Flex UI tells how it fares; nobody listens.
            "flex-sdk.twilio.com"
                if request.path.ends_with(&["Telemetry".into(), "Events".into()]) =>
            {
                Some(Answer::ok(json!({})))
            }
            _ => None,
        };
        answer.unwrap_or_else(|| {
            let Request { method, host, path, .. } = request;
            let call = format!("Twilsock {method} {host}/{}", path.join("/"));
            self.sandbox.unknown_calls.record(call);
            Answer::new(404, json!({ "code": 20_404, "message": "Not found", "status": 404 }))
        })
    }

    /// Does what is due once an answer is on its way.
    fn follow_up(&self, then: Then) {
        let Some((identity, number)) = &self.listener else { return };
        let trigger = {
            let mut service = lock(&self.sandbox.chat.0);
            match then {
                Then::Nothing => None,
                Then::Trigger(trigger) => Some(trigger),
                Then::Subscribe(body) => {
                    let establish = body["action"] == "establish";
                    for wish in body["requests"].as_array().map(Vec::as_slice).unwrap_or_default() {
                        let sid = wish["object_sid"].as_str().unwrap_or_default();
                        let seen = wish["last_event_id"].as_u64().unwrap_or_default();
                        let correlation = &body["correlation_id"];
                        service.objects.subscribe(*number, sid, seen, establish, correlation);
                        if establish && service.sessions.contains(sid) {
                            service.objects.announce_context(sid);
                        }
                    }
                    None
                }
                Then::Command { list, index } => {
                    let outcome = commands::run(&mut service, identity, &list, &index);
                    if let Some(command) = outcome.unknown {
                        self.sandbox.unknown_calls.record(format!("Chat {command}"));
                    }
                    outcome.trigger
                }
            }
        };
        if let Some(trigger) = trigger {
            engagement::begin(&self.sandbox, &trigger);
        }
    }
}

/// Returns at this time; never, if there is none.
async fn reached(time: Option<Instant>) {
    match time {
        Some(time) => tokio::time::sleep_until(time).await,
        None => std::future::pending().await,
    }
}

/// The answer to `init` or `update`.
fn signed_in(mut reply: Value, method: &str, accepted: bool) -> Vec<u8> {
    if !accepted {
        reply["status"] = json!({
            "code": 401,
            "description": "Expired token.",
            "errorCode": 20_104,
            "status": "UNAUTHORIZED",
        });
        return frame(reply, None);
    }
    if method == "update" {
        return frame(reply, None);
    }
    let session = json!({
        "capabilities": ["client_update"],
        "continuation_token": "sandbox",
        "init_registrations": [],
        "offline_storage": {},
        "token_storage_id": "sandbox",
    });
    // The clients read these from the payload or from the header, by version.
    for (name, value) in session.as_object().into_iter().flatten() {
        reply[name] = value.clone();
    }
    frame(reply, Some(&session))
}

/// Reads a frame; nothing if the bytes are none.
fn parse(bytes: &[u8]) -> Option<Frame> {
    let rest = bytes.strip_prefix(START.as_bytes())?;
    let line_end = rest.windows(2).position(|pair| pair == b"\r\n")?;
    let length: usize = std::str::from_utf8(&rest[..line_end]).ok()?.parse().ok()?;
    let rest = &rest[line_end + 2..];
    let header = serde_json::from_slice(rest.get(..length)?).ok()?;
    let payload = rest.get(length + 2..).unwrap_or_default().to_vec();
    Some(Frame { header, payload })
}

/// A frame of a header and a JSON payload.
fn frame(mut header: Value, payload: Option<&Value>) -> Vec<u8> {
    let payload = payload.map(Value::to_string).unwrap_or_default();
    header["payload_size"] = payload.len().into();
    if !payload.is_empty() {
        header["payload_type"] = "application/json".into();
    }
    let header = header.to_string();
    format!("{START}{}\r\n{header}\r\n{payload}", header.len()).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: Vec<u8>) -> String {
        String::from_utf8(bytes).unwrap_or_default()
    }

    #[test]
    fn a_frame_is_read_by_the_bytes_of_its_header() {
        let json = r#"{"method":"init","token":"tééken"}"#;
        let bytes = format!("TWILSOCK V3.0 {}\r\n{json}\r\n{{}}", json.len());
        assert_ne!(json.len(), json.chars().count());
        let header = json!({ "method": "init", "token": "tééken" });
        let expected = Frame { header, payload: b"{}".to_vec() };
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
        let payload = json!({ "a": "é" });
        let read = parse(&frame(json!({ "id": "é" }), Some(&payload)));
        let read = read.unwrap_or_else(|| panic!("no frame"));
        assert_eq!(read.header["id"], "é");
        assert_eq!(read.header["payload_size"], read.payload.len());
        assert_eq!(serde_json::from_slice(&read.payload).ok(), Some(payload));
    }

    #[test]
    fn a_good_token_opens_the_socket_and_a_bad_one_does_not() {
        let reply = json!({ "status": { "code": 200 } });
        assert!(text(signed_in(reply.clone(), "init", true)).contains("continuation_token"));
        let refused = text(signed_in(reply, "init", false));
        assert!(refused.contains(r#""code":401"#) && !refused.contains("capabilities"));
    }
}
