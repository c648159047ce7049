//! The desk: everything that a page knows, in one value.
//!
//! Whoever runs it tells it what happened (`handle`), does what it asks for (`poll_effect`), and wakes it
//! at `next_deadline`. It has no clock, no randomness and no I/O. Here is the routing alone: which machine
//! hears which event, and what one tells another.
//!
//! Running an effect never calls into the desk: what it learns is the next event.
//!
//! ```text
//!                                        Desk
//! agent ───┐                ┌──▶ Tasks: held, shown, followed ──┐
//! Flex ────┤                │                 followed visitors │      ┌──▶ viewers, windows, frames
//! browser ─┼──▶ handle ─────┼──▶ Presence ◀─────────────────────┘      ├──▶ login-key Function
//! Glance ──┤   (an Event)   │       │ status, signals      poll_effect ┼──▶ Glance: connect, invite
//! timer ───┘                │       ▼                     (an Effect)  ├──▶ notifications, reports
//!                           ├──▶ Session of each task ─────────────────┤
//!                           │       │ ▲ login key                      └──▶ redraw
//!                           └──▶ LoginKeyCache ◀── Presence
//! ```
//!
//! After every event `settle` draws the conclusions: tasks that are gone end, visitors are followed,
//! invitations hear of presence, and notifications go that are true no longer.

mod act;
mod effect;
mod event;
mod notices;
mod restored;
mod tasks;
mod view;

pub use effect::{Effect, Effects, NotificationKind};
pub use event::{Act, AgentIdentity, Event};
pub use restored::OpenViewer;
pub use tasks::{MISSING_GRACE_MS, MOVE_GRACE_MS, Slot};
pub use view::{CannotStart, TaskView};

use std::rc::Rc;

use crate::core::{
    desk::{notices::Notices, tasks::Tasks},
    ids::{ComponentId, ConnectionId, Ids, InvitationId, TaskSid, short_hash},
    login_key::cache::{self, Answer, LoginKeyCache, Waiter},
    presence::{Presence, PresenceError, PresenceStatus, Signal, Tools},
    session::{self, Session, ViewerRequest, invitation, viewer},
    session_key::SessionKey,
    settings::Settings,
    strings::Text,
    task::Task,
    time::{Now, earliest},
};

/// If the page's clock and the monotonic one drift apart by more than this between two events, in
/// milliseconds, the machine slept or its clock was set.
const CLOCK_JUMP_MS: f64 = 30_000.0;

#[derive(Clone, Debug, Default)]
pub struct Desk {
    ids: Ids,
    effects: Effects,
    /// How many effects were polled of those in `effects`.
    polled: usize,
    keys: LoginKeyCache,
    presence: Presence,
    tasks: Tasks,
    sessions: Vec<Entry>,
    notices: Notices,
    /// What was told last counts where no component has acted yet.
    sources: Vec<(Source, Rc<Settings>)>,
    agent: Option<AgentIdentity>,
    /// By how much the page's clock is ahead of the monotonic one.
    clock_offset_ms: Option<f64>,
    /// What presence last said of the tasks' visitors.
    seen: Vec<(TaskSid, PresenceStatus)>,
    /// Tasks of which something changed.
    touched: Vec<TaskSid>,
    /// The attributes that the console has told of.
    warned: Vec<(TaskSid, &'static str)>,
}

/// Who tells settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A registration with Flex.
    Registration,
    /// The component that was mounted last in this place.
    Component(Slot),
}

/// One task's session.
#[derive(Clone, Debug)]
struct Entry {
    task: Task,
    /// Of the component that acted last.
    settings: Option<Rc<Settings>>,
    session: Session,
}

