//! Viewers in tabs and windows of their own.
//!
//! A window is opened blank inside the agent's click, so that no pop-up blocker objects. It navigates
//! when the key is there, by a link of its own with no referrer.
//!
//! Its opener is not Flex but an empty hidden frame beside it: without any opener a browser neither
//! brings it to the front nor closes it for us, and through this one it cannot send Flex elsewhere.

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::{Document, HtmlElement, HtmlIFrameElement, Window};

use crate::{
    browser::{element, page::Page, viewer_records as records},
    core::{
        ids::TaskSid,
        session::{OpenTarget, viewer::WindowSight},
        viewer_url::ViewerUrl,
    },
};

/// The frame that windows are opened from.
const OPENER_ID: &str = "flex-glance-opener";

/// A window beside Flex rather than a tab over it.
const WINDOW_FEATURES: &str = "popup=yes,width=1100,height=800,resizable=yes,scrollbars=yes";

/// Opens the task's blank tab or window, or reuses the one it still has blank. `false` if the
/// browser refused. Call it inside the agent's click.
///
/// A window that already shows another session is closed first: one task, one viewer.
pub fn open(page: &Page, task: &TaskSid, target: OpenTarget, title: &str) -> bool {
    let viewer = records::find_or_create(page, task);
    if let Some(old) = viewer.window() {
        if !is_closed(&old) && blank_document(&old).is_some() {
            focus(page, task);
            return true;
        }
        close_window(&old);
        viewer.set_window(None);
    }
    let Some(window) = open_as(task, "about:blank", target) else {
        records::forget_if_empty(page, task);
        return false;
    };
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
pub fn navigate(page: &Page, task: &TaskSid, url: &ViewerUrl) -> bool {
    let window = records::find(page, task).and_then(|viewer| viewer.window());
    let Some(document) = window.as_ref().and_then(blank_document) else { return false };
    let Some(body) = document.body() else { return false };
    let attributes = [("href", url.expose()), ("rel", "noreferrer"), ("target", "_self")];
    let Some(link) = element::create(&document, "a", &attributes) else { return false };
    if body.append_child(&link).is_err() {
        return false;
    }
    link.unchecked_ref::<HtmlElement>().click();
    true
}

/// What is in the task's window. One whose page cut it off from us (`Cross-Origin-Opener-Policy`) looks
/// closed.
pub fn look(page: &Page, task: &TaskSid) -> WindowSight {
    match records::find(page, task).and_then(|viewer| viewer.window()) {
        Some(window) if is_closed(&window) => WindowSight::Closed,
        Some(window) if blank_document(&window).is_some() => WindowSight::Blank,
        Some(_) => WindowSight::Foreign,
        None => WindowSight::Closed,
    }
}

/// Brings the task's window to the front. Opening the same name without an address does so where
/// `focus` alone does not.
pub fn focus(page: &Page, task: &TaskSid) {
    if look(page, task) != WindowSight::Closed {
        let _ = open_as(task, "", OpenTarget::Tab);
    }
}

/// Prepares what windows are opened from. Call it before the agent's click: a frame that is made
/// within it may not open any.
pub fn prepare() {
    let _ = opener();
}

/// Closes the task's window and forgets it.
pub fn close(page: &Page, task: &TaskSid) {
    if let Some(viewer) = records::find(page, task) {
        if let Some(window) = viewer.window() {
            close_window(&window);
        }
        viewer.set_window(None);
    }
    records::forget_if_empty(page, task);
}

/// The opener's own `window.open`.
fn open_as(task: &TaskSid, url: &str, target: OpenTarget) -> Option<Window> {
    let opener = opener()?;
    let open: Function = js_sys::Reflect::get(&opener, &"open".into()).ok()?.dyn_into().ok()?;
    let args = js_sys::Array::of2(&url.into(), &format!("glance-{}", task.as_str()).into());
    if target == OpenTarget::Window {
        args.push(&WINDOW_FEATURES.into());
    }
    let opened = open.apply(&opener, &args).ok()?;
    opened.is_object().then(|| opened.unchecked_into())
}

/// The empty frame that windows are opened from, made if it is not there.
fn opener() -> Option<Window> {
    let document = web_sys::window()?.document()?;
    let frame = match document.get_element_by_id(OPENER_ID) {
        Some(frame) => frame,
        None => {
            let attributes =
                [("id", OPENER_ID), ("hidden", ""), ("aria-hidden", "true"), ("title", "")];
            let frame = element::create(&document, "iframe", &attributes)?;
            document.body()?.append_child(&frame).ok()?;
            frame
        }
    };
    frame.unchecked_into::<HtmlIFrameElement>().content_window()
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

fn close_window(window: &Window) {
    let _ = window.close();
}
