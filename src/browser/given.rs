//! Objects that JavaScript gives, read into structs that derive [`Deserialize`].
//!
//! The fields of such a struct are [`Field`]s: values are judged one by one, and one of a wrong type
//! spoils no other.

use js_sys::Reflect;
use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, Error as _, SeqAccess, Visitor, value::UnitDeserializer,
    },
    forward_to_deserialize_any,
};
use serde_wasm_bindgen::{Error, preserve};
use wasm_bindgen::JsValue;

use crate::{
    browser::{js_prop, log},
    core::prop::Prop,
};

/// A field's value, of whatever type; `undefined` if it is not there.
#[derive(Clone, Default)]
pub struct Field {
    value: JsValue,
    /// The host's getter threw. The console has been told.
    is_unreadable: bool,
}

impl Field {
    fn unreadable() -> Self {
        Self { is_unreadable: true, ..Self::default() }
    }

    /// The field of this name.
    fn of(object: &JsValue, name: &str) -> Self {
        Reflect::get(object, &name.into()).map_or_else(
            |_| {
                log::warn(&format!("“{name}” cannot be read: its getter throws."));
                Self::unreadable()
            },
            Self::from,
        )
    }

    pub fn prop(&self) -> Prop {
        match self.is_unreadable {
            true => Prop::Other("a getter that throws"),
            false => js_prop::read(&self.value),
        }
    }

    pub fn value(&self) -> &JsValue {
        &self.value
    }

    pub fn text(&self) -> Option<String> {
        self.value.as_string()
    }

    /// The fields of a value that is an object.
    pub fn fields<T: DeserializeOwned + Default>(&self) -> T {
        read(&self.value)
    }

    /// The field of this name, of a value that is an object.
    pub fn field(&self, name: &str) -> Self {
        if self.value.is_object() { Self::of(&self.value, name) } else { Self::default() }
    }

    /// The names of the fields of a value that is an object.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let object = Some(&self.value).filter(|value| value.is_object());
        let names = object.and_then(|object| Reflect::own_keys(object).ok());
        names.into_iter().flatten().filter_map(|name| name.as_string())
    }
}

impl From<JsValue> for Field {
    fn from(value: JsValue) -> Self {
        Self { value, is_unreadable: false }
    }
}

/// As `serde_wasm_bindgen` keeps a value; what it cannot keep is unreadable.
impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let kept: Result<JsValue, _> = preserve::deserialize(deserializer);
        Ok(kept.map_or_else(|_| Self::unreadable(), Self::from))
    }
}

/// Reads an object; anything else has no fields.
///
/// Asked first, since JavaScript tells by an exception that `undefined` is none, which takes longer than
/// reading all the props.
pub fn read<T: DeserializeOwned + Default>(object: &JsValue) -> T {
    if !object.is_object() {
        return T::default();
    }
    T::deserialize(Object(object)).unwrap_or_default()
}

/// Reads the fields that a struct asks for, and no others. `serde_wasm_bindgen`'s own reader would let
/// what a getter throws pass through WebAssembly, which ends the instance.
struct Object<'a>(&'a JsValue);

impl<'de> Deserializer<'de> for Object<'_> {
    type Error = Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_seq(Fields { object: self.0, names: names.iter() })
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("only a struct is read from an object"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// The fields in the order in which the struct declares them.
struct Fields<'a> {
    object: &'a JsValue,
    names: std::slice::Iter<'static, &'static str>,
}

impl<'de> SeqAccess<'de> for Fields<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(name) = self.names.next() else { return Ok(None) };
        let Field { value, is_unreadable } = Field::of(self.object, name);
        match is_unreadable {
            // Nothing that can be kept, by which a `Field` knows.
            true => seed.deserialize(UnitDeserializer::new()).map(Some),
            false => seed.deserialize(serde_wasm_bindgen::Deserializer::from(value)).map(Some),
        }
    }
}
