//! The stylesheet, one for all instances on the page.

use web_sys::{CssStyleSheet, ShadowRoot};

/// The component's rules. They expect to be alone in a shadow root, so that neither Flex's styles
/// nor ours reach the other.
pub const STYLESHEET: &str = include_str!("style.css");

thread_local! {
    static SHEET: Option<CssStyleSheet> = {
        let sheet = CssStyleSheet::new().ok();
        sheet.filter(|sheet| sheet.replace_sync(STYLESHEET).is_ok())
    };
}

/// Styles what is inside `root`.
pub fn adopt(root: &ShadowRoot) {
    SHEET.with(|sheet| {
        if let Some(sheet) = sheet {
            root.set_adopted_style_sheets(&js_sys::Array::of1(sheet));
        }
    });
}
