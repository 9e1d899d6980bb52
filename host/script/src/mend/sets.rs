//! `|=`, `&=`, `-=` and `^=` of a set and something that is no set.
//!
//! RustPython 0.6.0 raises a `TypeError` at once; `CPython` gives way to the right operand, so that
//! a set takes any `collections.abc.Set`: `lark` relies on it.

use std::sync::OnceLock;

use rustpython_vm::{
    AsObject, Py, PyObject, PyResult, VirtualMachine, builtins::PyType, types::PyTypeSlots,
};

use super::slots::{for_each_derived, renew_methods};

type Operator = fn(&PyObject, &PyObject, &VirtualMachine) -> PyResult;

/// The four operators, in the order of [`METHODS`].
static ORIGINALS: OnceLock<[Operator; 4]> = OnceLock::new();
const METHODS: [&str; 4] = ["__ior__", "__iand__", "__isub__", "__ixor__"];
const REPLACEMENTS: [Operator; 4] = [operate::<0>, operate::<1>, operate::<2>, operate::<3>];

/// Mends them, if they refuse.
pub(super) fn mend(vm: &VirtualMachine) -> PyResult<bool> {
    let class: &'static Py<PyType> = vm.ctx.types.set_type;
    let Some(current) = operators(&class.slots) else {
        return Ok(false);
    };
    let set = class.as_object().call((), vm)?;
    if current[0](&set, &vm.ctx.none(), vm).is_ok() || ORIGINALS.set(current).is_err() {
        return Ok(false);
    }
    let change = |slots: &PyTypeSlots| {
        let number = &slots.as_number;
        let cells = [
            &number.inplace_or,
            &number.inplace_and,
            &number.inplace_subtract,
            &number.inplace_xor,
        ];
        for ((cell, current), replacement) in cells.into_iter().zip(current).zip(REPLACEMENTS) {
            if cell
                .load()
                .is_some_and(|own| std::ptr::fn_addr_eq(own, current))
            {
                cell.store(Some(replacement));
            }
        }
    };
    for_each_derived(class, &change, vm)?;
    renew_methods(class, &METHODS, vm);
    Ok(true)
}

fn operators(slots: &PyTypeSlots) -> Option<[Operator; 4]> {
    let number = &slots.as_number;
    Some([
        number.inplace_or.load()?,
        number.inplace_and.load()?,
        number.inplace_subtract.load()?,
        number.inplace_xor.load()?,
    ])
}

fn operate<const INDEX: usize>(set: &PyObject, other: &PyObject, vm: &VirtualMachine) -> PyResult {
    let types = &vm.ctx.types;
    let is_set =
        other.fast_isinstance(types.set_type) || other.fast_isinstance(types.frozenset_type);
    match ORIGINALS.get() {
        Some(originals) if is_set => originals[INDEX](set, other, vm),
        _ => Ok(vm.ctx.not_implemented()),
    }
}
