//! `Component`: a finished part of the page, and the Python values that may stand inside one.
//!
//! Not here: how components are made of names and props (`factory.rs`).

use ferroflex_page::{Argument, node::Node};
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    builtins::{
        PyBaseExceptionRef, PyBool, PyDict, PyFloat, PyInt, PyList, PyStr, PyTuple, PyType,
        PyTypeRef,
    },
    function::FuncArgs,
    pyclass,
    types::{Constructor, GetAttr, Representable},
};

use super::{changes, convert, event::EventHandler, factory::Factory, own, var::Var};
use crate::limits::CHILDREN_DEPTH_MAX;

/// A Python `Component`.
#[pyclass(module = "reflex", name = "Component")]
#[derive(Debug, PyPayload)]
pub(crate) struct Component {
    /// What it is in the page's tree; `None` for an instance of an app's own class, which is what
    /// its attributes say when it is put on a page.
    made: Option<Node>,
}

impl Component {
    /// As a Python object.
    pub(crate) fn object(node: Node, vm: &VirtualMachine) -> PyObjectRef {
        let made = Some(node);
        Self { made }.into_ref(&vm.ctx).into()
    }

    /// What it is in the page's tree, where that is known without asking Python.
    pub(super) fn made(&self) -> Option<&Node> {
        self.made.as_ref()
    }
}

#[pyclass(with(Constructor, Representable, GetAttr), flags(BASETYPE, HAS_DICT))]
#[expect(
    clippy::needless_pass_by_value,
    reason = "functions that Python calls own their arguments"
)]
impl Component {
    /// The component with these children and props; subclasses may do more.
    #[pyclassmethod]
    fn create(class: PyTypeRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        own::create(&class, args, vm)
    }

    /// The event triggers of a class: the function of each tells what it gives its handlers.
    #[pyclassmethod]
    fn get_event_triggers(class: PyTypeRef, vm: &VirtualMachine) -> PyResult {
        own::call("event_triggers", (class,), vm)
    }

    /// The names of a class's own props.
    #[pyclassmethod]
    fn get_props(class: PyTypeRef, vm: &VirtualMachine) -> PyResult {
        own::call("declared", (class,), vm)?.get_attr("props", vm)
    }

    /// Changes attributes, and gives the component.
    #[pymethod]
    fn set(zelf: PyRef<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyRef<Self>> {
        for (name, value) in args.kwargs {
            zelf.as_object()
                .set_attr(&vm.ctx.new_str(name), value, vm)?;
        }
        Ok(zelf)
    }

    /// The name in the catalogue of what it is.
    #[pygetset]
    fn _catalogue_name(zelf: &Py<Self>) -> Option<&'static str> {
        own::catalogue_name(zelf)
    }

    #[pymethod]
    fn render(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult {
        own::call("render", (zelf,), vm)
    }

    #[pymethod]
    fn _render(zelf: PyRef<Self>, _args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        own::call("tag_of", (zelf,), vm)
    }

    #[pymethod]
    fn _exclude_props(_zelf: PyRef<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.ctx.new_list(vec![]).into()
    }

    #[pymethod]
    fn add_imports(_zelf: PyRef<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.ctx.new_dict().into()
    }

    #[pymethod]
    fn add_hooks(_zelf: PyRef<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.ctx.new_list(vec![]).into()
    }

    #[pymethod]
    fn add_custom_code(_zelf: PyRef<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.ctx.new_list(vec![]).into()
    }

    #[pymethod]
    fn add_style(_zelf: PyRef<Self>) {}

    #[pymethod]
    fn _get_imports(_zelf: PyRef<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.ctx.new_dict().into()
    }

    #[pymethod]
    fn _get_hooks(_zelf: PyRef<Self>) {}

    #[pymethod]
    fn _get_custom_code(_zelf: PyRef<Self>) {}

    #[pymethod]
    fn _get_dynamic_imports(_zelf: PyRef<Self>) {}
}

impl Constructor for Component {
    type Args = FuncArgs;

    fn py_new(class: &Py<PyType>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        if args.is_empty() {
            return Ok(Self { made: None });
        }
        let name = class.name();
        Err(vm.new_type_error(format!(
            "{name}(…) makes no component; write {name}.create(…)"
        )))
    }
}

impl GetAttr for Component {
    /// Attributes of a finished component that may be changed, `children` and its like, come to be
    /// when they are first asked for.
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        if let Some(found) = zelf.as_object().generic_getattr_opt(name, None, vm)? {
            return Ok(found);
        }
        if let Some(node) = &zelf.made
            && let Some(value) = changes::attribute(node, &name.to_string_lossy(), vm)?
        {
            zelf.as_object().set_attr(name, value.clone(), vm)?;
            return Ok(value);
        }
        zelf.as_object().generic_getattr(name, vm)
    }
}

impl Representable for Component {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        let Some(node) = &zelf.made else {
            return Ok(format!("<Component {}>", zelf.class().name()));
        };
        Ok(match node {
            Node::Element(element) => format!("<Component rx.{}>", element.entry.name),
            Node::Text(_) => "<Component text>".to_owned(),
            Node::Fragment(nodes) => format!("<Component of {}>", nodes.len()),
            Node::Cond(..) => "<Component rx.cond>".to_owned(),
            Node::Match(..) => "<Component rx.match>".to_owned(),
            Node::Foreach(_) => "<Component rx.foreach>".to_owned(),
        })
    }
}

/// What a component is in the page's tree, with what was changed of it since it was made.
///
/// # Errors
/// What is wrong with what was changed, and whatever the code of an app's own class raises.
pub(crate) fn node_of(component: &Py<Component>, vm: &VirtualMachine) -> PyResult<Node> {
    match &component.made {
        Some(node) => changes::applied(node, component.as_object(), vm),
        None => own::node(component.as_object(), vm),
    }
}

/// Whether it is a component, or a list that holds one.
pub(super) fn is_component(object: &PyObject) -> bool {
    object.downcast_ref::<Component>().is_some()
        || elements(object)
            .is_some_and(|elements| elements.iter().any(|element| is_component(element)))
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
        arguments.push(Argument::Node(node_of(component, vm)?));
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
        Argument::Trigger(_) | Argument::Templates(_) => None,
    }));
    Ok(())
}

fn check_depth(parent: &str, depth: usize, vm: &VirtualMachine) -> PyResult<()> {
    if depth < CHILDREN_DEPTH_MAX {
        return Ok(());
    }
    let message = format!("rx.{parent}: children nest deeper than {CHILDREN_DEPTH_MAX} lists");
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
