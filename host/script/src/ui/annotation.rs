//! Python annotations as the page's types.
//!
//! Reads what annotations evaluate to (`list[int]`, `User | None`, `typing.Dict[str, int]`,
//! dataclasses, models, `TypedDict`), without importing `typing`. What is not understood is `Any`:
//! it forbids nothing. Not here: checking values against annotations.

use std::sync::Arc;

use ferroflex_page::types::{ObjectType, Type};
use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyDict, PyStr, PyTuple, PyType},
};

use crate::limits::VAR_TYPE_DEPTH_MAX;

/// The type that an annotation stands for.
///
/// # Errors
/// Whatever evaluating a lazy annotation raises, other than a name that does not exist.
pub(crate) fn type_of(annotation: &PyObject, vm: &VirtualMachine) -> PyResult<Type> {
    Reader {
        vm,
        classes: Vec::new(),
    }
    .read(annotation)
}

/// Whether values of the type have a field of that name.
pub(super) fn declares(ty: &Type, name: &str) -> bool {
    match ty {
        Type::Object(object) => object.fields.iter().any(|(field, _)| field == name),
        Type::Union(types) => types.iter().any(|ty| declares(ty, name)),
        _ => false,
    }
}

struct Reader<'a> {
    vm: &'a VirtualMachine,
    /// The classes whose fields are being read, outermost first.
    classes: Vec<PyObjectRef>,
}

