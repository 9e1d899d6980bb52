//! A thread that runs Python, as it tells the watchdog what it does.
//!
//! Not here: what the watchdog makes of it (`watchdog`).

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{
            AtomicU32, AtomicU64, AtomicUsize,
            Ordering::{AcqRel, Acquire},
        },
    },
    time::Duration,
};

use parking_lot::Mutex;
use rustpython_vm::{
    VirtualMachine,
    builtins::{PyBaseExceptionRef, PyTypeRef},
    signal::{UserSignal, UserSignalSender},
    vm::thread::{CurrentFrameSlot, ThreadState, current_thread_slot, try_with_current_vm},
};

use super::{
    clock::Clock,
    collector::collector,
    gate::GATE,
    machine::signals_here,
    watchdog::{Observed, Watchdog},
};
use crate::interpreter::module;

/// The bit of a lost thread in its count of batches.
const LOST: u64 = 1 << 63;

/// What the threads of an app have in common for the watchdog.
#[derive(Debug, Clone)]
pub(super) struct Rules {
    /// How long one batch may compute.
    pub(super) budget: Duration,
    /// Where lost threads are counted.
    pub(super) counts: Arc<Counts>,
}

/// How many threads an app has, and what became of others.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Threads that take jobs.
    pub(super) alive: AtomicUsize,
    /// Threads that were given up and have not come back.
    pub(super) lost: AtomicUsize,
    /// Threads that took another's place.
    pub(super) replaced: AtomicU64,
}

/// What is known of a thread by all.
pub(crate) struct Watch {
    /// Odd while a batch runs; every beginning and every end adds one. [`LOST`] once the thread
    /// was given up.
    batch: AtomicU64,
    /// What the batch is, for messages.
    subject: Mutex<Option<Arc<str>>>,
    /// How many times an interruption has reached the thread.
    pub(super) reactions: AtomicU32,
    pub(super) clock: Clock,
    pub(super) rules: Rules,
    pub(super) on_lost: Box<dyn Fn() + Send + Sync>,
    /// The watchdog's notes.
    pub(super) observed: Mutex<Observed>,
    /// RustPython's record of the thread.
    slot: Option<CurrentFrameSlot>,
    signals: Option<UserSignalSender>,
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("batch", &self.batch)
            .finish_non_exhaustive()
    }
}

impl Watch {
    /// The number of the batch that runs, if one does.
    pub(super) fn running(&self) -> Option<u64> {
        Some(self.batch.load(Acquire) & !LOST).filter(|batch| batch % 2 == 1)
    }

    /// Whether the thread holds its machine: it runs Python, or native code that does not wait.
    pub(super) fn is_attached(&self) -> bool {
        let state = self.slot.as_ref().map(|slot| slot.state.load(Acquire));
        state == Some(ThreadState::Attached as i32)
    }

    /// Whether it was given up.
    pub(super) fn is_lost(&self) -> bool {
        self.batch.load(Acquire) & LOST != 0
    }

    /// Gives it up, unless the batch has ended meanwhile. Tells whether it did.
    pub(super) fn give_up(&self, batch: u64) -> bool {
        let given_up = batch | LOST;
        let lost = &self.rules.counts.lost;
        lost.fetch_add(1, AcqRel);
        let exchanged = self
            .batch
            .compare_exchange(batch, given_up, AcqRel, Acquire);
        if exchanged.is_err() {
            lost.fetch_sub(1, AcqRel);
        }
        exchanged.is_ok()
    }

    /// Has the thread wait at the gate, if it holds its machine. Tells whether it does.
    pub(super) fn park(&self) -> bool {
        let is_attached = self.is_attached();
        if is_attached {
            self.send(Box::new(|vm| {
                GATE.wait(vm);
                Ok(())
            }));
        }
        is_attached
    }

    /// Asks for a sign of life, and tells whether there was one since the last time: the mark is
    /// RustPython's own request to stop, which a thread wipes off when it finds no stop going on.
    pub(super) fn ask(&self) -> bool {
        let answered = |slot: &CurrentFrameSlot| !slot.stop_requested.swap(true, AcqRel);
        self.slot.as_ref().is_some_and(answered)
    }

    /// How many times a batch has begun or ended.
    pub(super) fn turns(&self) -> u64 {
        self.batch.load(Acquire) & !LOST
    }

