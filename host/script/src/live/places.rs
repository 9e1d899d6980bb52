//! Where a touched container stands in the present values, and which of these places the client
//! was told anew in the running flush.
//!
//! A container can hang in several places, and be sent as part of something larger in one of them
//! while the others have to be told only what changed in it.

use std::{cell::RefCell, collections::HashSet, sync::Arc};

use ferroflex_state::{FieldId, Link, NodeId, Op, Parent, Path, Step, WAYS_MAX, Way};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyRef, VirtualMachine};
use smallvec::smallvec;

use super::{
    object::StateObject,
    shared::Shared,
    tracked::{TrackedDict, TrackedList, dict_key, track_of},
};
use crate::limits::PLACES_MAX;

/// Places whose contents the client was told as they are now, in this flush.
#[derive(Debug, Default)]
pub(super) struct Told(RefCell<HashSet<(Parent, Step)>>);

impl Told {
    /// Notes that what hangs in `parent` at `step` was sent as it is.
    pub(super) fn note(&self, parent: Parent, step: Step) {
        self.0.borrow_mut().insert((parent, step));
    }

    fn holds(&self, parent: Parent, step: &Step) -> bool {
        let told = self.0.borrow();
        !told.is_empty() && told.contains(&(parent, step.clone()))
    }
}

/// Where a container stands.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The field.
    pub(super) field: FieldId,
    /// The way from the substate to the container.
    pub(super) path: Path,
    /// The container.
    pub(super) container: PyObjectRef,
    /// Whether the client was told its contents in this flush.
    pub(super) told: bool,
}

/// The places of one container.
#[derive(Debug)]
pub(super) struct Places {
    /// Those that were found.
    pub(super) found: Vec<Place>,
    /// Whether these are all.
    pub(super) complete: bool,
}

/// Finds the places of containers.
pub(super) struct Finder<'a> {
    pub(super) states: &'a [PyRef<StateObject>],
    pub(super) shared: &'a Arc<Shared>,
    pub(super) told: &'a Told,
    pub(super) vm: &'a VirtualMachine,
}

impl Finder<'_> {
    /// The places of `node`.
    pub(super) fn find(&self, node: NodeId) -> Places {
        let ways = self.shared.journal.lock().ways(node);
        let found: Vec<Place> = ways.iter().flat_map(|way| self.resolve(way)).collect();
        let complete = ways.len() < WAYS_MAX && found.len() < PLACES_MAX;
        Places { found, complete }
    }

    /// Follows a way down through the present values; nothing when the container no longer hangs
    /// there.
    fn resolve(&self, way: &Way) -> Vec<Place> {
        let Some(first) = self.first(way) else {
            return Vec::new();
        };
        let mut places = vec![first];
        for (link, node) in &way.steps[1..] {
            places = places
                .iter()
                .flat_map(|place| self.below(place, link, *node))
                .collect();
            places.truncate(PLACES_MAX);
        }
        places
    }

    fn first(&self, way: &Way) -> Option<Place> {
        let field = way.field;
        let state = self.states.get(field.substate as usize)?;
        let container = state
            .slots
            .lock()
            .get(field.field as usize)?
            .value
            .clone()?;
        let (_, node) = way.steps.first()?;
        let is_it = track_of(&container)?.node == *node;
        let step = Step::Index(field.field as usize);
        let told = self.told.holds(Parent::Field(field), &step);
        let path = smallvec![step];
        is_it.then_some(Place {
            field,
            path,
            container,
            told,
        })
    }

    fn below(&self, place: &Place, link: &Link, node: NodeId) -> Vec<Place> {
        let children = children(&place.container, link, node, self.vm).into_iter();
        let told = |step: &Step| place.told || self.told.holds(link.parent, step);
        let place = |(step, container): (Step, PyObjectRef)| {
            let told = told(&step);
            let mut path = place.path.clone();
            path.push(step);
            Place {
                field: place.field,
                path,
                container,
                told,
            }
        };
        children.map(place).collect()
    }
}

/// The children that are `node`, first looked for where it was last known to be.
fn children(
    container: &PyObject,
    link: &Link,
    node: NodeId,
    vm: &VirtualMachine,
) -> Vec<(Step, PyObjectRef)> {
    let is_it = |object: &PyObjectRef| track_of(object).is_some_and(|track| track.node == node);
    if !link.repeated
        && let Some(child) = child_at(container, &link.hint, vm)
        && is_it(&child)
    {
        return vec![(link.hint.clone(), child)];
    }
    if let Some(list) = container.downcast_ref::<TrackedList>() {
        let elements = list.elements().into_iter().enumerate();
        let found = elements.filter(|(_, element)| is_it(element));
        return found
            .map(|(index, child)| (Step::Index(index), child))
            .collect();
    }
    let Some(dict) = container.downcast_ref::<TrackedDict>() else {
        return Vec::new();
    };
    let found = dict.items().into_iter().filter(|(_, value)| is_it(value));
    let step = |key: &PyObject| Some(Step::Name(dict_key(key, vm).ok()?.name().into_owned()));
    found
        .filter_map(|(key, child)| Some((step(&key)?, child)))
        .collect()
}

fn child_at(container: &PyObject, hint: &Step, vm: &VirtualMachine) -> Option<PyObjectRef> {
    match hint {
        Step::Index(index) => container.downcast_ref::<TrackedList>()?.element(*index),
        Step::Name(name) => {
            let key = vm.ctx.new_str(name.as_str());
            container
                .downcast_ref::<TrackedDict>()?
                .get(key.as_object(), vm)
                .ok()?
        }
    }
}

/// The same operation on a container that hangs elsewhere: its path goes on from `to` instead of
/// from the first `prefix` steps.
pub(super) fn rebased(op: &Op, prefix: usize, to: &Path) -> Op {
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
