//! Operators, and Python's truth.

use ferroflex_state::Value;

use super::{Emitter, Js, Level};
use crate::{
    PageError,
    evaluate::are_dates,
    expr::{BinaryOp, Expr, ExprKind, UnaryOp},
    types::Type,
};

impl Emitter<'_> {
    pub(super) fn write_unary(&mut self, operator: UnaryOp, of: &Expr) -> Result<Js, PageError> {
        let function = match operator {
            UnaryOp::Not => {
                let test = self.truth(of)?.within(Level::Unary);
                return Ok(Js::new(format!("!{test}"), Level::Unary));
            }
            UnaryOp::Negate if of.ty != Type::Float => "neg",
            UnaryOp::Negate => {
                // Minus a negative number must not become a decrement.
                let operand = self.write(of)?.within(Level::Member);
                return Ok(Js::new(format!("-{operand}"), Level::Unary));
            }
            UnaryOp::Abs => "abs",
            UnaryOp::Round => "round",
            UnaryOp::Floor => "floor",
            UnaryOp::Ceil => "ceil",
            UnaryOp::Trunc => "trunc",
        };
        self.call(function, [of])
    }

    pub(super) fn write_binary(
        &mut self,
        operator: BinaryOp,
        left: &Expr,
        right: &Expr,
    ) -> Result<Js, PageError> {
        match operator {
            BinaryOp::And | BinaryOp::Or => return self.write_either(operator, left, right),
            BinaryOp::Equal => return self.equals(left, right),
            BinaryOp::NotEqual => return self.differs(left, right),
            _ => {}
        }
        let (function, plain) = form(operator);
        if are_dates(&left.ty, &right.ty) {
            return self.compare_dates(function, left, right);
        }
        let Some((symbol, level)) = plain.filter(|_| is_plain(operator, &left.ty, &right.ty))
        else {
            return self.call(function, [left, right]);
        };
        let left = self.write(left)?.within(level);
        let right = self.write(right)?.within(tighter(level));
        Ok(Js::new(format!("{left} {symbol} {right}"), level))
    }

    /// Python's `and` and `or`, which give one of their operands.
    fn write_either(
        &mut self,
        operator: BinaryOp,
        left: &Expr,
        right: &Expr,
    ) -> Result<Js, PageError> {
        let (symbol, level) = match operator {
            BinaryOp::And => ("&&", Level::And),
            _ => ("||", Level::Or),
        };
        if is_same_truth(&left.ty) {
            let left = self.write(left)?.within(level);
            let right = self.write(right)?.within(tighter(level));
            return Ok(Js::new(format!("{left} {symbol} {right}"), level));
        }
        let (left, right) = (self.text(left)?, self.write(right)?.within(Level::Or));
        let test = self.call_written("truth", &["_".to_owned()]).into_text();
        let (then, otherwise) = match operator {
            BinaryOp::And => (right.as_str(), "_"),
            _ => ("_", right.as_str()),
        };
        Ok(Js::member(format!(
            "((_) => {test} ? {then} : {otherwise})({left})"
        )))
    }

    /// Writes whether two values are equal, by value.
    pub(super) fn equals(&mut self, left: &Expr, right: &Expr) -> Result<Js, PageError> {
        match comparison(left, right) {
            Comparison::Null(of) => self.write_null_test(of, "=="),
            Comparison::Scalar => self.write_scalar_test(left, "===", right),
            Comparison::Dates => self.compare_dates("eq", left, right),
            Comparison::Deep => self.call("eq", [left, right]),
        }
    }

    fn differs(&mut self, left: &Expr, right: &Expr) -> Result<Js, PageError> {
        match comparison(left, right) {
            Comparison::Null(of) => self.write_null_test(of, "!="),
            Comparison::Scalar => self.write_scalar_test(left, "!==", right),
            Comparison::Dates => self.compare_dates("ne", left, right),
            Comparison::Deep => self.call("ne", [left, right]),
        }
    }

    /// Writes a comparison of dates or times, which are texts, by the moments that they name.
    fn compare_dates(
        &mut self,
        function: &str,
        left: &Expr,
        right: &Expr,
    ) -> Result<Js, PageError> {
        let left = self.call("instant", [left])?.into_text();
        let right = self.call("instant", [right])?.into_text();
        Ok(self.call_written(function, &[left, right]))
    }

    /// Writes a test for `None`: a value that is missing counts as it.
    pub(super) fn write_null_test(&mut self, of: &Expr, symbol: &str) -> Result<Js, PageError> {
        let of = self.write(of)?.within(Level::Relational);
        Ok(Js::new(format!("{of} {symbol} null"), Level::Equality))
    }

    fn write_scalar_test(
        &mut self,
        left: &Expr,
        symbol: &str,
        right: &Expr,
    ) -> Result<Js, PageError> {
        let left = self.write(left)?.within(Level::Relational);
        let right = self.write(right)?.within(Level::Relational);
        Ok(Js::new(format!("{left} {symbol} {right}"), Level::Equality))
    }

    /// Writes a test: JavaScript that is true where Python takes the value for true. In a
    /// component the selector computes the answer, so that only another answer renders it again.
    pub(crate) fn truth(&mut self, of: &Expr) -> Result<Js, PageError> {
        if self.selects(of) {
            return self.select(|selector| selector.truth(of));
        }
        match &*of.kind {
            ExprKind::Binary(BinaryOp::And, left, right) => {
                self.join_tests(left, "&&", right, Level::And)
            }
            ExprKind::Binary(BinaryOp::Or, left, right) => {
                self.join_tests(left, "||", right, Level::Or)
            }
            _ if is_same_truth(&of.ty) => self.write(of),
            _ => self.call("truth", [of]),
        }
    }

    fn join_tests(
        &mut self,
        left: &Expr,
        symbol: &str,
        right: &Expr,
        level: Level,
    ) -> Result<Js, PageError> {
        let left = self.truth(left)?.within(level);
        let right = self.truth(right)?.within(tighter(level));
        Ok(Js::new(format!("{left} {symbol} {right}"), level))
    }
}

