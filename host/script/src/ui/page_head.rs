//! What a page's options put into the document's head, and the scripts that they add to the page.

use ferroflex_page::{
    PageHead, create,
    expr::Expr,
    node::{Element, Node, Prop},
};
use ferroflex_state::Value;
use rustpython_vm::{
    PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyDict, PyDictRef},
};

use super::{collect::text, component, convert, error::page_error};

/// The head that the options of a page declare.
pub(super) fn head(declaration: &PyDictRef, vm: &VirtualMachine) -> PyResult<PageHead> {
    let given = |key: &str| declaration.get_item(key, vm);
    let image = match shown_text("image", &*given("image")?, vm)? {
        Some(image) => {
            let constant = image.constant_text().map(str::to_owned);
            let refused = || vm.new_type_error("the image of a page cannot depend on the state");
            Some(constant.ok_or_else(refused)?)
        }
        None => None,
    };
    Ok(PageHead {
        title: shown_text("title", &*given("title")?, vm)?,
        description: shown_text("description", &*given("description")?, vm)?,
        image,
        meta: meta(&*given("meta")?, vm)?,
    })
}

/// The components of `script_tags=`, which stand behind the page's own.
pub(super) fn scripts(declaration: &PyDictRef, vm: &VirtualMachine) -> PyResult<Vec<Node>> {
    let tags = declaration.get_item("script_tags", vm)?;
    if vm.is_none(&tags) {
        return Ok(Vec::new());
    }
    vm.extract_elements_with(&tags, |tag: PyObjectRef| {
        component::node("page(script_tags=)", &tag, vm)
    })
}

/// A text, or what gives one; nothing for an empty one, which Reflex takes for none.
fn shown_text(what: &str, value: &PyObject, vm: &VirtualMachine) -> PyResult<Option<Expr>> {
    if vm.is_none(value) {
        return Ok(None);
    }
    let text = convert::expression(value, vm)?;
    match text.constant() {
        Some(Value::Str(constant)) if constant.is_empty() => Ok(None),
        Some(Value::Str(_)) | None => Ok(Some(text)),
        Some(_) => Err(vm.new_type_error(format!("the {what} of a page must be a string"))),
    }
}

fn meta(declared: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<Node>> {
    if vm.is_none(declared) {
        return Ok(Vec::new());
    }
    vm.extract_elements_with(declared, |element: PyObjectRef| {
        match element.downcast::<PyDict>() {
            Ok(attributes) => element_of(&attributes, vm),
            Err(component) => component::node("page(meta=)", &component, vm),
        }
    })
}

/// The `<meta>` element that has the entries of a dictionary as its attributes.
fn element_of(attributes: &PyDictRef, vm: &VirtualMachine) -> PyResult<Node> {
    let made = create("el.meta", Vec::new(), Vec::new()).map_err(|error| page_error(&error, vm))?;
    let Node::Element(made) = made else {
        return Ok(made);
    };
    let props = attributes.items_vec().into_iter().map(|(name, value)| {
        let value = convert::expression(&value, vm)?;
        Ok((text(&name, vm)?, Prop::Value(value)))
    });
    let props = props.collect::<PyResult<_>>()?;
    let element = Element {
        props,
        ..(*made).clone()
    };
    Ok(Node::Element(element.into()))
}
