//! What the log says of a field's value: that it is not what the annotation says, and which field
//! holds what cannot be sent.
//!
//! Only what surely does not fit is told, once a field; the value is sent all the same, as Reflex
//! does. Not here: what handlers are given, which is refused where it does not fit (`arguments`).

use std::sync::{
    OnceLock,
    atomic::{AtomicBool, Ordering::Relaxed},
};

use ferroflex_page::types::Type;
use rustpython_vm::{
    AsObject, PyObject, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyDict, PyFloat, PyInt, PyList, PyStr},
};

use super::kept::Record;
use crate::ui;

/// What is known of a field's annotation.
#[derive(Debug, Default)]
pub(super) struct Expected {
    ty: OnceLock<Type>,
    is_told: AtomicBool,
}

impl Expected {
    /// Says, once, that a value that was assigned is of another kind than the annotation.
    pub(super) fn look_at(&self, record: &Record, value: &PyObject, vm: &VirtualMachine) {
        let Some(annotation) = record.annotation() else {
            return;
        };
        let ty = self
            .ty
            .get_or_init(|| ui::type_of(annotation, vm).unwrap_or(Type::Any));
        if fits(value, ty, vm) || self.is_told.swap(true, Relaxed) {
            return;
        }
        tracing::warn!(
            "{} is annotated as {ty} and was given a {}; assign what the annotation says, or change it",
            record.name(),
            value.class().name()
        );
    }
}

/// Whether a value may be of a type. Only scalars, lists and dictionaries are told apart; `None` is
/// often assigned to what is not annotated so.
fn fits(value: &PyObject, ty: &Type, vm: &VirtualMachine) -> bool {
    let is_bool = value.class().is(vm.ctx.types.bool_type);
    let is_number = value.downcast_ref::<PyInt>().is_some();
    let is_float = value.downcast_ref::<PyFloat>().is_some();
    let is_text = value.downcast_ref::<PyStr>().is_some();
    let is_list = value.downcast_ref::<PyList>().is_some();
    let is_dict = value.downcast_ref::<PyDict>().is_some();
    let is_plain = is_number || is_float || is_text || is_list || is_dict;
    match ty {
        _ if !is_plain => true,
        Type::None => false,
        Type::Bool => is_bool,
        Type::Int => is_number,
        Type::Float => is_number || is_float,
        Type::Str => is_text,
        Type::List(_) => is_list,
        Type::Dict(..) => is_dict,
        Type::Union(types) => types.iter().any(|ty| fits(value, ty, vm)),
        _ => true,
    }
}

/// The exception for a value that cannot be sent, with the name of the field that holds it. What
/// the author's own code raised stays as it is.
pub(super) fn with_field(
    raised: PyBaseExceptionRef,
    record: &Record,
    vm: &VirtualMachine,
) -> PyBaseExceptionRef {
    let is_ours = raised.traceback().is_none();
    let text = raised.as_object().str(vm).ok().filter(|_| is_ours);
    let Some(text) = text else { return raised };
    let message = format!("{}: {}", record.name(), text.to_string_lossy());
    vm.new_exception_msg(raised.class().to_owned(), message.into())
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, thread};

    use rustpython_vm::PyObjectRef;

    use super::*;
    use crate::interpreter::{self, STACK_BYTES};

    fn check(vm: &VirtualMachine) {
        let (none, yes) = (vm.ctx.none(), PyObjectRef::from(vm.ctx.new_bool(true)));
        let three: PyObjectRef = vm.ctx.new_int(3).into();
        let text: PyObjectRef = vm.ctx.new_str("text").into();
        let half: PyObjectRef = vm.ctx.new_float(0.5).into();
        let list: PyObjectRef = vm.ctx.new_list(Vec::new()).into();
        let dict: PyObjectRef = vm.ctx.new_dict().into();
        let optional = Type::Union(vec![Type::Int, Type::None].into());
        let numbers = Type::List(Arc::new(Type::Int));
        let by_name = Type::Dict(Arc::new(Type::Str), Arc::new(Type::Int));
        for (value, ty, expected) in [
            (&three, Type::Int, true),
            (&yes, Type::Int, true),
            (&three, Type::Float, true),
            (&none, Type::Int, true),
            (&text, Type::DateTime, true),
            (&text, Type::Any, true),
            (&three, optional.clone(), true),
            (&list, numbers.clone(), true),
            (&dict, by_name.clone(), true),
            (&text, Type::Int, false),
            (&three, Type::Str, false),
            (&half, Type::Int, false),
            (&three, Type::Bool, false),
            (&text, optional, false),
            (&dict, numbers, false),
            (&list, by_name, false),
        ] {
            assert_eq!(fits(value, &ty, vm), expected, "{value:?} as {ty}");
        }
    }

    #[test]
    fn only_what_surely_does_not_fit_is_told_apart() {
        let thread = thread::Builder::new().stack_size(STACK_BYTES).spawn(|| {
            let _alone = interpreter::alone();
            interpreter::build(&[]).enter(check);
        });
        thread.unwrap().join().unwrap();
    }
}
