//! A page for the tests of the desk: the desk, two clocks, and a browser, Function and Glance that answer.

use std::{collections::VecDeque, mem::discriminant, rc::Rc};

use flex_glance::core::{
    config::Config,
    desk::{Act, Desk, Effect, Event, Slot, Source},
    ids::{ComponentId, ConnectionId, SettingsId, TaskSid, ViewerId},
    login_key::{LoginKeyFailure, TokenSource, cache},
    presence::{self, Signal, VisitorPage},
    prop::Prop,
    session::{
        OpenTarget, Session,
        invitation::Invitation,
        viewer::{Attempt, Open, Viewer, WindowSight},
    },
    settings::Settings,
    strings::Strings,
    task::{Attributes, ListedTask, Task},
    time::Now,
};

use super::{NOW, credentials_of, props};

/// How the world of a page answers.
#[derive(Clone, Debug)]
pub(crate) struct World {
    /// Who the `puid` prop says that the agent is.
    pub(crate) agent: &'static str,
    pub(crate) answers_keys: bool,
    pub(crate) login_key: Result<(), LoginKeyFailure>,
    pub(crate) blocks_windows: bool,
    pub(crate) authorizes: bool,
    /// `None`: no look-up is answered. Otherwise who is on the site.
    pub(crate) online: Option<Vec<&'static str>>,
    pub(crate) sight: WindowSight,
}

/// A desk, and what it asked for.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) desk: Desk,
    pub(crate) now: Now,
    pub(crate) world: World,
    pub(crate) settings: Rc<Settings>,
    /// All that was asked for since the page began.
    pub(crate) effects: Vec<Effect>,
    unanswered: VecDeque<Effect>,
}

pub(crate) fn settings(change: impl FnOnce(&mut Config)) -> Rc<Settings> {
    settings_numbered(1, change)
}

pub(crate) fn settings_numbered(id: u32, change: impl FnOnce(&mut Config)) -> Rc<Settings> {
    let mut config = Config::parse(&props()).unwrap();
    config.presence = true;
    config.notifications = true;
    change(&mut config);
    Rc::new(Settings {
        id: SettingsId(id),
        config,
        strings: Strings::new("en"),
        token: TokenSource::Current,
    })
}

/// A task whose visitor has the name of the task in lower case, such as `ann` for `WRann`.
pub(crate) fn task(name: &str) -> Task {
    Task {
        sid: TaskSid::from(format!("WR{name}")),
        visitor_id: Prop::Missing,
        attributes: Attributes {
            glance_visitor_id: Prop::from(name),
            name: Prop::from(name),
            ..Attributes::default()
        },
        facts: Rc::default(),
        session: None,
    }
}

pub(crate) fn listed(name: &str, status: &str) -> ListedTask {
    ListedTask { task: task(name), status: status.to_owned() }
}

impl World {
    fn new() -> Self {
        Self {
            agent: "alice",
            answers_keys: true,
            login_key: Ok(()),
            blocks_windows: false,
            authorizes: true,
            online: Some(vec!["ann"]),
            sight: WindowSight::Foreign,
        }
    }
}

impl Page {
    /// A page whose settings are told, and that knows of no task.
    pub(crate) fn new(settings: Rc<Settings>) -> Self {
        let mut page = Self {
            desk: Desk::default(),
            now: NOW,
            world: World::new(),
            settings: settings.clone(),
            effects: vec![],
            unanswered: VecDeque::new(),
        };
        page.tell(Event::SettingsChanged(Source::Registration, settings));
        page
    }

    /// A page with these tasks of the agent's, all of them accepted, and everything answered.
    pub(crate) fn with_tasks(settings: Rc<Settings>, names: &[&str]) -> Self {
        let mut page = Self::new(settings);
        page.list(names);
        page.answer_all();
        page
    }

    /// Gives the desk one event; what it asked for.
    pub(crate) fn tell(&mut self, event: Event) -> Vec<Effect> {
        self.desk.handle(event, self.now);
        let effects: Vec<_> = std::iter::from_fn(|| self.desk.poll_effect()).collect();
        self.effects.extend(effects.clone());
        self.unanswered.extend(effects.clone());
        effects
    }

    /// Gives the desk one event and all answers that it asks for; what it asked for.
    pub(crate) fn happens(&mut self, event: Event) -> Vec<Effect> {
        let before = self.effects.len();
        self.tell(event);
        self.answer_all();
        self.effects[before..].to_vec()
    }

