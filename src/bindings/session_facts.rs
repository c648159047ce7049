//! What stands of a session on its task, as JavaScript reads and writes it.

use js_sys::{Array, Object};
use wasm_bindgen::JsValue;

use crate::{
    bindings::tree::tree,
    browser::{given::Field, object},
    core::{
        prop::Prop,
        session::{
            EndReason,
            facts::{Beginning, Change, SessionFacts, WorkerSid},
        },
        session_key::SessionKey,
    },
};

/// An object of texts and numbers, and a list of texts.
const DEPTH: u32 = 2;

/// What stands on a task; nothing where it is not ours.
pub(super) fn session_facts(given: &Field) -> Option<SessionFacts> {
    SessionFacts::parse(&tree(given, DEPTH)).unwrap_or_default()
}

/// What has to stand there after a change that `browser::host` told; `undefined` where nothing has to change.
pub(super) fn after(current: JsValue, change: JsValue) -> JsValue {
    let Ok(before) = SessionFacts::parse(&tree(&current.into(), DEPTH)) else {
        return JsValue::UNDEFINED;
    };
    let change = Field::from(change);
    let worker = change.field("worker").text().and_then(|sid| WorkerSid::parse(&sid));
    let after = told(&change).and_then(|told| {
        SessionFacts::after(before.as_ref(), told, worker.as_ref(), number(&change, "at"))
    });
    after.map_or(JsValue::UNDEFINED, |facts| written(&facts).into())
}

fn told(change: &Field) -> Option<Change> {
    let text = |name| change.field(name).text();
    match text("kind")?.as_str() {
        "began" if let Some(key) = text("invitation") => {
            SessionKey::parse(&key).ok().map(Change::BeganByLink)
        }
        "began" => Some(Change::Began(Beginning::named(&text("began")?)?)),
        "joined" => Some(Change::Joined),
        "ended" => {
            let reason = EndReason::named(&text("reason")?)?;
            Some(Change::Ended { seconds: number(change, "seconds"), reason })
        }
        _ => None,
    }
}

fn number(change: &Field, name: &str) -> f64 {
    match change.field(name).prop() {
        Prop::Number(number) => number,
        _ => 0.0,
    }
}

fn written(facts: &SessionFacts) -> Object {
    let written = Object::new();
    for (name, value) in facts.members() {
        let value = match value {
            Prop::Number(number) => number.into(),
            value => value.text().into(),
        };
        object::set(&written, name, &value);
    }
    let workers = facts.workers.iter().map(|sid| JsValue::from(sid.as_str()));
    object::set(&written, "workers", &workers.collect::<Array>());
    written
}
