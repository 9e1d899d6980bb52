//! `EventHandler` and `EventSpec`: a state's method as page code refers to it, and an event that
//! is to be sent, with its arguments; `EventChoice`: a choice between such.
//!
//! Not here: what an event trigger of a component does with them (`trigger.rs`), the events that
//! handlers return (`returned.rs`), the commands of the browser (`command.rs`).

use std::sync::Arc;

use ferroflex_page::expr::Expr;
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, Traverse, VirtualMachine,
    builtins::{PyBoundMethod, PyDict, PyGenericAlias, PyList, PyTuple, PyType, PyTypeRef},
    function::{FuncArgs, OptionalArg},
    pyclass,
    types::{Callable, Constructor, GetDescriptor, Representable},
};

use super::callable::Parameters;

/// How events of a trigger are sent; the modifiers that Reflex calls event actions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Actions {
    /// Keep the event from reaching elements further out.
    pub(crate) stop_propagation: bool,
    /// Keep the browser from its own reaction.
    pub(crate) prevent_default: bool,
    /// At most one event in so many milliseconds.
    pub(crate) throttle_ms: Option<u32>,
    /// Only when nothing came for so many milliseconds.
    pub(crate) debounce_ms: Option<u32>,
    /// Dropped while the connection is down.
    pub(crate) temporal: bool,
}

impl Actions {
    /// Reads the dictionary that `@rx.event(throttle=…)` makes; what is not an action is left out.
    fn of(actions: &Py<PyDict>, vm: &VirtualMachine) -> PyResult<Self> {
        let flag = |name: &str| match actions.get_item_opt(name, vm)? {
            Some(value) => value.is_true(vm),
            None => Ok(false),
        };
        let milliseconds = |name: &str| match actions.get_item_opt(name, vm)? {
            Some(value) if !vm.is_none(&value) => value.try_to_value::<u32>(vm).map(Some),
            _ => Ok(None),
        };
        Ok(Self {
            stop_propagation: flag("stop_propagation")?,
            prevent_default: flag("prevent_default")?,
            throttle_ms: milliseconds("throttle")?,
            debounce_ms: milliseconds("debounce")?,
            temporal: flag("temporal")?,
        })
    }
}

/// A state's event handler, as the class shows it.
#[pyclass(module = "reflex.event", name = "EventHandler", traverse)]
#[derive(Debug, Clone, PyPayload)]
pub(crate) struct EventHandler {
    /// The function, which takes `self` first.
    pub(crate) function: PyObjectRef,
    /// The state class's full name.
    #[pytraverse(skip)]
    pub(crate) state_full_name: Arc<str>,
    /// The handler's own name.
    #[pytraverse(skip)]
    pub(crate) name: Arc<str>,
    /// The handler's full name, `module.State.handler`.
    #[pytraverse(skip)]
    pub(crate) full_name: Arc<str>,
    /// What it takes, without `self`.
    #[pytraverse(skip)]
    pub(crate) parameters: Arc<Parameters>,
    /// How its events are sent.
    #[pytraverse(skip)]
    pub(crate) actions: Actions,
}

impl EventHandler {
    /// A handler of the state class `state_full_name`.
    ///
    /// # Errors
    /// Whatever reading the function's attributes raises.
    pub(crate) fn new(
        function: PyObjectRef,
        state_full_name: &str,
        name: &str,
        actions: Actions,
        vm: &VirtualMachine,
    ) -> PyResult<Self> {
        let parameters = Parameters::of(&function, vm)?.without_first(1);
        Ok(Self {
            function,
            state_full_name: state_full_name.into(),
            name: name.into(),
            full_name: format!("{state_full_name}.{name}").into(),
            parameters: parameters.into(),
            actions,
        })
    }

    fn with(&self, change: impl FnOnce(&mut Actions)) -> Self {
        let mut copy = self.clone();
        change(&mut copy.actions);
        copy
    }
}

