//! Components made of icons: icons by name, icon buttons, and what switches the colour mode.

use std::sync::Arc;

use ferroflex_state::Value;

use super::{
    Argument, Keywords, children,
    composed::{add_missing, make, take, text_argument, texts},
    element,
};
use crate::{
    PageError,
    catalogue::NAMED_ICON,
    expr::{Expr, ExprKind},
    node::{Action, CommandValue, Node, Prop, Trigger},
    types::Type,
};

/// An icon. A choice between names is a choice between icons: only those that are written out are
/// carried by the page.
pub(super) fn icon(positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    let tag = positional
        .into_iter()
        .next()
        .or_else(|| take(&mut keywords, "tag"));
    let icon_of = |tag: &Expr| icon(vec![Argument::Value(tag.clone())], keywords.clone());
    if let Some(Argument::Value(tag)) = &tag {
        match &*tag.kind {
            ExprKind::Cond(test, then, otherwise) => {
                let (then, otherwise) = (icon_of(then)?, icon_of(otherwise)?);
                return Ok(Node::Cond(
                    test.clone(),
                    Arc::new(then),
                    Arc::new(otherwise),
                ));
            }
            ExprKind::ColorMode(light, dark) => {
                let (light, dark) = (icon_of(light)?, icon_of(dark)?);
                return Ok(Node::Cond(is_light(), Arc::new(light), Arc::new(dark)));
            }
            ExprKind::Match(subject, cases, default) => {
                let case =
                    |(patterns, tag): &(Vec<Expr>, Expr)| Ok((patterns.clone(), icon_of(tag)?));
                let cases = cases.iter().map(case).collect::<Result<_, PageError>>()?;
                return Ok(Node::Match(
                    subject.clone(),
                    cases,
                    Arc::new(icon_of(default)?),
                ));
            }
            _ => {}
        }
    }
    match tag {
        Some(Argument::Value(name)) if name.constant().is_none() => named_icon(name, keywords),
        tag => {
            let tag = tag.map(|tag| ("tag".to_owned(), tag));
            make("icon", vec![], tag.into_iter().chain(keywords).collect())
        }
    }
}

/// An icon whose name only the state knows: the shell loads it when it is shown.
fn named_icon(name: Expr, mut keywords: Keywords) -> Result<Node, PageError> {
    if !matches!(
        name.ty.without_none(),
        Type::Str | Type::Any | Type::Union(_)
    ) {
        return Err(PageError::Prop {
            component: NAMED_ICON.name,
            prop: "tag".to_owned(),
            problem: format!("must be the name of an icon, not {}", name.ty),
        });
    }
    keywords.insert(0, ("name".to_owned(), Argument::Value(name)));
    element(&NAMED_ICON, vec![], keywords)
}

/// A button around one icon, whose name may stand for it, and whose size goes with the button's.
pub(super) fn icon_button(
    positional: Vec<Argument>,
    mut keywords: Keywords,
) -> Result<Node, PageError> {
    let content: Result<Vec<_>, _> = positional
        .into_iter()
        .map(|argument| match argument {
            Argument::Value(tag) if tag.constant_text().is_some() => {
                icon(vec![Argument::Value(tag)], vec![])
            }
            other => Ok(Node::Fragment(children(vec![other]))),
        })
        .collect();
    let mut content: Vec<_> = content?.into_iter().flat_map(flatten).collect();
    if let (Some(pixels), Some(Node::Element(first))) = (icon_size(&keywords), content.first_mut())
        && ["icon", NAMED_ICON.name].contains(&first.entry.name)
    {
        let first = Arc::make_mut(first);
        first.props.retain(|(name, _)| name != "size");
        first.props.push(("size".to_owned(), Prop::Value(pixels)));
    }
    add_icon_padding(&mut keywords);
    make("icon_button", content, keywords)
}

/// What keeps an icon from filling its button, in front of what the author gives.
fn add_icon_padding(keywords: &mut Keywords) {
    if !keywords.iter().any(|(name, _)| name == "padding") {
        keywords.splice(0..0, texts(&[("padding", "6px")]));
    }
}

fn flatten(node: Node) -> Vec<Node> {
    match node {
        Node::Fragment(nodes) => nodes,
        other => vec![other],
    }
}

/// The icon's size, in pixels, that goes with the button's.
fn icon_size(keywords: &Keywords) -> Option<Expr> {
    let size = keywords.iter().find_map(|(name, argument)| match argument {
        Argument::Value(size) if name == "size" => size.constant_text(),
        _ => None,
    });
    let pixels = match size {
        Some("1") => 12,
        Some("2") => 24,
        Some("3") => 36,
        Some("4") => 48,
        _ => return None,
    };
    Some(Expr::literal(Value::Int(pixels)))
}

