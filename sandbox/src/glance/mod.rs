//! Stands for Glance's web server, CDN and session server.
//!
//! Faithful in: the address and parameters of the visitor script and of `AgentView.aspx`, the login
//! key's check, the cookie `GSSNID`, `Wait=1`, the list of sites that may frame the viewer, and what
//! a session survives.
//!
//! Differs in: the pages' looks and words, and the transport between the pages and this server
//! (Glance publishes none of it). Whether the real viewer needs its cookie is not known, so here that
//! is a switch. Nobody has a password, so the sign-in page lets nobody in. No
//! screen share, documents, guests or remote control; video is the visitor's own camera, shown to
//! themselves. Presence and Authorization have modules of their own, which say the same of
//! themselves.

mod adversary;
mod agent_view;
mod assets;
mod authorization;
mod cross_origin;
mod html;
mod jwt;
pub(crate) mod login_key;
mod peer;
mod picture;
mod presence;
mod rooms;
mod session;
mod session_key;
mod sign_on;
mod socket;
mod tickets;
mod viewer_socket;
mod visitor_socket;
mod wire;

use std::sync::{Arc, Mutex};

use axum::{
    Router, middleware,
    routing::{get, post},
};

pub(crate) use self::presence::control;
use crate::{Sandbox, common::lock};
use adversary::Adversary;
use authorization::Authorizations;
use presence::Registry;
use rooms::{RoomId, Rooms};
use sign_on::SignOns;
use tickets::Tickets;
use wire::Reason;

/// What Glance's servers remember.
#[derive(Default)]
pub(crate) struct State {
    rooms: Mutex<Rooms>,
    sign_ons: Mutex<SignOns>,
    tickets: Mutex<Tickets>,
    authorizations: Mutex<Authorizations>,
    presence: Mutex<Registry>,
    adversary: Mutex<Adversary>,
}

pub(crate) fn router(sandbox: Arc<Sandbox>) -> Router {
    let services = Router::new()
        .route("/authorization", post(authorization::authorize))
        .merge(presence::requests())
        .layer(middleware::from_fn(cross_origin::readable));
    Router::new()
        .route("/cobrowse/CobrowseJS.ashx", get(assets::script))
        .route("/cobrowse/session", get(visitor_socket::upgrade))
        .route("/agentjoin/AgentView.aspx", get(agent_view::view))
        .route("/agentjoin/SignIn.aspx", post(agent_view::sign_in))
        .route("/agentjoin/session", get(viewer_socket::upgrade))
        .route("/agentjoin/viewer.js", get(assets::viewer_script))
        .route("/agentjoin/agentjoin.css", get(assets::stylesheet))
        .route("/agentjoin/login-to-flex", get(agent_view::takes_over))
        .merge(presence::sockets())
        .merge(services)
        .with_state(sandbox)
}

/// Follows a change of the scenario. To be called after each.
pub(crate) fn scenario_changed(sandbox: &Sandbox) {
    let scenario = sandbox.scenario();
    lock(&sandbox.glance.adversary).scenario_changed(&scenario);
    lock(&sandbox.glance.authorizations).scenario_changed(&scenario);
    presence::scenario_changed(sandbox);
}

/// Ends the session, if one runs, and tells everyone in it and the agents who wait for its visitor.
fn end_session(sandbox: &Sandbox, room: &RoomId, reason: Reason) {
    let mut rooms = lock(&sandbox.glance.rooms);
    rooms.end(room, reason);
    lock(&sandbox.glance.presence).session_ended(room);
}
