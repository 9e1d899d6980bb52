//! The state engine: values, paths, patches and the journal that says what changed.
//!
//! Pure: no I/O, no Python, no clock. The script host feeds it and the session carries what it
//! makes; neither is known here.
//!
//! - [`value`]: the values that a field can hold.
//! - [`path`]: where inside a substate a value stands.
//! - [`patch`]: the operations that turn one value into another, and their application.
//! - [`diff`]: the cheapest operations between two values.
//! - [`sequence`]: the edits between two sequences of anything.
//! - [`wire`]: the JSON form of values and operations.
//! - [`snapshot`]: the `MessagePack` form of a whole substate.
//! - [`journal`]: which fields and containers of a session were touched since the last flush.

pub mod diff;
pub mod error;
pub mod journal;
pub mod limits;
pub mod patch;
pub mod path;
pub mod sequence;
pub mod snapshot;
pub mod value;
pub mod wire;

pub use diff::{cheapest, diff};
pub use error::{PatchError, SnapshotError, WireError};
pub use journal::{FieldId, Journal, Link, NodeId, Parent, Way};
pub use limits::{MAX_DEPTH, WAYS_MAX};
pub use patch::{Op, apply};
pub use path::{Path, Step};
pub use value::{BigInt, Dict, DictKey, TextKind, Value};
