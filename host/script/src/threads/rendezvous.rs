//! Brings all threads to a place where the world can be stopped at once.
//!
//! RustPython stops the world before it collects, and waits without a limit for a thread that is
//! in native code; meanwhile all others stand still. So the world is stopped only when every
//! thread has just shown that it can be: first each is asked for a sign of life, which disturbs
//! nobody, then each is parked at the gate. Who does not come in time has the collection put off.
//! Threads that Python has started itself (`threading`) are asked, but not parked.
//!
//! Not here: when a collection is due (`collector`).

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    thread,
    time::{Duration, Instant},
};

use rustpython_vm::{
    common::rc::PyRc,
    vm::{
        PyGlobalState,
        thread::{CurrentFrameSlot, ThreadState},
    },
};

use super::{
    gate::{Closed, GATE},
    watched::Watch,
};
use crate::limits::{ANSWER_MAX, PARK_MAX};

/// How long is waited between two looks, at first and at most.
const LOOK_MIN: Duration = Duration::from_micros(50);
const LOOK_MAX: Duration = Duration::from_millis(1);

/// What an interpreter's threads have in common.
pub(super) type Interpreter = PyRc<PyGlobalState>;

/// Parks all threads at the gate. They go on when what is given is dropped. `None` when one does
/// not come: then nothing may be collected.
pub(super) fn gather(interpreters: &[Interpreter], watches: &[Arc<Watch>]) -> Option<Closed> {
    let asked: Vec<CurrentFrameSlot> = interpreters.iter().flat_map(ask).collect();
    if !wait(ANSWER_MAX, || asked.iter().all(has_answered)) {
        return None;
    }
    let closed = GATE.close();
    let mut running: Vec<&Arc<Watch>> = watches.iter().filter(|watch| watch.park()).collect();
    let parked = wait(PARK_MAX, || {
        running.retain(|watch| watch.is_attached());
        // The wake-up is one for all, and the first thread that sees it takes it.
        for watch in &running {
            watch.nudge();
        }
        running.is_empty()
    });
    parked.then_some(closed)
}

/// Asks the threads that hold their machine for a sign of life: the mark is RustPython's own
/// request to stop, which a thread wipes off when it finds that no stop is going on.
fn ask(interpreter: &Interpreter) -> Vec<CurrentFrameSlot> {
    let threads = interpreter.thread_frames.lock();
    let attached = threads.values().filter(|thread| is_attached(thread));
    let asked: Vec<CurrentFrameSlot> = attached.cloned().collect();
    drop(threads);
    for thread in &asked {
        thread.stop_requested.store(true, Relaxed);
    }
    asked
}

fn has_answered(thread: &CurrentFrameSlot) -> bool {
    !thread.stop_requested.load(Relaxed) || !is_attached(thread)
}

fn is_attached(thread: &CurrentFrameSlot) -> bool {
    thread.state.load(Relaxed) == ThreadState::Attached as i32
}

/// Looks again and again until it is as wanted. False when it takes too long.
fn wait(longest: Duration, mut is_reached: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + longest;
    let mut pause = LOOK_MIN;
    while !is_reached() {
        if Instant::now() > deadline {
            return false;
        }
        thread::park_timeout(pause);
        pause = (pause * 2).min(LOOK_MAX);
    }
    true
}
