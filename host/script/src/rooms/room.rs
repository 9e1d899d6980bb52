//! A room: the values of a shared state class that several sessions see, and who they are.
//!
//! Not here: what one session knows of it (`links`), and how it is found (the module).

use std::{
    collections::BTreeMap,
    fmt,
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
};

use ferroflex_state::FieldId;
use parking_lot::Mutex;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use super::{detached::detached, lock::Lock, stored};
use crate::{
    App,
    live::{
        class::{Field, Source, StateClass},
        object::starting_value,
    },
    threads::Job,
};

/// The ticket of a section in which a session only refreshes what it shares; nobody waits for it.
pub(super) const REFRESH_TICKET: u64 = 0;

/// The fields of a shared state class in which a session keeps what it is linked to, and who else
/// is. They are each session's own.
pub(super) const LINKED_TO: &str = "_linked_to";
const LINKED_FROM: &str = "_linked_from";

/// What a room is known by: the number of the class and the name. Several are locked in this order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) class: u32,
    pub(super) name: Arc<str>,
}

/// A room.
pub(crate) struct Room {
    pub(super) key: Key,
    /// What is shared: the fields of the class, and of all that inherit from it, that are assigned.
    pub(super) fields: Vec<FieldId>,
    /// Where a session has the room's name.
    pub(super) linked_to: Option<FieldId>,
    /// Where a session has the tokens of those who are in the room.
    pub(super) linked_from: Option<FieldId>,
    /// Held during every turn of a session that is linked.
    pub(super) lock: Arc<Lock>,
    /// What the store has of it.
    pub(super) stored: stored::Stored,
    pub(super) app: Weak<App>,
    values: Mutex<Values>,
    /// Whether each session was told already that there is something new, by token.
    members: Mutex<BTreeMap<Arc<str>, AtomicBool>>,
    /// How often somebody came or went.
    crowd: AtomicU64,
}

/// What the fields hold. Changed only while the room's lock is held.
#[derive(Default)]
struct Values {
    /// How often something was changed.
    version: u64,
    /// In the order of the fields; empty until the first session comes in.
    stored: Vec<Stored>,
}

/// What one field holds, and since which version.
pub(super) struct Stored {
    pub(super) value: Option<PyObjectRef>,
    pub(super) version: u64,
}

impl fmt::Debug for Room {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Room")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

impl Room {
    pub(super) fn new(app: &Arc<App>, key: Key) -> Self {
        let classes = below(&app.classes, key.class).into_iter();
        let fields = classes.flat_map(|number| {
            let class = &app.classes[number as usize];
            let fields = (0..).zip(&class.fields);
            let shared = fields.filter(|(_, field)| is_shared(field));
            shared.map(|(number, _)| class.id(number))
        });
        Self {
            fields: fields.collect(),
            linked_to: own_field(&app.classes, key.class, LINKED_TO),
            linked_from: own_field(&app.classes, key.class, LINKED_FROM),
            key,
            lock: Arc::default(),
            app: Arc::downgrade(app),
            stored: stored::Stored::default(),
            values: Mutex::default(),
            members: Mutex::default(),
            crowd: AtomicU64::new(1),
        }
    }

    /// How often something was changed.
    pub(super) fn version(&self) -> u64 {
        self.values.lock().version
    }

    /// Gives the fields their starting values, unless they have values already, and takes over what
    /// is new in the store.
    pub(super) fn furnish(&self, vm: &VirtualMachine) -> PyResult<()> {
        let Some(app) = self.app.upgrade() else {
            return Ok(());
        };
        if self.values.lock().stored.is_empty() {
            let values = self.fields.iter();
            let values = values.map(|id| starting_value(app.field(*id), vm));
            let values = values.collect::<PyResult<Vec<_>>>()?;
            let stored = values.into_iter().map(|value| Stored { value, version: 1 });
            *self.values.lock() = Values {
                version: 1,
                stored: stored.collect(),
            };
        }
        let new = self.new_values(&app, vm);
        if !new.is_empty() {
            self.write(new);
        }
        Ok(())
    }

    /// Copies of the values that `is_wanted` chooses by their place and version, and the room's
    /// version.
    pub(super) fn read(
        &self,
        is_wanted: impl Fn(usize, u64) -> bool,
        vm: &VirtualMachine,
    ) -> PyResult<(Vec<(usize, PyObjectRef)>, u64)> {
        let (found, version) = {
            let values = self.values.lock();
            let wanted = values.stored.iter().enumerate();
            let wanted = wanted.filter(|(place, stored)| is_wanted(*place, stored.version));
            let found = wanted.filter_map(|(place, stored)| Some((place, stored.value.clone()?)));
            (found.collect::<Vec<_>>(), values.version)
        };
        let copies = found
            .into_iter()
            .map(|(place, value)| Ok((place, detached(&value, vm)?)));
        Ok((copies.collect::<PyResult<_>>()?, version))
    }

