//! What stands in the browser for values of classes that the state engine does not know: what a
//! registered serializer gives (`rx.serializer`), and the plain forms of the libraries' objects
//! that are most often kept in a state.
//!
//! Asked only for values that are neither numbers, text nor plain collections, so that those pay
//! nothing. Not here: objects with fields, dates and enumerations (`convert.rs`); registering
//! (`stdlib/reflex/utils/serializers.py`).

use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyDict, PyType},
    types::PyTypeFlags,
};

/// The attribute of a class that holds its serializer.
const SERIALIZER: &str = "__ferroflex_serializer__";

/// The module in which serializers are registered, and the dictionary in it for native classes,
/// whose attributes cannot be set.
const REGISTRY: (&str, &str) = ("reflex.utils.serializers", "OF_NATIVE_CLASSES");

/// The object that stands for `object`; none for one that has no form but its own.
///
/// # Errors
/// What the serializer raises.
pub(crate) fn stand_in(object: &PyObject, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    let class = object.class();
    if !class.slots.flags.has_feature(PyTypeFlags::HEAPTYPE) {
        return of_native(object, class, vm);
    }
    if has(class, SERIALIZER, vm) {
        let serializer = object.get_attr(SERIALIZER, vm)?;
        return serializer.call((object.to_owned(),), vm).map(Some);
    }
    // Plotly's figures and templates.
    if has(class, "to_plotly_json", vm) {
        return vm.call_method(object, "to_plotly_json", ()).map(Some);
    }
    match &*class.name() {
        "DataFrame" if has(class, "columns", vm) && has(class, "values", vm) => {
            data_frame(object, vm).map(Some)
        }
        "PosixPath" | "PurePosixPath" | "PureWindowsPath" => Ok(Some(object.str(vm)?.into())),
        _ if is_picture(class, vm) => picture(object, vm).map(Some),
        _ => Ok(None),
    }
}

fn has(class: &Py<PyType>, name: &'static str, vm: &VirtualMachine) -> bool {
    class.get_attr(vm.ctx.intern_str(name)).is_some()
}

fn of_native(
    object: &PyObject,
    class: &Py<PyType>,
    vm: &VirtualMachine,
) -> PyResult<Option<PyObjectRef>> {
    if let Some(serializer) = registered(class, vm)? {
        return serializer.call((object.to_owned(),), vm).map(Some);
    }
    match &*class.name() {
        "deque" | "range" | "dict_keys" | "dict_values" | "dict_items" => {
            let elements = vm.extract_elements_with(object, Ok)?;
            Ok(Some(vm.ctx.new_list(elements).into()))
        }
        _ => Ok(None),
    }
}

fn registered(class: &Py<PyType>, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    let (module, dictionary) = REGISTRY;
    let modules = vm.sys_module.get_attr("modules", vm)?;
    // It is loaded by the first who registers.
    let Ok(module) = modules.get_item(module, vm) else {
        return Ok(None);
    };
    let registered = module.get_attr(dictionary, vm)?;
    match registered.downcast_ref::<PyDict>() {
        Some(registered) => registered.get_item_opt(class.as_object(), vm),
        None => Ok(None),
    }
}

/// A table as `{"columns": […], "data": [row, …]}`.
fn data_frame(object: &PyObject, vm: &VirtualMachine) -> PyResult {
    let list = |of: PyObjectRef| vm.extract_elements_with(&of, Ok);
    let columns = list(object.get_attr("columns", vm)?)?;
    let rows = list(object.get_attr("values", vm)?)?;
    let rows = rows
        .into_iter()
        .map(|row| Ok(vm.ctx.new_list(list(row)?).into()))
        .collect::<PyResult<Vec<PyObjectRef>>>()?;
    let table = vm.ctx.new_dict();
    table.set_item("columns", vm.ctx.new_list(columns).into(), vm)?;
    table.set_item("data", vm.ctx.new_list(rows).into(), vm)?;
    Ok(table.into())
}

/// Whether a class is, or inherits from, the Python Imaging Library's `Image`.
fn is_picture(class: &Py<PyType>, vm: &VirtualMachine) -> bool {
    let is_it = |base: &Py<PyType>| {
        let module = base.get_attr(vm.ctx.intern_str("__module__"));
        let module = module.and_then(|module| module.str(vm).ok());
        &*base.name() == "Image" && module.is_some_and(|name| name.to_string_lossy() == "PIL.Image")
    };
    has(class, "tobytes", vm) && class.mro_collect().iter().any(|base| is_it(base))
}

/// A picture as the address that holds all of it, in the format that it was read from.
fn picture(object: &PyObject, vm: &VirtualMachine) -> PyResult {
    let format = object.get_attr("format", vm)?;
    let format = if vm.is_none(&format) {
        "PNG".to_owned()
    } else {
        format.str(vm)?.to_string_lossy().into_owned()
    };
    let buffer = vm.import("io", 0)?.get_attr("BytesIO", vm)?.call((), vm)?;
    vm.call_method(object, "save", (buffer.clone(), format.clone()))?;
    let bytes = vm.call_method(&buffer, "getvalue", ())?;
    let encode = vm.import("base64", 0)?.get_attr("b64encode", vm)?;
    let text = vm.call_method(&*encode.call((bytes,), vm)?, "decode", ())?;
    let (kind, text) = (format.to_lowercase(), text.str(vm)?);
    let address = format!("data:image/{kind};base64,{}", text.to_string_lossy());
    Ok(vm.ctx.new_str(address).into())
}
