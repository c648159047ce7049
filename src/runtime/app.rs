//! The page: the desk, and whoever runs it.
//!
//! `send` puts an event into the queue. Whoever finds the queue at rest drains it, synchronously, so that a
//! window still opens inside the agent's click. An effect that calls back into the page, as Flex does when
//! it runs an Action, only adds to the queue. So the desk is never entered twice, and no borrow is held
//! while an effect runs.

use std::{
    cell::{Cell, OnceCell, RefCell},
    collections::VecDeque,
    rc::{Rc, Weak},
};

use gloo_timers::callback::Timeout;
use web_sys::{CssStyleSheet, Element};

use crate::{
    browser::{
        clock, frame, glance_presence, host::Host, listener::Listener, page::Page, random,
        viewer_records as records,
    },
    core::{
        config::Config,
        desk::{Act, AgentIdentity, CannotStart, Desk, Effect, Event, Source, TaskView},
        ids::{ComponentId, TaskSid},
        policy::{Denial, Policy},
        session::{NoPanel, OpenTarget},
        session_key::SessionKey,
        settings::Settings,
        strings::Strings,
        task::Task,
    },
    runtime::{
        handles::Handles,
        known_settings::{KnownSettings, Sources},
        subscribers::{Subscribers, Subscription},
    },
};

/// The longest time that a timer of the browser's can wait, in milliseconds.
const LONGEST_TIMER_MS: f64 = i32::MAX as f64;

/// A page with the component on it.
pub struct App {
    pub(super) page: Page,
    pub(super) host: Host,
    desk: RefCell<Desk>,
    queue: RefCell<VecDeque<Event>>,
    is_draining: Cell<bool>,
    pub(super) handles: RefCell<Handles>,
    pub(super) subscribers: Rc<RefCell<Subscribers>>,
    pub(super) known: RefCell<KnownSettings>,
    /// The one timer, and when it is due.
    timer: RefCell<Option<(f64, Timeout)>>,
    wake_ups: RefCell<Vec<Listener>>,
    stylesheet: OnceCell<Option<CssStyleSheet>>,
    last_component: Cell<u32>,
    /// Who is logged in, as the desk was told last: nothing is told twice.
    agent: RefCell<Option<String>>,
    /// Whose settings the desk was told.
    configured: RefCell<Vec<(Source, Rc<Settings>)>>,
    /// Whether Flex was asked to show the panel, for viewers that are in it or on their way.
    shows_panel: Cell<bool>,
    pub(super) me: Weak<Self>,
}

impl App {
    /// Takes a page over, with what an instance before this one left on it.
    pub fn new(page: Page, host: Host) -> Rc<Self> {
        let app = Rc::new_cyclic(|me| Self {
            page,
            host,
            desk: RefCell::default(),
            queue: RefCell::default(),
            is_draining: Cell::new(false),
            handles: RefCell::default(),
            subscribers: Rc::default(),
            known: RefCell::default(),
            timer: RefCell::default(),
            wake_ups: RefCell::default(),
            stylesheet: OnceCell::new(),
            last_component: Cell::new(0),
            agent: RefCell::default(),
            configured: RefCell::default(),
            shows_panel: Cell::default(),
            me: me.clone(),
        });
        app.wake_ups.replace(app.listen_for_wake_ups());
        app.tell_agent();
        let left = records::remembered(&app.page);
        if !left.is_empty() {
            app.send(Event::Restored(left));
        }
        app
    }

    /// Takes an event, and does what follows from it, unless that is under way already.
    pub fn send(&self, event: Event) {
        self.queue.borrow_mut().push_back(event);
        if self.is_draining.replace(true) {
            return;
        }
        let mut changed = vec![];
        while let Some(event) = self.next_event() {
            self.desk.borrow_mut().handle(event, clock::now());
            while let Some(effect) = self.next_effect() {
                self.run(effect, &mut changed);
            }
        }
        for task in &changed {
            self.remember(task);
        }
        self.is_draining.set(false);
        self.set_timer();
        self.select_frames();
        self.leave_unused_panel();
        self.handles.borrow_mut().drop_retired(clock::now());
        let live = self.handles.borrow().presence_agents();
        glance_presence::close_leftovers(&self.page, &live);
        for task in &changed {
            self.notify_subscribers(task);
        }
    }

    /// Does what an agent asks for, with the component of these settings.
    pub fn act(&self, task: &Task, settings: &Rc<Settings>, act: Act) {
        self.tell_agent();
        self.send(Event::Agent { task: task.clone(), settings: settings.clone(), act });
    }

    /// Opens the task's session, or the one of a typed key.
    pub fn start(&self, task: &Task, settings: &Rc<Settings>, key: Option<SessionKey>) {
        self.open(task, settings, |no_panel| Act::Start { key, no_panel });
    }

