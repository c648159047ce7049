//! The connection of an agent's page about one visitor.

use axum::{
    extract::{
        State, WebSocketUpgrade,
        ws::{Utf8Bytes, WebSocket},
    },
    http::HeaderMap,
    response::Response,
};
use tokio::sync::watch;

use crate::{
    common::{hang_up, lock},
    glance::{authorization, cross_origin, jwt::Claims, socket, wire as messages},
};

use super::{
    Shared, admission, faulty_line,
    registry::VisitorId,
    wire::{Code, FromAgent, LARGEST_MESSAGE, ToAgent},
};

pub(super) async fn upgrade(
    State(sandbox): State<Shared>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if admission::is_down(&sandbox) {
        return hang_up();
    }
    let origin = cross_origin::origin(&headers);
    upgrade
        .max_message_size(LARGEST_MESSAGE)
        .max_frame_size(LARGEST_MESSAGE)
        .on_upgrade(move |socket| serve(sandbox, origin, socket))
}

async fn serve(sandbox: Shared, origin: Option<String>, mut socket: WebSocket) {
    let Some(FromAgent::Connect { groupid, visitorid, token }) = socket::hello(&mut socket).await
    else {
        return;
    };
    let admit = |token: &str| admission::admit(&sandbox, origin.as_deref(), token, groupid);
    let refusal = match admit(&token) {
        Ok(claims) => serve_admitted(&sandbox, &mut socket, &visitorid, claims, admit).await,
        Err(msg) => Some(msg),
    };
    if let Some(msg) = refusal {
        let code = Code::Authorization.name();
        socket::send(&mut socket, messages::text(&ToAgent::Error { code, msg })).await;
    }
    socket::close(socket).await;
}

/// Serves until either side closes, or until the token lapses: then returns what is wrong.
async fn serve_admitted(
    sandbox: &Shared,
    socket: &mut WebSocket,
    visitorid: &str,
    claims: Claims,
    admit: impl Fn(&str) -> Result<Claims, &'static str>,
) -> Option<&'static str> {
    let visitor = VisitorId::new(visitorid);
    let (agent, inbox) = lock(&sandbox.glance.presence).watch(&visitor)?;
    let inbox = faulty_line::lay(sandbox, agent, inbox);
    let outdated = authorization::outdated(sandbox, claims.clone());
    let (shown, newest) = watch::channel(Some(claims));
    let renew = |text: Utf8Bytes| {
        if let Some(FromAgent::Token { token }) = messages::parse(&text) {
            shown.send_replace(admit(&token).ok());
        }
    };
    let refusal = tokio::select! {
        () = socket::pump(socket, inbox, renew) => None,
        () = authorization::lapse(sandbox, newest) => Some(admission::EXPIRED),
        () = outdated => Some(admission::EXPIRED),
    };
    lock(&sandbox.glance.presence).stop_watching(&visitor, agent);
    refusal
}
