//! `self.router` and the arguments of routes: who is at the other end and which page is shown, as
//! Reflex has it.
//!
//! The Python objects are made when they are first read and kept until the visit changes; what the
//! browser sees of them is made here without Python.

use ferroflex_page::RouteArgument;
use ferroflex_session::Visit;
use ferroflex_state::{Dict, DictKey, FieldId, Value};
use rustpython_vm::{Py, PyObjectRef, PyResult, VirtualMachine, builtins::PyDictRef};

use super::{
    class::{Field, Source},
    object::StateObject,
    routing::{Routing, Shown, route_id, split},
    shared::Shared,
};
use crate::interpreter::module;

/// Headers that the browser is not told, since servers on the way may have added them.
const PRIVATE_HEADERS: &[&str] = &[
    "authorization",
    "cf-access-jwt-assertion",
    "cookie",
    "proxy-authorization",
    "x-amzn-oidc-accesstoken",
    "x-amzn-oidc-data",
    "x-auth-request-access-token",
    "x-forwarded-access-token",
    "x-goog-iap-jwt-assertion",
];

/// The headers that Reflex's `router.headers` has as attributes, but for the cookie, which the
/// browser is not told.
pub(crate) const HEADERS: &[&str] = &[
    "host",
    "origin",
    "upgrade",
    "connection",
    "pragma",
    "cache_control",
    "user_agent",
    "sec_websocket_version",
    "sec_websocket_key",
    "sec_websocket_extensions",
    "accept_encoding",
    "accept_language",
];

/// The value of a field that is made from the visit.
pub(crate) fn read(owner: &Py<StateObject>, field: u32, vm: &VirtualMachine) -> PyResult {
    if let Some(value) = owner.slots.lock()[field as usize].value.clone() {
        return Ok(value);
    }
    let visit = owner.shared.visit.lock().clone();
    let routing = &owner.shared.routing;
    let shown = routing.shown(&visit);
    let described = &owner.class.fields[field as usize];
    let made = match argument(described, shown.arguments.clone()) {
        Some(argument) => python_argument(argument, vm),
        None => make(&visit, routing, &shown, vm)?,
    };
    owner.slots.lock()[field as usize].value = Some(made.clone());
    Ok(made)
}

/// What the browser sees of a field that is made from the visit: nothing unless a page shows it.
pub(crate) fn value(shared: &Shared, id: FieldId, field: &Field) -> Value {
    let visit = shared.visit.lock();
    let is_told = shared.routing.told.contains(&id);
    let shown = if is_told {
        shared.routing.shown(&visit)
    } else {
        Shown::default()
    };
    match argument(field, shown.arguments.clone()) {
        Some(argument) => told_argument(argument),
        None if !is_told => Value::Dict(Dict::new()),
        None => router(&visit, &shared.routing, &shown),
    }
}

/// The argument that a field stands for, empty where the address has none; nothing for `router`.
fn argument(field: &Field, given: Vec<(String, RouteArgument)>) -> Option<RouteArgument> {
    let Source::RouteArgument { is_list } = field.source else {
        return None;
    };
    let mut given = given.into_iter();
    let found = given.find(|(name, _)| **name == *field.name);
    let found = found.map(|(_, argument)| argument);
    Some(found.unwrap_or(if is_list {
        RouteArgument::List(Vec::new())
    } else {
        RouteArgument::Text(String::new())
    }))
}

fn python_argument(argument: RouteArgument, vm: &VirtualMachine) -> PyObjectRef {
    match argument {
        RouteArgument::Text(text) => vm.ctx.new_str(text).into(),
        RouteArgument::List(parts) => {
            let parts = parts.into_iter().map(|part| vm.ctx.new_str(part).into());
            vm.ctx.new_list(parts.collect()).into()
        }
    }
}

fn told_argument(argument: RouteArgument) -> Value {
    match argument {
        RouteArgument::Text(text) => Value::Str(text),
        RouteArgument::List(parts) => Value::List(parts.into_iter().map(Value::Str).collect()),
    }
}

