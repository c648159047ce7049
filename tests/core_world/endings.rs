//! How a world ends: everything falls silent, or everything works.

use flex_glance::core::{
    desk::{Act, Event},
    ids::TaskSid,
    presence::PresenceStatus,
    session::{
        invitation::Invitation,
        viewer::{Attempt, Frame, Open, Reach},
    },
};

use crate::{
    agent::offered, browser::Popups, coverage::Fact, flex::index_of, function, glance,
    properties::is_fetching, world::World,
};

/// Longer than anything may wait for the world.
const SILENCE_MS: f64 = 75_000.0;

/// So many acts lead to a viewer from anywhere.
const ACTS: usize = 10;

impl World {
    /// Nobody answers any more. What waits ends by itself.
    pub(crate) fn falls_silent(&mut self) {
        self.note(|_| "SILENCE".to_owned());
        self.traps = false;
        self.forget_pending();
        self.function.mood = function::Mood::Silent;
        self.function.puids.clear();
        self.glance.mood = glance::Mood::Silent;
        let attempt = self.authorization_attempt();
        let checked = self.unanswered();
        if self.sessions().iter().any(|(_, session)| is_fetching(session)) {
            self.coverage.arose(Fact::SilentWhileWaiting);
        }
        if attempt.is_some() {
            self.coverage.arose(Fact::SilentAuthorization);
        }
        if !checked.is_empty() {
            self.coverage.arose(Fact::SilentLookUp);
        }
        self.pass(SILENCE_MS);
        for (_, session) in self.sessions() {
            let waits = is_fetching(&session)
                || matches!(
                    session.invitation,
                    Invitation::AwaitingPresence { .. } | Invitation::Sent { .. }
                )
                || matches!(
                    session.viewer.open,
                    Some(Open::Panel { frame: Frame::Loading { .. }, .. })
                );
            if waits {
                self.fail("a session waits in silence");
            }
        }
        if attempt.is_some() && attempt == self.authorization_attempt() {
            self.fail("presence waits in silence");
        }
        let still = self.unanswered();
        if checked.iter().any(|id| still.contains(id)) {
            self.fail("a look-up waits in silence");
        }
    }

    /// What the authorization waits for, if that is an answer.
    fn authorization_attempt(&self) -> Option<String> {
        let state = format!("{:?}", self.desk.presence().authorization());
        let waits = ["LoadingScript", "FetchingKey", "Authorizing"];
        waits.iter().any(|name| state.contains(name)).then_some(state)
    }

    fn unanswered(&self) -> Vec<flex_glance::core::ids::ConnectionId> {
        let connections = self.desk.presence().connections().iter();
        connections
            .filter(|connection| connection.status == PresenceStatus::Checking)
            .filter_map(|connection| connection.id())
            .collect()
    }

    /// Everything works, and the agent clicks what is offered until the session is there of every visitor
    /// who has agreed.
    pub(crate) fn cooperates(&mut self) {
        self.note(|_| "COOPERATION".to_owned());
        self.traps = false;
        self.function.mood = function::Mood::Fine;
        self.glance.mood = glance::Mood::Fine;
        self.glance.loss = 0.0;
        self.browser.popups = Popups::InClicks;
        self.browser.is_isolated = false;
        self.forget_pending();
        self.panel_comes();
        // What was lost before is given up.
        self.cooperate_for(60_000.0);
        for (task, session) in self.sessions() {
            let at = index_of(&task);
            let agreed = session.invitation.has_agreed();
            let Some(request) = session.invitation.request().filter(|_| agreed) else { continue };
            if self.flex.tasks[at].changed_visitor {
                continue;
            }
            self.coverage.arose(Fact::Agreed);
            let key = request.session_key.as_str().to_owned();
            self.reach(&task, &key);
        }
    }

    fn reach(&mut self, task: &TaskSid, key: &str) {
        let at = index_of(task);
        for _ in 0..ACTS {
            if self.is_reached(at, key) || self.broken.is_some() {
                return;
            }
            let Some(session) = self.desk.task_view(task).session.cloned() else { return };
            if !session.invitation.has_agreed() {
                return;
            }
            let acts = offered(Some(&session), None);
            let is_own = |request: &flex_glance::core::session::ViewerRequest| {
                request.session_key.as_str() == key
            };
            let act = match (&session.viewer.attempt, &session.viewer.open) {
                (Some(Attempt::FetchingKey { .. }), _) => None,
                (Some(Attempt::Blocked { request, .. }), _) if is_own(request) => {
                    Some(Act::OpenBlocked)
                }
                (Some(Attempt::Blocked { .. }), _) => Some(Act::Cancel),
                (Some(Attempt::Failed { .. }), _) => Some(Act::Dismiss),
                (None, Some(Open::Window { request, reach: Reach::OutOfReach, .. })) => {
                    Some(if is_own(request) { Act::OpenAgain } else { Act::Dismiss })
                }
                (None, Some(Open::Suspended { request })) if is_own(request) => {
                    self.tell(Event::PanelReady(task.clone()));
                    None
                }
                (None, Some(open)) if is_own(open.request()) => None,
                (None, Some(_)) => Some(Act::Close),
                (None, None) => Some(Act::Start { key: None, no_panel: None }),
            };
            if let Some(act) = act {
                if !acts.contains(&act) {
                    return self.fail("a session cannot be reached by what is offered");
                }
                self.act(at, act);
            }
            self.cooperate_for(2_500.0);
        }
        if !self.is_reached(at, key) {
            self.fail("the session of a visitor who accepted cannot be reached");
        }
    }

    fn is_reached(&self, task: usize, key: &str) -> bool {
        let frame = self.browser.frames.get(&task).is_some_and(|frame| frame.key == key);
        let window = self.browser.windows.get(&task).and_then(|window| window.page.as_ref());
        frame || window.is_some_and(|page| page.key == key)
    }

    /// Whatever is asked for is answered while time passes.
    pub(crate) fn cooperate_for(&mut self, ms: f64) {
        let end_ms = self.clocks.mono_ms + ms;
        while self.clocks.mono_ms < end_ms && self.broken.is_none() {
            for _ in 0..6 {
                self.function_answers();
                self.deliver();
            }
            self.pass((end_ms - self.clocks.mono_ms).min(ms / 5.0).max(1.0));
        }
    }
}
