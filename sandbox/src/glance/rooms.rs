//! Who is in which session: one room for each session key.

use std::collections::{HashMap, VecDeque};

use axum::extract::ws::Utf8Bytes;

use super::{
    peer::{Inbox, Peer},
    session::Session,
    session_key,
    wire::{Hello, RANDOM_KEY, Reason, ToViewer, ToVisitor},
};
use crate::common::{account, random};

/// As many rooms are open at once.
const MOST_ROOMS: usize = 256;

/// As many agents watch one session.
const MOST_VIEWERS: usize = 16;

/// As many ended sessions are remembered for tabs that were between two pages.
const MOST_ENDED: usize = 64;

/// Names a room by its session key. The group is always the sandbox's one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct RoomId(String);

impl RoomId {
    pub(super) fn new(session_key: &str) -> Self {
        Self(session_key.to_owned())
    }
}

/// Why a session does not start, as the event `error` says it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) code: &'static str,
    pub(super) msg: &'static str,
}

/// A session under a key, or viewers who wait for one.
#[derive(Default)]
struct Room {
    session: Option<Session>,
    viewers: Vec<Peer>,
}

#[derive(Default)]
pub(super) struct Rooms {
    rooms: HashMap<RoomId, Room>,
    last_peer: u64,
    /// Disambiguators of sessions that ended, with the reason.
    ended: VecDeque<(String, Reason)>,
}

impl Rooms {
    /// Says whether a session runs.
    pub(super) fn is_running(&self, room: &RoomId) -> bool {
        self.rooms.get(room).is_some_and(|room| room.session.is_some())
    }

    /// Starts a session, or enters the visitor's own that runs already.
    ///
    /// # Errors
    /// `dupkey` if the key is another visitor's; `service` for everything else.
    pub(super) fn start(&mut self, hello: Hello) -> Result<(RoomId, u64, Inbox), Failure> {
        if hello.group != account::GROUP_ID {
            return Err(Failure { code: "service", msg: "The group ID is not valid." });
        }
        let key = if hello.key == RANDOM_KEY { self.random_key()? } else { hello.key };
        if !session_key::is_legal(&key) || hello.visitor.is_empty() {
            return Err(Failure { code: "service", msg: "The session key is not valid." });
        }
        let id = RoomId(key);
        if !self.rooms.contains_key(&id) && self.rooms.len() == MOST_ROOMS {
            return Err(Failure { code: "service", msg: "Too many sessions are running." });
        }
        let room = self.rooms.entry(id.clone()).or_default();
        if room.session.as_ref().is_some_and(|session| !session.belongs_to(&hello.visitor)) {
            return Err(Failure {
                code: "dupkey",
                msg: "Another visitor's session uses this session key.",
            });
        }
        room.session.get_or_insert_with(|| Session::new(hello.visitor));
        let (peer, inbox) = self.enter(&id, hello.visible);
        Ok((id, peer, inbox))
    }

    /// Goes on with a session from a new page or a new connection.
    ///
    /// # Errors
    /// Why there is no such session any more.
    pub(super) fn resume(&mut self, hello: &Hello) -> Result<(RoomId, u64, Inbox), Reason> {
        let id = RoomId::new(&hello.key);
        let session = self.rooms.get(&id).and_then(|room| room.session.as_ref());
        if hello.group != account::GROUP_ID
            || !session.is_some_and(|session| session.belongs_to(&hello.visitor))
        {
            let ended = self.ended.iter().find(|(visitor, _)| *visitor == hello.visitor);
            return Err(ended.map_or(Reason::Error, |(_, reason)| *reason));
        }
        let (peer, inbox) = self.enter(&id, hello.visible);
        Ok((id, peer, inbox))
    }

    /// The visitor turned to this tab.
    pub(super) fn focus(&mut self, room: &RoomId, tab: u64) {
        if let Some(session) = self.session(room) {
            session.turn_to(tab);
        }
    }

    /// Passes events of the recorded tab on to all viewers.
    pub(super) fn events(&mut self, room: &RoomId, tab: u64, message: Utf8Bytes, full: bool) {
        let Some(room) = self.rooms.get_mut(room) else { return };
        let Some(session) = &mut room.session else { return };
        if session.keep(tab, message.clone(), full) {
            let before = room.viewers.len();
            room.viewers.retain(|viewer| viewer.forward(vec![message.clone()]));
            if room.viewers.len() != before {
                room.count_viewers();
            }
        }
    }

