//! Building expressions with their types: what Python would refuse is refused here, with the
//! types in the message. Where nothing is known everything is allowed.
//!
//! Not here: what an expression looks like in JavaScript (`emit`).

mod access;
mod methods;
mod operators;

use std::sync::Arc;

use ferroflex_state::{TextKind, Value};

use crate::{
    PageError,
    evaluate::{self, Spec},
    expr::{BinaryOp, Code, Expr, ExprKind, FieldRef, LocalId, Method, Needs, Traversal, UnaryOp},
    types::Type,
};
use access::{attribute_type, index_type, not_indexable};
use methods::method_type;
use operators::binary_type;

impl Expr {
    /// An expression of a form whose type is known from elsewhere.
    #[must_use]
    pub fn new(kind: ExprKind, ty: Type) -> Self {
        Self {
            kind: Arc::new(kind),
            ty,
        }
    }

    /// An operation; on constants what it gives.
    fn operation(kind: ExprKind, ty: Type) -> Self {
        match evaluate::fold(&kind, &ty) {
            Some(value) => Self::new(ExprKind::Literal(value), ty),
            None => Self::new(kind, ty),
        }
    }

    /// A constant.
    #[must_use]
    pub fn literal(value: Value) -> Self {
        let ty = type_of(&value);
        Self::new(ExprKind::Literal(value), ty)
    }

