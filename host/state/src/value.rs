//! The values that a state field can hold, independent of the language that made them.
//!
//! Not here: how a value is written to the wire (`wire`) or to a store (`snapshot`).

use indexmap::IndexMap;
use num_bigint::BigInt;

/// A dictionary in insertion order.
pub type Dict = IndexMap<DictKey, Value>;

/// One value of the state.
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
    /// `datetime.datetime`, ISO 8601.
    DateTime,
    /// `datetime.date`, ISO 8601.
    Date,
    /// `datetime.time`, ISO 8601.
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
