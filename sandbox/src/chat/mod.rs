//! Stands for Twilio's messaging, between a genuine Flex WebChat 2.9.4 in the shop and a genuine Flex
//! UI 2.17.1 on the desktop: IAM's tokens and `WebChannels` for visitors, the agent's way into a
//! channel, and behind one Twilsock socket Sync, legacy Chat (the visitor's client) and Conversations
//! (the agent's).
//!
//! Faithful in: which requests each client makes, and the order of what it is then told; subscriptions
//! that replay what was missed; tokens that are unknown or have run out are refused, and a visitor's
//! is renewed three minutes before; only members of a channel write, type, read on or change anything
//! in it; a chat's first message sets the Studio flow off, and the flow makes the task; a wrapped-up
//! chat is `INACTIVE` for its customer.
//!
//! Differs in: formats were derived from what these two clients read, a live server sends more; every
//! Sync object can be opened by whoever knows its name; an open socket outlives its token; no media,
//! no edited or deleted messages, no push notifications, no roles; everything is forgotten when the
//! sandbox ends. Legacy Chat has reached its end of life at Twilio.

mod commands;
mod conversations;
mod engagement;
mod iam;
mod objects;
mod programmable;
mod request;
mod service;
mod sync;
mod tokens;
mod twilio;
pub(crate) mod twilsock;
mod web_channels;

use std::sync::{Arc, Mutex};

pub(crate) use self::{twilio::router, web_channels::add_agent};
use crate::{
    Sandbox, agent,
    common::{clock, lock},
};

type Shared = Arc<Sandbox>;

/// The messaging service behind its lock.
#[derive(Default)]
pub(crate) struct State(Mutex<service::Service>);

/// Whom a token speaks for: a visitor's chat token or an agent's Flex token.
fn identity_of(sandbox: &Sandbox, token: &str) -> Option<String> {
    if let Some(session) = agent::session_of(sandbox, token) {
        return Some(session.identity.to_owned());
    }
    let service = lock(&sandbox.chat.0);
    service.tokens.identity(token, clock::now_s()).map(str::to_owned)
}
