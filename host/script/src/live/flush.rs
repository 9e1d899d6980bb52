//! The flush: from what the journal noted to the operations that the client is sent.
//!
//! A field that was assigned is compared with what the client saw of it; a container that was
//! touched is looked into; what no hook follows is compared by value; then the computed vars that
//! read something of all this run again. A substate of which nothing was touched is not looked at.

use std::collections::{BTreeMap, HashSet};

use ferroflex_state::{FieldId, NodeId, Op, Path, Step, Value, diff};
use rustpython_vm::{Py, PyObject, PyRef, PyResult, VirtualMachine, builtins::PyBaseExceptionRef};
use smallvec::smallvec;

use super::{
    class::{Computed, Source},
    computed, fits,
    object::{Sent, StateObject},
    round::Round,
    shared::Shared,
    tracked::{TrackedDict, TrackedList, track_of},
};
use crate::convert::to_value;
use crate::limits::FLUSH_ROUNDS_MAX;

/// What a flush found.
#[derive(Debug, Default)]
pub(crate) struct Flushed {
    /// The operations by substate.
    pub(crate) patches: BTreeMap<u32, Vec<Op>>,
    /// What could not be computed or sent; the rest is there all the same.
    pub(crate) failures: Vec<PyBaseExceptionRef>,
}

impl Flushed {
    /// Adds operations on a field.
    pub(super) fn add(&mut self, field: FieldId, ops: Vec<Op>) {
        self.patches.entry(field.substate).or_default().extend(ops);
    }
}

/// The live states of one session, by number.
pub(crate) struct Flusher<'a> {
    pub(crate) states: &'a [PyRef<StateObject>],
    pub(crate) shared: &'a std::sync::Arc<Shared>,
    pub(crate) vm: &'a VirtualMachine,
}

