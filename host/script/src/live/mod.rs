//! The live state of sessions: instances of state classes, their tracked contents, and the flush.
//!
//! The native module `_ferroflex_state` is what `stdlib/reflex/state.py` builds on.
//!
//! - [`registry`]: the state classes and handlers of an app, as its modules declare them.
//! - [`object`]: one instance of a state class; reads and writes of fields.
//! - [`tracked`], [`adopt`]: containers that tell when they change, and how plain ones become so.
//! - [`stored`]: fields that the browser keeps.
//! - [`kept`]: what outlives the live objects, as snapshots.
//! - [`flush`], [`round`], [`places`], [`differ`]: from what was touched to the operations for the client.

mod adopt;
mod circle;
pub(crate) mod class;
mod computed;
mod differ;
mod fits;
pub(crate) mod flush;
pub(crate) mod kept;
pub(crate) mod object;
mod places;
pub(crate) mod registry;
mod round;
mod router;
pub(crate) mod routing;
pub(crate) mod session;
pub(crate) mod shared;
pub(crate) mod stored;
pub(crate) mod tracked;

pub(crate) use module::module_def;
pub(crate) use router::HEADERS;

#[rustpython_vm::pymodule(name = "_ferroflex_state")]
mod module {
    use rustpython_vm::{
        Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, builtins::PyModule,
        class::PyClassImpl,
    };

    use super::{
        object::StateObject,
        registry::{self, Declaration, HandlerDeclaration, Registry},
        tracked::{TrackedDict, TrackedList, TrackedSet},
    };
    use crate::convert::{from_value, to_value};

    /// Registers a state class: `define(class, parent, full_name, fields, computed, handlers)`.
    #[pyfunction]
    fn define(declaration: Declaration, vm: &VirtualMachine) -> PyResult<()> {
        registry::of(vm)?.define(declaration, vm)
    }

    /// Registers a handler that stands in a module:
    /// `define_handler(class, full_name, function, parameters, manner)`.
    #[pyfunction]
    fn define_handler(declaration: HandlerDeclaration, vm: &VirtualMachine) -> PyResult<()> {
        registry::of(vm)?.define_handler(declaration, vm)
    }

    /// Gives a field of a class another default: `set_default(cls, name, value)`.
    ///
    /// # Errors
    /// When the class assigns no such field, or sessions have begun.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python gives a function is handed over"
    )]
    #[pyfunction]
    fn set_default(
        class: PyObjectRef,
        name: String,
        value: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        registry::of(vm)?.set_default(&class, &name, value, vm)
    }

    /// Gives the root state a field for an argument of routes: `define_route_argument(name,
    /// is_list)`.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python gives a function is handed over"
    )]
    #[pyfunction]
    fn define_route_argument(name: String, is_list: bool, vm: &VirtualMachine) -> PyResult<()> {
        registry::of(vm)?.define_route_argument(&name, is_list, vm)
    }

    /// What the browser gets for a value, as Python's own numbers, text, lists and dictionaries.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python gives a function is handed over"
    )]
    #[pyfunction]
    fn plain(value: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        from_value(&to_value(&value, vm)?.value, vm)
    }

    /// Makes the native classes, and a registry of the interpreter's own.
    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        drop(TrackedList::make_static_type());
        drop(TrackedDict::make_static_type());
        drop(TrackedSet::make_static_type());
        drop(Registry::make_static_type());
        module.set_attr("StateObject", StateObject::make_static_type(), vm)?;
        let registry: PyObjectRef = Registry::default().into_pyobject(vm);
        module.set_attr(registry::ATTRIBUTE, registry, vm)?;
        __module_exec(vm, module);
        Ok(())
    }
}
