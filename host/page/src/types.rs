//! The types of expressions, as far as a state class's annotations tell them.

use std::sync::Arc;

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
