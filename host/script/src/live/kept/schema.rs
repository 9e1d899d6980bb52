//! Fingerprints: of what a field is declared to hold, and of an app's code.
//!
//! They are equal in every process that loads the same app, so nothing that differs between
//! processes goes into them: no addresses, and no hash of Python's or of Rust's.

use std::path::Path;

use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyDict, PyStr, PyTuple, PyType},
};

use super::class;
use crate::{failure::message, interpreter::module, limits::ANNOTATION_BYTES_MAX};

/// Changed whenever values are written in a way that older builds do not read.
const FORMAT: &str = "1";

/// Stands for an annotation, with the fields of the dataclasses and models that it names; what
/// cannot be read of it does not count.
pub(super) fn schema_of(annotation: &PyObject, vm: &VirtualMachine) -> u64 {
    let mut describer = Describer {
        vm,
        text: FORMAT.to_owned(),
        above: Vec::new(),
    };
    if let Err(raised) = describer.annotation(annotation) {
        tracing::debug!("an annotation cannot be read: {}", message(&raised, vm));
    }
    fingerprint([describer.text.as_bytes()])
}

/// Stands for the source of all loaded modules in `folder`: what computed vars give can have
/// changed with any of them.
///
/// # Errors
/// None but those of a module table that the app has broken.
pub(super) fn code_of(folder: &Path, vm: &VirtualMachine) -> PyResult<u64> {
    let modules = vm.sys_module.get_attr("modules", vm)?;
    let modules = modules
        .downcast_ref::<PyDict>()
        .map(|modules| modules.items_vec());
    let mut sources = Vec::new();
    for (name, module) in modules.unwrap_or_default() {
        let file = module.get_attr("__file__", vm).ok();
        let file = file.and_then(|file| file.try_into_value::<String>(vm).ok());
        if let Some(file) = file.filter(|file| Path::new(file).starts_with(folder)) {
            // A module without a readable file is known by its name alone.
            let source = std::fs::read(file).unwrap_or_default();
            sources.push((name.str(vm)?.to_string_lossy().into_owned(), source));
        }
    }
    sources.sort();
    let parts = sources
        .iter()
        .flat_map(|(name, source)| [name.as_bytes(), source]);
    Ok(fingerprint(parts))
}

/// Fowler, Noll and Vo's hash (FNV-1a) of 64 bits, over the lengths of the parts, too.
fn fingerprint<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(PRIME);
    parts.into_iter().fold(OFFSET, |hash, part| {
        let hash = part.iter().fold(hash, mix);
        part.len().to_le_bytes().iter().fold(hash, mix)
    })
}

struct Describer<'a> {
    vm: &'a VirtualMachine,
    text: String,
    /// The classes whose fields are being described, outermost first.
    above: Vec<PyObjectRef>,
}

impl Describer<'_> {
    fn annotation(&mut self, annotation: &PyObject) -> PyResult<()> {
        if self.text.len() > ANNOTATION_BYTES_MAX {
            return Ok(());
        }
        if self.vm.is_none(annotation) {
            self.add("None");
        } else if let Some(text) = annotation.downcast_ref::<PyStr>() {
            // A forward reference, or a value that `Literal` allows.
            self.add(&format!("{:?}", text.to_string_lossy()));
        } else if let Some(class) = annotation.downcast_ref::<PyType>()
            && self.attribute(annotation, "__origin__").is_none()
        {
            self.class(class)?;
        } else if let Some(arguments) = self.attribute(annotation, "__args__") {
            self.generic(annotation, &arguments)?;
        } else if let Some(name) = self.attribute(annotation, "__forward_arg__") {
            self.annotation(&name)?;
        } else {
            self.plain(annotation)?;
        }
        Ok(())
    }

    /// `list[int]`, `int | None`, `Literal["a"]`: the origin, and what stands in brackets.
    fn generic(&mut self, annotation: &PyObject, arguments: &PyObject) -> PyResult<()> {
        match self.attribute(annotation, "__origin__") {
            Some(origin) => self.annotation(&origin)?,
            None => self.add(&annotation.class().name()),
        }
        self.add("[");
        let arguments = arguments.downcast_ref::<PyTuple>();
        for argument in arguments
            .map(|all| all.as_slice().to_vec())
            .unwrap_or_default()
        {
            self.annotation(&argument)?;
            self.add(",");
        }
        self.add("]");
        Ok(())
    }

    fn class(&mut self, class: &Py<PyType>) -> PyResult<()> {
        let class = class.as_object();
        let name = class::name_of(class, self.vm);
        // Classes in functions have their name, too; it only finds nothing.
        let name = name.unwrap_or_else(|| self.name(class));
        self.add(&name);
        if self.above.iter().any(|above| above.is(class)) || !self.is_record(class) {
            return Ok(());
        }
        self.above.push(class.to_owned());
        let described = self.fields(class);
        self.above.pop();
        described
    }

    fn is_record(&self, class: &PyObject) -> bool {
        let marks = [
            "__ferroflex_model__",
            "__dataclass_fields__",
            "__required_keys__",
            "model_fields",
        ];
        marks
            .into_iter()
            .any(|mark| class.get_attr(mark, self.vm).is_ok())
    }

    fn fields(&mut self, class: &PyObject) -> PyResult<()> {
        let vm = self.vm;
        self.add("{");
        let fields = module("reflex.annotations", vm)?.get_attr("fields_of", vm)?;
        let fields = fields.call((class.to_owned(),), vm)?;
        for field in vm.extract_elements_with(&fields, Ok)? {
            let name = field.get_item(&0, vm)?;
            self.annotation(&name)?;
            self.add(":");
            self.annotation(&*field.get_item(&1, vm)?)?;
            self.add(",");
        }
        self.add("}");
        Ok(())
    }

    /// What has neither a name to be found by nor brackets.
    fn plain(&mut self, object: &PyObject) -> PyResult<()> {
        for described in ["__value__", "__supertype__"] {
            if let Some(described) = self.attribute(object, described) {
                self.add(&self.name(object));
                self.add("=");
                return self.annotation(&described);
            }
        }
        let text = object.repr(self.vm)?.to_string_lossy().into_owned();
        // The text of an object without one of its own has its address in it.
        let text = if text.contains(" at 0x") {
            self.name(object)
        } else {
            text
        };
        self.add(&text);
        Ok(())
    }

    fn name(&self, object: &PyObject) -> String {
        let part = |name| {
            let part = self.attribute(object, name)?.str(self.vm).ok()?;
            Some(part.to_string_lossy().into_owned())
        };
        let name = part("__qualname__").or_else(|| part("__name__"));
        let name = name.unwrap_or_else(|| object.class().name().to_string());
        format!("{}:{name}", part("__module__").unwrap_or_default())
    }

    fn attribute(&self, object: &PyObject, name: &'static str) -> Option<PyObjectRef> {
        let name = self.vm.ctx.intern_str(name);
        self.vm.get_attribute_opt(object, name).ok().flatten()
    }

    fn add(&mut self, text: &str) {
        self.text.push_str(text);
    }
}
