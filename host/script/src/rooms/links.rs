//! What one session shares: the rooms that it is linked to, and their locks during a turn.
//!
//! Everything here is done by whoever has the session's turn. Not here: what it knows of a room
//! (`link`), getting a room's lock (`door`), linking and unlinking (`change`).

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::Relaxed},
};

use ferroflex_session::{Author, store::Fields};
use parking_lot::Mutex;
use rustpython_vm::{PyRef, VirtualMachine, builtins::PyBaseExceptionRef};

use super::{
    link::Link,
    lock::{Held, Lock},
    own,
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
    linked: Mutex<Linked>,
    /// The turn that is out.
    turn: Mutex<WeakLent>,
    /// Held while the links change.
    pub(super) changing: Arc<Lock>,
}

#[derive(Default)]
struct Linked {
    links: Vec<Arc<Link>>,
    /// What the record of the session is to be told of what it had before it was linked.
    unkept: Fields,
    /// The locks of all the rooms, while a turn is out that may change them.
    held: Vec<Held>,
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
    pub(super) fn hold(&self, held: Vec<Held>) {
        let before = std::mem::replace(&mut self.linked.lock().held, held);
        drop(before);
    }

    /// Adds a link and keeps all the locks. Gives the link that it takes the place of. `unkept`: what
    /// the session's record does not know of what it had before.
    pub(super) fn put(
        &self,
        link: Arc<Link>,
        unkept: Fields,
        held: Vec<Held>,
    ) -> Option<Arc<Link>> {
        let mut linked = self.linked.lock();
        let is_same = |known: &Arc<Link>| known.room.key.class == link.room.key.class;
        let place = linked.links.iter().position(is_same);
        let replaced = place.map(|place| linked.links.remove(place));
        linked.unkept.extend(unkept);
        linked.links.push(link);
        linked.links.sort_by(|a, b| a.room.key.cmp(&b.room.key));
        let before = std::mem::replace(&mut linked.held, held);
        self.is_linked.store(true, Relaxed);
        drop(linked);
        drop(before);
        replaced
    }

    /// Removes the link of a state class and lets its room go.
    pub(super) fn remove(&self, class: u32, author: &Author<App>) -> Option<Arc<Link>> {
        let mut linked = self.linked.lock();
        let place = linked
            .links
            .iter()
            .position(|link| link.room.key.class == class)?;
        let link = linked.links.remove(place);
        linked.unkept.extend(own::removal(&link));
        let lock = &link.room.lock;
        let held = linked.held.iter().position(|held| held.is_of(lock));
        let held = held.map(|place| linked.held.remove(place));
        self.is_linked.store(!linked.links.is_empty(), Relaxed);
        drop(linked);
        link.store(author);
        drop(held);
        link.tell_others();
        Some(link)
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

    /// Lets the rooms go that the turn of `author` has changed, and has the other sessions in them be
    /// told.
    pub(crate) fn leave(&self, author: &Author<App>) {
        if !self.is_linked() {
            return;
        }
        let (held, links) = {
            let mut linked = self.linked.lock();
            (std::mem::take(&mut linked.held), linked.links.clone())
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
            if linked.held.is_empty() {
                // Code that outlived its turn: what it changes is undone.
                return Vec::new();
            }
            linked.links.clone()
        };
        let published = links.iter().map(|link| link.publish(shared, states, vm));
        published.filter_map(Result::err).collect()
    }

    /// Forgets all links, for the end of the session's state; gives them to be dropped where
    /// there is a virtual machine.
    pub(crate) fn take(&self) -> Vec<Arc<Link>> {
        self.is_linked.store(false, Relaxed);
        std::mem::take(&mut self.linked.lock().links)
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
