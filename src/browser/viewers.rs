//! The open viewers, as the page remembers them.

use wasm_bindgen::prelude::*;
use web_sys::{HtmlIFrameElement, Window};

use crate::{
    core::{
        prop::Prop,
        viewer::{Launch, OpenTarget},
    },
    effects::page,
};

#[wasm_bindgen]
extern "C" {
    /// One task's viewer: a plain object in the page's map.
    #[wasm_bindgen(extends = js_sys::Object)]
    #[derive(Clone)]
    pub type Viewer;

    #[wasm_bindgen(method, getter, structural)]
    pub fn window(this: &Viewer) -> Option<Window>;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_window(this: &Viewer, window: Option<&Window>);

    #[wasm_bindgen(method, getter, structural)]
    pub fn frame(this: &Viewer) -> Option<HtmlIFrameElement>;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_frame(this: &Viewer, frame: Option<&HtmlIFrameElement>);

    /// Unix milliseconds; absent until the viewer is open.
    #[wasm_bindgen(method, getter, structural, js_name = openedAt)]
    pub fn opened_at_ms(this: &Viewer) -> Option<f64>;
    #[wasm_bindgen(method, setter, structural, js_name = openedAt)]
    pub fn set_opened_at_ms(this: &Viewer, opened_at_ms: Option<f64>);

    #[wasm_bindgen(method, getter, structural, js_name = sessionKey)]
    fn session_key(this: &Viewer) -> Option<String>;
    #[wasm_bindgen(method, setter, structural, js_name = sessionKey)]
    fn set_session_key(this: &Viewer, session_key: &str);

    #[wasm_bindgen(method, getter, structural)]
    fn target(this: &Viewer) -> Option<String>;
    #[wasm_bindgen(method, setter, structural)]
    fn set_target(this: &Viewer, target: &str);
}

impl Viewer {
    /// Notes what an instance that has to adopt this viewer needs to know.
    pub fn remember(&self, launch: &Launch, opened_at_ms: Option<f64>) {
        self.set_session_key(launch.session_key.as_str());
        self.set_target(launch.target.name());
        self.set_opened_at_ms(opened_at_ms);
    }

    /// The session key and target that were remembered.
    pub fn remembered(&self) -> Option<(String, OpenTarget)> {
        let target = OpenTarget::parse(&Prop::Text(self.target()?))?;
        Some((self.session_key()?, target))
    }
}

/// The task's viewer, if one is open or on its way.
pub fn find(task: &str) -> Option<Viewer> {
    let viewer = page::viewers().get(&task.into());
    viewer.is_object().then(|| viewer.unchecked_into())
}

/// The task's viewer, made if it is not there.
pub fn find_or_create(task: &str) -> Viewer {
    find(task).unwrap_or_else(|| {
        let viewer: Viewer = js_sys::Object::new().unchecked_into();
        page::viewers().set(&task.into(), &viewer);
        viewer
    })
}

/// Forgets the task's viewer once it has neither window nor frame.
pub fn forget_if_empty(task: &str) {
    if find(task).is_some_and(|viewer| viewer.window().is_none() && viewer.frame().is_none()) {
        page::viewers().delete(&task.into());
    }
}

/// The tasks that have a viewer.
pub fn tasks() -> Vec<String> {
    let keys = js_sys::Array::from(&page::viewers().keys());
    keys.iter().filter_map(|key| key.as_string()).collect()
}
