//! What a page uses of stylesheets, as far as its text does not tell: which components, whose
//! colours, which classes, and whether it computes some of it.
//!
//! Not here: colours and classes that are named in the page's text, for which the stylesheet's
//! maker looks itself.

use std::collections::BTreeSet;

use crate::{
    catalogue::{Entry, Source},
    expr::{Expr, ExprKind},
    node::{Element, Prop, StyleValue},
    style,
    types::Type,
};

/// What a page uses of stylesheets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Used {
    /// The components of Radix, by the first part of their names: `Select`, `Button`.
    pub components: BTreeSet<String>,
    /// The accent colours of its themes.
    pub accents: BTreeSet<String>,
    /// Whether only the browser knows one of its colours.
    pub computes_colors: bool,
    /// Whether a prop of a component has a value by the window's width.
    pub is_responsive: bool,
    /// The words of what is written in `class_name=`.
    pub class_names: BTreeSet<String>,
    /// Whether a `class_name=` reads the state.
    pub computes_class_names: bool,
}

/// The accent colour of a theme that names none.
const DEFAULT_ACCENT: &str = "indigo";

/// The component that sets colours for what is in it.
const THEME: &str = "Theme";

/// The component with which a visitor chooses among all colours.
const THEME_PANEL: &str = "ThemePanel";

/// What the names of props with a colour have in them.
const COLORS: &[&str] = &[
    "accent",
    "background",
    "bg",
    "border",
    "caret",
    "color",
    "fill",
    "filter",
    "outline",
    "shadow",
    "stroke",
];

impl Used {
    /// Takes in what one imports from a module of Radix's components.
    pub(super) fn import(&mut self, name: &str) {
        let first = name.split([' ', '.']).next().unwrap_or(name);
        self.computes_colors |= first == THEME_PANEL;
        self.components.insert(first.to_owned());
    }

    /// Takes in the page's own theme.
    pub(super) fn theme(&mut self, accent: Option<&str>) {
        self.accents
            .insert(accent.unwrap_or(DEFAULT_ACCENT).to_owned());
    }

    /// Takes in an element's props and style.
    pub(super) fn look_at(&mut self, element: &Element) {
        let entry = element.entry;
        for (name, prop) in &element.props {
            let Prop::Value(value) = prop else { continue };
            self.computes_colors |= is_color(name) && !is_known(value);
            self.is_responsive |= entry.source == Source::Radix && may_vary_by_width(value);
            if entry.tag == THEME && name == "accent_color" {
                self.accents.extend(texts(value));
            }
        }
        self.is_responsive |= has_responsive_literal(entry);
        self.style(&element.style);
        if let Some(class_name) = &element.class_name {
            self.class_name(class_name);
        }
    }

    fn class_name(&mut self, value: &Expr) {
        if let Some(text) = value.constant_text() {
            let words = text.split_whitespace().map(str::to_owned);
            self.class_names.extend(words);
        }
        let reads = matches!(
            *value.kind,
            ExprKind::Field(_) | ExprKind::Local(_) | ExprKind::Raw(_)
        );
        self.computes_class_names |= reads;
        for part in value.parts() {
            self.class_name(part);
        }
    }

    /// Takes in style props.
    pub(super) fn style(&mut self, style: &[(String, StyleValue)]) {
        for (name, value) in style {
            match value {
                StyleValue::Nested(inner) => self.style(inner),
                StyleValue::Value(value) => self.color(name, value),
                StyleValue::Responsive(values) => {
                    for (_, value) in values {
                        self.color(name, value);
                    }
                }
            }
        }
    }

    fn color(&mut self, name: &str, value: &Expr) {
        self.computes_colors |= is_color(name) && !is_known(value);
    }
}

fn is_color(name: &str) -> bool {
    name.starts_with("--") || COLORS.iter().any(|part| name.contains(part))
}

/// Whether every text that the value may be is written on the page, or it is no text at all.
fn is_known(value: &Expr) -> bool {
    if value.constant().is_some() {
        return true;
    }
    match &*value.kind {
        ExprKind::Format(parts) | ExprKind::List(parts) => parts.iter().all(is_known),
        ExprKind::Dict(entries) => entries.iter().all(|(_, value)| is_known(value)),
        _ => {
            let branches = style::branches(value);
            let is_chosen = !branches.is_empty() && branches.iter().all(is_known);
            is_chosen || is_scalar(&value.ty)
        }
    }
}

/// Whether values are numbers or truths, which name no colour.
fn is_scalar(ty: &Type) -> bool {
    matches!(
        ty.without_none(),
        Type::Bool | Type::Int | Type::Float | Type::None
    )
}

/// Whether the value is, or only the browser knows whether it is, one for each of some widths.
fn may_vary_by_width(value: &Expr) -> bool {
    if value.entries().is_some() || value.items().is_some() {
        return true;
    }
    let branches = style::branches(value);
    if !branches.is_empty() {
        return branches.iter().any(may_vary_by_width);
    }
    value.constant().is_none() && matches!(value.ty, Type::Dict(..) | Type::List(_))
}

fn has_responsive_literal(entry: &Entry) -> bool {
    let values = entry.literals.iter().map(|(_, value)| value);
    entry.source == Source::Radix && values.into_iter().any(|value| value.contains("initial"))
}

/// The texts that the value may be, as far as they are written out.
fn texts(value: &Expr) -> Vec<String> {
    match value.constant_text() {
        Some(text) => vec![text.to_owned()],
        None => style::branches(value).iter().flat_map(texts).collect(),
    }
}
