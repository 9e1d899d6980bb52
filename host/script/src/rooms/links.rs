//! What one session shares: the rooms that it is linked to, and their locks during a turn.
//!
//! Everything here is done by whoever has the session's turn. Not here: what it knows of a room
//! (`link`), getting a room's lock (`door`), linking and unlinking (`change`).

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::Relaxed},
};

use ferroflex_session::{Author, store::Fields};
use parking_lot::{Mutex, MutexGuard};
use rustpython_vm::{PyRef, VirtualMachine, builtins::PyBaseExceptionRef};

use super::{
    link::Link,
    lock::{Held, Lock},
    own,
    room::Room,
};
use crate::{
    App,
    live::{object::StateObject, shared::Shared},
    run::{Lent, WeakLent},
};

/// The links of one session.
#[derive(Default)]
pub(crate) struct Links {
    /// Whether there is any, to be asked in every turn.
    is_linked: AtomicBool,
    /// Whether the turn has a room without a link.
    has_others: AtomicBool,
    linked: Mutex<Linked>,
    /// The turn that is out.
    turn: Mutex<WeakLent>,
    /// Held while the links change.
    pub(super) changing: Arc<Lock>,
}

#[derive(Default)]
struct Linked {
    links: Vec<Arc<Link>>,
    /// Those that the turn has ended after it had changed their rooms: the session is there until the
    /// turn is over, so that what it did there is not taken from the store before it is stored.
    left: Vec<Arc<Link>>,
    /// What the record of the session is to be told of what it had before it was linked.
    unkept: Fields,
    /// The locks of all the rooms, while a turn is out that may change them.
    held: Vec<Held>,
    /// A room that the turn is about to link to, as it did when it was thrown away for that.
    reserved: Option<Arc<Room>>,
}

impl Linked {
    /// Ends a link in a turn. Gives it back where the turn has not changed its room, with the lock.
    fn end(&mut self, link: Arc<Link>) -> Option<(Arc<Link>, Option<Held>)> {
        if link.has_changed() {
            self.left.push(link);
            return None;
        }
        let lock = &link.room.lock;
        let held = self.held.iter().position(|held| held.is_of(lock));
        let held = held.map(|place| self.held.remove(place));
        Some((link, held))
    }

    /// Whether the turn has a room without a link.
    fn has_others(&self) -> bool {
        !self.left.is_empty() || self.reserved.is_some()
    }

    /// Whether there is a link to the room.
    fn has(&self, room: &Arc<Room>) -> bool {
        let mut links = self.links.iter();
        links.any(|link| link.is_to(room))
    }

    /// Whether the room's lock is held.
    fn holds(&self, room: &Room) -> bool {
        self.held.iter().any(|held| held.is_of(&room.lock))
    }
}

impl std::fmt::Debug for Links {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Links")
    }
}

impl Links {
    /// Notes the turn that begins.
    pub(crate) fn begin(&self, lent: &Lent) {
        *self.turn.lock() = lent.downgrade();
    }

    /// The turn that is out.
    pub(super) fn turn(&self) -> Option<Lent> {
        Lent::upgrade(&self.turn.lock())
    }

    /// Whether there is any link.
    pub(crate) fn is_linked(&self) -> bool {
        self.is_linked.load(Relaxed)
    }

    /// The links, in the order in which their rooms are locked.
    pub(super) fn all(&self) -> Vec<Arc<Link>> {
        self.linked.lock().links.clone()
    }

    /// The link of the state class with that number.
    pub(super) fn of_class(&self, class: u32) -> Option<Arc<Link>> {
        let linked = self.linked.lock();
        let mut links = linked.links.iter();
        links.find(|link| link.room.key.class == class).cloned()
    }

    /// The link of a class that the class with that number inherits from, or that inherits from it.
    pub(super) fn overlapping(
        &self,
        class: u32,
        states: &[PyRef<StateObject>],
    ) -> Option<Arc<Link>> {
        let mut overlapping = self.all().into_iter().filter(|link| {
            let other = link.room.key.class;
            other != class && (is_below(class, other, states) || is_below(other, class, states))
        });
        overlapping.next()
    }

    /// Keeps the rooms' locks until the turn ends.
    pub(super) fn hold(&self, held: Vec<Held>, reserved: Option<Arc<Room>>) {
        let mut linked = self.linked.lock();
        let before = std::mem::replace(&mut linked.held, held);
        linked.reserved = reserved;
        self.has_others.store(linked.has_others(), Relaxed);
        drop(linked);
        drop(before);
    }

    /// Lets the rooms go that the turn has not changed, but for the one that it is about to link to.
    /// Gives those that are kept.
    pub(super) fn let_unchanged_go(&self, next: &Arc<Room>) -> Vec<Arc<Room>> {
        let mut linked = self.linked.lock();
        let links = linked.links.iter().chain(&linked.left);
        let changed = links.filter(|link| link.has_changed());
        let mut kept: Vec<_> = changed.map(|link| Arc::clone(&link.room)).collect();
        if linked.holds(next) {
            kept.push(Arc::clone(next));
        }
        let is_kept = |held: &Held| kept.iter().any(|room| held.is_of(&room.lock));
        let held = std::mem::take(&mut linked.held);
        let (held, free): (Vec<_>, Vec<_>) = held.into_iter().partition(is_kept);
        linked.held = held;
        drop(linked);
        drop(free);
        kept
    }

    /// Whether the turn has ended a link to that room after it had changed it.
    pub(super) fn has_left(&self, room: &Arc<Room>) -> bool {
        let linked = self.linked.lock();
        linked.left.iter().any(|link| link.is_to(room))
    }

