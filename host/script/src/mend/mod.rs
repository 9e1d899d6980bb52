//! Faults of RustPython that Python packages meet, mended from outside, in this one place.
//!
//! Each mend is switched on by a probe that shows its fault, so that one which a later RustPython
//! has mended itself changes nothing; the tests say which can go. Not here: what is missing from
//! RustPython and cannot be put in from outside, and what our own packages need.
//!
//! - [`order`], [`shadowed`], [`sets`], [`locals`]: native types, which all interpreters of the
//!   process share; `creation` and `slots` are how their functions are replaced.
//! - [`imports`]: what is mended when a module is imported, by the frozen package
//!   `_ferroflex_mend`.

mod creation;
mod imports;
mod locals;
mod order;
mod sets;
mod shadowed;
mod slots;

use parking_lot::Mutex;
use rustpython_vm::{PyResult, VirtualMachine};

use crate::failure;

/// A fault of RustPython's native types, found by a probe and mended for the whole process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The order of three or more bases is left out when their methods are put in order.
    MethodOrder,
    /// A class that declares the slot `__weakref__` or `__dict__` and gives it a value is refused.
    ShadowedSlot,
    /// `|=`, `&=`, `-=` and `^=` of a set refuse what could answer them from the right.
    SetOperators,
    /// `del` of an attribute that a `threading.local` does not have raises a `KeyError`, and
    /// properties of classes derived from it are passed over.
    LocalAttributes,
}

/// Finds a fault and mends it; false when there is none, or none any more.
type Mend = fn(&VirtualMachine) -> PyResult<bool>;

const MENDS: [(Fault, Mend); 4] = [
    (Fault::MethodOrder, order::mend),
    (Fault::ShadowedSlot, shadowed::mend),
    (Fault::SetOperators, sets::mend),
    (Fault::LocalAttributes, locals::mend),
];

static MENDED: Mutex<Vec<Fault>> = Mutex::new(Vec::new());

/// Mends what can be mended, before an app's first import. What fails to is told to the log: most
/// apps run without it.
pub(crate) fn install(vm: &VirtualMachine) {
    for (fault, mend) in MENDS {
        match mend(vm) {
            Ok(true) => MENDED.lock().push(fault),
            Ok(false) => {}
            Err(raised) => {
                tracing::error!("{fault:?} is not mended: {}", failure::message(&raised, vm));
            }
        }
    }
    if let Err(raised) = imports::install(vm) {
        tracing::error!(
            "imported modules are not mended: {}",
            failure::message(&raised, vm)
        );
    }
}

/// The faults that were found, and mended, since the process started. Empty before the first app
/// is loaded.
#[must_use]
pub fn mended() -> Vec<Fault> {
    MENDED.lock().clone()
}
