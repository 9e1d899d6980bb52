//! What the live objects of one session share: the journal, the containers to look at again, and
//! the record of what a running computed var reads.
//!
//! Not here: the values themselves, which the Python objects hold.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use ferroflex_session::Visit;
use ferroflex_state::{FieldId, Journal, NodeId};
use parking_lot::Mutex;
use rustpython_vm::{
    PyObjectRef, PyRef, PyResult, VirtualMachine,
    builtins::{PyBaseException, PyBaseExceptionRef},
};

use super::{kept::Kept, object::StateObject, routing::Routing};
use crate::limits::WATCHED_MAX;
use crate::{interpreter::module, rooms::Links};

/// What the live objects of one session share.
#[derive(Debug)]
pub(crate) struct Shared {
    /// What was touched since the last flush.
    pub(crate) journal: Mutex<Journal>,
    /// Who is at the other end; `self.router` and the arguments of routes are made from it.
    pub(crate) visit: Mutex<Visit>,
    /// The app's routes, and what the browser is told of the visit.
    pub(crate) routing: Arc<Routing>,
    /// The session's live objects, by the number of their class, for `get_state`. Emptied when
    /// the session ends, since they hold this, too.
    pub(crate) states: Mutex<Vec<PyRef<StateObject>>>,
    /// What it shares with other sessions.
    pub(crate) links: Links,
    /// Whether an instance was given an attribute that is no field.
    pub(super) has_attributes: AtomicBool,
    /// What was given to be stored.
    pub(super) kept: Mutex<Kept>,
    /// Whether a turn of the session is out, in which its state may be changed.
    is_open: AtomicBool,
    watched: Mutex<Vec<PyObjectRef>>,
    read_fields: Mutex<Vec<FieldId>>,
    compared: Mutex<BTreeSet<FieldId>>,
    tracing: AtomicBool,
    traces: Mutex<Vec<Vec<FieldId>>>,
}

impl Shared {
    /// For substates with so many fields each.
    pub(crate) fn new(field_counts: &[usize], routing: &Arc<Routing>) -> Arc<Self> {
        Arc::new(Self {
            journal: Mutex::new(Journal::new(field_counts)),
            visit: Mutex::default(),
            routing: Arc::clone(routing),
            states: Mutex::default(),
            links: Links::default(),
            has_attributes: AtomicBool::new(false),
            kept: Mutex::default(),
            is_open: AtomicBool::new(true),
            watched: Mutex::default(),
            read_fields: Mutex::default(),
            compared: Mutex::default(),
            tracing: AtomicBool::new(false),
            traces: Mutex::default(),
        })
    }

    /// Opens the state to changes, or closes it.
    pub(crate) fn open(&self, open: bool) {
        self.is_open.store(open, Relaxed);
    }

    /// Refuses a change while no turn of the session is out.
    ///
    /// # Errors
    /// `ImmutableStateError`, which says what to do.
    pub(crate) fn check_open(&self, vm: &VirtualMachine) -> PyResult<()> {
        if self.is_open.load(Relaxed) {
            return Ok(());
        }
        Err(immutable(
            "the state of a session can be changed only while one of its events is handled; \
             in a background task use `async with self:`",
            vm,
        ))
    }

    /// Keeps a container that a handler has got hold of, to be compared at the flush.
    pub(crate) fn watch(&self, container: PyObjectRef) {
        let mut watched = self.watched.lock();
        if watched.len() < WATCHED_MAX {
            watched.push(container);
        }
    }

    /// The containers to compare; forgets them.
    pub(crate) fn take_watched(&self) -> Vec<PyObjectRef> {
        std::mem::take(&mut *self.watched.lock())
    }

    /// Notes that a field whose value no hook follows was read, and may have been changed.
    pub(crate) fn note_read(&self, field: FieldId) {
        let mut fields = self.read_fields.lock();
        if !fields.contains(&field) {
            fields.push(field);
        }
    }

    /// The fields noted by [`Shared::note_read`]; forgets them.
    pub(crate) fn take_read(&self) -> Vec<FieldId> {
        std::mem::take(&mut *self.read_fields.lock())
    }

