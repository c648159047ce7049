//! The viewer of one task, as a state machine.
//!
//! `step` answers every input in every state; an input that comes late, twice or for something that
//! is over changes nothing. What has to happen in the world comes back as commands, in order.

use std::rc::Rc;

use crate::core::{
    failure::Failure,
    group_id::GroupId,
    login_key_api::Grant,
    prop::Prop,
    session_key::SessionKey,
    video::Video,
    viewer_url::{Credentials, ViewerUrl},
};

/// Where a viewer opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenTarget {
    /// A frame in Flex's second panel.
    Flex,
    Tab,
    Window,
}

impl OpenTarget {
    /// Reads `openlocation` or `opentype`; `Flex` when left out. `None` for anything unknown.
    pub fn parse(prop: &Prop) -> Option<Self> {
        if prop.is_missing() {
            return Some(Self::Flex);
        }
        match prop.text()?.to_ascii_lowercase().as_str() {
            "flex" => Some(Self::Flex),
            "tab" => Some(Self::Tab),
            "window" => Some(Self::Window),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Flex => "flex",
            Self::Tab => "tab",
            Self::Window => "window",
        }
    }
}

/// All that one opening needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Launch {
    pub session_key: SessionKey,
    pub group_id: GroupId,
    /// Origin of Glance's web server.
    pub web: String,
    pub target: OpenTarget,
    /// Set when `flex` was asked for and Flex has no panel of ours.
    pub without_panel: bool,
    pub video: Video,
}

impl Launch {
    /// Puts the viewer into a tab if it should be in a panel that is not there.
    pub fn place(mut self, has_panel: impl FnOnce() -> bool) -> Self {
        if self.target == OpenTarget::Flex && !has_panel() {
            self.target = OpenTarget::Tab;
            self.without_panel = true;
        }
        self
    }

    fn url(&self, grant: Option<&Grant>) -> ViewerUrl {
        let credentials = grant.map(|grant| Credentials {
            group_id: self.group_id,
            partner_user_id: &grant.partner_user_id,
            login_key: &grant.login_key,
        });
        ViewerUrl::build(&self.web, &self.session_key, credentials, self.video.agent.as_deref())
    }
}

/// How far a viewer's frame has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    Loading,
    /// It has shown nothing for `FRAME_PATIENCE_MS`.
    Slow,
    Arrived,
}

/// How long a frame may show nothing before a way round is offered, in milliseconds.
pub const FRAME_PATIENCE_MS: u32 = 20_000;

/// A viewer in the panel that stays until the one that is to replace it is there.
pub type Kept = Option<Box<State>>;

/// What the agent sees of a task's viewer.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum State {
    #[default]
    Ready,
    /// The login key is on its way. `blocked`: the browser refused the window meanwhile.
    FetchingKey {
        launch: Rc<Launch>,
        blocked: bool,
        kept: Kept,
    },
    /// The browser refused the window; a link of the agent's own opens it.
    Blocked {
        launch: Rc<Launch>,
        url: ViewerUrl,
        kept: Kept,
    },
    /// A viewer was opened in a tab or a window. `held`: we can bring it to the front and close it.
    InWindow {
        launch: Rc<Launch>,
        opened_at_ms: f64,
        held: bool,
    },
    InPanel {
        launch: Rc<Launch>,
        opened_at_ms: f64,
        frame: Frame,
    },
    /// Flex took the panel away; the session reopens with it.
    PanelGone {
        launch: Rc<Launch>,
    },
    Failed {
        launch: Rc<Launch>,
        failure: Failure,
        kept: Kept,
    },
}

/// What happens to a viewer.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// The agent wants the viewer of this session.
    Launch(Rc<Launch>),
    KeyGranted(Grant),
    KeyFailed(Failure),
    /// The browser gave no window.
    WindowBlocked,
    /// The agent followed the link of a blocked window. `held`: the window is ours to handle.
    LinkFollowed {
        held: bool,
    },
    /// The agent closed the window.
    WindowClosed,
    FrameArrived,
    FrameSlow,
    /// The agent gives up waiting for the key.
    Cancel,
    /// The agent closes the viewer.
    Close,
    BringToFront,
    /// The agent wants the viewer without a login key, to sign in to Glance by hand.
    SignIn,
    /// The agent has read the failure.
    Dismiss,
    PanelGone,
    /// The panel is there and shows this task.
    PanelBack,
    /// Glance says that the session has ended.
    SessionEnded,
    /// The agent no longer holds the task.
    TaskOver,
}

/// What has to happen in the world.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Open a blank tab or window now, inside the agent's click, or reuse this task's own.
    OpenWindow(OpenTarget),
    RequestKey,
    CancelRequest,
    Navigate(ViewerUrl),
    ShowFrame(ViewerUrl),
    CloseWindow,
    CloseFrame,
    BringToFront,
}

