//! The console. Nothing that is written there holds a secret, an id or the value of a prop.

use wasm_bindgen::JsValue;

/// Logs one line of names of states and events, when `debugmode` is on.
pub fn debug(line: &str) {
    web_sys::console::debug_1(&JsValue::from_str(&format!("flex-glance: {line}")));
}

/// Says what somebody should mend.
pub fn warn(line: &str) {
    web_sys::console::warn_1(&JsValue::from_str(&format!("flex-glance: {line}")));
}
