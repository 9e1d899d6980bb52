//! The methods of Vars: a table from Python's names to the page's operations.
//!
//! Not here: operators, and the meaning or the result types of methods, which the page crate knows.

use ferroflex_page::{
    expr::{BinaryOp, Expr, Method, Traversal},
    types::Type,
};
use rustpython_vm::{
    AsObject, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, function::FuncArgs, pyclass,
    types::Callable,
};

use super::{
    convert,
    error::page_error,
    internals, token,
    traverse::Traverse,
    var::{self, Var},
};
use crate::convert::from_value;

/// Names under which a method's arguments may be given, in their order.
const KEYWORDS: &[(Method, &[&str])] = &[
    (Method::Strip, &["chars"]),
    (Method::LeftStrip, &["chars"]),
    (Method::RightStrip, &["chars"]),
    (Method::StartsWith, &["prefix"]),
    (Method::EndsWith, &["suffix"]),
    (Method::Contains, &["other", "field"]),
    (Method::Split, &["separator", "maxsplit"]),
    (Method::Join, &["sep"]),
    (Method::Replace, &["search_value", "new_value"]),
    (Method::Get, &["key", "default"]),
    (Method::Merge, &["other"]),
    (Method::Pluck, &["field"]),
    (Method::ToString, &["use_json"]),
];

/// A method of a Var that waits for its arguments.
#[pyclass(module = "reflex", name = "VarMethod")]
#[derive(Debug, PyPayload)]
pub(super) struct VarMethod {
    receiver: Expr,
    operation: Operation,
}

#[derive(Debug, Clone, Copy)]
enum Operation {
    Method(Method),
    Traverse(Traverse),
    Equals,
    Replace,
    AllVarData,
    Decode,
}

/// Methods under names that are not their Python names, and those that the page's own operations
/// do not include.
const NAMED: &[(&str, Operation)] = &[
    ("equals", Operation::Equals),
    ("deep_equals", Operation::Equals),
    ("map", Operation::Traverse(Traverse::Each(Traversal::Map))),
    (
        "foreach",
        Operation::Traverse(Traverse::Each(Traversal::Map)),
    ),
    (
        "filter",
        Operation::Traverse(Traverse::Each(Traversal::Filter)),
    ),
    (
        "flat_map",
        Operation::Traverse(Traverse::Each(Traversal::FlatMap)),
    ),
    ("reduce", Operation::Traverse(Traverse::Reduce)),
    ("_replace", Operation::Replace),
    ("_get_all_var_data", Operation::AllVarData),
    ("_decode", Operation::Decode),
];

/// Methods that only operators and conversions lead to.
const UNNAMED: &[Method] = &[
    Method::Str,
    Method::Range,
    Method::ToInt,
    Method::ToFloat,
    Method::Format,
    Method::Round,
];

/// The names by which page code can call methods of Vars.
#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let methods = Method::all().filter(|method| !UNNAMED.contains(method));
    let named = NAMED.iter().map(|(name, _)| *name);
    methods.map(Method::name).chain(named)
}

/// The method of that name, if Vars have it. Whether this one's type has it shows in the call; but
/// a name that a dictionary or an object does not have as a method is a key of it.
pub(super) fn find(receiver: &Expr, name: &str) -> Option<VarMethod> {
    let named = NAMED.iter().find(|(known, _)| *known == name);
    let operation = match named {
        Some((_, operation)) => *operation,
        None => Operation::Method(Method::named(name)?),
    };
    let ty = receiver.ty.without_none();
    let has_keys = matches!(ty, Type::Dict(..) | Type::Object(_));
    let is_key = match operation {
        Operation::Method(method) => UNNAMED.contains(&method) || !ty.has_method(method),
        Operation::Traverse(_) => true,
        _ => false,
    };
    let is_hidden = matches!(operation, Operation::Method(method) if UNNAMED.contains(&method));
    if is_hidden || (has_keys && is_key) {
        return None;
    }
    Some(VarMethod {
        receiver: receiver.clone(),
        operation,
    })
}

