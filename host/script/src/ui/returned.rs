//! What an event handler returns or yields: the events that follow.
//!
//! Not here: queueing and running them, which the host does.

use ferroflex_state::{Value, wire};
use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyBoundMethod, PyList, PyTuple},
};

use super::{
    convert,
    event::{EventHandler, EventSpec, Target},
};

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
    /// Have the browser run a command, in the wire protocol's form.
    Command(serde_json::Value),
}

/// The events in what a handler returned or yielded: nothing, an event, a handler, a list of such.
///
/// # Errors
/// `TypeError` when it is anything else, or when an event lacks arguments.
pub(crate) fn returned_events(returned: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<Returned>> {
    let mut events = Vec::new();
    collect(returned, &mut events, vm)?;
    Ok(events)
}

fn collect(returned: &PyObject, events: &mut Vec<Returned>, vm: &VirtualMachine) -> PyResult<()> {
    if vm.is_none(returned) {
        return Ok(());
    }
    if let Some(spec) = returned.downcast_ref::<EventSpec>() {
        events.extend(of_spec(spec, vm)?);
        return Ok(());
    }
    if let Some(handler) = returned.downcast_ref::<EventHandler>() {
        events.push(of_handler(handler, Vec::new(), vm)?);
        return Ok(());
    }
    if let Some(list) = returned.downcast_ref::<PyList>() {
        let elements = list.borrow_vec().to_vec();
        return elements
            .iter()
            .try_for_each(|element| collect(element, events, vm));
    }
    if let Some(tuple) = returned.downcast_ref::<PyTuple>() {
        return tuple
            .as_slice()
            .iter()
            .try_for_each(|element| collect(element, events, vm));
    }
    if returned.downcast_ref::<PyBoundMethod>().is_some()
        && let Some(handler) = bound_handler(returned, vm)?
        && let Some(handler) = handler.downcast_ref::<EventHandler>()
    {
        events.push(of_handler(handler, Vec::new(), vm)?);
        return Ok(());
    }
    Err(not_an_event(returned, vm))
}

fn of_spec(spec: &EventSpec, vm: &VirtualMachine) -> PyResult<Option<Returned>> {
    Ok(match (&spec.target, &spec.handler) {
        (Target::Handler(_), Some(handler)) => Some(of_handler(handler, spec.args.clone(), vm)?),
        (Target::Handler(name), None) => Some(Returned::Handler {
            full_name: name.to_string(),
            args: spec.args.clone(),
        }),
        (Target::Command(name, names), _) => {
            let mut object = serde_json::Map::new();
            object.insert("c".to_owned(), (*name).into());
            for (key, value) in names.iter().zip(&spec.args) {
                object.insert((*key).to_owned(), json(&convert::constant(value, vm)?));
            }
            Some(Returned::Command(object.into()))
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
    Ok(Returned::Handler {
        full_name: handler.full_name.to_string(),
        args,
    })
}

/// The handler behind `self.handler`, which is a plain method on an instance.
fn bound_handler(method: &PyObject, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    let instance = method.get_attr("__self__", vm)?;
    let name = method.get_attr("__name__", vm)?.str(vm)?;
    vm.get_attribute_opt(instance.class().as_object(), &*name)
}

fn json(value: &Value) -> serde_json::Value {
    let mut text = Vec::new();
    wire::write_value(value, &mut text);
    serde_json::from_slice(&text).unwrap_or_default()
}

fn not_an_event(returned: &PyObject, vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_type_error(format!(
        "event handlers must only return or yield events: None, State.handler, \
         State.handler(arguments), rx.redirect(…) and its like, or lists of them, not {}",
        returned.class().name()
    ))
}
