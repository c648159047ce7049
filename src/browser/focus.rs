//! Where the focus is.

use web_sys::{Element, HtmlElement};

/// Gives the focus to an element, if it takes it.
pub fn give(element: &HtmlElement) {
    let _ = element.focus();
}

/// Whether nothing on the page has the focus. In a shadow root a popover that closes does not give
/// it back to the button that opened it.
pub fn is_lost() -> bool {
    let page = web_sys::window().and_then(|window| window.document());
    page.is_some_and(|page| {
        page.active_element().is_none_or(|active| page.body().is_some_and(|body| *body == active))
    })
}

/// Whether it is on something inside `element`.
pub fn is_within(element: &Element) -> bool {
    element.matches(":focus-within").unwrap_or(false)
}
