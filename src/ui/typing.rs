//! What is typed into a field stays there.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent as Key};
use yew::prelude::*;

use crate::browser::listener::Listener;

thread_local! {
    static PRESSED: RefCell<Pressed> = const { RefCell::new(Pressed { keys: Vec::new(), releases: None }) };
}

/// The keys that were pressed in a field and are not released yet.
struct Pressed {
    keys: Vec<String>,
    /// Hears their release anywhere on the page: Enter closes the form, and WebKit has no focus for a
    /// moment then.
    releases: Option<Listener>,
}

/// Keeps a key that is typed into a field from the page. Outside our shadow tree the event's target is
/// its host, which nobody takes for a field: Flex's dialpad would dial what is typed.
///
/// Shortcuts go on to the page. Ctrl+Alt (AltGr) and Alt (Option) type characters.
pub(super) fn keep(event: KeyboardEvent) {
    let is_shortcut = event.meta_key() || event.ctrl_key() && !event.alt_key();
    if is_shortcut || event.target_dyn_into::<HtmlInputElement>().is_none() {
        return;
    }
    event.stop_propagation();
    PRESSED.with_borrow_mut(|pressed| {
        pressed.keys.push(event.code());
        pressed.releases = pressed.releases.take().or_else(|| {
            web_sys::window().map(|window| Listener::new(&window, "keyup", true, keep_release))
        });
    });
}

/// Keeps the end of a key from the page that did not hear its beginning, and of no other.
fn keep_release(event: Event) {
    let Ok(key) = event.dyn_into::<Key>() else { return };
    PRESSED.with_borrow_mut(|pressed| {
        let before = pressed.keys.len();
        pressed.keys.retain(|code| *code != key.code());
        if pressed.keys.len() < before {
            key.stop_propagation();
        }
        if pressed.keys.is_empty() {
            pressed.releases = None;
        }
    });
}