/// Applies a method whose arguments are already expressions.
pub(super) fn apply(
    receiver: Expr,
    method: Method,
    args: Vec<Expr>,
    vm: &VirtualMachine,
) -> PyResult {
    var::result(Expr::method(receiver, method, args), vm)
}

/// `var.to(type)`: another type for the same value; text and numbers are converted when the type
/// that is known differs.
///
/// # Errors
/// When the type has no such conversion.
pub(super) fn convert_to(expression: Expr, ty: Type, vm: &VirtualMachine) -> PyResult<Expr> {
    let is_number = expression.ty.is_number();
    let method = match ty {
        Type::Int if expression.ty != Type::Int => Method::ToInt,
        Type::Float if !is_number => Method::ToFloat,
        Type::Str if is_number => Method::Str,
        Type::Bool if expression.ty != Type::Bool => Method::Bool,
        ty => return Ok(Expr { ty, ..expression }),
    };
    Expr::method(expression, method, vec![]).map_err(|error| page_error(&error, vm))
}

#[pyclass(with(Callable))]
impl VarMethod {}

impl Callable for VarMethod {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        zelf.apply(args, vm)
    }
}

impl VarMethod {
    /// Calls the method.
    ///
    /// # Errors
    /// When the arguments do not fit, or Python has no such method for the type.
    pub(super) fn apply(&self, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let receiver = self.receiver.clone();
        match self.operation {
            Operation::Equals => {
                let given = arguments("equals", args, &["other"], vm)?;
                let [other] = &given[..] else {
                    return Err(vm.new_type_error("Var.equals() takes 1 argument"));
                };
                let other = convert::expression(other, vm)?;
                var::result(Expr::binary(BinaryOp::Equal, receiver, other), vm)
            }
            Operation::Traverse(traverse) => traverse.apply(receiver, args, vm),
            Operation::Replace => {
                let changed = internals::replace(&Var::new(receiver), args, vm)?;
                Ok(changed.into_ref(&vm.ctx).into())
            }
            Operation::AllVarData => internals::var_data(&Var::new(receiver), vm),
            Operation::Decode => match receiver.constant() {
                Some(value) => from_value(value, vm),
                None => Ok(vm.ctx.new_str(token::encode(&receiver)).into()),
            },
            Operation::Method(method) => {
                let row = KEYWORDS.iter().find(|(known, _)| *known == method);
                let keywords = row.map_or(&[][..], |(_, keywords)| keywords);
                let given = arguments(method.name(), args, keywords, vm)?;
                if method == Method::ToString {
                    return to_string(receiver, given.first(), vm);
                }
                let given = given
                    .iter()
                    .map(|argument| convert::expression(argument, vm))
                    .collect::<PyResult<Vec<Expr>>>()?;
                apply(receiver, method, given, vm)
            }
        }
    }
}

/// `to_string(use_json=True)`: JSON, or the text that `str()` gives.
fn to_string(receiver: Expr, use_json: Option<&PyObjectRef>, vm: &VirtualMachine) -> PyResult {
    let json = use_json.is_none_or(|flag| !flag.is(&vm.ctx.false_value));
    apply(
        receiver,
        if json { Method::ToString } else { Method::Str },
        vec![],
        vm,
    )
}

/// Positional and keyword arguments in the order of the parameters.
fn arguments(
    name: &str,
    mut given: FuncArgs,
    keywords: &[&str],
    vm: &VirtualMachine,
) -> PyResult<Vec<PyObjectRef>> {
    let mut ordered = std::mem::take(&mut given.args);
    while let Some(keyword) = keywords.get(ordered.len()) {
        match given.take_keyword(keyword) {
            Some(value) => ordered.push(value),
            None => break,
        }
    }
    match given.kwargs.keys().next() {
        Some(keyword) => Err(vm.new_type_error(format!(
            "Var.{name}() has no argument {:?}",
            keyword.to_string_lossy()
        ))),
        None => Ok(ordered),
    }
}
