//! The exceptions that the native binding raises beside Python's own.
//!
//! They carry Reflex's names, because apps catch some of them; `reflex.utils.exceptions` shows
//! them. Not here: the texts, which stand where the mistake is found.

use std::sync::OnceLock;

use ferroflex_page::PageError;
use rustpython_vm::{
    VirtualMachine,
    builtins::{PyBaseExceptionRef, PyTypeRef},
};

/// `VarTypeError`: a Var was used where Python needs a value at once.
pub(crate) fn var_type_error_class(vm: &VirtualMachine) -> PyTypeRef {
    static CLASS: OnceLock<PyTypeRef> = OnceLock::new();
    let base = vm.ctx.exceptions.type_error;
    exception_class(&CLASS, "VarTypeError", base.to_owned(), vm)
}

/// `VarAttributeError`: a Var's value has no such field.
pub(crate) fn var_attribute_error_class(vm: &VirtualMachine) -> PyTypeRef {
    static CLASS: OnceLock<PyTypeRef> = OnceLock::new();
    let base = vm.ctx.exceptions.attribute_error;
    exception_class(&CLASS, "VarAttributeError", base.to_owned(), vm)
}

/// `ForeachVarError`: `rx.foreach` over something that is no collection.
pub(crate) fn foreach_error_class(vm: &VirtualMachine) -> PyTypeRef {
    static CLASS: OnceLock<PyTypeRef> = OnceLock::new();
    let base = vm.ctx.exceptions.type_error;
    exception_class(&CLASS, "ForeachVarError", base.to_owned(), vm)
}

fn exception_class(
    cell: &'static OnceLock<PyTypeRef>,
    name: &str,
    base: PyTypeRef,
    vm: &VirtualMachine,
) -> PyTypeRef {
    cell.get_or_init(|| {
        vm.ctx
            .new_exception_type("reflex.utils.exceptions", name, Some(vec![base]))
    })
    .clone()
}

/// A `VarTypeError` with this text.
pub(crate) fn var_type_error(
    message: impl Into<String>,
    vm: &VirtualMachine,
) -> PyBaseExceptionRef {
    let message: String = message.into();
    vm.new_exception_msg(var_type_error_class(vm), message.into())
}

/// What the page crate refused, as the exception that Python's own operators would raise.
pub(crate) fn page_error(error: &PageError, vm: &VirtualMachine) -> PyBaseExceptionRef {
    var_type_error(error.to_string(), vm)
}