    /// The link to that room that the turn has ended after it had changed it, to be put back.
    pub(super) fn take_left(&self, room: &Arc<Room>) -> Option<Arc<Link>> {
        let mut linked = self.linked.lock();
        let mut left = linked.left.iter();
        let place = left.position(|link| link.is_to(room))?;
        Some(linked.left.remove(place))
    }

    /// Adds a link, in place of one of the same class, and keeps the locks with those that are kept
    /// already. `unkept`: what the session's record does not know of what it had before.
    pub(super) fn put(&self, link: Arc<Link>, unkept: Fields, held: Vec<Held>) {
        let mut linked = self.linked.lock();
        linked.held.extend(held);
        linked.unkept.extend(unkept);
        let is_same = |known: &Arc<Link>| known.room.key.class == link.room.key.class;
        let place = linked.links.iter().position(is_same);
        let replaced = place.map(|place| linked.links.remove(place));
        linked.links.push(link);
        linked.links.sort_by(|a, b| a.room.key.cmp(&b.room.key));
        self.is_linked.store(true, Relaxed);
        self.ended(linked, replaced);
    }

    /// Removes the link of a state class. Gives it.
    pub(super) fn remove(&self, class: u32) -> Option<Arc<Link>> {
        let mut linked = self.linked.lock();
        let is_same = |link: &Arc<Link>| link.room.key.class == class;
        let place = linked.links.iter().position(is_same)?;
        let link = linked.links.remove(place);
        linked.unkept.extend(own::removal(&link));
        self.is_linked.store(!linked.links.is_empty(), Relaxed);
        self.ended(linked, Some(Arc::clone(&link)));
        Some(link)
    }

    /// Has a session leave the room of a link that has ended: now, or when the turn is over.
    fn ended(&self, mut linked: MutexGuard<'_, Linked>, link: Option<Arc<Link>>) {
        let over = link.and_then(|link| linked.end(link));
        self.has_others.store(linked.has_others(), Relaxed);
        drop(linked);
        if let Some((link, held)) = over {
            drop(held);
            link.room.part(&link.token);
        }
    }

    /// What the record of the session is to be told of what it had before it was linked; all of it
    /// with `everything`.
    pub(crate) fn keep(&self, everything: bool, vm: &VirtualMachine) -> Fields {
        let (mut unkept, links) = {
            let mut linked = self.linked.lock();
            (std::mem::take(&mut linked.unkept), linked.links.clone())
        };
        if everything {
            let links = links.iter();
            unkept.extend(links.flat_map(|link| own::snapshots(link, vm)));
        }
        unkept
    }

    /// Ends the turn of `author`: its rooms are let go, and those are left whose links it has ended.
    pub(crate) fn leave(&self, author: &Author<App>) {
        if !self.is_linked() && !self.has_others.load(Relaxed) {
            return;
        }
        self.let_go(author);
        let (left, reserved) = {
            let mut linked = self.linked.lock();
            let reserved = linked.reserved.take();
            let reserved = reserved.filter(|room| !linked.has(room));
            (std::mem::take(&mut linked.left), reserved)
        };
        self.has_others.store(false, Relaxed);
        if let Some(room) = reserved {
            room.part(author.token());
        }
        // Where the turn does not count, the session goes on in the room.
        for link in left.into_iter().filter(|_| !author.is_lost()) {
            link.room.part(&link.token);
        }
    }

    /// Lets the rooms go that the turn of `author` has had, and has the other sessions in them be told
    /// of what it has changed.
    pub(super) fn let_go(&self, author: &Author<App>) {
        let (held, links) = {
            let mut linked = self.linked.lock();
            let held = std::mem::take(&mut linked.held);
            let links = linked.links.iter().chain(&linked.left);
            (held, links.cloned().collect::<Vec<_>>())
        };
        for link in &links {
            link.store(author);
        }
        drop(held);
        for link in links {
            link.tell_others();
        }
    }

    /// Takes what the turn has changed so far into the rooms. To be called when a flush has found
    /// it. What cannot be shared stays out, and is undone when the next turn begins.
    pub(crate) fn publish(
        &self,
        shared: &Shared,
        states: &[PyRef<StateObject>],
        vm: &VirtualMachine,
    ) -> Vec<PyBaseExceptionRef> {
        if !self.is_linked() {
            return Vec::new();
        }
        let links = {
            let linked = self.linked.lock();
            // Code that outlived its turn holds none: what it changes is undone.
            let held = linked.links.iter().filter(|link| linked.holds(&link.room));
            held.cloned().collect::<Vec<_>>()
        };
        let published = links.iter().map(|link| link.publish(shared, states, vm));
        published.filter_map(Result::err).collect()
    }

    /// Forgets all links, for the end of the session's state; gives them to be dropped where
    /// there is a virtual machine.
    pub(crate) fn take(&self) -> Vec<Arc<Link>> {
        self.is_linked.store(false, Relaxed);
        let mut linked = self.linked.lock();
        let mut links = std::mem::take(&mut linked.links);
        links.append(&mut linked.left);
        links
    }
}

/// Whether the class with the number `class` inherits from the one with the number `above`.
fn is_below(class: u32, above: u32, states: &[PyRef<StateObject>]) -> bool {
    let mut state = states.get(class as usize);
    while let Some(below) = state {
        state = below.parent.as_ref();
        if state.is_some_and(|state| state.class.number == above) {
            return true;
        }
    }
    false
}
