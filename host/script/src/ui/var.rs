//! `Var`: a state variable, or something computed from state variables, as page code sees it.
//!
//! A Var has no value in Python. Its operators build expressions (`operators.rs`), its methods come
//! from a table (`methods.rs`), its attributes are the fields of the class that it is annotated
//! with. What would need the value at once (`if var`, `for x in var`, `x in var`) is an error that
//! says what to write instead.

use std::sync::{Arc, OnceLock};

use ferroflex_page::{
    expr::{Expr, ExprKind, Method, UnaryOp},
    types::Type,
};
use ferroflex_state::Value;
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyGenericAlias, PyStr, PyType, PyTypeRef},
    function::{FuncArgs, OptionalArg},
    pyclass,
    types::{Constructor, GetAttr, Hashable, Iterable, PyTypeSlots, Representable},
};

use super::{
    annotation, code, convert,
    error::{page_error, var_attribute_error_class, var_type_error},
    factory::Factory,
    internals,
    methods::{self, VarMethod},
    operators, router, token,
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
    /// The annotation that it was made with, if it was.
    pub(super) annotation: Option<PyObjectRef>,
    /// What a call does: `item.title` of an item of which nothing is known may be a field or a
    /// method.
    method: Option<VarMethod>,
}

impl Var {
    /// A Var of this expression.
    #[must_use]
    pub(crate) fn new(expr: Expr) -> Self {
        Self {
            expr,
            namespace: None,
            annotation: None,
            method: None,
        }
    }

