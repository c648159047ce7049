//! Which tasks the agent holds, which of them are shown, and whose visitors are therefore followed.
//!
//! ```text
//! unknown ──listed──▶ held ──missing from the list──▶ held for `MISSING_GRACE_MS` ──▶ gone
//!                      │ ▲──────────listed again──────────────┘                        ▲
//!                      └── listed with an ended status, or another agent came ─────────┘
//! ```
//!
//! A task that is gone has no session, though a component may still show it. Where the host lists no tasks,
//! those that components show are held.

use std::rc::Rc;

use crate::core::{
    ids::{ComponentId, TaskSid},
    session::facts::SessionFacts,
    task::{ListedTask, Task},
    time::{Moment, Now},
};

/// How long a task may be missing from Flex's list before it counts as gone, in milliseconds: Flex reads
/// its list anew after a break, and may have it empty meanwhile.
pub const MISSING_GRACE_MS: f64 = 10_000.0;

/// How long a component may be off the page while somebody moves it, in milliseconds.
pub const MOVE_GRACE_MS: f64 = 1_000.0;

/// The place in Flex that a component is shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Slot {
    /// `TaskCanvasHeader`: 52 pixels high and narrow.
    #[default]
    Header,
    /// `CRMContainer`, the second panel.
    Panel,
    /// `CRMContainer` too, shown only while a viewer is open in it.
    Host,
}

/// Whether the agent may act on a task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    #[default]
    Own,
    /// Offered to the agent, who has not accepted it yet.
    Offered,
    /// Shown to the agent, and another agent's: the host does not list it.
    Foreign,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Tasks {
    /// As the host lists them. `None` for a host that lists nothing: the tasks that components show are
    /// the agent's then.
    listed: Option<Vec<Listed>>,
    /// What the host's latest list names, whatever its status.
    named: Vec<TaskSid>,
    shown: Vec<Shown>,
    /// Tasks whose end is known, though a component still shows them.
    ended: Vec<TaskSid>,
    /// Tasks whose component went off the page, and until when they still count as shown: whoever moves an
    /// element takes it away for a moment.
    moving: Vec<(Task, f64)>,
    /// Tasks of an instance before this one. Where the host lists tasks, they belong to its first list.
    restored: Vec<TaskSid>,
}

#[derive(Clone, Debug)]
struct Listed {
    task: Task,
    is_accepted: bool,
    /// Since when it is missing from the list.
    missing_since: Option<Moment>,
    /// Whether the host has told of it, and not only an instance before this one.
    is_told: bool,
}

/// What one component shows.
#[derive(Clone, Debug)]
struct Shown {
    component: ComponentId,
    slot: Slot,
    task: Option<Task>,
}

impl Tasks {
    /// Takes the host's list. A task that is listed with an ended status is gone at once; one that is
    /// missing without a word is gone after `MISSING_GRACE_MS`.
    pub(super) fn list(&mut self, tasks: Vec<ListedTask>, now: Now) {
        self.named = tasks.iter().map(|told| told.task.sid.clone()).collect();
        // Nobody knows what becomes of a task without a status: it counts as missing.
        let tasks: Vec<_> = tasks.into_iter().filter(|told| !told.status.is_empty()).collect();
        let mut listed: Vec<Listed> = vec![];
        let is_told = |sid: &TaskSid| tasks.iter().any(|told| told.task.sid == *sid);
        let restored = std::mem::take(&mut self.restored).into_iter().map(Listed::restored);
        let before = self.listed.take().unwrap_or_else(|| restored.collect());
        for old in before {
            if !is_told(&old.task.sid) {
                let missing_since = old.missing_since.or(Some(now.moment()));
                listed.push(Listed { missing_since, ..old });
            }
        }
        for told in tasks {
            self.ended.retain(|sid| *sid != told.task.sid);
            if told.is_active() {
                let is_accepted = told.is_accepted();
                let task = told.task;
                listed.push(Listed { task, is_accepted, missing_since: None, is_told: true });
            } else {
                self.ended.push(told.task.sid);
            }
        }
        self.listed = Some(listed);
        self.forget_ended();
    }

