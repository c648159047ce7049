//! Texts from outside (a visitor's page, a server's error) that people read inside ours.

/// The text without what cannot be seen but changes what can: control characters become spaces; direction
/// marks and other invisible characters, which could turn our own words around, go. At most `longest`
/// characters, of which the last is `…` if more would follow. `None` if nothing is left.
pub fn printable(text: &str, longest: usize) -> Option<String> {
    let visible: String = text
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let visible = visible.trim();
    let shown = match visible.chars().nth(longest) {
        None => visible.to_owned(),
        Some(_) => visible.chars().take(longest.saturating_sub(1)).chain(['…']).collect(),
    };
    (!shown.is_empty()).then_some(shown)
}

/// The character, or its code point (`U+202E`) if it cannot be seen. A plain space can, between quotes.
pub fn printable_char(c: char) -> String {
    if c != ' ' && (c.is_control() || c.is_whitespace() || is_invisible(c)) {
        format!("U+{:04X}", u32::from(c))
    } else {
        c.to_string()
    }
}

/// Whether a character cannot be seen: those of Unicode's `Default_Ignorable_Code_Point` and
/// `Bidi_Control`, the separators of lines and paragraphs, and the marks of annotations.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}
