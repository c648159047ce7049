//! Randomness.

/// A number from 0 up to 1.
pub fn draw() -> f64 {
    js_sys::Math::random()
}
