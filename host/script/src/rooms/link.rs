//! What a session knows of one room: which of the room's values it has, and which it has changed.
//!
//! Not here: when it takes them over (`door`), and all of a session's links together (`links`).

use std::sync::Arc;

use ferroflex_session::Author;
use ferroflex_state::FieldId;
use parking_lot::Mutex;
use rustpython_vm::{AsObject, PyObjectRef, PyRef, PyResult, VirtualMachine};

use super::{detached::detached, room::Room};
use crate::{
    App,
    convert::is_settled,
    live::{object::StateObject, shared::Shared},
};

/// A session's link to a room.
pub(crate) struct Link {
    pub(super) room: Arc<Room>,
    pub(super) token: Arc<str>,
    /// What the fields held before the session was linked, in the order of the room's fields.
    pub(super) private: Vec<Option<PyObjectRef>>,
    known: Mutex<Known>,
}

/// What a session knows of a room.
#[derive(Default)]
struct Known {
    /// The version of the room that the session has.
    seen: u64,
    /// How often somebody had come or gone when the session took over who is there.
    crowd: u64,
    /// The versions of the fields in the session's journal when they were as in the room.
    synced: Vec<u32>,
    /// Whether the turn has changed the room, of which the others are to be told at its end.
    published: bool,
}

impl Link {
    /// A link to a room of which nothing is known yet.
    pub(super) fn new(
        room: Arc<Room>,
        token: Arc<str>,
        private: Vec<Option<PyObjectRef>>,
    ) -> Arc<Self> {
        let known = Mutex::default();
        Arc::new(Self {
            room,
            token,
            private,
            known,
        })
    }

    /// Whether it is a link to that room.
    pub(super) fn is_to(&self, room: &Arc<Room>) -> bool {
        Arc::ptr_eq(&self.room, room)
    }

    /// Whether the session's values are not those of the room.
    pub(super) fn is_stale(&self, shared: &Shared) -> bool {
        let known = self.known.lock();
        self.room.is_unfurnished()
            || known.seen != self.room.version()
            || known.crowd != self.room.crowd()
            || known.synced != self.versions(shared)
    }

    /// Gives the session the room's values where they differ; [`Link::sync`] is to follow once they
    /// were flushed.
    pub(super) fn refresh(
        &self,
        shared: &Shared,
        states: &[PyRef<StateObject>],
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let now = self.versions(shared);
        let (seen, synced) = {
            let known = self.known.lock();
            (known.seen, known.synced.clone())
        };
        let is_wanted =
            |place: usize, version| version > seen || synced.get(place) != now.get(place);
        let (values, version) = self.room.read(is_wanted, vm)?;
        for (place, value) in values {
            assign(self.room.fields[place], value, shared, states, vm);
        }
        self.known.lock().seen = version;
        self.refresh_crowd(shared, states, vm)
    }

    /// Gives the session the room's name, and the tokens of those who are there.
    fn refresh_crowd(
        &self,
        shared: &Shared,
        states: &[PyRef<StateObject>],
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let crowd = self.room.crowd();
        if std::mem::replace(&mut self.known.lock().crowd, crowd) == crowd {
            return Ok(());
        }
        self.tell_place(
            &self.room.key.name,
            &self.room.members(),
            (shared, states),
            vm,
        )
    }

    /// Gives a session that was unlinked its own values back.
    pub(super) fn restore(
        &self,
        shared: &Shared,
        states: &[PyRef<StateObject>],
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        for (field, value) in self.room.fields.iter().zip(&self.private) {
            if let Some(value) = value {
                assign(*field, value.clone(), shared, states, vm);
            }
        }
        self.tell_place("", &[], (shared, states), vm)
    }

    /// Sets `_linked_to` and `_linked_from`.
    fn tell_place(
        &self,
        name: &str,
        members: &[Arc<str>],
        (shared, states): (&Shared, &[PyRef<StateObject>]),
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let text = |text: &str| PyObjectRef::from(vm.ctx.new_str(text));
        if let Some(field) = self.room.linked_to {
            assign(field, text(name), shared, states, vm);
        }
        if let Some(field) = self.room.linked_from {
            let tokens = members.iter().map(|token| text(token)).collect();
            let tokens = vm.ctx.new_list(tokens);
            let tokens = vm.ctx.types.set_type.as_object().call((tokens,), vm)?;
            assign(field, tokens, shared, states, vm);
        }
        Ok(())
    }

    /// Takes the session's values for those of the room.
    pub(super) fn sync(&self, shared: &Shared) {
        self.known.lock().synced = self.versions(shared);
    }

    /// Takes what the session has changed into the room. What cannot be shared stays out.
    pub(super) fn publish(
        &self,
        shared: &Shared,
        states: &[PyRef<StateObject>],
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let now = self.versions(shared);
        let changed: Vec<usize> = {
            let known = self.known.lock();
            let places = 0..now.len();
            places
                .filter(|place| known.synced.get(*place) != now.get(*place))
                .collect()
        };
        if changed.is_empty() {
            return Ok(());
        }
        let (mut values, mut failure) = (Vec::with_capacity(changed.len()), None);
        for place in changed {
            match copied(self.room.fields[place], states, vm) {
                Ok(Some(value)) => values.push((place, value)),
                Ok(None) => {}
                Err(raised) => failure = Some(raised),
            }
        }
        let places: Vec<usize> = values.iter().map(|(place, _)| *place).collect();
        let version = self.room.write(values);
        self.room.keep(&places, vm);
        let mut known = self.known.lock();
        known.seen = version;
        known.published = true;
        for place in places {
            if let Some(synced) = known.synced.get_mut(place) {
                *synced = now[place];
            }
        }
        failure.map_or(Ok(()), Err)
    }

    /// Whether the turn has changed the room.
    pub(super) fn has_changed(&self) -> bool {
        self.known.lock().published
    }

    /// Has what was published be stored. To be called while the room's lock is held.
    pub(super) fn store(&self, author: &Author<App>) {
        if self.has_changed() {
            self.room.store(author);
        }
    }

    /// Has the other sessions be told of what was published.
    pub(super) fn tell_others(&self) {
        if std::mem::take(&mut self.known.lock().published) {
            self.room.tell_others(&self.token);
            self.room.tell_instances();
        }
    }

    fn versions(&self, shared: &Shared) -> Vec<u32> {
        let journal = shared.journal.lock();
        let fields = self.room.fields.iter();
        fields.map(|field| journal.version(*field)).collect()
    }
}

/// A copy of what a field holds.
pub(super) fn copied(
    field: FieldId,
    states: &[PyRef<StateObject>],
    vm: &VirtualMachine,
) -> PyResult<Option<PyObjectRef>> {
    let state = &states[field.substate as usize];
    let value = state.slots.lock()[field.field as usize].value.clone();
    value.map(|value| detached(&value, vm)).transpose()
}

/// Gives a field a value, as from outside the session's own turns.
fn assign(
    field: FieldId,
    value: PyObjectRef,
    shared: &Shared,
    states: &[PyRef<StateObject>],
    vm: &VirtualMachine,
) {
    let settled = is_settled(&value, vm);
    let state = &states[field.substate as usize];
    let old = state.slots.lock()[field.field as usize]
        .value
        .replace(value);
    shared.journal.lock().touch_field(field, settled);
    drop(old);
}
