//! The native half of the `reflex` package: Vars, components and events, as the Python module
//! `_ferroflex_ui`.
//!
//! Page code runs once, when an app is loaded: what it builds are the page crate's trees and
//! expressions, never values. Not here: state classes and their instances, which the state binding
//! makes; running handlers, which the host does.

mod actions;
mod annotation;
mod background;
mod callable;
mod changes;
mod code;
mod collect;
mod command;
mod component;
mod control;
mod convert;
mod error;
mod event;
mod factory;
mod icons;
mod internals;
mod methods;
mod operators;
mod own;
mod page_head;
mod remarks;
mod rest;
mod returned;
mod router;
mod routes;
mod site;
mod template;
#[cfg(test)]
mod tests;
mod token;
mod traverse;
mod trigger;
mod usage;
mod var;
mod wraps;

pub(crate) use annotation::type_of;
pub(crate) use collect::{CollectedApp, CollectedPage, collect_pages};
pub(crate) use command::resolve_callbacks;
pub(crate) use icons::tell_icons;
pub(crate) use remarks::take_remarks;
pub(crate) use returned::{Returned, returned_events};
pub use site::{Site, SitemapEntry};
pub(crate) use usage::take_called;

use rustpython_vm::{Context, builtins::PyModuleDef};

/// The definition of the module, for the interpreter's builder.
#[must_use]
pub(crate) fn module_def(ctx: &Context) -> &'static PyModuleDef {
    _ferroflex_ui::module_def(ctx)
}

#[rustpython_vm::pymodule(name = "_ferroflex_ui")]
#[expect(
    clippy::needless_pass_by_value,
    reason = "functions that Python calls own their arguments"
)]
mod _ferroflex_ui {
    use ferroflex_page::catalogue;
    use rustpython_vm::{
        Py, PyObjectRef, PyPayload, PyResult, VirtualMachine,
        builtins::{PyModule, PyTypeRef},
        class::PyClassImpl,
        convert::ToPyObject,
        function::{FuncArgs, OptionalArg},
    };

    use super::{
        background, command, component::Component, control, error, event, factory::Factory,
        methods, own, router, routes, trigger, var::Var,
    };

    /// The module's classes, as `(name, class)`.
    fn classes(vm: &VirtualMachine) -> [(&'static str, PyTypeRef); 8] {
        [
            ("Component", Component::make_static_type()),
            ("ComponentFactory", Factory::make_static_type()),
            ("EventHandler", event::EventHandler::make_static_type()),
            ("EventSpec", event::EventSpec::make_static_type()),
            ("ForeachVarError", error::foreach_error_class(vm)),
            ("Var", Var::make_static_type()),
            ("VarAttributeError", error::var_attribute_error_class(vm)),
            ("VarTypeError", error::var_type_error_class(vm)),
        ]
    }

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        // Classes without a name in the module still have to be made before the first instance.
        drop([
            methods::VarMethod::make_static_type(),
            command::SpecialEvent::make_static_type(),
            event::EventChoice::make_static_type(),
            background::BackgroundMethod::make_static_type(),
        ]);
        for (name, class) in classes(vm) {
            module.set_attr(name, class, vm)?;
        }
        __module_exec(vm, module);
        Ok(())
    }

    /// The factory of the component, or the namespace of components, `rx.<name>`.
    #[pyfunction]
    fn component(name: String, vm: &VirtualMachine) -> PyResult {
        Ok(Factory::require(&name, vm)?.to_pyobject(vm))
    }

    /// The class of the component that the catalogue calls so, or of Reflex's class of that name.
    #[pyfunction]
    fn component_class(name: String, vm: &VirtualMachine) -> PyResult {
        own::component_class(&name, vm)
    }

    /// The names of the event triggers of a component; of those that all have, without one.
    #[pyfunction]
    fn trigger_names(component: Option<String>, vm: &VirtualMachine) -> PyObjectRef {
        let names = catalogue::trigger_names(component.as_deref());
        let names = names.into_iter().map(|name| vm.ctx.new_str(name).into());
        vm.ctx.new_list(names.collect()).into()
    }

    /// Whether a component of the catalogue has the event trigger.
    #[pyfunction]
    fn has_trigger(component: String, name: String) -> bool {
        catalogue::find(&component).is_some_and(|entry| entry.trigger(&name).is_some())
    }

    /// Whether a component of the catalogue takes the keyword argument for more than style.
    #[pyfunction]
    fn has_prop(component: String, name: String) -> bool {
        ferroflex_page::takes(&component, &name)
    }

