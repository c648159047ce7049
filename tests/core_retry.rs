//! How long is waited before trying again.

use flex_glance::core::backoff::delay_ms;
use proptest::prelude::*;

#[test]
fn the_wait_doubles_from_a_second_to_a_minute_and_stays_there() {
    let waits: Vec<_> = (0..9).map(|attempt| delay_ms(attempt, 0.0)).collect();
    assert_eq!(waits, [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    assert_eq!(delay_ms(u32::MAX, 0.0), 60_000);
}

#[test]
fn jitter_takes_away_up_to_half() {
    assert_eq!(delay_ms(2, 0.5), 3_000);
    assert_eq!(delay_ms(2, 1.0), 2_000);
}

proptest! {
    #[test]
    fn the_wait_is_never_shorter_than_half_a_second_nor_longer_than_a_minute(
        attempt in any::<u32>(),
        jitter in any::<f64>().prop_filter("a number", |jitter| !jitter.is_nan()),
    ) {
        prop_assert!((500..=60_000).contains(&delay_ms(attempt, jitter)));
    }

    #[test]
    fn with_the_same_luck_a_later_attempt_waits_no_less(
        attempt in 0..100_u32,
        jitter in 0.0..1.0,
    ) {
        prop_assert!(delay_ms(attempt, jitter) <= delay_ms(attempt + 1, jitter));
    }
}
