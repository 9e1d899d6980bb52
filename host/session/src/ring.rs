//! The ring: numbered frames that the client has not acknowledged yet, within limits.
//!
//! Not here: full states. They are not kept, because a client that missed one needs a newer one.

use std::collections::VecDeque;

use bytes::Bytes;

use crate::limits::{RING_BYTES_MAX, RING_FRAMES_MAX};
use crate::store::Frame;

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
    /// Frames before a gap in the numbers: they can follow nothing, but somebody may not have heard
    /// what they tell.
    before_gap: Vec<Frame>,
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
        self.before_gap.clear();
        self.bytes = 0;
        self.base
    }

    /// Leaves numbers out, up to `last`. `frames` are those before the gap.
    pub(crate) fn skip_to(&mut self, last: u64, frames: Vec<Frame>) {
        self.restart_at(last, Vec::new());
        self.before_gap = frames;
    }

    /// The frames after a number, those before a gap among them.
    pub(crate) fn held_after(&self, sequence: u64) -> Vec<Frame> {
        let before_gap = self.before_gap.iter();
        let mut held: Vec<Frame> = before_gap
            .filter(|(number, _)| *number > sequence)
            .cloned()
            .collect();
        held.extend(self.frames_after(sequence));
        held
    }

    /// The number before the oldest frame that is held.
    pub(crate) fn base(&self) -> u64 {
        self.base
    }

    /// The frames after a number, as far as they are held.
    pub(crate) fn frames_after(&self, sequence: u64) -> Vec<Frame> {
        let numbered = (self.base + 1..).zip(&self.frames);
        let newer = numbered.filter(|(number, _)| *number > sequence);
        newer
            .map(|(number, frame)| (number, frame.clone()))
            .collect()
    }

    /// Takes frames from elsewhere that follow the newest one, up to `last`. Gives whether none is
    /// missing; otherwise nothing is taken.
    pub(crate) fn extend(&mut self, frames: &[Frame], last: u64) -> bool {
        let first = self.last() + 1;
        let newer = frames.iter().filter(|(number, _)| *number >= first);
        let newer: Vec<&Frame> = newer.collect();
        let is_whole = newer.iter().map(|(number, _)| *number).eq(first..=last);
        if is_whole {
            for (_, frame) in newer {
                self.push(frame.clone());
            }
        }
        is_whole
    }

    /// Begins at another place: after `last`, with those of `frames` that lead up to it.
    pub(crate) fn restart_at(&mut self, last: u64, frames: Vec<Frame>) {
        let behind = frames.into_iter().rev().zip((1..=last).rev());
        let leading = behind.take_while(|((number, _), expected)| number == expected);
        let mut leading: Vec<Frame> = leading.map(|(frame, _)| frame).collect();
        leading.reverse();
        self.frames.clear();
        self.bytes = 0;
        self.base = last - leading.len() as u64;
        for (_, frame) in leading {
            self.push(frame);
        }
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

    #[test]
    fn a_ring_goes_on_from_elsewhere() {
        let frames: Vec<Frame> = (3..=5)
            .map(|number| (number, Bytes::from(number.to_string())))
            .collect();
        let mut ring = ring_of(3);
        assert!(!ring.extend(&frames, 6), "the sixth is missing");
        assert_eq!(ring.last(), 3);
        assert!(ring.extend(&frames, 5));
        assert_eq!(ring.after(4), After::Frame(Bytes::from_static(b"5")));
        assert_eq!(ring.frames_after(3).len(), 2);

        ring.restart_at(5, frames.clone());
        assert_eq!((ring.base(), ring.last()), (2, 5));
        ring.restart_at(6, frames);
        assert_eq!((ring.base(), ring.last()), (6, 6));
        assert_eq!(ring.after(5), After::Lost);
    }
}
