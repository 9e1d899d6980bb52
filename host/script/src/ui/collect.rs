//! The pages of an app, after its module was imported: what `app.add_page` and `@rx.page` noted
//! down, each page's function run once.
//!
//! A page whose function raises does not keep the others from being served. Not here: generation
//! of modules, routing.

use std::collections::BTreeSet;

use ferroflex_page::{
    ON_LOAD, PageHead, Route,
    expr::Expr,
    node::{Node, Prop, Trigger},
};
use ferroflex_state::{DictKey, Value};
use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyDict, PyDictRef, PyStr, PyType},
};

use super::{
    component::{self, Component},
    convert,
    factory::Factory,
    page_head,
    routes::{self, DeclaredPage},
    site::{self, Site},
    trigger,
    usage::take_called,
    wraps,
};
use crate::asgi::Served;

/// What an app's module declared.
#[derive(Debug, Default)]
pub(crate) struct CollectedApp {
    /// The pages whose functions ran.
    pub(crate) pages: Vec<CollectedPage>,
    /// The others.
    pub(crate) failures: Vec<PageFailure>,
    /// `rx.Config(default_color_mode=…)`: `light`, `dark` or `system`.
    pub(crate) color_mode: String,
    /// The props of `App(theme=rx.theme(…))` under their Python names.
    pub(crate) theme: Option<Vec<(String, Value)>>,
    /// `App(style={…})`: style props and selectors that hold for the whole page.
    pub(crate) style: Vec<(String, Expr)>,
    /// `App(style={rx.text: {…}})`: style props of every component of a name.
    pub(crate) component_styles: Vec<(String, Expr)>,
    /// Addresses of stylesheets.
    pub(crate) stylesheets: Vec<String>,
    /// Elements of the document's head.
    pub(crate) head: Vec<Node>,
    /// Attributes of the document's root element.
    pub(crate) root_attributes: Vec<(String, String)>,
    /// What stands around and beside the content of every page.
    pub(crate) around: Option<Node>,
    /// Whether messages are shown where no page has a place for them.
    pub(crate) has_toaster: bool,
    /// Whether the browser's own look is taken from elements.
    pub(crate) reset: bool,
    /// Where it is served and what search engines are told of it.
    pub(crate) site: Site,
    /// What is asked when a handler raises.
    pub(crate) exception_handler: Option<PyObjectRef>,
    /// What calls its handlers in its middleware.
    pub(crate) middleware: Option<PyObjectRef>,
    /// What it has besides its pages.
    pub(crate) served: Option<Served>,
}

/// A page.
#[derive(Debug)]
pub(crate) struct CollectedPage {
    /// The function's name, for messages.
    pub(crate) function: String,
    /// The route.
    pub(crate) route: Route,
    /// What it has in the document's head.
    pub(crate) head: PageHead,
    /// What happens when the page is opened.
    pub(crate) on_load: Trigger,
    /// The tree.
    pub(crate) node: Node,
    /// The names of the components that its function called.
    pub(crate) called: BTreeSet<String>,
    /// The file and the line in which its function begins.
    pub(crate) defined: Option<(String, usize)>,
}

/// A page that could not be made.
#[derive(Debug)]
pub(crate) struct PageFailure {
    /// The function's name.
    pub(crate) function: String,
    /// The route.
    pub(crate) route: String,
    /// What was raised.
    pub(crate) exception: PyBaseExceptionRef,
    /// The file and the line in which the function begins.
    pub(crate) defined: Option<(String, usize)>,
}

