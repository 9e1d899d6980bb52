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
    common::wtf8::Wtf8Buf,
    function::{FuncArgs, OptionalArg},
    pyclass,
    types::{Callable, Constructor, GetDescriptor, Representable},
};

use super::{
    actions::Actions,
    background::BackgroundMethod,
    callable::{Parameters, default_of},
};

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
    /// The handler's full name: `module.State.handler`, or `module.handler` where it stands in a
    /// module.
    #[pytraverse(skip)]
    pub(crate) full_name: Arc<str>,
    /// What it takes, without `self`.
    #[pytraverse(skip)]
    pub(crate) parameters: Arc<Parameters>,
    /// How its events are sent.
    #[pytraverse(skip)]
    pub(crate) actions: Actions,
    /// Whether it runs beside the session's queue, so that it cannot be called as a method.
    #[pytraverse(skip)]
    pub(crate) background: bool,
}

impl EventHandler {
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

/// `EventHandler(function, state_full_name, name, options={}, full_name=…)`.
#[derive(rustpython_vm::FromArgs)]
pub(crate) struct EventHandlerArgs {
    #[pyarg(any)]
    function: PyObjectRef,
    #[pyarg(any)]
    state_full_name: String,
    #[pyarg(any)]
    name: String,
    /// What `@rx.event` was given.
    #[pyarg(any, default)]
    options: OptionalArg<PyRef<PyDict>>,
    #[pyarg(any, default)]
    full_name: OptionalArg<String>,
}

impl Constructor for EventHandler {
    type Args = EventHandlerArgs;

    fn py_new(_class: &Py<PyType>, args: Self::Args, vm: &VirtualMachine) -> PyResult<Self> {
        let options = args.options.unwrap_or_else(|| vm.ctx.new_dict());
        let background = match options.get_item_opt("background", vm)? {
            Some(background) => background.is_true(vm)?,
            None => false,
        };
        let full_name = args.full_name.into_option();
        let full_name =
            full_name.unwrap_or_else(|| format!("{}.{}", args.state_full_name, args.name));
        Ok(Self {
            parameters: Parameters::of_handler(&args.function, vm)?.into(),
            function: args.function,
            state_full_name: args.state_full_name.into(),
            name: args.name.into(),
            full_name: full_name.into(),
            actions: Actions::of(&options, vm)?,
            background,
        })
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
        if handler.background {
            return Ok(BackgroundMethod::of(handler.to_owned())
                .into_ref(&vm.ctx)
                .into());
        }
        let method = PyBoundMethod::new(instance.to_owned(), handler.function.clone());
        Ok(method.into_ref(&vm.ctx).into())
    }
}

impl Callable for EventHandler {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let args = positional(zelf, args, vm)?;
        // `State.receive(rx.upload_files(…))`: an event as an argument is what happens.
        if let Some(event) = args.iter().find(|argument| is_event(argument)) {
            return Ok(event.clone());
        }
        if args.len() > zelf.parameters.most() {
            return Err(vm.new_type_error(format!(
                "{} takes {}, not {}",
                zelf.full_name,
                zelf.parameters.in_words(),
                args.len()
            )));
        }
        if let Some(position) = args.iter().position(|argument| is_upload(argument, vm)) {
            let args_given = vm.ctx.new_tuple(args.clone());
            let given = (zelf.to_owned(), args_given, position);
            return vm.call_method(&args[position], SENT_FOR, given);
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

/// The method of what `rx.upload_files()` gives that makes the event.
const SENT_FOR: &str = "sent_for";

/// Whether an argument stands for files, which are sent before the event.
fn is_upload(argument: &PyObject, vm: &VirtualMachine) -> bool {
    let class = argument.class();
    class.get_attr(vm.ctx.intern_str(SENT_FOR)).is_some()
}

/// Keyword arguments put in their places. A parameter that is passed over on the way takes its
/// default.
fn positional(
    handler: &EventHandler,
    mut given: FuncArgs,
    vm: &VirtualMachine,
) -> PyResult<Vec<PyObjectRef>> {
    let mut args = std::mem::take(&mut given.args);
    let mut names = handler.parameters.names.iter().skip(args.len());
    let unknown = |name: &&Wtf8Buf| {
        !names
            .clone()
            .any(|known| name.as_bytes() == known.as_bytes())
    };
    if let Some(name) = given.kwargs.keys().find(unknown) {
        return Err(vm.new_type_error(format!(
            "{} has no argument {:?} after the {} given",
            handler.full_name,
            name,
            args.len()
        )));
    }
    while !given.kwargs.is_empty()
        && let Some(name) = names.next()
    {
        let argument = match given.take_keyword(name) {
            Some(value) => Some(value),
            None => default_of(&handler.function, args.len() + 1, name, vm)?,
        };
        args.push(argument.ok_or_else(|| {
            vm.new_type_error(format!("{} lacks the argument {name:?}", handler.full_name))
        })?);
    }
    Ok(args)
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
