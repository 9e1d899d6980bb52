//! What was odd in calls of components since the last time somebody asked, on this thread: for the
//! survey of an app, which is loaded on one thread.
//!
//! Not here: what is odd, which the page crate knows.

use std::{cell::RefCell, mem};

use rustpython_vm::VirtualMachine;

use crate::{limits::REMARKS_MAX, load::standing};

thread_local! {
    static REMARKS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Notes what is odd about a component that is being made, with the place in the app's code.
pub(super) fn note(odd: &str, vm: &VirtualMachine) {
    let place = standing(vm).map(|(file, line)| format!("{file}:{line}: "));
    let remark = place.unwrap_or_default() + odd;
    REMARKS.with_borrow_mut(|remarks| {
        if remarks.len() < REMARKS_MAX && !remarks.contains(&remark) {
            remarks.push(remark);
        }
    });
}

/// What was noted since the last call of this.
pub(crate) fn take_remarks() -> Vec<String> {
    REMARKS.with_borrow_mut(mem::take)
}