    /// A Var that was made with an annotation.
    pub(super) fn annotated(expr: Expr, annotation: Option<PyObjectRef>) -> Self {
        Self {
            annotation,
            ..Self::new(expr)
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
        let expr = Expr::field(state.into(), field.into(), ty);
        Ok(Self::annotated(expr, Some(annotation.to_owned())))
    }

    /// `rx.color_mode`: `"light"` or `"dark"`, and the namespace of its components.
    pub(crate) fn color_mode() -> Self {
        let expr = Expr::color_mode(Expr::text("light"), Expr::text("dark"));
        Self {
            namespace: Some("color_mode"),
            ..Self::new(expr)
        }
    }

    /// A Var that can also be called, as a method of what the Var is taken of.
    fn callable(expr: Expr, method: VarMethod, vm: &VirtualMachine) -> PyResult {
        let var = Self {
            method: Some(method),
            ..Self::new(expr)
        };
        let made = var.into_ref_with_type(vm, callable_class(vm))?;
        Ok(made.into())
    }

    /// As an instance of a class of Vars (`NumberVar`, or one of the app's own).
    fn to_class(
        &self,
        class: PyTypeRef,
        annotation: Option<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult {
        let mut expr = self.expr.clone();
        if let Some(annotation) = &annotation {
            expr.ty = annotation::type_of(annotation, vm)?;
        } else if let Some(ty) = internals::type_of_class(&class, &expr.ty) {
            expr = match ty {
                Type::Bool => methods::convert_to(expr, ty, vm)?,
                ty => Expr { ty, ..expr },
            };
        }
        let var = Self::annotated(expr, annotation);
        Ok(var.into_ref_with_type(vm, class)?.into())
    }

    fn attribute(&self, name: &str, vm: &VirtualMachine) -> PyResult {
        match router::attribute(&self.expr, name) {
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
    /// The Var of a value: itself when it is one already. `_var_is_string=False` was once said of
    /// a text that is JavaScript.
    #[pystaticmethod]
    fn create(value: PyObjectRef, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let is_code = args
            .take_keyword("_var_is_string")
            .is_some_and(|flag| flag.is(&vm.ctx.false_value));
        let data = args.take_keyword("_var_data");
        if value.downcast_ref::<Self>().is_some() && data.is_none() {
            return Ok(value);
        }
        let needs = data.map_or_else(|| Ok(Arc::default()), |data| code::needs(&data, vm))?;
        let expr = match value.downcast_ref::<PyStr>() {
            Some(text) if is_code => code::expression(&text.to_string_lossy(), Arc::default()),
            _ => convert::expression(&value, vm)?,
        };
        Ok(Self::object(code::needing(expr, &needs), vm))
    }

    /// The same under an older name.
    #[pystaticmethod]
    fn create_safe(value: PyObjectRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        Self::create(value, args, vm)
    }

    /// Subclasses say which Python types they stand for; here the type of a Var does.
    #[pyclassmethod]
    fn __init_subclass__(_class: PyTypeRef, _args: FuncArgs) {}

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

    /// The same value seen as another type or another class of Vars; numbers are converted.
    #[pymethod]
    fn to(
        zelf: PyRef<Self>,
        output: PyObjectRef,
        var_type: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult {
        let annotation = var_type.into_option().filter(|ty| !vm.is_none(ty));
        if let Some(class) = var_class(&output, vm) {
            return zelf.to_class(class, annotation, vm);
        }
        let annotation = annotation.unwrap_or(output);
        let ty = annotation::type_of(&annotation, vm)?;
        let expr = methods::convert_to(zelf.expr.clone(), ty, vm)?;
        let var = Self::annotated(expr, Some(annotation));
        Ok(var.into_ref(&vm.ctx).into())
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

    fn py_new(_class: &Py<PyType>, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        let mut given = std::mem::take(&mut args.args).into_iter();
        let mut argument = |name: &str| given.next().or_else(|| args.take_keyword(name));
        let Some(code) = argument("_js_expr") else {
            return Err(
                vm.new_type_error("Var() needs _js_expr, the JavaScript that it stands for")
            );
        };
        let (annotation, data) = (argument("_var_type"), argument("_var_data"));
        let code = code.try_into_value::<String>(vm)?;
        let needs = data.map_or_else(|| Ok(Arc::default()), |data| code::needs(&data, vm))?;
        let mut expr = code::expression(&code, needs);
        if let Some(annotation) = &annotation {
            expr.ty = annotation::type_of(annotation, vm)?;
        }
        Ok(Self::annotated(expr, annotation))
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
        if text.starts_with('_') {
            let found = internals::find(zelf, &text, vm)?;
            let method = methods::find(&zelf.expr, &text).map(|it| it.into_ref(&vm.ctx).into());
            return found.or(method).ok_or_else(|| {
                let message = format!("a Var has no attribute {text}");
                vm.new_exception_msg(var_attribute_error_class(vm), message.into())
            });
        }
        let Some(method) = methods::find(&zelf.expr, &text) else {
            return zelf.attribute(&text, vm);
        };
        match Expr::attribute(zelf.expr.clone(), &*text) {
            Ok(field) if zelf.expr.ty.is_open() => Self::callable(field, method, vm),
            _ => Ok(method.into_ref(&vm.ctx).into()),
        }
    }
}

/// The class of Vars that can be called.
fn callable_class(vm: &VirtualMachine) -> PyTypeRef {
    static CLASS: OnceLock<PyTypeRef> = OnceLock::new();
    let make = || {
        let base = Var::class(&vm.ctx).to_owned();
        let mut slots = PyTypeSlots::heap_default();
        slots.basicsize = base.slots.basicsize;
        slots.call.store(Some(call));
        vm.ctx.new_class(Some("reflex"), "Var", base, slots)
    };
    CLASS.get_or_init(make).clone()
}

fn call(var: &PyObject, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let method = var
        .downcast_ref::<Var>()
        .and_then(|var| var.method.as_ref());
    match method {
        Some(method) => method.apply(args, vm),
        None => Err(vm.new_type_error("this Var cannot be called")),
    }
}

/// A class of Vars, when the target of `to()` is one.
fn var_class(target: &PyObject, vm: &VirtualMachine) -> Option<PyTypeRef> {
    let class = target.downcast_ref::<PyType>()?.to_owned();
    let own = Var::class(&vm.ctx);
    (class.fast_issubclass(own) && !class.is(own)).then_some(class)
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
