//! Whose a session is: taken over from the store, lost to another instance, given back.
//!
//! Not here: the asking (`keeper`), and what the store does with a lease (`store`).

use std::pin::pin;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use tokio::time::timeout_at;

use crate::limits::UNSEEN_FRAMES_MAX;
use crate::mailbox::Mailbox;
use crate::ring::Ring;
use crate::script::{Script, Visit};
use crate::session::Session;
use crate::session_core::{Core, Demand};
use crate::store::{Record, StoreError, Write};
use crate::unsaved::Unsaved;

/// The name under which a record has the visit; the names of fields have a point.
const VISIT: &str = "visit";

/// Where a session stands with the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lease {
    /// Nothing but this process knows of it.
    Unneeded,
    /// It is this instance's.
    Ours {
        /// The lease's generation.
        generation: u64,
    },
    /// It was given back, taken away, or never ours.
    Free {
        /// The generation that it had here last: an instance that is still there belongs to it.
        generation: u64,
        /// Whether it is being asked for, for work that waits.
        claiming: bool,
    },
}

impl Lease {
    /// Whether turns may be given out.
    pub(crate) fn is_ours(self) -> bool {
        !matches!(self, Self::Free { .. })
    }
}

/// What is known of the store's record of a session.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// There is one, or the store is being given one.
    pub(crate) is_recorded: bool,
    /// The store has to be given all fields.
    pub(crate) needs_whole: bool,
    /// The lease is wanted to have the store keep the record for longer.
    pub(crate) is_renewed: bool,
}

/// How the lease of a session came, or went.
#[derive(Debug, Default)]
pub(crate) struct Passage {
    /// It has come for a page that is about to say hello.
    pub(crate) expects_hello: bool,
    /// It has come, and no turn was given out since.
    pub(crate) has_just_come: bool,
    /// It was given to an instance that had asked for it.
    pub(crate) has_yielded: bool,
}

/// What a session writes of itself beside its state.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Head {
    /// The highest event id whose handling has ended.
    handled: u64,
    /// The sequence number of the newest frame.
    sequence: u64,
    /// The page load that had the last connection.
    client: String,
    /// The page load that was delivered and has not said hello yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    awaited: Option<String>,
}

impl<S: Script> Session<S> {
    /// Takes over what the store has of the session, which is this instance's now. `client`: the
    /// page load that is about to say hello; without one, frames may be sent before the client
    /// tells what it has seen of the last owner.
    ///
    /// # Errors
    /// When the record is damaged.
    pub(crate) fn adopt(&self, record: Record, is_hello: bool) -> Result<(), StoreError> {
        let head: Head =
            serde_json::from_slice(&record.head).map_err(|error| StoreError::Damaged {
                reason: format!("its head is none: {error}"),
            })?;
        let mut core = self.core.lock();
        let Lease::Free { generation, .. } = core.lease else {
            return Ok(());
        };
        core.lease = Lease::Ours {
            generation: record.generation,
        };
        // An instance that is still here is right when nobody has had the session in between.
        core.passage.has_just_come = true;
        core.record.is_renewed = false;
        core.passage.expects_hello = is_hello;
        if !is_hello && self.is_held_elsewhere(record.holder.as_deref()) {
            core.move_connection();
        }
        let is_untouched = record.generation == generation + 1 && record.was_released;
        if is_untouched && core.instance.is_some() {
            return Ok(());
        }
        let mut record = record;
        core.instance = None;
        core.restart_from(&head);
        core.take_frames(&head, &mut record, is_hello);
        core.take_visit(&mut record);
        core.bytes = record.fields.iter().map(|(_, value)| value.len()).sum();
        core.parked = Some(record.fields);
        drop(core);
        self.changed.notify_waiters();
        Ok(())
    }

    /// Waits until everything of the session is stored. Returns whether that was so in time.
    pub(crate) async fn stored_until(&self, until: Instant) -> bool {
        loop {
            let mut changed = pin!(self.changed.notified());
            changed.as_mut().enable();
            if self.core.lock().unsaved.is_clean() {
                return true;
            }
            if timeout_at(until.into(), changed).await.is_err() {
                return false;
            }
        }
    }

