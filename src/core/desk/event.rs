//! What the desk is told.

use std::{fmt, rc::Rc};

use crate::core::{
    desk::{NotificationKind, OpenViewer, Slot, Source},
    ids::{
        AuthorizationId, ComponentId, ConnectionId, InvitationId, LinkId, RequestId, ScriptId,
        TaskSid, ViewerId,
    },
    login_key::{Credentials, LoginKeyFailure, PartnerUserId},
    policy::Worker,
    presence::{PresenceError, Signal},
    session::{NoPanel, link::Delivery, viewer::WindowSight},
    session_key::SessionKey,
    settings::Settings,
    task::{ListedTask, Task},
};

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// What the agent did, with the component of these settings or by a Flex Action.
    Agent {
        task: Task,
        settings: Rc<Settings>,
        act: Act,
    },
    /// The agent closes the task's viewer by a Flex Action.
    EndSession(TaskSid),
    /// A button's Flex Action has not run yet: another plugin comes first. `again`: the same one waits already.
    ActionWaits {
        task: TaskSid,
        again: bool,
    },
    /// It runs, or never will.
    ActionOver(TaskSid),
    /// The agent clicked the button of a notification.
    NotificationClicked(NotificationKind, TaskSid),

    /// All tasks that Flex lists, and those whose end it has told.
    Tasks(Vec<ListedTask>),
    /// What rules may ask of the agent, which goes with whoever is logged in.
    WorkerChanged(Worker),
    /// Who is logged in; nobody, or the host cannot say.
    AgentChanged(Option<AgentIdentity>),
    /// Flex's token was renewed.
    TokenChanged,
    /// The props of a component or registration are these from now on.
    SettingsChanged(Source, Rc<Settings>),
    SettingsGone(Source),
    /// A component shows this task, or none.
    Shown {
        component: ComponentId,
        slot: Slot,
        task: Option<Task>,
    },
    /// A component is off the page.
    Unmounted(ComponentId),
    /// A panel for viewers is there and shows this task.
    PanelReady(TaskSid),
    /// Everything is taken back.
    Disposed,

    /// What an instance before this one left open, for all tasks.
    Restored(Vec<OpenViewer>),
    /// The page is seen again, online again, or the machine woke up.
    Resumed,
    /// `next_deadline` has come.
    Deadline,

    WindowRefused(TaskSid, ViewerId),
    WindowSeen(TaskSid, ViewerId, WindowSight),
    /// A window that was to be sent to the viewer is closed.
    WindowGone(TaskSid, ViewerId),
    FrameLoaded(TaskSid, ViewerId),
    /// The frame's panel went off the page, or there is none.
    PanelGone(TaskSid, ViewerId),

    PartnerUserId(RequestId, Result<PartnerUserId, LoginKeyFailure>),
    /// With how long the Function wants to be left alone, in milliseconds.
    LoginKey(RequestId, Result<Credentials, LoginKeyFailure>, u32),
    Script(ScriptId, Result<(), PresenceError>),
    /// Whether it was granted.
    Authorized(AuthorizationId, bool),
    Presence(ConnectionId, Signal),
    /// An invitation came back.
    Undelivered(InvitationId),
    /// What became of an invitation by link.
    Link(TaskSid, LinkId, Delivery),
}

/// What an agent can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Open the task's session, or the one of a typed key. `no_panel`: why the viewer cannot be in
    /// the panel, if that is so.
    Start {
        key: Option<SessionKey>,
        no_panel: Option<NoPanel>,
    },
    /// Invite the customer by a link with this key, and open the viewer that waits for them.
    Invite {
        key: SessionKey,
        no_panel: Option<NoPanel>,
    },
    CopyLink,
    /// Open another viewer in the place of one that is out of reach.
    OpenAgain,
    OpenInTab,
    BringToFront,
    Cancel,
    Close,
    SignIn,
    Dismiss,
    /// Open the viewer that the browser blocked.
    OpenBlocked,
    /// The browser itself followed the link of a blocked viewer.
    LinkFollowed,
    /// Wait for an absent visitor.
    Wait,
    /// Give the invitation up, or put away what it came to.
    Withdraw,
    AskAgain,
    /// Say that a session whose end may have been missed is over.
    ItIsOver,
    /// Open the viewer of a session that runs, without asking the visitor.
    /// `no_panel`: as in `Start`.
    ShowViewer {
        no_panel: Option<NoPanel>,
    },
    RetryPresence,
}

/// Who is logged in to the host. Only compared, and never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct AgentIdentity(String);

impl From<String> for AgentIdentity {
    fn from(identity: String) -> Self {
        Self(identity)
    }
}

impl fmt::Debug for AgentIdentity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AgentIdentity(redacted)")
    }
}

impl Event {
    /// The name, for the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Agent { act, .. } => act.name(),
            Self::EndSession(_) => "end session",
            Self::ActionWaits { .. } => "action waits",
            Self::ActionOver(_) => "action over",
            Self::NotificationClicked(..) => "notification clicked",
            Self::Tasks(_) => "tasks",
            Self::WorkerChanged(_) => "worker changed",
            Self::AgentChanged(_) => "agent changed",
            Self::TokenChanged => "token changed",
            Self::SettingsChanged(..) | Self::SettingsGone(_) => "settings changed",
            Self::Shown { .. } => "shown",
            Self::Unmounted(_) => "unmounted",
            Self::PanelReady(_) => "panel ready",
            Self::Disposed => "disposed",
            Self::Restored(_) => "restored",
            Self::Resumed => "resumed",
            Self::Deadline => "deadline",
            Self::WindowRefused(..) => "window refused",
            Self::WindowGone(..) | Self::WindowSeen(_, _, WindowSight::Closed) => "window closed",
            Self::WindowSeen(..) => "window seen",
            Self::FrameLoaded(..) => "frame loaded",
            Self::PanelGone(..) => "panel gone",
            Self::PartnerUserId(..) => "partner UID",
            Self::LoginKey(_, Ok(_), _) => "login key",
            Self::LoginKey(..) => "login key failed",
            Self::Script(..) => "script",
            Self::Authorized(_, true) => "authorized",
            Self::Authorized(..) => "authorization failed",
            Self::Presence(_, signal) => signal.name(),
            Self::Undelivered(_) => "invitation undelivered",
            Self::Link(..) => "link told",
        }
    }
}

impl Act {
    /// The name, for the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Start { key: None, .. } => "start",
            Self::Start { .. } => "join with a key",
            Self::Invite { .. } => "invite by a link",
            Self::CopyLink => "copy the link",
            Self::OpenAgain => "open again",
            Self::OpenInTab => "open in a tab",
            Self::BringToFront => "bring to front",
            Self::Cancel => "cancel",
            Self::Close => "close",
            Self::SignIn => "sign in",
            Self::Dismiss => "dismiss",
            Self::OpenBlocked => "open blocked viewer",
            Self::LinkFollowed => "link followed",
            Self::Wait => "wait for the visitor",
            Self::Withdraw => "withdraw",
            Self::AskAgain => "ask again",
            Self::ItIsOver => "it is over",
            Self::ShowViewer { .. } => "show viewer",
            Self::RetryPresence => "retry presence",
        }
    }
}
