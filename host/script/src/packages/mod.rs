//! Packages that an app brings: `packages/` beside it and the folders that the host was given are
//! on its import path, as far as what they hold can run.
//!
//! - [`folder`]: what such a folder holds; [`distribution`]: which package a file is, and whether
//!   it can run; [`table`]: what is known of packages by name.
//! - [`cache`]: wheels, unpacked once.
//! - [`explain`]: what a failed import says.
//! - `stdlib/_ferroflex_packages.py`: the half of it that importlib asks for in Python.

mod cache;
mod distribution;
mod explain;
mod folder;
mod table;

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use parking_lot::Mutex;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine, builtins::PyDictRef};

use self::{cache::Cache, folder::Folder};
use crate::interpreter;
use crate::limits::WHEEL_BYTES_MAX;

/// The name of the folder of packages beside an app.
pub(crate) const FOLDER: &str = "packages";

/// The Python half.
const MODULE: &str = "_ferroflex_packages";

/// Where the packages of an app come from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sources<'a> {
    /// The folder that the app's imports start from.
    pub(crate) app: &'a Path,
    /// Folders of packages besides the app's own.
    pub(crate) given: &'a [PathBuf],
    /// The host's cache folder.
    pub(crate) cache: Option<&'a Path>,
}

/// Puts an app's packages on its import path, and has imports that fail say what to do.
pub(crate) fn install(sources: &Sources<'_>, vm: &VirtualMachine) -> PyResult<()> {
    let explainer = vm.new_module("_ferroflex_missing", vm.ctx.new_dict(), None);
    let find_spec = vm.new_function("find_spec", explain::find_spec);
    explainer.set_attr("find_spec", find_spec, vm)?;
    let finders = vm.sys_module.get_attr("meta_path", vm)?;
    vm.call_method(&finders, "append", (explainer,))?;

    let beside = folder::beside(sources.app);
    let folders: Vec<PathBuf> = beside.iter().chain(sources.given).cloned().collect();
    if folders.is_empty() {
        return Ok(());
    }
    let (shown, left_out) = (vm.ctx.new_dict(), vm.ctx.new_dict());
    for path in folders {
        match Folder::read(&path) {
            Ok(folder) => {
                leave_out(&folder, &left_out, vm)?;
                show(&folder, sources.cache, &shown, vm)?;
            }
            Err(error) => tracing::warn!("{} cannot be read: {error}", path.display()),
        }
    }
    let module = interpreter::module(MODULE, vm)?;
    vm.call_method(&module, "install", (shown, left_out))
        .map(drop)
}

/// The folders on the import path that hold packages, and not the app's own modules.
pub(crate) fn folders(vm: &VirtualMachine) -> Vec<PathBuf> {
    let names = kept("hidden", vm).map_or_else(|_| Vec::new(), |hidden| hidden.keys_vec());
    let path = |name: PyObjectRef| name.try_into_value::<String>(vm).map(PathBuf::from).ok();
    names.into_iter().filter_map(path).collect()
}

/// Why the package that brings a module was left out, if it was.
fn left_out(module: &str, vm: &VirtualMachine) -> Option<String> {
    let name = distribution::normalised(table::distribution_of(module));
    let reason = kept("left_out", vm)
        .ok()?
        .get_item(name.as_str(), vm)
        .ok()?;
    reason.try_into_value(vm).ok()
}

/// A dictionary of the Python half; an error as long as that is not imported.
fn kept(name: &'static str, vm: &VirtualMachine) -> PyResult<PyDictRef> {
    let modules = vm.sys_module.get_attr("modules", vm)?;
    let module = modules.get_item(MODULE, vm)?;
    module.get_attr(name, vm)?.try_into_value(vm)
}

/// Tells what of a folder is left out, and adds it to `left_out`.
fn leave_out(folder: &Folder, left_out: &PyDictRef, vm: &VirtualMachine) -> PyResult<()> {
    for (name, line) in &folder.left_out {
        say_once(&format!("{}: left out: {line}", folder.path.display()));
        left_out.set_item(name.as_str(), vm.ctx.new_str(line.as_str()).into(), vm)?;
    }
    Ok(())
}

/// Adds what a folder holds to `shown`: paths to import from, with the names hidden there.
fn show(
    folder: &Folder,
    cache: Option<&Path>,
    shown: &PyDictRef,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let text = |path: &Path| path.display().to_string();
    let hidden = folder
        .hidden
        .iter()
        .map(|name| vm.ctx.new_str(name.as_str()).into());
    let hidden = vm.ctx.new_list(hidden.collect());
    shown.set_item(text(&folder.path).as_str(), hidden.into(), vm)?;
    for wheel in &folder.wheels {
        let place = place(wheel, cache, vm).unwrap_or_else(|reason| {
            say_once(&format!("{} cannot be unpacked: {reason}", wheel.display()));
            wheel.clone()
        });
        let nothing = vm.ctx.new_list(Vec::new());
        shown.set_item(text(&place).as_str(), nothing.into(), vm)?;
    }
    Ok(())
}

/// Where a wheel is imported from: unpacked, or as it is where there is no cache.
fn place(wheel: &Path, cache: Option<&Path>, vm: &VirtualMachine) -> Result<PathBuf, String> {
    let Some(cache) = cache.map(Cache::within) else {
        return Ok(wheel.to_owned());
    };
    let place = cache.place(wheel).map_err(|error| error.to_string())?;
    if !place.is_dir() {
        tracing::info!("unpacking {}, once", wheel.display());
        cache.make_room();
        unpack(wheel, &place, vm).map_err(|raised| crate::failure::message(&raised, vm))?;
    }
    Cache::mark_used(&place);
    Ok(place)
}

fn unpack(wheel: &Path, place: &Path, vm: &VirtualMachine) -> PyResult<()> {
    let module = interpreter::module(MODULE, vm)?;
    let text = |path: &Path| path.display().to_string();
    let arguments = (text(wheel), text(place), WHEEL_BYTES_MAX);
    vm.call_method(&module, "unpack", arguments).map(drop)
}

/// Warns of something that several apps, or one that is loaded again, would tell over and over. As
/// many lines are remembered as there are packages that were left out.
fn say_once(line: &str) {
    static SAID: OnceLock<Mutex<HashSet<String>>> = OnceLock::new();
    if SAID
        .get_or_init(Mutex::default)
        .lock()
        .insert(line.to_owned())
    {
        tracing::warn!("{line}");
    }
}
