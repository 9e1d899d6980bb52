//! The tracked set. A set is sent as a whole when its members changed.

use std::sync::LazyLock;

use rustpython_vm::{
    AsObject, Py, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PySet, PyType},
    function::FuncArgs,
    object::{Traverse, TraverseFn},
    protocol::PyNumberMethods,
    pyclass,
    types::{AsNumber, Constructor},
};

use super::{call_base, reduce};
use crate::live::shared::Track;

/// A set that tells the journal when it is changed.
#[pyclass(
    module = "_ferroflex_state",
    name = "set",
    base = PySet,
    unhashable = true,
    traverse = "manual"
)]
#[derive(Default)]
pub(crate) struct TrackedSet {
    set: PySet,
    track: Option<Track>,
}

impl std::fmt::Debug for TrackedSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TrackedSet")
    }
}

// SAFETY: the set below owns every object reference, and visits them.
unsafe impl Traverse for TrackedSet {
    fn traverse(&self, tracer: &mut TraverseFn<'_>) {
        self.set.traverse(tracer);
    }

    fn clear(&mut self, out: &mut Vec<PyObjectRef>) {
        Traverse::clear(&mut self.set, out);
    }
}

impl TrackedSet {
    /// A tracked set of `members`.
    pub(crate) fn new(
        members: Vec<PyObjectRef>,
        track: Track,
        vm: &VirtualMachine,
    ) -> PyResult<Self> {
        let set = PySet::default();
        for member in members {
            set.add(member, vm)?;
        }
        Ok(Self {
            set,
            track: Some(track),
        })
    }

    /// Its place in the journal; none for one that Python code made by itself.
    pub(crate) fn track(&self) -> Option<&Track> {
        self.track.as_ref()
    }

    /// The present members.
    pub(crate) fn members(&self) -> Vec<PyObjectRef> {
        self.set.elements()
    }

    /// Notes that the contents are about to be changed, if they may be.
    fn touch(&self, vm: &VirtualMachine) -> PyResult<()> {
        self.track.as_ref().map_or(Ok(()), |track| track.change(vm))
    }

    fn base(zelf: &Py<Self>, name: &'static str, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        zelf.touch(vm)?;
        call_base(vm.ctx.types.set_type, name, zelf.as_object(), args, vm)
    }
}

impl Constructor for TrackedSet {
    type Args = FuncArgs;

    fn py_new(_cls: &Py<PyType>, _args: FuncArgs, _vm: &VirtualMachine) -> PyResult<Self> {
        Ok(Self::default())
    }
}

macro_rules! touching {
    ($slot:ident) => {
        Some(|a, b, vm| {
            if let Some(set) = a.downcast_ref::<TrackedSet>() {
                set.touch(vm)?;
            }
            match PySet::as_number().$slot {
                Some(operation) => operation(a, b, vm),
                None => Ok(vm.ctx.not_implemented()),
            }
        })
    };
}

impl AsNumber for TrackedSet {
    fn as_number() -> &'static PyNumberMethods {
        static METHODS: LazyLock<PyNumberMethods> = LazyLock::new(|| {
            let base = PySet::as_number();
            PyNumberMethods {
                subtract: base.subtract,
                and: base.and,
                xor: base.xor,
                or: base.or,
                inplace_subtract: touching!(inplace_subtract),
                inplace_and: touching!(inplace_and),
                inplace_xor: touching!(inplace_xor),
                inplace_or: touching!(inplace_or),
                ..PyNumberMethods::NOT_IMPLEMENTED
            }
        });
        &METHODS
    }
}

macro_rules! base_methods {
    ($($name:ident),* $(,)?) => {
        #[pyclass(with(Constructor, AsNumber), flags(BASETYPE))]
        impl TrackedSet {
            $(
                #[pymethod]
                fn $name(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
                    Self::base(zelf, stringify!($name), args, vm)
                }
            )*

            #[pymethod]
            fn __reduce_ex__(
                zelf: &Py<Self>,
                _protocol: PyObjectRef,
                vm: &VirtualMachine,
            ) -> PyObjectRef {
                reduce(vm.ctx.types.set_type, vm.ctx.new_list(zelf.members()).into(), vm)
            }
        }
    };
}

base_methods!(
    add,
    discard,
    remove,
    pop,
    clear,
    update,
    intersection_update,
    difference_update,
    symmetric_difference_update,
);
