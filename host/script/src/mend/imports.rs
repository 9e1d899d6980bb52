//! What is mended when a module is imported: source that RustPython cannot compile as it is, and
//! modules of the standard library that lack something. The mends are Python, in the frozen package
//! `_ferroflex_mend`, and imported only when they are needed; the hooks are native, so that no
//! traceback shows them.

use rustpython_vm::{
    AsObject, PyObjectRef, PyResult, VirtualMachine, builtins::PyBaseExceptionRef,
    function::FuncArgs,
};

use crate::interpreter::module;

/// Frozen modules and what mends them; its `mend(module)` is called after the import.
const MODULES: [(&str, &str); 3] = [
    ("socket", "_ferroflex_mend.sockets"),
    ("ssl", "_ferroflex_mend.certificates"),
    ("zoneinfo", "_ferroflex_mend.zones"),
];

/// The name in the message of the one fault that has a text of its own.
const CONDITIONAL_ANNOTATIONS: &str = "__conditional_annotations__";

/// Puts the hooks into the importers of this interpreter.
pub(super) fn install(vm: &VirtualMachine) -> PyResult<()> {
    let loader = vm
        .import("_frozen_importlib_external", 0)?
        .get_attr("SourceLoader", vm)?;
    let original = loader.get_attr("source_to_code", vm)?;
    let compile = move |arguments: FuncArgs, vm: &VirtualMachine| compile(&original, arguments, vm);
    let compile = vm.new_method("source_to_code", vm.ctx.types.object_type, compile);
    loader.set_attr("source_to_code", compile, vm)?;

    let importer = vm
        .import("_frozen_importlib", 0)?
        .get_attr("FrozenImporter", vm)?;
    let original = importer.get_attr("exec_module", vm)?;
    let execute = move |module: PyObjectRef, vm: &VirtualMachine| execute(&original, module, vm);
    importer.set_attr("exec_module", vm.new_function("exec_module", execute), vm)
}

/// `SourceLoader.source_to_code(self, data, path, *, _optimize=-1)`.
fn compile(original: &PyObjectRef, arguments: FuncArgs, vm: &VirtualMachine) -> PyResult {
    match original.call(arguments.clone(), vm) {
        Err(raised) if is_annotation_fault(&raised, vm) => {
            recompile("_ferroflex_mend.annotations", arguments, vm)
        }
        // Any other may come of a comment. What is refused without comments too has the first text.
        Err(raised) if raised.fast_isinstance(vm.ctx.exceptions.syntax_error) => {
            recompile("_ferroflex_mend.comments", arguments, vm).map_err(|_| raised)
        }
        compiled => compiled,
    }
}

fn is_annotation_fault(raised: &PyBaseExceptionRef, vm: &VirtualMachine) -> bool {
    raised.fast_isinstance(vm.ctx.exceptions.syntax_error)
        && crate::failure::message(raised, vm).contains(CONDITIONAL_ANNOTATIONS)
}

fn recompile(mend: &'static str, arguments: FuncArgs, vm: &VirtualMachine) -> PyResult {
    module(mend, vm)?
        .get_attr("source_to_code", vm)?
        .call(arguments, vm)
}

/// `FrozenImporter.exec_module(module)`.
fn execute(original: &PyObjectRef, executed: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
    original.call((executed.clone(),), vm)?;
    let name: String = executed.get_attr("__name__", vm)?.try_into_value(vm)?;
    let Some((_, mend)) = MODULES.iter().find(|(mended, _)| *mended == name) else {
        return Ok(());
    };
    let mend = module(mend, vm)?.get_attr("mend", vm)?;
    mend.call((executed,), vm).map(drop)
}
