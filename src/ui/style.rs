//! The stylesheet, one for all instances on the page.

use web_sys::ShadowRoot;

use crate::runtime::App;

/// The component's rules, without comments and layout. They expect to be alone in a shadow root, so
/// that neither Flex's styles nor ours reach the other.
pub const STYLESHEET: &str = match str::from_utf8(&SHORT) {
    Ok(rules) => rules,
    Err(_) => panic!("the stylesheet is no UTF-8"),
};

const SOURCE: &[u8] = include_bytes!("style.css");
const SHORT: [u8; short(&mut [0; SOURCE.len()])] = {
    let mut rules = [0; short(&mut [0; SOURCE.len()])];
    short(&mut rules);
    rules
};

/// Writes the stylesheet's source without comments, line breaks, indentation and what is blank behind
/// `:`, `;` and `,` or around braces. How many bytes it has then.
const fn short(into: &mut [u8]) -> usize {
    let (mut from, mut to) = (0, 0);
    while from < SOURCE.len() {
        if SOURCE[from] == b'/' && SOURCE[from + 1] == b'*' {
            from += 2;
            while SOURCE[from] != b'*' || SOURCE[from + 1] != b'/' {
                from += 1;
            }
            from += 2;
            continue;
        }
        let blank = SOURCE[from].is_ascii_whitespace();
        let before = if to == 0 { b';' } else { into[to - 1] };
        if !(blank && matches!(before, b':' | b';' | b',' | b'{' | b'}' | b' ')) {
            // A brace stands without the blank before it.
            if SOURCE[from] == b'{' && before == b' ' {
                to -= 1;
            }
            into[to] = if blank { b' ' } else { SOURCE[from] };
            to += 1;
        }
        from += 1;
    }
    to
}

/// Styles what is inside `root`.
pub fn adopt(app: &App, root: &ShadowRoot) {
    if let Some(sheet) = app.stylesheet(STYLESHEET) {
        root.set_adopted_style_sheets(&js_sys::Array::of1(sheet));
    }
}
