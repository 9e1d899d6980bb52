//! Garbage collection run by the host.
//!
//! RustPython collects only its youngest generation by itself; a cycle that survives one such
//! collection would stay for ever. So the host collects everything: when the threads are idle and
//! something ran since, or after so many jobs. What was there when the app was loaded is frozen,
//! so that a collection looks only at what came later.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    time::Instant,
};

use rustpython_vm::{PyResult, VirtualMachine};

/// After so many jobs a collection is due even under load. A collection costs some microseconds for
/// every thousand live objects, a job some tens of microseconds.
const JOBS_BETWEEN: u64 = 50_000;

/// How many jobs must have run before an idle moment is used.
const JOBS_BEFORE_IDLE: u64 = 200;

/// Decides when to collect.
#[derive(Debug, Default)]
pub(crate) struct Collector {
    jobs: AtomicU64,
    running: AtomicBool,
}

impl Collector {
    /// Takes everything that is alive out of later collections.
    pub(crate) fn freeze(vm: &VirtualMachine) -> PyResult<()> {
        call("collect", vm)?;
        call("freeze", vm)
    }

    /// Called after every job.
    pub(crate) fn after_job(&self, vm: &VirtualMachine) {
        if self.jobs.fetch_add(1, Relaxed) + 1 >= JOBS_BETWEEN {
            self.collect(vm);
        }
    }

    /// Called when there is nothing to do.
    pub(crate) fn when_idle(&self, vm: &VirtualMachine) {
        if self.jobs.load(Relaxed) >= JOBS_BEFORE_IDLE {
            self.collect(vm);
        }
    }

    fn collect(&self, vm: &VirtualMachine) {
        if self.running.swap(true, Relaxed) {
            return;
        }
        self.jobs.store(0, Relaxed);
        let began = Instant::now();
        if call("collect", vm).is_err() {
            tracing::warn!("a garbage collection failed");
        }
        let micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
        tracing::debug!(pause_us = micros, "garbage collected");
        self.running.store(false, Relaxed);
    }
}

fn call(function: &'static str, vm: &VirtualMachine) -> PyResult<()> {
    vm.import("gc", 0)?
        .get_attr(function, vm)?
        .call((), vm)
        .map(drop)
}
