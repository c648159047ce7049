//! The socket of an agent's viewer page.

use std::sync::Arc;

use axum::{
    extract::{
        State, WebSocketUpgrade,
        ws::{Utf8Bytes, WebSocket},
    },
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{Sandbox, common::lock};

use super::{
    rooms::RoomId,
    socket,
    wire::{self, FromViewer, Reason, ToViewer},
};

/// The largest message of a viewer: a ticket in JSON.
const LARGEST_MESSAGE: usize = 1024;

/// Only Glance's own page may open the socket; its ticket is checked after that.
pub(super) async fn upgrade(
    State(sandbox): State<Arc<Sandbox>>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    if origin != Some(sandbox.origins.glance.as_str()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    upgrade
        .max_message_size(LARGEST_MESSAGE)
        .max_frame_size(LARGEST_MESSAGE)
        .on_upgrade(move |socket| serve(sandbox, socket))
}

async fn serve(sandbox: Arc<Sandbox>, mut socket: WebSocket) {
    let Some(FromViewer::Join { ticket }) = socket::hello(&mut socket).await else { return };
    let room = lock(&sandbox.glance.tickets).room(&ticket);
    let joined = room.and_then(|room| {
        let (viewer, inbox) = lock(&sandbox.glance.rooms).watch(&room)?;
        Some((room, viewer, inbox))
    });
    if let Some((room, viewer, inbox)) = joined {
        socket::pump(&mut socket, inbox, |text| receive(&sandbox, &room, &text)).await;
        lock(&sandbox.glance.rooms).stop_watching(&room, viewer);
    } else {
        socket::send(&mut socket, wire::text(&ToViewer::Refused)).await;
    }
    socket::close(socket).await;
}

fn receive(sandbox: &Sandbox, room: &RoomId, text: &Utf8Bytes) {
    if let Some(FromViewer::End) = wire::parse(text) {
        super::end_session(sandbox, room, Reason::Agent);
    }
}
