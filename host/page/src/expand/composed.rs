//! Components that are composed of others: each is a small function from its arguments to a tree.

use std::sync::Arc;

use ferroflex_state::Value;

use super::{
    Argument, Keywords, children, element,
    icons::{color_mode_button, color_mode_icon, color_mode_switch, icon, icon_button},
    markdown::{markdown, markdown_root},
};
use crate::{
    PageError, catalogue,
    expr::{self, Expr},
    node::{Foreach, Node},
    types::Type,
};

type Compose = fn(Vec<Argument>, Keywords) -> Result<Node, PageError>;

const COMPOSED: &[(&str, Compose)] = &[
    ("callout", callout),
    ("checkbox", checkbox),
    ("color_mode.button", color_mode_button),
    ("color_mode.icon", color_mode_icon),
    ("color_mode.switch", color_mode_switch),
    ("desktop_only", |children, props| {
        visible(children, props, [false, false, false, true])
    }),
    ("el.html", raw_html),
    ("el.image", image),
    ("el.img", image),
    ("html", raw_html),
    ("icon", icon),
    ("icon_button", icon_button),
    ("image", image),
    ("link", link),
    ("list", |items, props| list("list", items, props)),
    ("list.ordered", |items, props| {
        list("list.ordered", items, props)
    }),
    ("list.unordered", |items, props| {
        list("list.unordered", items, props)
    }),
    ("logo", logo),
    ("markdown", markdown),
    ("markdown.root", markdown_root),
    ("mobile_and_tablet", |items, props| {
        visible(items, props, [true, true, true, false])
    }),
    ("mobile_only", |children, props| {
        visible(children, props, [true, false, false, false])
    }),
    ("ordered_list", |items, props| {
        list("list.ordered", items, props)
    }),
    ("radio", radio),
    ("radio_group", radio),
    ("select", select),
    ("slider", slider),
    ("switch", switch),
    ("tablet_and_desktop", |items, props| {
        visible(items, props, [false, true, true, true])
    }),
    ("tablet_only", |children, props| {
        visible(children, props, [false, true, true, false])
    }),
    ("toast.provider", toast_provider),
    ("unordered_list", |items, props| {
        list("list.unordered", items, props)
    }),
];

/// The function that composes `rx.<name>`.
pub(super) fn find(name: &str) -> Option<Compose> {
    COMPOSED
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, compose)| *compose)
}

pub(super) fn make(name: &str, children: Vec<Node>, keywords: Keywords) -> Result<Node, PageError> {
    element(catalogue::require(name)?, children, keywords)
}

/// Keyword arguments that are constant texts.
pub(super) fn texts(pairs: &[(&str, &str)]) -> Keywords {
    pairs
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text_argument(text)))
        .collect()
}

pub(super) fn text_argument(text: &str) -> Argument {
    Argument::Value(Expr::text(text))
}

/// Takes one keyword argument out.
pub(super) fn take(keywords: &mut Keywords, name: &str) -> Option<Argument> {
    let position = keywords.iter().position(|(known, _)| known == name)?;
    Some(keywords.remove(position).1)
}

/// Takes the named keyword arguments out, in their order.
pub(super) fn take_all(keywords: &mut Keywords, names: &[&str]) -> Keywords {
    let all = std::mem::take(keywords);
    let (taken, left) = all
        .into_iter()
        .partition(|(name, _)| names.contains(&name.as_str()));
    *keywords = left;
    taken
}

/// Adds keyword arguments that the author did not give.
pub(super) fn add_missing(keywords: &mut Keywords, defaults: Keywords) {
    for (name, argument) in defaults {
        if !keywords.iter().any(|(known, _)| *known == name) {
            keywords.push((name, argument));
        }
    }
}

/// A copy of a keyword argument under its name, or a constant text in its place.
fn copy_or(keywords: &Keywords, name: &str, default: &str) -> (String, Argument) {
    let given = keywords.iter().find(|(known, _)| known == name);
    given
        .cloned()
        .unwrap_or_else(|| (name.to_owned(), text_argument(default)))
}

