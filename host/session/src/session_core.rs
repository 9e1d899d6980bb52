//! The part of a session that changes: what it has received, what it has to send, and which
//! connection it belongs to.
//!
//! Not here: the lock around it, and what is waited for (`session`); turns (`turns`); leases
//! (`lease`); parking (`park`).

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use tokio::sync::OwnedSemaphorePermit;

use crate::error::SessionError;
use crate::frame;
use crate::lease::{Known, Lease, Passage};
use crate::limits::{EVENTS_QUEUED_MAX, LOOSE_FRAMES_MAX};
use crate::mailbox::{Letter, Mailbox};
use crate::message::Hello;
use crate::metric;
use crate::page::{Collector, Opening};
use crate::park::Rest;
use crate::ring::{After, Ring};
use crate::script::{Script, Update, Visit};
use crate::storage::Storage;
use crate::unsaved::Unsaved;

/// The part of a session that changes.
pub(crate) struct Core<S: Script> {
    pub(crate) instance: Option<S::Instance>,
    /// What is left of an instance: it is made again from it.
    pub(crate) parked: Option<Vec<(Arc<str>, Bytes)>>,
    pub(crate) lease: Lease,
    pub(crate) unsaved: Unsaved,
    /// What is known of the store's record.
    pub(crate) record: Known,
    /// How the lease came, or went.
    pub(crate) passage: Passage,
    /// Instances that wait for the lease.
    pub(crate) asked: Vec<String>,
    /// Raised when the work that is out counts no more.
    pub(crate) life: u64,
    pub(crate) rest: Rest,
    /// When the store was last given something of it.
    pub(crate) written_at: Instant,
    /// Bytes of the fields, as far as that is known.
    pub(crate) bytes: usize,
    /// The visit that the store has.
    pub(crate) visit_written: Option<Arc<Visit>>,
    /// Events that came again while the lease was elsewhere.
    pub(crate) acks_due: Vec<u64>,
    /// Frames without a number for the connection that is there.
    pub(crate) loose: VecDeque<Bytes>,
    pub(crate) mailbox: Mailbox,
    pub(crate) gate: Gate,
    pub(crate) opened: Opened,
    pub(crate) demand: Demand,
    /// What the browser keeps and the state has not taken over yet; whether hello brought it.
    pub(crate) storage: Option<(Storage, bool)>,
    /// The full state that the connection has not taken yet, with its sequence number.
    pub(crate) full: Option<(u64, Bytes)>,
    pub(crate) ring: Ring,
    /// The tickets of those who wait for a section, oldest first.
    pub(crate) sections: VecDeque<u64>,
    /// The event whose handler runs: its id and handler.
    pub(crate) running: Option<(u64, u32)>,
    /// Whether the last turn was a section, so that events and sections take turns.
    pub(crate) was_section: bool,
    /// The highest event id received.
    pub(crate) received: u64,
    /// The highest event id whose handling has ended.
    pub(crate) handled: u64,
    pub(crate) visit: Arc<Visit>,
    /// The visit has changed and no turn has taken it over: after which event, and the route.
    pub(crate) moved: Option<(u64, String)>,
    pub(crate) attached: Option<Attached>,
    /// The page that is about to be delivered.
    pub(crate) collector: Option<Collector>,
    /// Commands for the next page that is opened.
    pub(crate) handed_on: Vec<serde_json::Value>,
    /// The page load for which the turn is that is out.
    pub(crate) opening: Option<Arc<Opening>>,
    /// Held until a page says hello, by a session that was made for one.
    pub(crate) unclaimed: Option<OwnedSemaphorePermit>,
    /// Connections that this session has had, and pages that were delivered with its state.
    pub(crate) generation: u64,
    /// The page load that had the last connection.
    pub(crate) client: String,
    /// The page load that was delivered and has not said hello yet.
    pub(crate) awaited: Option<String>,
    /// The connection whose session has moved to another instance.
    pub(crate) moved_connection: u64,
    /// Whether a client was sent the token.
    pub(crate) told: bool,
    pub(crate) idle_since: Instant,
}

