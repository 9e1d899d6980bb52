//! A Python object as a value to be stored, with everything that it takes to make the same again.
//!
//! Unlike what the browser is sent (`convert`), private attributes belong to it, and a subclass is
//! another thing than its base. What the values of the state engine have no form for is a
//! [`Value::Enum`] whose class is one of the marks here, which contain no colon as the names of
//! classes do. Nothing is pickled: no code of an object's own decides what is stored.

use std::collections::HashMap;

use ferroflex_state::{Dict, DictKey, MAX_DEPTH, Value};
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine,
    builtins::{
        PyBaseExceptionRef, PyBaseObject, PyBytes, PyDict, PyFloat, PyFrozenSet, PyFunction, PyInt,
        PyList, PySet, PyStr, PyTuple, PyType,
    },
};

use super::class;
use crate::{
    convert::{is_enum, to_value},
    failure::message,
    live::tracked::{TrackedDict, TrackedList, TrackedSet, dict_key},
};

/// Mark: a frozen set, as a list.
pub(super) const FROZEN_SET: &str = "frozenset";
/// Mark: a dictionary with keys that the state engine has no form for, as a list of pairs.
pub(super) const ENTRIES: &str = "entries";
/// Mark: a class or function, by its name.
pub(super) const NAMED: &str = "named";
/// Mark: an object of a class derived from a built-in one: the class's name, the value that it is
/// for the built-in one, and its attributes.
pub(super) const DERIVED: &str = "derived";
/// Mark: a string that is no valid Unicode, as bytes.
pub(super) const SURROGATES: &str = "surrogates";

/// How such strings become bytes.
pub(super) const SURROGATES_CODING: (&str, &str) = ("utf-8", "surrogatepass");

/// A value to be stored.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) value: Value,
    /// Whether it can change without a hook seeing it.
    pub(super) unhooked: bool,
}

/// Writes an object.
///
/// # Errors
/// What in it cannot be kept, in a few words.
pub(super) fn write(object: &PyObject, vm: &VirtualMachine) -> Result<Written, String> {
    let mut writer = Writer {
        vm,
        unhooked: false,
        names: HashMap::new(),
    };
    let value = writer.value(object, 0)?;
    Ok(Written {
        value,
        unhooked: writer.unhooked,
    })
}

struct Writer<'a> {
    vm: &'a VirtualMachine,
    unhooked: bool,
    /// The names of the classes met so far, by their identity.
    names: HashMap<usize, Option<String>>,
}

