//! Objects with named fields that a handler may take: dataclasses, `rx.Base` and `TypedDict`s.
//!
//! Not here: which fields such a class has, which Python tells (`annotations.py`).

use std::sync::OnceLock;

use rustpython_vm::{AsObject, Py, PyObjectRef, PyResult, VirtualMachine, builtins::PyType};

use super::{ANNOTATIONS, kind::Kind, reader::Reader};
use crate::{
    interpreter::module,
    live::registry::{each, parts},
};

/// A class of objects with named fields.
#[derive(Debug)]
pub(super) struct Record {
    /// The class.
    pub(super) class: PyObjectRef,
    /// Its name.
    pub(super) name: String,
    /// What its objects are made as.
    pub(super) form: Form,
    fields: OnceLock<Vec<Field>>,
}

/// What a record's objects are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Instances, made by calling the class with the fields.
    Instance,
    /// Dictionaries, which may have other keys too. They stand for the data of forms: a ticked
    /// checkbox is "on" there and an unticked one absent, one choice of many is no list.
    Dictionary,
}

/// A field of a record.
#[derive(Debug)]
pub(super) struct Field {
    /// Its name.
    pub(super) name: String,
    /// What it asks for.
    pub(super) kind: Kind,
    /// Whether it must be given.
    pub(super) required: bool,
    /// Whether it can be given: some of a dataclass are its own affair.
    pub(super) taken: bool,
}

impl Record {
    /// The record that a class is; none for any other class.
    pub(super) fn of(class: &Py<PyType>, vm: &VirtualMachine) -> Option<Self> {
        let has = |name: &'static str| class.get_attr(vm.ctx.intern_str(name)).is_some();
        let form = if has("__dataclass_fields__") || has("__ferroflex_model__") {
            Form::Instance
        } else if has("__required_keys__") && has("__total__") {
            Form::Dictionary
        } else {
            return None;
        };
        Some(Self {
            class: class.as_object().to_owned(),
            name: class.name().to_string(),
            form,
            fields: OnceLock::new(),
        })
    }

    /// The fields in the order of their declaration. Read when they are first needed, since a
    /// record may hold others of its kind.
    pub(super) fn fields(&self, vm: &VirtualMachine) -> PyResult<&[Field]> {
        if let Some(fields) = self.fields.get() {
            return Ok(fields);
        }
        let read = self.read(vm)?;
        Ok(self.fields.get_or_init(|| read))
    }

    fn read(&self, vm: &VirtualMachine) -> PyResult<Vec<Field>> {
        let described = module(ANNOTATIONS, vm)?
            .get_attr("fields_of", vm)?
            .call((self.class.clone(),), vm)?;
        let reader = Reader::of(&self.class, vm)?;
        let field = |entry: PyObjectRef| {
            let [name, annotation, required, taken] = parts(&entry, vm)?;
            Ok(Field {
                name: name.try_into_value(vm)?,
                kind: reader.kind(&annotation),
                required: required.try_into_value(vm)?,
                taken: taken.try_into_value(vm)?,
            })
        };
        each(&described, vm)?.into_iter().map(field).collect()
    }
}

impl Field {
    /// What stands for the field in a form's data in which nothing was ticked or chosen.
    pub(super) fn of_empty_form(&self, vm: &VirtualMachine) -> Option<PyObjectRef> {
        let is_choice = |kind: &Kind| matches!(kind, Kind::Bool | Kind::List(_));
        match &self.kind {
            Kind::Bool => Some(vm.ctx.new_bool(false).into()),
            Kind::List(_) => Some(vm.ctx.new_list(Vec::new()).into()),
            Kind::OneOf(kinds) if kinds.iter().any(is_choice) => {
                let none = kinds.iter().any(|kind| matches!(kind, Kind::None));
                none.then(|| vm.ctx.none())
            }
            _ => None,
        }
    }
}