    /// An instance before this one held the task.
    pub(super) fn restore(&mut self, task: TaskSid) {
        self.restored.push(task);
    }

    /// Drops what has been missing for too long.
    pub(super) fn on_deadline(&mut self, now: Now) {
        let ended = &mut self.ended;
        self.listed.iter_mut().for_each(|listed| {
            listed.retain(|listed| {
                let is_gone = listed
                    .missing_since
                    .is_some_and(|since| now.is_past(since.after(MISSING_GRACE_MS)));
                if is_gone && listed.is_told {
                    ended.push(listed.task.sid.clone());
                }
                !is_gone
            });
        });
        self.moving.retain(|(_, until_ms)| !now.is_past(*until_ms));
        self.forget_ended();
    }

    /// By the monotonic clock.
    pub(super) fn deadline(&self) -> Option<f64> {
        let missing = self.listed.iter().flatten().filter_map(|listed| listed.missing_since);
        let missing = missing.map(|since| since.after(MISSING_GRACE_MS));
        missing.chain(self.moving.iter().map(|(_, until_ms)| *until_ms)).reduce(f64::min)
    }

    /// The agent whose tasks these are is gone.
    pub(super) fn clear(&mut self) {
        self.named.clear();
        self.moving.clear();
        self.restored.clear();
        let listed = self.listed.iter_mut().flat_map(|listed| listed.drain(..));
        self.ended.extend(listed.map(|listed| listed.task.sid));
        let shown = self.shown.iter().filter_map(|shown| shown.task.as_ref());
        self.ended.extend(shown.map(|task| task.sid.clone()));
        self.forget_ended();
    }

    /// Another agent is there. Without a list, what components show is theirs.
    pub(super) fn welcome(&mut self) {
        if !self.is_listing() {
            self.ended.clear();
        }
    }

    /// Notes what a component shows.
    pub(super) fn show(&mut self, component: ComponentId, slot: Slot, task: Option<Task>) {
        self.shown.retain(|shown| shown.component != component);
        self.shown.push(Shown { component, slot, task });
        self.forget_ended();
    }

    /// A component is off the page.
    pub(super) fn hide(&mut self, component: ComponentId, now: Now) {
        let gone = self.shown.iter().find(|shown| shown.component == component);
        let task = gone.and_then(|shown| shown.task.clone());
        if let Some(task) = task.filter(|task| !self.is_listing() && self.holds(&task.sid)) {
            self.moving.push((task, now.after(MOVE_GRACE_MS)));
        }
        self.shown.retain(|shown| shown.component != component);
        self.forget_ended();
    }

    /// Whether the host lists its tasks.
    pub(super) fn is_listing(&self) -> bool {
        self.listed.is_some()
    }

    /// Whether the task is the agent's: listed, or shown by a component though the host does not list it.
    pub(super) fn holds(&self, sid: &TaskSid) -> bool {
        self.held().any(|task| task.sid == *sid) || self.restored.contains(sid)
    }

    /// The task as it was told last.
    pub(super) fn find(&self, sid: &TaskSid) -> Option<&Task> {
        let moving = self.moving.iter().map(|(task, _)| task);
        self.held().chain(moving).find(|task| task.sid == *sid)
    }

    /// The task as it was told last, ended or not.
    pub(super) fn told(&self, sid: &TaskSid) -> Option<&Task> {
        let shown = self.shown.iter().filter_map(|shown| shown.task.as_ref());
        self.find(sid).or_else(|| shown.clone().find(|task| task.sid == *sid))
    }

    /// Every task that the host lists or a component shows.
    pub(super) fn known(&self) -> Vec<TaskSid> {
        let listed = self.listed.iter().flatten().map(|listed| &listed.task);
        let shown = self.shown.iter().filter_map(|shown| shown.task.as_ref());
        let mut known: Vec<TaskSid> = listed.map(|task| task.sid.clone()).collect();
        for task in shown {
            if !known.contains(&task.sid) {
                known.push(task.sid.clone());
            }
        }
        known
    }