#[pyclass(with(Constructor, Callable, GetDescriptor, Representable))]
impl EventHandler {
    /// `rx.EventHandler[…]` in annotations.
    #[pyclassmethod]
    fn __class_getitem__(
        class: PyTypeRef,
        parameters: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult<PyGenericAlias> {
        PyGenericAlias::from_args(class, parameters, vm)
    }

    #[pygetset(name = "fn")]
    fn function(zelf: &Py<Self>) -> PyObjectRef {
        zelf.function.clone()
    }

    #[pygetset]
    fn __wrapped__(zelf: &Py<Self>) -> PyObjectRef {
        zelf.function.clone()
    }

    #[pygetset]
    fn __name__(zelf: &Py<Self>) -> String {
        zelf.name.to_string()
    }

    #[pygetset]
    fn state_full_name(zelf: &Py<Self>) -> String {
        zelf.state_full_name.to_string()
    }

    #[pygetset]
    fn full_name(zelf: &Py<Self>) -> String {
        zelf.full_name.to_string()
    }

    #[pygetset]
    fn parameters(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        let names = zelf.parameters.names.iter();
        vm.ctx
            .new_list(
                names
                    .map(|name| vm.ctx.new_str(name.as_str()).into())
                    .collect(),
            )
            .into()
    }

    #[pygetset]
    fn stop_propagation(zelf: &Py<Self>) -> Self {
        zelf.with(|actions| actions.stop_propagation = true)
    }

    #[pygetset]
    fn prevent_default(zelf: &Py<Self>) -> Self {
        zelf.with(|actions| actions.prevent_default = true)
    }

    #[pygetset]
    fn temporal(zelf: &Py<Self>) -> Self {
        zelf.with(|actions| actions.temporal = true)
    }

    #[pymethod]
    fn throttle(zelf: &Py<Self>, milliseconds: u32) -> Self {
        zelf.with(|actions| actions.throttle_ms = Some(milliseconds))
    }

    #[pymethod]
    fn debounce(zelf: &Py<Self>, milliseconds: u32) -> Self {
        zelf.with(|actions| actions.debounce_ms = Some(milliseconds))
    }
}

/// `EventHandler(function, state_full_name, name, actions={})`.
#[derive(rustpython_vm::FromArgs)]
pub(crate) struct EventHandlerArgs {
    #[pyarg(any)]
    function: PyObjectRef,
    #[pyarg(any)]
    state_full_name: String,
    #[pyarg(any)]
    name: String,
    #[pyarg(any, default)]
    actions: OptionalArg<PyRef<PyDict>>,
}

impl Constructor for EventHandler {
    type Args = EventHandlerArgs;

    fn py_new(_class: &Py<PyType>, args: Self::Args, vm: &VirtualMachine) -> PyResult<Self> {
        let actions = match args.actions {
            OptionalArg::Present(actions) => Actions::of(&actions, vm)?,
            OptionalArg::Missing => Actions::default(),
        };
        Self::new(
            args.function,
            &args.state_full_name,
            &args.name,
            actions,
            vm,
        )
    }
}

impl GetDescriptor for EventHandler {
    fn descr_get(
        zelf: &PyObject,
        instance: Option<&PyObject>,
        _class: Option<&PyObject>,
        vm: &VirtualMachine,
    ) -> PyResult {
        let Some(instance) = instance.filter(|instance| !vm.is_none(instance)) else {
            return Ok(zelf.to_owned());
        };
        let handler = Self::_as_pyref(zelf, vm)?;
        let method = PyBoundMethod::new(instance.to_owned(), handler.function.clone());
        Ok(method.into_ref(&vm.ctx).into())
    }
}

impl Callable for EventHandler {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let args = positional(zelf, args, vm)?;
        if args.len() > zelf.parameters.most() {
            return Err(vm.new_type_error(format!(
                "{} takes {}, not {}",
                zelf.full_name,
                zelf.parameters.in_words(),
                args.len()
            )));
        }
        let spec = EventSpec {
            target: Target::Handler(zelf.full_name.clone()),
            args,
            handler: Some(zelf.to_owned()),
            actions: zelf.actions,
        };
        Ok(spec.into_ref(&vm.ctx).into())
    }
}

impl Representable for EventHandler {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!("<EventHandler {}>", zelf.full_name))
    }
}

/// Keyword arguments put in their places.
fn positional(
    handler: &EventHandler,
    mut given: FuncArgs,
    vm: &VirtualMachine,
) -> PyResult<Vec<PyObjectRef>> {
    let mut args = std::mem::take(&mut given.args);
    while let Some(name) = handler.parameters.names.get(args.len()) {
        match given.take_keyword(name) {
            Some(value) => args.push(value),
            None => break,
        }
    }
    match given.kwargs.keys().next() {
        Some(name) => Err(vm.new_type_error(format!(
            "{} has no argument {:?} after the {} given",
            handler.full_name,
            name.to_string_lossy(),
            args.len()
        ))),
        None => Ok(args),
    }
}

/// What an [`EventSpec`] does.
#[derive(Debug, Clone)]
pub(crate) enum Target {
    /// Runs the handler of that full name with the spec's arguments.
    Handler(Arc<str>),
    /// Runs a command of the wire protocol in the browser: its name, the names of its values,
    /// which are the spec's arguments.
    Command(&'static str, Vec<&'static str>),
    /// Switches between light and dark.
    ToggleColorMode,
    /// Nothing: only its actions count.
    Nothing,
}

