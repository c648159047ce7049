//! The agent: clicks what is offered most of the time, and anything else at other times.

use flex_glance::core::{
    desk::{Act, Event},
    presence::PresenceStatus,
    session::{
        NoPanel, Session,
        invitation::Invitation,
        viewer::{Attempt, Open, Reach},
    },
    session_key::SessionKey,
};

use crate::{coverage::Fact, world::World};

/// What the view offers in a state.
pub(crate) fn offered(session: Option<&Session>, no_panel: Option<NoPanel>) -> Vec<Act> {
    let start = Act::Start { key: None, no_panel };
    let Some(session) = session else { return vec![start] };
    let mut acts = match (&session.viewer.attempt, &session.viewer.open) {
        (Some(Attempt::FetchingKey { .. }), _) => vec![Act::Cancel],
        (Some(Attempt::Blocked { link, .. }), _) => {
            let mut acts = vec![Act::OpenBlocked, Act::Cancel];
            acts.extend(link.is_some().then_some(Act::LinkFollowed));
            acts
        }
        (Some(Attempt::Failed { .. }), _) => vec![start, Act::SignIn, Act::Dismiss],
        (None, Some(Open::Window { reach: Reach::OutOfReach, .. })) => {
            vec![Act::OpenAgain, Act::Dismiss]
        }
        (None, Some(Open::Window { .. })) => vec![Act::BringToFront, Act::Close],
        (None, Some(Open::Panel { .. })) => vec![Act::BringToFront, Act::Close, Act::OpenInTab],
        (None, Some(Open::Suspended { .. })) => vec![Act::OpenInTab, Act::Close],
        (None, None) => vec![start],
    };
    match &session.invitation {
        Invitation::VisitorAbsent { .. } => acts.extend([Act::Wait, Act::Withdraw]),
        Invitation::VisitorLeft { .. } => {
            acts.extend([Act::Wait, Act::AskAgain, Act::Withdraw]);
        }
        Invitation::NoResponse { .. }
        | Invitation::Declined { .. }
        | Invitation::Undelivered { .. } => acts.extend([Act::AskAgain, Act::Withdraw]),
        Invitation::AwaitingPresence { .. }
        | Invitation::AwaitingVisitor { .. }
        | Invitation::Sent { .. }
        | Invitation::Accepted { .. } => acts.push(Act::Withdraw),
        Invitation::InSession { certain_until: Some(_), .. } => {
            acts.extend([Act::AskAgain, Act::ItIsOver]);
        }
        Invitation::Told { .. } => acts.extend([Act::ShowViewer { no_panel: None }, Act::ItIsOver]),
        Invitation::InSession { .. } | Invitation::Idle | Invitation::Ended => {}
    }
    acts
}

impl World {
    pub(crate) fn agent_acts(&mut self) {
        let shown: Vec<usize> = self.flex.shown.iter().filter_map(|(.., task)| *task).collect();
        let task = match self.rng.weighted(&[8.0, 2.0, 0.15]) {
            0 => self.rng.pick(&shown),
            1 => self.rng.pick(&self.flex.held()),
            _ => (!self.flex.tasks.is_empty()).then(|| self.rng.below(self.flex.tasks.len())),
        };
        let Some(task) = task else { return };
        let view = self.desk.task_view(&self.flex.tasks[task].sid);
        let mut acts = offered(view.session, self.browser.no_panel());
        if matches!(view.presence, Some(PresenceStatus::Unknown(_))) {
            acts.push(Act::RetryPresence);
        }
        let act = match self.rng.weighted(&[10.0, 1.0, 2.0]) {
            0 => self.rng.pick(&acts),
            1 => Some(self.typed(task)),
            _ => Some(self.any_act(task)),
        };
        if let Some(act) = act {
            self.act(task, act);
        }
    }

    fn any_act(&mut self, task: usize) -> Act {
        let no_panel = self.browser.no_panel();
        match self.rng.below(18) {
            0 | 1 => Act::Start { key: None, no_panel },
            2 => self.typed(task),
            16 => self.invite(task),
            17 => Act::CopyLink,
            3 => Act::OpenAgain,
            4 => Act::OpenInTab,
            5 => Act::BringToFront,
            6 => Act::Cancel,
            7 => Act::Close,
            8 => Act::SignIn,
            9 => Act::Dismiss,
            10 => Act::OpenBlocked,
            11 => Act::Wait,
            12 => Act::Withdraw,
            13 => Act::AskAgain,
            14 => Act::ItIsOver,
            _ => Act::RetryPresence,
        }
    }

    /// A key that is made for this task, and for no other.
    fn invite(&mut self, task: usize) -> Act {
        let mut bytes = [0; 16];
        bytes.fill_with(|| self.rng.below(256) as u8);
        let key = SessionKey::random(bytes);
        let flex_task = &mut self.flex.tasks[task];
        flex_task.keys.push(key.as_str().to_owned());
        Act::Invite { key, no_panel: self.browser.no_panel() }
    }

    /// A key that the agent types for this task, and for no other.
    fn typed(&mut self, task: usize) -> Act {
        let number = self.rng.below(3);
        let text = format!("typed-{task}-{number}");
        let flex_task = &mut self.flex.tasks[task];
        if !flex_task.keys.contains(&text) {
            flex_task.keys.push(text.clone());
        }
        let key = SessionKey::parse(&text).ok();
        Act::Start { key, no_panel: self.browser.no_panel() }
    }

    pub(crate) fn act(&mut self, task: usize, act: Act) {
        if act == Act::LinkFollowed && !self.follow_link(task) {
            return;
        }
        if act != Act::RetryPresence
            && self.desk.task_view(&self.flex.tasks[task].sid).presence.is_none()
        {
            self.coverage.arose(Fact::ActWithoutPresence);
        }
        let at = match self.sources.is_empty() {
            true => 0,
            false => self.sources[self.rng.below(self.sources.len())].1,
        };
        let settings = self.settings[at].clone();
        let task = self.flex.tasks[task].task();
        self.tell(Event::Agent { task, settings, act });
    }

    /// The browser opens what the link says. Whether there is a link.
    fn follow_link(&mut self, task: usize) -> bool {
        let sid = self.flex.tasks[task].sid.clone();
        let attempt = self.desk.task_view(&sid).session.and_then(|it| it.viewer.attempt.as_ref());
        let Some(Attempt::Blocked { link: Some(url), .. }) = attempt else { return false };
        // What tells of a sleep comes before the agent can click.
        if self.clocks.have_jumped() {
            return false;
        }
        let url = url.clone();
        self.coverage.arose(Fact::LinkFollowed);
        self.check_url(&sid, &url);
        true
    }

    pub(crate) fn notification_is_clicked(&mut self) {
        let Some((kind, task)) = self.rng.pick(&self.browser.notifications) else { return };
        self.browser.notifications.retain(|up| *up != (kind, task.clone()));
        self.coverage.arose(Fact::NotificationClicked);
        self.tell(Event::NotificationClicked(kind, task));
    }

    pub(crate) fn action_ends_session(&mut self) {
        if let Some(task) = self.rng.pick(&self.flex.held()) {
            let sid = self.flex.tasks[task].sid.clone();
            self.tell(Event::EndSession(sid));
        }
    }
}
