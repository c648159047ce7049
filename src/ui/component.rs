//! The component: what happens to it, and when it shows anew.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::callback::Interval;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlFormElement};
use yew::prelude::*;

use crate::{
    browser::{clock, listener::Listener, popover, viewer_window},
    core::{
        desk::{Event as DeskEvent, Slot, Source},
        ids::ComponentId,
        session::invitation::Invitation,
        session_key::SessionKeyError,
    },
    runtime::Subscription,
    ui::{
        TwilioFlexGlanceProperties,
        click::{Current, action_of, select_field},
        describe::{self, Description},
        element::{attributes, known_element, list},
        view::View,
    },
};

/// How often the time since the opening is shown anew, in milliseconds.
const TICK_MS: u32 = 1_000;

/// Glance Cobrowse for the selected task of an agent in Twilio Flex.
///
/// Properties defined by [`TwilioFlexGlanceProperties`]. Rendered from JavaScript it lives in a
/// shadow root with [`crate::ui::style::STYLESHEET`]; a Rust program provides the same.
pub struct TwilioFlexGlance {
    id: ComponentId,
    current: Rc<RefCell<Current>>,
    key_error: Option<SessionKeyError>,
    /// Give the focus to the main button, since the one that was clicked is gone.
    refocus: bool,
    tick: Option<Interval>,
    listeners: Vec<Listener>,
    subscription: Subscription,
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

pub enum Msg {
    /// The session of the task that it shows changed.
    SessionChanged,
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
        let current = Rc::new(RefCell::new(Current::new(ctx.props())));
        let subscription = {
            let (link, current) = (ctx.link().clone(), current.clone());
            ctx.props().app.0.subscribe(move |task| {
                if current.borrow().task.as_ref().is_some_and(|shown| shown.sid == *task) {
                    link.send_message(Msg::SessionChanged);
                }
            })
        };
        let component = Self {
            id: ctx.props().app.0.issue_component(),
            current,
            key_error: None,
            refocus: false,
            tick: None,
            listeners: vec![],
            subscription,
            nodes: Nodes::default(),
        };
        component.tell_settings(ctx.props().slot);
        component.tell_shown(ctx.props().slot);
        viewer_window::prepare();
        component
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Self::Properties) -> bool {
        if old.task.as_ref().map(|task| &task.sid)
            != ctx.props().task.as_ref().map(|task| &task.sid)
        {
            self.key_error = None;
            self.clear_form();
        }
        let slot = ctx.props().slot;
        let before = self.current.replace(Current::new(ctx.props()));
        let (has_other_settings, shows_other_task) = {
            let current = self.current.borrow();
            (current.settings != before.settings, current.shown() != before.shown())
        };
        if has_other_settings {
            self.tell_settings(slot);
        }
        if shows_other_task || slot != old.slot {
            self.tell_shown(slot);
        }
        true
    }

    fn update(&mut self, _: &Context<Self>, message: Msg) -> bool {
        match message {
            Msg::SessionChanged => true,
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
            self.key_error.map(|error| describe::describe_key_error(error, &props.strings));
        let view = View {
            description: &description,
            strings: &props.strings,
            theme: &props.theme,
            slot: props.slot,
            speaks: speaks(props),
            now: clock::now(),
            id: self.id.0,
            key_error: key_error.as_deref(),
            root: &self.nodes.root,
            main: &self.nodes.main,
            form: &self.nodes.form,
            bubble: &self.nodes.bubble,
        };
        let shown = if self.is_visible(props) { view.render() } else { Html::default() };
        let frames = if props.slot != Slot::Header && props.frames.is_none() {
            let look = attributes! { "class": "frames" };
            known_element(None, &self.nodes.frames, "div", look, vec![])
        } else {
            Html::default()
        };
        list(vec![shown, frames])
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if let (true, Some(own)) = (first, self.nodes.frames.cast::<Element>()) {
            ctx.props().app.0.add_panel(&own);
            self.tell_panel(ctx.props().slot);
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

    fn destroy(&mut self, ctx: &Context<Self>) {
        let app = &ctx.props().app.0;
        if let Some(own) = self.nodes.frames.cast::<Element>() {
            app.remove_panel(&own);
        }
        app.send(DeskEvent::Unmounted(self.id));
    }
}

impl TwilioFlexGlance {
    fn tell_settings(&self, slot: Slot) {
        let current = self.current.borrow();
        if let Ok(settings) = &current.settings {
            current.app.configure(Source::Component(slot), settings);
        }
    }

    fn tell_shown(&self, slot: Slot) {
        let current = self.current.borrow();
        let task = current.shown().cloned();
        current.app.send(DeskEvent::Shown { component: self.id, slot, task });
        self.tell_panel(slot);
    }

    /// Tells the desk that a panel is there for the viewer of the task.
    fn tell_panel(&self, slot: Slot) {
        let current = self.current.borrow();
        if let Some(task) = current.shown()
            && slot != Slot::Header
            && current.app.is_panel_there()
        {
            current.app.send(DeskEvent::PanelReady(task.sid.clone()));
        }
    }

    /// What was typed for one task is of no use for another.
    fn clear_form(&self) {
        if let Some(form) = self.nodes.form.cast::<HtmlFormElement>() {
            form.reset();
            popover::hide(&form);
        }
    }

    /// A panel's host is there only for the viewer in it.
    fn is_visible(&self, props: &TwilioFlexGlanceProperties) -> bool {
        match (props.slot, &props.task) {
            (Slot::Host, Some(task)) => {
                let Some(panel) = self.frames(props) else { return false };
                let app = &props.app.0;
                let is_open = app.read(&task.sid, |view| {
                    view.session.is_some_and(|session| session.viewer.frame().is_some())
                });
                is_open && app.has_frame_in(&panel, &task.sid)
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
        match (&current.settings, &current.task) {
            (Err(errors), _) => describe::describe_problems(errors, strings),
            (Ok(_), None) => describe::describe_no_task(),
            (Ok(_), Some(task)) => {
                current.app.read(&task.sid, |view| describe::describe(task, view, strings))
            }
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

    /// Ticks while a time is shown.
    fn keep_time(&mut self, ctx: &Context<Self>) {
        let ticks = self.is_visible(ctx.props()) && self.has_timer();
        if ticks && self.tick.is_none() {
            let link = ctx.link().clone();
            self.tick = Some(Interval::new(TICK_MS, move || link.send_message(Msg::Tick)));
        } else if !ticks {
            self.tick = None;
        }
    }

    /// Whether a time runs that the agent sees.
    fn has_timer(&self) -> bool {
        let current = self.current.borrow();
        let Some(task) = &current.task else { return false };
        current.app.read(&task.sid, |view| {
            view.session.is_some_and(|session| {
                let open = session.viewer.open.as_ref();
                open.is_some_and(|open| open.since().is_some())
                    || matches!(session.invitation, Invitation::InSession { .. })
            })
        })
    }

    /// Tells the page where this component has its frames, and of which task.
    fn show_frames(&self, props: &TwilioFlexGlanceProperties) {
        if props.slot == Slot::Header {
            return;
        }
        let task = props.task.as_ref().map(|task| task.sid.clone());
        self.subscription.show_panel(self.frames(props).map(|panel| (panel, task)));
        props.app.0.select_frames();
    }
}

/// Whether the component announces what it shows: of header and panel, the header does.
fn speaks(props: &TwilioFlexGlanceProperties) -> bool {
    let in_header = || props.task.as_ref().is_some_and(|task| props.app.0.is_in_header(&task.sid));
    props.slot == Slot::Header || !in_header()
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
