//! Moments by two clocks.
//!
//! A page's clock (Unix time) can be wrong and can be set while the page runs; the monotonic clock
//! cannot, but may stand still while the machine sleeps. So durations that a person sees, and the
//! time-outs of what a person waits for, go by the monotonic clock alone. What runs out (a login
//! key, an authorization) has run out as soon as either clock says so.

/// What the clocks say now, and a random number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Now {
    /// Unix time by the page's clock, in milliseconds.
    pub unix_ms: f64,
    /// Milliseconds by a clock that never goes back (`performance.now()`).
    pub mono_ms: f64,
    /// From 0 up to 1.
    pub random: f64,
}

/// A moment in the past, by both clocks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    pub unix_ms: f64,
    pub mono_ms: f64,
}

impl Now {
    pub fn moment(self) -> Moment {
        Moment { unix_ms: self.unix_ms, mono_ms: self.mono_ms }
    }

    /// The deadline that is `delay_ms` away, by the monotonic clock.
    pub fn after(self, delay_ms: f64) -> f64 {
        self.mono_ms + delay_ms
    }

    /// Whether a deadline by the monotonic clock has come.
    pub fn is_past(self, deadline_ms: f64) -> bool {
        self.mono_ms >= deadline_ms
    }

    /// One of many random numbers from 0 up to 1, for the things that one event sets off: each
    /// `index` gives another number.
    pub fn random_of(self, index: usize) -> f64 {
        // Steps of the golden ratio spread evenly, whatever number they start from.
        (self.random + index as f64 * 0.618_033_988_749_895).fract()
    }
}

impl Moment {
    /// How long ago it was by the monotonic clock, in milliseconds; never negative.
    pub fn elapsed_ms(self, now: Now) -> f64 {
        (now.mono_ms - self.mono_ms).max(0.0)
    }

    /// The deadline that is `delay_ms` after it, by the monotonic clock.
    pub fn after(self, delay_ms: f64) -> f64 {
        self.mono_ms + delay_ms
    }

    /// Whether `age_ms` have passed by either clock: from the very moment of `after(age_ms)` on, which a
    /// difference of two moments may miss by rounding.
    pub fn is_past(self, age_ms: f64, now: Now) -> bool {
        now.is_past(self.after(age_ms)) || now.unix_ms - self.unix_ms >= age_ms
    }

    /// How long ago it was by the clock that says more, in milliseconds; never negative.
    pub fn longest_elapsed_ms(self, now: Now) -> f64 {
        self.elapsed_ms(now).max(now.unix_ms - self.unix_ms)
    }
}

/// The earlier of two deadlines.
pub fn earliest(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    }
}
