//! The `MessagePack` form of a whole substate, in which idle and stored sessions wait.
//!
//! A snapshot is `[format, schema, [field, …]]`. The schema is a hash of the state class, made by
//! whoever knows the class; a snapshot of another one is refused, never guessed at. What
//! `MessagePack` lacks is said in two ways: scalars are extension types, and containers are a map
//! with one entry whose key is an extension too.
//!
//! Not here: checksums. A store that can flip bits has to notice by itself; damage that leaves the
//! structure whole is not seen.

use crate::{SnapshotError, TextKind, Value};

mod read;
mod write;

use read::Reader;
use write::Writer;

/// The version of the format.
const FORMAT: u64 = 1;

/// Extension: a two's complement integer, its most significant byte first.
const BIG_INT: i8 = 1;
/// Extension: the text of a [`DictKey::Other`](crate::DictKey::Other).
const OTHER_KEY: i8 = 2;
/// Extension: one byte that says which container the value of the entry is.
const TAG: i8 = 3;
/// Extensions from this one on: the text of a [`Value::Text`], one a kind.
const TEXT: i8 = 16;

/// The kinds in the order of their extensions.
const TEXT_KINDS: [TextKind; 6] = [
    TextKind::DateTime,
    TextKind::Date,
    TextKind::Time,
    TextKind::TimeDelta,
    TextKind::Decimal,
    TextKind::Uuid,
];

/// Tag: a tuple, `[element, …]`.
const TUPLE: u8 = 1;
/// Tag: a set, `[element, …]`.
const SET: u8 = 2;
/// Tag: a member of an enumeration, `[class, value]`.
const ENUM: u8 = 3;
/// Tag: an object, `[class, fields]`.
const OBJECT: u8 = 4;

/// Writes the fields of a substate.
///
/// # Errors
///
/// When a value is nested deeper than [`MAX_DEPTH`](crate::MAX_DEPTH), or a run is longer than
/// `MessagePack` allows (2^32 - 1).
pub fn encode(schema: u64, fields: &[Value]) -> Result<Vec<u8>, SnapshotError> {
    let mut writer = Writer::default();
    writer.array(3)?;
    writer.number(FORMAT);
    writer.number(schema);
    writer.elements(fields)?;
    Ok(writer.finish())
}

/// Reads the fields of a substate back.
///
/// # Errors
///
/// When the bytes are no snapshot of this format and `schema`, or are damaged.
pub fn decode(bytes: &[u8], schema: u64) -> Result<Vec<Value>, SnapshotError> {
    let mut reader = Reader::new(bytes);
    reader.expect_array(3, "a snapshot")?;
    let found = reader.number()?;
    if found != FORMAT {
        return Err(SnapshotError::Format {
            found,
            expected: FORMAT,
        });
    }
    let found = reader.number()?;
    if found != schema {
        return Err(SnapshotError::Schema {
            found,
            expected: schema,
        });
    }
    let fields = reader.elements()?;
    reader.expect_end()?;
    Ok(fields)
}

fn text_type(kind: TextKind) -> i8 {
    let types = (TEXT..).zip(TEXT_KINDS);
    types
        .into_iter()
        .find(|(_, other)| *other == kind)
        .map_or(TEXT, |(number, _)| number)
}

fn text_kind(number: i8) -> Option<TextKind> {
    let position = usize::try_from(number.checked_sub(TEXT)?).ok()?;
    TEXT_KINDS.get(position).copied()
}
