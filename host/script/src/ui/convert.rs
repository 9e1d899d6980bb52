//! Python values as constants and expressions of a page.
//!
//! Not here: the values of state fields, which the state binding reads for snapshots, and
//! components, which are nodes (`child.rs`).

use ferroflex_page::expr::{Expr, ExprKind};
use ferroflex_state::{Dict, DictKey, TextKind, Value};
use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyBytes, PyDict, PyFloat, PyInt, PyList, PyRange, PySet, PyStr, PyTuple},
};

use super::{token, var::Var};

/// How deep a constant may nest: a list that holds itself must end in an error.
const DEPTH_MAX: usize = 64;

/// Any value that may stand where a prop, a child's text or an operand stands: a Var, a string
/// (with the Vars of an f-string), a number, a collection of such.
///
/// # Errors
/// `TypeError` for a class that has no counterpart in the browser.
pub fn expression(object: &PyObject, vm: &VirtualMachine) -> PyResult<Expr> {
    expression_at(object, 0, vm)
}

/// A value without any Var in it.
///
/// # Errors
/// `TypeError` as [`expression`], and when a Var stands in it.
pub fn constant(object: &PyObject, vm: &VirtualMachine) -> PyResult<Value> {
    match &*expression(object, vm)?.kind {
        ExprKind::Literal(value) => Ok(value.clone()),
        _ => Err(vm.new_type_error(
            "a Var has no value here; read it from `self` inside an event handler",
        )),
    }
}

/// A string, taken apart where it holds the Vars of an f-string.
pub(crate) fn text(text: &str) -> Expr {
    match token::decode(text) {
        Some(parts) => Expr::format(parts),
        None => Expr::text(text),
    }
}

fn expression_at(object: &PyObject, depth: usize, vm: &VirtualMachine) -> PyResult<Expr> {
    if depth > DEPTH_MAX {
        return Err(vm.new_value_error(format!("a value nests deeper than {DEPTH_MAX} levels")));
    }
    if let Some(var) = object.downcast_ref::<Var>() {
        return Ok(var.expr.clone());
    }
    if let Some(string) = object.downcast_ref::<PyStr>()
        && !is_enum(object, vm)?
    {
        return Ok(text(&string.to_string_lossy()));
    }
    if let Some(elements) = elements(object, vm)? {
        let parts = elements
            .iter()
            .map(|element| expression_at(element, depth + 1, vm))
            .collect::<PyResult<Vec<Expr>>>()?;
        return Ok(list(parts));
    }
    if let Some(dict) = object.downcast_ref::<PyDict>() {
        return dictionary(dict.items_vec(), depth, vm);
    }
    if let Some(value) = scalar(object, vm)? {
        return Ok(Expr::literal(value));
    }
    other(object, depth, vm)
}

fn scalar(object: &PyObject, vm: &VirtualMachine) -> PyResult<Option<Value>> {
    if vm.is_none(object) {
        return Ok(Some(Value::None));
    }
    if object.class().is(vm.ctx.types.bool_type) {
        return Ok(Some(Value::Bool(object.is(&vm.ctx.true_value))));
    }
    if is_enum(object, vm)? {
        return Ok(None);
    }
    if let Some(integer) = object.downcast_ref::<PyInt>() {
        return Ok(whole_number(integer));
    }
    if let Some(float) = object.downcast_ref::<PyFloat>() {
        return Ok(Some(Value::Float(float.to_f64())));
    }
    if let Some(bytes) = object.downcast_ref::<PyBytes>() {
        return Ok(Some(Value::Bytes(bytes.as_bytes().to_vec())));
    }
    Ok(None)
}

