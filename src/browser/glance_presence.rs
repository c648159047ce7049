//! Glance's Presence and Authorization API for agents, as its script provides it.
//!
//! Source: Glance, "Presence Agent API" and "Authorization". Handlers and the members of their
//! arguments are observed in public samples, see each.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

use js_sys::{Array, Function, Reflect};
use serde::Deserialize;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use crate::{
    browser::{
        given::{self, Field},
        glance_script::glance,
        object,
        page::Page,
    },
    core::{
        group_id::GroupId,
        ids::LookUpId,
        login_key::Credentials,
        presence::{Signal, VisitorPage, authorization::DURATION_MIN},
        session_key::SessionKey,
    },
};

/// A JavaScript function with one argument.
type Handler = Closure<dyn Fn(JsValue)>;

/// Answers of so many questions are waited for at a time; older ones are deaf.
const MAX_QUESTIONS: usize = 16;

/// Callbacks registered with Glance's script. `silence` makes them do nothing; they have to stay
/// allocated for a while longer, in case the script still calls them.
#[derive(Default)]
pub struct Handlers {
    functions: Vec<Handler>,
    is_silent: Rc<Cell<bool>>,
}

impl Handlers {
    fn add(&mut self, handle: impl Fn(&JsValue) + 'static) -> JsValue {
        self.add_boxed(Box::new(handle))
    }

    fn add_boxed(&mut self, handle: Box<dyn Fn(&JsValue)>) -> JsValue {
        let is_silent = self.is_silent.clone();
        let handler: Handler = Closure::new(move |argument| {
            if !is_silent.get() {
                handle(&argument);
            }
        });
        let function = handler.as_ref().clone();
        self.functions.push(handler);
        function
    }

    /// From now on they do nothing.
    pub fn silence(&self) {
        self.is_silent.set(true);
    }
}

