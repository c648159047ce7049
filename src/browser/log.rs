//! The console, when `debugmode` is on.

use wasm_bindgen::JsValue;

/// Logs one step. Callers pass names of states and inputs, never a value from a prop or a reply.
pub fn debug(task: &str, step: &str) {
    let line = ["flex-glance: ", task, ": ", step].concat();
    web_sys::console::log_1(&JsValue::from_str(&line));
}
