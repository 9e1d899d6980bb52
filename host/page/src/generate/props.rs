//! What an element has of its own: its props, its style, its handlers.
//!
//! Not here: its component (`tag`), and its children and its place (`element`).

use super::{Generator, Place, event::Afterwards};
use crate::{
    PageError,
    emit::{Reading, Selection},
    expr::{Expr, ExprKind},
    javascript,
    node::{Element, Node, Prop, Trigger},
    style,
};

/// Props that hold an address, which may be one of the app.
const ADDRESSES: &[&str] = &["action", "href", "poster", "src"];

/// What a form does when it is sent.
const ON_SUBMIT: &str = "on_submit";

/// The tags of forms.
const FORMS: &[&str] = &["form", "FormRoot"];

/// Props that only Ferroflex reads.
const INTERNAL: &[&str] = &["is_external", "items", "reset_on_submit", "tag"];

/// Props whose value is a function, which an author gives as a text of JavaScript.
const FUNCTIONS: &[&str] = &["tick_formatter"];

/// Props that take the style of a component that does not hand a class on to what has the looks: a
/// chart's tooltip, or that sets a style itself, which would win: highlighted code.
const STYLE_PROPS: &[&str] = &["custom_style", "wrapper_style"];

/// What an element has of its own.
pub(super) enum Own {
    /// A value.
    Value(Expr),
    /// An address, which the app's base may have to stand before.
    Address(Expr),
    /// A component.
    Node(Node),
    /// Values set in `style`.
    Style(Vec<(String, Expr)>),
    /// A handler or a constant, already written.
    Written(String),
}

impl Own {
    pub(super) fn exprs(&self) -> Vec<&Expr> {
        match self {
            Self::Value(value) | Self::Address(value) => vec![value],
            Self::Style(style) => style.iter().map(|(_, value)| value).collect(),
            Self::Node(_) | Self::Written(_) => vec![],
        }
    }
}

