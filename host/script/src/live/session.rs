//! The state tree of one session: an instance of every state class.

use std::sync::{Arc, Weak};

use ferroflex_session::{Update, Visit};
use ferroflex_state::{FieldId, Value};
use rustpython_vm::{PyObjectRef, PyRef, PyResult, VirtualMachine, builtins::PyBaseExceptionRef};

use super::{
    class::{Field, StateClass},
    flush::{self, Flushed, Flusher},
    object::{StateObject, starting_value},
    routing::Routing,
    shared::Shared,
    stored,
};
use crate::{
    rooms::Links,
    threads::{Job, Workers},
};

/// The state tree of one session.
#[derive(Debug)]
pub(crate) struct Live {
    states: Vec<PyRef<StateObject>>,
    shared: Arc<Shared>,
    /// Where Python objects may be dropped: a thread of a server may not.
    workers: Weak<Workers>,
}

impl Live {
    /// A tree with starting values, one instance for each of `classes`.
    pub(crate) fn open(
        classes: &[Arc<StateClass>],
        visit: &Visit,
        routing: &Arc<Routing>,
        workers: Weak<Workers>,
        vm: &VirtualMachine,
    ) -> PyResult<Self> {
        let starting = |_, field: &Field| starting_value(field, vm);
        let live = Self::make(classes, visit, routing, workers, starting, vm)?;
        stored::begin(&live, visit, vm)?;
        Ok(live)
    }

    /// A tree whose fields hold what `value_of` gives.
    pub(super) fn make(
        classes: &[Arc<StateClass>],
        visit: &Visit,
        routing: &Arc<Routing>,
        workers: Weak<Workers>,
        mut value_of: impl FnMut(FieldId, &Field) -> PyResult<Option<PyObjectRef>>,
        vm: &VirtualMachine,
    ) -> PyResult<Self> {
        let counts: Vec<usize> = classes.iter().map(|class| class.fields.len()).collect();
        let shared = Shared::new(&counts, routing);
        *shared.visit.lock() = visit.clone();
        let mut states: Vec<PyRef<StateObject>> = Vec::with_capacity(classes.len());
        for class in classes {
            let parent = class
                .parent
                .and_then(|parent| states.get(parent as usize))
                .cloned();
            states.push(StateObject::create(
                class,
                &shared,
                parent,
                &mut value_of,
                vm,
            )?);
        }
        shared.states.lock().clone_from(&states);
        Ok(Self {
            states,
            shared,
            workers,
        })
    }

    /// The instance of the class with that number.
    pub(crate) fn state(&self, number: u32) -> Option<&PyRef<StateObject>> {
        self.states.get(number as usize)
    }

    /// A turn of the session begins: its state may be changed.
    pub(crate) fn enter(&self) {
        self.shared.open(true);
    }

    /// The turn is over.
    pub(crate) fn leave(&self) {
        self.shared.open(false);
    }

    /// The instances by the number of their class.
    pub(crate) fn states(&self) -> &[PyRef<StateObject>] {
        &self.states
    }

    /// What the instances share.
    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// What the session shares with others.
    pub(crate) fn links(&self) -> &Links {
        &self.shared.links
    }

    /// Notes where the client is now.
    pub(crate) fn visit(&self, visit: &Visit) {
        let mut known = self.shared.visit.lock();
        if *known == *visit {
            return;
        }
        known.clone_from(visit);
        drop(known);
        for state in &self.states {
            for (id, _) in state.class.of_visit() {
                state.slots.lock()[id.field as usize].value = None;
                self.shared.journal.lock().touch_field(id, true);
            }
        }
    }

    /// Whether a flush may have to run computed vars. It does not run them where this is false.
    pub(crate) fn may_compute(&self) -> bool {
        self.shared.has_unseen() || self.states.iter().any(|state| flush::has_stale(state))
    }

    /// Whether a public computed var, when it was last computed, read something that is made from
    /// the visit.
    pub(crate) fn computes_of_visit(&self) -> bool {
        let fields = self.states.iter().flat_map(|state| state.class.of_visit());
        let fields: Vec<_> = fields.map(|(id, _)| id).collect();
        self.states.iter().any(|state| {
            let slots = state.slots.lock();
            let mut public = slots.iter().take(state.class.public_count);
            public.any(|slot| {
                let read = slot.read.iter().flatten();
                read.into_iter().any(|(id, _)| fields.contains(id))
            })
        })
    }

    /// What changed since the last flush, and what could not be computed or sent. The rooms that
    /// the session is linked to take it over.
    pub(crate) fn flush(&self, vm: &VirtualMachine) -> (Update, Vec<PyBaseExceptionRef>) {
        let (update, mut failures) = self.flush_here(vm);
        failures.extend(self.links().publish(&self.shared, &self.states, vm));
        (update, failures)
    }

    /// A flush that no room takes part in.
    pub(crate) fn flush_here(&self, vm: &VirtualMachine) -> (Update, Vec<PyBaseExceptionRef>) {
        Self::update(self.flusher(vm).flush())
    }

    /// A flush that computes whatever is not known to hold, though nothing may have changed.
    pub(crate) fn refresh(&self, vm: &VirtualMachine) -> (Update, Vec<PyBaseExceptionRef>) {
        Self::update(self.flusher(vm).refresh())
    }

    fn update(flushed: Flushed) -> (Update, Vec<PyBaseExceptionRef>) {
        let Flushed { patches, failures } = flushed;
        let patches = patches
            .into_iter()
            .filter(|(_, ops)| !ops.is_empty())
            .collect();
        (
            Update {
                patches,
                commands: Vec::new(),
            },
            failures,
        )
    }

    /// The whole state as the client is to see it, and what could not be computed or sent.
    pub(crate) fn everything(&self, vm: &VirtualMachine) -> (Vec<Value>, Vec<PyBaseExceptionRef>) {
        let (states, flushed) = self.flusher(vm).everything();
        (states, flushed.failures)
    }

    fn flusher<'a>(&'a self, vm: &'a VirtualMachine) -> Flusher<'a> {
        Flusher {
            states: &self.states,
            shared: &self.shared,
            vm,
        }
    }
}

impl Live {
    /// Ends a tree that no session has, on a thread that has a virtual machine.
    pub(crate) fn close(mut self) {
        self.shared.states.lock().clear();
        self.states.clear();
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        let known = std::mem::take(&mut *self.shared.states.lock());
        let states = (std::mem::take(&mut self.states), known, self.links().take());
        match self.workers.upgrade() {
            Some(workers) => workers.submit(Job::new(move |_| drop(states))),
            // The process ends; there is no thread left on which they could be dropped.
            None => std::mem::forget(states),
        }
    }
}
