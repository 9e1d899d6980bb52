//! The flush: from what the journal noted to the operations that the client is sent.
//!
//! A field that was assigned is compared with what the client saw of it; a container that was
//! touched is looked into; what no hook follows is compared by value; then the computed vars that
//! read something of all this run again. A substate of which nothing was touched is not looked at.

use std::collections::{BTreeMap, BTreeSet};

use ferroflex_state::{FieldId, NodeId, Op, Parent, Path, Step, Value, Way, diff};
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine,
    builtins::PyBaseExceptionRef,
};
use smallvec::smallvec;

use super::{
    class::{Computed, Source},
    computed,
    differ::{Differ, Stop},
    object::{Sent, StateObject},
    router,
    shared::Shared,
    tracked::{TrackedDict, TrackedList, dict_key, track_of},
};
use crate::convert::to_value;

/// How often a flush starts over because a computed var wrote to a field. Past it the rest is left
/// to the next flush.
const ROUNDS_MAX: usize = 4;

/// What a flush found.
#[derive(Debug, Default)]
pub(crate) struct Flushed {
    /// The operations by substate.
    pub(crate) patches: BTreeMap<u32, Vec<Op>>,
    /// What could not be computed or sent; the rest is there all the same.
    pub(crate) failures: Vec<PyBaseExceptionRef>,
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
        let mut flushed = Flushed::default();
        self.look_again();
        let mut changed = !self.shared.journal.lock().is_clean();
        for _ in 0..ROUNDS_MAX {
            changed |= self.round(&mut flushed);
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
        for container in self.shared.take_watched() {
            let Some(track) = track_of(&container) else {
                continue;
            };
            track.unwatch();
            let as_sent = if let Some(list) = container.downcast_ref::<TrackedList>() {
                list.is_as_sent()
            } else {
                container
                    .downcast_ref::<TrackedDict>()
                    .is_none_or(|dict| dict.is_as_sent())
            };
            if !as_sent {
                track.touch();
            }
        }
    }

    /// Fields and containers; true when there were any.
    fn round(&self, flushed: &mut Flushed) -> bool {
        let mut assigned: BTreeSet<FieldId> = self
            .shared
            .journal
            .lock()
            .take_fields()
            .into_iter()
            .collect();
        let compared = self.shared.take_read();
        let nodes = self.shared.journal.lock().take_nodes();
        let mut settled: BTreeSet<FieldId> = assigned.iter().copied().collect();
        let any = !(assigned.is_empty() && compared.is_empty() && nodes.is_empty());
        let postponed = self.nodes(nodes, &mut assigned, &mut settled, flushed);
        for field in &compared {
            self.shared.journal.lock().renew(*field);
        }
        assigned.extend(compared);
        self.fields(&assigned, flushed);
        let mut by_value = BTreeSet::new();
        let detached = self.nodes(postponed, &mut by_value, &mut settled, flushed);
        self.fields(&by_value, flushed);
        let mut journal = self.shared.journal.lock();
        for node in detached {
            journal.settle_node(node);
        }
        for field in settled {
            journal.settle_field(field);
        }
        any
    }

    /// Looks into touched containers. Those under an assigned field are given back; a field in
    /// which something turns out not to be followed by hooks is added to `assigned`.
    fn nodes(
        &self,
        nodes: Vec<NodeId>,
        assigned: &mut BTreeSet<FieldId>,
        settled: &mut BTreeSet<FieldId>,
        flushed: &mut Flushed,
    ) -> Vec<NodeId> {
        let mut postponed = Vec::new();
        for node in nodes {
            if !self.shared.journal.lock().is_touched(node) {
                continue;
            }
            let ways = self.shared.journal.lock().ways(node);
            let resolved: Vec<_> = ways
                .iter()
                .filter(|way| !assigned.contains(&way.field))
                .filter_map(|way| self.resolve(way))
                .collect();
            if resolved.is_empty() {
                postponed.push(node);
                continue;
            }
            settled.extend(resolved.iter().map(|found| found.field));
            self.node(&resolved, assigned, flushed);
            self.shared.journal.lock().settle_node(node);
        }
        postponed
    }

