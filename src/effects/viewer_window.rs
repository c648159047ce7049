//! Viewers in tabs and windows of their own.
//!
//! A window is opened blank inside the agent's click, so that no pop-up blocker objects, and cut
//! from Flex at once (no opener). It navigates when the key is there, by a link of its own with no
//! referrer.

use wasm_bindgen::prelude::*;
use web_sys::{Document, HtmlAnchorElement, Window};

use crate::{
    core::{session::OpenTarget, viewer_url::ViewerUrl},
    effects::viewers,
};

/// A window beside Flex rather than a tab over it.
const WINDOW_FEATURES: &str = "popup=yes,width=1100,height=800,resizable=yes,scrollbars=yes";

/// Opens the task's blank tab or window, or reuses the one it still has blank. `false` if the
/// browser refused. Call it inside the agent's click.
///
/// A window that already shows another session is closed first: one task, one viewer.
pub fn open(task: &str, target: OpenTarget, title: &str) -> bool {
    let viewer = viewers::find_or_create(task);
    if let Some(old) = viewer.window() {
        if !is_closed(&old) && blank_document(&old).is_some() {
            focus_window(&old);
            return true;
        }
        close_window(&old);
        viewer.set_window(None);
    }
    let Some(window) = open_blank(&format!("glance-{task}"), target) else {
        viewers::forget_if_empty(task);
        return false;
    };
    // A window that Flex does not trust with itself must not reach back into it.
    let _ = js_sys::Reflect::set(&window, &"opener".into(), &JsValue::NULL);
    if let Some(document) = blank_document(&window) {
        document.set_title(title);
        if let Some(body) = document.body() {
            body.set_text_content(Some(title));
        }
    }
    viewer.set_window(Some(&window));
    true
}

/// Sends the task's blank window to the viewer. `false` if the window is gone.
pub fn navigate(task: &str, url: &ViewerUrl) -> bool {
    let window = viewers::find(task).and_then(|viewer| viewer.window());
    let Some(document) = window.as_ref().and_then(blank_document) else { return false };
    let Some(body) = document.body() else { return false };
    let Ok(link) = document.create_element("a") else { return false };
    let link: HtmlAnchorElement = link.unchecked_into();
    link.set_href(url.expose());
    link.set_rel("noreferrer");
    link.set_target("_self");
    if body.append_child(&link).is_err() {
        return false;
    }
    link.click();
    true
}

/// Whether the task's window was closed, by whomever.
pub fn is_gone(task: &str) -> bool {
    viewers::find(task).and_then(|viewer| viewer.window()).is_none_or(|window| is_closed(&window))
}

/// Brings the task's window to the front, as far as the browser allows it.
pub fn focus(task: &str) {
    if let Some(window) = viewers::find(task).and_then(|viewer| viewer.window()) {
        focus_window(&window);
    }
}

/// Closes the task's window and forgets it.
pub fn close(task: &str) {
    if let Some(viewer) = viewers::find(task) {
        if let Some(window) = viewer.window() {
            close_window(&window);
        }
        viewer.set_window(None);
    }
    viewers::forget_if_empty(task);
}

fn open_blank(name: &str, target: OpenTarget) -> Option<Window> {
    let opener = web_sys::window()?;
    let opened = match target {
        OpenTarget::Window => {
            opener.open_with_url_and_target_and_features("about:blank", name, WINDOW_FEATURES)
        }
        _ => opener.open_with_url_and_target("about:blank", name),
    };
    opened.ok().flatten()
}

/// The window's document while it is still blank: any other belongs to another site and may not be
/// touched.
fn blank_document(window: &Window) -> Option<Document> {
    let document = js_sys::Reflect::get(window, &"document".into()).ok()?;
    let document: Document = document.is_object().then(|| document.unchecked_into())?;
    (document.url().ok()? == "about:blank").then_some(document)
}

fn is_closed(window: &Window) -> bool {
    js_sys::Reflect::get(window, &"closed".into()).map_or(true, |closed| closed.is_truthy())
}

fn focus_window(window: &Window) {
    let _ = window.focus();
}

fn close_window(window: &Window) {
    let _ = window.close();
}
