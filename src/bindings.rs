//! The boundary to JavaScript: `start`, `mount`, and news of tasks and panels.

use std::cell::RefCell;

use gloo_timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ShadowRoot};
use yew::AppHandle;

use crate::{
    core::{
        config::Hosts,
        prop::Prop,
        strings::{Strings, Text},
        task::{Attributes, ListedTask, Task},
        theme::{TOKENS, Theme},
    },
    effects::{
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
            let text = |name| task.value(name).as_string();
            Some(ListedTask { sid: text("sid")?, status: text("status")? })
        })
        .collect();
    store::keep_only(&listed);
}

/// Tells that a panel was taken off the page.
#[wasm_bindgen(js_name = panelGone)]
pub fn panel_gone() {
    store::notice_lost_frames();
}

/// A mounted component.
#[wasm_bindgen]
pub struct Mounted(AppHandle<TwilioFlexGlance>);

/// Mounts a component into `host`, an empty element inside a shadow root.
#[wasm_bindgen]
pub fn mount(host: Element, props: JsValue) -> Mounted {
    if let Ok(root) = host.get_root_node().dyn_into::<ShadowRoot>() {
        style::adopt(&root);
    }
    let renderer = yew::Renderer::<TwilioFlexGlance>::with_root_and_props(host, properties(&props));
    Mounted(renderer.render())
}

#[wasm_bindgen]
impl Mounted {
    /// Gives the component new props.
    pub fn update(&mut self, props: JsValue) {
        self.0.update(properties(&props));
    }

    /// Removes the component. The viewers stay.
    pub fn unmount(self) {
        destroy_once_created(self.0);
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
        hosts: hosts(&props.value("hosts")),
        strings: strings(&strings_given, &language),
        strings_wrong: wrong_object(&strings_given),
        task: task(&props.value("task")),
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
    let given = Fields::read(value);
    let worded = Text::ALL.iter().filter_map(|text| {
        let wording = given.value(text.name()).as_string()?;
        (!wording.is_empty()).then_some((*text, wording))
    });
    worded.fold(Strings::new(language), |strings, (text, wording)| strings.with(text, wording))
}

/// The type of a value that should have been an object or left out.
fn wrong_object(value: &JsValue) -> Option<&'static str> {
    let given = js_prop::read(value);
    let fine = given.is_missing() || given == Prop::Other("an object");
    (!fine).then(|| given.type_name())
}

fn task(value: &JsValue) -> Option<Task> {
    let task = Fields::read(value);
    let sid = task.value("sid").as_string().filter(|sid| !sid.is_empty())?;
    let attributes = Fields::read(&task.value("attributes"));
    Some(Task {
        sid,
        attributes: Attributes {
            glance_visitor_id: attributes.prop("glance_visitor_id"),
            conversation_sid: attributes.prop("conversationSid"),
            channel_sid: attributes.prop("channelSid"),
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
    for (group_name, name, property) in TOKENS {
        if group.0 != *group_name {
            group = (group_name, Fields::read(&groups.value(group_name)));
        }
        if let Some(token) = group.1.value(name).as_string() {
            theme.declare(property, &token);
        }
    }
    THEME.set((value.clone(), theme.clone()));
    theme
}
