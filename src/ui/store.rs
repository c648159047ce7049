//! The sessions of the page, keyed by task, and the effects that run for them.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::callback::Interval;

use crate::{
    core::{
        failure::Failure,
        session::{Command, Frame, Input, Launch, OpenTarget, State, TokenSource, step},
        session_key::SessionKey,
        strings::{Strings, Text},
        task::ListedTask,
        viewer_url::ViewerUrl,
    },
    effects::{
        clock,
        frame::{self, FrameWatch},
        key_request::{Asker, KeyRequest},
        log, page, viewer_window, viewers,
    },
    ui::Setup,
};

/// How often we look whether the agent closed a window, in milliseconds. No event tells.
const WINDOW_CHECK_MS: u32 = 1_000;

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
    sessions: Vec<(String, Session)>,
    subscribers: Vec<(u32, Listen)>,
    next_subscriber: u32,
}

/// One task's session with its running effects.
struct Session {
    state: State,
    context: Option<Context>,
    request: Option<KeyRequest>,
    frame_watch: Option<FrameWatch>,
    window_watch: Option<Interval>,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            state: State::Ready,
            context: None,
            request: None,
            frame_watch: None,
            window_watch: None,
        }
    }
}

impl Store {
    fn session(&mut self, task: &str) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|(known, _)| known == task).map(|(_, session)| session)
    }
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
        store.subscribers.push((id, Rc::new(listen)));
        Subscription(id)
    })
}

impl Drop for Subscription {
    fn drop(&mut self) {
        STORE.with_borrow_mut(|store| store.subscribers.retain(|(id, _)| *id != self.0));
    }
}

/// The state of the task's session.
pub fn state(task: &str) -> State {
    with_session(task, |session| session.state.clone()).unwrap_or(State::Ready)
}

/// Acts on the task's session for a component. Runs inside the agent's click, so a window may open.
pub fn act(task: &str, context: Context, input: Input) {
    STORE.with_borrow_mut(|store| match store.session(task) {
        Some(session) => session.context = Some(context),
        None => store
            .sessions
            .push((task.to_owned(), Session { context: Some(context), ..Session::default() })),
    });
    dispatch(task, input);
}

/// Takes one step and does what it asks for.
pub fn dispatch(task: &str, input: Input) {
    let is_over = input == Input::TaskOver;
    let stepped = with_session(task, |session| {
        let before = std::mem::replace(&mut session.state, State::Ready);
        let name = input.name();
        let (state, commands) = step(before, input, clock::now_ms());
        session.state = state;
        let debug = session.context.as_ref().is_some_and(|c| c.setup.config.debug);
        (debug, name, session.state.name(), commands)
    });
    let Some((debug, input, state, commands)) = stepped else { return };
    if debug {
        log::debug(task, &format!("{input} -> {state}"));
    }
    for command in commands {
        run(task, command);
    }
    watch_window(task);
    if is_over {
        STORE.with_borrow_mut(|store| store.sessions.retain(|(known, _)| known != task));
    } else {
        remember(task);
    }
    tell(task);
}

/// Gives back what belongs to tasks that the agent no longer holds. Unlisted tasks are gone.
pub fn keep_only(listed: &[ListedTask]) {
    let held = |task: &str| listed.iter().any(|listed| listed.sid == task && listed.is_held());
    let known: Vec<String> =
        STORE.with_borrow(|store| store.sessions.iter().map(|(task, _)| task.clone()).collect());
    for task in known.iter().filter(|task| !held(task)) {
        dispatch(task, Input::TaskOver);
    }
}

/// Notices the frames that Flex took off the page with their panel.
pub fn notice_lost_frames() {
    for task in viewers::tasks() {
        if frame::is_detached(&task) {
            dispatch(&task, Input::PanelGone);
        }
    }
}

