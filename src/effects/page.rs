//! The part of the page that outlives this WebAssembly instance.
//!
//! `index.js` owns it: the open viewers, the frames' places, and the way to Flex's Manager. When an
//! instance traps, the next one is given the same page and adopts what it finds.

use std::cell::RefCell;

use js_sys::{Array, Map};
use wasm_bindgen::prelude::*;
use web_sys::Element;

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

    #[wasm_bindgen(method, structural, catch, js_name = showPanel)]
    fn show_panel(this: &Page) -> Result<(), JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = flexToken)]
    fn flex_token(this: &Page) -> Result<JsValue, JsValue>;
}

thread_local! {
    static PAGE: RefCell<Option<Page>> = const { RefCell::new(None) };
}

/// Takes the page over.
pub fn set(page: Page) {
    PAGE.set(Some(page));
}

fn with<T>(read: impl FnOnce(&Page) -> T) -> Option<T> {
    let page = PAGE.with_borrow(|page| page.clone());
    page.as_ref().map(read)
}

/// The open viewers by task; a map that is forgotten at once if there is no page.
pub fn viewers() -> Map {
    with(Page::viewers).unwrap_or_default()
}

/// Where a frame goes: the panel mounted last.
pub fn panel() -> Option<Element> {
    let panels = with(Page::panels)?;
    panels.iter().last()?.dyn_into().ok()
}

/// Brings Flex's second panel into view if it is hidden.
pub fn show_panel() {
    // Without a Manager there is no panel to show, and the viewer is where it is.
    let _ = with(Page::show_panel);
}

/// The token of the agent's Flex session as Flex holds it now.
pub fn flex_token() -> Option<String> {
    with(Page::flex_token)?.ok()?.as_string().filter(|token| !token.is_empty())
}
