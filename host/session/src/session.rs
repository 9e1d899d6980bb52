//! One session, as its connections see it: begun, taken over, fed and read.
//!
//! Not here: what it consists of (`session_core`), how turns are given out and what becomes of them
//! (`turns`), how a session is found (`hub`), the waiting of a socket (`connection`).

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use parking_lot::Mutex;
use tokio::sync::Notify;

use crate::error::SessionError;
use crate::frame;
use crate::keeper::Keeper;
use crate::lease::Lease;
use crate::limits::{PAGE_UNCLAIMED_S_MAX, RUNNING_AFTER_END_S_MAX};
use crate::mailbox::Letter;
use crate::message::Hello;
use crate::script::{Script, Visit};
use crate::session_core::{Applied, Attached, Core, Demand};
use crate::storage::Storage;
use crate::store::Frame;

/// One tab's session. Shared by its connection, its turn and the hub.
pub(crate) struct Session<S: Script> {
    pub(crate) token: Arc<str>,
    pub(crate) script: Arc<S>,
    /// Whether clients are told tracebacks.
    pub(crate) traces: bool,
    /// What writes it down, where it is written at all.
    pub(crate) keeper: Option<Arc<Keeper<S>>>,
    /// Held while its lease is being asked for.
    pub(crate) leasing: tokio::sync::Mutex<()>,
    pub(crate) core: Mutex<Core<S>>,
    /// Something may be sent, or the connection is over.
    pub(crate) changed: Notify,
    /// The mailbox has room again, or the connection is over.
    pub(crate) room: Notify,
}

/// What became of an event that was offered.
pub(crate) enum Offer {
    /// It is queued, or answered at once.
    Taken,
    /// The mailbox has no room; here it is back, and how long it may be offered again.
    Full(Box<Letter>, Instant),
}

impl<S: Script> Session<S> {
    /// A session that nothing has been asked of yet: a new one, or one that the store may have.
    pub(crate) fn new(
        token: Arc<str>,
        script: Arc<S>,
        traces: bool,
        keeper: Option<Arc<Keeper<S>>>,
        lease: Lease,
    ) -> Self {
        let core = Core::new(lease);
        let (changed, room) = (Notify::new(), Notify::new());
        Self {
            token,
            script,
            traces,
            keeper,
            leasing: tokio::sync::Mutex::default(),
            core: Mutex::new(core),
            changed,
            room,
        }
    }

    /// Whether a page load may have this session: one that was delivered with its state may, any
    /// other only when no socket is live.
    pub(crate) fn admits(&self, client: &str) -> bool {
        let core = self.core.lock();
        core.attached.is_none() || core.knows(client)
    }

    /// Gives the session to a connection; one that it had is over. Returns the connection's
    /// generation, and the frame that answers hello where no full state has to be made.
    pub(crate) fn attach(&self, hello: Hello, visit: Visit) -> (u64, Option<Bytes>) {
        let mut core = self.core.lock();
        let fresh = core.generation == 0;
        let resumed = !fresh && core.can_resume(&hello);
        core.generation += 1;
        core.arrive(visit, resumed);
        let applied = Applied::by(&hello);
        if let Some(storage) = hello.storage {
            core.storage = Some((storage, true));
        }
        core.full = None;
        core.mailbox.forget_holding_back();
        core.claim(hello.client);
        core.attached = Some(Attached {
            generation: core.generation,
            cursor: if resumed {
                Some(hello.seq)
            } else {
                fresh.then_some(0)
            },
            base: hello.base.filter(|_| hello.seq == 0),
            answered: resumed,
            applied,
        });
        let greeting = resumed.then(|| self.resumption(&core, hello.seq));
        if resumed {
            core.ring.acknowledge(hello.seq);
        } else {
            core.want_state();
        }
        core.loose.clear();
        core.passage.expects_hello = false;
        self.note_holder(&mut core, true);
        let generation = core.generation;
        drop(core);
        self.wake();
        (generation, greeting)
    }

    /// Whether it is written to the store after every turn.
    pub(crate) fn is_stored(&self) -> bool {
        self.keeper.is_some()
    }

    /// Whether other instances use the store, too.
    pub(crate) fn is_shared(&self) -> bool {
        let keeper = self.keeper.as_ref();
        keeper.is_some_and(|keeper| keeper.store.is_shared())
    }

    /// Has what is due written.
    pub(crate) fn save(self: &Arc<Self>) {
        if let Some(keeper) = &self.keeper {
            keeper.save(self);
        }
    }

    /// Notes for the store whether this instance's client has the socket.
    fn note_holder(&self, core: &mut Core<S>, holds: bool) {
        if self.is_shared() {
            core.unsaved.set_holder(holds);
        } else if holds && self.is_stored() {
            core.unsaved.set_due();
        }
    }

    /// Takes the session from a connection. Returns whether nobody can ever come back to it.
    pub(crate) fn detach(&self, generation: u64) -> bool {
        let mut core = self.core.lock();
        if !core.belongs_to(generation) {
            return false;
        }
        core.attached = None;
        core.idle_since = Instant::now();
        self.note_holder(&mut core, false);
        !core.told
    }

