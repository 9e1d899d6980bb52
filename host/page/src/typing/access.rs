//! The types of attributes and items.

use ferroflex_state::Value;

use super::is_open;
use crate::{PageError, expr::Expr, types::Type};

pub(super) fn attribute_type(of: &Type, name: &str) -> Result<Type, PageError> {
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

pub(super) fn index_type(of: &Type, index: &Expr) -> Result<Type, PageError> {
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
        Type::Bytes if positional => Ok(Type::Int),
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

pub(super) fn not_indexable(ty: &Type, index: String) -> PageError {
    PageError::NotIndexable {
        ty: ty.to_string(),
        index,
    }
}
