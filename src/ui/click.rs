//! What an agent's click does.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use crate::{
    core::{
        config::ConfigError, desk::Act, session_key::SessionKey, settings::Settings, task::Task,
    },
    runtime::App,
    ui::{TwilioFlexGlanceProperties, action::Action},
};

/// Names of the Flex Actions that `index.js` registers.
const START_SESSION: &str = "GlanceStartSession";
const JOIN_WITH_KEY: &str = "GlanceJoinWithKey";
const END_SESSION: &str = "GlanceEndSession";

/// What a click finds: the properties as last given. Whoever acts has a copy, since what follows may bring others.
#[derive(Clone)]
pub(super) struct Current {
    pub(super) app: Rc<App>,
    pub(super) settings: Result<Rc<Settings>, Vec<ConfigError>>,
    pub(super) task: Option<Task>,
}

impl Current {
    pub(super) fn new(props: &TwilioFlexGlanceProperties) -> Self {
        Self { app: props.app.0.clone(), settings: props.settings(), task: props.task.clone() }
    }

    /// The task that it can work with.
    pub(super) fn shown(&self) -> Option<&Task> {
        self.task.as_ref().filter(|_| self.settings.is_ok())
    }

    /// Does what the button says. Starting and ending a session go through Flex's Actions, so that
    /// other plugins can hear of them and step in; without listeners Flex calls back at once, still
    /// within the click.
    pub(super) fn act(&self, action: Action) {
        let (Ok(settings), Some(task)) = (&self.settings, &self.task) else { return };
        let act = match action {
            Action::Start if self.app.perform(START_SESSION, &task.sid, None) => return,
            Action::Start => return self.app.start(task, settings, None),
            Action::Invite => return self.app.invite(task, settings),
            Action::Copy => Act::CopyLink,
            Action::Close if self.app.perform(END_SESSION, &task.sid, None) => return,
            Action::Close => Act::Close,
            Action::OpenBlocked => Act::OpenBlocked,
            Action::OpenAgain => Act::OpenAgain,
            Action::OpenInTab => Act::OpenInTab,
            Action::BringToFront => Act::BringToFront,
            Action::Cancel => Act::Cancel,
            Action::SignIn => Act::SignIn,
            Action::Dismiss => Act::Dismiss,
            Action::Wait => Act::Wait,
            Action::Withdraw => Act::Withdraw,
            Action::AskAgain => Act::AskAgain,
            Action::ItIsOver => Act::ItIsOver,
            Action::ShowViewer => return self.app.show_viewer(task, settings),
            Action::RetryPresence => Act::RetryPresence,
        };
        self.app.act(task, settings, act);
    }

    /// Opens the blocked viewer whose link was clicked. If the browser refuses the window again, it may
    /// still follow the link itself.
    pub(super) fn follow_link(&self, event: &Event) {
        let (Ok(settings), Some(task)) = (&self.settings, &self.task) else { return };
        self.app.act(task, settings, Act::OpenBlocked);
        let is_blocked = self.app.read(&task.sid, |view| {
            view.session.is_some_and(|session| session.viewer.is_blocked())
        });
        // The address may have run out in the meantime: then it is a link no more.
        let link = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_link = link.is_some_and(|link| matches!(link.closest("a[href]"), Ok(Some(_))));
        if is_blocked && is_link {
            self.app.act(task, settings, Act::LinkFollowed);
        } else {
            event.prevent_default();
        }
    }

    /// Opens the session of the typed key.
    pub(super) fn join(&self, key: SessionKey) {
        let (Ok(settings), Some(task)) = (&self.settings, &self.task) else { return };
        if !self.app.perform(JOIN_WITH_KEY, &task.sid, Some(key.as_str())) {
            self.app.start(task, settings, Some(key));
        }
    }
}
