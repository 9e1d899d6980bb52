//! Which components were called by name since the last time somebody asked, on this thread: for
//! the survey of an app, which is loaded on one thread.
//!
//! Not here: the elements that came of the calls, which the generator counts.

use std::{cell::RefCell, collections::BTreeSet, mem};

thread_local! {
    // It cannot grow past the number of names in the catalogue.
    static CALLED: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// Notes that `rx.<name>(…)` was called.
pub(super) fn note(name: &str) {
    CALLED.with_borrow_mut(|called| {
        if !called.contains(name) {
            called.insert(name.to_owned());
        }
    });
}

/// The names that were called since the last call of this.
pub(crate) fn take_called() -> BTreeSet<String> {
    CALLED.with_borrow_mut(mem::take)
}
