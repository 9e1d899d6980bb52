//! What the client must be told so that what it saw of an object becomes what the object is now.
//!
//! Works on the Python objects themselves: elements are compared by identity first, so that a
//! change in a large container costs a walk over references, not over contents.

use std::sync::Arc;

use ferroflex_state::{
    NodeId, Op, Parent, Path, Step, Value, cheapest, diff,
    sequence::{Edit, edits},
    wire::op_len,
};
use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyPayload, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyDict, PyList},
};

use super::{
    adopt::{adopt, attach, is_foreign},
    places::Told,
    shared::{Shared, Track},
    tracked::{Change, Stretch, TrackedDict, TrackedList, TrackedSet, dict_key, track_of},
};
use crate::convert::{is_settled, same_scalar, to_value};

/// Below this many bytes of operations an element, sending the whole list instead is not weighed.
const CHEAP_BYTES_AN_ELEMENT: usize = 2;

/// Why the operations cannot be found.
#[derive(Debug)]
pub(super) enum Stop {
    /// Something inside can change without a hook seeing it: the whole must be compared by value.
    Untracked,
    /// An exception, such as a value that cannot be sent.
    Raised(PyBaseExceptionRef),
}

impl From<PyBaseExceptionRef> for Stop {
    fn from(raised: PyBaseExceptionRef) -> Self {
        Self::Raised(raised)
    }
}

/// What became of an element of a list.
#[derive(Debug, Clone)]
enum Fate {
    /// The client has it already.
    Kept,
    /// It was sent as part of a splice.
    Inserted,
    /// It took the place of another; this is its tracked form.
    Replaced(PyObjectRef),
}

/// Finds operations for the containers of one session.
pub(super) struct Differ<'a> {
    pub(super) shared: &'a Arc<Shared>,
    pub(super) told: &'a Told,
    pub(super) vm: &'a VirtualMachine,
}