fn make(visit: &Visit, routing: &Routing, shown: &Shown, vm: &VirtualMachine) -> PyResult {
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
        text(&routing.address(visit)),
        text(&shown.route),
        text(route_id(&shown.route)),
        parameters(visit, shown, vm)?.into(),
        headers.into(),
    ];
    module("reflex.router", vm)?
        .get_attr("make", vm)?
        .call(arguments, vm)
}

/// `router.page.params`: the query and the arguments of the route, which count more.
fn parameters(visit: &Visit, shown: &Shown, vm: &VirtualMachine) -> PyResult<PyDictRef> {
    let made = vm.ctx.new_dict();
    for (name, value) in query_pairs(split(&visit.route).1) {
        made.set_item(name.as_str(), vm.ctx.new_str(value).into(), vm)?;
    }
    for (name, argument) in &shown.arguments {
        made.set_item(name.as_str(), python_argument(argument.clone(), vm), vm)?;
    }
    Ok(made)
}

fn router(visit: &Visit, routing: &Routing, shown: &Shown) -> Value {
    let session = object(vec![
        ("client_token", text(&visit.token)),
        ("client_ip", text(&visit.client_ip)),
        ("session_id", text(&visit.session_id)),
    ]);
    let headers = if routing.tells_headers {
        headers(visit)
    } else {
        Value::Dict(Dict::new())
    };
    object(vec![
        ("session", session),
        ("headers", headers),
        ("page", page(visit, routing, shown)),
        ("url", url(visit, routing)),
        ("route_id", text(route_id(&shown.route))),
    ])
}

fn page(visit: &Visit, routing: &Routing, shown: &Shown) -> Value {
    let address = routing.address(visit);
    let mut params: Dict = pairs(query_pairs(split(&visit.route).1));
    for (name, argument) in &shown.arguments {
        params.insert(name.as_str().into(), told_argument(argument.clone()));
    }
    object(vec![
        ("host", text(&visit.origin)),
        ("path", text(&shown.route)),
        ("raw_path", text(&address)),
        (
            "full_path",
            text(&format!("{}{}", visit.origin, shown.route)),
        ),
        ("full_raw_path", text(&format!("{}{address}", visit.origin))),
        ("params", Value::Dict(params)),
    ])
}

fn url(visit: &Visit, routing: &Routing) -> Value {
    let address = routing.address(visit);
    let (path, query) = split(&address);
    let fragment = address.split_once('#').map_or("", |(_, fragment)| fragment);
    let (scheme, netloc) = visit.origin.split_once("://").unwrap_or_default();
    // Python's `parse_qsl` leaves out names without a value.
    let filled = query_pairs(query).filter(|(_, value)| !value.is_empty());
    object(vec![
        ("scheme", text(scheme)),
        ("netloc", text(netloc)),
        ("origin", text(&visit.origin)),
        ("path", text(path)),
        ("query", text(query)),
        ("query_parameters", Value::Dict(pairs(filled))),
        ("fragment", text(fragment)),
        ("href", text(&format!("{}{address}", visit.origin))),
    ])
}

fn headers(visit: &Visit) -> Value {
    let given = || {
        visit
            .headers
            .iter()
            .map(|(name, value)| (&**name, &**value))
    };
    let known = |name: &&'static str| {
        let header = name.replace('_', "-");
        let value = given().find(|(given, _)| *given == header);
        (*name, text(value.map_or("", |(_, value)| value)))
    };
    let told = given().filter(|(name, _)| !PRIVATE_HEADERS.contains(name));
    let raw = pairs(told.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let mut entries: Vec<_> = HEADERS.iter().map(known).collect();
    entries.push(("cookie", text("")));
    entries.push(("raw_headers", Value::Dict(raw)));
    object(entries)
}

fn text(text: &str) -> Value {
    Value::Str(text.to_owned())
}

fn object(entries: Vec<(&str, Value)>) -> Value {
    let entries = entries
        .into_iter()
        .map(|(name, value)| (DictKey::Str(name.into()), value));
    Value::Dict(entries.collect::<Dict>())
}

/// A dictionary in which the last of several values of a name counts.
fn pairs(entries: impl Iterator<Item = (String, String)>) -> Dict {
    entries
        .map(|(name, value)| (DictKey::Str(name), Value::Str(value)))
        .collect()
}

fn query_pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
}