impl Desk {
    /// Takes what happened.
    pub fn handle(&mut self, event: Event, now: Now) {
        let name = event.name();
        self.notice_clock_jump(now);
        match event {
            Event::Agent { task, settings, act } => self.act(task, settings, act, now),
            Event::EndSession(task) => self.viewer_event(&task, viewer::Event::Close, name, now),
            Event::NotificationClicked(kind, task) => self.notification_clicked(kind, task, now),

            Event::Tasks(listed) => {
                listed.iter().for_each(|listed| self.warn_of_passed_over(&listed.task));
                self.tasks.list(listed, now);
            }
            Event::AgentChanged(agent) => self.agent_changed(agent, now),
            Event::TokenChanged => self.with_presence(now, Presence::token_changed),
            Event::SettingsChanged(source, settings) => self.configure(source, settings, now),
            Event::SettingsGone(source) => {
                self.sources.retain(|(known, _)| *known != source);
                self.configure_presence(now);
            }
            Event::Shown { component, slot, task } => self.show(component, slot, task),
            Event::Unmounted(component) => self.tasks.hide(component, now),
            Event::PanelReady(task) => {
                self.viewer_event(&task, viewer::Event::PanelBack, name, now);
            }
            Event::Disposed => self.dispose(now),

            Event::Restored(viewers) => self.restore(viewers, now),
            Event::Resumed => self.resume(now),
            Event::Deadline => self.on_deadline(now),

            Event::WindowRefused(task, id) => {
                self.viewer_event(&task, viewer::Event::WindowRefused(id), name, now);
            }
            Event::WindowSeen(task, id, sight) => {
                self.viewer_event(&task, viewer::Event::WindowSeen(id, sight), name, now);
            }
            Event::WindowGone(task, id) => {
                self.viewer_event(&task, viewer::Event::WindowGone(id), name, now);
            }
            Event::FrameLoaded(task, id) => {
                self.viewer_event(&task, viewer::Event::FrameLoaded(id), name, now);
            }
            Event::PanelGone(task, id) => {
                self.viewer_event(&task, viewer::Event::PanelGone(id), name, now);
            }

            Event::PartnerUserId(request, outcome) => {
                let answers = self.with_keys(|keys, _, effects| {
                    keys.partner_user_id_resolved(request, outcome, now, effects)
                });
                self.answer(answers, now);
            }
            Event::LoginKey(request, outcome, retry_after_ms) => {
                let answers = self.with_keys(|keys, _, effects| {
                    keys.replied(request, outcome, retry_after_ms, now, effects)
                });
                self.answer(answers, now);
            }
            Event::Script(script, outcome) => {
                self.with_presence(now, |presence, tools| presence.script(script, outcome, tools));
            }
            Event::Authorized(id, granted) => {
                self.with_presence(now, |presence, tools| presence.authorized(id, granted, tools));
            }
            Event::Presence(connection, signal) => self.signal(connection, &signal, now),
            Event::Undelivered(id) => {
                for task in self.session_tasks() {
                    let event = invitation::Event::Undelivered(id);
                    self.invitation_event(&task, event, name, now);
                }
            }
        }
        self.settle(now);
    }

    /// What has to be done next, in order. Poll until there is nothing more.
    pub fn poll_effect(&mut self) -> Option<Effect> {
        let effect = self.effects.get(self.polled).cloned();
        match effect {
            Some(_) => self.polled += 1,
            None => {
                self.effects.clear();
                self.polled = 0;
            }
        }
        effect
    }

    /// When `Event::Deadline` is due, by the monotonic clock in milliseconds.
    pub fn next_deadline(&self) -> Option<f64> {
        let sessions = self.sessions.iter().map(|entry| entry.session.deadline());
        let others = [self.keys.deadline(), self.presence.deadline(), self.tasks.deadline()];
        sessions.chain(others).fold(None, earliest)
    }

    fn notice_clock_jump(&mut self, now: Now) {
        let offset_ms = now.unix_ms - now.mono_ms;
        let before = self.clock_offset_ms.replace(offset_ms);
        if before.is_some_and(|before| (before - offset_ms).abs() > CLOCK_JUMP_MS) {
            self.resume(now);
        }
    }

    fn resume(&mut self, now: Now) {
        self.with_presence(now, Presence::resumed);
        self.on_deadline(now);
    }

    fn on_deadline(&mut self, now: Now) {
        self.tasks.on_deadline(now);
        let answers = self.with_keys(|keys, _, effects| keys.on_deadline(now, effects));
        self.answer(answers, now);
        self.with_presence(now, Presence::on_deadline);
        for task in self.session_tasks() {
            // Whatever the monotonic clock says: it may have stood still while a link's key ran out.
            self.session_event(&task, session::Event::Deadline, "deadline", now);
        }
    }

    fn configure(&mut self, source: Source, settings: Rc<Settings>, now: Now) {
        if self.sources.contains(&(source, settings.clone())) {
            return;
        }
        self.sources.retain(|(known, _)| *known != source);
        self.sources.push((source, settings));
        self.configure_presence(now);
    }

    /// Presence is on while any source has it on, with the settings that were told last.
    fn configure_presence(&mut self, now: Now) {
        let sources = self.sources.iter().rev();
        let on = sources.map(|(_, settings)| settings).find(|settings| settings.config.presence);
        let settings = on.cloned();
        self.with_presence(now, |presence, tools| presence.configure(settings, tools));
    }

    fn show(&mut self, component: ComponentId, slot: Slot, task: Option<Task>) {
        task.iter().for_each(|task| self.warn_of_passed_over(task));
        self.touched.extend(task.iter().map(|task| task.sid.clone()));
        self.tasks.show(component, slot, task);
    }

