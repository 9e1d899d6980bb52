//! What an expression gives for the values of a state, without a browser: constants are folded so,
//! and what the server itself shows of a Var (a title, a description) is computed so.
//!
//! The results are those of the shell's `py` (`MODULES.md`), which differ from Python's where a
//! page must not break: a missing key or position is None, a division by zero NaN. Not here:
//! JavaScript of the author's, which only a browser can run.

mod access;
mod compare;
mod convert;
mod format;
mod instant;
mod method;
mod number;
mod rounding;
mod sequence;
#[cfg(test)]
mod tests;
mod words;
mod write;

pub(crate) use format::Spec;
pub(crate) use instant::are_dates;
pub(crate) use write::repr;

use std::{borrow::Cow, cell::Cell};

use ferroflex_state::{Dict, DictKey, Value};

use crate::limits::{
    EVALUATED_SIZE_MAX, EXPRESSION_DEPTH_MAX, FOLDED_BYTES_MAX, FOLDED_VALUES_MAX,
};
use crate::{
    PageError,
    expr::{BinaryOp, Expr, ExprKind, FieldRef, LocalId, Traversal, is_constant},
    types::Type,
};

/// The values that expressions read.
pub trait Lookup {
    /// The value of a field, none when there is no such field.
    fn field(&self, field: &FieldRef) -> Option<&Value>;

    /// Whether the page is shown dark, as far as that is known.
    fn is_dark(&self) -> Option<bool> {
        None
    }
}

/// No state at all, for constants.
#[derive(Debug, Clone, Copy)]
pub struct NoState;

impl Lookup for NoState {
    fn field(&self, _field: &FieldRef) -> Option<&Value> {
        None
    }
}

/// The value of an expression.
///
/// # Errors
/// [`PageError::NotEvaluable`] for what only a browser knows, [`PageError::UnknownField`] for a
/// field that the lookup does not have, [`PageError::TooLarge`] beyond [`EXPRESSION_DEPTH_MAX`] and
/// [`EVALUATED_SIZE_MAX`].
pub fn evaluate(expr: &Expr, state: &impl Lookup) -> Result<Value, PageError> {
    evaluate_with(expr, state, &[])
}

/// As [`evaluate`], with values of the names that a `foreach` around the expression binds.
///
/// # Errors
/// As [`evaluate`].
pub fn evaluate_with(
    expr: &Expr,
    state: &impl Lookup,
    locals: &[(LocalId, Value)],
) -> Result<Value, PageError> {
    let mut evaluation = Evaluation {
        state,
        locals: locals.to_vec(),
        depth: 0,
        size: Size::default(),
    };
    evaluation.value(expr).map(Cow::into_owned)
}

/// Whether the value of an expression counts as true.
///
/// # Errors
/// As [`evaluate`].
pub fn evaluate_truth(expr: &Expr, state: &impl Lookup) -> Result<bool, PageError> {
    evaluate(expr, state).map(|value| convert::truth(&value))
}

/// What a text place shows of an expression, such as a page's title: nothing for None.
///
/// # Errors
/// As [`evaluate`].
pub fn evaluate_text(expr: &Expr, state: &impl Lookup) -> Result<String, PageError> {
    evaluate(expr, state).map(|value| write::shown(&value))
}

/// The constant that an operation on constants gives; none when it is no such operation, or its
/// result is so large that it is better made in the browser.
pub(crate) fn fold(kind: &ExprKind, ty: &Type) -> Option<Value> {
    let constant = match kind {
        ExprKind::Unary(_, of) | ExprKind::Attribute(of, _) => is_constant(of),
        ExprKind::Binary(_, a, b) | ExprKind::Index(a, b) => is_constant(a) && is_constant(b),
        ExprKind::Slice {
            of,
            start,
            stop,
            step,
        } => is_constant(of) && [start, stop, step].into_iter().flatten().all(is_constant),
        ExprKind::Method { of, args, .. } => is_constant(of) && args.iter().all(is_constant),
        ExprKind::Format(parts) => parts.iter().all(is_constant),
        _ => false,
    };
    if !constant {
        return None;
    }
    let value = evaluate(&Expr::new(kind.clone(), ty.clone()), &NoState).ok()?;
    let (mut values, mut bytes) = (FOLDED_VALUES_MAX, FOLDED_BYTES_MAX);
    fits(&value, &mut values, &mut bytes).then_some(value)
}

