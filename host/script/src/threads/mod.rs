//! The threads that run an app's Python, and what keeps them from hurting each other.
//!
//! - `pool`: threads that take jobs from one queue, and their replacement;
//! - `machine`: the virtual machine of a thread, which can be interrupted;
//! - `watched`, `watchdog`, `clock`: how long a thread computes, and what is done about it;
//! - `collector`, `schedule`: garbage collection run by the host, and when;
//! - `rendezvous`, `gate`: how threads are brought to wait for a collection, and where;
//! - `health`: what `/healthz` tells of all this.
//!
//! Not here: what a job does (`run`).

mod clock;
mod collector;
mod gate;
mod health;
mod machine;
mod pool;
mod rendezvous;
mod schedule;
mod watchdog;
mod watched;

pub(crate) use clock::Clock;
pub(crate) use collector::{admit, freeze};
pub(crate) use machine::{Machine, listen, open_to_signals, signals_here};
pub(crate) use pool::{Job, Workers};
pub(crate) use watched::Watched;
