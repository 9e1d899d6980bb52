//! Arithmetic. Integers are exact, whatever their size; what is no number is taken as JavaScript
//! takes it, so that both sides show the same while data is still on its way.

use ferroflex_state::{BigInt, Value};

use super::{Size, compare, convert, instant, rounding, sequence};
use crate::{
    PageError,
    expr::{BinaryOp, UnaryOp},
};

/// Powers with greater exponents are given as floats, as in the browser.
const EXPONENT_MAX: u32 = 10_000;

/// A number.
#[derive(Debug, Clone)]
pub(super) enum Number {
    Int(BigInt),
    Float(f64),
}

impl Number {
    /// The number that a value is or is taken for.
    pub(super) fn of(value: &Value) -> Self {
        match convert::plain(value) {
            Value::None => Self::Int(BigInt::from(0)),
            Value::Bool(truth) => Self::Int(BigInt::from(u8::from(*truth))),
            Value::Int(number) => Self::Int(BigInt::from(*number)),
            Value::BigInt(number) => Self::Int(number.clone()),
            Value::Float(number) => Self::Float(*number),
            Value::Str(text) | Value::Text { text, .. } => Self::Float(written(text)),
            _ => Self::Float(f64::NAN),
        }
    }

    pub(super) fn float(&self) -> f64 {
        match self {
            Self::Int(number) => big_to_float(number),
            Self::Float(number) => *number,
        }
    }

    pub(super) fn into_value(self) -> Value {
        match self {
            Self::Int(number) => integer(number),
            Self::Float(number) => Value::Float(number),
        }
    }
}

/// Whether a value is a number or a truth value.
pub(super) fn is_number(value: &Value) -> bool {
    matches!(
        convert::plain(value),
        Value::Bool(_) | Value::Int(_) | Value::BigInt(_) | Value::Float(_)
    )
}

/// An integer as a value.
pub(super) fn integer(number: BigInt) -> Value {
    match i64::try_from(&number) {
        Ok(small) => Value::Int(small),
        Err(_) => Value::BigInt(number),
    }
}

/// The nearest double.
fn big_to_float(number: &BigInt) -> f64 {
    match i32::try_from(number) {
        Ok(small) => f64::from(small),
        Err(_) => number.to_string().parse().unwrap_or(f64::NAN),
    }
}

/// The number that a text is taken for in JavaScript.
fn written(text: &str) -> f64 {
    match text.trim() {
        "" => 0.0,
        digits => digits.parse().unwrap_or(f64::NAN),
    }
}

/// An operator with one operand.
pub(super) fn unary(operator: UnaryOp, operand: &Value) -> Value {
    let number = Number::of(operand);
    match (operator, number) {
        (UnaryOp::Not, _) => Value::Bool(!convert::truth(operand)),
        (UnaryOp::Negate, Number::Int(number)) => integer(-number),
        (UnaryOp::Negate, Number::Float(number)) => Value::Float(-number),
        (UnaryOp::Abs, Number::Int(number)) => integer(if number < BigInt::from(0) {
            -number
        } else {
            number
        }),
        (UnaryOp::Abs, Number::Float(number)) => Value::Float(number.abs()),
        (_, Number::Int(number)) => integer(number),
        (UnaryOp::Round, Number::Float(number)) => rounding::whole(number.round_ties_even()),
        (UnaryOp::Floor, Number::Float(number)) => rounding::whole(number.floor()),
        (UnaryOp::Ceil, Number::Float(number)) => rounding::whole(number.ceil()),
        (UnaryOp::Trunc, Number::Float(number)) => rounding::whole(number.trunc()),
    }
}

/// The operands of an operator.
pub(super) struct Operands<'v> {
    pub(super) left: &'v Value,
    pub(super) right: &'v Value,
    /// Whether both are dates, which are compared by the moment that they name.
    pub(super) by_instant: bool,
    pub(super) size: &'v Size,
}

