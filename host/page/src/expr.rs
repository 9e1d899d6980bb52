//! Expressions over state variables: what a Python `Var` stands for, as a tree.
//!
//! An expression is evaluated in the browser (`emit` turns it into plain JavaScript) with the
//! meaning that the same expression has in Python. It is never evaluated by text substitution.

use std::sync::Arc;

use ferroflex_state::Value;

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
}
