//! `rx.RestProp`: the props that a memo's function does not name, given on as if it were a child.
//!
//! Not here: how a memo is called (`reflex.components.memo`).

use rustpython_vm::{
    PyObject, PyResult, VirtualMachine,
    builtins::{PyDict, PyStr},
    function::FuncArgs,
};

/// The arguments with the props of every `RestProp` among the children put among the props, where
/// those that were written out win.
///
/// # Errors
/// Whatever reading the props raises.
pub(super) fn spread(mut args: FuncArgs, vm: &VirtualMachine) -> PyResult<FuncArgs> {
    if !args.args.iter().any(|child| is_rest(child)) {
        return Ok(args);
    }
    let (rest, children) = args.args.into_iter().partition(|child| is_rest(child));
    args.args = children;
    let rest: Vec<_> = rest;
    for props in rest.iter().filter_map(|rest| rest.downcast_ref::<PyDict>()) {
        for (name, value) in props.items_vec() {
            let name = name
                .downcast_ref::<PyStr>()
                .map(|name| name.as_wtf8().to_owned());
            let Some(name) = name else {
                return Err(vm.new_type_error("the name of a prop must be a string"));
            };
            args.kwargs.entry(name).or_insert(value);
        }
    }
    Ok(args)
}

/// Whether it is a `RestProp`, which is a dictionary by another name.
fn is_rest(object: &PyObject) -> bool {
    object.downcast_ref::<PyDict>().is_some() && &*object.class().name() == "RestProp"
}