    fn node(&self, places: &[Place], assigned: &mut BTreeSet<FieldId>, flushed: &mut Flushed) {
        let by_value = places
            .iter()
            .filter(|place| self.is_compared_by_value(place.field));
        let by_value: BTreeSet<FieldId> = by_value.map(|place| place.field).collect();
        if !by_value.is_empty() {
            return self.fields(&by_value, flushed);
        }
        let mut ops = Vec::new();
        match self
            .differ()
            .inside(&places[0].container, &places[0].path, &mut ops)
        {
            Ok(()) => self.emit(places, &ops, flushed),
            Err(Stop::Untracked) => assigned.extend(places.iter().map(|place| place.field)),
            Err(Stop::Raised(raised)) => flushed.failures.push(raised),
        }
    }

    fn emit(&self, places: &[Place], ops: &[Op], flushed: &mut Flushed) {
        for place in places {
            let state = &self.states[place.field.substate as usize];
            if place.field.field as usize >= state.class.public_count {
                continue;
            }
            let prefix = places[0].path.len();
            let moved = ops.iter().map(|op| rebased(op, prefix, &place.path));
            flushed
                .patches
                .entry(place.field.substate)
                .or_default()
                .extend(moved);
        }
    }

    fn is_compared_by_value(&self, field: FieldId) -> bool {
        let slots = self.states[field.substate as usize].slots.lock();
        matches!(slots[field.field as usize].sent, Sent::Value(_))
    }

    fn fields(&self, fields: &BTreeSet<FieldId>, flushed: &mut Flushed) {
        for field in fields {
            if let Err(raised) = self.field(*field, flushed) {
                flushed.failures.push(raised);
            }
        }
    }

    /// Compares a field with what the client saw of it.
    fn field(&self, id: FieldId, flushed: &mut Flushed) -> PyResult<()> {
        let state = &self.states[id.substate as usize];
        let number = id.field as usize;
        let public = number < state.class.public_count;
        let (value, before) = {
            let mut slots = state.slots.lock();
            let slot = &mut slots[number];
            (slot.value.clone(), std::mem::take(&mut slot.sent))
        };
        if matches!(state.class.fields[number].source, Source::Router) {
            self.router(state, id, before, flushed);
            return Ok(());
        }
        let Some(value) = value else { return Ok(()) };
        let path: Path = smallvec![Step::Index(number)];
        let mut ops = Vec::new();
        let outcome = match &before {
            Sent::Object(old) => {
                self.differ()
                    .between(old, &value, Parent::Field(id), &path, &mut ops)
            }
            Sent::Nothing => self
                .differ()
                .whole(&value, Parent::Field(id), &path, &mut ops),
            Sent::Value(_) => Err(Stop::Untracked),
        };
        let sent = match outcome {
            Ok(tracked) => {
                let old = state.slots.lock()[number].value.replace(tracked.clone());
                drop(old);
                Sent::Object(tracked)
            }
            Err(Stop::Untracked) => {
                ops.clear();
                self.by_value(&value, before, &path, &mut ops)?
            }
            Err(Stop::Raised(_)) if !public => Sent::Nothing,
            Err(Stop::Raised(raised)) => return Err(raised),
        };
        state.slots.lock()[number].sent = sent;
        if public && !ops.is_empty() {
            flushed.patches.entry(id.substate).or_default().extend(ops);
        }
        Ok(())
    }

    fn by_value(
        &self,
        value: &PyObject,
        before: Sent,
        path: &Path,
        ops: &mut Vec<Op>,
    ) -> PyResult<Sent> {
        let now = to_value(value, self.vm)?.value;
        match before {
            Sent::Value(seen) => diff(&seen, &now, path, ops),
            _ => ops.push(Op::Set {
                path: path.clone(),
                value: now.clone(),
            }),
        }
        Ok(Sent::Value(now))
    }

