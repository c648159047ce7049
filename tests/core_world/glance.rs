//! A fake Glance: its script, its authorizations, and connections to visitors who come, go, accept,
//! decline, start and end. It delays, reorders, repeats, drops and throws whatever it says.

use std::collections::BTreeMap;

use flex_glance::core::{
    desk::Event,
    ids::{ConnectionId, InvitationId, LookUpId},
    presence::{Effect, PresenceError, Signal, VisitorPage},
};

use crate::{coverage::Fact, flex::visitor_key, world::World};

#[derive(Default)]
pub(crate) struct Glance {
    pub(crate) visitors: Vec<Visitor>,
    pub(crate) connections: BTreeMap<ConnectionId, Link>,
    pub(crate) look_ups: BTreeMap<LookUpId, LookUp>,
    /// Numbers what is asked and heard, in order.
    pub(crate) clock: u64,
    /// Of one: how often an answer is lost.
    pub(crate) loss: f64,
    pub(crate) mood: Mood,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Mood {
    #[default]
    Fine,
    Silent,
    Failing,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Visitor {
    pub(crate) is_online: bool,
    page: u32,
    /// The connection that showed the terms.
    terms: Option<InvitationId>,
    pub(crate) session: Session,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Session {
    #[default]
    Nothing,
    Accepted,
    Running,
}

#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) visitor: usize,
    pub(crate) is_open: bool,
    /// When it said something itself that the desk heard.
    heard: u64,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct LookUp {
    connection: ConnectionId,
    asked: u64,
    answers: u32,
}

/// The visitor's place in `Glance::visitors`.
pub(crate) fn visitor_of(key: &str) -> Option<usize> {
    key.strip_prefix("visitor-")?.parse().ok()
}

impl Visitor {
    fn page(&self) -> Option<VisitorPage> {
        let url = format!("https://shop.example/page-{}", self.page);
        self.is_online.then(|| VisitorPage::new(Some(&url), None))
    }
}

impl World {
    pub(crate) fn new_visitor(&mut self) -> usize {
        let is_online = self.rng.chance(0.6);
        self.glance.visitors.push(Visitor { is_online, ..Visitor::default() });
        self.glance.visitors.len() - 1
    }

    pub(crate) fn run_at_presence(&mut self, effect: Effect) {
        match effect {
            Effect::LoadScript { script, .. } => {
                let outcome = match self.rng.weighted(&[20.0, 1.0, 1.0]) {
                    0 => Ok(()),
                    1 => Err(PresenceError::Script),
                    _ => Err(PresenceError::Api),
                };
                self.answer_of_glance(Event::Script(script, outcome));
            }
            Effect::Authorize { authorization, .. } => {
                let is_granted = self.glance.mood != Mood::Failing && self.rng.chance(0.95);
                self.answer_of_glance(Event::Authorized(authorization, is_granted));
            }
            Effect::Connect { connection, visitor, .. } => {
                let Some(visitor) = visitor_of(visitor.as_str()) else {
                    return self.fail("a connection to somebody who is no task's visitor");
                };
                let mut others = self.glance.connections.values();
                if others.any(|link| link.is_open && link.visitor == visitor) {
                    self.fail("two connections to one visitor");
                }
                if self.glance.connections.values().any(|link| link.visitor == visitor) {
                    self.coverage.arose(Fact::Reconnected);
                }
                let is_open = self.glance.mood != Mood::Failing || self.rng.chance(0.5);
                let link = Link { visitor, is_open: true, heard: 0 };
                self.glance.connections.insert(connection, link);
                if !is_open {
                    self.queue.push_back(Event::Presence(connection, Signal::Failed));
                }
            }
            Effect::Disconnect(connection) => match self.glance.connections.get_mut(&connection) {
                Some(link) if link.is_open => link.is_open = false,
                _ => self.fail("a connection is closed that is not open"),
            },
            Effect::LookUp { connection, look_up } => self.look_up(connection, look_up),
            Effect::Invite { connection, invitation, session_key, .. } => {
                self.coverage.arose(Fact::Invited);
                let Some(link) = self.glance.connections.get(&connection) else {
                    return self.fail("an invitation by no connection");
                };
                let visitor = link.visitor;
                if visitor_key(visitor) != session_key.as_str() {
                    self.fail("an invitation to another visitor's session");
                }
                let is_there = self.glance.visitors[visitor].is_online;
                if !is_there || self.rng.chance(0.05) {
                    self.promise(Event::Undelivered(invitation));
                } else {
                    self.glance.visitors[visitor].terms = Some(invitation);
                }
            }
        }
    }

    fn look_up(&mut self, connection: ConnectionId, look_up: LookUpId) {
        self.glance.clock += 1;
        let asked = self.glance.clock;
        self.glance.look_ups.insert(look_up, LookUp { connection, asked, answers: 0 });
        let Some(visitor) = self.glance.connections.get(&connection).map(|link| link.visitor)
        else {
            return self.fail("a look-up by no connection");
        };
        // What Glance knew when it was asked; an answer that is late is old.
        let mut page = self.glance.visitors[visitor].page();
        if self.rng.chance(0.1) {
            page = None;
        } else if self.rng.chance(0.2) {
            page = page.map(|_| VisitorPage::default());
        }
        let copies = if self.rng.chance(0.1) { 2 } else { 1 };
        for _ in 0..copies {
            let event = Event::Presence(connection, Signal::Found(look_up, page.clone()));
            self.answer_of_glance(event);
        }
    }

    /// Glance owes an answer, which may be lost.
    fn answer_of_glance(&mut self, event: Event) {
        if self.glance.mood != Mood::Silent && !self.rng.chance(self.glance.loss) {
            self.promise(event);
        }
    }

    /// Glance tells the visitor's connections, also one that was closed a moment ago.
    fn say(&mut self, visitor: usize, signal: Signal) {
        let links: Vec<(ConnectionId, bool)> = self
            .glance
            .connections
            .iter()
            .filter(|(_, link)| link.visitor == visitor)
            .map(|(id, link)| (*id, link.is_open))
            .collect();
        for (connection, is_open) in links {
            if is_open || self.rng.chance(0.1) {
                let event = Event::Presence(connection, signal.clone());
                if !self.rng.chance(self.glance.loss) {
                    self.promise(event.clone());
                }
                if self.rng.chance(0.05) {
                    self.promise(event);
                }
            }
        }
    }

    /// Takes note of what the desk is about to hear. Whether it comes too late to count.
    pub(crate) fn note_heard(&mut self, connection: ConnectionId, signal: &Signal) -> bool {
        self.glance.clock += 1;
        let clock = self.glance.clock;
        let Some(link) = self.glance.connections.get_mut(&connection) else { return true };
        let Signal::Found(look_up, _) = signal else {
            if matches!(signal, Signal::VisitorConnected(_) | Signal::VisitorMoved(_)) {
                link.heard = clock;
            }
            return false;
        };
        let heard = link.heard;
        let Some(asked) = self.glance.look_ups.get_mut(look_up) else { return true };
        asked.answers += 1;
        asked.connection != connection || asked.answers > 1 || asked.asked < heard
    }

    pub(crate) fn visitor_acts(&mut self) {
        let waiting: Vec<usize> = (0..self.glance.visitors.len())
            .filter(|at| {
                let visitor = &self.glance.visitors[*at];
                visitor.terms.is_some() || visitor.session != Session::Nothing
            })
            .collect();
        let held = self.flex.held();
        let known = held.iter().filter_map(|task| self.flex.tasks[*task].visitor);
        let known: Vec<usize> = known.collect();
        let chosen = match self.rng.chance(0.6) {
            true => self.rng.pick(&waiting).or_else(|| self.rng.pick(&known)),
            false => self.rng.pick(&known),
        };
        let Some(at) = chosen else { return };
        let visitor = &mut self.glance.visitors[at];
        let may_answer = visitor.is_online && visitor.terms.is_some();
        let signal = match visitor.session {
            _ if may_answer && self.rng.chance(0.6) => {
                visitor.terms = None;
                if self.rng.chance(0.7) {
                    visitor.session = Session::Accepted;
                    Signal::Accepted
                } else {
                    Signal::Declined
                }
            }
            Session::Accepted if self.rng.chance(0.8) => {
                visitor.session = Session::Running;
                Signal::Started
            }
            Session::Running if self.rng.chance(0.6) => {
                visitor.session = Session::Nothing;
                Signal::Ended
            }
            // The visitor begins by themselves, from their own page.
            Session::Nothing if visitor.is_online && self.rng.chance(0.05) => {
                visitor.session = Session::Running;
                Signal::Started
            }
            _ if visitor.is_online && self.rng.chance(0.5) => {
                visitor.page += 1;
                let page = visitor.page().unwrap_or_default();
                Signal::VisitorMoved(page)
            }
            _ => {
                visitor.is_online = !visitor.is_online;
                if !visitor.is_online {
                    visitor.terms = None;
                }
                Signal::VisitorConnected(visitor.is_online)
            }
        };
        self.note(|_| format!("visitor {at}: {}", signal.name()));
        self.say(at, signal);
    }

    pub(crate) fn glance_misbehaves(&mut self) {
        let open: Vec<ConnectionId> = self
            .glance
            .connections
            .iter()
            .filter(|(_, link)| link.is_open || self.rng.chance(0.05))
            .map(|(id, _)| *id)
            .collect();
        match self.rng.weighted(&[2.0, 2.0, 1.0, 1.0]) {
            0 => {
                self.glance.mood = match self.rng.below(5) {
                    0 => Mood::Silent,
                    1 => Mood::Failing,
                    _ => Mood::Fine,
                };
                self.note(|world| format!("Glance is {:?}", world.glance.mood));
            }
            1 => {
                if let Some(connection) = self.rng.pick(&open) {
                    self.tell(Event::Presence(connection, Signal::Failed));
                }
            }
            2 => {
                if let Some(connection) = self.rng.pick(&open) {
                    self.promise(Event::Presence(connection, Signal::Unauthorized));
                }
            }
            // Old authorizations are rejected at once, by everybody.
            _ => {
                for connection in open {
                    self.promise(Event::Presence(connection, Signal::Unauthorized));
                }
            }
        }
    }
}
