//! Computed vars that need each other: named as such, rather than by the recursion that they end in.
//!
//! Not here: computing them (`computed.rs`).

use std::cell::RefCell;

use rustpython_vm::{AsObject, Py, PyResult, VirtualMachine};

use super::object::StateObject;

thread_local! {
    /// The computed vars that this thread is computing, each within the one before it: the object
    /// of its state and its number.
    static UNDER_WAY: RefCell<Vec<(usize, u32)>> = const { RefCell::new(Vec::new()) };
}

/// A computed var that is being computed, until this is dropped.
#[derive(Debug)]
pub(super) struct UnderWay;

impl Drop for UnderWay {
    fn drop(&mut self) {
        UNDER_WAY.with_borrow_mut(Vec::pop);
    }
}

/// Notes that a var is being computed.
///
/// # Errors
/// `RecursionError` when it already is, on this thread.
pub(super) fn begin(
    owner: &Py<StateObject>,
    field: u32,
    vm: &VirtualMachine,
) -> PyResult<UnderWay> {
    let var = (owner.as_object().get_id(), field);
    if UNDER_WAY.with_borrow(|under_way| under_way.contains(&var)) {
        return Err(vm.new_recursion_error(format!(
            "the computed var {}.{} needs its own value; have it, or what it reads, read fields \
             instead",
            owner.class.full_name, owner.class.fields[field as usize].name
        )));
    }
    UNDER_WAY.with_borrow_mut(|under_way| under_way.push(var));
    Ok(UnderWay)
}
