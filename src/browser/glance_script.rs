//! Glance's Presence Agent script, once per page.

use std::{cell::Cell, rc::Rc};

use gloo_timers::callback::Timeout;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element};

use crate::{
    core::{decimal::decimal, group_id::GroupId, obstacle::Obstacle},
    effects::listener::Listener,
};

/// The ID that Glance's scripts look for their settings under.
const ID: &str = "glance-cobrowse";

/// How long the script may take, in milliseconds.
const PATIENCE_MS: u32 = 20_000;

/// A script on its way.
#[must_use = "nobody hears of the script after drop"]
pub struct ScriptLoad {
    _listeners: [Listener; 2],
    _patience: Timeout,
}

/// Loads the script unless the page has it, and calls `done` once, at once if it is there.
///
/// An element of Glance's that is already on the page is respected: it is waited for, and no second
/// one is added. One of ours that fails is taken away, so that the next try starts afresh.
///
/// Source: Glance, "Presence Agent API" (`script=PresenceAgent`, the element's ID and
/// `data-groupid`).
pub fn load(
    cdn: &str,
    group_id: GroupId,
    done: impl Fn(Result<(), Obstacle>) + 'static,
) -> Option<ScriptLoad> {
    if agent_class().is_some() {
        done(Ok(()));
        return None;
    }
    let Some(element) = find_or_add(cdn, group_id) else {
        done(Err(Obstacle::Script));
        return None;
    };
    let done = once(done);
    let loaded = {
        let done = done.clone();
        move |_| done(agent_class().map(drop).ok_or(Obstacle::Api))
    };
    let failed = {
        let (done, element) = (done.clone(), element.clone());
        move || {
            if element.has_attribute("data-flex-glance") {
                element.remove();
            }
            done(Err(Obstacle::Script));
        }
    };
    let late = failed.clone();
    Some(ScriptLoad {
        _listeners: [
            Listener::new(&element, "load", false, loaded),
            Listener::new(&element, "error", false, move |_| failed()),
        ],
        _patience: Timeout::new(PATIENCE_MS, move || {
            match agent_class() {
                // A page's own element may have loaded before it was listened to.
                Some(_) => done(Ok(())),
                None if glance(&[]).is_some() => done(Err(Obstacle::Api)),
                None => late(),
            }
        }),
    })
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
    add(&document, cdn, group_id).ok()
}

fn add(document: &Document, cdn: &str, group_id: GroupId) -> Result<Element, JsValue> {
    let group_id = decimal(group_id.number().into());
    let script = document.create_element("script")?;
    script.set_id(ID);
    script.set_attribute("data-flex-glance", "")?;
    script.set_attribute("data-groupid", &group_id)?;
    script.set_attribute("charset", "UTF-8")?;
    let query = ["groupid=", &group_id, "&script=PresenceAgent"].concat();
    let address = [cdn, "/cobrowse/CobrowseJS.ashx?", &query].concat();
    script.set_attribute("src", &address)?;
    let head = document.query_selector("head")?.ok_or(JsValue::NULL)?;
    head.append_child(script.unchecked_ref())?;
    Ok(script)
}

/// A function that calls the given one the first time only.
fn once(done: impl Fn(Result<(), Obstacle>) + 'static) -> Rc<dyn Fn(Result<(), Obstacle>)> {
    let called = Cell::new(false);
    Rc::new(move |outcome| {
        if !called.replace(true) {
            done(outcome);
        }
    })
}
