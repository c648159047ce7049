//! What an agent's click does.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FormData, HtmlFormElement, HtmlInputElement};

use crate::{
    core::{
        config::ConfigError,
        meeting,
        session::Input,
        session_key::{SessionKey, SessionKeyError},
        task::Task,
        viewer::{self, OpenTarget},
    },
    effects::{page, popover},
    ui::{
        TwilioFlexGlanceProperties, access,
        action::Action,
        store::{self, Context},
    },
};

/// Names of the Flex Actions that `index.js` registers.
const START_SESSION: &str = "GlanceStartSession";
const JOIN_WITH_KEY: &str = "GlanceJoinWithKey";
const END_SESSION: &str = "GlanceEndSession";

/// What a click finds: the properties as last given.
pub(super) struct Current {
    pub(super) context: Result<Context, Vec<ConfigError>>,
    pub(super) task: Option<Task>,
}

impl Current {
    pub(super) fn new(props: &TwilioFlexGlanceProperties) -> Self {
        let context = props
            .parse()
            .map(|setup| Context { setup: setup.into(), strings: props.strings.clone() });
        Self { context, task: props.task.clone() }
    }

    /// Does what the button says. Starting and ending a session go through Flex's Actions, so that
    /// other plugins can hear of them and step in; without listeners Flex calls back at once, still
    /// within the click.
    pub(super) fn act(&self, action: Action, event: &Event) {
        let (Ok(context), Some(task)) = (&self.context, &self.task) else { return };
        let act = |input| store::act(&task.sid, context.clone(), input);
        let view = |input| act(Input::Viewer(input));
        match action {
            Action::Launch => {
                store::prepare(task, context);
                if !page::perform(START_SESSION, &task.sid, None) {
                    self.launch(context, task);
                }
            }
            Action::Close => {
                if !page::perform(END_SESSION, &task.sid, None) {
                    view(viewer::Input::Close);
                }
            }
            Action::OpenInTab => {
                let Some(key) = key_of(task) else { return };
                let mut launch = context.setup.launch(key);
                launch.target = OpenTarget::Tab;
                view(viewer::Input::Launch(launch.into()));
            }
            Action::BringToFront => view(viewer::Input::BringToFront),
            Action::Cancel => view(viewer::Input::Cancel),
            Action::SignIn => view(viewer::Input::SignIn),
            Action::Dismiss => view(viewer::Input::Dismiss),
            Action::FollowLink => {
                if store::follow_link(&task.sid) {
                    event.prevent_default();
                }
            }
            Action::Wait => act(Input::Meeting(meeting::Input::Wait)),
            Action::Withdraw => act(Input::Meeting(meeting::Input::Withdraw)),
            Action::AskAgain => {
                if let Some(launch) = store::session(&task.sid).meeting.launch().cloned() {
                    act(Input::Meeting(meeting::Input::Meet { launch, at_once: false }));
                }
            }
            Action::RetryPresence => access::feed(access::Input::Retry),
        }
    }

    fn launch(&self, context: &Context, task: &Task) {
        let Some(key) = key_of(task) else { return };
        let input = context.input(task, context.setup.launch(key), true);
        store::act(&task.sid, context.clone(), input);
    }

    /// Opens the session of the typed key.
    pub(super) fn join(&self, event: &Event) -> Option<Result<(), SessionKeyError>> {
        let (Ok(context), Some(task)) = (&self.context, &self.task) else { return None };
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
        store::prepare(task, context);
        if !page::perform(JOIN_WITH_KEY, &task.sid, Some(key.as_str())) {
            let input = context.input(task, context.setup.launch(key), false);
            store::act(&task.sid, context.clone(), input);
        }
        Some(Ok(()))
    }
}

/// The key of the session that is open or failed, or the task's own.
fn key_of(task: &Task) -> Option<SessionKey> {
    let open = store::session(&task.sid).viewer.launch().map(|launch| launch.session_key.clone());
    open.or_else(|| task.session_key().ok())
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
