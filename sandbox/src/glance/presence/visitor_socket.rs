//! The connection of a visitor's page.

use axum::{
    extract::{
        State, WebSocketUpgrade,
        ws::{Utf8Bytes, WebSocket},
    },
    response::Response,
};
use tokio::time::Instant;

use crate::{
    Sandbox,
    common::{account, clock, hang_up, lock},
    glance::{peer::Inbox, rooms::RoomId, session_key, socket, wire as messages},
};

use super::{
    Shared, admission,
    registry::VisitorId,
    wire::{Code, FromVisitor, LARGEST_MESSAGE, ToVisitor},
};

pub(super) async fn upgrade(State(sandbox): State<Shared>, upgrade: WebSocketUpgrade) -> Response {
    if admission::is_down(&sandbox) {
        return hang_up();
    }
    upgrade
        .max_message_size(LARGEST_MESSAGE)
        .max_frame_size(LARGEST_MESSAGE)
        .on_upgrade(move |socket| serve(sandbox, socket))
}

async fn serve(sandbox: Shared, mut socket: WebSocket) {
    let Some(FromVisitor::Hello { groupid, visitorid }) = socket::hello(&mut socket).await else {
        return;
    };
    match enter(&sandbox, groupid, &visitorid) {
        Ok((visitor, tab, inbox)) => {
            let receive = |text| receive(&sandbox, &visitor, tab, &text);
            socket::pump(&mut socket, inbox, receive).await;
            lock(&sandbox.glance.presence).leave(&visitor, tab);
        }
        Err(msg) => {
            let code = Code::Service.name();
            socket::send(&mut socket, messages::text(&ToVisitor::Error { code, msg })).await;
        }
    }
    socket::close(socket).await;
}

/// Enters a page, or says why not.
fn enter(
    sandbox: &Sandbox,
    groupid: u32,
    visitorid: &str,
) -> Result<(VisitorId, u64, Inbox), &'static str> {
    if groupid != account::GROUP_ID {
        return Err("The group ID is not valid.");
    }
    if !session_key::is_legal(visitorid) {
        return Err("The visitor ID is not valid.");
    }
    let visitor = VisitorId::new(visitorid);
    let (tab, inbox) = lock(&sandbox.glance.presence)
        .enter(&visitor, clock::now_s())
        .ok_or("Too many visitors are present.")?;
    Ok((visitor, tab, inbox))
}

fn receive(sandbox: &Sandbox, visitor: &VisitorId, tab: u64, text: &Utf8Bytes) {
    let Some(message) = messages::parse(text) else { return };
    if let FromVisitor::Session { key } = message {
        let rooms = lock(&sandbox.glance.rooms);
        let room = RoomId::new(&key);
        if rooms.is_running(&room) {
            lock(&sandbox.glance.presence).session_runs(visitor, room);
        }
        return;
    }
    let mut registry = lock(&sandbox.glance.presence);
    match message {
        FromVisitor::Connect { visible } => {
            registry.connect(visitor, tab, visible, Instant::now());
        }
        FromVisitor::Presence { data } => {
            registry.presence(visitor, tab, &data, clock::now_s());
        }
        FromVisitor::Active => registry.turn_to(visitor, tab),
        FromVisitor::Terms { status } => registry.terms(visitor, status),
        FromVisitor::Error { code, msg } => registry.session_failed(visitor, &code, &msg),
        FromVisitor::Hello { .. } | FromVisitor::Session { .. } => {}
    }
}
