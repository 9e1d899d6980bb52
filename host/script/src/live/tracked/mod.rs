//! Lists, dictionaries and sets that tell the journal when they are changed.
//!
//! They are native subclasses of Python's own, so `isinstance(x, list)` holds and everything that
//! takes a list takes them. They hold plain values until a flush: what a handler puts in stays the
//! object that it put in, and is tracked from the next flush on (`adopt`).
//!
//! Not here: finding out what changed (`flush`).

mod dict;
mod list;
mod set;

pub(crate) use dict::{Change, TrackedDict, dict_key};
pub(crate) use list::{Stretch, TrackedList};
pub(crate) use set::TrackedSet;

use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyResult, VirtualMachine, builtins::PyType,
    function::FuncArgs,
};

use super::shared::Track;

/// The tracked container that `object` is, seen from its place in the journal.
pub(crate) fn track_of(object: &PyObject) -> Option<&Track> {
    if let Some(list) = object.downcast_ref::<TrackedList>() {
        list.track()
    } else if let Some(dict) = object.downcast_ref::<TrackedDict>() {
        dict.track()
    } else {
        object
            .downcast_ref::<TrackedSet>()
            .and_then(|set| set.track())
    }
}

/// Calls the method `name` of the built-in class `base` on a tracked container.
fn call_base(
    base: &Py<PyType>,
    name: &'static str,
    container: &PyObject,
    mut args: FuncArgs,
    vm: &VirtualMachine,
) -> PyResult {
    let method = base
        .get_attr(vm.ctx.intern_str(name))
        .ok_or_else(|| vm.new_attribute_error(format!("{} has no {name}", base.name())))?;
    args.args.insert(0, container.to_owned());
    method.call(args, vm)
}

/// What `copy` and `pickle` see: a plain container of the class `base`.
fn reduce(base: &Py<PyType>, plain: PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
    let args = vm.ctx.new_tuple(vec![plain]);
    vm.ctx
        .new_tuple(vec![base.as_object().to_owned(), args.into()])
        .into()
}
