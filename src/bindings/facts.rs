//! What rules of policies are about, as JavaScript passes it on.

use js_sys::Array;
use serde::Deserialize;
use wasm_bindgen::JsValue;

use crate::{
    browser::given::{self, Field},
    core::policy::{TaskFacts, Texts, Worker},
};

#[derive(Default, Deserialize)]
struct GivenFacts {
    queues: Field,
    channels: Field,
    attributes: Field,
}

#[derive(Default, Deserialize)]
struct GivenWorker {
    names: Field,
    roles: Field,
    skills: Field,
}

pub(super) fn task_facts(given: &Field) -> TaskFacts {
    let facts: GivenFacts = given.fields();
    let attributes = facts.attributes.names();
    let attribute = |path: String| {
        let value = facts.attributes.field(&path).prop();
        (path, value)
    };
    TaskFacts {
        queues: texts(&facts.queues),
        channels: texts(&facts.channels),
        attributes: attributes.map(attribute).collect(),
    }
}

/// `undefined` is a worker of whom nothing is told.
pub(super) fn worker(given: &JsValue) -> Worker {
    let worker: GivenWorker = given::read(given);
    Worker {
        names: texts(&worker.names),
        roles: texts(&worker.roles),
        skills: texts(&worker.skills),
    }
}

/// The texts of a list; what is no text in it stands for nothing.
fn texts(given: &Field) -> Texts {
    let list = Array::is_array(given.value()).then(|| Array::from(given.value()));
    Texts(list.map(|list| list.iter().filter_map(|text| text.as_string()).collect()))
}
