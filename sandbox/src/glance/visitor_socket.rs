//! The socket of a visitor's page.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{
        State, WebSocketUpgrade,
        ws::{Utf8Bytes, WebSocket},
    },
    response::Response,
};

use crate::{Sandbox, common::lock};

use super::{
    peer::Inbox,
    rooms::RoomId,
    socket,
    wire::{self, FromVisitor, Reason, ToVisitor},
};

/// A visitor away for longer has left. Loading the next page takes less.
const AWAY: Duration = Duration::from_secs(60);

/// The recorded tab has this long to load its next page before another tab is recorded instead.
const NAVIGATION: Duration = Duration::from_secs(3);

pub(super) async fn upgrade(
    State(sandbox): State<Arc<Sandbox>>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade
        .max_message_size(wire::LARGEST_MESSAGE)
        .max_frame_size(wire::LARGEST_MESSAGE)
        .on_upgrade(move |socket| serve(sandbox, socket))
}

async fn serve(sandbox: Arc<Sandbox>, mut socket: WebSocket) {
    let Some(hello) = socket::hello::<FromVisitor>(&mut socket).await else { return };
    match enter(&sandbox, hello) {
        Ok((room, tab, inbox)) => {
            let receive = |text| receive(&sandbox, &room, tab, text);
            socket::pump(&mut socket, inbox, receive).await;
            lock(&sandbox.glance.rooms).leave(&room, tab);
            tokio::spawn(watch_absence(sandbox, room));
        }
        Err(refusal) => {
            socket::send(&mut socket, refusal).await;
        }
    }
    socket::close(socket).await;
}

/// Starts or resumes; the refusal as text otherwise.
fn enter(sandbox: &Sandbox, hello: FromVisitor) -> Result<(RoomId, u64, Inbox), Utf8Bytes> {
    let mut rooms = lock(&sandbox.glance.rooms);
    match hello {
        FromVisitor::Start(hello) => rooms.start(hello).map_err(|failure| {
            wire::text(&ToVisitor::Error { code: failure.code, msg: failure.msg })
        }),
        FromVisitor::Continue(hello) => {
            rooms.resume(&hello).map_err(|reason| wire::text(&ToVisitor::Ended { reason }))
        }
        _ => {
            let msg = "The first message must start or continue a session.";
            Err(wire::text(&ToVisitor::Error { code: "service", msg }))
        }
    }
}

fn receive(sandbox: &Sandbox, room: &RoomId, tab: u64, text: Utf8Bytes) {
    let mut rooms = lock(&sandbox.glance.rooms);
    match wire::parse(&text) {
        Some(FromVisitor::Events { full }) => rooms.events(room, tab, text, full),
        Some(FromVisitor::Focus) => rooms.focus(room, tab),
        Some(FromVisitor::End) => {
            drop(rooms);
            super::end_session(sandbox, room, Reason::Visitor);
        }
        _ => {}
    }
}

/// Turns to another tab, or ends the session, if the visitor does not come back.
async fn watch_absence(sandbox: Arc<Sandbox>, room: RoomId) {
    tokio::time::sleep(NAVIGATION).await;
    let absence = {
        let mut rooms = lock(&sandbox.glance.rooms);
        rooms.fall_back(&room);
        rooms.absence(&room)
    };
    if absence.is_none() {
        return;
    }
    tokio::time::sleep(AWAY - NAVIGATION).await;
    if lock(&sandbox.glance.rooms).absence(&room) == absence {
        super::end_session(&sandbox, &room, Reason::Visitor);
    }
}
