//! The asyncio loop of an app: one thread that runs its async handlers.
//!
//! The loop is the standard library's (`stdlib/reflex/loop.py`). It waits in [`Poller`], which
//! takes jobs from Rust, tells which files are ready, and returns when a timer is due. A job runs
//! on the loop's thread as a callback of the loop would.
//!
//! Not here: what the jobs do (`run`).

mod poller;
mod thread;

pub(crate) use poller::{Poller, Queue};
pub(crate) use thread::{Begin, Looper, make_task};