    /// A constant string.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::literal(Value::Str(text.into()))
    }

    /// The field of a state class.
    #[must_use]
    pub fn field(state: Arc<str>, field: Arc<str>, ty: Type) -> Self {
        Self::new(ExprKind::Field(FieldRef { state, field }), ty)
    }

    /// A name bound by `foreach`.
    #[must_use]
    pub fn local(id: LocalId, ty: Type) -> Self {
        Self::new(ExprKind::Local(id), ty)
    }

    /// The `index`-th argument of an event.
    #[must_use]
    pub fn event_arg(index: usize, ty: Type) -> Self {
        Self::new(ExprKind::EventArg(index), ty)
    }

    /// JavaScript that the app's author wrote.
    #[must_use]
    pub fn raw(javascript: impl Into<Arc<str>>, ty: Type) -> Self {
        Self::new(ExprKind::Raw(javascript.into()), ty)
    }

    /// JavaScript that the app's author wrote around expressions.
    #[must_use]
    pub fn code(code: Code, ty: Type) -> Self {
        use crate::expr::CodePart;
        match &code.parts[..] {
            [CodePart::Text(text)] if *code.needs == Needs::default() => {
                Self::raw(Arc::clone(text), ty)
            }
            _ => Self::new(ExprKind::Code(code), ty),
        }
    }

    /// A list of expressions.
    #[must_use]
    pub fn list(items: Vec<Expr>) -> Self {
        let item = items
            .iter()
            .map(|item| item.ty.clone())
            .reduce(Type::either);
        Self::new(ExprKind::List(items), Type::list(item.unwrap_or(Type::Any)))
    }

    /// A dictionary with constant keys.
    #[must_use]
    pub fn dict(entries: Vec<(String, Expr)>) -> Self {
        let value = entries
            .iter()
            .map(|(_, value)| value.ty.clone())
            .reduce(Type::either);
        let ty = Type::dict(Type::Str, value.unwrap_or(Type::Any));
        Self::new(ExprKind::Dict(entries), ty)
    }

    /// An f-string of constant and computed parts.
    #[must_use]
    pub fn format(parts: Vec<Expr>) -> Self {
        Self::operation(ExprKind::Format(parts), Type::Str)
    }

    /// `rx.cond` between values.
    #[must_use]
    pub fn cond(test: Expr, then: Expr, otherwise: Expr) -> Self {
        let ty = then.ty.clone().either(otherwise.ty.clone());
        match test.constant_truth() {
            Some(true) => then,
            Some(false) => otherwise,
            None => Self::new(ExprKind::Cond(test, then, otherwise), ty),
        }
    }

    /// `rx.match` between values.
    #[must_use]
    pub fn matched(subject: Expr, cases: Vec<(Vec<Expr>, Expr)>, default: Expr) -> Self {
        let results = cases.iter().map(|(_, result)| result.ty.clone());
        let ty = results.fold(default.ty.clone(), Type::either);
        Self::new(ExprKind::Match(subject, cases, default), ty)
    }

    /// Whether a value equals one of several.
    pub(crate) fn equals_any(subject: &Expr, values: &[Expr]) -> Self {
        let equal = |value: &Expr| {
            let kind = ExprKind::Binary(BinaryOp::Equal, subject.clone(), value.clone());
            Self::new(kind, Type::Bool)
        };
        let either = |a, b| Self::new(ExprKind::Binary(BinaryOp::Or, a, b), Type::Bool);
        let never = || Self::literal(Value::Bool(false));
        values
            .iter()
            .map(equal)
            .reduce(either)
            .unwrap_or_else(never)
    }

    /// One of two values by the colour mode.
    #[must_use]
    pub fn color_mode(light: Expr, dark: Expr) -> Self {
        let ty = light.ty.clone().either(dark.ty.clone());
        Self::new(ExprKind::ColorMode(light, dark), ty)
    }

    /// An operator with one operand.
    ///
    /// # Errors
    /// When Python has no such operator for the operand's type.
    pub fn unary(operator: UnaryOp, operand: Expr) -> Result<Self, PageError> {
        let ty = match (operator, operand.ty.without_none()) {
            (UnaryOp::Not, _) => Type::Bool,
            (UnaryOp::Negate | UnaryOp::Abs, Type::Float) => Type::Float,
            (_, Type::Int | Type::Bool | Type::Float) => Type::Int,
            (_, Type::Any | Type::Union(_)) => Type::Any,
            (_, other) => {
                let operand = other.to_string();
                return Err(PageError::OperandType {
                    operator: operator.symbol(),
                    operand,
                });
            }
        };
        Ok(Self::operation(ExprKind::Unary(operator, operand), ty))
    }

    /// An operator with two operands.
    ///
    /// # Errors
    /// When Python has no such operator for the operands' types.
    pub fn binary(operator: BinaryOp, left: Expr, right: Expr) -> Result<Self, PageError> {
        let (a, b) = (left.ty.without_none(), right.ty.without_none());
        let ty = binary_type(operator, &a, &b).ok_or_else(|| PageError::OperandTypes {
            operator: operator.symbol(),
            left: a.to_string(),
            right: b.to_string(),
        })?;
        let ty = match operator {
            // The left operand itself when it is false, as None is.
            BinaryOp::And => left.ty.clone().either(ty),
            _ => ty,
        };
        Ok(Self::operation(ExprKind::Binary(operator, left, right), ty))
    }

    /// Attribute access.
    ///
    /// # Errors
    /// When the type is known and has no such attribute.
    pub fn attribute(of: Expr, name: impl Into<Arc<str>>) -> Result<Self, PageError> {
        let name = name.into();
        let ty = attribute_type(&of.ty.without_none(), &name)?;
        Ok(Self::operation(ExprKind::Attribute(of, name), ty))
    }

    /// Subscription by an index or a key.
    ///
    /// # Errors
    /// When values of the type cannot be subscripted so.
    pub fn index(of: Expr, index: Expr) -> Result<Self, PageError> {
        let ty = index_type(&of.ty.without_none(), &index)?;
        Ok(Self::operation(ExprKind::Index(of, index), ty))
    }

    /// A slice.
    ///
    /// # Errors
    /// When values of the type cannot be sliced.
    #[expect(clippy::similar_names, reason = "Python's own names of the bounds")]
    pub fn slice(
        of: Expr,
        start: Option<Expr>,
        stop: Option<Expr>,
        step: Option<Expr>,
    ) -> Result<Self, PageError> {
        let ty = match of.ty.without_none() {
            ty @ (Type::List(_) | Type::Str | Type::Any | Type::Bytes) => ty,
            tuple @ Type::Tuple(_) => Type::list(tuple.item()?),
            Type::Union(_) => Type::Any,
            other => return Err(not_indexable(&other, "a slice".to_owned())),
        };
        let kind = ExprKind::Slice {
            of,
            start,
            stop,
            step,
        };
        Ok(Self::operation(kind, ty))
    }

    /// A value as an f-string's `{value:spec}` writes it; `None` when Python has no such format for
    /// values of the type.
    #[must_use]
    pub fn formatted(of: Expr, spec: &str) -> Option<Self> {
        let known = Spec::parse(spec).is_some_and(|known| known.fits(&of.ty.without_none()));
        let spec = vec![Self::text(spec)];
        let written = known.then(|| Self::method(of, Method::Format, spec))?;
        written.ok()
    }

    /// The items of a list, each put through `body`, which reads it as the local `item`.
    ///
    /// # Errors
    /// When values of the type have no items.
    pub fn traverse(
        of: Expr,
        traversal: Traversal,
        item: LocalId,
        body: Expr,
    ) -> Result<Self, PageError> {
        let ty = match traversal {
            Traversal::Map => Type::list(body.ty.clone()),
            Traversal::Filter => Type::list(of.ty.element()?),
            Traversal::FlatMap => Type::list(body.ty.element().unwrap_or(Type::Any)),
        };
        let kind = ExprKind::Traverse {
            of,
            traversal,
            item,
            body,
        };
        Ok(Self::new(kind, ty))
    }

    /// The items of a list put together by `body`, which reads the locals `total` and `item`.
    #[must_use]
    pub fn reduce(
        of: Expr,
        (total, item): (LocalId, LocalId),
        body: Expr,
        initial: Option<Expr>,
    ) -> Self {
        let first = initial.as_ref().map(|initial| initial.ty.clone());
        let ty = first
            .unwrap_or_else(|| of.ty.element().unwrap_or(Type::Any))
            .either(body.ty.clone());
        let kind = ExprKind::Reduce {
            of,
            total,
            item,
            body,
            initial,
        };
        Self::new(kind, ty)
    }

    /// A method of a value.
    ///
    /// # Errors
    /// When the type is known and has no such method, or the number of arguments is wrong.
    pub fn method(of: Expr, method: Method, args: Vec<Expr>) -> Result<Self, PageError> {
        let (least, most) = method.arity();
        if !(least..=most).contains(&args.len()) {
            let (method, given) = (method.name(), args.len());
            return Err(PageError::ArgumentCount {
                method,
                least,
                most,
                given,
            });
        }
        let receiver = of.ty.without_none();
        let ty = method_type(&receiver, method, &args).ok_or_else(|| PageError::NoMethod {
            ty: receiver.to_string(),
            method: method.name(),
        })?;
        Ok(Self::operation(ExprKind::Method { of, method, args }, ty))
    }
}

