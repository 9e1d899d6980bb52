//! What is odd about a component as its author called it, though it can be shown: values that a prop
//! does not take, and elements that a browser does not keep where they stand.
//!
//! Not here: names that look misspelt (`generate/typos.rs`), and where the author's call stands, which
//! the script host knows.

use ferroflex_state::Value;

use crate::{
    catalogue::{Source, choices},
    evaluate::repr,
    expand::Argument,
    expr::Expr,
    node::{Element, Node, Prop},
};

/// The tags of Radix's components that stand for one element of HTML with their children in it.
const RADIX_TAGS: &[(&str, &str)] = &[
    ("Badge", "span"),
    ("Blockquote", "blockquote"),
    ("Box", "div"),
    ("Button", "button"),
    ("Callout.Root", "div"),
    ("Callout.Text", "p"),
    ("Card", "div"),
    ("Code", "code"),
    ("Container", "div"),
    ("Em", "em"),
    ("Flex", "div"),
    ("Grid", "div"),
    ("Heading", "h1"),
    ("IconButton", "button"),
    ("Kbd", "kbd"),
    ("Link", "a"),
    ("Quote", "q"),
    ("Section", "section"),
    ("Strong", "strong"),
    ("Text", "span"),
];

/// The elements before which the parser of a browser ends a paragraph.
const END_PARAGRAPHS: &str = "address article aside blockquote center dd details dialog dir div dl \
    dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol \
    p pre search section summary table ul";

/// The elements in which it does not look for what stands around them.
const APART: &[&str] = &["button", "object", "table", "template", "svg"];

/// What is wrong with constants among the arguments of `rx.<name>`: a line for each prop that takes
/// one of some values, and was given another.
#[must_use]
pub fn odd_values(name: &str, keywords: &[(String, Argument)]) -> Vec<String> {
    let odd = |(prop, argument): &(String, Argument)| {
        let Argument::Value(given) = argument else {
            return None;
        };
        let values = choices(name, prop)?;
        let odd = constants(given).find(|value| !is_one_of(value, &values))?;
        Some(format!(
            "rx.{name}: {prop} takes one of {}, not {}",
            values.join(", "),
            repr(&odd)
        ))
    };
    keywords.iter().filter_map(odd).collect()
}

/// The constants that a prop is given: one, or one for each width.
fn constants(given: &Expr) -> impl Iterator<Item = Value> {
    let all = match (given.items(), given.entries()) {
        (Some(items), _) => items,
        (_, Some(entries)) => entries.into_iter().map(|(_, value)| value).collect(),
        _ => vec![given.clone()],
    };
    all.into_iter()
        .filter_map(|value| value.constant().cloned())
}

/// A number means its text, and nothing that the prop is not given.
fn is_one_of(value: &Value, values: &[&str]) -> bool {
    match value {
        Value::None => true,
        Value::Str(text) => text.is_empty() || values.contains(&text.as_str()),
        Value::Int(number) => values.contains(&number.to_string().as_str()),
        _ => false,
    }
}

/// What a browser does not keep in the element that was just made, if there is such a thing: it would
/// take the page apart where the server's HTML is read, and React makes it anew.
#[must_use]
pub fn odd_nesting(node: &Node) -> Option<String> {
    let Node::Element(element) = node else {
        return None;
    };
    let outer = tag(element).filter(|tag| matches!(*tag, "a" | "button" | "form" | "p"))?;
    let inner = element
        .children
        .iter()
        .find_map(|child| moved(child, outer))?;
    let of = |element: &Element, tag: &str| match element.entry.source {
        Source::Html => format!("<{tag}>"),
        _ => format!("rx.{} (<{tag}>)", element.entry.name),
    };
    let (outer, inner) = (of(element, outer), of(inner, tag(inner)?));
    Some(format!(
        "{inner} stands in {outer}, where no browser keeps it: the page is made anew once its script \
         runs; use another element for one of them"
    ))
}

/// The first element in there that the parser takes out of an element with the tag `outer`.
fn moved<'n>(node: &'n Node, outer: &str) -> Option<&'n Element> {
    match node {
        Node::Element(element) => moved_of(element, outer),
        Node::Text(_) => None,
        Node::Fragment(nodes) => nodes.iter().find_map(|node| moved(node, outer)),
        Node::Cond(_, then, otherwise) => moved(then, outer).or_else(|| moved(otherwise, outer)),
        Node::Match(_, cases, default) => {
            let mut nodes = cases.iter().map(|(_, node)| node);
            nodes
                .find_map(|node| moved(node, outer))
                .or_else(|| moved(default, outer))
        }
        Node::Foreach(each) => moved(&each.body, outer),
    }
}

fn moved_of<'n>(element: &'n Element, outer: &str) -> Option<&'n Element> {
    // What is not known may stand elsewhere in the document.
    let tag = tag(element)?;
    let is_moved =
        tag == outer || (outer == "p" && END_PARAGRAPHS.split_whitespace().any(|it| it == tag));
    if is_moved {
        return Some(element);
    }
    if APART.contains(&tag) {
        return None;
    }
    let mut children = element.children.iter();
    children.find_map(|child| moved(child, outer))
}

/// The tag of HTML that an element has, where that is known.
fn tag(element: &Element) -> Option<&str> {
    let given = |names: &[&str]| {
        let mut props = element.props.iter();
        props.find(|(name, _)| names.contains(&name.as_str()))
    };
    if given(&["as_child"]).is_some() {
        return None;
    }
    match (&element.entry.source, given(&["as_", "as"])) {
        (Source::Html, _) => Some(element.entry.tag),
        (Source::Radix, Some((_, Prop::Value(tag)))) => tag.constant_text(),
        (Source::Radix, None) => default_tag(element),
        _ => None,
    }
}

fn default_tag(element: &Element) -> Option<&'static str> {
    let mut defaults = element.entry.defaults.iter();
    if let Some((_, tag)) = defaults.find(|(name, _)| *name == "as_") {
        return Some(tag);
    }
    let mut tags = RADIX_TAGS.iter();
    let known = tags.find(|(component, _)| *component == element.entry.tag)?;
    Some(known.1)
}
