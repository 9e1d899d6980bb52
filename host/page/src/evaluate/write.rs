//! Values as text: Python's `str()` and `repr()`, and JSON.

use ferroflex_state::{Dict, Value};

use super::{convert, number::Number};
use crate::types::Type;

/// Integers up to this one are exact as JavaScript numbers.
const SAFE_MAX: f64 = 9_007_199_254_740_991.0;

/// `str(value)` of an expression of this type: a float is written as one, also when it is whole.
pub(super) fn string(value: &Value, ty: &Type) -> String {
    match (ty.without_none(), convert::plain(value)) {
        (Type::Float, number @ (Value::Int(_) | Value::BigInt(_) | Value::Float(_))) => {
            float(Number::of(number).float())
        }
        (_, value) => plain_string(value),
    }
}

/// `str(value)` where nothing is known of its type: the browser does not tell a float without a
/// fraction from an integer, so that it is written as one.
pub(super) fn plain_string(value: &Value) -> String {
    match convert::text(value) {
        Some(text) => text.to_owned(),
        None => repr(value),
    }
}

/// `str(value)` for a place that shows nothing for None.
pub(super) fn shown(value: &Value) -> String {
    match convert::plain(value) {
        Value::None => String::new(),
        other => plain_string(other),
    }
}

/// `repr(value)` of what arrives in the browser.
pub(crate) fn repr(value: &Value) -> String {
    match convert::plain(value) {
        Value::None => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Int(number) => number.to_string(),
        Value::BigInt(number) => number.to_string(),
        Value::Float(number) if is_safe_integer(*number) => format!("{number}"),
        Value::Float(number) => float(*number),
        Value::Str(text) | Value::Text { text, .. } => quote(text),
        Value::Bytes(bytes) => quote_bytes(bytes),
        Value::List(items) | Value::Tuple(items) | Value::Set(items) => {
            let items: Vec<String> = items.iter().map(repr).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Dict(entries)
        | Value::Object {
            fields: entries, ..
        } => {
            let entry = |(key, value): (&ferroflex_state::DictKey, &Value)| {
                format!("{}: {}", quote(&key.name()), repr(value))
            };
            let entries: Vec<String> = entries.iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Enum { value, .. } => repr(value),
    }
}

/// Whether the browser takes the number for an integer.
pub(super) fn is_safe_integer(number: f64) -> bool {
    let is_negative_zero = number == 0.0 && number.is_sign_negative();
    number.fract() == 0.0 && number.abs() <= SAFE_MAX && !is_negative_zero
}

/// A float as Python writes it.
pub(super) fn float(number: f64) -> String {
    if number.is_nan() {
        return "nan".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let size = number.abs();
    if size != 0.0 && !(1e-4..1e16).contains(&size) {
        return exponential(&format!("{number:e}"));
    }
    let text = number.to_string();
    if text.contains('.') {
        text
    } else {
        format!("{text}.0")
    }
}

/// Rust's `1e-7` with Python's sign and at least two digits of the exponent.
pub(super) fn exponential(text: &str) -> String {
    let (digits, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (sign, exponent) = match exponent.strip_prefix('-') {
        Some(exponent) => ('-', exponent),
        None => ('+', exponent),
    };
    format!("{digits}e{sign}{exponent:0>2}")
}

fn quote(text: &str) -> String {
    let mark = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut quoted = String::from(mark);
    for letter in text.chars() {
        match letter {
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            letter if letter == mark => quoted.extend(['\\', letter]),
            '\0'..='\u{1f}' | '\u{7f}' => quoted.push_str(&hexadecimal(u32::from(letter))),
            letter => quoted.push(letter),
        }
    }
    quoted.push(mark);
    quoted
}

fn quote_bytes(bytes: &[u8]) -> String {
    let mut quoted = String::from("b'");
    for byte in bytes {
        match byte {
            b'\\' => quoted.push_str("\\\\"),
            b'\n' => quoted.push_str("\\n"),
            b'\r' => quoted.push_str("\\r"),
            b'\t' => quoted.push_str("\\t"),
            b'\'' => quoted.push_str("\\'"),
            0x20..=0x7e => quoted.push(char::from(*byte)),
            other => quoted.push_str(&hexadecimal(u32::from(*other))),
        }
    }
    quoted.push('\'');
    quoted
}

fn hexadecimal(code: u32) -> String {
    format!("\\x{code:02x}")
}

/// JSON as `JSON.stringify` writes it; of a string the string itself.
pub(super) fn json(value: &Value) -> String {
    match convert::text(value) {
        Some(text) => text.to_owned(),
        None => json_part(value),
    }
}

fn json_part(value: &Value) -> String {
    match convert::plain(value) {
        Value::None => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Int(number) => number.to_string(),
        Value::BigInt(number) => javascript_number(number.to_string().parse().unwrap_or(f64::NAN)),
        Value::Float(number) => javascript_number(*number),
        Value::Str(text) | Value::Text { text, .. } => json_text(text),
        Value::Bytes(bytes) => {
            let entry = |(position, byte): (usize, &u8)| format!("\"{position}\":{byte}");
            let entries: Vec<String> = bytes.iter().enumerate().map(entry).collect();
            format!("{{{}}}", entries.join(","))
        }
        Value::List(items) | Value::Tuple(items) | Value::Set(items) => {
            let items: Vec<String> = items.iter().map(json_part).collect();
            format!("[{}]", items.join(","))
        }
        Value::Dict(entries)
        | Value::Object {
            fields: entries, ..
        } => json_entries(entries),
        Value::Enum { value, .. } => json_part(value),
    }
}

fn json_entries(entries: &Dict) -> String {
    let entry = |(key, value): (&ferroflex_state::DictKey, &Value)| {
        format!("{}:{}", json_text(&key.name()), json_part(value))
    };
    let entries: Vec<String> = entries.iter().map(entry).collect();
    format!("{{{}}}", entries.join(","))
}

fn json_text(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// A number as JavaScript's JSON writes it.
fn javascript_number(number: f64) -> String {
    if !number.is_finite() {
        return "null".to_owned();
    }
    let size = number.abs();
    if size == 0.0 {
        return "0".to_owned();
    }
    if (1e-6..1e21).contains(&size) {
        return number.to_string();
    }
    let text = format!("{number:e}");
    if text.contains("e-") {
        text
    } else {
        text.replace('e', "e+")
    }
}
