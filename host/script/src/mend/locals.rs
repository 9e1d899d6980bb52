//! Assigning and deleting attributes of a `threading.local`.
//!
//! RustPython 0.6.0 goes straight to the dictionary behind it: `del` of what is not there raises a
//! `KeyError`, which code that clears a local in `try: … except AttributeError` does not expect,
//! and a property of a derived class is passed over.

use std::sync::OnceLock;

use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyStr, PyType, PyTypeRef},
    function::PySetterValue,
    types::PyTypeSlots,
};

use super::slots::{for_each_derived, renew_methods};

type Assign = fn(&PyObject, &Py<PyStr>, PySetterValue, &VirtualMachine) -> PyResult<()>;

static ORIGINAL: OnceLock<Assign> = OnceLock::new();
static CLASS: OnceLock<PyTypeRef> = OnceLock::new();

/// Mends it, if it raises a `KeyError`.
pub(super) fn mend(vm: &VirtualMachine) -> PyResult<bool> {
    let found: PyTypeRef = vm
        .import("_thread", 0)?
        .get_attr("_local", vm)?
        .try_into_value(vm)?;
    let class: &'static Py<PyType> = CLASS.get_or_init(|| found);
    let Some(current) = class.slots.setattro.load() else {
        return Ok(false);
    };
    let local = class.as_object().call((), vm)?;
    let name = vm.ctx.new_str("missing");
    let deleted = current(&local, &name, PySetterValue::Delete, vm);
    let is_wrong = deleted.is_err_and(|raised| raised.fast_isinstance(vm.ctx.exceptions.key_error));
    if !is_wrong || ORIGINAL.set(current).is_err() {
        return Ok(false);
    }
    let change = |slots: &PyTypeSlots| {
        if slots
            .setattro
            .load()
            .is_some_and(|own| std::ptr::fn_addr_eq(own, current))
        {
            slots.setattro.store(Some(assign));
        }
    };
    for_each_derived(class, &change, vm)?;
    renew_methods(class, &["__setattr__", "__delattr__"], vm);
    Ok(true)
}

fn assign(
    local: &PyObject,
    name: &Py<PyStr>,
    value: PySetterValue,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let Some(original) = ORIGINAL.get() else {
        return Err(vm.new_runtime_error("a thread's local is used before it is mended"));
    };
    if let Some((descriptor, set)) = data_descriptor(local, name, vm) {
        return set(&descriptor, local.to_owned(), value, vm);
    }
    let is_delete = matches!(value, PySetterValue::Delete);
    original(local, name, value, vm).map_err(|raised| {
        if is_delete && raised.fast_isinstance(vm.ctx.exceptions.key_error) {
            let class = local.class().name().to_string();
            vm.new_attribute_error(format!("'{class}' object has no attribute '{name}'"))
        } else {
            raised
        }
    })
}

type Set = fn(&PyObject, PyObjectRef, PySetterValue, &VirtualMachine) -> PyResult<()>;

/// What the local's class has under that name, if it takes assignments itself.
fn data_descriptor(
    local: &PyObject,
    name: &Py<PyStr>,
    vm: &VirtualMachine,
) -> Option<(PyObjectRef, Set)> {
    let found = local.class().get_attr(vm.ctx.interned_str(name)?)?;
    let set = found.class().slots.descr_set.load()?;
    Some((found, set))
}
