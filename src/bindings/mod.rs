//! The boundary to JavaScript: `start`, `mount`, and news of the host.
//!
//! After a trap nothing here is entered again: `src/js/supervisor.js` guards every export and starts a
//! fresh instance with the same page.

mod diagnosis;
mod facts;
mod mounted;
mod props;
mod session_facts;
mod task;
mod theme;
mod tree;

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::{
    browser::{given, host::Host, page::Page},
    core::{
        desk::{CannotStart, Event, NotificationKind, Source},
        ids::LinkId,
        session::link::Way,
        session_key::SessionKey,
        task::TaskKeyError,
        theme::Theme,
    },
    runtime::App,
};
use diagnosis::diagnosis;
use mounted::{Component, Mounted};
use props::GivenProps;
use task::GivenTask;

thread_local! {
    /// The page. The one place of this crate that holds what can change.
    static APP: RefCell<Option<Started>> = const { RefCell::new(None) };
}

/// The page with the components that JavaScript has mounted, by its numbers of them.
struct Started {
    app: Rc<App>,
    components: Vec<(u32, Weak<RefCell<Component>>)>,
}

fn app() -> Option<Rc<App>> {
    APP.with_borrow(|started| started.as_ref().map(|started| started.app.clone()))
}

fn send(event: Event) {
    if let Some(app) = app() {
        app.send(event);
    }
}

/// Takes the page over, with the viewers that an instance before this one left open. Call it once, before
/// anything else.
#[wasm_bindgen]
pub fn start(page: Page, host: Host) {
    APP.set(Some(Started { app: App::new(page, host), components: vec![] }));
}

/// Tells the props of a registration. Wrong ones are left to the component to show.
/// * `source`: `registration`.
#[wasm_bindgen]
pub fn configure(source: &str, props: JsValue) {
    let (Some(app), Some(source)) = (app(), source_of(source)) else { return };
    let props = given::read::<GivenProps>(&props);
    if let Ok(settings) = props.properties(app.clone(), Theme::default()).settings() {
        app.configure(source, &settings);
    }
}

/// Takes a registration's props back.
#[wasm_bindgen]
pub fn release(source: &str) {
    if let (Some(app), Some(source)) = (app(), source_of(source)) {
        app.release(source);
    }
}

fn source_of(name: &str) -> Option<Source> {
    (name == "registration").then_some(Source::Registration)
}

/// Tells which tasks Flex lists, `[{sid, status, visitorid, attributes, facts}]`, with those that have just
/// ended, if that is news; what is new of tasks that components show, `[{component, sid, visitorid, attributes,
/// facts}]`, by the numbers that they were mounted with; and what rules may ask of the agent, `{names, roles,
/// skills}`, if that is news. All of it is drawn by the end of the call.
#[wasm_bindgen(js_name = tasksChanged)]
pub fn tasks_changed(tasks: JsValue, shown: JsValue, worker: JsValue) {
    let Some(app) = app() else { return };
    let listed = (!tasks.is_undefined()).then(|| read_tasks(&tasks));
    let shown = read_tasks(&shown);
    draw_at_once(|| {
        if worker.is_object() {
            app.tell_agent();
            app.send(Event::WorkerChanged(facts::worker(worker)));
        }
        if let Some(listed) = listed {
            app.tell_agent();
            app.send(Event::Tasks(listed.iter().filter_map(GivenTask::listed).collect()));
        }
        for task in shown {
            if let Some(component) = mounted::find(&task.component.prop()) {
                component.borrow_mut().show(&task);
            }
        }
    });
}

fn read_tasks(tasks: &JsValue) -> Vec<GivenTask> {
    Array::from(tasks).iter().map(|task| given::read(&task)).collect()
}

/// What is changed meanwhile is drawn before this returns. Yew as it is published draws a microtask later.
fn draw_at_once(change: impl FnOnce()) {
    #[cfg(feature = "batch")]
    yew::scheduler::batch(change);
    #[cfg(not(feature = "batch"))]
    change();
}

/// Tells who is logged in; `undefined` for nobody.
#[wasm_bindgen(js_name = agentChanged)]
pub fn agent_changed(identity: Option<String>) {
    if let Some(app) = app() {
        app.agent_changed(identity.filter(|identity| !identity.is_empty()));
    }
}

/// Tells that Flex's token was renewed.
#[wasm_bindgen(js_name = tokenChanged)]
pub fn token_changed() {
    send(Event::TokenChanged);
}

