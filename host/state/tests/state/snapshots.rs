//! Snapshots: round trips, and bytes that are none.

use crate::values::any_value;
use ferroflex_state::snapshot::{decode, encode};
use ferroflex_state::{MAX_DEPTH, SnapshotError, Value};
use proptest::collection::vec;
use proptest::prelude::*;

const SCHEMA: u64 = 0x9f86_d081_884c_7d65;

fn nested(depth: usize) -> Value {
    (0..depth).fold(Value::None, |inner, _| Value::List(vec![inner]))
}

proptest! {
    #[test]
    fn fields_come_back(fields in vec(any_value(), 0..5)) {
        let bytes = encode(SCHEMA, &fields).unwrap();
        prop_assert_eq!(decode(&bytes, SCHEMA).unwrap(), fields);
    }

    #[test]
    fn a_part_is_refused(fields in vec(any_value(), 0..3), cut in any::<prop::sample::Index>()) {
        let bytes = encode(SCHEMA, &fields).unwrap();
        let length = cut.index(bytes.len());
        let part = decode(&bytes[..length], SCHEMA);
        prop_assert_eq!(part, Err(SnapshotError::Truncated { length }));
    }

    /// Damage is refused, or reads as other fields; it neither panics nor takes memory.
    #[test]
    fn damage_does_not_panic(
        fields in vec(any_value(), 1..4),
        damage in vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = encode(SCHEMA, &fields).unwrap();
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Ok(other) = decode(&bytes, SCHEMA) {
            prop_assert!(encode(SCHEMA, &other).is_ok());
        }
    }

    /// Random bytes behind a head that is right.
    #[test]
    fn noise_does_not_panic(noise in vec(any::<u8>(), 0..200)) {
        let mut bytes = encode(SCHEMA, &[]).unwrap();
        bytes.pop();
        bytes.extend(noise);
        let _outcome = decode(&bytes, SCHEMA);
        let _outcome = decode(&bytes[11..], SCHEMA);
    }
}

#[test]
fn another_schema_is_refused() {
    let bytes = encode(SCHEMA, &[Value::Int(1)]).unwrap();
    let refused = SnapshotError::Schema {
        found: SCHEMA,
        expected: 7,
    };
    assert_eq!(decode(&bytes, 7), Err(refused));
}

#[test]
fn another_format_is_refused() {
    let mut bytes = encode(SCHEMA, &[Value::Int(1)]).unwrap();
    bytes[1] = 2;
    assert_eq!(
        decode(&bytes, SCHEMA),
        Err(SnapshotError::Format {
            found: 2,
            expected: 1
        })
    );
}

#[test]
fn bytes_behind_the_end_are_refused() {
    let mut bytes = encode(SCHEMA, &[Value::Int(1)]).unwrap();
    let offset = bytes.len();
    bytes.push(0xc0);
    let refused = SnapshotError::Malformed {
        offset,
        expected: "the end",
    };
    assert_eq!(decode(&bytes, SCHEMA), Err(refused));
}

#[test]
fn the_deepest_value_is_kept_and_a_deeper_one_refused() {
    let bytes = encode(SCHEMA, &[nested(MAX_DEPTH)]).unwrap();
    assert_eq!(decode(&bytes, SCHEMA), Ok(vec![nested(MAX_DEPTH)]));
    assert_eq!(
        encode(SCHEMA, &[nested(MAX_DEPTH + 1)]),
        Err(SnapshotError::TooDeep)
    );
    let mut bytes = encode(SCHEMA, &[]).unwrap();
    bytes.pop();
    bytes.extend(std::iter::repeat_n(0x91, 1_000_000));
    assert_eq!(decode(&bytes, SCHEMA), Err(SnapshotError::TooDeep));
}

#[test]
fn a_length_that_cannot_be_takes_no_memory() {
    let mut bytes = encode(SCHEMA, &[]).unwrap();
    bytes.pop();
    for marker in [0xdd, 0xdb, 0xc6] {
        let mut damaged = bytes.clone();
        damaged.extend([0x91, marker, 0xff, 0xff, 0xff, 0xff, 0]);
        let length = damaged.len();
        assert_eq!(
            decode(&damaged, SCHEMA),
            Err(SnapshotError::Truncated { length })
        );
    }
}
