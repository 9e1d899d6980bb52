//! One round of a flush: the assigned fields, then the touched containers, each after all those
//! that it hangs in.
//!
//! What the client saw is kept until the round ends, since a container can be looked at from
//! several places. Not here: computed vars (`flush`), and how two containers differ (`differ`).

use std::{collections::BTreeSet, sync::Arc};

use ferroflex_state::{FieldId, NodeId, Op, Parent, Path, Step, diff};
use rustpython_vm::{
    AsObject, Py, PyObjectRef, PyRef, PyResult, VirtualMachine, builtins::PyBaseExceptionRef,
};
use smallvec::smallvec;

use super::{
    adopt::adopt,
    differ::{Differ, Stop},
    fits,
    flush::Flushed,
    object::{Sent, StateObject},
    places::{Finder, Place, Told, rebased},
    router,
    shared::Shared,
    tracked::{TrackedList, track_of},
};
use crate::convert::to_value;

/// One round of a flush.
pub(super) struct Round<'a> {
    states: &'a [PyRef<StateObject>],
    shared: &'a Arc<Shared>,
    vm: &'a VirtualMachine,
    flushed: &'a mut Flushed,
    told: Told,
    /// Lists whose elements the client has seen when the round ends.
    done: Vec<PyObjectRef>,
}

impl<'a> Round<'a> {
    pub(super) fn new(
        states: &'a [PyRef<StateObject>],
        shared: &'a Arc<Shared>,
        vm: &'a VirtualMachine,
        flushed: &'a mut Flushed,
    ) -> Self {
        let (told, done) = (Told::default(), Vec::new());
        Self {
            states,
            shared,
            vm,
            flushed,
            told,
            done,
        }
    }

    /// Finds what the journal noted; true when there was anything.
    pub(super) fn run(mut self) -> bool {
        let read = self.shared.take_read();
        let compared = self.shared.compared();
        let (mut fields, nodes) = {
            let mut journal = self.shared.journal.lock();
            for field in &read {
                journal.renew(*field);
            }
            let fields: BTreeSet<FieldId> = journal.take_fields().into_iter().collect();
            (fields, journal.take_nodes())
        };
        fields.extend(read);
        let any = !(fields.is_empty() && nodes.is_empty() && compared.is_empty());
        for field in &fields {
            let state = &self.states[field.substate as usize];
            let record = &state.class.fields[field.field as usize].record;
            if let Err(raised) = self.field(*field) {
                let named = fits::with_field(raised, record, self.vm);
                self.flushed.failures.push(named);
            }
        }
        for field in compared.difference(&fields) {
            // What cannot be sent was reported when it was assigned.
            let _ = self.field(*field);
        }
        self.nodes(nodes.clone());
        self.commit(&nodes);
        any
    }

    /// Looks into touched containers. One that hangs nowhere by its turn may be put somewhere by
    /// another's, and is looked for again as long as there is such a one.
    fn nodes(&mut self, mut waiting: Vec<NodeId>) {
        let mut count = usize::MAX;
        while waiting.len() < count {
            count = waiting.len();
            waiting.retain(|node| !self.node(*node));
        }
    }

    /// Looks into a touched container and tells all the places where the client has it as it was.
    /// False when it hangs nowhere.
    fn node(&mut self, node: NodeId) -> bool {
        let found = self.finder().find(node);
        let Some(first) = found.found.first() else {
            return false;
        };
        let mut untold: Vec<Place> = Vec::new();
        if found.complete {
            untold.extend(found.found.iter().filter(|place| !place.told).cloned());
        } else {
            self.resend(node);
        }
        let path = untold.first().map_or(&first.path, |place| &place.path);
        let mut ops = Vec::new();
        match self.differ().inside(&first.container, path, &mut ops) {
            Ok(()) => {
                self.emit(&untold, &ops);
                self.done.push(first.container.clone());
            }
            Err(Stop::Untracked) => self.resend(node),
            Err(Stop::Raised(raised)) => {
                self.resend(node);
                self.flushed.failures.push(raised);
            }
        }
        true
    }

    /// Sends the fields that a container hangs in as they are.
    fn resend(&mut self, node: NodeId) {
        let fields = self.shared.journal.lock().fields_above(node);
        for field in fields {
            let state = &self.states[field.substate as usize];
            state.slots.lock()[field.field as usize].sent = Sent::Nothing;
            // The container itself is reported by whoever found that it cannot be sent.
            let _ = self.field(field);
        }
    }

    fn emit(&mut self, places: &[Place], ops: &[Op]) {
        for place in places {
            let state = &self.states[place.field.substate as usize];
            if place.field.field as usize >= state.class.public_count {
                continue;
            }
            let prefix = places[0].path.len();
            let moved = ops.iter().map(|op| rebased(op, prefix, &place.path));
            self.flushed.add(place.field, moved.collect());
        }
    }

