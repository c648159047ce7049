//! The component: what happens to it, and what it does with an agent's click.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo_timers::callback::Interval;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FormData, HtmlElement, HtmlFormElement, HtmlInputElement};
use yew::prelude::*;

use crate::{
    core::{
        config::ConfigError,
        session::{Input, Launch, OpenTarget, State},
        session_key::{SessionKey, SessionKeyError},
        task::Task,
    },
    effects::{clock, frame, listener::Listener, page, popover, viewer_window, viewers},
    ui::{
        Slot, TwilioFlexGlanceProperties,
        action::Action,
        description::{self, Description},
        store::{self, Context as SessionContext, Subscription},
        view::View,
    },
};

/// How often the time since the opening is shown anew, in milliseconds.
const TICK_MS: u32 = 1_000;

thread_local! {
    static NEXT_ID: Cell<u32> = const { Cell::new(0) };
}

/// Glance Cobrowse for the selected task of an agent in Twilio Flex.
///
/// Properties defined by [`TwilioFlexGlanceProperties`]. Rendered from JavaScript it lives in a
/// shadow root with [`crate::ui::style::STYLESHEET`]; a Rust program provides the same.
pub struct TwilioFlexGlance {
    id: u32,
    current: Rc<RefCell<Current>>,
    key_error: Option<SessionKeyError>,
    /// Give the focus to the main button, since the one that was clicked is gone.
    refocus: bool,
    tick: Option<Interval>,
    listeners: Vec<Listener>,
    _subscription: Subscription,
    nodes: Nodes,
}

#[derive(Default)]
struct Nodes {
    root: NodeRef,
    main: NodeRef,
    form: NodeRef,
    bubble: NodeRef,
    frames: NodeRef,
}

/// What a click finds: the properties as last given.
struct Current {
    context: Result<SessionContext, Vec<ConfigError>>,
    task: Option<Task>,
}

pub enum Msg {
    /// The session of this task changed.
    SessionChanged(String),
    Tick,
    /// The typed key was refused, or (`None`) taken.
    KeyJudged(Option<SessionKeyError>),
    /// An agent acted with a button that may vanish.
    Acted,
}

impl Component for TwilioFlexGlance {
    type Message = Msg;
    type Properties = TwilioFlexGlanceProperties;

    fn create(ctx: &Context<Self>) -> Self {
        let subscription = {
            let link = ctx.link().clone();
            store::subscribe(move |task| link.send_message(Msg::SessionChanged(task.to_owned())))
        };
        let component = Self {
            id: NEXT_ID.replace(NEXT_ID.get() + 1),
            current: Rc::new(RefCell::new(Current::new(ctx.props()))),
            key_error: None,
            refocus: false,
            tick: None,
            listeners: vec![],
            _subscription: subscription,
            nodes: Nodes::default(),
        };
        component.meet_task(ctx.props());
        viewer_window::prepare();
        component
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Self::Properties) -> bool {
        if old.task != ctx.props().task {
            self.key_error = None;
        }
        self.current.replace(Current::new(ctx.props()));
        self.meet_task(ctx.props());
        true
    }

