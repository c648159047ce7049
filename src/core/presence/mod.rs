//! Presence: whether the visitors of the agent's tasks are on the site.
//!
//! One authorization for the page, one connection for each visitor.

pub mod authorization;
pub mod connection;
mod effect;
mod error;
mod signal;
mod status;

pub use effect::Effect;
pub use error::PresenceError;
pub use signal::Signal;
pub use status::{PresenceStatus, VisitorPage};

use std::rc::Rc;

use crate::core::{
    ids::{AuthorizationId, ConnectionId, Ids, InvitationId, ScriptId},
    login_key::{
        Credentials, LoginKeyFailure,
        cache::{self, LoginKeyCache, Waiter},
    },
    presence::{authorization::Authorization, connection::Connection},
    session_key::SessionKey,
    settings::Settings,
    time::{Now, earliest},
};

/// What presence needs beside its own state.
pub struct Tools<'a> {
    pub now: Now,
    pub ids: &'a mut Ids,
    pub effects: &'a mut Vec<Effect>,
    pub keys: &'a mut LoginKeyCache,
    /// What the login-key cache asks for.
    pub key_effects: &'a mut Vec<cache::Effect>,
}

#[derive(Clone, Debug, Default)]
pub struct Presence {
    settings: Option<Rc<Settings>>,
    authorization: Authorization,
    connections: Vec<Connection>,
}

impl Presence {
    /// The settings that presence works with; `None` while it is off.
    pub fn settings(&self) -> Option<&Rc<Settings>> {
        self.settings.as_ref()
    }

    pub fn status(&self, visitor: &SessionKey) -> Option<&PresenceStatus> {
        self.connection(visitor).map(|connection| &connection.status)
    }

    /// The open connection to a visitor.
    pub fn connection_id(&self, visitor: &SessionKey) -> Option<ConnectionId> {
        self.connection(visitor)?.id()
    }

    /// Whose connection it is, if it is the present one.
    pub fn visitor(&self, id: ConnectionId) -> Option<&SessionKey> {
        let of = self.connections.iter().find(|connection| connection.id() == Some(id))?;
        Some(&of.visitor)
    }

    pub fn deadline(&self) -> Option<f64> {
        let connections = self.connections.iter().map(Connection::deadline);
        connections.fold(self.authorization.deadline(), earliest)
    }

    /// The connections, for tests and the log.
    pub fn connections(&self) -> &[Connection] {
        &self.connections
    }

    pub fn authorization(&self) -> &Authorization {
        &self.authorization
    }

    /// Works with these settings from now on. Another group or other servers start everything afresh.
    pub fn configure(&mut self, settings: Option<Rc<Settings>>, tools: &mut Tools) {
        let is_same = match (&self.settings, &settings) {
            (Some(old), Some(new)) => old.has_same_presence(new),
            (None, None) => true,
            _ => false,
        };
        if !is_same {
            self.reset(tools);
        }
        self.settings = settings;
    }

    /// Forgets the authorization and closes every connection; `follow` begins anew.
    pub fn reset(&mut self, tools: &mut Tools) {
        self.follow(vec![], tools);
        self.authorize(authorization::Event::Reset, tools);
    }

    /// Follows these visitors and no others.
    pub fn follow(&mut self, mut visitors: Vec<SessionKey>, tools: &mut Tools) {
        if self.settings.is_none() {
            visitors.clear();
        }
        let mut requests = vec![];
        self.connections.retain_mut(|connection| {
            let is_followed = visitors.contains(&connection.visitor);
            if !is_followed {
                connection.close(&mut requests);
            }
            is_followed
        });
        self.run(requests, tools);
        for visitor in visitors {
            if self.connection(&visitor).is_none() {
                self.connections.push(Connection::new(visitor));
            }
        }
        let event = match self.connections.is_empty() {
            true => authorization::Event::NotNeeded,
            false => authorization::Event::Needed,
        };
        self.authorize(event, tools);
    }

    pub fn script(&mut self, id: ScriptId, outcome: Result<(), PresenceError>, tools: &mut Tools) {
        self.authorize(authorization::Event::Script(id, outcome), tools);
    }

    pub fn login_key(
        &mut self,
        outcome: Result<Credentials, LoginKeyFailure>,
        retry_after_ms: u32,
        tools: &mut Tools,
    ) {
        self.authorize(authorization::Event::Key(outcome, retry_after_ms), tools);
    }

    pub fn authorized(&mut self, id: AuthorizationId, granted: bool, tools: &mut Tools) {
        let event = match granted {
            true => authorization::Event::Authorized(id),
            false => authorization::Event::Failed(id),
        };
        self.authorize(event, tools);
    }

    /// The agent wants it tried again.
    pub fn retry_now(&mut self, tools: &mut Tools) {
        self.authorize(authorization::Event::RetryNow, tools);
        for connection in &mut self.connections {
            connection.retry_now(tools.now);
        }
        self.on_deadline(tools);
    }

    pub fn token_changed(&mut self, tools: &mut Tools) {
        self.authorize(authorization::Event::TokenChanged, tools);
    }

    /// Looks at every visitor again, spread over some seconds.
    pub fn resumed(&mut self, tools: &mut Tools) {
        self.authorize(authorization::Event::Resumed, tools);
        for (index, connection) in self.connections.iter_mut().enumerate() {
            let event = connection::Event::Resumed(tools.now.random_of(index));
            connection.handle(event, tools.now, tools.ids, &mut vec![]);
        }
    }

