//! Components that are composed of others: each is a small function from its arguments to a tree.

use std::sync::Arc;

use ferroflex_state::Value;

use super::{
    Argument, Keywords, behaviour, children, content,
    controls::{checkbox, menu_radio, progress, radio, select, slider, switch},
    data::{data_editor, data_table},
    element,
    icons::{color_mode_button, color_mode_icon, color_mode_switch, icon, icon_button},
    links::marked,
    markdown::{markdown, markdown_root},
    primitives::{
        accordion_icon, accordion_item, drawer_button, drawer_content, form, primitive_progress,
    },
    upload::{upload, upload_root},
};
use crate::{
    PageError, catalogue,
    expr::{self, Expr},
    node::{Foreach, Node},
};

type Compose = fn(Vec<Argument>, Keywords) -> Result<Node, PageError>;

const COMPOSED: &[(&str, Compose)] = &[
    ("accordion.icon", accordion_icon),
    ("accordion.item", accordion_item),
    ("audio", content::player),
    ("callout", callout),
    ("checkbox", checkbox),
    ("clipboard", behaviour::clipboard),
    ("code_block", content::code_block),
    ("color_mode.button", color_mode_button),
    ("color_mode.icon", color_mode_icon),
    ("color_mode.switch", color_mode_switch),
    ("connection_pulser", behaviour::connection_pulser),
    ("container", container),
    ("context_menu.radio", menu_radio),
    ("data_editor", data_editor),
    ("data_table", data_table),
    ("debounce_input", behaviour::debounce_input),
    ("desktop_only", |children, props| {
        visible(children, props, [false, false, false, true])
    }),
    ("drawer.close", |children, props| {
        drawer_button("drawer.close", children, props)
    }),
    ("drawer.content", drawer_content),
    ("drawer.trigger", |children, props| {
        drawer_button("drawer.trigger", children, props)
    }),
    ("el.a", anchor),
    ("el.html", content::raw_html),
    ("el.image", image),
    ("el.img", image),
    ("el.script", |texts, props| {
        content::script("el.script", texts, props)
    }),
    ("form", form),
    ("html", content::raw_html),
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
    ("lucide.icon", icon),
    ("markdown", markdown),
    ("markdown.root", markdown_root),
    ("menu_button", menu_button),
    ("mobile_and_tablet", |items, props| {
        visible(items, props, [true, true, true, false])
    }),
    ("mobile_only", |children, props| {
        visible(children, props, [true, false, false, false])
    }),
    ("number_input", |children, props| {
        input_of("number", children, props)
    }),
    ("ordered_list", |items, props| {
        list("list.ordered", items, props)
    }),
    ("moment", content::moment),
    ("password", |children, props| {
        input_of("password", children, props)
    }),
    ("progress", progress),
    ("radio", radio),
    ("radio_group", radio),
    ("radix.primitives.progress", primitive_progress),
    ("script", |texts, props| {
        content::script("script", texts, props)
    }),
    ("select", select),
    ("slider", slider),
    ("switch", switch),
    ("tablet_and_desktop", |items, props| {
        visible(items, props, [false, true, true, true])
    }),
    ("tablet_only", |children, props| {
        visible(children, props, [false, true, true, false])
    }),
    ("tabs", tabs),
    ("tabs.root", tabs),
    ("theme", theme),
    ("toast.provider", toast_provider),
    ("upload", upload),
    ("upload.root", upload_root),
    ("unordered_list", |items, props| {
        list("list.unordered", items, props)
    }),
    ("video", content::player),
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
pub(super) fn copy_or(keywords: &Keywords, name: &str, default: &str) -> (String, Argument) {
    let given = keywords.iter().find(|(known, _)| known == name);
    given
        .cloned()
        .unwrap_or_else(|| (name.to_owned(), text_argument(default)))
}

/// The button of a menu, which was a component of its own in former versions.
fn menu_button(positional: Vec<Argument>, keywords: Keywords) -> Result<Node, PageError> {
    let button = make("button", children(positional), keywords)?;
    make("dropdown_menu.trigger", vec![button], vec![])
}

/// An input for one kind of text, which was a component of its own in former versions.
fn input_of(
    kind: &str,
    positional: Vec<Argument>,
    mut keywords: Keywords,
) -> Result<Node, PageError> {
    add_missing(&mut keywords, texts(&[("type", kind)]));
    make("input", children(positional), keywords)
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

/// A container, which may stretch the stacks in it over its whole width.
fn container(positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    let stretches = match take(&mut keywords, "stack_children_full_width") {
        Some(Argument::Value(value)) => value.constant_truth() == Some(true),
        _ => false,
    };
    if stretches {
        let stacks = vec![nested("& .rx-Stack", &[("width", "100%")])];
        add_missing(&mut keywords, stacks);
    }
    make("container", children(positional), keywords)
}

/// A keyword argument for style of what stands inside, under the author's own.
pub(super) fn nested(selector: &str, style: &[(&str, &str)]) -> (String, Argument) {
    let entries = style.iter();
    let entries = entries.map(|(name, value)| ((*name).to_owned(), Expr::text(*value)));
    let style = Argument::Value(Expr::dict(entries.collect()));
    (selector.to_owned(), style)
}

/// A link in HTML; Reflex calls its address `to`, too.
fn anchor(positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    if let Some(address) = take(&mut keywords, "to") {
        add_missing(&mut keywords, vec![("href".to_owned(), address)]);
    }
    make("el.a", children(positional), marked(keywords))
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
    make("link", children(positional), marked(keywords))
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
pub(super) fn each(
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

/// Tabs, which stand beside their contents when they are vertical.
fn tabs(positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    if keywords.iter().any(|(name, _)| name == "orientation") {
        let vertical = |part: &str| format!("&[data-orientation='vertical']{part}");
        let line = "inset -1px 0 0 0 var(--gray-a5)";
        let style = vec![
            nested(&vertical(""), &[("display", "flex")]),
            nested(
                &vertical(" > .rt-BaseTabList"),
                &[("display", "block"), ("box_shadow", line)],
            ),
            nested(
                &vertical(" > .rt-BaseTabList > .rt-BaseTabListTrigger"),
                &[("width", "100%")],
            ),
            nested(&vertical(" > .rt-TabsContent"), &[("width", "100%")]),
        ];
        add_missing(&mut keywords, style);
    }
    make("tabs.root", children(positional), keywords)
}

/// A theme around a part of the page.
fn theme(positional: Vec<Argument>, mut keywords: Keywords) -> Result<Node, PageError> {
    if let Some(mode) = take(&mut keywords, "color_mode") {
        keywords.retain(|(name, _)| name != "appearance");
        keywords.push(("appearance".to_owned(), mode));
    }
    let mut content = children(positional);
    if let Some(Argument::Value(panel)) = take(&mut keywords, "theme_panel")
        && panel.constant_truth() == Some(true)
    {
        content.insert(0, make("theme_panel", vec![], vec![])?);
    }
    make("theme", content, keywords)
}

/// How the shell's messages are shown. Without props there is nothing to say: the shell shows
/// messages on every page.
fn toast_provider(_: Vec<Argument>, keywords: Keywords) -> Result<Node, PageError> {
    if keywords.is_empty() {
        return make("fragment", vec![], vec![]);
    }
    make("toast.provider", vec![], keywords)
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
