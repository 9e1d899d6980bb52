//! Methods of lists that take a function (`map`, `filter`, `flat_map`, `reduce`): the function runs
//! once, here, with Vars for what it will be given.

use ferroflex_page::expr::{Expr, LocalId, Traversal, fresh_local};
use rustpython_vm::{
    PyObject, PyResult, VirtualMachine,
    function::{FuncArgs, PosArgs},
};

use super::{
    callable::Parameters,
    convert,
    error::{page_error, var_type_error},
    var::{self, Var},
};

/// Which of them.
#[derive(Debug, Clone, Copy)]
pub(super) enum Traverse {
    Each(Traversal),
    Reduce,
}

impl Traverse {
    /// Calls the method on a list.
    ///
    /// # Errors
    /// `VarTypeError` for a receiver that is no list or a function that takes another number of
    /// arguments, and whatever the function raises.
    pub(super) fn apply(self, of: Expr, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let mut given = std::mem::take(&mut args.args).into_iter();
        let function = given.next().or_else(|| args.take_keyword("fn"));
        let initial = given.next().or_else(|| args.take_keyword("initial"));
        let function = function.filter(|function| !vm.is_none(function));
        match (self, function) {
            (Self::Each(Traversal::Filter), None) => each(of, Traversal::Filter, None, vm),
            (Self::Each(traversal), Some(function)) => each(of, traversal, Some(&function), vm),
            (Self::Reduce, Some(function)) => reduce(of, &function, initial.as_deref(), vm),
            (_, None) => Err(var_type_error("a function of one item is expected", vm)),
        }
    }
}

fn each(
    of: Expr,
    traversal: Traversal,
    function: Option<&PyObject>,
    vm: &VirtualMachine,
) -> PyResult {
    let item_type = of.ty.element().map_err(|error| page_error(&error, vm))?;
    let item = fresh_local();
    let local = Expr::local(item, item_type);
    let body = match function {
        Some(function) => traced(function, &[local], vm)?,
        None => local,
    };
    var::result(Expr::traverse(of, traversal, item, body), vm)
}

fn reduce(
    of: Expr,
    function: &PyObject,
    initial: Option<&PyObject>,
    vm: &VirtualMachine,
) -> PyResult {
    let item_type = of.ty.element().map_err(|error| page_error(&error, vm))?;
    let initial = initial.map(|initial| convert::expression(initial, vm));
    let initial = initial.transpose()?;
    let total_type = initial.as_ref().map_or(&item_type, |initial| &initial.ty);
    let (total, item): (LocalId, LocalId) = (fresh_local(), fresh_local());
    let given = [
        Expr::local(total, total_type.clone()),
        Expr::local(item, item_type),
    ];
    let body = traced(function, &given, vm)?;
    Ok(Var::object(
        Expr::reduce(of, (total, item), body, initial),
        vm,
    ))
}

/// What the function gives for these; one that takes nothing is given nothing.
fn traced(function: &PyObject, given: &[Expr], vm: &VirtualMachine) -> PyResult<Expr> {
    if !function.is_callable() {
        return Err(var_type_error(
            format!("a function is expected, not {}", function.class().name()),
            vm,
        ));
    }
    let parameters = Parameters::of(function, vm)?;
    let count = given.len();
    let takes_none = count == 1 && parameters.most() == 0;
    if !takes_none && (parameters.required > count || parameters.most() < count) {
        return Err(var_type_error(
            format!(
                "the function must take {count} {}, but takes {}",
                if count == 1 { "argument" } else { "arguments" },
                parameters.in_words()
            ),
            vm,
        ));
    }
    let given = given.iter().take(if takes_none { 0 } else { count });
    let given: Vec<_> = given.map(|expr| Var::object(expr.clone(), vm)).collect();
    let result = function.call(PosArgs::from(given), vm)?;
    convert::expression(&result, vm)
}
