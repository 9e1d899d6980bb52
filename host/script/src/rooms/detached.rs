//! Copies of values that belong to no session.
//!
//! Not here: the tracked containers themselves (`live::tracked`).

use ferroflex_state::MAX_DEPTH;
use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine,
    builtins::{PyDict, PyList, PySet, PyTuple},
};

use crate::{
    convert::is_settled,
    live::tracked::{TrackedDict, TrackedList, TrackedSet},
};

/// A deep copy of lists, dictionaries, sets and tuples, tracked or not, as plain ones. Any other
/// object is not copied: sessions share it.
///
/// # Errors
/// `ValueError` when a value is nested too deep, or holds itself.
pub(super) fn detached(object: &PyObject, vm: &VirtualMachine) -> PyResult {
    copy(object, 0, vm)
}

fn copy(object: &PyObject, depth: usize, vm: &VirtualMachine) -> PyResult {
    if depth > MAX_DEPTH {
        return Err(vm.new_value_error(format!(
            "a value of a shared state is nested more than {MAX_DEPTH} deep, or holds itself"
        )));
    }
    if is_settled(object, vm) {
        return Ok(object.to_owned());
    }
    let (class, types) = (object.class(), &vm.ctx.types);
    let all = |elements: &[PyObjectRef]| {
        let copies = elements.iter().map(|element| copy(element, depth + 1, vm));
        copies.collect::<PyResult<Vec<_>>>()
    };
    if let Some(list) = object.downcast_ref::<PyList>()
        && (class.is(types.list_type) || object.downcast_ref::<TrackedList>().is_some())
    {
        let elements = list.borrow_vec().to_vec();
        return Ok(vm.ctx.new_list(all(&elements)?).into());
    }
    if let Some(dict) = object.downcast_ref::<PyDict>()
        && (class.is(types.dict_type) || object.downcast_ref::<TrackedDict>().is_some())
    {
        let plain = PyDict::default();
        for (key, value) in dict.items_vec() {
            plain.inner_setitem(&*key, copy(&value, depth + 1, vm)?, vm)?;
        }
        return Ok(plain.into_ref(&vm.ctx).into());
    }
    if let Some(set) = object.downcast_ref::<PySet>()
        && (class.is(types.set_type) || object.downcast_ref::<TrackedSet>().is_some())
    {
        let elements = vm.ctx.new_list(set.elements());
        return types.set_type.as_object().call((elements,), vm);
    }
    match object.downcast_ref::<PyTuple>() {
        Some(tuple) if class.is(types.tuple_type) => {
            Ok(vm.ctx.new_tuple(all(tuple.as_slice())?).into())
        }
        _ => Ok(object.to_owned()),
    }
}
