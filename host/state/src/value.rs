//! The values that a state field can hold, independent of the language that made them.
//!
//! Not here: how a value is written to the wire (`wire`) or to a store (`snapshot`).

use std::borrow::Cow;

use indexmap::IndexMap;

pub use num_bigint::BigInt;

/// A dictionary in insertion order.
pub type Dict = IndexMap<DictKey, Value>;

/// One value of the state.
///
/// Two values are equal when neither the client nor Python could tell them apart: the type counts
/// (`1`, `1.0` and `True` differ), so does the order of keys, and NaN equals itself.
#[derive(Debug, Clone)]
pub enum Value {
    /// Python's `None`.
    None,
    /// A truth value.
    Bool(bool),
    /// An integer of at most 64 bits.
    Int(i64),
    /// An integer beyond 64 bits.
    BigInt(BigInt),
    /// A double, NaN and the infinities included.
    Float(f64),
    /// A string.
    Str(String),
    /// Raw bytes.
    Bytes(Vec<u8>),
    /// A list.
    List(Vec<Value>),
    /// A tuple; a list on the wire.
    Tuple(Vec<Value>),
    /// A set, in the order in which it was read; a list on the wire.
    Set(Vec<Value>),
    /// A dictionary.
    Dict(Dict),
    /// A scalar that has a canonical text, such as a date; that text on the wire.
    Text {
        /// What the text stands for.
        kind: TextKind,
        /// The canonical text.
        text: String,
    },
    /// A member of an enumeration; its value on the wire.
    Enum {
        /// `module:Qualified.Name` of the enumeration.
        class: String,
        /// The member's value.
        value: Box<Value>,
    },
    /// An object with named fields (a dataclass, a model); a dictionary on the wire.
    Object {
        /// `module:Qualified.Name` of the class.
        class: String,
        /// The fields.
        fields: Dict,
    },
}

/// What the text of a [`Value::Text`] stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextKind {
    /// `datetime.datetime`, as `str()` writes it.
    DateTime,
    /// `datetime.date`, as `str()` writes it.
    Date,
    /// `datetime.time`, as `str()` writes it.
    Time,
    /// `datetime.timedelta`, as `str()` writes it.
    TimeDelta,
    /// `decimal.Decimal`.
    Decimal,
    /// `uuid.UUID`.
    Uuid,
}

/// A key of a [`Dict`]. On the wire every key is the string that [`DictKey::name`] gives.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DictKey {
    /// A string.
    Str(String),
    /// An integer.
    Int(i64),
    /// A truth value.
    Bool(bool),
    /// Python's `None`.
    None,
    /// Any other hashable, by its text.
    Other(String),
}

impl Value {
    /// What the value is, in a word for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Bool(_) => "a truth value",
            Self::Int(_) | Self::BigInt(_) => "an integer",
            Self::Float(_) => "a float",
            Self::Str(_) => "a string",
            Self::Bytes(_) => "bytes",
            Self::List(_) => "a list",
            Self::Tuple(_) => "a tuple",
            Self::Set(_) => "a set",
            Self::Dict(_) => "a dictionary",
            Self::Text { .. } => "a text scalar",
            Self::Enum { .. } => "an enumeration member",
            Self::Object { .. } => "an object",
        }
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, Self::None) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::BigInt(a), Self::BigInt(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => same_float(*a, *b),
            (Self::Str(a), Self::Str(b)) => a == b,
            (Self::Bytes(a), Self::Bytes(b)) => a == b,
            (Self::List(a), Self::List(b))
            | (Self::Tuple(a), Self::Tuple(b))
            | (Self::Set(a), Self::Set(b)) => a == b,
            (Self::Dict(a), Self::Dict(b)) => same_dict(a, b),
            (Self::Text { kind: a, text: x }, Self::Text { kind: b, text: y }) => a == b && x == y,
            (Self::Enum { class: a, value: x }, Self::Enum { class: b, value: y }) => {
                a == b && x == y
            }
            (
                Self::Object {
                    class: a,
                    fields: x,
                },
                Self::Object {
                    class: b,
                    fields: y,
                },
            ) => a == b && same_dict(x, y),
            _ => false,
        }
    }
}

impl Eq for Value {}

/// Every NaN is the same; the two zeros are not, since a client can tell them apart.
fn same_float(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

/// Unlike the map's own equality, the order counts.
fn same_dict(a: &Dict, b: &Dict) -> bool {
    a.len() == b.len() && a.iter().eq(b.iter())
}

impl DictKey {
    /// The key on the wire.
    #[must_use]
    pub fn name(&self) -> Cow<'_, str> {
        match self {
            Self::Str(text) | Self::Other(text) => Cow::Borrowed(text),
            Self::Int(number) => Cow::Owned(number.to_string()),
            Self::Bool(true) => Cow::Borrowed("true"),
            Self::Bool(false) => Cow::Borrowed("false"),
            Self::None => Cow::Borrowed("null"),
        }
    }
}

/// Where in `dict` the key stands that `name` is the wire name of. Where several share the name
/// the first of this order is meant: string, integer, truth value, none, other.
pub(crate) fn position_of_name(dict: &Dict, name: &str) -> Option<usize> {
    let typed = match name {
        "true" => Some(DictKey::Bool(true)),
        "false" => Some(DictKey::Bool(false)),
        "null" => Some(DictKey::None),
        _ => name
            .parse()
            .ok()
            .map(DictKey::Int)
            .filter(|key| key.name() == name),
    };
    dict.get_index_of(&DictKey::Str(name.to_owned()))
        .or_else(|| dict.get_index_of(&typed?))
        .or_else(|| dict.get_index_of(&DictKey::Other(name.to_owned())))
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Float(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Str(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Str(text)
    }
}

impl From<Vec<Value>> for Value {
    fn from(elements: Vec<Value>) -> Self {
        Self::List(elements)
    }
}

impl From<Dict> for Value {
    fn from(dict: Dict) -> Self {
        Self::Dict(dict)
    }
}

impl From<&str> for DictKey {
    fn from(text: &str) -> Self {
        Self::Str(text.to_owned())
    }
}

impl From<String> for DictKey {
    fn from(text: String) -> Self {
        Self::Str(text)
    }
}

impl From<i64> for DictKey {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}
