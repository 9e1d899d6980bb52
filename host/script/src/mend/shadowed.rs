//! A class that declares the slot `__weakref__` or `__dict__` and gives that name a value as well.
//!
//! RustPython 0.6.0 refuses it as it refuses any other slot with a value; `CPython`, for these two,
//! makes the slot and keeps the value. `SQLModel`'s base class is such a class.

use std::sync::OnceLock;

use rustpython_vm::{
    AsObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyDict, PyStrInterned, PyType, PyTypeRef},
    function::FuncArgs,
};

use super::creation::{self, Create};

/// The slots that are no attributes of their own but space in every instance.
const SLOTS: [&str; 2] = ["__weakref__", "__dict__"];

static ORIGINAL: OnceLock<Create> = OnceLock::new();

type Shadow = (&'static PyStrInterned, PyObjectRef);

/// Mends it, if such a class is refused.
pub(super) fn mend(vm: &VirtualMachine) -> PyResult<bool> {
    if !is_refused(vm)? {
        return Ok(false);
    }
    creation::replace(&ORIGINAL, create, vm)?;
    Ok(true)
}

fn is_refused(vm: &VirtualMachine) -> PyResult<bool> {
    let namespace = vm.ctx.new_dict();
    let slots = vm.ctx.new_tuple(vec![vm.ctx.new_str(SLOTS[0]).into()]);
    namespace.set_item("__slots__", slots.into(), vm)?;
    namespace.set_item(SLOTS[0], vm.ctx.none(), vm)?;
    let arguments = (
        vm.ctx.new_str("Probe"),
        vm.ctx.new_tuple(Vec::new()),
        namespace,
    );
    let made = vm.ctx.types.type_type.as_object().call(arguments, vm);
    Ok(made.is_err_and(|raised| raised.fast_isinstance(vm.ctx.exceptions.value_error)))
}

fn create(metaclass: PyTypeRef, arguments: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let shadows = shadows(&arguments, vm)?;
    if shadows.is_empty() {
        return creation::call_original(&ORIGINAL, metaclass, arguments, vm);
    }
    let retried = arguments.clone();
    match creation::call_original(&ORIGINAL, metaclass.clone(), arguments, vm) {
        Err(raised) if raised.fast_isinstance(vm.ctx.exceptions.value_error) => {
            create_without(&shadows, metaclass, retried, vm)
        }
        made => made,
    }
}

/// What the namespace has under the names of these slots.
fn shadows(arguments: &FuncArgs, vm: &VirtualMachine) -> PyResult<Vec<Shadow>> {
    let mut found = Vec::new();
    let namespace = arguments
        .args
        .get(2)
        .and_then(|object| object.downcast_ref::<PyDict>());
    for name in SLOTS {
        let name = vm.ctx.intern_str(name);
        let value = namespace.map_or(Ok(None), |namespace| namespace.get_item_opt(name, vm))?;
        found.extend(value.map(|value| (name, value)));
    }
    Ok(found)
}

fn create_without(
    shadows: &[Shadow],
    metaclass: PyTypeRef,
    mut arguments: FuncArgs,
    vm: &VirtualMachine,
) -> PyResult {
    let namespace = vm.ctx.new_dict();
    namespace.merge_object(arguments.args[2].clone(), vm)?;
    for (name, _) in shadows {
        namespace.del_item(*name, vm)?;
    }
    arguments.args[2] = namespace.into();
    let made = creation::call_original(&ORIGINAL, metaclass, arguments, vm)?;
    if let Some(class) = made.downcast_ref::<PyType>() {
        for (name, value) in shadows {
            class.set_attr(name, value.clone());
        }
    }
    Ok(made)
}
