//! The types that methods give.

use std::sync::Arc;

use super::{access::attribute_type, is_open};
use crate::{
    expr::{Expr, Method},
    types::Type,
};

/// The type that the method gives, `None` when the receiver has no such method.
pub(super) fn method_type(of: &Type, method: Method, args: &[Expr]) -> Option<Type> {
    use Method as M;
    let open = is_open(of);
    let text = open || *of == Type::Str;
    let list = open || of.is_array();
    let mapping = open || matches!(of, Type::Dict(..) | Type::Object(_));
    match method {
        M::ToString | M::Str | M::JsType => Some(Type::Str),
        M::Bool | M::IsNone | M::IsNotNone => Some(Type::Bool),
        M::ToInt => Some(Type::Int),
        M::ToFloat => Some(Type::Float),
        M::Format => (text || of.is_number()).then_some(Type::Str),
        M::Round => (open || of.is_number()).then(|| of.clone()),
        M::Range => (open || of.is_number()).then(|| Type::list(Type::Int)),
        M::Length => (text || list || mapping || *of == Type::Bytes).then_some(Type::Int),
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
