//! The world round one real `Desk`, moved by random numbers.

use std::{collections::VecDeque, rc::Rc};

use flex_glance::core::{
    desk::{Act, Desk, Effect, Event, LeftViewer, OpenViewer, Slot, Source},
    presence::Signal,
    settings::Settings,
};

use crate::{
    browser::Browser,
    clocks::Clocks,
    coverage::{Coverage, Fact},
    flex::{Flex, Told, identity, index_of},
    function::Function,
    glance::{self, Glance},
    properties::{Before, KeySource, Reports},
    rng::Rng,
    settings::some_settings,
    trace,
};

pub(crate) struct World {
    pub(crate) desk: Desk,
    pub(crate) rng: Rng,
    /// What moves the policy of the worlds that have one; apart, so that the others stay as they are.
    pub(crate) policy: Option<Rng>,
    pub(crate) clocks: Clocks,
    pub(crate) flex: Flex,
    pub(crate) browser: Browser,
    pub(crate) function: Function,
    pub(crate) glance: Glance,
    pub(crate) settings: Vec<Rc<Settings>>,
    /// Which of the settings each source has told.
    pub(crate) sources: Vec<(Source, usize)>,
    /// Events that the desk hears next, in order.
    pub(crate) queue: VecDeque<Event>,
    /// Events that come some time, in any order, or never.
    pending: Vec<Event>,
    /// Who is logged in, as the desk was told.
    told_agent: Option<u32>,
    pub(crate) reports: Reports,
    pub(crate) key_source: KeySource,
    pub(crate) is_hearing: bool,
    pub(crate) coverage: Coverage,
    /// The property that does not hold, and where.
    pub(crate) broken: Option<String>,
    pub(crate) trace: Option<Vec<String>>,
    /// Of one: how often an event is lost, repeated, or traps.
    hostility: f64,
    pub(crate) traps: bool,
    /// How many desks there were.
    pub(crate) desks: u32,
    /// Whether the desk has still to hear what the one before it left.
    is_restoring: bool,
}

impl World {
    pub(crate) fn new(seed: u64, is_traced: bool) -> Self {
        let mut rng = Rng::new(seed);
        let is_listing = rng.chance(0.85);
        let names_agent = rng.chance(0.9);
        let has_presence = rng.chance(0.85);
        let policy = (seed % 10 == 7).then(|| Rng::new(!seed));
        let settings = some_settings(&mut rng, has_presence, policy.is_some());
        let clocks = Clocks {
            true_ms: 1_750_000_000_000.0 + rng.between(0.0, 1e9),
            skew_ms: if rng.chance(0.3) { rng.between(-4e7, 4e7) } else { 0.0 },
            mono_ms: rng.between(500.0, 90_000.0),
            told_offset_ms: None,
        };
        let mut function = Function { has_date: rng.chance(0.6), ..Function::default() };
        function.puid = 1;
        let hostility = [0.0, 0.05, 0.2][rng.below(3)];
        let glance = Glance { loss: hostility, ..Glance::default() };
        let browser = Browser {
            has_panel: rng.chance(0.8),
            is_isolated: rng.chance(0.15),
            ..Browser::default()
        };
        Self {
            desk: Desk::default(),
            rng,
            policy,
            clocks,
            flex: Flex::new(is_listing, names_agent),
            browser,
            function,
            glance,
            settings,
            sources: vec![(Source::Registration, 0), (Source::Component(Slot::Header), 1)],
            queue: VecDeque::new(),
            pending: vec![],
            told_agent: None,
            reports: Reports::default(),
            key_source: KeySource::None,
            is_hearing: false,
            coverage: Coverage::default(),
            broken: None,
            trace: is_traced.then(Vec::new),
            hostility,
            traps: true,
            desks: 1,
            is_restoring: false,
        }
    }

    /// A whole world, from the first word of Flex to the end of everything.
    pub(crate) fn run(&mut self) {
        self.tell(Event::AgentChanged(identity(self.flex.agent)));
        self.tell_settings();
        self.list_tasks();
        for _ in 0..=self.rng.below(3) {
            self.new_task();
        }
        if self.rng.chance(0.6) {
            self.all_goes_well();
        }
        let events = 30 + self.rng.below(171);
        for _ in 0..events {
            if self.broken.is_some() {
                return;
            }
            self.something_happens();
        }
        match self.rng.below(2) {
            0 => self.falls_silent(),
            _ => self.cooperates(),
        }
        self.dispose();
    }

