//! Building expressions with their types: what Python would refuse is refused here, with the
//! types in the message. Where nothing is known everything is allowed.
//!
//! Not here: what an expression looks like in JavaScript (`emit`).

use std::sync::Arc;

use ferroflex_state::Value;

use crate::{
    PageError,
    expr::{BinaryOp, Expr, ExprKind, FieldRef, LocalId, Method, UnaryOp},
    types::Type,
};

/// How many digits after the point a number is formatted with at most: what JavaScript does.
const DIGITS_MAX: u32 = 100;

impl Expr {
    /// An expression of a form whose type is known from elsewhere.
    #[must_use]
    pub fn new(kind: ExprKind, ty: Type) -> Self {
        Self {
            kind: Arc::new(kind),
            ty,
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
        Self::new(ExprKind::Format(parts), Type::Str)
    }

    /// `rx.cond` between values.
    #[must_use]
    pub fn cond(test: Expr, then: Expr, otherwise: Expr) -> Self {
        let ty = then.ty.clone().either(otherwise.ty.clone());
        Self::new(ExprKind::Cond(test, then, otherwise), ty)
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
        Ok(Self::new(ExprKind::Unary(operator, operand), ty))
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
        Ok(Self::new(ExprKind::Binary(operator, left, right), ty))
    }

    /// Attribute access.
    ///
    /// # Errors
    /// When the type is known and has no such attribute.
    pub fn attribute(of: Expr, name: impl Into<Arc<str>>) -> Result<Self, PageError> {
        let name = name.into();
        let ty = attribute_type(&of.ty.without_none(), &name)?;
        Ok(Self::new(ExprKind::Attribute(of, name), ty))
    }

    /// Subscription by an index or a key.
    ///
    /// # Errors
    /// When values of the type cannot be subscripted so.
    pub fn index(of: Expr, index: Expr) -> Result<Self, PageError> {
        let ty = index_type(&of.ty.without_none(), &index)?;
        Ok(Self::new(ExprKind::Index(of, index), ty))
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
        Ok(Self::new(
            ExprKind::Slice {
                of,
                start,
                stop,
                step,
            },
            ty,
        ))
    }

    /// A number as an f-string's `{number:spec}` writes it; `None` when the browser cannot format
    /// so, or the value is no number.
    #[must_use]
    pub fn formatted(of: Expr, spec: &str) -> Option<Self> {
        let known = is_number_format(spec, &of.ty.without_none());
        let spec = vec![Self::text(spec)];
        let written = known.then(|| Self::method(of, Method::Format, spec))?;
        written.ok()
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
        Ok(Self::new(ExprKind::Method { of, method, args }, ty))
    }
}

/// Whether the runtime formats numbers so: `[,][.digits]f`, `[,][.digits]%`, `,` and `,d`.
fn is_number_format(spec: &str, ty: &Type) -> bool {
    let (grouped, rest) = match spec.strip_prefix(',') {
        Some(rest) => (true, rest),
        None => (false, spec),
    };
    let digits = |digits: &str| digits.parse().is_ok_and(|digits: u32| digits <= DIGITS_MAX);
    match (rest, rest.strip_suffix(['f', '%'])) {
        ("", _) => grouped,
        ("d", _) => *ty != Type::Float,
        (_, Some("")) => true,
        (_, Some(precision)) => precision.strip_prefix('.').is_some_and(digits),
        (_, None) => false,
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
        Value::Text { .. } => Type::DateTime,
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

/// Whether nothing is known of the type that would forbid an operation.
fn is_open(ty: &Type) -> bool {
    matches!(ty, Type::Any | Type::Union(_))
}

fn binary_type(operator: BinaryOp, left: &Type, right: &Type) -> Option<Type> {
    use BinaryOp as Op;
    match operator {
        Op::Equal | Op::NotEqual => Some(Type::Bool),
        Op::And | Op::Or => Some(left.clone().either(right.clone())),
        Op::Less | Op::LessEqual | Op::Greater | Op::GreaterEqual => {
            comparable(left, right).then_some(Type::Bool)
        }
        _ if is_open(left) || is_open(right) => Some(Type::Any),
        Op::Divide => both_numbers(left, right).then_some(Type::Float),
        Op::Subtract | Op::FloorDivide | Op::Modulo | Op::Power => arithmetic_type(left, right),
        Op::Add => sum_type(left, right),
        Op::Multiply => product_type(left, right),
    }
}

fn both_numbers(left: &Type, right: &Type) -> bool {
    left.is_number() && right.is_number()
}

fn arithmetic_type(left: &Type, right: &Type) -> Option<Type> {
    let float = *left == Type::Float || *right == Type::Float;
    both_numbers(left, right).then_some(if float { Type::Float } else { Type::Int })
}

fn sum_type(left: &Type, right: &Type) -> Option<Type> {
    match (left, right) {
        (Type::Str, Type::Str) => Some(Type::Str),
        (a, b) if a.is_array() && b.is_array() => {
            Some(Type::list(a.item().ok()?.either(b.item().ok()?)))
        }
        _ => arithmetic_type(left, right),
    }
}

fn product_type(left: &Type, right: &Type) -> Option<Type> {
    match (left, right) {
        (Type::Str, Type::Int) | (Type::Int, Type::Str) => Some(Type::Str),
        (list, Type::Int) | (Type::Int, list) if list.is_array() => {
            Some(Type::list(list.item().ok()?))
        }
        _ => arithmetic_type(left, right),
    }
}

fn comparable(left: &Type, right: &Type) -> bool {
    is_open(left)
        || is_open(right)
        || both_numbers(left, right)
        || (left.is_array() && right.is_array())
        || matches!(
            (left, right),
            (Type::Str | Type::DateTime, Type::Str | Type::DateTime)
        )
}

fn attribute_type(of: &Type, name: &str) -> Result<Type, PageError> {
    match of {
        ty if is_open(ty) => Ok(Type::Any),
        Type::Dict(_, value) => Ok((**value).clone()),
        Type::Object(object) => {
            let field = object.fields.iter().find(|(field, _)| field == name);
            field
                .map(|(_, ty)| ty.clone())
                .ok_or_else(|| PageError::UnknownAttribute {
                    class: object.name.clone(),
                    name: name.to_owned(),
                    fields: object
                        .fields
                        .iter()
                        .map(|(field, _)| field.clone())
                        .collect(),
                })
        }
        other => Err(PageError::NoAttributes {
            ty: other.to_string(),
            name: name.to_owned(),
        }),
    }
}

fn index_type(of: &Type, index: &Expr) -> Result<Type, PageError> {
    let positional =
        matches!(index.ty.without_none(), Type::Int | Type::Bool) || is_open(&index.ty);
    match of {
        ty if is_open(ty) => Ok(Type::Any),
        Type::Dict(_, value) => Ok((**value).clone()),
        Type::Object(_) => match index.constant_text() {
            Some(name) => attribute_type(of, name),
            None => Ok(Type::Any),
        },
        Type::List(item) if positional => Ok((**item).clone()),
        Type::Str if positional => Ok(Type::Str),
        Type::Tuple(items) if positional => tuple_item(items, index),
        other => Err(not_indexable(other, index.ty.to_string())),
    }
}

fn tuple_item(items: &[Type], index: &Expr) -> Result<Type, PageError> {
    let Some(Value::Int(position)) = index.constant() else {
        return Type::Tuple(items.into()).item();
    };
    let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let from_start = if *position < 0 {
        position + count
    } else {
        *position
    };
    let found = usize::try_from(from_start)
        .ok()
        .and_then(|position| items.get(position));
    let whole = || not_indexable(&Type::Tuple(items.into()), position.to_string());
    found.cloned().ok_or_else(whole)
}

fn not_indexable(ty: &Type, index: String) -> PageError {
    PageError::NotIndexable {
        ty: ty.to_string(),
        index,
    }
}

/// The type that the method gives, `None` when the receiver has no such method.
fn method_type(of: &Type, method: Method, args: &[Expr]) -> Option<Type> {
    use Method as M;
    let open = is_open(of);
    let text = open || *of == Type::Str;
    let list = open || of.is_array();
    let mapping = open || matches!(of, Type::Dict(..) | Type::Object(_));
    match method {
        M::ToString | M::Str => Some(Type::Str),
        M::Bool | M::IsNone | M::IsNotNone => Some(Type::Bool),
        M::ToInt => Some(Type::Int),
        M::ToFloat => Some(Type::Float),
        M::Format => (open || of.is_number()).then_some(Type::Str),
        M::Round => (open || of.is_number()).then(|| of.clone()),
        M::Range => (open || of.is_number()).then(|| Type::list(Type::Int)),
        M::Length => (text || list || mapping).then_some(Type::Int),
        M::Contains => (text || list || mapping).then_some(Type::Bool),
        M::Upper
        | M::Lower
        | M::Title
        | M::Capitalize
        | M::Strip
        | M::LeftStrip
        | M::RightStrip
        | M::Replace => text.then_some(Type::Str),
        M::StartsWith | M::EndsWith => text.then_some(Type::Bool),
        M::Split => text.then(|| Type::list(Type::Str)),
        M::Join => list.then_some(Type::Str),
        M::Reverse => (text || list).then(|| of.clone()),
        M::Pluck => list.then(|| Type::list(pluck_type(of, args))),
        M::Merge => mapping.then(|| merged_type(of, args)),
        M::Keys | M::Values | M::Items | M::Get => mapping.then(|| mapping_type(of, method, args)),
    }
}

fn pluck_type(of: &Type, args: &[Expr]) -> Type {
    let name = args.first().and_then(Expr::constant_text);
    let item = of.item().unwrap_or(Type::Any);
    name.and_then(|name| attribute_type(&item, name).ok())
        .unwrap_or(Type::Any)
}

fn merged_type(of: &Type, args: &[Expr]) -> Type {
    let other = args.first().map_or(Type::Any, |other| other.ty.clone());
    match (of, &other) {
        (Type::Dict(..), Type::Dict(..)) if *of == other => other,
        _ => Type::dict(Type::Str, Type::Any),
    }
}

fn mapping_type(of: &Type, method: Method, args: &[Expr]) -> Type {
    let (key, value) = match of {
        Type::Dict(key, value) => ((**key).clone(), (**value).clone()),
        Type::Object(_) => (Type::Str, Type::Any),
        _ => (Type::Any, Type::Any),
    };
    match method {
        Method::Keys => Type::list(key),
        Method::Values => Type::list(value),
        Method::Items => Type::list(Type::Tuple(Arc::from([key, value]))),
        _ => value.either(args.get(1).map_or(Type::None, |default| default.ty.clone())),
    }
}
