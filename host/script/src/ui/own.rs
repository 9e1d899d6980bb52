//! Components of an app's own classes: from the parts that Python tells of an instance to a node.
//!
//! Not here: how a class body is read (`reflex.components.own`), what becomes of the JavaScript
//! that a class brings along (the page crate).

use std::sync::Arc;

use ferroflex_page::{
    Argument, Keywords, OwnElement,
    catalogue::{self, Description, Entry},
    expr::{Code, Expr, ExprKind},
    node::{Additions, Node, Prop},
};
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyDict, PyDictRef, PyStr, PyTuple, PyType},
    function::FuncArgs,
};

use super::{
    code,
    component::{self, Component},
    convert, factory, rest, trigger,
};
use crate::interpreter::module;

/// The Python half.
const MODULE: &str = "reflex.components.own";

/// Makes an instance of a component class: what `Class.create(*children, **props)` gives.
///
/// # Errors
/// Whatever the class's own code raises, and what is wrong with the arguments.
pub(super) fn create(class: &Py<PyType>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let name = vm.ctx.intern_str("_catalogue_class");
    if let Some(name) = class.get_direct_attr(name)
        && let Some(name) = name.downcast_ref::<PyStr>()
    {
        return factory::create(&name.to_string_lossy(), args, vm);
    }
    let args = rest::spread(args, vm)?;
    let props = vm.ctx.new_dict();
    for (keyword, value) in args.kwargs {
        props.set_item(&*keyword, value, vm)?;
    }
    let children = vm.ctx.new_tuple(args.args);
    let class = class.as_object().to_owned();
    call("create", (class, children, props), vm)
}

/// Calls a function of the Python half.
///
/// # Errors
/// Whatever it raises.
pub(super) fn call(
    function: &'static str,
    args: impl rustpython_vm::function::IntoFuncArgs,
    vm: &VirtualMachine,
) -> PyResult {
    module(MODULE, vm)?.get_attr(function, vm)?.call(args, vm)
}

/// The node of an instance, as its attributes are now.
///
/// # Errors
/// Whatever the class's own code raises, and what is wrong with the attributes.
pub(super) fn node(instance: &PyObject, vm: &VirtualMachine) -> PyResult<Node> {
    let parts = call("parts", (instance.to_owned(),), vm)?;
    let parts = Parts {
        parts: parts
            .downcast::<PyDict>()
            .map_err(|_| vm.new_type_error("a dictionary of parts is expected"))?,
        vm,
    };
    parts.node()
}

/// What Python tells of an instance.
struct Parts<'a> {
    parts: PyDictRef,
    vm: &'a VirtualMachine,
}

