//! What an agent asks without a connection: look-ups and signals.

use std::time::Duration;

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
    glance::{
        adversary::{self, Answer, Kind},
        cross_origin,
    },
    scenario::LookUpFault,
};

use super::{Shared, admission, registry::VisitorId, wire::Code};

/// How old a stale look-up is when it arrives.
const STALE: Duration = Duration::from_secs(2);

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
        return refusal(Code::Authorization, msg).into_response();
    }
    let fault = sandbox.scenario().lookup;
    if fault == LookUpFault::Silent {
        return Answer::SILENT.into_response();
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
    if fault == LookUpFault::Stale {
        tokio::time::sleep(STALE).await;
    }
    meddle(&sandbox, Kind::LookUp, &whom, Answer::good(info)).await
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
        return refusal(Code::Authorization, msg).into_response();
    }
    let visitor = VisitorId::new(&whom.visitorid);
    let is_taken = {
        let mut registry = lock(&sandbox.glance.presence);
        match message {
            Message::Invoke(Invocation { func, args }) => registry.invoke(&visitor, &func, &args),
            Message::Signal(data) => registry.signal(&visitor, data, Instant::now()),
        }
    };
    let answer = if is_taken {
        Answer::good(json!({}))
    } else {
        refusal(Code::VisitorNotPresent, "The visitor is not there to receive.")
    };
    meddle(&sandbox, Kind::Signal, &whom, answer).await
}

/// The answer as the adversary lets it through.
async fn meddle(sandbox: &Shared, kind: Kind, whom: &Whom, answer: Answer) -> Response {
    let failure = refusal(Code::Service, "The Presence service is busy.");
    adversary::meddle(sandbox, kind, &whom.visitorid, answer, failure).await
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

fn refusal(code: Code, msg: &str) -> Answer {
    let status = match code {
        Code::Authorization => StatusCode::FORBIDDEN,
        Code::VisitorNotPresent | Code::Service => StatusCode::NOT_FOUND,
    };
    Answer::new(status, json!({ "code": code.name(), "msg": msg }))
}