/// Asks for an authorization; `done` is told whether it was given. `None` if the script has no such call
/// or throws.
pub fn authorize(
    server: &str,
    group_id: GroupId,
    credentials: &Credentials,
    done: impl Fn(bool) + Clone + 'static,
) -> Option<Handlers> {
    let namespace = glance(&["Authorization"])?;
    let authorize: Function = glance(&["Authorization", "authorize"])?.dyn_into().ok()?;
    let failed = done.clone();
    let mut handlers = Handlers::default();
    let onsuccess = handlers.add(move |_| done(true));
    let onfail = handlers.add(move |_| failed(false));
    let group_id = f64::from(group_id.number());
    let credentials = object::of(&[
        ("partnerid", group_id.into()),
        ("partneruserid", (&credentials.partner_user_id).into()),
        ("loginkey", credentials.login_key.expose().into()),
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
    Some(handlers)
}

/// The connection to one visitor.
pub struct Connection {
    agent: JsValue,
    events: Handlers,
    /// The handlers of look-ups and invitations, oldest first.
    questions: RefCell<VecDeque<Handlers>>,
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

impl Connection {
    /// Connects to the visitor's presence. `on_signal` is told everything from then on. `None` if the
    /// script has no such class or throws.
    pub fn open(
        page: &Page,
        server: Option<&str>,
        visitor: &SessionKey,
        on_signal: impl Fn(Signal) + Clone + 'static,
    ) -> Option<Self> {
        let class: Function = glance(&["Presence", "Agent"])?.dyn_into().ok()?;
        let parameters = object::of(&[("visitorid", visitor.as_str().into())]);
        if let Some(server) = server {
            object::set(&parameters, "presenceserver", &bare(server).into());
        }
        let agent = Reflect::construct(&class, &Array::of1(&parameters)).ok()?;
        let mut events = Handlers::default();
        for name in EVENTS {
            let read: fn(&JsValue) -> Option<Signal> = match name {
                "onvisitorconn" => |event| Some(Signal::VisitorConnected(is_connected(event))),
                "onpresence" => |event| Some(Signal::VisitorMoved(visitor_page(event))),
                "onterms" => answer,
                "onvisitorsessionstart" => |_| Some(Signal::Started),
                "onvisitorsessionend" => |_| Some(Signal::Ended),
                _ => |event| Some(error_signal(event)),
            };
            let on_signal = on_signal.clone();
            let handler = events.add(move |event| {
                if let Some(signal) = read(event) {
                    on_signal(signal);
                }
            });
            object::set(&agent, name, &handler);
        }
        let connection = Self { agent, events, questions: RefCell::default() };
        page.connections().add(&connection.agent);
        if connection.call("connect", &JsValue::UNDEFINED).is_none() {
            connection.close(page).silence();
            return None;
        }
        Some(connection)
    }

    /// Glance's object.
    pub fn agent(&self) -> JsValue {
        self.agent.clone()
    }

    /// Asks for the visitor's page. `false` if the script throws.
    pub fn look_up(&self, id: LookUpId, on_signal: impl Fn(Signal) + Clone + 'static) -> bool {
        let mut handlers = Handlers::default();
        let failed = on_signal.clone();
        let onsuccess = handlers.add(move |info| on_signal(Signal::Found(id, found(info))));
        let onfail = handlers.add(move |error| {
            failed(match code(error).as_deref() {
                Some("visitornotpresent") => Signal::Found(id, None),
                _ => error_signal(error),
            });
        });
        let request = object::of(&[("onsuccess", onsuccess), ("onfail", onfail)]);
        self.ask(handlers);
        self.call("lookupVisitor", &request).is_some()
    }

    /// Shows the visitor the terms of a session. `on_fail` is told if they do not reach the visitor, and
    /// whether that is for want of an authorization. `false` if the script throws.
    pub fn invite(
        &self,
        session_key: &SessionKey,
        video: Option<&str>,
        on_fail: impl Fn(bool) + 'static,
    ) -> bool {
        let args = object::of(&[("sessionKey", session_key.as_str().into())]);
        if let Some(mode) = video {
            object::set(&args, "video", &mode.into());
        }
        let mut handlers = Handlers::default();
        let onfail =
            handlers.add(move |error| on_fail(code(error).as_deref() == Some("authorization")));
        let invocation = object::of(&[
            ("func", "GLANCE.Cobrowse.Visitor.showTerms".into()),
            ("args", args.into()),
            ("onfail", onfail),
        ]);
        self.ask(handlers);
        self.call("invokeVisitor", &invocation).is_some()
    }

    /// Ends the connection. Its handlers do nothing from now on, and are returned to be kept for a while.
    pub fn close(self, page: &Page) -> Handlers {
        for name in EVENTS {
            object::set(&self.agent, name, &JsValue::NULL);
        }
        disconnect(page, &self.agent);
        let mut all = self.events;
        all.silence();
        for question in self.questions.take() {
            question.silence();
            all.functions.extend(question.functions);
        }
        all
    }

    fn ask(&self, handlers: Handlers) {
        let mut questions = self.questions.borrow_mut();
        questions.push_back(handlers);
        if questions.len() > MAX_QUESTIONS {
            // A question so old is answered no more.
            questions.pop_front();
        }
    }

    fn call(&self, name: &str, argument: &JsValue) -> Option<JsValue> {
        method(&self.agent, name)?.call1(&self.agent, argument).ok()
    }
}

/// Closes what the script refused to close before, by throwing. `live`: Glance's objects of the
/// connections that are meant to be open.
pub fn close_leftovers(page: &Page, live: &[JsValue]) {
    let open = page.connections();
    if open.size() as usize == live.len() {
        return;
    }
    for agent in Array::from(&open).iter() {
        if !live.contains(&agent) {
            disconnect(page, &agent);
        }
    }
}

/// Observed, not documented: without `disconnect` the connection stays until the page goes. The page
/// remembers it until the script has not thrown; where there is no such method, it is left to the script.
fn disconnect(page: &Page, agent: &JsValue) {
    let refused = method(agent, "disconnect").is_some_and(|method| method.call0(agent).is_err());
    if !refused {
        page.connections().delete(agent);
    }
}

fn method(agent: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(agent, &name.into()).ok()?.dyn_into().ok()
}

/// A server as Glance's scripts want it: the host alone, unless it is reached without TLS.
fn bare(origin: &str) -> &str {
    origin.strip_prefix("https://").unwrap_or(origin)
}

/// What is read of the argument of any of Glance's handlers.
#[derive(Default, Deserialize)]
struct GivenEvent {
    /// Of a visitor who is there. For an absent one a look-up succeeds with an empty object.
    visitorid: Field,
    url: Field,
    browser: Field,
    connected: Field,
    status: Field,
    code: Field,
}

impl GivenEvent {
    fn visitor_page(&self) -> VisitorPage {
        VisitorPage::new(self.url.text().as_deref(), self.browser.text().as_deref())
    }
}

/// The page of a visitor who is there.
fn found(info: &JsValue) -> Option<VisitorPage> {
    let given: GivenEvent = given::read(info);
    let is_there = given.visitorid.value().is_truthy() || given.url.value().is_truthy();
    is_there.then(|| given.visitor_page())
}

fn visitor_page(event: &JsValue) -> VisitorPage {
    given::read::<GivenEvent>(event).visitor_page()
}

fn is_connected(event: &JsValue) -> bool {
    given::read::<GivenEvent>(event).connected.value().is_truthy()
}

fn answer(event: &JsValue) -> Option<Signal> {
    match given::read::<GivenEvent>(event).status.text()?.as_str() {
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
    error.as_string().or_else(|| given::read::<GivenEvent>(error).code.text())
}

fn error_signal(error: &JsValue) -> Signal {
    match code(error).as_deref() {
        Some("authorization") => Signal::Unauthorized,
        Some("visitornotpresent") => Signal::VisitorConnected(false),
        _ => Signal::Failed,
    }
}
