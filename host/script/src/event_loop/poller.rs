//! Where a loop waits: for jobs, for files, for its next timer.
//!
//! Not here: the loop itself (`stdlib/reflex/loop.py`) and its thread (`thread`).

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender, unbounded};
use parking_lot::Mutex;
use polling::{Event, Events, PollMode};
use rustpython_vm::{
    Py, PyObjectRef, PyPayload, PyResult, VirtualMachine,
    function::{ArgIntoFloat, OptionalArg},
    pyclass,
    vm::thread::allow_threads,
};

use crate::limits::{FILES_READY_MAX, LOOP_JOBS_IN_ROW_MAX, LOOP_JOBS_QUEUED_MAX};
use crate::threads::{Job, Watched};

/// `selectors.EVENT_READ`.
const READ: u32 = 1;
/// `selectors.EVENT_WRITE`.
const WRITE: u32 = 2;

/// The jobs for a loop, and the means to wake it.
pub(crate) struct Queue {
    sender: Sender<Job>,
    jobs: Receiver<Job>,
    poller: polling::Poller,
    /// The loop waits, or is about to: whoever brings something has to wake it.
    waiting: AtomicBool,
    /// Python code woke it: a callback was added from another thread.
    woken: AtomicBool,
}

impl std::fmt::Debug for Queue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Queue")
            .field("jobs", &self.jobs.len())
            .finish_non_exhaustive()
    }
}

impl Queue {
    /// An empty queue.
    ///
    /// # Errors
    /// When the operating system gives no poller.
    pub(crate) fn new() -> std::io::Result<Arc<Self>> {
        // A bounded channel would take the memory of all places at once; `post` keeps the bound.
        let (sender, jobs) = unbounded();
        Ok(Arc::new(Self {
            sender,
            jobs,
            poller: polling::Poller::new()?,
            waiting: AtomicBool::new(false),
            woken: AtomicBool::new(false),
        }))
    }

    /// Has a job run on the loop's thread. One too many is dropped, and what it held with it.
    pub(crate) fn post(&self, job: Job) {
        if self.jobs.len() < LOOP_JOBS_QUEUED_MAX && self.sender.send(job).is_ok() {
            self.notify();
        } else {
            tracing::error!(
                "the event loop is {LOOP_JOBS_QUEUED_MAX} jobs behind; one was dropped"
            );
        }
    }

    /// Takes the jobs of a loop whose thread is lost.
    pub(super) fn take_over(&self, lost: &Self) {
        for job in lost.jobs.try_iter() {
            self.post(job);
        }
    }

    fn notify(&self) {
        if self.waiting.swap(false, SeqCst)
            && let Err(error) = self.poller.notify()
        {
            tracing::error!("the event loop cannot be woken: {error}");
        }
    }
}

/// The host's side of a loop's selector.
#[pyclass(module = "_ferroflex_loop", name = "Poller")]
#[derive(PyPayload)]
pub(crate) struct Poller {
    queue: Arc<Queue>,
    /// What the loop does between two waits is watched.
    watched: Arc<Watched>,
    events: Mutex<Events>,
    /// The loop, once it runs.
    attached: OnceLock<PyObjectRef>,
}

impl std::fmt::Debug for Poller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Poller")
    }
}

impl Poller {
    pub(super) fn new(queue: Arc<Queue>, watched: Arc<Watched>) -> Self {
        Self {
            queue,
            watched,
            events: Mutex::new(Events::with_capacity(FILES_READY_MAX)),
            attached: OnceLock::new(),
        }
    }

    /// Runs jobs that wait. Returns whether there were any.
    fn run_jobs(&self, vm: &VirtualMachine) -> bool {
        let mut count = 0;
        while count < LOOP_JOBS_IN_ROW_MAX
            && let Ok(job) = self.queue.jobs.try_recv()
        {
            count += 1;
            job.run(vm);
        }
        count > 0
    }

    /// Whether jobs gave the loop something to do: a callback, or a timer.
    fn is_loop_wanted(&self, timers: usize, vm: &VirtualMachine) -> bool {
        self.queue.woken.swap(false, SeqCst)
            || self.length_of("_ready", vm) > 0
            || self.length_of("_scheduled", vm) != timers
    }

    fn length_of(&self, attribute: &'static str, vm: &VirtualMachine) -> usize {
        let Some(attached) = self.attached.get() else {
            return 0;
        };
        let length = attached
            .get_attr(attribute, vm)
            .and_then(|collection| collection.length(vm));
        length.unwrap_or(usize::MAX)
    }

