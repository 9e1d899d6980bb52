//! Async handlers: tasks of the loop, and how they tell their chain what they yield and return.
//!
//! The coroutines around a handler are Python's (`stdlib/reflex/running.py`). Not here: handlers in
//! the background (`background`).

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering::Relaxed},
};

use parking_lot::Mutex;
use rustpython_vm::{
    Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    builtins::{PyAsyncGen, PyBaseExceptionRef},
    pyclass,
};

use super::{Place, chain::Chain, lent::STUCK, tasks::What};
use crate::{
    event_loop::{Begin, make_task},
    interpreter::module,
    threads::Job,
};

/// The coroutines that run handlers.
#[derive(Debug)]
pub(crate) struct Coroutines {
    complete: PyObjectRef,
    exhaust: PyObjectRef,
    admitted: PyObjectRef,
}

impl Coroutines {
    /// Looks them up.
    ///
    /// # Errors
    /// Whatever the import raises.
    pub(crate) fn find(vm: &VirtualMachine) -> PyResult<Self> {
        let running = module("reflex.running", vm)?;
        Ok(Self {
            complete: running.get_attr("complete", vm)?,
            exhaust: running.get_attr("exhaust", vm)?,
            admitted: running.get_attr("admitted", vm)?,
        })
    }

    /// A coroutine that runs what a handler gave, and tells `run` of it.
    pub(super) fn around(
        &self,
        awaitable: PyObjectRef,
        run: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult {
        let yields = awaitable.downcast_ref::<PyAsyncGen>().is_some();
        let around = if yields {
            &self.exhaust
        } else {
            &self.complete
        };
        around.call((awaitable, run), vm)
    }

    /// A coroutine that waits for a section.
    pub(super) fn admission(
        &self,
        future: PyObjectRef,
        section: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult {
        self.admitted.call((future, section), vm)
    }
}

/// Has an async handler of a chain run on the loop, where it is now or not.
pub(super) fn start(chain: Chain, awaitable: PyObjectRef, place: Place, vm: &VirtualMachine) {
    if place == Place::Loop {
        return start_here(chain, awaitable, vm);
    }
    let app = Arc::clone(&chain.app);
    let job = Job::new(move |vm| start_here(chain, awaitable, vm));
    app.looper.post(job);
}

fn start_here(chain: Chain, awaitable: PyObjectRef, vm: &VirtualMachine) {
    let app = Arc::clone(&chain.app);
    let (token, event) = (chain.token(), chain.event());
    let run = Run::new(chain).into_ref(&vm.ctx);
    let coroutine = app.coroutines.around(awaitable, run.clone().into(), vm);
    match coroutine.and_then(|coroutine| make_task(coroutine, Begin::Now, vm)) {
        Ok(task) => {
            if let (Some(token), true) = (token, run.is_under_way()) {
                let number = app.tasks.add(token, What::Event(event), task);
                run.task.store(number, Relaxed);
            }
        }
        Err(raised) => run.failed_with(&raised, vm),
    }
}

/// An async handler under way: what its coroutine talks to.
#[pyclass(module = "_ferroflex_loop", name = "Run")]
#[derive(PyPayload)]
pub(crate) struct Run {
    progress: Mutex<Progress>,
    /// The number under which the task is known, 0 as long as it is not.
    task: AtomicU64,
    /// The number under which the turn is known to be on the loop.
    turn: u64,
}

#[derive(Default)]
struct Progress {
    /// The chain, unless it is over or on a worker.
    chain: Option<Chain>,
    /// What was raised while the chain was on a worker.
    raised: Option<PyBaseExceptionRef>,
}

impl std::fmt::Debug for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Run")
    }
}

impl Run {
    fn new(chain: Chain) -> Self {
        let turn = chain.app.on_loop.add(&chain.lent);
        let progress = Progress {
            chain: Some(chain),
            raised: None,
        };
        Self {
            progress: Mutex::new(progress),
            task: AtomicU64::new(0),
            turn,
        }
    }

    fn is_under_way(&self) -> bool {
        self.progress.lock().chain.is_some()
    }

    fn take(&self) -> Option<Chain> {
        self.progress.lock().chain.take()
    }

