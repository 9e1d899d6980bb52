//! The threads that run an app's Python: each has a virtual machine of the app's one interpreter
//! and takes jobs from one queue.
//!
//! A job that blocks holds one thread; the others go on. A thread that cannot be interrupted, or
//! whose native code panicked, is replaced by another. Not here: what a job does.

use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, atomic::Ordering::Relaxed},
    thread,
    time::Duration,
};

use crossbeam_channel::{Receiver, Sender, unbounded};
use parking_lot::Mutex;
use rustpython_vm::{VirtualMachine, vm::thread::allow_threads};

use super::{
    collector::{Heap, collector},
    machine::Machine,
    watchdog::Watchdog,
    watched::{Counts, Rules, Watched},
};
use crate::limits::{JOBS_QUEUED_MAX, LOST_THREADS_MAX};
use crate::{ScriptError, interpreter::STACK_BYTES};

/// How many machines wait for threads that are lost. A machine can only be made by a thread that
/// runs another; the healthy ones see to it that there are so many again.
const SPARES: usize = 2;

/// One more machine runs what a collection runs.
const COLLECTING: usize = 1;

/// Something to run with a virtual machine.
pub(crate) struct Job {
    run: Box<dyn FnOnce(&VirtualMachine) + Send>,
    name: Option<Arc<str>>,
    abandoned: Option<Abandoned>,
}

/// What is to be done when the thread that runs a job is given up.
type Abandoned = Box<dyn FnOnce() + Send>;

impl Job {
    /// A job that runs `run`.
    pub(crate) fn new(run: impl FnOnce(&VirtualMachine) + Send + 'static) -> Self {
        Self {
            run: Box::new(run),
            name: None,
            abandoned: None,
        }
    }

    /// What it is, for messages: a handler's full name.
    pub(crate) fn named(mut self, name: Arc<str>) -> Self {
        self.name = Some(name);
        self
    }

    /// Runs it.
    pub(crate) fn run(self, vm: &VirtualMachine) {
        (self.run)(vm);
    }

    /// Called once, on a thread without Python, when the thread that runs the job is given up. The
    /// job itself may still come back at any time.
    pub(crate) fn or_abandoned(mut self, abandoned: impl FnOnce() + Send + 'static) -> Self {
        self.abandoned = Some(Box::new(abandoned));
        self
    }
}

/// Machines that wait for a thread.
#[derive(Default)]
pub(super) struct Spares(Mutex<Vec<Machine>>);

impl Spares {
    /// One of them.
    pub(super) fn take(&self) -> Option<Machine> {
        self.0.lock().pop()
    }

    /// Makes another one when one is missing.
    fn refill(&self, vm: &VirtualMachine) {
        // Rarely there is something to do; when another thread is at it already, nothing.
        if let Some(mut machines) = self.0.try_lock()
            && machines.len() < SPARES
        {
            machines.push(Machine::new(vm));
        }
    }
}

/// The threads of one app.
#[derive(Debug)]
pub(crate) struct Workers {
    jobs: Sender<Job>,
    crew: Arc<Crew>,
}

/// What the threads of one app have in common.
struct Crew {
    name: String,
    queue: Receiver<Job>,
    spares: Arc<Spares>,
    rules: Rules,
    watchdog: &'static Watchdog,
}

impl fmt::Debug for Crew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Crew")
            .field("name", &self.name)
            .field("counts", &self.rules.counts)
            .finish_non_exhaustive()
    }
}

impl Workers {
    /// The machines that [`Workers::start`] wants for so many threads.
    pub(crate) fn machines(threads: usize, vm: &VirtualMachine) -> Vec<Machine> {
        let count = threads + SPARES + COLLECTING;
        std::iter::repeat_with(|| Machine::new(vm))
            .take(count)
            .collect()
    }

    /// Starts a thread for each of `machines` but the spare ones. They end when the workers are
    /// dropped. Whatever computes for longer than `budget` without an end is interrupted.
    ///
    /// # Errors
    /// When the operating system gives no thread.
    pub(crate) fn start(
        name: &str,
        mut machines: Vec<Machine>,
        budget: Duration,
    ) -> Result<Self, ScriptError> {
        // A bounded channel would take the memory of all places at once; `submit` keeps the bound.
        let (jobs, queue) = unbounded();
        let working = machines.split_off((SPARES + COLLECTING).min(machines.len()));
        let counts = Arc::new(Counts::default());
        let machine = machines.pop();
        let spares = Arc::new(Spares(Mutex::new(machines)));
        collector().add(Heap {
            machine: Mutex::new(machine),
            spares: Arc::clone(&spares),
            counts: Arc::clone(&counts),
        })?;
        let crew = Arc::new(Crew {
            name: name.to_owned(),
            queue,
            spares,
            rules: Rules { budget, counts },
            watchdog: Watchdog::of_process()?,
        });
        for machine in working {
            crew.begin_thread(machine)?;
        }
        Ok(Self { jobs, crew })
    }

