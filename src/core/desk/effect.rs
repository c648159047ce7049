//! What the desk asks for.

use std::{fmt, rc::Rc};

use crate::core::{
    ids::{LinkId, TaskSid, ViewerId},
    login_key::cache,
    presence,
    session::{
        EndReason, OpenTarget,
        facts::{Change, WorkerSid},
        link::{InviteText, Way},
    },
    settings::Settings,
    viewer_url::ViewerUrl,
};

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

    /// What the login-key cache asks for.
    LoginKey(cache::Effect),
    /// What presence asks for.
    Presence(presence::Effect),

    /// Raise a notification of the host about a task, with a button.
    Notify {
        kind: NotificationKind,
        task: TaskSid,
        text: NoticeText,
        button: String,
    },
    DismissNotification {
        kind: NotificationKind,
        task: TaskSid,
    },
    /// The agent has given up the Actions of this task that another plugin holds.
    GiveActionUp(TaskSid),
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
    /// Put an invitation by link where the customer finds it. What came of it is told by `Event::Link`.
    Deliver {
        task: TaskSid,
        link: LinkId,
        text: InviteText,
        way: Way,
    },
    /// Change what stands of the session on its task, as `SessionFacts::after` says of what is there then.
    WriteFacts {
        task: TaskSid,
        change: Change,
        worker: Option<WorkerSid>,
        /// Unix time.
        at_s: f64,
    },
    /// What a component of this task shows has changed.
    Redraw(TaskSid),
    /// A line for the console. It names states and events, and holds no value and no id.
    Log(String),
    /// For whoever made the tasks; it holds no id and no value.
    Warn(String),
}

/// What a notification says. It names the customer, so `Debug` keeps it to itself.
#[derive(Clone, PartialEq, Eq)]
pub struct NoticeText(pub String);

impl fmt::Debug for NoticeText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("NoticeText(redacted)")
    }
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
