//! Reading from and writing to one page's socket.

use std::time::Duration;

use axum::extract::ws::{Message, Utf8Bytes, WebSocket};
use serde::Deserialize;

use super::{peer::Inbox, wire};

/// A page that takes longer than this to say hello, or to accept a message, is given up.
const PATIENCE: Duration = Duration::from_secs(10);

/// The first message of a page.
pub(super) async fn hello<T: for<'a> Deserialize<'a>>(socket: &mut WebSocket) -> Option<T> {
    match tokio::time::timeout(PATIENCE, socket.recv()).await {
        Ok(Some(Ok(Message::Text(text)))) => wire::parse(&text),
        _ => None,
    }
}

/// Sends the inbox and hands over what comes in, until either side closes.
pub(super) async fn pump(
    socket: &mut WebSocket,
    mut inbox: Inbox,
    mut receive: impl FnMut(Utf8Bytes),
) {
    loop {
        tokio::select! {
            texts = inbox.recv() => match texts {
                Some(texts) => for text in texts {
                    if !send(socket, text).await { return; }
                },
                None => return,
            },
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => receive(text),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => {}
            },
        }
    }
}

/// Sends one message; `false` if the page is gone.
pub(super) async fn send(socket: &mut WebSocket, text: Utf8Bytes) -> bool {
    matches!(tokio::time::timeout(PATIENCE, socket.send(Message::Text(text))).await, Ok(Ok(())))
}

/// Closes the socket in the regular way, so that everything sent before still arrives.
pub(super) async fn close(mut socket: WebSocket) {
    if socket.send(Message::Close(None)).await.is_ok() {
        let drain = async { while let Some(Ok(_)) = socket.recv().await {} };
        let _ = tokio::time::timeout(PATIENCE, drain).await;
    }
}
