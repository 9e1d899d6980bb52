//! Sections: turns of a session for code that is not one of its events. What stands between
//! `async with self:` and its end in a background task is one.
//!
//! Not here: the tasks themselves (`background`), and what `self` is in them (`proxy`).

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
};

use ferroflex_session::{Handle, Outcome, SessionError, Update};
use parking_lot::Mutex;
use rustpython_vm::{
    Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    builtins::PyBaseExceptionRef,
    function::FuncArgs,
    protocol::PyIterReturn,
    pyclass,
    types::{IterNext, SelfIter},
};

use super::{
    Place,
    asynchronous::{new_future, resolve},
    chain::Chain,
    lent::{Lent, STUCK},
    proxy::StateProxy,
};
use crate::{
    App,
    live::{session::Live, shared},
    threads::Job,
};

/// What is to be done on the loop with a turn that was waited for.
type Admit = Box<dyn FnOnce(Lent, Arc<Live>, &VirtualMachine) + Send>;

/// Those who wait for sections, by ticket. Each session bounds how many they are.
#[derive(Default)]
pub(crate) struct Waiting {
    by_ticket: Mutex<HashMap<u64, Admit>>,
    last: AtomicU64,
}

impl std::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Waiting")
    }
}

/// Hands a turn that was asked for to whoever did.
pub(super) fn admit(app: &Arc<App>, ticket: u64, lent: Lent) {
    let admit = app.waiting.by_ticket.lock().remove(&ticket);
    match (admit, lent.live()) {
        (Some(admit), Some(live)) => {
            live.enter();
            app.looper.post(Job::new(move |vm| admit(lent, live, vm)));
        }
        // What waited holds Python objects, which may not be dropped on any thread; and what the
        // session's rooms told it is to be stored.
        (admit, live) => app.looper.post(Job::new(move |vm| {
            drop((admit, live));
            lent.end(Outcome::Done(Update::default()), vm);
        })),
    }
}

/// Has `work` run on the loop, in a turn of the session: at once if that is free. To be called on
/// the loop's thread.
pub(super) fn visit(
    app: &Arc<App>,
    handle: &Handle<App>,
    work: impl FnOnce(Lent, Arc<Live>, &VirtualMachine) + Send + 'static,
    vm: &VirtualMachine,
) -> Result<Option<u64>, SessionError> {
    if let Some((lent, live)) = free_turn(handle) {
        work(lent, live, vm);
        return Ok(None);
    }
    let ticket = app.waiting.last.fetch_add(1, Relaxed) + 1;
    let mut by_ticket = app.waiting.by_ticket.lock();
    by_ticket.insert(ticket, Box::new(work));
    drop(by_ticket);
    if let Err(error) = handle.ask(ticket) {
        app.waiting.by_ticket.lock().remove(&ticket);
        return Err(error);
    }
    Ok(Some(ticket))
}

/// A turn at once, if the session is free and shares nothing that has to be waited for.
fn free_turn(handle: &Handle<App>) -> Option<(Lent, Arc<Live>)> {
    let lent = Lent::new(handle.try_turn()?);
    if let Some(live) = lent.live().filter(|live| !live.links().is_linked()) {
        live.enter();
        return Some((lent, live));
    }
    lent.finish(Outcome::Done(Update::default()));
    None
}

/// A way into a session: what a background task's `self` and `app.modify_state` stand on.
#[pyclass(module = "_ferroflex_loop", name = "Section")]
#[derive(PyPayload)]
pub(crate) struct Section {
    app: Arc<App>,
    handle: Handle<App>,
    /// The turn and the state, between entering and leaving.
    inside: Mutex<Option<(Lent, Arc<Live>)>>,
    /// The number under which the turn is known to be on the loop.
    turn: AtomicU64,
    is_inside: AtomicBool,
    /// The ticket, while it waits; 0 when it does not.
    ticket: AtomicU64,
}

impl std::fmt::Debug for Section {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Section")
    }
}

impl Section {
    /// A way into a session.
    pub(super) fn new(app: &Arc<App>, handle: Handle<App>) -> Self {
        Self {
            app: Arc::clone(app),
            handle,
            inside: Mutex::default(),
            turn: AtomicU64::new(0),
            is_inside: AtomicBool::new(false),
            ticket: AtomicU64::new(0),
        }
    }

    /// The session's state, between entering and leaving. Each time it may be another instance: the
    /// session can have left the interpreter in between.
    pub(super) fn live(&self) -> Option<Arc<Live>> {
        let inside = self.inside.lock();
        inside.as_ref().map(|(_, live)| Arc::clone(live))
    }

    /// Whether the state may be changed.
    pub(super) fn is_inside(&self) -> bool {
        self.is_inside.load(Relaxed)
    }

