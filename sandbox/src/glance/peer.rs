//! One page's socket as the rooms see it.

use axum::extract::ws::Utf8Bytes;
use serde::Serialize;
use tokio::sync::mpsc;

use super::wire;

/// As many messages may wait for a page before it counts as stuck.
const QUEUE: usize = 256;

/// What waits to be sent to a page.
pub(super) type Inbox = mpsc::Receiver<Vec<Utf8Bytes>>;

/// A connected page. Dropping it closes the page's socket once everything is sent.
pub(super) struct Peer {
    pub(super) id: u64,
    outbox: mpsc::Sender<Vec<Utf8Bytes>>,
}

impl Peer {
    pub(super) fn new(id: u64) -> (Self, Inbox) {
        let (outbox, inbox) = mpsc::channel(QUEUE);
        (Self { id, outbox }, inbox)
    }

    pub(super) fn send(&self, message: &impl Serialize) -> bool {
        self.forward(vec![wire::text(message)])
    }

    /// Sends texts as they are. `false` if the page does not keep up: then it must be dropped, and
    /// a page that connects again gets the full picture.
    pub(super) fn forward(&self, texts: Vec<Utf8Bytes>) -> bool {
        self.outbox.try_send(texts).is_ok()
    }
}
