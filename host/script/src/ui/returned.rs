//! What an event handler returns or yields: the events that follow.
//!
//! Not here: queueing and running them, which the host does.

use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyBoundMethod, PyList, PyTuple, PyType},
};

use super::{
    background::BackgroundMethod,
    command,
    event::{EventHandler, EventSpec, Target},
    var::Var,
};
use crate::limits::{RETURNED_DEPTH_MAX, SHOWN_RETURNED_CHARS_MAX};

/// An event that a handler asked for.
#[derive(Debug)]
pub(crate) enum Returned {
    /// Run another handler of the session.
    Handler {
        /// Its full name.
        full_name: String,
        /// Its positional arguments.
        args: Vec<PyObjectRef>,
    },
    /// Have the browser run a command, in the wire protocol's form but for the handlers in its
    /// callbacks, which have their full names: `resolve_callbacks` gives them numbers.
    Command(serde_json::Value),
}

/// The events in what a handler returned or yielded: nothing, an event, a handler, a list of such.
///
/// # Errors
/// `TypeError` when it is anything else, or when an event lacks arguments.
pub(crate) fn returned_events(returned: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<Returned>> {
    let mut events = Vec::new();
    collect(returned, &mut events, 0, vm)?;
    Ok(events)
}

fn collect(
    returned: &PyObject,
    events: &mut Vec<Returned>,
    depth: usize,
    vm: &VirtualMachine,
) -> PyResult<()> {
    if vm.is_none(returned) {
        return Ok(());
    }
    if let Some(spec) = returned.downcast_ref::<EventSpec>() {
        events.extend(of_spec(spec, vm)?);
        return Ok(());
    }
    if let Some(elements) = elements(returned) {
        if depth == RETURNED_DEPTH_MAX {
            return Err(vm.new_type_error(format!(
                "an event handler returned lists of events that nest deeper than {RETURNED_DEPTH_MAX}"
            )));
        }
        return elements
            .iter()
            .try_for_each(|element| collect(element, events, depth + 1, vm));
    }
    let Some(handler) = handler(returned, vm)? else {
        return Err(not_an_event(returned, vm));
    };
    events.push(of_handler(&handler, Vec::new(), vm)?);
    Ok(())
}

fn elements(returned: &PyObject) -> Option<Vec<PyObjectRef>> {
    if let Some(list) = returned.downcast_ref::<PyList>() {
        return Some(list.borrow_vec().to_vec());
    }
    let tuple = returned.downcast_ref::<PyTuple>();
    tuple.map(|tuple| tuple.as_slice().to_vec())
}

/// The handler that is meant by `State.handler` or `self.handler`.
fn handler(returned: &PyObject, vm: &VirtualMachine) -> PyResult<Option<PyRef<EventHandler>>> {
    if let Some(handler) = returned.downcast_ref::<EventHandler>() {
        return Ok(Some(handler.to_owned()));
    }
    if let Some(task) = returned.downcast_ref::<BackgroundMethod>() {
        return Ok(Some(task.handler.clone()));
    }
    if returned.downcast_ref::<PyBoundMethod>().is_some() {
        return bound_handler(returned, vm);
    }
    Ok(None)
}

fn of_spec(spec: &EventSpec, vm: &VirtualMachine) -> PyResult<Option<Returned>> {
    Ok(match (&spec.target, &spec.handler) {
        (Target::Handler(_), Some(handler)) => Some(of_handler(handler, spec.args.clone(), vm)?),
        (Target::Handler(name), None) => Some(Returned::Handler {
            full_name: name.to_string(),
            args: spec.args.clone(),
        }),
        (Target::Command(name, names), _) => {
            let action = command::command(name, names, &spec.args, 0, vm)?;
            Some(Returned::Command(command::written(&action, None, vm)?))
        }
        (Target::ToggleColorMode, _) => Some(Returned::Command(
            serde_json::json!({"c": "color_mode", "mode": "toggle"}),
        )),
        (Target::Nothing, _) => None,
    })
}

fn of_handler(
    handler: &EventHandler,
    args: Vec<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult<Returned> {
    if args.len() < handler.parameters.required {
        return Err(vm.new_type_error(format!(
            "{} takes {}, not {}",
            handler.full_name,
            handler.parameters.in_words(),
            args.len()
        )));
    }
    if args.iter().any(|arg| arg.downcast_ref::<Var>().is_some()) {
        return Err(vm.new_type_error(format!(
            "{}: a Var has no value here; read it from `self` inside an event handler",
            handler.full_name
        )));
    }
    Ok(Returned::Handler {
        full_name: handler.full_name.to_string(),
        args,
    })
}

/// The handler behind `self.handler`, which is a plain method on an instance. It is known by its
/// function: a decorator may have given that another name.
fn bound_handler(method: &PyObject, vm: &VirtualMachine) -> PyResult<Option<PyRef<EventHandler>>> {
    let instance = method.get_attr("__self__", vm)?;
    let function = method.get_attr("__func__", vm)?;
    // Asked of the instance: what a background task has as `self` only stands for one.
    let class = instance.get_attr("__class__", vm)?;
    let Some(class) = class.downcast_ref::<PyType>() else {
        return Ok(None);
    };
    for class in class.mro_collect() {
        let members = class.attributes.entries().into_iter();
        let mut handlers = members.filter_map(|(_, member)| member.downcast::<EventHandler>().ok());
        if let Some(handler) = handlers.find(|handler| handler.function.is(&function)) {
            return Ok(Some(handler));
        }
    }
    Ok(None)
}

fn not_an_event(returned: &PyObject, vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_type_error(format!(
        "event handlers must only return or yield events: None, State.handler, \
         State.handler(arguments), rx.redirect(…) and its like, or lists of them, not {}",
        described(returned, vm)
    ))
}

/// What was returned instead of an event, with what was probably meant.
fn described(returned: &PyObject, vm: &VirtualMachine) -> String {
    let class = returned.class().name().to_string();
    let name = || {
        let name = vm
            .get_attribute_opt(returned, "__qualname__")
            .ok()
            .flatten();
        name.and_then(|name| Some(name.str(vm).ok()?.to_string_lossy().into_owned()))
            .unwrap_or_default()
    };
    match &*class {
        "coroutine" => {
            // Nobody will await it any more; Python would warn of that when it is collected.
            drop(vm.call_method(returned, "close", ()));
            format!(
                "the coroutine {0}(…); write `await` before the call of {0}",
                name()
            )
        }
        "generator" | "async_generator" => format!(
            "the generator {}(…); go through it with `for` and `yield` what it gives",
            name()
        ),
        "function" | "method" => format!("the {class} {}, which is no event handler", name()),
        _ if is_scalar(returned, vm) => {
            let written = returned
                .repr(vm)
                .map(|text| text.to_string_lossy().into_owned());
            let shown: String = written
                .unwrap_or_default()
                .chars()
                .take(SHOWN_RETURNED_CHARS_MAX)
                .collect();
            format!("{class} {shown}")
        }
        _ => class,
    }
}

fn is_scalar(object: &PyObject, vm: &VirtualMachine) -> bool {
    let types = &vm.ctx.types;
    [
        types.bool_type,
        types.int_type,
        types.float_type,
        types.str_type,
    ]
    .iter()
    .any(|class| object.class().is(*class))
}
