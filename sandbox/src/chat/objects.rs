//! Sync's objects: documents, maps and lists, who listens to them, and the events they hear.
//!
//! Every change counts one event ID up, over all objects. A client subscribes with the last event ID
//! that it has seen and is sent what it missed before its subscription counts as established.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};
use tokio::sync::mpsc::UnboundedSender;

use crate::common::{account, clock, random};

/// Where the links of objects lead: Sync's host as the clients know it.
const SYNC: &str = "https://cds.us1.twilio.com/v3";

/// The three kinds of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Document,
    List,
    Map,
}

impl Kind {
    /// Names the kind in events.
    fn word(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::List => "list",
            Self::Map => "map",
        }
    }

    /// Names the kind in addresses.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Document => "Documents",
            Self::List => "Lists",
            Self::Map => "Maps",
        }
    }

    fn sid_prefix(self) -> &'static str {
        match self {
            Self::Document => "ET",
            Self::List => "ES",
            Self::Map => "MP",
        }
    }
}

/// A message that Twilsock delivers without having been asked.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Notification {
    pub(super) message_type: &'static str,
    pub(super) payload: Value,
}

impl Notification {
    fn sync(payload: Value) -> Self {
        Self { message_type: "twilio.sync.event", payload }
    }
}

/// An open socket: whose it is and what it subscribed to.
struct Listener {
    identity: String,
    socket: UnboundedSender<Notification>,
    subscribed: HashSet<String>,
}

/// An item of a list (its key is an index) or of a map (its key is a text).
struct Item {
    key: Value,
    data: Value,
    revision: u64,
    event_id: u64,
    date: String,
}

struct Object {
    kind: Kind,
    sid: String,
    name: Option<String>,
    /// What a document holds, or the context of a list.
    data: Value,
    items: Vec<Item>,
    revision: u64,
    event_id: u64,
    date: String,
    /// Every event so far, each with its ID.
    events: Vec<(u64, Value)>,
}

/// Which items of a list or map are wanted.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Query {
    pub(super) key: Option<Value>,
    pub(super) descending: bool,
    /// The first item, by key.
    pub(super) from: Option<Value>,
    pub(super) page_size: Option<usize>,
}

/// All objects of the account's service.
#[derive(Default)]
pub(super) struct Objects {
    by_sid: HashMap<String, Object>,
    sids: HashMap<String, String>,
    listeners: HashMap<u64, Listener>,
    last_listener: u64,
    last_event_id: u64,
}

impl Objects {
    /// Makes an object and returns its SID. One with this name is replaced.
    pub(super) fn create(&mut self, kind: Kind, name: Option<&str>, data: Value) -> String {
        let sid = random::sid(kind.sid_prefix());
        let object = Object {
            kind,
            sid: sid.clone(),
            name: name.map(str::to_owned),
            data,
            items: Vec::new(),
            revision: 0,
            event_id: self.next_event_id(),
            date: now(),
            events: Vec::new(),
        };
        self.by_sid.insert(sid.clone(), object);
        if let Some(name) = name {
            self.sids.insert(name.to_owned(), sid.clone());
        }
        sid
    }

    fn next_event_id(&mut self) -> u64 {
        self.last_event_id += 1;
        self.last_event_id
    }

    fn sid_of<'a>(&'a self, name: &'a str) -> &'a str {
        self.sids.get(name).map_or(name, String::as_str)
    }

    fn find(&self, name: &str) -> Option<&Object> {
        self.by_sid.get(self.sid_of(name))
    }

    /// An object of this kind, named by SID or unique name, in Sync's wire form.
    pub(super) fn describe(&self, kind: Kind, name: &str, with_items: bool) -> Option<Value> {
        let object = self.find(name).filter(|object| object.kind == kind)?;
        let mut wire = object.wire();
        if with_items {
            wire["items"] = object.items.iter().map(|item| object.item_wire(item)).collect();
        }
        Some(wire)
    }

    /// What a document holds, or the context of a list, with its last event ID.
    pub(super) fn data(&self, name: &str) -> Option<(&Value, u64)> {
        self.find(name).map(|object| (&object.data, object.event_id))
    }

