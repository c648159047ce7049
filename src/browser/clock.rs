//! What time it is.

/// Now, in Unix milliseconds.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}
