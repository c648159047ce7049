//! Flex's two calls about chats: the visitor's `POST /v1/WebChannels`, and with
//! `POST /v1/Channels/<sid>/Roles/<role>/Users` the agent's way into a channel.

use std::collections::HashMap;

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{iam, identity_of};
use crate::{
    Sandbox,
    common::{account, clock, lock, random},
};

/// The fields of a form.
type Form = HashMap<String, String>;

/// Begins a chat: a channel with the visitor in it.
pub(super) fn create(sandbox: &Sandbox, token: Option<&str>, form: &Form) -> Response {
    let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let identity = token.and_then(|token| identity_of(sandbox, token));
    let Some(identity) = identity.filter(|identity| identity == field("Identity")) else {
        return iam::refusal();
    };
    if field("FlexFlowSid") != account::FLEX_FLOW_SID {
        return refused(StatusCode::BAD_REQUEST, "FlexFlowSid names no Flex Flow of the account");
    }
    let pre_engagement: Value =
        serde_json::from_str(field("PreEngagementData")).unwrap_or_else(|_| json!({}));
    let from = match field("CustomerFriendlyName") {
        "" => "Anonymous",
        name => name,
    };
    let attributes = json!({
        "channel_type": "web",
        "from": from,
        "long_lived": false,
        "pre_engagement_data": pre_engagement,
        "status": "ACTIVE",
    });
    let mut service = lock(&sandbox.chat.0);
    let sid = service.create_channel(&identity, field("ChatFriendlyName"), attributes);
    service.set_friendly_name(&identity, from);
    let now = clock::iso_8601(clock::now_s());
    let body = json!({
        "account_sid": account::ACCOUNT_SID,
        "date_created": now,
        "date_updated": now,
        "flex_flow_sid": account::FLEX_FLOW_SID,
        "sid": sid,
        "task_sid": null,
        "url": format!("https://flex-api.twilio.com/v1/WebChannels/{sid}"),
        "user_sid": service.user(&identity).sid,
    });
    (StatusCode::CREATED, Json(body)).into_response()
}

/// Lets the agent of a token into a channel; 409 if they are in it already.
pub(crate) fn add_agent(sandbox: &Sandbox, token: Option<&str>, channel: &str) -> Response {
    let Some(identity) = token.and_then(|token| identity_of(sandbox, token)) else {
        return iam::refusal();
    };
    let mut service = lock(&sandbox.chat.0);
    match service.join(channel, &identity) {
        Ok(true) => {
            let body = json!({ "sid": random::sid("MB"), "identity": identity });
            (StatusCode::CREATED, Json(body)).into_response()
        }
        Ok(false) => refused(StatusCode::CONFLICT, "The agent is in the channel already"),
        Err((_, message)) => refused(StatusCode::NOT_FOUND, message),
    }
}

fn refused(status: StatusCode, message: &str) -> Response {
    let body = json!({ "code": 20_001, "message": message, "status": status.as_u16() });
    (status, Json(body)).into_response()
}
