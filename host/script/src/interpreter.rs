//! Building an interpreter: settings, native modules, frozen packages.

use std::path::{Path, PathBuf};

use parking_lot::{Mutex, MutexGuard};
use rustpython_vm::{
    Interpreter, PyResult, Settings, VirtualMachine, builtins::PyModuleDef, frozen::FrozenLib,
};

pub(crate) use crate::limits::STACK_BYTES;
use crate::{asgi, limits_module, live, mend, rooms, run, threads, tls, ui};

/// The `reflex` package, compiled into the binary.
const STDLIB: &FrozenLib = rustpython_derive::py_freeze!(
    dir = "../../../stdlib",
    crate_name = "rustpython_compiler_core"
);

/// An interpreter whose imports look into `paths` first. It must be built and used on threads with
/// [`STACK_BYTES`].
pub(crate) fn build(paths: &[PathBuf]) -> Interpreter {
    tls::install();
    let mut settings = Settings::default();
    settings.install_signal_handlers = false;
    settings.write_bytecode = false;
    // Files are UTF-8 whatever the locale of the machine says.
    settings.utf8_mode = 1;
    settings.path_list = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let builder = Interpreter::builder(settings);
    let mut modules: Vec<&'static PyModuleDef> =
        rustpython_stdlib::stdlib_module_defs(&builder.ctx);
    modules.push(live::module_def(&builder.ctx));
    modules.push(ui::module_def(&builder.ctx));
    modules.push(run::module_def(&builder.ctx));
    modules.push(rooms::module_def(&builder.ctx));
    modules.push(asgi::module_def(&builder.ctx));
    modules.push(limits_module::module_def(&builder.ctx));
    let interpreter = builder
        .add_native_modules(&modules)
        .add_frozen_modules(rustpython_pylib::FROZEN_STDLIB)
        .add_frozen_modules(STDLIB)
        .init_hook(|vm| {
            threads::open_to_signals(vm);
            if let Some(state) = rustpython_vm::common::rc::PyRc::get_mut(&mut vm.state) {
                state.config.paths.stdlib_dir = None;
                // The executable is this server, which no package should start as a Python.
                state.config.paths.executable.clear();
                state.config.paths.base_executable.clear();
                // For the threads that Python starts itself.
                state.stacksize.store(STACK_BYTES);
                // The host collects: a collection stops every interpreter, and must not begin
                // while a thread cannot be stopped (`threads`).
                state.gc.disable();
            }
        })
        .build();
    interpreter.enter(mend::install);
    interpreter
}

/// Held while an app is read, or asyncio imported: RustPython fills the native types, which all
/// interpreters share, on first use, and a second interpreter that starts meanwhile would meet them
/// half filled.
pub(crate) fn alone() -> MutexGuard<'static, ()> {
    static LOADING: Mutex<()> = Mutex::new(());
    LOADING.lock()
}

/// The module of a dotted name, imported if need be; `import` alone gives its first part.
pub(crate) fn module(name: &'static str, vm: &VirtualMachine) -> PyResult {
    vm.import(name, 0)?;
    vm.sys_module.get_attr("modules", vm)?.get_item(name, vm)
}

/// Whether a path names a Python source file.
pub(crate) fn is_python(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "py")
}
