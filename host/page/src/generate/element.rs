//! Elements: their props, style and events, and the component that stands for them.

use super::{
    Generator, Place,
    event::Afterwards,
    own::{exprs, holds_hooks, needs_hooks_for},
    radix,
};
use crate::{
    PageError,
    catalogue::{Children, MOUNT, Source, UNMOUNT},
    emit::{self, Reading, Selection},
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

/// The icon that is drawn for a name that no icon has.
const UNKNOWN_ICON: &str = "circle-help";

/// Props whose value is a function, which an author gives as a text of JavaScript.
const FUNCTIONS: &[&str] = &["tick_formatter"];

/// Props that take the style of a component that does not hand a class on to what has the looks: a
/// chart's tooltip, or that sets a style itself, which would win: highlighted code.
const STYLE_PROPS: &[&str] = &["custom_style", "wrapper_style"];

/// What an element has of its own.
enum Own {
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
    fn exprs(&self) -> Vec<&Expr> {
        match self {
            Self::Value(value) | Self::Address(value) => vec![value],
            Self::Style(style) => style.iter().map(|(_, value)| value).collect(),
            Self::Node(_) | Self::Written(_) => vec![],
        }
    }
}

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

    /// The React component, imported or made.
    fn tag(&mut self, element: &Element) -> Result<String, PageError> {
        let tag = match element.entry.source {
            Source::Html => javascript::string(element.entry.tag),
            Source::Fragment => {
                self.core.insert("Fragment");
                "Fragment".to_owned()
            }
            Source::Radix => {
                let tag = element.entry.tag;
                let name = tag.split_once('.').map_or(tag, |(name, _)| name);
                let module = radix::module_of(name);
                self.modules.entry(module).or_default().insert(name);
                tag.to_owned()
            }
            Source::Recharts => self.themed("recharts", element.entry.tag),
            Source::Module(specifier) => self.themed(specifier, element.entry.tag),
            Source::Plain(specifier) => {
                let tag = element.entry.tag;
                self.modules.entry(specifier).or_default().insert(tag);
                tag.to_owned()
            }
            Source::Icon => self.icon(element)?,
            Source::Own(own) => self.own_tag(own, element)?,
        };
        Ok(match controlled_prop(element) {
            Some(prop) => {
                self.core.insert("controlled");
                self.constant(
                    "I",
                    format!("controlled({tag}, {})", javascript::string(&prop)),
                )
            }
            None => tag,
        })
    }

    /// A component of a module that has no theme of its own, but wants Radix's colours.
    fn themed(&mut self, module: &'static str, tag: &'static str) -> String {
        self.modules.entry(radix::BASE).or_default();
        self.modules.entry(module).or_default().insert(tag);
        tag.rsplit(' ').next().unwrap_or(tag).to_owned()
    }

    fn icon(&mut self, element: &Element) -> Result<String, PageError> {
        let tag = element.props.iter().find(|(name, _)| name == "tag");
        let name = match tag {
            Some((_, Prop::Value(tag))) => tag.constant_text(),
            _ => None,
        };
        let Some(name) = name else {
            return Err(PageError::Prop {
                component: "icon",
                prop: "tag".to_owned(),
                problem:
                    "must be the name of an icon, written out (rx.match chooses between icons)"
                        .to_owned(),
            });
        };
        let value = self.drawn(name)?;
        self.core.insert("icon");
        Ok(self.constant("i", value))
    }

    /// Writes an icon. As in Reflex another one stands for a name that no icon has: one that
    /// lucide renamed must not cost the page.
    fn drawn(&mut self, name: &str) -> Result<String, PageError> {
        let (name, drawing) = match (self.icons.find(name), self.icons.find(UNKNOWN_ICON)) {
            (Err(unknown), Ok(instead)) => {
                let warning = format!("{unknown} ({UNKNOWN_ICON} is shown instead)");
                self.warn(warning);
                instead
            }
            (found, _) => found?,
        };
        Ok(format!("icon({}, {drawing})", javascript::string(&name)))
    }

    /// What the element has of its own, under React's names.
    fn own(&mut self, element: &Element) -> Result<Vec<(String, Own)>, PageError> {
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
    fn props(
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

/// The React name of the prop whose value the user edits and the state holds, if there is one.
fn controlled_prop(element: &Element) -> Option<String> {
    element.entry.controlled.iter().find_map(|(name, trigger)| {
        let value = element.props.iter().find_map(|(prop, value)| match value {
            Prop::Value(value) if prop == name => Some(value),
            _ => None,
        })?;
        let told = element.events.iter().any(|(event, _)| event == trigger);
        (told && !emit::is_static(value)).then(|| react_name(element, name))
    })
}

fn react_name(element: &Element, name: &str) -> String {
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
