//! `Component`: a finished part of the page, and the Python values that may stand inside one.
//!
//! Not here: how components are made of names and props (`factory.rs`).

use ferroflex_page::{Argument, node::Node};
use rustpython_vm::{
    Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine,
    builtins::{
        PyBaseExceptionRef, PyBool, PyDict, PyFloat, PyInt, PyList, PyStr, PyTuple, PyType,
        PyTypeRef,
    },
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
pub(crate) struct Component {
    /// What it is in the page's tree.
    pub(crate) node: Node,
}

impl Component {
    /// As a Python object.
    pub(crate) fn object(node: Node, vm: &VirtualMachine) -> PyObjectRef {
        Self { node }.into_ref(&vm.ctx).into()
    }
}

#[pyclass(with(Constructor, Representable), flags(BASETYPE, HAS_DICT))]
#[expect(
    clippy::needless_pass_by_value,
    reason = "functions that Python calls own their arguments"
)]
impl Component {
    /// What `rx.Component` subclasses are made by.
    #[pyclassmethod]
    fn create(class: PyTypeRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        drop(args);
        Err(own_class_error(&class, vm))
    }
}

impl Constructor for Component {
    type Args = FuncArgs;

    fn py_new(class: &Py<PyType>, _args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        Err(own_class_error(class, vm))
    }
}

fn own_class_error(class: &Py<PyType>, vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_not_implemented_error(format!(
        "{}: components of an app's own classes are not in Ferroflex yet; \
         write a function that returns a component",
        class.name()
    ))
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

/// A component's positional arguments: its children, or values that it makes children of, such as
/// the options of `rx.select(["a", "b"])`.
///
/// # Errors
/// `TypeError` naming `parent` for what cannot stand in a page.
pub(super) fn positional(
    parent: &str,
    given: &[PyObjectRef],
    vm: &VirtualMachine,
) -> PyResult<Vec<Argument>> {
    let mut arguments = Vec::with_capacity(given.len());
    for child in given {
        push_argument(parent, child, &mut arguments, 0, vm)?;
    }
    Ok(arguments)
}

/// The nodes of several children.
///
/// # Errors
/// `TypeError` naming `parent` for what cannot stand in a page.
pub(super) fn children(
    parent: &str,
    given: &[PyObjectRef],
    vm: &VirtualMachine,
) -> PyResult<Vec<Node>> {
    let list: PyObjectRef = vm.ctx.new_list(given.to_vec()).into();
    let mut nodes = Vec::with_capacity(given.len());
    push_nodes(parent, &list, &mut nodes, 0, vm)?;
    Ok(nodes)
}

/// What a page function, `rx.cond` or `rx.foreach` was given, as one node.
///
/// # Errors
/// `TypeError` naming `parent` for what cannot stand in a page.
pub(super) fn node(parent: &str, given: &PyObject, vm: &VirtualMachine) -> PyResult<Node> {
    let mut nodes = Vec::with_capacity(1);
    push_nodes(parent, given, &mut nodes, 0, vm)?;
    Ok(if nodes.len() == 1 {
        nodes.remove(0)
    } else {
        Node::Fragment(nodes)
    })
}

fn push_argument(
    parent: &str,
    child: &PyObject,
    arguments: &mut Vec<Argument>,
    depth: usize,
    vm: &VirtualMachine,
) -> PyResult<()> {
    if let Some(component) = child.downcast_ref::<Component>() {
        arguments.push(Argument::Node(component.node.clone()));
    } else if is_text(child) {
        arguments.push(Argument::Value(convert::expression(child, vm)?));
    } else if vm.is_none(child) || child.downcast_ref::<PyBool>().is_some() {
        // Python's `condition and component` leaves these behind.
    } else if is_number(child) {
        arguments.push(Argument::Value(convert::expression(child, vm)?));
    } else if let Some(elements) = elements(child) {
        if elements
            .iter()
            .all(|element| is_text(element) || is_number(element))
        {
            arguments.push(Argument::Value(convert::expression(child, vm)?));
            return Ok(());
        }
        check_depth(parent, depth, vm)?;
        for element in elements {
            push_argument(parent, &element, arguments, depth + 1, vm)?;
        }
    } else {
        return Err(not_a_child(parent, child, vm));
    }
    Ok(())
}

fn push_nodes(
    parent: &str,
    child: &PyObject,
    nodes: &mut Vec<Node>,
    depth: usize,
    vm: &VirtualMachine,
) -> PyResult<()> {
    if let Some(elements) = elements(child) {
        check_depth(parent, depth, vm)?;
        for element in elements {
            push_nodes(parent, &element, nodes, depth + 1, vm)?;
        }
        return Ok(());
    }
    let mut arguments = Vec::with_capacity(1);
    push_argument(parent, child, &mut arguments, depth, vm)?;
    nodes.extend(arguments.into_iter().filter_map(|argument| match argument {
        Argument::Node(node) => Some(node),
        Argument::Value(value) => Some(Node::Text(value)),
        Argument::Trigger(_) => None,
    }));
    Ok(())
}

fn check_depth(parent: &str, depth: usize, vm: &VirtualMachine) -> PyResult<()> {
    if depth < DEPTH_MAX {
        return Ok(());
    }
    let message = format!("rx.{parent}: children nest deeper than {DEPTH_MAX} lists");
    Err(vm.new_value_error(message))
}

fn is_text(child: &PyObject) -> bool {
    child.downcast_ref::<PyStr>().is_some() || child.downcast_ref::<Var>().is_some()
}

/// Whether it is a number; `bool`, which Python counts among them, is none here.
fn is_number(child: &PyObject) -> bool {
    (child.downcast_ref::<PyInt>().is_some() && child.downcast_ref::<PyBool>().is_none())
        || child.downcast_ref::<PyFloat>().is_some()
}

fn elements(object: &PyObject) -> Option<Vec<PyObjectRef>> {
    if let Some(list) = object.downcast_ref::<PyList>() {
        return Some(list.borrow_vec().to_vec());
    }
    object
        .downcast_ref::<PyTuple>()
        .map(|tuple| tuple.as_slice().to_vec())
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
