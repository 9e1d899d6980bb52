//! Commands that an event handler returned, in the wire protocol's form (`PROTOCOL.md`, "patch").
//!
//! A callback is a list of what follows: events as `{"handler": …, "args": […]}` and commands. An
//! argument may be what the callback is given, or a part of it: `{"$": ["result", "x", 0]}`. Not
//! here: commands that are bound in a page, whose callbacks are functions of its module.

use ferroflex_page::{
    expr::{Expr, ExprKind},
    node::{Action, Callback, CommandValue},
};
use ferroflex_state::{Value, wire};
use rustpython_vm::{PyResult, VirtualMachine, builtins::PyBaseExceptionRef};
use serde_json::{Map, Value as Json, json};

use super::table::CALLBACKS;

/// An action as data. Handlers have their full names, see [`resolve_callbacks`].
///
/// # Errors
/// `TypeError` for what only a page can compute.
pub(in crate::ui) fn written(
    action: &Action,
    given: Option<&str>,
    vm: &VirtualMachine,
) -> PyResult<Json> {
    match action {
        Action::Command(entries) => {
            let mut object = Map::new();
            for (name, value) in entries {
                let value = match value {
                    CommandValue::Value(value) => expression(value, given, vm)?,
                    CommandValue::Callback(callback) => self::callback(callback, vm)?,
                };
                object.insert(name.clone(), value);
            }
            Ok(object.into())
        }
        Action::Handler { handler, args } => {
            let args = args.iter().map(|arg| expression(arg, given, vm));
            let args = args.collect::<PyResult<Vec<Json>>>()?;
            Ok(json!({"handler": &**handler, "args": args}))
        }
        Action::ToggleColorMode => Ok(json!({"c": "color_mode", "mode": "toggle"})),
        Action::Call(..) => Err(vm.new_type_error(
            "a function of the browser's cannot be returned; bind it to an event trigger",
        )),
        Action::Choose { .. } => Err(vm
            .new_type_error("rx.cond between events is for pages; use if inside an event handler")),
    }
}

/// Gives the handlers in a command's callbacks their numbers.
///
/// # Errors
/// `LookupError` for a handler that has none.
pub(crate) fn resolve_callbacks(
    command: &mut Json,
    number: &dyn Fn(&str) -> Option<u32>,
    vm: &VirtualMachine,
) -> PyResult<()> {
    for (name, _) in CALLBACKS {
        let steps = command.get_mut(name).and_then(Json::as_array_mut);
        for step in steps.into_iter().flatten() {
            let Some(handler) = step.get_mut("handler") else {
                resolve_callbacks(step, number, vm)?;
                continue;
            };
            let full_name = handler.as_str().unwrap_or_default();
            let missing = || vm.new_lookup_error(format!("there is no handler {full_name}"));
            *handler = number(full_name).ok_or_else(missing)?.into();
        }
    }
    Ok(())
}

fn callback(callback: &Callback, vm: &VirtualMachine) -> PyResult<Json> {
    let given = callback.given.as_deref();
    let steps = callback
        .actions
        .iter()
        .map(|action| written(action, given, vm));
    steps.collect::<PyResult<Vec<Json>>>().map(Json::from)
}

fn expression(expr: &Expr, given: Option<&str>, vm: &VirtualMachine) -> PyResult<Json> {
    if let ExprKind::Literal(value) = &*expr.kind {
        return Ok(literal(value));
    }
    if let Some(given) = given {
        let mut tag = vec!["result".into()];
        if path(expr, given, &mut tag) {
            return Ok(json!({ "$": tag }));
        }
    }
    match &*expr.kind {
        ExprKind::List(items) => {
            let items = items.iter().map(|item| expression(item, given, vm));
            items.collect::<PyResult<Vec<Json>>>().map(Json::from)
        }
        ExprKind::Dict(entries) => {
            let mut object = Map::new();
            for (name, value) in entries {
                object.insert(name.clone(), expression(value, given, vm)?);
            }
            let is_like_a_tag = object.len() == 1 && object.contains_key("$");
            Ok(if is_like_a_tag {
                json!({"$": ["dict", object]})
            } else {
                object.into()
            })
        }
        _ => Err(not_data(given, vm)),
    }
}

/// Whether the expression is what the callback is given, or a part of it; `tag` takes the way.
fn path(expr: &Expr, given: &str, tag: &mut Vec<Json>) -> bool {
    match &*expr.kind {
        ExprKind::Raw(name) => &**name == given,
        ExprKind::Attribute(of, name) if path(of, given, tag) => {
            tag.push((&**name).into());
            true
        }
        ExprKind::Index(of, index) if path(of, given, tag) => match index.constant() {
            Some(key @ (Value::Str(_) | Value::Int(_))) => {
                tag.push(literal(key));
                true
            }
            _ => false,
        },
        _ => false,
    }
}

fn literal(value: &Value) -> Json {
    let mut text = Vec::new();
    wire::write_value(value, &mut text);
    serde_json::from_slice(&text).unwrap_or_default()
}

fn not_data(given: Option<&str>, vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_type_error(match given {
        Some(_) => {
            "a callback of an event that a handler returns can be given values, the result and \
             parts of it; compute the rest in the handler that it calls"
        }
        None => "a Var has no value here; read it from `self` inside an event handler",
    })
}
