//! A reservation of the agent for a task, its states, and its wire form.
//!
//! Pure: time is handed in, and what happened comes back as the events TaskRouter would push.

use serde_json::{Map, Value, json};

use crate::common::sids;

/// A message on the worker's event socket.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Event {
    /// Such as `reservation.accepted`.
    pub(crate) kind: &'static str,
    pub(crate) payload: Value,
}

/// How the visitor got in touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Channel {
    Chat,
    Call,
}

impl Channel {
    /// TaskRouter's unique name of the task channel.
    fn unique_name(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Call => "voice",
        }
    }

    fn sid(self) -> &'static str {
        match self {
            Self::Chat => sids::CHAT_CHANNEL,
            Self::Call => sids::VOICE_CHANNEL,
        }
    }
}

/// TaskRouter's reservation status, plus who ended it where that differs for the visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Pending,
    Accepted,
    Wrapping,
    Completed,
    /// Completed for this agent; another agent goes on with the task.
    Transferred,
    Canceled,
    Rejected,
    Rescinded,
}

impl Status {
    /// `reservation_status` on the wire.
    fn wire(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Wrapping => "wrapping",
            Self::Completed | Self::Transferred => "completed",
            Self::Canceled => "canceled",
            Self::Rejected => "rejected",
            Self::Rescinded => "rescinded",
        }
    }

    /// `assignment_status` of the task on the wire.
    fn task_wire(self) -> &'static str {
        match self {
            Self::Pending => "reserved",
            Self::Accepted | Self::Transferred | Self::Rescinded => "assigned",
            Self::Wrapping => "wrapping",
            Self::Completed => "completed",
            Self::Canceled => "canceled",
            Self::Rejected => "pending",
        }
    }

    /// The state as the visitor's site is told.
    pub(crate) fn visitor_word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Wrapping => "wrapup",
            Self::Completed => "completed",
            Self::Transferred | Self::Rescinded => "transferred",
            Self::Canceled => "canceled",
            Self::Rejected => "rejected",
        }
    }

    /// Whether the agent still has the task.
    pub(crate) fn is_active(self) -> bool {
        matches!(self, Self::Pending | Self::Accepted | Self::Wrapping)
    }
}

/// What can happen to a reservation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Accept,
    Reject,
    WrapUp,
    Complete,
    /// The task is taken back: the visitor gave up or a supervisor removed it.
    Cancel,
    /// Another agent accepted first.
    Rescind,
    /// The task goes on with another agent.
    Transfer,
}

impl Step {
    /// The step that `ReservationStatus` of an agent's request asks for.
    pub(crate) fn of_status(status: &str) -> Option<Self> {
        match status {
            "accepted" => Some(Self::Accept),
            "rejected" => Some(Self::Reject),
            "wrapping" => Some(Self::WrapUp),
            "completed" => Some(Self::Complete),
            _ => None,
        }
    }

    /// The status after this step, if TaskRouter allows it from `status`.
    pub(crate) fn from(self, status: Status) -> Option<Status> {
        use Status::{Accepted, Pending, Wrapping};
        match (self, status) {
            (Self::Accept, Pending) => Some(Accepted),
            (Self::Reject, Pending) => Some(Status::Rejected),
            (Self::Rescind, Pending) => Some(Status::Rescinded),
            (Self::WrapUp, Accepted) => Some(Wrapping),
            (Self::Transfer, Accepted) => Some(Status::Transferred),
            (Self::Complete, Accepted | Wrapping) => Some(Status::Completed),
            (Self::Cancel, Pending | Accepted | Wrapping) => Some(Status::Canceled),
            _ => None,
        }
    }

    /// The events that announce the step: the task's own first, since after the end of a
    /// reservation the client knows its task no longer.
    fn events(self) -> &'static [&'static str] {
        match self {
            Self::Accept => &["reservation.accepted"],
            Self::Reject => &["reservation.rejected"],
            Self::Rescind => &["reservation.rescinded"],
            Self::WrapUp => &["task.wrapup", "reservation.wrapup"],
            Self::Complete => &["task.completed", "reservation.completed"],
            Self::Cancel => &["task.canceled", "reservation.canceled"],
            Self::Transfer => &["reservation.completed"],
        }
    }
}

/// The agent's reservation with its task.
#[derive(Clone, Debug)]
pub(crate) struct Reservation {
    pub(crate) sid: String,
    pub(crate) task_sid: String,
    pub(crate) channel: Channel,
    pub(crate) status: Status,
    pub(crate) attributes: Map<String, Value>,
    /// Each change of the reservation counts one up; so does each of the task.
    pub(crate) version: u32,
    pub(crate) task_version: u32,
    pub(crate) created_at_s: u64,
    pub(crate) updated_at_s: u64,
}

impl Reservation {
    /// Moves the reservation on and returns what TaskRouter pushes.
    ///
    /// # Errors
    /// A sentence that names the step that this status forbids.
    pub(crate) fn step(&mut self, step: Step, now_s: u64) -> Result<Vec<Event>, String> {
        let Some(status) = step.from(self.status) else {
            return Err(format!(
                "Cannot {step:?} reservation {}: its status is {}.",
                self.sid,
                self.status.wire(),
            ));
        };
        self.status = status;
        self.version += 1;
        self.task_version += 1;
        self.updated_at_s = now_s;
        Ok(step.events().iter().map(|kind| self.event(kind, now_s)).collect())
    }

