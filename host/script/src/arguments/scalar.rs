//! Numbers, truth values, dates and their like out of what browsers send.
//!
//! Not here: which of them is asked for (`kind.rs`).

use ferroflex_state::{TextKind, Value};
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use rustpython_vm::{
    PyObjectRef, VirtualMachine,
    function::{FuncArgs, KwArgs},
};

use crate::limits::INTEGER_DIGITS_MAX;

/// The largest integer that a double holds without a gap below it, 2^53 - 1.
const WHOLE_MAX: f64 = 9_007_199_254_740_991.0;

/// What the text says of a truth value: what Python and JavaScript write, and a form's checkbox.
pub(super) fn truth(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "on" => Some(true),
        "false" | "off" => Some(false),
        _ => None,
    }
}

/// Whether a form's checkbox with this value is ticked: it may have a value of its own, and one
/// that stands for "no" is that of a field that only says so.
pub(super) fn is_ticked(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    !["", "0", "false", "n", "no", "off"].contains(&&*text)
}

/// The integer that a number or a text stands for exactly.
pub(super) fn integer(value: &Value) -> Option<Value> {
    match value {
        Value::Int(_) | Value::BigInt(_) => Some(value.clone()),
        Value::Float(number) => whole(*number),
        Value::Str(text) => {
            let text = text.trim();
            let small = text.parse().map(Value::Int).ok();
            small.or_else(|| {
                let digits = Some(text).filter(|text| text.len() <= INTEGER_DIGITS_MAX);
                digits?.parse::<BigInt>().map(Value::BigInt).ok()
            })
        }
        _ => None,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "checked to be whole and within the range"
)]
fn whole(number: f64) -> Option<Value> {
    let fits = number.fract() == 0.0 && number.abs() <= WHOLE_MAX;
    fits.then(|| Value::Int(number as i64))
}

/// The double that a number or a text stands for. Text is of finite numbers only: NaN and the
/// infinities have a form of their own on the wire.
pub(super) fn float(value: &Value) -> Option<Value> {
    let number = match value {
        Value::Float(number) => *number,
        Value::Int(number) => number.to_f64()?,
        Value::BigInt(number) => number.to_f64().filter(|number| number.is_finite())?,
        Value::Str(text) => {
            let number: f64 = text.trim().parse().ok()?;
            Some(number).filter(|number| number.is_finite())?
        }
        _ => return None,
    };
    Some(Value::Float(number))
}

/// The object of `class` that a text stands for; none for what is no text of it. A `Decimal` is
/// also made of a number, as JavaScript writes it.
pub(super) fn text_object(
    kind: TextKind,
    class: &PyObjectRef,
    value: &Value,
    vm: &VirtualMachine,
) -> Option<PyObjectRef> {
    let text = match (kind, value) {
        (_, Value::Str(text)) => text.trim().to_owned(),
        (TextKind::Decimal, Value::Int(number)) => number.to_string(),
        (TextKind::Decimal, Value::Float(number)) => number.to_string(),
        (TextKind::Decimal, Value::BigInt(number)) => number.to_string(),
        _ => return None,
    };
    let made = match kind {
        TextKind::DateTime | TextKind::Date | TextKind::Time => {
            vm.call_method(class, "fromisoformat", (text,))
        }
        TextKind::Decimal | TextKind::Uuid => class.call((text,), vm),
        TextKind::TimeDelta => {
            let parts = duration(&text)?
                .map(|(name, count)| (name.to_owned(), vm.ctx.new_float(count).into()));
            class.call(FuncArgs::from(KwArgs::from_iter(parts)), vm)
        }
    };
    // What the class does not take is no text of it: its complaint says no more than that.
    made.ok()
}

/// The parts of a `timedelta` as Python writes it: `2 days, 3:04:05.678`, `-1 day, 0:00:00`.
fn duration(text: &str) -> Option<[(&'static str, f64); 4]> {
    let (days, clock) = match text.split_once(',') {
        Some((days, clock)) => {
            let count = days.trim().trim_end_matches("days").trim_end_matches("day");
            (count.trim().parse::<i32>().ok()?, clock.trim())
        }
        None => (0, text),
    };
    let mut parts = clock.split(':');
    let hours: u32 = parts.next()?.parse().ok()?;
    let minutes: u32 = parts.next()?.parse().ok()?;
    let seconds: f64 = parts.next().unwrap_or("0").parse().ok()?;
    let is_clock = parts.next().is_none() && minutes < 60 && (0.0..60.0).contains(&seconds);
    is_clock.then_some([
        ("days", f64::from(days)),
        ("hours", f64::from(hours)),
        ("minutes", f64::from(minutes)),
        ("seconds", seconds),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_the_number_that_it_writes() {
        let text = |text: &str| Value::Str(text.to_owned());
        assert_eq!(integer(&text("12")), Some(Value::Int(12)));
        assert_eq!(integer(&text(" -3 ")), Some(Value::Int(-3)));
        assert_eq!(integer(&Value::Float(4.0)), Some(Value::Int(4)));
        assert_eq!(integer(&Value::Float(1e300)), None);
        for wrong in [
            "abc",
            "",
            "1.5",
            "1e3",
            "0x10",
            &"9".repeat(INTEGER_DIGITS_MAX + 1),
        ] {
            assert_eq!(integer(&text(wrong)), None, "{wrong}");
        }
        assert_eq!(float(&text("1.5")), Some(Value::Float(1.5)));
        assert_eq!(float(&Value::Int(2)), Some(Value::Float(2.0)));
        for wrong in ["nan", "inf", "", "1,5"] {
            assert_eq!(float(&text(wrong)), None, "{wrong}");
        }
    }

    #[test]
    fn a_duration_is_read_as_python_writes_it() {
        let parts = |text| duration(text).map(|parts| parts.map(|(_, count)| count));
        assert_eq!(parts("0:01:30"), Some([0.0, 0.0, 1.0, 30.0]));
        assert_eq!(parts("-1 day, 2:03:04.5"), Some([-1.0, 2.0, 3.0, 4.5]));
        assert_eq!(parts("30 days, 0:00:00"), Some([30.0, 0.0, 0.0, 0.0]));
        for wrong in [
            "",
            "90",
            "1:60:00",
            "1:00:00:00",
            "one day, 1:00:00",
            "-1:00:00",
        ] {
            assert_eq!(parts(wrong), None, "{wrong}");
        }
    }
}