impl Reader<'_> {
    fn read(&mut self, annotation: &PyObject) -> PyResult<Type> {
        if self.vm.is_none(annotation) {
            return Ok(Type::None);
        }
        if let Some(origin) = self.attribute(annotation, "__origin__")? {
            let args = self.attribute(annotation, "__args__")?;
            return self.generic(&origin, args.as_deref());
        }
        if let Some(class) = annotation.downcast_ref::<PyType>() {
            return self.class(class.as_object());
        }
        if &*annotation.class().name() == "Union" {
            let args = self.attribute(annotation, "__args__")?;
            return self.union(args.as_deref());
        }
        if let Some(supertype) = self.attribute(annotation, "__supertype__")? {
            return self.read(&supertype);
        }
        match self.attribute(annotation, "__value__")? {
            Some(aliased) => self.read(&aliased),
            None => Ok(Type::Any),
        }
    }

    fn generic(&mut self, origin: &PyObject, args: Option<&PyObject>) -> PyResult<Type> {
        match self.name(origin)?.as_str() {
            "Union" | "UnionType" | "Optional" => self.union(args),
            "Literal" => self.literal(args),
            "tuple" | "Tuple" => self.tuple(args),
            "dict" | "Mapping" | "MutableMapping" | "defaultdict" | "OrderedDict" | "Counter" => {
                let (key, value) = (self.argument(args, 0)?, self.argument(args, 1)?);
                Ok(Type::dict(key, value))
            }
            "list" | "set" | "frozenset" | "Sequence" | "MutableSequence" | "Iterable"
            | "Collection" | "Set" | "MutableSet" | "AbstractSet" | "deque" => {
                Ok(Type::list(self.argument(args, 0)?))
            }
            // Field[T], Var[T], Annotated[T, …], ClassVar[T]: the type that they wrap.
            name if name == "Var" || var_class(name).is_some() => self.argument(args, 0),
            "Field" | "Annotated" | "ClassVar" | "Final" | "Required" | "NotRequired"
            | "Mapped" => self.argument(args, 0),
            _ if args.is_none() => Ok(Type::Any),
            // `Annotated[T, …]` has the type itself as its origin.
            _ => self.read(origin),
        }
    }

    fn argument(&mut self, args: Option<&PyObject>, position: usize) -> PyResult<Type> {
        let args = args.and_then(|args| args.downcast_ref::<PyTuple>());
        match args.and_then(|args| args.as_slice().get(position)) {
            Some(argument) => self.read(&argument.clone()),
            None => Ok(Type::Any),
        }
    }

    fn arguments(args: Option<&PyObject>) -> Vec<PyObjectRef> {
        let args = args.and_then(|args| args.downcast_ref::<PyTuple>());
        args.map(|args| args.as_slice().to_vec())
            .unwrap_or_default()
    }

    fn union(&mut self, args: Option<&PyObject>) -> PyResult<Type> {
        let mut union: Option<Type> = None;
        for alternative in Self::arguments(args) {
            let ty = self.read(&alternative)?;
            union = Some(match union {
                Some(union) => union.either(ty),
                None => ty,
            });
        }
        Ok(union.unwrap_or(Type::Any))
    }

    fn literal(&mut self, args: Option<&PyObject>) -> PyResult<Type> {
        let mut union: Option<Type> = None;
        for value in Self::arguments(args) {
            let ty = self.class(value.class().as_object())?;
            union = Some(union.map_or(ty.clone(), |union| union.either(ty)));
        }
        Ok(union.unwrap_or(Type::Any))
    }

    fn tuple(&mut self, args: Option<&PyObject>) -> PyResult<Type> {
        let args = Self::arguments(args);
        if args.len() == 2 && args[1].is(&self.vm.ctx.ellipsis) {
            return Ok(Type::list(self.read(&args[0])?));
        }
        let items = args
            .iter()
            .map(|item| self.read(item))
            .collect::<PyResult<Vec<Type>>>()?;
        Ok(Type::Tuple(items.into()))
    }

    fn class(&mut self, class: &PyObject) -> PyResult<Type> {
        let Some(class) = class.downcast_ref::<PyType>() else {
            return Ok(Type::Any);
        };
        if let Some(known) = builtin(class).or_else(|| var_class(&class.name())) {
            return Ok(known);
        }
        for base in class.iter_base_chain().skip(1) {
            if &*base.name() == "Enum" {
                return Ok(Type::Any);
            }
        }
        let own = class.mro_collect();
        for base in own.iter().skip(1) {
            if let Some(known) = builtin(base)
                && !matches!(known, Type::Dict(..))
            {
                return Ok(known);
            }
        }
        self.object(class)
    }

    /// The fields that a class and its bases declare; `Any` for a class that declares none.
    fn object(&mut self, class: &rustpython_vm::Py<PyType>) -> PyResult<Type> {
        let identity = class.as_object().to_owned();
        let open = self.classes.iter().any(|known| known.is(&identity));
        if open || self.classes.len() == VAR_TYPE_DEPTH_MAX {
            return Ok(Type::Any);
        }
        self.classes.push(identity);
        let fields = self.fields(class);
        self.classes.pop();
        let fields = fields?;
        if fields.is_empty() {
            return Ok(Type::Any);
        }
        let name = class.name().to_string();
        Ok(Type::Object(Arc::new(ObjectType { name, fields })))
    }

    fn fields(&mut self, class: &rustpython_vm::Py<PyType>) -> PyResult<Vec<(String, Type)>> {
        let mut fields: Vec<(String, Type)> = Vec::new();
        for base in class.mro_collect().iter().rev() {
            if matches!(
                &*base.name(),
                "object" | "dict" | "BaseModel" | "SQLModel" | "Base"
            ) {
                continue;
            }
            let Some(annotations) = self.annotations(base.as_object())? else {
                continue;
            };
            for (name, annotation) in annotations {
                if name.starts_with('_') || self.is_class_variable(&annotation)? {
                    continue;
                }
                let ty = self.field(base.as_object(), &annotation)?;
                fields.retain(|(known, _)| *known != name);
                fields.push((name, ty));
            }
        }
        Ok(fields)
    }

    fn field(&mut self, class: &PyObject, annotation: &PyObject) -> PyResult<Type> {
        let Some(source) = annotation.downcast_ref::<PyStr>() else {
            return self.read(annotation);
        };
        match self.evaluate(class, &source.to_string_lossy()) {
            Some(annotation) => self.read(&annotation),
            None => Ok(Type::Any),
        }
    }

    /// A class's own annotations; `None` where a forward reference does not resolve yet.
    fn annotations(&self, class: &PyObject) -> PyResult<Option<Vec<(String, PyObjectRef)>>> {
        let annotations = match class.get_attr("__annotations__", self.vm) {
            Ok(annotations) => annotations,
            Err(error) if error.fast_isinstance(self.vm.ctx.exceptions.name_error) => {
                return Ok(None);
            }
            Err(error) if error.fast_isinstance(self.vm.ctx.exceptions.attribute_error) => {
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        let Some(annotations) = annotations.downcast_ref::<PyDict>() else {
            return Ok(None);
        };
        let mut found = Vec::new();
        for (name, annotation) in annotations.items_vec() {
            found.push((
                name.str(self.vm)?.to_string_lossy().into_owned(),
                annotation,
            ));
        }
        Ok(Some(found))
    }

    /// An annotation written as text (`from __future__ import annotations`), in its module.
    fn evaluate(&self, class: &PyObject, source: &str) -> Option<PyObjectRef> {
        let module = class.get_attr("__module__", self.vm).ok()?;
        let modules = self.vm.sys_module.get_attr("modules", self.vm).ok()?;
        let module = modules.get_item(&*module, self.vm).ok()?;
        let globals = module.dict()?;
        let scope = rustpython_vm::scope::Scope::with_builtins(None, globals, self.vm);
        self.vm.run_block_expr(scope, source).ok()
    }

    fn is_class_variable(&self, annotation: &PyObject) -> PyResult<bool> {
        if let Some(text) = annotation.downcast_ref::<PyStr>() {
            return Ok(text.to_string_lossy().contains("ClassVar"));
        }
        match self.attribute(annotation, "__origin__")? {
            Some(origin) => Ok(self.name(&origin)? == "ClassVar"),
            None => Ok(false),
        }
    }

    fn name(&self, object: &PyObject) -> PyResult<String> {
        if let Some(class) = object.downcast_ref::<PyType>() {
            return Ok(class.name().to_string());
        }
        for attribute in ["_name", "__name__"] {
            if let Some(name) = self.attribute(object, attribute)? {
                return Ok(name.str(self.vm)?.to_string_lossy().into_owned());
            }
        }
        Ok(String::new())
    }

    fn attribute(&self, object: &PyObject, name: &str) -> PyResult<Option<PyObjectRef>> {
        // A class would find the attribute of its instances or of its bases' generics.
        if object.downcast_ref::<PyType>().is_some() {
            return Ok(None);
        }
        self.vm
            .get_attribute_opt(object, self.vm.ctx.intern_str(name))
    }
}

/// The type that a class of Vars stands for, such as `NumberVar`.
pub(super) fn var_class(name: &str) -> Option<Type> {
    Some(match name {
        "StringVar" | "ColorVar" => Type::Str,
        "NumberVar" => Type::Int.either(Type::Float),
        "BooleanVar" => Type::Bool,
        "ArrayVar" | "RangeVar" => Type::list(Type::Any),
        "ObjectVar" => Type::dict(Type::Str, Type::Any),
        "DateTimeVar" => Type::DateTime,
        "NoneVar" => Type::None,
        "FunctionVar" => Type::Any,
        _ => return None,
    })
}

/// The classes whose values the browser knows.
fn builtin(class: &rustpython_vm::Py<PyType>) -> Option<Type> {
    Some(match &*class.name() {
        "str" | "UUID" | "PosixPath" | "Path" => Type::Str,
        "int" => Type::Int,
        "bool" => Type::Bool,
        "float" => Type::Float,
        "bytes" | "bytearray" => Type::Bytes,
        "NoneType" => Type::None,
        "list" | "set" | "frozenset" | "tuple" | "deque" | "range" => Type::list(Type::Any),
        "dict" | "defaultdict" | "OrderedDict" | "Counter" => Type::dict(Type::Any, Type::Any),
        "datetime" | "date" | "time" | "timedelta" => Type::DateTime,
        _ => return None,
    })
}
