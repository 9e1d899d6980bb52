//! A room in the store: its values outlive the process.
//!
//! All of a room's values are written when one has changed, in one step with what the turn that
//! changed them leaves of its session. Of the instances that share a store one has the room at a time, for the
//! turns of its sessions; the others ask it to give the room back. Not here: how that is done
//! (`ferroflex_session`).

use std::{
    collections::VecDeque,
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use ferroflex_session::{Author, Beside, Given, Hub, Snapshot};
use parking_lot::Mutex;
use rustpython_vm::{AsObject, PyObjectRef, VirtualMachine};

use super::{
    lock::Held,
    room::{Key, Room},
};
use crate::{App, live::object::starting_value, threads::Job};

/// What the keys of rooms begin with. No token has a colon.
const PREFIX: &str = "room:";

/// What is known of a room's record.
#[derive(Debug, Default)]
pub(super) struct Stored {
    /// Whether it is this instance's, with what it holds. Changed only while the room's lock is held.
    is_ours: AtomicBool,
    /// Whether the room does not have yet what the record has.
    is_unfurnished: AtomicBool,
    record: Mutex<Beside>,
    /// The snapshots of the values that the room has.
    shown: Mutex<Vec<Snapshot>>,
}

/// Calls `granted` with the locks of all of the rooms, once they are this instance's as well, one
/// after the other. Everybody has to name them in the same order. Whether one of them had to be
/// waited for is told, too.
pub(super) fn enter_all(
    app: &Arc<App>,
    rooms: VecDeque<Arc<Room>>,
    granted: impl FnOnce(Vec<Held>, bool) + Send + 'static,
) {
    let entering = Entering {
        app: Arc::clone(app),
        rooms,
        held: Vec::new(),
        waited: false,
        granted: Box::new(granted),
    };
    entering.next();
}

/// Rooms on the way to be entered.
struct Entering {
    app: Arc<App>,
    rooms: VecDeque<Arc<Room>>,
    held: Vec<Held>,
    waited: bool,
    granted: Box<dyn FnOnce(Vec<Held>, bool) + Send>,
}

impl Entering {
    fn next(mut self) {
        let Some(room) = self.rooms.pop_front() else {
            return (self.granted)(self.held, self.waited);
        };
        Arc::clone(&room.lock).acquire(move |held, waited| {
            self.held.push(held);
            self.waited |= waited;
            self.take(room);
        });
    }

    fn take(mut self, room: Arc<Room>) {
        let hub = self.app.hub.get().and_then(Weak::upgrade);
        let hub = hub.filter(|_| !room.stored.is_ours.load(Relaxed));
        let Some(hub) = hub else {
            return self.next();
        };
        let key = room.record_key(&self.app);
        hub.take_beside(key, move |record| {
            *room.stored.record.lock() = record;
            room.stored.is_unfurnished.store(true, Relaxed);
            room.stored.is_ours.store(true, Relaxed);
            self.waited = true;
            self.next();
        });
    }
}

/// Gives a room back that another instance wants, as soon as no session is in it. Gives whether
/// there is such a room here.
pub(crate) fn give(app: &Arc<App>, key: &str, given: Given) -> bool {
    let Some(room) = room_of(app, key) else {
        return false;
    };
    let (app, key) = (Arc::clone(app), Arc::<str>::from(key));
    Arc::clone(&room.lock).acquire(move |held, _| {
        let hub = app.hub.get().and_then(Weak::upgrade);
        // The lock goes from a thread of its own: whoever waits for it goes on there.
        let let_go = move || {
            app.workers.submit(Job::new(move |_| drop(held)));
            given();
        };
        match hub {
            Some(hub) if room.stored.is_ours.swap(false, Relaxed) => {
                let record = room.stored.record.lock().clone();
                hub.give_beside(&key, record, Box::new(let_go));
            }
            // The store may say that it is ours all the same.
            Some(hub) => hub.give_up_beside(&key, Box::new(let_go)),
            None => let_go(),
        }
    });
    true
}

/// Has the sessions of a room take over what another instance has changed.
pub(crate) fn changed(app: &Arc<App>, key: &str, is_lost: bool) {
    let Some(room) = room_of(app, key) else {
        return;
    };
    if is_lost {
        tracing::warn!(
            key,
            "what was changed last of a shared state does not count: another server has it, or a \
             session that changed it; the events run again"
        );
        room.stored.is_ours.store(false, Relaxed);
    }
    room.tell_others("");
}

/// The room that the store knows by that key.
fn room_of(app: &App, key: &str) -> Option<Arc<Room>> {
    let (class, name) = key.strip_prefix(PREFIX)?.split_once(':')?;
    let mut classes = app.classes.iter();
    let class = classes.find(|known| *known.full_name == *class)?.number;
    let name = name.into();
    app.rooms.room(&Key { class, name })
}

impl Room {
    /// Whether there may be something in the store that the room does not have.
    pub(super) fn is_unfurnished(&self) -> bool {
        self.stored.is_unfurnished.load(Relaxed)
    }

    /// The values in the store that are others than those that the room has, with their places.
    pub(super) fn new_values(&self, app: &App, vm: &VirtualMachine) -> Vec<(usize, PyObjectRef)> {
        self.stored.is_unfurnished.store(false, Relaxed);
        let stored = self.stored.record.lock().fields.clone();
        let shown = std::mem::replace(&mut *self.stored.shown.lock(), stored.clone());
        let value = |id| {
            let field = app.field(id);
            let name = field.record.name();
            let Some(found) = stored.iter().find(|(known, _)| known == name) else {
                // What was changed here is not stored, and does not count.
                let was_shown = shown.iter().any(|(known, _)| known == name);
                let start = was_shown.then(|| starting_value(field, vm).ok());
                return start.flatten().flatten();
            };
            let is_new = !shown.contains(found);
            is_new.then(|| field.record.value(&found.1, vm)).flatten()
        };
        let values = self.fields.iter().enumerate();
        let values = values.filter_map(|(place, id)| Some((place, value(*id)?)));
        values.collect()
    }

    /// Tells the other instances that the room has changed.
    pub(super) fn tell_instances(&self) {
        if let Some((app, hub)) = self.lasting() {
            let instances = self.stored.record.lock().instances.clone();
            hub.tell_beside(&self.record_key(&app), instances);
        }
    }

    /// Makes what is to be stored after the values at those places have changed.
    pub(super) fn keep(&self, changed: &[usize], vm: &VirtualMachine) {
        let Some((app, _)) = self.lasting() else {
            return;
        };
        let before = self.stored.record.lock().fields.clone();
        let values = self.values();
        let fields = values.into_iter().enumerate().filter_map(|(place, value)| {
            let record = &app.field(self.fields[place]).record;
            let known = before.iter().find(|(name, _)| name == record.name());
            let known = known.filter(|_| !changed.contains(&place));
            let bytes = match known {
                Some((_, bytes)) => bytes.clone(),
                None => record.snapshot(value?.as_object(), vm)?.into(),
            };
            Some((Arc::clone(record.name()), bytes))
        });
        let fields: Vec<_> = fields.collect();
        self.stored.shown.lock().clone_from(&fields);
        self.stored.record.lock().fields = fields;
    }

    /// Has the room stored, together with what the turn that changed it leaves of its session. Where
    /// that turn does not count, the room is taken from the store again.
    pub(super) fn store(&self, author: &Author<App>) {
        let Some((app, _)) = self.lasting() else {
            return;
        };
        if author.is_lost() {
            self.stored.is_ours.store(false, Relaxed);
            return;
        }
        let record = self.stored.record.lock().clone();
        author.keep_beside(&self.record_key(&app), record);
    }

    /// Whether other instances may want the room.
    pub(super) fn is_shared(&self) -> bool {
        let lasting = self.lasting();
        lasting.is_some_and(|(_, hub)| hub.store().is_some_and(|store| store.is_shared()))
    }

    fn lasting(&self) -> Option<(Arc<App>, Arc<Hub<App>>)> {
        let app = self.app.upgrade()?;
        let hub = app.hub.get().and_then(Weak::upgrade)?;
        let is_lasting = hub.store().is_some_and(|store| store.is_lasting());
        is_lasting.then_some((app, hub))
    }

    /// What the room is called in the store.
    fn record_key(&self, app: &App) -> Arc<str> {
        let class = &app.classes[self.key.class as usize].full_name;
        format!("{PREFIX}{class}:{}", self.key.name).into()
    }
}
