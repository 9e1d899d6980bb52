//! What a Python callable takes: names and counts of its parameters, read off its code object.
//!
//! Not here: binding of arguments, which Python does itself.

use rustpython_vm::{
    PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyCode, PyDict, PyTuple},
    bytecode::CodeFlags,
};

use super::{event::EventHandler, var::Var};

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
        if let Some(handler) = callable.downcast_ref::<EventHandler>() {
            return Ok((*handler.parameters).clone());
        }
        // A Var of a function; its attributes are fields of a value.
        if callable.downcast_ref::<Var>().is_some() {
            return Ok(Self::unknown());
        }
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

    /// Whether a Python function takes an argument of that name. Of a native callable nothing is
    /// known, and it is not counted on.
    ///
    /// # Errors
    /// Whatever reading its attributes raises.
    pub(crate) fn has(callable: &PyObject, name: &str, vm: &VirtualMachine) -> PyResult<bool> {
        let code = vm.get_attribute_opt(callable, "__code__")?;
        let code = code.as_ref().and_then(|code| code.downcast_ref::<PyCode>());
        Ok(code.is_some_and(|code| {
            let count = code.code.arg_count + code.code.kwonlyarg_count;
            let mut own = code.code.varnames.iter().take(count as usize);
            let any = code.code.flags.contains(CodeFlags::VARKEYWORDS);
            any || own.any(|known| known.as_str() == name)
        }))
    }

    /// What a handler takes besides the state: the keyword-only parameters follow the others, as
    /// events have arguments by position only. Those after `*args` cannot be given.
    ///
    /// # Errors
    /// Whatever reading its attributes raises.
    pub(crate) fn of_handler(function: &PyObject, vm: &VirtualMachine) -> PyResult<Self> {
        let mut parameters = Self::of(function, vm)?.without_first(1);
        let code = vm.get_attribute_opt(function, "__code__")?;
        let code = code.as_ref().and_then(|code| code.downcast_ref::<PyCode>());
        let Some(code) = code.filter(|_| !parameters.variadic) else {
            return Ok(parameters);
        };
        let (taken, by_name) = (code.code.arg_count, code.code.kwonlyarg_count);
        let names = code.code.varnames.iter().skip(taken as usize);
        for name in names.take(by_name as usize) {
            let name = name.as_str().to_owned();
            parameters.names.push(name.clone());
            if keyword_default(function, &name, vm)?.is_none() {
                parameters.required = parameters.names.len();
            }
        }
        Ok(parameters)
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

/// The default of the parameter of that name, which stands at `position` in the function.
///
/// # Errors
/// Whatever reading the function's attributes raises.
pub(crate) fn default_of(
    function: &PyObject,
    position: usize,
    name: &str,
    vm: &VirtualMachine,
) -> PyResult<Option<PyObjectRef>> {
    if let Some(default) = keyword_default(function, name, vm)? {
        return Ok(Some(default));
    }
    let code = vm.get_attribute_opt(function, "__code__")?;
    let code = code.as_ref().and_then(|code| code.downcast_ref::<PyCode>());
    let taken = code.map_or(0, |code| code.code.arg_count as usize);
    let defaults = vm.get_attribute_opt(function, "__defaults__")?;
    let defaults = defaults
        .as_ref()
        .and_then(|found| found.downcast_ref::<PyTuple>());
    let defaults = defaults.map_or(&[][..], |defaults| defaults.as_slice());
    let index = (position + defaults.len()).checked_sub(taken);
    Ok(index.and_then(|index| defaults.get(index)).cloned())
}

fn keyword_default(
    function: &PyObject,
    name: &str,
    vm: &VirtualMachine,
) -> PyResult<Option<PyObjectRef>> {
    let defaults = vm.get_attribute_opt(function, "__kwdefaults__")?;
    match defaults
        .as_ref()
        .and_then(|defaults| defaults.downcast_ref::<PyDict>())
    {
        Some(defaults) => defaults.get_item_opt(name, vm),
        None => Ok(None),
    }
}

fn count(sequence: Option<&PyObjectRef>) -> usize {
    let tuple = sequence.and_then(|sequence| sequence.downcast_ref::<PyTuple>());
    tuple.map_or(0, |tuple| tuple.as_slice().len())
}
