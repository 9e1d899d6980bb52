//! The thread of a loop.
//!
//! Not here: what the loop waits for (`poller`).

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Weak},
    thread,
};

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
    run::Tasks,
    threads::{Job, Machine, Workers},
};

/// The loop of an app. Its thread starts with the first job, since apps without async handlers
/// need none and asyncio takes tens of milliseconds to import. A thread that is lost is replaced by
/// one with a loop of its own.
pub(crate) struct Looper {
    name: String,
    current: Mutex<Current>,
    workers: Arc<Workers>,
    /// Ends what is in the hands of a loop that is lost.
    give_up: GiveUp,
    /// The tasks of the loop that run for sessions.
    tasks: Arc<Tasks>,
}

/// Called when a loop is lost, on a thread without Python.
type GiveUp = Box<dyn Fn() + Send + Sync>;

/// The loop of the moment.
struct Current {
    queue: Arc<Queue>,
    /// What it will run on; none once it has started.
    machine: Option<Machine>,
}

impl std::fmt::Debug for Looper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Looper")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Looper {
    /// A loop that will run on `machine`, watched like the workers. `give_up` is called, on a thread
    /// without Python, when it is lost.
    ///
    /// # Errors
    /// When the operating system gives no poller.
    pub(crate) fn new(
        app: &str,
        machine: Machine,
        workers: &Arc<Workers>,
        tasks: &Arc<Tasks>,
        give_up: GiveUp,
    ) -> Result<Arc<Self>, ScriptError> {
        let current = Current {
            queue: Queue::new().map_err(ScriptError::Poller)?,
            machine: Some(machine),
        };
        Ok(Arc::new(Self {
            name: format!("{app}-loop"),
            current: Mutex::new(current),
            workers: Arc::clone(workers),
            give_up,
            tasks: Arc::clone(tasks),
        }))
    }

    /// Has a job run on the loop's thread.
    pub(crate) fn post(self: &Arc<Self>, job: Job) {
        let mut current = self.current.lock();
        if let Some(machine) = current.machine.take() {
            self.start(machine, Arc::clone(&current.queue));
        }
        current.queue.post(job);
    }

    fn start(self: &Arc<Self>, machine: Machine, queue: Arc<Queue>) {
        let looper = Arc::downgrade(self);
        let started = thread::Builder::new()
            .name(self.name.clone())
            .stack_size(STACK_BYTES)
            .spawn(move || machine.run(|vm| run(&looper, &queue, vm)));
        if let Err(error) = started {
            tracing::error!("no thread for the event loop: {error}");
        }
    }

    /// Puts another loop in the place of one whose thread does not answer. What it had under way is
    /// lost; what it had not begun, the new one takes over.
    fn replace(self: &Arc<Self>, lost: &Arc<Queue>) {
        tracing::error!(
            "{} is lost and replaced; the async handlers that it had under way are over",
            self.name
        );
        let (Some(machine), Ok(queue)) = (self.workers.spare(), Queue::new()) else {
            tracing::error!("there is nothing to replace {} with", self.name);
            return;
        };
        let mut current = self.current.lock();
        if !Arc::ptr_eq(&current.queue, lost) {
            return;
        }
        // Before anything that adds tasks. This thread has no virtual machine to drop them with.
        let tasks = Arc::clone(&self.tasks);
        queue.post(Job::new(move |_| tasks.forget_all()));
        queue.take_over(lost);
        self.start(machine, Arc::clone(&queue));
        current.queue = queue;
        drop(current);
        (self.give_up)();
    }
}

fn run(looper: &Weak<Looper>, queue: &Arc<Queue>, vm: &VirtualMachine) {
    let running = {
        let alone = allow_threads(vm, interpreter::alone);
        let found = module("reflex.loop", vm).and_then(|module| module.get_attr("run", vm));
        drop(alone);
        found
    };
    let Some(known) = looper.upgrade() else {
        return;
    };
    let (looper, lost) = (looper.clone(), Arc::clone(queue));
    let on_lost = move || {
        if let Some(looper) = looper.upgrade() {
            looper.replace(&lost);
        }
    };
    let watched = Arc::new(known.workers.watch(vm, Box::new(on_lost)));
    let poller = Poller::new(Arc::clone(queue), Arc::clone(&watched)).into_pyobject(vm);
    // Native code that panics leaves the loop, and the machine that it runs on, in disorder.
    match catch_unwind(AssertUnwindSafe(|| running?.call((poller,), vm))) {
        Ok(Ok(_)) => {}
        Ok(Err(raised)) => {
            tracing::error!("the event loop ended\n{}", failure::trace(&raised, vm));
        }
        Err(_) => known.replace(queue),
    }
    watched.retire();
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