fn fits(value: &Value, values: &mut usize, bytes: &mut usize) -> bool {
    let text = match value {
        Value::Str(text) | Value::Text { text, .. } => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        _ => 0,
    };
    if *values == 0 || *bytes < text {
        return false;
    }
    *values -= 1;
    *bytes -= text;
    match value {
        Value::List(items) | Value::Tuple(items) | Value::Set(items) => {
            items.iter().all(|item| fits(item, values, bytes))
        }
        Value::Dict(entries)
        | Value::Object {
            fields: entries, ..
        } => entries.values().all(|item| fits(item, values, bytes)),
        _ => true,
    }
}

/// What has been made so far.
#[derive(Debug, Default)]
struct Size(Cell<usize>);

impl Size {
    /// Notes that `count` items or characters are about to be made.
    fn add(&self, count: usize) -> Result<(), PageError> {
        let made = self.0.get().saturating_add(count);
        self.0.set(made);
        if made > EVALUATED_SIZE_MAX {
            return Err(PageError::TooLarge {
                what: "its values",
                most: EVALUATED_SIZE_MAX,
            });
        }
        Ok(())
    }
}

struct Evaluation<'s, L> {
    state: &'s L,
    locals: Vec<(LocalId, Value)>,
    depth: usize,
    size: Size,
}

/// A value, borrowed where it stands in the state or in the expression.
type Found<'v> = Result<Cow<'v, Value>, PageError>;