/// What became of asking the script for an instance.
#[derive(Debug, Default)]
pub(crate) struct Opened {
    /// It has given one before.
    pub(crate) before: bool,
    /// It was asked for one and left none.
    pub(crate) failed: bool,
}

/// Who is busy with turns.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    /// A thread is in `drive`, the only place that gives out turns.
    pub(crate) driving: bool,
    /// A turn is out.
    pub(crate) running: bool,
}

/// Where the client's demand for the full state stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Demand {
    /// Nothing is asked for.
    None,
    /// The state is to be made, before any event.
    Wanted,
    /// It was not given; a connection that needs it ends.
    Failed,
}

/// The connection that a session has.
pub(crate) struct Attached {
    pub(crate) generation: u64,
    /// The last frame that it was given; `None` when it needs a full state first.
    pub(crate) cursor: Option<u64>,
    /// The hash of the state that the page has, as long as the page has nothing newer.
    pub(crate) base: Option<String>,
    /// Whether its hello was answered.
    pub(crate) answered: bool,
    /// What the client has applied, where it needs a full state nevertheless.
    pub(crate) applied: Option<Applied>,
}

/// How much of a session's frames a client has applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Applied {
    /// The last of them.
    pub(crate) sequence: u64,
    /// Whether that was the page before this one, which the tab has left for another build.
    pub(crate) in_other_build: bool,
}

impl Applied {
    /// How much the client that says hello has applied, as far as it tells.
    pub(crate) fn by(hello: &Hello) -> Option<Self> {
        let own = (hello.seq > 0).then_some((hello.seq, false));
        let other = hello.previous.map(|previous| (previous, true));
        own.or(other).map(|(sequence, in_other_build)| Self {
            sequence,
            in_other_build,
        })
    }
}

impl<S: Script> Core<S> {
    /// Nothing has been asked of it yet.
    pub(crate) fn new(lease: Lease) -> Self {
        Self {
            instance: None,
            parked: None,
            lease,
            unsaved: Unsaved::default(),
            record: Known::default(),
            passage: Passage::default(),
            asked: Vec::new(),
            life: 0,
            rest: Rest::default(),
            written_at: Instant::now(),
            bytes: 0,
            visit_written: None,
            acks_due: Vec::new(),
            loose: VecDeque::new(),
            moved_connection: 0,
            mailbox: Mailbox::default(),
            gate: Gate::default(),
            opened: Opened::default(),
            demand: if lease.is_ours() {
                Demand::Wanted
            } else {
                Demand::None
            },
            storage: None,
            full: None,
            ring: Ring::default(),
            sections: VecDeque::new(),
            running: None,
            was_section: false,
            received: 0,
            handled: 0,
            visit: Arc::default(),
            moved: None,
            attached: None,
            collector: None,
            handed_on: Vec::new(),
            opening: None,
            unclaimed: None,
            generation: 0,
            client: String::new(),
            awaited: None,
            told: false,
            idle_since: Instant::now(),
        }
    }

    /// How a connection has ended that the session does not have any more.
    pub(crate) fn end_of(&self, generation: u64) -> SessionError {
        if self.moved_connection == generation {
            SessionError::Moved
        } else {
            SessionError::TakenOver
        }
    }

    /// The connection is over, since the session goes on elsewhere. What the client has sent and is
    /// not begun, it sends again there.
    pub(crate) fn move_connection(&mut self) {
        self.mailbox.forget_clients();
        let running = self.running.map_or(0, |(event, _)| event);
        self.received = self.handled.max(running);
        if let Some(attached) = self.attached.take() {
            self.moved_connection = attached.generation;
            self.idle_since = Instant::now();
        }
    }

    /// Whether there is a connection.
    pub(crate) fn is_attached(&self) -> bool {
        self.attached.is_some()
    }

