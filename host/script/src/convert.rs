//! Python values as values of the state engine, and back.
//!
//! Not here: tracking (`live`), and what the arguments of a handler must be (`arguments`).

use ferroflex_state::{Dict, DictKey, MAX_DEPTH, TextKind, Value};
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine,
    builtins::{
        PyBytes, PyDict, PyFloat, PyFrozenSet, PyFunction, PyInt, PyList, PyModule, PySet, PyStr,
        PyTuple, PyType,
    },
};

use crate::{
    live::tracked::{TrackedDict, TrackedList, TrackedSet, dict_key},
    serialize,
};

/// A converted value.
#[derive(Debug)]
pub(crate) struct Converted {
    /// The value.
    pub(crate) value: Value,
    /// Whether it holds an object that can change without a hook seeing it.
    pub(crate) untracked: bool,
}

/// The value of a Python object. An error names what cannot be sent to a browser.
pub(crate) fn to_value(object: &PyObject, vm: &VirtualMachine) -> PyResult<Converted> {
    let mut walk = Walk {
        vm,
        untracked: false,
    };
    let value = walk.value(object, 0)?;
    Ok(Converted {
        value,
        untracked: walk.untracked,
    })
}

/// Whether an object can never change: then it can be kept, compared and shared.
pub(crate) fn is_settled(object: &PyObject, vm: &VirtualMachine) -> bool {
    if is_plain_scalar(object, vm) || object.downcast_ref::<PyBytes>().is_some() {
        return true;
    }
    if let Some(tuple) = object.downcast_ref::<PyTuple>() {
        return tuple
            .as_slice()
            .iter()
            .all(|element| is_settled(element, vm));
    }
    if object.downcast_ref::<PyList>().is_some() || object.downcast_ref::<PyDict>().is_some() {
        return false;
    }
    text_kind(object, vm).is_some() || is_enum(object)
}

fn is_plain_scalar(object: &PyObject, vm: &VirtualMachine) -> bool {
    let class = object.class();
    let types = &vm.ctx.types;
    vm.is_none(object)
        || class.is(types.str_type)
        || class.is(types.int_type)
        || class.is(types.float_type)
        || class.is(types.bool_type)
}

/// A deep copy of lists, dictionaries and sets of scalars; none for anything else.
pub(crate) fn copy_plain(object: &PyObject, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    if is_settled(object, vm) {
        return Ok(Some(object.to_owned()));
    }
    if let Some(list) = object.downcast_ref_if_exact::<PyList>(vm) {
        let elements = list.borrow_vec().to_vec();
        let copies: Option<Vec<_>> = elements
            .iter()
            .map(|element| copy_plain(element, vm))
            .collect::<PyResult<_>>()?;
        return Ok(copies.map(|copies| vm.ctx.new_list(copies).into()));
    }
    if let Some(dict) = object.downcast_ref_if_exact::<PyDict>(vm) {
        let copy = PyDict::default();
        for (key, value) in dict.items_vec() {
            let Some(value) = copy_plain(&value, vm)? else {
                return Ok(None);
            };
            copy.inner_setitem(&*key, value, vm)?;
        }
        return Ok(Some(copy.into_ref(&vm.ctx).into()));
    }
    Ok(None)
}

/// Whether two objects that never change are the same value of the same type.
pub(crate) fn same_scalar(a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> bool {
    if a.is(b) {
        return true;
    }
    if !a.class().is(b.class()) || !is_settled(a, vm) {
        return false;
    }
    if let (Some(a), Some(b)) = (a.downcast_ref::<PyStr>(), b.downcast_ref::<PyStr>()) {
        return a.as_wtf8() == b.as_wtf8();
    }
    if let (Some(a), Some(b)) = (a.downcast_ref::<PyInt>(), b.downcast_ref::<PyInt>()) {
        return a.as_bigint() == b.as_bigint();
    }
    match (to_value(a, vm), to_value(b, vm)) {
        (Ok(a), Ok(b)) => a.value == b.value,
        _ => false,
    }
}

struct Walk<'a> {
    vm: &'a VirtualMachine,
    untracked: bool,
}

