//! The boundary to JavaScript: `start`, `mount`, and news of tasks and panels.

use std::cell::{Cell, RefCell};

use gloo_timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ShadowRoot};
use yew::AppHandle;

use crate::{
    core::{
        config::Hosts,
        prop::Prop,
        session::Input,
        session_key::SessionKey,
        strings::{Strings, Text},
        task::{Attributes, ListedTask, Task},
        theme::{Theme, tokens},
        video::Video,
        viewer,
    },
    effects::{
        callback::Callback,
        fields::Fields,
        js_prop,
        page::{self, Page},
        supplier::Supplier,
    },
    ui::{Slot, TwilioFlexGlance, TwilioFlexGlanceProperties, store, style},
};

/// Takes the page over. Call it once, before anything else.
#[wasm_bindgen]
pub fn start(page: Page) {
    page::set(page);
}

/// Tells which tasks Flex lists, `[{sid, status}]`, so that those of the others are given back.
#[wasm_bindgen(js_name = tasksChanged)]
pub fn tasks_changed(tasks: JsValue) {
    let listed: Vec<ListedTask> = Array::from(&tasks)
        .iter()
        .filter_map(|task| {
            let task = Fields::read(&task);
            let status = task.value("status").as_string()?;
            Some(ListedTask { task: read_task(&task)?, status })
        })
        .collect();
    store::keep_only(&listed);
}

/// Starts the watch over the visitors of the agent's tasks, as the component's props ask for it.
/// Wrong props are left to the component to show.
#[wasm_bindgen]
pub fn begin(props: JsValue) {
    let props = properties(&props);
    if let Ok(setup) = props.parse() {
        store::begin(store::Context { setup: setup.into(), strings: props.strings });
    }
}

/// Opens the session of a task, or the one of a key for it, for a Flex Action.
///
/// # Errors
/// Why it cannot be opened, in a sentence for the caller.
#[wasm_bindgen(js_name = startSession)]
pub fn start_session(task: JsValue, session_key: Option<String>) -> Result<(), JsValue> {
    let Some(task) = read_task(&Fields::read(&task)) else {
        return Err("there is no such task".into());
    };
    let key = match session_key.as_deref().map(SessionKey::parse_typed).transpose() {
        Ok(key) => key,
        Err(_) => return Err("sessionKey has 1 to 62 letters, digits and - _ . ~".into()),
    };
    match store::start(task, key) {
        true => Ok(()),
        false => Err("the task names no visitor, or the component's props are wrong".into()),
    }
}

/// Closes the viewer of a task, for a Flex Action.
#[wasm_bindgen(js_name = endSession)]
pub fn end_session(task: &str) {
    store::dispatch(task, Input::Viewer(viewer::Input::Close));
}

/// Opens a viewer that the browser blocked. Call it inside the agent's click.
#[wasm_bindgen(js_name = followLink)]
pub fn follow_link(task: &str) {
    store::follow_link(task);
}

/// Tells that a component was taken off the page.
#[wasm_bindgen]
pub fn removed() {
    store::notice_removal();
}

thread_local! {
    /// The mounted components, by the numbers that JavaScript has of them.
    static MOUNTED: RefCell<Vec<(u32, AppHandle<TwilioFlexGlance>)>> = const { RefCell::new(vec![]) };
    static LAST_MOUNTED: Cell<u32> = const { Cell::new(0) };
}

/// Mounts a component into `host`, an empty element inside a shadow root. Returns its number, from 1.
#[wasm_bindgen]
pub fn mount(host: Element, props: JsValue) -> u32 {
    if let Ok(root) = host.get_root_node().dyn_into::<ShadowRoot>() {
        style::adopt(&root);
    }
    let renderer = yew::Renderer::<TwilioFlexGlance>::with_root_and_props(host, properties(&props));
    let app = renderer.render();
    let number = LAST_MOUNTED.get() + 1;
    LAST_MOUNTED.set(number);
    MOUNTED.with_borrow_mut(|mounted| mounted.push((number, app)));
    number
}

/// Gives a mounted component new props.
#[wasm_bindgen]
pub fn update(number: u32, props: JsValue) {
    let props = properties(&props);
    MOUNTED.with_borrow_mut(|mounted| {
        if let Some((_, app)) = mounted.iter_mut().find(|(known, _)| *known == number) {
            app.update(props);
        }
    });
}

/// Removes a mounted component. The viewers stay.
#[wasm_bindgen]
pub fn unmount(number: u32) {
    let removed = MOUNTED.with_borrow_mut(|mounted| {
        let at = mounted.iter().position(|(known, _)| *known == number)?;
        Some(mounted.swap_remove(at))
    });
    if let Some((_, app)) = removed {
        destroy_once_created(app);
    }
}

/// Yew loses a component for good that is destroyed before it was created, which it does later.
fn destroy_once_created(app: AppHandle<TwilioFlexGlance>) {
    if app.get_component().is_some() {
        app.destroy();
    } else {
        Timeout::new(0, || destroy_once_created(app)).forget();
    }
}

fn properties(props: &JsValue) -> TwilioFlexGlanceProperties {
    let props = Fields::read(props);
    let supplier = |name| {
        let value = props.value(name);
        Supplier::new(js_prop::read(&value), &value)
    };
    let strings_given = props.value("strings");
    let language = props.value("language").as_string().unwrap_or_default();
    TwilioFlexGlanceProperties {
        groupid: props.prop("groupid"),
        authurl: props.prop("authurl"),
        authtoken: supplier("authtoken"),
        openlocation: props.prop("openlocation"),
        opentype: props.prop("opentype"),
        presence: props.prop("presence"),
        glancebaseurl: props.prop("glancebaseurl"),
        puid: supplier("puid"),
        debugmode: props.prop("debugmode"),
        visitorid: props.prop("visitorid"),
        notifications: props.prop("notifications"),
        immediatetab: props.prop("immediatetab"),
        video: props.prop("video"),
        own_video: own_video(&props.value("video")),
        onsessionstart: Callback::new(&props.value("onsessionstart")),
        onsessionend: Callback::new(&props.value("onsessionend")),
        hosts: hosts(&props.value("hosts")),
        strings: strings(&strings_given, &language),
        strings_wrong: wrong_object(&strings_given),
        task: read_task(&Fields::read(&props.value("task"))),
        theme: theme(&props.value("theme")),
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
    let sid = task.value("sid").as_string().filter(|sid| !sid.is_empty())?;
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

thread_local! {
    /// The theme that was read last: Flex passes the same object again and again.
    static THEME: RefCell<(JsValue, Theme)> = RefCell::default();
}

fn theme(value: &JsValue) -> Theme {
    if let Some(known) = THEME.with_borrow(|(given, theme)| (given == value).then(|| theme.clone()))
    {
        return known;
    }
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
    THEME.set((value.clone(), theme.clone()));
    theme
}
