//! Elements: where they stand, and the component that is made of one that reads state.
//!
//! Not here: the React component that stands for it (`tag`), and its props, style and events
//! (`props`).

use super::{
    Generator, Place,
    event::Afterwards,
    own::{exprs, holds_hooks, needs_hooks_for},
    props::Own,
};
use crate::{
    PageError,
    catalogue::{Children, MOUNT, Source, UNMOUNT},
    emit::{self, Reading, Selection},
    expr::Expr,
    javascript,
    node::{Element, Node},
};

/// An element to be written in a row.
struct RowElement<'e> {
    element: &'e Element,
    tag: String,
    own: Vec<(String, Own)>,
    children: Vec<String>,
    moded: bool,
    /// The name of props from outside that are joined with its own.
    given: Option<&'static str>,
}

impl Generator<'_> {
    /// Writes an element.
    pub(super) fn element(
        &mut self,
        element: &Element,
        place: &mut Place<'_>,
    ) -> Result<String, PageError> {
        self.components.insert(element.entry.name);
        if element.entry.source == Source::Recharts && !self.in_chart {
            return self.chart(element, place);
        }
        if let Some(additions) = &element.additions {
            self.add_to_module(element.entry.name, additions)?;
        }
        let outer = self.in_hooks;
        let written = self.element_in(element, place, outer);
        self.in_hooks = outer;
        written
    }

    /// Writes an element where names of hooks may be read (`in_hooks`), or may not.
    fn element_in(
        &mut self,
        element: &Element,
        place: &mut Place<'_>,
        in_hooks: bool,
    ) -> Result<String, PageError> {
        let given = self.given.take();
        let tag = self.tag(element)?;
        let (holds_hooks, hooked) = (holds_hooks(element), needs_hooks_for(element));
        self.in_hooks = in_hooks || holds_hooks || hooked;
        let mut own = self.own(element)?;
        if holds_hooks && matches!(place, Place::Page) {
            return self.around_hooks(element, &tag, own);
        }
        self.in_hooks = in_hooks || holds_hooks;
        let text = only_text(element);
        let mut children = match &text {
            Some(_) => vec![],
            None => self.nodes(&element.children, place)?,
        };
        own.extend(text.map(|text| ("children".to_owned(), Own::Value(text))));
        let life = self.lifecycle(element)?;
        let holds_life = life.is_some() && can_hold_more(element);
        children.extend(life.clone().filter(|_| holds_life));
        let own_exprs: Vec<&Expr> = own.iter().flat_map(|(_, own)| own.exprs()).collect();
        let moded = own_exprs.iter().any(|expr| emit::reads_color_mode(expr));
        let is_static = !hooked && own_exprs.iter().all(|expr| emit::is_static(expr));
        let written = match place {
            Place::Row(selection) => {
                let row = RowElement {
                    element,
                    tag,
                    own,
                    children,
                    moded,
                    given,
                };
                self.element_in_row(row, selection)?
            }
            Place::Page if is_static => {
                self.add_needs(element.entry.name, exprs(element))?;
                let props = self.props(&own, &mut Selection::default(), false)?;
                let key = self.key(element, Reading::Now)?;
                self.call(&tag, &props, children, key)
            }
            Place::Page => {
                self.in_hooks |= hooked;
                let name = self.component(moded, "p", |generator, selection| {
                    generator.hooks(element, selection)?;
                    let props = generator.props(&own, selection, false)?;
                    generator.core.extend(["jsx", "merge"]);
                    let props = props
                        .iter()
                        .map(|(name, value)| (name.as_str(), value.clone()));
                    Ok(format!(
                        "jsx({tag}, merge(p, {}))",
                        javascript::object(props)
                    ))
                })?;
                let key = self.key(element, Reading::Now)?;
                self.call(&name, &[], children, key)
            }
        };
        let beside = life.filter(|_| !holds_life);
        Ok(self.fragment(std::iter::once(written).chain(beside).collect()))
    }

    /// Writes an element whose class has hooks, as a component of its own with all that stands in
    /// it, so that the children may read the names of the hooks too.
    fn around_hooks(
        &mut self,
        element: &Element,
        tag: &str,
        mut own: Vec<(String, Own)>,
    ) -> Result<String, PageError> {
        let text = only_text(element);
        let inside = if text.is_some() {
            &[][..]
        } else {
            &element.children
        };
        own.extend(text.map(|text| ("children".to_owned(), Own::Value(text))));
        let moded = own
            .iter()
            .flat_map(|(_, own)| own.exprs())
            .any(emit::reads_color_mode);
        let name = self.component(moded, "p", |generator, selection| {
            generator.hooks(element, selection)?;
            let mut props = generator.props(&own, selection, true)?;
            let mut children = generator.nodes(inside, &mut Place::Row(selection))?;
            children.extend(generator.lifecycle(element)?);
            let function = if children.len() > 1 { "jsxs" } else { "jsx" };
            generator.core.extend([function, "merge"]);
            let children = match children.len() {
                0 => None,
                1 => children.pop(),
                _ => Some(javascript::array(children)),
            };
            props.extend(children.map(|children| ("children".to_owned(), children)));
            let props = props
                .iter()
                .map(|(name, value)| (name.as_str(), value.clone()));
            let props = javascript::object(props);
            Ok(format!("{function}({tag}, merge(p, {props}))"))
        })?;
        let key = self.key(element, Reading::Now)?;
        Ok(self.call(&name, &[], vec![], key))
    }

    fn element_in_row(
        &mut self,
        row: RowElement<'_>,
        selection: &mut Selection,
    ) -> Result<String, PageError> {
        let wrap = row.moded && !self.has_color_mode;
        self.has_color_mode |= wrap;
        // A chart is one component with all its parts, which takes their hooks.
        let outer = (!self.in_chart).then(|| self.set_hooks_aside());
        self.hooks(row.element, selection)?;
        let props = self.props(&row.own, selection, true);
        let hooks = outer.map_or_else(String::new, |outer| self.take_hooks(outer));
        self.has_color_mode &= !wrap;
        let key = self.key(row.element, Reading::Selected(selection))?;
        let written = match row.given {
            Some(given) => self.call_with(given, &row.tag, &props?, row.children),
            None => self.call(&row.tag, &props?, row.children, key),
        };
        let written = self.with_hooks(written, &hooks);
        Ok(if wrap {
            self.with_color_mode(&written)
        } else {
            written
        })
    }

    /// Notes the hooks of an element's class and of its expressions.
    fn hooks(&mut self, element: &Element, selection: &mut Selection) -> Result<(), PageError> {
        let component = element.entry.name;
        self.add_needs(component, exprs(element))?;
        match &element.additions {
            Some(additions) => self.add_hooks(additions, selection),
            None => Ok(()),
        }
    }

    fn key(
        &mut self,
        element: &Element,
        reading: Reading<'_>,
    ) -> Result<Option<String>, PageError> {
        let key = element.key.as_ref();
        key.map(|key| self.emitter(reading).text(key)).transpose()
    }

    /// The element that tells when the element around it comes and goes.
    fn lifecycle(&mut self, element: &Element) -> Result<Option<String>, PageError> {
        let mut props = Vec::new();
        for (name, prop) in [(MOUNT, "mount"), (UNMOUNT, "unmount")] {
            let given = element.events.iter().find(|(event, _)| event == name);
            if let Some((_, trigger)) = given {
                let spec = element.entry.require_trigger(name)?;
                let handler = self.handler(spec, trigger, Afterwards::Nothing)?;
                props.push((prop.to_owned(), handler));
            }
        }
        if props.is_empty() {
            return Ok(None);
        }
        self.core.insert("useEffect");
        let helper = self.helper(
            "Lifecycle",
            "function Lifecycle(p) { \
             useEffect(() => { p.mount?.(); return () => { p.unmount?.(); }; }, []); \
             return null; }",
        );
        Ok(Some(self.call(helper, &props, vec![], None)))
    }
}

/// The content of an element that holds text only.
fn only_text(element: &Element) -> Option<Expr> {
    if element.entry.children != Children::Text {
        return None;
    }
    let text = |node: &Node| match node {
        Node::Text(text) => Some(text.clone()),
        _ => None,
    };
    let mut texts: Vec<Expr> = element.children.iter().map(text).collect::<Option<_>>()?;
    match texts.len() {
        0 => None,
        1 => texts.pop(),
        _ => Some(Expr::format(texts)),
    }
}

/// Whether one more child does no harm: a component that hands its props to its only child must
/// not get a second one.
fn can_hold_more(element: &Element) -> bool {
    let hands_on =
        element.entry.tag.contains('.') || element.props.iter().any(|(name, _)| name == "as_child");
    element.entry.children == Children::Any && !hands_on
}
