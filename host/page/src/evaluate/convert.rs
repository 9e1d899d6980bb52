//! Truth, and values taken as texts, positions, items or entries.

use std::borrow::Cow;

use ferroflex_state::{Dict, Value};

use super::{number::Number, write};

/// The value itself; of a member of an enumeration what it stands for.
pub(super) fn plain(value: &Value) -> &Value {
    match value {
        Value::Enum { value, .. } => plain(value),
        other => other,
    }
}

/// `bool(value)`.
pub(super) fn truth(value: &Value) -> bool {
    match plain(value) {
        Value::None => false,
        Value::Bool(truth) => *truth,
        Value::Int(number) => *number != 0,
        Value::Float(number) => *number != 0.0,
        Value::Str(text) | Value::Text { text, .. } => !text.is_empty(),
        Value::Bytes(bytes) => !bytes.is_empty(),
        Value::List(items) | Value::Tuple(items) | Value::Set(items) => !items.is_empty(),
        Value::Dict(entries)
        | Value::Object {
            fields: entries, ..
        } => !entries.is_empty(),
        Value::BigInt(_) | Value::Enum { .. } => true,
    }
}

/// The text of a string or of a scalar that is a text in the browser.
pub(super) fn text(value: &Value) -> Option<&str> {
    match plain(value) {
        Value::Str(text) | Value::Text { text, .. } => Some(text),
        _ => None,
    }
}

/// The text of any value where a method wants a string: None is the empty one.
pub(super) fn as_text(value: &Value) -> Cow<'_, str> {
    match text(value) {
        Some(text) => Cow::Borrowed(text),
        None => Cow::Owned(write::shown(value)),
    }
}

/// The items of a list, a tuple or a set.
pub(super) fn items(value: &Value) -> Option<&[Value]> {
    match plain(value) {
        Value::List(items) | Value::Tuple(items) | Value::Set(items) => Some(items),
        _ => None,
    }
}

/// The entries of a dictionary or an object.
pub(super) fn entries(value: &Value) -> Option<&Dict> {
    match plain(value) {
        Value::Dict(entries)
        | Value::Object {
            fields: entries, ..
        } => Some(entries),
        _ => None,
    }
}

/// A number as a position or a count; none for None.
#[expect(
    clippy::cast_possible_truncation,
    reason = "whole parts, beyond i64 its ends"
)]
pub(super) fn position(value: &Value) -> Option<i64> {
    match plain(value) {
        Value::None => None,
        Value::Int(number) => Some(*number),
        other => Some(Number::of(other).float().trunc() as i64),
    }
}