    /// Gives the session back for good, once no turn is out. Returns whether that was so in time.
    pub(crate) async fn leave(self: &Arc<Self>, until: Instant) -> bool {
        loop {
            let mut changed = pin!(self.changed.notified());
            changed.as_mut().enable();
            {
                let mut core = self.core.lock();
                let is_stored = core.record.is_recorded && core.lease.is_ours();
                if !is_stored || core.is_away() {
                    return true;
                }
                if !core.gate.running && !core.unsaved.is_releasing() {
                    core.unsaved.set_release(true);
                }
            }
            self.save();
            if timeout_at(until.into(), changed).await.is_err() {
                return false;
            }
        }
    }

    /// Whether the client has gone on to another instance.
    fn is_held_elsewhere(&self, holder: Option<&str>) -> bool {
        let own = self.keeper.as_ref().map(|keeper| keeper.store.instance());
        holder.is_some() && holder != own
    }

    /// The session is another instance's, or was changed with something that is: everything that the
    /// store does not have is thrown away.
    /// The client has it acknowledged nowhere, and sends it again.
    /// Gives the instances that wait for the lease.
    pub(crate) fn lose(&self) -> Vec<String> {
        let mut core = self.core.lock();
        tracing::info!(token = %self.token, "what is not stored of the session is thrown away");
        core.lease = Lease::Free {
            generation: 0,
            claiming: false,
        };
        core.move_connection();
        // Last: the event whose turn is out is to run again, like those that wait.
        core.forget_state();
        let waiting = std::mem::take(&mut core.asked);
        drop(core);
        self.wake();
        waiting
    }

    /// The lease could not be had: gives the instances that wait for it.
    pub(crate) fn take_asked(&self) -> Vec<String> {
        let mut core = self.core.lock();
        if core.lease.is_ours() {
            return Vec::new();
        }
        std::mem::take(&mut core.asked)
    }

    /// There is no record of the session any more: it goes on with what is here, if anything is.
    pub(crate) fn begin_anew(&self) {
        let mut core = self.core.lock();
        if let Lease::Free { generation, .. } = core.lease {
            core.lease = Lease::Ours {
                generation: generation + 1,
            };
            core.record.is_recorded = false;
            core.record.needs_whole = core.instance.is_some();
            core.opened.before = true;
        }
    }

    /// Makes up the next write, unless there is nothing to be written.
    pub(crate) fn write(&self, kept_s: u64, kept_unclaimed_s: u64) -> Option<Arc<Write>> {
        let mut core = self.core.lock();
        if let Some(write) = core.unsaved.again() {
            return Some(write);
        }
        let Lease::Ours { generation } = core.lease else {
            return None;
        };
        if core.record.needs_whole || !(core.record.is_recorded || core.unsaved.is_whole()) {
            core.unsaved.skip();
            return None;
        }
        core.record.is_recorded = true;
        let head = Head {
            handled: core.handled,
            sequence: core.ring.last(),
            client: core.client().to_owned(),
            awaited: core.awaited().map(str::to_owned),
        };
        let visit = core.new_visit();
        let frames = core.ring.frames_after(core.unsaved.written());
        let frames_from = core.ring.base();
        let kept_s = if core.unclaimed.is_some() {
            kept_unclaimed_s
        } else {
            kept_s
        };
        let (handled, sequence) = (head.handled, head.sequence);
        core.unsaved.begin(handled, sequence, |mut write| {
            write.token = Arc::clone(&self.token);
            write.generation = generation;
            // A struct of texts and numbers is always JSON.
            write.head = serde_json::to_vec(&head).unwrap_or_default().into();
            write.fields.extend(visit);
            write.frames = frames;
            write.frames_from = frames_from;
            write.kept_s = kept_s;
            write
        })
    }

    /// The write that was on its way is done. Gives the instances that wait for the lease, where it
    /// is given back now.
    pub(crate) fn wrote(&self) -> Vec<String> {
        let mut core = self.core.lock();
        let released = core.unsaved.done();
        core.written_at = Instant::now();
        let mut waiting = Vec::new();
        if let (true, Lease::Ours { generation }) = (released, core.lease) {
            core.lease = Lease::Free {
                generation,
                claiming: false,
            };
            waiting = std::mem::take(&mut core.asked);
            core.passage.has_yielded = !waiting.is_empty();
        }
        drop(core);
        self.changed.notify_waiters();
        waiting
    }