    /// Has the thread run `signal` at its next step in Python. Others may take its wake-up, which
    /// is one for the whole process, so it is to be followed by [`Watch::nudge`] until it has come.
    pub(super) fn send(&self, signal: UserSignal) {
        if let Some(signals) = &self.signals {
            // An error means that the thread has ended.
            let _ = signals.send(signal);
        }
    }

    /// Wakes threads up for what was sent to this one.
    pub(super) fn nudge(&self) {
        self.send(Box::new(|_| Ok(())));
    }

    /// Raises in the batch, `taps` times at steps that follow each other: what swallows the first
    /// exception is hit by the next before it can go on.
    pub(super) fn raise_in(self: &Arc<Self>, batch: u64, taps: u32) {
        let watch = Arc::clone(self);
        self.send(Box::new(move |vm| {
            if watch.running() != Some(batch) {
                return Ok(());
            }
            watch.reactions.fetch_add(1, AcqRel);
            if taps > 1 {
                watch.raise_in(batch, taps - 1);
            }
            Err(watch.exceeded(vm))
        }));
    }

    /// What the batch is, for messages.
    pub(super) fn subject(&self) -> Arc<str> {
        let subject = self.subject.lock().clone();
        subject.unwrap_or_else(|| Arc::from("Python"))
    }

    fn exceeded(&self, vm: &VirtualMachine) -> PyBaseExceptionRef {
        let message = format!(
            "{} has computed for {:?}, its time budget, without an end; move long computing to a \
             background task or to rx.run_in_thread, or raise --time-budget",
            self.subject(),
            self.rules.budget,
        );
        let class = module("reflex.running", vm)
            .and_then(|running| running.get_attr("TimeBudgetExceeded", vm))
            .and_then(|class| class.try_into_value::<PyTypeRef>(vm));
        match class {
            Ok(class) => vm.new_exception_msg(class, message.into()),
            Err(raised) => raised,
        }
    }
}

/// A thread's own end of its [`Watch`]. The watchdog forgets the thread when this is dropped.
#[derive(Debug)]
pub(crate) struct Watched {
    watch: Arc<Watch>,
    watchdog: &'static Watchdog,
}

impl Watched {
    /// Registers this thread, on which a [`Machine`](super::Machine) runs.
    pub(super) fn here(
        rules: Rules,
        watchdog: &'static Watchdog,
        on_lost: Box<dyn Fn() + Send + Sync>,
    ) -> Self {
        let signals = signals_here();
        if signals.is_none() {
            tracing::error!("a thread runs Python on a machine that cannot be interrupted");
        }
        let watch = Arc::new(Watch {
            batch: AtomicU64::new(0),
            subject: Mutex::default(),
            reactions: AtomicU32::new(0),
            clock: Clock::of_this_thread(),
            rules,
            on_lost,
            observed: Mutex::default(),
            slot: current_thread_slot(),
            signals,
        });
        watchdog.add(&watch);
        Self { watch, watchdog }
    }

    /// Passes the gate and begins a batch: from now on its computing counts.
    pub(crate) fn begin(&self) {
        if GATE.is_closed() {
            try_with_current_vm(|vm| GATE.wait(vm));
        }
        self.watch.batch.fetch_add(1, AcqRel);
    }

    /// Begins a batch of the thread that has closed the gate.
    pub(super) fn begin_inside(&self, subject: &str) {
        *self.watch.subject.lock() = Some(Arc::from(subject));
        self.watch.batch.fetch_add(1, AcqRel);
    }

    /// As [`Watched::begin`], for a batch that messages name.
    pub(crate) fn begin_named(&self, subject: Option<Arc<str>>) {
        *self.watch.subject.lock() = subject;
        self.begin();
    }

    /// Ends the batch.
    pub(crate) fn end(&self) {
        self.watch.batch.fetch_add(1, AcqRel);
        collector().after_batch();
    }

    /// Whether the watchdog gave this thread up; it then has to end itself.
    pub(crate) fn is_lost(&self) -> bool {
        self.watch.is_lost()
    }
}

impl Watched {
    /// Has the watchdog forget the thread, which ends, before this is dropped: what native code
    /// that panicked leaves behind may keep it for ever.
    pub(crate) fn retire(&self) {
        if !self.watchdog.remove(&self.watch) {
            return;
        }
        if self.is_lost() {
            self.watch.rules.counts.lost.fetch_sub(1, AcqRel);
            tracing::info!("a thread that had been given up came back and ends");
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.retire();
    }
}