    fn something_happens(&mut self) {
        self.policy_changes_its_mind();
        const WEIGHTS: [f64; 21] = [
            24.0, 9.0, 15.0, 13.0, 14.0, 5.0, 4.0, 0.6, 0.6, 0.2, 0.2, 0.4, 0.25, 0.4, 0.3, 0.5,
            0.8, 0.1, 0.2, 0.8, 0.5,
        ];
        match self.rng.weighted(&WEIGHTS) {
            0 => self.deliver(),
            1 => self.function_answers(),
            2 => self.agent_acts(),
            3 => self.some_time(),
            4 => self.visitor_acts(),
            5 => self.flex_changes(),
            6 => self.browser_changes(),
            7 => self.glance_misbehaves(),
            8 => self.function_changes(),
            9 => self.settings_change(),
            10 => self.agent_changes(),
            11 => self.tell(Event::TokenChanged),
            12 => self.trap(),
            13 => self.set_clock(),
            14 => {
                self.coverage.arose(Fact::Sleep);
                self.sleep();
            }
            15 => self.tell(Event::Resumed),
            16 => self.notification_is_clicked(),
            17 => self.dispose(),
            18 => self.action_ends_session(),
            19 => self.all_goes_well(),
            _ => self.time_of_renewal(),
        }
    }

    /// For some seconds everybody answers, and nobody gets in the way.
    fn all_goes_well(&mut self) {
        let moods = (self.function.mood, self.glance.mood, self.hostility);
        (self.function.mood, self.glance.mood) = Default::default();
        self.hostility = 0.0;
        self.cooperate_for(3_000.0);
        (self.function.mood, self.glance.mood, self.hostility) = moods;
    }

    /// Time passes until the authorization for presence is to be renewed, which may fail.
    fn time_of_renewal(&mut self) {
        let authorization = self.desk.presence().authorization();
        let (Some(_), Some(deadline_ms)) = (authorization.id(), authorization.deadline()) else {
            return;
        };
        self.pass((deadline_ms - self.clocks.mono_ms).max(0.0));
        let mood = self.glance.mood;
        if self.rng.chance(0.4) {
            self.glance.mood = glance::Mood::Failing;
        }
        for _ in 0..3 {
            self.function_answers();
            self.deliver();
        }
        self.glance.mood = mood;
    }

    /// An event that comes later, if it comes.
    pub(crate) fn promise(&mut self, event: Event) {
        self.pending.push(event);
    }

    /// One of the events that are due comes: mostly the oldest.
    pub(crate) fn deliver(&mut self) {
        if self.pending.is_empty() {
            return self.window_loads();
        }
        let at = if self.rng.chance(0.6) { 0 } else { self.rng.below(self.pending.len()) };
        let event = self.pending.remove(at);
        if self.rng.chance(self.hostility) {
            match self.rng.below(2) {
                0 => return,
                _ => self.pending.push(event.clone()),
            }
        }
        // A frame loads only while it is there.
        if let Event::FrameLoaded(task, viewer) = &event {
            let frame = self.browser.frames.get(&index_of(task));
            if frame.is_none_or(|frame| frame.viewer != *viewer) {
                return;
            }
        }
        self.tell(event);
    }

    /// What was on its way never comes.
    pub(crate) fn forget_pending(&mut self) {
        self.pending.clear();
    }

    pub(crate) fn tell(&mut self, event: Event) {
        self.queue.push_back(event);
        self.drain();
    }

    pub(crate) fn drain(&mut self) {
        let mut events = 0;
        while let Some(event) = self.queue.pop_front() {
            if self.broken.is_some() {
                return;
            }
            events += 1;
            if events > 300 {
                return self.fail("one event leads to others without end");
            }
            self.hear(event);
            if self.traps && !self.queue.is_empty() && self.rng.chance(0.001) {
                return self.trap();
            }
        }
    }

