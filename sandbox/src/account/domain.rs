//! The account's own domains, `<name>-<digits>.twil.io`: the assets of the active build, and its Functions.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{
    call::Call,
    running::Running,
    signature,
    state::Account,
    uploads::{Version, Visibility},
};
use crate::{Sandbox, common::lock, twilio_run::relay};

/// What runs at a domain.
fn running<'a>(account: &'a Account, host: &str) -> Option<&'a Running> {
    let mut environments = account.services.iter().flat_map(|service| &service.environments);
    environments.find(|it| it.domain == host)?.running.as_ref()
}

/// The asset of the active build at an address, whoever may ask for it.
pub(super) fn asset<'a>(account: &'a Account, host: &str, path: &str) -> Option<&'a Version> {
    running(account, host)?.assets.iter().find(|version| version.path == path)
}

/// Answers a request to a domain. 404 if nothing is there; 403 for what is protected without Twilio's
/// signature, and for what is private.
pub(super) async fn answer(sandbox: &Sandbox, call: Call<'_>) -> Response {
    let upstream = {
        let account = lock(&sandbox.account.0);
        let Some(running) = running(&account, call.host) else {
            return (StatusCode::NOT_FOUND, "Nothing is deployed here.\n").into_response();
        };
        let mut versions = running.assets.iter().chain(&running.functions);
        let Some(version) = versions.find(|version| version.path == call.path) else {
            return (StatusCode::NOT_FOUND, "Not found\n").into_response();
        };
        let may = match version.visibility {
            Visibility::Public => true,
            Visibility::Protected => signature::is_valid(&call),
            Visibility::Private => false,
        };
        if !may {
            return (StatusCode::FORBIDDEN, "Forbidden\n").into_response();
        }
        if running.assets.iter().any(|asset| asset.sid == version.sid) {
            let headers = [
                (header::CONTENT_TYPE, version.upload.content_type.clone()),
                (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
            ];
            return (headers, version.upload.content.clone()).into_response();
        }
        running.upstream.clone()
    };
    let path = call.path_and_query();
    let headers = from_flex(sandbox, call.headers.clone());
    relay(&upstream, call.method.clone(), &path, headers, call.body.clone()).await
}

/// The desktop stands for `flex.twilio.com`, and that is the origin a Function is told of.
fn from_flex(sandbox: &Sandbox, mut headers: HeaderMap) -> HeaderMap {
    if headers.get(header::ORIGIN).is_some_and(|origin| origin == sandbox.origins.desktop.as_str())
    {
        headers.insert(header::ORIGIN, HeaderValue::from_static("https://flex.twilio.com"));
    }
    headers
}
