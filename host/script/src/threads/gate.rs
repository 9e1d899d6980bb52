//! Where threads wait, before they begin something or in the middle of it, while garbage is
//! collected.
//!
//! One for the process: a collection stops the threads of every app. Not here: who closes it and
//! when (`rendezvous`).

use std::{
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    time::Instant,
};

use parking_lot::{Condvar, Mutex};
use rustpython_vm::{VirtualMachine, vm::thread::allow_threads};

use crate::limits::GATE_CLOSED_MAX;

/// The gate of the process.
pub(crate) static GATE: Gate = Gate {
    closed: AtomicBool::new(false),
    since: Mutex::new(None),
    opened: Condvar::new(),
};

/// A gate; open at first.
#[derive(Debug)]
pub(crate) struct Gate {
    closed: AtomicBool,
    since: Mutex<Option<Instant>>,
    opened: Condvar,
}

/// The gate is closed as long as this exists.
#[derive(Debug)]
pub(crate) struct Closed(&'static Gate);

impl Gate {
    /// Closes it. Only the collector does.
    pub(crate) fn close(&'static self) -> Closed {
        let mut since = self.since.lock();
        *since = Some(Instant::now());
        self.closed.store(true, Relaxed);
        Closed(self)
    }

    /// Opens it, also when who closed it cannot.
    pub(crate) fn open(&self) {
        let mut since = self.since.lock();
        *since = None;
        self.closed.store(false, Relaxed);
        self.opened.notify_all();
    }

    /// Whether who comes has to wait. One load: asked before every job.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Relaxed)
    }

    /// Waits until it is opened, with the machine let go, so that the thread counts as stopped.
    pub(crate) fn wait(&self, vm: &VirtualMachine) {
        allow_threads(vm, || {
            let mut since = self.since.lock();
            let Some(closed) = *since else { return };
            // It may be closed again before this thread has woken up; that is another time.
            while *since == Some(closed) {
                let waited = self.opened.wait_until(&mut since, closed + GATE_CLOSED_MAX);
                if waited.timed_out() {
                    return;
                }
            }
        });
    }
}

impl Drop for Closed {
    fn drop(&mut self) {
        self.0.open();
    }
}
