//! The threads that run an app's Python: each has a virtual machine of the app's one interpreter
//! and takes jobs from one queue.
//!
//! A job that blocks holds one thread; the others go on. Not here: what a job does.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
    thread,
    time::Duration,
};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use rustpython_vm::{VirtualMachine, vm::thread::ThreadedVirtualMachine};

use super::Collector;
use crate::{ScriptError, interpreter::STACK_BYTES};

/// How many jobs wait at most. Sessions hold one job each, so this is the number of sessions that
/// can wait for a thread; past it, whoever submits waits.
const JOBS_QUEUED_MAX: usize = 100_000;

/// How long a thread without work waits before it looks whether garbage should be collected.
const IDLE: Duration = Duration::from_millis(500);

/// Something to run with a virtual machine.
pub(crate) struct Job {
    run: Box<dyn FnOnce(&VirtualMachine) + Send>,
}

impl Job {
    /// A job that runs `run`.
    pub(crate) fn new(run: impl FnOnce(&VirtualMachine) + Send + 'static) -> Self {
        Self { run: Box::new(run) }
    }
}

/// The threads of one app.
#[derive(Debug)]
pub(crate) struct Workers {
    jobs: Sender<Job>,
    alive: std::sync::Arc<AtomicUsize>,
}

impl Workers {
    /// Starts one thread for each machine given. They end when the workers are dropped.
    pub(crate) fn start(
        name: &str,
        machines: Vec<ThreadedVirtualMachine>,
        collector: &std::sync::Arc<Collector>,
    ) -> Result<Self, ScriptError> {
        let (jobs, queue) = bounded(JOBS_QUEUED_MAX);
        let alive = std::sync::Arc::new(AtomicUsize::new(0));
        for (index, machine) in machines.into_iter().enumerate() {
            let (queue, alive, collector) = (queue.clone(), alive.clone(), collector.clone());
            alive.fetch_add(1, Relaxed);
            thread::Builder::new()
                .name(format!("{name}-{index}"))
                .stack_size(STACK_BYTES)
                .spawn(move || {
                    machine.run(|vm| work(&queue, &collector, vm));
                    alive.fetch_sub(1, Relaxed);
                })
                .map_err(ScriptError::Thread)?;
        }
        Ok(Self { jobs, alive })
    }

    /// Has a job run. Waits when too many are queued.
    pub(crate) fn submit(&self, job: Job) {
        if self.jobs.send(job).is_err() {
            tracing::error!("no thread is left to run Python");
        }
    }

    /// How many threads are there.
    pub(crate) fn alive(&self) -> usize {
        self.alive.load(Relaxed)
    }
}

fn work(queue: &Receiver<Job>, collector: &Collector, vm: &VirtualMachine) {
    loop {
        let next = match queue.try_recv() {
            Ok(job) => Ok(job),
            Err(_) => rustpython_vm::vm::thread::allow_threads(vm, || queue.recv_timeout(IDLE)),
        };
        match next {
            Ok(job) => {
                if catch_unwind(AssertUnwindSafe(|| (job.run)(vm))).is_err() {
                    tracing::error!("native code panicked while it ran Python");
                }
                collector.after_job(vm);
            }
            Err(RecvTimeoutError::Timeout) => collector.when_idle(vm),
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}
