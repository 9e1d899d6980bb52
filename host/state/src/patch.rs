//! The operations that turn one state of a substate into the next, and their application.

use crate::{Path, Value};

/// One change of a substate. Paths are read after the operations before it were applied.
#[derive(Debug, Clone)]
pub enum Op {
    /// Put `value` at `path`, replacing what stood there or adding a key.
    Set {
        /// The place.
        path: Path,
        /// The new value.
        value: Value,
    },
    /// Remove the dictionary key that `path` ends in.
    Delete {
        /// The place.
        path: Path,
    },
    /// In the list at `path`, replace `remove` elements from `index` on by `insert`.
    Splice {
        /// The list.
        path: Path,
        /// The first element concerned.
        index: usize,
        /// How many elements go.
        remove: usize,
        /// What comes in their place.
        insert: Vec<Value>,
    },
    /// In the list at `path`, take `count` elements out at `from` and put them back at `to`,
    /// `to` counted after they were taken out.
    Move {
        /// The list.
        path: Path,
        /// Where they stood.
        from: usize,
        /// How many there are.
        count: usize,
        /// Where they go.
        to: usize,
    },
    /// Append `text` to the string at `path`.
    Append {
        /// The string.
        path: Path,
        /// What is added at its end.
        text: String,
    },
}
