//! Functions of the host that hear of something.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::{core::prop::Prop, effects::js_prop};

/// A prop that is a function, or left out.
#[derive(Clone, Default, PartialEq)]
pub struct Callback {
    prop: Prop,
    function: Option<Function>,
}

impl Callback {
    pub fn new(value: &JsValue) -> Self {
        Self { prop: js_prop::read(value), function: value.dyn_ref().cloned() }
    }

    /// What kind of value it is.
    pub fn prop(&self) -> &Prop {
        &self.prop
    }

    /// Calls the function with an object. What it throws goes to the console, where its author looks.
    pub fn call(&self, fields: &[(&str, JsValue)]) {
        let Some(function) = &self.function else { return };
        let object = Object::new();
        for (name, value) in fields {
            // Setting a field of a fresh object does not fail.
            let _ = Reflect::set(&object, &(*name).into(), value);
        }
        if let Err(thrown) = function.call1(&JsValue::UNDEFINED, &object) {
            web_sys::console::error_1(&thrown);
        }
    }
}
