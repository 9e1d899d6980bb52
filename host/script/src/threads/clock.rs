//! How long a thread has computed, as opposed to waited.
//!
//! On Linux the kernel knows; elsewhere the time counts during which the thread could have run
//! Python, since a thread that waits for something lets go of its machine.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

/// Measures one thread, from any other.
#[derive(Debug)]
pub(crate) struct Clock {
    /// Where Linux tells the thread's time on a processor.
    statistics: Option<PathBuf>,
}

/// A reading of a [`Clock`], and the sum of what passed between readings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    on_processor: Option<Duration>,
    taken: Instant,
    /// How long the thread has computed since the first reading.
    pub(crate) computed: Duration,
}

impl Clock {
    /// A clock of the thread that calls.
    pub(crate) fn of_this_thread() -> Self {
        // The link is `<process>/task/<thread>`.
        let path = fs::read_link("/proc/thread-self")
            .map(|link| PathBuf::from("/proc").join(link).join("schedstat"));
        let clock = Self {
            statistics: path.ok(),
        };
        match clock.on_processor() {
            Some(_) => clock,
            None => Self { statistics: None },
        }
    }

    /// The first reading.
    pub(crate) fn start(&self) -> Reading {
        Reading {
            on_processor: self.on_processor(),
            taken: Instant::now(),
            computed: Duration::ZERO,
        }
    }

    /// The next reading. `attached`: whether the thread holds its machine.
    pub(crate) fn read(&self, last: Reading, attached: bool) -> Reading {
        let (on_processor, taken) = (self.on_processor(), Instant::now());
        let computed = match last.on_processor.zip(on_processor) {
            Some((before, after)) => after.saturating_sub(before),
            None if attached => taken - last.taken,
            None => Duration::ZERO,
        };
        Reading {
            on_processor,
            taken,
            computed: last.computed + computed,
        }
    }

    fn on_processor(&self) -> Option<Duration> {
        let text = fs::read_to_string(self.statistics.as_ref()?).ok()?;
        let nanoseconds = text.split_ascii_whitespace().next()?.parse().ok()?;
        Some(Duration::from_nanos(nanoseconds))
    }
}

#[cfg(test)]
mod tests {
    use std::{hint::black_box, thread};

    use super::*;

    #[test]
    fn computing_counts_and_sleeping_does_not() {
        let clock = Clock::of_this_thread();
        let start = clock.start();
        thread::park_timeout(Duration::from_millis(100));
        let slept = clock.read(start, false);
        assert!(slept.computed < Duration::from_millis(50), "{slept:?}");
        let mut read = slept;
        let mut number = 1_u64;
        while read.computed < Duration::from_millis(150) {
            number = black_box(number.wrapping_mul(31));
            read = clock.read(read, true);
        }
    }
}
