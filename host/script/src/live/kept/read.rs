//! The Python object of a stored value (`write`).
//!
//! Objects come back without their `__init__`: their attributes are put where they were. Only
//! classes that are loaded are used, and only those of the standard library's that are listed
//! (`class`) are called, so that what is stored cannot choose what is run.

use std::collections::HashMap;

use ferroflex_state::{Dict, DictKey, Value};
use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyPayload, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyDict, PyFrozenSet, PySet, PyType},
    function::PySetterValue,
};

use super::{
    class,
    write::{DERIVED, ENTRIES, FROZEN_SET, NAMED, SURROGATES, SURROGATES_CODING},
};
use crate::{convert::from_value, failure::message};

/// Makes the object of a stored value.
///
/// # Errors
/// Why that cannot be done, in a few words.
pub(super) fn read(value: Value, vm: &VirtualMachine) -> Result<PyObjectRef, String> {
    let classes = HashMap::new();
    Reader { vm, classes }.object(value)
}

struct Reader<'a> {
    vm: &'a VirtualMachine,
    /// The classes met so far, by name.
    classes: HashMap<String, PyObjectRef>,
}

impl Reader<'_> {
    fn object(&mut self, value: Value) -> Result<PyObjectRef, String> {
        let ctx = &self.vm.ctx;
        match value {
            Value::List(elements) => Ok(ctx.new_list(self.all(elements)?).into()),
            Value::Tuple(elements) => Ok(ctx.new_tuple(self.all(elements)?).into()),
            Value::Set(elements) => {
                let set = PySet::default();
                for element in self.all(elements)? {
                    self.done(set.add(element, self.vm))?;
                }
                Ok(set.into_ref(ctx).into())
            }
            Value::Dict(entries) => {
                let entries = entries.into_iter();
                let entries = entries.map(|(key, value)| Ok((self.key(key), self.object(value)?)));
                let entries = entries.collect::<Result<Vec<_>, String>>()?;
                self.dict(entries)
            }
            Value::Object { class, fields } => self.instance(&class, fields),
            Value::Enum { class, value } => self.marked(&class, *value),
            plain => self.done(from_value(&plain, self.vm)),
        }
    }

    fn all(&mut self, values: Vec<Value>) -> Result<Vec<PyObjectRef>, String> {
        values.into_iter().map(|value| self.object(value)).collect()
    }

    fn key(&self, key: DictKey) -> PyObjectRef {
        let ctx = &self.vm.ctx;
        match key {
            DictKey::Str(text) | DictKey::Other(text) => ctx.new_str(text).into(),
            DictKey::Int(number) => ctx.new_int(number).into(),
            DictKey::Bool(truth) => ctx.new_bool(truth).into(),
            DictKey::None => ctx.none(),
        }
    }

    fn dict(&self, entries: Vec<(PyObjectRef, PyObjectRef)>) -> Result<PyObjectRef, String> {
        let dict = PyDict::default();
        for (key, value) in entries {
            self.done(dict.inner_setitem(&*key, value, self.vm))?;
        }
        Ok(dict.into_ref(&self.vm.ctx).into())
    }

    /// What stands behind a mark, or the name of a class that is called or enumerates.
    fn marked(&mut self, mark: &str, value: Value) -> Result<PyObjectRef, String> {
        match (mark, value) {
            (FROZEN_SET, Value::List(elements)) => {
                let elements = self.all(elements)?;
                let set = self.done(PyFrozenSet::from_iter(self.vm, elements))?;
                Ok(set.into_ref(&self.vm.ctx).into())
            }
            (ENTRIES, Value::List(pairs)) => {
                let pairs = pairs.into_iter().map(|pair| self.pair(pair));
                let pairs = pairs.collect::<Result<Vec<_>, String>>()?;
                self.dict(pairs)
            }
            (NAMED, Value::Str(name)) => {
                let found = class::find(&name, self.vm);
                found.ok_or_else(|| format!("no loaded module has {name}"))
            }
            (DERIVED, Value::Tuple(parts)) => self.derived(parts),
            (SURROGATES, Value::Bytes(bytes)) => {
                let bytes: PyObjectRef = self.vm.ctx.new_bytes(bytes).into();
                self.done(self.vm.call_method(&bytes, "decode", SURROGATES_CODING))
            }
            (class, value) => self.of_class(class, value),
        }
    }

    fn pair(&mut self, pair: Value) -> Result<(PyObjectRef, PyObjectRef), String> {
        let Value::Tuple(pair) = pair else {
            return Err(damaged());
        };
        let [key, value] = <[Value; 2]>::try_from(pair).map_err(|_| damaged())?;
        Ok((self.object(key)?, self.object(value)?))
    }

    /// A member of an enumeration, or an object that its class is called for.
    fn of_class(&mut self, name: &str, value: Value) -> Result<PyObjectRef, String> {
        let class = self.class(name)?;
        let value = match value {
            Value::Str(member) => return self.member(&class, name, &member),
            Value::Tuple(arguments) => self.all(arguments)?,
            _ => return Err(damaged()),
        };
        if is_enumeration(&class) {
            // A combination of flags.
            let [flags] = <[PyObjectRef; 1]>::try_from(value).map_err(|_| damaged())?;
            return self.done(class.call((flags,), self.vm));
        }
        let made = class::make(name, &class, value, self.vm);
        self.done(made.ok_or_else(damaged)?)
    }

    fn member(&self, class: &PyObject, name: &str, member: &str) -> Result<PyObjectRef, String> {
        let class = class.downcast_ref::<PyType>();
        let members =
            class.and_then(|class| class.get_attr(self.vm.ctx.intern_str("_member_map_")));
        let found = members.and_then(|members| members.get_item(member, self.vm).ok());
        found.ok_or_else(|| format!("{name} has no member {member} any more"))
    }

    /// An object of a class that is derived from a built-in one.
    fn derived(&mut self, parts: Vec<Value>) -> Result<PyObjectRef, String> {
        let [name, base, attributes] = <[Value; 3]>::try_from(parts).map_err(|_| damaged())?;
        let (Value::Str(name), Value::Dict(attributes)) = (name, attributes) else {
            return Err(damaged());
        };
        let class = self.class(&name)?;
        let base = self.object(base)?;
        let object = self.new_derived(&class, base)?;
        self.set_attributes(&object, &name, attributes)?;
        Ok(object)
    }

    /// An object of a derived class, made by the built-in class alone.
    fn new_derived(&self, class: &PyObject, base: PyObjectRef) -> Result<PyObjectRef, String> {
        let vm = self.vm;
        let builtin = base.class().to_owned();
        let is_derived = class
            .downcast_ref::<PyType>()
            .is_some_and(|class| class.fast_issubclass(&*builtin));
        if !is_derived {
            return Err(format!("its class is no {} any more", builtin.name()));
        }
        let types = &vm.ctx.types;
        let method = |name: &'static str| builtin.as_object().get_attr(name, vm);
        let filled_by = if builtin.is(types.list_type) {
            Some("extend")
        } else if builtin.is(types.dict_type) || builtin.is(types.set_type) {
            Some("update")
        } else {
            None
        };
        self.done(method("__new__").and_then(|new| match filled_by {
            None => new.call((class.to_owned(), base), vm),
            Some(fill) => {
                let object = new.call((class.to_owned(),), vm)?;
                method(fill)?.call((object.clone(), base), vm)?;
                Ok(object)
            }
        }))
    }

    /// An object of a class that is derived from none of the built-in ones.
    fn instance(&mut self, name: &str, fields: Dict) -> Result<PyObjectRef, String> {
        let class = self.class(name)?;
        let object = self.vm.ctx.types.object_type.as_object();
        let new = object.get_attr("__new__", self.vm);
        let object = self.done(new.and_then(|new| new.call((class.clone(),), self.vm)))?;
        self.set_attributes(&object, name, fields)?;
        self.check_declared(&class, &object, name)?;
        Ok(object)
    }

    fn set_attributes(
        &mut self,
        object: &PyObject,
        class: &str,
        attributes: Dict,
    ) -> Result<(), String> {
        let dict = object.dict();
        for (name, value) in attributes {
            let value = self.object(value)?;
            let name = self.vm.ctx.new_str(&*name.name());
            let is_slot = object
                .class()
                .lookup_ref(&name, self.vm)
                .is_some_and(|found| &*found.class().name() == "member_descriptor");
            match &dict {
                Some(dict) if !is_slot => self.done(dict.set_item(&*name, value, self.vm))?,
                _ if is_slot => {
                    let value = PySetterValue::Assign(value);
                    self.done(object.generic_setattr(&name, value, self.vm))?;
                }
                _ => return Err(format!("{class} has no {name} any more")),
            }
        }
        Ok(())
    }

    /// Refuses an object that lacks what its class, a dataclass or a model, declares by now.
    fn check_declared(
        &self,
        class: &PyObject,
        object: &PyObject,
        name: &str,
    ) -> Result<(), String> {
        for declaration in ["__dataclass_fields__", "model_fields", "__fields__"] {
            let declared = class.get_attr(declaration, self.vm);
            let declared = declared
                .ok()
                .and_then(|fields| fields.downcast::<PyDict>().ok());
            for (field, _) in declared
                .map(|fields| fields.items_vec())
                .unwrap_or_default()
            {
                let field = self.done(field.str(self.vm))?;
                if object.get_attr(&*field, self.vm).is_err() {
                    return Err(format!("{name} has another field by now, {field}"));
                }
            }
        }
        Ok(())
    }

    fn class(&mut self, name: &str) -> Result<PyObjectRef, String> {
        if let Some(class) = self.classes.get(name) {
            return Ok(class.clone());
        }
        let class = class::find_class(name, self.vm)?;
        self.classes.insert(name.to_owned(), class.clone());
        Ok(class)
    }

    fn done<T>(&self, result: Result<T, PyBaseExceptionRef>) -> Result<T, String> {
        result.map_err(|raised| message(&raised, self.vm))
    }
}

fn is_enumeration(class: &PyObject) -> bool {
    matches!(&*class.class().name(), "EnumType" | "EnumMeta")
}

fn damaged() -> String {
    "the snapshot is damaged".to_owned()
}
