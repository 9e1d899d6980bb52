//! Rounding to digits and to integers.

use ferroflex_state::{BigInt, Value};

use super::number::{Number, integer};

/// From here on a double is given as a double: the browser does not tell it from an integer.
const EXACT_MAX: f64 = 9_007_199_254_740_992.0;

/// Digits that a number is rounded to at most, as in the browser.
const DIGITS_MAX: i64 = 100;

/// A float without a fraction as an integer.
#[expect(clippy::cast_possible_truncation, reason = "checked to be exact")]
pub(super) fn whole(number: f64) -> Value {
    if number.abs() < EXACT_MAX {
        Value::Int(number as i64)
    } else {
        Value::Float(number)
    }
}

/// `round(value, digits)`: halves go to the even neighbour.
pub(super) fn round(value: &Value, digits: i64) -> Value {
    match Number::of(value) {
        Number::Int(number) if digits >= 0 => integer(number),
        Number::Int(number) => integer(round_integer(&number, digits)),
        Number::Float(number) if digits == 0 => Value::Float(number.round_ties_even() + 0.0),
        Number::Float(number) => Value::Float(round_float(number, digits)),
    }
}

fn round_float(number: f64, digits: i64) -> f64 {
    if !number.is_finite() {
        return number;
    }
    if digits < 0 {
        let unit = 10f64.powi(i32::try_from(-digits).unwrap_or(i32::MAX));
        return (number / unit).round_ties_even() * unit;
    }
    let digits = usize::try_from(digits.min(DIGITS_MAX)).unwrap_or_default();
    format!("{number:.digits$}").parse().unwrap_or(number)
}

fn round_integer(number: &BigInt, digits: i64) -> BigInt {
    let zeros = u32::try_from(digits.unsigned_abs().min(DIGITS_MAX.unsigned_abs()));
    let unit = BigInt::from(10).pow(zeros.unwrap_or_default());
    let (zero, two) = (BigInt::from(0), BigInt::from(2));
    let mut quotient = number / &unit;
    let mut rest = number - &quotient * &unit;
    if rest < zero {
        quotient -= 1;
        rest += &unit;
    }
    let twice = &rest * &two;
    let odd = &quotient % &two != zero;
    if twice > unit || (twice == unit && odd) {
        quotient += 1;
    }
    quotient * unit
}
