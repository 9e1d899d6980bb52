//! Components that behave rather than show: what is pasted, inputs that wait before they tell, and
//! the sign of a lost connection.
//!
//! Not here: the browser's side of them, which is the shell's.

use std::sync::Arc;

use super::{
    Argument, Keywords, children,
    composed::{add_missing, make, take, texts},
    content::{refuse, truth},
    icons::icon,
};
use crate::{
    PageError,
    node::{Node, Prop},
};

/// Listens for what is pasted into its children, or anywhere. What the browser does itself is kept
/// from it by the event's own modifiers, or by `on_paste_event_actions`.
pub(super) fn clipboard(
    positional: Vec<Argument>,
    mut keywords: Keywords,
) -> Result<Node, PageError> {
    let given = match take(&mut keywords, "on_paste_event_actions") {
        Some(Argument::Value(actions)) => actions.entries(),
        _ => None,
    };
    let (mut prevents, mut stops) = (false, false);
    for (name, argument) in &mut keywords {
        if let Argument::Trigger(trigger) = argument
            && name == "on_paste"
        {
            // The handler is called later, with what was pasted: the event is gone by then.
            prevents = std::mem::take(&mut trigger.prevent_default);
            stops = std::mem::take(&mut trigger.stop_propagation);
        }
    }
    if let Some(actions) = given {
        let asks = |wanted| {
            actions
                .iter()
                .any(|(name, value)| name == wanted && value.constant_truth() != Some(false))
        };
        (prevents, stops) = (asks("preventDefault"), asks("stopPropagation"));
    }
    let flags = [("prevent", prevents), ("stop", stops)];
    keywords.extend(
        flags
            .into_iter()
            .filter(|(_, set)| *set)
            .map(|(name, set)| (name.to_owned(), truth(set))),
    );
    make("clipboard", children(positional), keywords)
}

/// An input that tells its value once it was left alone for a while: the value and its event move
/// from the input to what stands around it.
pub(super) fn debounce_input(
    positional: Vec<Argument>,
    mut keywords: Keywords,
) -> Result<Node, PageError> {
    take(&mut keywords, "element");
    take(&mut keywords, "input_ref");
    let mut nodes = children(positional).into_iter();
    let (Some(Node::Element(input)), None) = (nodes.next(), nodes.next()) else {
        return Err(refuse(
            "debounce_input",
            "the child",
            "must be one input, such as rx.input or rx.text_area",
        ));
    };
    let mut input = Arc::unwrap_or_clone(input);
    let event = input
        .events
        .iter()
        .position(|(name, _)| name == "on_change");
    let Some(event) = event.map(|position| input.events.remove(position)) else {
        return Err(refuse(
            "debounce_input",
            "the child",
            "needs an on_change handler",
        ));
    };
    let value = input.props.iter().position(|(name, _)| name == "value");
    let value = value.map(|position| input.props.remove(position));
    let mut moved: Keywords = vec![(event.0, Argument::Trigger(event.1))];
    if let Some((name, Prop::Value(value))) = value {
        moved.push((name, Argument::Value(value)));
    }
    add_missing(&mut keywords, moved);
    // A row's key belongs to what stands outermost.
    if let Some(key) = input.key.take() {
        add_missing(
            &mut keywords,
            vec![("key".to_owned(), Argument::Value(key))],
        );
    }
    make(
        "debounce_input",
        vec![Node::Element(Arc::new(input))],
        keywords,
    )
}

/// A pulsing sign in the corner of the window.
pub(super) fn connection_pulser(
    _: Vec<Argument>,
    mut keywords: Keywords,
) -> Result<Node, PageError> {
    let looks = texts(&[
        ("animation", "ff-pulse 1s infinite"),
        ("bottom", "33px"),
        ("color", "crimson"),
        ("position", "fixed"),
        ("right", "33px"),
        ("size", "32"),
        ("z_index", "9999"),
    ]);
    add_missing(&mut keywords, looks);
    let icon = icon(
        vec![Argument::Value(crate::expr::Expr::text("wifi_off"))],
        keywords,
    )?;
    make("connection_pulser", vec![icon], vec![])
}
