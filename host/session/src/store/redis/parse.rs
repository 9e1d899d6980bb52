//! What the server answers, as ours.
//!
//! Nothing that a server says is taken for granted: what is not what our scripts give is damage,
//! of that session alone.

use std::sync::Arc;

use bytes::Bytes;
use redis::Value;

use crate::store::{Claim, Frame, Record, Saved, Secret, StoreError};

/// What `claim.lua` gives.
pub(super) fn claim(answer: Value) -> Result<Claim, StoreError> {
    let mut parts = array(answer)?.into_iter();
    let mut next = || parts.next().unwrap_or_default();
    match number(&next())? {
        0 => Ok(Claim::Unknown),
        1 => Ok(Claim::Held { by: text(next())? }),
        2 => {
            let was_released = number(&next())? == 1;
            let mut record = record(next())?;
            record.was_released = was_released;
            record.frames = frames(next())?;
            Ok(Claim::Given(record))
        }
        3 => Err(StoreError::Damaged {
            reason: "its keys do not hold what a session has".to_owned(),
        }),
        _ => Err(unexpected()),
    }
}

/// What `save.lua` gives to `instance`: for each write what became of it.
pub(super) fn all_saved(answer: Value, instance: &str) -> Result<Vec<Saved>, StoreError> {
    let answers = array(answer)?.into_iter();
    answers.map(|answer| saved(answer, instance)).collect()
}

fn saved(answer: Value, instance: &str) -> Result<Saved, StoreError> {
    let mut parts = array(answer)?.into_iter();
    let mut next = || parts.next().unwrap_or_default();
    match (number(&next())?, next()) {
        (0, _) => Ok(Saved::Gone),
        (1, _) => Ok(Saved::Moved),
        (2, Value::Nil) => Ok(Saved::Stored { holder: None }),
        (2, holder) => {
            let holder = Some(text(holder)?).filter(|holder| holder != instance);
            Ok(Saved::Stored { holder })
        }
        _ => Err(unexpected()),
    }
}

/// Entries of a stream.
pub(super) fn frames(answer: Value) -> Result<Vec<Frame>, StoreError> {
    array(answer)?.into_iter().map(frame).collect()
}

/// The key of tokens.
pub(super) fn secret(answer: Value) -> Result<Secret, StoreError> {
    let kept = bytes(answer)?;
    Secret::try_from(&kept[..]).map_err(|_| StoreError::Damaged {
        reason: format!("the store's secret has {} bytes", kept.len()),
    })
}

/// A number.
pub(super) fn number(answer: &Value) -> Result<u64, StoreError> {
    match answer {
        Value::Int(number) => u64::try_from(*number).map_err(|_| unexpected()),
        _ => Err(unexpected()),
    }
}

/// The server says what it never should.
pub(super) fn unexpected() -> StoreError {
    StoreError::Damaged {
        reason: "the server's answer is none to what was asked".to_owned(),
    }
}

fn record(answer: Value) -> Result<Record, StoreError> {
    let mut record = Record::default();
    let mut parts = array(answer)?.into_iter();
    while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
        let (key, value) = (text(key)?, bytes(value)?);
        match &*key {
            "g" => record.generation = digits(&value)?,
            "h" => record.holder = Some(text(Value::BulkString(value.into()))?),
            "d" => record.head = value,
            _ => {
                let name = key.strip_prefix("f:").map(Arc::from);
                record.fields.extend(name.map(|name| (name, value)));
            }
        }
    }
    Ok(record)
}

fn frame(entry: Value) -> Result<Frame, StoreError> {
    let mut parts = array(entry)?.into_iter();
    let id = text(parts.next().unwrap_or_default())?;
    let number = id.strip_prefix("0-").ok_or_else(unexpected)?;
    let mut pair = array(parts.next().unwrap_or_default())?.into_iter();
    let bytes = bytes(pair.nth(1).unwrap_or_default())?;
    Ok((digits(number.as_bytes())?, bytes))
}

fn array(answer: Value) -> Result<Vec<Value>, StoreError> {
    match answer {
        Value::Array(parts) => Ok(parts),
        _ => Err(unexpected()),
    }
}

fn bytes(answer: Value) -> Result<Bytes, StoreError> {
    match answer {
        Value::BulkString(bytes) => Ok(Bytes::from(bytes)),
        _ => Err(unexpected()),
    }
}

fn text(answer: Value) -> Result<String, StoreError> {
    match answer {
        Value::BulkString(bytes) => String::from_utf8(bytes).map_err(|_| unexpected()),
        _ => Err(unexpected()),
    }
}

fn digits(digits: &[u8]) -> Result<u64, StoreError> {
    let digits = std::str::from_utf8(digits).ok();
    let number = digits.and_then(|digits| digits.parse().ok());
    number.ok_or_else(unexpected)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn string(text: &str) -> Value {
        Value::BulkString(text.as_bytes().to_vec())
    }

    #[test]
    fn what_no_script_of_ours_gives_is_damage() {
        for answer in [
            Value::Nil,
            Value::Okay,
            Value::Array(vec![]),
            Value::Array(vec![Value::Int(7)]),
            Value::Array(vec![Value::Int(-1)]),
            Value::Array(vec![Value::Int(1), Value::Int(1)]),
            Value::Array(vec![Value::Int(2), Value::Int(1)]),
        ] {
            let claimed = claim(answer.clone());
            assert!(
                matches!(claimed, Err(StoreError::Damaged { .. })),
                "{answer:?}"
            );
        }
        assert!(saved(Value::Nil, "me").is_err());
        assert!(secret(string("short")).is_err());
        assert!(frames(Value::Array(vec![string("1-0")])).is_err());
    }

    #[test]
    fn keys_that_are_not_ours_are_passed_over() {
        let pairs = ["g", "3", "later", "?", "f:", "unnamed"];
        let record = record(Value::Array(pairs.map(string).to_vec())).unwrap();
        assert_eq!(record.generation, 3);
        assert_eq!(record.fields, [("".into(), Bytes::from("unnamed"))]);
    }
}