    /// A tab's socket closed. The session goes on without it for a while.
    pub(super) fn leave(&mut self, room: &RoomId, tab: u64) {
        let Some(room) = self.rooms.get_mut(room) else { return };
        let Some(session) = &mut room.session else { return };
        session.leave(tab);
        if session.absence().is_some() {
            room.tell_viewers(&ToViewer::Away);
        }
    }

    /// Records another of the visitor's tabs if the recorded one did not come back.
    pub(super) fn fall_back(&mut self, room: &RoomId) {
        if let Some(session) = self.session(room) {
            session.fall_back();
        }
    }

    /// Names the visitor's present absence: a session runs and none of its tabs is connected.
    pub(super) fn absence(&self, room: &RoomId) -> Option<u64> {
        self.rooms.get(room)?.session.as_ref()?.absence()
    }

    /// Ends the session, if one runs, and lets everyone go.
    pub(super) fn end(&mut self, id: &RoomId, reason: Reason) {
        let Some(room) = self.rooms.get_mut(id) else { return };
        let Some(session) = room.session.take() else { return };
        session.tell(&ToVisitor::Ended { reason });
        room.tell_viewers(&ToViewer::Ended { reason });
        self.rooms.remove(id);
        if self.ended.len() == MOST_ENDED {
            self.ended.pop_front();
        }
        self.ended.push_back((session.visitor().to_owned(), reason));
    }

    /// Lets a viewer watch, or wait until the session starts. `None` if too many do.
    pub(super) fn watch(&mut self, id: &RoomId) -> Option<(u64, Inbox)> {
        if !self.rooms.contains_key(id) && self.rooms.len() == MOST_ROOMS {
            return None;
        }
        self.last_peer += 1;
        let (viewer, inbox) = Peer::new(self.last_peer);
        let room = self.rooms.entry(id.clone()).or_default();
        if room.viewers.len() == MOST_VIEWERS {
            return None;
        }
        match &mut room.session {
            Some(session) => session.show(&viewer),
            None => viewer.send(&ToViewer::Waiting),
        };
        room.viewers.push(viewer);
        room.count_viewers();
        Some((self.last_peer, inbox))
    }

    /// A viewer's socket closed.
    pub(super) fn stop_watching(&mut self, id: &RoomId, viewer: u64) {
        let Some(room) = self.rooms.get_mut(id) else { return };
        room.viewers.retain(|peer| peer.id != viewer);
        room.count_viewers();
        if room.viewers.is_empty() && room.session.is_none() {
            self.rooms.remove(id);
        }
    }

    /// Connects a tab to the session that runs in the room.
    fn enter(&mut self, id: &RoomId, visible: bool) -> (u64, Inbox) {
        self.last_peer += 1;
        let (tab, inbox) = Peer::new(self.last_peer);
        tab.send(&ToVisitor::Running { key: &id.0 });
        if let Some(room) = self.rooms.get_mut(id)
            && let Some(session) = &mut room.session
        {
            tab.send(&ToVisitor::Agents { count: room.viewers.len() });
            session.enter(tab, visible);
            room.tell_viewers(&ToViewer::Live);
        }
        (self.last_peer, inbox)
    }

    fn session(&mut self, room: &RoomId) -> Option<&mut Session> {
        self.rooms.get_mut(room)?.session.as_mut()
    }

    /// Four digits under which nobody shares or waits.
    fn random_key(&self) -> Result<String, Failure> {
        (0..100)
            .filter_map(|_| random::digits().ok())
            .find(|key| !self.rooms.contains_key(&RoomId::new(key)))
            .ok_or(Failure { code: "service", msg: "No free session key was found." })
    }
}

impl Room {
    fn tell_viewers(&mut self, message: &ToViewer) {
        self.viewers.retain(|viewer| viewer.send(message));
    }

    fn count_viewers(&self) {
        if let Some(session) = &self.session {
            session.tell(&ToVisitor::Agents { count: self.viewers.len() });
        }
    }
}

#[cfg(test)]
mod tests;