    /// Compares a field with what the client saw of it.
    pub(super) fn field(&mut self, id: FieldId) -> PyResult<()> {
        let state = &self.states[id.substate as usize];
        let number = id.field as usize;
        let (value, before) = {
            let mut slots = state.slots.lock();
            let slot = &mut slots[number];
            (slot.value.clone(), std::mem::take(&mut slot.sent))
        };
        if state.class.fields[number].source.is_of_visit() {
            self.of_visit(state, id, before);
            return Ok(());
        }
        let Some(value) = value else { return Ok(()) };
        self.detach(id, &before, &value);
        let public = number < state.class.public_count;
        let mut ops = Vec::new();
        let outcome = match self.tracked(id, &before, &value, &mut ops) {
            Err(Stop::Untracked) if public => {
                ops.clear();
                self.by_value(id, before, &value, &mut ops)
                    .map_err(Stop::Raised)
            }
            outcome => outcome,
        };
        match outcome {
            Ok(sent) => self.keep(state, id, sent),
            Err(_) if !public => {}
            Err(Stop::Raised(raised)) => {
                self.shared.compare_always(id, true);
                return Err(raised);
            }
            Err(Stop::Untracked) => {}
        }
        if public && !ops.is_empty() {
            let record = &state.class.fields[number].record;
            record.look_at(&value, self.vm);
            self.flushed.add(id, ops);
        }
        Ok(())
    }

    /// Compares a field whose contents hooks follow.
    fn tracked(
        &self,
        id: FieldId,
        before: &Sent,
        value: &PyObjectRef,
        ops: &mut Vec<Op>,
    ) -> Result<Sent, Stop> {
        let path: Path = smallvec![Step::Index(id.field as usize)];
        let parent = Parent::Field(id);
        let tracked = match before {
            Sent::Object(old) => self.differ().between(old, value, parent, &path, ops)?,
            Sent::Nothing => self.differ().whole(value, parent, &path, ops)?,
            Sent::Value(_) => return Err(Stop::Untracked),
        };
        Ok(Sent::Object(tracked))
    }

    /// Compares a field in which something is, or was, that no hook follows.
    fn by_value(
        &self,
        id: FieldId,
        before: Sent,
        value: &PyObjectRef,
        ops: &mut Vec<Op>,
    ) -> Result<Sent, PyBaseExceptionRef> {
        let now = to_value(value, self.vm)?;
        let step = Step::Index(id.field as usize);
        let path: Path = smallvec![step.clone()];
        match before {
            Sent::Value(seen) => diff(&seen, &now.value, &path, ops),
            _ => ops.push(Op::Set {
                path,
                value: now.value.clone(),
            }),
        }
        if !ops.is_empty() {
            self.shared.journal.lock().renew(id);
        }
        if now.untracked {
            return Ok(Sent::Value(now.value));
        }
        let parent = Parent::Field(id);
        adopt(value, parent, step, self.shared, &self.told, self.vm).map(Sent::Object)
    }

    /// Puts what the client has now seen into the field's slot.
    fn keep(&self, state: &Py<StateObject>, id: FieldId, sent: Sent) {
        let always = matches!(sent, Sent::Value(_));
        self.shared.compare_always(id, always);
        let mut slots = state.slots.lock();
        let slot = &mut slots[id.field as usize];
        let old = match &sent {
            Sent::Object(tracked) => slot.value.replace(tracked.clone()),
            _ => None,
        };
        slot.sent = sent;
        drop(slots);
        drop(old);
    }

    /// Forgets the link of a field to what it held and will not hold, or to what it holds and no
    /// hook is to follow; one that is to be followed is linked again.
    fn detach(&self, id: FieldId, before: &Sent, value: &PyObjectRef) {
        let known = match before {
            Sent::Object(old) if old.is(value) => return,
            Sent::Object(old) => Some(old),
            _ => None,
        };
        let mut journal = self.shared.journal.lock();
        for track in known
            .into_iter()
            .chain([value])
            .filter_map(|object| track_of(object))
        {
            journal.detach(track.node, Parent::Field(id));
        }
    }

    fn of_visit(&mut self, state: &Py<StateObject>, id: FieldId, before: Sent) {
        let described = &state.class.fields[id.field as usize];
        let now = router::value(self.shared, id, described);
        let path: Path = smallvec![Step::Index(id.field as usize)];
        let mut ops = Vec::new();
        match before {
            Sent::Value(seen) => diff(&seen, &now, &path, &mut ops),
            _ => ops.push(Op::Set {
                path,
                value: now.clone(),
            }),
        }
        self.flushed.add(id, ops);
        state.slots.lock()[id.field as usize].sent = Sent::Value(now);
    }

    /// Takes what was found as seen by the client.
    fn commit(&self, nodes: &[NodeId]) {
        for list in self
            .done
            .iter()
            .filter_map(|object| object.downcast_ref::<TrackedList>())
        {
            list.detach_dropped();
            list.mark_sent();
        }
        let mut journal = self.shared.journal.lock();
        for node in nodes {
            journal.settle_node(*node);
        }
        journal.settle_fields();
    }

    fn finder(&self) -> Finder<'_> {
        Finder {
            states: self.states,
            shared: self.shared,
            told: &self.told,
            vm: self.vm,
        }
    }

    fn differ(&self) -> Differ<'_> {
        Differ {
            shared: self.shared,
            told: &self.told,
            vm: self.vm,
        }
    }
}
