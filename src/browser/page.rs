//! The part of the page that outlives this WebAssembly instance.
//!
//! `index.js` owns it: the open viewers, the frames' places, and the way to Flex's Manager. When an
//! instance traps, the next one is given the same page and adopts what it finds.

use std::cell::RefCell;

use js_sys::{Array, Map, Object, Set};
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::effects::object;

#[wasm_bindgen]
extern "C" {
    /// The object that `index.js` passes to `start`.
    #[derive(Clone)]
    pub type Page;

    #[wasm_bindgen(method, getter, structural)]
    fn viewers(this: &Page) -> Map;

    /// The mounted panels' places for frames, oldest first.
    #[wasm_bindgen(method, getter, structural)]
    fn panels(this: &Page) -> Array;

    /// The open presence connections.
    #[wasm_bindgen(method, getter, structural)]
    fn agents(this: &Page) -> Set;

    #[wasm_bindgen(method, structural, catch, js_name = showPanel)]
    fn show_panel(this: &Page) -> Result<(), JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = flexToken)]
    fn flex_token(this: &Page) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, structural, catch)]
    fn perform(this: &Page, action: &str, payload: &Object) -> Result<bool, JsValue>;

    #[wasm_bindgen(method, structural, catch)]
    fn notify(this: &Page, kind: &str, context: &Object) -> Result<(), JsValue>;
}

thread_local! {
    static PAGE: RefCell<Option<Page>> = const { RefCell::new(None) };
}

/// Takes the page over.
pub fn set(page: Page) {
    PAGE.set(Some(page));
}

/// The page; one of our own for a Rust program that has no `index.js` around it.
fn page() -> Page {
    PAGE.with_borrow_mut(|page| page.get_or_insert_with(new_page).clone())
}

fn new_page() -> Page {
    let page = object::of(&[
        ("viewers", Map::new().into()),
        ("panels", Array::new().into()),
        ("agents", Set::default().into()),
    ]);
    page.unchecked_into()
}

/// The open viewers by task.
pub fn viewers() -> Map {
    page().viewers()
}

/// Notes a presence connection, which the page closes if this instance cannot.
pub fn add_agent(agent: &JsValue) {
    page().agents().add(agent);
}

/// Forgets a presence connection that was closed.
pub fn remove_agent(agent: &JsValue) {
    page().agents().delete(agent);
}

/// Where a frame goes: the panel mounted last.
pub fn panel() -> Option<Element> {
    page().panels().iter().last()?.dyn_into().ok()
}

/// Makes an element the place for frames.
pub fn add_panel(panel: &Element) {
    page().panels().push(panel);
}

/// Takes a place for frames back.
pub fn remove_panel(panel: &Element) {
    let panels = page().panels();
    if let Ok(index) = u32::try_from(panels.index_of(panel, 0)) {
        panels.copy_within(index as i32, index as i32 + 1, panels.length() as i32);
        panels.set_length(panels.length() - 1);
    }
}

/// Brings Flex's second panel into view if it is hidden and has a place of ours.
pub fn show_panel() {
    // Without a Manager there is no panel to show, and the viewer is where it is.
    let _ = page().show_panel();
}

/// Invokes one of our Flex Actions on a task. `false` if Flex has them not, and the caller acts.
pub fn perform(action: &str, task: &str, session_key: Option<&str>) -> bool {
    let payload = object::of(&[("sid", task.into())]);
    if let Some(key) = session_key {
        object::set(&payload, "sessionKey", &key.into());
    }
    page().perform(action, &payload).unwrap_or(false)
}

/// Raises a Flex notification about a task, with a button. Without Flex there is none.
pub fn notify(kind: Notification, task: &str, text: &str, button: &str) {
    let kind = match kind {
        Notification::Arrived => "arrived",
        Notification::Accepted => "accepted",
    };
    let context =
        object::of(&[("sid", task.into()), ("text", text.into()), ("button", button.into())]);
    let _ = page().notify(kind, &context);
}

/// What a Flex notification is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notification {
    /// The visitor of a task came; its button selects the task.
    Arrived,
    /// The visitor accepted and the browser blocked the viewer; its button opens it.
    Accepted,
}

/// The token of the agent's Flex session as Flex holds it now.
pub fn flex_token() -> Option<String> {
    page().flex_token().ok()?.as_string().filter(|token| !token.is_empty())
}
