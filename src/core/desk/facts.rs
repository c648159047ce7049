//! What stands of the sessions on their tasks: read where this page has not seen the session itself, and written
//! where it has.

use std::rc::Rc;

use crate::core::{
    desk::{Desk, Effect, Standing},
    ids::TaskSid,
    session::{
        self, EndReason, Session, ViewerRequest,
        facts::{Beginning, Change, SessionFacts, WorkerSid},
        invitation::{self, Invitation},
    },
    settings::Settings,
    task::Task,
    time::{Moment, Now},
};

impl Desk {
    /// Takes up what the agent's tasks say, where nothing goes on here.
    pub(super) fn hear_facts(&mut self, now: Now) {
        for (task, facts) in self.tasks.with_facts() {
            if self.tasks.standing(&task.sid) != Standing::Own {
                continue;
            }
            let session = self.entry(&task.sid).map(|entry| &entry.session);
            match facts.running_since_s {
                Some(since_s) if session.is_none_or(Session::is_at_rest) => {
                    self.hear_of_session(&task, &facts, since_s, now);
                }
                running
                    if session.is_some_and(is_told)
                        && (running.is_none() || self.is_kept_out(&task.sid, &facts)) =>
                {
                    let event = invitation::Event::ToldOver;
                    self.invitation_event(&task.sid, event, "facts", now);
                }
                _ => {}
            }
        }
    }

    fn hear_of_session(&mut self, task: &Task, facts: &SessionFacts, since_s: f64, now: Now) {
        let Some(settings) = self.settings_of(&task.sid).cloned() else { return };
        let over_at_s = self.entry(&task.sid).map_or(0.0, |entry| entry.over_at_s);
        if !settings.config.session_facts || since_s <= over_at_s {
            return;
        }
        let max_age_ms = settings.config.session_max_age_ms;
        let since = moment_of(since_s, now);
        if since.is_older_than(max_age_ms, now) {
            self.ensure_entry(task);
            let change = Change::Ended { seconds: 0.0, reason: EndReason::Unknown };
            self.write_facts(&task.sid, change, now);
            return;
        }
        if self.is_kept_out(&task.sid, facts) {
            return;
        }
        let is_own = self.was_in(facts);
        let request = request_of(task, facts, &settings);
        let deadline_ms = since.after(max_age_ms);
        self.ensure_entry(task);
        let event = invitation::Event::Told { request, since, is_own, deadline_ms };
        self.session_event(&task.sid, session::Event::Invitation(event), "facts", now);
    }

    fn was_in(&self, facts: &SessionFacts) -> bool {
        self.worker_sid().is_some_and(|worker| facts.workers.contains(&worker))
    }

    /// Whether the policy keeps the agent out of a session that they were not in. Their own goes on.
    fn is_kept_out(&self, task: &TaskSid, facts: &SessionFacts) -> bool {
        !self.was_in(facts) && self.denial(task).is_some()
    }

    /// Asks for a change of what stands on the task, unless the settings say that nothing stands there.
    pub(super) fn write_facts(&mut self, task: &TaskSid, change: Change, now: Now) {
        let at_s = (now.unix_ms / 1_000.0).floor();
        if let (Change::Ended { .. }, Some(entry)) = (&change, self.entry_mut(task)) {
            entry.over_at_s = at_s;
        }
        if self.settings_of(task).is_some_and(|settings| settings.config.session_facts) {
            let worker = self.worker_sid();
            self.effects.push_back(Effect::WriteFacts { task: task.clone(), change, worker, at_s });
        }
    }

    fn worker_sid(&self) -> Option<WorkerSid> {
        self.worker.names.0.iter().flatten().find_map(|name| WorkerSid::parse(name))
    }
}

fn is_told(session: &Session) -> bool {
    matches!(session.invitation, Invitation::Told { .. })
}

/// The viewer of a session that the task's own key names, or that of a link. A typed key stands nowhere.
fn request_of(task: &Task, facts: &SessionFacts, settings: &Settings) -> Option<Rc<ViewerRequest>> {
    let own = || match facts.began {
        Some(Beginning::Key | Beginning::Link) => None,
        _ => task.session_key().ok(),
    };
    let key = facts.invitation.clone().or_else(own)?;
    Some(ViewerRequest::new(key, settings).into())
}

/// A moment of another page, which has no monotonic clock of this one. It is not in the future.
fn moment_of(unix_s: f64, now: Now) -> Moment {
    let unix_ms = (unix_s * 1_000.0).min(now.unix_ms);
    Moment { unix_ms, mono_ms: now.mono_ms - (now.unix_ms - unix_ms) }
}