/// Opens the session of a task, or the one of a key for it, for a Flex Action. Call it inside the agent's
/// click.
///
/// # Errors
/// Why it cannot be opened, in a sentence for the caller.
#[wasm_bindgen(js_name = startSession)]
pub fn start_session(task: JsValue, session_key: Option<String>) -> Result<(), JsValue> {
    let (Some(app), Some(task)) = (app(), given::read::<GivenTask>(&task).task()) else {
        return Err("there is no such task".into());
    };
    let key = match session_key.as_deref().map(SessionKey::parse_typed).transpose() {
        Ok(key) => key,
        Err(_) => return Err("sessionKey has 1 to 62 letters, digits and - _ . ~".into()),
    };
    app.start_from_outside(&task, key).map_err(|error| match error {
        CannotStart::NoSettings => {
            "the component's props are wrong, or it is not registered".into()
        }
        CannotStart::Policy(kind) => {
            format!("the policy does not allow it for this task and agent (policy.{})", kind.name())
                .into()
        }
        CannotStart::NoVisitor(TaskKeyError::NoVisitor) => {
            "the task names no visitor; set visitorid, or one of the task's attributes".into()
        }
        CannotStart::NoVisitor(
            TaskKeyError::Impossible { attribute, .. } | TaskKeyError::NotText { attribute, .. },
        ) => format!("the task's {attribute} cannot be a session key").into(),
    })
}

/// Closes the viewer of a task, for a Flex Action.
#[wasm_bindgen(js_name = endSession)]
pub fn end_session(task: &str) {
    send(Event::EndSession(task.into()));
}

/// Tells that a button's Flex Action on the task has not run yet; `again`: the same one waits already.
#[wasm_bindgen(js_name = actionWaits)]
pub fn action_waits(task: &str, again: bool) {
    send(Event::ActionWaits { task: task.into(), again });
}

/// Tells that such an Action runs, or never will.
#[wasm_bindgen(js_name = actionOver)]
pub fn action_over(task: &str) {
    send(Event::ActionOver(task.into()));
}

/// Tells what came of an invitation by link that was to be copied, or sent in the task's chat: whether it was;
/// `undefined` where there is no such way.
#[wasm_bindgen(js_name = linkTold)]
pub fn link_told(task: &str, link: u32, copies: bool, is_done: Option<bool>) {
    let way = if copies { Way::Clipboard } else { Way::Chat };
    send(Event::Link(task.into(), LinkId(link), way.delivery(is_done)));
}

/// Does what the button of a notification says, as far as it is still true. Call it inside the agent's
/// click.
#[wasm_bindgen(js_name = notificationClicked)]
pub fn notification_clicked(kind: &str, task: &str) {
    if let Some(kind) = NotificationKind::parse(kind) {
        send(Event::NotificationClicked(kind, task.into()));
    }
}

/// Tells the doctor what a component with these props thinks, of them and of its task: see `diagnosis.rs`.
/// Nothing is done.
#[wasm_bindgen]
pub fn diagnose(props: JsValue) -> JsValue {
    let Some(app) = app() else { return JsValue::UNDEFINED };
    diagnosis(&given::read::<GivenProps>(&props).properties(app, Theme::default()))
}

/// What has to stand of a session on its task after a change, given what stands there now; `undefined` where
/// nothing has to change. Nothing is done.
#[wasm_bindgen(js_name = factsAfter)]
pub fn facts_after(current: JsValue, change: JsValue) -> JsValue {
    session_facts::after(current, change)
}

/// Tells that a component was taken off the page.
#[wasm_bindgen]
pub fn removed() {
    if let Some(app) = app() {
        app.notice_removal();
    }
}

/// Lets go of everything. Nothing but `start` is called after this.
#[wasm_bindgen]
pub fn dispose() {
    if let Some(Started { app, .. }) = APP.take() {
        app.dispose();
    }
}

/// Mounts a component into `host`, an empty element inside a shadow root.
/// * `number`: tells it from the others.
///
/// # Errors
/// If `start` was not called, or `dispose` was.
#[wasm_bindgen]
pub fn mount(host: Element, props: JsValue, number: u32) -> Result<Mounted, JsValue> {
    let app = app().ok_or("flex-glance is not started")?;
    Ok(Mounted::new(app, host, &props, number))
}
