//! Turning the plain containers that a handler left in a field into tracked ones.
//!
//! Done at the flush, when the client is about to see the contents: until then what a handler put
//! in stays the very object that it put in.

use std::{cell::Cell, sync::Arc};

use ferroflex_state::{Parent, Step};
use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine,
    builtins::{PyDict, PyList, PySet},
};

use super::{
    places::Told,
    shared::{Shared, Track},
    tracked::{TrackedDict, TrackedList, TrackedSet, dict_key, track_of},
};

/// Gives the tracked form of `object`, which hangs in `parent` at `step`, and takes all that is
/// inside as told to the client in this place. What is not a list, a dictionary or a set stays what it is.
pub(super) fn adopt(
    object: &PyObjectRef,
    parent: Parent,
    step: Step,
    shared: &Arc<Shared>,
    told: &Told,
    vm: &VirtualMachine,
) -> PyResult {
    let met_tracked = Cell::new(false);
    let adopter = Adopter {
        shared,
        met_tracked: &met_tracked,
        vm,
    };
    let tracked = adopter.adopt(object, parent, step.clone())?;
    if met_tracked.get() {
        told.note(parent, step);
    }
    Ok(tracked)
}

/// Whether `object` is a container that is not tracked in this session yet.
pub(super) fn is_foreign(object: &PyObject, shared: &Arc<Shared>, vm: &VirtualMachine) -> bool {
    let types = &vm.ctx.types;
    let class = object.class();
    if class.is(types.list_type) || class.is(types.dict_type) || class.is(types.set_type) {
        return true;
    }
    match track_of(object) {
        Some(track) => !Arc::ptr_eq(&track.shared, shared),
        None => {
            object.downcast_ref::<TrackedList>().is_some()
                || object.downcast_ref::<TrackedDict>().is_some()
                || object.downcast_ref::<TrackedSet>().is_some()
        }
    }
}

/// Notes that a container tracked in this session also hangs in `parent` at `step`.
pub(super) fn attach(object: &PyObject, parent: Parent, step: Step) {
    if let Some(track) = track_of(object) {
        track.shared.journal.lock().attach(track.node, parent, step);
    }
}

struct Adopter<'a> {
    shared: &'a Arc<Shared>,
    /// Whether something was tracked already, which other places may have to be told of.
    met_tracked: &'a Cell<bool>,
    vm: &'a VirtualMachine,
}

impl Adopter<'_> {
    fn adopt(&self, object: &PyObjectRef, parent: Parent, step: Step) -> PyResult {
        if is_foreign(object, self.shared, self.vm) {
            return self.wrap(object, parent, step);
        }
        if let Some(track) = track_of(object) {
            self.met_tracked.set(true);
            self.shared.journal.lock().attach(track.node, parent, step);
            self.settle(object, track)?;
        }
        Ok(object.clone())
    }

    fn wrap(&self, object: &PyObjectRef, parent: Parent, step: Step) -> PyResult {
        let vm = self.vm;
        let track = Track::new(self.shared);
        let inside = Parent::Node(track.node);
        self.shared.journal.lock().attach(track.node, parent, step);
        if let Some(list) = object.downcast_ref::<PyList>() {
            let plain = list.borrow_vec().to_vec();
            let elements = plain.iter().enumerate();
            let elements = elements
                .map(|(index, element)| self.adopt(element, inside, Step::Index(index)))
                .collect::<PyResult<Vec<_>>>()?;
            return Ok(TrackedList::new(elements, track).into_ref(&vm.ctx).into());
        }
        if let Some(dict) = object.downcast_ref::<PyDict>() {
            let tracked = PyDict::default();
            for (key, value) in dict.items_vec() {
                let step = Step::Name(dict_key(&key, vm)?.name().into_owned());
                tracked.inner_setitem(&*key, self.adopt(&value, inside, step)?, vm)?;
            }
            return Ok(TrackedDict::new(tracked, track).into_ref(&vm.ctx).into());
        }
        match object.downcast_ref::<PySet>() {
            Some(set) => Ok(TrackedSet::new(set.elements(), track, vm)?
                .into_ref(&vm.ctx)
                .into()),
            None => Ok(object.clone()),
        }
    }

    /// Takes what is inside a tracked container as seen. One that was touched is left to its own
    /// turn, since other places have to be told what changed in it.
    fn settle(&self, object: &PyObject, track: &Track) -> PyResult<()> {
        if self.shared.journal.lock().is_touched(track.node) {
            return Ok(());
        }
        let inside = Parent::Node(track.node);
        if let Some(list) = object.downcast_ref::<TrackedList>() {
            for (index, element) in list.elements().iter().enumerate() {
                let adopted = self.adopt_again(element, inside, Step::Index(index))?;
                if !adopted.is(element) {
                    list.replace(index, adopted);
                }
            }
            list.mark_sent();
        } else if let Some(dict) = object.downcast_ref::<TrackedDict>() {
            for (key, value) in dict.items() {
                let step = Step::Name(dict_key(&key, self.vm)?.name().into_owned());
                let adopted = self.adopt_again(&value, inside, step)?;
                if !adopted.is(&value) {
                    dict.replace(&key, adopted, self.vm)?;
                }
            }
            dict.mark_sent();
        }
        Ok(())
    }

    /// Adopts what most likely hangs in `parent` already.
    fn adopt_again(&self, object: &PyObjectRef, parent: Parent, step: Step) -> PyResult {
        match track_of(object).filter(|_| !is_foreign(object, self.shared, self.vm)) {
            Some(track) => {
                self.shared
                    .journal
                    .lock()
                    .reattach(track.node, parent, step);
                self.settle(object, track)?;
                Ok(object.clone())
            }
            None => self.adopt(object, parent, step),
        }
    }
}
