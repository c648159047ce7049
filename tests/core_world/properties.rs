//! What must hold after every event.

use std::collections::BTreeMap;

use flex_glance::core::{
    desk::{Event, Visibility},
    ids::{AuthorizationId, ConnectionId, LinkId, TaskSid},
    presence::{PresenceStatus, Signal},
    session::{
        Session,
        invitation::Invitation,
        link::{Delivery, Way},
        viewer::{Attempt, Open, Place},
    },
};

use crate::{
    coverage::Fact,
    flex::{Flex, Told, index_of, visitor_key},
    world::{World, may_end_session},
};

/// What a task's session was before an event.
pub(crate) struct Before {
    sessions: Vec<(TaskSid, Session)>,
    pub(crate) authorization: Option<AuthorizationId>,
    /// The status of the visitor of a look-up whose answer comes too late to count.
    pub(crate) late_look_up: Option<(usize, ConnectionId, PresenceStatus)>,
    may_end_session: bool,
    /// The task that the agent acts on, or the visitor who says something.
    acted_on: Option<TaskSid>,
    says: Option<usize>,
    pub(crate) authorization_failed: bool,
    /// The tasks that the policy denied.
    denied: Vec<TaskSid>,
    is_restored: bool,
}

/// Where a login key may come from while an event is handled.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum KeySource {
    None,
    /// Kept, for the Partner UID that is there now.
    Kept(String),
    /// The one that has just come.
    Reply(String),
}

/// Sessions that were reported to have started, by task: since when, by the monotonic clock.
#[derive(Default)]
pub(crate) struct Reports {
    pub(crate) running: BTreeMap<usize, f64>,
}

impl KeySource {
    pub(crate) fn of(event: &Event) -> Self {
        match event {
            Event::PartnerUserId(_, Ok(partner_user_id)) => Self::Kept(partner_user_id.to_string()),
            Event::LoginKey(_, Ok(credentials), _) => {
                Self::Reply(credentials.login_key.expose().to_owned())
            }
            _ => Self::None,
        }
    }
}

impl Before {
    pub(crate) fn new(world: &mut World, event: &Event) -> Self {
        let mut before = Self {
            sessions: world.sessions(),
            authorization: world.desk.presence().authorization().id(),
            late_look_up: None,
            may_end_session: may_end_session(event),
            acted_on: None,
            says: None,
            // Either clock may say in the same step that the one that held has lapsed.
            authorization_failed: matches!(event, Event::Authorized(_, false))
                && !world.clocks.have_jumped(),
            denied: world.denied(),
            is_restored: matches!(event, Event::Restored(_)),
        };
        match event {
            Event::Agent { task, .. } => before.acted_on = Some(task.sid.clone()),
            Event::Presence(connection, signal) => {
                let link = world.glance.connections.get(connection);
                let visitor = link.map(|link| link.visitor);
                before.says = visitor;
                let is_late = world.note_heard(*connection, signal);
                if let (true, Some(visitor), Signal::Found(..)) = (is_late, visitor, signal) {
                    let status = world.status_of(visitor);
                    before.late_look_up = status.map(|status| (visitor, *connection, status));
                }
            }
            _ => {}
        }
        before
    }

    pub(crate) fn session(&self, task: &TaskSid) -> Option<&Session> {
        self.sessions.iter().find(|(sid, _)| sid == task).map(|(_, session)| session)
    }
}

impl World {
    pub(crate) fn sessions(&self) -> Vec<(TaskSid, Session)> {
        let tasks = self.desk.tasks_with_session().into_iter();
        tasks
            .filter_map(|task| {
                let session = self.desk.task_view(&task).session?.clone();
                Some((task, session))
            })
            .collect()
    }

    fn denied(&self) -> Vec<TaskSid> {
        let tasks = self.flex.tasks.iter().map(|task| task.sid.clone());
        tasks.filter(|task| self.desk.visibility(task) != Visibility::Shown).collect()
    }

    pub(crate) fn status_of(&self, visitor: usize) -> Option<PresenceStatus> {
        let connections = self.desk.presence().connections().iter();
        let key = visitor_key(visitor);
        connections.clone().find(|it| it.visitor.as_str() == key).map(|it| it.status.clone())
    }

    pub(crate) fn has_anything(&self) -> bool {
        !self.browser.frames.is_empty()
            || !self.browser.windows.is_empty()
            || !self.function.under_way.is_empty()
            || self.glance.connections.values().any(|link| link.is_open)
    }

