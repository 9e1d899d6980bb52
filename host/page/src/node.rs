//! The component tree that a page function returns.
//!
//! Plain data: building it is cheap, and everything that needs thought (numbers, memoised parts,
//! stylesheets) happens once, in generation.

use std::sync::Arc;

use crate::{
    catalogue::Entry,
    expr::{Code, Expr, Import, LocalId},
};

/// One node of the tree. Cloning shares.
#[derive(Debug, Clone)]
pub enum Node {
    /// An element of the catalogue.
    Element(Arc<Element>),
    /// Text, constant or computed.
    Text(Expr),
    /// Several nodes without an element around them.
    Fragment(Vec<Node>),
    /// `rx.cond` between components.
    Cond(Expr, Arc<Node>, Arc<Node>),
    /// `rx.match` between components: the subject, the cases, the default.
    Match(Expr, Vec<(Vec<Expr>, Node)>, Arc<Node>),
    /// `rx.foreach`.
    Foreach(Arc<Foreach>),
}

/// An element: which one, with what, around what.
#[derive(Debug, Clone)]
pub struct Element {
    /// What it is.
    pub entry: &'static Entry,
    /// Its props under their Python names, in the order given.
    pub props: Vec<(String, Prop)>,
    /// Style props and `style=`, under their Python names, `_hover` and its like nested.
    pub style: Vec<(String, StyleValue)>,
    /// Event triggers under their Python names (`on_click`).
    pub events: Vec<(String, Trigger)>,
    /// `class_name`.
    pub class_name: Option<Expr>,
    /// `id`.
    pub id: Option<Expr>,
    /// `key`.
    pub key: Option<Expr>,
    /// What stands inside.
    pub children: Vec<Node>,
    /// What the author's own class adds to the module.
    pub additions: Option<Arc<Additions>>,
}

impl Element {
    /// An element with nothing but what stands inside.
    pub(crate) fn bare(entry: &'static Entry, children: Vec<Node>) -> Self {
        Self {
            entry,
            props: Vec::new(),
            style: Vec::new(),
            events: Vec::new(),
            class_name: None,
            id: None,
            key: None,
            children,
            additions: None,
        }
    }
}

/// JavaScript that an app's own component class adds to the module of every page that shows it.
#[derive(Debug, Clone, Default)]
pub struct Additions {
    /// Names imported from libraries.
    pub imports: Vec<Import>,
    /// Statements at the module's top level.
    pub code: Vec<Arc<str>>,
    /// Statements of the component that stands for the element, such as calls of React hooks.
    pub hooks: Vec<Code>,
}

impl Additions {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.imports.is_empty() && self.code.is_empty() && self.hooks.is_empty()
    }
}

/// The value of a prop.
#[derive(Debug, Clone)]
pub enum Prop {
    /// A constant or an expression.
    Value(Expr),
    /// A component given as a prop (an icon, a fallback).
    Node(Node),
    /// What stands for the parts of a content that is known only in the browser (Markdown).
    Templates(Vec<Template>),
}

/// A component for every part of one kind, made with that part's content.
#[derive(Debug, Clone)]
pub struct Template {
    /// The kind of part: an HTML tag.
    pub name: String,
    /// The part's content inside `body`.
    pub content: LocalId,
    /// The language of a part that is code, inside `body`.
    pub language: LocalId,
    /// The component. What else a part has (a link's address) is given to its outermost element.
    pub body: Node,
}

/// The value of a style prop.
#[derive(Debug, Clone)]
pub enum StyleValue {
    /// One value at every width.
    Value(Expr),
    /// By breakpoint, under Reflex's names (`initial`, `xs`, `sm`, `md`, `lg`, `xl`).
    Responsive(Vec<(String, Expr)>),
    /// A nested rule (`_hover`, `&:hover`, `@media …`).
    Nested(Vec<(String, StyleValue)>),
}

/// A loop over a list, a dictionary or a range.
#[derive(Debug, Clone)]
pub struct Foreach {
    /// What is looped over.
    pub iterable: Expr,
    /// The item inside `body`.
    pub item: LocalId,
    /// The index inside `body`.
    pub index: LocalId,
    /// One row.
    pub body: Node,
}

/// What happens on an event trigger.
#[derive(Debug, Clone, Default)]
pub struct Trigger {
    /// The actions, in their order.
    pub actions: Vec<Action>,
    /// Keep the event from reaching elements further out.
    pub stop_propagation: bool,
    /// Keep the browser from its own reaction.
    pub prevent_default: bool,
    /// At most one event in so many milliseconds.
    pub throttle_ms: Option<u32>,
    /// Only when nothing came for so many milliseconds.
    pub debounce_ms: Option<u32>,
    /// Dropped while the connection is down.
    pub temporal: bool,
}

/// One action of a trigger.
#[derive(Debug, Clone)]
pub enum Action {
    /// Run a handler on the server.
    Handler {
        /// The handler's full name, `module.State.handler`, as in the name table.
        handler: Arc<str>,
        /// Its arguments; [`ExprKind::EventArg`](crate::expr::ExprKind::EventArg) may occur.
        args: Vec<Expr>,
    },
    /// A command that the browser runs by itself (`rx.redirect` bound to a click): its entries in
    /// the wire protocol's form.
    Command(Vec<(String, CommandValue)>),
    /// Switch between light and dark.
    ToggleColorMode,
    /// Call a function of the browser's with the names of what the event gives.
    Call(Expr, Vec<&'static str>),
    /// `rx.cond` between events: which of them is decided when the event fires.
    Choose {
        /// What decides.
        test: Expr,
        /// What happens when it is true.
        then: Vec<Action>,
        /// What happens when it is not.
        otherwise: Vec<Action>,
    },
}

/// The value of a command's entry.
#[derive(Debug, Clone)]
pub enum CommandValue {
    /// A constant or an expression, computed when the command begins.
    Value(Expr),
    /// What follows from the command, later.
    Callback(Callback),
}

/// What follows when a command has a result, or its toast's button was pressed.
#[derive(Debug, Clone)]
pub struct Callback {
    /// The name under which `actions` read what the callback is given, as
    /// [`ExprKind::Raw`](crate::expr::ExprKind::Raw); `None` when it is given nothing.
    pub given: Option<Arc<str>>,
    /// The actions, in their order.
    pub actions: Vec<Action>,
}
