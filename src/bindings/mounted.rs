//! A component that JavaScript has mounted.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ShadowRoot};
use yew::AppHandle as YewHandle;

use crate::{
    bindings::{APP, Started, props::GivenProps, task::GivenTask, theme::ReadTheme},
    browser::given,
    core::prop::Prop,
    runtime::App,
    ui::{TwilioFlexGlance, TwilioFlexGlanceProperties, style},
};

/// A component on the page.
#[wasm_bindgen]
pub struct Mounted(Rc<RefCell<Component>>);

pub(super) struct Component {
    handle: YewHandle<TwilioFlexGlance>,
    properties: TwilioFlexGlanceProperties,
    theme: ReadTheme,
}

#[wasm_bindgen]
impl Mounted {
    /// Gives the component new props.
    pub fn update(&mut self, props: JsValue) {
        let (app, mut theme) = {
            let mut component = self.0.borrow_mut();
            (component.properties.app.0.clone(), std::mem::take(&mut component.theme))
        };
        let properties = properties(app, &props, &mut theme);
        let mut component = self.0.borrow_mut();
        (component.properties, component.theme) = (properties, theme);
        component.pass_on();
    }

    /// Shows another task with the props that the component has.
    #[wasm_bindgen(js_name = showTask)]
    pub fn show_task(&mut self, task: JsValue) {
        let task = given::read(&task);
        self.0.borrow_mut().show(&task);
    }

    /// Removes the component. The viewers stay.
    pub fn unmount(self) {
        if let Some(component) = Rc::into_inner(self.0) {
            destroy_once_created(component.into_inner().handle);
        }
    }
}

impl Mounted {
    /// * `number`: tells it from the others.
    pub(super) fn new(app: Rc<App>, host: Element, props: &JsValue, number: u32) -> Self {
        if let Ok(root) = host.get_root_node().dyn_into::<ShadowRoot>() {
            style::adopt(&app, &root);
        }
        let mut theme = ReadTheme::default();
        let properties = properties(app, props, &mut theme);
        let renderer =
            yew::Renderer::<TwilioFlexGlance>::with_root_and_props(host, properties.clone());
        let component = Component { handle: renderer.render(), properties, theme };
        let component = Rc::new(RefCell::new(component));
        note(number, &component);
        Self(component)
    }
}

impl Component {
    /// Shows what is new of its task, or another one.
    pub(super) fn show(&mut self, task: &GivenTask) {
        self.properties.task = task.task();
        self.pass_on();
    }

    fn pass_on(&mut self) {
        self.handle.update(self.properties.clone());
    }
}

/// The component that JavaScript has mounted by this number.
pub(super) fn find(number: &Prop) -> Option<Rc<RefCell<Component>>> {
    APP.with_borrow(|started| {
        let mut components = started.as_ref()?.components.iter();
        let (_, component) = components.find(|(known, _)| *number == f64::from(*known).into())?;
        component.upgrade()
    })
}

fn note(number: u32, component: &Rc<RefCell<Component>>) {
    APP.with_borrow_mut(|started| {
        if let Some(Started { components, .. }) = started {
            components.retain(|(_, known)| known.strong_count() > 0);
            components.push((number, Rc::downgrade(component)));
        }
    });
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
    let props = given::read::<GivenProps>(props);
    let theme = theme.read(props.theme.value());
    props.properties(app, theme)
}
