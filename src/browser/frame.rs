//! Viewers in Flex's second panel.
//!
//! A frame is put into its panel once and never moved, since a frame that moves loads anew. It is born
//! hidden, and shown while its task is selected.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ShadowRoot};

use crate::{
    browser::{element, listener::Listener, page::Page, viewer_records as records},
    core::{ids::TaskSid, viewer_url::ViewerUrl},
};

/// What the viewer may use. Its video and screen share run in frames below it, which inherit this.
const ALLOW: &str = "camera; microphone; display-capture; autoplay; fullscreen; clipboard-write";

/// Puts the viewer into a frame of the task's own in `panel`; `loaded` is called when it is there, as long
/// as the listener lives. `None` if the panel is not on a page.
/// * `sandbox`: what the frame may do, as in HTML; `None` for a frame without that attribute.
pub fn show(
    page: &Page,
    panel: &Element,
    task: &TaskSid,
    url: &ViewerUrl,
    title: &str,
    sandbox: Option<&str>,
    loaded: impl Fn() + 'static,
) -> Option<Listener> {
    let viewer = records::find_or_create(page, task);
    if let Some(old) = viewer.frame() {
        old.remove();
        viewer.set_frame(None);
    }
    let attributes =
        [("title", title), ("hidden", ""), ("allow", ALLOW), ("referrerpolicy", "no-referrer")];
    let frame = element::create(&panel.owner_document()?, "iframe", &attributes)?;
    if let Some(sandbox) = sandbox {
        frame.set_attribute("sandbox", sandbox).ok()?;
    }
    frame.set_attribute("src", url.expose()).ok()?;
    let listener = Listener::new(&frame, "load", false, move |_| loaded());
    panel.append_child(&frame).ok()?;
    viewer.set_frame(Some(frame.unchecked_ref()));
    Some(listener)
}

/// Shows the frame of `selected` and hides those of all other tasks. The panel's host is marked
/// `data-filled` while there is a frame to see, so that it covers what else Flex has in the panel.
pub fn select(page: &Page, panel: &Element, selected: Option<&TaskSid>) {
    let mut filled = false;
    for task in records::tasks(page) {
        let Some(frame) = records::find(page, &task).and_then(|viewer| viewer.frame()) else {
            continue;
        };
        if panel.contains(Some(&frame)) {
            let is_selected = selected == Some(&task);
            filled |= is_selected;
            let _ = frame.toggle_attribute_with_force("hidden", !is_selected);
        }
    }
    if let Ok(root) = panel.get_root_node().dyn_into::<ShadowRoot>() {
        let _ = root.host().toggle_attribute_with_force("data-filled", filled);
    }
}

/// Whether the task has a frame that was taken off the page.
pub fn is_detached(page: &Page, task: &TaskSid) -> bool {
    let frame = records::find(page, task).and_then(|viewer| viewer.frame());
    frame.is_some_and(|frame| !frame.is_connected())
}

/// Gives the task's frame the focus.
pub fn focus(page: &Page, task: &TaskSid) {
    if let Some(frame) = records::find(page, task).and_then(|viewer| viewer.frame()) {
        let _ = frame.unchecked_ref::<HtmlElement>().focus();
    }
}

/// Removes the task's frame, which ends what runs in it.
pub fn close(page: &Page, task: &TaskSid) {
    if let Some(viewer) = records::find(page, task) {
        if let Some(frame) = viewer.frame() {
            frame.remove();
        }
        viewer.set_frame(None);
    }
    records::forget_if_empty(page, task);
}
