//! Strings and lists by position, and what is gone through item by item.

use ferroflex_state::Value;

use super::{Size, convert};
use crate::PageError;

/// The items of a list, the letters of a string, the keys of a dictionary; of anything else none.
pub(super) fn iterate(value: &Value) -> Vec<Value> {
    if let Some(items) = convert::items(value) {
        return items.to_vec();
    }
    if let Some(text) = convert::text(value) {
        return text
            .chars()
            .map(|letter| Value::Str(letter.into()))
            .collect();
    }
    let keys = convert::entries(value).map(|entries| entries.keys());
    let keys = keys.map(|keys| keys.map(|key| Value::Str(key.name().into_owned())));
    keys.map(Iterator::collect).unwrap_or_default()
}

/// A string or a list `times` times.
pub(super) fn repeat(of: &Value, times: &Value, size: &Size) -> Result<Value, PageError> {
    let times = convert::position(times).unwrap_or_default().max(0);
    let times = usize::try_from(times).unwrap_or(usize::MAX);
    if let Some(text) = convert::text(of) {
        size.add(text.len().saturating_mul(times))?;
        return Ok(Value::Str(text.repeat(times)));
    }
    let items = convert::items(of).unwrap_or_default();
    size.add(items.len().saturating_mul(times))?;
    let count = items.len() * times;
    Ok(Value::List(
        items.iter().cycle().take(count).cloned().collect(),
    ))
}

/// `list(range(start, stop, step))`.
pub(super) fn range(bounds: [i64; 3], size: &Size) -> Result<Value, PageError> {
    let [first, end, step] = bounds.map(i128::from);
    let count = match step {
        0 => 0,
        1.. => (end - first + step - 1).div_euclid(step),
        _ => (first - end - step - 1).div_euclid(-step),
    };
    let count = usize::try_from(count.max(0)).unwrap_or(usize::MAX);
    size.add(count)?;
    let numbers = (0..).map(|position| first + position * step).take(count);
    let values = numbers.map(|number| Value::Int(i64::try_from(number).unwrap_or_default()));
    Ok(Value::List(values.collect()))
}

/// `value[start:stop:step]`; of what has no positions the empty list.
pub(super) fn slice(value: &Value, bounds: [Option<i64>; 3]) -> Value {
    if let Some(text) = convert::text(value) {
        let letters: Vec<char> = text.chars().collect();
        let picked = positions(letters.len(), bounds).into_iter();
        return Value::Str(picked.map(|position| letters[position]).collect());
    }
    if let Value::Bytes(bytes) = convert::plain(value) {
        let picked = positions(bytes.len(), bounds).into_iter();
        return Value::Bytes(picked.map(|position| bytes[position]).collect());
    }
    let items = convert::items(value).unwrap_or_default();
    let picked = positions(items.len(), bounds).into_iter();
    Value::List(picked.map(|position| items[position].clone()).collect())
}

/// The positions that a slice picks out of `length`.
#[expect(clippy::similar_names, reason = "Python's own names of the bounds")]
fn positions(length: usize, [start, stop, step]: [Option<i64>; 3]) -> Vec<usize> {
    let length = i128::try_from(length).unwrap_or(i128::MAX);
    let step = i128::from(step.unwrap_or(1));
    if step == 0 {
        return Vec::new();
    }
    let (low, high) = if step > 0 {
        (0, length)
    } else {
        (-1, length - 1)
    };
    let bound = |given: Option<i64>, otherwise: i128| match given.map(i128::from) {
        None => otherwise,
        Some(given) if given < 0 => (given + length).clamp(low, high),
        Some(given) => given.clamp(low, high),
    };
    let (first, last) = if step > 0 { (low, high) } else { (high, low) };
    let (mut position, end) = (bound(start, first), bound(stop, last));
    let mut picked = Vec::new();
    while (step > 0 && position < end) || (step < 0 && position > end) {
        picked.extend(usize::try_from(position));
        position += step;
    }
    picked
}
