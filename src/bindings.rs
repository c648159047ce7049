//! The boundary to JavaScript: `start`, `mount`, and news of the host.
//!
//! After a trap nothing here is entered again: `src/js/supervisor.js` guards every export and starts a
//! fresh instance with the same page.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ShadowRoot};
use yew::AppHandle as YewHandle;

use crate::{
    browser::{
        fields::Fields, host::Host, host_callback::HostCallback, js_prop, page::Page,
        string_source::StringSource,
    },
    core::{
        config::Hosts,
        desk::{CannotStart, Event, NotificationKind, Slot, Source},
        prop::Prop,
        session_key::SessionKey,
        strings::{Strings, Text},
        task::{Attributes, ListedTask, Task, TaskKeyError},
        theme::{Theme, tokens},
        video::Video,
    },
    runtime::{App, AppHandle},
    ui::{TwilioFlexGlance, TwilioFlexGlanceProperties, style},
};

thread_local! {
    /// The page. The one place of this crate that holds what can change.
    static APP: RefCell<Option<Rc<App>>> = const { RefCell::new(None) };
}

fn app() -> Option<Rc<App>> {
    APP.with_borrow(Clone::clone)
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
    APP.set(Some(App::new(page, host)));
}

/// Tells the props of a registration. Wrong ones are left to the component to show.
/// * `source`: `registration`.
#[wasm_bindgen]
pub fn configure(source: &str, props: JsValue) {
    let (Some(app), Some(source)) = (app(), source_of(source)) else { return };
    if let Ok(settings) = properties(app.clone(), &props, &mut ReadTheme::default()).settings() {
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

/// Tells which tasks Flex lists, `[{sid, status, visitorid, attributes}]`, with those that have just ended.
#[wasm_bindgen(js_name = tasksChanged)]
pub fn tasks_changed(tasks: JsValue) {
    let listed = Array::from(&tasks)
        .iter()
        .filter_map(|task| {
            let task = Fields::read(&task);
            let status = task.value("status").as_string()?;
            Some(ListedTask { task: read_task(&task)?, status })
        })
        .collect();
    if let Some(app) = app() {
        app.tell_agent();
        app.send(Event::Tasks(listed));
    }
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
    let (Some(app), Some(task)) = (app(), read_task(&Fields::read(&task))) else {
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

/// Does what the button of a notification says, as far as it is still true. Call it inside the agent's
/// click.
#[wasm_bindgen(js_name = notificationClicked)]
pub fn notification_clicked(kind: &str, task: &str) {
    if let Some(kind) = NotificationKind::parse(kind) {
        send(Event::NotificationClicked(kind, task.into()));
    }
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
    if let Some(app) = APP.take() {
        app.dispose();
    }
}

/// A component on the page.
#[wasm_bindgen]
pub struct Mounted {
    app: Rc<App>,
    component: YewHandle<TwilioFlexGlance>,
    theme: ReadTheme,
}

/// Mounts a component into `host`, an empty element inside a shadow root.
///
/// # Errors
/// If `start` was not called, or `dispose` was.
#[wasm_bindgen]
pub fn mount(host: Element, props: JsValue) -> Result<Mounted, JsValue> {
    let app = app().ok_or("flex-glance is not started")?;
    if let Ok(root) = host.get_root_node().dyn_into::<ShadowRoot>() {
        style::adopt(&app, &root);
    }
    let mut theme = ReadTheme::default();
    let props = properties(app.clone(), &props, &mut theme);
    let renderer = yew::Renderer::<TwilioFlexGlance>::with_root_and_props(host, props);
    Ok(Mounted { app, component: renderer.render(), theme })
}

#[wasm_bindgen]
impl Mounted {
    /// Gives the component new props.
    pub fn update(&mut self, props: JsValue) {
        self.component.update(properties(self.app.clone(), &props, &mut self.theme));
    }

    /// Removes the component. The viewers stay.
    pub fn unmount(self) {
        destroy_once_created(self.component);
    }
}

/// Yew loses a component for good that is destroyed before it was created, which it does later.
fn destroy_once_created(component: YewHandle<TwilioFlexGlance>) {
    if component.get_component().is_some() {
        component.destroy();
    } else {
        Timeout::new(0, || destroy_once_created(component)).forget();
    }
}

fn properties(app: Rc<App>, props: &JsValue, theme: &mut ReadTheme) -> TwilioFlexGlanceProperties {
    let props = Fields::read(props);
    let source = |name| {
        let value = props.value(name);
        StringSource::new(js_prop::read(&value), &value)
    };
    let strings_given = props.value("strings");
    let language = props.value("language").as_string().unwrap_or_default();
    TwilioFlexGlanceProperties {
        app: AppHandle(app),
        groupid: props.prop("groupid"),
        authurl: props.prop("authurl"),
        authtoken: source("authtoken"),
        openlocation: props.prop("openlocation"),
        opentype: props.prop("opentype"),
        presence: props.prop("presence"),
        glancebaseurl: props.prop("glancebaseurl"),
        puid: source("puid"),
        debugmode: props.prop("debugmode"),
        visitorid: props.prop("visitorid"),
        notifications: props.prop("notifications"),
        immediatetab: props.prop("immediatetab"),
        video: props.prop("video"),
        own_video: own_video(&props.value("video")),
        viewersandbox: props.prop("viewersandbox"),
        onsessionstart: HostCallback::new(&props.value("onsessionstart")),
        onsessionend: HostCallback::new(&props.value("onsessionend")),
        hosts: hosts(&props.value("hosts")),
        strings: strings(&strings_given, &language),
        strings_wrong: wrong_object(&strings_given),
        task: read_task(&Fields::read(&props.value("task"))),
        theme: theme.read(&props.value("theme")),
        slot: match props.value("slot").as_string().as_deref() {
            Some("panel") => Slot::Panel,
            Some("host") => Slot::Host,
            _ => Slot::Header,
        },
        frames: props.value("frames").dyn_into().ok(),
    }
}

fn hosts(value: &JsValue) -> Hosts {
    let hosts = Fields::read(value);
    Hosts {
        web: hosts.prop("web"),
        cdn: hosts.prop("cdn"),
        presence: hosts.prop("presence"),
        authorization: hosts.prop("authorization"),
        wrong: wrong_object(value),
    }
}

fn strings(value: &JsValue, language: &str) -> Strings {
    let mut strings = Strings::new(language);
    for (name, value) in Fields::read(value).all() {
        let text = Text::ALL.iter().find(|text| text.name() == name);
        let wording = value.as_string().filter(|wording| !wording.is_empty());
        if let (Some(text), Some(wording)) = (text, wording) {
            strings = strings.with(*text, wording);
        }
    }
    strings
}

/// The type of a value that should have been an object or left out.
fn wrong_object(value: &JsValue) -> Option<&'static str> {
    let given = js_prop::read(value);
    let fine = given.is_missing() || given == Prop::Other("an object");
    (!fine).then(|| given.type_name())
}

fn own_video(value: &JsValue) -> Video {
    let modes = Fields::read(value);
    let mode = |name| modes.value(name).as_string().filter(|mode| !mode.is_empty());
    Video { agent: mode("agent"), visitor: mode("visitor") }
}

fn read_task(task: &Fields) -> Option<Task> {
    let sid = task.value("sid").as_string().filter(|sid| !sid.is_empty())?.into();
    let attributes = Fields::read(&task.value("attributes"));
    Some(Task {
        sid,
        visitor_id: task.prop("visitorid"),
        attributes: Attributes {
            glance_visitor_id: attributes.prop("glance_visitor_id"),
            conversation_sid: attributes.prop("conversationSid"),
            channel_sid: attributes.prop("channelSid"),
            name: attributes.prop("name"),
        },
    })
}

/// A theme that was read, kept since Flex passes the same object again and again.
#[derive(Clone, Default)]
struct ReadTheme {
    given: JsValue,
    theme: Theme,
}

impl ReadTheme {
    fn read(&mut self, value: &JsValue) -> Theme {
        if self.given != *value {
            *self = Self { given: value.clone(), theme: theme(value) };
        }
        self.theme.clone()
    }
}

fn theme(value: &JsValue) -> Theme {
    let given = Fields::read(value);
    let groups = Fields::read(&given.value("tokens"));
    let mut theme = Theme::new(given.prop("isLight") == Prop::Bool(false));
    let mut group = ("", Fields::default());
    for (group_name, name, property) in tokens() {
        if group.0 != group_name {
            group = (group_name, Fields::read(&groups.value(group_name)));
        }
        if let Some(token) = group.1.value(name).as_string() {
            theme.declare(property, &token);
        }
    }
    theme
}
