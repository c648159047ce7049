//! The console, when `debugmode` is on.

use wasm_bindgen::JsValue;

/// Logs one line, which holds names of states and events alone.
pub fn debug(line: &str) {
    web_sys::console::debug_1(&JsValue::from_str(&format!("flex-glance: {line}")));
}
