//! Whole numbers in digits.

/// The number in decimal digits, with a sign if it is below zero.
///
/// In place of `to_string`: the standard library's formatting, which the package is built without
/// (`scripts/package/formatting.mjs`), weighs as much as a dozen of these.
pub fn decimal(number: i64) -> String {
    let mut digits = vec![];
    let mut rest = number.unsigned_abs();
    while rest > 0 || digits.is_empty() {
        digits.push(char::from(b'0' + (rest % 10) as u8));
        rest /= 10;
    }
    if number < 0 {
        digits.push('-');
    }
    digits.iter().rev().collect()
}
