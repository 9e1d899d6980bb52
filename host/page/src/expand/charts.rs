//! Charts: Recharts draws one in a container, which measures the room that there is.

use ferroflex_state::Value;

use super::{
    Argument, Keywords, children,
    composed::{add_missing, make, take_all, text_argument},
    element,
};
use crate::{
    PageError,
    catalogue::{Entry, Source},
    expr::Expr,
    node::Node,
};

/// A chart's smallest width and height in pixels: one whose parent has no height is still seen.
const SMALLEST: i64 = 10;

/// What belongs to the container.
const CONTAINER: &[&str] = &["height", "key", "min_height", "min_width", "width"];

/// Whether it is a chart, not a part of one.
pub(super) fn is_chart(entry: &Entry) -> bool {
    let whole = entry.tag.ends_with("Chart") || ["Treemap", "Sankey"].contains(&entry.tag);
    entry.source == Source::Recharts && whole
}

/// A chart in its container, which takes what concerns the size.
pub(super) fn chart(
    entry: &'static Entry,
    positional: Vec<Argument>,
    mut keywords: Keywords,
) -> Result<Node, PageError> {
    let mut container = take_all(&mut keywords, CONTAINER);
    for (name, length) in &container {
        require_length(entry, name, length)?;
    }
    let whole = || text_argument("100%");
    let smallest = || Argument::Value(Expr::literal(Value::Int(SMALLEST)));
    let defaults = [
        ("width", whole()),
        ("height", whole()),
        ("min_width", smallest()),
        ("min_height", smallest()),
    ];
    let named = |(name, length): (&str, Argument)| (name.to_owned(), length);
    add_missing(&mut container, defaults.into_iter().map(named).collect());
    let chart = element(entry, children(positional), keywords)?;
    make("recharts.responsive_container", vec![chart], container)
}

/// Recharts knows pixels and percentages only.
fn require_length(entry: &Entry, name: &str, length: &Argument) -> Result<(), PageError> {
    let constant = match length {
        Argument::Value(value) if name == "width" || name == "height" => value.constant(),
        _ => return Ok(()),
    };
    match constant {
        Some(Value::Str(text)) if text.ends_with('%') => Ok(()),
        None | Some(Value::None | Value::Int(_) | Value::Float(_)) => Ok(()),
        Some(_) => Err(PageError::Prop {
            component: entry.name,
            prop: name.to_owned(),
            problem: "must be a number of pixels or a percentage like \"50%\"; give other \
                      lengths to an rx.box around the chart"
                .to_owned(),
        }),
    }
}
