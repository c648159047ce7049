//! Who is on the site, and which agents wait for whom.

use std::{collections::HashMap, time::Duration};

use serde_json::{Map, Value};
use tokio::time::Instant;

use crate::glance::{
    peer::{Inbox, Peer},
    rooms::RoomId,
};

use super::wire::{Status, ToAgent, ToVisitor};

/// As many visitors are known at once, those included whom agents only wait for.
const MOST_VISITORS: usize = 1024;

/// As many pages of one visitor, and agents who wait for one, are connected at once.
const MOST_PEERS: usize = 16;

/// As many signals wait for one visitor.
const MOST_SIGNALS: usize = 16;

/// How long a signal waits for its visitor to connect.
const PATIENCE: Duration = Duration::from_secs(5);

/// Names a visitor of the sandbox's one group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct VisitorId(String);

impl VisitorId {
    pub(super) fn new(visitorid: &str) -> Self {
        Self(visitorid.to_owned())
    }
}

/// A page of a visitor.
struct Tab {
    peer: Peer,
    /// It takes signals.
    is_connected: bool,
}

#[derive(Default)]
struct Visitor {
    /// The most recently active one comes last.
    tabs: Vec<Tab>,
    agents: Vec<Peer>,
    signals: Vec<(Instant, Value)>,
    /// The session of which the agents have heard the start.
    session: Option<RoomId>,
    /// When a page last said that the visitor is there, in seconds since 1970.
    seen_s: u64,
}

/// How often something was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) agents_open: usize,
    pub(super) agents_opened: u64,
    pub(super) visitors_present: usize,
    pub(super) visitors_connected: usize,
    pub(super) look_ups: u64,
    pub(super) signals: u64,
    pub(super) invocations: u64,
}

#[derive(Default)]
pub(in crate::glance) struct Registry {
    visitors: HashMap<VisitorId, Visitor>,
    last_peer: u64,
    counts: Counts,
}

impl Registry {
    /// A visitor's page is there. `None` if too many are.
    pub(super) fn enter(&mut self, id: &VisitorId, now_s: u64) -> Option<(u64, Inbox)> {
        let (peer, inbox) = self.peer();
        let tab = peer.id;
        let visitor = self.visitor(id)?;
        if visitor.tabs.len() == MOST_PEERS {
            return None;
        }
        visitor.seen_s = now_s;
        visitor.tabs.insert(0, Tab { peer, is_connected: false });
        Some((tab, inbox))
    }

    /// A page takes signals from now on: the newest of those that have waited for no more than five
    /// seconds. A page out of sight does not take the focus from another. Extra calls are harmless.
    pub(super) fn connect(&mut self, id: &VisitorId, tab: u64, visible: bool, now: Instant) {
        let Some(visitor) = self.visitors.get_mut(id) else { return };
        let was_connected = visitor.is_connected();
        let Some(entered) = visitor.tabs.iter_mut().find(|entered| entered.peer.id == tab) else {
            return;
        };
        entered.is_connected = true;
        if visible || !was_connected {
            visitor.turn_to(tab);
        }
        if was_connected {
            return;
        }
        visitor.tell(&ToAgent::VisitorConn { connected: true });
        for (since, data) in std::mem::take(&mut visitor.signals) {
            if now.duration_since(since) <= PATIENCE {
                visitor.send(&ToVisitor::Signal { data: &data });
            }
        }
    }

    /// The visitor turned to this page.
    pub(super) fn turn_to(&mut self, id: &VisitorId, tab: u64) {
        if let Some(visitor) = self.visitors.get_mut(id) {
            visitor.turn_to(tab);
        }
    }

    /// A page says where the visitor is.
    pub(super) fn presence(
        &mut self,
        id: &VisitorId,
        tab: u64,
        data: &Map<String, Value>,
        now_s: u64,
    ) {
        let Some(visitor) = self.visitors.get_mut(id) else { return };
        visitor.seen_s = now_s;
        if let Some(tab) = visitor.tabs.iter().find(|entered| entered.peer.id == tab) {
            tab.peer.send(&ToVisitor::Received);
        }
        visitor.tell(&ToAgent::Presence { data });
    }

    /// The visitor has answered the terms.
    pub(super) fn terms(&mut self, id: &VisitorId, status: Status) {
        self.tell(id, &ToAgent::Terms { status });
    }

    /// A session runs on the visitor's page. Agents hear its start once, not on each page.
    pub(super) fn session_runs(&mut self, id: &VisitorId, room: RoomId) {
        let Some(visitor) = self.visitors.get_mut(id) else { return };
        if visitor.session.as_ref() != Some(&room) {
            visitor.session = Some(room);
            visitor.tell(&ToAgent::VisitorSessionStart);
        }
    }

    /// A session has ended, whoever ended it and wherever the visitor is.
    pub(in crate::glance) fn session_ended(&mut self, room: &RoomId) {
        for visitor in self.visitors.values_mut() {
            if visitor.session.as_ref() == Some(room) {
                visitor.session = None;
                visitor.tell(&ToAgent::VisitorSessionEnd);
            }
        }
        self.tidy();
    }

    /// A session did not start, or broke.
    pub(super) fn session_failed(&mut self, id: &VisitorId, code: &str, msg: &str) {
        self.tell(id, &ToAgent::VisitorError { code, msg });
    }

