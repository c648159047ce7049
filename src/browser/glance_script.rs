//! Glance's Presence Agent script, once per page.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::{Document, Element};

use crate::{
    browser::{element, listener::Listener},
    core::{group_id::GroupId, presence::PresenceError},
};

/// The ID that Glance's scripts look for their settings under.
const ID: &str = "glance-cobrowse";

/// The mark of an element that is ours.
const OURS: &str = "data-flex-glance";

/// A script on its way. Nobody hears of it after drop, and an element of ours that has brought no script
/// yet is taken away, so that the next try starts afresh.
#[must_use = "nobody hears of the script after drop"]
pub struct ScriptLoad {
    element: Element,
    _listeners: [Listener; 2],
}

/// Loads the script unless the page has it. `done` is called once, later; what is known at once is
/// returned.
///
/// An element of Glance's that is already on the page is respected: it is waited for, and no second
/// one is added.
///
/// Source: Glance, "Presence Agent API" (`script=PresenceAgent`, the element's ID and
/// `data-groupid`).
pub fn load(
    cdn: &str,
    group_id: GroupId,
    done: impl Fn(Result<(), PresenceError>) + Clone + 'static,
) -> Result<Option<ScriptLoad>, PresenceError> {
    if agent_class().is_some() {
        return Ok(None);
    }
    let element = find_or_add(cdn, group_id).ok_or(PresenceError::Script)?;
    let loaded = done.clone();
    let listeners = [
        Listener::new(&element, "load", false, move |_| {
            loaded(agent_class().map(drop).ok_or(PresenceError::Api));
        }),
        Listener::new(&element, "error", false, move |_| done(Err(PresenceError::Script))),
    ];
    Ok(Some(ScriptLoad { element, _listeners: listeners }))
}

impl Drop for ScriptLoad {
    fn drop(&mut self) {
        if agent_class().is_none() && self.element.has_attribute(OURS) {
            self.element.remove();
        }
    }
}

/// A member of the `GLANCE` namespace, or the namespace itself.
pub(super) fn glance(path: &[&str]) -> Option<JsValue> {
    let global: JsValue = js_sys::global().into();
    let found =
        path.iter().try_fold(Reflect::get(&global, &"GLANCE".into()).ok()?, |at, name| {
            at.is_object().then(|| Reflect::get(&at, &(*name).into()).ok())?
        })?;
    (found.is_function() || found.is_object()).then_some(found)
}

fn agent_class() -> Option<JsValue> {
    glance(&["Presence", "Agent"]).filter(JsValue::is_function)
}

fn find_or_add(cdn: &str, group_id: GroupId) -> Option<Element> {
    let document = web_sys::window()?.document()?;
    if let Some(element) = document.get_element_by_id(ID)
        && element.tag_name() == "SCRIPT"
    {
        return Some(element);
    }
    add(&document, cdn, group_id)
}

fn add(document: &Document, cdn: &str, group_id: GroupId) -> Option<Element> {
    let group_id = group_id.number().to_string();
    let address = format!("{cdn}/cobrowse/CobrowseJS.ashx?groupid={group_id}&script=PresenceAgent");
    let attributes = [
        ("id", ID),
        (OURS, ""),
        ("data-groupid", &group_id),
        ("charset", "UTF-8"),
        ("src", &address),
    ];
    let script = element::create(document, "script", &attributes)?;
    document.query_selector("head").ok()??.append_child(&script).ok()?;
    Some(script)
}
