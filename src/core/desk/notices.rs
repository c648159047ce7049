//! Which notifications are up. Each goes with the state that it tells of.

use crate::core::{
    desk::{Desk, Effect, NoticeText, NotificationKind},
    ids::TaskSid,
    strings::Text,
    task::Task,
};

#[derive(Clone, Debug, Default)]
pub(super) struct Notices {
    up: Vec<(NotificationKind, TaskSid)>,
}

impl Notices {
    /// The host has taken it down.
    pub(super) fn forget(&mut self, kind: NotificationKind, task: &TaskSid) {
        self.up.retain(|notice| (notice.0, &notice.1) != (kind, task));
    }
}

impl Desk {
    /// A visitor came whose task the agent does not see.
    pub(super) fn notice_arrival(&mut self, task: &TaskSid) {
        let wants = self.presence.settings().is_some_and(|settings| settings.config.notifications);
        let task = self.tasks.find(task).filter(|_| wants && !self.tasks.is_shown(task)).cloned();
        if let Some(task) = task {
            self.notify(NotificationKind::Arrived, &task);
        }
    }

    /// A viewer that opens when the visitor accepts opens outside any click, so the browser may refuse
    /// it while the agent looks elsewhere.
    pub(super) fn notice_blocked(&mut self, task: &TaskSid) {
        if let Some(task) = self.entry(task).map(|entry| entry.task.clone()) {
            self.notify(NotificationKind::Accepted, &task);
        }
    }

    fn notify(&mut self, kind: NotificationKind, task: &Task) {
        let Some(settings) = self.settings_of(&task.sid) else { return };
        let strings = &settings.strings;
        let (text, button) = match kind {
            NotificationKind::Arrived => (Text::NotifyArrived, Text::ShowTask),
            NotificationKind::Accepted => (Text::NotifyAccepted, Text::OpenViewer),
        };
        let customer = task.attributes.name.text().unwrap_or(strings.text(Text::TheCustomer));
        let text = strings.filled(text, &[("customer", customer)]);
        let button = strings.text(button).to_owned();
        let sid = task.sid.clone();
        if self.notices.up.contains(&(kind, sid.clone())) {
            return;
        }
        self.notices.up.push((kind, sid.clone()));
        self.effects.push_back(Effect::Notify { kind, task: sid, text: NoticeText(text), button });
    }

    /// Takes down what is true no longer.
    pub(super) fn dismiss_notices(&mut self) {
        let up = std::mem::take(&mut self.notices.up);
        for (kind, task) in up {
            let entry = self.entry(&task);
            let is_true = match kind {
                NotificationKind::Arrived => {
                    let is_online =
                        self.seen.iter().any(|(sid, status)| *sid == task && status.is_online());
                    let is_under_way =
                        entry.is_some_and(|entry| entry.session.invitation.is_under_way());
                    is_online && !is_under_way && !self.tasks.is_shown(&task)
                }
                NotificationKind::Accepted => {
                    entry.is_some_and(|entry| entry.session.viewer.is_blocked())
                }
            };
            if is_true {
                self.notices.up.push((kind, task));
            } else {
                self.effects.push_back(Effect::DismissNotification { kind, task });
            }
        }
    }
}
