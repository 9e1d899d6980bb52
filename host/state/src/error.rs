//! What can go wrong with patches, snapshots and wire forms.
//!
//! One enum a module that can fail: their callers are different, and none meets two of them.

use crate::MAX_DEPTH;

/// Why an operation does not fit the state that it was applied to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatchError {
    /// The path has no step, so it names not even a field.
    #[error("the path is empty; it must start with the number of a field")]
    EmptyPath,
    /// A step leads into a value that has nothing of that kind inside.
    #[error("{path}: expected {expected}, found {found}")]
    WrongKind {
        /// The path of the value, as it is written on the wire.
        path: String,
        /// What the operation needs there.
        expected: &'static str,
        /// What stands there.
        found: &'static str,
    },
    /// A position, or the end of a run, is past the end of its list.
    #[error("{path}: position {index} is past the end of a list of {length}")]
    OutOfRange {
        /// The path of the list.
        path: String,
        /// The position asked for.
        index: usize,
        /// How many elements there are.
        length: usize,
    },
    /// A dictionary has no such key.
    #[error("{path}: there is no key {name:?}")]
    NoSuchKey {
        /// The path of the dictionary.
        path: String,
        /// The key's wire name.
        name: String,
    },
}

/// Why bytes are not a snapshot that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// The snapshot was written by another version of the format.
    #[error("the snapshot has format {found}; this build reads format {expected}")]
    Format {
        /// The format that it has.
        found: u64,
        /// The format that can be read.
        expected: u64,
    },
    /// The snapshot holds the fields of another version of the state class.
    #[error("the snapshot has schema {found:016x}, the state class has {expected:016x}")]
    Schema {
        /// The schema that it was written for.
        found: u64,
        /// The schema asked for.
        expected: u64,
    },
    /// The bytes end before the snapshot does.
    #[error("the snapshot is cut off after {length} bytes")]
    Truncated {
        /// How many bytes there are.
        length: usize,
    },
    /// Something stands where it cannot.
    #[error("the snapshot is damaged at byte {offset}: expected {expected}")]
    Malformed {
        /// Where, from the start.
        offset: usize,
        /// What should stand there.
        expected: &'static str,
    },
    /// Containers stand inside each other more than [`MAX_DEPTH`] deep.
    #[error("the value is nested more than {MAX_DEPTH} deep")]
    TooDeep,
    /// A run is longer than the format can say.
    #[error("a run of {length} is longer than a snapshot can hold")]
    TooLong {
        /// How long it is, in bytes or elements.
        length: usize,
    },
}

/// Why JSON is not an operation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WireError {
    /// A part is missing, or has a wrong type.
    #[error("an operation's {part} must be {expected}")]
    WrongPart {
        /// Which part.
        part: &'static str,
        /// What it must be.
        expected: &'static str,
    },
    /// No operation has that letter.
    #[error("no operation is called {letter:?}; there are s, d, p, m and a")]
    UnknownOperation {
        /// The letter.
        letter: String,
    },
}
