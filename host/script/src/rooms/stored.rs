//! A room in the store: its values outlive the process.
//!
//! All of a room's values are written when one has changed, with what the turn that changed them
//! leaves of its session. Instances that share a store have a room each; the last one that made it
//! writes it. Not here: when that is done (`ferroflex_session`).

use std::{
    collections::VecDeque,
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use ferroflex_session::{Beside, Hub};
use parking_lot::Mutex;
use rustpython_vm::{AsObject, PyObjectRef, VirtualMachine};

use super::room::Room;
use crate::App;

/// What is known of a room's record.
#[derive(Debug, Default)]
pub(super) struct Stored {
    /// Whether the store was asked. Changed only while the room's lock is held.
    is_fetched: AtomicBool,
    record: Mutex<Beside>,
}

/// Has `then` called once the store was asked for all of the rooms, whose locks are held.
pub(super) fn fetch_all(
    app: &Arc<App>,
    mut rooms: VecDeque<Arc<Room>>,
    then: impl FnOnce() + Send + 'static,
) {
    let hub = app.hub.get().and_then(Weak::upgrade);
    let unfetched = loop {
        match rooms.pop_front() {
            Some(room) if !room.stored.is_fetched.load(Relaxed) => break Some(room),
            Some(_) => {}
            None => break None,
        }
    };
    let (Some(room), Some(hub)) = (unfetched, hub) else {
        return then();
    };
    let app = Arc::clone(app);
    let key = room.record_key(&app);
    hub.take_beside(key, move |record| {
        *room.stored.record.lock() = record;
        room.stored.is_fetched.store(true, Relaxed);
        let then: Box<dyn FnOnce() + Send> = Box::new(then);
        fetch_all(&app, rooms, then);
    });
}

impl Room {
    /// Whether the store was asked for it.
    pub(super) fn is_fetched(&self) -> bool {
        self.stored.is_fetched.load(Relaxed)
    }

    /// The values that were stored, in the order of the fields; none of those that were not.
    pub(super) fn stored_values(&self, app: &App, vm: &VirtualMachine) -> Vec<Option<PyObjectRef>> {
        let record = self.stored.record.lock().fields.clone();
        let value = |id| {
            let known = &app.field(id).record;
            let (_, bytes) = record.iter().find(|(name, _)| name == known.name())?;
            known.value(bytes, vm)
        };
        self.fields.iter().map(|id| value(*id)).collect()
    }

    /// Has the room stored after the values at those places have changed.
    pub(super) fn keep(&self, changed: &[usize], vm: &VirtualMachine) {
        let Some((app, hub)) = self.lasting() else {
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
        let mut record = self.stored.record.lock();
        record.fields = fields;
        record.generation = record.generation.max(1);
        hub.keep_beside(&self.record_key(&app), record.clone());
    }

    fn lasting(&self) -> Option<(Arc<App>, Arc<Hub<App>>)> {
        let app = self.app.upgrade()?;
        let hub = app.hub.get().and_then(Weak::upgrade)?;
        let is_lasting = hub.store().is_some_and(|store| store.is_lasting());
        is_lasting.then_some((app, hub))
    }

    /// What the room is called in the store. No token has a colon.
    fn record_key(&self, app: &App) -> Arc<str> {
        let class = &app.classes[self.key.class as usize].full_name;
        format!("room:{class}:{}", self.key.name).into()
    }
}
