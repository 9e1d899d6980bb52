//! From snapshots to a live state that the client has seen.
//!
//! Each field stands for itself: one whose snapshot cannot be used begins anew and is sent, and
//! the others are as they were. A computed var is not run where all that it was computed from is
//! as it was, and the app's code is.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Weak, atomic::Ordering::Relaxed},
};

use ferroflex_session::Visit;
use ferroflex_state::{FieldId, Parent, Step, Value, snapshot};
use rustpython_vm::{AsObject, Py, PyObjectRef, PyRef, PyResult, VirtualMachine, builtins::PyDict};

use super::{
    Record, hash_of,
    keep::{ATTRIBUTES, code},
    read::read,
};
use crate::{
    convert::{is_settled, to_value},
    failure::message,
    live::{
        adopt::adopt,
        class::{Field, StateClass},
        object::{Sent, StateObject, starting_value},
        places::Told,
        router,
        routing::Routing,
        session::Live,
    },
    threads::Workers,
};

/// The snapshots that were given, by the names of their fields.
type Given<'a> = HashMap<&'a str, &'a [u8]>;

impl Live {
    /// A tree with the values that were kept. What the browser keeps is not read again: what was
    /// kept is newer.
    pub(crate) fn restore<'a>(
        classes: &[Arc<StateClass>],
        visit: &Visit,
        routing: &Arc<Routing>,
        workers: Weak<Workers>,
        snapshots: impl Iterator<Item = (&'a str, &'a [u8])>,
        vm: &VirtualMachine,
    ) -> PyResult<Self> {
        let mut given: Given<'_> = snapshots.collect();
        let mut restored: BTreeMap<FieldId, &[u8]> = BTreeMap::new();
        let value_of = |id, field: &Field| {
            if !field.source.is_assigned() {
                return Ok(None);
            }
            let bytes = given.remove(&*field.record.name);
            let value = bytes.and_then(|bytes| Some((bytes, usable(&field.record, bytes, vm)?)));
            match value {
                Some((bytes, value)) => {
                    restored.insert(id, bytes);
                    Ok(Some(value))
                }
                None => starting_value(field, vm),
            }
        };
        let live = Self::make(classes, visit, routing, workers, value_of, vm)?;
        let restoring = Restorer {
            live: &live,
            restored: &restored,
            vm,
        };
        restoring.settle();
        restoring.take_seen(&mut given);
        restoring.take_attributes(&mut given);
        let mut kept = live.shared().kept.lock();
        kept.is_begun = true;
        kept.dropped = given.into_keys().map(Arc::from).collect();
        drop(kept);
        Ok(live)
    }
}

/// The value in a field's snapshot; none, and a word in the log, when it cannot be used.
pub(super) fn usable(record: &Record, bytes: &[u8], vm: &VirtualMachine) -> Option<PyObjectRef> {
    let values = snapshot::decode(bytes, record.schema()).map_err(|error| error.to_string());
    let value = values.and_then(|values| match <[Value; 1]>::try_from(values) {
        Ok([value]) => read(value, vm),
        Err(values) => Err(format!("the snapshot holds {} values", values.len())),
    });
    match value {
        Ok(value) => Some(value),
        Err(reason) => {
            tracing::warn!("{} of a stored session begins anew: {reason}", record.name);
            None
        }
    }
}

struct Restorer<'a> {
    live: &'a Live,
    /// The fields that are as they were, with their snapshots.
    restored: &'a BTreeMap<FieldId, &'a [u8]>,
    vm: &'a VirtualMachine,
}

