//! What a flow's templates can read. A name that nothing has set is nil, as it is in Liquid.
//!
//! The `liquid` crate refuses such a name; here every object answers nil for it, and so does nil.

use std::{collections::BTreeMap, fmt, sync::LazyLock};

use liquid::model::{
    DisplayCow, KString, KStringCow, ObjectView, ScalarCow, State, Value, ValueView,
};
use serde_json::Value as Json;

static NIL: LazyLock<Variable> = LazyLock::new(|| Variable::leaf(Value::Nil));

/// A JSON value as templates see it.
#[derive(Debug)]
pub(super) struct Variable {
    value: Value,
    /// Of objects alone.
    members: BTreeMap<String, Self>,
}

impl Variable {
    pub(super) fn new(json: &Json) -> Self {
        match json {
            Json::Null => Self::leaf(Value::Nil),
            Json::Bool(flag) => Self::leaf(Value::scalar(*flag)),
            Json::Number(number) => Self::leaf(match number.as_i64() {
                Some(integer) => Value::scalar(integer),
                None => Value::scalar(number.as_f64().unwrap_or(f64::NAN)),
            }),
            Json::String(text) => Self::leaf(Value::scalar(KString::from_ref(text))),
            Json::Array(items) => {
                Self::leaf(Value::Array(items.iter().map(|item| Self::new(item).value).collect()))
            }
            Json::Object(members) => {
                let members: BTreeMap<String, Self> =
                    members.iter().map(|(name, json)| (name.clone(), Self::new(json))).collect();
                let value = members
                    .iter()
                    .map(|(name, member)| (KString::from_ref(name), member.value.clone()))
                    .collect();
                Self { value: Value::Object(value), members }
            }
        }
    }

    fn leaf(value: Value) -> Self {
        Self { value, members: BTreeMap::new() }
    }
}

impl ValueView for Variable {
    fn as_debug(&self) -> &dyn fmt::Debug {
        self
    }

    fn render(&self) -> DisplayCow<'_> {
        self.value.render()
    }

    fn source(&self) -> DisplayCow<'_> {
        self.value.source()
    }

    fn type_name(&self) -> &'static str {
        self.value.type_name()
    }

    fn query_state(&self, state: State) -> bool {
        self.value.query_state(state)
    }

    fn to_kstr(&self) -> KStringCow<'_> {
        self.value.to_kstr()
    }

    fn to_value(&self) -> Value {
        self.value.clone()
    }

    fn as_scalar(&self) -> Option<ScalarCow<'_>> {
        self.value.as_scalar()
    }

    fn as_array(&self) -> Option<&dyn liquid::model::ArrayView> {
        self.value.as_array()
    }

    fn as_object(&self) -> Option<&dyn ObjectView> {
        (self.value.is_object() || self.value.is_nil()).then_some(self)
    }

    fn is_nil(&self) -> bool {
        self.value.is_nil()
    }
}

impl ObjectView for Variable {
    fn as_value(&self) -> &dyn ValueView {
        self
    }

    fn size(&self) -> i64 {
        i64::try_from(self.members.len()).unwrap_or(i64::MAX)
    }

    fn keys<'k>(&'k self) -> Box<dyn Iterator<Item = KStringCow<'k>> + 'k> {
        Box::new(self.members.keys().map(|name| KStringCow::from_ref(name)))
    }

    fn values<'k>(&'k self) -> Box<dyn Iterator<Item = &'k dyn ValueView> + 'k> {
        Box::new(self.members.values().map(|member| member as &dyn ValueView))
    }

    fn iter<'k>(&'k self) -> Box<dyn Iterator<Item = (KStringCow<'k>, &'k dyn ValueView)> + 'k> {
        Box::new(
            self.members
                .iter()
                .map(|(name, member)| (KStringCow::from_ref(name), member as &dyn ValueView)),
        )
    }

    fn contains_key(&self, _name: &str) -> bool {
        true
    }

    fn get<'s>(&'s self, name: &str) -> Option<&'s dyn ValueView> {
        Some(self.members.get(name).unwrap_or(&NIL))
    }
}
