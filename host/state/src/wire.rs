//! The JSON form of values and operations, as the wire protocol has it
//! (`host/session/PROTOCOL.md`).
//!
//! Written straight into the buffer of a frame: what a change costs is the bytes that it takes.
//! Not here: frames, and which operation is the cheapest (`diff`).

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::{Dict, Op, Step, Value};

mod read;

pub use read::{read_form, read_op, read_value};

/// The only key of an object that stands for what JSON cannot say.
const ESCAPE: &str = "$";

/// The largest integer that a JavaScript number holds exactly, 2^53 - 1.
const MAX_SAFE_INTEGER: i64 = (1 << 53) - 1;

/// Writes a value.
pub fn write_value(value: &Value, out: &mut Vec<u8>) {
    written(&put_value(value, out));
}

/// Writes an operation, such as `["s",[0,512,"price"],103.25]`.
pub fn write_op(op: &Op, out: &mut Vec<u8>) {
    written(&put_op(op, out));
}

/// Writes the change of one substate: `[2,["s",[0,512,"price"],103.25]]`.
pub fn write_substate(number: u32, ops: &[Op], out: &mut Vec<u8>) {
    written(&put_substate(number, ops, out));
}

/// How many bytes [`write_value`] writes.
#[must_use]
pub fn encoded_len(value: &Value) -> usize {
    measure(usize::MAX, |meter| put_value(value, meter)).unwrap_or(usize::MAX)
}

/// How many bytes [`write_op`] writes.
#[must_use]
pub fn op_len(op: &Op) -> usize {
    measure(usize::MAX, |meter| put_op(op, meter)).unwrap_or(usize::MAX)
}

/// The bytes of an operation, unless there are more than `limit`. Stops as soon as it knows, so
/// that a huge value costs no more than the limit.
pub(crate) fn op_len_within(op: OpForm<'_>, limit: usize) -> Option<usize> {
    measure(limit, |meter| put_form(op, meter))
}

/// The path as it stands on the wire, for messages.
pub(crate) fn path_text(path: &[Step]) -> String {
    let mut out = Vec::new();
    written(&put_path(path, &mut out));
    String::from_utf8_lossy(&out).into_owned()
}

/// An operation that borrows its values, to be measured before they are cloned.
#[derive(Debug, Clone, Copy)]
pub(crate) enum OpForm<'a> {
    Set(&'a [Step], &'a Value),
    Delete(&'a [Step]),
    Splice(&'a [Step], usize, usize, &'a [Value]),
    Move(&'a [Step], usize, usize, usize),
    Append(&'a [Step], &'a str),
}

impl<'a> From<&'a Op> for OpForm<'a> {
    fn from(op: &'a Op) -> Self {
        match op {
            Op::Set { path, value } => Self::Set(path, value),
            Op::Delete { path } => Self::Delete(path),
            Op::Splice {
                path,
                index,
                remove,
                insert,
            } => Self::Splice(path, *index, *remove, insert),
            Op::Move {
                path,
                from,
                count,
                to,
            } => Self::Move(path, *from, *count, *to),
            Op::Append { path, text } => Self::Append(path, text),
        }
    }
}

fn put_substate(number: u32, ops: &[Op], out: &mut impl io::Write) -> io::Result<()> {
    out.write_all(b"[")?;
    put_number(number, out)?;
    for op in ops {
        out.write_all(b",")?;
        put_op(op, out)?;
    }
    out.write_all(b"]")
}

fn put_op(op: &Op, out: &mut impl io::Write) -> io::Result<()> {
    put_form(OpForm::from(op), out)
}

fn put_form(op: OpForm<'_>, out: &mut impl io::Write) -> io::Result<()> {
    match op {
        OpForm::Set(path, value) => {
            put_head(b"[\"s\",", path, out)?;
            out.write_all(b",")?;
            put_value(value, out)?;
        }
        OpForm::Delete(path) => put_head(b"[\"d\",", path, out)?,
        OpForm::Splice(path, index, remove, insert) => {
            put_head(b"[\"p\",", path, out)?;
            put_numbers(&[index, remove], out)?;
            out.write_all(b",")?;
            put_array(insert, out)?;
        }
        OpForm::Move(path, from, count, to) => {
            put_head(b"[\"m\",", path, out)?;
            put_numbers(&[from, count, to], out)?;
        }
        OpForm::Append(path, text) => {
            put_head(b"[\"a\",", path, out)?;
            out.write_all(b",")?;
            put_text(text, out)?;
        }
    }
    out.write_all(b"]")
}

fn put_head(head: &[u8], path: &[Step], out: &mut impl io::Write) -> io::Result<()> {
    out.write_all(head)?;
    put_path(path, out)
}

