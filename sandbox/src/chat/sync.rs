//! Sync's REST calls (`cds.us1.twilio.com`): objects, their items, subscriptions.

use serde_json::{Value, json};

use super::{
    objects::{Kind, Query},
    request::{Answer, Request, Then},
    service::{Service, User},
};
use crate::common::account;

/// The `purpose` of the list through which legacy Chat sends its commands.
const SESSION: &str = "com.twilio.rtd.ipmsg";

/// The answer to a request; nothing if there is no stand-in for it.
pub(super) fn answer(service: &mut Service, identity: &str, request: &Request) -> Option<Answer> {
    let path: Vec<&str> = request.path.iter().map(String::as_str).collect();
    // Links carry the service's SID, the client's own addresses do not.
    let path = match path.as_slice() {
        ["v3", "Services", _, rest @ ..] | ["v3", rest @ ..] => rest,
        ["v4", "Subscriptions"] if request.method == "POST" => return Some(subscriptions(request)),
        _ => return None,
    };
    match (request.method.as_str(), path) {
        ("POST", ["Lists"]) => session_list(service, identity, request),
        ("GET", [kind, name]) => {
            let items = request.param("Include") == Some("items");
            let object = kind_of(kind).and_then(|kind| service.objects.describe(kind, name, items));
            Some(found(object))
        }
        ("GET", ["Lists", name, "Context"]) => {
            let context = service.objects.data(name).map(|(context, last_event_id)| {
                json!({ "data": context, "last_event_id": last_event_id })
            });
            Some(found(context))
        }
        ("GET", [kind @ ("Lists" | "Maps"), name, "Items"]) => {
            let kind = kind_of(kind)?;
            Some(found(service.objects.page(kind, name, &query(kind, request))))
        }
        ("POST", ["Lists", name, "Items"]) => Some(command(service, name, request)),
        _ => None,
    }
}

fn kind_of(path: &str) -> Option<Kind> {
    [Kind::Document, Kind::List, Kind::Map].into_iter().find(|kind| kind.path() == path)
}

fn found(body: Option<Value>) -> Answer {
    body.map_or_else(
        || Answer::new(404, json!({ "code": 54_100, "message": "Not found", "status": 404 })),
        Answer::ok,
    )
}

/// Which items a request asks for: by a page token of ours, or by its own parameters.
fn query(kind: Kind, request: &Request) -> Query {
    let token: Option<Value> =
        request.param("PageToken").and_then(|token| serde_json::from_str(token).ok());
    if let Some(token) = token {
        return Query {
            key: None,
            descending: token["order"] == "desc",
            from: Some(token["from"].clone()),
            page_size: token["size"].as_u64().and_then(|size| usize::try_from(size).ok()),
        };
    }
    let key = |name| {
        let text = request.param(name)?;
        match kind {
            Kind::List => text.parse::<u64>().ok().map(Value::from),
            _ => Some(Value::from(text)),
        }
    };
    Query {
        key: key(if kind == Kind::List { "Index" } else { "Key" }),
        descending: request.param("Order") == Some("desc"),
        from: key("From"),
        page_size: request.param("PageSize").and_then(|size| size.parse().ok()),
    }
}

/// Subscriptions are acknowledged at once and established on the socket.
fn subscriptions(request: &Request) -> Answer {
    let body = json!({ "estimated_delivery_in_ms": 5_000, "max_batch_size": 100, "ttl_in_s": -1 });
    Answer::new(202, body).then(Then::Subscribe(request.body.clone()))
}

/// Makes a list. The one of legacy Chat's session tells in its context where everything is.
fn session_list(service: &mut Service, identity: &str, request: &Request) -> Option<Answer> {
    if request.text("purpose") != Some(SESSION) {
        return None;
    }
    let User { sid, info, channels } = service.user(identity);
    let base = format!("/v2/Services/{}", account::CHAT_SERVICE_SID);
    let mut context = request.body["context"].clone();
    if !context.is_object() {
        context = json!({});
    }
    for (name, value) in [
        ("channels", json!("channels")),
        ("consumptionReportInterval", json!("PT5S")),
        ("httpCacheInterval", json!("PT5S")),
        ("identity", json!(identity)),
        (
            "links",
            json!({
                "mediaServiceUrl": format!(
                    "https://mcs.us1.twilio.com/v1/Services/{}/Media",
                    account::CHAT_SERVICE_SID
                ),
                "myChannelsUrl": format!("{base}/Users/{sid}/Channels"),
                "publicChannelsUrl": format!("{base}/Channels"),
                "syncListUrl": format!("{base}/Users/{sid}/SyncList"),
                "typingUrl": "/v1/typing",
                "usersUrl": format!("{base}/Users"),
            }),
        ),
        ("myChannels", json!(channels)),
        ("reachabilityEnabled", json!(false)),
        ("userInfo", json!(info)),
        ("userInfosToSubscribe", json!(100)),
    ] {
        context[name] = value;
    }
    let list = service.objects.create(Kind::List, request.text("unique_name"), context);
    service.sessions.insert(list.clone());
    service.objects.describe(Kind::List, &list, false).map(|body| Answer::new(201, body))
}

/// Takes a command of legacy Chat; it is carried out once the client knows its place in the list.
fn command(service: &mut Service, list: &str, request: &Request) -> Answer {
    if !service.sessions.contains(list) {
        return found(None);
    }
    match service.objects.append(list, request.body["data"].clone()) {
        Some(item) => {
            let then = Then::Command { list: list.to_owned(), index: item["index"].clone() };
            Answer::new(201, item).then(then)
        }
        None => found(None),
    }
}
