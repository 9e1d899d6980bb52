//! From the live state to snapshots: of what changed since the last ones.
//!
//! A flush comes first, so that what is kept is what the client has been told. The journal says
//! which fields may have changed; those that can change without it are written again and compared.

use std::{collections::BTreeSet, sync::atomic::Ordering::Relaxed};

use ferroflex_session::store::Fields;
use ferroflex_state::{FieldId, Value, snapshot};
use rustpython_vm::{AsObject, Py, PyObjectRef, PyRef, VirtualMachine};

use super::{Kept, Record, hash_of, write::write};
use crate::live::{
    class::{Computed, Field, Source},
    computed,
    object::{Sent, StateObject},
    session::Live,
};

/// Stands for the attributes of an instance among the numbers of its fields.
pub(super) const ATTRIBUTES: u32 = u32::MAX;

impl Live {
    /// The snapshots of the fields that changed since this was last called; of all the first time,
    /// and with `everything`.
    pub(crate) fn keep(&self, everything: bool, vm: &VirtualMachine) -> Fields {
        let shared = self.shared();
        let changed = shared.journal.lock().take_unkept();
        let is_settled = changed.is_empty() && !shared.has_attributes.load(Relaxed);
        if !everything && is_settled && shared.kept.lock().is_settled() {
            return Fields::new();
        }
        // Python may run below, so the lock is not held.
        let kept = std::mem::take(&mut *shared.kept.lock());
        let mut keeper = Keeper {
            live: self,
            everything: everything || !kept.is_begun,
            kept,
            fields: Fields::new(),
            vm,
        };
        keeper.keep(changed);
        let Keeper {
            kept,
            mut fields,
            everything,
            ..
        } = keeper;
        *shared.kept.lock() = kept;
        fields.extend(self.links().keep(everything, vm));
        fields
    }

    /// Forgets what was given to be stored: it was not taken.
    pub(crate) fn keep_again(&self) {
        self.shared().kept.lock().is_begun = false;
    }

    /// Whether a new instance could be made of what would be kept, as far as is known: nothing is
    /// shared with other sessions, and what could not be kept is not there any more.
    pub(crate) fn may_leave(&self, vm: &VirtualMachine) -> bool {
        let unkeepable = self.shared().kept.lock().unkeepable.clone();
        let is_keepable = |id: &FieldId| {
            let value = self.value_of(*id);
            value.is_none_or(|value| write(&value, vm).is_ok())
        };
        !self.links().is_linked() && unkeepable.iter().all(is_keepable)
    }

    /// Whether everything could be kept when it was last asked for.
    pub(crate) fn is_kept_whole(&self) -> bool {
        self.shared().kept.lock().unkeepable.is_empty()
    }

    fn value_of(&self, id: FieldId) -> Option<PyObjectRef> {
        let state = self.state(id.substate)?;
        let slots = state.slots.lock();
        slots.get(id.field as usize)?.value.clone()
    }
}

/// One run over the fields of a session.
struct Keeper<'a> {
    live: &'a Live,
    everything: bool,
    kept: Kept,
    fields: Fields,
    vm: &'a VirtualMachine,
}