    /// Says once for each task that a text which stands for nothing names no visitor.
    fn warn_of_passed_over(&mut self, task: &Task) {
        for attribute in task.passed_over() {
            let warning = (task.sid.clone(), attribute);
            if !self.warned.contains(&warning) {
                self.warned.push(warning);
                self.effects.push(Effect::Warn(format!(
                    "{attribute} of task {} is a text that stands for nothing, such as “undefined”, and \
                     names no visitor; what comes after it counts. Mend what fills it in.",
                    short_hash(task.sid.as_str())
                )));
            }
        }
    }

    /// Another agent, or nobody, is logged in: nothing of the one before goes on. A host that says for the
    /// first time who it is ends no session.
    fn agent_changed(&mut self, agent: Option<AgentIdentity>, now: Now) {
        if self.agent == agent {
            return;
        }
        let before = std::mem::replace(&mut self.agent, agent);
        if before.is_some() {
            self.tasks.clear();
            self.end_all(now);
        }
        if self.agent.is_some() {
            self.tasks.welcome();
        }
        let waiting = self.with_keys(|keys, _, effects| keys.clear(effects));
        self.with_presence(now, Presence::reset);
        // Sessions that go on get a key of the agent who is known now.
        for waiter in waiting {
            if let Waiter::Task(task) = waiter {
                let settings = self.settings_of(&task).cloned();
                let request = session::Request::Viewer(viewer::Request::LoginKey);
                if self.entry(&task).is_some() {
                    self.run(&task, request, settings.as_ref(), now);
                }
            }
        }
    }

    fn dispose(&mut self, now: Now) {
        self.end_all(now);
        self.sources.clear();
        self.tasks = Tasks::default();
        self.with_presence(now, |presence, tools| presence.configure(None, tools));
        self.with_keys(|keys, _, effects| keys.clear(effects));
    }

    fn end_all(&mut self, now: Now) {
        for task in self.session_tasks() {
            self.end(&task, now);
        }
    }

    fn end(&mut self, task: &TaskSid, now: Now) {
        self.session_event(task, session::Event::TaskOver, "task over", now);
        self.sessions.retain(|entry| entry.task.sid != *task);
    }

    /// Gives whoever waited for a login key what came of it.
    fn answer(&mut self, answers: Vec<Answer>, now: Now) {
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

    /// Takes what a connection says: of the visitor, and of the sessions of the visitor's tasks.
    fn signal(&mut self, connection: ConnectionId, signal: &Signal, now: Now) {
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

    /// What follows from any event: tasks that are gone end, visitors are followed, sessions hear of
    /// presence, notifications go with what they say.
    fn settle(&mut self, now: Now) {
        for task in self.session_tasks() {
            if self.tasks.is_listing() && !self.tasks.holds(&task) {
                self.end(&task, now);
            }
        }
        let visitors = tasks::visitors_of(self.followed());
        self.with_presence(now, |presence, tools| presence.follow(visitors, tools));
        self.tell_presence(now);
        self.dismiss_notices();
        let tasks = &self.tasks;
        self.warned.retain(|(task, _)| tasks.holds(task));
        if !self.tasks.is_listing() {
            let tasks = &self.tasks;
            self.sessions.retain(|entry| !entry.session.is_idle() || tasks.holds(&entry.task.sid));
        }
        let mut touched = std::mem::take(&mut self.touched);
        touched.sort();
        touched.dedup();
        self.effects.extend(touched.into_iter().map(Effect::Redraw));
    }

    /// Tells the sessions what presence knows now, where that has changed.
    fn tell_presence(&mut self, now: Now) {
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
            self.touched.push(task.sid.clone());
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
                self.touched.push(task);
            }
        }
    }

    /// The tasks whose visitors presence follows.
    fn followed(&self) -> Vec<&Task> {
        let is_under_way = |sid: &TaskSid| {
            self.entry(sid).is_some_and(|entry| entry.session.invitation.is_under_way())
        };
        self.tasks.followed(is_under_way, self.sessions.iter().map(|entry| &entry.task))
    }

    fn tasks_of(&self, visitor: &SessionKey) -> Vec<Task> {
        let is_theirs = |task: &&Task| task.session_key().as_ref() == Ok(visitor);
        self.followed().into_iter().filter(is_theirs).cloned().collect()
    }

    /// What presence knows of the visitor of a task that is followed. Another task of the same visitor may
    /// be followed while this one is not, and then nobody tells this one anything.
    fn presence_of(&self, task: &Task) -> Option<&PresenceStatus> {
        let is_followed = self.followed().iter().any(|followed| followed.sid == task.sid);
        self.presence.status(&task.session_key().ok()?).filter(|_| is_followed)
    }

