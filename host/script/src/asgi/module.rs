//! The native module `_ferroflex_asgi`: what the Python side of endpoints stands on.
//!
//! Not here: requests (`exchange`).

pub(crate) use native::module_def;

#[expect(
    clippy::needless_pass_by_value,
    reason = "functions that Python calls own their arguments"
)]
#[rustpython_vm::pymodule(name = "_ferroflex_asgi")]
mod native {
    use std::sync::Arc;

    use rustpython_vm::{
        Py, PyObjectRef, PyResult, VirtualMachine,
        builtins::{PyBaseExceptionRef, PyModule, PyUtf8StrRef},
        class::PyClassImpl,
    };

    use crate::{
        asgi::exchange::ExchangeObject,
        failure,
        run::{STUCK, app, new_future, resolve},
        threads::Job,
    };

    /// Calls a function on one of the threads that may block. Gives a future of what it returns.
    #[pyfunction]
    fn on_worker(function: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let future = new_future(vm)?;
        let app = app(vm)?;
        let (looper, waited) = (Arc::clone(&app.looper), future.clone());
        let lost = (Arc::clone(&app.looper), future.clone());
        let job = Job::new(move |vm| {
            let result = function.call((), vm);
            looper.post(Job::new(move |vm| resolve(&waited, result, vm)));
        });
        let abandoned = move || {
            let (looper, future) = lost;
            looper.post(Job::new(move |vm| {
                resolve(&future, Err(vm.new_runtime_error(STUCK)), vm);
            }));
        };
        app.workers.submit(job.or_abandoned(abandoned));
        Ok(future)
    }

    /// Writes an exception to the log, and in what it was raised.
    #[pyfunction]
    fn report(what: PyUtf8StrRef, raised: PyBaseExceptionRef, vm: &VirtualMachine) {
        let trace = failure::trace(&raised, vm);
        tracing::error!("{}:\n{}", what.as_str(), trace.trim_end());
    }

    /// Writes a line to the log.
    #[pyfunction]
    fn warn(text: PyUtf8StrRef) {
        tracing::warn!("{}", text.as_str());
    }

    /// Makes the native class.
    #[expect(clippy::unnecessary_wraps, reason = "RustPython wants a result")]
    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        drop(ExchangeObject::make_static_type());
        __module_exec(vm, module);
        Ok(())
    }
}