impl State {
    /// The launch that the state belongs to.
    pub fn launch(&self) -> Option<&Rc<Launch>> {
        match self {
            Self::Ready => None,
            Self::FetchingKey { launch, .. }
            | Self::Blocked { launch, .. }
            | Self::InWindow { launch, .. }
            | Self::InPanel { launch, .. }
            | Self::PanelGone { launch }
            | Self::Failed { launch, .. } => Some(launch),
        }
    }

    /// The viewer that is open now: this one, or the one that is kept.
    pub fn open(&self) -> Option<&Self> {
        match self {
            Self::InWindow { .. } | Self::InPanel { .. } => Some(self),
            Self::FetchingKey { kept, .. }
            | Self::Blocked { kept, .. }
            | Self::Failed { kept, .. } => kept.as_deref(),
            Self::Ready | Self::PanelGone { .. } => None,
        }
    }

    /// Whether a frame in the panel belongs to it.
    pub fn is_in_panel(&self) -> bool {
        matches!(self.open(), Some(Self::InPanel { .. }))
    }

    /// The state's name, for the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::FetchingKey { blocked: false, .. } => "fetching the key",
            Self::FetchingKey { blocked: true, .. } => "fetching the key, window blocked",
            Self::Blocked { .. } => "window blocked",
            Self::InWindow { .. } => "viewer open in a window",
            Self::InPanel { .. } => "viewer open in the panel",
            Self::PanelGone { .. } => "panel gone",
            Self::Failed { .. } => "failed",
        }
    }

    /// When the viewer was opened, in Unix milliseconds.
    pub fn opened_at_ms(&self) -> Option<f64> {
        match self {
            Self::InWindow { opened_at_ms, .. } | Self::InPanel { opened_at_ms, .. } => {
                Some(*opened_at_ms)
            }
            _ => None,
        }
    }

    /// Whether a window of ours may be closed by the agent at any time.
    pub fn has_window(&self) -> bool {
        match self {
            Self::InWindow { held, .. } => *held,
            Self::FetchingKey { launch, blocked, .. } => {
                launch.target != OpenTarget::Flex && !blocked
            }
            _ => false,
        }
    }
}

impl Input {
    /// The input's name, for the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Launch(_) => "launch",
            Self::KeyGranted(_) => "key granted",
            Self::KeyFailed(_) => "key failed",
            Self::WindowBlocked => "window blocked",
            Self::LinkFollowed { .. } => "link followed",
            Self::WindowClosed => "window closed",
            Self::FrameArrived => "frame arrived",
            Self::FrameSlow => "frame slow",
            Self::Cancel => "cancel",
            Self::Close => "close",
            Self::BringToFront => "bring to front",
            Self::SignIn => "sign in",
            Self::Dismiss => "dismiss",
            Self::PanelGone => "panel gone",
            Self::PanelBack => "panel back",
            Self::SessionEnded => "session ended",
            Self::TaskOver => "task over",
        }
    }
}