    /// Waits for files, a wake-up, or the deadline.
    fn sleep(&self, deadline: Option<Instant>, vm: &VirtualMachine) -> Vec<(usize, u32)> {
        let queue = &self.queue;
        queue.waiting.store(true, SeqCst);
        // What came before the flag was set woke nobody.
        let busy = !queue.jobs.is_empty() || queue.woken.load(SeqCst);
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let left = if busy { Some(Duration::ZERO) } else { left };
        self.watched.end();
        let ready = allow_threads(vm, || {
            let mut events = self.events.lock();
            events.clear();
            if let Err(error) = queue.poller.wait(&mut events, left) {
                tracing::error!("the event loop cannot wait: {error}");
            }
            events
                .iter()
                .map(|event| (event.key, mask(&event)))
                .collect()
        });
        queue.waiting.store(false, SeqCst);
        self.watched.begin();
        ready
    }
}

fn mask(event: &Event) -> u32 {
    let read = if event.readable { READ } else { 0 };
    let write = if event.writable { WRITE } else { 0 };
    read | write
}

fn interest(descriptor: usize, events: u32) -> Event {
    Event::new(descriptor, events & READ != 0, events & WRITE != 0)
}

#[pyclass]
impl Poller {
    /// Tells the poller which loop it waits for.
    #[pymethod]
    fn attach(zelf: &Py<Self>, event_loop: PyObjectRef) {
        // A poller is made for one loop.
        let _known = zelf.attached.set(event_loop);
        zelf.watched.begin();
    }

    /// Whether the loop's thread was given up, and another loop has taken its place.
    #[pymethod]
    fn is_lost(zelf: &Py<Self>) -> bool {
        zelf.watched.is_lost()
    }

    /// Ends the loop's wait.
    #[pymethod]
    fn wake(zelf: &Py<Self>) {
        zelf.queue.woken.store(true, SeqCst);
        zelf.queue.notify();
    }

    /// Waits until something is to be done and gives the files that are ready: pairs of descriptor
    /// and events. Jobs are run in here.
    #[pymethod]
    fn wait(
        zelf: &Py<Self>,
        timeout: OptionalArg<Option<ArgIntoFloat>>,
        vm: &VirtualMachine,
    ) -> PyResult {
        if zelf.watched.is_lost() {
            return Err(vm.new_runtime_error("another event loop has taken the place of this one"));
        }
        let timeout = timeout
            .flatten()
            .map(|seconds| seconds.into_float().max(0.0));
        let deadline = timeout
            .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
            .and_then(|timeout| Instant::now().checked_add(timeout));
        let timers = zelf.length_of("_scheduled", vm);
        loop {
            zelf.run_jobs(vm);
            let wanted = zelf.is_loop_wanted(timers, vm);
            let ready = zelf.sleep(
                if wanted {
                    Some(Instant::now())
                } else {
                    deadline
                },
                vm,
            );
            let is_due = deadline.is_some_and(|deadline| deadline <= Instant::now());
            if wanted || is_due || !ready.is_empty() {
                let pairs = ready.into_iter().map(|(descriptor, events)| {
                    let parts = vec![
                        vm.ctx.new_int(descriptor).into(),
                        vm.ctx.new_int(events).into(),
                    ];
                    vm.ctx.new_tuple(parts).into()
                });
                return Ok(vm.ctx.new_list(pairs.collect()).into());
            }
        }
    }

    /// Follows a file.
    #[pymethod]
    fn add(zelf: &Py<Self>, descriptor: i32, events: u32, vm: &VirtualMachine) -> PyResult<()> {
        let key = usize::try_from(descriptor).map_err(|_| closed(descriptor, vm))?;
        // SAFETY: whoever registers a file with an asyncio selector unregisters it before closing
        // it; one that was closed all the same is forgotten by the kernel, and its number removed
        // or added anew by later calls.
        let added = unsafe {
            zelf.queue
                .poller
                .add_with_mode(descriptor, interest(key, events), PollMode::Level)
        };
        added.map_err(|error| vm.new_os_error(error.to_string()))
    }

    /// Follows other events of a file.
    #[pymethod]
    fn modify(zelf: &Py<Self>, descriptor: i32, events: u32, vm: &VirtualMachine) -> PyResult<()> {
        let key = usize::try_from(descriptor).map_err(|_| closed(descriptor, vm))?;
        borrowed(descriptor, |file| {
            zelf.queue
                .poller
                .modify_with_mode(file, interest(key, events), PollMode::Level)
        })
        .map_err(|error| vm.new_os_error(error.to_string()))
    }

    /// Follows a file no longer.
    #[pymethod]
    fn remove(zelf: &Py<Self>, descriptor: i32) {
        // A file that was closed before is unknown to the kernel already.
        let _gone = borrowed(descriptor, |file| zelf.queue.poller.delete(file));
    }
}

/// Lends a descriptor for one call.
fn borrowed<R>(descriptor: i32, call: impl FnOnce(std::os::fd::BorrowedFd<'_>) -> R) -> R {
    // SAFETY: the borrow lasts for one system call, to which a closed descriptor is an error.
    call(unsafe { std::os::fd::BorrowedFd::borrow_raw(descriptor) })
}

fn closed(descriptor: i32, vm: &VirtualMachine) -> rustpython_vm::builtins::PyBaseExceptionRef {
    vm.new_value_error(format!("{descriptor} is not a file descriptor"))
}
