//! Python functions that make a component for a part of a content, run once each: what
//! `rx.markdown(…, component_map={"h1": lambda text: rx.heading(text)})` is given.
//!
//! Not here: how the parts get to the components, which is generation's.

use ferroflex_page::{
    expr::{Expr, fresh_local},
    node::Template,
    types::Type,
};
use rustpython_vm::{
    Py, PyObject, PyResult, VirtualMachine,
    builtins::PyDict,
    function::{FuncArgs, KwArgs},
};

use super::{callable::Parameters, component, convert, var::Var};

/// The argument that takes such functions.
pub(super) const KEYWORD: &str = "component_map";

/// Parts that are code, whose function is told the language where it takes it.
const CODE: &[&str] = &["codeblock", "pre"];

/// The argument under which a function is told the language.
const LANGUAGE: &str = "language";

/// The components that the functions return, each given a Var of the part's content.
///
/// # Errors
/// `TypeError` naming `owner` for what is no function or returns no component, and whatever the
/// functions raise.
pub(super) fn templates(
    owner: &str,
    functions: &Py<PyDict>,
    vm: &VirtualMachine,
) -> PyResult<Vec<Template>> {
    let mut templates = Vec::new();
    for (name, function) in functions.items_vec() {
        let Some(name) = convert::expression(&name, vm)?
            .constant_text()
            .map(str::to_owned)
        else {
            return Err(vm.new_type_error(format!("rx.{owner}: {KEYWORD}: a key must be a tag")));
        };
        if !function.is_callable() {
            return Err(vm.new_type_error(format!(
                "rx.{owner}: {KEYWORD}: {name} must be a function that returns a component"
            )));
        }
        templates.push(template(owner, name, &function, vm)?);
    }
    Ok(templates)
}

fn template(
    owner: &str,
    name: String,
    function: &PyObject,
    vm: &VirtualMachine,
) -> PyResult<Template> {
    let (content, language) = (fresh_local(), fresh_local());
    let text = |id| Var::object(Expr::local(id, Type::Str), vm);
    let told = CODE.contains(&name.as_str()) && Parameters::has(function, LANGUAGE, vm)?;
    let told = told.then(|| (LANGUAGE.to_owned(), text(language)));
    let arguments = FuncArgs::new(vec![text(content)], KwArgs::from_iter(told));
    let result = function.call(arguments, vm)?;
    Ok(Template {
        name,
        content,
        language,
        body: component::node(owner, &result, vm)?,
    })
}
