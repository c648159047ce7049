//! Stands for Twilio as the agent's desktop sees it: the page that boots the genuine Flex UI, and
//! under `/twilio/<host>/` the hosts that Flex UI 2.17.1 calls: Flex's configuration and tokens, the
//! plugin service and TaskRouter with its event socket. Twilsock is `chat`'s.
//!
//! Faithful in: the shapes and order of the messages with which an agent signs in, receives,
//! accepts, rejects, wraps up and completes tasks; the life cycle of a reservation and the events
//! TaskRouter pushes for it; Flex tokens that are unknown or have run out are refused; several tabs
//! of one agent see the same.
//!
//! Differs in: one agent and one queue; reservations never run out; a chat task of the control API
//! has no conversation behind it, and no call has sound: hold and mute are acknowledged and do
//! nothing (the agent's telephone is an ordinary one, so that Flex needs no microphone); transfers
//! are started from the control API; of Flex's Spanish there are a few words. These are private
//! protocols of Twilio: they belong to this one version of Flex UI.

mod assets;
mod control;
mod interactions;
mod page;
mod taskrouter;
mod twilio;
mod worker;

use std::sync::{Arc, Mutex};

use axum::Router;
use tokio::sync::watch;

pub(crate) use self::control::router as control;
use crate::Sandbox;

/// How handlers hold the sandbox.
type Shared = Arc<Sandbox>;

/// What the desktop and its Twilio remember.
#[derive(Default)]
pub(crate) struct State {
    worker: Mutex<worker::Worker>,
    /// Wakes the open desktops when the scenario changes.
    scenario_changes: watch::Sender<()>,
}

pub(crate) fn router(sandbox: Arc<Sandbox>) -> Router {
    page::router(sandbox.clone()).merge(twilio::router(sandbox))
}

/// Tells the open desktops to look at the scenario again. To be called after each change.
pub(crate) fn scenario_changed(sandbox: &Sandbox) {
    sandbox.desktop.scenario_changes.send_replace(());
}
