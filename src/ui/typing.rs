//! What is typed into a field stays there.

use std::cell::RefCell;

use web_sys::HtmlInputElement;
use yew::prelude::*;

thread_local! {
    /// The keys that were pressed in a field and are not released yet. Enter may close the form, and is
    /// released elsewhere then.
    static PRESSED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Keeps a key that is typed into a field from the page. Outside our shadow tree the event's target is
/// its host, which nobody takes for a field: Flex's dialpad would dial what is typed.
///
/// Shortcuts go on to the page. Ctrl+Alt (AltGr) and Alt (Option) type characters.
pub(super) fn keep(event: KeyboardEvent) {
    let is_shortcut = event.meta_key() || event.ctrl_key() && !event.alt_key();
    if !is_shortcut && event.target_dyn_into::<HtmlInputElement>().is_some() {
        event.stop_propagation();
        PRESSED.with_borrow_mut(|keys| keys.push(event.code()));
    }
}

/// Keeps the end of a key from the page that did not hear its beginning, and of no other.
pub(super) fn keep_release(event: KeyboardEvent) {
    let is_kept = PRESSED.with_borrow_mut(|keys| {
        let before = keys.len();
        keys.retain(|key| *key != event.code());
        keys.len() < before
    });
    if is_kept {
        event.stop_propagation();
    }
}