/// The next state, and what has to be done. `now_ms` is Unix time.
pub fn step(state: State, input: Input, now_ms: f64) -> (State, Vec<Command>) {
    match (state, input) {
        (_, Input::TaskOver) => {
            (State::Ready, vec![Command::CancelRequest, Command::CloseWindow, Command::CloseFrame])
        }

        (state @ State::FetchingKey { .. }, Input::Launch(_)) => (state, vec![]),
        (
            state @ (State::InWindow { held: true, .. } | State::InPanel { .. }),
            Input::Launch(launch),
        ) if state.launch().is_some_and(|open| is_same(open, &launch)) => bring_to_front(state),
        (state, Input::Launch(launch)) => fetch(launch, keep(state)),

        (State::FetchingKey { launch, blocked, kept }, Input::KeyGranted(grant)) => {
            let url = launch.url(Some(&grant));
            if blocked {
                (State::Blocked { launch, url, kept }, vec![])
            } else {
                open(launch, url, now_ms)
            }
        }
        (State::FetchingKey { launch, kept, .. }, Input::KeyFailed(failure)) => {
            (State::Failed { launch, failure, kept }, vec![Command::CloseWindow])
        }
        (State::FetchingKey { launch, kept, .. }, Input::WindowBlocked) => {
            (State::FetchingKey { launch, blocked: true, kept }, vec![])
        }
        (State::FetchingKey { kept, .. }, Input::Cancel | Input::WindowClosed) => {
            (back_to(kept), vec![Command::CancelRequest, Command::CloseWindow])
        }

        (State::Blocked { launch, url, .. }, Input::LinkFollowed { held }) => {
            let mut commands = vec![Command::CloseFrame];
            if held {
                commands.push(Command::Navigate(url));
            }
            (State::InWindow { launch, opened_at_ms: now_ms, held }, commands)
        }
        (State::Blocked { kept, .. }, Input::Close) => (back_to(kept), vec![Command::CloseWindow]),
        (State::InWindow { launch, .. }, Input::WindowBlocked) => {
            let url = launch.url(None);
            (State::Blocked { launch, url, kept: None }, vec![])
        }
        (State::InWindow { .. }, Input::WindowClosed) => (State::Ready, vec![Command::CloseWindow]),

        (State::InPanel { launch, opened_at_ms, .. }, Input::FrameArrived) => {
            (State::InPanel { launch, opened_at_ms, frame: Frame::Arrived }, vec![])
        }
        (State::InPanel { launch, opened_at_ms, frame: Frame::Loading }, Input::FrameSlow) => {
            (State::InPanel { launch, opened_at_ms, frame: Frame::Slow }, vec![])
        }
        (State::InPanel { launch, .. }, Input::PanelGone) => {
            (State::PanelGone { launch }, vec![Command::CloseFrame])
        }
        (State::InPanel { .. } | State::PanelGone { .. }, Input::SessionEnded) => {
            (State::Ready, vec![Command::CloseFrame])
        }
        (State::PanelGone { launch }, Input::PanelBack) => fetch(launch, None),

        (
            State::InWindow { .. } | State::InPanel { .. } | State::PanelGone { .. },
            Input::Close,
        ) => (State::Ready, vec![Command::CloseWindow, Command::CloseFrame]),
        (
            state @ (State::InWindow { .. } | State::InPanel { .. } | State::PanelGone { .. }),
            Input::BringToFront,
        ) => bring_to_front(state),
        (State::Failed { launch, .. }, Input::SignIn) => {
            let launch = Launch {
                target: OpenTarget::Tab,
                without_panel: false,
                ..Rc::unwrap_or_clone(launch)
            };
            let url = launch.url(None);
            let commands = vec![
                Command::CloseFrame,
                Command::OpenWindow(OpenTarget::Tab),
                Command::Navigate(url),
            ];
            (State::InWindow { launch: launch.into(), opened_at_ms: now_ms, held: true }, commands)
        }
        (State::Failed { kept, .. }, Input::Dismiss) => (back_to(kept), vec![]),
        (State::InWindow { launch, opened_at_ms, held }, Input::Dismiss) => {
            let launch = Launch { without_panel: false, ..Rc::unwrap_or_clone(launch) };
            (State::InWindow { launch: launch.into(), opened_at_ms, held }, vec![])
        }

        (
            mut state,
            input @ (Input::FrameArrived
            | Input::FrameSlow
            | Input::PanelGone
            | Input::SessionEnded),
        ) => {
            let commands = step_kept(&mut state, input, now_ms);
            (state, commands)
        }
        (state, _) => (state, vec![]),
    }
}

/// What becomes of a viewer that another one is to replace: one in the panel stays meanwhile.
fn keep(state: State) -> Kept {
    match state {
        State::InPanel { .. } => Some(Box::new(state)),
        State::FetchingKey { kept, .. }
        | State::Blocked { kept, .. }
        | State::Failed { kept, .. } => kept,
        State::Ready | State::InWindow { .. } | State::PanelGone { .. } => None,
    }
}

fn back_to(kept: Kept) -> State {
    kept.map_or(State::Ready, |kept| *kept)
}

/// Gives the kept viewer what happens to its frame. One that lost it is kept no longer.
fn step_kept(state: &mut State, input: Input, now_ms: f64) -> Vec<Command> {
    let (State::FetchingKey { kept, .. }
    | State::Blocked { kept, .. }
    | State::Failed { kept, .. }) = state
    else {
        return vec![];
    };
    let Some(viewer) = kept.take() else { return vec![] };
    let (viewer, commands) = step(*viewer, input, now_ms);
    if matches!(viewer, State::InPanel { .. }) {
        *kept = Some(Box::new(viewer));
    }
    commands
}

/// Whether two launches would show the same session in the same place.
fn is_same(open: &Launch, wanted: &Launch) -> bool {
    open.session_key == wanted.session_key
        && open.group_id == wanted.group_id
        && open.web == wanted.web
        && open.target == wanted.target
}

fn fetch(launch: Rc<Launch>, kept: Kept) -> (State, Vec<Command>) {
    let mut commands = Vec::with_capacity(2);
    if launch.target != OpenTarget::Flex {
        commands.push(Command::OpenWindow(launch.target));
    }
    commands.push(Command::RequestKey);
    (State::FetchingKey { launch, blocked: false, kept }, commands)
}

fn open(launch: Rc<Launch>, url: ViewerUrl, opened_at_ms: f64) -> (State, Vec<Command>) {
    if launch.target == OpenTarget::Flex {
        let commands = vec![Command::CloseWindow, Command::ShowFrame(url)];
        (State::InPanel { launch, opened_at_ms, frame: Frame::Loading }, commands)
    } else {
        let commands = vec![Command::CloseFrame, Command::Navigate(url)];
        (State::InWindow { launch, opened_at_ms, held: true }, commands)
    }
}

fn bring_to_front(state: State) -> (State, Vec<Command>) {
    (state, vec![Command::BringToFront])
}
