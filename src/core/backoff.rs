//! How long to wait before trying again.

/// The first wait, in milliseconds.
const FIRST_MS: f64 = 1_000.0;
/// The longest wait, in milliseconds.
const LONGEST_MS: f64 = 60_000.0;

/// The wait before attempt `attempt` (0 is the first repetition), in milliseconds: it doubles up to
/// a minute, and `jitter` (0 up to 1) takes away up to half of it, so that many pages that lost the
/// same server do not come back at once.
pub fn delay_ms(attempt: u32, jitter: f64) -> u32 {
    let doubled = FIRST_MS * 2_f64.powi(attempt.min(16) as i32);
    (doubled.min(LONGEST_MS) * (1.0 - jitter.clamp(0.0, 1.0) / 2.0)) as u32
}
