//! The types that operators give.

use super::is_open;
use crate::{expr::BinaryOp, types::Type};

pub(super) fn binary_type(operator: BinaryOp, left: &Type, right: &Type) -> Option<Type> {
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