    /// Notes that another instance wants the lease; `client`, when it has the socket of that page
    /// load. Gives whether it can have it, at once or as soon as it is free.
    pub(crate) fn asked_for(&self, by: String, client: Option<&str>) -> Asked {
        let mut core = self.core.lock();
        if let Some(client) = client {
            if core.is_attached() && !core.knows(client) {
                return Asked::Refused;
            }
            core.move_connection();
        }
        let is_coming = self.leasing.try_lock().is_err();
        let answer = if core.lease.is_ours() || is_coming {
            if !core.asked.contains(&by) {
                core.asked.push(by);
            }
            Asked::Later
        } else {
            Asked::Free
        };
        drop(core);
        self.wake();
        answer
    }
}

/// The answer to another instance that wants a lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// It is not ours.
    Free,
    /// It will be given back once the turn that is out has ended.
    Later,
    /// Another page load has a live socket.
    Refused,
}

impl<S: Script> Core<S> {
    /// Goes on from where a record stands.
    fn restart_from(&mut self, head: &Head) {
        self.mailbox.forget_up_to(head.handled);
        self.received = self.received.max(head.handled);
        self.handled = head.handled;
        self.unsaved = Unsaved::at(head.handled, head.sequence);
        self.opened.before = true;
        self.opened.failed = false;
        self.record.needs_whole = false;
        self.demand = Demand::None;
        self.full = None;
        self.know(&head.client, head.awaited.as_deref());
    }

    /// Takes the frames that the client may lack. Where the last owner may have sent more than is
    /// stored, and the client has not told yet what it has seen, the numbers go on far above.
    fn take_frames(&mut self, head: &Head, record: &mut Record, is_hello: bool) {
        let frames = std::mem::take(&mut record.frames);
        let is_known = record.was_released || is_hello;
        if !is_known || self.ring.last() > head.sequence {
            let last = head.sequence.max(self.ring.last());
            self.ring.skip_to(last + UNSEEN_FRAMES_MAX, frames);
            self.unsaved.set_due();
        } else if self.ring.last() < head.sequence && !self.ring.extend(&frames, head.sequence) {
            self.ring.restart_at(head.sequence, frames);
        }
    }

    fn take_visit(&mut self, record: &mut Record) {
        let place = record.fields.iter().position(|(name, _)| &**name == VISIT);
        let visit = place.map(|place| record.fields.swap_remove(place).1);
        let visit: Option<Visit> = visit.and_then(|text| serde_json::from_slice(&text).ok());
        if let Some(visit) = visit.filter(|_| !self.is_attached()) {
            self.visit = Arc::new(visit);
            self.visit_written = Some(Arc::clone(&self.visit));
        }
    }

    /// The visit as a field, where the store has another one.
    fn new_visit(&mut self) -> Option<(Arc<str>, Option<Bytes>)> {
        let is_written = |known: &Arc<Visit>| Arc::ptr_eq(known, &self.visit);
        if self.visit_written.as_ref().is_some_and(is_written) {
            return None;
        }
        self.visit_written = Some(Arc::clone(&self.visit));
        let text = serde_json::to_vec(&*self.visit).ok()?;
        Some((VISIT.into(), Some(text.into())))
    }

    /// Gives the store all fields of a session whose instance is not here. Gives whether a turn has
    /// to do that.
    pub(crate) fn make_whole(&mut self) -> bool {
        if self.record.needs_whole && self.instance.is_none() {
            let parked = self.parked.iter().flatten();
            let fields = parked.map(|(name, value)| (Arc::clone(name), Some(value.clone())));
            let fields = fields.collect();
            self.unsaved.add(fields, true);
            self.unsaved.set_due();
            self.record.needs_whole = false;
        }
        self.record.needs_whole
    }

    /// Whether other instances wait for the lease, and have to wait no longer: what was asked for
    /// first is done first.
    pub(crate) fn is_due_elsewhere(&self) -> bool {
        let is_first = self.passage.expects_hello || self.passage.has_just_come && self.is_wanted();
        !self.asked.is_empty() && !is_first
    }

    /// Throws away what is here of the state and of the work on it.
    fn forget_state(&mut self) {
        self.life += 1;
        self.instance = None;
        self.parked = None;
        self.mailbox = Mailbox::default();
        (self.received, self.handled) = (0, 0);
        self.ring = Ring::default();
        self.full = None;
        self.unsaved = Unsaved::default();
        self.record.needs_whole = false;
        self.storage = None;
        self.moved = None;
    }
}
