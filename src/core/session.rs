//! The session of one task, as a state machine.
//!
//! `step` answers every input in every state; an input that comes late, twice or for something that
//! is over changes nothing. What has to happen in the world comes back as commands, in order.

use crate::core::{
    failure::Failure,
    group_id::GroupId,
    login_key_api::Grant,
    prop::Prop,
    session_key::SessionKey,
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

/// Which Flex token goes with a key request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenSource {
    /// The text of the `authtoken` prop, which may be older than the agent's Flex session.
    Literal,
    /// A function of the prop, or what Flex's Manager holds now.
    Current,
}

/// All that one opening needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Launch {
    pub session_key: SessionKey,
    pub group_id: GroupId,
    /// Origin of Glance's web server.
    pub web: String,
    pub target: OpenTarget,
    pub token: TokenSource,
    /// Set when `flex` was asked for and Flex has no panel of ours.
    pub without_panel: bool,
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
        ViewerUrl::build(&self.web, &self.session_key, credentials)
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

/// How long a login key may take, in milliseconds.
pub const KEY_PATIENCE_MS: u32 = 10_000;

/// What the agent sees of a task's session.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    Ready,
    /// The login key is on its way. `blocked`: the browser refused the window meanwhile.
    FetchingKey {
        launch: Launch,
        token: TokenSource,
        blocked: bool,
    },
    /// The browser refused the window; a link of the agent's own opens it.
    Blocked {
        launch: Launch,
        url: ViewerUrl,
    },
    /// A viewer was opened in a tab or a window. `held`: we can bring it to the front and close it.
    InWindow {
        launch: Launch,
        opened_at_ms: f64,
        held: bool,
    },
    InPanel {
        launch: Launch,
        opened_at_ms: f64,
        frame: Frame,
    },
    /// Flex took the panel away; the session reopens with it.
    PanelGone {
        launch: Launch,
    },
    Failed {
        launch: Launch,
        failure: Failure,
    },
}

/// What happens to a session.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// The agent wants this session open.
    Launch(Launch),
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
    /// The agent no longer holds the task.
    TaskOver,
}

/// What has to happen in the world.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Open a blank tab or window now, inside the agent's click, or reuse this task's own.
    OpenWindow(OpenTarget),
    RequestKey(TokenSource),
    CancelRequest,
    Navigate(ViewerUrl),
    ShowFrame(ViewerUrl),
    CloseWindow,
    CloseFrame,
    BringToFront,
}

impl State {
    /// The launch that the state belongs to.
    pub fn launch(&self) -> Option<&Launch> {
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
        (_, Input::Launch(launch)) => fetch(launch),

        (State::FetchingKey { launch, blocked, .. }, Input::KeyGranted(grant)) => {
            let url = launch.url(Some(&grant));
            if blocked {
                (State::Blocked { launch, url }, vec![Command::CloseFrame])
            } else {
                open(launch, url, now_ms)
            }
        }
        (
            State::FetchingKey { launch, token: TokenSource::Literal, blocked },
            Input::KeyFailed(Failure::Refused { .. }),
        ) => {
            let token = TokenSource::Current;
            let commands = vec![Command::RequestKey(token)];
            (State::FetchingKey { launch, token, blocked }, commands)
        }
        (State::FetchingKey { launch, .. }, Input::KeyFailed(failure)) => {
            let commands = vec![Command::CloseWindow, Command::CloseFrame];
            (State::Failed { launch, failure }, commands)
        }
        (State::FetchingKey { launch, token, .. }, Input::WindowBlocked) => {
            (State::FetchingKey { launch, token, blocked: true }, vec![])
        }
        (State::FetchingKey { .. }, Input::Cancel | Input::WindowClosed) => {
            let commands = vec![Command::CancelRequest, Command::CloseWindow, Command::CloseFrame];
            (State::Ready, commands)
        }

        (State::Blocked { launch, url }, Input::LinkFollowed { held }) => {
            let commands = if held { vec![Command::Navigate(url)] } else { vec![] };
            (State::InWindow { launch, opened_at_ms: now_ms, held }, commands)
        }
        (State::InWindow { launch, .. }, Input::WindowBlocked) => {
            let url = launch.url(None);
            (State::Blocked { launch, url }, vec![])
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
        (State::PanelGone { launch }, Input::PanelBack) => fetch(launch),

        (
            State::InWindow { .. }
            | State::InPanel { .. }
            | State::PanelGone { .. }
            | State::Blocked { .. },
            Input::Close,
        ) => (State::Ready, vec![Command::CloseWindow, Command::CloseFrame]),
        (
            state @ (State::InWindow { .. } | State::InPanel { .. } | State::PanelGone { .. }),
            Input::BringToFront,
        ) => bring_to_front(state),
        (State::Failed { launch, .. }, Input::SignIn) => {
            let launch = Launch { target: OpenTarget::Tab, without_panel: false, ..launch };
            let url = launch.url(None);
            let commands = vec![Command::OpenWindow(OpenTarget::Tab), Command::Navigate(url)];
            (State::InWindow { launch, opened_at_ms: now_ms, held: true }, commands)
        }
        (State::Failed { .. }, Input::Dismiss) => (State::Ready, vec![]),
        (State::InWindow { launch, opened_at_ms, held }, Input::Dismiss) => {
            let launch = Launch { without_panel: false, ..launch };
            (State::InWindow { launch, opened_at_ms, held }, vec![])
        }

        (state, _) => (state, vec![]),
    }
}

/// Whether two launches would show the same session in the same place.
fn is_same(open: &Launch, wanted: &Launch) -> bool {
    open.session_key == wanted.session_key
        && open.group_id == wanted.group_id
        && open.web == wanted.web
        && open.target == wanted.target
}

fn fetch(launch: Launch) -> (State, Vec<Command>) {
    let token = launch.token;
    let mut commands = Vec::with_capacity(2);
    if launch.target != OpenTarget::Flex {
        commands.push(Command::OpenWindow(launch.target));
    }
    commands.push(Command::RequestKey(token));
    (State::FetchingKey { launch, token, blocked: false }, commands)
}

fn open(launch: Launch, url: ViewerUrl, opened_at_ms: f64) -> (State, Vec<Command>) {
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