    /// Replaces the task's attributes and returns what TaskRouter pushes.
    pub(crate) fn set_attributes(&mut self, attributes: Map<String, Value>, now_s: u64) -> Event {
        self.attributes = attributes;
        self.task_version += 1;
        self.updated_at_s = now_s;
        self.event("task.updated", now_s)
    }

    /// An event about the reservation or its task.
    pub(crate) fn event(&self, kind: &'static str, now_s: u64) -> Event {
        let payload =
            if kind.starts_with("task.") { self.task_wire(now_s) } else { self.wire(now_s) };
        Event { kind, payload }
    }

    /// The reservation in TaskRouter's wire form. The SDK throws if any property is absent.
    pub(crate) fn wire(&self, now_s: u64) -> Value {
        json!({
            "account_sid": sids::ACCOUNT,
            "canceled_reason_code": null,
            "date_created": self.created_at_s,
            "date_updated": self.updated_at_s,
            "reservation_status": self.status.wire(),
            "reservation_timeout": 86_400,
            "sid": self.sid,
            "task": self.task_wire(now_s),
            "version": self.version.to_string(),
            "worker_sid": sids::WORKER,
            "workspace_sid": sids::WORKSPACE,
        })
    }

    /// The task in TaskRouter's wire form; its attributes travel as a JSON string.
    pub(crate) fn task_wire(&self, now_s: u64) -> Value {
        json!({
            "addons": "{}",
            "age": now_s.saturating_sub(self.created_at_s),
            "assignment_status": self.status.task_wire(),
            "attributes": Value::Object(self.attributes.clone()).to_string(),
            "date_created": self.created_at_s,
            "date_updated": self.updated_at_s,
            "priority": 0,
            "queue_name": "Everyone",
            "queue_sid": sids::QUEUE,
            "reason": null,
            "routing_target": null,
            "sid": self.task_sid,
            "task_channel_sid": self.channel.sid(),
            "task_channel_unique_name": self.channel.unique_name(),
            "timeout": 86_400,
            "version": self.task_version.to_string(),
            "virtual_start_time": self.created_at_s,
            "workflow_name": "Assign to Anyone",
            "workflow_sid": sids::WORKFLOW,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pending() -> Reservation {
        Reservation {
            sid: "WR1".to_owned(),
            task_sid: "WT1".to_owned(),
            channel: Channel::Chat,
            status: Status::Pending,
            attributes: Map::new(),
            version: 0,
            task_version: 0,
            created_at_s: 10,
            updated_at_s: 10,
        }
    }

    const STEPS: [Step; 7] = [
        Step::Accept,
        Step::Reject,
        Step::WrapUp,
        Step::Complete,
        Step::Cancel,
        Step::Rescind,
        Step::Transfer,
    ];

    #[test]
    fn each_status_allows_the_steps_of_the_reservation_life_cycle() {
        use Step::{Accept, Cancel, Complete, Reject, Rescind, Transfer, WrapUp};
        for (status, allowed) in [
            (Status::Pending, vec![Accept, Reject, Cancel, Rescind]),
            (Status::Accepted, vec![WrapUp, Complete, Cancel, Transfer]),
            (Status::Wrapping, vec![Complete, Cancel]),
            (Status::Completed, vec![]),
            (Status::Transferred, vec![]),
            (Status::Canceled, vec![]),
            (Status::Rejected, vec![]),
            (Status::Rescinded, vec![]),
        ] {
            let found: Vec<_> =
                STEPS.into_iter().filter(|step| step.from(status).is_some()).collect();
            assert_eq!(found, allowed, "from {status:?}");
        }
    }

    #[test]
    fn wrapping_up_pushes_task_and_reservation() {
        let mut reservation = pending();
        let _ = reservation.step(Step::Accept, 11);
        let Ok(events) = reservation.step(Step::WrapUp, 12) else { panic!("refused") };
        let kinds: Vec<_> = events.iter().map(|event| event.kind).collect();
        assert_eq!(kinds, ["task.wrapup", "reservation.wrapup"]);
        assert_eq!(events[0].payload["assignment_status"], "wrapping");
        assert_eq!(events[1].payload["reservation_status"], "wrapping");
        assert_eq!(events[1].payload["version"], "2");
    }

    #[test]
    fn a_transferred_task_stays_assigned_while_the_reservation_ends() {
        let mut reservation = pending();
        let _ = reservation.step(Step::Accept, 11);
        let Ok(events) = reservation.step(Step::Transfer, 12) else { panic!("refused") };
        assert_eq!(events[0].payload["reservation_status"], "completed");
        assert_eq!(events[0].payload["task"]["assignment_status"], "assigned");
    }

    #[test]
    fn a_refused_step_changes_nothing_and_says_why() {
        let mut reservation = pending();
        let refusal = reservation.step(Step::Complete, 11);
        assert_eq!(
            refusal,
            Err("Cannot Complete reservation WR1: its status is pending.".to_owned())
        );
        assert_eq!((reservation.status, reservation.version), (Status::Pending, 0));
    }

    #[test]
    fn attributes_travel_as_a_json_string() {
        let mut reservation = pending();
        let event = reservation
            .set_attributes(Map::from_iter([("name".to_owned(), Value::from("Zoë & Co"))]), 11);
        assert_eq!(event.kind, "task.updated");
        assert_eq!(event.payload["attributes"], r#"{"name":"Zoë & Co"}"#);
        assert_eq!(event.payload["version"], "1");
    }
}