    /// The page load that had the last connection.
    pub(crate) fn client(&self) -> &str {
        &self.client
    }

    /// The page load that was delivered and has not said hello yet.
    pub(crate) fn awaited(&self) -> Option<&str> {
        self.awaited.as_deref()
    }

    /// Goes on as a session that others have served before.
    pub(crate) fn know(&mut self, client: &str, awaited: Option<&str>) {
        if self.attached.is_none() {
            client.clone_into(&mut self.client);
            self.awaited = awaited.map(str::to_owned);
        }
        self.generation = self.generation.max(1);
        self.told = true;
        self.record.is_recorded = true;
    }

    pub(crate) fn belongs_to(&self, generation: u64) -> bool {
        self.attached
            .as_ref()
            .is_some_and(|attached| attached.generation == generation)
    }

    /// Whether the page load that says hello lacks no more than frames still held.
    pub(crate) fn can_resume(&self, hello: &Hello) -> bool {
        hello.seq > 0
            && self.knows(&hello.client)
            && self.demand != Demand::Wanted
            && self.ring.after(hello.seq) != After::Lost
    }

    /// Whether a page load has had the session, or was delivered with its state.
    pub(crate) fn knows(&self, client: &str) -> bool {
        self.client == client || self.awaited.as_deref() == Some(client)
    }

    /// A page was delivered with the state, and is about to say hello.
    pub(crate) fn await_page(&mut self, client: &str) {
        self.awaited = Some(client.to_owned());
        self.generation += 1;
        self.told = true;
        self.idle_since = Instant::now();
    }

    /// A page load has said hello.
    pub(crate) fn claim(&mut self, client: String) {
        self.client = client;
        self.awaited = None;
        self.unclaimed = None;
    }

    /// Takes the visit of a new connection. Where no full state is made, which would show it, a
    /// turn takes it over.
    pub(crate) fn arrive(&mut self, visit: Visit, resumed: bool) {
        let is_other = *self.visit != visit;
        self.moved = (resumed && is_other).then(|| (self.received, visit.route.clone()));
        self.visit = Arc::new(visit);
    }

    /// A letter with the address at which its event happened, where no turn knows that yet.
    pub(crate) fn routed(&self, mut letter: Letter) -> Letter {
        if let (None, Some((_, route))) = (&letter.event.route, &self.moved) {
            letter.event.route = Some(route.clone());
        }
        letter
    }

    /// Queues an event. Gives the id of the running one whose place it takes, if it does.
    pub(crate) fn take_letter(&mut self, letter: Letter, script: &S) -> Option<u64> {
        let handler = letter.event.handler;
        let supersedes = letter.refusal.is_none() && script.supersedes(handler);
        if supersedes {
            self.mailbox.supersede(handler);
        }
        self.mailbox.push(letter);
        let (event, running) = self.running?;
        (supersedes && running == handler).then_some(event)
    }

    /// Asks for a full state, unless it was asked for already.
    pub(crate) fn want_state(&mut self) {
        self.demand = Demand::Wanted;
        self.opened.failed = false;
    }

    /// Whether the connection lacks frames that are not held any more, and no full state waits for
    /// it.
    pub(crate) fn is_behind(&self) -> bool {
        if self.full.is_some() {
            return false;
        }
        let cursor = self.attached.as_ref().and_then(|attached| attached.cursor);
        cursor.is_none_or(|cursor| self.ring.after(cursor) == After::Lost)
    }

    /// How much there has been to tell the client: more of it, and something is to be sent.
    pub(crate) fn said(&self) -> (u64, usize) {
        (self.ring.last(), self.loose.len())
    }

    /// Whether the connection's next frame waits for a write, and there is nothing else for it.
    pub(crate) fn is_held_back(&self) -> bool {
        let cursor = self.attached.as_ref().and_then(|attached| attached.cursor);
        let is_next_held = cursor.is_some_and(|cursor| self.unsaved.holds(cursor + 1));
        is_next_held && self.full.is_none() && self.loose.is_empty()
    }

