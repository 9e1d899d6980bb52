//! Expressions over state variables: what a Python `Var` stands for, as a tree.
//!
//! An expression is evaluated in the browser (`emit` turns it into plain JavaScript) with the
//! meaning that the same expression has in Python. It is never evaluated by text substitution.

mod method;
mod operators;
mod walk;

pub use method::Method;
pub use operators::{BinaryOp, UnaryOp};
pub(crate) use walk::{contains, is_constant};

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use ferroflex_state::{DictKey, Value};

use crate::{node::Trigger, types::Type};

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
    /// The items of a list, each put through an expression (`map`, `filter`, `flat_map`).
    Traverse {
        /// The list.
        of: Expr,
        /// What becomes of the expression's values.
        traversal: Traversal,
        /// The name of the item in the expression.
        item: LocalId,
        /// The expression.
        body: Expr,
    },
    /// The items of a list put together, from the first to the last (`reduce`).
    Reduce {
        /// The list.
        of: Expr,
        /// The name of what the items so far gave.
        total: LocalId,
        /// The name of the next item.
        item: LocalId,
        /// What total and item give.
        body: Expr,
        /// The first total; without it the first item.
        initial: Option<Expr>,
    },
    /// JavaScript that the app's author wrote (`rx.Var(_js_expr=…)`).
    Raw(Arc<str>),
    /// JavaScript that the app's author wrote around expressions, or that needs something of its
    /// module.
    Code(Code),
    /// What an event trigger does, as a function: an event chain where a value stands.
    Handler(Arc<Trigger>),
}

/// What becomes of the values that an expression gives for the items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Traversal {
    /// They are the new list.
    Map,
    /// They tell which items stay.
    Filter,
    /// They are lists themselves, and the new list is all of them together.
    FlatMap,
}

/// JavaScript of the author's with expressions in it.
#[derive(Debug, Clone, Default)]
pub struct Code {
    /// Text and expressions in turn.
    pub parts: Vec<CodePart>,
    /// What the module has to have for it.
    pub needs: Arc<Needs>,
}

/// A part of JavaScript of the author's.
#[derive(Debug, Clone)]
pub enum CodePart {
    /// JavaScript as it stands.
    Text(Arc<str>),
    /// An expression whose JavaScript stands there.
    Expr(Expr),
}

/// What JavaScript of the author's needs of the module that it stands in (`VarData`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// Names imported from libraries.
    pub imports: Vec<Import>,
    /// Statements that stand in the component before what it gives, such as calls of React hooks.
    pub hooks: Vec<Arc<str>>,
}

/// A name that a module imports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The library's specifier.
    pub library: Arc<str>,
    /// The name in the library; `None` imports the library for its effect alone.
    pub name: Option<Arc<str>>,
    /// Another name for it in the module.
    pub alias: Option<Arc<str>>,
    /// Whether it is the library's default export.
    pub is_default: bool,
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

    /// What the JavaScript of the author's in the expression needs of its module, part by part.
    #[must_use]
    pub fn needs(&self) -> Vec<Arc<Needs>> {
        walk::needs(self)
    }

    /// The expressions of which it is made, one level deep.
    #[must_use]
    pub fn parts(&self) -> Vec<&Expr> {
        walk::parts(self)
    }

    /// The fields of the state that the expression reads, in their order.
    #[must_use]
    pub fn fields(&self) -> Vec<FieldRef> {
        walk::fields(self)
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