    /// The tasks that say something of their sessions. Most say nothing, and each event asks.
    pub(super) fn with_facts(&self) -> Vec<(Task, Rc<SessionFacts>)> {
        let told = self.held().filter_map(|task| Some((task, task.session.as_ref()?)));
        told.map(|(task, facts)| (task.clone(), facts.clone())).collect()
    }

    fn held(&self) -> impl Iterator<Item = &Task> {
        let listed = self.listed.iter().flatten().map(|listed| &listed.task);
        let shown = self.shown.iter().filter_map(|shown| shown.task.as_ref());
        listed.chain(shown.filter(|task| !self.ended.contains(&task.sid)))
    }

    pub(super) fn standing(&self, sid: &TaskSid) -> Standing {
        let Some(listed) = &self.listed else { return Standing::Own };
        match listed.iter().find(|listed| listed.task.sid == *sid) {
            Some(listed) if listed.is_told && !listed.is_accepted => Standing::Offered,
            Some(_) => Standing::Own,
            None if self.ended.contains(sid) || self.named.contains(sid) => Standing::Own,
            None => Standing::Foreign,
        }
    }

    /// Of every task that is shown.
    pub(super) fn standings(&self) -> Vec<(TaskSid, Standing)> {
        let shown = self.shown.iter().filter_map(|shown| shown.task.as_ref());
        shown.map(|task| (task.sid.clone(), self.standing(&task.sid))).collect()
    }

    /// The end of a task matters as long as a component shows it.
    fn forget_ended(&mut self) {
        let shown = &self.shown;
        self.ended.retain(|sid| shown.iter().any(|shown| shown.shows(sid)));
    }

    /// Whether a component shows the task to the agent. A host shows nothing but the viewer.
    pub(super) fn is_shown(&self, sid: &TaskSid) -> bool {
        self.shown.iter().any(|shown| shown.slot != Slot::Host && shown.shows(sid))
    }

    /// Where the task is shown to the agent, the header first.
    pub(super) fn slot_of(&self, sid: &TaskSid) -> Option<Slot> {
        let mut slots = [Slot::Header, Slot::Panel].into_iter();
        slots.find(|slot| self.shown.iter().any(|shown| shown.slot == *slot && shown.shows(sid)))
    }

    /// Whether the task's header shows it, and so announces its news.
    pub(super) fn is_in_header(&self, sid: &TaskSid) -> bool {
        self.shown.iter().any(|shown| shown.slot == Slot::Header && shown.shows(sid))
    }

    /// The tasks whose visitors presence follows: the accepted ones; without a list, those that are shown
    /// and those that `is_under_way` says yes to.
    pub(super) fn followed<'a>(
        &'a self,
        is_under_way: impl Fn(&TaskSid) -> bool + 'a,
        known: impl Iterator<Item = &'a Task> + 'a,
    ) -> Vec<&'a Task> {
        match &self.listed {
            Some(listed) => {
                let accepted = listed.iter().filter(|listed| listed.is_accepted);
                accepted.map(|listed| &listed.task).collect()
            }
            None => {
                let shown = self.shown.iter().filter_map(|shown| shown.task.as_ref());
                let mut tasks: Vec<&Task> =
                    shown.filter(|task| !self.ended.contains(&task.sid)).collect();
                let moving = self.moving.iter().map(|(task, _)| task);
                let known = moving.chain(known.filter(|task| is_under_way(&task.sid)));
                for task in known {
                    if tasks.iter().all(|other| other.sid != task.sid) {
                        tasks.push(task);
                    }
                }
                tasks
            }
        }
    }
}

impl Listed {
    fn restored(sid: TaskSid) -> Self {
        let task = Task { sid, ..Task::default() };
        Self { task, is_accepted: false, missing_since: None, is_told: false }
    }
}

impl Shown {
    fn shows(&self, sid: &TaskSid) -> bool {
        self.task.as_ref().is_some_and(|task| task.sid == *sid)
    }
}
