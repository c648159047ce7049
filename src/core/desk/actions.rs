//! A button's Action that has not run yet: a `before…` listener of another plugin comes first, and may never
//! answer.
//!
//! ```text
//! none ──waits──▶ Waiting ──`ACTION_TIMEOUT_MS`──▶ HeldBack
//!   ▲                │                                 │ dismissed
//!   └── let through, ┴── refused, task over ───────────┘
//! ```
//!
//! One that the agent has dismissed does nothing when it is let through later.

use crate::core::{desk::Desk, ids::TaskSid, time::Now};

/// After this long the agent is told, in milliseconds.
pub const ACTION_TIMEOUT_MS: f64 = 5_000.0;

/// What became of an Action that did not run at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ActionWait {
    Waiting { deadline_ms: f64 },
    HeldBack,
}

impl ActionWait {
    /// By the monotonic clock.
    pub(super) fn deadline(self) -> Option<f64> {
        match self {
            Self::Waiting { deadline_ms } => Some(deadline_ms),
            Self::HeldBack => None,
        }
    }
}

impl Desk {
    /// * `again`: the same Action waits already.
    pub(super) fn action_waits(&mut self, sid: &TaskSid, again: bool, now: Now) {
        let Some(task) = self.tasks.find(sid).cloned() else { return };
        let waiting = ActionWait::Waiting { deadline_ms: now.after(ACTION_TIMEOUT_MS) };
        self.ensure_entry(&task).action = Some(if again { ActionWait::HeldBack } else { waiting });
        self.touch(sid);
    }

    /// Whether there was one.
    pub(super) fn action_over(&mut self, sid: &TaskSid) -> bool {
        let entry = self.sessions.iter_mut().find(|entry| entry.task.sid == *sid);
        let was_waiting = entry.is_some_and(|entry| entry.action.take().is_some());
        if was_waiting {
            self.touch(sid);
        }
        was_waiting
    }

    /// Tells the agent of one that has waited for too long.
    pub(super) fn action_deadline(&mut self, sid: &TaskSid, now: Now) {
        let due = self.entry(sid).and_then(|entry| entry.action?.deadline());
        if due.is_some_and(|due_ms| now.is_past(due_ms)) {
            self.action_over(sid);
            self.action_waits(sid, true, now);
        }
    }
}