    /// Takes the chain for good.
    fn end(&self) -> Option<Chain> {
        let chain = self.take()?;
        chain.app.on_loop.remove(self.turn);
        if let (Some(token), number @ 1..) = (chain.token(), self.task.load(Relaxed)) {
            chain.app.tasks.remove(&token, number);
        }
        Some(chain)
    }

    fn failed_with(&self, raised: &PyBaseExceptionRef, vm: &VirtualMachine) {
        if let Some(chain) = self.end() {
            chain.fail(raised, Place::Loop, vm);
        } else {
            self.progress.lock().raised = Some(raised.clone());
        }
    }

    /// Has a worker flush, and gives a future for the end of that.
    fn flush_elsewhere(zelf: PyRef<Self>, mut chain: Chain, vm: &VirtualMachine) -> PyResult {
        let future = new_future(vm)?;
        let (app, waited) = (Arc::clone(&chain.app), future.clone());
        let lent = chain.lent.clone();
        let job = Job::new(move |vm| {
            let flushed = chain.flush(vm);
            let app = Arc::clone(&chain.app);
            app.looper.post(Job::new(move |vm| {
                zelf.come_back(chain, flushed, &waited, vm);
            }));
        });
        app.workers
            .submit(job.or_abandoned(move || lent.give_up(STUCK)));
        Ok(future)
    }

    /// Takes the chain back from a worker.
    fn come_back(
        &self,
        chain: Chain,
        flushed: PyResult<()>,
        future: &PyObjectRef,
        vm: &VirtualMachine,
    ) {
        let raised = {
            let mut progress = self.progress.lock();
            progress.chain = Some(chain);
            progress.raised.take()
        };
        match raised {
            Some(raised) => self.failed_with(&raised, vm),
            None => resolve(future, flushed.map(|()| vm.ctx.none()), vm),
        }
    }
}

#[pyclass]
impl Run {
    /// Takes in what the handler yielded, and sends what changed. Gives what has to be awaited
    /// before the handler may go on, or nothing.
    #[pymethod]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python gives a method is handed over"
    )]
    fn yielded(zelf: PyRef<Self>, yielded: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let Some(mut chain) = zelf.take() else {
            return Err(vm.new_runtime_error("the event is over"));
        };
        let taken = chain.take_in(&yielded, vm);
        if taken.is_ok() && chain.may_compute() {
            return Self::flush_elsewhere(zelf, chain, vm);
        }
        let flushed = taken.and_then(|()| chain.flush(vm));
        zelf.progress.lock().chain = Some(chain);
        flushed.map(|()| vm.ctx.none())
    }

    /// The handler is over and returned this.
    #[pymethod]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python gives a method is handed over"
    )]
    fn returned(zelf: &Py<Self>, returned: PyObjectRef, vm: &VirtualMachine) {
        let Some(mut chain) = zelf.end() else {
            return;
        };
        match chain.take_in(&returned, vm) {
            Ok(()) => chain.go_on(Place::Loop, vm),
            Err(raised) => chain.fail(&raised, Place::Loop, vm),
        }
    }

    /// The handler raised.
    #[pymethod]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python gives a method is handed over"
    )]
    fn failed(zelf: &Py<Self>, raised: PyBaseExceptionRef, vm: &VirtualMachine) {
        zelf.failed_with(&raised, vm);
    }
}

/// A future of the loop that runs on this thread.
pub(crate) fn new_future(vm: &VirtualMachine) -> PyResult {
    let asyncio = vm.import("asyncio", 0)?;
    let event_loop = asyncio.get_attr("get_running_loop", vm)?.call((), vm)?;
    vm.call_method(&event_loop, "create_future", ())
}

/// Gives a future its result, from the thread of its loop. One that was cancelled is left alone.
pub(crate) fn resolve(future: &PyObjectRef, result: PyResult, vm: &VirtualMachine) {
    let resolved = vm.call_method(future, "done", ()).and_then(|done| {
        if done.is_true(vm)? {
            return Ok(vm.ctx.none());
        }
        match result {
            Ok(value) => vm.call_method(future, "set_result", (value,)),
            Err(raised) => vm.call_method(future, "set_exception", (raised,)),
        }
    });
    if let Err(raised) = resolved {
        super::log(None, &raised, vm);
    }
}
