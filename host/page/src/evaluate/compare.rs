//! Comparisons: equality by value, order of numbers, strings and lists.

use std::cmp::Ordering;

use ferroflex_state::{Dict, Value};

use super::{
    access,
    convert::{entries, items, plain, text},
    number::{Number, is_number},
};

/// `a == b`.
pub(super) fn equal(a: &Value, b: &Value) -> bool {
    let (a, b) = (plain(a), plain(b));
    if is_number(a) && is_number(b) {
        return order(a, b) == Some(Ordering::Equal);
    }
    if let Some((a, b)) = text(a).zip(text(b)) {
        return a == b;
    }
    if let Some((a, b)) = items(a).zip(items(b)) {
        return a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b));
    }
    match (a, b) {
        (Value::None, Value::None) => true,
        (Value::Bytes(a), Value::Bytes(b)) => a == b,
        _ => entries(a).zip(entries(b)).is_some_and(same_entries),
    }
}

fn same_entries((a, b): (&Dict, &Dict)) -> bool {
    let same = |(key, value): (&ferroflex_state::DictKey, &Value)| {
        access::entry(b, &key.name()).is_some_and(|other| equal(value, other))
    };
    a.len() == b.len() && a.iter().all(same)
}

/// The order of two values; none when they have none.
pub(super) fn order(a: &Value, b: &Value) -> Option<Ordering> {
    let (a, b) = (plain(a), plain(b));
    if is_number(a) && is_number(b) {
        return match (Number::of(a), Number::of(b)) {
            (Number::Int(a), Number::Int(b)) => Some(a.cmp(&b)),
            (a, b) => a.float().partial_cmp(&b.float()),
        };
    }
    if let Some((a, b)) = text(a).zip(text(b)) {
        return Some(a.cmp(b));
    }
    let (a, b) = items(a).zip(items(b))?;
    let differs = a.iter().zip(b).find(|(a, b)| !equal(a, b));
    match differs {
        Some((a, b)) => order(a, b),
        None => Some(a.len().cmp(&b.len())),
    }
}
