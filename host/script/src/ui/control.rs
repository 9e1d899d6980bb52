//! `rx.cond`, `rx.match`, `rx.foreach`, `rx.color_mode_cond`, `rx.fragment`, `rx.color`: what
//! chooses and repeats, between components, between events and between values.
//!
//! Not here: the tree that comes of it, which is the page crate's.

use std::sync::Arc;

use ferroflex_page::{
    expr::{BinaryOp, Expr, Method, fresh_local},
    node::{Foreach, Node},
    types::Type,
};
use rustpython_vm::{
    Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine,
    builtins::PyTuple,
    function::{FuncArgs, PosArgs},
};

use super::{
    callable::Parameters,
    component::{self, Component, is_component},
    convert,
    error::{foreach_error_class, page_error},
    event::{EventChoice, is_event},
    var::Var,
};

/// `rx.cond(condition, then, otherwise)`: components, events or values; a condition that Python
/// knows picks at once.
///
/// # Errors
/// `TypeError` for what can be neither, or when a value lacks its alternative.
pub(super) fn cond(args: &FuncArgs, vm: &VirtualMachine) -> PyResult {
    let (condition, then, otherwise) = match &args.args[..] {
        [condition, then] => (condition, then, None),
        [condition, then, otherwise] => (condition, then, Some(otherwise)),
        _ => return Err(vm.new_type_error("rx.cond() takes a condition and one or two values")),
    };
    if !is_computed(condition, vm)? {
        return match (condition.clone().is_true(vm)?, otherwise) {
            (true, _) => Ok(then.clone()),
            (false, Some(otherwise)) => Ok(otherwise.clone()),
            (false, None) => Ok(Component::object(Node::Fragment(Vec::new()), vm)),
        };
    }
    let condition = convert::expression(condition, vm)?;
    if is_component(then) || otherwise.is_some_and(|otherwise| is_component(otherwise)) {
        let then = component::node("cond", then, vm)?;
        let otherwise = optional_node("cond", otherwise, vm)?;
        return Ok(Component::object(
            Node::Cond(condition, then.into(), otherwise.into()),
            vm,
        ));
    }
    if is_event(then) || otherwise.is_some_and(|otherwise| is_event(otherwise)) {
        let choice = EventChoice {
            test: condition,
            then: then.clone(),
            otherwise: otherwise.cloned().unwrap_or_else(|| vm.ctx.none()),
        };
        return Ok(choice.into_ref(&vm.ctx).into());
    }
    let Some(otherwise) = otherwise else {
        return Err(vm.new_value_error("rx.cond() between values needs both of them"));
    };
    let (then, otherwise) = (
        convert::expression(then, vm)?,
        convert::expression(otherwise, vm)?,
    );
    Ok(Var::object(Expr::cond(condition, then, otherwise), vm))
}

/// `rx.match(subject, (pattern, …, result), …, default)`.
///
/// # Errors
/// `ValueError` for a case that is no tuple of a pattern and a result, or values without default.
pub(super) fn matched(args: &FuncArgs, vm: &VirtualMachine) -> PyResult {
    let Some((subject, rest)) = args.args.split_first() else {
        return Err(vm.new_type_error("rx.match() needs the value to match"));
    };
    let subject = convert::expression(subject, vm)?;
    let (cases, default) = match rest.split_last() {
        Some((last, cases)) if last.downcast_ref::<PyTuple>().is_none() => (cases, Some(last)),
        _ => (rest, None),
    };
    let cases = cases
        .iter()
        .map(|case| split_case(case, vm))
        .collect::<PyResult<Vec<_>>>()?;
    if cases.is_empty() {
        return Err(vm.new_value_error("rx.match() needs at least one case"));
    }
    let components = cases.iter().map(|(_, result)| result).chain(default);
    if components.into_iter().any(|result| is_component(result)) {
        let mut nodes = Vec::with_capacity(cases.len());
        for (patterns, result) in cases {
            nodes.push((patterns, component::node("match", &result, vm)?));
        }
        let default = optional_node("match", default, vm)?;
        return Ok(Component::object(
            Node::Match(subject, nodes, default.into()),
            vm,
        ));
    }
    let Some(default) = default else {
        return Err(vm.new_value_error("rx.match() between values needs a default, given last"));
    };
    let mut values = Vec::with_capacity(cases.len());
    for (patterns, result) in cases {
        values.push((patterns, convert::expression(&result, vm)?));
    }
    let default = convert::expression(default, vm)?;
    Ok(Var::object(Expr::matched(subject, values, default), vm))
}

fn split_case(case: &PyObject, vm: &VirtualMachine) -> PyResult<(Vec<Expr>, PyObjectRef)> {
    let parts = case.downcast_ref::<PyTuple>().map(Py::as_slice);
    let Some((result, patterns)) = parts.and_then(<[PyObjectRef]>::split_last) else {
        return Err(
            vm.new_value_error("a case of rx.match() is a tuple: patterns, then the result")
        );
    };
    if patterns.is_empty() {
        return Err(vm.new_value_error("a case of rx.match() needs a pattern before its result"));
    }
    let patterns = patterns
        .iter()
        .map(|pattern| convert::expression(pattern, vm));
    Ok((patterns.collect::<PyResult<Vec<Expr>>>()?, result.clone()))
}