    /// The data of an item.
    pub(super) fn item_data(&self, name: &str, key: &Value) -> Option<&Value> {
        let object = self.find(name)?;
        object.items.iter().find(|item| item.key == *key).map(|item| &item.data)
    }

    /// Keys and data of all items.
    pub(super) fn items<'a>(
        &'a self,
        name: &str,
    ) -> impl Iterator<Item = (&'a Value, &'a Value)> + use<'a> {
        let items = self.find(name).map(|object| object.items.as_slice()).unwrap_or_default();
        items.iter().map(|item| (&item.key, &item.data))
    }

    /// A page of items in Sync's wire form; its next token is the key of the item that follows.
    pub(super) fn page(&self, kind: Kind, name: &str, query: &Query) -> Option<Value> {
        let object = self.find(name).filter(|object| object.kind == kind)?;
        let mut items: Vec<&Item> = object.items.iter().collect();
        if query.descending {
            items.reverse();
        }
        if let Some(key) = &query.key {
            items.retain(|item| item.key == *key);
        }
        if let Some(from) = &query.from {
            let start = items.iter().position(|item| item.key == *from).unwrap_or(items.len());
            items.drain(..start);
        }
        let size = query.page_size.unwrap_or(50).min(items.len());
        let rest = items.split_off(size);
        let next_token = rest.first().map(|item| {
            let order = if query.descending { "desc" } else { "asc" };
            json!({ "from": item.key, "order": order, "size": size }).to_string()
        });
        Some(json!({
            "items": items.into_iter().map(|item| object.item_wire(item)).collect::<Value>(),
            "meta": { "next_token": next_token, "previous_token": null },
        }))
    }

    /// Adds an item to the end of a list and returns it in Sync's wire form.
    pub(super) fn append(&mut self, list: &str, data: Value) -> Option<Value> {
        let index = self.find(list)?.items.len();
        self.put(list, index.into(), data);
        let object = self.find(list)?;
        object.items.get(index).map(|item| object.item_wire(item))
    }

    /// Adds or replaces an item and tells those who subscribed to its object.
    pub(super) fn put(&mut self, name: &str, key: Value, data: Value) {
        let event_id = self.next_event_id();
        self.change(name, event_id, |object| {
            let date = now();
            let found = object.items.iter_mut().find(|item| item.key == key);
            let (what, revision) = match found {
                Some(item) => {
                    item.revision += 1;
                    (item.data, item.event_id) = (data.clone(), event_id);
                    ("item_updated", item.revision)
                }
                None => {
                    let data = data.clone();
                    object.items.push(Item { key: key.clone(), data, revision: 0, event_id, date });
                    ("item_added", 0)
                }
            };
            let mut event = object.item_event(&key, &data);
            event.insert("item_revision".into(), revision.to_string().into());
            (what, event)
        });
    }

    /// Takes an item away and tells those who subscribed to its object.
    pub(super) fn remove(&mut self, name: &str, key: &Value) {
        let event_id = self.next_event_id();
        self.change(name, event_id, |object| {
            let data = object.items.iter().find(|item| item.key == *key).map(|it| it.data.clone());
            object.items.retain(|item| item.key != *key);
            ("item_removed", object.item_event(key, &data.unwrap_or_default()))
        });
    }

    /// Lays members over a document's and tells those who subscribed to it.
    pub(super) fn patch(&mut self, document: &str, changes: Map<String, Value>) {
        let event_id = self.next_event_id();
        self.change(document, event_id, |object| {
            for (name, value) in changes {
                object.data[name] = value;
            }
            ("updated", Map::from_iter([("document_data".to_owned(), object.data.clone())]))
        });
    }

    /// Sends a list's context again to those who subscribed to it.
    pub(super) fn announce_context(&mut self, list: &str) {
        let event_id = self.next_event_id();
        self.change(list, event_id, |object| {
            ("context_updated", Map::from_iter([("context_data".to_owned(), object.data.clone())]))
        });
    }

    fn change(
        &mut self,
        name: &str,
        event_id: u64,
        change: impl FnOnce(&mut Object) -> (&'static str, Map<String, Value>),
    ) {
        let sid = self.sid_of(name).to_owned();
        let Some(object) = self.by_sid.get_mut(&sid) else { return };
        let (what, mut event) = change(object);
        object.revision += 1;
        object.event_id = event_id;
        let word = object.kind.word();
        event.insert(format!("{word}_sid"), sid.clone().into());
        event.insert(format!("{word}_revision"), object.revision.to_string().into());
        event.insert("id".to_owned(), event_id.into());
        event.insert("date_created".to_owned(), now().into());
        let payload = json!({
            "correlation_id": null,
            "event": event,
            "event_protocol_version": 3,
            "event_type": format!("{word}_{what}"),
            "strictly_ordered": true,
        });
        object.events.push((event_id, payload.clone()));
        for listener in self.listeners.values().filter(|it| it.subscribed.contains(&sid)) {
            let _ = listener.socket.send(Notification::sync(payload.clone()));
        }
    }

    /// Remembers an open socket and returns its number.
    pub(super) fn connect(&mut self, identity: &str, socket: UnboundedSender<Notification>) -> u64 {
        self.last_listener += 1;
        let identity = identity.to_owned();
        let listener = Listener { identity, socket, subscribed: HashSet::new() };
        self.listeners.insert(self.last_listener, listener);
        self.last_listener
    }

    /// Forgets a socket.
    pub(super) fn disconnect(&mut self, listener: u64) {
        self.listeners.remove(&listener);
    }

    /// Sends a notification to every socket of these people.
    pub(super) fn notify(&self, identities: &HashSet<String>, notification: &Notification) {
        for listener in self.listeners.values() {
            if identities.contains(&listener.identity) {
                let _ = listener.socket.send(notification.clone());
            }
        }
    }

    /// Begins or ends a subscription; `seen` is the last event that the client knows of.
    pub(super) fn subscribe(
        &mut self,
        listener: u64,
        object_sid: &str,
        seen: u64,
        establish: bool,
        correlation_id: &Value,
    ) {
        let Some(listener) = self.listeners.get_mut(&listener) else { return };
        let object = self.by_sid.get(object_sid);
        let send = |payload| {
            let _ = listener.socket.send(Notification::sync(payload));
        };
        let event_type = match object {
            Some(object) if establish => {
                listener.subscribed.insert(object_sid.to_owned());
                for (_, missed) in object.events.iter().filter(|(id, _)| *id > seen) {
                    send(missed.clone());
                }
                "subscription_established"
            }
            _ => {
                listener.subscribed.remove(object_sid);
                "subscription_canceled"
            }
        };
        send(json!({
            "correlation_id": correlation_id,
            "event": {
                "last_event_id": object.map_or(0, |object| object.event_id),
                "object_sid": object_sid,
                "object_type": object.map(|object| object.kind.word()),
                "replay_status": "completed",
            },
            "event_protocol_version": 3,
            "event_type": event_type,
        }));
    }
}

