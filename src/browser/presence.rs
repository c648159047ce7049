//! Glance's Presence and Authorization API for agents, as its script provides it.
//!
//! Source: Glance, "Presence Agent API" and "Authorization". Handlers and the members of their
//! arguments are observed in public samples, see each.

use std::{cell::Cell, rc::Rc};

use gloo_timers::callback::Timeout;
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use crate::{
    core::{
        access::DURATION_MIN, group_id::GroupId, login_key_api::Grant, session_key::SessionKey,
        whereabouts::Page,
    },
    effects::{fields::Fields, glance_script::glance, object, page},
};

/// What a presence connection tells.
#[derive(Clone, Debug)]
pub enum Signal {
    /// `lookupVisitor` succeeded: the visitor's page, or nobody.
    Found(Option<Page>),
    /// `onvisitorconn`.
    Connected(bool),
    /// `onpresence`.
    Moved(Page),
    /// `onterms`.
    Accepted,
    Declined,
    /// `onvisitorsessionstart`.
    Started,
    /// `onvisitorsessionend`.
    Ended,
    /// `invokeVisitor` failed.
    NotReached,
    /// `authorization`: the service takes the agent's authorization no longer.
    Unauthorized,
    /// Any other error of the connection.
    Broken,
}

/// A JavaScript function with one argument.
type Handler = Closure<dyn Fn(JsValue)>;

/// How long handlers outlive their owner, in milliseconds: the script calls back when it likes, and
/// may not find a function that is gone.
const AFTERLIFE_MS: u32 = 60_000;

/// Functions given to the script, deaf once dropped.
#[derive(Default)]
struct Handlers {
    functions: Vec<Handler>,
    deaf: Rc<Cell<bool>>,
}

impl Handlers {
    fn add(&mut self, handle: impl Fn(&JsValue) + 'static) -> JsValue {
        let deaf = self.deaf.clone();
        let handler: Handler = Closure::new(move |argument| {
            if !deaf.get() {
                handle(&argument);
            }
        });
        let function = handler.as_ref().clone();
        self.functions.push(handler);
        function
    }
}

impl Drop for Handlers {
    fn drop(&mut self) {
        self.deaf.set(true);
        let functions = std::mem::take(&mut self.functions);
        Timeout::new(AFTERLIFE_MS, move || drop(functions)).forget();
    }
}

/// An authorization on its way.
#[must_use = "nobody hears of the outcome after drop"]
pub struct Authorization {
    _handlers: Handlers,
}

/// Asks for leave to use presence; `done` hears whether it was given. `None` if the script has no
/// such call or throws.
pub fn authorize(
    server: &str,
    group_id: GroupId,
    grant: &Grant,
    done: impl Fn(bool) + Clone + 'static,
) -> Option<Authorization> {
    let namespace = glance(&["Authorization"])?;
    let authorize: Function = glance(&["Authorization", "authorize"])?.dyn_into().ok()?;
    let refused = done.clone();
    let mut handlers = Handlers::default();
    let onsuccess = handlers.add(move |_| done(true));
    let onfail = handlers.add(move |_| refused(false));
    let group_id = f64::from(group_id.number());
    let credentials = object::of(&[
        ("partnerid", group_id.into()),
        ("partneruserid", (&grant.partner_user_id).into()),
        ("loginkey", grant.login_key.expose().into()),
    ]);
    let request = object::of(&[
        ("webserver", bare(server).into()),
        ("service", "presence".into()),
        ("groupid", group_id.into()),
        ("credentials", credentials.into()),
        ("duration", DURATION_MIN.into()),
        ("onsuccess", onsuccess),
        ("onfail", onfail),
    ]);
    authorize.call1(&namespace, &request).ok()?;
    Some(Authorization { _handlers: handlers })
}

/// The connection to one visitor.
#[must_use = "the connection closes on drop"]
pub struct Agent {
    agent: JsValue,
    /// `lookupVisitor` and `invokeVisitor` with their handlers.
    look_up: JsValue,
    refused: JsValue,
    _handlers: Handlers,
}

/// Names of the handler properties.
const EVENTS: [&str; 7] = [
    "onvisitorconn",
    "onpresence",
    "onterms",
    "onvisitorsessionstart",
    "onvisitorsessionend",
    "onerror",
    "onvisitorerror",
];