/// `rx.foreach(iterable, function)`: the function runs once, with Vars for the item and, when it
/// takes two arguments, the index.
///
/// # Errors
/// `ForeachVarError` for what cannot be looped over, `TypeError` for a function that takes
/// another number of arguments, and whatever the function raises.
pub(super) fn foreach(iterable: &PyObject, function: &PyObject, vm: &VirtualMachine) -> PyResult {
    let iterable = with_typed_keys(convert::expression(iterable, vm)?, vm)?;
    let item_type = iterable.ty.item().map_err(|error| {
        vm.new_exception_msg(
            foreach_error_class(vm),
            format!("rx.foreach: {error}").into(),
        )
    })?;
    let (item, index) = (fresh_local(), fresh_local());
    let arguments = [
        Var::object(Expr::local(item, item_type), vm),
        Var::object(Expr::local(index, Type::Int), vm),
    ];
    let taken = taken_arguments(function, vm)?;
    let result = function.call(PosArgs::from(arguments[..taken].to_vec()), vm)?;
    if vm.is_none(&result) {
        let problem = "rx.foreach: the function gives None instead of a component; does it lack its \
                       `return`?";
        return Err(vm.new_value_error(problem));
    }
    let body = component::node("foreach", &result, vm)?;
    let node = Node::Foreach(Arc::new(Foreach {
        iterable,
        item,
        index,
        body,
    }));
    Ok(Component::object(node, vm))
}

/// A dictionary whose keys are numbers as the list of its pairs: in the browser keys are strings.
fn with_typed_keys(iterable: Expr, vm: &VirtualMachine) -> PyResult<Expr> {
    match iterable.ty.key() {
        Some(Type::Int | Type::Float) => {
            Expr::method(iterable, Method::Items, vec![]).map_err(|error| page_error(&error, vm))
        }
        _ => Ok(iterable),
    }
}

/// How many of item and index the function takes.
fn taken_arguments(function: &PyObject, vm: &VirtualMachine) -> PyResult<usize> {
    if !function.is_callable() {
        return Err(vm.new_type_error("rx.foreach: the second argument must be a function"));
    }
    let parameters = Parameters::of(function, vm)?;
    if parameters.required > 2 || (parameters.names.is_empty() && !parameters.variadic) {
        return Err(vm.new_type_error(format!(
            "rx.foreach: the function must take the item, or the item and its index, but takes {}",
            parameters.in_words()
        )));
    }
    Ok(parameters.names.len().clamp(1, 2))
}

/// `rx.color_mode_cond(light, dark)`.
///
/// # Errors
/// `TypeError` for what can be neither a component nor a value.
pub(super) fn color_mode_cond(
    light: &PyObject,
    dark: Option<&PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult {
    if is_component(light) || dark.is_some_and(|dark| is_component(dark)) {
        let mode = Expr::color_mode(Expr::text("light"), Expr::text("dark"));
        let is_light = Expr::binary(BinaryOp::Equal, mode, Expr::text("light"))
            .map_err(|error| page_error(&error, vm))?;
        let light = component::node("color_mode_cond", light, vm)?;
        let dark = optional_node("color_mode_cond", dark, vm)?;
        return Ok(Component::object(
            Node::Cond(is_light, light.into(), dark.into()),
            vm,
        ));
    }
    let Some(dark) = dark else {
        return Err(vm.new_value_error("rx.color_mode_cond() between values needs both of them"));
    };
    let (light, dark) = (
        convert::expression(light, vm)?,
        convert::expression(dark, vm)?,
    );
    Ok(Var::object(Expr::color_mode(light, dark), vm))
}

/// `rx.fragment(*children)`: several components where one is wanted.
///
/// # Errors
/// `TypeError` for what cannot stand in a page.
pub(super) fn fragment(args: &FuncArgs, vm: &VirtualMachine) -> PyResult {
    let children = component::children("fragment", &args.args, vm)?;
    Ok(Component::object(Node::Fragment(children), vm))
}

/// `rx.color(name, shade=7, alpha=False)`: the CSS variable of one of Radix's colours.
///
/// # Errors
/// `TypeError` for arguments that are no names and numbers.
pub(super) fn color(
    name: &PyObject,
    shade: Option<&PyObjectRef>,
    alpha: bool,
    vm: &VirtualMachine,
) -> PyResult {
    let name = convert::expression(name, vm)?;
    let shade = match shade {
        Some(shade) => convert::expression(shade, vm)?,
        None => Expr::literal(ferroflex_state::Value::Int(7)),
    };
    let separator = if alpha { "-a" } else { "-" };
    let parts = vec![
        Expr::text("var(--"),
        name,
        Expr::text(separator),
        shade,
        Expr::text(")"),
    ];
    let constant: Option<String> = parts.iter().map(constant_text).collect();
    Ok(match constant {
        Some(text) => vm.ctx.new_str(text).into(),
        None => Var::object(Expr::format(parts), vm),
    })
}

fn constant_text(part: &Expr) -> Option<String> {
    match part.constant()? {
        ferroflex_state::Value::Str(text) => Some(text.clone()),
        ferroflex_state::Value::Int(number) => Some(number.to_string()),
        _ => None,
    }
}

fn optional_node(parent: &str, given: Option<&PyObjectRef>, vm: &VirtualMachine) -> PyResult<Node> {
    match given {
        Some(given) => component::node(parent, given, vm),
        None => Ok(Node::Fragment(Vec::new())),
    }
}

/// Whether the browser, not Python, knows the value: a Var, or a string that holds one.
fn is_computed(condition: &PyObject, vm: &VirtualMachine) -> PyResult<bool> {
    if condition.downcast_ref::<Var>().is_some() {
        return Ok(true);
    }
    match condition.downcast_ref::<rustpython_vm::builtins::PyStr>() {
        Some(_) => Ok(convert::expression(condition, vm)?.constant().is_none()),
        None => Ok(false),
    }
}