impl Walk<'_> {
    fn value(&mut self, object: &PyObject, depth: usize) -> PyResult<Value> {
        if depth > MAX_DEPTH {
            return Err(self.vm.new_value_error(format!(
                "a value is nested more than {MAX_DEPTH} deep, or holds itself"
            )));
        }
        if let Some(value) = self.scalar(object) {
            return Ok(value);
        }
        if let Some(value) = self.container(object, depth)? {
            return Ok(value);
        }
        self.other(object, depth)
    }

    fn scalar(&self, object: &PyObject) -> Option<Value> {
        let vm = self.vm;
        if let Some(text) = object.downcast_ref::<PyStr>() {
            return Some(Value::Str(text.to_string_lossy().into_owned()));
        }
        if vm.is_none(object) {
            return Some(Value::None);
        }
        if object.class().is(vm.ctx.types.bool_type) {
            return Some(Value::Bool(object.is(&vm.ctx.true_value)));
        }
        if is_enum(object) {
            return None;
        }
        if let Some(number) = object.downcast_ref::<PyInt>() {
            return Some(integer(number));
        }
        if let Some(number) = object.downcast_ref::<PyFloat>() {
            return Some(Value::Float(number.to_f64()));
        }
        object
            .downcast_ref::<PyBytes>()
            .map(|bytes| Value::Bytes(bytes.as_bytes().to_vec()))
    }

    fn container(&mut self, object: &PyObject, depth: usize) -> PyResult<Option<Value>> {
        let vm = self.vm;
        if let Some(list) = object.downcast_ref::<PyList>() {
            self.untracked |= !is_exact_or::<TrackedList>(object, vm.ctx.types.list_type);
            // A copy: converting an element may run Python, which may change the list.
            let elements: Vec<PyObjectRef> = list.borrow_vec().iter().cloned().collect();
            return self.all(&elements, depth).map(|v| Some(Value::List(v)));
        }
        if let Some(dict) = object.downcast_ref::<PyDict>() {
            self.untracked |= !is_exact_or::<TrackedDict>(object, vm.ctx.types.dict_type);
            return self
                .entries(dict.items_vec(), depth)
                .map(|d| Some(Value::Dict(d)));
        }
        if let Some(tuple) = object.downcast_ref::<PyTuple>() {
            self.untracked |= !is_settled(object, vm);
            return self
                .all(tuple.as_slice(), depth)
                .map(|v| Some(Value::Tuple(v)));
        }
        if let Some(set) = object.downcast_ref::<PySet>() {
            self.untracked |= !is_exact_or::<TrackedSet>(object, vm.ctx.types.set_type);
            return self
                .all(&set.elements(), depth)
                .map(|v| Some(Value::Set(v)));
        }
        if let Some(set) = object.downcast_ref::<PyFrozenSet>() {
            return self
                .all(&set.elements(), depth)
                .map(|v| Some(Value::Set(v)));
        }
        Ok(None)
    }

    fn other(&mut self, object: &PyObject, depth: usize) -> PyResult<Value> {
        let vm = self.vm;
        if let Some(plain) = serialize::stand_in(object, vm)? {
            self.untracked |= !is_settled(object, vm);
            return self.value(&plain, depth + 1);
        }
        if let Some(kind) = text_kind(object, vm) {
            let text = object.str(vm)?.to_string_lossy().into_owned();
            return Ok(Value::Text { kind, text });
        }
        let class = class_name(object, vm);
        if is_enum(object) {
            let value = Box::new(self.value(&*object.get_attr("value", vm)?, depth + 1)?);
            return Ok(Value::Enum { class, value });
        }
        self.untracked = true;
        let Some(fields) = object_fields(object, vm)? else {
            return Err(vm.new_type_error(format!(
                "a {} cannot be sent to the browser; keep it in a backend var (`_name`) or turn it \
                 into a dict",
                object.class().name()
            )));
        };
        Ok(Value::Object {
            class,
            fields: self.entries(fields, depth)?,
        })
    }

    fn all(&mut self, elements: &[PyObjectRef], depth: usize) -> PyResult<Vec<Value>> {
        elements
            .iter()
            .map(|element| self.value(element, depth + 1))
            .collect()
    }

    fn entries(
        &mut self,
        entries: Vec<(PyObjectRef, PyObjectRef)>,
        depth: usize,
    ) -> PyResult<Dict> {
        entries
            .into_iter()
            .map(|(key, value)| Ok((dict_key(&key, self.vm)?, self.value(&value, depth + 1)?)))
            .collect()
    }
}

fn is_exact_or<T: PyPayload>(
    object: &PyObject,
    base: &rustpython_vm::Py<rustpython_vm::builtins::PyType>,
) -> bool {
    object.class().is(base) || object.downcast_ref::<T>().is_some()
}

fn integer(number: &PyInt) -> Value {
    let big = number.as_bigint();
    big.to_i64().map_or_else(
        || {
            big.to_string()
                .parse::<BigInt>()
                .map_or(Value::None, Value::BigInt)
        },
        Value::Int,
    )
}

