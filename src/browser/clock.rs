//! What time it is, and randomness.

use wasm_bindgen::prelude::*;

use crate::core::time::{Moment, Now};

#[wasm_bindgen]
extern "C" {
    /// Milliseconds since the page began, by a clock that is never set.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn monotonic_ms() -> f64;
}

/// Both clocks of the page, and a random number.
pub fn now() -> Now {
    Now { unix_ms: js_sys::Date::now(), mono_ms: monotonic_ms(), random: js_sys::Math::random() }
}

/// The time of day where the agent is, such as `10:04`.
pub fn time_of_day(moment: Moment) -> String {
    let date = js_sys::Date::new(&moment.unix_ms.into());
    let [hours, minutes] = [date.get_hours(), date.get_minutes()].map(two_digits);
    [&hours, ":", &minutes].concat()
}

fn two_digits(number: u32) -> String {
    [number / 10, number % 10].into_iter().filter_map(|digit| char::from_digit(digit, 10)).collect()
}
