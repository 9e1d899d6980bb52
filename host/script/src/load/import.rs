//! Importing an app's module: by its file's name, or by what a project's `rxconfig.py` says.
//!
//! Not here: packages that it imports in turn (`packages`), and what it declares (`read.rs`).

use std::path::Path;

use rustpython_vm::{
    AsObject, Py, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyStr},
};

use super::survey::FailureKind;
use crate::{AppSource, interpreter};

/// What an import raised, and at what.
pub(super) type ImportFailure = (FailureKind, PyBaseExceptionRef);

/// Imports the app's module.
///
/// # Errors
/// What was raised.
pub(super) fn import(source: &AppSource, vm: &VirtualMachine) -> Result<(), ImportFailure> {
    tell_folder(source, vm).map_err(|raised| (FailureKind::Host, raised))?;
    let module = match &source.module {
        Some(module) => module.clone(),
        None => configured_module(vm).map_err(|raised| (FailureKind::Config, raised))?,
    };
    import_module(source, module, vm).map_err(|raised| (kind(&raised, vm), raised))
}

/// Tells our `reflex` package where the app stands: its assets are found from there.
fn tell_folder(source: &AppSource, vm: &VirtualMachine) -> PyResult<()> {
    let folder = vm.ctx.new_str(source.folder.display().to_string());
    interpreter::module("_ferroflex_ui", vm)?.set_attr("app_folder", folder, vm)
}

fn kind(raised: &PyBaseExceptionRef, vm: &VirtualMachine) -> FailureKind {
    let exceptions = &vm.ctx.exceptions;
    if raised.fast_isinstance(exceptions.syntax_error) {
        FailureKind::Syntax
    } else if raised.fast_isinstance(exceptions.import_error) {
        FailureKind::Import
    } else {
        FailureKind::Module
    }
}

fn import_module(source: &AppSource, module: String, vm: &VirtualMachine) -> PyResult<()> {
    let file = source.folder.join(format!("{module}.py"));
    let name = vm.ctx.new_str(module);
    let standard = vm.sys_module.get_attr("stdlib_module_names", vm)?;
    if file.is_file() && vm._contains(&standard, name.as_object())? {
        return import_file(&name, &file, vm);
    }
    vm.import(&name, 0).map(drop)
}

/// Imports a file that is called like a module of the standard library, such as `calendar.py`,
/// which an import would find instead. It gets a name of its own, for the sake of those who import
/// that module.
fn import_file(name: &Py<PyStr>, file: &Path, vm: &VirtualMachine) -> PyResult<()> {
    let name = format!("{name}_app");
    let util = interpreter::module("importlib.util", vm)?;
    let from_file = util.get_attr("spec_from_file_location", vm)?;
    let spec = from_file.call((name.clone(), file.display().to_string()), vm)?;
    let module = util
        .get_attr("module_from_spec", vm)?
        .call((spec.clone(),), vm)?;
    let modules = vm.sys_module.get_attr("modules", vm)?;
    modules.set_item(&*name, module.clone(), vm)?;
    let loader = spec.get_attr("loader", vm)?;
    vm.call_method(&loader, "exec_module", (module,)).map(drop)
}

/// The module that a Reflex project's `rxconfig.py` names.
fn configured_module(vm: &VirtualMachine) -> PyResult<String> {
    let config = vm.import("rxconfig", 0)?.get_attr("config", vm)?;
    let text = |name: &'static str| -> PyResult<Option<String>> {
        match vm.get_attribute_opt(&config, name)? {
            Some(value) if !vm.is_none(&value) => value.try_into_value(vm).map(Some),
            _ => Ok(None),
        }
    };
    if let Some(module) = text("app_module_import")? {
        return Ok(module);
    }
    let name = text("app_name")?.unwrap_or_default();
    if name.is_empty() {
        return Err(vm.new_value_error("rxconfig.py names no app: rx.Config(app_name=\"…\")"));
    }
    Ok(format!("{name}.{name}"))
}
