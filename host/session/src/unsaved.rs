//! What a session has done that its store does not know yet, and which frames have to wait for it.
//!
//! A frame that acknowledges an event, and all after it, wait until the write that covers it is
//! done. Not here: when writes go out and what answers mean (`keeper`).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;

use crate::store::{Fields, Write};

/// What is to be written, and what is on its way.
#[derive(Debug, Default)]
pub(crate) struct Unsaved {
    /// The fields that changed since the last write was made up.
    fields: BTreeMap<Arc<str>, Option<Bytes>>,
    /// Whether those are all fields there are.
    is_whole: bool,
    stage: Stage,
    /// Whether this instance's client has the socket, where that is to be written.
    holds: Option<bool>,
    /// Whether the lease is to be given back.
    release: bool,
    /// The write that is on its way, kept until it is known to be done.
    under_way: Option<Arc<Write>>,
    /// The last frame that the store has, or is being given.
    written: u64,
    /// The first frame that waits for a write.
    hold: Option<u64>,
    /// The first one that waits for the write after that on its way.
    hold_next: Option<u64>,
    /// The highest event id whose effect is stored.
    settled: u64,
    /// The same once the write on its way is done.
    settling: u64,
    /// Since when writes fail.
    failing: Option<Instant>,
}

/// Whether there is something to be written that is not on its way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Stage {
    /// There is nothing.
    #[default]
    Clean,
    /// There is something.
    Due,
    /// There may be, and the session stands in the keeper's queue.
    Queued,
}

impl Unsaved {
    /// For a session whose record stands at that event and that frame.
    pub(crate) fn at(settled: u64, sequence: u64) -> Self {
        Self {
            settled,
            settling: settled,
            written: sequence,
            ..Self::default()
        }
    }

    /// Takes the fields that a turn changed; `whole` when they are all.
    pub(crate) fn add(&mut self, fields: Fields, whole: bool) {
        if whole {
            self.fields.clear();
            self.is_whole = true;
        }
        self.fields.extend(fields);
    }

    /// Whether what is to be written makes a record.
    pub(crate) fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Notes that something is to be written.
    pub(crate) fn set_due(&mut self) {
        if self.stage == Stage::Clean {
            self.stage = Stage::Due;
        }
    }

    /// Notes whether this instance's client has the socket.
    pub(crate) fn set_holder(&mut self, holds: bool) {
        self.holds = Some(holds);
        self.set_due();
    }

    /// Asks that the lease be given back with the next write.
    pub(crate) fn set_release(&mut self, release: bool) {
        self.release = release;
        if release {
            self.set_due();
        }
    }

    /// Whether the lease is to be given back, or is on its way.
    pub(crate) fn is_releasing(&self) -> bool {
        let under_way = self.under_way.as_ref();
        self.release || under_way.is_some_and(|write| write.release)
    }

    /// Whether the session is to be put into the queue. It is there then.
    pub(crate) fn enqueue(&mut self) -> bool {
        let wanted = self.stage == Stage::Due && self.under_way.is_none();
        if wanted {
            self.stage = Stage::Queued;
        }
        wanted
    }

    /// Whether everything is stored.
    pub(crate) fn is_clean(&self) -> bool {
        self.stage == Stage::Clean && self.under_way.is_none()
    }

    /// Has a frame, and all after it, wait for the next write.
    pub(crate) fn hold(&mut self, sequence: u64) {
        let place = if self.under_way.is_some() {
            &mut self.hold_next
        } else {
            &mut self.hold
        };
        place.get_or_insert(sequence);
        self.set_due();
    }

    /// Whether a frame has to wait.
    pub(crate) fn holds(&self, sequence: u64) -> bool {
        let first = self.hold.or(self.hold_next);
        first.is_some_and(|first| sequence >= first)
    }

    /// The highest event id whose effect is stored.
    pub(crate) fn settled(&self) -> u64 {
        self.settled
    }

    /// The last frame that the store has, or is being given.
    pub(crate) fn written(&self) -> u64 {
        self.written
    }

    /// The write that failed and is to be tried again.
    pub(crate) fn again(&mut self) -> Option<Arc<Write>> {
        self.skip();
        self.under_way.clone()
    }

    /// Leaves the queue without a write: there is none yet.
    pub(crate) fn skip(&mut self) {
        if self.stage == Stage::Queued {
            self.stage = Stage::Due;
        }
    }

