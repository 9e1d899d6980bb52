//! `self.router`: who is at the other end and which page is shown, as Reflex has it.
//!
//! The Python object is made by `reflex.router` when it is first read and kept until the route
//! changes; what the browser sees of it is made here without Python.

use ferroflex_session::Visit;
use ferroflex_state::{Dict, DictKey, Value};
use rustpython_vm::{Py, PyObjectRef, PyResult, VirtualMachine};

use super::{object::StateObject, shared::Shared};
use crate::interpreter::module;

/// The `router` object of the session.
pub(crate) fn read(owner: &Py<StateObject>, field: u32, vm: &VirtualMachine) -> PyResult {
    if let Some(value) = owner.slots.lock()[field as usize].value.clone() {
        return Ok(value);
    }
    let visit = owner.shared.visit.lock().clone();
    let made = make(&visit, vm)?;
    owner.slots.lock()[field as usize].value = Some(made.clone());
    Ok(made)
}

fn make(visit: &Visit, vm: &VirtualMachine) -> PyResult {
    let text = |value: &str| PyObjectRef::from(vm.ctx.new_str(value));
    let headers = vm.ctx.new_dict();
    for (name, value) in &visit.headers {
        headers.set_item(name.as_str(), text(value), vm)?;
    }
    let arguments = vec![
        text(&visit.token),
        text(&visit.session_id),
        text(&visit.client_ip),
        text(&visit.origin),
        text(&visit.route),
        headers.into(),
    ];
    module("reflex.router", vm)?
        .get_attr("make", vm)?
        .call(arguments, vm)
}

/// What the browser sees of the router: nothing unless a page shows something of it.
pub(crate) fn value(shared: &Shared) -> Value {
    if !shared.router_told {
        return Value::Dict(Dict::new());
    }
    let visit = shared.visit.lock();
    let (path, query) = split(&visit.route);
    let full = format!("{}{}", visit.origin, visit.route);
    let page = object(vec![
        ("host", Value::Str(visit.origin.clone())),
        ("path", Value::Str(path.to_owned())),
        ("raw_path", Value::Str(visit.route.clone())),
        ("full_path", Value::Str(format!("{}{path}", visit.origin))),
        ("full_raw_path", Value::Str(full.clone())),
        ("params", parameters(query)),
    ]);
    let url = object(vec![
        ("href", Value::Str(full)),
        ("origin", Value::Str(visit.origin.clone())),
        ("path", Value::Str(path.to_owned())),
        ("query", Value::Str(query.to_owned())),
        ("query_parameters", parameters(query)),
    ]);
    let session = object(vec![
        ("client_token", Value::Str(visit.token.clone())),
        ("client_ip", Value::Str(visit.client_ip.clone())),
        ("session_id", Value::Str(visit.session_id.clone())),
    ]);
    object(vec![("page", page), ("url", url), ("session", session)])
}

fn object(entries: Vec<(&str, Value)>) -> Value {
    let entries = entries
        .into_iter()
        .map(|(name, value)| (DictKey::Str(name.into()), value));
    Value::Dict(entries.collect::<Dict>())
}

fn split(route: &str) -> (&str, &str) {
    let without_fragment = route.split('#').next().unwrap_or_default();
    without_fragment
        .split_once('?')
        .unwrap_or((without_fragment, ""))
}

fn parameters(query: &str) -> Value {
    let pairs = form_urlencoded::parse(query.as_bytes());
    Value::Dict(
        pairs
            .map(|(name, value)| {
                (
                    DictKey::Str(name.into_owned()),
                    Value::Str(value.into_owned()),
                )
            })
            .collect(),
    )
}
