//! Where threads wait, before they begin something or in the middle of it, while a collection is
//! made ready and done.
//!
//! One for the process: a collection stops the threads of every app. Not here: who closes it and
//! for how long (`rendezvous`).

use std::{
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    time::{Duration, Instant},
};

use parking_lot::{Condvar, Mutex};
use rustpython_vm::{VirtualMachine, vm::thread::allow_threads};

/// How long a thread waits at most. What a collection runs (`__del__`, callbacks of weak
/// references) may need a lock that a waiting thread holds; then that thread has to go on.
const WAIT_MAX: Duration = Duration::from_secs(2);

/// The gate of the process.
pub(crate) static GATE: Gate = Gate {
    closed: AtomicBool::new(false),
    changing: Mutex::new(()),
    opened: Condvar::new(),
};

/// A gate; open at first.
#[derive(Debug)]
pub(crate) struct Gate {
    closed: AtomicBool,
    changing: Mutex<()>,
    opened: Condvar,
}

/// The gate is closed as long as this exists.
#[derive(Debug)]
pub(crate) struct Closed(&'static Gate);

impl Gate {
    /// Closes it. One at a time may: the collections see to that.
    pub(crate) fn close(&'static self) -> Closed {
        self.closed.store(true, Relaxed);
        Closed(self)
    }

    /// Whether who comes has to wait. One load: asked before every job.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Relaxed)
    }

    /// Waits until it is open, with the machine let go, so that the world counts as stopped.
    pub(crate) fn wait(&self, vm: &VirtualMachine) {
        allow_threads(vm, || {
            let deadline = Instant::now() + WAIT_MAX;
            let mut changing = self.changing.lock();
            while self.is_closed() {
                if self.opened.wait_until(&mut changing, deadline).timed_out() {
                    return;
                }
            }
        });
    }
}

impl Drop for Closed {
    fn drop(&mut self) {
        let _changing = self.0.changing.lock();
        self.0.closed.store(false, Relaxed);
        self.0.opened.notify_all();
    }
}
