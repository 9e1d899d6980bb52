//! A value of an event as a Python object of the kind that a parameter asks for.
//!
//! Not here: numbers and dates out of text (`scalar.rs`).

use std::borrow::Cow;

use ferroflex_state::{Dict, DictKey, Value};
use rustpython_vm::{
    AsObject, PyObjectRef, PyPayload, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyFrozenSet},
    function::{FuncArgs, KwArgs},
};

use super::{
    kind::Kind,
    record::{Field, Form, Record},
    scalar,
};
use crate::limits::{SHOWN_VALUE_CHARS_MAX, VALUE_DEPTH_MAX};
use crate::{convert::from_value, failure};

/// What stands behind the name of a form's fields that are several by nature.
const LIST_SUFFIX: &str = "[]";

/// Why a value does not fit.
#[derive(Debug)]
pub(super) struct Mismatch {
    /// Where in the argument: `[2].name`, empty for all of it.
    pub(super) path: String,
    /// What was asked for.
    pub(super) expected: String,
    /// What came.
    pub(super) given: String,
}

type Fitting = Result<PyObjectRef, Mismatch>;

/// Converts the value of one argument.
pub(super) struct Fitter<'a> {
    vm: &'a VirtualMachine,
    depth: usize,
    /// The fields of a form of which some have the same name; empty for any other argument.
    form: &'a [(String, Value)],
}

impl<'a> Fitter<'a> {
    /// For one argument.
    pub(super) fn new(form: &'a [(String, Value)], vm: &'a VirtualMachine) -> Self {
        Self { vm, depth: 0, form }
    }

    /// The value as an object of that kind.
    pub(super) fn fit(&self, kind: &Kind, value: &Value) -> Fitting {
        if self.depth == VALUE_DEPTH_MAX {
            return Err(mismatch(kind, value));
        }
        let inner = Self {
            depth: self.depth + 1,
            ..*self
        };
        inner.fit_here(kind, value)
    }

    fn fit_here(&self, kind: &Kind, value: &Value) -> Fitting {
        let vm = self.vm;
        match (kind, value) {
            (Kind::Any, _)
            | (Kind::None, Value::None)
            | (Kind::Bool, Value::Bool(_))
            | (Kind::Str, Value::Str(_))
            | (Kind::Bytes, Value::Bytes(_)) => self.made(kind, value, from_value(value, vm)),
            (Kind::Bool, Value::Str(text)) => {
                let truth = scalar::truth(text).map(|truth| vm.ctx.new_bool(truth).into());
                truth.ok_or_else(|| mismatch(kind, value))
            }
            (Kind::Str, Value::Int(_) | Value::BigInt(_) | Value::Float(_)) => {
                let number = self.made(kind, value, from_value(value, vm))?;
                self.made(kind, value, number.str(vm).map(Into::into))
            }
            (Kind::Int, _) => self.number(kind, value, scalar::integer(value)),
            (Kind::Float, _) => self.number(kind, value, scalar::float(value)),
            (Kind::Text(text_kind, class), _) => {
                let made = scalar::text_object(*text_kind, class, value, vm);
                made.ok_or_else(|| mismatch(kind, value))
            }
            (Kind::OneOf(kinds), _) => self.one_of(kind, kinds, value),
            (Kind::Constant(constant, inner, _), _) => self.constant(kind, constant, inner, value),
            (Kind::Enum(class, _), _) => self.member(kind, class, value),
            (Kind::Deferred(deferred), _) => self.fit(deferred.kind(vm), value),
            (Kind::Record(record), Value::Dict(dict)) => self.record(kind, record, dict, value),
            _ => self.container(kind, value),
        }
    }

    fn number(&self, kind: &Kind, value: &Value, number: Option<Value>) -> Fitting {
        let number = number.ok_or_else(|| mismatch(kind, value))?;
        self.made(kind, value, from_value(&number, self.vm))
    }

    /// What Python made of a value; its refusal as ours.
    fn made(&self, kind: &Kind, value: &Value, made: PyResult) -> Fitting {
        made.map_err(|raised| refused_by_python(kind, value, &raised, self.vm))
    }

    fn one_of(&self, kind: &Kind, kinds: &[Kind], value: &Value) -> Fitting {
        let mut nearest: Vec<&Kind> = kinds.iter().collect();
        nearest.sort_by_key(|kind| kind.distance(value));
        let mut said = None;
        for candidate in nearest {
            match self.fit(candidate, value) {
                Ok(fitting) => return Ok(fitting),
                // Of a part of the value, this says more than that the whole fits none.
                Err(deeper) if !deeper.path.is_empty() => said = said.or(Some(deeper)),
                Err(_) => {}
            }
        }
        Err(said.unwrap_or_else(|| self.none_fits(kind, kinds, value)))
    }

