//! Python values as constants and expressions of a page: where the values of state fields end
//! (`crate::convert`), Vars and the Vars of f-strings begin.
//!
//! Not here: components, which are nodes (`component.rs`).

use ferroflex_page::expr::{Expr, ExprKind};
use ferroflex_state::{Dict, MAX_DEPTH, Value};
use rustpython_vm::{
    PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyDict, PyList, PyRange, PySet, PyStr, PyTuple},
};

use super::{component::Component, token, var::Var};
use crate::{convert::to_value, live::tracked::dict_key, serialize};

/// Any value that may stand where a prop, a child's text or an operand stands: a Var, a string
/// (with the Vars of an f-string), a number, a collection of such.
///
/// # Errors
/// `TypeError` for a class that has no counterpart in the browser.
pub(super) fn expression(object: &PyObject, vm: &VirtualMachine) -> PyResult<Expr> {
    expression_at(object, 0, vm)
}

/// A value without any Var in it.
///
/// # Errors
/// `TypeError` as [`expression`], and when a Var stands in it.
pub(super) fn constant(object: &PyObject, vm: &VirtualMachine) -> PyResult<Value> {
    match &*expression(object, vm)?.kind {
        ExprKind::Literal(value) => Ok(value.clone()),
        _ => Err(vm.new_type_error(
            "a Var has no value here; read it from `self` inside an event handler",
        )),
    }
}

fn expression_at(object: &PyObject, depth: usize, vm: &VirtualMachine) -> PyResult<Expr> {
    if depth > MAX_DEPTH {
        return Err(vm.new_value_error(format!(
            "a value is nested more than {MAX_DEPTH} deep, or holds itself"
        )));
    }
    if let Some(var) = object.downcast_ref::<Var>() {
        return Ok(var.expr.clone());
    }
    if let Some(string) = object.downcast_ref::<PyStr>() {
        return Ok(text(&string.to_string_lossy()));
    }
    if let Some(elements) = elements(object, vm)? {
        let parts = elements
            .iter()
            .map(|element| expression_at(element, depth + 1, vm));
        return Ok(list(parts.collect::<PyResult<_>>()?));
    }
    if let Some(dict) = object.downcast_ref::<PyDict>() {
        return dictionary(dict.items_vec(), depth, vm);
    }
    if object.downcast_ref::<Component>().is_some() {
        return Err(vm.new_type_error("a component cannot stand inside a value"));
    }
    if let Some(plain) = serialize::stand_in(object, vm)? {
        return expression_at(&plain, depth + 1, vm);
    }
    if object.is_callable() {
        let class = object.class().name().to_string();
        let article = if class.starts_with(['A', 'E', 'I', 'O', 'U']) {
            "an"
        } else {
            "a"
        };
        return Err(vm.new_type_error(format!(
            "{article} {class} is no value; was it to be called?"
        )));
    }
    to_value(object, vm).map(|converted| Expr::literal(converted.value))
}

/// A string, taken apart where it holds the Vars of an f-string.
fn text(text: &str) -> Expr {
    match token::decode(text) {
        Some(parts) => Expr::format(parts),
        None => Expr::text(text),
    }
}

fn elements(object: &PyObject, vm: &VirtualMachine) -> PyResult<Option<Vec<PyObjectRef>>> {
    if let Some(list) = object.downcast_ref::<PyList>() {
        return Ok(Some(list.borrow_vec().to_vec()));
    }
    if let Some(tuple) = object.downcast_ref::<PyTuple>() {
        return Ok(Some(tuple.as_slice().to_vec()));
    }
    if object.downcast_ref::<PyRange>().is_some() || object.downcast_ref::<PySet>().is_some() {
        return vm.extract_elements_with(object, Ok).map(Some);
    }
    Ok(None)
}

/// A list expression; a constant when all its parts are.
fn list(parts: Vec<Expr>) -> Expr {
    match parts.iter().map(|part| part.constant().cloned()).collect() {
        Some(values) => Expr::literal(Value::List(values)),
        None => Expr::list(parts),
    }
}

fn dictionary(
    items: Vec<(PyObjectRef, PyObjectRef)>,
    depth: usize,
    vm: &VirtualMachine,
) -> PyResult<Expr> {
    let mut entries = Vec::with_capacity(items.len());
    for (key, value) in items {
        entries.push((dict_key(&key, vm)?, expression_at(&value, depth + 1, vm)?));
    }
    let constants: Option<Dict> = entries
        .iter()
        .map(|(key, part)| Some((key.clone(), part.constant()?.clone())))
        .collect();
    if let Some(values) = constants {
        return Ok(Expr::literal(Value::Dict(values)));
    }
    let named = entries
        .into_iter()
        .map(|(key, part)| (key.name().into_owned(), part));
    Ok(Expr::dict(named.collect()))
}
