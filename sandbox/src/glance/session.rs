//! A running session: the visitor's tabs, one of which is recorded, and the picture so far.

use axum::extract::ws::Utf8Bytes;

use super::{
    peer::Peer,
    picture::Picture,
    wire::{ToViewer, ToVisitor},
};

/// As many tabs of the visitor's browser can take part.
const MOST_TABS: usize = 16;

pub(super) struct Session {
    /// The random disambiguator of the visitor's session cookie.
    visitor: String,
    /// The visitor's tabs; the last one was turned to last.
    tabs: Vec<Peer>,
    /// The tab that is recorded.
    focus: Option<u64>,
    /// The tab that connected last; it tells one absence of the visitor from the next.
    newest: u64,
    picture: Picture,
}

impl Session {
    pub(super) fn new(visitor: String) -> Self {
        Self { visitor, tabs: Vec::new(), focus: None, newest: 0, picture: Picture::default() }
    }

    pub(super) fn belongs_to(&self, visitor: &str) -> bool {
        self.visitor == visitor
    }

    pub(super) fn visitor(&self) -> &str {
        &self.visitor
    }

    /// The newest of the tabs that have left, if none is connected.
    pub(super) fn absence(&self) -> Option<u64> {
        self.tabs.is_empty().then_some(self.newest)
    }

    /// Adds a tab. A visible one is recorded from now on, as is the only one.
    pub(super) fn enter(&mut self, tab: Peer, visible: bool) {
        if self.tabs.len() == MOST_TABS {
            self.tabs.remove(0);
        }
        let id = tab.id;
        self.newest = id;
        if visible || self.tabs.is_empty() {
            self.tabs.push(tab);
            self.turn_to(id);
        } else {
            self.tabs.insert(0, tab);
        }
    }

    /// Records this tab and no other.
    pub(super) fn turn_to(&mut self, id: u64) {
        let Some(position) = self.tabs.iter().position(|tab| tab.id == id) else { return };
        let tab = self.tabs.remove(position);
        if self.focus.replace(id) != Some(id) {
            self.picture = Picture::default();
            self.picture.ask();
            for other in &self.tabs {
                other.send(&ToVisitor::Blur);
            }
            tab.send(&ToVisitor::Focus);
        }
        self.tabs.push(tab);
    }

    /// Turns to the tab that the visitor looked at before, if none is recorded.
    pub(super) fn fall_back(&mut self) {
        if self.focus.is_none()
            && let Some(last) = self.tabs.last()
        {
            self.turn_to(last.id);
        }
    }

    pub(super) fn leave(&mut self, id: u64) {
        self.tabs.retain(|tab| tab.id != id);
        if self.focus == Some(id) {
            self.focus = None;
        }
    }

    /// Keeps events of the recorded tab; `false` if they are another's and go nowhere.
    pub(super) fn keep(&mut self, id: u64, message: Utf8Bytes, full: bool) -> bool {
        if self.focus != Some(id) {
            return false;
        }
        if self.picture.keep(message, full) {
            self.ask_for_snapshot();
        }
        true
    }

    /// Shows a new viewer everything so far; `false` if it does not keep up.
    pub(super) fn show(&mut self, viewer: &Peer) -> bool {
        let state = if self.absence().is_some() { ToViewer::Away } else { ToViewer::Live };
        if self.picture.messages().is_empty() && self.picture.ask() {
            self.ask_for_snapshot();
        }
        viewer.send(&state) && viewer.forward(self.picture.messages().to_vec())
    }

    /// Tells all tabs.
    pub(super) fn tell(&self, message: &ToVisitor<'_>) {
        for tab in &self.tabs {
            tab.send(message);
        }
    }

    fn ask_for_snapshot(&self) {
        if let Some(tab) = self.tabs.iter().find(|tab| Some(tab.id) == self.focus) {
            tab.send(&ToVisitor::Snapshot);
        }
    }
}
