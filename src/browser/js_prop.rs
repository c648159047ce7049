//! A JavaScript value as a prop.

use wasm_bindgen::JsValue;

use crate::core::prop::Prop;

/// Reads any value without failing; what no prop accepts becomes its type's name.
pub fn read(value: &JsValue) -> Prop {
    if value.is_undefined() || value.is_null() {
        Prop::Missing
    } else if let Some(text) = value.as_string() {
        Prop::Text(text)
    } else if let Some(number) = value.as_f64() {
        Prop::Number(number)
    } else if let Some(flag) = value.as_bool() {
        Prop::Bool(flag)
    } else if value.is_function() {
        Prop::Function
    } else if js_sys::Array::is_array(value) {
        Prop::Other("an array")
    } else if value.is_bigint() {
        Prop::Other("a BigInt")
    } else if value.is_symbol() {
        Prop::Other("a symbol")
    } else {
        Prop::Other("an object")
    }
}
