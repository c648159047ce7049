//! How long something has lasted, for a person.

use crate::core::decimal::decimal;

/// `m:ss`, or `h:mm:ss` from one hour on. Never negative: clocks are set back now and then.
pub fn format(from_ms: f64, now_ms: f64) -> String {
    let seconds = ((now_ms - from_ms) / 1000.0).max(0.0) as i64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let mut shown = String::new();
    if hours > 0 {
        shown = [&decimal(hours), ":"].concat();
    }
    for (number, mark) in [(minutes, ":"), (seconds, "")] {
        if number < 10 && !shown.is_empty() {
            shown.push('0');
        }
        shown.push_str(&decimal(number));
        shown.push_str(mark);
    }
    shown
}
