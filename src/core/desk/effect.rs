//! What the desk asks for.

use std::rc::Rc;

use crate::core::{
    group_id::GroupId,
    ids::{
        AuthorizationId, ConnectionId, InvitationId, LookUpId, RequestId, ScriptId, SettingsId,
        TaskSid, ViewerId,
    },
    login_key::{Credentials, PartnerUserId, TokenSource, cache},
    presence,
    session::{EndReason, OpenTarget},
    session_key::SessionKey,
    settings::Settings,
    viewer_url::ViewerUrl,
};

/// Effects in the order in which they have to run.
pub type Effects = Vec<Effect>;

/// What has to happen in the world. It names ids and holds no handle; what it learns comes back as an
/// [`Event`](super::Event).
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Open the task's blank tab or window now, inside the agent's click, or reuse the one it still has
    /// blank. One with another page in it is closed first.
    OpenWindow {
        task: TaskSid,
        viewer: ViewerId,
        target: OpenTarget,
        title: String,
    },
    Navigate {
        task: TaskSid,
        viewer: ViewerId,
        url: ViewerUrl,
    },
    CloseWindow {
        task: TaskSid,
    },
    BringWindowToFront {
        task: TaskSid,
    },
    /// Say what is in the window.
    LookAtWindow {
        task: TaskSid,
        viewer: ViewerId,
    },
    /// Put the viewer into a frame of the panel. It is born hidden.
    ShowFrame {
        task: TaskSid,
        viewer: ViewerId,
        url: ViewerUrl,
        title: String,
        sandbox: Option<String>,
    },
    CloseFrame {
        task: TaskSid,
    },
    BringFrameToFront {
        task: TaskSid,
    },

    /// Say which Partner UID the agent has now.
    ResolvePartnerUserId {
        request: RequestId,
        settings: SettingsId,
    },
    RequestLoginKey {
        request: RequestId,
        settings: SettingsId,
        token: TokenSource,
        partner_user_id: PartnerUserId,
    },
    CancelRequest(RequestId),

    LoadScript {
        script: ScriptId,
        cdn: String,
        group_id: GroupId,
    },
    Authorize {
        authorization: AuthorizationId,
        server: String,
        group_id: GroupId,
        credentials: Credentials,
    },
    Connect {
        connection: ConnectionId,
        server: Option<String>,
        visitor: SessionKey,
    },
    Disconnect(ConnectionId),
    LookUp {
        connection: ConnectionId,
        look_up: LookUpId,
    },
    /// Show the visitor the terms of a session.
    Invite {
        connection: ConnectionId,
        invitation: InvitationId,
        session_key: SessionKey,
        video: Option<String>,
    },

    /// Raise a notification of the host about a task, with a button.
    Notify {
        kind: NotificationKind,
        task: TaskSid,
        text: String,
        button: String,
    },
    DismissNotification {
        kind: NotificationKind,
        task: TaskSid,
    },
    SelectTask(TaskSid),
    ReportStart {
        task: TaskSid,
        settings: Rc<Settings>,
    },
    ReportEnd {
        task: TaskSid,
        settings: Rc<Settings>,
        duration_ms: f64,
        reason: EndReason,
    },
    /// What a component of this task shows has changed.
    Redraw(TaskSid),
    /// A line for the console. It names states and events, and holds no value and no id.
    Log(String),
    /// For whoever made the tasks; it holds no id and no value.
    Warn(String),
}

/// What a notification is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotificationKind {
    /// The visitor of a task came; its button selects the task.
    Arrived,
    /// The visitor accepted and the browser blocked the viewer; its button opens it.
    Accepted,
}

impl NotificationKind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Arrived => "arrived",
            Self::Accepted => "accepted",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        [Self::Arrived, Self::Accepted].into_iter().find(|kind| kind.name() == name)
    }
}

impl From<cache::Effect> for Effect {
    fn from(effect: cache::Effect) -> Self {
        match effect {
            cache::Effect::ResolvePartnerUserId { request, settings } => {
                Self::ResolvePartnerUserId { request, settings }
            }
            cache::Effect::RequestLoginKey { request, settings, token, partner_user_id } => {
                Self::RequestLoginKey { request, settings, token, partner_user_id }
            }
            cache::Effect::CancelRequest(request) => Self::CancelRequest(request),
        }
    }
}

impl From<presence::Effect> for Effect {
    fn from(effect: presence::Effect) -> Self {
        match effect {
            presence::Effect::LoadScript { script, cdn, group_id } => {
                Self::LoadScript { script, cdn, group_id }
            }
            presence::Effect::Authorize { authorization, server, group_id, credentials } => {
                Self::Authorize { authorization, server, group_id, credentials }
            }
            presence::Effect::Connect { connection, server, visitor } => {
                Self::Connect { connection, server, visitor }
            }
            presence::Effect::Disconnect(connection) => Self::Disconnect(connection),
            presence::Effect::LookUp { connection, look_up } => {
                Self::LookUp { connection, look_up }
            }
        }
    }
}
