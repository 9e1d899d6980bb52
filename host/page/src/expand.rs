//! Calls of components to nodes: keyword arguments are sorted into props, style, events and
//! attributes; components that are composed of others are taken apart (`expand/composed.rs` and
//! its neighbours).

mod behaviour;
mod charts;
mod composed;
mod content;
mod controls;
mod data;
mod icons;
mod keywords;
mod links;
mod markdown;
mod primitives;
mod upload;

use std::sync::Arc;

use ferroflex_state::Value;

use crate::{
    PageError,
    catalogue::{self, Children, Entry, Place, Source},
    expr::{Expr, ExprKind},
    javascript,
    node::{Additions, Element, Node, Prop, StyleValue, Template, Trigger},
    style,
};

/// An argument of a component, positional or by keyword.
#[derive(Debug, Clone)]
pub enum Argument {
    /// A constant or an expression; also a dictionary or a list.
    Value(Expr),
    /// A component.
    Node(Node),
    /// What happens on an event trigger.
    Trigger(Trigger),
    /// Components for the parts of a content.
    Templates(Vec<Template>),
}

/// Keyword arguments under their Python names, in the order given.
pub type Keywords = Vec<(String, Argument)>;

/// Props of Radix that take one value per breakpoint.
const RESPONSIVE: &[&str] = &[
    "align",
    "clip",
    "columns",
    "direction",
    "flow",
    "gap",
    "height",
    "justify",
    "layout",
    "max_height",
    "max_width",
    "min_height",
    "min_width",
    "orientation",
    "p",
    "pb",
    "pl",
    "pr",
    "pt",
    "px",
    "py",
    "rows",
    "side",
    "size",
    "spacing",
    "spacing_x",
    "spacing_y",
    "trim",
    "weight",
    "width",
    "wrap",
];

/// Props of Radix that name a step of a scale, so that a number means its text.
const SCALES: &[&str] = &[
    "columns",
    "gap",
    "p",
    "pb",
    "pl",
    "pr",
    "pt",
    "px",
    "py",
    "rows",
    "size",
    "spacing",
    "spacing_x",
    "spacing_y",
];

/// Makes what `rx.<name>(*positional, **keywords)` stands for.
///
/// # Errors
/// When there is no such component, or it does not take one of the arguments.
pub fn create(
    name: &str,
    positional: Vec<Argument>,
    keywords: Keywords,
) -> Result<Node, PageError> {
    let name = name.strip_suffix('_').unwrap_or(name);
    let name = &*catalogue::canonical(name);
    if let Some(compose) = composed::find(name) {
        return compose(positional, keywords).map_err(|error| match catalogue::find(name) {
            Some(entry) => error.within(entry.name),
            None => error,
        });
    }
    let entry = catalogue::require(name)?;
    if charts::is_chart(entry) {
        return charts::chart(entry, positional, keywords);
    }
    element(entry, children(positional), keywords)
}

/// Whether `rx.<name>` does something of its own with the keyword argument, other than to take it
/// for style.
#[must_use]
pub fn takes(name: &str, keyword: &str) -> bool {
    let name = name.strip_suffix('_').unwrap_or(name);
    let known = catalogue::find(name).is_some_and(|entry| entry.place(keyword) != Place::Style);
    known || keywords::of(&catalogue::canonical(name)).any(|own| own == keyword)
}

/// What a class of the app's own makes of its arguments.
#[derive(Debug)]
pub struct OwnElement {
    /// What stands for the class.
    pub entry: &'static Entry,
    /// The name of the component that it is derived from, when it is made as that one is.
    pub base: Option<String>,
    /// Props of the class's own under their React names; attributes of the same name win.
    pub props: Vec<(String, Prop)>,
    /// Values all of whose entries are props, which win over all others.
    pub spread: Vec<Expr>,
    /// What it adds to the module.
    pub additions: Additions,
}

/// Makes an element of a class of the app's own.
///
/// # Errors
/// When the class or its base does not take one of the arguments.
pub fn create_own(
    own: OwnElement,
    positional: Vec<Argument>,
    keywords: Keywords,
) -> Result<Node, PageError> {
    let base = own.base.as_deref().and_then(catalogue::find);
    // Triggers that the class adds to those of its base.
    let is_own = |(name, argument): &(String, Argument)| {
        let is_trigger = matches!(argument, Argument::Trigger(_));
        is_trigger && base.is_some_and(|base| base.trigger(name).is_none())
    };
    let (events, keywords): (Keywords, Keywords) = keywords.into_iter().partition(is_own);
    let made = match &own.base {
        Some(base) => create(base, positional, keywords)?,
        None => bare_element(own.entry, children(positional), keywords)?,
    };
    let element = match made {
        Node::Element(element) => element,
        made if own.additions.is_empty() => return Ok(made),
        made => match bare_element(catalogue::require("fragment")?, vec![made], vec![])? {
            Node::Element(element) => element,
            made => return Ok(made),
        },
    };
    let mut element = Arc::unwrap_or_clone(element);
    if base.is_some_and(|base| base.name == element.entry.name) {
        element.entry = own.entry;
    }
    for (name, argument) in events {
        if let Argument::Trigger(trigger) = argument {
            element.events.push((name, trigger));
        }
    }
    let given = std::mem::replace(&mut element.props, own.props);
    let spread = |value| (javascript::SPREAD.to_owned(), Prop::Value(value));
    element.props.extend(given);
    element.props.extend(own.spread.into_iter().map(spread));
    element.additions = Some(Arc::new(own.additions));
    Ok(Node::Element(Arc::new(element)))
}

