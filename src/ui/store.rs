//! The sessions of the page, keyed by task: one store for every component.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::callback::{Interval, Timeout};
use wasm_bindgen::JsValue;

use crate::{
    core::{
        failure::Failure,
        meeting,
        session::{self, Command, Input, Session},
        session_key::SessionKey,
        strings::Strings,
        task::{ListedTask, Task},
        viewer::{self, Frame, Launch, OpenTarget},
        whereabouts::Whereabouts,
    },
    effects::{
        clock,
        frame::{self, FrameWatch},
        log,
        page::{self, Notification},
        viewer_window, viewers,
    },
    ui::{Setup, Slot, commands, watches},
};

/// What a session needs of the component that acts on it.
#[derive(Clone)]
pub struct Context {
    pub setup: Rc<Setup>,
    pub strings: Strings,
}

/// Hears of a change of the named task's session.
type Listen = Rc<dyn Fn(&str)>;

#[derive(Default)]
struct Store {
    /// By task. An agent holds a handful of tasks, so a list is the smallest and fastest map.
    entries: Vec<(String, Entry)>,
    subscribers: Vec<Subscriber>,
    next_subscriber: u32,
    /// What a session starts with that no component has acted on.
    context: Option<Context>,
}

/// One task's session with its running effects.
#[derive(Default)]
pub(super) struct Entry {
    session: Session,
    context: Option<Context>,
    /// The task as the component that acted last was given it.
    task: Option<Task>,
    pub(super) frame_watch: Option<FrameWatch>,
    pub(super) window_watch: Option<Interval>,
    pub(super) patience: Option<Timeout>,
}

struct Subscriber {
    id: u32,
    listen: Listen,
    /// The task that it shows to the agent.
    shows: Option<String>,
    slot: Slot,
}

thread_local! {
    static STORE: RefCell<Store> = RefCell::default();
}

/// Tells a component of every change, until it is dropped.
#[must_use = "the subscription ends on drop"]
pub struct Subscription(u32);

/// Calls `listen` with the task after every change of its session.
pub fn subscribe(listen: impl Fn(&str) + 'static) -> Subscription {
    STORE.with_borrow_mut(|store| {
        let id = store.next_subscriber;
        store.next_subscriber += 1;
        store.subscribers.push(Subscriber {
            id,
            listen: Rc::new(listen),
            shows: None,
            slot: Slot::Host,
        });
        Subscription(id)
    })
}

impl Subscription {
    /// Notes which task the component shows to the agent, and where.
    pub fn show(&self, task: Option<&str>, slot: Slot) {
        STORE.with_borrow_mut(|store| {
            if let Some(own) = store.subscribers.iter_mut().find(|s| s.id == self.0) {
                own.shows = task.map(str::to_owned);
                own.slot = slot;
            }
        });
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        STORE.with_borrow_mut(|store| store.subscribers.retain(|s| s.id != self.0));
    }
}

/// Whether the task's header shows it, and so announces its news.
pub fn is_in_header(task: &str) -> bool {
    STORE.with_borrow(|store| {
        let shows = |s: &Subscriber| s.slot == Slot::Header && s.shows.as_deref() == Some(task);
        store.subscribers.iter().any(shows)
    })
}

/// Whether a component shows the task to the agent.
pub fn is_shown(task: &str) -> bool {
    STORE.with_borrow(|store| store.subscribers.iter().any(|s| s.shows.as_deref() == Some(task)))
}

/// Takes what sessions start with before a component acts on them, and starts the watch over the
/// visitors.
pub fn begin(context: Context) {
    watches::begin(&context);
    STORE.with_borrow_mut(|store| store.context = Some(context));
}

/// The task's session.
pub fn session(task: &str) -> Session {
    with_entry(task, |entry| entry.session.clone()).unwrap_or_default()
}

/// Notes how a component acts for the task, for what its click sets off.
pub fn prepare(task: &Task, context: &Context) {
    with_or_new(&task.sid, |entry| {
        entry.context = Some(context.clone());
        entry.task = Some(task.clone());
    });
}

/// Acts on the task's session for a component. Runs inside the agent's click, so a window may open.
pub fn act(task: &str, context: Context, input: Input) {
    with_or_new(task, |entry| entry.context = Some(context));
    dispatch(task, input);
}

