//! Popovers, which the browser draws above everything, so that nothing spills out of Flex's header.

use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlElement};

#[wasm_bindgen]
extern "C" {
    type Popover;

    #[wasm_bindgen(method, structural, catch, js_name = showPopover)]
    fn show(this: &Popover) -> Result<(), JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = hidePopover)]
    fn hide(this: &Popover) -> Result<(), JsValue>;
}

/// Distance between an anchor and its popover, and to the edges of the page, in pixels.
const GAP: i32 = 6;

/// Width of every popover in pixels, as in the stylesheet: one that is about to be shown has none.
const WIDTH: i32 = 300;

/// Shows a popover below `anchor`. A browser without popovers shows it in place.
pub fn show(popover: &Element, anchor: &Element) {
    let _ = popover.unchecked_ref::<Popover>().show();
    place(popover, anchor);
}

/// Whether a `toggle` event tells of a popover that was opened.
pub fn is_opening(event: &Event) -> bool {
    let state = js_sys::Reflect::get(event, &"newState".into());
    state.is_ok_and(|state| state == "open")
}

/// Hides a popover; one that is hidden stays so.
pub fn hide(popover: &Element) {
    let _ = popover.unchecked_ref::<Popover>().hide();
}

/// Puts a popover below `anchor`, inside the page's width.
pub fn place(popover: &Element, anchor: &Element) {
    let anchor = anchor.get_bounding_client_rect();
    let page = web_sys::window().and_then(|window| window.inner_width().ok()?.as_f64());
    let rightmost = page.map_or(i32::MAX, |width| width as i32) - WIDTH - GAP;
    let left = (anchor.left() as i32).min(rightmost).max(GAP);
    let top = anchor.bottom() as i32 + GAP;
    let style = format!("left:{left}px;top:{top}px");
    let _ = popover.unchecked_ref::<HtmlElement>().set_attribute("style", &style);
}
