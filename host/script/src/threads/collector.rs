//! Garbage collection, run by the host.
//!
//! RustPython by itself collects only its youngest generation, on whatever thread comes by, while
//! the others go on making garbage faster than one thread frees it. So its own collections are
//! off. One thread for the process collects when enough has been allocated, or when nothing is
//! going on, and keeps the others at the gate from before the collection until everything is
//! freed. What was there when an app was loaded is frozen: a collection looks only at what came
//! later. Not here: how the threads are brought to the gate (`rendezvous`).

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{
            AtomicBool, AtomicU64,
            Ordering::{AcqRel, Relaxed},
        },
    },
    thread::{self, Thread},
    time::{Duration, Instant},
};

use ferroflex_session::metric::COLLECTOR_PAUSE_SECONDS;
use metrics::histogram;
use parking_lot::{Condvar, Mutex};
use rustpython_vm::{
    PyResult, VirtualMachine, function::FuncArgs, gc_state::gc_state, vm::thread::allow_threads,
};

use super::{
    gate::GATE,
    machine::Machine,
    pool::Spares,
    rendezvous::{Interpreter, gather},
    schedule::{Generation, Schedule, is_young_due},
    watchdog::Watchdog,
    watched::{Counts, Rules, Watched},
};
use crate::limits::{COLLECTION_ASKED_MAX, COLLECTION_BUDGET};
use crate::{ScriptError, interpreter::STACK_BYTES};

/// How often it looks whether a collection is due while handlers run, and while none does. A
/// handler makes some thousands of objects in ten milliseconds.
const TICK: Duration = Duration::from_millis(10);
const TICK_IDLE: Duration = Duration::from_millis(100);

/// The collector of the process.
#[derive(Default)]
pub(crate) struct Collector {
    /// Every interpreter whose threads a collection stops.
    interpreters: Mutex<Vec<Interpreter>>,
    heaps: Mutex<Vec<Arc<Heap>>>,
    /// Held while something is collected.
    collecting: Mutex<()>,
    thread: Mutex<Option<Thread>>,
    woken: AtomicBool,
    asked: Mutex<Asked>,
    answered: Condvar,
    pauses: Pauses,
}

/// What Python has asked for, and got.
#[derive(Debug, Clone, Copy, Default)]
struct Asked {
    wanted: u64,
    done: u64,
}

/// An app's objects.
pub(crate) struct Heap {
    /// The machine on which they are collected, while they are not.
    pub(super) machine: Mutex<Option<Machine>>,
    pub(super) spares: Arc<Spares>,
    pub(super) counts: Arc<Counts>,
}

/// How often and for how long the threads have been kept, in microseconds.
#[derive(Debug, Default)]
pub(crate) struct Pauses {
    pub(super) count: AtomicU64,
    pub(super) put_off: AtomicU64,
    pub(super) last: AtomicU64,
    pub(super) longest: AtomicU64,
    pub(super) total: AtomicU64,
}

/// The collector of the process, which begins with the first app.
pub(crate) fn collector() -> &'static Collector {
    static COLLECTOR: OnceLock<Collector> = OnceLock::new();
    COLLECTOR.get_or_init(Collector::default)
}

/// Takes an interpreter's collections into the host's hands, before it runs any of the app's code.
pub(crate) fn admit(vm: &VirtualMachine) -> PyResult<()> {
    collector().interpreters.lock().push(vm.state.clone());
    let gc = vm.import("gc", 0)?;
    let collect = |_: FuncArgs, vm: &VirtualMachine| collector().collect_now(vm);
    gc.set_attr("collect", vm.new_function("collect", collect), vm)?;
    // The host collects, whatever an app thinks of it.
    let enable = |_: FuncArgs| {};
    gc.set_attr("enable", vm.new_function("enable", enable), vm)
}

/// Takes everything that is alive in a loaded app out of later collections.
pub(crate) fn freeze(vm: &VirtualMachine) {
    let collector = collector();
    let _one_at_a_time = allow_threads(vm, || collector.collecting.lock());
    let watchdog = Watchdog::of_process();
    let watches = watchdog.map(Watchdog::watches).unwrap_or_default();
    let interpreters = collector.interpreters.lock().clone();
    // This thread must not be asked by itself.
    if let Some(_closed) = allow_threads(vm, || gather(&interpreters, &watches)) {
        vm.state.gc.collect_force(Generation::Full as usize);
    }
    vm.state.gc.freeze();
}

impl Collector {
    /// Collects an app's garbage from now on.
    ///
    /// # Errors
    /// When the operating system gives no thread.
    pub(super) fn add(&'static self, heap: Heap) -> Result<(), ScriptError> {
        self.heaps.lock().push(Arc::new(heap));
        if self.thread.lock().is_none() {
            self.begin_thread()?;
        }
        Ok(())
    }

