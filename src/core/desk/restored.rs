//! What an instance that trapped left open, taken over for all tasks at once.

use std::rc::Rc;

use crate::core::{
    desk::{Desk, Effect, Entry},
    ids::TaskSid,
    login_key::LoginKeyFailure,
    session::{
        OpenTarget, Session, ViewerRequest,
        invitation::Invitation,
        viewer::{Attempt, Frame, Open, Reach, Viewer},
    },
    session_key::SessionKey,
    task::Task,
    time::{Moment, Now},
};

/// What the page remembers of one task's viewer and session.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenViewer {
    pub task: TaskSid,
    /// What the viewer shows; without a viewer, the session that runs.
    pub request: ViewerRequest,
    pub viewer: LeftViewer,
    /// Since when the session runs, if Glance had said so.
    pub in_session: Option<Moment>,
    /// The key of the session that runs, if the viewer shows that of another.
    pub session_key: Option<SessionKey>,
}

/// How far the viewer had come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LeftViewer {
    /// There is none, only a session.
    Missing,
    /// It had not opened yet.
    OnTheWay,
    /// Open since then.
    Open(Moment),
    /// Flex took its panel away; it reopens with the panel.
    Suspended,
}

impl Desk {
    /// Takes over every viewer that is open, and closes those that were on their way. A session that ran
    /// is not certain any more.
    pub(super) fn restore(&mut self, viewers: Vec<OpenViewer>, now: Now) {
        for left in viewers {
            let request = Rc::new(left.request);
            let viewer = match (left.viewer, request.target) {
                (LeftViewer::Missing, _) => Viewer::default(),
                (LeftViewer::Open(since), OpenTarget::Flex) => {
                    // What was to take its place waited in a blank window.
                    self.effects.push_back(Effect::CloseWindow { task: left.task.clone() });
                    let (id, request) = (self.ids.issue(), request.clone());
                    let open = Open::Panel { id, request, since, frame: Frame::Loaded };
                    Viewer { open: Some(open), attempt: None }
                }
                (LeftViewer::Open(since), _) => {
                    // A look says whether it is ours: it may have been out of reach.
                    let reach = Reach::Opening { look_at_ms: now.mono_ms, has_page: false };
                    let (id, request) = (self.ids.issue(), request.clone());
                    let open = Open::Window { id, request, since, reach };
                    Viewer { open: Some(open), attempt: None }
                }
                (LeftViewer::Suspended, _) => {
                    self.effects.push_back(Effect::CloseWindow { task: left.task.clone() });
                    let open = Open::Suspended { request: request.clone() };
                    Viewer { open: Some(open), attempt: None }
                }
                (LeftViewer::OnTheWay, _) => {
                    self.effects.push_back(Effect::CloseWindow { task: left.task.clone() });
                    self.effects.push_back(Effect::CloseFrame { task: left.task.clone() });
                    let failure = LoginKeyFailure::Restarted;
                    let attempt = Attempt::Failed { request: request.clone(), failure };
                    Viewer { open: None, attempt: Some(attempt) }
                }
            };
            let invitation = match left.in_session {
                Some(since) => {
                    let session_key = left.session_key.unwrap_or(request.session_key.clone());
                    let request = ViewerRequest { session_key, ..request.as_ref().clone() }.into();
                    let certain_until = Some(now.moment());
                    Invitation::InSession { request, since, certain_until }
                }
                None => Invitation::Idle,
            };
            self.touch(&left.task);
            self.tasks.restore(left.task.clone());
            self.sessions.push(Entry {
                task: Task { sid: left.task, ..Task::default() },
                settings: None,
                session: Session::restored(viewer, invitation),
                action: None,
                over_at_s: 0.0,
            });
        }
    }

    /// What the next instance has to know of the task's viewer, if this one traps.
    pub fn remembered(&self, task: &TaskSid) -> Option<OpenViewer> {
        let session = &self.entry(task)?.session;
        let running = match &session.invitation {
            Invitation::InSession { since, request, .. } => Some((*since, request)),
            _ => None,
        };
        let open = session.viewer.open.as_ref();
        let shown = open.map(Open::request).or_else(|| session.viewer.request());
        let request = shown.or(running.map(|(_, request)| request))?;
        let other = running.filter(|(_, running)| !running.is_same_session(request));
        Some(OpenViewer {
            task: task.clone(),
            request: request.as_ref().clone(),
            viewer: match open {
                Some(Open::Window { since, .. } | Open::Panel { since, .. }) => {
                    LeftViewer::Open(*since)
                }
                Some(Open::Suspended { .. }) => LeftViewer::Suspended,
                None if shown.is_some() => LeftViewer::OnTheWay,
                None => LeftViewer::Missing,
            },
            in_session: running.map(|(since, _)| since),
            session_key: other.map(|(_, running)| running.session_key.clone()),
        })
    }
}
