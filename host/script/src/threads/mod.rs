//! The threads that run an app's Python, and what keeps them healthy.
//!
//! - `pool`: threads that take jobs from one queue;
//! - `collector`: garbage collection run by the host.
//!
//! Not here: what a job does (`run`).

pub(crate) mod collector;
pub(crate) mod pool;

pub(crate) use collector::Collector;
pub(crate) use pool::{Job, Workers};