    fn none_fits(&self, kind: &Kind, kinds: &[Kind], value: &Value) -> Mismatch {
        let lists_values = kinds.iter().any(|kind| matches!(kind, Kind::Constant(..)));
        if lists_values {
            self.wrong_value(kind, value)
        } else {
            mismatch(kind, value)
        }
    }

    /// A mismatch that shows the value itself: its type is right.
    fn wrong_value(&self, kind: &Kind, value: &Value) -> Mismatch {
        let mut found = mismatch(kind, value);
        let is_scalar = matches!(value, Value::Bool(_) | Value::Int(_) | Value::Str(_));
        let object = from_value(value, self.vm).ok().filter(|_| is_scalar);
        if let Some(written) = object.and_then(|object| object.repr(self.vm).ok()) {
            found.given = written
                .to_string_lossy()
                .chars()
                .take(SHOWN_VALUE_CHARS_MAX)
                .collect();
        }
        found
    }

    fn constant(
        &self,
        kind: &Kind,
        constant: &PyObjectRef,
        inner: &Kind,
        value: &Value,
    ) -> Fitting {
        let found = self.fit(inner, value)?;
        match self.vm.bool_eq(&found, constant) {
            Ok(true) => Ok(constant.clone()),
            _ => Err(self.wrong_value(kind, value)),
        }
    }

    /// The member with that value; text stands for the number that it writes.
    fn member(&self, kind: &Kind, class: &PyObjectRef, value: &Value) -> Fitting {
        let number = match value {
            Value::Str(_) => scalar::integer(value).or_else(|| scalar::float(value)),
            _ => None,
        };
        for candidate in [Some(value.clone()), number].into_iter().flatten() {
            let member =
                from_value(&candidate, self.vm).and_then(|object| class.call((object,), self.vm));
            if let Ok(member) = member {
                return Ok(member);
            }
        }
        Err(self.wrong_value(kind, value))
    }

    fn container(&self, kind: &Kind, value: &Value) -> Fitting {
        let vm = self.vm;
        match (kind, value) {
            (Kind::List(element), Value::List(values)) => {
                Ok(vm.ctx.new_list(self.elements(element, values)?).into())
            }
            (Kind::Sequence(element), Value::List(values)) => {
                Ok(vm.ctx.new_tuple(self.elements(element, values)?).into())
            }
            (Kind::Tuple(kinds), Value::List(values)) if kinds.len() == values.len() => {
                let pairs = kinds.iter().zip(values).enumerate();
                let fitting = pairs.map(|(index, (kind, value))| {
                    self.fit(kind, value).map_err(|found| found.at_index(index))
                });
                Ok(vm.ctx.new_tuple(fitting.collect::<Result<_, _>>()?).into())
            }
            (Kind::Set(element), Value::List(values)) => {
                let elements = vm.ctx.new_list(self.elements(element, values)?);
                let set = vm.ctx.types.set_type.as_object();
                self.made(kind, value, set.call((elements,), vm))
            }
            (Kind::FrozenSet(element), Value::List(values)) => {
                let elements = self.elements(element, values)?;
                let set = PyFrozenSet::from_iter(vm, elements);
                self.made(kind, value, set.map(|set| set.into_ref(&vm.ctx).into()))
            }
            (Kind::Dict(key, element), Value::Dict(entries)) => {
                self.dictionary(kind, [key, element], entries, value)
            }
            _ => Err(mismatch(kind, value)),
        }
    }

    fn elements(&self, kind: &Kind, values: &[Value]) -> Result<Vec<PyObjectRef>, Mismatch> {
        let fit = |(index, value)| self.fit(kind, value).map_err(|found| found.at_index(index));
        values.iter().enumerate().map(fit).collect()
    }

    fn dictionary(
        &self,
        kind: &Kind,
        [key_kind, element]: [&Kind; 2],
        entries: &Dict,
        value: &Value,
    ) -> Fitting {
        let dict = self.vm.ctx.new_dict();
        for (key, entry) in entries {
            let at_key = |found: Mismatch| found.within(&format!("[{:?}]", key.name()));
            let name = Value::Str(key.name().into_owned());
            let key = self.fit(key_kind, &name).map_err(at_key)?;
            let entry = self.fit(element, entry).map_err(at_key)?;
            let set = dict.set_item(&*key, entry, self.vm);
            self.made(kind, value, set.map(|()| self.vm.ctx.none()))?;
        }
        Ok(dict.into())
    }

    fn record(&self, kind: &Kind, record: &Record, dict: &Dict, value: &Value) -> Fitting {
        let fields = record.fields(self.vm);
        let fields = fields.map_err(|raised| refused_by_python(kind, value, &raised, self.vm))?;
        let mut found = self.extra(record, fields, dict)?;
        for field in fields.iter().filter(|field| field.taken) {
            if let Some(fitting) = self.field(record, field, dict)? {
                found.push((field.name.clone(), fitting));
            }
        }
        let made = match record.form {
            Form::Instance => {
                let args = FuncArgs::from(KwArgs::from_iter(found));
                record.class.call(args, self.vm)
            }
            Form::Dictionary => {
                let made = self.vm.ctx.new_dict();
                found
                    .into_iter()
                    .try_for_each(|(name, object)| made.set_item(&*name, object, self.vm))
                    .map(|()| made.into())
            }
        };
        self.made(kind, value, made)
    }

