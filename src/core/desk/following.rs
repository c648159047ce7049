//! Which visitors presence follows for which tasks, and what sessions and agents are told of them.

use crate::core::{
    desk::Desk,
    ids::{ConnectionId, TaskSid},
    presence::{PresenceStatus, Signal},
    session::invitation,
    session_key::SessionKey,
    task::Task,
    time::Now,
};

impl Desk {
    /// Takes what a connection says: of the visitor, and of the sessions of the visitor's tasks.
    pub(super) fn signal(&mut self, connection: ConnectionId, signal: &Signal, now: Now) {
        let Some(visitor) = self.presence.visitor(connection).cloned() else { return };
        self.with_presence(now, |presence, tools| presence.signal(connection, signal, tools));
        let event = match signal {
            Signal::Accepted => invitation::Event::Accepted,
            Signal::Declined => invitation::Event::Declined,
            Signal::Started => invitation::Event::Started,
            Signal::Ended => invitation::Event::Ended,
            _ => return,
        };
        for task in self.tasks_of(&visitor) {
            let invitation = &self.ensure_entry(&task).session.invitation;
            // The task may have named another visitor when the agent asked: that session is not this one's.
            let is_others =
                invitation.request().is_some_and(|request| request.session_key != visitor);
            let begins = matches!(signal, Signal::Accepted | Signal::Started);
            if is_others && (!begins || invitation.has_agreed()) {
                continue;
            }
            if is_others {
                let event = invitation::Event::GiveWay;
                self.invitation_event(&task.sid, event, "another visitor", now);
            }
            self.invitation_event(&task.sid, event.clone(), signal.name(), now);
        }
    }

    /// Tells the sessions what presence knows now, where that has changed.
    pub(super) fn tell_presence(&mut self, now: Now) {
        let followed: Vec<Task> = self.followed().into_iter().cloned().collect();
        let before = std::mem::take(&mut self.seen);
        for task in &followed {
            // The task is followed, so what is known of its visitor is of this task.
            let visitor = task.session_key().ok();
            let status = visitor.and_then(|visitor| self.presence.status(&visitor).cloned());
            let Some(status) = status else { continue };
            let known = before.iter().find(|(sid, _)| *sid == task.sid).map(|(_, status)| status);
            self.seen.push((task.sid.clone(), status.clone()));
            if known == Some(&status) {
                continue;
            }
            self.touch(&task.sid);
            if known == Some(&PresenceStatus::Offline) && status.is_online() {
                self.notice_arrival(task);
            }
            let event = invitation::Event::PresenceChanged;
            self.invitation_event(&task.sid, event, status.name(), now);
        }
        // Visitors who are followed no longer: nobody hears of their sessions' ends.
        for (task, _) in before {
            if self.seen.iter().all(|(sid, _)| *sid != task) {
                let event = invitation::Event::PresenceChanged;
                self.invitation_event(&task, event, "presence: off", now);
                self.touch(&task);
            }
        }
    }

    /// The tasks whose visitors presence follows.
    pub(super) fn followed(&self) -> Vec<&Task> {
        let is_under_way = |sid: &TaskSid| {
            self.entry(sid).is_some_and(|entry| entry.session.invitation.is_under_way())
        };
        self.tasks.followed(is_under_way, self.sessions.iter().map(|entry| &entry.task))
    }

    pub(super) fn tasks_of(&self, visitor: &SessionKey) -> Vec<Task> {
        let is_theirs = |task: &&Task| task.session_key().as_ref() == Ok(visitor);
        self.followed().into_iter().filter(is_theirs).cloned().collect()
    }

    /// What presence knows of the visitor of a task that is followed. Another task of the same visitor may
    /// be followed while this one is not, and then nobody tells this one anything.
    pub(super) fn presence_of(&self, task: &Task) -> Option<&PresenceStatus> {
        let is_followed = self.followed().iter().any(|followed| followed.sid == task.sid);
        self.presence.status(&task.session_key().ok()?).filter(|_| is_followed)
    }
}
