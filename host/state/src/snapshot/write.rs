//! Writes values as `MessagePack`. Not here: the head of a snapshot.

use rmp::encode::{self, ByteBuf};

use super::{BIG_INT, ENUM, OBJECT, OTHER_KEY, SET, TAG, TUPLE, text_type};
use crate::{Dict, DictKey, MAX_DEPTH, SnapshotError, Value};

/// The bytes so far, and how deep in containers the writer stands.
#[derive(Default)]
pub(super) struct Writer {
    out: ByteBuf,
    depth: usize,
}

impl Writer {
    pub(super) fn finish(self) -> Vec<u8> {
        self.out.into_vec()
    }

    pub(super) fn value(&mut self, value: &Value) -> Result<(), SnapshotError> {
        match value {
            Value::None => done(encode::write_nil(&mut self.out)),
            Value::Bool(truth) => done(encode::write_bool(&mut self.out, *truth)),
            Value::Int(number) => self.integer(*number),
            Value::BigInt(number) => self.extension(BIG_INT, &number.to_signed_bytes_be())?,
            Value::Float(number) => done(encode::write_f64(&mut self.out, *number)),
            Value::Str(text) => self.text(text)?,
            Value::Bytes(bytes) => {
                done(encode::write_bin_len(&mut self.out, length(bytes.len())?));
                self.out.as_mut_vec().extend_from_slice(bytes);
            }
            Value::Text { kind, text } => self.extension(text_type(*kind), text.as_bytes())?,
            Value::List(_)
            | Value::Tuple(_)
            | Value::Set(_)
            | Value::Dict(_)
            | Value::Enum { .. }
            | Value::Object { .. } => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err(SnapshotError::TooDeep);
                }
                self.container(value)?;
                self.depth -= 1;
            }
        }
        Ok(())
    }

    fn container(&mut self, value: &Value) -> Result<(), SnapshotError> {
        match value {
            Value::List(elements) => self.elements(elements),
            Value::Tuple(elements) => {
                self.tag(TUPLE)?;
                self.elements(elements)
            }
            Value::Set(elements) => {
                self.tag(SET)?;
                self.elements(elements)
            }
            Value::Dict(dict) => self.dict(dict),
            Value::Enum { class, value } => {
                self.named(ENUM, class)?;
                self.value(value)
            }
            Value::Object { class, fields } => {
                self.named(OBJECT, class)?;
                self.dict(fields)
            }
            scalar => self.value(scalar),
        }
    }

    pub(super) fn elements(&mut self, elements: &[Value]) -> Result<(), SnapshotError> {
        self.array(elements.len())?;
        elements.iter().try_for_each(|element| self.value(element))
    }

    fn dict(&mut self, dict: &Dict) -> Result<(), SnapshotError> {
        done(encode::write_map_len(&mut self.out, length(dict.len())?));
        for (key, value) in dict {
            match key {
                DictKey::Str(text) => self.text(text)?,
                DictKey::Int(number) => self.integer(*number),
                DictKey::Bool(truth) => done(encode::write_bool(&mut self.out, *truth)),
                DictKey::None => done(encode::write_nil(&mut self.out)),
                DictKey::Other(text) => self.extension(OTHER_KEY, text.as_bytes())?,
            }
            self.value(value)?;
        }
        Ok(())
    }

    fn tag(&mut self, tag: u8) -> Result<(), SnapshotError> {
        done(encode::write_map_len(&mut self.out, 1));
        self.extension(TAG, &[tag])
    }

    /// Opens a tagged pair, of which the class is the first half.
    fn named(&mut self, tag: u8, class: &str) -> Result<(), SnapshotError> {
        self.tag(tag)?;
        self.array(2)?;
        self.text(class)
    }

    fn extension(&mut self, kind: i8, content: &[u8]) -> Result<(), SnapshotError> {
        done(encode::write_ext_meta(
            &mut self.out,
            length(content.len())?,
            kind,
        ));
        self.out.as_mut_vec().extend_from_slice(content);
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), SnapshotError> {
        done(encode::write_str_len(&mut self.out, length(text.len())?));
        self.out.as_mut_vec().extend_from_slice(text.as_bytes());
        Ok(())
    }

    pub(super) fn array(&mut self, elements: usize) -> Result<(), SnapshotError> {
        done(encode::write_array_len(&mut self.out, length(elements)?));
        Ok(())
    }

    fn integer(&mut self, number: i64) {
        done(encode::write_sint(&mut self.out, number));
    }

    pub(super) fn number(&mut self, number: u64) {
        done(encode::write_uint(&mut self.out, number));
    }
}

/// A buffer in memory takes everything.
fn done<T, E: std::fmt::Debug>(result: Result<T, E>) {
    debug_assert!(
        result.is_ok(),
        "writing to memory failed: {:?}",
        result.err()
    );
}

fn length(length: usize) -> Result<u32, SnapshotError> {
    u32::try_from(length).map_err(|_| SnapshotError::TooLong { length })
}
