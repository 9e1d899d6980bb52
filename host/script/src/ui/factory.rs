//! `rx.vstack(…)`: the native callables that make components, by their names in the catalogue.
//!
//! A factory is also the namespace of its members: `rx.text(…)` and `rx.text.strong(…)`. Not here:
//! what the props of a component mean; the page crate's catalogue knows.

use ferroflex_page::{
    Argument, PageError,
    catalogue::{self, TriggerSpec},
    expr::Expr,
};
use rustpython_vm::{
    AsObject, Py, PyObject, PyPayload, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyDict, PyStr},
    convert::ToPyObject,
    function::FuncArgs,
    pyclass,
    types::{Callable, GetAttr, Representable},
};

use super::{
    component::{self, Component, node_of},
    convert, own, remarks, rest, template, trigger, usage,
    var::Var,
};
use crate::interpreter::module;

/// What makes components of one name, and what finds its members.
#[pyclass(module = "reflex", name = "ComponentFactory")]
#[derive(Debug, PyPayload)]
pub(crate) struct Factory {
    /// The name after `rx.`.
    name: String,
}

impl Factory {
    /// The name after `rx.`.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The factory or namespace of that name, if there is one.
    pub(super) fn find(name: &str) -> Option<Self> {
        let known = catalogue::find(name).is_some() || catalogue::namespace(name).is_some();
        known.then(|| Self {
            name: name.to_owned(),
        })
    }

    /// The same, saying what is wrong when there is none.
    ///
    /// # Errors
    /// `AttributeError` for a name that nobody knows, `NotImplementedError` for one that waits.
    pub(super) fn require(name: &str, vm: &VirtualMachine) -> PyResult<Self> {
        match (Self::find(name), catalogue::require(name)) {
            (Some(factory), _) => Ok(factory),
            (None, Err(error)) => Err(name_error(&error, vm)),
            (None, Ok(_)) => Err(vm.new_attribute_error(format!("rx.{name} does not exist"))),
        }
    }
}

#[pyclass(with(Callable, GetAttr, Representable))]
impl Factory {
    #[pygetset]
    fn __name__(zelf: &Py<Self>) -> String {
        zelf.name.rsplit('.').next().unwrap_or_default().to_owned()
    }
}

impl Representable for Factory {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!("<component factory rx.{}>", zelf.name))
    }
}

impl GetAttr for Factory {
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        let member = name.to_string_lossy();
        if member.starts_with("__") {
            return zelf.as_object().generic_getattr(name, vm);
        }
        // `rx.text.create(…)` is what `rx.text(…)` is short for.
        if member == "create" {
            return Ok(zelf.as_object().to_owned());
        }
        let full = format!("{}.{member}", zelf.name);
        if let Some(text) = catalogue::constant(&full) {
            return Ok(Var::object(Expr::text(text), vm));
        }
        if member.starts_with(|first: char| first.is_ascii_uppercase()) {
            return own::component_class(&full, vm);
        }
        Ok(Self::require(&full, vm)?.to_pyobject(vm))
    }
}

impl Callable for Factory {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        create(&zelf.name, args, vm)
    }
}

/// The component `rx.<name>(*children, **props)`.
///
/// # Errors
/// What is wrong with the arguments.
pub(super) fn create(name: &str, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    usage::note(name);
    let mut args = rest::spread(args, vm)?;
    if UPLOADS.contains(&name) {
        give_files(&mut args, vm)?;
    }
    let positional = component::positional(name, &args.args, vm)?;
    let mut arguments = Vec::with_capacity(args.kwargs.len());
    for (keyword, value) in args.kwargs {
        if vm.is_none(&value) {
            continue;
        }
        let keyword = keyword.to_string_lossy().into_owned();
        let argument = argument(name, &keyword, &value, vm)?;
        arguments.push((keyword, argument));
    }
    let mut odd = ferroflex_page::odd_values(name, &arguments);
    match ferroflex_page::create(name, positional, arguments) {
        Ok(node) => {
            odd.extend(ferroflex_page::odd_nesting(&node));
            for remark in &odd {
                remarks::note(remark, vm);
            }
            Ok(Component::object(node, vm))
        }
        Err(error) => Err(prop_error(&error, vm)),
    }
}

