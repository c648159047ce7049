//! What an agent's click does.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FormData, HtmlFormElement, HtmlInputElement};

use crate::{
    browser::popover,
    core::{
        config::ConfigError,
        desk::Act,
        session_key::{SessionKey, SessionKeyError},
        settings::Settings,
        task::Task,
    },
    runtime::App,
    ui::{TwilioFlexGlanceProperties, action::Action},
};

/// Names of the Flex Actions that `index.js` registers.
const START_SESSION: &str = "GlanceStartSession";
const JOIN_WITH_KEY: &str = "GlanceJoinWithKey";
const END_SESSION: &str = "GlanceEndSession";

/// What a click finds: the properties as last given.
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
    pub(super) fn act(&self, action: Action, event: &Event) {
        let (Ok(settings), Some(task)) = (&self.settings, &self.task) else { return };
        let act = |act| self.app.act(task, settings, act);
        match action {
            Action::Start => {
                if !self.app.perform(START_SESSION, &task.sid, None) {
                    self.app.start(task, settings, None);
                }
            }
            Action::Close => {
                if !self.app.perform(END_SESSION, &task.sid, None) {
                    act(Act::Close);
                }
            }
            Action::OpenBlocked => {
                act(Act::OpenBlocked);
                self.leave_link_to_browser(event, task, settings);
            }
            Action::OpenAgain => act(Act::OpenAgain),
            Action::OpenInTab => act(Act::OpenInTab),
            Action::BringToFront => act(Act::BringToFront),
            Action::Cancel => act(Act::Cancel),
            Action::SignIn => act(Act::SignIn),
            Action::Dismiss => act(Act::Dismiss),
            Action::Wait => act(Act::Wait),
            Action::Withdraw => act(Act::Withdraw),
            Action::AskAgain => act(Act::AskAgain),
            Action::ItIsOver => act(Act::ItIsOver),
            Action::RetryPresence => act(Act::RetryPresence),
        }
    }

    /// If the browser refuses the window again, it may still follow the link that the agent clicked.
    fn leave_link_to_browser(&self, event: &Event, task: &Task, settings: &Rc<Settings>) {
        let is_blocked = self.app.read(&task.sid, |view| {
            view.session.is_some_and(|session| session.viewer.is_blocked())
        });
        let link = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_link = link.is_some_and(|link| matches!(link.closest("a[href]"), Ok(Some(_))));
        if is_blocked && is_link {
            self.app.act(task, settings, Act::LinkFollowed);
        } else {
            event.prevent_default();
        }
    }

    /// Opens the session of the typed key.
    pub(super) fn join(&self, event: &Event) -> Option<Result<(), SessionKeyError>> {
        let (Ok(settings), Some(task)) = (&self.settings, &self.task) else { return None };
        let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
        let typed = FormData::new_with_form(&form).ok()?.get("key").as_string()?;
        let key = match SessionKey::parse_typed(&typed) {
            Ok(key) => key,
            Err(error) => {
                select_field(&form);
                return Some(Err(error));
            }
        };
        popover::hide(&form);
        form.reset();
        if !self.app.perform(JOIN_WITH_KEY, &task.sid, Some(key.as_str())) {
            self.app.start(task, settings, Some(key));
        }
        Some(Ok(()))
    }
}

/// The action of the button or link that was clicked, unless it is idle.
pub(super) fn action_of(event: &Event) -> Option<Action> {
    let clicked: Element = event.target()?.dyn_into().ok()?;
    let button = clicked.closest("[data-action]").ok()??;
    Action::parse(&button.get_attribute("data-action")?)
}

/// Gives the focus to the form's field, with a refused key selected to be typed over. A form that is
/// being hidden takes no focus.
pub(super) fn select_field(form: &HtmlFormElement) {
    if let Ok(Some(field)) = form.query_selector("input")
        && let Ok(field) = field.dyn_into::<HtmlInputElement>()
    {
        let _ = field.focus();
        field.select();
    }
}
