//! How long something has lasted, for a person.

/// `m:ss`, or `h:mm:ss` from one hour on. Never negative: clocks are set back now and then.
pub fn format(from_ms: f64, now_ms: f64) -> String {
    let seconds = ((now_ms - from_ms) / 1000.0).max(0.0) as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}