    /// Whether it has had no connection for so long, nor anything to do; a handler that runs gets
    /// some time more, a session that no page has claimed has less.
    pub(crate) fn is_idle(&self, now: Instant, limit: Duration) -> bool {
        let core = self.core.lock();
        let limit = match core.unclaimed {
            Some(_) => limit.min(Duration::from_secs(PAGE_UNCLAIMED_S_MAX)),
            None => limit,
        };
        let busy = core.gate.running || !core.mailbox.is_empty();
        let grace = Duration::from_secs(if busy { RUNNING_AFTER_END_S_MAX } else { 0 });
        core.attached.is_none() && now.saturating_duration_since(core.idle_since) >= limit + grace
    }

    /// Notes that the browser shows another address. It is taken over by a turn of its own, after
    /// the events that came before it.
    pub(crate) fn move_to(&self, generation: u64, route: String) {
        let mut core = self.core.lock();
        if core.belongs_to(generation) {
            core.moved = Some((core.received, route));
        }
    }

    /// Queues an event when it is the next one and there is room.
    pub(crate) fn offer(&self, generation: u64, letter: Letter) -> Result<Offer, SessionError> {
        let mut core = self.core.lock();
        if !core.belongs_to(generation) {
            return Err(core.end_of(generation));
        }
        let id = letter.event.id;
        if id <= core.received {
            core.acknowledge_again(id);
        } else if id > core.received + 1 {
            let gap = SessionError::EventGap {
                expected: core.received + 1,
                given: id,
            };
            core.refuse(&gap, Some(id));
        } else if core.mailbox.has_room(letter.bytes) {
            core.received = id;
            let letter = core.routed(letter);
            let superseded = core.take_letter(letter, &*self.script);
            drop(core);
            if let Some(event) = superseded {
                self.script.cancel(&self.token, event);
            }
            return Ok(Offer::Taken);
        } else {
            let until = core.mailbox.hold_back(Instant::now());
            return Ok(Offer::Full(Box::new(letter), until));
        }
        drop(core);
        self.changed.notify_waiters();
        Ok(Offer::Taken)
    }

    /// Drops the frames that the client says it has applied.
    pub(crate) fn acknowledge(&self, generation: u64, sequence: u64) {
        let mut core = self.core.lock();
        if core.belongs_to(generation) {
            let given = core.attached.as_ref().and_then(|attached| attached.cursor);
            core.ring.acknowledge(sequence.min(given.unwrap_or(0)));
        }
    }

    /// Notes what the browser keeps now. Values that wait already and are told again are replaced.
    pub(crate) fn tell_storage(
        &self,
        generation: u64,
        storage: Storage,
    ) -> Result<(), SessionError> {
        let mut core = self.core.lock();
        if !core.belongs_to(generation) {
            return Err(core.end_of(generation));
        }
        let in_hello = core.storage.as_ref().is_some_and(|(_, in_hello)| *in_hello);
        let waiting = core
            .storage
            .take()
            .map_or_else(Storage::default, |(storage, _)| storage);
        match waiting.clone().replaced_by(storage) {
            Ok(merged) => core.storage = Some((merged, in_hello)),
            Err(reason) => {
                core.storage = Some((waiting, in_hello));
                core.refuse(&SessionError::Malformed { reason }, None);
            }
        }
        drop(core);
        self.changed.notify_waiters();
        Ok(())
    }

    /// Tells the client of a frame that is not taken.
    pub(crate) fn refuse(&self, error: &SessionError) {
        self.core.lock().refuse(error, None);
        self.changed.notify_waiters();
    }

    /// The next frame for a connection, if there is one now. Where frames were dropped that it has
    /// not been given, a full state is asked for.
    pub(crate) fn next(self: &Arc<Self>, generation: u64) -> Result<Option<Bytes>, SessionError> {
        let mut core = self.core.lock();
        if !core.belongs_to(generation) {
            return Err(core.end_of(generation));
        }
        if let Some(frame) = core.next_held() {
            return Ok(Some(frame));
        }
        if !core.is_behind() {
            return Ok(None);
        }
        if core.demand == Demand::Failed {
            return Err(SessionError::StateUnavailable);
        }
        core.want_state();
        drop(core);
        self.drive();
        Ok(None)
    }

    /// Takes frames that another instance has written for the client.
    pub(crate) fn receive_frames(&self, frames: &[Frame]) {
        let mut core = self.core.lock();
        if let (Some((last, _)), false) = (frames.last(), core.lease.is_ours()) {
            core.ring.extend(frames, *last);
        }
        drop(core);
        self.changed.notify_waiters();
    }

    /// Gives the lease back once no turn is out.
    pub(crate) fn give_back(&self) {
        let mut core = self.core.lock();
        if core.lease.is_ours() && !core.gate.running {
            core.unsaved.set_release(true);
        }
    }

    /// Wakes both halves of the connection.
    pub(crate) fn wake(&self) {
        self.changed.notify_waiters();
        self.room.notify_waiters();
    }

    /// The answer to a hello after which only the missed frames follow.
    fn resumption(&self, core: &Core<S>, sequence: u64) -> Bytes {
        frame::state(&frame::State {
            sequence,
            token: &self.token,
            event: core.received,
            handled: None,
            reopened: false,
            state: None,
        })
    }
}