    /// Opens the viewer of the task's session that runs.
    pub fn show_viewer(&self, task: &Task, settings: &Rc<Settings>) {
        self.open(task, settings, |no_panel| Act::ShowViewer { no_panel });
    }

    /// Invites the task's customer by a link with a key of its own, and opens the viewer.
    pub fn invite(&self, task: &Task, settings: &Rc<Settings>) {
        if let Some(key) = random::bytes().map(SessionKey::random) {
            self.open(task, settings, |no_panel| Act::Invite { key, no_panel });
        }
    }

    fn open(&self, task: &Task, settings: &Rc<Settings>, act: impl FnOnce(Option<NoPanel>) -> Act) {
        let is_in_panel = settings.config.target == OpenTarget::Flex;
        let no_panel = if is_in_panel { self.find_panel(&task.sid).err() } else { None };
        self.act(task, settings, act(no_panel));
        self.shows_panel.set(true);
        self.leave_unused_panel();
    }

    /// Opens the task's session for a caller outside, by the settings that its component last had, or the
    /// page's.
    ///
    /// # Errors
    /// Why it cannot be opened.
    pub fn start_from_outside(
        &self,
        task: &Task,
        key: Option<SessionKey>,
    ) -> Result<(), CannotStart> {
        let settings = {
            let desk = self.desk.borrow();
            let settings = desk.settings_for(&task.sid).cloned();
            desk.can_start(task, key.as_ref(), settings.as_deref())?;
            settings
        };
        if let Some(settings) = settings {
            self.start(task, &settings, key);
        }
        Ok(())
    }

    /// The settings that stand for these props, and the functions among them.
    pub fn settings(&self, config: Config, strings: &Strings, sources: Sources) -> Rc<Settings> {
        self.known.borrow_mut().intern(config, strings, sources)
    }

    /// Tells the desk the settings of a source, unless it has these of it: a page of many components tells
    /// the same ones for each.
    pub fn configure(&self, source: Source, settings: &Rc<Settings>) {
        {
            let mut configured = self.configured.borrow_mut();
            if configured.iter().any(|(known, told)| *known == source && Rc::ptr_eq(told, settings))
            {
                return;
            }
            configured.retain(|(known, _)| *known != source);
            configured.push((source, settings.clone()));
        }
        self.send(Event::SettingsChanged(source, settings.clone()));
    }

    /// Takes the settings of a source back.
    pub fn release(&self, source: Source) {
        self.configured.borrow_mut().retain(|(known, _)| *known != source);
        self.send(Event::SettingsGone(source));
    }

    /// Reads the desk. It may not be told anything meanwhile.
    pub fn read<T>(&self, task: &TaskSid, read: impl FnOnce(TaskView) -> T) -> T {
        read(self.desk.borrow().task_view(task))
    }

    /// Every rule of a policy that says no to the agent and the task.
    pub fn denials(&self, policy: &Policy, task: &Task) -> Vec<Denial> {
        self.desk.borrow().denials(policy, task)
    }

    /// Whether the task's header shows it, and so announces its news.
    pub fn is_in_header(&self, task: &TaskSid) -> bool {
        self.desk.borrow().is_in_header(task)
    }

    /// Invokes one of our Flex Actions on a task. `false` if Flex has them not, and the caller acts.
    pub fn perform(&self, action: &str, task: &TaskSid, session_key: Option<&str>) -> bool {
        self.host.perform(action, task.as_str(), session_key)
    }

    /// Calls `listen` with the task after every change of it.
    pub fn subscribe(&self, listen: impl Fn(&TaskSid) + 'static) -> Subscription {
        let id = self.subscribers.borrow_mut().add(Rc::new(listen));
        Subscription::new(&self.subscribers, id)
    }

    /// The stylesheet of these rules, which all components on the page share.
    pub fn stylesheet(&self, rules: &str) -> Option<&CssStyleSheet> {
        let make = || {
            let sheet = CssStyleSheet::new().ok()?;
            sheet.replace_sync(rules).is_ok().then_some(sheet)
        };
        self.stylesheet.get_or_init(make).as_ref()
    }

    /// Where the task's viewer goes: into the panel that shows the task, else into the one mounted last.
    pub(super) fn panel_for(&self, task: &TaskSid) -> Option<Element> {
        self.subscribers.borrow().panel_of(task).or_else(|| self.page.panel())
    }

    /// A number for a component that is mounted.
    pub fn issue_component(&self) -> ComponentId {
        self.last_component.set(self.last_component.get() + 1);
        ComponentId(self.last_component.get())
    }

    /// Where viewers go that open in the panel: an element of the component's own.
    pub fn add_panel(&self, panel: &Element) {
        self.page.add_panel(panel);
    }

    pub fn remove_panel(&self, panel: &Element) {
        self.page.remove_panel(panel);
    }