    fn hear(&mut self, event: Event) {
        let before = Before::new(self, &event);
        self.key_source = KeySource::of(&event);
        self.browser.in_click =
            matches!(event, Event::Agent { .. } | Event::NotificationClicked(..));
        self.flex.note_told(&event, self.clocks.mono_ms);
        if let Event::AgentChanged(_) = event {
            let told = std::mem::replace(&mut self.told_agent, self.flex.agent);
            if told.is_some() && told != self.flex.agent {
                self.flex.note_agent_gone();
            }
            if self.flex.agent.is_some() && told != self.flex.agent && !self.flex.is_listing {
                self.flex.note_agent_there();
            }
        }
        if let Some(trace) = &mut self.trace {
            let moment = self.clocks.moment();
            trace.push(format!("{} at {}", trace::event(&event), moment.mono_ms));
        }
        let now = self.clocks.now(self.rng.unit());
        self.clocks.note_told();
        self.is_hearing = true;
        self.desk.handle(event, now);
        while let Some(effect) = self.desk.poll_effect() {
            if let Some(trace) = &mut self.trace {
                trace.extend(trace::effect(&effect));
            }
            self.run_effect(effect, &before);
        }
        self.is_hearing = false;
        self.browser.in_click = false;
        self.key_source = KeySource::None;
        if !self.is_restoring {
            self.check(&before);
        }
    }

    fn run_effect(&mut self, effect: Effect, before: &Before) {
        match effect {
            Effect::LoginKey(effect) => self.run_at_function(effect),
            Effect::Presence(effect) => self.run_at_presence(effect),
            Effect::ReportStart { task, .. } => self.check_report_start(&task),
            Effect::ReportEnd { task, duration_ms, .. } => {
                self.check_report_end(&task, duration_ms, before);
            }
            Effect::SelectTask(task) => {
                if !self.flex.holds(index_of(&task)) {
                    self.fail("a task is selected that is gone");
                }
            }
            Effect::Deliver { task, link, text, way } => {
                self.deliver_link(task, link, &text.0, way)
            }
            Effect::Redraw(_) | Effect::Log(_) | Effect::Warn(_) => {}
            in_browser => self.run_in_browser(in_browser),
        }
    }

    /// The desk is lost, with what it had still to hear. Another one takes over what the page remembers.
    /// Nothing that was asked for by the old one answers the new one.
    pub(crate) fn trap(&mut self) {
        self.coverage.arose(Fact::Trap);
        self.note(|_| "TRAP".to_owned());
        let tasks = self.desk.tasks_with_session();
        let left: Vec<OpenViewer> =
            tasks.iter().filter_map(|task| self.desk.remembered(task)).collect();
        if left.iter().any(|left| left.in_session.is_some()) {
            self.coverage.arose(Fact::TrapInSession);
        }
        let is_unselected = |left: &OpenViewer| !self.flex.is_shown(index_of(&left.task));
        if left.iter().any(|left| matches!(left.viewer, LeftViewer::Open(_)) && is_unselected(left))
        {
            self.coverage.arose(Fact::TrapWithUnselected);
        }
        self.desk = Desk::default();
        self.desks += 1;
        self.queue.clear();
        self.pending.clear();
        self.function.under_way.clear();
        self.function.puids.clear();
        self.glance.connections.clear();
        self.glance.look_ups.clear();
        self.browser.notifications.clear();
        self.browser.refused.clear();
        self.told_agent = None;
        let shown = std::mem::take(&mut self.flex.shown);
        self.flex.tasks.iter_mut().for_each(|task| task.told = Told::Nothing);

        let traps = std::mem::replace(&mut self.traps, false);
        self.is_restoring = true;
        self.tell(Event::AgentChanged(identity(self.flex.agent)));
        self.is_restoring = false;
        self.tell(Event::Restored(left));
        self.tell_settings();
        self.list_tasks();
        for (component, slot, task) in shown {
            let task = task.map(|task| self.flex.tasks[task].task());
            self.tell(Event::Shown { component, slot, task });
        }
        self.traps = traps;
    }

    /// Writes down what happens outside the desk.
    pub(crate) fn note(&mut self, line: impl FnOnce(&Self) -> String) {
        if self.trace.is_some() {
            let line = line(self);
            self.trace.iter_mut().for_each(|trace| trace.push(line.clone()));
        }
    }

    pub(crate) fn fail(&mut self, property: &str) {
        if self.broken.is_none() {
            self.note(|_| format!("BROKEN: {property}"));
            self.broken = Some(property.to_owned());
        }
    }
}

/// What an event is about, where a visitor's session may end by it.
pub(crate) fn may_end_session(event: &Event) -> bool {
    match event {
        Event::Presence(_, signal) => !matches!(signal, Signal::Accepted | Signal::Started),
        Event::Undelivered(_) => true,
        Event::Agent { act, .. } => matches!(act, Act::ItIsOver | Act::Withdraw | Act::Wait),
        _ => false,
    }
}
