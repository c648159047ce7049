//! What is under way, by its number. What is dropped ends.

use std::rc::Rc;

use wasm_bindgen::JsValue;

use crate::{
    browser::{
        glance_presence::{Connection, Handlers},
        glance_script::ScriptLoad,
        listener::Listener,
        login_key_request::LoginKeyRequest,
    },
    core::{
        ids::{ConnectionId, RequestId, TaskSid},
        time::Now,
    },
};

/// How long callbacks outlive what they were for, in milliseconds: Glance's script calls back when it
/// likes, and may not find a function that is gone.
const CALLBACK_GRACE_MS: f64 = 60_000.0;

#[derive(Default)]
pub(super) struct Handles {
    frames: Vec<(TaskSid, Listener)>,
    requests: Vec<(RequestId, LoginKeyRequest)>,
    script: Option<ScriptLoad>,
    authorization: Option<Handlers>,
    connections: Vec<(ConnectionId, Rc<Connection>)>,
    /// Silent callbacks, and until when they have to stay.
    retired: Vec<(f64, Handlers)>,
}

impl Handles {
    pub(super) fn add_frame(&mut self, task: &TaskSid, listener: Listener) {
        self.remove_frame(task);
        self.frames.push((task.clone(), listener));
    }

    pub(super) fn remove_frame(&mut self, task: &TaskSid) {
        self.frames.retain(|(known, _)| known != task);
    }

    pub(super) fn add_request(&mut self, id: RequestId, request: LoginKeyRequest) {
        self.remove_request(id);
        self.requests.push((id, request));
    }

    pub(super) fn remove_request(&mut self, id: RequestId) {
        self.requests.retain(|(known, _)| *known != id);
    }

    pub(super) fn set_script(&mut self, script: ScriptLoad) {
        self.script = Some(script);
    }

    pub(super) fn end_script(&mut self) {
        self.script = None;
    }

    pub(super) fn set_authorization(&mut self, handlers: Handlers, now: Now) {
        if let Some(old) = self.authorization.replace(handlers) {
            self.retire(old, now);
        }
    }

    pub(super) fn add_connection(&mut self, id: ConnectionId, connection: Connection) {
        self.connections.push((id, connection.into()));
    }

    pub(super) fn connection(&self, id: ConnectionId) -> Option<Rc<Connection>> {
        let found = self.connections.iter().find(|(known, _)| *known == id)?;
        Some(found.1.clone())
    }

    /// Glance's objects of all connections.
    pub(super) fn presence_agents(&self) -> Vec<JsValue> {
        self.connections.iter().map(|(_, connection)| connection.agent()).collect()
    }

    pub(super) fn take_connection(&mut self, id: ConnectionId) -> Option<Connection> {
        let at = self.connections.iter().position(|(known, _)| *known == id)?;
        Rc::into_inner(self.connections.swap_remove(at).1)
    }

    /// Keeps callbacks for a while, silent.
    pub(super) fn retire(&mut self, handlers: Handlers, now: Now) {
        handlers.silence();
        self.retired.push((now.after(CALLBACK_GRACE_MS), handlers));
    }

    pub(super) fn drop_retired(&mut self, now: Now) {
        self.retired.retain(|(until_ms, _)| !now.is_past(*until_ms));
    }
}
