//! The REST calls of legacy Chat (`aim.twilio.com`), which Flex WebChat's client makes.

use serde_json::{Value, json};

use super::{
    request::{Answer, Request},
    service::{self, NO_CHANNEL, Service},
};

/// The answer to a request; nothing if there is no stand-in for it.
pub(super) fn answer(service: &mut Service, identity: &str, request: &Request) -> Option<Answer> {
    let path: Vec<&str> = request.path.iter().map(String::as_str).collect();
    match (request.method.as_str(), path.as_slice()) {
        ("GET", ["v2", "Services", _, "Users", _, "SyncList"]) => {
            let channels = service.channels_of(identity).into_iter().map(|(sid, entry)| {
                json!({
                    "channel": entry["channel"],
                    "channel_sid": sid,
                    "last_consumed_message_index": entry["lastConsumedMessageIndex"],
                    "messages": service::messages(&sid),
                    "notification_level": "default",
                    "roster": service::roster(&sid),
                    "status": entry["status"],
                })
            });
            Some(page("channels", channels.collect()))
        }
        ("GET", ["v2", "Services", _, "Users", _, "Channels"]) => {
            let channels: Vec<_> = service.channels_of(identity);
            let channels = channels.into_iter().map(|(sid, entry)| {
                json!({
                    "channel_sid": sid,
                    "status": entry["status"],
                    "unread_messages_count":
                        service.unread(&sid, &entry["lastConsumedMessageIndex"]),
                })
            });
            Some(page("channels", channels.collect()))
        }
        ("GET", ["v2", "Services", _, "Users"]) => {
            let members = service.members(request.param("ChannelSid").unwrap_or_default());
            let users = members.iter().map(|member| service.user_wire(member)).collect();
            Some(page("users", users))
        }
        ("GET", ["v2", "Services", _, "Users", user]) => Some(Answer::ok(service.user_wire(user))),
        ("GET", ["v2", "Services", _, "Channels", sid]) => Some(channel(service, sid)),
        ("POST", ["v1", "typing"]) => Some(typing(service, identity, request)),
        _ => None,
    }
}

/// Says who is typing; both clients do so with a form.
pub(super) fn typing(service: &Service, identity: &str, request: &Request) -> Answer {
    match service.typing(request.text("ChannelSid").unwrap_or_default(), identity) {
        Ok(()) => Answer::ok(json!({ "typing_timeout": service::TYPING_S })),
        Err(refusal) => refusal.into(),
    }
}

fn channel(service: &Service, sid: &str) -> Answer {
    let Some(document) = service.channel_document(sid) else { return NO_CHANNEL.into() };
    Answer::ok(json!({
        "attributes": document["attributes"].to_string(),
        "created_by": document["createdBy"],
        "date_created": document["dateCreated"],
        "date_updated": document["dateUpdated"],
        "friendly_name": document["friendlyName"],
        "members_count": service.members(sid).len(),
        "messages_count": service.message_count(sid),
        "sid": sid,
        "status": "joined",
        "type": "private",
    }))
}

/// A page that is the last one, too.
pub(super) fn page(name: &str, entries: Vec<Value>) -> Answer {
    let meta = json!({ "next_token": null, "page": 0, "page_size": 50, "previous_token": null });
    let mut body = json!({ "meta": meta });
    body[name] = entries.into();
    Answer::ok(body)
}
