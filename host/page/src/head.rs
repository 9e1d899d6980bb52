//! Elements of the document's head that an app gives: constant ones, which the server writes into
//! every page.
//!
//! Not here: what each page has of its own (`page_head`).

use std::borrow::Cow;

use ferroflex_state::Value;

use crate::{
    PageError,
    catalogue::{Entry, SCRIPT, Source},
    evaluate::{Lookup, NoState, evaluate},
    expr::{Expr, is_constant},
    javascript,
    node::{Element, Node, Prop},
};

/// An element of the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadElement {
    /// Its tag: `link`, `meta`, `script`, `style`.
    pub tag: &'static str,
    /// Its attributes under HTML's names; one without a value is empty.
    pub attributes: Vec<(String, String)>,
    /// Its text, not escaped.
    pub text: String,
}

/// What may stand in a head.
const TAGS: &[&str] = &[
    "base", "link", "meta", "noscript", "script", "style", "title",
];

/// The attribute that tells which of the elements that follow the state one is.
const FOLLOWED: &str = "data-followed";

/// Attributes that HTML writes with a hyphen; from all others the underscores are dropped.
const HYPHENATED: &[&str] = &["accept_charset", "http_equiv"];

/// The elements that components stand for.
///
/// # Errors
/// When one of them is no element of a head, or depends on the state.
pub fn head_elements(nodes: &[Node]) -> Result<Vec<HeadElement>, PageError> {
    known_elements(nodes, &NoState)
}

/// Refuses what cannot stand in a head, whatever the state.
pub(crate) fn check_elements(nodes: &[Node]) -> Result<(), PageError> {
    let elements = flattened(nodes)?;
    let mut elements = elements.into_iter();
    elements.try_for_each(|element| tag_of(element.entry).map(drop))
}

/// The elements that components stand for, with the values of a state. Those that follow the state
/// bear their number among them, by which the browser finds them.
pub(crate) fn known_elements(
    nodes: &[Node],
    state: &impl Lookup,
) -> Result<Vec<HeadElement>, PageError> {
    let mut numbers = 0..;
    let elements = flattened(nodes)?.into_iter().map(|element| {
        let mut made = head_element(element, state)?;
        if follows_state(element)
            && let Some(number) = numbers.next()
        {
            let number: usize = number;
            made.attributes
                .push((FOLLOWED.to_owned(), number.to_string()));
        }
        Ok(made)
    });
    elements.collect()
}

/// The elements that follow the state, in the order of their numbers.
pub(crate) fn followed_elements(nodes: &[Node]) -> Result<Vec<&Element>, PageError> {
    let mut elements = flattened(nodes)?;
    elements.retain(|element| follows_state(element));
    Ok(elements)
}

/// The attributes of an element under HTML's names.
pub(crate) fn attributes_of(element: &Element) -> impl Iterator<Item = (Cow<'_, str>, &Expr)> {
    let id = element.id.iter().map(|id| ("id", id));
    let given = element.props.iter().filter_map(|(name, prop)| match prop {
        Prop::Value(value) => Some((name.as_str(), value)),
        Prop::Node(_) | Prop::Templates(_) => None,
    });
    let given = given.filter(|(name, _)| *name != "strategy");
    given
        .chain(id)
        .map(|(name, value)| (html_name(name), value))
}

/// The texts in an element.
pub(crate) fn texts_of(element: &Element) -> impl Iterator<Item = Result<&Expr, PageError>> {
    element.children.iter().map(|child| match child {
        Node::Text(text) => Ok(text),
        _ => Err(refusal(element.entry.name, "takes text alone in a head")),
    })
}

/// The elements, those in fragments among them.
fn flattened(nodes: &[Node]) -> Result<Vec<&Element>, PageError> {
    let mut elements = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::Fragment(inner) => elements.extend(flattened(inner)?),
            Node::Element(element) => elements.push(&**element),
            _ => return Err(not_an_element()),
        }
    }
    Ok(elements)
}

fn follows_state(element: &Element) -> bool {
    let mut texts = texts_of(element).filter_map(Result::ok);
    attributes_of(element).any(|(_, value)| !is_constant(value))
        || texts.any(|text| !is_constant(text))
}