impl Writer<'_> {
    fn value(&mut self, object: &PyObject, depth: usize) -> Result<Value, String> {
        if depth > MAX_DEPTH {
            return Err(format!("it is more than {MAX_DEPTH} deep, or holds itself"));
        }
        if self.is_scalar(object) {
            let converted = to_value(object, self.vm);
            return converted
                .map(|converted| converted.value)
                .map_err(|raised| self.raised(&raised));
        }
        match self.container(object, depth)? {
            Some(value) => Ok(value),
            None => self.other(object, depth),
        }
    }

    fn is_scalar(&self, object: &PyObject) -> bool {
        let (class, types) = (object.class(), &self.vm.ctx.types);
        if let Some(text) = object.downcast_ref::<PyStr>() {
            return class.is(types.str_type) && text.to_str().is_some();
        }
        let scalars = [types.int_type, types.float_type, types.bool_type];
        self.vm.is_none(object)
            || class.is(types.bytes_type)
            || scalars.into_iter().any(|scalar| class.is(scalar))
    }

    /// The built-in containers, tracked ones among them, but none of derived classes.
    fn container(&mut self, object: &PyObject, depth: usize) -> Result<Option<Value>, String> {
        let types = &self.vm.ctx.types;
        let is_exact = |class: &Py<PyType>| object.class().is(class);
        if let Some(list) = object.downcast_ref::<PyList>() {
            let is_tracked = object.downcast_ref::<TrackedList>().is_some();
            if !is_tracked && !is_exact(types.list_type) {
                return Ok(None);
            }
            self.unhooked |= !is_tracked;
            let elements = list.borrow_vec().to_vec();
            return self.all(&elements, depth).map(|all| Some(Value::List(all)));
        }
        if let Some(dict) = object.downcast_ref::<PyDict>() {
            let is_tracked = object.downcast_ref::<TrackedDict>().is_some();
            if !is_tracked && !is_exact(types.dict_type) {
                return Ok(None);
            }
            self.unhooked |= !is_tracked;
            return self.entries(dict.items_vec(), depth).map(Some);
        }
        if let Some(tuple) = object.downcast_ref::<PyTuple>() {
            let is_it = is_exact(types.tuple_type);
            let all = is_it.then(|| self.all(tuple.as_slice(), depth));
            return Ok(all.transpose()?.map(Value::Tuple));
        }
        if let Some(set) = object.downcast_ref::<PySet>() {
            let is_tracked = object.downcast_ref::<TrackedSet>().is_some();
            if !is_tracked && !is_exact(types.set_type) {
                return Ok(None);
            }
            self.unhooked |= !is_tracked;
            return self
                .all(&set.elements(), depth)
                .map(|all| Some(Value::Set(all)));
        }
        match object.downcast_ref::<PyFrozenSet>() {
            Some(set) if is_exact(types.frozenset_type) => {
                let all = self.all(&set.elements(), depth)?;
                Ok(Some(marked(FROZEN_SET, Value::List(all))))
            }
            _ => Ok(None),
        }
    }

    fn all(&mut self, elements: &[PyObjectRef], depth: usize) -> Result<Vec<Value>, String> {
        let elements = elements.iter();
        elements
            .map(|element| self.value(element, depth + 1))
            .collect()
    }

    fn entries(
        &mut self,
        entries: Vec<(PyObjectRef, PyObjectRef)>,
        depth: usize,
    ) -> Result<Value, String> {
        let keys: Option<Vec<DictKey>> = entries.iter().map(|(key, _)| self.key(key)).collect();
        let Some(keys) = keys else {
            let pair = |(key, value): &(PyObjectRef, PyObjectRef)| {
                let pair = [key.clone(), value.clone()];
                self.all(&pair, depth + 1).map(Value::Tuple)
            };
            let pairs = entries.iter().map(pair).collect::<Result<_, _>>()?;
            return Ok(marked(ENTRIES, Value::List(pairs)));
        };
        let mut dict = Dict::with_capacity(entries.len());
        for (key, (_, value)) in keys.into_iter().zip(entries) {
            dict.insert(key, self.value(&value, depth + 1)?);
        }
        Ok(Value::Dict(dict))
    }

    /// The key that the state engine knows; none for one that it would know by its text alone.
    fn key(&self, key: &PyObject) -> Option<DictKey> {
        if !self.is_scalar(key) || key.downcast_ref::<PyFloat>().is_some() {
            return None;
        }
        let key = dict_key(key, self.vm).ok()?;
        (!matches!(key, DictKey::Other(_))).then_some(key)
    }

    fn other(&mut self, object: &PyObject, depth: usize) -> Result<Value, String> {
        if object.class().is(self.vm.ctx.types.str_type) {
            return self.surrogates(object);
        }
        let is_class = object.downcast_ref::<PyType>().is_some();
        if is_class || object.downcast_ref::<PyFunction>().is_some() {
            let name = class::name_of(object, self.vm);
            let name = name.ok_or_else(|| self.nameless(object))?;
            return Ok(marked(NAMED, Value::Str(name)));
        }
        let class = self.class_of(object)?;
        if is_enum(object) {
            return self.member(object, class, depth);
        }
        let arguments = class::arguments(object, &class, self.vm);
        match arguments.map_err(|raised| self.raised(&raised))? {
            Some(arguments) => self.called(class, &arguments, depth),
            None => self.instance(object, class, depth),
        }
    }

    /// An object that is made again by calling its class.
    fn called(
        &mut self,
        class: String,
        arguments: &[PyObjectRef],
        depth: usize,
    ) -> Result<Value, String> {
        self.unhooked |= !class::is_fixed(&class);
        // The containers that it is made of are copies, and nobody else has them.
        let unhooked = self.unhooked;
        let value = Box::new(Value::Tuple(self.all(arguments, depth)?));
        self.unhooked = unhooked;
        Ok(Value::Enum { class, value })
    }

    /// An object of a class of the app's own.
    fn instance(
        &mut self,
        object: &PyObject,
        class: String,
        depth: usize,
    ) -> Result<Value, String> {
        self.unhooked = true;
        if let Some(base) = self.as_base(object) {
            let base = base.map_err(|raised| self.raised(&raised))?;
            let parts = vec![
                Value::Str(class),
                self.value(&base, depth + 1)?,
                Value::Dict(self.attributes(object, depth)?),
            ];
            return Ok(marked(DERIVED, Value::Tuple(parts)));
        }
        if object.downcast_ref::<PyBaseObject>().is_none() {
            return Err(formless(&class));
        }
        let fields = self.attributes(object, depth)?;
        Ok(Value::Object { class, fields })
    }

    fn surrogates(&self, text: &PyObject) -> Result<Value, String> {
        let bytes = self.vm.call_method(text, "encode", SURROGATES_CODING);
        let bytes = bytes.and_then(|bytes| to_value(&bytes, self.vm));
        let bytes = bytes.map_err(|raised| self.raised(&raised))?;
        Ok(marked(SURROGATES, bytes.value))
    }

    /// A member of an enumeration by its name, or by its value where it is a combination of flags.
    fn member(&mut self, object: &PyObject, class: String, depth: usize) -> Result<Value, String> {
        let vm = self.vm;
        let attribute = |name: &'static str| object.get_attr(name, vm);
        let name = attribute("_name_").map_err(|raised| self.raised(&raised))?;
        let members = object.class().get_attr(vm.ctx.intern_str("_member_map_"));
        let is_named = members.as_ref().is_some_and(|members| {
            let member = members.get_item(&*name, vm);
            member.is_ok_and(|member| member.is(object))
        });
        let value = if is_named {
            self.value(&name, depth + 1)?
        } else {
            let value = attribute("_value_").map_err(|raised| self.raised(&raised))?;
            Value::Tuple(vec![self.value(&value, depth + 1)?])
        };
        Ok(Value::Enum {
            class,
            value: Box::new(value),
        })
    }

    /// The built-in value that an object of a derived class is; none where its class is derived
    /// from none, or from one whose objects are more than that value.
    fn as_base(&self, object: &PyObject) -> Option<PyResult> {
        let bases = object.class().mro_collect();
        let is_of_collections = |base: &Py<PyType>| {
            let module = base.get_attr(self.vm.ctx.intern_str("__module__"));
            let module = module.and_then(|module| module.str(self.vm).ok());
            module.is_some_and(|module| module.to_string_lossy() == "collections")
        };
        if bases.iter().any(|base| is_of_collections(base)) {
            return None;
        }
        let base = base_of(object, self.vm)?;
        // Called directly, an own `__iter__` or `__str__` would be asked.
        let ctx = &self.vm.ctx;
        Some(if let Some(list) = object.downcast_ref::<PyList>() {
            Ok(ctx.new_list(list.borrow_vec().to_vec()).into())
        } else if let Some(tuple) = object.downcast_ref::<PyTuple>() {
            Ok(ctx.new_tuple(tuple.as_slice().to_vec()).into())
        } else if let Some(dict) = object.downcast_ref::<PyDict>() {
            Ok(dict.copy().into_ref(ctx).into())
        } else if let Some(text) = object.downcast_ref::<PyStr>() {
            Ok(ctx.new_str(text.as_wtf8().to_owned()).into())
        } else if let Some(number) = object.downcast_ref::<PyInt>() {
            Ok(ctx.new_bigint(number.as_bigint()).into())
        } else if let Some(number) = object.downcast_ref::<PyFloat>() {
            Ok(ctx.new_float(number.to_f64()).into())
        } else if let Some(bytes) = object.downcast_ref::<PyBytes>() {
            Ok(ctx.new_bytes(bytes.as_bytes().to_vec()).into())
        } else {
            base.as_object().call((object.to_owned(),), self.vm)
        })
    }

    /// The instance attributes of an object: those of its dictionary and of its slots.
    fn attributes(&mut self, object: &PyObject, depth: usize) -> Result<Dict, String> {
        let mut fields = Dict::new();
        for (name, value) in object
            .dict()
            .map(|dict| dict.items_vec())
            .unwrap_or_default()
        {
            let name = name.downcast_ref::<PyStr>().and_then(|name| name.to_str());
            let name = name
                .ok_or("it has an attribute whose name is no text")?
                .to_owned();
            let written = self.value(&value, depth + 1);
            let written = written.map_err(|what| format!("{what} (its {name})"))?;
            fields.insert(DictKey::Str(name), written);
        }
        for name in slots(object.class()) {
            // A slot that was never assigned raises, and is left so.
            if let Ok(value) = object.get_attr(&*self.vm.ctx.new_str(&*name), self.vm) {
                let written = self.value(&value, depth + 1);
                let written = written.map_err(|what| format!("{what} (its {name})"))?;
                fields.insert(DictKey::Str(name), written);
            }
        }
        Ok(fields)
    }

    fn class_of(&mut self, object: &PyObject) -> Result<String, String> {
        let class = object.class().as_object();
        let (vm, identity) = (self.vm, class.get_id());
        let name = self.names.entry(identity);
        let name = name.or_insert_with(|| class::name_of(class, vm)).clone();
        name.ok_or_else(|| match object.downcast_ref::<PyBaseObject>() {
            Some(_) => self.nameless(class),
            None => formless(&object.class().name()),
        })
    }

    fn nameless(&self, thing: &PyObject) -> String {
        let name = thing.get_attr("__qualname__", self.vm);
        let name = name.and_then(|name| name.str(self.vm));
        let name = name.map_or_else(
            |_| String::new(),
            |name| name.to_string_lossy().into_owned(),
        );
        format!("{name} cannot be found again by its name; define it at the top of a module")
    }

    fn raised(&self, raised: &PyBaseExceptionRef) -> String {
        message(raised, self.vm)
    }
}

