//! The messaging service: people, channels, who is in which, and what they write. Everything that a
//! client may watch is a Sync object.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::{
    objects::{Kind, Notification, Objects},
    tokens::Tokens,
};
use crate::common::{account, clock, random};

/// How long someone counts as typing after they said so.
pub(super) const TYPING_S: u64 = 5;

/// A person as Twilio's messaging knows them.
pub(super) struct User {
    pub(super) sid: String,
    /// Name of the map with friendly name and attributes.
    pub(super) info: String,
    /// Name of the map of the channels that they are in.
    pub(super) channels: String,
}

/// What belongs to a channel beside its Sync objects.
struct Channel {
    /// The customer who began it.
    customer: String,
    /// Whether its first message has been handed to the Studio flow.
    has_triggered: bool,
}

/// Why something was refused: an HTTP status and a sentence.
pub(super) type Refusal = (u16, &'static str);

pub(super) const NO_CHANNEL: Refusal = (404, "Channel not found");
pub(super) const NO_MEMBER: Refusal = (403, "User not member of channel");

/// A message that was sent.
#[derive(Debug, PartialEq)]
pub(super) struct Sent {
    pub(super) index: usize,
    /// What sets the Studio flow off: there with a channel's first message of its customer.
    pub(super) trigger: Option<Value>,
}

/// The account's one messaging service.
#[derive(Default)]
pub(super) struct Service {
    pub(super) objects: Objects,
    pub(super) tokens: Tokens,
    /// SIDs of the lists through which legacy Chat's clients send commands.
    pub(super) sessions: HashSet<String>,
    users: HashMap<String, User>,
    channels: HashMap<String, Channel>,
}

impl Service {
    /// The user of this identity, made if they are new.
    pub(super) fn user(&mut self, identity: &str) -> &User {
        let objects = &mut self.objects;
        self.users.entry(identity.to_owned()).or_insert_with(|| {
            let sid = random::sid("US");
            let (info, channels) = (format!("{sid}.info"), format!("{sid}.channels"));
            objects.create(Kind::Map, Some(&info), Value::Null);
            objects.put(&info, "friendlyName".into(), json!({ "value": null }));
            objects.put(&info, "attributes".into(), json!({ "value": "{}" }));
            objects.create(Kind::Map, Some(&channels), Value::Null);
            User { sid, info, channels }
        })
    }

    /// The user of this identity in the form that both clients' REST calls read.
    pub(super) fn user_wire(&mut self, identity: &str) -> Value {
        let User { sid, info, .. } = self.user(identity);
        let (sid, info) = (sid.clone(), info.clone());
        let of = |name: &str| {
            self.objects
                .item_data(&info, &name.into())
                .map_or(Value::Null, |it| it["value"].clone())
        };
        json!({
            "attributes": of("attributes"),
            "friendly_name": of("friendlyName"),
            "identity": identity,
            "is_notifiable": false,
            "is_online": true,
            "sid": sid,
            "sync_objects": { "user_info_map": info },
            "sync_unique_name": info,
        })
    }

    pub(super) fn set_friendly_name(&mut self, identity: &str, name: &str) {
        let info = self.user(identity).info.clone();
        self.objects.put(&info, "friendlyName".into(), json!({ "value": name }));
    }

    pub(super) fn set_user_attributes(&mut self, identity: &str, attributes: &str) {
        let info = self.user(identity).info.clone();
        self.objects.put(&info, "attributes".into(), json!({ "value": attributes }));
    }

    /// A new channel with its customer in it; returns its SID.
    pub(super) fn create_channel(
        &mut self,
        customer: &str,
        friendly_name: &str,
        attributes: Value,
    ) -> String {
        let sid = random::sid("CH");
        let now = clock::iso_8601(clock::now_s());
        self.objects.create(Kind::List, Some(&messages(&sid)), Value::Null);
        self.objects.create(Kind::Map, Some(&roster(&sid)), Value::Null);
        let document = json!({
            "attributes": attributes,
            "createdBy": "system",
            "dateCreated": now,
            "dateUpdated": now,
            "friendlyName": friendly_name,
            "messages": messages(&sid),
            "notificationLevel": null,
            "roster": roster(&sid),
            "sid": sid,
            "state": { "current": "active", "dateUpdated": now },
            "type": "private",
            "uniqueName": null,
        });
        self.objects.create(Kind::Document, Some(&document_of(&sid)), document);
        let channel = Channel { customer: customer.to_owned(), has_triggered: false };
        self.channels.insert(sid.clone(), channel);
        let _ = self.join(&sid, customer);
        sid
    }

    pub(super) fn has_channel(&self, sid: &str) -> bool {
        self.channels.contains_key(sid)
    }

    /// What the channel's document holds.
    pub(super) fn channel_document(&self, sid: &str) -> Option<&Value> {
        self.objects.data(&document_of(sid)).map(|(data, _)| data)
    }

    /// The SIDs and descriptions of the channels that someone is in.
    pub(super) fn channels_of(&mut self, identity: &str) -> Vec<(String, Value)> {
        let channels = self.user(identity).channels.clone();
        let items = self.objects.items(&channels);
        items.filter_map(|(key, data)| Some((key.as_str()?.to_owned(), data.clone()))).collect()
    }

    pub(super) fn members(&self, sid: &str) -> HashSet<String> {
        let members = self.objects.items(&roster(sid));
        members.filter_map(|(_, data)| Some(data["identity"].as_str()?.to_owned())).collect()
    }

    pub(super) fn message_count(&self, sid: &str) -> usize {
        self.objects.items(&messages(sid)).count()
    }

    /// Puts someone into a channel; answers whether they were not in it already.
    ///
    /// # Errors
    /// There is no such channel.
    pub(super) fn join(&mut self, sid: &str, identity: &str) -> Result<bool, Refusal> {
        if !self.has_channel(sid) {
            return Err(NO_CHANNEL);
        }
        if self.members(sid).contains(identity) {
            return Ok(false);
        }
        let User { info, channels, .. } = self.user(identity);
        let (info, channels) = (info.clone(), channels.clone());
        let now = clock::iso_8601(clock::now_s());
        let member = json!({
            "attributes": "{}",
            "dateCreated": now,
            "dateUpdated": now,
            "identity": identity,
            "lastConsumedMessageIndex": null,
            "lastConsumptionTimestamp": null,
            "roleSid": random::sid("RL"),
            "type": "chat",
            "userInfo": info,
        });
        self.objects.put(&roster(sid), random::sid("MB").into(), member);
        let entry = json!({
            "channel": document_of(sid),
            "lastConsumedMessageIndex": null,
            "notificationLevel": "default",
            "status": "joined",
            "type": "private",
        });
        self.objects.put(&channels, sid.into(), entry);
        Ok(true)
    }

    /// Takes someone out of a channel, named by identity or member SID.
    ///
    /// # Errors
    /// There is no such channel, or they are not in it.
    pub(super) fn leave(&mut self, sid: &str, who: &str) -> Result<(), Refusal> {
        if !self.has_channel(sid) {
            return Err(NO_CHANNEL);
        }
        let (member, identity) = self.member(sid, who).ok_or(NO_MEMBER)?;
        self.objects.remove(&roster(sid), &member.into());
        let channels = self.user(&identity).channels.clone();
        self.objects.remove(&channels, &sid.into());
        Ok(())
    }

    /// Member SID and identity of someone named by either.
    fn member(&self, sid: &str, who: &str) -> Option<(String, String)> {
        self.objects.items(&roster(sid)).find_map(|(key, data)| {
            let (key, identity) = (key.as_str()?, data["identity"].as_str()?);
            (key == who || identity == who).then(|| (key.to_owned(), identity.to_owned()))
        })
    }

    /// Sends a message.
    ///
    /// # Errors
    /// There is no such channel, or the author is not in it.
    pub(super) fn send(
        &mut self,
        sid: &str,
        author: &str,
        text: &str,
        attributes: &str,
    ) -> Result<Sent, Refusal> {
        if !self.has_channel(sid) {
            return Err(NO_CHANNEL);
        }
        let (member, _) = self.member(sid, author).ok_or(NO_MEMBER)?;
        let index = self.message_count(sid);
        let now = clock::iso_8601(clock::now_s());
        let message = json!({
            "attributes": attributes,
            "author": author,
            "dateUpdated": now,
            "lastUpdatedBy": null,
            "memberSid": member,
            "sid": random::sid("IM"),
            "text": text,
            "timestamp": now,
            "type": "text",
        });
        self.objects.append(&messages(sid), message);
        let last = json!({ "index": index, "timestamp": now });
        self.objects.patch(&document_of(sid), members_of([("lastMessage", last)]));
        Ok(Sent { index, trigger: self.trigger(sid, author, text) })
    }

    /// What Studio's Incoming Message trigger holds, if this is what sets the flow off.
    fn trigger(&mut self, sid: &str, author: &str, text: &str) -> Option<Value> {
        let channel = self.channels.get_mut(sid)?;
        if channel.has_triggered || channel.customer != author {
            return None;
        }
        channel.has_triggered = true;
        let attributes = self.channel_document(sid)?["attributes"].clone();
        Some(json!({
            "message": {
                "Body": text,
                "ChannelAttributes": attributes,
                "ChannelSid": sid,
                "ClientIdentity": author,
                "From": author,
                "InstanceSid": account::CHAT_SERVICE_SID,
            },
        }))
    }

    /// Replaces a channel's attributes.
    ///
    /// # Errors
    /// There is no such channel.
    pub(super) fn set_attributes(&mut self, sid: &str, attributes: Value) -> Result<(), Refusal> {
        if !self.has_channel(sid) {
            return Err(NO_CHANNEL);
        }
        self.objects.patch(&document_of(sid), members_of([("attributes", attributes)]));
        Ok(())
    }

    /// Ends the chat for its customer, who may then begin a new one.
    pub(super) fn deactivate(&mut self, sid: &str) {
        let Some(document) = self.channel_document(sid) else { return };
        let mut attributes = document["attributes"].clone();
        if attributes["status"] == "INACTIVE" {
            return;
        }
        attributes["status"] = "INACTIVE".into();
        let _ = self.set_attributes(sid, attributes);
    }

    /// Notes how far someone has read; answers how many messages are left.
    ///
    /// # Errors
    /// There is no such channel, or they are not in it.
    pub(super) fn mark_read(
        &mut self,
        sid: &str,
        identity: &str,
        index: &Value,
    ) -> Result<usize, Refusal> {
        if !self.has_channel(sid) {
            return Err(NO_CHANNEL);
        }
        let (member, _) = self.member(sid, identity).ok_or(NO_MEMBER)?;
        let channels = self.user(identity).channels.clone();
        for (map, key) in [(roster(sid), member), (channels, sid.to_owned())] {
            let key = Value::from(key);
            let Some(mut data) = self.objects.item_data(&map, &key).cloned() else { continue };
            if data["lastConsumedMessageIndex"] != *index {
                data["lastConsumedMessageIndex"] = index.clone();
                self.objects.put(&map, key, data);
            }
        }
        Ok(self.unread(sid, index))
    }

    /// How many messages come after the one with this index; all, if it is no index.
    pub(super) fn unread(&self, sid: &str, index: &Value) -> usize {
        let read = index.as_u64().map_or(0, |index| usize::try_from(index).map_or(0, |it| it + 1));
        self.message_count(sid).saturating_sub(read)
    }

    /// Tells the others in a channel that someone is typing.
    ///
    /// # Errors
    /// There is no such channel, or they are not in it.
    pub(super) fn typing(&self, sid: &str, identity: &str) -> Result<(), Refusal> {
        if !self.has_channel(sid) {
            return Err(NO_CHANNEL);
        }
        self.member(sid, identity).ok_or(NO_MEMBER)?;
        let mut others = self.members(sid);
        others.remove(identity);
        let payload =
            json!({ "channel_sid": sid, "identity": identity, "typing_timeout": TYPING_S });
        let message_type = "twilio.ipmsg.typing_indicator";
        self.objects.notify(&others, &Notification { message_type, payload });
        Ok(())
    }
}

/// Name of a channel's document.
pub(super) fn document_of(channel: &str) -> String {
    format!("{channel}.channel")
}

/// Name of a channel's list of messages.
pub(super) fn messages(channel: &str) -> String {
    format!("{channel}.messages")
}

/// Name of a channel's map of members.
pub(super) fn roster(channel: &str) -> String {
    format!("{channel}.roster")
}

fn members_of<const N: usize>(members: [(&str, Value); N]) -> Map<String, Value> {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_channel() -> (Service, String) {
        let mut service = Service::default();
        let sid = service.create_channel("ann", "Chat", json!({ "status": "ACTIVE" }));
        (service, sid)
    }

    #[test]
    fn only_the_customers_first_message_sets_the_flow_off() {
        let (mut service, sid) = with_channel();
        let _ = service.join(&sid, "maria");
        let mut triggers = |author: &str, text: &str| {
            service.send(&sid, author, text, "{}").map(|sent| sent.trigger.is_some())
        };
        assert_eq!(triggers("maria", "Hello?"), Ok(false));
        assert_eq!(triggers("ann", "Hello"), Ok(true));
        assert_eq!(triggers("ann", "Is anyone there?"), Ok(false));
    }

    #[test]
    fn who_is_not_in_a_channel_can_neither_write_nor_type_nor_read_there() {
        let (mut service, sid) = with_channel();
        assert_eq!(service.send(&sid, "bob", "Hi", "{}"), Err(NO_MEMBER));
        assert_eq!(service.typing(&sid, "bob"), Err(NO_MEMBER));
        assert_eq!(service.mark_read(&sid, "bob", &0.into()), Err(NO_MEMBER));
        assert_eq!(service.send("CH0", "ann", "Hi", "{}"), Err(NO_CHANNEL));
    }

    #[test]
    fn someone_joins_once_and_is_gone_after_leaving() {
        let (mut service, sid) = with_channel();
        assert_eq!(service.join(&sid, "maria"), Ok(true));
        assert_eq!(service.join(&sid, "maria"), Ok(false));
        assert_eq!(service.channels_of("maria").len(), 1);
        assert_eq!(service.leave(&sid, "maria"), Ok(()));
        assert_eq!(service.leave(&sid, "maria"), Err(NO_MEMBER));
        assert_eq!(service.channels_of("maria").len(), 0);
    }

    #[test]
    fn unread_messages_are_those_after_the_one_read_last() {
        let (mut service, sid) = with_channel();
        for text in ["one", "two", "three"] {
            let _ = service.send(&sid, "ann", text, "{}");
        }
        assert_eq!(service.unread(&sid, &Value::Null), 3);
        assert_eq!(service.mark_read(&sid, "ann", &1.into()), Ok(1));
    }

    #[test]
    fn a_chat_that_ends_keeps_its_other_attributes() {
        let (mut service, sid) = with_channel();
        let _ = service.set_attributes(&sid, json!({ "status": "ACTIVE", "from": "Ann" }));
        service.deactivate(&sid);
        let attributes = service.channel_document(&sid).map(|document| &document["attributes"]);
        assert_eq!(attributes, Some(&json!({ "status": "INACTIVE", "from": "Ann" })));
    }
}