fn callout(positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    let mut parts = Vec::new();
    match take(&mut keywords, "icon") {
        Some(Argument::Node(node)) => parts.push(make("callout.icon", vec![node], vec![])?),
        Some(Argument::Value(tag)) if !matches!(tag.constant(), Some(Value::None)) => {
            let icon = icon(vec![Argument::Value(tag)], vec![])?;
            parts.push(make("callout.icon", vec![icon], vec![])?);
        }
        _ => {}
    }
    if !positional.is_empty() {
        parts.push(make("callout.text", children(positional), vec![])?);
    }
    make("callout.root", parts, keywords)
}

/// A checkbox, with a label around it when there is a text.
fn checkbox(positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    let mut text = children(positional);
    let label = take_all(&mut keywords, &["text"])
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    text.extend(children(label));
    let gap = copy_or(&keywords, "spacing", "2");
    keywords.retain(|(name, _)| name != "spacing");
    let size = copy_or(&keywords, "size", "2");
    let box_itself = make("checkbox", vec![], keywords)?;
    if text.is_empty() {
        return Ok(box_itself);
    }
    labelled(box_itself, text, size, gap)
}

/// A control beside its text, in a label.
fn labelled(
    control: Node,
    text: Vec<Node>,
    size: (String, Argument),
    gap: (String, Argument),
) -> Result<Node, PageError> {
    let row = std::iter::once(control).chain(text).collect();
    let flex = make("flex", row, vec![gap])?;
    let mut label = texts(&[("as_", "label")]);
    label.push(size);
    make("text", vec![flex], label)
}

fn raw_html(positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    if let Some(Argument::Value(html)) = positional.into_iter().next() {
        let inner = Expr::dict(vec![("__html".to_owned(), html)]);
        keywords.push(("dangerouslySetInnerHTML".to_owned(), Argument::Value(inner)));
    }
    make("html", vec![], keywords)
}

/// An image takes its address as its only child too.
fn image(positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    let mut positional = positional.into_iter();
    if let Some(address) = positional.next() {
        add_missing(&mut keywords, vec![("src".to_owned(), address)]);
    }
    make("image", children(positional.collect()), keywords)
}

fn link(positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    if let Some(Argument::Value(external)) = take(&mut keywords, "is_external") {
        let target = match external.constant() {
            Some(Value::Bool(true)) => Some(Expr::text("_blank")),
            Some(_) => None,
            None => Some(Expr::cond(
                external,
                Expr::text("_blank"),
                Expr::literal(Value::None),
            )),
        };
        let target = target.map(|target| ("target".to_owned(), Argument::Value(target)));
        add_missing(&mut keywords, target.into_iter().collect());
    }
    let hover = Expr::dict(vec![("color".to_owned(), Expr::text("var(--accent-8)"))]);
    add_missing(
        &mut keywords,
        vec![("_hover".to_owned(), Argument::Value(hover))],
    );
    make("link", children(positional), keywords)
}

fn list(name: &str, positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    let mut content = children(positional);
    if let Some(Argument::Value(items)) = take(&mut keywords, "items") {
        content.extend(each(items, |item| {
            make("list.item", vec![Node::Text(item)], vec![])
        })?);
    }
    make(name, content, keywords)
}

/// One node an item: written out where the items are known, else a loop.
fn each(
    items: Expr,
    mut row: impl FnMut(Expr) -> Result<Node, PageError>,
) -> Result<Vec<Node>, PageError> {
    if let Some(items) = items.items() {
        return items.into_iter().map(row).collect();
    }
    let (item, index) = (expr::fresh_local(), expr::fresh_local());
    let body = row(Expr::local(item, items.ty.item()?))?;
    Ok(vec![Node::Foreach(Arc::new(Foreach {
        iterable: items,
        item,
        index,
        body,
    }))])
}

fn logo(_: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    let name = make(
        "text.strong",
        vec![Node::Text(Expr::text("Ferroflex"))],
        vec![],
    )?;
    let text = make(
        "text",
        vec![Node::Text(Expr::text("Built with ")), name],
        vec![],
    )?;
    let place = [
        ("display", "flex"),
        ("justify_content", "center"),
        ("width", "100%"),
    ];
    add_missing(&mut keywords, texts(&place));
    make("el.div", vec![text], keywords)
}

