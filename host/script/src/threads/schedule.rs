//! When garbage is collected, and how much of it is looked at.
//!
//! Pure: counts in, decisions out. Not here: the collection (`collector`).

use std::time::{Duration, Instant};

use crate::limits::{MIDDLE_MAX, YOUNG_MAX};

/// By how many, and by which part of them, the old ones may grow before all are looked at.
const OLD_GROWTH_MIN: usize = 50_000;
const OLD_GROWTH_PARTS: usize = 4;

/// How long nothing must have begun, and how many batches must have ended since the last full
/// collection, before an idle moment is used for one.
const IDLE: Duration = Duration::from_millis(500);
const BATCHES_BEFORE_IDLE: u64 = 200;

/// How long a collection that a thread did not come to is put off, at first and at most.
const PUT_OFF_MIN: Duration = Duration::from_millis(20);
const PUT_OFF_MAX: Duration = Duration::from_secs(2);

/// How many objects are in each of RustPython's generations.
pub(super) type ObjectCounts = (usize, usize, usize);

/// Which objects are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Generation {
    /// Those made since the last collection.
    Young = 0,
    /// Also those that have outlived one.
    Middle = 1,
    /// All.
    Full = 2,
}

impl Generation {
    /// Its name for metrics.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Young => "young",
            Self::Middle => "middle",
            Self::Full => "full",
        }
    }
}

/// What the threads do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Activity {
    /// Whether a batch runs.
    pub(super) is_running: bool,
    /// A number that grows with every batch.
    pub(super) batches: u64,
}

/// What has been decided so far.
#[derive(Debug, Default)]
pub(super) struct Schedule {
    old_after_full: usize,
    batches_at_full: u64,
    batches_last: u64,
    idle_since: Option<Instant>,
    put_off: Option<(Instant, Duration)>,
}

/// Whether there are so many new objects that a collection cannot wait.
pub(super) fn is_young_due(counts: ObjectCounts) -> bool {
    counts.0 >= YOUNG_MAX
}

impl Schedule {
    /// What is to be collected now, if anything is. `is_asked`: somebody asks for everything.
    pub(super) fn due(
        &mut self,
        counts: ObjectCounts,
        activity: Activity,
        is_asked: bool,
    ) -> Option<Generation> {
        let is_idle = self.is_idle(activity);
        if self
            .put_off
            .is_some_and(|(until, _)| Instant::now() < until)
        {
            return None;
        }
        let old_max =
            self.old_after_full + OLD_GROWTH_MIN.max(self.old_after_full / OLD_GROWTH_PARTS);
        if is_asked || is_idle || counts.2 >= old_max {
            Some(Generation::Full)
        } else if counts.1 >= MIDDLE_MAX {
            Some(Generation::Middle)
        } else {
            is_young_due(counts).then_some(Generation::Young)
        }
    }

    /// It was collected; these are the counts now.
    pub(super) fn done(
        &mut self,
        generation: Generation,
        counts: ObjectCounts,
        activity: Activity,
    ) {
        self.put_off = None;
        if generation == Generation::Full {
            self.old_after_full = counts.2;
            self.batches_at_full = activity.batches;
        }
    }

    /// It could not be collected: later, and later each time.
    pub(super) fn put_off(&mut self) {
        let pause = self
            .put_off
            .map_or(PUT_OFF_MIN, |(_, pause)| (pause * 2).min(PUT_OFF_MAX));
        self.put_off = Some((Instant::now() + pause, pause));
    }

    fn is_idle(&mut self, activity: Activity) -> bool {
        if activity.batches != self.batches_last {
            self.batches_last = activity.batches;
            self.idle_since = None;
            return false;
        }
        let since = *self.idle_since.get_or_insert_with(Instant::now);
        let batches = activity.batches.saturating_sub(self.batches_at_full);
        since.elapsed() >= IDLE && batches >= BATCHES_BEFORE_IDLE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Activity = Activity {
        is_running: false,
        batches: 0,
    };

    #[test]
    fn the_fullest_generation_decides() {
        let mut schedule = Schedule::default();
        let due = |schedule: &mut Schedule, counts| schedule.due(counts, NOTHING, false);
        assert_eq!(due(&mut schedule, (YOUNG_MAX - 1, 0, 0)), None);
        assert_eq!(
            due(&mut schedule, (YOUNG_MAX, 0, 0)),
            Some(Generation::Young)
        );
        assert_eq!(
            due(&mut schedule, (0, MIDDLE_MAX, 0)),
            Some(Generation::Middle)
        );
        let many = 10 * OLD_GROWTH_MIN;
        assert_eq!(due(&mut schedule, (0, 0, many)), Some(Generation::Full));
        schedule.done(Generation::Full, (0, 0, many), NOTHING);
        assert_eq!(due(&mut schedule, (0, 0, many + OLD_GROWTH_MIN)), None);
        let grown = many + many / OLD_GROWTH_PARTS;
        assert_eq!(due(&mut schedule, (0, 0, grown)), Some(Generation::Full));
    }

    #[test]
    fn who_asks_gets_everything() {
        let mut schedule = Schedule::default();
        assert_eq!(
            schedule.due((0, 0, 0), NOTHING, true),
            Some(Generation::Full)
        );
    }

    #[test]
    fn what_was_put_off_comes_later() {
        let mut schedule = Schedule::default();
        schedule.put_off();
        assert_eq!(schedule.due((YOUNG_MAX, 0, 0), NOTHING, false), None);
        let put_off = std::time::Instant::now();
        while put_off.elapsed() < PUT_OFF_MIN {
            std::thread::park_timeout(PUT_OFF_MIN);
        }
        assert!(schedule.due((YOUNG_MAX, 0, 0), NOTHING, false).is_some());
    }
}