    /// All values, in the order of the fields. They are not to be changed.
    pub(super) fn values(&self) -> Vec<Option<PyObjectRef>> {
        let values = self.values.lock();
        let values = values.stored.iter();
        values.map(|stored| stored.value.clone()).collect()
    }

    /// Takes in new values, by their places; gives the room's version.
    pub(super) fn write(&self, changed: Vec<(usize, PyObjectRef)>) -> u64 {
        // What they replace is dropped without the lock, since that can run Python.
        let mut replaced = Vec::with_capacity(changed.len());
        let mut values = self.values.lock();
        values.version += 1;
        let version = values.version;
        for (place, value) in changed {
            let stored = Stored {
                value: Some(value),
                version,
            };
            if let Some(known) = values.stored.get_mut(place) {
                replaced.push(std::mem::replace(known, stored));
            }
        }
        drop(values);
        drop(replaced);
        version
    }

    /// How often somebody came or went.
    pub(super) fn crowd(&self) -> u64 {
        self.crowd.load(Relaxed)
    }

    /// The tokens of the sessions that are linked.
    pub(super) fn members(&self) -> Vec<Arc<str>> {
        self.members.lock().keys().cloned().collect()
    }

    /// Adds a session. True when it was not there.
    pub(super) fn add(&self, token: &Arc<str>) -> bool {
        let mut members = self.members.lock();
        let is_new = !members.contains_key(token);
        members.entry(Arc::clone(token)).or_default();
        self.crowd.fetch_add(1, Relaxed);
        is_new
    }

    /// Removes a session. True when it was there.
    pub(super) fn remove(&self, token: &str) -> bool {
        let removed = self.members.lock().remove(token).is_some();
        self.crowd.fetch_add(u64::from(removed), Relaxed);
        removed
    }

    /// Has a session leave, and the others be told.
    pub(super) fn part(self: &Arc<Self>, token: &str) {
        if let Some(app) = self.app.upgrade() {
            app.rooms.part(self, token);
            self.tell_of_crowd(token);
        }
    }

    /// Whether nobody is there.
    pub(super) fn is_empty(&self) -> bool {
        self.members.lock().is_empty()
    }

    /// Tells the other sessions that somebody came or went, if anything can show it: their
    /// handlers learn of it anyway.
    pub(super) fn tell_of_crowd(&self, except: &str) {
        if self.app.upgrade().is_some_and(|app| app.computes) {
            self.tell_others(except);
        }
    }

    /// A session is about to look: whatever it was told of before, it will see.
    pub(super) fn arrive(&self, token: &str) {
        if let Some(is_told) = self.members.lock().get(token) {
            is_told.store(false, Relaxed);
        }
    }

    /// Has the other sessions refresh what they share, each once however often this is called
    /// before it comes to that.
    pub(super) fn tell_others(&self, except: &str) {
        let app = self.app.upgrade();
        let Some(hub) = app.and_then(|app| app.hub.get().and_then(Weak::upgrade)) else {
            return;
        };
        let untold: Vec<Arc<str>> = {
            let members = self.members.lock();
            let others = members.iter().filter(|(token, _)| &***token != except);
            let untold = others.filter(|(_, is_told)| !is_told.swap(true, Relaxed));
            untold.map(|(token, _)| Arc::clone(token)).collect()
        };
        for token in untold {
            // One that another instance has is not taken from there: it is in a room there.
            let asked = hub.at_hand(&token).map(|handle| handle.ask(REFRESH_TICKET));
            if !matches!(asked, Some(Ok(()))) {
                // Or too many sections wait for the session already: each of them will refresh.
                self.arrive(&token);
            }
        }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let stored = std::mem::take(&mut self.values.get_mut().stored);
        match self.app.upgrade() {
            // Python objects may be dropped only where there is a virtual machine.
            Some(app) => app.workers.submit(Job::new(move |_| drop(stored))),
            None => std::mem::forget(stored),
        }
    }
}

fn is_shared(field: &Field) -> bool {
    matches!(field.source, Source::Default(_) | Source::Factory(_))
        && ![LINKED_TO, LINKED_FROM].contains(&&*field.name)
}

/// The field of that name that a class itself has.
pub(super) fn own_field(classes: &[Arc<StateClass>], number: u32, name: &str) -> Option<FieldId> {
    let class = &classes[number as usize];
    let place = class.places.get(name)?;
    (place.levels == 0).then(|| class.id(place.field))
}

/// The numbers of a class and of those that inherit from it, which are declared after it.
fn below(classes: &[Arc<StateClass>], number: u32) -> Vec<u32> {
    let mut found = vec![number];
    for class in classes {
        if class.parent.is_some_and(|parent| found.contains(&parent)) {
            found.push(class.number);
        }
    }
    found
}
