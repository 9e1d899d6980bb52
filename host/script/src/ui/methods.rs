//! The methods of Vars: a table from Python's names to the page's operations.
//!
//! Not here: operators, and the meaning or the result types of methods, which the page crate knows.

use ferroflex_page::{
    expr::{BinaryOp, Expr, Method},
    types::Type,
};
use rustpython_vm::{
    AsObject, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, function::FuncArgs, pyclass,
    types::Callable,
};

use super::{convert, var};

/// Names under which a method's arguments may be given, in their order.
const KEYWORDS: &[(Method, &[&str])] = &[
    (Method::Strip, &["chars"]),
    (Method::LeftStrip, &["chars"]),
    (Method::RightStrip, &["chars"]),
    (Method::StartsWith, &["prefix"]),
    (Method::EndsWith, &["suffix"]),
    (Method::Contains, &["other", "field"]),
    (Method::Split, &["separator"]),
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
    Equals,
}

/// The method of that name, if Vars have it. Whether this one's type has it shows in the call.
pub(super) fn find(receiver: &Expr, name: &str) -> Option<VarMethod> {
    let operation = match name {
        "equals" | "deep_equals" => Operation::Equals,
        _ => Operation::Method(Method::named(name)?),
    };
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
pub(super) fn convert_to(expression: Expr, ty: Type, vm: &VirtualMachine) -> PyResult {
    let number = matches!(expression.ty, Type::Int | Type::Float | Type::Bool);
    match ty {
        Type::Int if expression.ty != Type::Int => apply(expression, Method::ToInt, vec![], vm),
        Type::Float if !number => apply(expression, Method::ToFloat, vec![], vm),
        Type::Str if number => apply(expression, Method::Str, vec![], vm),
        Type::Bool if expression.ty != Type::Bool => apply(expression, Method::Bool, vec![], vm),
        ty => Ok(var::Var::object(
            Expr {
                kind: expression.kind,
                ty,
            },
            vm,
        )),
    }
}

#[pyclass(with(Callable))]
impl VarMethod {}

impl Callable for VarMethod {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let receiver = zelf.receiver.clone();
        match zelf.operation {
            Operation::Equals => {
                let given = arguments("equals", args, &["other"], vm)?;
                let [other] = &given[..] else {
                    return Err(vm.new_type_error("Var.equals() takes 1 argument"));
                };
                let other = convert::expression(other, vm)?;
                var::result(Expr::binary(BinaryOp::Equal, receiver, other), vm)
            }
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
