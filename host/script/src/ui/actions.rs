//! How events of a trigger are sent: what Reflex calls event actions, as `@rx.event(…)` and chains
//! such as `State.handler.throttle(500)` ask for them.
//!
//! Not here: what the shell does about them.

use rustpython_vm::{Py, PyResult, VirtualMachine, builtins::PyDict};

/// How events of a trigger are sent; the modifiers that Reflex calls event actions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Actions {
    /// Keep the event from reaching elements further out.
    pub(crate) stop_propagation: bool,
    /// Keep the browser from its own reaction.
    pub(crate) prevent_default: bool,
    /// At most one event in so many milliseconds.
    pub(crate) throttle_ms: Option<u32>,
    /// Only when nothing came for so many milliseconds.
    pub(crate) debounce_ms: Option<u32>,
    /// Dropped while the connection is down.
    pub(crate) temporal: bool,
}

impl Actions {
    /// Reads the dictionary that `@rx.event(throttle=…)` makes; what is not an action is left out.
    ///
    /// # Errors
    /// `TypeError` or `OverflowError` for a time that is no whole number of milliseconds.
    pub(super) fn of(actions: &Py<PyDict>, vm: &VirtualMachine) -> PyResult<Self> {
        let flag = |name: &str| match actions.get_item_opt(name, vm)? {
            Some(value) => value.is_true(vm),
            None => Ok(false),
        };
        let milliseconds = |name: &str| match actions.get_item_opt(name, vm)? {
            Some(value) if !vm.is_none(&value) => value.try_to_value::<u32>(vm).map(Some),
            _ => Ok(None),
        };
        Ok(Self {
            stop_propagation: flag("stop_propagation")?,
            prevent_default: flag("prevent_default")?,
            throttle_ms: milliseconds("throttle")?,
            debounce_ms: milliseconds("debounce")?,
            temporal: flag("temporal")?,
        })
    }
}