/// Whether Python and JavaScript take the same values of the type for true.
fn is_same_truth(ty: &Type) -> bool {
    matches!(ty, Type::Bool | Type::Str | Type::Int | Type::None)
}

/// How two values are compared.
enum Comparison<'e> {
    /// One side is `None`: the other is what is asked.
    Null(&'e Expr),
    /// Both are scalars of the same kind.
    Scalar,
    /// Both are dates or times.
    Dates,
    /// Whatever else.
    Deep,
}

fn comparison<'e>(left: &'e Expr, right: &'e Expr) -> Comparison<'e> {
    let is_none = |expr: &Expr| matches!(expr.constant(), Some(Value::None));
    if is_none(right) {
        return Comparison::Null(left);
    }
    if is_none(left) {
        return Comparison::Null(right);
    }
    let number = |ty: &Type| matches!(ty, Type::Int | Type::Float);
    let scalar = match (left.ty.without_none(), right.ty.without_none()) {
        (Type::Str, Type::Str) | (Type::Bool, Type::Bool) => true,
        (a, b) => number(&a) && number(&b),
    };
    if scalar {
        Comparison::Scalar
    } else if are_dates(&left.ty, &right.ty) {
        Comparison::Dates
    } else {
        Comparison::Deep
    }
}

/// The function of `py`, and the operator of JavaScript where there is one of the same meaning.
fn form(operator: BinaryOp) -> (&'static str, Option<(&'static str, Level)>) {
    match operator {
        BinaryOp::Add => ("add", Some(("+", Level::Additive))),
        BinaryOp::Subtract => ("sub", Some(("-", Level::Additive))),
        BinaryOp::Multiply => ("mul", Some(("*", Level::Multiplicative))),
        BinaryOp::Divide => ("div", None),
        BinaryOp::FloorDivide => ("floordiv", None),
        BinaryOp::Modulo => ("mod", None),
        BinaryOp::Power => ("pow", None),
        BinaryOp::Less => ("lt", Some(("<", Level::Relational))),
        BinaryOp::LessEqual => ("le", Some(("<=", Level::Relational))),
        BinaryOp::Greater => ("gt", Some((">", Level::Relational))),
        BinaryOp::GreaterEqual => ("ge", Some((">=", Level::Relational))),
        BinaryOp::Equal => ("eq", None),
        BinaryOp::NotEqual => ("ne", None),
        BinaryOp::And => ("and", None),
        BinaryOp::Or => ("or", None),
    }
}

/// Whether JavaScript's own operator means the same for these types. Text is compared by UTF-16
/// units in JavaScript and by characters in Python, and integers may be too large for JavaScript's
/// numbers: both are left to `py`.
fn is_plain(operator: BinaryOp, left: &Type, right: &Type) -> bool {
    let both = |ty: Type| *left == ty && *right == ty;
    match operator {
        BinaryOp::Add => both(Type::Str) || both(Type::Float),
        BinaryOp::Subtract | BinaryOp::Multiply => both(Type::Float),
        _ => left.is_number() && right.is_number(),
    }
}

/// The level that a right operand must have: operators group from the left.
fn tighter(level: Level) -> Level {
    match level {
        Level::Conditional => Level::Or,
        Level::Or => Level::And,
        Level::And => Level::Equality,
        Level::Equality => Level::Relational,
        Level::Relational => Level::Additive,
        Level::Additive => Level::Multiplicative,
        Level::Multiplicative => Level::Unary,
        Level::Unary | Level::Member => Level::Member,
    }
}