    /// Has a field compared by value at every flush, or no longer: what it holds can change
    /// without its being read, through another reference.
    pub(crate) fn compare_always(&self, field: FieldId, always: bool) {
        let mut compared = self.compared.lock();
        if always {
            compared.insert(field);
        } else {
            compared.remove(&field);
        }
    }

    /// The fields that are compared at every flush.
    pub(crate) fn compared(&self) -> BTreeSet<FieldId> {
        self.compared.lock().clone()
    }

    /// Whether something may have changed of which only the flush will find out.
    pub(crate) fn has_unseen(&self) -> bool {
        !self.watched.lock().is_empty()
            || !self.read_fields.lock().is_empty()
            || !self.compared.lock().is_empty()
    }

    /// Whether a computed var is running, so that reads are recorded.
    pub(crate) fn is_tracing(&self) -> bool {
        self.tracing.load(Relaxed)
    }

    /// Records that the running computed var, if any, read `field`.
    pub(crate) fn trace(&self, field: FieldId) {
        if !self.is_tracing() {
            return;
        }
        if let Some(trace) = self.traces.lock().last_mut()
            && !trace.contains(&field)
        {
            trace.push(field);
        }
    }

    /// Runs `compute` and gives what it read along with its result. What it read counts as read
    /// by the computed var around it, too.
    pub(crate) fn traced<R>(&self, compute: impl FnOnce() -> R) -> (R, Vec<FieldId>) {
        self.traces.lock().push(Vec::new());
        self.tracing.store(true, Relaxed);
        let result = compute();
        let mut traces = self.traces.lock();
        let read = traces.pop().unwrap_or_default();
        if let Some(outer) = traces.last_mut() {
            outer.extend(
                read.iter()
                    .filter(|field| !outer.contains(field))
                    .copied()
                    .collect::<Vec<_>>(),
            );
        }
        self.tracing.store(!traces.is_empty(), Relaxed);
        (result, read)
    }
}

/// An `ImmutableStateError`.
pub(crate) fn immutable(message: &str, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let made = module("reflex.utils.exceptions", vm)
        .and_then(|exceptions| exceptions.get_attr("ImmutableStateError", vm))
        .and_then(|class| class.call((message,), vm));
    match made.map(PyObjectRef::downcast::<PyBaseException>) {
        Ok(Ok(raised)) | Err(raised) => raised,
        Ok(Err(_)) => vm.new_runtime_error(message.to_owned()),
    }
}

/// A tracked container's place in its session's journal.
#[derive(Debug)]
pub(crate) struct Track {
    /// The session's shared part.
    pub(crate) shared: Arc<Shared>,
    /// The container's number in the journal.
    pub(crate) node: NodeId,
    watched: AtomicBool,
}

impl Track {
    /// Registers a container.
    pub(crate) fn new(shared: &Arc<Shared>) -> Self {
        let node = shared.journal.lock().register();
        Self {
            shared: shared.clone(),
            node,
            watched: AtomicBool::new(false),
        }
    }

    /// Notes that the contents were changed.
    pub(crate) fn touch(&self) {
        self.shared.journal.lock().touch_node(self.node);
    }

    /// Notes that the contents are about to be changed.
    ///
    /// # Errors
    /// When they may not be, now.
    pub(crate) fn change(&self, vm: &VirtualMachine) -> PyResult<()> {
        self.shared.check_open(vm)?;
        self.touch();
        Ok(())
    }

    /// Has `container` (the one tracked here) compared at the flush.
    pub(crate) fn watch(&self, container: &rustpython_vm::PyObject) {
        if !self.watched.swap(true, Relaxed) {
            self.shared.watch(container.to_owned());
        }
    }

    /// Ends what [`Track::watch`] began.
    pub(crate) fn unwatch(&self) {
        self.watched.store(false, Relaxed);
    }
}

impl Drop for Track {
    fn drop(&mut self) {
        self.shared.journal.lock().release(self.node);
    }
}