/// Runs the page functions that the app's module registered.
///
/// # Errors
/// What is wrong with the app as a whole; a page's own exception is among the failures.
pub(crate) fn collect_pages(vm: &VirtualMachine) -> PyResult<CollectedApp> {
    let module = vm.import("reflex.app", 0)?;
    let module = module.get_attr("app", vm)?;
    let declared = dict(vm.call_method(&module, "declared", ())?, vm)?;
    let mut collected = CollectedApp {
        color_mode: text(&*declared.get_item("default_color_mode", vm)?, vm)?,
        theme: theme(&declared, vm)?,
        stylesheets: stylesheets(&declared, vm)?,
        root_attributes: attributes(&dict(declared.get_item("html_attributes", vm)?, vm)?, vm)?,
        reset: declared.get_item("reset_style", vm)?.try_to_bool(vm)?,
        has_toaster: declared.get_item("has_toaster", vm)?.try_to_bool(vm)?,
        site: site::site(&*declared.get_item("site", vm)?, vm)?,
        ..CollectedApp::default()
    };
    (collected.style, collected.component_styles) = styles(&declared, vm)?;
    let head = vm.extract_elements_with(&*declared.get_item("head_components", vm)?, Ok)?;
    let exception_handler = declared.get_item("backend_exception_handler", vm)?;
    collected.exception_handler = vm.option_if_none(exception_handler);
    collected.middleware = vm.option_if_none(declared.get_item("middleware", vm)?);
    let served = vm.option_if_none(declared.get_item("served", vm)?);
    collected.served = served.map(|object| Served::read(object, vm)).transpose()?;
    collected.head = component::children("App", &head, vm)?;
    let pages = routes::declared_pages(&declared, &mut collected.failures, vm)?;
    collected.around = wraps::around(overlays(&declared, vm)?, &wraps::read(&declared, vm)?);
    for declared in pages {
        let component = declared.component.clone();
        let route = declared.route.to_string();
        match page(declared, vm) {
            Ok(page) => collected.pages.push(page),
            Err(exception) => {
                let failure = routes::failure(&component, route, exception, vm);
                collected.failures.push(failure);
            }
        }
    }
    Ok(collected)
}

fn page(declared: DeclaredPage, vm: &VirtualMachine) -> PyResult<CollectedPage> {
    let DeclaredPage {
        declaration,
        component,
        route,
    } = declared;
    let given = |key: &str| declaration.get_item(key, vm);
    drop(take_called());
    let root = if component.downcast_ref::<Component>().is_none() && component.is_callable() {
        component.call((), vm)?
    } else {
        component.clone()
    };
    if vm.is_none(&root) {
        return Err(vm.new_type_error(format!(
            "{}() gives None instead of a component; does it lack its `return`?",
            name(&component, vm)
        )));
    }
    let place = format!("page({route})");
    let node = component::node(&place, &root, vm)?;
    Ok(CollectedPage {
        function: name(&component, vm),
        head: page_head::head(&declaration, vm)?,
        on_load: trigger::trigger(&place, &ON_LOAD, &*given("on_load")?, vm)?,
        node: with_overlays(node, &page_head::scripts(&declaration, vm)?),
        called: take_called(),
        defined: defined(&component, vm),
        route,
    })
}

/// What stands over every page: components, or functions that return them.
fn overlays(declared: &PyDictRef, vm: &VirtualMachine) -> PyResult<Vec<Node>> {
    let declared = declared.get_item("overlay_components", vm)?;
    vm.extract_elements_with(&declared, |overlay: PyObjectRef| {
        let is_component = overlay.downcast_ref::<Component>().is_some();
        let made = if is_component || !overlay.is_callable() {
            overlay
        } else {
            overlay.call((), vm)?
        };
        component::node("App(overlay_component=)", &made, vm)
    })
}

fn with_overlays(page: Node, overlays: &[Node]) -> Node {
    if overlays.is_empty() {
        return page;
    }
    Node::Fragment(
        std::iter::once(page)
            .chain(overlays.iter().cloned())
            .collect(),
    )
}

/// The file and the line in which a function begins.
pub(super) fn defined(function: &PyObject, vm: &VirtualMachine) -> Option<(String, usize)> {
    let code = function.get_attr("__code__", vm).ok()?;
    let file = text(&*code.get_attr("co_filename", vm).ok()?, vm).ok()?;
    let line = code.get_attr("co_firstlineno", vm).ok()?;
    Some((file, line.try_into_value(vm).ok()?))
}

