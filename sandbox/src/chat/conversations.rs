//! The REST calls of the Conversations client inside Flex UI (`aim.us1.twilio.com`). A conversation
//! here is a channel of legacy Chat, seen from the agent's side.

use serde_json::{Value, json};

use super::{
    programmable,
    request::{Answer, Request, Then},
    service::{self, NO_CHANNEL, NO_MEMBER, Refusal, Sent, Service, User},
};
use crate::common::account;

/// The answer to a request; nothing if there is no stand-in for it.
pub(super) fn answer(service: &mut Service, identity: &str, request: &Request) -> Option<Answer> {
    let path: Vec<&str> = request.path.iter().map(String::as_str).collect();
    let path = match path.as_slice() {
        ["Client", "v2", "Configuration"] => return Some(configuration(service, identity)),
        ["Client", "v2", "Services", _, rest @ ..] => rest,
        _ => return None,
    };
    match (request.method.as_str(), path) {
        ("GET", ["Users", _, "Conversations"]) => {
            let channels = service.channels_of(identity);
            let entries = channels.iter().map(|(sid, entry)| mine(service, sid, entry));
            Some(programmable::page("conversations", entries.collect()))
        }
        ("GET", ["Users", _, "Conversations", sid]) => {
            let channels = service.channels_of(identity);
            let entry = channels.iter().find(|(channel, _)| channel == sid);
            Some(entry.map_or_else(
                || NO_MEMBER.into(),
                |(sid, entry)| Answer::ok(mine(service, sid, entry)),
            ))
        }
        ("POST", ["Users", _, "Conversations", sid]) => {
            let read = service.mark_read(sid, identity, &request.body["last_read_message_index"]);
            Some(said(read.map(|left| json!({ "unread_messages_count": left }))))
        }
        ("GET", ["Users", user]) => Some(Answer::ok(service.user_wire(user))),
        ("POST", ["Users", user]) => Some(update_user(service, user, request)),
        ("GET", ["Conversations", sid]) => Some(said(conversation(service, sid))),
        ("POST", ["Conversations", sid]) => Some(said(update(service, identity, sid, request))),
        ("POST", ["Conversations", sid, "Messages"]) => Some(send(service, identity, sid, request)),
        // Recipients are those of e-mails.
        ("GET", ["Conversations", _, "MessageRecipients"]) => {
            Some(programmable::page("message_recipients", Vec::new()))
        }
        ("DELETE", ["Conversations", sid, "Participants", who]) => {
            let outcome = match service.members(sid).contains(identity) {
                true => service.leave(sid, who).map(|()| json!({})),
                false => Err(NO_MEMBER),
            };
            Some(said(outcome))
        }
        ("POST", ["Typing"]) => Some(programmable::typing(service, identity, request)),
        _ => None,
    }
}

fn said(outcome: Result<Value, Refusal>) -> Answer {
    outcome.map_or_else(Answer::from, Answer::ok)
}

/// Where the client finds everything that is its user's.
fn configuration(service: &mut Service, identity: &str) -> Answer {
    let User { sid, info, channels } = service.user(identity);
    let service_sid = account::CHAT_SERVICE_SID;
    let base = format!("https://aim.us1.twilio.com/Client/v2/Services/{service_sid}");
    let media = format!("https://mcs.us1.twilio.com/v1/Services/{service_sid}");
    Answer::ok(json!({
        "identity": identity,
        "links": {
            "conversations": format!("{base}/Conversations"),
            "current_user": format!("{base}/Users/{sid}"),
            "media_service": format!("{media}/Media"),
            "media_set_service": format!("{media}/MediaSet"),
            "messages_receipts": format!("{base}/Receipts"),
            "my_conversations": format!("{base}/Users/{sid}/Conversations"),
            "typing": format!("{base}/Typing"),
            "users": format!("{base}/Users"),
        },
        "options": {
            "consumption_report_interval": "PT5S",
            "email_bodies_allowed_mime_types": [],
            "email_histories_allowed_mime_types": [],
            "http_cache_interval": "PT5S",
            "media_attachment_size_limit_in_mb": 150,
            "media_attachments_count_limit": 10,
            "media_attachments_total_size_limit_in_mb": 150,
            "reachability_enabled": false,
            "user_infos_to_subscribe": 100,
        },
        "service_sid": service_sid,
        "sync_objects": { "my_conversations": channels, "my_user_info": info },
    }))
}

