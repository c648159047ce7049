//! How long something has lasted, for a person.

/// `m:ss`, or `h:mm:ss` from one hour on. Never negative.
pub fn format(elapsed_ms: f64) -> String {
    let seconds = (elapsed_ms / 1000.0).max(0.0) as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}
