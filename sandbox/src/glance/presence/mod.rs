//! Stands for Glance's Presence service, which tells agents that a visitor is on the site.
//!
//! Faithful in: JWTs that are checked with everything an agent asks, and run out; only pages of
//! trusted origins may ask; a signal waits five seconds for its visitor; one signalable connection
//! for each visitor ID, the most recently active one; the addresses `lookupvisitor` and
//! `signalvisitor` with their parameters and body.
//!
//! Differs in: the sockets and what is said on them (Glance's are SockJS, their messages are not
//! public); one server instead of many, so a look-up names none; codes and bodies of refusals. A
//! visitor is present while a page's socket is open, so that between two pages agents hear
//! `connected` false and true; whether Glance smooths that over is not public. Agents hear nothing
//! about the time before they connected. The end of a session is heard for as long as the visitor
//! was connected when it started or went on, also if it ends while the visitor is between two pages.
//! No `connectUnique`, so a `uniqueid` finds nobody.
//!
//! What goes wrong on purpose (`glance`, `connection`, `lookup`, `agent_method` and `session_end` of
//! the scenario) is made up: how Glance fails is not public. `../adversary.rs` says what of it the
//! adversary does.

mod admission;
mod agent_calls;
mod agent_socket;
mod control;
mod faulty_line;
mod registry;
mod requests;
mod visitor_socket;
mod wire;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

pub(crate) use self::control::router as control;
pub(super) use self::control::scenario_changed;
pub(super) use self::registry::Registry;
use crate::Sandbox;

type Shared = Arc<Sandbox>;

/// What an agent asks without a connection.
pub(super) fn requests() -> Router<Shared> {
    Router::new()
        .route("/lookupvisitor", get(requests::look_up))
        .route("/signalvisitor", post(requests::signal))
        .route("/presence/agent-call", get(agent_calls::goes_wrong))
}

/// The connections of agents and visitors.
pub(super) fn sockets() -> Router<Shared> {
    Router::new()
        .route("/presence/agent", get(agent_socket::upgrade))
        .route("/presence/visitor", get(visitor_socket::upgrade))
}