    pub(crate) fn list(&mut self, names: &[&str]) -> Vec<Effect> {
        let tasks = names.iter().map(|name| listed(name, "accepted")).collect();
        self.tell(Event::Tasks(tasks))
    }

    /// The agent acts on a task; what was asked for in the click itself.
    pub(crate) fn clicks(&mut self, name: &str, act: Act) -> Vec<Effect> {
        self.tell(self.agent_event(name, act))
    }

    /// The agent acts on a task, and everything is answered.
    pub(crate) fn acts(&mut self, name: &str, act: Act) -> Vec<Effect> {
        self.happens(self.agent_event(name, act))
    }

    pub(crate) fn agent_event(&self, name: &str, act: Act) -> Event {
        Event::Agent { task: task(name), settings: self.settings.clone(), act }
    }

    /// A header shows the task.
    pub(crate) fn shows(&mut self, component: u32, slot: Slot, name: Option<&str>) -> Vec<Effect> {
        let component = ComponentId(component);
        self.tell(Event::Shown { component, slot, task: name.map(task) })
    }

    /// Glance says something of a visitor.
    pub(crate) fn glance(&mut self, visitor: &str, signal: Signal) -> Vec<Effect> {
        let connection = self.connection(visitor).expect("a connection to the visitor");
        self.happens(Event::Presence(connection, signal))
    }

    pub(crate) fn connection(&self, visitor: &str) -> Option<ConnectionId> {
        self.desk.presence().connection_id(&super::session_key(visitor))
    }

    /// Lets time pass by both clocks, waking the desk at each of its deadlines, with answers.
    pub(crate) fn wait(&mut self, ms: f64) -> Vec<Effect> {
        let (before, end_ms) = (self.effects.len(), self.now.mono_ms + ms);
        while let Some(due_ms) = self.desk.next_deadline().filter(|due_ms| *due_ms <= end_ms) {
            self.pass_until(due_ms.max(self.now.mono_ms));
            self.happens(Event::Deadline);
            assert!(self.effects.len() - before < 10_000, "the desk wakes for ever");
        }
        self.pass_until(end_ms);
        self.effects[before..].to_vec()
    }

    /// Lets time pass until the desk wakes, and wakes it.
    pub(crate) fn sleep_until_deadline(&mut self) {
        if let Some(due_ms) = self.desk.next_deadline() {
            self.pass_until(due_ms.max(self.now.mono_ms));
            self.tell(Event::Deadline);
        }
    }

    /// What was asked for and is not answered.
    pub(crate) fn questions(&self) -> impl Iterator<Item = &Effect> {
        self.unanswered.iter()
    }

    /// Forgets all questions but the last of each kind.
    pub(crate) fn keep_latest_questions(&mut self) {
        let mut kinds = vec![];
        self.unanswered = std::mem::take(&mut self.unanswered)
            .into_iter()
            .rev()
            .filter(|effect| {
                let kind = kind(effect);
                let is_new = !kinds.contains(&kind);
                kinds.push(kind);
                is_new
            })
            .collect();
    }

    fn pass_until(&mut self, mono_ms: f64) {
        self.now.unix_ms += mono_ms - self.now.mono_ms;
        self.now.mono_ms = mono_ms;
    }

    /// Answers everything that was asked for, and what that asks for in turn.
    pub(crate) fn answer_all(&mut self) {
        while let Some(answer) = self.next_answer() {
            self.tell(answer);
        }
    }

    /// The next answer to what was asked for.
    pub(crate) fn next_answer(&mut self) -> Option<Event> {
        while let Some(effect) = self.unanswered.pop_front() {
            if let Some(answer) = self.answer(effect) {
                return Some(answer);
            }
        }
        None
    }

