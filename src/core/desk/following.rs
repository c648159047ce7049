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

    /// Follows the visitors of the tasks that are followed now, and tells the sessions what presence knows of
    /// them, where that has changed.
    pub(super) fn follow(&mut self, now: Now) {
        let followed = self.visitors();
        let mut visitors: Vec<SessionKey> = vec![];
        for (_, visitor) in &followed {
            if !visitors.contains(visitor) {
                visitors.push(visitor.clone());
            }
        }
        self.with_presence(now, |presence, tools| presence.follow(visitors, tools));
        self.tell_presence(followed, now);
    }

    /// By task: the visitors to follow. Nobody is looked for while presence is off.
    fn visitors(&self) -> Vec<(TaskSid, SessionKey)> {
        if self.presence.settings().is_none() {
            return vec![];
        }
        let named = |task: &Task| Some((task.sid.clone(), task.session_key().ok()?));
        self.followed().into_iter().filter_map(named).collect()
    }

    fn tell_presence(&mut self, followed: Vec<(TaskSid, SessionKey)>, now: Now) {
        let before = std::mem::take(&mut self.seen);
        for (task, visitor) in followed {
            // The task is followed, so what is known of its visitor is of this task.
            let Some(status) = self.presence.status(&visitor).cloned() else { continue };
            let known = before.iter().find(|(sid, _)| *sid == task).map(|(_, status)| status);
            self.seen.push((task.clone(), status.clone()));
            if known == Some(&status) {
                continue;
            }
            self.touch(&task);
            if known == Some(&PresenceStatus::Offline) && status.is_online() {
                self.notice_arrival(&task);
            }
            let event = invitation::Event::PresenceChanged;
            self.invitation_event(&task, event, status.name(), now);
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

    /// The tasks whose visitors presence follows: none that the policy hides.
    fn followed(&self) -> Vec<&Task> {
        let is_under_way = |sid: &TaskSid| {
            self.entry(sid).is_some_and(|entry| entry.session.invitation.is_under_way())
        };
        let mut followed =
            self.tasks.followed(is_under_way, self.sessions.iter().map(|entry| &entry.task));
        followed.retain(|task| !self.is_hidden(&task.sid));
        followed
    }

    fn tasks_of(&self, visitor: &SessionKey) -> Vec<Task> {
        let is_theirs = |task: &&Task| task.session_key().as_ref() == Ok(visitor);
        self.followed().into_iter().filter(is_theirs).cloned().collect()
    }

    /// What presence knows of the visitor of a task that is followed. Another task of the same visitor may
    /// be followed while this one is not, and then nobody tells this one anything.
    pub(super) fn presence_of(&self, task: &Task) -> Option<&PresenceStatus> {
        self.presence.settings()?;
        let status = self.presence.status(&task.session_key().ok()?)?;
        let is_followed = self.followed().iter().any(|followed| followed.sid == task.sid);
        is_followed.then_some(status)
    }
}
