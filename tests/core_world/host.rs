//! What else Flex says: who is logged in, with which props, and that everything is taken back.

use flex_glance::core::{
    desk::{Event, Slot, Source},
    ids::ComponentId,
};

use crate::{coverage::Fact, flex::identity, world::World};

impl World {
    /// Somebody else logs in, or nobody is logged in for a while.
    pub(crate) fn agent_changes(&mut self) {
        if !self.flex.names_agent {
            return;
        }
        let before = self.flex.agent;
        let next = match before {
            Some(_) if self.rng.chance(0.5) => None,
            _ => {
                self.flex.next_agent += 1;
                Some(self.flex.next_agent)
            }
        };
        self.flex.agent = next;
        if before.is_some() && self.has_anything() {
            self.coverage.arose(Fact::AgentGone);
        }
        self.tell(Event::AgentChanged(identity(next)));
        // Without a list, presence goes on for the next agent with what components show.
        if before.is_some() && (next.is_none() || self.flex.is_listing) {
            self.check_nothing_left();
        }
        // Flex lists the next agent's tasks.
        for task in self.flex.running() {
            self.flex.tasks[task].status = "completed";
        }
        if self.flex.agent.is_some() {
            self.show_task(None);
            self.list_tasks();
        }
    }

    /// Everything is taken back, and registered again later.
    pub(crate) fn dispose(&mut self) {
        if self.has_anything() {
            self.coverage.arose(Fact::Disposed);
        }
        self.tell(Event::Disposed);
        self.check_nothing_left();
        self.flex.shown =
            vec![(ComponentId(1), Slot::Header, None), (ComponentId(2), Slot::Panel, None)];
        self.tell_settings();
        self.list_tasks();
        self.select_task();
    }

    pub(crate) fn settings_change(&mut self) {
        let source = match self.rng.below(3) {
            0 => Source::Registration,
            1 => Source::Component(Slot::Header),
            _ => Source::Component(Slot::Panel),
        };
        if self.rng.chance(0.15) {
            self.sources.retain(|(known, _)| *known != source);
            self.tell(Event::SettingsGone(source));
            return;
        }
        let at = self.rng.below(self.settings.len());
        self.sources.retain(|(known, _)| *known != source);
        self.sources.push((source, at));
        let settings = self.settings[at].clone();
        self.tell(Event::SettingsChanged(source, settings));
    }

    pub(crate) fn tell_settings(&mut self) {
        for (source, at) in self.sources.clone() {
            let settings = self.settings[at].clone();
            self.tell(Event::SettingsChanged(source, settings));
        }
    }
}
