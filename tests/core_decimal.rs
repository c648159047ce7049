//! Whole numbers in digits.

use flex_glance::core::decimal::decimal;
use proptest::prelude::*;

#[test]
fn the_ends_of_the_range_are_written_out() {
    for number in [i64::MIN, -10, -1, 0, 9, 10, i64::MAX] {
        assert_eq!(decimal(number), number.to_string());
    }
}

proptest! {
    #[test]
    fn any_number_reads_as_the_standard_library_writes_it(number in any::<i64>()) {
        prop_assert_eq!(decimal(number), number.to_string());
    }
}
