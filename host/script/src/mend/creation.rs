//! Putting a function before the one by which `type` makes classes: `class` statements, `type()`,
//! `types.new_class` and every metaclass come to it. Not what is mended there.

use std::{ptr, sync::OnceLock};

use rustpython_vm::{PyResult, VirtualMachine, builtins::PyTypeRef, function::FuncArgs};

use super::slots::for_each_derived;

/// Makes a class of a metaclass, from the arguments name, bases and namespace.
pub(super) type Create = fn(PyTypeRef, FuncArgs, &VirtualMachine) -> PyResult;

/// Has `type` make classes with `replacement`, and keeps in `original` what did it so far.
pub(super) fn replace(
    original: &OnceLock<Create>,
    replacement: Create,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let metaclass = vm.ctx.types.type_type;
    let Some(current) = metaclass.slots.new.load() else {
        return Ok(());
    };
    if original.set(current).is_err() {
        return Ok(());
    }
    // A metaclass without `__new__` has a copy, and RustPython compares the two.
    let change = |slots: &rustpython_vm::types::PyTypeSlots| {
        if slots
            .new
            .load()
            .is_some_and(|new| ptr::fn_addr_eq(new, current))
        {
            slots.new.store(Some(replacement));
        }
    };
    for_each_derived(metaclass, &change, vm)
}

/// Makes a class as it was done before [`replace`].
pub(super) fn call_original(
    original: &OnceLock<Create>,
    metaclass: PyTypeRef,
    arguments: FuncArgs,
    vm: &VirtualMachine,
) -> PyResult {
    match original.get() {
        Some(create) => create(metaclass, arguments, vm),
        None => Err(vm.new_runtime_error("classes are made before the mends are installed")),
    }
}
