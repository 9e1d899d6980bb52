//! The state engine from outside: its properties over generated values, and the golden operations
//! that the TypeScript tests read as well. One crate, so that it is linked once.

mod diffs;
mod sequences;
mod snapshots;
mod values;
mod wires;
