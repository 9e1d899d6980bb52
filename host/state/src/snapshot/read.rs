//! Reads values from `MessagePack` that may be damaged. Not here: the head of a snapshot.

use num_bigint::BigInt;
use rmp::Marker;
use rmp::decode::{self, Bytes, NumValueReadError, RmpReadErr, ValueReadError};

use super::{BIG_INT, ENUM, OBJECT, OTHER_KEY, SET, TAG, TUPLE, text_kind};
use crate::limits::MAX_PREALLOCATED;
use crate::{Dict, DictKey, MAX_DEPTH, SnapshotError, Value};

/// What is still to be read, of how many bytes, and how deep in containers the reader stands.
pub(super) struct Reader<'a> {
    rest: Bytes<'a>,
    length: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: Bytes::new(bytes),
            length: bytes.len(),
            depth: 0,
        }
    }

    pub(super) fn expect_end(&self) -> Result<(), SnapshotError> {
        let at_end = self.rest.remaining_slice().is_empty();
        if at_end {
            Ok(())
        } else {
            Err(self.malformed("the end"))
        }
    }

    fn value(&mut self) -> Result<Value, SnapshotError> {
        match self.peek()? {
            Marker::Null => {
                self.skip_marker()?;
                Ok(Value::None)
            }
            Marker::True | Marker::False => self.truth().map(Value::Bool),
            Marker::F64 => {
                let number = decode::read_f64(&mut self.rest);
                number
                    .map(Value::Float)
                    .map_err(|error| self.failed(&error, "a float"))
            }
            Marker::Bin8 | Marker::Bin16 | Marker::Bin32 => self.bytes().map(Value::Bytes),
            marker if is_integer(marker) => self.integer().map(Value::Int),
            marker if is_text(marker) => self.text().map(Value::Str),
            marker if is_extension(marker) => self.scalar(),
            marker if is_array(marker) => self.nested(|reader| reader.elements().map(Value::List)),
            marker if is_map(marker) => self.nested(Self::map),
            _ => Err(self.malformed("a value")),
        }
    }

    fn nested(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Value, SnapshotError>,
    ) -> Result<Value, SnapshotError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(SnapshotError::TooDeep);
        }
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    pub(super) fn elements(&mut self) -> Result<Vec<Value>, SnapshotError> {
        let length = decode::read_array_len(&mut self.rest);
        let length = length.map_err(|error| self.failed(&error, "an array"))?;
        let length = self.available(length)?;
        let mut elements = Vec::with_capacity(length.min(MAX_PREALLOCATED));
        for _ in 0..length {
            elements.push(self.value()?);
        }
        Ok(elements)
    }

    /// A dictionary, or one of the containers that a tag introduces.
    fn map(&mut self) -> Result<Value, SnapshotError> {
        let length = self.map_length()?;
        if length == 1 && is_extension(self.peek()?) {
            let before = self.rest;
            if let (TAG, &[tag]) = self.extension()? {
                return self.tagged(tag);
            }
            self.rest = before;
        }
        self.entries(length).map(Value::Dict)
    }

    fn tagged(&mut self, tag: u8) -> Result<Value, SnapshotError> {
        match tag {
            TUPLE => self.elements().map(Value::Tuple),
            SET => self.elements().map(Value::Set),
            ENUM => {
                self.expect_array(2, "a class and a value")?;
                Ok(Value::Enum {
                    class: self.text()?,
                    value: Box::new(self.value()?),
                })
            }
            OBJECT => {
                self.expect_array(2, "a class and its fields")?;
                let class = self.text()?;
                let length = self.map_length()?;
                Ok(Value::Object {
                    class,
                    fields: self.entries(length)?,
                })
            }
            _ => Err(self.malformed("the tag of a container")),
        }
    }

    fn map_length(&mut self) -> Result<usize, SnapshotError> {
        let length = decode::read_map_len(&mut self.rest);
        let length = length.map_err(|error| self.failed(&error, "a map"))?;
        self.available(length)
    }

    fn entries(&mut self, length: usize) -> Result<Dict, SnapshotError> {
        let mut dict = Dict::with_capacity(length.min(MAX_PREALLOCATED));
        for _ in 0..length {
            let key = self.key()?;
            let value = self.value()?;
            if dict.insert(key, value).is_some() {
                return Err(self.malformed("keys that differ"));
            }
        }
        Ok(dict)
    }

    fn key(&mut self) -> Result<DictKey, SnapshotError> {
        match self.peek()? {
            Marker::Null => {
                self.skip_marker()?;
                Ok(DictKey::None)
            }
            Marker::True | Marker::False => self.truth().map(DictKey::Bool),
            marker if is_integer(marker) => self.integer().map(DictKey::Int),
            marker if is_extension(marker) => match self.extension()? {
                (OTHER_KEY, content) => self.utf8(content).map(DictKey::Other),
                _ => Err(self.malformed("a key")),
            },
            _ => self.text().map(DictKey::Str),
        }
    }

    fn scalar(&mut self) -> Result<Value, SnapshotError> {
        let (kind, content) = self.extension()?;
        if kind == BIG_INT {
            return Ok(Value::BigInt(BigInt::from_signed_bytes_be(content)));
        }
        let kind = text_kind(kind).ok_or_else(|| self.malformed("a known extension"))?;
        Ok(Value::Text {
            kind,
            text: self.utf8(content)?,
        })
    }

    fn extension(&mut self) -> Result<(i8, &'a [u8]), SnapshotError> {
        let meta = decode::read_ext_meta(&mut self.rest);
        let meta = meta.map_err(|error| self.failed(&error, "an extension"))?;
        Ok((meta.typeid, self.take(meta.size)?))
    }

    fn text(&mut self) -> Result<String, SnapshotError> {
        let length = decode::read_str_len(&mut self.rest);
        let length = length.map_err(|error| self.failed(&error, "a string"))?;
        let content = self.take(length)?;
        self.utf8(content)
    }

    fn utf8(&self, content: &[u8]) -> Result<String, SnapshotError> {
        let text = std::str::from_utf8(content).map_err(|_| self.malformed("UTF-8"))?;
        Ok(text.to_owned())
    }

    fn bytes(&mut self) -> Result<Vec<u8>, SnapshotError> {
        let length = decode::read_bin_len(&mut self.rest);
        let length = length.map_err(|error| self.failed(&error, "bytes"))?;
        Ok(self.take(length)?.to_vec())
    }

    fn truth(&mut self) -> Result<bool, SnapshotError> {
        let truth = decode::read_bool(&mut self.rest);
        truth.map_err(|error| self.failed(&error, "a truth value"))
    }

    fn integer(&mut self) -> Result<i64, SnapshotError> {
        let number = decode::read_int(&mut self.rest);
        number.map_err(|error| self.failed_number(&error))
    }

    pub(super) fn number(&mut self) -> Result<u64, SnapshotError> {
        let number = decode::read_int(&mut self.rest);
        number.map_err(|error| self.failed_number(&error))
    }

    pub(super) fn expect_array(
        &mut self,
        length: u32,
        expected: &'static str,
    ) -> Result<(), SnapshotError> {
        match decode::read_array_len(&mut self.rest) {
            Ok(found) if found == length => Ok(()),
            Ok(_) => Err(self.malformed(expected)),
            Err(error) => Err(self.failed(&error, expected)),
        }
    }

    fn peek(&self) -> Result<Marker, SnapshotError> {
        let first = self.rest.remaining_slice().first();
        first
            .map(|byte| Marker::from_u8(*byte))
            .ok_or(self.truncated())
    }

    fn skip_marker(&mut self) -> Result<(), SnapshotError> {
        self.take(1).map(|_| ())
    }

    fn take(&mut self, count: u32) -> Result<&'a [u8], SnapshotError> {
        let count = self.available(count)?;
        let (taken, _) = self.rest.remaining_slice().split_at(count);
        let rest = &self.rest.remaining_slice()[count..];
        self.rest = Bytes::new(rest);
        Ok(taken)
    }

    /// Checks a length of bytes, or of things that take at least one each.
    fn available(&self, count: u32) -> Result<usize, SnapshotError> {
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        let fits = count <= self.rest.remaining_slice().len();
        if fits {
            Ok(count)
        } else {
            Err(self.truncated())
        }
    }

    fn failed<E: RmpReadErr>(
        &self,
        error: &ValueReadError<E>,
        expected: &'static str,
    ) -> SnapshotError {
        match error {
            ValueReadError::TypeMismatch(_) => self.malformed(expected),
            ValueReadError::InvalidMarkerRead(_) | ValueReadError::InvalidDataRead(_) => {
                self.truncated()
            }
        }
    }

    fn failed_number<E: RmpReadErr>(&self, error: &NumValueReadError<E>) -> SnapshotError {
        match error {
            NumValueReadError::TypeMismatch(_) | NumValueReadError::OutOfRange => {
                self.malformed("an integer of 64 bits")
            }
            NumValueReadError::InvalidMarkerRead(_) | NumValueReadError::InvalidDataRead(_) => {
                self.truncated()
            }
        }
    }

    fn malformed(&self, expected: &'static str) -> SnapshotError {
        let offset = self.length - self.rest.remaining_slice().len();
        SnapshotError::Malformed { offset, expected }
    }

    fn truncated(&self) -> SnapshotError {
        SnapshotError::Truncated {
            length: self.length,
        }
    }
}

fn is_integer(marker: Marker) -> bool {
    matches!(
        marker,
        Marker::FixPos(_)
            | Marker::FixNeg(_)
            | Marker::U8
            | Marker::U16
            | Marker::U32
            | Marker::U64
            | Marker::I8
            | Marker::I16
            | Marker::I32
            | Marker::I64
    )
}

fn is_text(marker: Marker) -> bool {
    matches!(
        marker,
        Marker::FixStr(_) | Marker::Str8 | Marker::Str16 | Marker::Str32
    )
}

fn is_array(marker: Marker) -> bool {
    matches!(
        marker,
        Marker::FixArray(_) | Marker::Array16 | Marker::Array32
    )
}

fn is_map(marker: Marker) -> bool {
    matches!(marker, Marker::FixMap(_) | Marker::Map16 | Marker::Map32)
}

fn is_extension(marker: Marker) -> bool {
    matches!(
        marker,
        Marker::FixExt1
            | Marker::FixExt2
            | Marker::FixExt4
            | Marker::FixExt8
            | Marker::FixExt16
            | Marker::Ext8
            | Marker::Ext16
            | Marker::Ext32
    )
}