fn put_path(path: &[Step], out: &mut impl io::Write) -> io::Result<()> {
    out.write_all(b"[")?;
    for (position, step) in path.iter().enumerate() {
        put_comma(position, out)?;
        match step {
            Step::Index(index) => put_number(*index, out)?,
            Step::Name(name) => put_text(name, out)?,
        }
    }
    out.write_all(b"]")
}

fn put_numbers(numbers: &[usize], out: &mut impl io::Write) -> io::Result<()> {
    for number in numbers {
        out.write_all(b",")?;
        put_number(*number, out)?;
    }
    Ok(())
}

fn put_value(value: &Value, out: &mut impl io::Write) -> io::Result<()> {
    match value {
        Value::None => out.write_all(b"null"),
        Value::Bool(true) => out.write_all(b"true"),
        Value::Bool(false) => out.write_all(b"false"),
        Value::Int(number) => put_integer(*number, out),
        Value::BigInt(number) => match i64::try_from(number) {
            Ok(small) => put_integer(small, out),
            Err(_) => put_escaped("int", &number.to_string(), out),
        },
        Value::Float(number) => put_float(*number, out),
        Value::Str(text) | Value::Text { text, .. } => put_text(text, out),
        Value::Bytes(bytes) => put_escaped("bytes", &BASE64.encode(bytes), out),
        Value::List(elements) | Value::Tuple(elements) | Value::Set(elements) => {
            put_array(elements, out)
        }
        Value::Dict(dict) | Value::Object { fields: dict, .. } => put_dict(dict, out),
        Value::Enum { value, .. } => put_value(value, out),
    }
}

fn put_integer(number: i64, out: &mut impl io::Write) -> io::Result<()> {
    if (-MAX_SAFE_INTEGER..=MAX_SAFE_INTEGER).contains(&number) {
        put_number(number, out)
    } else {
        put_escaped("int", &number.to_string(), out)
    }
}

fn put_float(number: f64, out: &mut impl io::Write) -> io::Result<()> {
    if number.is_finite() {
        put_number(number, out)
    } else if number.is_nan() {
        put_escaped("float", "nan", out)
    } else if number > 0.0 {
        put_escaped("float", "inf", out)
    } else {
        put_escaped("float", "-inf", out)
    }
}

fn put_array(elements: &[Value], out: &mut impl io::Write) -> io::Result<()> {
    out.write_all(b"[")?;
    for (position, element) in elements.iter().enumerate() {
        put_comma(position, out)?;
        put_value(element, out)?;
    }
    out.write_all(b"]")
}

fn put_dict(dict: &Dict, out: &mut impl io::Write) -> io::Result<()> {
    if dict.len() == 1 && dict.keys().all(|key| key.name() == ESCAPE) {
        out.write_all(b"{\"$\":[\"dict\",")?;
        put_object(dict, out)?;
        return out.write_all(b"]}");
    }
    put_object(dict, out)
}

fn put_object(dict: &Dict, out: &mut impl io::Write) -> io::Result<()> {
    out.write_all(b"{")?;
    for (position, (key, value)) in dict.iter().enumerate() {
        put_comma(position, out)?;
        put_text(&key.name(), out)?;
        out.write_all(b":")?;
        put_value(value, out)?;
    }
    out.write_all(b"}")
}

/// `kind` and `text` need no escaping.
fn put_escaped(kind: &str, text: &str, out: &mut impl io::Write) -> io::Result<()> {
    write!(out, "{{\"$\":[\"{kind}\",\"{text}\"]}}")
}

fn put_comma(position: usize, out: &mut impl io::Write) -> io::Result<()> {
    if position == 0 {
        Ok(())
    } else {
        out.write_all(b",")
    }
}

fn put_text(text: &str, out: &mut impl io::Write) -> io::Result<()> {
    Ok(serde_json::to_writer(out, text)?)
}

fn put_number(number: impl serde::Serialize, out: &mut impl io::Write) -> io::Result<()> {
    Ok(serde_json::to_writer(out, &number)?)
}

/// A buffer in memory takes everything.
fn written(result: &io::Result<()>) {
    debug_assert!(result.is_ok(), "writing to memory failed: {result:?}");
}

/// Runs `put` against a counter; none when more than `limit` bytes came.
fn measure(limit: usize, put: impl FnOnce(&mut Meter) -> io::Result<()>) -> Option<usize> {
    let mut meter = Meter { left: limit };
    put(&mut meter).ok().map(|()| limit - meter.left)
}

/// Counts bytes, and refuses those that are too many.
struct Meter {
    left: usize,
}

impl io::Write for Meter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let left = self.left.checked_sub(bytes.len());
        self.left = left.ok_or(io::ErrorKind::WriteZero)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