    /// A visitor's page is gone.
    pub(super) fn leave(&mut self, id: &VisitorId, tab: u64) {
        let Some(visitor) = self.visitors.get_mut(id) else { return };
        let was_connected = visitor.is_connected();
        visitor.tabs.retain(|entered| entered.peer.id != tab);
        if was_connected && !visitor.is_connected() {
            visitor.tell(&ToAgent::VisitorConn { connected: false });
        }
        self.tidy();
    }

    /// An agent waits for a visitor. `None` if too many do.
    pub(super) fn watch(&mut self, id: &VisitorId) -> Option<(u64, Inbox)> {
        let (peer, inbox) = self.peer();
        let agent = peer.id;
        let visitor = self.visitor(id)?;
        if visitor.agents.len() == MOST_PEERS {
            return None;
        }
        peer.send(&ToAgent::Ready);
        visitor.agents.push(peer);
        self.counts.agents_opened += 1;
        Some((agent, inbox))
    }

    /// An agent's connection is gone.
    pub(super) fn stop_watching(&mut self, id: &VisitorId, agent: u64) {
        if let Some(visitor) = self.visitors.get_mut(id) {
            visitor.agents.retain(|peer| peer.id != agent);
        }
        self.tidy();
    }

    /// When a visitor who is present was last heard of, in seconds since 1970.
    pub(super) fn look_up(&mut self, id: &VisitorId) -> Option<u64> {
        self.counts.look_ups += 1;
        self.visitors.get(id).filter(|visitor| !visitor.tabs.is_empty()).map(|it| it.seen_s)
    }

    /// Sends a signal, or keeps it for five seconds. `false` if too many wait.
    pub(super) fn signal(&mut self, id: &VisitorId, data: Value, now: Instant) -> bool {
        self.counts.signals += 1;
        for visitor in self.visitors.values_mut() {
            visitor.signals.retain(|(since, _)| now.duration_since(*since) <= PATIENCE);
        }
        self.tidy();
        let Some(visitor) = self.visitor(id) else { return false };
        if visitor.send(&ToVisitor::Signal { data: &data }) {
            return true;
        }
        let has_room = visitor.signals.len() < MOST_SIGNALS;
        if has_room {
            visitor.signals.push((now, data));
        }
        has_room
    }

    /// Calls a function of the visitor's page. `false` if the visitor is not connected.
    pub(super) fn invoke(&mut self, id: &VisitorId, func: &str, args: &Value) -> bool {
        self.counts.invocations += 1;
        self.visitors.get(id).is_some_and(|visitor| visitor.send(&ToVisitor::Invoke { func, args }))
    }

    /// Cuts the connections of all agents.
    pub(super) fn cut_agents(&mut self) {
        for visitor in self.visitors.values_mut() {
            visitor.agents.clear();
        }
        self.tidy();
    }

    /// Cuts all connections.
    pub(super) fn cut_everyone(&mut self) {
        for visitor in self.visitors.values_mut() {
            visitor.agents.clear();
            visitor.tabs.clear();
        }
        self.tidy();
    }

    pub(super) fn counts(&self) -> Counts {
        let visitors = self.visitors.values();
        Counts {
            agents_open: visitors.clone().map(|visitor| visitor.agents.len()).sum(),
            visitors_present: visitors.clone().filter(|it| !it.tabs.is_empty()).count(),
            visitors_connected: visitors.filter(|it| it.is_connected()).count(),
            ..self.counts
        }
    }

    fn tell(&mut self, id: &VisitorId, message: &ToAgent<'_>) {
        if let Some(visitor) = self.visitors.get_mut(id) {
            visitor.tell(message);
        }
    }

    fn peer(&mut self) -> (Peer, Inbox) {
        self.last_peer += 1;
        Peer::new(self.last_peer)
    }

    /// The visitor with this ID, a new one if there is none. `None` if there are too many.
    fn visitor(&mut self, id: &VisitorId) -> Option<&mut Visitor> {
        if !self.visitors.contains_key(id) && self.visitors.len() == MOST_VISITORS {
            return None;
        }
        Some(self.visitors.entry(id.clone()).or_default())
    }

    /// Forgets visitors about whom there is nothing to know.
    fn tidy(&mut self) {
        self.visitors.retain(|_, visitor| {
            !visitor.tabs.is_empty()
                || !visitor.agents.is_empty()
                || !visitor.signals.is_empty()
                || visitor.session.is_some()
        });
    }
}

impl Visitor {
    fn is_connected(&self) -> bool {
        self.tabs.iter().any(|tab| tab.is_connected)
    }

    fn turn_to(&mut self, tab: u64) {
        if let Some(position) = self.tabs.iter().position(|entered| entered.peer.id == tab) {
            let tab = self.tabs.remove(position);
            self.tabs.push(tab);
        }
    }

    /// Sends to the one signalable page; `false` if there is none.
    fn send(&self, message: &ToVisitor<'_>) -> bool {
        let signalable = self.tabs.iter().rev().find(|tab| tab.is_connected);
        signalable.is_some_and(|tab| tab.peer.send(message))
    }

    /// Tells all agents; who does not keep up is let go.
    fn tell(&mut self, message: &ToAgent<'_>) {
        self.agents.retain(|agent| agent.send(message));
    }
}

#[cfg(test)]
mod tests;
