//! Idle sessions: out of the interpreter, as snapshots, and back when something is to be done.
//!
//! A session that its store has is given back to it, so that any instance can take it up; without
//! such a store the snapshot stays here. Not here: when the hub looks (`hub`), and what is in a
//! snapshot (the script).

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};

use crate::lease::Lease;
use crate::limits::{PARK_AFTER_S, PARK_AGAIN_S};
use crate::script::{Script, Task};
use crate::session::Session;
use crate::session_core::Core;
use crate::store::Fields;

/// What a session takes without its state, by measurement, in bytes.
const SESSION_BYTES: u64 = 4 << 10;

/// What the smallest live state takes, by measurement, in bytes …
const LIVE_BYTES: u64 = 16 << 10;

/// … and how much more memory Python's objects take than their snapshots do.
const LIVE_FACTOR: u64 = 6;

/// The ticket of a turn that nobody waits for.
const NOBODYS_TICKET: u64 = 0;

/// What is known of a session's rest.
#[derive(Debug)]
pub(crate) struct Rest {
    /// When its last turn ended.
    pub(crate) since: Instant,
    /// Not to be tried before: it could not be parked.
    not_before: Option<Instant>,
    /// A turn is wanted that parks it.
    pub(crate) is_wanted: bool,
    /// When it was parked.
    parked_at: Option<Instant>,
    /// It was used again so soon after it had been parked that it had better not been.
    comes_back: bool,
}

impl Default for Rest {
    fn default() -> Self {
        Self {
            since: Instant::now(),
            not_before: None,
            is_wanted: false,
            parked_at: None,
            comes_back: false,
        }
    }
}

impl<S: Script> Session<S> {
    /// Parks the session when it has rested for so long. Gives whether it is about to be.
    pub(crate) fn rest(self: &Arc<Self>, now: Instant, after: Duration) -> bool {
        let mut core = self.core.lock();
        if !core.is_resting(now, after) {
            return false;
        }
        if core.instance.is_some() {
            if self.script.is_busy(&self.token) {
                return false;
            }
            core.rest.is_wanted = true;
        } else if self.is_stored() && core.lease.is_ours() && core.record.is_recorded {
            core.unsaved.set_release(true);
        } else {
            return false;
        }
        drop(core);
        self.drive();
        true
    }

    /// Whether its state is in the interpreter.
    pub(crate) fn is_live(&self) -> bool {
        self.core.lock().instance.is_some()
    }

    /// Whether to park it before its time would cost more than it spares.
    pub(crate) fn comes_back(&self) -> bool {
        self.core.lock().rest.comes_back
    }

    /// What the session takes in memory, in bytes, by estimate.
    pub(crate) fn weight(&self) -> u64 {
        let core = self.core.lock();
        let is_live = core.instance.is_some() || core.gate.running;
        let fields = core.bytes as u64;
        let state = if is_live {
            LIVE_BYTES + fields * LIVE_FACTOR
        } else if core.parked.is_some() {
            fields
        } else {
            0
        };
        SESSION_BYTES + state
    }

    /// Has the store keep the session of an open page that has not been written for so long.
    pub(crate) fn renew(self: &Arc<Self>, now: Instant, after: Duration) {
        let mut core = self.core.lock();
        let is_old = now.saturating_duration_since(core.written_at) >= after;
        if !(is_old && core.is_attached() && core.record.is_recorded) {
            return;
        }
        core.written_at = now;
        if core.lease.is_ours() {
            core.unsaved.set_due();
            drop(core);
            self.save();
        } else {
            // Its rest gives it back, and writes it with that.
            core.record.is_renewed = true;
            drop(core);
            self.drive();
        }
    }

    /// Brings a session back of which others may change something: its page is to be told.
    pub(crate) fn wake_where_shared(&self) {
        let mut core = self.core.lock();
        let is_shared = |fields: &Vec<_>| self.script.is_shared(fields);
        if core.sections.is_empty() && core.parked.as_ref().is_some_and(is_shared) {
            core.sections.push_back(NOBODYS_TICKET);
        }
    }

    /// Takes what the script left of a session that it was to park.
    pub(crate) fn end_park(&self, core: &mut Core<S>, task: &Task, kept: Fields) {
        let is_parked = core.instance.is_none();
        core.rest.is_wanted = false;
        core.rest.parked_at = is_parked.then(Instant::now);
        core.rest.not_before =
            (!is_parked).then(|| Instant::now() + Duration::from_secs(PARK_AGAIN_S));
        let whole = matches!(task, Task::Park { everything: true });
        if self.is_stored() {
            core.record.needs_whole &= !whole;
            core.unsaved.add(kept, whole);
            core.unsaved.set_due();
            core.unsaved.set_release(is_parked);
        } else if is_parked {
            let fields = packed(kept);
            core.bytes = fields.iter().map(|(_, value)| value.len()).sum();
            core.parked = Some(fields);
        }
    }
}

/// The fields that there are, their values in one piece of memory: most have a few bytes.
fn packed(kept: Fields) -> Vec<(Arc<str>, Bytes)> {
    let fields = kept.into_iter();
    let fields = fields.filter_map(|(name, value)| Some((name, value?)));
    let fields: Vec<(Arc<str>, Bytes)> = fields.collect();
    let mut all = BytesMut::with_capacity(fields.iter().map(|(_, value)| value.len()).sum());
    let packed = fields.into_iter().map(|(name, value)| {
        all.extend_from_slice(&value);
        (name, all.split().freeze())
    });
    packed.collect()
}

impl Rest {
    /// It is used again.
    pub(crate) fn end(&mut self) {
        let rested = self.parked_at.take().map(|at| at.elapsed());
        self.comes_back = rested.is_some_and(|time| time < Duration::from_secs(PARK_AFTER_S));
    }
}

impl<S: Script> Core<S> {
    fn is_resting(&self, now: Instant, after: Duration) -> bool {
        let is_free = !self.gate.running && !self.gate.driving && !self.is_wanted();
        let has_rested = now.saturating_duration_since(self.rest.since) >= after;
        let is_due = self.rest.not_before.is_none_or(|time| now >= time);
        is_free && has_rested && is_due && !self.unsaved.is_failing() && !self.is_page_loading()
    }

    /// The turn that parks the session, where one is wanted and nothing else is.
    pub(crate) fn park_task(&mut self, is_stored: bool) -> Option<Task> {
        let wanted = std::mem::take(&mut self.rest.is_wanted) && self.instance.is_some();
        wanted.then_some(Task::Park {
            everything: !is_stored,
        })
    }

    /// Whether the session only stands in the place of one that there may be.
    pub(crate) fn is_placeholder(&self) -> bool {
        self.is_away() && self.instance.is_none() && !self.is_attached() && !self.is_wanted()
    }

    /// Whether nothing of the session is here that the store does not have.
    pub(crate) fn is_away(&self) -> bool {
        matches!(self.lease, Lease::Free { .. }) && self.unsaved.is_clean()
    }
}