    /// Shows the visitor the terms of a session. `false`: there is no connection to them.
    pub fn invite(
        &self,
        invitation: InvitationId,
        visitor: &SessionKey,
        video: Option<String>,
        tools: &mut Tools,
    ) -> bool {
        let Some(connection) = self.connection_id(visitor) else { return false };
        tools.effects.push(Effect::Invite {
            connection,
            invitation,
            session_key: visitor.clone(),
            video,
        });
        true
    }

    /// Takes what a connection says of the visitor. A word of a connection that is closed changes nothing.
    pub fn signal(&mut self, id: ConnectionId, signal: &Signal, tools: &mut Tools) {
        let event = match signal {
            Signal::Found(look_up, page) => connection::Event::Found(id, *look_up, page.clone()),
            Signal::VisitorConnected(is_there) => {
                connection::Event::VisitorConnected(id, *is_there)
            }
            Signal::VisitorMoved(page) => connection::Event::VisitorMoved(id, page.clone()),
            Signal::Accepted | Signal::Declined | Signal::Started | Signal::Ended => {
                connection::Event::Heard(id)
            }
            Signal::Failed => connection::Event::Failed(id),
            Signal::Unauthorized => return self.unauthorized(id, tools),
        };
        if let Some(at) = self.connections.iter().position(|known| known.id() == Some(id)) {
            self.connection_event(at, event, tools);
        }
    }

    pub fn on_deadline(&mut self, tools: &mut Tools) {
        self.authorize(authorization::Event::Deadline, tools);
        for at in 0..self.connections.len() {
            self.connection_event(at, connection::Event::Deadline, tools);
            let (due, authorization) =
                (self.connections[at].is_due(tools.now), self.authorization.id());
            if let (Some(retry), Some(authorization)) = (due, authorization) {
                let mut requests = vec![];
                self.connections[at].connect(
                    authorization,
                    retry,
                    tools.now,
                    tools.ids,
                    &mut requests,
                );
                self.run(requests, tools);
            }
        }
    }

    /// A rejection counts against the authorization that the connection was made with. If there is a
    /// newer one, the connection is made anew with it.
    fn unauthorized(&mut self, id: ConnectionId, tools: &mut Tools) {
        let Some(at) = self.connections.iter().position(|known| known.id() == Some(id)) else {
            return;
        };
        match (self.connections[at].authorization(), self.authorization.id()) {
            (Some(old), Some(new)) if old != new => {
                let mut requests = vec![];
                self.connections[at].connect(
                    new,
                    Default::default(),
                    tools.now,
                    tools.ids,
                    &mut requests,
                );
                self.run(requests, tools);
            }
            (Some(rejected), _) => {
                self.authorize(authorization::Event::Rejected(rejected), tools);
            }
            (None, _) => {}
        }
    }

    /// Gives the authorization an event, and the connections what came of it.
    fn authorize(&mut self, event: authorization::Event, tools: &mut Tools) {
        let mut requests = vec![];
        self.authorization.handle(event, tools.now, tools.ids, &mut requests);
        let event = match self.authorization.id() {
            Some(id) => connection::Event::Authorized(id),
            None => connection::Event::Unauthorized(self.authorization.error().cloned()),
        };
        for at in 0..self.connections.len() {
            self.connection_event(at, event.clone(), tools);
        }
        for request in requests {
            self.run_authorization(request, tools);
        }
    }

    fn run_authorization(&self, request: authorization::Request, tools: &mut Tools) {
        let Some(settings) = &self.settings else { return };
        let config = &settings.config;
        match request {
            authorization::Request::LoadScript(script) => tools.effects.push(Effect::LoadScript {
                script,
                cdn: config.cdn.clone(),
                group_id: config.group_id,
            }),
            authorization::Request::LoginKey => {
                tools.keys.request(
                    Waiter::Presence,
                    settings,
                    tools.now,
                    tools.ids,
                    tools.key_effects,
                );
            }
            authorization::Request::CancelLoginKey => {
                tools.keys.cancel(&Waiter::Presence, tools.key_effects);
            }
            authorization::Request::InvalidateLoginKey => tools.keys.invalidate(),
            authorization::Request::Authorize(authorization, credentials) => {
                tools.effects.push(Effect::Authorize {
                    authorization,
                    server: config.authorization.clone(),
                    group_id: config.group_id,
                    credentials,
                });
            }
        }
    }

    fn connection_event(&mut self, at: usize, event: connection::Event, tools: &mut Tools) {
        let connection = &mut self.connections[at];
        let mut requests = vec![];
        connection.handle(event, tools.now, tools.ids, &mut requests);
        self.run(requests, tools);
    }

    fn run(&self, requests: Vec<connection::Request>, tools: &mut Tools) {
        for request in requests {
            let effect = match request {
                connection::Request::Connect(connection) => {
                    let visitor =
                        self.connections.iter().find(|known| known.id() == Some(connection));
                    let (Some(visitor), Some(settings)) = (visitor, &self.settings) else {
                        continue;
                    };
                    Effect::Connect {
                        connection,
                        server: settings.config.presence_server.clone(),
                        visitor: visitor.visitor.clone(),
                    }
                }
                connection::Request::Disconnect(connection) => Effect::Disconnect(connection),
                connection::Request::LookUp(connection, look_up) => {
                    Effect::LookUp { connection, look_up }
                }
            };
            tools.effects.push(effect);
        }
    }

    fn connection(&self, visitor: &SessionKey) -> Option<&Connection> {
        self.connections.iter().find(|connection| connection.visitor == *visitor)
    }
}
