//! The mailbox: what a session has received and not yet begun, in its order.
//!
//! Not here: whether an event is the next one (`session`).

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::limits::{EVENTS_QUEUED_BYTES_MAX, EVENTS_QUEUED_MAX, HELD_BACK_S_MAX};
use crate::message::Event;
use crate::page::Opening;
use crate::script::Refusal;

/// An event that waits for its turn.
#[derive(Debug)]
pub(crate) struct Letter {
    /// The event.
    pub(crate) event: Event,
    /// Why its handler will not run. The refusal keeps the event's place in the order.
    pub(crate) refusal: Option<Refusal>,
    /// The size of the frame that it came in.
    pub(crate) bytes: usize,
    /// A newer event took its place: it keeps its own in the order, and its handler does not run.
    pub(crate) superseded: bool,
    /// The page load on whose opening it happens, and not on a client's.
    pub(crate) opening: Option<Arc<Opening>>,
}

/// The events of one session, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Mailbox {
    letters: VecDeque<Letter>,
    bytes: usize,
    /// Since when its client is held back.
    full_since: Option<Instant>,
}

impl Mailbox {
    /// Whether a letter of this size fits. One always fits in an empty mailbox.
    pub(crate) fn has_room(&self, bytes: usize) -> bool {
        self.letters.is_empty()
            || (self.letters.len() < EVENTS_QUEUED_MAX
                && self.bytes + bytes <= EVENTS_QUEUED_BYTES_MAX)
    }

    /// Puts a letter at the end; the caller has asked whether there is room. A client that leaves
    /// half of it empty again counts as held back no more.
    pub(crate) fn push(&mut self, letter: Letter) {
        self.bytes += letter.bytes;
        self.letters.push_back(letter);
        if self.letters.len() <= EVENTS_QUEUED_MAX / 2 {
            self.full_since = None;
        }
    }

    /// Notes that a letter found no room. Gives the time until which its client is held back: many
    /// short waits, one after the other, count as one.
    pub(crate) fn hold_back(&mut self, now: Instant) -> Instant {
        *self.full_since.get_or_insert(now) + Duration::from_secs(HELD_BACK_S_MAX)
    }

    /// Another connection begins: its client has not been held back yet.
    pub(crate) fn forget_holding_back(&mut self) {
        self.full_since = None;
    }

    /// Marks the letters for `handler` that wait as superseded.
    pub(crate) fn supersede(&mut self, handler: u32) {
        let older = self.letters.iter_mut();
        for letter in older.filter(|letter| letter.event.handler == handler) {
            letter.superseded = true;
        }
    }

    /// Drops what came from a client; what belongs to the opening of a page stays.
    pub(crate) fn forget_clients(&mut self) {
        self.letters.retain(|letter| letter.event.id == 0);
        self.bytes = self.letters.iter().map(|letter| letter.bytes).sum();
    }

    /// Drops the events of a client up to that id: they were handled elsewhere.
    pub(crate) fn forget_up_to(&mut self, handled: u64) {
        self.letters
            .retain(|letter| letter.event.id == 0 || letter.event.id > handled);
        self.bytes = self.letters.iter().map(|letter| letter.bytes).sum();
    }

    /// Takes the oldest letter.
    pub(crate) fn pop(&mut self) -> Option<Letter> {
        let letter = self.letters.pop_front()?;
        self.bytes -= letter.bytes;
        if self.letters.is_empty() {
            // Most mailboxes are empty nearly always, and there are many.
            self.letters = VecDeque::new();
        }
        Some(letter)
    }

    /// How many letters wait.
    pub(crate) fn len(&self) -> usize {
        self.letters.len()
    }

    /// Whether nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(id: u64, bytes: usize) -> Letter {
        let event = Event {
            id,
            handler: 0,
            args: Vec::new(),
            route: None,
            ack: None,
        };
        Letter {
            event,
            refusal: None,
            bytes,
            superseded: false,
            opening: None,
        }
    }

    #[test]
    fn letters_are_bounded_by_count_and_bytes() {
        let mut many = Mailbox::default();
        for id in 0..EVENTS_QUEUED_MAX as u64 {
            assert!(many.has_room(10));
            many.push(letter(id, 10));
        }
        assert!(!many.has_room(10));
        assert_eq!(many.pop().map(|letter| letter.event.id), Some(0));
        assert!(many.has_room(10));

        let mut large = Mailbox::default();
        large.push(letter(1, EVENTS_QUEUED_BYTES_MAX));
        assert!(!large.has_room(1));
        large.pop();
        assert!(large.has_room(1) && large.is_empty());
    }

    #[test]
    fn a_queue_that_stays_full_holds_back_only_so_long() {
        let mut mailbox = Mailbox::default();
        for id in 0..EVENTS_QUEUED_MAX as u64 {
            mailbox.push(letter(id, 10));
        }
        let began = Instant::now();
        let end = mailbox.hold_back(began);
        assert_eq!(end, began + Duration::from_secs(HELD_BACK_S_MAX));
        mailbox.pop();
        mailbox.push(letter(300, 10));
        let later = began + Duration::from_secs(5);
        assert_eq!(mailbox.hold_back(later), end, "one letter is no rest");
        while mailbox.letters.len() >= EVENTS_QUEUED_MAX / 2 {
            mailbox.pop();
        }
        mailbox.push(letter(301, 10));
        assert!(mailbox.hold_back(later) > end, "half a queue is");
    }
}
