//! `Var`: a state variable, or something computed from state variables, as page code sees it.
//!
//! A Var has no value in Python. Its operators build expressions (`operators.rs`), its methods come
//! from a table (`methods.rs`), its attributes are the fields of the class that it is annotated
//! with. What would need the value at once (`if var`, `for x in var`, `x in var`) is an error that
//! says what to write instead.

use std::sync::Arc;

use ferroflex_page::{
    expr::{Expr, ExprKind, Method, UnaryOp},
    types::Type,
};
use ferroflex_state::Value;
use rustpython_vm::{
    AsObject, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyGenericAlias, PyStr, PyType, PyTypeRef},
    function::{FuncArgs, OptionalArg},
    pyclass,
    types::{Constructor, GetAttr, Hashable, Iterable, Representable},
};

use super::{
    annotation, code, convert,
    error::{page_error, var_attribute_error_class, var_type_error},
    factory::Factory,
    methods, operators, token,
};
use crate::convert::from_value;

/// A Python `Var`.
#[pyclass(module = "reflex", name = "Var")]
#[derive(Debug, PyPayload)]
pub(crate) struct Var {
    /// What it computes.
    pub(crate) expr: Expr,
    /// A namespace of components under the same name: `rx.color_mode` is both.
    namespace: Option<&'static str>,
}

impl Var {
    /// A Var of this expression.
    #[must_use]
    pub(crate) fn new(expr: Expr) -> Self {
        Self {
            expr,
            namespace: None,
        }
    }

    /// As a Python object.
    pub(crate) fn object(expr: Expr, vm: &VirtualMachine) -> PyObjectRef {
        Self::new(expr).into_ref(&vm.ctx).into()
    }

    /// The Var of a state field: what `State.field` is.
    ///
    /// # Errors
    /// Whatever evaluating a lazy annotation raises.
    pub(crate) fn field(
        state: &str,
        field: &str,
        annotation: &rustpython_vm::PyObject,
        vm: &VirtualMachine,
    ) -> PyResult<Self> {
        let ty = annotation::type_of(annotation, vm)?;
        Ok(Self::new(Expr::field(state.into(), field.into(), ty)))
    }

    /// `rx.color_mode`: `"light"` or `"dark"`, and the namespace of its components.
    pub(crate) fn color_mode() -> Self {
        let expr = Expr::color_mode(Expr::text("light"), Expr::text("dark"));
        Self {
            expr,
            namespace: Some("color_mode"),
        }
    }

    fn attribute(&self, name: &str, vm: &VirtualMachine) -> PyResult {
        match Expr::attribute(self.expr.clone(), name) {
            Ok(expr) => Ok(Self::object(expr, vm)),
            Err(error) => {
                let message = error.to_string();
                Err(vm.new_exception_msg(var_attribute_error_class(vm), message.into()))
            }
        }
    }
}

#[pyclass(
    with(
        Constructor,
        GetAttr,
        Hashable,
        Iterable,
        Representable,
        rustpython_vm::types::AsMapping,
        rustpython_vm::types::AsNumber,
        rustpython_vm::types::AsSequence,
        rustpython_vm::types::Comparable
    ),
    flags(BASETYPE)
)]
#[expect(
    clippy::needless_pass_by_value,
    reason = "functions that Python calls own their arguments"
)]
impl Var {
    /// The Var of a value: itself when it is one already.
    #[pystaticmethod]
    fn create(value: PyObjectRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        drop(args);
        if value.downcast_ref::<Self>().is_some() {
            return Ok(value);
        }
        Ok(Self::object(convert::expression(&value, vm)?, vm))
    }

    /// A Var that counts: `Var.range(stop)`, `Var.range(start, stop, step)`.
    #[pystaticmethod]
    fn range(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let mut bounds = args
            .args
            .iter()
            .map(|bound| convert::expression(bound, vm))
            .collect::<PyResult<Vec<Expr>>>()?;
        if bounds.is_empty() || bounds.len() > 3 {
            return Err(vm.new_type_error("Var.range() takes 1 to 3 arguments"));
        }
        if bounds.len() == 1 {
            bounds.insert(0, Expr::literal(Value::Int(0)));
        }
        let start = bounds.remove(0);
        methods::apply(start, Method::Range, bounds, vm)
    }

