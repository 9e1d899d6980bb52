//! Replacing a function of a native type: in the type, in the classes that have it from there, and
//! in the attributes that Python code finds it by. Not what the new function does.

use rustpython_vm::{
    Py, PyResult, TryFromObject, VirtualMachine,
    builtins::{PyType, PyTypeRef},
    class::add_operators,
    types::PyTypeSlots,
};

/// Calls `change` with the slots of `class` and of all classes derived from it that this
/// interpreter knows.
pub(super) fn for_each_derived(
    class: &Py<PyType>,
    change: &impl Fn(&PyTypeSlots),
    vm: &VirtualMachine,
) -> PyResult<()> {
    change(&class.slots);
    let listed = vm
        .ctx
        .types
        .type_type
        .get_attr(vm.ctx.intern_str("__subclasses__"));
    let Some(listed) = listed else {
        return Ok(());
    };
    let derived = listed.call((class.to_owned(),), vm)?;
    for derived in Vec::<PyTypeRef>::try_from_object(vm, derived)? {
        for_each_derived(&derived, change, vm)?;
    }
    Ok(())
}

/// Makes the special methods `names` of a type anew from its slots: the old ones call the functions
/// that were there before, and derived classes take theirs from them.
pub(super) fn renew_methods(class: &'static Py<PyType>, names: &[&str], vm: &VirtualMachine) {
    for name in names {
        class.attributes.remove(vm.ctx.intern_str(*name));
    }
    add_operators(class, &vm.ctx, &[]);
}