impl Operands<'_> {
    /// The result of an operator other than `&` and `|`, which do not need both operands.
    pub(super) fn apply(&self, operator: BinaryOp) -> Result<Value, PageError> {
        Ok(match operator {
            BinaryOp::Add => return self.add(),
            BinaryOp::Multiply => return self.multiply(),
            BinaryOp::Subtract => self.calculate(|a, b| a - b, |a, b| a - b),
            BinaryOp::Divide => Value::Float(self.divide()),
            BinaryOp::FloorDivide | BinaryOp::Modulo if self.is_by_zero() => Value::Float(f64::NAN),
            BinaryOp::FloorDivide => self.calculate(floor_divide, |a, b| divide_floats(a, b).0),
            BinaryOp::Modulo => self.calculate(
                |a, b| a.clone() - floor_divide(a, b.clone()) * b,
                |a, b| divide_floats(a, b).1,
            ),
            BinaryOp::Power => self.power(),
            other => Value::Bool(self.compare(other)),
        })
    }

    fn add(&self) -> Result<Value, PageError> {
        if let Some((a, b)) = convert::items(self.left).zip(convert::items(self.right)) {
            self.size.add(a.len() + b.len())?;
            return Ok(Value::List([a, b].concat()));
        }
        let is_text = |value| convert::text(value).is_some();
        if is_text(self.left) || is_text(self.right) {
            let (a, b) = (convert::as_text(self.left), convert::as_text(self.right));
            self.size.add(a.len() + b.len())?;
            return Ok(Value::Str(format!("{a}{b}")));
        }
        Ok(self.calculate(|a, b| a + b, |a, b| a + b))
    }

    fn multiply(&self) -> Result<Value, PageError> {
        for (of, times) in [(self.left, self.right), (self.right, self.left)] {
            if convert::text(of).is_some() || convert::items(of).is_some() {
                return sequence::repeat(of, times, self.size);
            }
        }
        Ok(self.calculate(|a, b| a * b, |a, b| a * b))
    }

    fn calculate(
        &self,
        exact: impl Fn(BigInt, BigInt) -> BigInt,
        float: impl Fn(f64, f64) -> f64,
    ) -> Value {
        match (Number::of(self.left), Number::of(self.right)) {
            (Number::Int(a), Number::Int(b)) => integer(exact(a, b)),
            (a, b) => Value::Float(float(a.float(), b.float())),
        }
    }

    fn is_by_zero(&self) -> bool {
        Number::of(self.right).float() == 0.0
    }

    fn divide(&self) -> f64 {
        if self.is_by_zero() {
            return f64::NAN;
        }
        Number::of(self.left).float() / Number::of(self.right).float()
    }

    fn power(&self) -> Value {
        let (base, exponent) = (Number::of(self.left), Number::of(self.right));
        if let (Number::Int(base), Number::Int(exponent)) = (&base, &exponent)
            && let Ok(exponent) = u32::try_from(exponent)
            && exponent <= EXPONENT_MAX
        {
            return integer(base.pow(exponent));
        }
        Value::Float(base.float().powf(exponent.float()))
    }

    fn compare(&self, operator: BinaryOp) -> bool {
        let (a, b) = (self.left, self.right);
        let order = || {
            if self.by_instant {
                instant::order(a, b)
            } else {
                compare::order(a, b)
            }
        };
        let equal = || {
            if self.by_instant {
                order().is_some_and(std::cmp::Ordering::is_eq)
            } else {
                compare::equal(a, b)
            }
        };
        match operator {
            BinaryOp::Equal => equal(),
            BinaryOp::NotEqual => !equal(),
            BinaryOp::Less => order().is_some_and(std::cmp::Ordering::is_lt),
            BinaryOp::LessEqual => order().is_some_and(std::cmp::Ordering::is_le),
            BinaryOp::Greater => order().is_some_and(std::cmp::Ordering::is_gt),
            _ => order().is_some_and(std::cmp::Ordering::is_ge),
        }
    }
}

/// `a // b` of integers; `b` is not 0.
#[expect(
    clippy::needless_pass_by_value,
    reason = "called where the numbers end"
)]
fn floor_divide(a: BigInt, b: BigInt) -> BigInt {
    let zero = BigInt::from(0);
    let quotient = &a / &b;
    let exact = &quotient * &b == a;
    if exact || (a < zero) == (b < zero) {
        quotient
    } else {
        quotient - 1
    }
}

/// `a // b` and `a % b` of floats: the quotient is that of the remainder, as in Python, so that
/// `1.0 // 0.1` is 9.
fn divide_floats(a: f64, b: f64) -> (f64, f64) {
    let rest = a % b;
    let quotient = (a - rest) / b;
    let apart = rest != 0.0 && (rest < 0.0) != (b < 0.0);
    let (quotient, rest) = if apart {
        (quotient - 1.0, rest + b)
    } else {
        (quotient, rest + 0.0)
    };
    let floor = quotient.floor();
    let floor = if quotient - floor > 0.5 {
        floor + 1.0
    } else {
        floor
    };
    (floor + 0.0, rest)
}
