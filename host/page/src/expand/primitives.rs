//! Components on primitives that are composed of several: an accordion's items, a drawer's content,
//! a form that checks its fields.
//!
//! Not here: what each part is (`catalogue/primitives.rs`).

use ferroflex_state::Value;

use super::{
    Argument, Keywords, children,
    composed::{add_missing, make, take, take_all},
    icons::icon,
};
use crate::{
    PageError,
    catalogue::{self, Source},
    expr::Expr,
    node::{Element, Node},
};

/// The looks that an accordion's item hands on to its parts.
const LOOKS: &[&str] = &["color_scheme", "variant"];

/// An item; from a header and a content it makes all the parts.
pub(super) fn accordion_item(
    positional: Vec<Argument>,
    mut keywords: Keywords,
) -> Result<Node, PageError> {
    let header = take(&mut keywords, "header");
    let content = take(&mut keywords, "content");
    let given = |argument: &Argument| !matches!(argument, Argument::Value(value) if is_none(value));
    let parts = match (header.filter(given), content.filter(given)) {
        (Some(header), Some(content)) => {
            let looks: Keywords = keywords
                .iter()
                .filter(|(name, _)| LOOKS.contains(&name.as_str()))
                .cloned()
                .collect();
            item_parts(header, content, &looks)?
        }
        _ => children(positional),
    };
    make("accordion.item", parts, keywords)
}

fn is_none(value: &Expr) -> bool {
    matches!(value.constant(), Some(Value::None))
}

fn item_parts(
    header: Argument,
    content: Argument,
    looks: &Keywords,
) -> Result<Vec<Node>, PageError> {
    let mut label = children(vec![header]);
    label.push(accordion_icon(vec![], vec![])?);
    let trigger = make("accordion.trigger", label, looks.clone())?;
    let header = make("accordion.header", vec![trigger], looks.clone())?;
    let content = make("accordion.content", children(vec![content]), looks.clone())?;
    Ok(vec![header, content])
}

/// The arrow that tells whether an item is open.
pub(super) fn accordion_icon(_: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    let class = match take(&mut keywords, "class_name") {
        Some(Argument::Value(class)) => Expr::format(vec![class, Expr::text(" AccordionChevron")]),
        _ => Expr::text("AccordionChevron"),
    };
    keywords.push(("class_name".to_owned(), Argument::Value(class)));
    take_all(&mut keywords, LOOKS);
    icon(vec![Argument::Value(Expr::text("chevron-down"))], keywords)
}

/// What opens or closes a drawer: the one component in it, or a button of its own around a text.
pub(super) fn drawer_button(
    name: &str,
    positional: Vec<Argument>,
    mut keywords: Keywords,
) -> Result<Node, PageError> {
    let content = children(positional);
    let is_component = matches!(&*content, [node] if !matches!(node, Node::Text(_)));
    let around = Argument::Value(Expr::literal(Value::Bool(is_component)));
    add_missing(&mut keywords, vec![("as_child".to_owned(), around)]);
    make(name, content, keywords)
}

/// A drawer's content stands outside the page, so that it needs a theme of its own around it.
pub(super) fn drawer_content(
    positional: Vec<Argument>,
    keywords: Keywords,
) -> Result<Node, PageError> {
    let content = make("drawer.content", children(positional), keywords)?;
    make("theme", vec![content], vec![])
}

/// A form: HTML's own where it has no fields that Radix checks, so that most pages do not load them.
pub(super) fn form(positional: Vec<Argument>, keywords: Keywords) -> Result<Node, PageError> {
    let content = children(positional);
    let wants = |name: &str| name == "as_child" || name == "on_clear_server_errors";
    let checks = keywords.iter().any(|(name, _)| wants(name)) || content.iter().any(has_field);
    let name = if checks { "form.root" } else { "form" };
    make(name, content, keywords)
}

/// Whether a part of a checked form stands in the node.
fn has_field(node: &Node) -> bool {
    match node {
        Node::Element(element) => is_field(element) || element.children.iter().any(has_field),
        Node::Fragment(nodes) => nodes.iter().any(has_field),
        Node::Cond(_, then, otherwise) => has_field(then) || has_field(otherwise),
        Node::Match(_, cases, default) => {
            cases.iter().any(|(_, case)| has_field(case)) || has_field(default)
        }
        Node::Foreach(foreach) => has_field(&foreach.body),
        Node::Text(_) => false,
    }
}

fn is_field(element: &Element) -> bool {
    let field = catalogue::find("form.field").map(|field| field.source);
    matches!(element.entry.source, Source::Module(_)) && Some(element.entry.source) == field
}

/// A progress bar of the primitive's: the frame and what fills it.
pub(super) fn primitive_progress(
    _: Vec<Argument>,
    mut keywords: Keywords,
) -> Result<Node, PageError> {
    let number = |number| Argument::Value(Expr::literal(Value::Int(number)));
    let range = [("value", number(0)), ("max", number(100))];
    let range = range.map(|(name, number)| (name.to_owned(), number));
    add_missing(&mut keywords, range.to_vec());
    let mut indicator = take_all(&mut keywords, &["color_scheme"]);
    let shared = |(name, _): &&(String, Argument)| name == "value" || name == "max";
    indicator.extend(keywords.iter().filter(shared).cloned());
    let filled = make("radix.primitives.progress.indicator", vec![], indicator)?;
    make("radix.primitives.progress.root", vec![filled], keywords)
}