    /// Hands the connection the full state that waits for it, or the frame after its cursor.
    pub(crate) fn next_held(&mut self) -> Option<Bytes> {
        let attached = self.attached.as_mut()?;
        if let Some(frame) = self.loose.pop_front() {
            return Some(frame);
        }
        let unsaved = &self.unsaved;
        if let Some((sequence, frame)) = self.full.take_if(|(number, _)| !unsaved.holds(*number)) {
            attached.cursor = Some(sequence);
            self.told = true;
            return Some(frame);
        }
        let cursor = attached.cursor?;
        if self.unsaved.holds(cursor + 1) {
            return None;
        }
        let After::Frame(frame) = self.ring.after(cursor) else {
            return None;
        };
        attached.cursor = Some(cursor + 1);
        Some(frame)
    }

    /// Numbers a frame and keeps it for the client.
    pub(crate) fn emit(&mut self, write: impl FnOnce(u64) -> Bytes) {
        let sequence = self.ring.last() + 1;
        self.ring.push(write(sequence));
    }

    /// Numbers a frame that acknowledges events: it waits until their effect is stored.
    pub(crate) fn emit_ack(&mut self, write: impl FnOnce(u64) -> Bytes) {
        self.emit(write);
        if self.lease != Lease::Unneeded {
            self.unsaved.hold(self.ring.last());
        }
    }

    /// Answers an event that came before: its handling may have ended unheard.
    pub(crate) fn acknowledge_again(&mut self, id: u64) {
        if id > self.handled || self.acks_due.contains(&id) {
            return;
        }
        if self.lease.is_ours() {
            self.emit_ack(|sequence| frame::patch(sequence, &Update::default(), &[id]));
        } else if self.acks_due.len() < EVENTS_QUEUED_MAX {
            self.acks_due.push(id);
        }
    }

    /// Whether events are to be acknowledged again.
    pub(crate) fn has_acks_due(&self) -> bool {
        !self.acks_due.is_empty()
    }

    /// Acknowledges what came again while the lease was elsewhere.
    pub(crate) fn acknowledge_due(&mut self) {
        let due = std::mem::take(&mut self.acks_due);
        if !due.is_empty() {
            self.emit_ack(|sequence| frame::patch(sequence, &Update::default(), &due));
        }
    }

    /// Tells the client that a frame or an event is not taken.
    pub(crate) fn refuse(&mut self, error: &SessionError, event: Option<u64>) {
        self.report(error.code(), &error.to_string(), None, event);
    }

    /// Sends an update, and acknowledges an event. Nothing is sent when there is neither.
    pub(crate) fn tell(&mut self, mut update: Update, event: Option<u64>) {
        update.commands = self.collect(&update.patches, update.commands);
        match event {
            Some(id) => self.emit_ack(|sequence| measured(frame::patch(sequence, &update, &[id]))),
            None if update.is_empty() => {}
            None => self.emit(|sequence| measured(frame::patch(sequence, &update, &[]))),
        }
    }

    /// Sends an error, or keeps it for the page that is about to be delivered.
    pub(crate) fn report(
        &mut self,
        code: &str,
        message: &str,
        trace: Option<&str>,
        event: Option<u64>,
    ) {
        let mut error = frame::Error {
            sequence: None,
            event,
            code,
            message,
            trace,
        };
        if let Some(errors) = self.page_errors() {
            return errors.push(frame::error(&error));
        }
        if !self.lease.is_ours() {
            if self.loose.len() < LOOSE_FRAMES_MAX {
                self.loose.push_back(frame::error(&error));
            }
            return;
        }
        let write = |sequence| {
            error.sequence = Some(sequence);
            frame::error(&error)
        };
        match event {
            Some(_) => self.emit_ack(write),
            None => self.emit(write),
        }
    }
}

fn measured(patch: Bytes) -> Bytes {
    metric::patch(patch.len());
    patch
}
