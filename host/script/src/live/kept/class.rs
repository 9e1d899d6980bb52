//! Classes and functions by name, and those classes of the standard library whose objects are made
//! again by calling the class.
//!
//! A name is looked up among the modules that are loaded, as plain attributes: nothing of an app is
//! imported or run to find it.

use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyDict, PyType},
    function::{FuncArgs, KwArgs},
};

use crate::failure::message;

/// The modules of the classes that are made by a call. They may be imported to make one, since apps
/// often do so inside of handlers, which no new process has run yet.
const MODULES: [&str; 7] = [
    "collections",
    "datetime",
    "decimal",
    "fractions",
    "pathlib",
    "uuid",
    "zoneinfo",
];

/// `module:Qualified.Name` of a class or function; none when it cannot be found by that.
pub(super) fn name_of(thing: &PyObject, vm: &VirtualMachine) -> Option<String> {
    let part = |name: &'static str| {
        let part = thing.get_attr(name, vm).ok()?.str(vm).ok()?;
        Some(part.to_string_lossy().into_owned())
    };
    let name = format!("{}:{}", part("__module__")?, part("__qualname__")?);
    find(&name, vm)?.is(thing).then_some(name)
}

/// The class or function of that name.
pub(super) fn find(name: &str, vm: &VirtualMachine) -> Option<PyObjectRef> {
    let (module, path) = name.split_once(':')?;
    let modules = vm.sys_module.get_attr("modules", vm).ok()?;
    let modules = modules.downcast_ref::<PyDict>()?;
    let module = modules.get_item_opt(module, vm).ok()??;
    let mut parts = path.split('.');
    // Not `getattr`: a module's own `__getattr__` imports as it likes.
    let mut found = module.dict()?.get_item_opt(parts.next()?, vm).ok()??;
    for part in parts {
        let class = found.downcast_ref::<PyType>()?;
        found = class.get_attr(vm.ctx.intern_str(part))?;
    }
    Some(found)
}

/// The class of that name.
///
/// # Errors
/// What is wrong with it.
pub(super) fn find_class(name: &str, vm: &VirtualMachine) -> Result<PyObjectRef, String> {
    let module = name.split([':', '.']).next().unwrap_or_default();
    if MODULES.contains(&module) {
        let module = vm.ctx.new_str(module);
        vm.import(&module, 0)
            .map_err(|raised| message(&raised, vm))?;
    }
    let found = find(name, vm).filter(|found| found.downcast_ref::<PyType>().is_some());
    found.ok_or_else(|| format!("no loaded module has the class {name}"))
}

/// How the objects of a class are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Made {
    /// Of these attributes, in this order.
    Attributes(&'static [&'static str]),
    /// Of its text.
    Text,
    /// Of what its `__getinitargs__` gives.
    Arguments,
    /// Of its bytes.
    Bytes,
    /// Of its elements, and this attribute of it behind them.
    Elements(&'static str),
    /// Of its entries.
    Entries,
    /// Of this attribute of it, and its entries.
    EntriesAfter(&'static str),
}

/// The attribute that dates take by keyword alone. It is the last of theirs.
const FOLD: &str = "fold";

fn made(name: &str) -> Option<Made> {
    let (module, class) = name.split_once(':')?;
    let module = module.split('.').next()?;
    Some(match (module, class) {
        ("builtins", "bytearray") => Made::Bytes,
        ("builtins", "complex") => Made::Attributes(&["real", "imag"]),
        ("builtins", "range") => Made::Attributes(&["start", "stop", "step"]),
        ("collections", "deque") => Made::Elements("maxlen"),
        ("collections", "Counter" | "OrderedDict") => Made::Entries,
        ("collections", "defaultdict") => Made::EntriesAfter("default_factory"),
        ("datetime", "date") => Made::Attributes(&["year", "month", "day"]),
        ("datetime", "time") => {
            Made::Attributes(&["hour", "minute", "second", "microsecond", "tzinfo", FOLD])
        }
        ("datetime", "datetime") => Made::Attributes(&[
            "year",
            "month",
            "day",
            "hour",
            "minute",
            "second",
            "microsecond",
            "tzinfo",
            FOLD,
        ]),
        ("datetime", "timedelta") => Made::Attributes(&["days", "seconds", "microseconds"]),
        ("datetime", "timezone") => Made::Arguments,
        ("decimal", "Decimal") | ("uuid", "UUID") | ("pathlib", _) => Made::Text,
        ("fractions", "Fraction") => Made::Attributes(&["numerator", "denominator"]),
        ("zoneinfo", "ZoneInfo") => Made::Attributes(&["key"]),
        _ => return None,
    })
}

/// Whether an object of the class of that name never changes, if the class is one that is made by a
/// call.
pub(super) fn is_fixed(name: &str) -> bool {
    let of_parts = |made| matches!(made, Made::Attributes(_) | Made::Text | Made::Arguments);
    made(name).is_some_and(of_parts)
}

/// What an object is made again of by calling its class, which has that name; none for a class
/// that cannot be called so.
pub(super) fn arguments(
    object: &PyObject,
    name: &str,
    vm: &VirtualMachine,
) -> PyResult<Option<Vec<PyObjectRef>>> {
    let Some(made) = made(name) else {
        return Ok(None);
    };
    let attribute = |name: &'static str| object.get_attr(name, vm);
    let entries = || {
        let items = vm.call_method(object, "items", ())?;
        let items = vm.ctx.types.list_type.as_object().call((items,), vm)?;
        vm.ctx.types.dict_type.as_object().call((items,), vm)
    };
    let as_builtin = |class: &PyObject| class.call((object.to_owned(),), vm);
    let types = &vm.ctx.types;
    Ok(Some(match made {
        Made::Attributes(names) => {
            let found = names.iter().map(|name| attribute(name));
            found.collect::<PyResult<_>>()?
        }
        Made::Text => vec![object.str(vm)?.into()],
        Made::Arguments => {
            let given = vm.call_method(object, "__getinitargs__", ())?;
            given.try_into_value(vm)?
        }
        Made::Bytes => vec![as_builtin(types.bytes_type.as_object())?],
        Made::Elements(last) => vec![as_builtin(types.list_type.as_object())?, attribute(last)?],
        Made::Entries => vec![entries()?],
        Made::EntriesAfter(first) => vec![attribute(first)?, entries()?],
    }))
}

/// Makes an object of the class of that name; none when it is not one that may be called.
pub(super) fn make(
    name: &str,
    class: &PyObject,
    mut arguments: Vec<PyObjectRef>,
    vm: &VirtualMachine,
) -> Option<PyResult> {
    let takes_fold = matches!(made(name)?, Made::Attributes([.., FOLD]));
    let fold = if takes_fold { arguments.pop() } else { None };
    let by_keyword = fold.map(|fold| (FOLD.to_owned(), fold));
    let by_keyword = KwArgs::from_iter(by_keyword);
    Some(class.call(FuncArgs::new(arguments, by_keyword), vm))
}