fn head_element(element: &Element, state: &impl Lookup) -> Result<HeadElement, PageError> {
    let entry = element.entry;
    let tag = tag_of(entry)?;
    let mut attributes = Vec::new();
    for (name, value) in attributes_of(element) {
        if let Some(value) =
            attribute(value, state).map_err(|problem| refusal(entry.name, problem))?
        {
            attributes.push((name.into_owned(), value));
        }
    }
    let texts = texts_of(element)
        .map(|text| text_of(text?, state).map_err(|problem| refusal(entry.name, problem)));
    Ok(HeadElement {
        tag,
        attributes,
        text: texts.collect::<Result<_, _>>()?,
    })
}

pub(crate) fn tag_of(entry: &Entry) -> Result<&'static str, PageError> {
    tag(entry).ok_or_else(|| {
        let problem = format!("is no element of a head, which are {}", TAGS.join(", "));
        refusal(entry.name, &problem)
    })
}

/// The tag of what may stand in a head. A script, which the shell runs elsewhere, is one here.
fn tag(entry: &Entry) -> Option<&'static str> {
    match entry.source {
        Source::Html => Some(entry.tag).filter(|tag| TAGS.contains(tag)),
        Source::Plain(SCRIPT) => Some("script"),
        _ => None,
    }
}

/// The value of an attribute; none for one that is not set.
fn attribute(value: &Expr, state: &impl Lookup) -> Result<Option<String>, &'static str> {
    match known(value, state)? {
        Value::None | Value::Bool(false) => Ok(None),
        Value::Bool(true) => Ok(Some(String::new())),
        value => shown(&value).map(Some),
    }
}

fn text_of(value: &Expr, state: &impl Lookup) -> Result<String, &'static str> {
    shown(&known(value, state)?)
}

fn known(value: &Expr, state: &impl Lookup) -> Result<Value, &'static str> {
    evaluate(value, state).map_err(|_| "cannot depend there on the state, or on the browser")
}

fn shown(value: &Value) -> Result<String, &'static str> {
    match value {
        Value::Str(text) | Value::Text { text, .. } => Ok(text.clone()),
        number @ (Value::Int(_) | Value::Float(_)) => Ok(javascript::value(number)),
        _ => Err("takes text and numbers alone in a head"),
    }
}

/// `http_equiv` to `http-equiv`, `cross_origin` to `crossorigin`; `data-x` stays.
fn html_name(name: &str) -> Cow<'_, str> {
    if HYPHENATED.contains(&name) {
        return Cow::Owned(name.replace('_', "-"));
    }
    if name.contains('_') {
        return Cow::Owned(name.replace('_', ""));
    }
    Cow::Borrowed(name)
}

fn not_an_element() -> PageError {
    refusal("el.head", "takes elements alone")
}

fn refusal(component: &str, problem: &str) -> PageError {
    PageError::Head {
        component: component.to_owned(),
        problem: problem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Argument, create};

    fn made(name: &str, text: &str, props: &[(&str, Value)]) -> Node {
        let children = (!text.is_empty()).then(|| Argument::Value(Expr::text(text)));
        let props = props.iter().map(|(name, value)| {
            (
                (*name).to_owned(),
                Argument::Value(Expr::literal(value.clone())),
            )
        });
        create(name, children.into_iter().collect(), props.collect()).unwrap()
    }

    #[test]
    fn elements_have_htmls_names() {
        let text = |text: &str| Value::Str(text.to_owned());
        let nodes = [
            made(
                "el.meta",
                "",
                &[("http_equiv", text("refresh")), ("content", text("5"))],
            ),
            made(
                "el.link",
                "",
                &[
                    ("rel", text("preload")),
                    ("cross_origin", text("anonymous")),
                ],
            ),
            made("el.script", "go()", &[("async_", Value::Bool(true))]),
        ];
        let written: Vec<String> = head_elements(&nodes)
            .unwrap()
            .into_iter()
            .map(|element| format!("{} {:?} {}", element.tag, element.attributes, element.text))
            .collect();
        assert_eq!(
            written,
            [
                r#"meta [("http-equiv", "refresh"), ("content", "5")] "#,
                r#"link [("rel", "preload"), ("crossorigin", "anonymous")] "#,
                r#"script [("async", "")] go()"#,
            ]
        );
    }

    #[test]
    fn what_is_no_element_of_a_head_is_refused() {
        let error = head_elements(&[made("el.div", "x", &[])]).unwrap_err();
        assert!(
            error
                .to_string()
                .contains("el.div: is no element of a head"),
            "{error}"
        );
    }
}
