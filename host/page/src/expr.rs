//! Expressions over state variables: what a Python `Var` stands for, as a tree.
//!
//! An expression is evaluated in the browser (`emit` turns it into plain JavaScript) with the
//! meaning that the same expression has in Python. It is never evaluated by text substitution.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use ferroflex_state::{DictKey, Value};

use crate::types::Type;

/// A field of a state class, by name; numbers are assigned when a page is generated.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FieldRef {
    /// The state class's full name, as in the name table.
    pub state: Arc<str>,
    /// The field's name.
    pub field: Arc<str>,
}

/// An expression together with the type of its value.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What is computed.
    pub kind: Arc<ExprKind>,
    /// The type of the result, as far as annotations tell.
    pub ty: Type,
}

/// A name bound by `foreach` or by an event trigger; unique in a process.
pub type LocalId = u32;

/// A name that nothing else in the process has.
#[must_use]
pub fn fresh_local() -> LocalId {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// The forms of an expression.
#[derive(Debug, Clone)]
pub enum ExprKind {
    /// A constant.
    Literal(Value),
    /// A state field.
    Field(FieldRef),
    /// A name bound by an enclosing `foreach` (the item or its index).
    Local(LocalId),
    /// The `n`-th argument that the browser gives an event trigger, already reduced by the
    /// trigger's argument specification.
    EventArg(usize),
    /// A list of expressions.
    List(Vec<Expr>),
    /// A dictionary with constant keys.
    Dict(Vec<(String, Expr)>),
    /// An f-string: its parts are joined as text.
    Format(Vec<Expr>),
    /// An operator with one operand.
    Unary(UnaryOp, Expr),
    /// An operator with two operands.
    Binary(BinaryOp, Expr, Expr),
    /// Attribute access on an object or a dictionary with known fields.
    Attribute(Expr, Arc<str>),
    /// Subscription by an index or a key.
    Index(Expr, Expr),
    /// A slice with optional bounds and step.
    Slice {
        /// What is sliced.
        of: Expr,
        /// First position.
        start: Option<Expr>,
        /// End position, exclusive.
        stop: Option<Expr>,
        /// Step.
        step: Option<Expr>,
    },
    /// A method of a value, such as `length` or `upper`.
    Method {
        /// The receiver.
        of: Expr,
        /// The operation.
        method: Method,
        /// Its arguments.
        args: Vec<Expr>,
    },
    /// `rx.cond` between values.
    Cond(Expr, Expr, Expr),
    /// `rx.match` between values: the subject, the cases (patterns, result), the default.
    Match(Expr, Vec<(Vec<Expr>, Expr)>, Expr),
    /// One of two values by the colour mode: light, dark.
    ColorMode(Expr, Expr),
    /// JavaScript that the app's author wrote (`rx.Var(_js_expr=…)`).
    Raw(Arc<str>),
}

/// Operators with one operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnaryOp {
    /// `~x`: logical not, as Reflex has it.
    Not,
    /// `-x`.
    Negate,
    /// `abs(x)`.
    Abs,
    /// `round(x)`.
    Round,
    /// `math.floor(x)`.
    Floor,
    /// `math.ceil(x)`.
    Ceil,
    /// `math.trunc(x)` and `int(x)`.
    Trunc,
}

/// Operators with two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOp {
    /// `+` (numbers, strings, lists).
    Add,
    /// `-`.
    Subtract,
    /// `*` (also string and list repetition).
    Multiply,
    /// `/`.
    Divide,
    /// `//`, towards minus infinity.
    FloorDivide,
    /// `%`, with the sign of the divisor.
    Modulo,
    /// `**`.
    Power,
    /// `==`, by value.
    Equal,
    /// `!=`.
    NotEqual,
    /// `<`.
    Less,
    /// `<=`.
    LessEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterEqual,
    /// `&`: Python's `and`, giving an operand.
    And,
    /// `|`: Python's `or`, giving an operand.
    Or,
}

/// Methods of values that have a counterpart in the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the Python method of that name")]
pub enum Method {
    Length,
    Upper,
    Lower,
    Title,
    Capitalize,
    Strip,
    LeftStrip,
    RightStrip,
    StartsWith,
    EndsWith,
    Contains,
    Split,
    Join,
    Replace,
    Reverse,
    Keys,
    Values,
    Items,
    Get,
    Merge,
    Pluck,
    /// `to_string()`: JSON text; of a string the string itself.
    ToString,
    /// `str()` as Python writes it.
    Str,
    /// `bool()`, Python's truth.
    Bool,
    /// `Var.range(start, stop, step)`.
    Range,
    IsNone,
    IsNotNone,
    /// A conversion `to(int)`.
    ToInt,
    /// A conversion `to(float)`.
    ToFloat,
    /// `format(number, spec)`, what an f-string's `{number:spec}` is; the specs are those of
    /// [`Expr::formatted`].
    Format,
    /// `round(number, digits)`.
    Round,
}