    /// Has a job run. One too many is dropped, and so is one that no thread is left for.
    pub(crate) fn submit(&self, job: Job) {
        if self.jobs.len() >= JOBS_QUEUED_MAX {
            tracing::error!("{JOBS_QUEUED_MAX} jobs wait for a thread; one was dropped");
        } else if self.alive() == 0 || self.jobs.send(job).is_err() {
            tracing::error!("no thread is left to run Python");
        }
    }

    /// How many threads take jobs.
    pub(crate) fn alive(&self) -> usize {
        self.crew.rules.counts.alive.load(Relaxed)
    }

    /// How many threads there are, and what became of others.
    pub(super) fn counts(&self) -> &Counts {
        &self.crew.rules.counts
    }

    /// Has the watchdog look after this thread, on which a [`Machine`] of the app runs, as it does
    /// after the workers. `on_lost` is called once, on a thread without Python, when this one
    /// cannot be interrupted; it is then to be replaced, and has to end when it comes back.
    pub(crate) fn watch(
        &self,
        _vm: &VirtualMachine,
        on_lost: Box<dyn Fn() + Send + Sync>,
    ) -> Watched {
        Watched::here(self.crew.rules.clone(), self.crew.watchdog, on_lost)
    }

    /// A machine for a thread of the app besides the workers, or for one that replaces such.
    pub(crate) fn spare(&self) -> Option<Machine> {
        self.crew.spares.take()
    }
}

/// What a thread runs at the moment.
type Current = Arc<Mutex<Option<Abandoned>>>;

/// Why a thread ends.
enum End {
    /// The app is gone.
    Dismissed,
    /// It was given up and replaced, and has come back.
    CameBack,
    /// Native code panicked; the machine may have suffered. Another one takes its place.
    Panicked(Box<Machine>),
}

impl Crew {
    fn begin_thread(self: &Arc<Self>, machine: Machine) -> Result<(), ScriptError> {
        let crew = Arc::clone(self);
        let number = self.rules.counts.alive.fetch_add(1, Relaxed);
        let started = thread::Builder::new()
            .name(format!("{}-{number}", self.name))
            .stack_size(STACK_BYTES)
            .spawn(move || match machine.run(|vm| crew.work(vm)) {
                End::Dismissed => {
                    crew.rules.counts.alive.fetch_sub(1, Relaxed);
                }
                End::CameBack => {}
                End::Panicked(machine) => {
                    crew.rules.counts.alive.fetch_sub(1, Relaxed);
                    crew.replace(*machine);
                }
            });
        if let Err(error) = started {
            self.rules.counts.alive.fetch_sub(1, Relaxed);
            return Err(ScriptError::Thread(error));
        }
        Ok(())
    }

    fn replace(self: &Arc<Self>, machine: Machine) {
        match self.begin_thread(machine) {
            Ok(()) => {
                self.rules.counts.replaced.fetch_add(1, Relaxed);
            }
            Err(error) => tracing::error!("{error}"),
        }
    }

    /// A thread is lost: what it ran is abandoned, another takes its place.
    fn lose(self: &Arc<Self>, current: &Current) {
        self.rules.counts.alive.fetch_sub(1, Relaxed);
        let lost = self.rules.counts.lost.load(Relaxed);
        if let Some(machine) = self.spares.take().filter(|_| lost <= LOST_THREADS_MAX) {
            self.replace(machine);
        } else {
            tracing::error!("a thread of {} is lost and not replaced", self.name);
        }
        let abandoned = current.lock().take();
        if let Some(abandoned) = abandoned {
            abandoned();
        }
    }

    fn work(self: &Arc<Self>, vm: &VirtualMachine) -> End {
        let current = Current::default();
        let (crew, abandoned) = (Arc::downgrade(self), Arc::clone(&current));
        let on_lost = Box::new(move || {
            if let Some(crew) = crew.upgrade() {
                crew.lose(&abandoned);
            }
        });
        let watched = Watched::here(self.rules.clone(), self.watchdog, on_lost);
        loop {
            let next = match self.queue.try_recv() {
                Ok(job) => Some(job),
                Err(_) => allow_threads(vm, || self.queue.recv().ok()),
            };
            let Some(job) = next else {
                return End::Dismissed;
            };
            if let Some(end) = self.run(job, &watched, &current, vm) {
                return end;
            }
        }
    }

    fn run(
        &self,
        job: Job,
        watched: &Watched,
        current: &Current,
        vm: &VirtualMachine,
    ) -> Option<End> {
        *current.lock() = job.abandoned;
        watched.begin_named(job.name);
        let ran = catch_unwind(AssertUnwindSafe(|| (job.run)(vm)));
        watched.end();
        drop(current.lock().take());
        if watched.is_lost() {
            return Some(End::CameBack);
        }
        if ran.is_err() {
            tracing::error!("native code panicked while it ran Python; its thread is replaced");
            return Some(End::Panicked(Box::new(Machine::new(vm))));
        }
        self.spares.refill(vm);
        None
    }
}
