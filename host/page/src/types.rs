//! The types of expressions, as far as a state class's annotations tell them.

use std::{fmt, sync::Arc};

use crate::PageError;

/// The type of a value, used to choose the meaning of an operator and to check `foreach`.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// Nothing is known.
    Any,
    /// `None`.
    None,
    /// `bool`.
    Bool,
    /// `int`.
    Int,
    /// `float`.
    Float,
    /// `str`.
    Str,
    /// `bytes`.
    Bytes,
    /// A date, a time or both; text in the browser.
    DateTime,
    /// `list[T]`, `set[T]`, `Sequence[T]`, `tuple[T, ...]`.
    List(Arc<Type>),
    /// `tuple[A, B]`.
    Tuple(Arc<[Type]>),
    /// `dict[K, V]`.
    Dict(Arc<Type>, Arc<Type>),
    /// A class with known fields: a dataclass, a `TypedDict`, a model.
    Object(Arc<ObjectType>),
    /// `A | B`.
    Union(Arc<[Type]>),
}

/// The fields of a class.
#[derive(Debug, PartialEq)]
pub struct ObjectType {
    /// The class's name, for messages.
    pub name: String,
    /// The fields in their order.
    pub fields: Vec<(String, Type)>,
}

impl Type {
    /// A list of `item`.
    #[must_use]
    pub fn list(item: Type) -> Self {
        Self::List(Arc::new(item))
    }

    /// A dictionary from `key` to `value`.
    #[must_use]
    pub fn dict(key: Type, value: Type) -> Self {
        Self::Dict(Arc::new(key), Arc::new(value))
    }

    /// The type of either of two values.
    #[must_use]
    pub fn either(self, other: Type) -> Self {
        match (self, other) {
            (left, right) if left == right => left,
            (Self::Any, _) | (_, Self::Any) => Self::Any,
            (left, right) => union(left.alternatives().chain(right.alternatives())),
        }
    }

    /// The type without `None`: what an operator sees of `A | None`.
    #[must_use]
    pub fn without_none(&self) -> Self {
        match self {
            Self::Union(_) => union(self.alternatives().filter(|ty| *ty != Self::None)),
            other => other.clone(),
        }
    }

    /// Whether values are numbers; `bool` is one, as in Python.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Int | Self::Float | Self::Bool)
    }

    /// Whether values are arrays in the browser.
    #[must_use]
    pub fn is_array(&self) -> bool {
        matches!(self, Self::List(_) | Self::Tuple(_))
    }

    /// The type of an item when a value is looped over.
    ///
    /// # Errors
    /// When values of the type cannot be looped over.
    pub fn item(&self) -> Result<Type, PageError> {
        match self.without_none() {
            Self::Any | Self::Union(_) => Ok(Self::Any),
            Self::List(item) => Ok((*item).clone()),
            Self::Tuple(items) => Ok(union(items.iter().cloned())),
            Self::Dict(key, value) => {
                Ok(Self::Tuple(Arc::from([(*key).clone(), (*value).clone()])))
            }
            Self::Object(_) => Ok(Self::Tuple(Arc::from([Self::Str, Self::Any]))),
            Self::Str => Ok(Self::Str),
            other => Err(PageError::NotIterable {
                ty: other.to_string(),
            }),
        }
    }

    /// The type of what Python's own loops give: as [`item`](Self::item), but of a dictionary its
    /// keys.
    ///
    /// # Errors
    /// When values of the type cannot be looped over.
    pub fn element(&self) -> Result<Type, PageError> {
        match self.without_none() {
            Self::Dict(..) | Self::Object(_) => Ok(Self::Str),
            other => other.item(),
        }
    }

    /// The type of a dictionary's keys.
    #[must_use]
    pub fn key(&self) -> Option<Type> {
        match self.without_none() {
            Self::Dict(key, _) => Some((*key).clone()),
            _ => None,
        }
    }

    /// The alternatives of a union; of another type the type itself.
    fn alternatives(&self) -> impl Iterator<Item = Type> + use<> {
        let list = match self {
            Self::Union(types) => types.to_vec(),
            other => vec![other.clone()],
        };
        list.into_iter()
    }
}

/// The union of types, each of them once; nothing at all is `Any`.
fn union(types: impl Iterator<Item = Type>) -> Type {
    let mut distinct: Vec<Type> = Vec::new();
    for ty in types {
        if ty == Type::Any {
            return Type::Any;
        }
        if !distinct.contains(&ty) {
            distinct.push(ty);
        }
    }
    match distinct.len() {
        0 => Type::Any,
        1 => distinct.remove(0),
        _ => Type::Union(distinct.into()),
    }
}

impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => formatter.write_str("Any"),
            Self::None => formatter.write_str("None"),
            Self::Bool => formatter.write_str("bool"),
            Self::Int => formatter.write_str("int"),
            Self::Float => formatter.write_str("float"),
            Self::Str => formatter.write_str("str"),
            Self::Bytes => formatter.write_str("bytes"),
            Self::DateTime => formatter.write_str("datetime"),
            Self::List(item) => write!(formatter, "list[{item}]"),
            Self::Tuple(items) => write!(formatter, "tuple[{}]", joined(items, ", ")),
            Self::Dict(key, value) => write!(formatter, "dict[{key}, {value}]"),
            Self::Object(object) => formatter.write_str(&object.name),
            Self::Union(types) => formatter.write_str(&joined(types, " | ")),
        }
    }
}

fn joined(types: &[Type], separator: &str) -> String {
    types
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_written_as_in_python() {
        let optional = Type::Int.either(Type::None);
        let cases = [
            (Type::list(Type::Str), "list[str]"),
            (
                Type::dict(Type::Str, Type::list(Type::Any)),
                "dict[str, list[Any]]",
            ),
            (optional, "int | None"),
            (
                Type::Tuple(Arc::from([Type::Int, Type::Str])),
                "tuple[int, str]",
            ),
        ];
        for (ty, expected) in cases {
            assert_eq!(ty.to_string(), expected);
        }
    }

    #[test]
    fn items_of_what_can_be_looped_over() {
        let pairs = Type::dict(Type::Str, Type::Int).item().unwrap();
        assert_eq!(pairs.to_string(), "tuple[str, int]");
        let optional = Type::list(Type::Bool).either(Type::None);
        assert_eq!(optional.item().unwrap(), Type::Bool);
        let refused = Type::Int.item().unwrap_err().to_string();
        assert!(
            refused.starts_with("int cannot be looped over"),
            "{refused}"
        );
    }
}
