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
//! After every event `settle` draws the conclusions: tasks that are gone end, the policy hides some, visitors
//! of the others are followed, invitations hear of presence, and notifications go that are true no longer.

mod act;
mod actions;
mod effect;
mod event;
mod facts;
mod following;
mod notices;
mod policy;
mod restored;
mod sessions;
mod sources;
mod tasks;
mod view;

pub use actions::{ACTION_TIMEOUT_MS, ActionWait};
pub use effect::{Effect, NoticeText, NotificationKind};
pub use event::{Act, AgentIdentity, Event};
pub use policy::Visibility;
pub use restored::{LeftViewer, OpenViewer};
pub use sources::Source;
pub use tasks::{MISSING_GRACE_MS, MOVE_GRACE_MS, Slot, Standing};
pub use view::{CannotStart, TaskView};

use std::{collections::VecDeque, rc::Rc};

use crate::core::{
    desk::{notices::Notices, sessions::Entry, tasks::Tasks},
    ids::{ComponentId, Ids, TaskSid, short_hash},
    login_key::cache::{self, LoginKeyCache, Waiter},
    policy::Worker,
    presence::{self, Presence, PresenceStatus, Tools},
    session::{self, invitation, viewer},
    settings::Settings,
    task::Task,
    time::{Now, earliest},
};

/// If the page's clock and the monotonic one drift apart by more than this between two events, in
/// milliseconds, the machine slept or its clock was set.
const CLOCK_JUMP_MS: f64 = 30_000.0;

#[derive(Clone, Debug, Default)]
pub struct Desk {
    ids: Ids,
    /// In the order in which they have to run.
    effects: VecDeque<Effect>,
    keys: LoginKeyCache,
    presence: Presence,
    tasks: Tasks,
    sessions: Vec<Entry>,
    notices: Notices,
    /// What was told last counts where no component has acted yet.
    sources: Vec<(Source, Rc<Settings>)>,
    agent: Option<AgentIdentity>,
    /// What rules may ask of them.
    worker: Worker,
    /// The tasks that the policy denies, as the components were last told.
    denied: Vec<(TaskSid, Visibility)>,
    /// By how much the page's clock is ahead of the monotonic one.
    clock_offset_ms: Option<f64>,
    /// What presence last said of the tasks' visitors.
    seen: Vec<(TaskSid, PresenceStatus)>,
    /// Tasks of which something changed.
    touched: Vec<TaskSid>,
    /// The attributes that the console has told of.
    warned: Vec<(TaskSid, &'static str)>,
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
                let before = self.tasks.standings();
                self.tasks.list(listed, now);
                for (task, standing) in before {
                    if self.tasks.standing(&task) != standing {
                        self.touch(&task);
                    }
                }
            }
            Event::ActionWaits { task, again } => self.action_waits(&task, again, now),
            Event::ActionOver(task) => {
                self.action_over(&task);
            }
            Event::WorkerChanged(worker) => self.worker = worker,
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
            Event::Link(task, link, delivery) => {
                self.session_event(&task, session::Event::LinkTold(link, delivery), name, now);
            }
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
        self.effects.pop_front()
    }

    /// When `Event::Deadline` is due, by the monotonic clock in milliseconds.
    pub fn next_deadline(&self) -> Option<f64> {
        let sessions = self.sessions.iter().map(Entry::deadline);
        let others = [self.keys.deadline(), self.presence.deadline(), self.tasks.deadline()];
        sessions.chain(others).fold(None, earliest)
    }

    fn notice_clock_jump(&mut self, now: Now) {
        let offset_ms = now.unix_ms - now.mono_ms;
        let Some(before_ms) = self.clock_offset_ms.replace(offset_ms) else { return };
        if (before_ms - offset_ms).abs() <= CLOCK_JUMP_MS {
            return;
        }
        if offset_ms < before_ms {
            // The page's clock was set back, perhaps while the machine slept and the monotonic one stood
            // still: no clock says any more how old a kept key is.
            self.keys.invalidate();
        }
        self.resume(now);
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
            self.action_deadline(&task, now);
        }
    }

    fn show(&mut self, component: ComponentId, slot: Slot, task: Option<Task>) {
        task.iter().for_each(|task| self.warn_of_passed_over(task));
        task.iter().for_each(|task| self.touch(&task.sid));
        self.tasks.show(component, slot, task);
    }

    /// Says once for each task that a text which stands for nothing names no visitor.
    fn warn_of_passed_over(&mut self, task: &Task) {
        for (attribute, _) in task.passed_over() {
            let warning = (task.sid.clone(), attribute);
            if !self.warned.contains(&warning) {
                self.warned.push(warning);
                self.effects.push_back(Effect::Warn(format!(
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
        self.worker = Worker::default();
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

    /// What follows from any event: tasks that are gone end, visitors are followed, sessions hear of
    /// presence, notifications go with what they say.
    fn settle(&mut self, now: Now) {
        for task in self.session_tasks() {
            if self.tasks.is_listing() && !self.tasks.holds(&task) {
                self.end(&task, now);
            }
        }
        self.hear_facts(now);
        self.obey_policy(now);
        loop {
            self.follow(now);
            // A session may have ended by what presence said, and with it what the policy leaves alone.
            if !self.obey_policy(now) {
                break;
            }
        }
        self.dismiss_notices();
        let tasks = &self.tasks;
        self.warned.retain(|(task, _)| tasks.holds(task));
        if !self.tasks.is_listing() {
            let tasks = &self.tasks;
            self.sessions.retain(|entry| !entry.session.is_idle() || tasks.holds(&entry.task.sid));
        }
        let touched = std::mem::take(&mut self.touched);
        self.effects.extend(touched.into_iter().map(Effect::Redraw));
    }

    fn touch(&mut self, task: &TaskSid) {
        if !self.touched.contains(task) {
            self.touched.push(task.clone());
        }
    }

    fn with_presence<T>(
        &mut self,
        now: Now,
        work: impl FnOnce(&mut Presence, &mut Tools) -> T,
    ) -> T {
        let (mut effects, mut key_effects) = (vec![], vec![]);
        let mut tools = Tools {
            now,
            ids: &mut self.ids,
            effects: &mut effects,
            keys: &mut self.keys,
            key_effects: &mut key_effects,
        };
        let outcome = work(&mut self.presence, &mut tools);
        self.pass_on(effects, key_effects);
        outcome
    }

    fn with_keys<T>(
        &mut self,
        work: impl FnOnce(&mut LoginKeyCache, &mut Ids, &mut Vec<cache::Effect>) -> T,
    ) -> T {
        let mut effects = vec![];
        let outcome = work(&mut self.keys, &mut self.ids, &mut effects);
        self.pass_on(vec![], effects);
        outcome
    }

    fn pass_on(&mut self, presence: Vec<presence::Effect>, keys: Vec<cache::Effect>) {
        self.effects.extend(presence.into_iter().map(Effect::Presence));
        self.effects.extend(keys.into_iter().map(Effect::LoginKey));
    }
}
