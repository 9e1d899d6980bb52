//! `Component`: a finished part of the page, and the Python values that may stand inside one.
//!
//! Not here: how components are made of names and props (`factory.rs`).

use ferroflex_page::node::Node;
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyDict, PyFloat, PyInt, PyList, PyStr, PyTuple, PyType},
    function::FuncArgs,
    pyclass,
    types::{Constructor, Representable},
};

use super::{convert, event::EventHandler, factory::Factory, var::Var};

/// How deep lists of children may stand inside each other: a list that holds itself must end in
/// an error.
const DEPTH_MAX: usize = 64;

/// A Python `Component`.
#[pyclass(module = "reflex", name = "Component")]
#[derive(Debug, PyPayload)]
pub struct Component {
    /// What it is in the page's tree.
    pub node: Node,
}

impl Component {
    /// As a Python object.
    pub fn object(node: Node, vm: &VirtualMachine) -> PyObjectRef {
        Self { node }.into_ref(&vm.ctx).into()
    }
}

#[pyclass(with(Constructor, Representable), flags(BASETYPE, HAS_DICT))]
impl Component {}

impl Constructor for Component {
    type Args = FuncArgs;

    fn py_new(class: &Py<PyType>, _args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        Err(vm.new_not_implemented_error(format!(
            "{}: components of an app's own classes are not in Ferroflex yet; \
             write a function that returns a component",
            class.name()
        )))
    }
}

impl Representable for Component {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(match &zelf.node {
            Node::Element(element) => format!("<Component rx.{}>", element.entry.name),
            Node::Text(_) => "<Component text>".to_owned(),
            Node::Fragment(nodes) => format!("<Component of {}>", nodes.len()),
            Node::Cond(..) => "<Component rx.cond>".to_owned(),
            Node::Match(..) => "<Component rx.match>".to_owned(),
            Node::Foreach(_) => "<Component rx.foreach>".to_owned(),
        })
    }
}

/// The nodes of a component's positional arguments.
///
/// # Errors
/// `TypeError` naming `parent` for what cannot stand in a page.
pub(super) fn children(
    parent: &str,
    given: &[PyObjectRef],
    vm: &VirtualMachine,
) -> PyResult<Vec<Node>> {
    let mut nodes = Vec::with_capacity(given.len());
    for child in given {
        push_child(parent, child, &mut nodes, 0, vm)?;
    }
    Ok(nodes)
}

/// What a page function, `rx.cond` or `rx.foreach` was given, as one node.
///
/// # Errors
/// `TypeError` naming `parent` for what cannot stand in a page.
pub(super) fn node(parent: &str, given: &PyObject, vm: &VirtualMachine) -> PyResult<Node> {
    let mut nodes = Vec::with_capacity(1);
    push_child(parent, given, &mut nodes, 0, vm)?;
    Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::Fragment(nodes) })
}

fn push_child(
    parent: &str,
    child: &PyObject,
    nodes: &mut Vec<Node>,
    depth: usize,
    vm: &VirtualMachine,
) -> PyResult<()> {
    if let Some(component) = child.downcast_ref::<Component>() {
        nodes.push(component.node.clone());
    } else if child.downcast_ref::<PyStr>().is_some() || child.downcast_ref::<Var>().is_some() {
        nodes.push(Node::Text(convert::expression(child, vm)?));
    } else if vm.is_none(child) || child.class().is(vm.ctx.types.bool_type) {
        // Python's `condition and component` leaves these behind.
    } else if child.downcast_ref::<PyInt>().is_some() || child.downcast_ref::<PyFloat>().is_some() {
        nodes.push(Node::Text(convert::expression(child, vm)?));
    } else if let Some(elements) = elements(child) {
        if depth == DEPTH_MAX {
            return Err(vm.new_value_error(format!(
                "rx.{parent}: children nest deeper than {DEPTH_MAX} lists"
            )));
        }
        for element in elements {
            push_child(parent, &element, nodes, depth + 1, vm)?;
        }
    } else {
        return Err(not_a_child(parent, child, vm));
    }
    Ok(())
}

fn elements(object: &PyObject) -> Option<Vec<PyObjectRef>> {
    if let Some(list) = object.downcast_ref::<PyList>() {
        return Some(list.borrow_vec().to_vec());
    }
    object.downcast_ref::<PyTuple>().map(|tuple| tuple.as_slice().to_vec())
}

fn not_a_child(parent: &str, child: &PyObject, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let class = child.class().name().to_string();
    let hint = if child.downcast_ref::<Factory>().is_some() {
        "; call it, with () after its name"
    } else if child.downcast_ref::<PyDict>().is_some() {
        "; props are keyword arguments, a dictionary of them is given with **"
    } else if child.downcast_ref::<EventHandler>().is_some() {
        "; an event handler is given to an event trigger such as on_click"
    } else if child.is_callable() {
        "; call it to get the component"
    } else {
        ""
    };
    vm.new_type_error(format!(
        "rx.{parent}: a child must be a component, a Var, a string or a number, not {class}{hint}"
    ))
}