pub(super) fn name(function: &PyObject, vm: &VirtualMachine) -> String {
    let name = vm.get_attribute_opt(function, "__name__").ok().flatten();
    name.and_then(|name| text(&name, vm).ok())
        .unwrap_or_else(|| function.class().name().to_string())
}

pub(super) fn dict(object: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyDictRef> {
    object
        .downcast::<PyDict>()
        .map_err(|_| vm.new_type_error("a dictionary is expected"))
}

pub(super) fn text(object: &PyObject, vm: &VirtualMachine) -> PyResult<String> {
    Ok(object.str(vm)?.to_string_lossy().into_owned())
}

/// A dictionary as texts.
fn attributes(declared: &PyDictRef, vm: &VirtualMachine) -> PyResult<Vec<(String, String)>> {
    let pairs = declared.items_vec().into_iter();
    pairs
        .map(|(key, value)| Ok((text(&key, vm)?, text(&value, vm)?)))
        .collect()
}

fn theme(declared: &PyDictRef, vm: &VirtualMachine) -> PyResult<Option<Vec<(String, Value)>>> {
    let theme = declared.get_item("theme", vm)?;
    if vm.is_none(&theme) {
        return Ok(None);
    }
    if let Some(component) = theme.downcast_ref::<Component>() {
        return Ok(Some(constant_props(&component::node_of(component, vm)?)));
    }
    let Value::Dict(props) = convert::constant(&theme, vm)? else {
        return Err(vm.new_type_error("App(theme=) must be rx.theme(…)"));
    };
    let named = props.into_iter().map(|(key, value)| match key {
        DictKey::Str(name) => (name, value),
        other => (format!("{other:?}"), value),
    });
    Ok(Some(named.collect()))
}

/// The props of a theme that was made as a component (`rx.radix.themes.theme(…)`), those that
/// are constants.
fn constant_props(node: &Node) -> Vec<(String, Value)> {
    let Node::Element(element) = node else {
        return Vec::new();
    };
    let constant = |(name, prop): &(String, Prop)| match prop {
        Prop::Value(value) => Some((name.clone(), value.constant()?.clone())),
        _ => None,
    };
    element.props.iter().filter_map(constant).collect()
}

fn stylesheets(declared: &PyDictRef, vm: &VirtualMachine) -> PyResult<Vec<String>> {
    let addresses = declared.get_item("stylesheets", vm)?;
    vm.extract_elements_with(&addresses, |address| text(&address, vm))
}

/// The component that a factory or a class of the catalogue makes.
fn component_name(key: &PyObject, vm: &VirtualMachine) -> PyResult<Option<String>> {
    if let Some(factory) = key.downcast_ref::<Factory>() {
        return Ok(Some(factory.name().to_owned()));
    }
    let class = key.downcast_ref::<PyType>().map(AsObject::as_object);
    let name = class.map(|class| vm.get_attribute_opt(class, "_catalogue_class"));
    let name = name.transpose()?.flatten();
    name.map(|name| text(&name, vm)).transpose()
}

/// Styles by style prop or selector, and by component.
type Styles = (Vec<(String, Expr)>, Vec<(String, Expr)>);

fn styles(declared: &PyDictRef, vm: &VirtualMachine) -> PyResult<Styles> {
    let (mut page, mut components) = (Vec::new(), Vec::new());
    for (key, value) in dict(declared.get_item("style", vm)?, vm)?.items_vec() {
        let value = convert::expression(&value, vm)?;
        if let Some(name) = component_name(&key, vm)? {
            components.push((name, value));
        } else if key.downcast_ref::<PyStr>().is_some() {
            page.push((text(&key, vm)?, value));
        } else {
            return Err(vm.new_type_error(format!(
                "App(style=): a key must be a string or a component such as rx.text, not {}",
                key.class().name()
            )));
        }
    }
    Ok((page, components))
}
