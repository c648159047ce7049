//! How long something has lasted, for a person.

use flex_glance::core::elapsed::format;
use proptest::prelude::*;

#[test]
fn minutes_and_seconds_are_shown_below_one_hour() {
    for (ms, shown) in [
        (0.0, "0:00"),
        (999.0, "0:00"),
        (1_000.0, "0:01"),
        (59_999.0, "0:59"),
        (60_000.0, "1:00"),
        (61_000.0, "1:01"),
        (600_000.0, "10:00"),
        (3_599_999.0, "59:59"),
    ] {
        assert_eq!(format(ms), shown);
    }
}

#[test]
fn hours_are_shown_from_one_hour_on() {
    for (s, shown) in [
        (3_600.0, "1:00:00"),
        (3_661.0, "1:01:01"),
        (35_999.0, "9:59:59"),
        (36_000.0, "10:00:00"),
        (360_000.0, "100:00:00"),
    ] {
        assert_eq!(format(s * 1_000.0), shown);
    }
}

#[test]
fn less_than_no_time_shows_zero() {
    for ms in [-1.0, -5_000.0, f64::NEG_INFINITY] {
        assert_eq!(format(ms), "0:00");
    }
}

#[test]
fn a_time_that_is_no_number_shows_zero() {
    assert_eq!(format(f64::NAN), "0:00");
}

proptest! {
    #[test]
    fn any_time_shows_fields_of_two_digits_after_the_first(elapsed_ms in any::<f64>()) {
        let shown = format(elapsed_ms);
        let mut fields = shown.split(':');
        prop_assert!(fields.next().is_some_and(|first| first.parse::<u64>().is_ok()));
        let rest: Vec<_> = fields.collect();
        prop_assert!((1..=2).contains(&rest.len()));
        prop_assert!(rest.iter().all(|field| field.len() == 2 && field.parse::<u8>().is_ok_and(|n| n < 60)));
    }
}