    /// Called at the end of every batch: a look at a counter.
    pub(super) fn after_batch(&self) {
        if is_young_due(gc_state().get_count()) && !self.woken.swap(true, AcqRel) {
            self.wake();
        }
    }

    /// How often and for how long threads have been kept.
    pub(super) fn pauses(&self) -> &Pauses {
        &self.pauses
    }

    fn wake(&self) {
        if let Some(thread) = &*self.thread.lock() {
            thread.unpark();
        }
    }

    /// What `gc.collect()` does: asks for a full collection and waits for it. While the first app
    /// is loaded, what is collected afterwards has to do.
    fn collect_now(&self, vm: &VirtualMachine) -> i32 {
        if self.thread.lock().is_none() {
            return 0;
        }
        allow_threads(vm, || {
            let deadline = Instant::now() + COLLECTION_ASKED_MAX;
            let mut asked = self.asked.lock();
            asked.wanted += 1;
            let mine = asked.wanted;
            self.wake();
            while asked.done < mine {
                if self.answered.wait_until(&mut asked, deadline).timed_out() {
                    tracing::warn!("gc.collect() was put off: a thread is in native code");
                    break;
                }
            }
        });
        0
    }

    fn begin_thread(&'static self) -> Result<(), ScriptError> {
        let watchdog = Watchdog::of_process()?;
        let started = thread::Builder::new()
            .name("collector".to_owned())
            .stack_size(STACK_BYTES)
            .spawn(move || self.run(watchdog))
            .map_err(ScriptError::Thread)?;
        *self.thread.lock() = Some(started.thread().clone());
        Ok(())
    }

    fn run(&'static self, watchdog: &'static Watchdog) {
        let mut schedule = Schedule::default();
        let mut tick = TICK_IDLE;
        let mut is_lost = false;
        while !is_lost {
            thread::park_timeout(tick);
            self.woken.store(false, Relaxed);
            let activity = watchdog.activity();
            tick = if activity.is_running { TICK } else { TICK_IDLE };
            let Asked { wanted, done } = *self.asked.lock();
            let counts = gc_state().get_count();
            let Some(generation) = schedule.due(counts, activity, wanted > done) else {
                continue;
            };
            let Some(lost) = self.collect(generation, watchdog) else {
                self.pauses.put_off.fetch_add(1, Relaxed);
                schedule.put_off();
                continue;
            };
            is_lost = lost;
            schedule.done(generation, gc_state().get_count(), activity);
            if generation == Generation::Full {
                self.asked.lock().done = wanted;
                self.answered.notify_all();
            }
        }
    }

    /// Collects every app's garbage, with all threads at the gate. `None` when one did not come.
    /// Otherwise tells whether this thread was given up meanwhile.
    fn collect(&'static self, generation: Generation, watchdog: &'static Watchdog) -> Option<bool> {
        let heaps = self.heaps.lock().clone();
        let interpreters = self.interpreters.lock().clone();
        let _one_at_a_time = self.collecting.lock();
        let closed = gather(&interpreters, &watchdog.watches())?;
        let began = Instant::now();
        let lost = heaps
            .iter()
            .any(|heap| self.collect_heap(heap, generation, watchdog));
        self.pauses.note(generation, began.elapsed());
        if !lost {
            drop(closed);
        }
        Some(lost)
    }

    fn collect_heap(
        &'static self,
        heap: &Heap,
        generation: Generation,
        watchdog: &'static Watchdog,
    ) -> bool {
        let kept = heap.machine.lock().take();
        let Some(machine) = kept.or_else(|| heap.spares.take()) else {
            return false;
        };
        let rules = Rules {
            budget: COLLECTION_BUDGET,
            counts: Arc::clone(&heap.counts),
        };
        let lost = machine.run(|vm| {
            let watched = Watched::here(rules, watchdog, Box::new(|| self.lose()));
            watched.begin_inside("a garbage collection");
            vm.state.gc.collect_force(generation as usize);
            watched.end();
            watched.is_lost()
        });
        if !lost {
            *heap.machine.lock() = Some(machine);
        }
        lost
    }

    /// The thread does not come back from something that a collection runs. Another one tries.
    fn lose(&'static self) {
        GATE.open();
        if let Err(error) = self.begin_thread() {
            tracing::error!("{error}");
        }
    }
}

impl Pauses {
    fn note(&self, generation: Generation, pause: Duration) {
        let micros = u64::try_from(pause.as_micros()).unwrap_or(u64::MAX);
        self.count.fetch_add(1, Relaxed);
        self.last.store(micros, Relaxed);
        self.total.fetch_add(micros, Relaxed);
        self.longest.fetch_max(micros, Relaxed);
        let name = generation.name();
        histogram!(COLLECTOR_PAUSE_SECONDS, "generation" => name).record(pause);
        tracing::debug!(pause_us = micros, ?generation, "garbage collected");
    }
}