    pub(crate) fn check(&mut self, before: &Before) {
        let sessions = self.sessions();
        self.check_tasks(before);
        self.check_windows_and_frames(&sessions);
        self.check_connections();
        self.check_key_requests(&sessions);
        self.check_waiting(&sessions);
        self.check_presence(before);
        self.check_presence_off(before, &sessions);
        self.check_other_keys(before, &sessions);
        self.check_links(before, &sessions);
        self.check_invitations_by_link(&sessions);
        self.check_notifications();
        self.check_policy(before);
    }

    /// Whoever is invited by a link finds its viewer open.
    pub(crate) fn deliver_link(&mut self, task: TaskSid, link: LinkId, text: &str, way: Way) {
        self.coverage.arose(Fact::LinkSent);
        let open = self.desk.task_view(&task).session.and_then(|it| it.viewer.open.as_ref());
        let is_open = open.is_some_and(|open| text.contains(open.request().session_key.as_str()));
        if way == Way::Chat && !is_open {
            self.fail("a link is sent, and its viewer is not open");
        }
        if let Some(is_done) = self.rng.pick(&[Some(true), Some(false), None]) {
            self.promise(Event::Link(task, link, way.delivery(is_done)));
        }
    }

    fn check_invitations_by_link(&mut self, sessions: &[(TaskSid, Session)]) {
        for (_, session) in sessions {
            let Some(link) = &session.link else { continue };
            if !matches!(link.delivery, Delivery::Ready | Delivery::Sending) {
                self.coverage.arose(Fact::LinkTold);
            }
            let seen = [
                session.viewer.open.as_ref().map(Open::request),
                session.viewer.attempt.as_ref().map(Attempt::request),
            ];
            if !seen.into_iter().flatten().any(|seen| seen.is_same_session(&link.request)) {
                return self.fail("an invitation is out that no viewer waits for");
            }
        }
    }

    /// Nothing begins for a task that the policy denies, and nothing that runs is cut off by it.
    fn check_policy(&mut self, before: &Before) {
        if self.policy.is_none() {
            return;
        }
        let mut wrong = None;
        for flex_task in self.flex.tasks.iter() {
            let view = self.desk.task_view(&flex_task.sid);
            let is_running = view.session.is_some_and(Session::is_running);
            let was_running = before.session(&flex_task.sid).is_some_and(Session::is_running);
            match view.visibility {
                Visibility::Shown => continue,
                Visibility::Kept => self.coverage.arose(Fact::KeptByPolicy),
                Visibility::Hidden => self.coverage.arose(Fact::HiddenByPolicy),
            }
            let was_denied = before.denied.contains(&flex_task.sid);
            if is_running && !was_running && was_denied && !before.is_restored {
                wrong = Some("something starts for a task that the policy denies");
            }
            let is_over = !self.desk.holds(&flex_task.sid);
            if was_running && !is_running && !was_denied && !is_over {
                wrong = Some("the policy cuts off what runs");
            }
            if view.visibility == Visibility::Hidden && view.presence.is_some() {
                wrong = Some("a visitor is followed whose task the policy hides");
            }
            if view.session.is_some_and(|session| session.invitation.waits_to_invite()) {
                wrong = Some("a visitor will be asked though the policy denies the task");
            }
        }
        if let Some(wrong) = wrong {
            self.fail(wrong);
        }
    }

    /// The agent's tasks are those that Flex has told; none goes that is missing for a moment.
    fn check_tasks(&mut self, before: &Before) {
        for task in 0..self.flex.tasks.len() {
            let sid = self.flex.tasks[task].sid.clone();
            let told = self.flex.tasks[task].told;
            let is_held = self.desk.holds(&sid);
            if matches!(told, Told::Missing { .. }) {
                self.coverage.arose(Fact::MissingTask);
            }
            if !is_held && Flex::may_be_gone(told, self.clocks.mono_ms) {
                self.flex.tasks[task].told =
                    if self.flex.is_shown(task) { Told::Gone } else { Told::Nothing };
            }
            if is_held != self.flex.holds(task) {
                self.fail(if is_held { "a task that is gone is held" } else { "a task is lost" });
            }
            let is_gone = before.session(&sid).is_some_and(|session| !session.is_idle())
                && self.desk.task_view(&sid).session.is_none();
            if is_gone {
                self.coverage.arose(Fact::TaskGone);
            }
            if self.flex.is_listing && !is_held && self.desk.task_view(&sid).session.is_some() {
                // Before the first list nobody can tell.
                if self.flex.tasks.iter().any(|task| task.told != Told::Nothing) {
                    self.fail("a session of a task that is gone");
                }
            }
        }
    }