impl Object {
    fn url(&self) -> String {
        format!("{SYNC}/Services/{}/{}/{}", account::CHAT_SERVICE_SID, self.kind.path(), self.sid)
    }

    fn wire(&self) -> Value {
        let url = self.url();
        let links = match self.kind {
            Kind::Document => json!({}),
            Kind::Map => json!({ "items": format!("{url}/Items") }),
            Kind::List => {
                json!({ "context": format!("{url}/Context"), "items": format!("{url}/Items") })
            }
        };
        let mut wire = json!({
            "account_sid": account::ACCOUNT_SID,
            "created_by": "system",
            "date_created": self.date,
            "date_expires": null,
            "date_updated": self.date,
            "last_event_id": self.event_id,
            "links": links,
            "revision": self.revision.to_string(),
            "service_sid": account::CHAT_SERVICE_SID,
            "sid": self.sid,
            "unique_name": self.name,
            "url": url,
        });
        if self.kind == Kind::Document {
            wire["data"] = self.data.clone();
        }
        wire
    }

    /// The name of an item's key in descriptions.
    fn key_name(&self) -> &'static str {
        if self.kind == Kind::Map { "key" } else { "index" }
    }

    fn item_url(&self, key: &Value) -> String {
        let key = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
        format!("{}/Items/{key}", self.url())
    }

    fn item_wire(&self, item: &Item) -> Value {
        let mut wire = json!({
            "created_by": "system",
            "data": item.data,
            "date_created": item.date,
            "date_expires": null,
            "date_updated": item.date,
            "last_event_id": item.event_id,
            "revision": item.revision.to_string(),
            "url": self.item_url(&item.key),
        });
        wire[self.key_name()] = item.key.clone();
        wire
    }

    fn item_event(&self, key: &Value, data: &Value) -> Map<String, Value> {
        Map::from_iter([
            (format!("item_{}", self.key_name()), key.clone()),
            ("item_data".to_owned(), data.clone()),
            ("item_url".to_owned(), self.item_url(key).into()),
        ])
    }
}

