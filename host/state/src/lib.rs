//! The state engine: values, paths, patches and the journal that says what changed.
//!
//! Pure: no I/O, no Python, no clock. The script host feeds it and the session carries what it
//! makes; neither is known here.
//!
//! - [`value`]: the values that a field can hold.
//! - [`path`]: where inside a substate a value stands.
//! - [`patch`]: the operations that turn one value into another, and their application.
//! - [`diff`]: the cheapest operations between two values or two sequences.
//! - [`wire`]: the JSON form of values and operations.
//! - [`snapshot`]: the MessagePack form of a whole substate.
//! - [`journal`]: which fields and containers of a session were touched since the last flush.
