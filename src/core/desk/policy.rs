//! What the policy makes of the agent's tasks.
//!
//! Whatever it says, what runs goes on: the component stays until that is over, and presence with it.

use crate::core::{
    desk::Desk,
    ids::TaskSid,
    policy::{Decision, Denial, Policy, TaskFacts},
    session::{Session, invitation},
    task::Task,
    time::Now,
};

/// Whether the agent sees the component for a task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    #[default]
    Shown,
    /// The policy says no, and what runs is not over yet. Nothing else starts.
    Kept,
    Hidden,
}

impl Desk {
    pub fn visibility(&self, task: &TaskSid) -> Visibility {
        let is_running = || self.entry(task).is_some_and(|entry| entry.session.is_running());
        match self.denial(task) {
            None => Visibility::Shown,
            Some(_) if is_running() => Visibility::Kept,
            Some(_) => Visibility::Hidden,
        }
    }

    /// Every rule of a policy that says no to the agent and the task, for the doctor.
    pub fn denials(&self, policy: &Policy, task: &Task) -> Vec<Denial> {
        policy.denials(&self.worker, &task.facts)
    }

    /// Why the task's policy says no, if it does.
    pub(super) fn denial(&self, task: &TaskSid) -> Option<Denial> {
        let policy = &self.settings_of(task)?.config.policy;
        // Each event asks this of every task, and most desktops have no policy.
        if policy.is_empty() {
            return None;
        }
        let acted = || self.entry(task).map(|entry| &entry.task);
        let told = self.tasks.told(task).or_else(acted);
        let nothing = TaskFacts::default();
        match policy.decide(&self.worker, told.map_or(&nothing, |task| &task.facts)) {
            Decision::Allowed => None,
            Decision::Denied(denial) => Some(denial),
        }
    }

    pub(super) fn is_hidden(&self, task: &TaskSid) -> bool {
        self.visibility(task) == Visibility::Hidden
    }

    /// Draws anew what is seen otherwise now, and gives up waiting for visitors of tasks that the policy denies.
    /// Whether anything changed.
    pub(super) fn obey_policy(&mut self, now: Now) -> bool {
        for task in self.session_tasks() {
            let waits = |session: &Session| session.invitation.waits_to_invite();
            if self.entry(&task).is_some_and(|entry| waits(&entry.session))
                && self.denial(&task).is_some()
            {
                self.invitation_event(&task, invitation::Event::Withdraw, "policy", now);
            }
        }
        let mut after = vec![];
        for task in self.tasks.known() {
            let visibility = self.visibility(&task);
            if visibility != Visibility::Shown {
                after.push((task, visibility));
            }
        }
        if self.denied == after {
            return false;
        }
        let before = std::mem::replace(&mut self.denied, after.clone());
        before.iter().chain(&after).for_each(|(task, _)| self.touch(task));
        true
    }
}