/// Starts the task's session as its own component would, for a caller outside. `false` if nothing is
/// known of how.
pub fn start(task: Task, key: Option<SessionKey>) -> bool {
    // The component alone knows the `visitorid` prop.
    let own = with_entry(&task.sid, |entry| entry.task.clone()).flatten();
    let visitor_id = own.map_or_else(|| task.visitor_id.clone(), |own| own.visitor_id);
    let task = Task { visitor_id, ..task };
    let Some(context) = context(&task.sid) else { return false };
    let is_typed = key.is_some();
    let open = session(&task.sid).viewer.launch().map(|launch| launch.session_key.clone());
    let Some(key) = key.or(open).or_else(|| task.session_key().ok()) else { return false };
    let launch = context.setup.launch(key);
    let input = context.input(&task, launch, !is_typed);
    act(&task.sid, context, input);
    true
}

impl Context {
    /// The input that opens a session: through presence where it knows the visitor (`meets`), and by
    /// the viewer alone otherwise.
    pub fn input(&self, task: &Task, launch: Launch, meets: bool) -> Input {
        let launch: Rc<Launch> = launch.place(commands::has_panel).into();
        let is_ready = session(&task.sid).viewer == viewer::State::Ready;
        if meets && is_ready && watches::whereabouts(&task.sid).is_some() {
            let at_once = match launch.target {
                OpenTarget::Flex => false,
                OpenTarget::Tab => self.setup.config.immediate_tab,
                OpenTarget::Window => true,
            };
            Input::Meeting(meeting::Input::Meet { launch, at_once })
        } else {
            Input::Viewer(viewer::Input::Launch(launch))
        }
    }
}

/// Takes what presence tells of the task's visitor.
pub fn meet(task: &str, input: meeting::Input) {
    with_or_new(task, |_| ());
    dispatch(task, Input::Meeting(input));
}

/// Takes one step and does what it asks for. Does nothing for a task without a session.
pub fn dispatch(task: &str, input: Input) {
    let is_over = input == Input::TaskOver;
    let whereabouts = watches::whereabouts(task).unwrap_or(Whereabouts::Checking);
    let default = STORE.with_borrow(|store| store.context.clone());
    let stepped = with_entry(task, |entry| {
        let before = std::mem::take(&mut entry.session);
        let was_blocked = before.is_blocked();
        let name = input.name();
        let (session, commands) = session::step(before, input, &whereabouts, clock::now_ms());
        if !matches!(session.meeting, meeting::State::Asked { .. }) {
            entry.patience = None;
        }
        entry.session = session;
        let context = entry.context.clone().or(default);
        if context.as_ref().is_some_and(|context| context.setup.config.debug) {
            log::debug(task, &[name, " -> ", &entry.session.name()].concat());
        }
        (commands, context, !was_blocked && entry.session.is_blocked())
    });
    let Some((commands, context, got_blocked)) = stepped else {
        tell(task);
        return;
    };
    for command in commands {
        run(task, command, context.as_ref());
    }
    if got_blocked {
        notice_blocked(task, context.as_ref());
    }
    commands::watch_window(task);
    if is_over {
        STORE.with_borrow_mut(|store| store.entries.retain(|(known, _)| known != task));
    } else {
        remember(task);
    }
    tell(task);
    watches::follow_shown(None);
}

fn run(task: &str, command: Command, context: Option<&Context>) {
    match command {
        Command::Viewer(command) => commands::run(task, command),
        Command::Invite(launch) => {
            if !watches::invite(task, &launch) {
                dispatch(task, Input::Meeting(meeting::Input::NotReached));
            }
        }
        Command::StartPatience => {
            let of = task.to_owned();
            let patience = Timeout::new(meeting::ANSWER_PATIENCE_MS, move || {
                dispatch(&of, Input::Meeting(meeting::Input::PatienceOver));
            });
            with_entry(task, |entry| entry.patience = Some(patience));
        }
        Command::ReportStart => {
            if let Some(context) = context {
                context.setup.onsessionstart.call(&[("sid", task.into())]);
            }
        }
        Command::ReportEnd { duration_ms, reason } => {
            if let Some(context) = context {
                context.setup.onsessionend.call(&[
                    ("sid", task.into()),
                    ("duration", JsValue::from_f64(duration_ms / 1_000.0)),
                    ("reason", reason.name().into()),
                ]);
            }
        }
    }
}

