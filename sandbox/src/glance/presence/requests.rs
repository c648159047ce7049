//! What an agent asks without a connection: look-ups and signals.

use axum::{
    Json,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::{
    common::{clock, hang_up, lock},
    glance::cross_origin,
};

use super::{Shared, admission, registry::VisitorId, wire::Code};

/// The query of both requests.
#[derive(Deserialize)]
pub(super) struct Whom {
    groupid: u32,
    visitorid: String,
}

/// `GET /lookupvisitor?groupid=&visitorid=`: facts about a visitor who is present, and an empty
/// object about one who is not. That `visitorpresent` is when the visitor was last heard of, and
/// `timestamp` now, is inferred.
pub(super) async fn look_up(
    State(sandbox): State<Shared>,
    headers: HeaderMap,
    Query(whom): Query<Whom>,
) -> Response {
    if admission::is_down(&sandbox) {
        return hang_up();
    }
    if let Err(msg) = admit(&sandbox, &headers, &whom) {
        return refusal(Code::Authorization, msg);
    }
    let seen_s = lock(&sandbox.glance.presence).look_up(&VisitorId::new(&whom.visitorid));
    let info = seen_s.map_or_else(
        || json!({}),
        |seen_s| {
            json!({
                "groupid": whom.groupid.to_string(),
                "visitorid": whom.visitorid,
                "visitorpresent": seen_s.to_string(),
                "timestamp": clock::now_s().to_string(),
            })
        },
    );
    Json(info).into_response()
}

/// The body of `signalvisitor`.
#[derive(Deserialize)]
#[serde(tag = "mtype", content = "data", rename_all = "lowercase")]
pub(super) enum Message {
    /// A function of the visitor's page is called.
    Invoke(Invocation),
    /// The visitor's page gets a message.
    Signal(Value),
}

#[derive(Deserialize)]
pub(super) struct Invocation {
    func: String,
    #[serde(default)]
    args: Value,
}

/// `POST /signalvisitor?groupid=&visitorid=`.
pub(super) async fn signal(
    State(sandbox): State<Shared>,
    headers: HeaderMap,
    Query(whom): Query<Whom>,
    Json(message): Json<Message>,
) -> Response {
    if admission::is_down(&sandbox) {
        return hang_up();
    }
    if let Err(msg) = admit(&sandbox, &headers, &whom) {
        return refusal(Code::Authorization, msg);
    }
    let visitor = VisitorId::new(&whom.visitorid);
    let mut registry = lock(&sandbox.glance.presence);
    let is_taken = match message {
        Message::Invoke(Invocation { func, args }) => registry.invoke(&visitor, &func, &args),
        Message::Signal(data) => registry.signal(&visitor, data, Instant::now()),
    };
    if is_taken {
        Json(json!({})).into_response()
    } else {
        refusal(Code::VisitorNotPresent, "The visitor is not there to receive.")
    }
}

fn admit(sandbox: &Shared, headers: &HeaderMap, whom: &Whom) -> Result<(), &'static str> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .unwrap_or_default();
    let origin = cross_origin::origin(headers);
    admission::admit(sandbox, origin.as_deref(), token, whom.groupid).map(|_| ())
}

fn refusal(code: Code, msg: &str) -> Response {
    let status = match code {
        Code::Authorization => StatusCode::FORBIDDEN,
        Code::VisitorNotPresent | Code::Service => StatusCode::NOT_FOUND,
    };
    (status, Json(json!({ "code": code.name(), "msg": msg }))).into_response()
}