fn now() -> String {
    clock::iso_8601(clock::now_s())
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

    use super::*;

    fn listening(objects: &mut Objects) -> (u64, UnboundedReceiver<Notification>) {
        let (sender, receiver) = unbounded_channel();
        (objects.connect("ann", sender), receiver)
    }

    fn heard(receiver: &mut UnboundedReceiver<Notification>) -> Vec<String> {
        let mut kinds = Vec::new();
        while let Ok(Notification { payload, .. }) = receiver.try_recv() {
            kinds.push(payload["event_type"].as_str().unwrap_or_default().to_owned());
        }
        kinds
    }

    #[test]
    fn what_happened_before_a_subscription_is_replayed_before_it_is_established() {
        let mut objects = Objects::default();
        let list = objects.create(Kind::List, Some("CH1.messages"), Value::Null);
        let (_, seen) = objects.data(&list).map(|(_, id)| ((), id)).unwrap_or_default();
        objects.append("CH1.messages", json!({ "text": "one" }));
        let (ann, mut inbox) = listening(&mut objects);
        objects.subscribe(ann, &list, seen, true, &Value::from(7));
        assert_eq!(heard(&mut inbox), ["list_item_added", "subscription_established"]);

        objects.append("CH1.messages", json!({ "text": "two" }));
        assert_eq!(heard(&mut inbox), ["list_item_added"]);
        objects.subscribe(ann, &list, 0, false, &Value::from(8));
        objects.append("CH1.messages", json!({ "text": "three" }));
        assert_eq!(heard(&mut inbox), ["subscription_canceled"]);
    }

    #[test]
    fn an_item_is_added_once_and_then_updated_or_removed() {
        let mut objects = Objects::default();
        let map = objects.create(Kind::Map, Some("m"), Value::Null);
        let (ann, mut inbox) = listening(&mut objects);
        objects.subscribe(ann, &map, u64::MAX, true, &Value::Null);
        let _ = heard(&mut inbox);
        objects.put("m", "a".into(), json!(1));
        objects.put("m", "a".into(), json!(2));
        assert_eq!(objects.item_data(&map, &"a".into()), Some(&json!(2)));
        objects.remove("m", &"a".into());
        assert_eq!(heard(&mut inbox), ["map_item_added", "map_item_updated", "map_item_removed"]);
        assert_eq!(objects.items("m").count(), 0);
    }

    #[test]
    fn a_long_list_comes_in_pages_from_either_end() {
        let mut objects = Objects::default();
        objects.create(Kind::List, Some("l"), Value::Null);
        for number in 0..5 {
            objects.append("l", number.into());
        }
        let page = |query: &Query| {
            let page = objects.page(Kind::List, "l", query).unwrap_or_default();
            let items = page["items"].as_array().cloned().unwrap_or_default();
            let data: Vec<_> = items.iter().filter_map(|item| item["data"].as_u64()).collect();
            (data, page["meta"]["next_token"].as_str().map(str::to_owned))
        };
        let last_two = Query { descending: true, page_size: Some(2), ..Query::default() };
        let (data, next) = page(&last_two);
        assert_eq!(data, [4, 3]);
        assert_eq!(next.as_deref(), Some(r#"{"from":2,"order":"desc","size":2}"#));
        let rest = Query { from: Some(2.into()), page_size: Some(9), ..last_two };
        assert_eq!(page(&rest), (vec![2, 1, 0], None));
    }

    #[test]
    fn an_object_is_found_by_its_own_kind_only() {
        let mut objects = Objects::default();
        objects.create(Kind::Map, Some("roster"), Value::Null);
        assert!(objects.describe(Kind::Map, "roster", false).is_some());
        assert!(objects.describe(Kind::List, "roster", false).is_none());
    }
}
