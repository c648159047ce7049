//! JavaScript objects for those who want one.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// An object of these fields.
pub fn of(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        set(&object, name, value);
    }
    object
}

/// Sets a member of a plain object, ours or a script's, which does not fail.
pub fn set(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}
