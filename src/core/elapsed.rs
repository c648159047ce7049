//! How long something has lasted, for a person.

/// `m:ss`, or `h:mm:ss` from one hour on. Never negative: clocks are set back now and then.
pub fn format(from_ms: f64, now_ms: f64) -> String {
    let seconds = ((now_ms - from_ms) / 1000.0).max(0.0) as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let mut shown = String::new();
    if hours > 0 {
        shown = [&hours.to_string(), ":"].concat();
    }
    for (number, mark) in [(minutes, ":"), (seconds, "")] {
        if number < 10 && !shown.is_empty() {
            shown.push('0');
        }
        shown.push_str(&number.to_string());
        shown.push_str(mark);
    }
    shown
}