impl Keeper<'_> {
    fn keep(&mut self, changed: Vec<FieldId>) {
        let wanted: BTreeSet<FieldId> = if self.everything {
            let states = self.live.states().iter();
            let all = states.flat_map(|state| {
                let numbered = (0..).zip(&state.class.fields);
                numbered.map(|(number, _)| state.class.id(number))
            });
            all.collect()
        } else {
            let unhooked = self.kept.unhooked.keys().copied();
            let outdated = self.kept.computed.keys().copied();
            let outdated = outdated.filter(|id| self.is_outdated(*id));
            changed
                .into_iter()
                .chain(unhooked)
                .chain(outdated)
                .collect()
        };
        for id in wanted {
            self.field(id);
        }
        if self.live.shared().has_attributes.load(Relaxed) {
            for state in self.live.states() {
                self.attributes(state);
            }
        }
        let dropped = std::mem::take(&mut self.kept.dropped);
        let dropped = dropped.into_iter().map(|name| (name, None));
        self.fields.extend(dropped);
        self.kept.is_begun = true;
    }

    /// Whether a computed var of which there is a snapshot does not hold any more.
    fn is_outdated(&self, id: FieldId) -> bool {
        let Some(state) = self.live.state(id.substate) else {
            return false;
        };
        match state
            .class
            .fields
            .get(id.field as usize)
            .map(|field| &field.source)
        {
            Some(Source::Computed(described)) => computed::is_stale(state, id.field, described),
            _ => false,
        }
    }

    fn field(&mut self, id: FieldId) {
        let Some(state) = self.live.state(id.substate) else {
            return;
        };
        let field = &state.class.fields[id.field as usize];
        match &field.source {
            Source::Default(_) | Source::Factory(_) => self.assigned(state, id, field),
            Source::Computed(described) => {
                let values = self.computed(state, id, described);
                self.seen(id, &field.record, values);
            }
            Source::Router | Source::RouteArgument { .. } => {
                let is_told = state.shared.routing.told.contains(&id);
                let values = seen(state, id).filter(|_| is_told);
                self.seen(id, &field.record, values);
            }
        }
    }

    fn assigned(&mut self, state: &Py<StateObject>, id: FieldId, field: &Field) {
        let Some(value) = state.slots.lock()[id.field as usize].value.clone() else {
            return;
        };
        let record = &field.record;
        let written = write(&value, self.vm).and_then(|written| {
            let bytes = snapshot::encode(record.schema(), &[written.value]);
            let bytes = bytes.map_err(|error| error.to_string())?;
            Ok((bytes, written.unhooked))
        });
        let (bytes, unhooked) = match written {
            Ok(written) => written,
            Err(what) => return self.unkeepable(id, record, &what),
        };
        self.kept.unkeepable.remove(&id);
        if unhooked {
            let hash = hash_of(&bytes);
            let before = self.kept.unhooked.insert(id, hash);
            if before == Some(hash) && !self.everything {
                return;
            }
        } else {
            self.kept.unhooked.remove(&id);
        }
        self.give(record, Some(bytes));
    }

    /// The attributes of an instance that are no fields. No hook follows them, nor what they hold.
    fn attributes(&mut self, state: &PyRef<StateObject>) {
        let record = &state.class.attributes;
        let id = state.class.id(ATTRIBUTES);
        let dict = state.as_object().dict().filter(|dict| !dict.is_empty());
        let Some(dict) = dict else {
            self.kept.unkeepable.remove(&id);
            return self.seen(id, record, None);
        };
        match write(dict.as_object(), self.vm) {
            Ok(written) => {
                self.kept.unkeepable.remove(&id);
                self.seen(id, record, Some(vec![written.value]));
            }
            Err(what) => self.unkeepable(id, record, &what),
        }
    }

    /// What a field holds cannot be kept: what it held before must not come back instead.
    fn unkeepable(&mut self, id: FieldId, record: &Record, what: &str) {
        self.kept.unhooked.remove(&id);
        if !record.is_told.swap(true, Relaxed) {
            tracing::warn!(
                "{} cannot be stored: {what}; it is lost when the server starts again, and the \
                 session stays in memory for it; keep plain values in the state, and make such \
                 objects of them where they are needed",
                record.name
            );
        }
        if self.kept.unkeepable.insert(id) {
            self.give(record, None);
        }
    }

    /// What is known of a computed var: the code, what it was computed from, and the value; or, of
    /// one that does not hold or cannot be made again, what the client has seen of it.
    fn computed(
        &self,
        state: &Py<StateObject>,
        id: FieldId,
        described: &Computed,
    ) -> Option<Vec<Value>> {
        let again = described.cached
            && described.interval_s.is_none()
            && !computed::is_stale(state, id.field, described);
        let whole = again.then(|| self.whole(state, id)).flatten();
        whole.or_else(|| seen(state, id))
    }

    fn whole(&self, state: &Py<StateObject>, id: FieldId) -> Option<Vec<Value>> {
        let (value, read) = {
            let slots = state.slots.lock();
            let slot = &slots[id.field as usize];
            (slot.value.clone()?, slot.read.clone()?)
        };
        let names = read.iter().map(|(id, _)| {
            let class = &self.live.state(id.substate)?.class;
            let field = &class.fields[id.field as usize];
            // Who visits, and where, may be another when the session comes back.
            let is_kept = field.source.is_assigned();
            is_kept.then(|| Value::Str(field.record.name.to_string()))
        });
        let names = names.collect::<Option<Vec<_>>>()?;
        let written = write(&value, self.vm).ok()?;
        Some(vec![code(state), Value::List(names), written.value])
    }

    /// Gives what is not assigned, where it is another than before.
    fn seen(&mut self, id: FieldId, record: &Record, values: Option<Vec<Value>>) {
        let bytes = values.and_then(|values| snapshot::encode(record.schema(), &values).ok());
        let hash = bytes.as_deref().map(hash_of);
        let before = match hash {
            Some(hash) => self.kept.computed.insert(id, hash),
            None => self.kept.computed.remove(&id),
        };
        let is_new = hash != before || (self.everything && hash.is_some());
        if is_new {
            self.give(record, bytes);
        }
    }

    fn give(&mut self, record: &Record, bytes: Option<Vec<u8>>) {
        self.fields
            .push((record.name.clone(), bytes.map(Into::into)));
    }
}

/// What the client has seen of a field that is compared by value.
fn seen(state: &Py<StateObject>, id: FieldId) -> Option<Vec<Value>> {
    match &state.slots.lock()[id.field as usize].sent {
        Sent::Value(value) => Some(vec![value.clone()]),
        _ => None,
    }
}

/// Stands for the app's code in a snapshot.
pub(super) fn code(state: &Py<StateObject>) -> Value {
    let code = state.class.code.get().copied().unwrap_or_default();
    Value::Bytes(code.to_be_bytes().to_vec())
}