    fn answer(&self, effect: Effect) -> Option<Event> {
        let world = &self.world;
        match effect {
            Effect::OpenWindow { task, viewer, .. } if world.blocks_windows => {
                Some(Event::WindowRefused(task, viewer))
            }
            Effect::LookAtWindow { task, viewer } => {
                Some(Event::WindowSeen(task, viewer, world.sight))
            }
            Effect::LoginKey(cache::Effect::ResolvePartnerUserId { request, .. }) => {
                Some(Event::PartnerUserId(request, Ok(world.agent.to_owned().into())))
            }
            Effect::LoginKey(cache::Effect::RequestLoginKey {
                request, partner_user_id, ..
            }) if world.answers_keys => {
                let credentials = credentials_of(&partner_user_id, self.now.moment());
                Some(Event::LoginKey(request, world.login_key.clone().map(|()| credentials), 0))
            }
            Effect::Presence(presence::Effect::LoadScript { script, .. }) => {
                Some(Event::Script(script, Ok(())))
            }
            Effect::Presence(presence::Effect::Authorize { authorization, .. }) => {
                Some(Event::Authorized(authorization, world.authorizes))
            }
            Effect::Presence(presence::Effect::LookUp { connection, look_up }) => {
                let visitor = self.desk.presence().visitor(connection)?;
                let is_online = world.online.as_ref()?.contains(&visitor.as_str());
                let page = is_online.then(VisitorPage::default);
                Some(Event::Presence(connection, Signal::Found(look_up, page)))
            }
            _ => None,
        }
    }

    /// The next key has to be fetched: the one that is kept is another agent's.
    pub(crate) fn no_key_is_kept(&mut self) {
        self.world.agent = "somebody else";
    }

    pub(crate) fn session(&self, name: &str) -> Option<&Session> {
        self.desk.task_view(&task(name).sid).session
    }

    pub(crate) fn viewer(&self, name: &str) -> Viewer {
        self.session(name).map(|session| session.viewer.clone()).unwrap_or_default()
    }

    pub(crate) fn invitation(&self, name: &str) -> Invitation {
        self.session(name).map(|session| session.invitation.clone()).unwrap_or_default()
    }

    pub(crate) fn open(&self, name: &str) -> Option<Open> {
        self.viewer(name).open
    }

    pub(crate) fn is_blocked(&self, name: &str) -> bool {
        matches!(self.viewer(name).attempt, Some(Attempt::Blocked { .. }))
    }

    pub(crate) fn is_in_session(&self, name: &str) -> bool {
        matches!(self.invitation(name), Invitation::InSession { .. })
    }

    /// The number of the window or panel that is open.
    pub(crate) fn viewer_id(&self, name: &str) -> ViewerId {
        match self.open(name) {
            Some(Open::Window { id, .. } | Open::Panel { id, .. }) => id,
            other => panic!("no viewer is open: {other:?}"),
        }
    }

    /// The visitor of this task accepts, and the session starts.
    pub(crate) fn meets(&mut self, name: &str) {
        self.acts(name, start());
        self.glance(name, Signal::Accepted);
        self.glance(name, Signal::Started);
        assert!(self.is_in_session(name));
    }
}

/// The click on the main button, with a panel on the page.
pub(crate) fn start() -> Act {
    Act::Start { key: None, no_panel: None }
}

pub(crate) fn join(key: &str) -> Act {
    Act::Start { key: Some(super::session_key(key)), no_panel: None }
}

pub(crate) fn in_tab(config: &mut Config) {
    config.target = OpenTarget::Tab;
}

pub(crate) fn in_window(config: &mut Config) {
    config.target = OpenTarget::Window;
}

pub(crate) fn without_presence(config: &mut Config) {
    config.presence = false;
}

pub(crate) fn count(effects: &[Effect], is_wanted: impl Fn(&Effect) -> bool) -> usize {
    effects.iter().filter(|effect| is_wanted(effect)).count()
}

/// Tells effects of different variants apart, those of the inner machines too.
fn kind(effect: &Effect) -> impl PartialEq + use<> {
    let inner = match effect {
        Effect::LoginKey(effect) => (Some(discriminant(effect)), None),
        Effect::Presence(effect) => (None, Some(discriminant(effect))),
        _ => (None, None),
    };
    (discriminant(effect), inner)
}

pub(crate) fn opens_window(effect: &Effect) -> bool {
    matches!(effect, Effect::OpenWindow { .. })
}

pub(crate) fn is_invitation(effect: &Effect) -> bool {
    matches!(effect, Effect::Presence(presence::Effect::Invite { .. }))
}

/// What was reported of a session's end.
pub(crate) fn ends(effects: &[Effect]) -> Vec<(f64, &'static str)> {
    let end = |effect: &Effect| match effect {
        Effect::ReportEnd { duration_ms, reason, .. } => Some((*duration_ms, reason.name())),
        _ => None,
    };
    effects.iter().filter_map(end).collect()
}