/// The components whose drops are files.
const UPLOADS: &[&str] = &["upload", "upload.root"];

/// Has the handlers of a drop take the files dropped.
fn give_files(args: &mut FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    let Some(on_drop) = args
        .kwargs
        .get("on_drop")
        .filter(|value| !vm.is_none(value))
    else {
        return Ok(());
    };
    let id = args.kwargs.get("id").cloned();
    let uploads = module("reflex.uploads", vm)?;
    let given = (on_drop.clone(), id.unwrap_or_else(|| vm.ctx.none()));
    let event = vm.call_method(&uploads, "on_drop_of", given)?;
    args.kwargs.insert("on_drop".into(), event);
    Ok(())
}

/// A keyword argument of a component.
///
/// # Errors
/// What is wrong with its value.
pub(super) fn argument(
    component: &str,
    keyword: &str,
    value: &PyObject,
    vm: &VirtualMachine,
) -> PyResult<Argument> {
    if keyword.starts_with("on_") && !is_prop(component, keyword) {
        let spec = trigger_spec(component, keyword).map_err(|error| prop_error(&error, vm))?;
        return trigger::trigger(component, spec, value, vm).map(Argument::Trigger);
    }
    if let Some(component) = value.downcast_ref::<Component>() {
        return node_of(component, vm).map(Argument::Node);
    }
    if keyword == template::KEYWORD
        && let Some(functions) = value.downcast_ref::<PyDict>()
    {
        return template::templates(component, functions, vm).map(Argument::Templates);
    }
    match convert::expression(value, vm) {
        Ok(expression) => Ok(Argument::Value(expression)),
        Err(_) if trigger::is_event(value) && !is_prop(component, keyword) => {
            let problem = format!("rx.{component}: {keyword} is given an event and is no trigger");
            Err(vm.new_type_error(format!("{problem}{}", meant_trigger(component, keyword))))
        }
        Err(error) if error.fast_isinstance(vm.ctx.exceptions.type_error) => {
            let problem = error.as_object().str(vm)?;
            let message = format!("rx.{component}: {keyword}: {}", problem.to_string_lossy());
            Err(vm.new_type_error(message))
        }
        Err(error) => Err(error),
    }
}

/// Whether a name that looks like a trigger's is that of a prop.
fn is_prop(component: &str, name: &str) -> bool {
    catalogue::find(component).is_some_and(|entry| entry.prop(name).is_some())
}

/// What the trigger gives a handler. A component that is only composed of others has the triggers
/// that every component has.
fn trigger_spec(component: &str, trigger: &str) -> Result<&'static TriggerSpec, PageError> {
    match catalogue::find(component) {
        Some(entry) => entry.require_trigger(trigger),
        None => catalogue::require("el.div")?.require_trigger(trigger),
    }
}

/// The trigger of the component that is written like `keyword` but for underscores and capitals, as
/// a question.
fn meant_trigger(component: &str, keyword: &str) -> String {
    let letters = |name: &str| name.replace('_', "").to_lowercase();
    let entry = catalogue::find(component).or_else(|| catalogue::find("el.div"));
    let meant = entry.and_then(|entry| {
        let mut names = entry.trigger_names();
        names.find(|name| letters(name) == letters(keyword))
    });
    meant.map_or_else(
        || "; those begin with on_".to_owned(),
        |name| format!("; did you mean {name}?"),
    )
}

fn name_error(error: &PageError, vm: &VirtualMachine) -> PyBaseExceptionRef {
    match error {
        PageError::MissingComponent { .. } => vm.new_not_implemented_error(error.to_string()),
        _ => vm.new_attribute_error(error.to_string()),
    }
}

/// The exception for an argument that a component does not take.
pub(super) fn prop_error(error: &PageError, vm: &VirtualMachine) -> PyBaseExceptionRef {
    match error {
        PageError::MissingComponent { .. } => vm.new_not_implemented_error(error.to_string()),
        PageError::Prop { .. } | PageError::UnknownTrigger { .. } => {
            vm.new_value_error(error.to_string())
        }
        _ => vm.new_type_error(error.to_string()),
    }
}