    /// Whether a task's frame is in this panel.
    pub fn has_frame_in(&self, panel: &Element, task: &TaskSid) -> bool {
        let frame = records::find(&self.page, task).and_then(|viewer| viewer.frame());
        frame.is_some_and(|frame| panel.contains(Some(&frame)))
    }

    /// Tells the desk of frames that went off the page with a component.
    pub fn notice_removal(&self) {
        for task in records::tasks(&self.page) {
            if !frame::is_detached(&self.page, &task) {
                continue;
            }
            let viewer = self.read(&task, |view| view.session?.viewer.frame());
            if let Some(viewer) = viewer {
                self.send(Event::PanelGone(task.clone(), viewer));
            }
            // Whoever moves a panel has put it back before this is told.
            if self.desk.borrow().is_shown(&task) && self.panel_for(&task).is_some() {
                self.send(Event::PanelReady(task));
            }
        }
    }

    /// Shows in every panel the frame of the task that it shows, and hides all others.
    pub fn select_frames(&self) {
        for (panel, task) in self.subscribers.borrow().panels() {
            frame::select(&self.page, &panel, task.as_ref());
        }
    }

    /// Lets go of everything. The page is not used again.
    pub fn dispose(&self) {
        self.send(Event::Disposed);
        self.timer.take();
        self.wake_ups.take();
        self.handles.take();
    }

    /// Looks for a panel of ours that can be seen, if need be after Flex was asked to show it.
    fn find_panel(&self, task: &TaskSid) -> Result<(), NoPanel> {
        self.host.show_panel(self.panel_for(task).as_ref())?;
        self.panel_for(task).map(|_| ()).ok_or(NoPanel::Missing)
    }

    /// Brings the panel into view for the task's viewer in it.
    pub(super) fn show_panel(&self, task: &TaskSid) {
        self.shows_panel.set(true);
        let _ = self.host.show_panel(self.panel_for(task).as_ref());
    }

    /// Leaves the panel as it was found, once no viewer needs it.
    fn leave_unused_panel(&self) {
        if self.shows_panel.get() && !self.desk.borrow().needs_panel() {
            self.shows_panel.set(false);
            self.host.leave_panel();
        }
    }

    /// Asks the host who is logged in: it may be another agent than a moment ago.
    pub fn tell_agent(&self) {
        self.agent_changed(self.host.agent_identity());
    }

    pub fn agent_changed(&self, identity: Option<String>) {
        if *self.agent.borrow() == identity {
            return;
        }
        self.agent.replace(identity.clone());
        self.send(Event::AgentChanged(identity.map(AgentIdentity::from)));
    }

    fn next_event(&self) -> Option<Event> {
        self.queue.borrow_mut().pop_front()
    }

    fn next_effect(&self) -> Option<Effect> {
        self.desk.borrow_mut().poll_effect()
    }

    /// Notes what an instance after this one has to know.
    fn remember(&self, task: &TaskSid) {
        match self.desk.borrow().remembered(task) {
            Some(viewer) => records::remember(&self.page, &viewer),
            None => records::forget(&self.page, task),
        }
    }

    /// Yew draws when it likes: nothing of ours is called back from here.
    fn notify_subscribers(&self, task: &TaskSid) {
        let listeners = self.subscribers.borrow().listeners();
        for listen in listeners {
            listen(task);
        }
    }

    fn set_timer(&self) {
        let deadline_ms = self.desk.borrow().next_deadline();
        let mut timer = self.timer.borrow_mut();
        if timer.as_ref().map(|(due_ms, _)| *due_ms) == deadline_ms {
            return;
        }
        *timer = deadline_ms.map(|deadline_ms| {
            let delay_ms = (deadline_ms - clock::now().mono_ms).clamp(0.0, LONGEST_TIMER_MS);
            let me = self.me.clone();
            let timeout = Timeout::new(delay_ms.ceil() as u32, move || {
                if let Some(app) = me.upgrade() {
                    app.timer.take();
                    app.send(Event::Deadline);
                }
            });
            (deadline_ms, timeout)
        });
    }

    fn listen_for_wake_ups(&self) -> Vec<Listener> {
        let Some(window) = web_sys::window() else { return vec![] };
        let Some(document) = window.document() else { return vec![] };
        let resumed = {
            let me = self.me.clone();
            move || Self::send_to(&me, Event::Resumed)
        };
        let (online, page) = (resumed.clone(), document.clone());
        vec![
            Listener::new(&window, "online", false, move |_| online()),
            Listener::new(&document, "visibilitychange", false, move |_| {
                if !page.hidden() {
                    resumed();
                }
            }),
        ]
    }
}

/// An app as a property of components: two are the same if they are one.
#[derive(Clone)]
pub struct AppHandle(pub Rc<App>);

impl PartialEq for AppHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// A page of its own, without Flex, for a Rust program.
impl Default for AppHandle {
    fn default() -> Self {
        Self(App::new(Page::new(), Host::none()))
    }
}
