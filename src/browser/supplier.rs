//! Props that are a text or a function that gives one when it is needed.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::core::prop::Prop;

/// A text, or the host's function for one. The text may be a secret.
#[derive(Clone, Default, PartialEq)]
pub struct Supplier {
    prop: Prop,
    function: Option<Function>,
}

impl Supplier {
    /// Takes the prop's value from JavaScript.
    pub fn new(prop: Prop, value: &JsValue) -> Self {
        Self { prop, function: value.dyn_ref().cloned() }
    }

    /// What kind of value it is.
    pub fn prop(&self) -> &Prop {
        &self.prop
    }

    /// The text that was given as such.
    pub fn literal(&self) -> Option<String> {
        self.prop.text().map(str::to_owned)
    }

    /// The text now: the literal, or what the function gives or promises. `None` if the function
    /// throws or gives something else.
    pub async fn supply(&self) -> Option<String> {
        let Some(function) = &self.function else { return self.literal() };
        let given = function.call0(&JsValue::UNDEFINED).ok()?;
        let text = JsFuture::from(Promise::resolve(&given)).await.ok()?.as_string()?;
        Prop::Text(text).text().map(str::to_owned)
    }

    /// Whether a function gives it.
    pub fn is_function(&self) -> bool {
        self.function.is_some()
    }
}

impl From<&str> for Supplier {
    fn from(text: &str) -> Self {
        Self { prop: text.into(), function: None }
    }
}

impl From<Function> for Supplier {
    fn from(function: Function) -> Self {
        Self { prop: Prop::Function, function: Some(function) }
    }
}
