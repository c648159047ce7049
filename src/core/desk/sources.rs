//! Whose settings count.

use std::rc::Rc;

use crate::core::{
    desk::{Desk, Slot},
    ids::TaskSid,
    settings::Settings,
    time::Now,
};

/// Who tells settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A registration with Flex.
    Registration,
    /// The component that was mounted last in this place.
    Component(Slot),
}

impl Desk {
    pub(super) fn configure(&mut self, source: Source, settings: Rc<Settings>, now: Now) {
        if self.sources.contains(&(source, settings.clone())) {
            return;
        }
        self.sources.retain(|(known, _)| *known != source);
        self.sources.push((source, settings));
        self.configure_presence(now);
    }

    /// Presence is on while any source has it on, with the settings that were told last.
    pub(super) fn configure_presence(&mut self, now: Now) {
        let sources = self.sources.iter().rev();
        let on = sources.map(|(_, settings)| settings).find(|settings| settings.config.presence);
        let settings = on.cloned();
        self.with_presence(now, |presence, tools| presence.configure(settings, tools));
    }

    /// The settings for a task: of the component that shows it now, else of the one that acted on it last,
    /// else the page's.
    pub(super) fn settings_of(&self, task: &TaskSid) -> Option<&Rc<Settings>> {
        let slot = self.tasks.slot_of(task).map(Source::Component);
        let shown = self.sources.iter().find(|(source, _)| Some(*source) == slot);
        let shown = shown.map(|(_, settings)| settings);
        let acted = self.entry(task).and_then(|entry| entry.settings.as_ref());
        shown.or(acted).or_else(|| self.sources.last().map(|(_, settings)| settings))
    }
}