/// A conversation as one of the user's own.
fn mine(service: &Service, sid: &str, entry: &Value) -> Value {
    let read = &entry["lastConsumedMessageIndex"];
    json!({
        "conversation_sid": sid,
        "last_read_message_index": read,
        "links": {},
        "notification_level": "default",
        "status": entry["status"],
        "sync_objects": sync_objects(sid),
        "unread_messages_count": read.is_u64().then(|| service.unread(sid, read)),
    })
}

fn sync_objects(sid: &str) -> Value {
    json!({
        "conversation": service::document_of(sid),
        "messages": service::messages(sid),
        "participants": service::roster(sid),
    })
}

fn conversation(service: &Service, sid: &str) -> Result<Value, Refusal> {
    let document = service.channel_document(sid).ok_or(NO_CHANNEL)?;
    Ok(json!({
        "attributes": document["attributes"].to_string(),
        "created_by": document["createdBy"],
        "date_created": document["dateCreated"],
        "date_updated": document["dateUpdated"],
        "friendly_name": document["friendlyName"],
        "sid": sid,
        "status": "joined",
        "sync_objects": sync_objects(sid),
        "unique_name": null,
    }))
}

fn update(
    service: &mut Service,
    identity: &str,
    sid: &str,
    request: &Request,
) -> Result<Value, Refusal> {
    if service.has_channel(sid) && !service.members(sid).contains(identity) {
        return Err(NO_MEMBER);
    }
    if let Some(attributes) = request.text("attributes") {
        let attributes = serde_json::from_str(attributes)
            .map_err(|_| (400, "Attributes are no JSON; send a JSON object as a string"))?;
        service.set_attributes(sid, attributes)?;
    }
    conversation(service, sid)
}

fn update_user(service: &mut Service, user: &str, request: &Request) -> Answer {
    if let Some(name) = request.text("friendly_name") {
        service.set_friendly_name(user, name);
    }
    if let Some(attributes) = request.text("attributes") {
        service.set_user_attributes(user, attributes);
    }
    Answer::ok(service.user_wire(user))
}

fn send(service: &mut Service, identity: &str, sid: &str, request: &Request) -> Answer {
    let text = request.text("body").unwrap_or_default();
    let attributes = request.text("attributes").unwrap_or("{}");
    match service.send(sid, identity, text, attributes) {
        Ok(Sent { index, trigger }) => {
            let body = json!({
                "author": identity,
                "body": text,
                "conversation_sid": sid,
                "index": index,
            });
            Answer::new(201, body).then(trigger.map_or(Then::Nothing, Then::Trigger))
        }
        Err(refusal) => refusal.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(service: &mut Service, identity: &str, method: &str, path: &str, body: Value) -> u16 {
        let path = format!("Client/v2/Services/IS1/{path}");
        let request = Request {
            method: method.to_owned(),
            host: "aim.us1.twilio.com".to_owned(),
            path: path.split('/').map(str::to_owned).collect(),
            params: serde_json::Map::new(),
            body,
        };
        answer(service, identity, &request).map_or(0, |answer| answer.status)
    }

    #[test]
    fn only_members_write_change_or_take_someone_out() {
        let mut service = Service::default();
        let sid = service.create_channel("ann", "Chat", json!({}));
        let one = format!("Conversations/{sid}");
        let all = [
            ("POST", format!("{one}/Messages"), json!({ "body": "Hi" })),
            ("POST", one.clone(), json!({ "attributes": "{}" })),
            ("DELETE", format!("{one}/Participants/maria"), json!({})),
        ];
        for (method, path, body) in all.clone() {
            assert_eq!(ask(&mut service, "maria", method, &path, body), 403, "{method} {path}");
        }
        let _ = service.join(&sid, "maria");
        for (method, path, body) in all {
            let status = ask(&mut service, "maria", method, &path, body);
            assert!((200..300).contains(&status), "{method} {path}: {status}");
        }
    }

    #[test]
    fn a_conversation_that_never_was_is_not_found() {
        let mut service = Service::default();
        assert_eq!(ask(&mut service, "maria", "GET", "Conversations/CH0", json!({})), 404);
        assert_eq!(ask(&mut service, "maria", "GET", "Elsewhere", json!({})), 0);
    }
}
