//! Moments by two clocks, and the numbers by which late answers are told.

use flex_glance::core::{
    ids::{ConnectionId, Ids, RequestId, TaskSid, short_hash},
    time::{Now, earliest},
};
use proptest::prelude::*;

use crate::common::{NOW, at};

#[test]
fn a_deadline_has_come_by_the_monotonic_clock_alone() {
    let deadline_ms = NOW.after(1_000.0);
    assert!(!at(999.0).is_past(deadline_ms) && at(1_000.0).is_past(deadline_ms));
    assert!(!Now { unix_ms: NOW.unix_ms + 1e9, ..NOW }.is_past(deadline_ms));
}

#[test]
fn a_duration_goes_by_the_monotonic_clock_alone() {
    let since = NOW.moment();
    assert_eq!(since.elapsed_ms(Now { unix_ms: 0.0, ..at(1_000.0) }), 1_000.0);
    assert_eq!(since.elapsed_ms(at(-1_000.0)), 0.0);
}

#[test]
fn what_runs_out_has_run_out_as_soon_as_either_clock_says_so() {
    let since = NOW.moment();
    let set = |unix_ms: f64, mono_ms: f64| Now {
        unix_ms: NOW.unix_ms + unix_ms,
        mono_ms: NOW.mono_ms + mono_ms,
        ..NOW
    };
    for (unix_ms, mono_ms, is_older) in [
        (999.0, 999.0, false),
        (1_000.0, 0.0, true),
        (0.0, 1_000.0, true),
        (-1e9, 1_000.0, true),
        (-1e9, 999.0, false),
        (1e9, 0.0, true),
    ] {
        assert_eq!(since.is_older_than(1_000.0, set(unix_ms, mono_ms)), is_older);
    }
}

#[test]
fn the_earlier_of_two_deadlines_is_next() {
    assert_eq!(earliest(Some(1.0), Some(2.0)), Some(1.0));
    assert_eq!(earliest(Some(2.0), Some(1.0)), Some(1.0));
    assert_eq!(earliest(None, Some(1.0)), Some(1.0));
    assert_eq!(earliest(Some(1.0), None), Some(1.0));
    assert_eq!(earliest(None, None), None);
}

#[test]
fn no_number_is_given_out_twice_whatever_it_is_for() {
    let mut ids = Ids::default();
    let (first, second): (RequestId, ConnectionId) = (ids.issue(), ids.issue());
    assert_ne!(first.0, second.0);
}

#[test]
fn the_log_tells_two_tasks_apart_and_names_neither() {
    let shown = |sid: &str| format!("{:?}", TaskSid::from(sid));
    assert_ne!(shown("WR0123"), shown("WR0124"));
    assert_eq!(shown("WR0123"), shown("WR0123"));
    assert!(!shown("WR0123").contains("0123"));
    // The folded FNV-1a hash of nothing, and of a known text.
    assert_eq!((short_hash(""), short_hash("a")), ("#1cd9".to_owned(), "#cd20".to_owned()));
}

proptest! {
    #[test]
    fn a_deadline_that_has_come_is_over(mono_ms in 0.0..1e10, age_ms in 0.0..1e8) {
        let since = Now { mono_ms, ..NOW }.moment();
        let due = Now { mono_ms: since.after(age_ms), ..NOW };
        prop_assert!(since.is_older_than(age_ms, due));
    }

    #[test]
    fn many_numbers_of_one_event_are_spread(random in 0.0..1.0) {
        let now = Now { random, ..NOW };
        let mut numbers: Vec<_> = (0..10).map(|index| now.random_of(index)).collect();
        prop_assert!(numbers.iter().all(|number| (0.0..1.0).contains(number)));
        numbers.sort_by(f64::total_cmp);
        prop_assert!(numbers.windows(2).all(|pair| pair[1] - pair[0] > 0.02), "{:?}", numbers);
    }
}
