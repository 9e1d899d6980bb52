//! The threads that run an app's Python, and what keeps them from hurting each other.
//!
//! - `pool`: threads that take jobs from one queue, and their replacement;
//! - `machine`: the virtual machine of a thread, which can be interrupted;
//! - `watched`, `watchdog`, `clock`: how long a thread computes, and what is done about it;
//! - `gate`: where threads wait for a collection;
//! - `collector`: garbage collection run by the host.
//!
//! Not here: what a job does (`run`).

mod clock;
pub(crate) mod collector;
mod gate;
mod machine;
mod pool;
mod watchdog;
mod watched;

pub(crate) use collector::Collector;
pub(crate) use machine::Machine;
pub(crate) use pool::{Job, Workers};
pub(crate) use watched::Watched;
