//! The account's own domains, `<name>-<digits>.twil.io`: the assets of the active build, and its Functions.
//!
//! Sources: <https://www.twilio.com/docs/serverless/functions-assets/visibility>, and for the status without a signature
//! <https://www.twilio.com/docs/serverless/functions-assets/functions/request-flow>.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use tokio::sync::watch;

use super::{
    call::Call,
    environments::Environment,
    signature,
    state::Account,
    uploads::{Version, Visibility},
};
use crate::{
    Sandbox,
    common::lock,
    twilio_run::{Upstream, relay},
};

/// The service and the environment that have a domain.
fn at<'a>(account: &'a mut Account, host: &str) -> Option<(bool, &'a mut Environment)> {
    account.services.iter_mut().find_map(|service| {
        let with_credentials = service.include_credentials;
        let environment = service.environments.iter_mut().find(|it| it.domain == host)?;
        Some((with_credentials, environment))
    })
}

/// The asset of the active build at an address, whoever may ask for it.
pub(super) fn asset<'a>(account: &'a Account, host: &str, path: &str) -> Option<&'a Version> {
    let mut environments = account.services.iter().flat_map(|service| &service.environments);
    let running = environments.find(|it| it.domain == host)?.running.as_ref()?;
    running.assets.iter().find(|version| version.path == path)
}

/// Answers a request to a domain. 404 if nothing is there; 400 for what is protected without Twilio's
/// signature, and 403 for what is private.
pub(super) async fn answer(sandbox: &Sandbox, call: Call<'_>) -> Response {
    match found(sandbox, &call) {
        Found::Function(upstream) => {
            let headers = from_flex(sandbox, call.headers.clone());
            let (method, body) = (call.method.clone(), call.body.clone());
            relay(&upstream, method, &call.path_and_query(), headers, body).await
        }
        Found::Answer(response) => response,
    }
}

/// What a request to a domain is for.
enum Found {
    Function(watch::Sender<Upstream>),
    /// It is answered already.
    Answer(Response),
}

/// The way to the Function that a request is for; what is no Function is answered.
fn found(sandbox: &Sandbox, call: &Call<'_>) -> Found {
    let refused =
        |status, sentence: &str| Found::Answer((status, format!("{sentence}\n")).into_response());
    let mut account = lock(&sandbox.account.0);
    let Some((with_credentials, environment)) = at(&mut account, call.host) else {
        return refused(StatusCode::NOT_FOUND, "Nothing is deployed here.");
    };
    let settings = environment.settings(with_credentials);
    let Some(running) = &mut environment.running else {
        return refused(StatusCode::NOT_FOUND, "Nothing is deployed here.");
    };
    let is_here = |version: &&Version| version.path == call.path;
    let asset = running.assets.iter().find(is_here);
    let Some(version) = asset.or_else(|| running.functions.iter().find(is_here)) else {
        return refused(StatusCode::NOT_FOUND, "There is nothing at this path.");
    };
    match version.visibility {
        Visibility::Protected if !signature::is_valid(call) => {
            return refused(StatusCode::BAD_REQUEST, "Twilio's signature is missing or wrong.");
        }
        Visibility::Private => return refused(StatusCode::FORBIDDEN, "This is private."),
        Visibility::Protected | Visibility::Public => {}
    }
    if let Some(asset) = asset {
        let headers = [
            (header::CONTENT_TYPE, asset.upload.content_type.clone()),
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
        ];
        return Found::Answer((headers, asset.upload.content.clone()).into_response());
    }
    match running.functions(sandbox, || settings) {
        Ok(upstream) => Found::Function(upstream),
        Err(sentence) => refused(StatusCode::BAD_GATEWAY, &sentence),
    }
}

/// The desktop stands for `flex.twilio.com`, and that is the origin a Function is told of.
fn from_flex(sandbox: &Sandbox, mut headers: HeaderMap) -> HeaderMap {
    if headers.get(header::ORIGIN).is_some_and(|origin| origin == sandbox.origins.desktop.as_str())
    {
        headers.insert(header::ORIGIN, HeaderValue::from_static("https://flex.twilio.com"));
    }
    headers
}