impl<'s, L: Lookup> Evaluation<'s, L> {
    fn value<'v>(&mut self, expr: &'v Expr) -> Found<'v>
    where
        's: 'v,
    {
        if self.depth == EXPRESSION_DEPTH_MAX {
            return Err(PageError::TooLarge {
                what: "its depth",
                most: EXPRESSION_DEPTH_MAX,
            });
        }
        self.depth += 1;
        let found = self.inner(expr);
        self.depth -= 1;
        found
    }

    fn inner<'v>(&mut self, expr: &'v Expr) -> Found<'v>
    where
        's: 'v,
    {
        match &*expr.kind {
            ExprKind::Literal(value) => Ok(Cow::Borrowed(value)),
            ExprKind::Field(field) => self.field(field),
            ExprKind::Local(id) => self.local(*id),
            ExprKind::List(items) => self.all(items).map(|items| Cow::Owned(Value::List(items))),
            ExprKind::Dict(entries) => self.dict(entries),
            ExprKind::Format(parts) => self.format(parts),
            ExprKind::Unary(operator, operand) => {
                let operand = self.value(operand)?;
                Ok(Cow::Owned(number::unary(*operator, &operand)))
            }
            ExprKind::Binary(operator, left, right) => self.binary(*operator, left, right),
            ExprKind::Attribute(of, name) => Ok(access::attribute(self.value(of)?, name)),
            ExprKind::Index(of, index) => {
                let index = self.value(index)?.into_owned();
                Ok(access::index(self.value(of)?, &index))
            }
            ExprKind::Slice {
                of,
                start,
                stop,
                step,
            } => self.slice(of, [start, stop, step]),
            ExprKind::Method { of, method, args } => {
                let receiver = self.value(of)?;
                let args = self.all(args)?;
                let call = method::Call {
                    receiver: &receiver,
                    ty: &of.ty,
                    args: &args,
                    size: &self.size,
                };
                call.apply(*method).map(Cow::Owned)
            }
            ExprKind::Cond(test, then, otherwise) => {
                let holds = self.truth(test)?;
                self.value(if holds { then } else { otherwise })
            }
            ExprKind::Match(subject, cases, default) => self.matched(subject, cases, default),
            ExprKind::ColorMode(light, dark) => match self.state.is_dark() {
                Some(is_dark) => self.value(if is_dark { dark } else { light }),
                None => Err(not_evaluable("the colour mode")),
            },
            ExprKind::Traverse {
                of,
                traversal,
                item,
                body,
            } => self.traverse(of, *traversal, *item, body),
            ExprKind::Reduce {
                of,
                total,
                item,
                body,
                initial,
            } => self.reduce(of, (*total, *item), body, initial.as_ref()),
            ExprKind::EventArg(_) => Err(not_evaluable("an event's argument")),
            ExprKind::Raw(_) | ExprKind::Code(_) | ExprKind::Handler(_) => {
                Err(not_evaluable("JavaScript"))
            }
        }
    }

    fn field<'v>(&self, field: &FieldRef) -> Found<'v>
    where
        's: 'v,
    {
        let found = self.state.field(field).map(Cow::Borrowed);
        found.ok_or_else(|| PageError::UnknownField {
            state: field.state.to_string(),
            field: field.field.to_string(),
        })
    }

    fn local<'v>(&self, id: LocalId) -> Found<'v> {
        let bound = self.locals.iter().rev().find(|(bound, _)| *bound == id);
        let found = bound.map(|(_, value)| Cow::Owned(value.clone()));
        found.ok_or(PageError::UnboundLocal)
    }

    fn all(&mut self, exprs: &[Expr]) -> Result<Vec<Value>, PageError> {
        self.size.add(exprs.len())?;
        let values = exprs
            .iter()
            .map(|expr| self.value(expr).map(Cow::into_owned));
        values.collect()
    }

    fn dict<'v>(&mut self, entries: &[(String, Expr)]) -> Found<'v> {
        let mut values = Dict::with_capacity(entries.len());
        for (name, expr) in entries {
            let value = self.value(expr)?.into_owned();
            values.insert(DictKey::Str(name.clone()), value);
        }
        Ok(Cow::Owned(Value::Dict(values)))
    }

    fn format<'v>(&mut self, parts: &[Expr]) -> Found<'v> {
        let mut text = String::new();
        for part in parts {
            let value = self.value(part)?;
            text.push_str(&write::string(&value, &part.ty));
        }
        self.size.add(text.len())?;
        Ok(Cow::Owned(Value::Str(text)))
    }

    fn binary<'v>(&mut self, operator: BinaryOp, left: &'v Expr, right: &'v Expr) -> Found<'v>
    where
        's: 'v,
    {
        let first = self.value(left)?;
        match operator {
            BinaryOp::And if !convert::truth(&first) => return Ok(first),
            BinaryOp::Or if convert::truth(&first) => return Ok(first),
            BinaryOp::And | BinaryOp::Or => return self.value(right),
            _ => {}
        }
        let second = self.value(right)?;
        let by_instant = are_dates(&left.ty, &right.ty);
        let operands = number::Operands {
            left: &first,
            right: &second,
            by_instant,
            size: &self.size,
        };
        operands.apply(operator).map(Cow::Owned)
    }

    fn slice<'v>(&mut self, of: &'v Expr, bounds: [&Option<Expr>; 3]) -> Found<'v>
    where
        's: 'v,
    {
        let mut given = [None; 3];
        for (bound, slot) in bounds.into_iter().zip(&mut given) {
            if let Some(bound) = bound {
                *slot = convert::position(&*self.value(bound)?);
            }
        }
        let of = self.value(of)?;
        Ok(Cow::Owned(sequence::slice(&of, given)))
    }

    fn truth(&mut self, expr: &Expr) -> Result<bool, PageError> {
        self.value(expr).map(|value| convert::truth(&value))
    }

    fn matched<'v>(
        &mut self,
        subject: &'v Expr,
        cases: &'v [(Vec<Expr>, Expr)],
        default: &'v Expr,
    ) -> Found<'v>
    where
        's: 'v,
    {
        let found = self.value(subject)?.into_owned();
        for (patterns, result) in cases {
            for pattern in patterns {
                if compare::equal(&found, &*self.value(pattern)?) {
                    return self.value(result);
                }
            }
        }
        self.value(default)
    }

    fn traverse<'v>(
        &mut self,
        of: &Expr,
        traversal: Traversal,
        item: LocalId,
        body: &Expr,
    ) -> Found<'v> {
        let items = sequence::iterate(&*self.value(of)?);
        let mut made = Vec::with_capacity(items.len());
        for value in items {
            self.size.add(1)?;
            self.locals.push((item, value.clone()));
            let given = self.value(body).map(Cow::into_owned);
            self.locals.pop();
            let given = given?;
            match traversal {
                Traversal::Map => made.push(given),
                Traversal::Filter if convert::truth(&given) => made.push(value),
                Traversal::Filter => {}
                Traversal::FlatMap => made.extend(sequence::iterate(&given)),
            }
        }
        Ok(Cow::Owned(Value::List(made)))
    }

    fn reduce<'v>(
        &mut self,
        of: &Expr,
        (total, item): (LocalId, LocalId),
        body: &Expr,
        initial: Option<&Expr>,
    ) -> Found<'v> {
        let mut items = sequence::iterate(&*self.value(of)?).into_iter();
        let first = match initial {
            Some(initial) => Some(self.value(initial)?.into_owned()),
            None => items.next(),
        };
        let mut sum = first.unwrap_or(Value::None);
        for value in items {
            self.size.add(1)?;
            self.locals.extend([(total, sum), (item, value)]);
            let given = self.value(body).map(Cow::into_owned);
            self.locals.truncate(self.locals.len() - 2);
            sum = given?;
        }
        Ok(Cow::Owned(sum))
    }
}

fn not_evaluable(what: &'static str) -> PageError {
    PageError::NotEvaluable { what }
}
