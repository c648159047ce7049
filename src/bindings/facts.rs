//! What rules of policies are about, as JavaScript passes it on.

use js_sys::Array;
use wasm_bindgen::JsValue;

use crate::{
    browser::given::Field,
    core::policy::{TaskFacts, Texts, Worker},
};

/// `{queues, channels, attributes}`, the attributes by path.
pub(super) fn task_facts(given: &Field) -> TaskFacts {
    let given_attributes = given.field("attributes");
    let mut attributes = vec![];
    for path in given_attributes.names() {
        let value = given_attributes.field(&path).prop();
        attributes.push((path, value));
    }
    TaskFacts { queues: texts(given, "queues"), channels: texts(given, "channels"), attributes }
}

/// `{names, roles, skills}`; `undefined` is a worker of whom nothing is told.
pub(super) fn worker(given: JsValue) -> Worker {
    let given = Field::from(given);
    Worker {
        names: texts(&given, "names"),
        roles: texts(&given, "roles"),
        skills: texts(&given, "skills"),
    }
}

/// The texts of the list of this name; what is no text in it stands for nothing.
fn texts(given: &Field, name: &str) -> Texts {
    let given = given.field(name);
    let list = Array::is_array(given.value()).then(|| Array::from(given.value()));
    Texts(list.map(|list| list.iter().filter_map(|text| text.as_string()).collect()))
}