    /// No viewer without a session that knows of it, and none with another key than it should have.
    fn check_windows_and_frames(&mut self, sessions: &[(TaskSid, Session)]) {
        let session = |task: usize| {
            sessions.iter().find(|(sid, _)| index_of(sid) == task).map(|(_, session)| session)
        };
        let mut wrong = None;
        for (task, frame) in &self.browser.frames {
            match session(*task).and_then(|session| session.viewer.open.as_ref()) {
                Some(Open::Panel { request, .. }) if request.session_key.as_str() == frame.key => {}
                Some(Open::Panel { .. }) => wrong = Some("a frame shows another session"),
                _ => wrong = Some("a frame that no session knows of"),
            }
        }
        for (task, window) in &self.browser.windows {
            if window.is_out_of_reach() {
                self.coverage.arose(Fact::OutOfReach);
                continue;
            }
            let viewer = session(*task).map(|session| &session.viewer);
            let open = viewer.and_then(|viewer| viewer.open.as_ref());
            let attempt = viewer.and_then(|viewer| viewer.attempt.as_ref());
            match (open, &window.page) {
                (Some(Open::Window { request, .. }), Some(page)) => {
                    if request.session_key.as_str() != page.key {
                        wrong = Some("a window shows another session");
                    }
                }
                (_, Some(_)) => wrong = Some("a window that no session knows of"),
                (_, None) => {
                    let waits = matches!(
                        attempt,
                        Some(Attempt::FetchingKey { place: Place::Window { .. }, .. })
                    );
                    if !waits && self.queue.is_empty() {
                        wrong = Some("a blank window that nothing waits in");
                    }
                }
            }
        }
        if let Some(wrong) = wrong {
            self.fail(wrong);
        }
    }

    /// Connections only to visitors of accepted tasks.
    fn check_connections(&mut self) {
        let mut wrong = None;
        for connection in self.desk.presence().connections() {
            let key = connection.visitor.as_str();
            let is_followed = (0..self.flex.tasks.len()).any(|task| {
                let flex_task = &self.flex.tasks[task];
                if self.flex.is_listing {
                    let listed = flex_task.listed.as_ref().and_then(|it| it.session_key().ok());
                    let is_theirs = listed.is_some_and(|listed| listed.as_str() == key);
                    // Before the first list, what is shown counts.
                    let is_told = flex_task.told != Told::Nothing;
                    self.flex.is_followed(task) && is_theirs
                        || !is_told && flex_task.keys.iter().any(|known| known == key)
                } else {
                    let has_session = self.desk.task_view(&flex_task.sid).session.is_some();
                    (self.flex.is_followed(task)
                        || has_session
                        || self.flex.may_be_moving(task, self.clocks.mono_ms))
                        && flex_task.keys.iter().any(|known| known == key)
                }
            });
            if !is_followed {
                wrong = Some("a visitor is followed who belongs to no task");
            }
        }
        for (id, link) in &self.glance.connections {
            let known = self.desk.presence().connections().iter();
            if link.is_open && !known.clone().any(|connection| connection.id() == Some(*id)) {
                wrong = Some("an open connection that the desk does not know");
            }
        }
        if let Some(wrong) = wrong {
            self.fail(wrong);
        }
    }

    /// No request that nobody waits for.
    fn check_key_requests(&mut self, sessions: &[(TaskSid, Session)]) {
        let fetching = sessions.iter().filter(|(_, session)| is_fetching(session)).count();
        if fetching > 1 {
            self.coverage.arose(Fact::SecondWaiter);
        }
        let is_wanted = fetching > 0 || self.desk.presence().authorization().is_trying();
        if !is_wanted && !self.function.under_way.is_empty() {
            self.fail("a request for a login key that nobody needs");
        }
    }

    /// A task without presence never waits for presence.
    fn check_presence_off(&mut self, before: &Before, sessions: &[(TaskSid, Session)]) {
        let waits =
            |session: &Session| matches!(session.invitation, Invitation::AwaitingPresence { .. });
        for (task, session) in sessions {
            if self.desk.task_view(task).presence.is_some() {
                continue;
            }
            if before.session(task).is_some_and(waits) {
                self.coverage.arose(Fact::LostPresence);
            }
            if waits(session) {
                self.fail("a task without presence waits for presence");
            }
        }
    }