impl Agent {
    /// Connects, and looks the visitor up; `hear` is told everything. `None` if the script has no
    /// such class or throws.
    pub fn connect(
        server: Option<&str>,
        visitor: &SessionKey,
        hear: impl Fn(Signal) + Clone + 'static,
    ) -> Option<Self> {
        let class: Function = glance(&["Presence", "Agent"])?.dyn_into().ok()?;
        let parameters = object::of(&[("visitorid", visitor.as_str().into())]);
        if let Some(server) = server {
            object::set(&parameters, "presenceserver", &bare(server).into());
        }
        let agent = Reflect::construct(&class, &js_sys::Array::of1(&parameters)).ok()?;
        let mut handlers = Handlers::default();
        let mut handle = |read: fn(&JsValue) -> Option<Signal>| {
            let hear = hear.clone();
            handlers.add(move |event| {
                if let Some(signal) = read(event) {
                    hear(signal);
                }
            })
        };
        for name in EVENTS {
            let read: fn(&JsValue) -> Option<Signal> = match name {
                "onvisitorconn" => |event| Some(Signal::Connected(is_connected(event))),
                "onpresence" => |event| Some(Signal::Moved(page(event))),
                "onterms" => answer,
                "onvisitorsessionstart" => |_| Some(Signal::Started),
                "onvisitorsessionend" => |_| Some(Signal::Ended),
                _ => |event| Some(trouble(event)),
            };
            object::set(&agent, name, &handle(read));
        }
        let look_up = object::of(&[
            ("onsuccess", handle(found)),
            ("onfail", handle(|code| Some(trouble(code)))),
        ]);
        let refused = handle(|code| Some(refusal(code)));
        let agent = Self { agent, look_up: look_up.into(), refused, _handlers: handlers };
        page::add_agent(&agent.agent);
        agent.call("connect", &JsValue::UNDEFINED)?;
        agent.look_up();
        Some(agent)
    }

    /// Asks for the visitor's page.
    pub fn look_up(&self) {
        let _ = self.call("lookupVisitor", &self.look_up);
    }

    /// Shows the visitor the terms of a session. `false` if the script throws.
    pub fn invite(&self, session_key: &SessionKey, video: Option<&str>) -> bool {
        let args = object::of(&[("sessionKey", session_key.as_str().into())]);
        if let Some(mode) = video {
            object::set(&args, "video", &mode.into());
        }
        let invocation = object::of(&[
            ("func", "GLANCE.Cobrowse.Visitor.showTerms".into()),
            ("args", args.into()),
            ("onfail", self.refused.clone()),
        ]);
        self.call("invokeVisitor", &invocation).is_some()
    }

    fn call(&self, method: &str, argument: &JsValue) -> Option<JsValue> {
        let method: Function = Reflect::get(&self.agent, &method.into()).ok()?.dyn_into().ok()?;
        method.call1(&self.agent, argument).ok()
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        for name in EVENTS {
            object::set(&self.agent, name, &JsValue::NULL);
        }
        page::remove_agent(&self.agent);
        // Observed, not documented: without it the connection stays until the page goes.
        let _ = self.call("disconnect", &JsValue::UNDEFINED);
    }
}

/// A server as Glance's scripts want it: the host alone, unless it is reached without TLS.
fn bare(origin: &str) -> &str {
    origin.strip_prefix("https://").unwrap_or(origin)
}

/// For an absent visitor a look-up succeeds with an empty object.
fn found(info: &JsValue) -> Option<Signal> {
    let fields = Fields::read(info);
    let is_there = fields.value("visitorid").is_truthy() || fields.value("url").is_truthy();
    Some(Signal::Found(is_there.then(|| page(info))))
}

fn page(info: &JsValue) -> Page {
    let fields = Fields::read(info);
    let text = |name| fields.value(name).as_string();
    Page::new(text("url").as_deref(), text("browser").as_deref())
}

fn is_connected(event: &JsValue) -> bool {
    Fields::read(event).value("connected").is_truthy()
}

fn answer(event: &JsValue) -> Option<Signal> {
    match Fields::read(event).value("status").as_string()?.as_str() {
        "accepted" => Some(Signal::Accepted),
        "declined" => Some(Signal::Declined),
        _ => None,
    }
}

/// The code of an error, which comes by itself or as a member.
///
/// Source: Glance, "Presence Agent" (`authorization`, `visitornotpresent`); "Visitor Presence API"
/// (`conndrop`).
fn code(error: &JsValue) -> Option<String> {
    error.as_string().or_else(|| Fields::read(error).value("code").as_string())
}

fn trouble(error: &JsValue) -> Signal {
    match code(error).as_deref() {
        Some("authorization") => Signal::Unauthorized,
        Some("visitornotpresent") => Signal::Found(None),
        _ => Signal::Broken,
    }
}

fn refusal(error: &JsValue) -> Signal {
    match code(error).as_deref() {
        Some("authorization") => Signal::Unauthorized,
        _ => Signal::NotReached,
    }
}
