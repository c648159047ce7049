//! Texts cut at ASCII characters.
//!
//! The standard library's searches take any pattern; what they are made of weighs three kilobytes.

/// What is before the first `mark`, which is ASCII, and what is after it.
pub(super) fn once(text: &str, mark: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == mark)?;
    Some((&text[..at], &text[at + 1..]))
}

/// What is before the first of these ASCII characters; everything if there is none.
pub(super) fn before<'a>(text: &'a str, marks: &[u8]) -> &'a str {
    let end = text.bytes().position(|byte| marks.contains(&byte));
    &text[..end.unwrap_or(text.len())]
}
