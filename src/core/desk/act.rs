//! What an agent's act means for the task's session.

use std::rc::Rc;

use crate::core::{
    desk::{Act, CannotStart, Desk, Effect, NotificationKind, Visibility},
    ids::TaskSid,
    presence::Presence,
    session::{self, NoPanel, OpenTarget, ViewerRequest, invitation, link::InviteText, viewer},
    session_key::SessionKey,
    settings::Settings,
    task::Task,
    time::Now,
};

impl Desk {
    /// Does what the agent asks for. It runs inside the agent's click, so a window may open.
    pub(super) fn act(&mut self, task: Task, settings: Rc<Settings>, act: Act, now: Now) {
        let name = act.name();
        let sid = task.sid.clone();
        if self.action_over(&sid) && act == Act::Dismiss {
            self.effects.push_back(Effect::GiveActionUp(sid));
            return;
        }
        if self.refuses(&sid, &act) {
            return;
        }
        let entry = self.ensure_entry(&task);
        entry.task = task;
        entry.settings = Some(settings.clone());
        let event = match act {
            Act::Start { key, no_panel } => match self.start(&sid, key, no_panel, &settings) {
                Some(event) => event,
                None => return,
            },
            Act::Invite { key, no_panel } => {
                let text = InviteText::new(&key, &settings, now);
                let can_invite = entry.session.can_invite();
                let Some(text) = text.filter(|_| can_invite) else { return };
                let request = ViewerRequest::new(key, &settings).resolve_target(no_panel);
                session::Event::InviteByLink(request.into(), text)
            }
            Act::CopyLink => session::Event::CopyLink,
            Act::OpenInTab => {
                let Some(key) = self.key_of(&sid) else { return };
                let request =
                    ViewerRequest { target: OpenTarget::Tab, ..ViewerRequest::new(key, &settings) };
                open(request, false)
            }
            Act::OpenAgain => {
                let request = self.entry(&sid).and_then(|entry| entry.session.viewer.request());
                let Some(request) = request else { return };
                open(request.as_ref().clone(), true)
            }
            Act::RetryPresence => {
                self.with_presence(now, Presence::retry_now);
                return;
            }
            Act::BringToFront => session::Event::Viewer(viewer::Event::BringToFront),
            Act::Cancel => session::Event::Viewer(viewer::Event::Cancel),
            Act::Close => session::Event::Viewer(viewer::Event::Close),
            Act::SignIn => session::Event::Viewer(viewer::Event::SignIn),
            Act::Dismiss => session::Event::Viewer(viewer::Event::Dismiss),
            Act::OpenBlocked => session::Event::Viewer(viewer::Event::OpenBlocked),
            Act::LinkFollowed => session::Event::Viewer(viewer::Event::LinkFollowed),
            Act::Wait => session::Event::Invitation(invitation::Event::Wait),
            Act::Withdraw => session::Event::Invitation(invitation::Event::Withdraw),
            Act::AskAgain => session::Event::Invitation(invitation::Event::AskAgain),
            Act::ShowViewer { no_panel } => {
                session::Event::Invitation(invitation::Event::Show(no_panel))
            }
            Act::ItIsOver => session::Event::Invitation(invitation::Event::ItIsOver),
        };
        self.session_event(&sid, event, name, now);
    }

    /// Whether the policy stands against an act: any on a task that it hides, and where something runs
    /// against the session of another key.
    fn refuses(&self, task: &TaskSid, act: &Act) -> bool {
        match (self.visibility(task), act) {
            (Visibility::Shown, _) => false,
            (Visibility::Kept, Act::Start { key: Some(key), .. }) => {
                self.key_of(task).as_ref() != Some(key)
            }
            (Visibility::Kept, act) => matches!(act, Act::Invite { .. }),
            (Visibility::Hidden, _) => true,
        }
    }

    /// Whether a session of the task, or of a key, could be started by these settings.
    ///
    /// # Errors
    /// What stands against it.
    pub fn can_start(
        &self,
        task: &Task,
        key: Option<&SessionKey>,
        settings: Option<&Settings>,
    ) -> Result<(), CannotStart> {
        if settings.is_none() {
            return Err(CannotStart::NoSettings);
        }
        let is_another = key.is_some() && key != self.key_of(&task.sid).as_ref();
        if let Some(denial) = self.denial(&task.sid)
            && (is_another || self.is_hidden(&task.sid))
        {
            return Err(CannotStart::Policy(denial.kind));
        }
        if key.is_none() && self.key_of(&task.sid).is_none() {
            task.session_key().map_err(CannotStart::NoVisitor)?;
        }
        Ok(())
    }

    /// The settings that an Action on the task works with.
    pub fn settings_for(&self, task: &TaskSid) -> Option<&Rc<Settings>> {
        self.settings_of(task)
    }

    /// Opens a session through presence where it knows the visitor, and by the viewer alone otherwise.
    fn start(
        &self,
        sid: &TaskSid,
        typed: Option<SessionKey>,
        no_panel: Option<NoPanel>,
        settings: &Settings,
    ) -> Option<session::Event> {
        let entry = self.entry(sid)?;
        let is_typed = typed.is_some();
        let key = typed.or_else(|| self.key_of(sid))?;
        let request = ViewerRequest::new(key, settings).resolve_target(no_panel);
        let is_closed = entry.session.viewer.is_closed();
        let knows_visitor = self.presence_of(&entry.task).is_some();
        if !is_typed && is_closed && knows_visitor {
            return Some(session::Event::Invitation(invitation::Event::Invite(request.into())));
        }
        Some(open(request, false))
    }

    /// The key of the viewer that the agent sees, or the task's own.
    fn key_of(&self, sid: &TaskSid) -> Option<SessionKey> {
        let entry = self.entry(sid)?;
        let seen = entry.session.viewer.request().map(|request| request.session_key.clone());
        seen.or_else(|| entry.task.session_key().ok())
    }

    pub(super) fn notification_clicked(&mut self, kind: NotificationKind, task: TaskSid, now: Now) {
        self.notices.forget(kind, &task);
        if !self.tasks.holds(&task) {
            return;
        }
        if kind == NotificationKind::Accepted {
            self.viewer_event(&task, viewer::Event::OpenBlocked, "notification clicked", now);
        }
        self.effects.push_back(Effect::SelectTask(task));
    }
}

fn open(request: ViewerRequest, again: bool) -> session::Event {
    session::Event::Viewer(viewer::Event::Open { request: request.into(), again })
}
