//! A value of JavaScript's with all that is in it.

use js_sys::Array;

use crate::{
    browser::given::Field,
    core::{policy::Given, prop::Prop},
};

/// The value with all that is in it; what is deeper than `depth` is of its type alone.
pub(super) fn tree(given: &Field, depth: u32) -> Given {
    match given.prop() {
        Prop::Other("an array") if depth > 0 => {
            let entries = Array::from(given.value());
            Given::List(entries.iter().map(|entry| tree(&entry.into(), depth - 1)).collect())
        }
        Prop::Other("an object") if depth > 0 => {
            let member = |name: String| {
                let value = tree(&given.field(&name), depth - 1);
                (name, value)
            };
            Given::Object(given.names().map(member).collect())
        }
        value => Given::Value(value),
    }
}
