//! Functions of the plugin that are told of something.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};

use crate::{
    browser::{given::Field, host::Host, object},
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

    /// Tells the plugin of a session, unless another page of the agent's does.
    pub fn report(&self, host: &Host, kind: &str, session: &[(&str, JsValue)]) {
        if let Some(function) = &self.function {
            host.report(kind, function, &object::of(session));
        }
    }
}
