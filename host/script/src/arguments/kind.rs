//! What an annotation asks for, as far as it is checked: a small tree, and how it reads in messages.
//!
//! Not here: reading annotations (`reader.rs`), converting to a kind (`fitting.rs`).

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use ferroflex_state::{TextKind, Value};
use rustpython_vm::{PyObjectRef, VirtualMachine};

use super::{reader::Reader, record::Record};

/// What an annotation asks for.
#[derive(Debug)]
pub(super) enum Kind {
    /// Nothing: whatever comes is taken as it is.
    Any,
    None,
    Bool,
    Int,
    Float,
    Str,
    Bytes,
    List(Box<Kind>),
    Set(Box<Kind>),
    FrozenSet(Box<Kind>),
    /// `tuple[T, …]`: any number of elements of one kind.
    Sequence(Box<Kind>),
    /// `tuple[A, B]`: so many elements, of a kind each.
    Tuple(Vec<Kind>),
    Dict(Box<Kind>, Box<Kind>),
    /// `A | B`; one that comes earlier wins where both fit as well.
    OneOf(Vec<Kind>),
    /// A value of a `Literal`, its type and how it is written.
    Constant(PyObjectRef, Box<Kind>, String),
    /// An enumeration, and its name.
    Enum(PyObjectRef, String),
    /// A class of the standard library whose objects are written as text, such as a date.
    Text(TextKind, PyObjectRef),
    /// An object with named fields.
    Record(Arc<Record>),
    /// What is read when it is needed, since it may refer to itself: an alias, a name as text.
    Deferred(Arc<Deferred>),
}

/// An annotation that is read when it is needed.
#[derive(Debug)]
pub(super) struct Deferred {
    /// How it is written.
    pub(super) name: String,
    /// The alias, or the name as text.
    pub(super) annotation: PyObjectRef,
    /// The name of the module in which it stands.
    pub(super) module: PyObjectRef,
    kind: OnceLock<Kind>,
}

impl Deferred {
    /// An annotation that stands in the module of that name.
    pub(super) fn new(name: String, annotation: PyObjectRef, module: PyObjectRef) -> Self {
        Self {
            name,
            annotation,
            module,
            kind: OnceLock::new(),
        }
    }

    /// What it asks for; anything where it cannot be told.
    pub(super) fn kind(&self, vm: &VirtualMachine) -> &Kind {
        if let Some(kind) = self.kind.get() {
            return kind;
        }
        let reader = Reader::in_module(self.module.clone(), vm);
        let kind = reader.resolve(&self.annotation).unwrap_or(Kind::Any);
        self.kind.get_or_init(|| kind)
    }
}

impl Kind {
    /// This or None.
    pub(super) fn or_none(self) -> Self {
        match self {
            Self::Any => Self::Any,
            kind => Self::OneOf(vec![kind, Self::None]),
        }
    }

    /// How well a value fits before it is converted: 0 is the very type, 1 close to it, 2 anything
    /// else. Of the kinds of a union, the one with the lowest is tried first. A date or a member of
    /// an enumeration is told from other text only by trying.
    pub(super) fn distance(&self, value: &Value) -> u8 {
        match (self, value) {
            (Self::Constant(_, kind, _), value) => kind.distance(value),
            (Self::None, Value::None)
            | (Self::Bool, Value::Bool(_))
            | (Self::Int, Value::Int(_) | Value::BigInt(_))
            | (Self::Float, Value::Float(_))
            | (Self::Str | Self::Enum(..) | Self::Text(..), Value::Str(_))
            | (Self::Bytes, Value::Bytes(_))
            | (Self::List(_), Value::List(_))
            | (Self::Dict(..) | Self::Record(_), Value::Dict(_)) => 0,
            (Self::Float, Value::Int(_) | Value::BigInt(_))
            | (
                Self::Set(_) | Self::FrozenSet(_) | Self::Sequence(_) | Self::Tuple(_),
                Value::List(_),
            )
            | (Self::Enum(..) | Self::Deferred(_), _) => 1,
            _ => 2,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Any => "anything",
            Self::None => "None",
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Float => "float",
            Self::Str => "str",
            Self::Bytes => "bytes",
            Self::List(element) => return generic(f, "list", &[element]),
            Self::Set(element) => return generic(f, "set", &[element]),
            Self::FrozenSet(element) => return generic(f, "frozenset", &[element]),
            Self::Sequence(element) if matches!(**element, Self::Any) => "tuple",
            Self::Sequence(element) => return write!(f, "tuple[{element}, ...]"),
            Self::Tuple(elements) => return write!(f, "tuple[{}]", joined(elements, ", ")),
            Self::Dict(key, value) => return generic(f, "dict", &[key, value]),
            Self::OneOf(kinds) => return f.write_str(&joined(kinds, " | ")),
            Self::Constant(_, _, written) => written,
            Self::Enum(_, name) => name,
            Self::Text(kind, _) => text_name(*kind),
            Self::Record(record) => &record.name,
            Self::Deferred(deferred) => &deferred.name,
        };
        f.write_str(name)
    }
}

fn generic(f: &mut fmt::Formatter<'_>, name: &str, args: &[&Kind]) -> fmt::Result {
    f.write_str(name)?;
    if args.iter().all(|kind| matches!(kind, Kind::Any)) {
        return Ok(());
    }
    write!(f, "[{}]", joined(args, ", "))
}

fn joined<K: ToString>(kinds: &[K], separator: &str) -> String {
    let names: Vec<String> = kinds.iter().map(ToString::to_string).collect();
    names.join(separator)
}

fn text_name(kind: TextKind) -> &'static str {
    match kind {
        TextKind::DateTime => "datetime",
        TextKind::Date => "date",
        TextKind::Time => "time",
        TextKind::TimeDelta => "timedelta",
        TextKind::Decimal => "Decimal",
        TextKind::Uuid => "UUID",
    }
}
