//! Controls that are composed of others: a text beside them, items from a list.
//!
//! Not here: the controls' own props (`catalogue/radix.rs`).

use ferroflex_state::Value;

use super::{
    Argument, Keywords, children,
    composed::{add_missing, copy_or, each, make, take, take_all, texts},
};
use crate::{PageError, catalogue, expr::Expr, node::Node, types::Type};

/// A checkbox, with a label around it when there is a text.
pub(super) fn checkbox(
    positional: Vec<Argument>,
    mut keywords: Keywords,
) -> Result<Node, PageError> {
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

pub(super) fn radio(positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
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

/// What a select's list takes.
const SELECT_CONTENT: &[&str] = &[
    "align",
    "align_offset",
    "high_contrast",
    "position",
    "side",
    "side_offset",
];

/// A select of plain choices. What belongs to the button that opens it goes there, a colour to the
/// list as well.
pub(super) fn select(positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    let items = items_of(positional, &mut keywords, "select.root")?;
    let label = take(&mut keywords, "label");
    let mut content = take_all(&mut keywords, SELECT_CONTENT);
    let color = keywords.iter().find(|(name, _)| name == "color_scheme");
    content.extend(color.cloned());
    let root = catalogue::require("select.root")?;
    // The root is no element: what every element takes goes to the button.
    let is_root = |name: &str| {
        let mut props = root.props.iter().flat_map(|group| group.split(' '));
        let is_trigger = root.triggers.iter().any(|trigger| trigger.name == name);
        is_trigger || props.any(|prop| prop == name) || name == "key"
    };
    let (root_props, trigger): (Keywords, Keywords) =
        keywords.into_iter().partition(|(name, _)| is_root(name));
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

/// A slider takes a single number where Radix wants a list of them, and starts in the middle.
pub(super) fn slider(positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    for (name, argument) in &mut keywords {
        let is_value = name == "value" || name == "default_value";
        if let Argument::Value(value) = argument
            && is_value
            && matches!(value.ty, Type::Int | Type::Float)
        {
            *argument = Argument::Value(Expr::list(vec![value.clone()]));
        }
    }
    if !keywords.iter().any(|(name, _)| name == "value") {
        let middle = Expr::list(vec![Expr::literal(Value::Int(50))]);
        let start = ("default_value".to_owned(), Argument::Value(middle));
        add_missing(&mut keywords, vec![start]);
    }
    make("slider", children(positional), keywords)
}

/// A switch shows nothing of its children, but takes them.
pub(super) fn switch(_: Vec<Argument>, keywords: Keywords) -> Result<Node, PageError> {
    make("switch", vec![], keywords)
}

/// A progress bar, whose filled part may have a colour of its own.
pub(super) fn progress(_: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    if let Some(Argument::Value(color)) = take(&mut keywords, "fill_color") {
        let fill = Expr::dict(vec![("background_color".to_owned(), color)]);
        let style = ("& .rt-ProgressIndicator".to_owned(), Argument::Value(fill));
        add_missing(&mut keywords, vec![style]);
    }
    make("progress", vec![], keywords)
}

/// One choice of a menu; a list makes one of each of its items.
pub(super) fn menu_radio(
    positional: Vec<Argument>,
    mut keywords: Keywords,
) -> Result<Node, PageError> {
    take_all(&mut keywords, &["direction", "spacing"]);
    let given = take(&mut keywords, "items").or_else(|| positional.first().cloned());
    match given {
        Some(Argument::Value(items)) if matches!(items.ty.without_none(), Type::List(_)) => {
            let choices = each(items, |item| {
                let mut choice = keywords.clone();
                let value = Argument::Value(as_text(item.clone()));
                choice.push(("value".to_owned(), value));
                make("context_menu.radio", vec![Node::Text(item)], choice)
            });
            Ok(Node::Fragment(choices?))
        }
        _ => make("context_menu.radio", children(positional), keywords),
    }
}
