//! What is done about an app that takes long to load: a word in the log about where it stands, and
//! an exception when it computes without an end, so that the others are served.
//!
//! Not here: handlers of a loaded app that compute for too long (`threads/watchdog.rs`).

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
        mpsc::{Receiver, RecvTimeoutError, channel},
    },
    thread,
    time::{Duration, Instant},
};

use rustpython_vm::{
    AsObject, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyTypeRef},
    signal::{UserSignal, UserSignalSender},
};

use crate::{
    interpreter::module,
    limits::{LOAD_BUDGET, LOAD_BUDGETS, LOAD_NUDGES_MAX, LOAD_PATIENCE},
    threads::{Clock, listen, signals_here},
};

/// How often the thread is looked at.
const TICK: Duration = Duration::from_millis(50);

/// Runs `work`, which loads the app of that name on this thread. When it takes long the log says
/// where it stands, and what computes for as long as several handlers may is interrupted.
pub(super) fn load_watched<R>(
    name: &str,
    time_budget: Duration,
    vm: &VirtualMachine,
    work: impl FnOnce() -> R,
) -> R {
    let Some(signals) = signals_here().filter(|_| listen(vm).is_ok()) else {
        return work();
    };
    let is_over = Arc::new(AtomicBool::new(false));
    let watch = LoadWatch {
        name: name.into(),
        budget: time_budget.checked_mul(LOAD_BUDGETS).unwrap_or(LOAD_BUDGET),
        clock: Clock::of_this_thread(),
        signals,
        is_over: Arc::clone(&is_over),
    };
    let (loading, ended) = channel::<()>();
    let watching = thread::Builder::new().name(format!("{name}-watch"));
    // Without a thread for it, the app is loaded unwatched.
    let _ = watching.spawn(move || watch.run(&ended));
    let result = work();
    is_over.store(true, SeqCst);
    drop(loading);
    result
}

struct LoadWatch {
    name: Arc<str>,
    /// For how long loading may compute.
    budget: Duration,
    clock: Clock,
    signals: UserSignalSender,
    /// Whether the thread has loaded the app, and does other things.
    is_over: Arc<AtomicBool>,
}

impl LoadWatch {
    fn run(&self, ended: &Receiver<()>) {
        let started = Instant::now();
        let mut reading = self.clock.start();
        let (mut limit, mut is_told, mut nudges) = (self.budget, false, 0);
        while ended.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
            reading = self.clock.read(reading, true);
            if !is_told && started.elapsed() >= LOAD_PATIENCE {
                self.tell(started);
                (is_told, nudges) = (true, 0);
            }
            if reading.computed >= limit {
                self.interrupt();
                // The next page may compute without an end as well.
                (limit, nudges) = (reading.computed.saturating_add(self.budget), 0);
            }
            if nudges < LOAD_NUDGES_MAX {
                // Another thread may have taken the wake-up for what was sent before.
                self.send(Box::new(|_| Ok(())));
                nudges += 1;
            }
        }
    }

    /// Says that the app is still being loaded, and where it stands as soon as it runs Python.
    fn tell(&self, started: Instant) {
        let (name, waited) = (Arc::clone(&self.name), started.elapsed().as_secs());
        tracing::warn!(
            app = %name,
            "the app has been loading for {waited} s; the server starts when it has loaded"
        );
        self.send(Box::new(move |vm| {
            if let Some((file, line)) = standing(vm) {
                tracing::warn!(app = %name, "it computes in {file}:{line}");
            }
            Ok(())
        }));
    }

    fn interrupt(&self) {
        let budget = self.budget;
        self.send(Box::new(move |vm| Err(exceeded(budget, vm))));
    }

    /// Has the thread run `signal` at its next step in Python, while it still loads the app.
    fn send(&self, signal: UserSignal) {
        let is_over = Arc::clone(&self.is_over);
        // An error means that the thread has ended.
        let _ = self.signals.send(Box::new(move |vm| {
            if is_over.load(SeqCst) {
                return Ok(());
            }
            signal(vm)
        }));
    }
}

/// The file on disk, and the line in it, that runs.
pub(crate) fn standing(vm: &VirtualMachine) -> Option<(String, usize)> {
    let mut frame = vm.current_frame();
    while let Some(here) = frame {
        let file = here.f_code().source_path().to_string();
        if Path::new(&file).is_file() {
            let line = here.as_object().get_attr("f_lineno", vm).ok()?;
            return Some((file, line.try_into_value(vm).ok()?));
        }
        frame = here.f_back(vm);
    }
    None
}

fn exceeded(budget: Duration, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let message = format!(
        "loading the app has computed for {budget:?} without an end; do long work in a handler or \
         a lifespan task, or raise --time-budget"
    );
    let class = module("reflex.running", vm)
        .and_then(|running| running.get_attr("TimeBudgetExceeded", vm))
        .and_then(|class| -> PyResult<PyTypeRef> { class.try_into_value(vm) });
    match class {
        Ok(class) => vm.new_exception_msg(class, message.into()),
        Err(raised) => raised,
    }
}
