//! Finished components that Python code changes: `component.children.append(…)`,
//! `component.style["color"] = …`, `component.class_name = …`.
//!
//! What may be changed becomes an attribute of the object when it is first asked for or set; when
//! the component is put on a page, it holds instead of what the component was made with. A component
//! of which nothing was asked costs nothing. Not here: instances of an app's own classes.

use std::sync::Arc;

use ferroflex_page::{
    expr::Expr,
    node::{Element, Node, Prop, StyleValue},
    style_entries,
};
use ferroflex_state::Value;
use rustpython_vm::{
    PyObject, PyObjectRef, PyResult, VirtualMachine, builtins::PyDictRef, convert::ToPyObject,
};

use super::{
    component::{self, Component},
    convert,
    var::Var,
};
use crate::convert::from_value;

/// An attribute that may be changed, as it was when the component was made.
///
/// # Errors
/// What making the Python values raises.
pub(super) fn attribute(
    node: &Node,
    name: &str,
    vm: &VirtualMachine,
) -> PyResult<Option<PyObjectRef>> {
    let Node::Element(element) = node else {
        return Ok((name == "children").then(|| children(children_of(node), vm)));
    };
    let value = |value: &Option<Expr>| match value {
        Some(value) => object(value, vm),
        None => Ok(vm.ctx.none()),
    };
    Ok(Some(match name {
        "children" => children(&element.children, vm),
        "style" => style(&element.style, vm)?.into(),
        "class_name" => value(&element.class_name)?,
        "id" => value(&element.id)?,
        "key" => value(&element.key)?,
        _ => return Ok(None),
    }))
}

/// The node with what was changed.
///
/// # Errors
/// `TypeError` for what cannot stand where it was put.
pub(super) fn applied(node: &Node, object: &PyObject, vm: &VirtualMachine) -> PyResult<Node> {
    let Some(changed) = object.dict().filter(|changed| !changed.is_empty()) else {
        return Ok(node.clone());
    };
    let changed = Changed { changed, vm };
    match node {
        Node::Element(element) => changed.element(element),
        Node::Fragment(_) => Ok(match changed.children("fragment")? {
            Some(nodes) => Node::Fragment(nodes),
            None => node.clone(),
        }),
        _ => Ok(node.clone()),
    }
}

struct Changed<'a> {
    changed: PyDictRef,
    vm: &'a VirtualMachine,
}

impl Changed<'_> {
    fn element(&self, element: &Arc<Element>) -> PyResult<Node> {
        let mut element = Element::clone(element);
        if let Some(children) = self.children(element.entry.name)? {
            element.children = children;
        }
        if let Some(style) = self.value("style")? {
            let entries = if is_none(&style) {
                Some(Vec::new())
            } else {
                style_entries(&style)
            };
            let entries = entries.ok_or_else(|| {
                self.vm
                    .new_type_error("a component's style must be a dictionary")
            })?;
            let entry = |(name, value): (String, Expr)| (name, StyleValue::from_expr(&value));
            element.style = entries.into_iter().map(entry).collect();
        }
        let places = [
            ("class_name", &mut element.class_name),
            ("id", &mut element.id),
            ("key", &mut element.key),
        ];
        for (name, place) in places {
            if let Some(value) = self.value(name)? {
                *place = Some(value).filter(|value| !is_none(value));
            }
        }
        self.props(&mut element)?;
        Ok(Node::Element(Arc::new(element)))
    }

    /// Props that were set as attributes.
    fn props(&self, element: &mut Element) -> PyResult<()> {
        for (name, value) in &self.changed {
            let name = name.str(self.vm)?.to_string_lossy().into_owned();
            if element.entry.prop(&name).is_none() {
                continue;
            }
            element.props.retain(|(known, _)| *known != name);
            if !self.vm.is_none(&value) {
                let value = convert::expression(&value, self.vm)?;
                element.props.push((name, Prop::Value(value)));
            }
        }
        Ok(())
    }

    fn children(&self, parent: &str) -> PyResult<Option<Vec<Node>>> {
        let Some(children) = self.changed.get_item_opt("children", self.vm)? else {
            return Ok(None);
        };
        let children = self.vm.extract_elements_with(&children, Ok)?;
        component::children(parent, &children, self.vm).map(Some)
    }

    /// A changed attribute.
    fn value(&self, name: &'static str) -> PyResult<Option<Expr>> {
        let value = self.changed.get_item_opt(name, self.vm)?;
        value
            .map(|value| convert::expression(&value, self.vm))
            .transpose()
    }
}

/// Whether it is the constant None.
fn is_none(value: &Expr) -> bool {
    matches!(value.constant(), Some(Value::None))
}

fn children_of(node: &Node) -> &[Node] {
    match node {
        Node::Fragment(nodes) => nodes,
        _ => &[],
    }
}

fn children(nodes: &[Node], vm: &VirtualMachine) -> PyObjectRef {
    let object = |node: &Node| Component::object(node.clone(), vm);
    vm.ctx.new_list(nodes.iter().map(object).collect()).into()
}

fn style(style: &[(String, StyleValue)], vm: &VirtualMachine) -> PyResult<PyDictRef> {
    let dict = vm.ctx.new_dict();
    for (name, value) in style {
        let value = match value {
            StyleValue::Value(value) => object(value, vm)?,
            StyleValue::Responsive(values) => {
                let by_width = vm.ctx.new_dict();
                for (width, value) in values {
                    by_width.set_item(width.as_str(), object(value, vm)?, vm)?;
                }
                by_width.into()
            }
            StyleValue::Nested(nested) => self::style(nested, vm)?.into(),
        };
        dict.set_item(name.as_str(), value, vm)?;
    }
    Ok(dict)
}

fn object(value: &Expr, vm: &VirtualMachine) -> PyResult {
    match value.constant() {
        Some(constant) => from_value(constant, vm).map(|value| value.to_pyobject(vm)),
        None => Ok(Var::object(value.clone(), vm)),
    }
}
