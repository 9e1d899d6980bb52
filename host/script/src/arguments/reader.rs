//! Annotations as kinds: `list[int]`, `Point | None`, `Literal["a", "b"]`, `type X = …`.
//!
//! `typing` is not imported: its objects are known by their attributes and the names of their
//! classes. What is not understood asks for nothing. Not here: annotations as the types of Vars,
//! which a page's compiler needs (`ui/annotation.rs`).

use std::sync::Arc;

use ferroflex_state::TextKind;
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyStr, PyTuple, PyType},
};

use super::{
    ANNOTATIONS,
    kind::{Deferred, Kind},
    record::Record,
};
use crate::interpreter::module;
use crate::limits::ANNOTATION_DEPTH_MAX;

/// Reads the annotations of one module.
pub(super) struct Reader<'a> {
    vm: &'a VirtualMachine,
    /// The module's name.
    module: PyObjectRef,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// For what stands in the module of that name.
    pub(super) fn in_module(module: PyObjectRef, vm: &'a VirtualMachine) -> Self {
        Self {
            vm,
            module,
            depth: 0,
        }
    }

    /// For the annotations of a function or a class.
    pub(super) fn of(owner: &PyObject, vm: &'a VirtualMachine) -> PyResult<Self> {
        let module = vm.get_attribute_opt(owner, "__module__")?;
        Ok(Self::in_module(module.unwrap_or_else(|| vm.ctx.none()), vm))
    }

    /// What the annotation of that name asks for.
    pub(super) fn entry(&self, annotations: &PyObject, name: &str) -> Kind {
        let annotation = annotations.get_item(name, self.vm);
        annotation.map_or(Kind::Any, |annotation| self.kind(&annotation))
    }

    /// What an annotation asks for. An unannotated parameter and one that is annotated with None
    /// look the same: they ask for nothing.
    pub(super) fn kind(&self, annotation: &PyObject) -> Kind {
        if self.vm.is_none(annotation) || self.depth == ANNOTATION_DEPTH_MAX {
            return Kind::Any;
        }
        let inner = Reader {
            vm: self.vm,
            module: self.module.clone(),
            depth: self.depth + 1,
        };
        inner.read(annotation).unwrap_or(Kind::Any)
    }

    /// What a deferred annotation stands for: the text evaluated, the alias followed.
    pub(super) fn resolve(&self, annotation: &PyObject) -> PyResult<Kind> {
        if let Some(aliased) = self.attribute(annotation, "__value__")? {
            return Ok(self.kind(&aliased));
        }
        let found = module(ANNOTATIONS, self.vm)?
            .get_attr("evaluated", self.vm)?
            .call((annotation.to_owned(), self.module.clone()), self.vm)?;
        Ok(self.kind(&found))
    }

    fn read(&self, annotation: &PyObject) -> PyResult<Kind> {
        if let Some(class) = annotation.downcast_ref::<PyType>() {
            return Ok(self.class(class));
        }
        if let Some(deferred) = self.deferred(annotation)? {
            return Ok(deferred);
        }
        if annotation.class().name().contains("Union") {
            return self.union(annotation);
        }
        if let Some(origin) = self.attribute(annotation, "__origin__")? {
            return self.generic(annotation, &origin);
        }
        if let Some(supertype) = self.attribute(annotation, "__supertype__")? {
            return Ok(self.kind(&supertype));
        }
        if &*annotation.class().name() == "TypeVar" {
            return self.type_variable(annotation);
        }
        Ok(Kind::Any)
    }

    fn deferred(&self, annotation: &PyObject) -> PyResult<Option<Kind>> {
        let text = match annotation.downcast_ref::<PyStr>() {
            Some(text) => Some(text.as_object().to_owned()),
            None => self.attribute(annotation, "__forward_arg__")?,
        };
        let (name, module) = match text {
            Some(text) => (text, self.module.clone()),
            None if &*annotation.class().name() == "TypeAliasType" => (
                annotation.get_attr("__name__", self.vm)?,
                annotation.get_attr("__module__", self.vm)?,
            ),
            None => return Ok(None),
        };
        let name = name.str(self.vm)?.to_string_lossy().into_owned();
        let deferred = Deferred::new(name, annotation.to_owned(), module);
        Ok(Some(Kind::Deferred(Arc::new(deferred))))
    }

    fn union(&self, annotation: &PyObject) -> PyResult<Kind> {
        let members = self.args(annotation)?;
        let member = |member: &PyObjectRef| {
            if member.is(self.vm.ctx.types.none_type) || self.vm.is_none(member) {
                Kind::None
            } else {
                self.kind(member)
            }
        };
        Ok(Kind::OneOf(members.iter().map(member).collect()))
    }

    fn generic(&self, annotation: &PyObject, origin: &PyObject) -> PyResult<Kind> {
        let args = self.args(annotation)?;
        let argument = |position: usize| {
            let given = args.get(position);
            given.map_or(Kind::Any, |argument| self.kind(argument))
        };
        let element = || Box::new(argument(0));
        Ok(match self.name(origin)?.as_str() {
            "Literal" => self.literal(&args)?,
            "Union" | "UnionType" | "Optional" => self.union(annotation)?,
            "list" | "Sequence" | "MutableSequence" | "Iterable" | "Collection" => {
                Kind::List(element())
            }
            "set" | "Set" | "MutableSet" => Kind::Set(element()),
            "frozenset" => Kind::FrozenSet(element()),
            "tuple" => self.tuple(&args),
            "dict" | "Mapping" | "MutableMapping" => Kind::Dict(element(), Box::new(argument(1))),
            // What only says something about a type: the type is what counts.
            "Field" | "Var" | "Final" | "ClassVar" | "Required" | "NotRequired" | "ReadOnly" => {
                argument(0)
            }
            // `Annotated[T, …]` has the type itself as its origin, `Box[T]` its class.
            _ => self.kind(origin),
        })
    }

    fn tuple(&self, args: &[PyObjectRef]) -> Kind {
        if let [element, more] = args
            && more.is(&self.vm.ctx.ellipsis)
        {
            return Kind::Sequence(Box::new(self.kind(element)));
        }
        Kind::Tuple(args.iter().map(|element| self.kind(element)).collect())
    }

    fn literal(&self, values: &[PyObjectRef]) -> PyResult<Kind> {
        let constant = |value: &PyObjectRef| {
            if self.vm.is_none(value) {
                return Ok(Kind::None);
            }
            let kind = self.class(value.class());
            let written = value.repr(self.vm)?.to_string_lossy().into_owned();
            Ok(Kind::Constant(value.clone(), Box::new(kind), written))
        };
        values
            .iter()
            .map(constant)
            .collect::<PyResult<_>>()
            .map(Kind::OneOf)
    }

    fn type_variable(&self, variable: &PyObject) -> PyResult<Kind> {
        let constraints = variable.get_attr("__constraints__", self.vm)?;
        let constraints = tuple(&constraints);
        if !constraints.is_empty() {
            let kinds = constraints.iter().map(|constraint| self.kind(constraint));
            return Ok(Kind::OneOf(kinds.collect()));
        }
        Ok(self.kind(&*variable.get_attr("__bound__", self.vm)?))
    }

    fn class(&self, class: &Py<PyType>) -> Kind {
        if let Some(known) = self.builtin(class) {
            return known;
        }
        let object = class.as_object();
        let meta = object.class().name().to_string();
        if meta == "EnumType" || meta == "EnumMeta" {
            return Kind::Enum(object.to_owned(), class.name().to_string());
        }
        if let Some(kind) = text_kind(class, self.vm) {
            return Kind::Text(kind, object.to_owned());
        }
        Record::of(class, self.vm).map_or(Kind::Any, |record| Kind::Record(Arc::new(record)))
    }

    fn builtin(&self, class: &Py<PyType>) -> Option<Kind> {
        let types = &self.vm.ctx.types;
        let any = || Box::new(Kind::Any);
        let known = [
            (types.bool_type, Kind::Bool),
            (types.int_type, Kind::Int),
            (types.float_type, Kind::Float),
            (types.str_type, Kind::Str),
            (types.bytes_type, Kind::Bytes),
            (types.list_type, Kind::List(any())),
            (types.dict_type, Kind::Dict(any(), any())),
            (types.set_type, Kind::Set(any())),
            (types.frozenset_type, Kind::FrozenSet(any())),
            (types.tuple_type, Kind::Sequence(any())),
            (types.none_type, Kind::None),
        ];
        known
            .into_iter()
            .find_map(|(known, kind)| class.is(known).then_some(kind))
    }

    fn args(&self, annotation: &PyObject) -> PyResult<Vec<PyObjectRef>> {
        let args = self.attribute(annotation, "__args__")?;
        Ok(args.as_deref().map(tuple).unwrap_or_default())
    }

    /// The name of a class or of a special form of `typing`.
    fn name(&self, origin: &PyObject) -> PyResult<String> {
        if let Some(class) = origin.downcast_ref::<PyType>() {
            return Ok(class.name().to_string());
        }
        let name = self.attribute(origin, "_name")?;
        name.map_or(Ok(String::new()), |name| {
            Ok(name.str(self.vm)?.to_string_lossy().into_owned())
        })
    }

    fn attribute(&self, object: &PyObject, name: &'static str) -> PyResult<Option<PyObjectRef>> {
        self.vm.get_attribute_opt(object, name)
    }
}

fn tuple(object: &PyObject) -> Vec<PyObjectRef> {
    let tuple = object.downcast_ref::<PyTuple>();
    tuple
        .map(|tuple| tuple.as_slice().to_vec())
        .unwrap_or_default()
}

/// What kind of text a class of the standard library is written as.
fn text_kind(class: &Py<PyType>, vm: &VirtualMachine) -> Option<TextKind> {
    let module = class.get_attr(vm.ctx.intern_str("__module__"))?;
    let module = module.str(vm).ok()?.to_string_lossy().into_owned();
    Some(match (&*module, &*class.name()) {
        ("datetime", "datetime") => TextKind::DateTime,
        ("datetime", "date") => TextKind::Date,
        ("datetime", "time") => TextKind::Time,
        ("datetime", "timedelta") => TextKind::TimeDelta,
        ("decimal" | "_decimal" | "_pydecimal", "Decimal") => TextKind::Decimal,
        ("uuid", "UUID") => TextKind::Uuid,
        _ => return None,
    })
}
