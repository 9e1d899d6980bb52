//! The turns that are in the hands of the loop, to be ended should its thread be lost.
//!
//! Not here: finding out that it is (`threads`).

use std::{
    collections::HashMap,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

use parking_lot::Mutex;

use super::lent::{LOOP_LOST, Lent};

/// The turns of handlers that wait on the loop, and of sections that are entered.
#[derive(Default)]
pub(crate) struct OnLoop {
    lents: Mutex<HashMap<u64, Lent>>,
    last: AtomicU64,
}

impl std::fmt::Debug for OnLoop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OnLoop")
    }
}

impl OnLoop {
    /// Notes a turn. It is to be removed by the number given.
    pub(super) fn add(&self, lent: &Lent) -> u64 {
        let number = self.last.fetch_add(1, Relaxed) + 1;
        self.lents.lock().insert(number, lent.clone());
        number
    }

    /// Forgets a turn.
    pub(super) fn remove(&self, number: u64) {
        self.lents.lock().remove(&number);
    }

    /// Ends all of them: the loop's thread is lost.
    pub(crate) fn give_up(&self) {
        let lents = std::mem::take(&mut *self.lents.lock());
        for lent in lents.into_values() {
            lent.give_up(LOOP_LOST);
        }
    }
}