impl Restorer<'_> {
    /// Takes what was restored as seen by the client, and notes the rest as changed.
    fn settle(&self) {
        for (state, id) in self.fields(|field| field.source.is_assigned()) {
            let Some(value) = state.slots.lock()[id.field as usize].value.clone() else {
                continue;
            };
            let bytes = self.restored.get(&id);
            let is_seen = bytes.is_some_and(|bytes| self.see(state, id, &value, bytes));
            if !is_seen {
                let settled = is_settled(&value, self.vm);
                self.live.shared().journal.lock().touch_field(id, settled);
            }
        }
    }

    /// Has hooks follow a value, or has it compared where they cannot. False when the client
    /// cannot have seen it.
    fn see(&self, state: &Py<StateObject>, id: FieldId, value: &PyObjectRef, bytes: &[u8]) -> bool {
        let shared = self.live.shared();
        let is_public = (id.field as usize) < state.class.public_count;
        let mut sent = Sent::Object(value.clone());
        if !is_settled(value, self.vm) {
            let converted = to_value(value, self.vm);
            let unhooked = converted
                .as_ref()
                .map_or(true, |converted| converted.untracked);
            let (parent, step) = (Parent::Field(id), Step::Index(id.field as usize));
            let told = Told::default();
            sent = match converted {
                Ok(_) if !unhooked => match adopt(value, parent, step, shared, &told, self.vm) {
                    Ok(tracked) => Sent::Object(tracked),
                    Err(_) => return false,
                },
                Ok(converted) if is_public => Sent::Value(converted.value),
                Err(_) if is_public => return false,
                _ => Sent::Nothing,
            };
            if unhooked {
                let hash = hash_of(bytes);
                shared.kept.lock().unhooked.insert(id, hash);
                shared.compare_always(id, is_public);
            }
        }
        let mut slots = state.slots.lock();
        let slot = &mut slots[id.field as usize];
        if let Sent::Object(tracked) = &sent {
            slot.value = Some(tracked.clone());
        }
        slot.sent = sent;
        true
    }

    /// Gives instances the attributes back that are no fields.
    fn take_attributes(&self, given: &mut Given<'_>) {
        for state in self.live.states() {
            let record = &state.class.attributes;
            let (Some(bytes), Some(dict)) =
                (given.remove(&**record.name()), state.as_object().dict())
            else {
                continue;
            };
            let attributes = usable(record, bytes, self.vm);
            let attributes = attributes.and_then(|found| found.downcast::<PyDict>().ok());
            for (name, value) in attributes
                .map(|found| found.items_vec())
                .unwrap_or_default()
            {
                if let Err(raised) = dict.inner_setitem(&*name, value, self.vm) {
                    tracing::warn!("{}: {}", record.name(), message(&raised, self.vm));
                }
            }
            let shared = self.live.shared();
            shared.has_attributes.store(true, Relaxed);
            let id = state.class.id(ATTRIBUTES);
            shared.kept.lock().computed.insert(id, hash_of(bytes));
        }
    }

    /// Takes what the client has seen of computed vars, and of what is made from the visit.
    fn take_seen(&self, given: &mut Given<'_>) {
        for (state, id) in self.fields(|field| !field.source.is_assigned()) {
            let field = &state.class.fields[id.field as usize];
            let bytes = given.remove(&*field.record.name);
            if field.source.is_of_visit() {
                self.take_of_visit(state, id, bytes);
            } else if let Some(bytes) = bytes {
                self.take_computed(state, id, bytes);
            }
            if let Some(bytes) = bytes {
                let hash = hash_of(bytes);
                self.live.shared().kept.lock().computed.insert(id, hash);
            }
        }
    }

    fn take_of_visit(&self, state: &Py<StateObject>, id: FieldId, bytes: Option<&[u8]>) {
        let shared = self.live.shared();
        let field = &state.class.fields[id.field as usize];
        let seen = bytes.and_then(|bytes| snapshot::decode(bytes, field.record.schema()).ok());
        let seen = seen.and_then(|values| values.into_iter().next());
        let now = router::value(shared, id, field);
        if !shared.routing.told.contains(&id) {
            state.slots.lock()[id.field as usize].sent = Sent::Value(now);
            return;
        }
        if seen.as_ref() != Some(&now) {
            shared.journal.lock().touch_field(id, true);
        }
        if let Some(seen) = seen {
            state.slots.lock()[id.field as usize].sent = Sent::Value(seen);
        }
    }

    /// A computed var without a usable snapshot is computed again, and sent.
    fn take_computed(&self, state: &Py<StateObject>, id: FieldId, bytes: &[u8]) {
        let schema = state.class.fields[id.field as usize].record.schema();
        let Ok(values) = snapshot::decode(bytes, schema) else {
            return;
        };
        if let [seen] = &*values {
            state.slots.lock()[id.field as usize].sent = Sent::Value(seen.clone());
            return;
        }
        let Ok([code_then, names, value]) = <[Value; 3]>::try_from(values) else {
            return;
        };
        let Ok(value) = read(value, self.vm) else {
            return;
        };
        let is_public = (id.field as usize) < state.class.public_count;
        let seen = to_value(&value, self.vm).ok().filter(|_| is_public);
        let holds = code_then == code(state);
        let read = self.versions(&names).filter(|_| holds);
        let mut slots = state.slots.lock();
        let slot = &mut slots[id.field as usize];
        slot.sent = seen.map_or(Sent::Nothing, |seen| Sent::Value(seen.value));
        if read.is_some() {
            slot.value = Some(value);
            slot.read = read;
        }
    }

    /// The fields of these names with their versions; none unless all of them are as they were.
    fn versions(&self, names: &Value) -> Option<Vec<(FieldId, u32)>> {
        let Value::List(names) = names else {
            return None;
        };
        let journal = self.live.shared().journal.lock();
        let version = |name: &Value| {
            let Value::Str(name) = name else {
                return None;
            };
            let id = self.field_named(name)?;
            self.restored
                .contains_key(&id)
                .then(|| (id, journal.version(id)))
        };
        names.iter().map(version).collect()
    }

    fn field_named(&self, name: &str) -> Option<FieldId> {
        let (class, field) = name.rsplit_once('.')?;
        let mut states = self.live.states().iter();
        let class = &states.find(|state| *state.class.full_name == *class)?.class;
        let place = class.places.get(field).filter(|place| place.levels == 0)?;
        Some(class.id(place.field))
    }

    fn fields(
        &self,
        which: impl Fn(&Field) -> bool,
    ) -> impl Iterator<Item = (&PyRef<StateObject>, FieldId)> {
        self.live.states().iter().flat_map(move |state| {
            let numbered = (0..).zip(&state.class.fields);
            let found = numbered.filter(|(_, field)| which(field));
            let ids: Vec<FieldId> = found.map(|(number, _)| state.class.id(number)).collect();
            ids.into_iter().map(move |id| (state, id))
        })
    }
}
