//! Functions of the plugin that are told of something.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};

use crate::{
    browser::{given::Field, object},
    core::prop::Prop,
};

/// A prop that is a function, or left out.
#[derive(Clone, Default, PartialEq)]
pub struct HostCallback {
    prop: Prop,
    function: Option<Function>,
}

impl HostCallback {
    pub fn new(given: &Field) -> Self {
        Self { prop: given.prop(), function: given.value().dyn_ref().cloned() }
    }

    /// What kind of value it is.
    pub fn prop(&self) -> &Prop {
        &self.prop
    }

    /// Calls the function with an object. What it throws goes to the console, where its author looks.
    pub fn call(&self, fields: &[(&str, JsValue)]) {
        let Some(function) = &self.function else { return };
        if let Err(thrown) = function.call1(&JsValue::UNDEFINED, &object::of(fields)) {
            web_sys::console::error_1(&thrown);
        }
    }
}
