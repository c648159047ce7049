//! Actions of the agent's that another plugin has not let through yet: a `before…` listener of its own comes
//! first, and may never answer.
//!
//! ```text
//! none ──waits──▶ Waiting ──`ACTION_TIMEOUT_MS`──▶ HeldBack
//!   ▲                │                                 │ dismissed
//!   └── let through, ┴── refused, task over ───────────┘
//! ```

use crate::core::{
    ids::TaskSid,
    time::{Now, earliest},
};

/// After this long the agent is told, in milliseconds.
pub const ACTION_TIMEOUT_MS: f64 = 5_000.0;

/// What became of an Action that did not run at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ActionWait {
    Waiting { deadline_ms: f64 },
    HeldBack,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Actions {
    waits: Vec<(TaskSid, ActionWait)>,
}

impl Actions {
    pub(super) fn of(&self, task: &TaskSid) -> Option<ActionWait> {
        self.waits.iter().find(|(sid, _)| sid == task).map(|(_, wait)| *wait)
    }

    /// An Action waits. `again`: so did the same one before it.
    pub(super) fn wait(&mut self, task: TaskSid, again: bool, now: Now) {
        self.forget(&task);
        let waiting = ActionWait::Waiting { deadline_ms: now.after(ACTION_TIMEOUT_MS) };
        self.waits.push((task, if again { ActionWait::HeldBack } else { waiting }));
    }

    /// Whether there was one.
    pub(super) fn forget(&mut self, task: &TaskSid) -> bool {
        let before = self.waits.len();
        self.waits.retain(|(sid, _)| sid != task);
        before != self.waits.len()
    }

    /// The tasks whose agents are told now.
    pub(super) fn on_deadline(&mut self, now: Now) -> Vec<TaskSid> {
        let mut told = vec![];
        for (task, wait) in &mut self.waits {
            if let ActionWait::Waiting { deadline_ms } = *wait
                && now.is_past(deadline_ms)
            {
                *wait = ActionWait::HeldBack;
                told.push(task.clone());
            }
        }
        told
    }

    pub(super) fn retain(&mut self, keeps: impl Fn(&TaskSid) -> bool) {
        self.waits.retain(|(task, _)| keeps(task));
    }

    /// By the monotonic clock.
    pub(super) fn deadline(&self) -> Option<f64> {
        let due = |(_, wait): &(TaskSid, ActionWait)| match wait {
            ActionWait::Waiting { deadline_ms } => Some(*deadline_ms),
            ActionWait::HeldBack => None,
        };
        self.waits.iter().map(due).fold(None, earliest)
    }
}
