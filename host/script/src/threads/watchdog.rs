//! The thread that looks after all others: it interrupts batches that compute too long, and gives
//! up threads that cannot be interrupted.
//!
//! One for the process. It runs no Python. Not here: what a lost thread is replaced by (`pool`).

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, OnceLock, atomic::Ordering::Acquire},
    thread,
    time::{Duration, Instant},
};

use parking_lot::Mutex;

use super::{clock::Reading, schedule::Activity, watched::Watch};
use crate::ScriptError;
use crate::limits::{TAPS_MAX, WATCHDOG_GRACE};

/// How often it looks while nothing is long. A thread's batch counter is one load.
const TICK: Duration = Duration::from_millis(50);

/// How often it looks, and wakes threads up again, while one is being interrupted: another thread
/// may have taken the wake-up.
const TICK_INTERRUPTING: Duration = Duration::from_millis(5);

/// After so long an exception that did not end the batch is followed by the next ones.
const RAISE_AGAIN: Duration = Duration::from_millis(250);

/// The watchdog of the process.
#[derive(Debug, Default)]
pub(crate) struct Watchdog {
    watches: Mutex<Vec<Arc<Watch>>>,
}

/// What the watchdog has noted of a thread.
#[derive(Debug, Default)]
pub(super) struct Observed {
    batch: u64,
    reading: Option<Reading>,
    interrupting: Option<Interrupting>,
}

/// A batch that is over its budget.
#[derive(Debug)]
struct Interrupting {
    taps: u32,
    reactions: u32,
    raised: Instant,
    /// What the thread had computed when it last reacted, or was first interrupted.
    computed: Duration,
}

impl Watchdog {
    /// The watchdog, started if need be.
    pub(crate) fn of_process() -> Result<&'static Self, ScriptError> {
        static WATCHDOG: Watchdog = Watchdog {
            watches: Mutex::new(Vec::new()),
        };
        static STARTED: OnceLock<()> = OnceLock::new();
        static STARTING: Mutex<()> = Mutex::new(());
        let _starting = STARTING.lock();
        if STARTED.get().is_none() {
            thread::Builder::new()
                .name("watchdog".to_owned())
                .spawn(|| WATCHDOG.run())
                .map_err(ScriptError::Thread)?;
            let _ = STARTED.set(());
        }
        Ok(&WATCHDOG)
    }

    pub(super) fn add(&self, watch: &Arc<Watch>) {
        self.watches.lock().push(Arc::clone(watch));
    }

    /// Forgets a thread. Tells whether it was known.
    pub(super) fn remove(&self, watch: &Arc<Watch>) -> bool {
        let mut watches = self.watches.lock();
        let place = watches.iter().position(|known| Arc::ptr_eq(known, watch));
        place.map(|place| watches.remove(place)).is_some()
    }

    /// All threads that are looked after.
    pub(super) fn watches(&self) -> Vec<Arc<Watch>> {
        self.watches.lock().clone()
    }

    /// What they do.
    pub(super) fn activity(&self) -> Activity {
        let watches = self.watches.lock();
        Activity {
            is_running: watches.iter().any(|watch| watch.running().is_some()),
            batches: watches.iter().map(|watch| watch.turns() / 2).sum(),
        }
    }

    fn run(&self) {
        loop {
            let watches = self.watches();
            let interrupting = watches.iter().filter(|watch| look_after(watch)).count();
            drop(watches);
            thread::park_timeout(if interrupting == 0 {
                TICK
            } else {
                TICK_INTERRUPTING
            });
        }
    }
}

/// Looks at one thread; tells whether it is being interrupted.
fn look_after(watch: &Arc<Watch>) -> bool {
    let mut observed = watch.observed.lock();
    if watch.is_lost() {
        // What it was sent waits for it. When it is back in Python it has to be woken up for that.
        if watch.ask() {
            watch.nudge();
        }
        return false;
    }
    let Some(batch) = watch.running() else {
        *observed = Observed::default();
        return false;
    };
    if observed.batch != batch {
        // New since the last look. Its clock is read when it is still there at the next.
        *observed = Observed {
            batch,
            ..Observed::default()
        };
        return false;
    }
    let reading = match observed.reading {
        Some(last) => watch.clock.read(last, watch.is_attached()),
        None => watch.clock.start(),
    };
    observed.reading = Some(reading);
    if reading.computed < watch.rules.budget {
        return false;
    }
    let Some(interrupting) = &mut observed.interrupting else {
        tracing::warn!("{} is over its time budget", watch.subject());
        observed.interrupting = Some(interrupt(watch, batch, reading));
        return true;
    };
    if interrupting.goes_on(watch, batch, reading) {
        return true;
    }
    drop(observed);
    give_up(watch, batch);
    false
}

fn interrupt(watch: &Arc<Watch>, batch: u64, reading: Reading) -> Interrupting {
    let reactions = watch.reactions.load(Acquire);
    watch.raise_in(batch, 1);
    Interrupting {
        taps: 1,
        reactions,
        raised: Instant::now(),
        computed: reading.computed,
    }
}

impl Interrupting {
    /// Goes on with it. False when there is no hope that this ends the batch.
    fn goes_on(&mut self, watch: &Arc<Watch>, batch: u64, reading: Reading) -> bool {
        let reactions = watch.reactions.load(Acquire);
        if reactions == self.reactions {
            watch.nudge();
            return reading.computed < self.computed + WATCHDOG_GRACE;
        }
        self.computed = reading.computed;
        if self.raised.elapsed() > RAISE_AGAIN {
            self.reactions = reactions;
            self.raised = Instant::now();
            self.taps = (self.taps * 2).min(TAPS_MAX);
            watch.raise_in(batch, self.taps);
        }
        true
    }
}

fn give_up(watch: &Watch, batch: u64) {
    if !watch.give_up(batch) {
        return;
    }
    tracing::error!(
        "{} cannot be interrupted: it is in native code; its thread is given up and replaced",
        watch.subject()
    );
    if catch_unwind(AssertUnwindSafe(|| (watch.on_lost)())).is_err() {
        tracing::error!("the host panicked while it gave a thread up");
    }
}
