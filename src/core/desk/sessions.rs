//! The sessions of the tasks: each hears its events, and what it asks for becomes an effect.

use std::rc::Rc;

use crate::core::{
    desk::{ActionWait, Desk, Effect},
    ids::{TaskSid, short_hash},
    login_key::cache::{Answer, Waiter},
    presence::{PresenceError, PresenceStatus},
    session::{self, Session, ViewerRequest, invitation, viewer},
    settings::Settings,
    strings::Text,
    task::Task,
    time::{Now, earliest},
};

/// One task's session.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) task: Task,
    /// Of the component that acted last.
    pub(super) settings: Option<Rc<Settings>>,
    pub(super) session: Session,
    /// A button's Action that has not run yet.
    pub(super) action: Option<ActionWait>,
    /// When this page last knew a session to be over, in Unix seconds: what began before is.
    pub(super) over_at_s: f64,
}

impl Entry {
    /// By the monotonic clock.
    pub(super) fn deadline(&self) -> Option<f64> {
        earliest(self.session.deadline(), self.action.and_then(ActionWait::deadline))
    }
}

impl Desk {
    pub(super) fn end_all(&mut self, now: Now) {
        for task in self.session_tasks() {
            self.end(&task, now);
        }
    }

    pub(super) fn end(&mut self, task: &TaskSid, now: Now) {
        self.session_event(task, session::Event::TaskOver, "task over", now);
        self.sessions.retain(|entry| entry.task.sid != *task);
    }

    /// Gives whoever waited for a login key what came of it.
    pub(super) fn answer(&mut self, answers: Vec<Answer>, now: Now) {
        for Answer { waiter, outcome, retry_after_ms } in answers {
            match waiter {
                Waiter::Presence => self.with_presence(now, |presence, tools| {
                    presence.login_key(outcome, retry_after_ms, tools);
                }),
                Waiter::Task(task) => {
                    let name = if outcome.is_ok() { "login key" } else { "login key failed" };
                    self.viewer_event(&task, viewer::Event::LoginKey(outcome), name, now);
                }
            }
        }
    }

    pub(super) fn session_tasks(&self) -> Vec<TaskSid> {
        self.sessions.iter().map(|entry| entry.task.sid.clone()).collect()
    }

    pub(super) fn entry(&self, task: &TaskSid) -> Option<&Entry> {
        self.sessions.iter().find(|entry| entry.task.sid == *task)
    }

    pub(super) fn entry_mut(&mut self, task: &TaskSid) -> Option<&mut Entry> {
        self.sessions.iter_mut().find(|entry| entry.task.sid == *task)
    }

    pub(super) fn ensure_entry(&mut self, task: &Task) -> &mut Entry {
        let at = self.sessions.iter().position(|entry| entry.task.sid == task.sid);
        let at = at.unwrap_or_else(|| {
            let session = Session::default();
            self.sessions.push(Entry {
                task: task.clone(),
                settings: None,
                session,
                action: None,
                over_at_s: 0.0,
            });
            self.sessions.len() - 1
        });
        &mut self.sessions[at]
    }

    pub(super) fn viewer_event(
        &mut self,
        task: &TaskSid,
        event: viewer::Event,
        name: &str,
        now: Now,
    ) {
        self.session_event(task, session::Event::Viewer(event), name, now);
    }

    pub(super) fn invitation_event(
        &mut self,
        task: &TaskSid,
        event: invitation::Event,
        name: &str,
        now: Now,
    ) {
        self.session_event(task, session::Event::Invitation(event), name, now);
    }

