//! The ring: numbered frames that the client has not acknowledged yet, within limits.
//!
//! Not here: full states. They are not kept, because a client that missed one needs a newer one.

use std::collections::VecDeque;

use bytes::Bytes;

use crate::limits::{RING_BYTES_MAX, RING_FRAMES_MAX};

/// What stands after a place in the sequence.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum After {
    /// This frame.
    Frame(Bytes),
    /// Nothing yet.
    Nothing,
    /// A frame that is not held any more, or a place that never was.
    Lost,
}

/// The frames from `base + 1` on.
#[derive(Debug, Default)]
pub(crate) struct Ring {
    base: u64,
    frames: VecDeque<Bytes>,
    bytes: usize,
}

impl Ring {
    /// The sequence number of the newest frame, 0 before the first.
    pub(crate) fn last(&self) -> u64 {
        self.base + self.frames.len() as u64
    }

    /// Takes the frame that carries the number `last() + 1`, and drops the oldest ones beyond the
    /// limits.
    pub(crate) fn push(&mut self, frame: Bytes) {
        self.bytes += frame.len();
        self.frames.push_back(frame);
        while self.frames.len() > RING_FRAMES_MAX
            || (self.bytes > RING_BYTES_MAX && self.frames.len() > 1)
        {
            self.drop_oldest();
        }
    }

    /// Gives a number to a frame that replaces all before it and is not kept here.
    pub(crate) fn restart(&mut self) -> u64 {
        self.base = self.last() + 1;
        self.frames.clear();
        self.bytes = 0;
        self.base
    }

    /// Drops the frames up to and including `sequence`.
    pub(crate) fn acknowledge(&mut self, sequence: u64) {
        while self.base < sequence && !self.frames.is_empty() {
            self.drop_oldest();
        }
    }

    /// What a client that has applied `sequence` needs next.
    pub(crate) fn after(&self, sequence: u64) -> After {
        if sequence < self.base || sequence > self.last() {
            return After::Lost;
        }
        let held = usize::try_from(sequence - self.base)
            .ok()
            .and_then(|i| self.frames.get(i));
        held.map_or(After::Nothing, |frame| After::Frame(frame.clone()))
    }

    fn drop_oldest(&mut self) {
        if let Some(frame) = self.frames.pop_front() {
            self.bytes -= frame.len();
            self.base += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring_of(count: usize) -> Ring {
        let mut ring = Ring::default();
        for number in 1..=count {
            ring.push(Bytes::from(number.to_string()));
        }
        ring
    }

    #[test]
    fn frames_follow_each_other() {
        let ring = ring_of(3);
        assert_eq!(ring.after(0), After::Frame(Bytes::from_static(b"1")));
        assert_eq!(ring.after(2), After::Frame(Bytes::from_static(b"3")));
        assert_eq!(ring.after(3), After::Nothing);
        assert_eq!(ring.after(4), After::Lost);
    }

    #[test]
    fn acknowledged_frames_go() {
        let mut ring = ring_of(5);
        ring.acknowledge(3);
        assert_eq!((ring.frames.len(), ring.bytes, ring.last()), (2, 2, 5));
        assert_eq!(ring.after(2), After::Lost);
        assert_eq!(ring.after(3), After::Frame(Bytes::from_static(b"4")));
        ring.acknowledge(99);
        assert_eq!((ring.frames.len(), ring.last()), (0, 5));
    }

    #[test]
    fn oldest_go_beyond_the_count() {
        let ring = ring_of(RING_FRAMES_MAX + 10);
        assert_eq!(ring.frames.len(), RING_FRAMES_MAX);
        assert_eq!(ring.after(9), After::Lost);
        assert_eq!(ring.after(10), After::Frame(Bytes::from_static(b"11")));
    }

    #[test]
    fn oldest_go_beyond_the_bytes_but_the_newest_stays() {
        let mut ring = ring_of(2);
        ring.push(Bytes::from(vec![b'x'; RING_BYTES_MAX + 1]));
        assert_eq!(ring.frames.len(), 1);
        assert_eq!(ring.after(1), After::Lost);
        assert!(matches!(ring.after(2), After::Frame(_)));
    }

    #[test]
    fn a_full_state_takes_a_number_and_replaces_all() {
        let mut ring = ring_of(2);
        assert_eq!(ring.restart(), 3);
        assert_eq!((ring.last(), ring.bytes), (3, 0));
        assert_eq!(ring.after(2), After::Lost);
        assert_eq!(ring.after(3), After::Nothing);
    }
}