impl Expr {
    /// The value of a constant.
    #[must_use]
    pub fn constant(&self) -> Option<&Value> {
        match &*self.kind {
            ExprKind::Literal(value) => Some(value),
            _ => None,
        }
    }

    /// The text of a constant string.
    #[must_use]
    pub fn constant_text(&self) -> Option<&str> {
        match self.constant() {
            Some(Value::Str(text)) => Some(text),
            _ => None,
        }
    }

    /// The truth value of a constant `True` or `False`.
    #[must_use]
    pub fn constant_truth(&self) -> Option<bool> {
        match self.constant() {
            Some(Value::Bool(truth)) => Some(*truth),
            _ => None,
        }
    }

    /// The items of a list that is written out, constant or not.
    #[must_use]
    pub fn items(&self) -> Option<Vec<Expr>> {
        match &*self.kind {
            ExprKind::List(items) => Some(items.clone()),
            ExprKind::Literal(Value::List(items) | Value::Tuple(items) | Value::Set(items)) => {
                Some(items.iter().cloned().map(Self::literal).collect())
            }
            _ => None,
        }
    }

    /// The entries of a dictionary that is written out, constant or not.
    #[must_use]
    pub fn entries(&self) -> Option<Vec<(String, Expr)>> {
        match &*self.kind {
            ExprKind::Dict(entries) => Some(entries.clone()),
            ExprKind::Literal(Value::Dict(entries)) => {
                let written = |(key, value): (&DictKey, &Value)| {
                    (key.name().into_owned(), Self::literal(value.clone()))
                };
                Some(entries.iter().map(written).collect())
            }
            _ => None,
        }
    }
}

impl UnaryOp {
    /// The operator or function as Python writes it.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Not => "~",
            Self::Negate => "-",
            Self::Abs => "abs()",
            Self::Round => "round()",
            Self::Floor => "math.floor()",
            Self::Ceil => "math.ceil()",
            Self::Trunc => "math.trunc()",
        }
    }
}

impl BinaryOp {
    /// The operator as Python writes it.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::FloorDivide => "//",
            Self::Modulo => "%",
            Self::Power => "**",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::And => "&",
            Self::Or => "|",
        }
    }
}

/// Each method: its Python name, the least and the greatest number of arguments.
const METHODS: &[(Method, &str, usize, usize)] = &[
    (Method::Length, "length", 0, 0),
    (Method::Upper, "upper", 0, 0),
    (Method::Lower, "lower", 0, 0),
    (Method::Title, "title", 0, 0),
    (Method::Capitalize, "capitalize", 0, 0),
    (Method::Strip, "strip", 0, 1),
    (Method::LeftStrip, "lstrip", 0, 1),
    (Method::RightStrip, "rstrip", 0, 1),
    (Method::StartsWith, "startswith", 1, 1),
    (Method::EndsWith, "endswith", 1, 1),
    (Method::Contains, "contains", 1, 2),
    (Method::Split, "split", 0, 2),
    (Method::Join, "join", 0, 1),
    (Method::Replace, "replace", 2, 2),
    (Method::Reverse, "reverse", 0, 0),
    (Method::Keys, "keys", 0, 0),
    (Method::Values, "values", 0, 0),
    (Method::Items, "items", 0, 0),
    (Method::Get, "get", 1, 2),
    (Method::Merge, "merge", 1, 1),
    (Method::Pluck, "pluck", 1, 1),
    (Method::ToString, "to_string", 0, 0),
    (Method::Str, "str", 0, 0),
    (Method::Bool, "bool", 0, 0),
    (Method::Range, "range", 0, 2),
    (Method::IsNone, "is_none", 0, 0),
    (Method::IsNotNone, "is_not_none", 0, 0),
    (Method::ToInt, "to_int", 0, 0),
    (Method::ToFloat, "to_float", 0, 0),
    (Method::Format, "__format__", 1, 1),
    (Method::Round, "__round__", 1, 1),
];

impl Method {
    /// The method that Python code calls by `name`, Reflex's second names included.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = match name {
            "reversed" => "reverse",
            "entries" => "items",
            other => other,
        };
        METHODS
            .iter()
            .find(|(_, known, ..)| *known == name)
            .map(|(method, ..)| *method)
    }

    /// Its Python name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// The least and the greatest number of arguments.
    #[must_use]
    pub fn arity(self) -> (usize, usize) {
        let (_, _, least, most) = self.row();
        (least, most)
    }

    fn row(self) -> (Self, &'static str, usize, usize) {
        let row = METHODS.iter().find(|(method, ..)| *method == self);
        row.copied().unwrap_or((self, "?", 0, usize::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_has_a_name_and_is_found_by_it() {
        for (method, name, least, most) in METHODS {
            assert_eq!(Method::named(name), Some(*method));
            assert_eq!(method.name(), *name);
            assert!(least <= most);
        }
        assert_eq!(Method::named("entries"), Some(Method::Items));
        assert_eq!(Method::named("append"), None);
    }
}
