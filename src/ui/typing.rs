//! What is typed into a field stays there.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Keeps a key that is typed into a field from the page. Outside our shadow tree the event's target is
/// its host, which nobody takes for a field: Flex's dialpad would dial what is typed.
///
/// Shortcuts go on to the page. Ctrl+Alt (AltGr) and Alt (Option) type characters.
pub(super) fn keep(event: KeyboardEvent) {
    let is_shortcut = event.meta_key() || event.ctrl_key() && !event.alt_key();
    if !is_shortcut && event.target_dyn_into::<HtmlInputElement>().is_some() {
        event.stop_propagation();
    }
}