fn radio(positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    let items = items_of(positional, &mut keywords, "radio.root")?;
    let direction = copy_or(&keywords, "direction", "row");
    let gap = copy_or(&keywords, "spacing", "2");
    keywords.retain(|(name, _)| name != "direction" && name != "spacing");
    let size = copy_or(&keywords, "size", "2");
    let choices = each(items, |item| {
        let value = ("value".to_owned(), Argument::Value(as_text(item.clone())));
        let button = make("radio.item", vec![], vec![value])?;
        labelled(button, vec![Node::Text(item)], size.clone(), gap.clone())
    })?;
    let flex = make("flex", choices, vec![direction, gap.clone()])?;
    make("radio.root", vec![flex], keywords)
}

/// A choice as the text that Radix wants for a value.
fn as_text(item: Expr) -> Expr {
    match item.constant() {
        Some(Value::Str(_)) => item,
        Some(Value::Int(number)) => Expr::text(number.to_string()),
        _ if item.ty == Type::Str => item,
        _ => Expr::format(vec![item]),
    }
}

fn items_of(
    positional: Vec<Argument>,
    keywords: &mut Keywords,
    component: &'static str,
) -> Result<Expr, PageError> {
    match positional
        .into_iter()
        .next()
        .or_else(|| take(keywords, "items"))
    {
        Some(Argument::Value(items)) => Ok(items),
        _ => Err(PageError::Prop {
            component,
            prop: "items".to_owned(),
            problem: "must be a list".to_owned(),
        }),
    }
}

/// A select of plain choices. What belongs to the button that opens it goes there.
fn select(positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    let items = items_of(positional, &mut keywords, "select.root")?;
    let label = take(&mut keywords, "label");
    let content = take_all(&mut keywords, &["position", "side", "side_offset", "align"]);
    let root = catalogue::require("select.root")?;
    let (root_props, trigger): (Keywords, Keywords) =
        keywords.into_iter().partition(|(name, _)| {
            root.prop(name).is_some() || name.starts_with("on_") || name == "key"
        });
    let mut choices = Vec::new();
    if let Some(label) = label {
        choices.push(make("select.label", children(vec![label]), vec![])?);
    }
    choices.extend(each(items, |item| {
        let value = ("value".to_owned(), Argument::Value(as_text(item.clone())));
        make("select.item", vec![Node::Text(item)], vec![value])
    })?);
    let group = make("select.group", choices, vec![])?;
    let parts = vec![
        make("select.trigger", vec![], trigger)?,
        make("select.content", vec![group], content)?,
    ];
    make("select.root", parts, root_props)
}

/// A slider takes a single number where Radix wants a list of them.
fn slider(positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    for (name, argument) in &mut keywords {
        let is_value = name == "value" || name == "default_value";
        if let Argument::Value(value) = argument
            && is_value
            && matches!(value.ty, Type::Int | Type::Float)
        {
            *argument = Argument::Value(Expr::list(vec![value.clone()]));
        }
    }
    make("slider", children(positional), keywords)
}

/// A switch shows nothing of its children, but takes them.
fn switch(_: Vec<Argument>, keywords: Keywords) -> Result<Node, PageError> {
    make("switch", vec![], keywords)
}

/// The shell shows toasts on every page: there is nothing to add.
fn toast_provider(_: Vec<Argument>, _: Keywords) -> Result<Node, PageError> {
    make("fragment", vec![], vec![])
}

/// Shown at some widths only: below 30em, from 30em, from 48em, from 62em.
fn visible(
    positional: Vec<Argument>,
    mut keywords: Keywords,
    shown: [bool; 4],
) -> Result<Node, PageError> {
    let display = |shown| Expr::text(if shown { "block" } else { "none" });
    let widths = Expr::list(shown.into_iter().map(display).collect());
    add_missing(
        &mut keywords,
        vec![("display".to_owned(), Argument::Value(widths))],
    );
    make("el.div", children(positional), keywords)
}