/// An event with its arguments, ready to be bound to a trigger or returned by a handler.
#[pyclass(module = "reflex.event", name = "EventSpec", traverse)]
#[derive(Debug, Clone, PyPayload)]
pub(crate) struct EventSpec {
    /// What it does.
    #[pytraverse(skip)]
    pub(crate) target: Target,
    /// Its arguments: Vars in a page, values in a handler.
    pub(crate) args: Vec<PyObjectRef>,
    /// The handler that it was made of.
    pub(crate) handler: Option<PyRef<EventHandler>>,
    /// How it is sent.
    #[pytraverse(skip)]
    pub(crate) actions: Actions,
}

impl EventSpec {
    /// One that runs no handler.
    #[must_use]
    pub(crate) fn new(target: Target, args: Vec<PyObjectRef>) -> Self {
        Self {
            target,
            args,
            handler: None,
            actions: Actions::default(),
        }
    }

    fn with(&self, change: impl FnOnce(&mut Actions)) -> Self {
        let mut copy = self.clone();
        change(&mut copy.actions);
        copy
    }
}

#[pyclass(with(Callable, Representable))]
impl EventSpec {
    #[pygetset]
    fn handler(zelf: &Py<Self>) -> Option<PyRef<EventHandler>> {
        zelf.handler.clone()
    }

    #[pygetset]
    fn args(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.ctx.new_tuple(zelf.args.clone()).into()
    }

    #[pygetset]
    fn stop_propagation(zelf: &Py<Self>) -> Self {
        zelf.with(|actions| actions.stop_propagation = true)
    }

    #[pygetset]
    fn prevent_default(zelf: &Py<Self>) -> Self {
        zelf.with(|actions| actions.prevent_default = true)
    }

    #[pygetset]
    fn temporal(zelf: &Py<Self>) -> Self {
        zelf.with(|actions| actions.temporal = true)
    }

    #[pymethod]
    fn throttle(zelf: &Py<Self>, milliseconds: u32) -> Self {
        zelf.with(|actions| actions.throttle_ms = Some(milliseconds))
    }

    #[pymethod]
    fn debounce(zelf: &Py<Self>, milliseconds: u32) -> Self {
        zelf.with(|actions| actions.debounce_ms = Some(milliseconds))
    }
}

impl Callable for EventSpec {
    type Args = FuncArgs;

    /// `rx.toggle_color_mode()`: what is bound bare may be called too.
    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        if args.is_empty() {
            return Ok(zelf.as_object().to_owned());
        }
        Err(vm.new_type_error("the event has its arguments already"))
    }
}

impl Representable for EventSpec {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(match &zelf.target {
            Target::Handler(name) => format!("<EventSpec {name}, {} arguments>", zelf.args.len()),
            Target::Command(name, _) => format!("<EventSpec {name}>"),
            Target::ToggleColorMode => "<EventSpec toggle_color_mode>".to_owned(),
            Target::Nothing => "<EventSpec>".to_owned(),
        })
    }
}

/// `rx.cond` between events: which of them is decided when the trigger fires.
#[pyclass(module = "reflex.event", name = "EventChoice", traverse)]
#[derive(Debug, PyPayload)]
pub(crate) struct EventChoice {
    /// What decides.
    #[pytraverse(skip)]
    pub(crate) test: Expr,
    /// What happens when it is true: whatever an event trigger takes.
    pub(crate) then: PyObjectRef,
    /// What happens when it is not; None is nothing.
    pub(crate) otherwise: PyObjectRef,
}

#[pyclass(with(Representable))]
impl EventChoice {}

impl Representable for EventChoice {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        let (then, otherwise) = (zelf.then.repr(vm)?, zelf.otherwise.repr(vm)?);
        Ok(format!(
            "<EventChoice {} or {}>",
            then.to_string_lossy(),
            otherwise.to_string_lossy()
        ))
    }
}

/// Whether the object is an event, or a collection that holds one.
pub(super) fn is_event(object: &PyObject) -> bool {
    object.downcast_ref::<EventSpec>().is_some()
        || object.downcast_ref::<EventHandler>().is_some()
        || object.downcast_ref::<EventChoice>().is_some()
        || object
            .downcast_ref::<PyList>()
            .is_some_and(|list| list.borrow_vec().iter().any(|element| is_event(element)))
        || object
            .downcast_ref::<PyTuple>()
            .is_some_and(|tuple| tuple.as_slice().iter().any(|element| is_event(element)))
}
