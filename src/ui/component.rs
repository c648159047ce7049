//! The component: what happens to it, and when it shows anew.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::{
    browser::{clock, focus, popover, viewer_window},
    core::{
        desk::{Event as DeskEvent, Slot, Source, Visibility},
        ids::ComponentId,
        session_key::SessionKey,
        strings::Strings,
        task::Task,
    },
    runtime::Subscription,
    ui::{
        TwilioFlexGlanceProperties,
        action::Action,
        click::Current,
        describe::{self, Wording},
        description::Description,
        header::Header,
        panel::Panel,
        problems::{describe_problems, with_problems},
        surface::SurfaceProperties,
    },
};

/// Glance Cobrowse for the selected task of an agent in Twilio Flex.
///
/// Properties defined by [`TwilioFlexGlanceProperties`]. Rendered from JavaScript it lives in a
/// shadow root with [`crate::ui::style::STYLESHEET`]; a Rust program provides the same.
pub struct TwilioFlexGlance {
    id: ComponentId,
    current: Rc<RefCell<Current>>,
    strings: Rc<Strings>,
    /// Give the focus to the main button, since the one that was clicked is gone.
    refocus: bool,
    subscription: Subscription,
    main: NodeRef,
    frames: NodeRef,
    callbacks: Callbacks,
}

/// What the agent does with the buttons.
struct Callbacks {
    act: Callback<Action>,
    link: Callback<MouseEvent>,
    form: Callback<MouseEvent>,
    join: Callback<SessionKey>,
    close: Callback<()>,
}