    /// The React name of a prop or an event trigger.
    #[pyfunction]
    fn react_name(name: String) -> String {
        catalogue::react_name(&name)
    }

    /// An event chain as a Var: what an event trigger with those arguments would call.
    #[pyfunction]
    fn event_chain(value: PyObjectRef, spec: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        trigger::event_chain(&value, &spec, vm)
    }

    /// The special event `rx.<name>`, None when there is none of that name.
    #[pyfunction]
    fn special_event(name: String, vm: &VirtualMachine) -> Option<PyObjectRef> {
        match name.as_str() {
            "toggle_color_mode" => Some(command::toggle_color_mode().to_pyobject(vm)),
            "stop_propagation" => Some(command::stop_propagation().to_pyobject(vm)),
            "prevent_default" => Some(command::prevent_default().to_pyobject(vm)),
            _ => command::find(&name).map(|event| event.into_ref(&vm.ctx).into()),
        }
    }

    /// Where an uploaded file waits, None when no upload has such a key.
    #[pyfunction]
    fn waiting_upload(key: String) -> Option<String> {
        let path = ferroflex_session::uploads::waiting(&key)?;
        Some(path.to_string_lossy().into_owned())
    }

    /// Whether Reflex has a name in one of its modules.
    #[pyfunction]
    fn reflex_has(name: String) -> bool {
        crate::load::is_known_name(&name)
    }

    /// An event that does nothing.
    #[pyfunction]
    fn noop() -> event::EventSpec {
        event::EventSpec::new(event::Target::Nothing, Vec::new())
    }

    /// The Var of a state's field or computed var.
    #[pyfunction]
    fn field_var(
        state_full_name: String,
        field: String,
        annotation: PyObjectRef,
        owner: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult {
        drop(owner);
        Ok(Var::field(&state_full_name, &field, &annotation, vm)?
            .into_ref(&vm.ctx)
            .into())
    }

    /// The Var of the root state's `router`.
    #[pyfunction]
    fn router_var(state_full_name: String, vm: &VirtualMachine) -> PyObjectRef {
        Var::object(router::router(&state_full_name), vm)
    }

    /// The names of a route's arguments, each with whether it is a list.
    #[pyfunction]
    fn route_arguments(route: String, vm: &VirtualMachine) -> PyObjectRef {
        let arguments = routes::arguments(&route).into_iter();
        let pairs = arguments.map(|(name, is_list)| (name, is_list).to_pyobject(vm));
        vm.ctx.new_list(pairs.collect()).into()
    }

    /// `rx.color_mode`.
    #[pyfunction]
    fn color_mode(vm: &VirtualMachine) -> PyObjectRef {
        Var::color_mode().into_ref(&vm.ctx).into()
    }

    /// `rx.cond`.
    #[pyfunction]
    fn cond(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        control::cond(&args, vm)
    }

    /// `rx.match`.
    #[pyfunction]
    fn match_(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        control::matched(&args, vm)
    }

    /// `rx.foreach`.
    #[pyfunction]
    fn foreach(iterable: PyObjectRef, render_fn: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        control::foreach(&iterable, &render_fn, vm)
    }

    #[derive(rustpython_vm::FromArgs)]
    struct ColorModeCondArgs {
        #[pyarg(any)]
        light: PyObjectRef,
        #[pyarg(any, default)]
        dark: OptionalArg<PyObjectRef>,
    }

    /// `rx.color_mode_cond`.
    #[pyfunction]
    fn color_mode_cond(args: ColorModeCondArgs, vm: &VirtualMachine) -> PyResult {
        control::color_mode_cond(&args.light, args.dark.into_option().as_ref(), vm)
    }

    /// `rx.fragment`.
    #[pyfunction]
    fn fragment(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        control::fragment(&args, vm)
    }

    #[derive(rustpython_vm::FromArgs)]
    struct ColorArgs {
        #[pyarg(any)]
        color: PyObjectRef,
        #[pyarg(any, default)]
        shade: OptionalArg<PyObjectRef>,
        #[pyarg(any, default = false)]
        alpha: bool,
    }

    /// `rx.color`.
    #[pyfunction]
    fn color(args: ColorArgs, vm: &VirtualMachine) -> PyResult {
        control::color(
            &args.color,
            args.shade.into_option().as_ref(),
            args.alpha,
            vm,
        )
    }
}