    /// The end of one session leaves the viewer of another alone.
    fn check_other_keys(&mut self, before: &Before, sessions: &[(TaskSid, Session)]) {
        if !before.may_end_session {
            return;
        }
        for (task, old) in &before.sessions {
            let ending = match (before.says, &before.acted_on) {
                (Some(visitor), _) => Some(visitor_key(visitor)),
                (None, Some(acted_on)) if acted_on != task => None,
                _ => old.invitation.request().map(|it| it.session_key.as_str().to_owned()),
            };
            let is_other = |key: &str| ending.as_deref() != Some(key);
            let after = sessions.iter().find(|(sid, _)| sid == task).map(|(_, session)| session);
            let open = old.viewer.open.as_ref();
            if let Some(open) = open.filter(|it| is_other(it.request().session_key.as_str())) {
                self.coverage.arose(Fact::EndWithOtherKey);
                let open_after = after.and_then(|session| session.viewer.open.as_ref());
                if open_after.map(Open::request) != Some(open.request()) {
                    self.fail("the end of a session closes another's viewer");
                }
            }
            let attempt = old.viewer.attempt.as_ref();
            if let Some(attempt) = attempt.filter(|it| is_other(it.request().session_key.as_str()))
            {
                self.coverage.arose(Fact::EndWithOtherKey);
                let after = after.and_then(|session| session.viewer.attempt.as_ref());
                if after.map(Attempt::request) != Some(attempt.request()) {
                    self.fail("the end of a session ends another's attempt");
                }
            }
        }
    }

    /// A viewer that was refused shows a link or a button; the link goes with its key.
    fn check_links(&mut self, before: &Before, sessions: &[(TaskSid, Session)]) {
        for (task, session) in sessions {
            let Some(Attempt::Blocked { link, .. }) = &session.viewer.attempt else { continue };
            let was_there = matches!(
                before.session(task).and_then(|session| session.viewer.attempt.as_ref()),
                Some(Attempt::Blocked { link: Some(_), .. })
            );
            if link.is_none() && was_there {
                self.coverage.arose(Fact::LinkExpired);
            }
        }
        if !self.queue.is_empty() {
            return;
        }
        for (task, session) in sessions {
            let waits_in = match (&session.viewer.attempt, &session.viewer.open) {
                (Some(Attempt::FetchingKey { place: Place::Window { id, .. }, .. }), _) => {
                    Some(*id)
                }
                (_, Some(Open::Window { id, .. })) => Some(*id),
                _ => None,
            };
            if waits_in.is_some_and(|id| self.browser.refused.contains(&(index_of(task), id))) {
                self.fail("a window that the browser refused is taken for one that is there");
            }
        }
    }

    fn check_notifications(&mut self) {
        let all = self.browser.notifications.clone();
        if self.flex.is_listing && all.iter().any(|(_, task)| !self.desk.holds(task)) {
            self.fail("a notification of a task that is gone");
        }
    }

    /// Whether the desk wants to be woken at once, after it has just been.
    pub(crate) fn is_stuck(&mut self, fired_ms: f64) -> bool {
        self.coverage.arose(Fact::DeadlineFired);
        self.desk.next_deadline().is_some_and(|next| next <= fired_ms)
    }

    /// After a logout, or when everything is taken back.
    pub(crate) fn check_nothing_left(&mut self) {
        let windows = self.browser.windows.values();
        let left = [
            (!self.browser.frames.is_empty(), "a frame is left"),
            (windows.clone().any(|window| !window.is_out_of_reach()), "a window is left"),
            (!self.function.under_way.is_empty(), "a request is left"),
            (self.glance.connections.values().any(|link| link.is_open), "a connection is left"),
            (!self.browser.notifications.is_empty(), "a notification is left"),
            (!self.desk.tasks_with_session().is_empty(), "a session is left"),
            (self.desk.next_deadline().is_some(), "a timer is left"),
        ];
        for (is_left, what) in left {
            if is_left {
                self.fail(what);
            }
        }
        // What is out of reach is the agent's.
        self.browser.windows.clear();
    }
}

pub(crate) fn is_fetching(session: &Session) -> bool {
    matches!(session.viewer.attempt, Some(Attempt::FetchingKey { .. }))
}
