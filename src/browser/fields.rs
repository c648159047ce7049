//! The fields of a JavaScript object, of whatever types.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use wasm_bindgen::JsValue;

use crate::{browser::js_prop, core::prop::Prop};

/// An object's own fields. One reader for props, attributes, tokens and replies, whose values are
/// judged one by one: a field of a wrong type spoils no other.
#[derive(Default)]
pub struct Fields(Vec<(String, JsValue)>);

/// A value as it came.
#[derive(Deserialize)]
struct Kept(#[serde(with = "serde_wasm_bindgen::preserve")] JsValue);

impl Fields {
    /// Reads an object; anything else has no fields.
    ///
    /// Asked first, since the reader finds out that `undefined` is none by an exception, which takes
    /// longer than reading all the props.
    pub fn read(value: &JsValue) -> Self {
        if !value.is_object() {
            return Self::default();
        }
        serde_wasm_bindgen::from_value(value.clone()).unwrap_or_default()
    }

    /// The field's value; `undefined` if it is not there.
    pub fn value(&self, name: &str) -> JsValue {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map_or(JsValue::UNDEFINED, |(_, value)| value.clone())
    }

    /// Every field with its value.
    pub fn all(&self) -> &[(String, JsValue)] {
        &self.0
    }

    /// The field's value as a prop.
    pub fn prop(&self, name: &str) -> Prop {
        js_prop::read(&self.value(name))
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AnyFields)
    }
}

struct AnyFields;

impl<'de> Visitor<'de> for AnyFields {
    type Value = Fields;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Vec::new();
        while let Some((name, Kept(value))) = map.next_entry()? {
            fields.push((name, value));
        }
        Ok(Fields(fields))
    }
}
