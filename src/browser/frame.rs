//! Viewers in Flex's second panel.
//!
//! A frame is put into its panel once and never moved, since a frame that moves loads anew; frames
//! of tasks that are not selected are hidden.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlIFrameElement, ShadowRoot};

use crate::{
    core::{viewer::FRAME_PATIENCE_MS, viewer_url::ViewerUrl},
    effects::{listener::Listener, page, viewers},
};

/// What the viewer may use. Its video and screen share run in frames below it, which inherit this.
const ALLOW: &str =
    "camera; microphone; display-capture; autoplay; fullscreen; clipboard-read; clipboard-write";

/// The watch over a frame that loads.
#[must_use = "the watch ends on drop"]
pub struct FrameWatch {
    _arrived: Listener,
    _slow: Timeout,
}

/// Shows the viewer in the task's frame, made if it is not there. `None` if no panel is mounted.
pub fn show(
    task: &str,
    url: &ViewerUrl,
    title: &str,
    arrived: impl Fn() + 'static,
    slow: impl FnOnce() + 'static,
) -> Option<FrameWatch> {
    let viewer = viewers::find_or_create(task);
    if let Some(old) = viewer.frame() {
        old.remove();
    }
    let panel = page::panel()?;
    let frame = panel.owner_document()?.create_element("iframe").ok()?;
    let frame: HtmlIFrameElement = frame.unchecked_into();
    frame.set_title(title);
    frame.set_attribute("allow", ALLOW).ok()?;
    frame.set_referrer_policy("no-referrer");
    frame.set_src(url.expose());
    let watch = FrameWatch {
        _arrived: Listener::new(&frame, "load", false, move |_| arrived()),
        _slow: Timeout::new(FRAME_PATIENCE_MS, slow),
    };
    panel.append_child(&frame).ok()?;
    viewer.set_frame(Some(&frame));
    page::show_panel();
    Some(watch)
}

/// Shows the frame of `selected` and hides those of all other tasks. The panel's host is marked
/// `data-filled` while there is a frame to see, so that it covers what else Flex has in the panel.
pub fn select(panel: &Element, selected: Option<&str>) {
    let mut filled = false;
    for task in viewers::tasks() {
        let Some(frame) = viewers::find(&task).and_then(|viewer| viewer.frame()) else { continue };
        if panel.contains(Some(&frame)) {
            let is_selected = selected == Some(task.as_str());
            filled |= is_selected;
            frame.unchecked_ref::<HtmlElement>().set_hidden(!is_selected);
        }
    }
    if let Ok(root) = panel.get_root_node().dyn_into::<ShadowRoot>() {
        let _ = root.host().toggle_attribute_with_force("data-filled", filled);
    }
}

/// Whether the task has a frame that Flex took off the page.
pub fn is_detached(task: &str) -> bool {
    viewers::find(task).and_then(|viewer| viewer.frame()).is_some_and(|frame| !frame.is_connected())
}

/// Brings the panel with the task's frame into view.
pub fn focus(task: &str) {
    page::show_panel();
    if let Some(frame) = viewers::find(task).and_then(|viewer| viewer.frame()) {
        let _ = frame.unchecked_ref::<HtmlElement>().focus();
    }
}

/// Removes the task's frame, which ends what runs in it.
pub fn close(task: &str) {
    if let Some(viewer) = viewers::find(task) {
        if let Some(frame) = viewer.frame() {
            frame.remove();
        }
        viewer.set_frame(None);
    }
    viewers::forget_if_empty(task);
}