fn formless(class: &str) -> String {
    format!("a {class} has no form in which it could be")
}

fn marked(mark: &str, value: Value) -> Value {
    Value::Enum {
        class: mark.to_owned(),
        value: Box::new(value),
    }
}

/// The built-in class from which the class of an object is derived.
pub(super) fn base_of<'a>(object: &PyObject, vm: &'a VirtualMachine) -> Option<&'a Py<PyType>> {
    let types = &vm.ctx.types;
    let bases = [
        types.str_type,
        types.int_type,
        types.float_type,
        types.bytes_type,
        types.tuple_type,
        types.frozenset_type,
        types.list_type,
        types.dict_type,
        types.set_type,
    ];
    bases.into_iter().find(|base| object.fast_isinstance(base))
}

/// The slots that a class and its bases declare, as attributes are called.
fn slots(class: &Py<PyType>) -> Vec<String> {
    let bases = class.mro_collect();
    let declared = bases.iter().filter_map(|base| {
        let slots = base.heaptype_ext.as_ref()?.slots.as_ref()?;
        let names = slots.iter().map(|name| name.to_string_lossy());
        let names = names.filter(|name| !["__dict__", "__weakref__"].contains(&&**name));
        Some(
            names
                .map(|name| mangled(&base.name(), &name))
                .collect::<Vec<_>>(),
        )
    });
    declared.flatten().collect()
}

/// What a private name of a class body is called outside of it.
fn mangled(class: &str, name: &str) -> String {
    if name.starts_with("__") && !name.ends_with("__") {
        format!("_{}{name}", class.trim_start_matches('_'))
    } else {
        name.to_owned()
    }
}
