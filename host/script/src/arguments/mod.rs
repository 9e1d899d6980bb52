//! What a handler takes, and the arguments of an event turned into that.
//!
//! Browsers send text where Python wants numbers, objects where it wants dataclasses; what can be
//! converted without doubt is, the rest is refused before the handler runs, with the parameter's
//! name. Not here: which parameters a function has, which `handlers.py` reads off it.
//!
//! - [`kind`]: what an annotation asks for.
//! - [`reader`]: annotations as kinds.
//! - [`fitting`]: a value as an object of a kind.
//! - [`record`]: objects with named fields.

mod fitting;
mod kind;
mod reader;
mod record;
mod scalar;

use std::sync::OnceLock;

use ferroflex_session::Refusal;
use ferroflex_state::wire;
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};
use serde_json::Value as Json;

use crate::{
    interpreter::module,
    live::registry::{each, parts},
};
use fitting::{Fitter, Mismatch};
use kind::Kind;
use reader::Reader;

/// The module whose functions read annotations off functions and classes.
const ANNOTATIONS: &str = "reflex.annotations";

/// The parameters of a handler, without the state instance.
#[derive(Debug)]
pub(crate) struct Parameters {
    function: PyObjectRef,
    listed: Vec<Parameter>,
    required: usize,
    /// The name of the parameter that takes any number more.
    more: Option<String>,
    /// What each of them asks for, then what those in `more` do. Read off the annotations with the
    /// first event: they may name classes that are defined further down.
    kinds: OnceLock<Vec<Kind>>,
}

#[derive(Debug)]
struct Parameter {
    name: String,
    /// Whether None is its default, so that it takes None whatever its annotation says.
    takes_none: bool,
}

impl Parameters {
    /// Reads what `handlers.py` tells of a function:
    /// `(function, [(name, optional, takes_none)], more)`.
    pub(crate) fn read(described: &PyObject, vm: &VirtualMachine) -> PyResult<Self> {
        let [function, entries, more] = parts(described, vm)?;
        let mut listed = Vec::new();
        let mut required = 0;
        for entry in each(&entries, vm)? {
            let [name, optional, takes_none] = parts(&entry, vm)?;
            listed.push(Parameter {
                name: name.try_into_value(vm)?,
                takes_none: takes_none.try_into_value(vm)?,
            });
            if !optional.try_into_value::<bool>(vm)? {
                required = listed.len();
            }
        }
        Ok(Self {
            function,
            listed,
            required,
            more: more.try_into_value(vm)?,
            kinds: OnceLock::new(),
        })
    }

    /// Whether so many arguments can be given.
    pub(crate) fn check_count(&self, handler: &str, given: usize) -> Result<(), Refusal> {
        let fits = given >= self.required && (self.more.is_some() || given <= self.listed.len());
        if fits {
            return Ok(());
        }
        Err(Refusal::WrongArgumentCount {
            handler: handler.to_owned(),
            expected: self.described(),
            given,
        })
    }

    fn described(&self) -> String {
        let most = self.listed.len();
        match (self.required, most, self.more.is_some()) {
            (0, 0, false) => "no arguments".to_owned(),
            (1, 1, false) => "1 argument".to_owned(),
            (least, most, false) if least == most => format!("{most} arguments"),
            (least, most, false) => format!("{least} to {most} arguments"),
            (1, _, true) => "1 argument or more".to_owned(),
            (least, _, true) => format!("{least} arguments or more"),
        }
    }

    /// The Python arguments.
    pub(crate) fn convert(
        &self,
        handler: &str,
        args: &[Json],
        vm: &VirtualMachine,
    ) -> Result<Vec<PyObjectRef>, Refusal> {
        self.check_count(handler, args.len())?;
        let kinds = self.kinds(vm);
        let convert = |(index, arg): (usize, &Json)| {
            let kind = kinds.get(index).or_else(|| kinds.last());
            let form = wire::read_form(arg);
            Fitter::new(form.as_deref().unwrap_or_default(), vm)
                .fit(kind.unwrap_or(&Kind::Any), &wire::read_value(arg.clone()))
                .map_err(|mismatch| self.refuse(handler, index, mismatch))
        };
        args.iter().enumerate().map(convert).collect()
    }

    fn refuse(&self, handler: &str, index: usize, mismatch: Mismatch) -> Refusal {
        let listed = self.listed.get(index).map(|parameter| &parameter.name);
        let name = listed.or(self.more.as_ref()).map_or("", String::as_str);
        Refusal::WrongArgument {
            handler: handler.to_owned(),
            position: index + 1,
            name: format!("{name}{}", mismatch.path),
            expected: mismatch.expected,
            given: mismatch.given,
        }
    }

    fn kinds(&self, vm: &VirtualMachine) -> &[Kind] {
        if let Some(kinds) = self.kinds.get() {
            return kinds;
        }
        // Not under a lock: Python runs here, and another thread that waited would stop the
        // garbage collector. Whichever thread is first, they read the same.
        let kinds = self.read_kinds(vm).unwrap_or_else(|_| {
            let count = self.listed.len() + usize::from(self.more.is_some());
            std::iter::repeat_with(|| Kind::Any).take(count).collect()
        });
        self.kinds.get_or_init(|| kinds)
    }

    fn read_kinds(&self, vm: &VirtualMachine) -> PyResult<Vec<Kind>> {
        let annotations = module(ANNOTATIONS, vm)?
            .get_attr("annotations_of", vm)?
            .call((self.function.clone(),), vm)?;
        let reader = Reader::of(&self.function, vm)?;
        let mut kinds = Vec::new();
        for parameter in &self.listed {
            let kind = reader.entry(&annotations, &parameter.name);
            kinds.push(if parameter.takes_none {
                kind.or_none()
            } else {
                kind
            });
        }
        if let Some(name) = &self.more {
            kinds.push(reader.entry(&annotations, name));
        }
        Ok(kinds)
    }
}