/// Positional arguments as children: values are text, lists their items.
pub(crate) fn children(positional: Vec<Argument>) -> Vec<Node> {
    let mut nodes = Vec::with_capacity(positional.len());
    for argument in positional {
        match argument {
            Argument::Node(node) => nodes.push(node),
            Argument::Value(value) => match value.items() {
                Some(items) => nodes.extend(items.into_iter().map(Node::Text)),
                None if matches!(value.constant(), Some(Value::None)) => {}
                None => nodes.push(Node::Text(value)),
            },
            Argument::Trigger(_) | Argument::Templates(_) => {}
        }
    }
    nodes
}

/// An element of the catalogue.
pub(crate) fn element(
    entry: &'static Entry,
    children: Vec<Node>,
    keywords: Keywords,
) -> Result<Node, PageError> {
    if entry.source == Source::Fragment && keywords.is_empty() {
        return Ok(Node::Fragment(children));
    }
    bare_element(entry, children, keywords)
}

fn bare_element(
    entry: &'static Entry,
    children: Vec<Node>,
    keywords: Keywords,
) -> Result<Node, PageError> {
    if entry.children == Children::None && !children.is_empty() {
        return Err(PageError::NoChildren {
            component: entry.name,
        });
    }
    let mut element = Element::bare(entry, children);
    for (name, argument) in keywords {
        let given = !matches!(&argument, Argument::Value(value) if is_none(value));
        if given {
            element.take(name, argument)?;
        }
    }
    Ok(Node::Element(Arc::new(element)))
}

fn is_none(value: &Expr) -> bool {
    matches!(value.constant(), Some(Value::None))
}

impl Element {
    fn take(&mut self, name: String, argument: Argument) -> Result<(), PageError> {
        let place = self.entry.place(&name);
        match (place, argument) {
            (Place::Trigger, Argument::Trigger(trigger)) => {
                self.entry.require_trigger(&name)?;
                self.events.push((name, trigger));
            }
            (Place::Trigger, _) => return Err(self.refuse(&name, "takes an event handler")),
            (_, Argument::Trigger(_)) => {
                return Err(self.refuse(&name, "takes a value, not an event handler"));
            }
            (Place::Prop(_), Argument::Node(node)) => self.props.push((name, Prop::Node(node))),
            (_, Argument::Node(_)) => {
                return Err(self.refuse(&name, "takes a value, not a component"));
            }
            (Place::Prop(_), Argument::Templates(templates)) => {
                self.props.push((name, Prop::Templates(templates)));
            }
            (_, Argument::Templates(_)) => {
                return Err(self.refuse(&name, "takes a value, not functions"));
            }
            (place, Argument::Value(value)) => self.take_value(place, name, value)?,
        }
        Ok(())
    }

    fn take_value(&mut self, place: Place, name: String, value: Expr) -> Result<(), PageError> {
        match place {
            Place::Prop(_) => {
                let value = prop_value(self.entry, &name, value);
                self.props.push((name, Prop::Value(value)));
            }
            Place::Attribute(attribute) => self.props.push((attribute, Prop::Value(value))),
            Place::CustomAttributes => {
                let entries = value.entries();
                let entries = entries.ok_or_else(|| self.refuse(&name, "takes a dictionary"))?;
                let attribute = |(name, value)| (name, Prop::Value(value));
                self.props.extend(entries.into_iter().map(attribute));
            }
            Place::StyleDict => {
                let entries = style::entries(&value).ok_or_else(|| {
                    self.refuse(&name, "takes a dictionary, or a list of dictionaries")
                })?;
                for (name, value) in entries.iter().filter(|(_, value)| !is_none(value)) {
                    self.style
                        .push((name.clone(), StyleValue::from_expr(value)));
                }
            }
            Place::ClassName => self.class_name = Some(class_list(value)),
            Place::Id => self.id = Some(value),
            Place::Key => self.key = Some(value),
            Place::Style => self.style.push((name, StyleValue::from_expr(&value))),
            Place::Trigger => {}
        }
        Ok(())
    }

    fn refuse(&self, prop: &str, problem: &str) -> PageError {
        PageError::Prop {
            component: self.entry.name,
            prop: prop.to_owned(),
            problem: problem.to_owned(),
        }
    }
}

/// A prop's value as the browser and Radix want it: whether to complete is "on" or "off", a list is
/// by breakpoints, a number of a scale is text.
fn prop_value(entry: &Entry, name: &str, value: Expr) -> Expr {
    if let ("auto_complete", Some(Value::Bool(on))) = (name, value.constant()) {
        return Expr::text(if *on { "on" } else { "off" });
    }
    if entry.source != Source::Radix {
        return value;
    }
    let scale = |value: Expr| match value.constant() {
        Some(Value::Int(step)) if SCALES.contains(&name) => Expr::text(step.to_string()),
        _ => value,
    };
    match value.items() {
        Some(items) if RESPONSIVE.contains(&name) => {
            let at = |(position, item)| {
                style::breakpoint_at(position).map(|name| (name.to_owned(), scale(item)))
            };
            Expr::dict(items.into_iter().enumerate().filter_map(at).collect())
        }
        _ => scale(value),
    }
}

/// `class_name` may be a list of class names.
fn class_list(value: Expr) -> Expr {
    let Some(items) = value.items() else {
        return value;
    };
    let texts: Option<Vec<&str>> = items.iter().map(Expr::constant_text).collect();
    if let Some(texts) = texts {
        return Expr::text(texts.join(" "));
    }
    let mut parts = Vec::with_capacity(items.len() * 2);
    for item in items {
        if !parts.is_empty() {
            parts.push(Expr::text(" "));
        }
        parts.push(item);
    }
    Expr::new(ExprKind::Format(parts), crate::types::Type::Str)
}