    fn session_tasks(&self) -> Vec<TaskSid> {
        self.sessions.iter().map(|entry| entry.task.sid.clone()).collect()
    }

    fn entry(&self, task: &TaskSid) -> Option<&Entry> {
        self.sessions.iter().find(|entry| entry.task.sid == *task)
    }

    fn ensure_entry(&mut self, task: &Task) -> &mut Entry {
        let at = self.sessions.iter().position(|entry| entry.task.sid == task.sid);
        let at = at.unwrap_or_else(|| {
            let session = Session::default();
            self.sessions.push(Entry { task: task.clone(), settings: None, session });
            self.sessions.len() - 1
        });
        &mut self.sessions[at]
    }

    /// The settings for a task: of the component that shows it now, else of the one that acted on it last,
    /// else the page's.
    fn settings_of(&self, task: &TaskSid) -> Option<&Rc<Settings>> {
        let slot = self.tasks.slot_of(task).map(Source::Component);
        let shown = self.sources.iter().find(|(source, _)| Some(*source) == slot);
        let shown = shown.map(|(_, settings)| settings);
        let acted = self.entry(task).and_then(|entry| entry.settings.as_ref());
        shown.or(acted).or_else(|| self.sources.last().map(|(_, settings)| settings))
    }

    fn with_presence(&mut self, now: Now, work: impl FnOnce(&mut Presence, &mut Tools)) {
        let (mut effects, mut key_effects) = (vec![], vec![]);
        let mut tools = Tools {
            now,
            ids: &mut self.ids,
            effects: &mut effects,
            keys: &mut self.keys,
            key_effects: &mut key_effects,
        };
        work(&mut self.presence, &mut tools);
        self.effects.extend(effects.into_iter().map(Effect::from));
        self.effects.extend(key_effects.into_iter().map(Effect::from));
    }

    fn with_keys<T>(
        &mut self,
        work: impl FnOnce(&mut LoginKeyCache, &mut Ids, &mut Vec<cache::Effect>) -> T,
    ) -> T {
        let mut effects = vec![];
        let outcome = work(&mut self.keys, &mut self.ids, &mut effects);
        self.effects.extend(effects.into_iter().map(Effect::from));
        outcome
    }

    fn viewer_event(&mut self, task: &TaskSid, event: viewer::Event, name: &str, now: Now) {
        self.session_event(task, session::Event::Viewer(event), name, now);
    }

    fn invitation_event(&mut self, task: &TaskSid, event: invitation::Event, name: &str, now: Now) {
        self.session_event(task, session::Event::Invitation(event), name, now);
    }

    /// Gives a task's session an event and does what it asks for. Does nothing for a task without one.
    fn session_event(&mut self, task: &TaskSid, event: session::Event, name: &str, now: Now) {
        let Some(at) = self.sessions.iter().position(|entry| entry.task.sid == *task) else {
            return;
        };
        let settings = self.settings_of(task).cloned();
        // What the host tells of the task now counts, not what it was when somebody clicked.
        let told = self.tasks.find(task).unwrap_or(&self.sessions[at].task).clone();
        let key = told.session_key().ok();
        // Without presence there is nothing to wait for. Nobody reads why.
        let off = PresenceStatus::Unknown(PresenceError::Connection);
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
        if before != after {
            self.touched.push(task.clone());
        }
        let is_debug = settings.as_ref().is_some_and(|settings| settings.config.debug);
        if is_debug && (before != after || name != "deadline") {
            self.effects.push(Effect::Log(format!(
                "task {}: {name} -> {}",
                short_hash(task.as_str()),
                after.name()
            )));
        }
        for request in requests {
            self.run(task, request, settings.as_ref(), now);
        }
        if !before.viewer.is_blocked() && after.viewer.is_blocked() && after.invitation.has_agreed()
        {
            self.notice_blocked(task);
        }
    }

    fn run(
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
                self.invite(sid, invitation, &request, now);
                return;
            }
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
        self.effects.push(effect);
    }

    /// Shows the visitor the terms, if there is a connection to them.
    fn invite(
        &mut self,
        task: &TaskSid,
        invitation: InvitationId,
        request: &ViewerRequest,
        now: Now,
    ) {
        match self.presence.connection_id(&request.session_key) {
            Some(connection) => self.effects.push(Effect::Invite {
                connection,
                invitation,
                session_key: request.session_key.clone(),
                video: request.video.visitor.clone(),
            }),
            None => {
                let event = invitation::Event::Undelivered(invitation);
                self.invitation_event(task, event, "no connection", now);
            }
        }
    }
}