impl Differ<'_> {
    /// The operations from what the client saw of `before` to `after`, which hangs in `parent`;
    /// and the tracked form of `after`.
    pub(super) fn between(
        &self,
        before: &PyObject,
        after: &PyObjectRef,
        parent: Parent,
        path: &Path,
        ops: &mut Vec<Op>,
    ) -> Result<PyObjectRef, Stop> {
        if after.is(before) {
            return Ok(after.clone());
        }
        if is_settled(before, self.vm) && is_settled(after, self.vm) {
            let (old, new) = (
                to_value(before, self.vm)?.value,
                to_value(after, self.vm)?.value,
            );
            diff(&old, &new, path, ops);
            return Ok(after.clone());
        }
        if let Some(seen) = self.seen_list(before)
            && is_foreign(after, self.shared, self.vm)
            && let Some(list) = after.downcast_ref::<PyList>()
        {
            let present = list.borrow_vec().to_vec();
            return self.new_list(seen, present, parent, path, ops);
        }
        if let Some(seen) = self.seen_dict(before)
            && is_foreign(after, self.shared, self.vm)
            && let Some(dict) = after.downcast_ref::<PyDict>()
        {
            let (old, new) = (self.dict_value(&seen)?, self.dict_value(&dict.items_vec())?);
            diff(&old, &new, path, ops);
            return Ok(adopt(
                after,
                parent,
                last(path),
                self.shared,
                self.told,
                self.vm,
            )?);
        }
        self.whole(after, parent, path, ops)
    }

    /// Sends all of `after`.
    pub(super) fn whole(
        &self,
        after: &PyObjectRef,
        parent: Parent,
        path: &Path,
        ops: &mut Vec<Op>,
    ) -> Result<PyObjectRef, Stop> {
        let value = self.tracked_value(after)?;
        ops.push(Op::Set {
            path: path.clone(),
            value,
        });
        Ok(adopt(
            after,
            parent,
            last(path),
            self.shared,
            self.told,
            self.vm,
        )?)
    }

    /// The operations for what was done to a tracked container since the last flush. A list still
    /// has to be marked as sent, once no place is left that is compared with what the client saw.
    pub(super) fn inside(
        &self,
        container: &PyObject,
        path: &Path,
        ops: &mut Vec<Op>,
    ) -> Result<(), Stop> {
        if let Some(list) = container.downcast_ref::<TrackedList>() {
            self.inside_list(list, path, ops)?;
        } else if let Some(dict) = container.downcast_ref::<TrackedDict>() {
            self.inside_dict(dict, path, ops)?;
        } else if container.downcast_ref::<TrackedSet>().is_some() {
            let value = self.tracked_value(container)?;
            ops.push(Op::Set {
                path: path.clone(),
                value,
            });
        }
        Ok(())
    }

    fn inside_list(&self, list: &TrackedList, path: &Path, ops: &mut Vec<Op>) -> Result<(), Stop> {
        let Some(track) = list.track() else {
            return Ok(());
        };
        let first = ops.len();
        let adopted = self.list_edits(&list.changed(), track.node, false, path, ops)?;
        for (index, element) in adopted {
            list.replace(index, element);
        }
        self.shorten(first, list, track.node, path, ops)
    }

    fn inside_dict(&self, dict: &TrackedDict, path: &Path, ops: &mut Vec<Op>) -> Result<(), Stop> {
        let Some(track) = dict.track() else {
            return Ok(());
        };
        let parent = Parent::Node(track.node);
        let Some(changes) = dict.take_changes(self.vm)? else {
            return self.rebuilt_dict(dict, parent, path, ops);
        };
        for Change { key, before, moved } in changes {
            let path = below(
                path,
                Step::Name(dict_key(&key, self.vm)?.name().into_owned()),
            );
            let now = dict.get(&key, self.vm)?;
            if let Some(before) = &before {
                dict.detach_dropped(before);
            }
            let adopted = match (before, now) {
                (None, None) => continue,
                (Some(_), None) => {
                    ops.push(Op::Delete { path });
                    continue;
                }
                (Some(before), Some(now)) if !moved => {
                    self.between(&before, &now, parent, &path, ops)?
                }
                (before, Some(now)) => {
                    if before.is_some() {
                        ops.push(Op::Delete { path: path.clone() });
                    }
                    self.whole(&now, parent, &path, ops)?
                }
            };
            dict.replace(&key, adopted, self.vm)?;
        }
        Ok(())
    }

    /// Something was written that no hook saw: the dictionary is sent as it is.
    fn rebuilt_dict(
        &self,
        dict: &TrackedDict,
        parent: Parent,
        path: &Path,
        ops: &mut Vec<Op>,
    ) -> Result<(), Stop> {
        let mut entries = ferroflex_state::Dict::new();
        for (key, value) in dict.items() {
            let name = dict_key(&key, self.vm)?;
            let path = below(path, Step::Name(name.name().into_owned()));
            entries.insert(name, self.tracked_value(&value)?);
            let adopted = adopt(&value, parent, last(&path), self.shared, self.told, self.vm)?;
            dict.replace(&key, adopted, self.vm)?;
        }
        dict.mark_sent();
        ops.push(Op::Set {
            path: path.clone(),
            value: Value::Dict(entries),
        });
        Ok(())
    }

    /// The elements `present` stand in a new list, instead of the one that the client saw.
    fn new_list(
        &self,
        seen: Vec<PyObjectRef>,
        present: Vec<PyObjectRef>,
        parent: Parent,
        path: &Path,
        ops: &mut Vec<Op>,
    ) -> Result<PyObjectRef, Stop> {
        let first = ops.len();
        let track = Track::new(self.shared);
        let node = track.node;
        let list = TrackedList::new(present.clone(), track).into_ref(&self.vm.ctx);
        attach(list.as_object(), parent, last(path));
        let all = Stretch {
            start: 0,
            seen,
            present,
        };
        let adopted = self.list_edits(&all, node, true, path, ops)?;
        for (index, element) in adopted {
            list.replace(index, element);
        }
        list.mark_sent();
        self.shorten(first, &list, node, path, ops)?;
        Ok(list.into())
    }

    /// The edits of a stretch of a list, and the elements whose tracked form is to take their
    /// place. `fresh`: the list is a new one, so that elements which stay hang in it for the first
    /// time.
    fn list_edits(
        &self,
        stretch: &Stretch,
        node: NodeId,
        fresh: bool,
        path: &Path,
        ops: &mut Vec<Op>,
    ) -> Result<Vec<(usize, PyObjectRef)>, Stop> {
        let Stretch {
            start,
            seen,
            present,
        } = stretch;
        let mut fates = vec![Fate::Kept; present.len()];
        for edit in edits(seen, present, |a, b| self.same(a, b)) {
            match edit {
                Edit::Splice {
                    index,
                    remove,
                    insert,
                } => {
                    let values = present[insert.clone()]
                        .iter()
                        .map(|e| self.tracked_value(e));
                    let insert_values = values.collect::<Result<_, _>>()?;
                    fates[insert].fill(Fate::Inserted);
                    let path = path.clone();
                    ops.push(Op::Splice {
                        path,
                        index: start + index,
                        remove,
                        insert: insert_values,
                    });
                }
                Edit::Move { from, count, to } => {
                    ops.push(Op::Move {
                        path: path.clone(),
                        from: start + from,
                        count,
                        to: start + to,
                    });
                }
                Edit::Replace {
                    index_after,
                    index_before,
                } => {
                    let path = below(path, Step::Index(start + index_after));
                    let (old, new) = (&seen[index_before], &present[index_after]);
                    let parent = Parent::Node(node);
                    fates[index_after] =
                        Fate::Replaced(self.between(old, new, parent, &path, ops)?);
                }
            }
        }
        self.adopt_elements(stretch, fates, node, fresh)
    }

    fn adopt_elements(
        &self,
        stretch: &Stretch,
        fates: Vec<Fate>,
        node: NodeId,
        fresh: bool,
    ) -> Result<Vec<(usize, PyObjectRef)>, Stop> {
        let parent = Parent::Node(node);
        let mut adopted = Vec::new();
        for ((index, element), fate) in (stretch.start..).zip(&stretch.present).zip(fates) {
            let step = Step::Index(index);
            match fate {
                Fate::Replaced(tracked) => adopted.push((index, tracked)),
                Fate::Kept if !is_foreign(element, self.shared, self.vm) => {
                    if fresh {
                        attach(element, parent, step);
                    }
                }
                Fate::Kept | Fate::Inserted => {
                    adopted.push((
                        index,
                        adopt(element, parent, step, self.shared, self.told, self.vm)?,
                    ));
                }
            }
        }
        Ok(adopted)
    }

    fn dict_value(&self, entries: &[(PyObjectRef, PyObjectRef)]) -> Result<Value, Stop> {
        let mut dict = ferroflex_state::Dict::new();
        for (key, value) in entries {
            dict.insert(dict_key(key, self.vm)?, self.tracked_value(value)?);
        }
        Ok(Value::Dict(dict))
    }

    /// Weighs the operations on a list since `first` against sending it as a whole.
    fn shorten(
        &self,
        first: usize,
        list: &TrackedList,
        node: NodeId,
        path: &Path,
        ops: &mut Vec<Op>,
    ) -> Result<(), Stop> {
        let present = list.elements();
        let bytes: usize = ops[first..].iter().map(op_len).sum();
        if bytes <= present.len() * CHEAP_BYTES_AN_ELEMENT {
            return Ok(());
        }
        let elements = present.iter().map(|element| self.tracked_value(element));
        let whole = Value::List(elements.collect::<Result<_, _>>()?);
        let mine = ops.split_off(first);
        ops.extend(cheapest(mine, path, &whole));
        let is_whole = matches!(&ops[first..], [Op::Set { path: set, .. }] if set == path);
        if is_whole {
            let tracked = present
                .iter()
                .enumerate()
                .filter(|(_, e)| track_of(e).is_some());
            tracked.for_each(|(index, _)| self.told.note(Parent::Node(node), Step::Index(index)));
        }
        Ok(())
    }

    /// The value of something all of which hooks follow.
    fn tracked_value(&self, object: &PyObject) -> Result<Value, Stop> {
        let converted = to_value(object, self.vm)?;
        if converted.untracked {
            Err(Stop::Untracked)
        } else {
            Ok(converted.value)
        }
    }

    fn seen_list(&self, object: &PyObject) -> Option<Vec<PyObjectRef>> {
        let list = object.downcast_ref::<TrackedList>()?;
        Arc::ptr_eq(&list.track()?.shared, self.shared).then(|| list.sent())
    }

    /// What the client saw of a dictionary; none when that can no longer be told.
    fn seen_dict(&self, object: &PyObject) -> Option<Vec<(PyObjectRef, PyObjectRef)>> {
        let dict = object.downcast_ref::<TrackedDict>()?;
        let track = dict.track()?;
        let known = Arc::ptr_eq(&track.shared, self.shared)
            && dict.is_as_sent()
            && self.is_seen_below(object);
        known.then(|| dict.items())
    }

    /// Whether nothing inside a tracked container was touched since the client saw it.
    fn is_seen_below(&self, object: &PyObject) -> bool {
        let Some(track) = track_of(object) else {
            return is_settled(object, self.vm);
        };
        if self.shared.journal.lock().is_touched(track.node) {
            return false;
        }
        if let Some(list) = object.downcast_ref::<TrackedList>() {
            return list
                .elements()
                .iter()
                .all(|element| self.is_seen_below(element));
        }
        match object.downcast_ref::<TrackedDict>() {
            Some(dict) => dict
                .items()
                .iter()
                .all(|(_, value)| self.is_seen_below(value)),
            None => true,
        }
    }

    /// Whether the client, having seen `a`, has seen all of `b`.
    fn same(&self, a: &PyObject, b: &PyObject) -> bool {
        if a.is(b) || same_scalar(a, b, self.vm) {
            return true;
        }
        if !is_foreign(b, self.shared, self.vm) || !self.is_seen_below(a) {
            return false;
        }
        matches!(
            (to_value(a, self.vm), to_value(b, self.vm)),
            (Ok(a), Ok(b)) if !a.untracked && !b.untracked && a.value == b.value
        )
    }
}

fn below(path: &Path, step: Step) -> Path {
    let mut path = path.clone();
    path.push(step);
    path
}

fn last(path: &Path) -> Step {
    path.last().cloned().unwrap_or(Step::Index(0))
}
