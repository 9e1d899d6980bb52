//! Where a change of a link stands while it waits for a room out of order: its session has changed
//! another one that somebody may wait for with this one in hand. Who comes first goes on with it: the
//! locks, or the end of its patience.
//!
//! Not here: what becomes of it (`change`), and the measuring of time, which is Python's
//! (`stdlib/reflex/shared_state.py`).

use std::sync::Arc;

use parking_lot::Mutex;

use super::{change::Change, lock::Held, room::Room};
use crate::{App, threads::Job};

/// A change that waits, with the room that it is to link; none while it does not wait out of order.
#[derive(Default)]
pub(super) struct Patience(Mutex<Option<(Change, Arc<Room>)>>);

impl Patience {
    /// Has a change wait.
    pub(super) fn hold(&self, change: Change, room: Arc<Room>) {
        *self.0.lock() = Some((change, room));
    }

    /// The change has what it waits for; where it waits no longer, others get that.
    pub(super) fn granted(&self, held: Vec<Held>, app: &Arc<App>) {
        let waiting = self.0.lock().take();
        match waiting {
            Some((change, room)) => change.work(move |change, vm| change.entered(&room, held, vm)),
            // From a thread of its own: whoever waits for a lock goes on where it is let go.
            None => app.workers.submit(Job::new(move |_| drop(held))),
        }
    }

    /// It takes too long.
    pub(super) fn end(&self) {
        let waiting = self.0.lock().take();
        if let Some((change, room)) = waiting {
            change.work(move |change, vm| change.wait_no_longer(room, vm));
        }
    }
}
