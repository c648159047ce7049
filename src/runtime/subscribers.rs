//! Components that show what the desk knows.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use web_sys::Element;

use crate::core::ids::TaskSid;

/// Is told which task changed.
pub(super) type Listen = Rc<dyn Fn(&TaskSid)>;

#[derive(Default)]
pub(super) struct Subscribers {
    known: Vec<Subscriber>,
    last: u32,
}

struct Subscriber {
    id: u32,
    listen: Listen,
    /// The place for frames that the component has, and the task that it shows.
    panel: Option<(Element, Option<TaskSid>)>,
}

impl Subscribers {
    pub(super) fn add(&mut self, listen: Listen) -> u32 {
        self.last += 1;
        self.known.push(Subscriber { id: self.last, listen, panel: None });
        self.last
    }

    pub(super) fn listeners(&self) -> Vec<Listen> {
        self.known.iter().map(|subscriber| subscriber.listen.clone()).collect()
    }

    /// The places for frames, each with the task that it shows.
    pub(super) fn panels(&self) -> Vec<(Element, Option<TaskSid>)> {
        self.known.iter().filter_map(|subscriber| subscriber.panel.clone()).collect()
    }

    /// The place for frames of the component that shows the task.
    pub(super) fn panel_of(&self, task: &TaskSid) -> Option<Element> {
        let panels = self.panels().into_iter();
        panels.filter(|(_, shown)| shown.as_ref() == Some(task)).map(|(panel, _)| panel).next()
    }
}

/// Calls a component's function until it is dropped.
#[must_use = "the subscription ends on drop"]
pub struct Subscription {
    subscribers: Weak<RefCell<Subscribers>>,
    id: u32,
}

impl Subscription {
    pub(super) fn new(subscribers: &Rc<RefCell<Subscribers>>, id: u32) -> Self {
        Self { subscribers: Rc::downgrade(subscribers), id }
    }

    /// Notes the place for frames that the component has, and the task that it shows.
    pub fn show_panel(&self, panel: Option<(Element, Option<TaskSid>)>) {
        let Some(subscribers) = self.subscribers.upgrade() else { return };
        if let Some(own) =
            subscribers.borrow_mut().known.iter_mut().find(|known| known.id == self.id)
        {
            own.panel = panel;
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(subscribers) = self.subscribers.upgrade() {
            subscribers.borrow_mut().known.retain(|known| known.id != self.id);
        }
    }
}