impl Parts<'_> {
    fn node(&self) -> PyResult<Node> {
        let class = self.text("class")?.unwrap_or_default();
        let base = self.text("base")?;
        let is_replaced = self.get("replaced")?.is_true(self.vm)?;
        let entry = self.entry(&class, base.clone())?;
        let mut keywords = self.keywords(&class, base.as_deref())?;
        keywords.extend(self.triggers(&class, entry)?);
        let spread = self.elements("special_props")?;
        let spread = spread
            .iter()
            .map(|spread| convert::expression(spread, self.vm));
        let own = OwnElement {
            entry,
            base: base.filter(|_| !is_replaced),
            props: self.props(&class)?,
            spread: spread.collect::<PyResult<_>>()?,
            additions: self.additions()?,
        };
        let children = component::positional(&class, &self.elements("children")?, self.vm)?;
        ferroflex_page::create_own(own, children, keywords)
            .map_err(|error| factory::prop_error(&error, self.vm))
    }

    fn entry(&self, class: &str, base: Option<String>) -> PyResult<&'static Entry> {
        let triggers = self.rows("triggers", |row| {
            Ok((self.text_of(&row[0])?, self.text_of(&row[1])?))
        })?;
        let description = Description {
            class: class.to_owned(),
            base,
            library: self.text("library")?,
            tag: self.text("tag")?,
            is_default: self.get("is_default")?.is_true(self.vm)?,
            alias: self.text("alias")?,
            client_only: self.get("client_only")?.is_true(self.vm)?,
            triggers,
        };
        let entry = description.entry();
        entry.map_err(|error| self.vm.new_value_error(error.to_string()))
    }

    /// Arguments that the component's base knows, and those that every component has.
    fn keywords(&self, class: &str, base: Option<&str>) -> PyResult<Keywords> {
        let given = self.get("keywords")?;
        let given = given
            .downcast_ref::<PyDict>()
            .map(|given| given.items_vec());
        let mut keywords = Vec::new();
        for (name, value) in given.unwrap_or_default() {
            let name = self.text_of(&name)?;
            let argument = factory::argument(base.unwrap_or(class), &name, &value, self.vm)?;
            keywords.push((name, argument));
        }
        Ok(keywords)
    }

    fn triggers(&self, class: &str, entry: &Entry) -> PyResult<Keywords> {
        self.rows("events", |row| {
            let name = self.text_of(&row[0])?;
            let spec = entry.require_trigger(&name);
            let spec = spec.map_err(|error| factory::prop_error(&error, self.vm))?;
            let trigger = if self.vm.is_none(&row[2]) {
                trigger::trigger(class, spec, &row[1], self.vm)
            } else {
                trigger::own_trigger(class, &name, &row[2], &row[1], self.vm)
            };
            Ok((name, Argument::Trigger(trigger?)))
        })
    }

    fn props(&self, class: &str) -> PyResult<Vec<(String, Prop)>> {
        self.rows("props", |row| {
            let name = self.text_of(&row[0])?;
            let prop = self.prop(class, &name, &row[1])?;
            Ok((name, prop))
        })
    }

    fn prop(&self, class: &str, name: &str, value: &PyObject) -> PyResult<Prop> {
        if component::is_component(value) {
            return Ok(Prop::Node(component::node(class, value, self.vm)?));
        }
        match factory::argument(class, name, value, self.vm)? {
            Argument::Value(value) => Ok(Prop::Value(value)),
            Argument::Node(node) => Ok(Prop::Node(node)),
            Argument::Templates(templates) => Ok(Prop::Templates(templates)),
            Argument::Trigger(trigger) => {
                let handler = ExprKind::Handler(Arc::new(trigger));
                Ok(Prop::Value(Expr::new(
                    handler,
                    ferroflex_page::types::Type::Any,
                )))
            }
        }
    }

    fn additions(&self) -> PyResult<Additions> {
        let imports = self.elements("imports")?;
        let imports = imports.iter().map(|row| code::import(row, self.vm));
        let texts = self.elements("code")?;
        let code = texts.iter().map(|text| self.text_of(text).map(Into::into));
        let hooks = self.elements("hooks")?;
        let hooks = hooks.iter().map(|hook| self.hook(hook));
        Ok(Additions {
            imports: imports.collect::<PyResult<_>>()?,
            code: code.collect::<PyResult<_>>()?,
            hooks: hooks.collect::<PyResult<_>>()?,
        })
    }

    /// A statement: text, which may hold Vars, or a Var of JavaScript.
    fn hook(&self, hook: &PyObject) -> PyResult<Code> {
        let expression = if hook.downcast_ref::<PyStr>().is_some() {
            code::expression(&self.text_of(hook)?, Arc::default())
        } else {
            convert::expression(hook, self.vm)?
        };
        Ok(code::of(expression))
    }

    fn get(&self, name: &'static str) -> PyResult {
        self.parts.get_item(name, self.vm)
    }

    fn text(&self, name: &'static str) -> PyResult<Option<String>> {
        self.optional_text(&*self.get(name)?)
    }

    fn optional_text(&self, value: &PyObject) -> PyResult<Option<String>> {
        if self.vm.is_none(value) {
            return Ok(None);
        }
        self.text_of(value).map(Some)
    }

    fn text_of(&self, value: &PyObject) -> PyResult<String> {
        Ok(value.str(self.vm)?.to_string_lossy().into_owned())
    }

    fn elements(&self, name: &'static str) -> PyResult<Vec<PyObjectRef>> {
        self.vm.extract_elements_with(&*self.get(name)?, Ok)
    }

    fn rows<T>(
        &self,
        name: &'static str,
        read: impl Fn(&[PyObjectRef]) -> PyResult<T>,
    ) -> PyResult<Vec<T>> {
        let rows = self.elements(name)?;
        let row = |row: &PyObjectRef| match row.downcast_ref::<PyTuple>() {
            Some(row) => read(row.as_slice()),
            None => Err(self.vm.new_type_error("a row of parts must be a tuple")),
        };
        rows.iter().map(row).collect()
    }
}

/// The name in the catalogue of what a finished component is, if it is one element.
pub(super) fn catalogue_name(component: &Component) -> Option<&'static str> {
    match component.made() {
        Some(Node::Element(element)) => Some(element.entry.name),
        _ => None,
    }
}

/// The class of a component of the catalogue.
///
/// # Errors
/// `AttributeError` for a name that nobody knows, `NotImplementedError` for one that waits.
pub(super) fn component_class(name: &str, vm: &VirtualMachine) -> PyResult {
    let Some(known) = catalogue::class_named(name) else {
        let error = factory::Factory::require(name, vm).err();
        let unknown = || vm.new_attribute_error(format!("rx.{name} does not exist"));
        return Err(error.unwrap_or_else(unknown));
    };
    let made = module("reflex.components.classes", vm)?.get_attr("made", vm)?;
    made.call((known.to_owned(),), vm)
}