/// Whether an object is a member of an enumeration.
pub(crate) fn is_enum(object: &PyObject) -> bool {
    let meta = object.class().as_object().class();
    matches!(&*meta.name(), "EnumType" | "EnumMeta")
}

/// What kind of text stands for an object of the standard library that never changes.
fn text_kind(object: &PyObject, vm: &VirtualMachine) -> Option<TextKind> {
    let class = object.class();
    let name = class.name();
    let kind = match &*name {
        "datetime" => TextKind::DateTime,
        "date" => TextKind::Date,
        "time" => TextKind::Time,
        "timedelta" => TextKind::TimeDelta,
        "Decimal" => TextKind::Decimal,
        "UUID" => TextKind::Uuid,
        _ => return None,
    };
    let module = class
        .get_attr(vm.ctx.intern_str("__module__"))?
        .str(vm)
        .ok()?;
    let module = module.to_string_lossy();
    matches!(
        &*module,
        "datetime" | "decimal" | "_pydecimal" | "_decimal" | "uuid"
    )
    .then_some(kind)
}

fn class_name(object: &PyObject, vm: &VirtualMachine) -> String {
    let class = object.class().as_object();
    let part = |name: &'static str| {
        class
            .get_attr(name, vm)
            .and_then(|part| part.str(vm))
            .map(|part| part.to_string_lossy().into_owned())
            .unwrap_or_default()
    };
    format!("{}:{}", part("__module__"), part("__qualname__"))
}

/// The public fields of a dataclass, a model or a plain object; none for what has no fields, such
/// as a function or an open file.
fn object_fields(
    object: &PyObject,
    vm: &VirtualMachine,
) -> PyResult<Option<Vec<(PyObjectRef, PyObjectRef)>>> {
    let class = object.class();
    for declared in ["__dataclass_fields__", "model_fields"] {
        let Some(fields) = class.get_attr(vm.ctx.intern_str(declared)) else {
            continue;
        };
        let names: Vec<PyObjectRef> = fields.try_to_value(vm)?;
        let read = |name: PyObjectRef| {
            let text = name.str(vm)?;
            Ok((name, object.get_attr(&text, vm)?))
        };
        return names
            .into_iter()
            .map(read)
            .collect::<PyResult<_>>()
            .map(Some);
    }
    let is_instance = object.dict().filter(|_| !is_code(object));
    Ok(is_instance.map(|dict| {
        let public = |(key, _): &(PyObjectRef, PyObjectRef)| {
            key.downcast_ref::<PyStr>()
                .is_some_and(|key| !key.as_bytes().starts_with(b"_"))
        };
        dict.items_vec().into_iter().filter(public).collect()
    }))
}

/// Whether an object is a class, a function or a module: what has attributes, but no fields that
/// would stand for it.
fn is_code(object: &PyObject) -> bool {
    object.downcast_ref::<PyType>().is_some()
        || object.downcast_ref::<PyFunction>().is_some()
        || object.downcast_ref::<PyModule>().is_some()
}

/// A Python object of a value from the wire: of scalars, lists and dictionaries.
pub(crate) fn from_value(value: &Value, vm: &VirtualMachine) -> PyResult {
    Ok(match value {
        Value::Bool(value) => vm.ctx.new_bool(*value).into(),
        Value::Int(value) => vm.ctx.new_int(*value).into(),
        Value::BigInt(value) => {
            let text: PyObjectRef = vm.ctx.new_str(value.to_string()).into();
            vm.ctx.types.int_type.as_object().call((text,), vm)?
        }
        Value::Float(value) => vm.ctx.new_float(*value).into(),
        Value::Str(text) | Value::Text { text, .. } => vm.ctx.new_str(text.as_str()).into(),
        Value::Bytes(bytes) => vm.ctx.new_bytes(bytes.clone()).into(),
        Value::List(elements) | Value::Tuple(elements) | Value::Set(elements) => {
            let elements = elements.iter().map(|element| from_value(element, vm));
            vm.ctx.new_list(elements.collect::<PyResult<_>>()?).into()
        }
        Value::Dict(entries)
        | Value::Object {
            fields: entries, ..
        } => {
            let dict = vm.ctx.new_dict();
            for (key, value) in entries {
                dict.set_item(&*DictKey::name(key), from_value(value, vm)?, vm)?;
            }
            dict.into()
        }
        Value::Enum { value, .. } => from_value(value, vm)?,
        Value::None => vm.ctx.none(),
    })
}