pub enum Msg {
    /// The session of the task that it shows changed.
    SessionChanged,
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
        let main = NodeRef::default();
        let component = Self {
            id: ctx.props().app.0.issue_component(),
            strings: ctx.props().strings.clone().into(),
            refocus: false,
            subscription,
            callbacks: Callbacks::new(ctx, &current, &main),
            current,
            main,
            frames: NodeRef::default(),
        };
        component.tell_settings(ctx.props().slot);
        component.tell_shown(ctx.props());
        viewer_window::prepare();
        component
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Self::Properties) -> bool {
        let slot = ctx.props().slot;
        if *self.strings != ctx.props().strings {
            self.strings = ctx.props().strings.clone().into();
        }
        let before = self.current.replace(Current::new(ctx.props()));
        let (has_other_settings, shows_other_task) = {
            let current = self.current.borrow();
            (current.settings != before.settings, current.shown() != before.shown())
        };
        let is_elsewhere = slot != old.slot;
        if has_other_settings || is_elsewhere {
            self.tell_settings(slot);
        }
        if shows_other_task || is_elsewhere {
            self.tell_shown(ctx.props());
        }
        true
    }

    fn update(&mut self, _: &Context<Self>, message: Msg) -> bool {
        self.refocus |= matches!(message, Msg::Acted);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        #[cfg(feature = "trap")]
        trap_if_asked();
        let props = ctx.props();
        html! {
            <>
                if self.is_visible(props) {
                    { self.surface(ctx) }
                }
                if props.slot != Slot::Header && props.frames.is_none() {
                    <div ref={&self.frames} class="frames" />
                }
            </>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if let (true, Some(own)) = (first, self.frames.cast::<Element>()) {
            ctx.props().app.0.add_panel(&own);
            self.tell_panel(ctx.props());
        }
        if std::mem::take(&mut self.refocus) {
            give_focus(&self.main);
        }
        self.show_frames(ctx.props());
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        let app = &ctx.props().app.0;
        if let Some(own) = self.frames.cast::<Element>() {
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

    fn tell_shown(&self, props: &TwilioFlexGlanceProperties) {
        let slot = props.slot;
        // The desk may put a viewer there at once.
        self.note_panel(props);
        let current = self.current.borrow();
        let task = current.shown().cloned();
        current.app.send(DeskEvent::Shown { component: self.id, slot, task });
        self.tell_panel(props);
    }

    /// Tells the desk that a panel is there for the viewer of the task.
    fn tell_panel(&self, props: &TwilioFlexGlanceProperties) {
        let current = self.current.borrow();
        if let Some(task) = current.shown()
            && props.slot != Slot::Header
            && self.frames(props).is_some()
        {
            current.app.send(DeskEvent::PanelReady(task.sid.clone()));
        }
    }

    /// A panel's host is there only for the viewer in it, and nothing for a task that the policy hides. Wrong
    /// props have no policy.
    fn is_visible(&self, props: &TwilioFlexGlanceProperties) -> bool {
        let is_hidden = |task: &Task| {
            let visibility = props.app.0.read(&task.sid, |view| view.visibility);
            self.current.borrow().settings.is_ok() && visibility == Visibility::Hidden
        };
        match (props.slot, &props.task) {
            (_, Some(task)) if is_hidden(task) => false,
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
        props.frames.clone().or_else(|| self.frames.cast())
    }

    fn describe(&self, ctx: &Context<Self>) -> Description {
        let strings = &ctx.props().strings;
        let current = self.current.borrow();
        let configured = ctx.props().configured.as_deref();
        let description = match (&current.settings, &current.task) {
            (Err(errors), _) => return describe_problems(errors, configured, strings),
            (Ok(_), None) => describe::describe_no_task(),
            (Ok(settings), Some(task)) => {
                let wording = Wording { strings, time_of: clock::time_of_day };
                let has_page = settings.config.invite_url.is_some();
                current
                    .app
                    .read(&task.sid, |view| describe::describe(task, view, wording, has_page))
            }
        };
        with_problems(description, configured, strings)
    }

    fn surface(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let surface = SurfaceProperties {
            description: self.describe(ctx),
            strings: self.strings.clone(),
            theme: props.theme.clone(),
            task: props.task.as_ref().map(|task| task.sid.clone()),
            speaks: speaks(props),
            id: self.id.0,
            main: self.main.clone(),
            onact: self.callbacks.act.clone(),
            onlink: self.callbacks.link.clone(),
            onform: self.callbacks.form.clone(),
            onjoin: self.callbacks.join.clone(),
            onclose: self.callbacks.close.clone(),
        };
        match props.slot {
            Slot::Header => html! { <Header ..surface /> },
            Slot::Panel | Slot::Host => html! { <Panel ..surface /> },
        }
    }

    /// Tells the page where this component has its frames, and of which task.
    fn note_panel(&self, props: &TwilioFlexGlanceProperties) {
        if props.slot != Slot::Header {
            let task = props.task.as_ref().map(|task| task.sid.clone());
            self.subscription.show_panel(self.frames(props).map(|panel| (panel, task)));
        }
    }

    fn show_frames(&self, props: &TwilioFlexGlanceProperties) {
        self.note_panel(props);
        if props.slot != Slot::Header {
            props.app.0.select_frames();
        }
    }
}

/// Whether the component announces what it shows: of header and panel, the header does.
fn speaks(props: &TwilioFlexGlanceProperties) -> bool {
    let in_header = || props.task.as_ref().is_some_and(|task| props.app.0.is_in_header(&task.sid));
    props.slot == Slot::Header || !in_header()
}

fn give_focus(element: &NodeRef) {
    if let Some(element) = element.cast::<HtmlElement>() {
        focus::give(&element);
    }
}

impl Callbacks {
    fn new(
        ctx: &Context<TwilioFlexGlance>,
        current: &Rc<RefCell<Current>>,
        main: &NodeRef,
    ) -> Self {
        let act = {
            let (current, link) = (current.clone(), ctx.link().clone());
            move |action| {
                let now = current.borrow().clone();
                now.act(action);
                link.send_message(Msg::Acted);
            }
        };
        let follow = {
            let (current, link) = (current.clone(), ctx.link().clone());
            move |event: MouseEvent| {
                let now = current.borrow().clone();
                now.follow_link(&event);
                link.send_message(Msg::Acted);
            }
        };
        let join = {
            let current = current.clone();
            move |key| {
                let now = current.borrow().clone();
                now.join(key);
            }
        };
        let main = main.clone();
        Self {
            act: act.into(),
            link: follow.into(),
            form: Callback::from(|event: MouseEvent| place_form(&event).unwrap_or_default()),
            join: join.into(),
            close: Callback::from(move |()| give_focus(&main)),
        }
    }
}

/// Puts the form that a click opens below the component, before the browser shows it.
fn place_form(click: &MouseEvent) -> Option<()> {
    let clicked: Element = click.target()?.dyn_into().ok()?;
    let surface = clicked.closest(".glance").ok()??;
    let form = surface.query_selector("form").ok()??;
    popover::place(&form, &surface);
    Some(())
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
