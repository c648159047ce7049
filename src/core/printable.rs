//! Texts from outside (a visitor's page, a server's error) that people read inside ours.

/// The text without what cannot be seen but changes what can: control characters become spaces; direction
/// marks and other invisible characters, which could turn our own words around, go. At most `longest`
/// characters; what is cut off is shown as `…`. `None` if nothing is left.
pub fn printable(text: &str, longest: usize) -> Option<String> {
    let visible: String = text
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let mut rest = visible.trim().chars();
    let mut shown: String = rest.by_ref().take(longest).collect();
    if rest.next().is_some() {
        shown.push('…');
    }
    (!shown.is_empty()).then_some(shown)
}

/// Characters of Unicode's category Cf that text can hold, and line separators.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}
