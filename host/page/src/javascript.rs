//! Writing JavaScript's small parts: strings, constants, names.

use ferroflex_state::{Dict, Value};

/// The greatest integer that a JavaScript number holds exactly; beyond it a `BigInt` is written.
const SAFE_INTEGER_MAX: u64 = (1 << 53) - 1;

/// A string literal. `<` is escaped so that the module may stand inside a `script` element, the
/// line separators because older parsers end a line at them.
pub(crate) fn string(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    push_escaped(&mut literal, text, '"');
    literal.push('"');
    literal
}

/// Appends `text` escaped for a literal between `quote`s, template literals included.
pub(crate) fn push_escaped(literal: &mut String, text: &str, quote: char) {
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            '$' if quote == '`' && letters.peek() == Some(&'{') => literal.push_str("\\$"),
            letter if letter == quote => literal.extend(['\\', letter]),
            '<' | '\u{2028}' | '\u{2029}' => push_code(literal, letter),
            letter if letter.is_control() => push_code(literal, letter),
            letter => literal.push(letter),
        }
    }
}

/// Appends a letter of the basic plane as its four hexadecimal digits.
fn push_code(literal: &mut String, letter: char) {
    let code = format!("\\u{:04x}", u32::from(letter));
    literal.push_str(&code);
}

/// Whether `name` can stand after a dot.
pub(crate) fn is_identifier(name: &str) -> bool {
    let mut letters = name.chars();
    let starts = |letter: char| letter.is_ascii_alphabetic() || letter == '_' || letter == '$';
    letters.next().is_some_and(starts)
        && letters.all(|letter| starts(letter) || letter.is_ascii_digit())
}

/// A key of an object literal. `__proto__` is computed: written plainly it would set the
/// prototype.
pub(crate) fn key(name: &str) -> String {
    match name {
        "__proto__" => r#"["__proto__"]"#.to_owned(),
        name if is_identifier(name) => name.to_owned(),
        name => string(name),
    }
}

/// The name of an entry that stands for all entries of its value: `{ ...value }`.
pub(crate) const SPREAD: &str = "...";

/// An object literal of written values.
pub(crate) fn object<'a>(entries: impl Iterator<Item = (&'a str, String)>) -> String {
    let written: Vec<String> = entries
        .map(|(name, value)| match name {
            SPREAD => format!("...{value}"),
            name => format!("{}: {value}", key(name)),
        })
        .collect();
    if written.is_empty() {
        "{}".to_owned()
    } else {
        format!("{{ {} }}", written.join(", "))
    }
}

/// An array literal of written values.
pub(crate) fn array(items: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", items.into_iter().collect::<Vec<_>>().join(", "))
}

/// A constant.
pub(crate) fn value(value: &Value) -> String {
    match value {
        Value::None => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Int(number) if number.unsigned_abs() <= SAFE_INTEGER_MAX => number.to_string(),
        Value::Int(number) => format!("{number}n"),
        Value::BigInt(number) => format!("{number}n"),
        Value::Float(number) => float(*number),
        Value::Str(text) | Value::Text { text, .. } => string(text),
        Value::Bytes(bytes) => {
            format!(
                "new Uint8Array({})",
                array(bytes.iter().map(ToString::to_string))
            )
        }
        Value::List(items) | Value::Tuple(items) | Value::Set(items) => {
            array(items.iter().map(self::value))
        }
        Value::Dict(entries)
        | Value::Object {
            fields: entries, ..
        } => dict(entries),
        Value::Enum { value, .. } => self::value(value),
    }
}

fn dict(entries: &Dict) -> String {
    let named: Vec<_> = entries
        .iter()
        .map(|(key, item)| (key.name(), value(item)))
        .collect();
    object(named.iter().map(|(name, value)| (&**name, value.clone())))
}

fn float(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }
        .to_owned();
    }
    let text = format!("{number:?}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use ferroflex_state::DictKey;

    use super::*;

    #[test]
    fn constants() {
        let dict = [
            (DictKey::Str("a-b".into()), Value::Int(1)),
            (DictKey::Int(2), Value::None),
        ];
        let cases = [
            (
                Value::Str("</script>\u{2028}\"\\".into()),
                r#""\u003c/script>\u2028\"\\""#,
            ),
            (Value::Float(2.0), "2"),
            (Value::Float(-0.0), "-0"),
            (Value::Float(1e300), "1e300"),
            (Value::Float(f64::NEG_INFINITY), "-Infinity"),
            (Value::Int(1 << 60), "1152921504606846976n"),
            (
                Value::Dict(dict.into_iter().collect()),
                r#"{ "a-b": 1, "2": null }"#,
            ),
            (Value::Bytes(vec![1, 255]), "new Uint8Array([1, 255])"),
        ];
        for (constant, expected) in cases {
            assert_eq!(value(&constant), expected);
        }
        assert_eq!(key("__proto__"), r#"["__proto__"]"#);
    }
}
