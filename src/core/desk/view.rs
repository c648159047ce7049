//! What others may read of the desk.

use crate::core::{
    desk::{ActionWait, Desk, Standing, Visibility},
    ids::TaskSid,
    policy::Kind,
    presence::{Presence, PresenceStatus},
    session::Session,
    task::TaskKeyError,
};

/// What a component needs to draw itself for a task.
#[derive(Clone, Copy, Debug)]
pub struct TaskView<'a> {
    /// `None` while nothing has happened for the task.
    pub session: Option<&'a Session>,
    /// What presence knows of the visitor. `None` if presence is off, or the task names no visitor or is
    /// not accepted yet.
    pub presence: Option<&'a PresenceStatus>,
    pub standing: Standing,
    pub visibility: Visibility,
    /// A button's Action that has not run yet.
    pub action: Option<ActionWait>,
}

/// Why no session can be started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CannotStart {
    /// No component or registration has told valid props.
    NoSettings,
    /// This rule of the policy says no.
    Policy(Kind),
    NoVisitor(TaskKeyError),
}

impl Desk {
    pub fn task_view(&self, task: &TaskSid) -> TaskView<'_> {
        let status = |(sid, status)| (sid == task).then_some(status);
        TaskView {
            session: self.entry(task).map(|entry| &entry.session),
            presence: self.seen.iter().map(|(sid, status)| (sid, status)).find_map(status),
            standing: self.tasks.standing(task),
            visibility: self.visibility(task),
            action: self.entry(task).and_then(|entry| entry.action),
        }
    }

    /// Whether a component shows the task to the agent.
    pub fn is_shown(&self, task: &TaskSid) -> bool {
        self.tasks.is_shown(task)
    }

    /// Whether the task's header shows it, and so announces its news.
    pub fn is_in_header(&self, task: &TaskSid) -> bool {
        self.tasks.is_in_header(task)
    }

    /// Whether a viewer is in Flex's panel, or on its way there.
    pub fn needs_panel(&self) -> bool {
        self.sessions.iter().any(|entry| entry.session.needs_panel())
    }

    /// Whether the agent holds the task.
    pub fn holds(&self, task: &TaskSid) -> bool {
        self.tasks.holds(task)
    }

    /// The tasks that have a session.
    pub fn tasks_with_session(&self) -> Vec<TaskSid> {
        self.session_tasks()
    }

    /// Presence, for tests and the log.
    pub fn presence(&self) -> &Presence {
        &self.presence
    }
}