    /// An awaitable that enters, and gives what `entered` makes.
    pub(super) fn enter(
        zelf: &PyRef<Self>,
        entered: impl FnOnce(&PyRef<Self>, &Live, &VirtualMachine) -> PyObjectRef + Send + 'static,
        vm: &VirtualMachine,
    ) -> PyResult {
        if zelf.is_inside() || zelf.ticket.load(Relaxed) != 0 {
            return Err(vm.new_runtime_error(
                "`async with` was entered already; leave it before entering it again",
            ));
        }
        if let Some((lent, live)) = free_turn(&zelf.handle) {
            let value = entered(zelf, &live, vm);
            zelf.open(lent, live);
            return Ok(Ready::new(value).into_pyobject(vm));
        }
        let future = new_future(vm)?;
        let (section, of_work) = (zelf.clone(), future.clone());
        let work = move |lent: Lent, live: Arc<Live>, vm: &VirtualMachine| {
            section.ticket.store(0, Relaxed);
            if is_done(&of_work, vm) {
                // Whoever waited was cancelled meanwhile.
                return lent.end(Outcome::Done(Update::default()), vm);
            }
            let value = entered(&section, &live, vm);
            section.open(lent, live);
            resolve(&of_work, Ok(value), vm);
        };
        match visit(&zelf.app, &zelf.handle, work, vm) {
            Ok(None) => {}
            Ok(Some(ticket)) => zelf.ticket.store(ticket, Relaxed),
            Err(error) => return Err(vm.new_runtime_error(error.to_string())),
        }
        zelf.app
            .coroutines
            .admission(future, zelf.clone().into(), vm)
    }

    /// An awaitable that sends what changed and leaves.
    pub(super) fn leave(zelf: &PyRef<Self>, vm: &VirtualMachine) -> PyResult {
        let Some((lent, live)) = zelf.take_inside() else {
            return Ok(Ready::new(vm.ctx.new_bool(false).into()).into_pyobject(vm));
        };
        let chain = Chain::new(&zelf.app, &live, lent, None);
        if !chain.may_compute() {
            chain.finish(Place::Loop, vm);
            return Ok(Ready::new(vm.ctx.new_bool(false).into()).into_pyobject(vm));
        }
        let future = new_future(vm)?;
        let (app, waited) = (Arc::clone(&zelf.app), future.clone());
        let lent = chain.lent.clone();
        let job = Job::new(move |vm| {
            chain.finish(Place::Worker, vm);
            app.looper.post(Job::new(move |vm| {
                resolve(&waited, Ok(vm.ctx.new_bool(false).into()), vm);
            }));
        });
        zelf.app
            .workers
            .submit(job.or_abandoned(move || lent.give_up(STUCK)));
        Ok(future)
    }

    fn open(&self, lent: Lent, live: Arc<Live>) {
        self.turn.store(self.app.on_loop.add(&lent), Relaxed);
        *self.inside.lock() = Some((lent, live));
        self.is_inside.store(true, Relaxed);
    }

    fn take_inside(&self) -> Option<(Lent, Arc<Live>)> {
        self.is_inside.store(false, Relaxed);
        let inside = self.inside.lock().take()?;
        self.app.on_loop.remove(self.turn.load(Relaxed));
        Some(inside)
    }

    /// The error of a write from outside.
    pub(super) fn immutable(name: &str, vm: &VirtualMachine) -> PyBaseExceptionRef {
        let message = format!("{name} can be changed only inside `async with self:`");
        shared::immutable(&message, vm)
    }
}

fn is_done(future: &PyObjectRef, vm: &VirtualMachine) -> bool {
    let done = vm.call_method(future, "done", ());
    done.and_then(|done| done.is_true(vm)).unwrap_or(true)
}

#[pyclass]
impl Section {
    /// Gives back what was waited for: the wait was cancelled.
    #[pymethod]
    fn give_up(zelf: &Py<Self>) {
        let ticket = zelf.ticket.swap(0, Relaxed);
        if ticket != 0 && zelf.handle.withdraw(ticket) {
            zelf.app.waiting.by_ticket.lock().remove(&ticket);
        }
        if let Some((lent, _)) = zelf.take_inside() {
            lent.finish(Outcome::Done(Update::default()));
        }
    }

    /// Enters; gives the root state.
    #[pymethod]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python gives a method is handed over"
    )]
    fn __aenter__(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult {
        let root = |section: &PyRef<Self>, live: &Live, vm: &VirtualMachine| {
            let root = live.state(0).map(|state| StateProxy::new(state, section));
            root.map_or_else(|| vm.ctx.none(), |root| root.into_pyobject(vm))
        };
        Self::enter(&zelf, root, vm)
    }

    /// Sends what changed and leaves.
    #[pymethod]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python gives a method is handed over"
    )]
    fn __aexit__(zelf: PyRef<Self>, _raised: FuncArgs, vm: &VirtualMachine) -> PyResult {
        Self::leave(&zelf, vm)
    }
}

/// An awaitable that has its value already.
#[pyclass(module = "_ferroflex_loop", name = "Ready")]
#[derive(Debug, PyPayload)]
pub(crate) struct Ready {
    value: PyObjectRef,
}

impl Ready {
    pub(super) fn new(value: PyObjectRef) -> Self {
        Self { value }
    }
}

impl SelfIter for Ready {}

impl IterNext for Ready {
    fn next(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        Ok(PyIterReturn::StopIteration(Some(zelf.value.clone())))
    }
}

#[pyclass(with(IterNext, rustpython_vm::types::Iterable))]
impl Ready {
    #[pymethod(name = "__await__")]
    fn wait(zelf: PyRef<Self>) -> PyRef<Self> {
        zelf
    }
}