fn whole_number(integer: &PyInt) -> Option<Value> {
    match i64::try_from(integer.as_bigint()) {
        Ok(number) => Some(Value::Int(number)),
        Err(_) => integer.as_bigint().to_string().parse().ok().map(Value::BigInt),
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
pub(crate) fn list(parts: Vec<Expr>) -> Expr {
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
    Ok(match constants {
        Some(values) => Expr::literal(Value::Dict(values)),
        None => {
            Expr::dict(entries.into_iter().map(|(key, part)| (key_name(key), part)).collect())
        }
    })
}

fn dict_key(key: &PyObject, vm: &VirtualMachine) -> PyResult<DictKey> {
    Ok(match scalar(key, vm)? {
        Some(Value::None) => DictKey::None,
        Some(Value::Bool(truth)) => DictKey::Bool(truth),
        Some(Value::Int(number)) => DictKey::Int(number),
        _ if key.downcast_ref::<PyStr>().is_some() && !is_enum(key, vm)? => {
            DictKey::Str(key.str(vm)?.to_string_lossy().into_owned())
        }
        _ if is_enum(key, vm)? => return dict_key(&*key.get_attr("value", vm)?, vm),
        _ => DictKey::Other(key.str(vm)?.to_string_lossy().into_owned()),
    })
}

fn key_name(key: DictKey) -> String {
    match key {
        DictKey::Str(text) | DictKey::Other(text) => text,
        DictKey::Int(number) => number.to_string(),
        DictKey::Bool(truth) => truth.to_string(),
        DictKey::None => "null".to_owned(),
    }
}

fn is_enum(object: &PyObject, vm: &VirtualMachine) -> PyResult<bool> {
    // Every enumeration's class has this table and nothing else is likely to.
    if object.class().slots().flags.has_feature(rustpython_vm::types::PyTypeFlags::HEAPTYPE) {
        let class = object.class().as_object();
        return Ok(vm.get_attribute_opt(class, vm.ctx.intern_str("_member_map_"))?.is_some());
    }
    Ok(false)
}

/// Enumerations, dates, decimals, objects with fields.
fn other(object: &PyObject, depth: usize, vm: &VirtualMachine) -> PyResult<Expr> {
    if is_enum(object, vm)? {
        return expression_at(&*object.get_attr("value", vm)?, depth + 1, vm);
    }
    if let Some(kind) = text_kind(object, vm) {
        let method = if matches!(kind, TextKind::DateTime | TextKind::Date | TextKind::Time) {
            vm.call_method(object, "isoformat", ())?
        } else {
            object.str(vm)?.into()
        };
        let text = method.str(vm)?.to_string_lossy().into_owned();
        return Ok(Expr::literal(Value::Text { kind, text }));
    }
    if let Some(fields) = declared_fields(object, vm)? {
        let mut items = Vec::with_capacity(fields.len());
        for name in fields {
            let value = object.get_attr(&*name.str(vm)?, vm)?;
            items.push((name, value));
        }
        return dictionary(items, depth, vm);
    }
    Err(vm.new_type_error(format!(
        "a value of class {} cannot be shown in a page",
        object.class().name()
    )))
}

fn text_kind(object: &PyObject, vm: &VirtualMachine) -> Option<TextKind> {
    object.class().iter_base_chain().find_map(|class| {
        let module = class.__module__(vm).ok()?;
        let module = module.downcast_ref::<PyStr>()?.to_string_lossy();
        match (&*module, &*class.name()) {
            ("datetime" | "_datetime" | "_pydatetime", "datetime") => Some(TextKind::DateTime),
            ("datetime" | "_datetime" | "_pydatetime", "date") => Some(TextKind::Date),
            ("datetime" | "_datetime" | "_pydatetime", "time") => Some(TextKind::Time),
            ("datetime" | "_datetime" | "_pydatetime", "timedelta") => Some(TextKind::TimeDelta),
            ("decimal" | "_decimal" | "_pydecimal", "Decimal") => Some(TextKind::Decimal),
            ("uuid", "UUID") => Some(TextKind::Uuid),
            _ => None,
        }
    })
}

/// The field names of a dataclass or of a model that declares them.
fn declared_fields(
    object: &PyObject,
    vm: &VirtualMachine,
) -> PyResult<Option<Vec<PyObjectRef>>> {
    for table in ["__dataclass_fields__", "model_fields", "__fields__"] {
        let class = object.class().as_object();
        let Some(fields) = vm.get_attribute_opt(class, vm.ctx.intern_str(table))? else {
            continue;
        };
        if let Some(fields) = fields.downcast_ref::<PyDict>() {
            return Ok(Some(fields.keys_vec()));
        }
    }
    Ok(None)
}