    /// Makes up the next write from what is due; `rest` fills in what the session knows.
    pub(crate) fn begin(
        &mut self,
        handled: u64,
        sequence: u64,
        rest: impl FnOnce(Write) -> Write,
    ) -> Option<Arc<Write>> {
        if std::mem::take(&mut self.stage) == Stage::Clean {
            return None;
        }
        let write = Arc::new(rest(Write {
            fields: std::mem::take(&mut self.fields).into_iter().collect(),
            is_whole: std::mem::take(&mut self.is_whole),
            holds: self.holds.take(),
            release: std::mem::take(&mut self.release),
            ..Write::default()
        }));
        self.settling = handled;
        self.written = sequence;
        self.under_way = Some(Arc::clone(&write));
        Some(write)
    }

    /// The write on its way is done. Gives whether it gave the lease back.
    pub(crate) fn done(&mut self) -> bool {
        let write = self.under_way.take();
        self.settled = self.settling;
        self.hold = self.hold_next.take();
        self.failing = None;
        write.is_some_and(|write| write.release)
    }

    /// The store has lost the record: everything has to be written.
    pub(crate) fn lost(&mut self) {
        self.under_way = None;
        self.hold = self.hold.take().or(self.hold_next.take());
        self.stage = Stage::Clean;
    }

    /// The write on its way failed, and will be tried again. Gives since when writes fail.
    pub(crate) fn failed(&mut self, now: Instant) -> Instant {
        *self.failing.get_or_insert(now)
    }

    /// Whether writes fail at present.
    pub(crate) fn is_failing(&self) -> bool {
        self.failing.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begin(unsaved: &mut Unsaved, handled: u64, sequence: u64) -> Option<Arc<Write>> {
        unsaved.begin(handled, sequence, |write| write)
    }

    #[test]
    fn a_frame_waits_for_the_write_that_covers_it() {
        let mut unsaved = Unsaved::at(0, 0);
        assert!(!unsaved.holds(1));
        unsaved.hold(2);
        assert!(!unsaved.holds(1) && unsaved.holds(2) && unsaved.holds(3));
        assert!(begin(&mut unsaved, 1, 2).is_some());
        // While it is on its way, another event ends.
        unsaved.hold(4);
        assert!(unsaved.holds(2));
        assert!(!unsaved.done());
        assert!(!unsaved.holds(3) && unsaved.holds(4));
        assert_eq!(unsaved.settled(), 1);
        assert!(begin(&mut unsaved, 2, 4).is_some());
        unsaved.done();
        assert!(!unsaved.holds(4) && unsaved.is_clean());
        assert_eq!((unsaved.settled(), unsaved.written()), (2, 4));
    }

    #[test]
    fn newer_values_take_the_place_of_older_ones() {
        let mut unsaved = Unsaved::default();
        let field = |text: &'static str| {
            let fields = [("a".into(), Some(Bytes::from_static(text.as_bytes())))];
            Fields::from(fields)
        };
        unsaved.add(field("one"), true);
        unsaved.add(field("two"), false);
        unsaved.set_due();
        let write = begin(&mut unsaved, 0, 0).unwrap();
        assert_eq!((&write.fields, write.is_whole), (&field("two"), true));
        unsaved.failed(Instant::now());
        assert_eq!(unsaved.again(), Some(write));
        assert!(unsaved.is_failing());
        unsaved.done();
        assert!(!unsaved.is_failing() && begin(&mut unsaved, 0, 0).is_none());
    }

    #[test]
    fn a_session_stands_in_the_queue_once() {
        let mut unsaved = Unsaved::default();
        assert!(!unsaved.enqueue());
        unsaved.set_due();
        assert!(unsaved.enqueue() && !unsaved.enqueue());
        assert!(begin(&mut unsaved, 0, 0).is_some());
        unsaved.set_due();
        assert!(!unsaved.enqueue(), "not while a write is on its way");
        unsaved.done();
        assert!(unsaved.enqueue());
    }

    #[test]
    fn a_lease_is_given_back_once() {
        let mut unsaved = Unsaved::default();
        unsaved.set_release(true);
        assert!(unsaved.is_releasing());
        assert!(begin(&mut unsaved, 0, 0).is_some_and(|write| write.release));
        assert!(unsaved.is_releasing());
        assert!(unsaved.done() && !unsaved.is_releasing());
    }
}