/// Takes over a viewer that an instance before this one left open. Does nothing for a task whose
/// session is known here.
pub fn adopt(task: &str, context: &Context) {
    if with_session(task, |_| ()).is_some() {
        return;
    }
    let Some(viewer) = viewers::find(task) else { return };
    let Some((key, target)) = viewer.remembered() else { return };
    let Ok(key) = SessionKey::parse(&key) else { return };
    let launch = Launch { target, ..context.setup.launch(key) };
    let state = match (viewer.opened_at_ms(), target) {
        (Some(opened_at_ms), OpenTarget::Flex) => {
            State::InPanel { launch, opened_at_ms, frame: Frame::Arrived }
        }
        (Some(opened_at_ms), _) => State::InWindow { launch, opened_at_ms, held: true },
        (None, _) => State::Failed { launch, failure: Failure::Restarted },
    };
    if matches!(state, State::Failed { .. }) {
        viewer_window::close(task);
        frame::close(task);
    }
    STORE.with_borrow_mut(|store| {
        let session = Session { state, context: Some(context.clone()), ..Session::default() };
        store.sessions.push((task.to_owned(), session));
    });
    watch_window(task);
}

fn run(task: &str, command: Command) {
    match command {
        Command::OpenWindow(target) => {
            let title = text(task, Text::Loading);
            if !viewer_window::open(task, target, &title) {
                dispatch(task, Input::WindowBlocked);
            }
        }
        Command::RequestKey(source) => request_key(task, source),
        Command::CancelRequest => {
            with_session(task, |session| session.request = None);
        }
        Command::Navigate(url) => {
            if !viewer_window::navigate(task, &url) {
                dispatch(task, Input::WindowClosed);
            }
        }
        Command::ShowFrame(url) => show_frame(task, &url),
        Command::CloseWindow => viewer_window::close(task),
        Command::CloseFrame => {
            with_session(task, |session| session.frame_watch = None);
            frame::close(task);
        }
        Command::BringToFront => match state(task) {
            State::InPanel { .. } | State::PanelGone { .. } => frame::focus(task),
            _ => viewer_window::focus(task),
        },
    }
}

fn request_key(task: &str, source: TokenSource) {
    let Some(asker) = asker(task) else { return };
    let done = {
        let task = task.to_owned();
        move |outcome: Result<_, _>| {
            let input = outcome.map_or_else(Input::KeyFailed, Input::KeyGranted);
            dispatch(&task, input);
        }
    };
    let request = KeyRequest::send(asker, source, done);
    with_session(task, |session| session.request = request);
}

fn show_frame(task: &str, url: &ViewerUrl) {
    let title = text(task, Text::FrameTitle);
    let (arrived, slow) = (task.to_owned(), task.to_owned());
    let watch = frame::show(
        task,
        url,
        &title,
        move || dispatch(&arrived, Input::FrameArrived),
        move || dispatch(&slow, Input::FrameSlow),
    );
    match watch {
        Some(watch) => {
            with_session(task, |session| session.frame_watch = Some(watch));
        }
        None => dispatch(task, Input::PanelGone),
    }
}

/// Looks for a closed window as long as there is one to close.
fn watch_window(task: &str) {
    let watched = {
        let task = task.to_owned();
        move || {
            if viewer_window::is_gone(&task) {
                dispatch(&task, Input::WindowClosed);
            }
        }
    };
    with_session(task, |session| match (session.state.has_window(), &session.window_watch) {
        (true, None) => session.window_watch = Some(Interval::new(WINDOW_CHECK_MS, watched)),
        (false, Some(_)) => session.window_watch = None,
        _ => {}
    });
}

/// Leaves word for an instance that may have to adopt the viewer.
fn remember(task: &str) {
    let state = state(task);
    if let (Some(viewer), Some(launch)) = (viewers::find(task), state.launch()) {
        viewer.remember(launch, state.opened_at_ms());
    }
}

fn tell(task: &str) {
    let subscribers = STORE.with_borrow(|store| store.subscribers.clone());
    for (_, listen) in subscribers {
        listen(task);
    }
}

fn with_session<T>(task: &str, access: impl FnOnce(&mut Session) -> T) -> Option<T> {
    STORE.with_borrow_mut(|store| store.session(task).map(access))
}

fn asker(task: &str) -> Option<Asker> {
    let context = with_session(task, |session| session.context.clone())??;
    Some(context.setup.asker.clone())
}

fn text(task: &str, text: Text) -> String {
    let context = with_session(task, |session| session.context.clone()).flatten();
    context.map_or_else(String::new, |context| context.strings.text(text).to_owned())
}

/// Whether a panel of ours is on the page, if need be after Flex was asked to show it.
pub fn has_panel() -> bool {
    if page::panel().is_none() {
        page::show_panel();
    }
    page::panel().is_some()
}
