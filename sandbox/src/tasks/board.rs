//! The agent's tasks: one board for the visitor's site, the control API and TaskRouter.

use std::sync::Mutex;

use serde_json::{Map, Value};
use tokio::sync::{broadcast, watch};

use super::reservation::{Channel, Event, Reservation, Status, Step};
use crate::{
    Sandbox,
    common::{clock, lock, random},
};

/// Events that a slow event socket may lag behind before it is closed and asked to come again.
const BACKLOG: usize = 256;

/// All reservations, ended ones included, and the events about them.
pub(crate) struct Board {
    reservations: Mutex<Vec<Reservation>>,
    events: broadcast::Sender<Event>,
    /// Wakes those who follow a task's state.
    changes: watch::Sender<()>,
}

impl Default for Board {
    fn default() -> Self {
        Self {
            reservations: Mutex::default(),
            events: broadcast::Sender::new(BACKLOG),
            changes: watch::Sender::default(),
        }
    }
}

impl Board {
    /// Every event from now on.
    pub(crate) fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// Pushes events to every event socket; without one they are nobody's loss.
    pub(crate) fn push(&self, events: impl IntoIterator<Item = Event>) {
        for event in events {
            let _ = self.events.send(event);
        }
        self.changes.send_replace(());
    }

    /// What `read` makes of each reservation that the agent still has.
    pub(crate) fn active(&self, read: impl Fn(&Reservation) -> Value) -> Vec<Value> {
        let reservations = lock(&self.reservations);
        reservations.iter().filter(|reservation| reservation.status.is_active()).map(read).collect()
    }

    /// What `read` makes of the reservation with this SID of a reservation or task.
    pub(crate) fn read<T>(&self, sid: &str, read: impl FnOnce(&Reservation) -> T) -> Option<T> {
        lock(&self.reservations).iter().find(|reservation| is_named(reservation, sid)).map(read)
    }

    /// Changes the reservation with this SID of a reservation or task and pushes what comes of it.
    ///
    /// Returns nothing if there is no such reservation, and otherwise it in its new form.
    ///
    /// # Errors
    /// What `change` says.
    pub(crate) fn change(
        &self,
        sid: &str,
        change: impl FnOnce(&mut Reservation, u64) -> Result<Vec<Event>, String>,
    ) -> Option<Result<Reservation, String>> {
        let mut reservations = lock(&self.reservations);
        let reservation = reservations.iter_mut().find(|reservation| is_named(reservation, sid))?;
        let changed = change(reservation, clock::now_s());
        // Still under the lock, so that events keep the order of the changes.
        Some(changed.map(|events| {
            self.push(events);
            reservation.clone()
        }))
    }

    /// Adds a reservation and pushes `reservation.created`.
    fn add(&self, reservation: Reservation) {
        let mut reservations = lock(&self.reservations);
        self.push([reservation.event("reservation.created", clock::now_s())]);
        reservations.push(reservation);
    }

    /// Takes every task back from the agent.
    pub(crate) fn clear(&self) {
        for reservation in lock(&self.reservations).iter_mut() {
            if let Ok(events) = reservation.step(Step::Cancel, clock::now_s()) {
                self.push(events);
            }
        }
    }
}

fn is_named(reservation: &Reservation, sid: &str) -> bool {
    reservation.sid == sid || reservation.task_sid == sid
}

/// A task to route to the agent.
pub(crate) struct NewTask {
    /// The customer's name as the agent sees it.
    pub(crate) name: String,
    pub(crate) channel: Channel,
    /// Task attributes beside the name.
    pub(crate) attributes: Map<String, Value>,
}

/// Routes a task to the agent and returns the SID of the reservation.
pub(crate) fn create_task(sandbox: &Sandbox, task: NewTask) -> String {
    reserve(sandbox, task, Status::Pending).sid
}

/// Routes a task to the agent; with `Status::Accepted` it arrives accepted already.
pub(crate) fn reserve(sandbox: &Sandbox, task: NewTask, status: Status) -> Reservation {
    let now_s = clock::now_s();
    let mut attributes = task.attributes;
    attributes.entry("name").or_insert_with(|| task.name.into());
    let reservation = Reservation {
        sid: random::sid("WR"),
        task_sid: random::sid("WT"),
        channel: task.channel,
        status,
        attributes,
        version: 0,
        task_version: 0,
        created_at_s: now_s,
        updated_at_s: now_s,
    };
    sandbox.tasks.add(reservation.clone());
    reservation
}

/// How a task stands, as the visitor may know it: `pending`, `accepted`, `wrapup`, `completed`,
/// `transferred`, `canceled` or `rejected`. Nothing if there is no such reservation.
pub(crate) fn task_state(sandbox: &Sandbox, reservation_sid: &str) -> Option<&'static str> {
    sandbox.tasks.read(reservation_sid, |reservation| reservation.status.visitor_word())
}

/// Wakes its holder whenever a task may stand otherwise; `task_state` then tells how.
pub(crate) fn task_changes(sandbox: &Sandbox) -> watch::Receiver<()> {
    sandbox.tasks.changes.subscribe()
}

/// Takes a task back because the visitor left; harmless if it has ended or never was.
pub(crate) fn cancel_task(sandbox: &Sandbox, reservation_sid: &str) {
    let _ = sandbox
        .tasks
        .change(reservation_sid, |reservation, now_s| reservation.step(Step::Cancel, now_s));
}
