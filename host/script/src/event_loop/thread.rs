//! The thread of a loop.
//!
//! Not here: what the loop waits for (`poller`).

use std::{sync::Arc, thread};

use parking_lot::Mutex;
use rustpython_vm::{
    PyObjectRef, PyPayload, PyResult, VirtualMachine,
    function::{FuncArgs, KwArgs},
    vm::thread::allow_threads,
};

use super::{Poller, Queue};
use crate::{
    ScriptError, failure,
    interpreter::{self, STACK_BYTES, module},
    threads::{Job, Machine, Workers},
};

/// The loop of an app. Its thread starts with the first job, since apps without async handlers
/// need none and asyncio takes tens of milliseconds to import.
pub(crate) struct Looper {
    name: String,
    queue: Arc<Queue>,
    machine: Mutex<Option<Machine>>,
    workers: Arc<Workers>,
}

impl std::fmt::Debug for Looper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Looper")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Looper {
    /// A loop that will run on `machine`, watched like the workers.
    ///
    /// # Errors
    /// When the operating system gives no poller.
    pub(crate) fn new(
        app: &str,
        machine: Machine,
        workers: &Arc<Workers>,
    ) -> Result<Self, ScriptError> {
        Ok(Self {
            name: format!("{app}-loop"),
            queue: Queue::new().map_err(ScriptError::Poller)?,
            machine: Mutex::new(Some(machine)),
            workers: Arc::clone(workers),
        })
    }

    /// Has a job run on the loop's thread.
    pub(crate) fn post(&self, job: Job) {
        let machine = self.machine.lock().take();
        if let Some(machine) = machine {
            self.start(machine);
        }
        self.queue.post(job);
    }

    fn start(&self, machine: Machine) {
        let (queue, workers) = (Arc::clone(&self.queue), Arc::clone(&self.workers));
        let started = thread::Builder::new()
            .name(self.name.clone())
            .stack_size(STACK_BYTES)
            .spawn(move || machine.run(|vm| run(queue, &workers, vm)));
        if let Err(error) = started {
            tracing::error!("no thread for the event loop: {error}");
        }
    }
}

fn run(queue: Arc<Queue>, workers: &Workers, vm: &VirtualMachine) {
    let running = {
        let alone = allow_threads(vm, interpreter::alone);
        let found = module("reflex.loop", vm).and_then(|module| module.get_attr("run", vm));
        drop(alone);
        found
    };
    let watched = workers.watch(vm, Box::new(|| tracing::error!("the event loop is stuck")));
    let poller = Poller::new(queue, watched).into_pyobject(vm);
    if let Err(raised) = running.and_then(|run| run.call((poller,), vm)) {
        tracing::error!("the event loop ended\n{}", failure::trace(&raised, vm));
    }
}

/// When a task begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begin {
    /// At once: it runs up to where it first waits.
    Now,
    /// When the loop comes to it.
    Soon,
}

/// Makes a coroutine a task of the loop that runs on this thread.
///
/// # Errors
/// When there is no loop.
pub(crate) fn make_task(coroutine: PyObjectRef, begin: Begin, vm: &VirtualMachine) -> PyResult {
    let is_eager = begin == Begin::Now;
    let asyncio = vm.import("asyncio", 0)?;
    let event_loop = asyncio.get_attr("get_running_loop", vm)?.call((), vm)?;
    let options = [
        ("loop".into(), event_loop),
        ("eager_start".into(), vm.ctx.new_bool(is_eager).into()),
    ];
    let args = FuncArgs::new(vec![coroutine], KwArgs::new(options.into_iter().collect()));
    asyncio.get_attr("Task", vm)?.call(args, vm)
}
