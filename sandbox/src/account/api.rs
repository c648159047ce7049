//! From a call to an answer: whose it is, whether it may, what it says, what comes of it.

use std::future::pending;

use axum::{
    Json,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{
    asked::{Answer, Asked},
    body,
    call::Call,
    configuration, domain,
    faults::{self, Fault},
    fields, plugin_service,
    refusal::Refusal,
    serverless,
    state::Account,
};
use crate::{
    Sandbox, agent,
    common::{clock, credentials, hang_up, lock},
};

/// Answers a call to the account's APIs or domains; nothing for a call to anybody else.
pub(crate) async fn answer(sandbox: &Sandbox, call: Call<'_>) -> Option<Response> {
    if call.host.ends_with(".twil.io") {
        return Some(domain::answer(sandbox, call).await);
    }
    if !is_ours(&call) {
        return None;
    }
    let label = format!("{} {}{}", call.method, call.host, call.path);
    let fault = faults::take(&mut lock(&sandbox.account.0).faults, &label);
    let record = |outcome: Value| {
        let mut call = json!({ "call": label });
        call["outcome"] = outcome;
        lock(&sandbox.account.0).calls.push(call);
    };
    match fault {
        Some(Fault::Timeout) => {
            record("timeout".into());
            return Some(pending().await);
        }
        Some(Fault::Dropped) => {
            record("dropped".into());
            return Some(hang_up());
        }
        _ => {}
    }
    let response = match fault {
        Some(Fault::Internal) => Refusal::internal().into_response(),
        Some(Fault::TooMany) => {
            let mut response = Refusal::too_many().into_response();
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            response
        }
        _ => {
            let build_fails = fault == Some(Fault::BuildFailed);
            understood(sandbox, &call, build_fails).await.unwrap_or_else(Refusal::into_response)
        }
    };
    if fault == Some(Fault::DroppedAfter) {
        record("dropped_after".into());
        return Some(hang_up());
    }
    record(response.status().as_u16().into());
    Some(response)
}

/// Whether a call is for the account's APIs. Flex's Configuration is also read by the desktop, with the
/// agent's token or nothing.
fn is_ours(call: &Call<'_>) -> bool {
    match call.host {
        "serverless.twilio.com" | "serverless-upload.twilio.com" => true,
        "flex-api.twilio.com" if call.path.starts_with("/v1/PluginService/") => true,
        "flex-api.twilio.com" if call.path == "/v1/Configuration" => {
            let is_desktop =
                call.header("authorization").is_empty() || agent::token(call.headers).is_some();
            call.method != "GET" || !is_desktop
        }
        _ => false,
    }
}

async fn understood(
    sandbox: &Sandbox,
    call: &Call<'_>,
    build_fails: bool,
) -> Result<Response, Refusal> {
    if !credentials::authorized(call.headers) {
        return Err(Refusal::credentials());
    }
    let (operation, parameters) = fields::find(call.host, call.method.as_str(), call.path)?;
    let query: Vec<(String, String)> =
        form_urlencoded::parse(call.query.as_bytes()).into_owned().collect();
    if let Some((name, _)) = query.iter().find(|(name, _)| !operation.query.contains(name)) {
        return Err(Refusal::field(format!("Unknown parameter {name} in the query")));
    }
    let fields = body::read(operation, call.header("content-type"), call.body.clone()).await?;
    let path = call.path.to_owned();
    let asked = Asked { operation, path, parameters, query, fields, now_s: clock::now_s() };
    let answer = act(sandbox, &mut lock(&sandbox.account.0), build_fails, &asked)?;
    Ok(match asked.render(answer)? {
        (status, Some(body)) => (status, Json(body)).into_response(),
        (status, None) => status.into_response(),
    })
}

/// Lets a call take effect.
///
/// # Errors
/// What Twilio refuses.
pub(super) fn act(
    sandbox: &Sandbox,
    account: &mut Account,
    build_fails: bool,
    asked: &Asked,
) -> Result<Answer, Refusal> {
    if asked.operation.path == "/v1/Configuration" {
        if asked.operation.method == "POST" {
            configuration::write(account, asked)?;
        }
        let read = configuration::read(sandbox, account).map_err(|_| Refusal::internal())?;
        return Ok(Answer::Item(read.into()));
    }
    if asked.operation.path.starts_with("/v1/PluginService/") {
        return plugin_service::answer(account, asked);
    }
    serverless::answer(sandbox, &mut account.services, build_fails, asked)
}
