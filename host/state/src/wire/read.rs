//! Reads values and operations back from JSON: the arguments of events, and what tests and tools
//! are told. Not here: writing.

use base64::Engine as _;
use num_bigint::BigInt;
use serde_json::Value as Json;

use super::{BASE64, ESCAPE};
use crate::limits::MAX_INTEGER_DIGITS;
use crate::{Dict, DictKey, Op, Path, Step, Value, WireError};

/// The value that JSON stands for. What the wire does not keep apart comes back as the plainest
/// kind: sets and tuples as lists, objects as dictionaries, dates as strings.
///
/// An object whose only key is `$` without one of the protocol's forms behind it is taken as it
/// stands.
#[must_use]
pub fn read_value(json: Json) -> Value {
    match json {
        Json::Null => Value::None,
        Json::Bool(truth) => Value::Bool(truth),
        Json::Number(number) => read_number(&number),
        Json::String(text) => Value::Str(text),
        Json::Array(elements) => Value::List(elements.into_iter().map(read_value).collect()),
        Json::Object(object) => match read_escaped(&object) {
            Some(value) => value,
            None => Value::Dict(read_dict(object)),
        },
    }
}

/// The operation that JSON stands for.
///
/// # Errors
///
/// When it is not an array of one of the forms of the protocol.
pub fn read_op(json: Json) -> Result<Op, WireError> {
    let Json::Array(parts) = json else {
        return Err(wrong_part("form", "an array"));
    };
    let mut parts = Parts(parts.into_iter());
    let letter = parts.text("letter")?;
    let path = parts.path()?;
    let op = match letter.as_str() {
        "s" => Op::Set {
            path,
            value: read_value(parts.next("value")?),
        },
        "d" => Op::Delete { path },
        "p" => Op::Splice {
            path,
            index: parts.count("index")?,
            remove: parts.count("remove")?,
            insert: parts.array("insert")?.into_iter().map(read_value).collect(),
        },
        "m" => Op::Move {
            path,
            from: parts.count("from")?,
            count: parts.count("count")?,
            to: parts.count("to")?,
        },
        "a" => Op::Append {
            path,
            text: parts.text("text")?,
        },
        _ => return Err(WireError::UnknownOperation { letter }),
    };
    match parts.0.next() {
        None => Ok(op),
        Some(_) => Err(wrong_part("form", "without further parts")),
    }
}

fn read_number(number: &serde_json::Number) -> Value {
    if let Some(integer) = number.as_i64() {
        Value::Int(integer)
    } else if let Some(integer) = number.as_u64() {
        Value::BigInt(BigInt::from(integer))
    } else {
        // Without `arbitrary_precision` every other number is a double.
        Value::Float(number.as_f64().unwrap_or(f64::NAN))
    }
}

fn read_dict(object: serde_json::Map<String, Json>) -> Dict {
    object
        .into_iter()
        .map(|(key, value)| (DictKey::Str(key), read_value(value)))
        .collect()
}

fn read_escaped(object: &serde_json::Map<String, Json>) -> Option<Value> {
    let form = object
        .get(ESCAPE)
        .filter(|_| object.len() == 1)?
        .as_array()?;
    let [Json::String(kind), content] = form.as_slice() else {
        return None;
    };
    match (kind.as_str(), content) {
        ("int", Json::String(digits)) => read_integer(digits),
        ("float", Json::String(name)) => read_special_float(name),
        ("bytes", Json::String(text)) => BASE64.decode(text).ok().map(Value::Bytes),
        ("dict", Json::Object(inner)) => Some(Value::Dict(read_dict(inner.clone()))),
        ("form", Json::Array(entries)) => {
            let entry = |entry| read_form_entry(entry).map(|(name, v)| (DictKey::Str(name), v));
            let entries: Option<Dict> = entries.iter().map(entry).collect();
            entries.map(Value::Dict)
        }
        _ => None,
    }
}

/// The fields of a form of which some have the same name, in the order of the form, when the JSON
/// is of that kind. Read as a value, they are a dictionary with the last field of each name.
#[must_use]
pub fn read_form(json: &Json) -> Option<Vec<(String, Value)>> {
    let object = json.as_object().filter(|object| object.len() == 1)?;
    let [Json::String(kind), Json::Array(entries)] = object.get(ESCAPE)?.as_array()?.as_slice()
    else {
        return None;
    };
    if kind != "form" {
        return None;
    }
    entries.iter().map(read_form_entry).collect()
}

fn read_form_entry(entry: &Json) -> Option<(String, Value)> {
    let [Json::String(name), value] = entry.as_array()?.as_slice() else {
        return None;
    };
    Some((name.clone(), read_value(value.clone())))
}

fn read_integer(digits: &str) -> Option<Value> {
    if digits.len() > MAX_INTEGER_DIGITS {
        return None;
    }
    let small = digits.parse().map(Value::Int).ok();
    small.or_else(|| digits.parse().map(Value::BigInt).ok())
}

fn read_special_float(name: &str) -> Option<Value> {
    match name {
        "nan" => Some(Value::Float(f64::NAN)),
        "inf" => Some(Value::Float(f64::INFINITY)),
        "-inf" => Some(Value::Float(f64::NEG_INFINITY)),
        _ => None,
    }
}

/// The parts of an operation that are still to be read.
struct Parts(std::vec::IntoIter<Json>);

impl Parts {
    fn next(&mut self, part: &'static str) -> Result<Json, WireError> {
        self.0.next().ok_or(wrong_part(part, "given"))
    }

    fn text(&mut self, part: &'static str) -> Result<String, WireError> {
        match self.next(part)? {
            Json::String(text) => Ok(text),
            _ => Err(wrong_part(part, "a string")),
        }
    }

    fn count(&mut self, part: &'static str) -> Result<usize, WireError> {
        let number = self
            .next(part)?
            .as_u64()
            .and_then(|number| usize::try_from(number).ok());
        number.ok_or(wrong_part(part, "a whole number"))
    }

    fn array(&mut self, part: &'static str) -> Result<Vec<Json>, WireError> {
        match self.next(part)? {
            Json::Array(elements) => Ok(elements),
            _ => Err(wrong_part(part, "an array")),
        }
    }

    fn path(&mut self) -> Result<Path, WireError> {
        self.array("path")?.into_iter().map(read_step).collect()
    }
}

fn read_step(json: Json) -> Result<Step, WireError> {
    match json {
        Json::String(name) => Ok(Step::Name(name)),
        other => {
            let index = other.as_u64().and_then(|index| usize::try_from(index).ok());
            index
                .map(Step::Index)
                .ok_or(wrong_part("path", "of whole numbers and strings"))
        }
    }
}

fn wrong_part(part: &'static str, expected: &'static str) -> WireError {
    WireError::WrongPart { part, expected }
}
