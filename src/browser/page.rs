//! The part of the page that outlives this WebAssembly instance: data alone.
//!
//! `index.js` owns it. When an instance traps, the next one is given the same page and takes over what
//! it finds.

use js_sys::{Array, Map, Set};
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::browser::object;

#[wasm_bindgen]
extern "C" {
    /// The object that `index.js` passes to `start`.
    #[derive(Clone)]
    pub type Page;

    /// Task to `{ window?, frame?, … }`, see `viewer_records`.
    #[wasm_bindgen(method, getter, structural)]
    pub fn viewers(this: &Page) -> Map;

    /// The mounted panels' places for frames of whichever task, oldest first.
    #[wasm_bindgen(method, getter, structural)]
    fn panels(this: &Page) -> Array;

    /// The open presence connections, of Glance's script.
    #[wasm_bindgen(method, getter, structural)]
    pub fn connections(this: &Page) -> Set;
}

impl Page {
    /// A page of a Rust program's own, which has no `index.js` around it.
    pub fn new() -> Self {
        let page = object::of(&[
            ("viewers", Map::new().into()),
            ("panels", Array::new().into()),
            ("connections", Set::default().into()),
        ]);
        page.unchecked_into()
    }

    /// Where a frame goes whose task no panel shows: the panel mounted last.
    pub fn panel(&self) -> Option<Element> {
        self.panels().iter().last()?.dyn_into().ok()
    }

    /// Makes an element the place for frames.
    pub fn add_panel(&self, panel: &Element) {
        self.panels().push(panel);
    }

    /// Takes a place for frames back.
    pub fn remove_panel(&self, panel: &Element) {
        let panels = self.panels();
        if let Ok(index) = u32::try_from(panels.index_of(panel, 0)) {
            panels.copy_within(index as i32, index as i32 + 1, panels.length() as i32);
            panels.set_length(panels.length() - 1);
        }
    }
}

/// Whether the page is in a frame of another one, which may forbid what a browser allows.
pub fn is_framed() -> bool {
    web_sys::window().is_some_and(|window| window.parent().ok().flatten().as_ref() != Some(&window))
}

impl Default for Page {
    fn default() -> Self {
        Self::new()
    }
}