impl Flusher<'_> {
    /// Finds what the client has to be told, and takes it as told.
    pub(crate) fn flush(&self) -> Flushed {
        self.look_again();
        let changed = !self.shared.journal.lock().is_clean();
        self.find(changed)
    }

    /// The same, as if something had changed.
    pub(crate) fn refresh(&self) -> Flushed {
        self.find(true)
    }

    fn find(&self, mut changed: bool) -> Flushed {
        let mut flushed = Flushed::default();
        for _ in 0..FLUSH_ROUNDS_MAX {
            changed |= self.round(&mut flushed).run();
            self.recompute(changed, &mut flushed);
            if self.shared.journal.lock().is_clean() {
                break;
            }
        }
        flushed
    }

    /// The value of every public field, taken as told.
    pub(crate) fn everything(&self) -> (Vec<Value>, Flushed) {
        let flushed = self.flush();
        let mut failures = flushed.failures;
        let states = self.states.iter().map(|state| {
            let numbers = 0..state.class.public_count;
            let values = numbers.map(|number| self.told(state, number, &mut failures));
            Value::List(values.collect())
        });
        let states = states.collect();
        (
            states,
            Flushed {
                failures,
                ..Flushed::default()
            },
        )
    }

    /// Finds writes that no hook saw in what the handler got hold of.
    fn look_again(&self) {
        let mut seen = HashSet::new();
        for container in self.shared.take_watched() {
            if let Some(track) = track_of(&container) {
                track.unwatch();
            }
            look_into(&container, &mut seen);
        }
    }

    /// Runs the computed vars that no longer hold. Those that are kept are asked only when
    /// something changed at all.
    fn recompute(&self, changed: bool, flushed: &mut Flushed) {
        for state in self.states {
            for (field, described) in state.class.computed() {
                let always = !described.cached || described.interval_s.is_some();
                if !(changed || always) || !is_public(state, field) {
                    continue;
                }
                if computed::is_stale(state, field, described)
                    && let Err(raised) = self.computed(state, field, described, flushed)
                {
                    flushed.failures.push(raised);
                }
            }
        }
    }

    fn computed(
        &self,
        state: &Py<StateObject>,
        field: u32,
        described: &Computed,
        flushed: &mut Flushed,
    ) -> PyResult<()> {
        let value = computed::read(state, field, described, self.vm)?;
        let record = &state.class.fields[field as usize].record;
        let now = to_value(&value, self.vm)
            .map_err(|raised| fits::with_field(raised, record, self.vm))?
            .value;
        let before = std::mem::take(&mut state.slots.lock()[field as usize].sent);
        let path: Path = smallvec![Step::Index(field as usize)];
        let mut ops = Vec::new();
        match before {
            Sent::Value(seen) => diff(&seen, &now, &path, &mut ops),
            _ => ops.push(Op::Set {
                path,
                value: now.clone(),
            }),
        }
        state.slots.lock()[field as usize].sent = Sent::Value(now);
        if !ops.is_empty() {
            self.shared
                .journal
                .lock()
                .note_unkept(state.class.id(field));
            flushed
                .patches
                .entry(state.class.number)
                .or_default()
                .extend(ops);
        }
        Ok(())
    }

    /// The value of a public field as the client has been told it, telling it now if need be.
    fn told(
        &self,
        state: &Py<StateObject>,
        number: usize,
        failures: &mut Vec<PyBaseExceptionRef>,
    ) -> Value {
        let object = {
            let slots = state.slots.lock();
            match &slots[number].sent {
                Sent::Value(value) => return value.clone(),
                Sent::Object(object) => object.clone(),
                Sent::Nothing => {
                    drop(slots);
                    return self.tell(state, number, failures);
                }
            }
        };
        match to_value(&object, self.vm) {
            Ok(converted) => converted.value,
            Err(raised) => {
                failures.push(raised);
                Value::None
            }
        }
    }

    fn tell(
        &self,
        state: &Py<StateObject>,
        number: usize,
        failures: &mut Vec<PyBaseExceptionRef>,
    ) -> Value {
        let Ok(field) = u32::try_from(number) else {
            return Value::None;
        };
        let mut flushed = Flushed::default();
        let outcome = match &state.class.fields[number].source {
            Source::Computed(described) => self.computed(state, field, described, &mut flushed),
            _ => self.round(&mut flushed).field(state.class.id(field)),
        };
        if let Err(raised) = outcome {
            failures.push(raised);
            return Value::None;
        }
        let ops = flushed
            .patches
            .remove(&state.class.number)
            .unwrap_or_default();
        match ops.into_iter().next() {
            Some(Op::Set { value, .. }) => value,
            _ => Value::None,
        }
    }

    fn round<'b>(&'b self, flushed: &'b mut Flushed) -> Round<'b> {
        Round::new(self.states, self.shared, self.vm, flushed)
    }
}

/// Whether a flush would run a computed var of this state, by what is known before it.
pub(super) fn has_stale(state: &Py<StateObject>) -> bool {
    let mut computed = state.class.computed();
    computed.any(|(field, described)| {
        is_public(state, field) && computed::is_stale(state, field, described)
    })
}

fn is_public(state: &Py<StateObject>, field: u32) -> bool {
    (field as usize) < state.class.public_count
}

/// Notes a container whose contents are not what the client saw, and the lists in a list, which an
/// iteration gives out without a hook.
fn look_into(container: &PyObject, seen: &mut HashSet<NodeId>) {
    let Some(track) = track_of(container).filter(|track| seen.insert(track.node)) else {
        return;
    };
    let as_sent = if let Some(list) = container.downcast_ref::<TrackedList>() {
        let as_sent = list.is_as_sent();
        // What was taken out may hang elsewhere, so it is looked into as well.
        for list in list.lists_inside() {
            look_into(&list, seen);
        }
        as_sent
    } else {
        container
            .downcast_ref::<TrackedDict>()
            .is_none_or(|dict| dict.is_as_sent())
    };
    if !as_sent {
        track.touch();
    }
}
