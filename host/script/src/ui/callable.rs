//! What a Python callable takes: names and counts of its parameters, read off its code object.
//!
//! Not here: binding of arguments, which Python does itself.

use rustpython_vm::{
    PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyCode, PyDict, PyTuple},
    bytecode::CodeFlags,
};

/// The positional parameters of a callable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parameters {
    /// Their names, in order; without `self` for a handler.
    pub(crate) names: Vec<String>,
    /// How many of them have no default.
    pub(crate) required: usize,
    /// Whether `*args` takes any number more.
    pub(crate) variadic: bool,
}

impl Parameters {
    /// A callable of which nothing is known.
    fn unknown() -> Self {
        Self {
            names: Vec::new(),
            required: 0,
            variadic: true,
        }
    }

    /// What `callable` takes. A native callable, of which nothing is known, takes anything.
    ///
    /// # Errors
    /// Whatever reading its attributes raises.
    pub(crate) fn of(callable: &PyObject, vm: &VirtualMachine) -> PyResult<Self> {
        let attribute =
            |object: &PyObject, name: &str| vm.get_attribute_opt(object, vm.ctx.intern_str(name));
        if let Some(code) = attribute(callable, "__code__")?
            && let Some(code) = code.downcast_ref::<PyCode>()
        {
            let bound = attribute(callable, "__self__")?.is_some();
            let parameters =
                Self::of_code(code, count(attribute(callable, "__defaults__")?.as_ref()));
            return Ok(if bound {
                parameters.without_first(1)
            } else {
                parameters
            });
        }
        if let (Some(inner), Some(given)) =
            (attribute(callable, "func")?, attribute(callable, "args")?)
        {
            let keywords = attribute(callable, "keywords")?;
            return Ok(Self::of(&inner, vm)?
                .without_first(count(Some(&given)))
                .without(keywords.as_ref()));
        }
        Ok(Self::unknown())
    }

    fn of_code(code: &PyCode, defaults: usize) -> Self {
        let taken = code.code.arg_count as usize;
        let names = code.code.varnames.iter().take(taken);
        Self {
            names: names.map(|name| name.as_str().to_owned()).collect(),
            required: taken.saturating_sub(defaults),
            variadic: code.code.flags.contains(CodeFlags::VARARGS),
        }
    }

    /// The parameters that are left when the first `count` are given.
    #[must_use]
    pub(crate) fn without_first(mut self, count: usize) -> Self {
        self.names.drain(..count.min(self.names.len()));
        self.required = self.required.saturating_sub(count);
        self
    }

    fn without(mut self, keywords: Option<&PyObjectRef>) -> Self {
        let given = keywords.and_then(|given| given.downcast_ref::<PyDict>());
        for name in given.map(|given| given.keys_vec()).unwrap_or_default() {
            let name = name.downcast_ref::<rustpython_vm::builtins::PyStr>();
            let name = name
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            if let Some(position) = self.names.iter().position(|known| *known == name) {
                // What follows can only be given by keyword, which an event never does.
                self.names.truncate(position);
                self.required = self.required.min(position);
            }
        }
        self
    }

    /// The greatest number of positional arguments.
    #[must_use]
    pub(crate) fn most(&self) -> usize {
        if self.variadic {
            usize::MAX
        } else {
            self.names.len()
        }
    }

    /// In words: `1 argument`, `1 to 2 arguments`, `at least 1 argument`.
    #[must_use]
    pub(crate) fn in_words(&self) -> String {
        let plural = |count: usize| if count == 1 { "argument" } else { "arguments" };
        let (least, most) = (self.required, self.names.len());
        match (self.variadic, least == most) {
            (true, _) => format!("at least {least} {}", plural(least)),
            (false, true) => format!("{most} {}", plural(most)),
            (false, false) => format!("{least} to {most} arguments"),
        }
    }
}

fn count(sequence: Option<&PyObjectRef>) -> usize {
    let tuple = sequence.and_then(|sequence| sequence.downcast_ref::<PyTuple>());
    tuple.map_or(0, |tuple| tuple.as_slice().len())
}
