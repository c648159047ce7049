//! How long is waited before what failed is tried again.

use flex_glance::core::retry::{Pace, Retry};
use proptest::{prelude::*, sample::select};

use crate::common::{NOW, at};

/// The waits of so many failures in a row, in milliseconds.
fn waits(pace: Pace, failures: usize, jitter: f64) -> Vec<f64> {
    let mut retry = Retry::default();
    (0..failures)
        .map(|_| {
            retry = retry.failed(pace, 0, NOW, jitter);
            retry.deadline() - NOW.mono_ms
        })
        .collect()
}

#[test]
fn what_mends_itself_is_waited_for_a_second_and_doubling_up_to_a_minute() {
    let expected =
        [1_000.0, 2_000.0, 4_000.0, 8_000.0, 16_000.0, 32_000.0, 60_000.0, 60_000.0, 60_000.0];
    assert_eq!(waits(Pace::Quick, 9, 0.0), expected);
    assert_eq!(waits(Pace::Quick, 100, 0.0)[99], 60_000.0);
}

#[test]
fn what_somebody_has_to_mend_is_waited_for_half_a_minute_and_doubling_up_to_ten() {
    let expected = [30_000.0, 60_000.0, 120_000.0, 240_000.0, 480_000.0, 600_000.0, 600_000.0];
    assert_eq!(waits(Pace::Slow, 7, 0.0), expected);
}

#[test]
fn jitter_takes_away_up_to_half() {
    assert_eq!(waits(Pace::Quick, 3, 0.5)[2], 3_000.0);
    assert_eq!(waits(Pace::Quick, 3, 1.0)[2], 2_000.0);
}

#[test]
fn whoever_asks_to_be_left_alone_is_left_alone_before_the_wait_begins() {
    let retry = Retry::default().failed(Pace::Quick, 5_000, NOW, 0.0);
    assert_eq!(retry.deadline(), NOW.after(6_000.0));
    assert!(!retry.is_due(at(5_999.0)) && retry.is_due(at(6_000.0)));
}

#[test]
fn nobody_is_left_alone_for_more_than_an_hour() {
    let retry = Retry::default().failed(Pace::Quick, u32::MAX, NOW, 0.0);
    assert_eq!(retry.deadline(), NOW.after(3_601_000.0));
}

#[test]
fn a_retry_can_be_hastened_and_keeps_its_failures() {
    let retry = Retry::default().failed(Pace::Slow, 0, NOW, 0.0);
    let hastened = retry.hastened(at(1_000.0), 2_000.0);
    assert_eq!((hastened.deadline(), hastened.failures), (NOW.after(3_000.0), 1));
    // But not put off.
    assert_eq!(retry.hastened(at(29_000.0), 5_000.0), retry);
}

#[test]
fn whoever_shares_a_wait_has_no_failures_of_its_own() {
    let retry = Retry::default().failed(Pace::Quick, 5_000, NOW, 0.0);
    let shared = retry.wait_only();
    assert_eq!((shared.failures, shared.deadline()), (0, retry.deadline()));
}

#[test]
fn what_never_failed_is_due() {
    assert!(Retry::default().is_due(NOW));
}

fn paces() -> impl Strategy<Value = (Pace, f64, f64)> {
    select(vec![(Pace::Quick, 500.0, 60_000.0), (Pace::Slow, 15_000.0, 600_000.0)])
}

proptest! {
    #[test]
    fn a_wait_has_its_bounds(
        (pace, shortest_ms, longest_ms) in paces(),
        failures in 1..60_usize,
        jitter in any::<f64>().prop_filter("a number", |jitter| !jitter.is_nan()),
    ) {
        for wait_ms in waits(pace, failures, jitter) {
            prop_assert!((shortest_ms..=longest_ms).contains(&wait_ms), "{wait_ms}");
        }
    }

    #[test]
    fn with_the_same_luck_a_later_failure_waits_no_less(
        (pace, ..) in paces(),
        jitter in 0.0..1.0,
    ) {
        let waits = waits(pace, 40, jitter);
        prop_assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]), "{waits:?}");
    }
}
