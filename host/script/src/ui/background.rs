//! A background task as it is seen on a state's instance: it may be returned or yielded, not called.
//!
//! Not here: running it, which the host does.

use rustpython_vm::{
    Py, PyObjectRef, PyPayload, PyRef, PyResult, Traverse, VirtualMachine,
    function::FuncArgs,
    pyclass,
    types::{Callable, Representable},
};

use super::event::EventHandler;

/// `self.task`, where `task` is a background task.
#[pyclass(module = "reflex.event", name = "BackgroundMethod", traverse)]
#[derive(Debug, PyPayload)]
pub(crate) struct BackgroundMethod {
    /// The task.
    pub(crate) handler: PyRef<EventHandler>,
}

impl BackgroundMethod {
    /// The method that stands for `handler` on an instance.
    pub(crate) fn of(handler: PyRef<EventHandler>) -> Self {
        Self { handler }
    }
}

#[pyclass(with(Callable, Representable))]
impl BackgroundMethod {
    /// The function, which takes the instance first.
    #[pygetset]
    fn __wrapped__(zelf: &Py<Self>) -> PyObjectRef {
        zelf.handler.function.clone()
    }
}

impl Callable for BackgroundMethod {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, _args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let (name, state) = (&zelf.handler.name, &zelf.handler.state_full_name);
        Err(vm.new_runtime_error(format!(
            "{name} is a background task and cannot be called; `return` or `yield` it, such as \
             `return {}.{name}`",
            state.rsplit('.').next().unwrap_or(state)
        )))
    }
}

impl Representable for BackgroundMethod {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!("<background task {}>", zelf.handler.full_name))
    }
}