/// A viewer that opens when the visitor accepts opens outside any click, so the browser may refuse
/// it while the agent looks elsewhere.
fn notice_blocked(task: &str, context: Option<&Context>) {
    let meeting = session(task).meeting;
    let has_accepted =
        matches!(meeting, meeting::State::Accepted | meeting::State::InSession { .. });
    if let (true, Some(context), Some(task)) = (has_accepted, context, watches::task(task)) {
        watches::notify(Notification::Accepted, &task, context);
    }
}

/// Follows the link of a viewer that the browser blocked. Runs inside the agent's click. Whether the
/// window is ours to handle.
pub fn follow_link(task: &str) -> bool {
    let Some(launch) = session(task).viewer.launch().cloned() else { return false };
    let held = viewer_window::open(task, launch.target, "");
    dispatch(task, Input::Viewer(viewer::Input::LinkFollowed { held }));
    held
}

/// Gives back what belongs to tasks that the agent no longer holds. Unlisted tasks are gone.
pub fn keep_only(listed: &[ListedTask]) {
    let held = |sid: &str| listed.iter().any(|listed| listed.task.sid == sid && listed.is_held());
    let known: Vec<String> =
        STORE.with_borrow(|store| store.entries.iter().map(|(task, _)| task.clone()).collect());
    for task in known.iter().filter(|task| !held(task)) {
        dispatch(task, Input::TaskOver);
    }
    watches::follow(listed);
}

/// Notices what went off the page with a component: frames, and on a page without Flex its task.
pub fn notice_removal() {
    for task in viewers::tasks() {
        if frame::is_detached(&task) {
            dispatch(&task, Input::Viewer(viewer::Input::PanelGone));
            // Whoever moves a panel has put it back before this is told.
            if is_shown(&task) && page::panel().is_some() {
                dispatch(&task, Input::Viewer(viewer::Input::PanelBack));
            }
        }
    }
    watches::follow_shown(None);
}

/// Takes over a viewer that an instance before this one left open. Does nothing for a task whose
/// session is known here.
pub fn adopt(task: &str, context: &Context) {
    if with_entry(task, |_| ()).is_some() {
        return;
    }
    let Some(left) = viewers::find(task) else { return };
    let Some((key, target)) = left.remembered() else { return };
    let Ok(key) = SessionKey::parse(&key) else { return };
    let launch = Rc::new(Launch { target, ..context.setup.launch(key) });
    let viewer = match (left.opened_at_ms(), target) {
        (Some(opened_at_ms), OpenTarget::Flex) => {
            viewer::State::InPanel { launch, opened_at_ms, frame: Frame::Arrived }
        }
        (Some(opened_at_ms), _) => viewer::State::InWindow { launch, opened_at_ms, held: true },
        (None, _) => {
            viewer_window::close(task);
            frame::close(task);
            viewer::State::Failed { launch, failure: Failure::Restarted, kept: None }
        }
    };
    with_or_new(task, |entry| {
        entry.session.viewer = viewer;
        entry.context = Some(context.clone());
    });
    commands::watch_window(task);
}

/// Leaves word for an instance that may have to adopt the viewer.
fn remember(task: &str) {
    let viewer = session(task).viewer;
    let noted = viewer.open().unwrap_or(&viewer);
    if let (Some(record), Some(launch)) = (viewers::find(task), noted.launch()) {
        record.remember(launch, noted.opened_at_ms());
    }
}

/// Tells every component that something about the task changed.
pub(super) fn tell(task: &str) {
    let listeners: Vec<Listen> =
        STORE.with_borrow(|store| store.subscribers.iter().map(|s| s.listen.clone()).collect());
    for listen in listeners {
        listen(task);
    }
}

pub(super) fn with_entry<T>(task: &str, access: impl FnOnce(&mut Entry) -> T) -> Option<T> {
    STORE.with_borrow_mut(|store| {
        let known = store.entries.iter_mut().find(|(known, _)| known == task);
        known.map(|(_, entry)| access(entry))
    })
}

fn with_or_new(task: &str, access: impl FnOnce(&mut Entry)) {
    STORE.with_borrow_mut(|store| {
        if !store.entries.iter().any(|(known, _)| known == task) {
            store.entries.push((task.to_owned(), Entry::default()));
        }
        if let Some((_, entry)) = store.entries.iter_mut().find(|(known, _)| known == task) {
            access(entry);
        }
    });
}

/// What is known of how to act for the task.
pub(super) fn context(task: &str) -> Option<Context> {
    let own = with_entry(task, |entry| entry.context.clone()).flatten();
    own.or_else(|| STORE.with_borrow(|store| store.context.clone()))
}