/// What a screen reader says of a control that shows nothing but an icon.
const COLOR_MODE_LABEL: &str = "Dark mode";

/// True in light mode.
fn is_light() -> Expr {
    Expr::color_mode(
        Expr::literal(Value::Bool(true)),
        Expr::literal(Value::Bool(false)),
    )
}

fn toggle() -> Argument {
    Argument::Trigger(Trigger {
        actions: vec![Action::ToggleColorMode],
        ..Trigger::default()
    })
}

pub(super) fn color_mode_icon(_: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    let light = take(&mut keywords, "light_component");
    let dark = take(&mut keywords, "dark_component");
    let shown = |given: Option<Argument>, tag: &str| match given {
        Some(Argument::Node(node)) => Ok(node),
        _ => icon(vec![text_argument(tag)], keywords.clone()),
    };
    let (sun, moon) = (shown(light, "sun")?, shown(dark, "moon")?);
    Ok(Node::Cond(is_light(), Arc::new(sun), Arc::new(moon)))
}

/// A button that switches between light and dark; `position` may name a corner of the window.
pub(super) fn color_mode_button(
    positional: Vec<Argument>,
    mut keywords: Keywords,
) -> Result<Node, PageError> {
    let has_menu = matches!(
        take(&mut keywords, "allow_system"),
        Some(Argument::Value(allowed)) if allowed.constant_truth() != Some(false)
    );
    let mut content = children(positional);
    if content.is_empty() {
        content.push(color_mode_icon(vec![], vec![])?);
        add_missing(&mut keywords, texts(&[("aria_label", COLOR_MODE_LABEL)]));
    }
    let corner = match take(&mut keywords, "position") {
        Some(Argument::Value(position)) => corner(&position),
        _ => vec![],
    };
    add_missing(&mut keywords, corner);
    let looks = [
        ("background", "transparent"),
        ("color", "inherit"),
        ("z_index", "20"),
    ];
    add_missing(&mut keywords, texts(&looks));
    let hover = Expr::dict(vec![("cursor".to_owned(), Expr::text("pointer"))]);
    add_missing(
        &mut keywords,
        vec![("_hover".to_owned(), Argument::Value(hover))],
    );
    add_icon_padding(&mut keywords);
    if has_menu {
        let button = make("icon_button", content, keywords)?;
        return color_mode_menu(button);
    }
    add_missing(&mut keywords, vec![("on_click".to_owned(), toggle())]);
    make("icon_button", content, keywords)
}

/// A menu of all choices, behind a button.
fn color_mode_menu(button: Node) -> Result<Node, PageError> {
    let choice = |(title, mode): (&str, &str)| {
        let value = |text: &str| CommandValue::Value(Expr::text(text));
        let choose = Trigger {
            actions: vec![Action::Command(vec![
                ("c".to_owned(), value("color_mode")),
                ("mode".to_owned(), value(mode)),
            ])],
            ..Trigger::default()
        };
        make(
            "dropdown_menu.item",
            vec![Node::Text(Expr::text(title))],
            vec![("on_click".to_owned(), Argument::Trigger(choose))],
        )
    };
    let choices = [("Light", "light"), ("Dark", "dark"), ("System", "system")];
    let choices: Result<_, _> = choices.into_iter().map(choice).collect();
    let parts = vec![
        make("dropdown_menu.trigger", vec![button], vec![])?,
        make("dropdown_menu.content", choices?, vec![])?,
    ];
    make("dropdown_menu.root", parts, vec![])
}

/// The style that puts something in a corner of the window.
fn corner(position: &Expr) -> Keywords {
    let name = position.constant_text().unwrap_or_default();
    match name.split_once('-') {
        Some((vertical @ ("top" | "bottom"), horizontal @ ("left" | "right"))) => texts(&[
            ("position", "fixed"),
            (vertical, "2rem"),
            (horizontal, "2rem"),
        ]),
        _ => vec![("position".to_owned(), Argument::Value(position.clone()))],
    }
}

pub(super) fn color_mode_switch(
    _: Vec<Argument>,
    mut keywords: Keywords,
) -> Result<Node, PageError> {
    let checked = Expr::color_mode(
        Expr::literal(Value::Bool(false)),
        Expr::literal(Value::Bool(true)),
    );
    add_missing(
        &mut keywords,
        vec![("checked".to_owned(), Argument::Value(checked))],
    );
    add_missing(&mut keywords, vec![("on_change".to_owned(), toggle())]);
    add_missing(&mut keywords, texts(&[("aria_label", COLOR_MODE_LABEL)]));
    make("switch", vec![], keywords)
}
