//! Charts. Recharts looks among a chart's children for its parts, so that no component of the
//! page's own may stand between: a chart is one component, which reads the state for all its parts.

use super::{Generator, Place};
use crate::{
    PageError, catalogue,
    emit::{self, Reading, Selection},
    expr::Expr,
    node::{Element, Foreach, Node, Prop, StyleValue},
    types::Type,
};

impl Generator<'_> {
    /// Writes a chart with all its parts.
    pub(super) fn chart(
        &mut self,
        element: &Element,
        place: &mut Place<'_>,
    ) -> Result<String, PageError> {
        let moded = element_reads_color_mode(element);
        self.in_chart = true;
        let written = match place {
            Place::Page => self
                .component(moded, "", |generator, selection| {
                    generator.element(element, &mut Place::Row(selection))
                })
                .map(|name| self.call(&name, &[], vec![], None)),
            Place::Row(selection) => self.chart_in_row(element, moded, selection),
        };
        self.in_chart = false;
        written
    }

    fn chart_in_row(
        &mut self,
        element: &Element,
        moded: bool,
        selection: &mut Selection,
    ) -> Result<String, PageError> {
        let wrap = moded && !self.has_color_mode;
        self.has_color_mode |= wrap;
        let written = self.element(element, &mut Place::Row(selection));
        self.has_color_mode &= !wrap;
        let written = written?;
        Ok(if wrap {
            self.with_color_mode(&written)
        } else {
            written
        })
    }

    /// Writes a loop over a chart's parts: an array of them.
    pub(super) fn loop_in_chart(
        &mut self,
        each: &Foreach,
        selection: &mut Selection,
    ) -> Result<String, PageError> {
        let items = self
            .emitter(Reading::Selected(selection))
            .text(&each.iterable)?;
        let (item, index) = self.bind(each);
        self.depth += 1;
        let part = self.element(&keyed(each)?, &mut Place::Row(selection));
        self.depth -= 1;
        self.core.insert("py");
        Ok(format!(
            "py.iterate({items}).map(({item}, {index}) => {})",
            part?
        ))
    }
}

/// A loop's row with a key, as React wants it in an array.
fn keyed(each: &Foreach) -> Result<Element, PageError> {
    let index = || Some(Expr::local(each.index, Type::Int));
    if let Node::Element(element) = &each.body {
        let mut element = Element::clone(element);
        element.key = element.key.or_else(index);
        return Ok(element);
    }
    Ok(Element {
        entry: catalogue::require("fragment")?,
        props: vec![],
        style: vec![],
        events: vec![],
        class_name: None,
        id: None,
        key: index(),
        children: vec![each.body.clone()],
        additions: None,
    })
}

/// Whether an element or anything in it depends on the colour mode.
fn element_reads_color_mode(element: &Element) -> bool {
    let prop = |(_, prop): &(String, Prop)| match prop {
        Prop::Value(value) => emit::reads_color_mode(value),
        Prop::Node(node) => reads_color_mode(node),
        Prop::Templates(_) => false,
    };
    let plain = [&element.class_name, &element.id, &element.key];
    element.props.iter().any(prop)
        || element
            .style
            .iter()
            .any(|(_, value)| style_reads_color_mode(value))
        || plain.into_iter().flatten().any(emit::reads_color_mode)
        || element.children.iter().any(reads_color_mode)
}

fn style_reads_color_mode(value: &StyleValue) -> bool {
    match value {
        StyleValue::Value(value) => emit::reads_color_mode(value),
        StyleValue::Responsive(values) => values
            .iter()
            .any(|(_, value)| emit::reads_color_mode(value)),
        StyleValue::Nested(style) => style.iter().any(|(_, value)| style_reads_color_mode(value)),
    }
}

fn reads_color_mode(node: &Node) -> bool {
    match node {
        Node::Element(element) => element_reads_color_mode(element),
        Node::Text(text) => emit::reads_color_mode(text),
        Node::Fragment(nodes) => nodes.iter().any(reads_color_mode),
        Node::Cond(test, then, otherwise) => {
            emit::reads_color_mode(test) || reads_color_mode(then) || reads_color_mode(otherwise)
        }
        Node::Match(subject, cases, default) => {
            let case = |(patterns, node): &(Vec<Expr>, Node)| {
                patterns.iter().any(emit::reads_color_mode) || reads_color_mode(node)
            };
            emit::reads_color_mode(subject) || cases.iter().any(case) || reads_color_mode(default)
        }
        Node::Foreach(each) => {
            emit::reads_color_mode(&each.iterable) || reads_color_mode(&each.body)
        }
    }
}
