//! Python's operators on Vars: numbers, comparisons, subscription.
//!
//! Not here: types and meaning of the results, which `page` knows; truth and iteration, which a
//! Var refuses (`var.rs`).

use std::sync::LazyLock;

use ferroflex_page::expr::{BinaryOp, Expr, UnaryOp};
use rustpython_vm::{
    Py, PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::PySlice,
    function::{Either, PyComparisonValue},
    protocol::{PyMappingMethods, PyNumberMethods, PySequenceMethods},
    types::{AsMapping, AsNumber, AsSequence, Comparable, PyComparisonOp},
};

use super::{
    convert,
    error::var_type_error,
    var::{self, Var},
};

macro_rules! binary {
    ($operation:ident) => {
        Some(|left, right, vm| binary(BinaryOp::$operation, left, right, vm))
    };
}

macro_rules! unary {
    ($operation:ident) => {
        Some(|number, vm| unary(UnaryOp::$operation, number.obj, vm))
    };
}

impl AsNumber for Var {
    fn as_number() -> &'static PyNumberMethods {
        static METHODS: PyNumberMethods = PyNumberMethods {
            boolean: Some(|_, vm| Err(var::truth_error(vm))),
            add: binary!(Add),
            subtract: binary!(Subtract),
            multiply: binary!(Multiply),
            true_divide: binary!(Divide),
            floor_divide: binary!(FloorDivide),
            remainder: binary!(Modulo),
            power: Some(|left, right, _modulus, vm| binary(BinaryOp::Power, left, right, vm)),
            and: binary!(And),
            or: binary!(Or),
            negative: unary!(Negate),
            positive: Some(|number, _| Ok(number.obj.to_owned())),
            absolute: unary!(Abs),
            invert: unary!(Not),
            int: Some(|_, vm| Err(number_error("take int() of a Var", ".to(int)", vm))),
            float: Some(|_, vm| Err(number_error("take float() of a Var", ".to(float)", vm))),
            index: Some(|_, vm| {
                let instead = "rx.Var.range(var) for range(var), rx.Var.create(list)[var]";
                Err(number_error("count or index with a Var", instead, vm))
            }),
            ..PyNumberMethods::NOT_IMPLEMENTED
        };
        &METHODS
    }
}

impl Comparable for Var {
    fn slot_richcompare(
        left: &PyObject,
        right: &PyObject,
        operator: PyComparisonOp,
        vm: &VirtualMachine,
    ) -> PyResult<Either<PyObjectRef, PyComparisonValue>> {
        let operation = match operator {
            PyComparisonOp::Eq => BinaryOp::Equal,
            PyComparisonOp::Ne => BinaryOp::NotEqual,
            PyComparisonOp::Lt => BinaryOp::Less,
            PyComparisonOp::Le => BinaryOp::LessEqual,
            PyComparisonOp::Gt => BinaryOp::Greater,
            PyComparisonOp::Ge => BinaryOp::GreaterEqual,
        };
        binary(operation, left, right, vm).map(Either::A)
    }

    fn cmp(
        _zelf: &Py<Self>,
        _other: &PyObject,
        _operator: PyComparisonOp,
        _vm: &VirtualMachine,
    ) -> PyResult<PyComparisonValue> {
        Ok(PyComparisonValue::NotImplemented)
    }
}

impl AsMapping for Var {
    fn as_mapping() -> &'static PyMappingMethods {
        static METHODS: PyMappingMethods = PyMappingMethods {
            length: Some(|_, vm| Err(length_error(vm))),
            subscript: Some(|mapping, key, vm| subscript(mapping.obj, key, vm)),
            ass_subscript: None,
        };
        &METHODS
    }
}

impl AsSequence for Var {
    fn as_sequence() -> &'static PySequenceMethods {
        static METHODS: LazyLock<PySequenceMethods> = LazyLock::new(|| PySequenceMethods {
            contains: Some(|_, _, vm| {
                Err(var_type_error(
                    "cannot use `in` on a Var: its value is known only in the browser; \
                     use .contains() instead",
                    vm,
                ))
            }),
            ..PySequenceMethods::NOT_IMPLEMENTED
        });
        &METHODS
    }
}

fn binary(operation: BinaryOp, left: &PyObject, right: &PyObject, vm: &VirtualMachine) -> PyResult {
    let left = convert::expression(left, vm)?;
    let right = convert::expression(right, vm)?;
    var::result(Expr::binary(operation, left, right), vm)
}

pub(super) fn unary(operation: UnaryOp, operand: &PyObject, vm: &VirtualMachine) -> PyResult {
    let operand = convert::expression(operand, vm)?;
    var::result(Expr::unary(operation, operand), vm)
}

fn subscript(of: &PyObject, key: &PyObject, vm: &VirtualMachine) -> PyResult {
    let of = convert::expression(of, vm)?;
    let Some(slice) = key.downcast_ref::<PySlice>() else {
        return var::result(Expr::index(of, convert::expression(key, vm)?), vm);
    };
    let bound = |bound: Option<&PyObject>| match bound {
        Some(bound) if !vm.is_none(bound) => convert::expression(bound, vm).map(Some),
        _ => Ok(None),
    };
    let first = bound(slice.start.as_deref())?;
    let end = bound(Some(&slice.stop))?;
    let step = bound(slice.step.as_deref())?;
    var::result(Expr::slice(of, first, end, step), vm)
}

fn number_error(
    what: &str,
    instead: &str,
    vm: &VirtualMachine,
) -> rustpython_vm::builtins::PyBaseExceptionRef {
    var_type_error(
        format!(
            "cannot {what}: its value is known only in the browser; use {instead} \
             instead"
        ),
        vm,
    )
}

fn length_error(vm: &VirtualMachine) -> rustpython_vm::builtins::PyBaseExceptionRef {
    var_type_error(
        "cannot take len() of a Var: its value is known only in the browser; \
         use .length() instead",
        vm,
    )
}
