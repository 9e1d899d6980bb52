//! `rx.SharedState`: rooms in which several sessions see the same values.
//!
//! A session that is linked holds the locks of its rooms during each of its turns, so that nobody
//! comes in between reading and writing. A turn begins by taking over what is new in the rooms; at
//! each flush it takes what it changed into them; when it ends, the other sessions are asked to
//! take that over, each once however much happens until it does.
//!
//! Different from Reflex:
//!
//! - A room holds copies of the values: what is a list for one session is an equal list for
//!   another. Objects of an app's own classes are not copied, and are the same for all.
//! - `_linked_from` names the sessions that are there now, of this process; in Reflex also those that
//!   have ended.
//! - A room ends with the last session that is linked to it; Reflex keeps it for a while. In a lasting
//!   store its values stay, for as long as a session's would.
//! - `await self._link_to(…)` lets the rooms go for a moment that the handler has not changed, and
//!   others may change them: that keeps two sessions from waiting for each other. Those that it has
//!   changed it keeps to its end, unless two could wait for each other then. It gives `self`.
//! - `await self._unlink()` gives no events: the session's own values are sent with the handler's
//!   next flush.
//! - A class and one that inherits from it cannot both be linked in a session.
//! - `app.modify_state` takes the token of a session, not the name of a room. A handler must not
//!   enter another session of a room that it is in itself: that one waits for the room, and the
//!   handler for it. In Reflex that hangs as well.
//!
//! - [`Rooms`]: the rooms of an app, by class and name.
//! - `room`, `lock`: one room, and the lock that is waited for without a thread.
//! - `links`, `link`: what a session knows of its rooms; `door`: the beginning of its turns.
//! - `change`, `module`: linking and unlinking; `patience`: a change that must not wait for ever.
//! - `detached`: copies of values.
//! - `stored`: a room in the store, and one instance's at a time; `relink`: sessions that come back from
//!   there, `own`: what they had before they were linked.

mod change;
mod detached;
mod door;
mod link;
mod links;
mod lock;
mod module;
mod own;
mod patience;
mod relink;
mod room;
mod stored;

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{Arc, Weak},
    time::{Duration, Instant},
};

use parking_lot::Mutex;

pub(crate) use door::admit;
pub(crate) use links::Links;
pub(crate) use module::module_def;
pub(crate) use own::is_own;
pub(crate) use relink::{is_linked, relink};
pub(crate) use stored::{changed, give};

use crate::App;
use crate::limits::{ROOM_RESERVED_S_MAX, ROOMS_MAX};
use room::{Key, Room};

/// The rooms of one app. How many sessions are in one is bounded by how many the app has.
#[derive(Debug, Default)]
pub(crate) struct Rooms {
    by_key: Mutex<HashMap<Key, Arc<Room>>>,
    /// In how many rooms each session is that is in one. Locked after the rooms, never before.
    counts: Mutex<HashMap<Arc<str>, usize>>,
    /// The rooms that sessions waited for in vain, by token, and until when that is remembered.
    reserved: Mutex<HashMap<Arc<str>, (Key, Instant)>>,
}

/// Why a session cannot be linked.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("there are {ROOMS_MAX} shared states already; unlink sessions, or share fewer names")]
    TooMany,
    #[error("the session is over, and cannot be linked")]
    SessionOver,
}

impl Rooms {
    /// Lets a session into a room, which is made if there is none.
    fn join(
        &self,
        app: &Arc<App>,
        class: u32,
        name: Arc<str>,
        token: &Arc<str>,
    ) -> Result<Arc<Room>, Refused> {
        let key = Key { class, name };
        let room = {
            let mut by_key = self.by_key.lock();
            let count = by_key.len();
            let room = match by_key.entry(key) {
                Entry::Occupied(known) => Arc::clone(known.get()),
                Entry::Vacant(_) if count >= ROOMS_MAX => return Err(Refused::TooMany),
                Entry::Vacant(place) => {
                    let room = Room::new(app, place.key().clone());
                    Arc::clone(place.insert(Arc::new(room)))
                }
            };
            if room.add(token) {
                *self.counts.lock().entry(Arc::clone(token)).or_default() += 1;
            }
            room
        };
        // Asked only now: a session that ends after this is removed as any other.
        let hub = app.hub.get().and_then(Weak::upgrade);
        if hub.is_none_or(|hub| hub.handle(token).is_none()) {
            self.part(&room, token);
            return Err(Refused::SessionOver);
        }
        Ok(room)
    }

    /// The room of that class and name, if sessions of this process are in it.
    fn room(&self, key: &Key) -> Option<Arc<Room>> {
        self.by_key.lock().get(key).map(Arc::clone)
    }

    /// Removes a session from a room. A room without sessions is forgotten.
    fn part(&self, room: &Arc<Room>, token: &str) {
        let mut by_key = self.by_key.lock();
        if room.remove(token) {
            self.forget_one(token);
        }
        let is_known = by_key
            .get(&room.key)
            .is_some_and(|known| Arc::ptr_eq(known, room));
        if is_known && room.is_empty() {
            by_key.remove(&room.key);
        }
    }

    /// Has the next event of a session, which is the one that waited for that room in vain, begin with
    /// the room's lock, so that it need not wait again.
    fn reserve(&self, token: &Arc<str>, key: &Key) {
        let now = Instant::now();
        let until = now + Duration::from_secs(ROOM_RESERVED_S_MAX);
        let mut reserved = self.reserved.lock();
        reserved.retain(|_, (_, until)| *until > now);
        reserved.insert(Arc::clone(token), (key.clone(), until));
    }

    /// Lets a session that is about to handle an event into the room that is reserved for it.
    fn join_reserved(&self, app: &Arc<App>, token: &Arc<str>) -> Option<Arc<Room>> {
        let (Key { class, name }, _) = self.reserved.lock().remove(token)?;
        self.join(app, class, name, token).ok()
    }

    fn forget_one(&self, token: &str) {
        let mut counts = self.counts.lock();
        if let Some(count) = counts.get_mut(token) {
            *count -= 1;
            if *count == 0 {
                counts.remove(token);
            }
        }
    }

    /// Whether a session is in a room.
    pub(crate) fn is_linked(&self, token: &str) -> bool {
        self.counts.lock().contains_key(token)
    }

    /// Removes a session that is over from all rooms.
    pub(crate) fn end_session(&self, token: &str) {
        let left: Vec<Arc<Room>> = {
            let mut by_key = self.by_key.lock();
            let rooms = by_key.values().filter(|room| room.remove(token));
            let left = rooms.map(Arc::clone).collect();
            by_key.retain(|_, room| !room.is_empty());
            self.counts.lock().remove(token);
            left
        };
        for room in left {
            room.tell_of_crowd(token);
        }
    }
}
