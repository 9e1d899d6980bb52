//! Attributes, keys and positions; what is missing is None.

use std::borrow::Cow;

use ferroflex_state::{Dict, DictKey, Value};

use super::{convert, write};

/// The value of the key that has this name in the browser.
pub(super) fn entry<'d>(entries: &'d Dict, name: &str) -> Option<&'d Value> {
    if let Some(value) = entries.get(&DictKey::Str(name.to_owned())) {
        return Some(value);
    }
    let other = |key: &DictKey| !matches!(key, DictKey::Str(_)) && key.name() == name;
    let found = entries.iter().find(|(key, _)| other(key));
    found.map(|(_, value)| value)
}

/// The name that a key has in the browser.
pub(super) fn key_name(key: &Value) -> String {
    match convert::plain(key) {
        Value::Bool(truth) => truth.to_string(),
        Value::None => "null".to_owned(),
        other => write::plain_string(other),
    }
}

/// A field of an object, or a key of a dictionary.
pub(super) fn attribute<'v>(of: Cow<'v, Value>, name: &str) -> Cow<'v, Value> {
    project(of, |of| entry(convert::entries(of)?, name))
}

/// `of[index]`; negative positions count from the end.
pub(super) fn index<'v>(of: Cow<'v, Value>, index: &Value) -> Cow<'v, Value> {
    if let Some(text) = convert::text(&of) {
        let letters: Vec<char> = text.chars().collect();
        let letter = place(letters.len(), index).map(|place| Value::Str(letters[place].into()));
        return Cow::Owned(letter.unwrap_or(Value::None));
    }
    if let Value::Bytes(bytes) = convert::plain(&of) {
        let byte = place(bytes.len(), index).map(|place| Value::Int(bytes[place].into()));
        return Cow::Owned(byte.unwrap_or(Value::None));
    }
    if convert::items(&of).is_some() {
        return project(of, |of| {
            let items = convert::items(of)?;
            items.get(place(items.len(), index)?)
        });
    }
    let name = key_name(index);
    attribute(of, &name)
}

/// A position from the start, if there is such a one.
fn place(length: usize, index: &Value) -> Option<usize> {
    let position = convert::position(index).unwrap_or_default();
    let length_signed = i64::try_from(length).ok()?;
    let from_start = if position < 0 {
        position + length_signed
    } else {
        position
    };
    let place = usize::try_from(from_start).ok()?;
    (place < length).then_some(place)
}

/// A part of a value, borrowed where the value is; None where there is no such part.
fn project<'v>(
    of: Cow<'v, Value>,
    part: impl for<'p> Fn(&'p Value) -> Option<&'p Value>,
) -> Cow<'v, Value> {
    match of {
        Cow::Borrowed(of) => part(of).map_or(Cow::Owned(Value::None), Cow::Borrowed),
        Cow::Owned(of) => Cow::Owned(part(&of).cloned().unwrap_or(Value::None)),
    }
}
