//! The native module `_ferroflex_loop`: what Python code around the loop calls.
//!
//! Not here: handlers, which the host calls by itself.

use std::sync::{Arc, OnceLock, Weak};

use rustpython_vm::{PyPayload, PyResult, VirtualMachine, pyclass};

use crate::App;

pub(crate) use native::module_def;

/// The name under which the module keeps the app.
const ATTRIBUTE: &str = "_app";

/// The app whose interpreter this is, once it is loaded.
#[pyclass(module = "_ferroflex_loop", name = "AppCell")]
#[derive(Debug, Default, PyPayload)]
pub(crate) struct AppCell(OnceLock<Weak<App>>);

#[pyclass]
impl AppCell {}

/// Tells the interpreter which app it belongs to.
pub(crate) fn tell_app(app: &Arc<App>, vm: &VirtualMachine) -> PyResult<()> {
    let module = vm.import("_ferroflex_loop", 0)?;
    let cell = module.get_attr(ATTRIBUTE, vm)?;
    if let Some(cell) = cell.downcast_ref::<AppCell>() {
        // An interpreter is told once.
        let _known = cell.0.set(Arc::downgrade(app));
    }
    Ok(())
}

/// The app whose interpreter this is.
///
/// # Errors
/// `RuntimeError` while it is not served yet.
pub(crate) fn app(vm: &VirtualMachine) -> PyResult<Arc<App>> {
    let module = vm.import("_ferroflex_loop", 0)?;
    let cell = module.get_attr(ATTRIBUTE, vm)?;
    let app = cell
        .downcast_ref::<AppCell>()
        .and_then(|cell| cell.0.get())
        .and_then(Weak::upgrade);
    app.ok_or_else(|| {
        vm.new_runtime_error("the app is not served yet; do this in a handler, not on import")
    })
}

#[rustpython_vm::pymodule(name = "_ferroflex_loop")]
mod native {
    use rustpython_vm::{
        Py, PyObjectRef, PyPayload, PyResult, VirtualMachine,
        builtins::{PyModule, PyUtf8StrRef},
        class::PyClassImpl,
    };

    use super::{ATTRIBUTE, AppCell, app};
    use crate::{
        event_loop::Poller,
        run::{
            asynchronous::Run,
            background::BackgroundRun,
            proxy::StateProxy,
            reach,
            section::{Ready, Section},
        },
    };

    /// Cancels what still runs for a session that is over.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python gives a function is handed over"
    )]
    #[pyfunction]
    fn end_background(token: PyUtf8StrRef, vm: &VirtualMachine) -> PyResult<()> {
        app(vm)?.tasks.end(token.as_str(), vm);
        Ok(())
    }

    /// An awaitable that gives a way into the session with that token, for `async with`.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python gives a function is handed over"
    )]
    #[pyfunction]
    fn reach(token: PyUtf8StrRef, vm: &VirtualMachine) -> PyResult {
        reach::reach(&app(vm)?, token.as_str(), vm)
    }

    /// Makes the native classes and the place of the app.
    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        drop(Poller::make_static_type());
        drop(Run::make_static_type());
        drop(BackgroundRun::make_static_type());
        drop(StateProxy::make_static_type());
        drop(Section::make_static_type());
        drop(Ready::make_static_type());
        drop(AppCell::make_static_type());
        let cell: PyObjectRef = AppCell::default().into_pyobject(vm);
        module.set_attr(ATTRIBUTE, cell, vm)?;
        __module_exec(vm, module);
        Ok(())
    }
}