    #[pyclassmethod]
    fn __class_getitem__(
        class: PyTypeRef,
        parameters: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult<PyGenericAlias> {
        PyGenericAlias::from_args(class, parameters, vm)
    }

    /// The state class and the field that the Var stands for; None for what is computed.
    #[pygetset(name = "_state_field")]
    fn state_field(zelf: &Py<Self>) -> Option<(String, String)> {
        match &*zelf.expr.kind {
            ExprKind::Field(field) => Some((field.state.to_string(), field.field.to_string())),
            _ => None,
        }
    }

    /// The value of a Var that is one.
    #[pygetset(name = "_literal_value")]
    fn literal_value(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        match &*zelf.expr.kind {
            ExprKind::Literal(value) => from_value(value, vm),
            _ => Err(vm.new_value_error(
                "only a field, a computed var or a constant has a value that can be got; compute \
                 the rest from those",
            )),
        }
    }

    #[pymethod]
    fn __str__(zelf: &Py<Self>) -> String {
        token::encode(&zelf.expr)
    }

    #[pymethod]
    fn __format__(zelf: &Py<Self>, spec: PyRef<PyStr>, vm: &VirtualMachine) -> PyResult<String> {
        if spec.is_empty() {
            return Ok(token::encode(&zelf.expr));
        }
        let spec = spec.to_string_lossy();
        if let Some(formatted) = Expr::formatted(zelf.expr.clone(), &spec) {
            return Ok(token::encode(&formatted));
        }
        Err(var_type_error(
            format!(
                "the format {spec:?} cannot be applied to a Var; format the value in a computed \
                 var (@rx.var) instead"
            ),
            vm,
        ))
    }

    /// The same value seen as another type; numbers are converted.
    #[pymethod]
    fn to(
        zelf: &Py<Self>,
        target: PyObjectRef,
        _var_type: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult {
        let ty = annotation::type_of(&target, vm)?;
        methods::convert_to(zelf.expr.clone(), ty, vm)
    }

    /// The Var itself: expressions know their types from the start.
    #[pymethod]
    fn guess_type(zelf: PyRef<Self>) -> PyRef<Self> {
        zelf
    }

    #[pymethod]
    fn __round__(
        zelf: &Py<Self>,
        digits: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult {
        match digits.into_option().filter(|digits| !vm.is_none(digits)) {
            Some(digits) => {
                let digits = convert::expression(&digits, vm)?;
                methods::apply(zelf.expr.clone(), Method::Round, vec![digits], vm)
            }
            None => operators::unary(UnaryOp::Round, zelf.as_object(), vm),
        }
    }

    #[pymethod]
    fn __floor__(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        operators::unary(UnaryOp::Floor, zelf.as_object(), vm)
    }

    #[pymethod]
    fn __ceil__(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        operators::unary(UnaryOp::Ceil, zelf.as_object(), vm)
    }

    #[pymethod]
    fn __trunc__(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        operators::unary(UnaryOp::Trunc, zelf.as_object(), vm)
    }
}

impl Constructor for Var {
    type Args = FuncArgs;

    fn py_new(_class: &Py<PyType>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        let code = args
            .args
            .first()
            .cloned()
            .or_else(|| args.get_optional_kwarg("_js_expr"));
        let Some(code) = code else {
            return Err(
                vm.new_type_error("Var() needs _js_expr, the JavaScript that it stands for")
            );
        };
        let text = code.try_to_value::<String>(vm)?;
        let data = args.get_optional_kwarg("_var_data");
        let needs = data.map_or_else(|| Ok(Arc::default()), |data| code::needs(&data, vm))?;
        let annotation = args
            .args
            .get(1)
            .cloned()
            .or_else(|| args.get_optional_kwarg("_var_type"));
        let ty = match annotation {
            Some(annotation) => annotation::type_of(&annotation, vm)?,
            None => Type::Any,
        };
        let expression = code::expression(&text, needs);
        Ok(Self::new(Expr { ty, ..expression }))
    }
}

impl Hashable for Var {
    fn hash(
        zelf: &Py<Self>,
        _vm: &VirtualMachine,
    ) -> PyResult<rustpython_vm::common::hash::PyHash> {
        // By identity: `==` makes an expression, so equal values could never be told anyway.
        Ok(i64::try_from(zelf.as_object().get_id() >> 4).unwrap_or(0))
    }
}

impl Iterable for Var {
    fn iter(_zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult {
        Err(var_type_error(
            "cannot iterate over a Var: its value is known only in the browser; \
             use rx.foreach to show each item",
            vm,
        ))
    }
}

impl Representable for Var {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(match &*zelf.expr.kind {
            ExprKind::Field(field) => {
                format!("<Var {}.{}: {}>", field.state, field.field, zelf.expr.ty)
            }
            _ => format!("<Var: {}>", zelf.expr.ty),
        })
    }
}

impl GetAttr for Var {
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        let text = name.to_string_lossy();
        if text.starts_with("__") {
            return zelf.as_object().generic_getattr(name, vm);
        }
        if annotation::declares(&zelf.expr.ty, &text) {
            return zelf.attribute(&text, vm);
        }
        if let Some(found) = zelf.as_object().generic_getattr_opt(name, None, vm)? {
            return Ok(found);
        }
        if let Some(namespace) = zelf.namespace
            && let Some(factory) = Factory::find(&format!("{namespace}.{text}"))
        {
            return Ok(factory.into_ref(&vm.ctx).into());
        }
        if let Some(method) = methods::find(&zelf.expr, &text) {
            return Ok(method.into_ref(&vm.ctx).into());
        }
        if text.starts_with('_') {
            return Err(vm.new_attribute_error(format!("a Var has no attribute {text}")));
        }
        zelf.attribute(&text, vm)
    }
}

/// What is said of `if var`, `var and other`, `not var`.
pub(super) fn truth_error(vm: &VirtualMachine) -> PyBaseExceptionRef {
    var_type_error(
        "cannot take the truth of a Var: its value is known only in the browser; \
         use rx.cond instead of if, & | ~ instead of and, or, not",
        vm,
    )
}

/// A Var of a binary or unary operation, or the exception that says why there is none.
pub(super) fn result(
    expression: Result<Expr, ferroflex_page::PageError>,
    vm: &VirtualMachine,
) -> PyResult {
    match expression {
        Ok(expression) => Ok(Var::object(expression, vm)),
        Err(error) => Err(page_error(&error, vm)),
    }
}