    fn update(&mut self, _: &Context<Self>, message: Msg) -> bool {
        match message {
            Msg::SessionChanged(task) => {
                self.current.borrow().task.as_ref().is_some_and(|shown| shown.sid == task)
            }
            Msg::Tick => !document_is_hidden(),
            Msg::KeyJudged(error) => {
                self.key_error = error;
                true
            }
            Msg::Acted => {
                self.refocus = true;
                true
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        #[cfg(feature = "trap")]
        trap_if_asked();
        let props = ctx.props();
        let description = self.describe(ctx);
        let key_error =
            self.key_error.map(|error| description::describe_key_error(error, &props.strings));
        let view = View {
            description: &description,
            strings: &props.strings,
            theme: &props.theme,
            slot: props.slot,
            now_ms: clock::now_ms(),
            id: self.id,
            key_error: key_error.as_deref(),
            root: &self.nodes.root,
            main: &self.nodes.main,
            form: &self.nodes.form,
            bubble: &self.nodes.bubble,
        };
        html! {
            <>
                if self.is_visible(props) { { view.render() } }
                if props.slot != Slot::Header && props.frames.is_none() {
                    <div ref={self.nodes.frames.clone()} class="frames" />
                }
            </>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if let (true, Some(own)) = (first, self.nodes.frames.cast::<Element>()) {
            page::add_panel(&own);
        }
        let root = self.nodes.root.cast::<Element>();
        match &root {
            Some(root) if self.listeners.is_empty() => self.listeners = self.listen(ctx, root),
            None => self.listeners.clear(),
            _ => {}
        }
        if let (Some(root), Some(bubble)) = (&root, self.nodes.bubble.cast::<Element>())
            && bubble.has_attribute("popover")
        {
            popover::show(&bubble, root);
        }
        if std::mem::take(&mut self.refocus) {
            focus(&self.nodes.main);
        }
        self.keep_time(ctx);
        self.show_frames(ctx.props());
    }

    fn destroy(&mut self, _: &Context<Self>) {
        if let Some(own) = self.nodes.frames.cast::<Element>() {
            page::remove_panel(&own);
        }
    }
}

impl TwilioFlexGlance {
    /// Adopts a viewer left by an instance before this one, and reopens one whose panel is back.
    fn meet_task(&self, props: &TwilioFlexGlanceProperties) {
        let current = self.current.borrow();
        let (Ok(context), Some(task)) = (&current.context, &current.task) else { return };
        store::adopt(&task.sid, context);
        if props.slot != Slot::Header && page::panel().is_some() {
            store::dispatch(&task.sid, Input::PanelBack);
        }
    }

    fn state(&self) -> State {
        let current = self.current.borrow();
        current.task.as_ref().map_or(State::Ready, |task| store::state(&task.sid))
    }

    /// A panel's host is there only for the viewer in it.
    fn is_visible(&self, props: &TwilioFlexGlanceProperties) -> bool {
        match (props.slot, &props.task) {
            (Slot::Host, Some(task)) => {
                let frame = viewers::find(&task.sid).and_then(|viewer| viewer.frame());
                let (Some(frame), Some(place)) = (frame, self.frames(props)) else { return false };
                place.contains(Some(&frame)) && matches!(self.state(), State::InPanel { .. })
            }
            (Slot::Host, None) => false,
            (Slot::Header | Slot::Panel, _) => true,
        }
    }

    /// Where this component's frames are: the host's place, or one of its own.
    fn frames(&self, props: &TwilioFlexGlanceProperties) -> Option<Element> {
        props.frames.clone().or_else(|| self.nodes.frames.cast())
    }

    fn describe(&self, ctx: &Context<Self>) -> Description {
        let strings = &ctx.props().strings;
        let current = self.current.borrow();
        match (&current.context, &current.task) {
            (Err(errors), _) => description::describe_problems(errors, strings),
            (Ok(_), None) => description::describe_no_task(strings),
            (Ok(_), Some(task)) => description::describe(task, &store::state(&task.sid), strings),
        }
    }

    fn listen(&self, ctx: &Context<Self>, root: &Element) -> Vec<Listener> {
        let clicked = {
            let (current, link) = (self.current.clone(), ctx.link().clone());
            move |event: Event| {
                if let Some(action) = action_of(&event) {
                    current.borrow().act(action, &event);
                    link.send_message(Msg::Acted);
                }
            }
        };
        let submitted = {
            let (current, link) = (self.current.clone(), ctx.link().clone());
            move |event: Event| {
                event.prevent_default();
                if let Some(outcome) = current.borrow().join(&event) {
                    link.send_message(Msg::KeyJudged(outcome.err()));
                }
            }
        };
        let placed = {
            let root = root.clone();
            move |event: Event| {
                if let Some(popover) = event.target().and_then(|target| target.dyn_into().ok()) {
                    popover::place(&popover, &root);
                }
            }
        };
        let toggled = {
            let main = self.nodes.main.clone();
            move |event: Event| {
                let form = event.target().and_then(|target| target.dyn_into().ok());
                let Some(form): Option<HtmlFormElement> = form else { return };
                if popover::is_opening(&event) {
                    select_field(&form);
                } else if focus_is_lost() || form.matches(":focus-within").unwrap_or(false) {
                    focus(&main);
                }
            }
        };
        vec![
            Listener::new(root, "click", false, clicked),
            Listener::new(root, "submit", false, submitted),
            Listener::new(root, "beforetoggle", true, placed),
            Listener::new(root, "toggle", true, toggled),
        ]
    }

    /// Ticks while a viewer is open.
    fn keep_time(&mut self, ctx: &Context<Self>) {
        let ticks = self.is_visible(ctx.props()) && self.state().opened_at_ms().is_some();
        if ticks && self.tick.is_none() {
            let link = ctx.link().clone();
            self.tick = Some(Interval::new(TICK_MS, move || link.send_message(Msg::Tick)));
        } else if !ticks {
            self.tick = None;
        }
    }

    fn show_frames(&self, props: &TwilioFlexGlanceProperties) {
        if props.slot == Slot::Header {
            return;
        }
        if let Some(frames) = self.frames(props) {
            frame::select(&frames, props.task.as_ref().map(|task| task.sid.as_str()));
        }
    }
}

impl Current {
    fn new(props: &TwilioFlexGlanceProperties) -> Self {
        let context = props
            .parse()
            .map(|setup| SessionContext { setup: Rc::new(setup), strings: props.strings.clone() });
        Self { context, task: props.task.clone() }
    }

    fn act(&self, action: Action, event: &Event) {
        let (Ok(context), Some(task)) = (&self.context, &self.task) else { return };
        let state = store::state(&task.sid);
        let input = match action {
            Action::Launch | Action::OpenInTab => {
                let key = match state.launch() {
                    Some(launch) => Ok(launch.session_key.clone()),
                    None => task.session_key(),
                };
                let Ok(key) = key else { return };
                let mut launch = context.setup.launch(key);
                if action == Action::OpenInTab {
                    launch.target = OpenTarget::Tab;
                }
                Input::Launch(launch.place(store::has_panel))
            }
            Action::BringToFront => Input::BringToFront,
            Action::Cancel => Input::Cancel,
            Action::Close => Input::Close,
            Action::SignIn => Input::SignIn,
            Action::Dismiss => Input::Dismiss,
            Action::FollowLink => {
                let target = state.launch().map_or(OpenTarget::Tab, |launch| launch.target);
                let held = viewer_window::open(&task.sid, target, "");
                if held {
                    event.prevent_default();
                }
                Input::LinkFollowed { held }
            }
        };
        store::act(&task.sid, context.clone(), input);
    }

    /// Opens the session of the typed key.
    fn join(&self, event: &Event) -> Option<Result<(), SessionKeyError>> {
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
        let launch: Launch = context.setup.launch(key).place(store::has_panel);
        store::act(&task.sid, context.clone(), Input::Launch(launch));
        Some(Ok(()))
    }
}

/// The action of the button or link that was clicked, unless it is idle.
fn action_of(event: &Event) -> Option<Action> {
    let clicked: Element = event.target()?.dyn_into().ok()?;
    let button = clicked.closest("[data-action]").ok()??;
    Action::parse(&button.get_attribute("data-action")?)
}

/// Gives the focus to the form's field, with a refused key selected to be typed over. A form that is
/// being hidden takes no focus.
fn select_field(form: &HtmlFormElement) {
    if let Ok(Some(field)) = form.query_selector("input")
        && let Ok(field) = field.dyn_into::<HtmlInputElement>()
    {
        let _ = field.focus();
        field.select();
    }
}

fn focus(element: &NodeRef) {
    if let Some(element) = element.cast::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Whether nothing on the page has the focus. In a shadow root a popover that closes does not give
/// it back to the button that opened it.
fn focus_is_lost() -> bool {
    let page = web_sys::window().and_then(|window| window.document());
    page.is_some_and(|page| {
        page.active_element().is_none_or(|active| page.body().is_some_and(|body| *body == active))
    })
}

fn document_is_hidden() -> bool {
    web_sys::window().and_then(|window| window.document()).is_some_and(|page| page.hidden())
}

/// Traps in the middle of Yew's work, as the worst defect would.
#[cfg(feature = "trap")]
fn trap_if_asked() {
    let asked = web_sys::window()
        .and_then(|window| js_sys::Reflect::get(&window, &"__flexGlanceTrap".into()).ok())
        .is_some_and(|asked| asked.is_truthy());
    if asked {
        core::arch::wasm32::unreachable();
    }
}