impl Generator<'_> {
    /// What the element has of its own, under React's names.
    pub(super) fn own(&mut self, element: &Element) -> Result<Vec<(String, Own)>, PageError> {
        let entry = element.entry;
        self.used.look_at(element);
        self.used.style(self.app_style.of(entry.name));
        let mut own = Vec::new();
        let given = |name| element.props.iter().any(|(prop, _)| same_prop(prop, name));
        for (name, value) in entry.defaults {
            if !given(name) {
                own.push((react_name(element, name), Own::Value(Expr::text(*value))));
            }
        }
        for (name, value) in entry.literals {
            if !given(name) {
                own.push((react_name(element, name), Own::Written((*value).to_owned())));
            }
        }
        for (name, value) in &element.props {
            let internal = INTERNAL.contains(&name.as_str()) && entry.prop(name).is_some();
            if internal || entry.ignores(name) {
                continue;
            }
            let value = match value {
                Prop::Node(node) => Own::Node(node.clone()),
                Prop::Templates(templates) => Own::Written(self.templates(templates)?),
                Prop::Value(value) if value.items().is_some() => Own::Value(value.clone()),
                Prop::Value(value) if ADDRESSES.contains(&name.as_str()) => {
                    Own::Address(value.clone())
                }
                Prop::Value(value) => match value.constant_text() {
                    Some(source) if FUNCTIONS.contains(&name.as_str()) => {
                        Own::Written(format!("({source})"))
                    }
                    _ => Own::Value(value.clone()),
                },
            };
            own.push((react_name(element, name), value));
        }
        own.extend(
            element
                .id
                .clone()
                .map(|id| ("id".to_owned(), Own::Value(id))),
        );
        self.add_events(element, &mut own)?;
        self.add_style(element, &mut own);
        Ok(own)
    }

    fn add_style(&mut self, element: &Element, own: &mut Vec<(String, Own)>) {
        self.warn_of_typos(element);
        let entry = element.entry;
        let prop = STYLE_PROPS.iter().find(|name| entry.prop(name).is_some());
        let styled = if let Some(prop) = prop {
            let style = style::inline(&element.style);
            if !style.is_empty() {
                own.push((react_name(element, prop), Own::Style(style)));
            }
            style::Styled::default()
        } else {
            let style = self.app_style.under(entry.name, &element.style);
            self.sheet.add(entry.style, &style)
        };
        let classes = [Some(entry.class_name), styled.class_name.as_deref()];
        let class_name = join_classes(classes, element.class_name.as_ref());
        own.extend(class_name.map(|class| ("className".to_owned(), Own::Value(class))));
        if !styled.inline.is_empty() {
            own.push(("style".to_owned(), Own::Style(styled.inline)));
        }
    }

    fn add_events(
        &mut self,
        element: &Element,
        own: &mut Vec<(String, Own)>,
    ) -> Result<(), PageError> {
        let resets = element.props.iter().any(|(name, value)| {
            let on = |value: &Expr| value.constant_truth() != Some(false);
            name == "reset_on_submit" && matches!(value, Prop::Value(value) if on(value))
        });
        // A form without a handler must not have the browser leave the page.
        let is_sent = |(name, _): &(String, Trigger)| name == ON_SUBMIT;
        let is_form = FORMS.contains(&element.entry.tag);
        let unsent = (is_form && !element.events.iter().any(is_sent))
            .then(|| (ON_SUBMIT.to_owned(), Trigger::default()));
        for (name, trigger) in element.events.iter().chain(&unsent) {
            let spec = element.entry.require_trigger(name)?;
            if spec.javascript.is_empty() {
                continue;
            }
            let reset = resets && name == ON_SUBMIT;
            let afterwards = if reset {
                Afterwards::Reset
            } else {
                Afterwards::Nothing
            };
            let handler = self.handler(spec, trigger, afterwards)?;
            own.push((spec.javascript.to_owned(), Own::Written(handler)));
        }
        Ok(())
    }

    /// Writes what the element has of its own.
    pub(super) fn props(
        &mut self,
        own: &[(String, Own)],
        selection: &mut Selection,
        in_row: bool,
    ) -> Result<Vec<(String, String)>, PageError> {
        let mut props = Vec::with_capacity(own.len());
        for (name, value) in own {
            props.push((name.clone(), self.own_value(value, selection, in_row)?));
        }
        Ok(props)
    }

    fn own_value(
        &mut self,
        own: &Own,
        selection: &mut Selection,
        in_row: bool,
    ) -> Result<String, PageError> {
        match own {
            Own::Value(value) => self.emitter(Reading::Selected(selection)).text(value),
            Own::Address(address) => self.address(address, selection),
            Own::Style(style) => {
                let mut written = Vec::with_capacity(style.len());
                for (name, value) in style {
                    let value = self.emitter(Reading::Selected(selection)).text(value)?;
                    written.push((name.as_str(), value));
                }
                Ok(javascript::object(written.into_iter()))
            }
            Own::Node(node) if in_row => self.node(node, &mut Place::Row(selection)),
            Own::Node(node) => self.on_page(node),
            Own::Written(handler) => Ok(handler.clone()),
        }
    }

    /// Writes an address, with the app's base before one that is the app's own.
    fn address(&mut self, address: &Expr, selection: &mut Selection) -> Result<String, PageError> {
        if self.base.is_empty() {
            return self.emitter(Reading::Selected(selection)).text(address);
        }
        if let Some(text) = address.constant_text() {
            let own = text.starts_with('/') && !text.starts_with("//");
            let base = if own { self.base } else { "" };
            return Ok(javascript::string(&format!("{base}{text}")));
        }
        let written = self.emitter(Reading::Selected(selection)).text(address)?;
        let base = javascript::string(self.base);
        let helper = self.helper(
            "inApp",
            &format!("const inApp = (to) => /^\\/(?!\\/)/.test(to) ? {base} + to : to;"),
        );
        Ok(format!("{helper}({written})"))
    }
}

/// The name that React has for a prop.
pub(super) fn react_name(element: &Element, name: &str) -> String {
    element
        .entry
        .prop(name)
        .map_or_else(|| name.to_owned(), std::borrow::Cow::into_owned)
}

fn same_prop(one: &str, other: &str) -> bool {
    one.trim_end_matches('_') == other.trim_end_matches('_')
}

/// The class names, constant ones first.
fn join_classes(constant: [Option<&str>; 2], given: Option<&Expr>) -> Option<Expr> {
    let mut known: Vec<&str> = constant
        .into_iter()
        .flatten()
        .filter(|class| !class.is_empty())
        .collect();
    let Some(given) = given else {
        return (!known.is_empty()).then(|| Expr::text(known.join(" ")));
    };
    if let Some(text) = given.constant_text() {
        known.push(text);
        return Some(Expr::text(known.join(" ")));
    }
    if known.is_empty() {
        return Some(given.clone());
    }
    let parts = vec![Expr::text(format!("{} ", known.join(" "))), given.clone()];
    Some(Expr::new(ExprKind::Format(parts), crate::types::Type::Str))
}