    /// Gives a task's session an event and does what it asks for. Does nothing for a task without one.
    pub(super) fn session_event(
        &mut self,
        task: &TaskSid,
        event: session::Event,
        name: &str,
        now: Now,
    ) {
        let Some(at) = self.sessions.iter().position(|entry| entry.task.sid == *task) else {
            return;
        };
        let settings = self.settings_of(task).cloned();
        // What the host tells of the task now counts, not what it was when somebody clicked.
        let told = self.tasks.find(task).unwrap_or(&self.sessions[at].task).clone();
        let key = told.session_key().ok();
        // Without presence there is nothing to wait for. Nobody reads why.
        let off = PresenceStatus::Unknown(PresenceError::Connection);
        let own_key = key.clone();
        let is_task_over = matches!(event, session::Event::TaskOver);
        let concerned = match &event {
            session::Event::Invitation(invitation::Event::Invite(request)) => Some(request),
            _ => self.sessions[at].session.invitation.request(),
        };
        let is_theirs = concerned.is_none_or(|request| Some(&request.session_key) == key.as_ref());
        let status = self.presence_of(&told).filter(|_| is_theirs).cloned().unwrap_or(off);
        let visitor: Option<Rc<ViewerRequest>> = match (&settings, key) {
            (Some(settings), Some(key)) => Some(ViewerRequest::new(key, settings).into()),
            _ => None,
        };
        let entry = &mut self.sessions[at];
        let before = entry.session.clone();
        let mut requests = vec![];
        let mut context = session::Context {
            now,
            ids: &mut self.ids,
            status: &status,
            visitor: visitor.as_ref(),
        };
        entry.session.handle(event, &mut context, &mut requests);
        let after = entry.session.clone();
        let has_changed = before != after;
        let is_blocked_now = !before.viewer.is_blocked()
            && after.viewer.is_blocked()
            && after.invitation.has_agreed();
        let is_debug = settings.as_ref().is_some_and(|settings| settings.config.debug);
        if is_debug && (has_changed || name != "deadline") {
            self.effects.push_back(Effect::Log(format!(
                "task {}: {name} -> {}",
                short_hash(task.as_str()),
                after.name()
            )));
        }
        if has_changed {
            self.touch(task);
        }
        let change = Session::change(&before, &after, &requests, own_key.as_ref(), now);
        for request in requests {
            self.run(task, request, settings.as_ref(), now);
        }
        if let Some(change) = change.filter(|_| !is_task_over) {
            self.write_facts(task, change, now);
        }
        if is_blocked_now {
            self.notice_blocked(task);
        }
    }

    pub(super) fn run(
        &mut self,
        sid: &TaskSid,
        request: session::Request,
        settings: Option<&Rc<Settings>>,
        now: Now,
    ) {
        let task = sid.clone();
        let text = |text: Text| {
            settings.map_or_else(String::new, |settings| settings.strings.text(text).to_owned())
        };
        let effect = match request {
            session::Request::Invite(invitation, request) => {
                let is_sent = self.with_presence(now, |presence, tools| {
                    presence.invite(
                        invitation,
                        &request.session_key,
                        request.video.visitor.clone(),
                        tools,
                    )
                });
                if !is_sent {
                    let event = invitation::Event::Undelivered(invitation);
                    self.invitation_event(sid, event, "no connection", now);
                }
                return;
            }
            session::Request::Deliver(link, text, way) => Effect::Deliver { task, link, text, way },
            session::Request::ReportStart => {
                let Some(settings) = settings.cloned() else { return };
                Effect::ReportStart { task, settings }
            }
            session::Request::ReportEnd { duration_ms, reason } => {
                let Some(settings) = settings.cloned() else { return };
                Effect::ReportEnd { task, settings, duration_ms, reason }
            }
            session::Request::Viewer(request) => match request {
                viewer::Request::OpenWindow(viewer, target) => {
                    let title = text(Text::Loading);
                    Effect::OpenWindow { task, viewer, target, title }
                }
                viewer::Request::Navigate(viewer, url) => Effect::Navigate { task, viewer, url },
                viewer::Request::CloseWindow => Effect::CloseWindow { task },
                viewer::Request::BringWindowToFront => Effect::BringWindowToFront { task },
                viewer::Request::LookAtWindow(viewer) => Effect::LookAtWindow { task, viewer },
                viewer::Request::ShowFrame(viewer, url) => Effect::ShowFrame {
                    task,
                    viewer,
                    url,
                    title: text(Text::FrameTitle),
                    sandbox: settings.and_then(|settings| settings.config.sandbox.clone()),
                },
                viewer::Request::CloseFrame => Effect::CloseFrame { task },
                viewer::Request::BringFrameToFront => Effect::BringFrameToFront { task },
                viewer::Request::LoginKey => {
                    let Some(settings) = settings else { return };
                    let waiter = Waiter::Task(task);
                    self.with_keys(|keys, ids, effects| {
                        keys.request(waiter, settings, now, ids, effects);
                    });
                    return;
                }
                viewer::Request::CancelLoginKey => {
                    let waiter = Waiter::Task(task);
                    self.with_keys(|keys, _, effects| keys.cancel(&waiter, effects));
                    return;
                }
            },
        };
        self.effects.push_back(effect);
    }
}
