//! `AgentView.aspx`: signs the agent on and serves the viewer of one session.

use std::{collections::HashMap, sync::Arc};

use axum::{
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, Uri, header},
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    Sandbox,
    common::lock,
    scenario::{SignOn, ViewerFault},
};

use super::{
    html,
    rooms::RoomId,
    session_key,
    sign_on::{self, Credentials},
};

/// The page's parameters; their names are read without regard to case.
struct Parameters(HashMap<String, String>);

impl Parameters {
    fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect())
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// `SessionKey` or its synonym `VisitorId`.
    fn session_key(&self) -> &str {
        self.value("sessionkey").or_else(|| self.value("visitorid")).unwrap_or_default()
    }
}

/// Serves the viewer, or the page that says why not. All of them are 200, like a login page.
pub(super) async fn view(
    State(sandbox): State<Arc<Sandbox>>,
    headers: HeaderMap,
    uri: Uri,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    if sandbox.scenario().viewer == ViewerFault::NeverLoads {
        std::future::pending::<()>().await;
    }
    let parameters = Parameters::new(pairs);
    let cookie = match sign_on(&sandbox, &headers, &parameters) {
        Ok(cookie) => cookie,
        Err(reason) => return sign_in_page(&sandbox, reason).await,
    };
    let Some(cookie) = cookie else {
        return viewer_page(&sandbox, &parameters).await;
    };
    let mut response = match sandbox.scenario().sign_on {
        SignOn::Key => viewer_page(&sandbox, &parameters).await,
        SignOn::Cookie | SignOn::PartitionedCookie => {
            Redirect::to(&without_login_key(&uri)).into_response()
        }
    };
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    response
}

/// The viewer's address for a browser that has its cookie.
fn without_login_key(uri: &Uri) -> String {
    let is_other = |pair: &&str| !pair.to_ascii_lowercase().starts_with("loginkey=");
    let query: Vec<_> = uri.query().unwrap_or_default().split('&').filter(is_other).collect();
    format!("{}?{}", uri.path(), query.join("&"))
}

/// The sign-in page's form. Nobody in the sandbox has a Glance password.
pub(super) async fn sign_in(State(sandbox): State<Arc<Sandbox>>) -> Response {
    sign_in_page(&sandbox, "The username or password is not correct.").await
}

/// What stands in the place of Flex if a viewer that navigates has its way.
pub(super) async fn takes_over(State(sandbox): State<Arc<Sandbox>>) -> Response {
    let values = [
        ("title", "This page has taken the place of Flex"),
        ("text", "The viewer in the frame navigated the tab around it."),
        ("next", "Open the agent’s desktop again."),
    ];
    html::page(&sandbox, "notice.html", &values).await
}

/// Signs on by the login key, or, when none is given, by the cookie of an earlier sign-on.
/// Returns the cookie to set, if any.
fn sign_on(
    sandbox: &Sandbox,
    headers: &HeaderMap,
    parameters: &Parameters,
) -> Result<Option<HeaderValue>, &'static str> {
    let Some(loginkey) = parameters.value("loginkey") else {
        return if sign_on::is_remembered(sandbox, headers) {
            Ok(None)
        } else {
            Err("Sign in to view this session.")
        };
    };
    sign_on::check(
        sandbox,
        &Credentials {
            partnerid: parameters.value("partnerid").unwrap_or_default(),
            partneruserid: parameters.value("partneruserid").unwrap_or_default(),
            loginkey,
        },
    )?;
    Ok(sign_on::remember(sandbox).ok().and_then(|cookie| HeaderValue::try_from(cookie).ok()))
}

async fn sign_in_page(sandbox: &Sandbox, reason: &str) -> Response {
    html::page(sandbox, "sign-in.html", &[("reason", reason)]).await
}

async fn viewer_page(sandbox: &Sandbox, parameters: &Parameters) -> Response {
    let key = parameters.session_key();
    if !session_key::is_legal(key) {
        let values = [
            ("title", "This session key cannot be right"),
            (
                "text",
                "A session key has 1 to 62 letters, digits, or the characters _ - ~ and a dot.",
            ),
            ("next", "Ask the visitor to read it out again."),
        ];
        return html::page(sandbox, "notice.html", &values).await;
    }
    let room = RoomId::new(key);
    let waits = parameters.value("wait") == Some("1");
    if !waits && !lock(&sandbox.glance.rooms).is_running(&room) {
        let values = [
            ("title", "The session has not started"),
            ("text", "No visitor is sharing a page under this session key."),
            ("next", "Ask the visitor to start the session, then open this page again."),
        ];
        return html::page(sandbox, "notice.html", &values).await;
    }
    let ticket = lock(&sandbox.glance.tickets).issue(room);
    match ticket {
        Ok(ticket) => {
            let misdeed = match sandbox.scenario().viewer {
                ViewerFault::Navigates => "navigates",
                _ => "",
            };
            let values = [("key", key), ("ticket", &ticket), ("misdeed", misdeed)];
            html::page(sandbox, "viewer.html", &values).await
        }
        Err(error) => {
            (axum::http::StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response()
        }
    }
}
