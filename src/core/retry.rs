//! When to try again what failed: one policy for login keys, authorization and connections.

use crate::core::time::Now;

/// Whoever asks to be left alone for longer than this, in milliseconds, is wrong, or will ask again.
const LONGEST_RETRY_AFTER_MS: f64 = 3_600_000.0;

/// How soon, and how far apart, tries follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// For what mends itself: after a second first, a minute at the most.
    Quick,
    /// For what somebody has to mend: after half a minute first, ten minutes at the most.
    Slow,
}

/// How often something failed in a row, and when it may be tried again.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Retry {
    /// Failures since the last success.
    pub failures: u32,
    /// By the monotonic clock.
    not_before_ms: f64,
}

impl Retry {
    /// Notes a failure.
    /// * `retry_after_ms`: how long the other side asked to be left alone; comes before the wait, and
    ///   counts for an hour at the most.
    /// * `jitter`: 0 up to 1.
    #[must_use]
    pub fn failed(self, pace: Pace, retry_after_ms: u32, now: Now, jitter: f64) -> Self {
        let delay_ms = f64::from(retry_after_ms).min(LONGEST_RETRY_AFTER_MS)
            + delay_ms(pace, self.failures, jitter);
        Self { failures: self.failures + 1, not_before_ms: now.after(delay_ms) }
    }

    /// The same, but due at once: the agent asks for it, or what failed has changed.
    #[must_use]
    pub fn hastened(self, now: Now, delay_ms: f64) -> Self {
        Self { not_before_ms: self.not_before_ms.min(now.after(delay_ms)), ..self }
    }

    /// The wait of another's failures, with none of its own.
    #[must_use]
    pub fn wait_only(self) -> Self {
        Self { failures: 0, ..self }
    }

    pub fn is_due(self, now: Now) -> bool {
        now.is_past(self.not_before_ms)
    }

    /// By the monotonic clock.
    pub fn deadline(self) -> f64 {
        self.not_before_ms
    }
}

/// The wait before the next try, in milliseconds. It doubles with every failure, and `jitter` takes away
/// up to half of it, so that many pages that lost the same server do not come back at once.
fn delay_ms(pace: Pace, failures: u32, jitter: f64) -> f64 {
    let (first_ms, longest_ms) = match pace {
        Pace::Quick => (1_000.0, 60_000.0),
        Pace::Slow => (30_000.0, 600_000.0),
    };
    let doubled_ms = first_ms * 2_f64.powi(failures.min(16) as i32);
    doubled_ms.min(longest_ms) * (1.0 - jitter.clamp(0.0, 1.0) / 2.0)
}
