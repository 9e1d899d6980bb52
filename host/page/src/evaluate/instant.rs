//! Dates, times and durations, which are texts in the browser, compared by what they name.

use std::cmp::Ordering;

use ferroflex_state::Value;

use super::{compare, convert};
use crate::types::Type;

/// Whether both types are dates or times.
pub(crate) fn are_dates(left: &Type, right: &Type) -> bool {
    left.without_none() == Type::DateTime && right.without_none() == Type::DateTime
}

/// The order of two dates, two times or two durations. A date is its midnight, a time without a
/// zone that of Greenwich. Texts that are none of these have the order of texts.
pub(super) fn order(a: &Value, b: &Value) -> Option<Ordering> {
    let moment = |value| convert::text(value).and_then(microseconds);
    match moment(a).zip(moment(b)) {
        Some((a, b)) => Some(a.cmp(&b)),
        None => compare::order(a, b),
    }
}

const SECOND: i128 = 1_000_000;
const DAY: i128 = 86_400 * SECOND;

/// The microseconds of a text that Python's `str()` of a date, time or duration gives.
fn microseconds(text: &str) -> Option<i128> {
    let days = |text: &str| Some(days_since_1970(text)? * DAY);
    if let Some((count, time)) = text.split_once(" day") {
        let time = time.trim_start_matches('s').trim_start_matches(", ");
        let count: i128 = count.trim().parse().ok()?;
        let time = if time.is_empty() { 0 } else { clock(time)? };
        return Some(count * DAY + time);
    }
    match text.split_once([' ', 'T']) {
        Some((date, time)) => Some(days(date)? + clock(time)?),
        None => days(text).or_else(|| clock(text)),
    }
}

/// `hours:minutes[:seconds[.fraction]]` with an offset to subtract, if one is written.
fn clock(text: &str) -> Option<i128> {
    let text = text.strip_suffix('Z').unwrap_or(text);
    let (text, offset) = match text.rfind(['+', '-']) {
        Some(sign) => (&text[..sign], signed_clock(&text[sign..])?),
        None => (text, 0),
    };
    plain_clock(text).map(|time| time - offset)
}

fn signed_clock(text: &str) -> Option<i128> {
    let time = plain_clock(&text[1..])?;
    Some(if text.starts_with('-') { -time } else { time })
}

fn plain_clock(text: &str) -> Option<i128> {
    let mut parts = text.split(':');
    let hours: i128 = parts.next()?.parse().ok()?;
    let minutes: i128 = parts.next()?.parse().ok()?;
    let (seconds, fraction) = match parts.next() {
        Some(seconds) => seconds.split_once('.').unwrap_or((seconds, "")),
        None => ("0", ""),
    };
    let seconds: i128 = seconds.parse().ok()?;
    let fraction: i128 = format!("{fraction:0<6.6}").parse().ok()?;
    let whole = hours * 3600 + minutes * 60 + seconds;
    parts.next().is_none().then_some(whole * SECOND + fraction)
}

/// The days from 1970 to a date of the Gregorian calendar, by counting from March on, so that leap
/// days end a year.
fn days_since_1970(text: &str) -> Option<i128> {
    let mut parts = text.split('-').map(|part| part.parse::<i128>().ok());
    let [year, month, day] = [parts.next()??, parts.next()??, parts.next()??];
    if parts.next().is_some() {
        return None;
    }
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(year * 365 + leap_days + (month * 153 + 2) / 5 + day - 719_469)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_dates_times_and_durations() {
        let cases = [
            ("1970-01-01", Some(0)),
            ("1970-01-02 00:00:00.5", Some(DAY + SECOND / 2)),
            ("2026-11-22 14:00:00+02:00", Some(1_795_348_800 * SECOND)),
            ("2026-11-22T12:00:00Z", Some(1_795_348_800 * SECOND)),
            ("00:00:01", Some(SECOND)),
            ("2 days, 0:00:01", Some(2 * DAY + SECOND)),
            ("-1 day, 23:59:59", Some(-SECOND)),
            ("1 day, 0:00:00", Some(DAY)),
            ("soon", None),
        ];
        for (text, expected) in cases {
            assert_eq!(microseconds(text), expected, "{text}");
        }
    }
}