/// The type of a constant.
#[must_use]
pub fn type_of(value: &Value) -> Type {
    match value {
        Value::None => Type::None,
        Value::Bool(_) => Type::Bool,
        Value::Int(_) | Value::BigInt(_) => Type::Int,
        Value::Float(_) => Type::Float,
        Value::Str(_) => Type::Str,
        Value::Bytes(_) => Type::Bytes,
        Value::Text { kind, .. } => match kind {
            TextKind::Uuid => Type::Str,
            TextKind::Decimal => Type::Any,
            _ => Type::DateTime,
        },
        Value::Enum { value, .. } => type_of(value),
        Value::List(items) | Value::Set(items) => Type::list(common_type(items.iter())),
        Value::Tuple(items) => Type::Tuple(items.iter().map(type_of).collect()),
        Value::Dict(entries) => Type::dict(Type::Str, common_type(entries.values())),
        Value::Object { fields, .. } => Type::dict(Type::Str, common_type(fields.values())),
    }
}

fn common_type<'a>(values: impl Iterator<Item = &'a Value>) -> Type {
    values
        .map(type_of)
        .reduce(Type::either)
        .unwrap_or(Type::Any)
}

impl Type {
    /// Whether nothing is known of the type that would forbid an operation.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.without_none(), Self::Any | Self::Union(_))
    }

    /// Whether values of the type have the method.
    #[must_use]
    pub fn has_method(&self, method: Method) -> bool {
        method_type(&self.without_none(), method, &[]).is_some()
    }
}

/// Whether nothing is known of a type, which is not optional, that would forbid an operation.
fn is_open(ty: &Type) -> bool {
    matches!(ty, Type::Any | Type::Union(_))
}
