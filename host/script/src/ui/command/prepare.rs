//! What some special events do to their arguments before they are a command's values: checks, and
//! arguments that become several values.
//!
//! Not here: binding of arguments (`mod.rs`).

use ferroflex_page::expr::ExprKind;
use rustpython_vm::{
    PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyBytes, PyDict, PyList, PyStr, PyTuple},
};

use crate::limits::DOWNLOAD_BYTES_MAX;
use crate::ui::{token, var::Var};

/// A command's values under their names on the wire, in order.
pub(super) type Values = Vec<(&'static str, PyObjectRef)>;

/// Checks and changes the values of a command.
pub(super) type Prepare = fn(Values, &VirtualMachine) -> PyResult<Values>;

/// Either an address of the app's own or data; a file is called like the end of its address.
pub(super) fn download(mut values: Values, vm: &VirtualMachine) -> PyResult<Values> {
    let error = |problem: &str| vm.new_value_error(format!("rx.download() {problem}"));
    match (get(&values, "url").cloned(), get(&values, "data")) {
        (Some(_), Some(_)) => return Err(error("takes either url or data, not both")),
        (None, None) => return Err(error("needs url or data")),
        (None, Some(data)) => check_data(data, vm)?,
        (Some(url), None) => {
            if let Some(url) = url.downcast_ref::<PyStr>() {
                let url = url.to_string_lossy();
                if !url.starts_with('/') {
                    return Err(error("needs a url that starts with a slash"));
                }
                if get(&values, "filename").is_none() {
                    let name = url.rsplit('/').next().unwrap_or_default();
                    values.push(("filename", vm.ctx.new_str(name).into()));
                }
            }
        }
    }
    Ok(values)
}

fn check_data(data: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    let text = data.downcast_ref::<PyStr>().map(|text| text.byte_len());
    let bytes = data.downcast_ref::<PyBytes>().map(|bytes| bytes.len());
    if let Some(length) = text.or(bytes) {
        if length > DOWNLOAD_BYTES_MAX {
            return Err(vm.new_value_error(format!(
                "rx.download() takes at most {DOWNLOAD_BYTES_MAX} bytes of data, not {length}; \
                 give the url of a file instead"
            )));
        }
        return Ok(());
    }
    let is_json = data.downcast_ref::<PyDict>().is_some()
        || data.downcast_ref::<PyList>().is_some()
        || data.downcast_ref::<PyTuple>().is_some();
    if is_json || data.downcast_ref::<Var>().is_some() {
        return Ok(());
    }
    Err(vm.new_value_error(format!(
        "rx.download() takes str, bytes, a Var, a dict or a list as data, not {}",
        data.class().name()
    )))
}

/// `rx.run_script`, `rx.call_function`: a Var stands for its value where it is in the code, so it
/// becomes a parameter, `$0`, `$1`, …, beside the code.
pub(super) fn script(mut values: Values, vm: &VirtualMachine) -> PyResult<Values> {
    let Some(given) = get(&values, "code").cloned() else {
        return Ok(values);
    };
    let parts = if let Some(var) = given.downcast_ref::<Var>() {
        vec![var.expr.clone()]
    } else if let Some(code) = given.downcast_ref::<PyStr>() {
        match token::decode(&code.to_string_lossy()) {
            Some(parts) => parts,
            None => return Ok(values),
        }
    } else {
        return Err(vm.new_type_error(format!(
            "a script is a str or a Var, not {}",
            given.class().name()
        )));
    };
    let (mut code, mut parameters) = (String::new(), Vec::new());
    for part in parts {
        if let Some(text) = part.constant_text() {
            code.push_str(text);
        } else if let ExprKind::Raw(javascript) = &*part.kind {
            code.push_str(javascript);
        } else {
            code.extend(["$", &parameters.len().to_string()]);
            parameters.push(Var::object(part, vm));
        }
    }
    set(&mut values, "code", vm.ctx.new_str(code).into());
    if !parameters.is_empty() {
        values.push(("values", vm.ctx.new_list(parameters).into()));
    }
    Ok(values)
}

/// A toast says something; its buttons become a label and a callback each.
pub(super) fn toast(mut values: Values, vm: &VirtualMachine) -> PyResult<Values> {
    let is_silent = |text: &PyObjectRef| {
        text.downcast_ref::<PyStr>()
            .is_some_and(|text| text.is_empty())
    };
    let says = |name| get(&values, name).is_some_and(|text| !is_silent(text));
    if !["message", "title", "description"].into_iter().any(says) {
        return Err(vm.new_value_error("rx.toast() needs a message, a title or a description"));
    }
    for (button, callback) in [("action", "on_action"), ("cancel", "on_cancel")] {
        let Some(given) = get(&values, button).cloned() else {
            continue;
        };
        let part = |name| button_part(&given, button, name, vm);
        let (label, on_click) = (part("label")?, part("on_click")?);
        set(&mut values, button, label);
        values.push((callback, on_click));
    }
    Ok(values)
}

/// A part of a toast's button, which is a dictionary or has attributes.
fn button_part(
    given: &PyObject,
    button: &str,
    name: &'static str,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    let found = match given.downcast_ref::<PyDict>() {
        Some(dict) => dict.get_item_opt(name, vm)?,
        None => vm.get_attribute_opt(given, name)?,
    };
    found.ok_or_else(|| {
        vm.new_type_error(format!(
            "rx.toast(): {button} needs label and on_click, and has no {name}"
        ))
    })
}

fn get<'v>(values: &'v Values, name: &str) -> Option<&'v PyObjectRef> {
    let found = values.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| value)
}

fn set(values: &mut Values, name: &str, to: PyObjectRef) {
    if let Some((_, value)) = values.iter_mut().find(|(known, _)| *known == name) {
        *value = to;
    }
}