    /// What is given besides the fields: a dictionary keeps it, a dataclass has no place for it.
    fn extra(
        &self,
        record: &Record,
        fields: &[Field],
        dict: &Dict,
    ) -> Result<Vec<(String, PyObjectRef)>, Mismatch> {
        let mut found = Vec::new();
        for (key, value) in dict {
            let name = key.name();
            let plain = name.strip_suffix(LIST_SUFFIX).unwrap_or(&name);
            let takes = |field: &Field| {
                *field.name == *name || (field.name == plain && matches!(field.kind, Kind::List(_)))
            };
            if fields.iter().any(takes) {
                continue;
            }
            if record.form == Form::Instance {
                let expected = format!("absent, as {} has no such field", record.name);
                let given = kind_of(value).to_owned();
                let path = format!(".{name}");
                return Err(Mismatch {
                    path,
                    expected,
                    given,
                });
            }
            found.push((name.into_owned(), self.fit(&Kind::Any, value)?));
        }
        Ok(found)
    }

    /// A field's object; none when it is not given and need not be.
    fn field(
        &self,
        record: &Record,
        field: &Field,
        dict: &Dict,
    ) -> Result<Option<PyObjectRef>, Mismatch> {
        let of_form = record.form == Form::Dictionary || !self.form.is_empty();
        let Some(given) = self.given(field, dict) else {
            let empty = of_form.then(|| field.of_empty_form(self.vm)).flatten();
            return match empty {
                _ if !field.required => Ok(None),
                Some(empty) => Ok(Some(empty)),
                None => Err(missing(&field.kind).within(&format!(".{}", field.name))),
            };
        };
        let fitting = match (&field.kind, &*given) {
            (Kind::List(element), Value::Str(_)) if of_form => self
                .fit(element, &given)
                .map(|one| self.vm.ctx.new_list(vec![one]).into()),
            (Kind::Bool, Value::Str(text)) if of_form => {
                Ok(self.vm.ctx.new_bool(scalar::is_ticked(text)).into())
            }
            (kind, given) => self.fit(kind, given),
        };
        fitting
            .map(Some)
            .map_err(|found| found.within(&format!(".{}", field.name)))
    }

    /// What is given for a field. A list takes every field of a form that has its name, also with
    /// brackets behind it, as a slider with several thumbs has.
    fn given<'v>(&self, field: &Field, dict: &'v Dict) -> Option<Cow<'v, Value>> {
        let find = |name: &str| dict.get(&DictKey::Str(name.to_owned()));
        if !matches!(field.kind, Kind::List(_)) {
            return find(&field.name).map(Cow::Borrowed);
        }
        let bracketed = format!("{}{LIST_SUFFIX}", field.name);
        let named = |name: &str| name == field.name || name == bracketed;
        let all = self.form.iter().filter(|(name, _)| named(name));
        let all: Vec<Value> = all.map(|(_, value)| value.clone()).collect();
        if all.is_empty() {
            let one = find(&field.name).or_else(|| find(&bracketed));
            return one.map(Cow::Borrowed);
        }
        Some(Cow::Owned(Value::List(all)))
    }
}

impl Mismatch {
    fn at_index(self, index: usize) -> Self {
        self.within(&format!("[{index}]"))
    }

    fn within(mut self, step: &str) -> Self {
        self.path.insert_str(0, step);
        self
    }
}

fn mismatch(kind: &Kind, value: &Value) -> Mismatch {
    Mismatch {
        path: String::new(),
        expected: kind.to_string(),
        given: match (kind, value) {
            (Kind::Tuple(_), Value::List(values)) => format!("list of {}", values.len()),
            _ => kind_of(value).to_owned(),
        },
    }
}

fn missing(kind: &Kind) -> Mismatch {
    Mismatch {
        path: String::new(),
        expected: kind.to_string(),
        given: "missing".to_owned(),
    }
}

/// A class refused a value: what it said goes along.
fn refused_by_python(
    kind: &Kind,
    value: &Value,
    raised: &PyBaseExceptionRef,
    vm: &VirtualMachine,
) -> Mismatch {
    let mut found = mismatch(kind, value);
    found.expected = format!("{kind} ({})", failure::message(raised, vm));
    found
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::None => "None",
        Value::Bool(_) => "bool",
        Value::Int(_) | Value::BigInt(_) => "int",
        Value::Float(_) => "float",
        Value::Str(_) | Value::Text { .. } | Value::Enum { .. } => "str",
        Value::Bytes(_) => "bytes",
        Value::List(_) | Value::Tuple(_) | Value::Set(_) => "list",
        Value::Dict(_) | Value::Object { .. } => "dict",
    }
}