    fn router(&self, state: &Py<StateObject>, id: FieldId, before: Sent, flushed: &mut Flushed) {
        let now = router::value(self.shared);
        let path: Path = smallvec![Step::Index(id.field as usize)];
        let ops = flushed.patches.entry(id.substate).or_default();
        match before {
            Sent::Value(seen) => diff(&seen, &now, &path, ops),
            _ => ops.push(Op::Set {
                path,
                value: now.clone(),
            }),
        }
        state.slots.lock()[id.field as usize].sent = Sent::Value(now);
    }

    /// Runs the computed vars that no longer hold. Those that are kept are asked only when
    /// something changed at all.
    fn recompute(&self, changed: bool, flushed: &mut Flushed) {
        for state in self.states {
            for (field, described) in state.class.computed() {
                let always = !described.cached || described.interval_s.is_some();
                if !(changed || always) || field as usize >= state.class.public_count {
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
        let now = to_value(&value, self.vm)?.value;
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
            _ => self.field(state.class.id(field), &mut flushed),
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

    /// Follows a way down through the present values; none when the container no longer hangs
    /// there.
    fn resolve(&self, way: &Way) -> Option<Place> {
        let state = self.states.get(way.field.substate as usize)?;
        let mut container = state
            .slots
            .lock()
            .get(way.field.field as usize)?
            .value
            .clone()?;
        let mut path: Path = smallvec![Step::Index(way.field.field as usize)];
        let (_, first) = way.steps.first()?;
        if track_of(&container)?.node != *first {
            return None;
        }
        for (hint, node) in &way.steps[1..] {
            let (step, child) = child_of(&container, hint, *node, self.vm)?;
            path.push(step);
            container = child;
        }
        Some(Place {
            field: way.field,
            path,
            container,
        })
    }

    fn differ(&self) -> Differ<'_> {
        Differ {
            shared: self.shared,
            vm: self.vm,
        }
    }
}

/// Where a touched container stands now.
struct Place {
    field: FieldId,
    path: Path,
    container: PyObjectRef,
}

/// The child that is `node`, first looked for where it was last known to be.
fn child_of(
    container: &PyObject,
    hint: &Step,
    node: NodeId,
    vm: &VirtualMachine,
) -> Option<(Step, PyObjectRef)> {
    let is_it = |object: &PyObjectRef| track_of(object).is_some_and(|track| track.node == node);
    if let Some(list) = container.downcast_ref::<TrackedList>() {
        let hinted = match hint {
            Step::Index(index) => list
                .element(*index)
                .filter(&is_it)
                .map(|child| (*index, child)),
            Step::Name(_) => None,
        };
        let found = hinted.or_else(|| {
            list.elements()
                .into_iter()
                .enumerate()
                .find(|(_, e)| is_it(e))
        });
        return found.map(|(index, child)| (Step::Index(index), child));
    }
    let dict = container.downcast_ref::<TrackedDict>()?;
    if let Step::Name(name) = hint {
        let key = vm.ctx.new_str(name.as_str());
        if let Some(child) = dict.get(key.as_object(), vm).ok()?.filter(&is_it) {
            return Some((hint.clone(), child));
        }
    }
    let (key, child) = dict.items().into_iter().find(|(_, value)| is_it(value))?;
    Some((
        Step::Name(dict_key(&key, vm).ok()?.name().into_owned()),
        child,
    ))
}

/// The same operation on a container that hangs elsewhere: its path goes on from `to` instead of
/// from the first `prefix` steps.
fn rebased(op: &Op, prefix: usize, to: &Path) -> Op {
    let mut op = op.clone();
    let path = match &mut op {
        Op::Set { path, .. }
        | Op::Delete { path }
        | Op::Splice { path, .. }
        | Op::Move { path, .. }
        | Op::Append { path, .. } => path,
    };
    *path = to.iter().chain(&path[prefix..]).cloned().collect();
    op
}
