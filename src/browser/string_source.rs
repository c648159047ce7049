//! Props that are a text, or a function that gives one when it is needed.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::{browser::given::Field, core::prop::Prop};

/// A text, or the host's function for one. The text may be a secret.
#[derive(Clone, Default, PartialEq)]
pub struct StringSource {
    prop: Prop,
    function: Option<Function>,
}

impl StringSource {
    /// Takes the prop's value from JavaScript.
    pub fn new(given: &Field) -> Self {
        Self { prop: given.prop(), function: given.value().dyn_ref().cloned() }
    }

    /// What kind of value it is.
    pub fn prop(&self) -> &Prop {
        &self.prop
    }

    /// The text that was given as such.
    pub fn literal(&self) -> Option<String> {
        self.prop.text().map(str::to_owned)
    }

    /// The text now: the literal, or what the function gives. A function that promises the text is
    /// waited for; everything else is there at once, still inside the agent's click.
    pub fn get(&self) -> Given {
        let Some(function) = &self.function else { return Given::Now(self.literal()) };
        match function.call0(&JsValue::UNDEFINED) {
            Ok(given) if given.is_object() => Given::Later(Promise::resolve(&given)),
            Ok(given) => Given::Now(text(&given)),
            Err(_) => Given::Now(None),
        }
    }

    /// Whether a function gives it.
    pub fn is_function(&self) -> bool {
        self.function.is_some()
    }
}

/// A text that is there, or promised. `None` if a function throws or gives something else.
pub enum Given {
    Now(Option<String>),
    Later(Promise),
}

impl Given {
    pub async fn wait(self) -> Option<String> {
        match self {
            Self::Now(given) => given,
            Self::Later(promise) => text(&JsFuture::from(promise).await.ok()?),
        }
    }
}

fn text(value: &JsValue) -> Option<String> {
    Prop::Text(value.as_string()?).text().map(str::to_owned)
}

impl From<&str> for StringSource {
    fn from(text: &str) -> Self {
        Self { prop: text.into(), function: None }
    }
}

impl From<Function> for StringSource {
    fn from(function: Function) -> Self {
        Self { prop: Prop::Function, function: Some(function) }
    }
}
