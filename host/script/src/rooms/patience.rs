//! Where a change of a link stands while it waits for a room out of order: its session has changed
//! another one that somebody may wait for with this one in hand. Who comes first goes on with it: the
//! locks, or the end of its patience.
//!
//! Not here: what becomes of it (`change`), and the ticking, which is Python's
//! (`stdlib/reflex/shared_state.py`).

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use parking_lot::Mutex;

use super::{change::Change, lock::Held, room::Room};
use crate::{App, limits::ROOM_WAIT_MS_MAX, threads::Job};

/// A change that waits out of order; none while it does not.
#[derive(Default)]
pub(super) struct Patience(Mutex<Option<Waiting>>);

struct Waiting {
    change: Change,
    /// What it is to link.
    room: Arc<Room>,
    since: Instant,
}

impl Patience {
    /// Has a change wait.
    pub(super) fn hold(&self, change: Change, room: Arc<Room>) {
        let since = Instant::now();
        *self.0.lock() = Some(Waiting {
            change,
            room,
            since,
        });
    }

    /// The change has what it waits for; where it waits no longer, others get that.
    pub(super) fn granted(&self, held: Vec<Held>, app: &Arc<App>) {
        let waiting = self.0.lock().take();
        match waiting {
            Some(Waiting { change, room, .. }) => {
                change.work(move |change, vm| change.entered(&room, held, vm));
            }
            // From a thread of its own: whoever waits for a lock goes on where it is let go.
            None => app.workers.submit(Job::new(move |_| drop(held))),
        }
    }

    /// Time has passed. To be called again and again: a change may begin to wait late.
    pub(super) fn tick(&self) {
        let mut waiting = self.0.lock();
        let limit = Duration::from_millis(ROOM_WAIT_MS_MAX);
        let over = waiting.take_if(|waiting| waiting.since.elapsed() >= limit);
        drop(waiting);
        if let Some(Waiting { change, room, .. }) = over {
            change.work(move |change, vm| change.wait_no_longer(room, vm));
        }
    }
}
