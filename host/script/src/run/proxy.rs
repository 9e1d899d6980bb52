//! What `self` is in a background task: the state, open to changes only inside `async with self`.
//!
//! Not here: entering and leaving (`section`).

use parking_lot::Mutex;
use rustpython_vm::{
    AsObject, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    builtins::{PyStr, PyType},
    function::{FuncArgs, PySetterValue},
    pyclass,
    types::{GetAttr, Representable, SetAttr},
};

use super::section::Section;
use crate::live::object::StateObject;

/// A state as code from outside its session's turns sees it.
#[pyclass(module = "_ferroflex_loop", name = "StateProxy")]
#[derive(Debug, PyPayload)]
pub(crate) struct StateProxy {
    /// The state as it was last met.
    state: Mutex<PyRef<StateObject>>,
    section: PyRef<Section>,
}

impl StateProxy {
    /// The state, reached through a section.
    pub(super) fn new(state: &PyRef<StateObject>, section: &PyRef<Section>) -> Self {
        Self {
            state: Mutex::new(state.clone()),
            section: section.clone(),
        }
    }

    /// The state: inside of the section that of its turn, outside the one that was last met.
    fn state(&self) -> PyRef<StateObject> {
        let mut known = self.state.lock();
        let live = self.section.live();
        let now = live
            .as_ref()
            .and_then(|live| live.state(known.class.number));
        let Some(now) = now.filter(|now| !now.is(&*known)) else {
            return known.clone();
        };
        let before = std::mem::replace(&mut *known, now.clone());
        drop(known);
        // Dropping the last of an instance can run Python.
        drop(before);
        now.clone()
    }

    /// What the state's class has under a name: methods are bound to the proxy, so that what they
    /// change is guarded as well.
    fn member(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> Option<PyResult> {
        let state = zelf.state();
        let class = state.class();
        let member = class.get_attr(vm.ctx.intern_str(&*name.to_string_lossy()))?;
        if is_native(&member, class, name, vm) {
            return None;
        }
        let get = member.class().slots.descr_get.load()?;
        Some(get(
            &member,
            Some(zelf.as_object()),
            Some(class.as_object()),
            vm,
        ))
    }
}

/// The state that `object` is, or stands for.
///
/// # Errors
/// `TypeError` when it is no state; `ImmutableStateError` when it is `to_change` and one of a
/// background task that is outside of `async with`.
pub(crate) fn state_behind(
    object: &PyObjectRef,
    to_change: bool,
    vm: &VirtualMachine,
) -> PyResult<PyRef<StateObject>> {
    let Some(proxy) = object.downcast_ref::<StateProxy>() else {
        let state = object.clone().downcast::<StateObject>();
        return state.map_err(|object| {
            vm.new_type_error(format!("a {} is not a state", object.class().name()))
        });
    };
    if to_change && !proxy.section.is_inside() {
        return Err(Section::immutable(&proxy.state().class().name(), vm));
    }
    Ok(proxy.state())
}

/// Whether a member is one of the native base class, which takes no proxy for its `self`.
fn is_native(
    member: &PyObjectRef,
    class: &Py<PyType>,
    name: &Py<PyStr>,
    vm: &VirtualMachine,
) -> bool {
    let base = class
        .mro
        .read()
        .iter()
        .find_map(|base| base.is(StateObject::class(&vm.ctx)).then(|| base.clone()));
    let native = base.and_then(|base| base.get_attr(vm.ctx.intern_str(&*name.to_string_lossy())));
    native.is_some_and(|native| native.is(member))
}

impl GetAttr for StateProxy {
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        let text = name.to_string_lossy();
        match &*text {
            "__class__" => return Ok(zelf.state().class().as_object().to_owned()),
            "_state_of" => return zelf.as_object().generic_getattr(name, vm),
            "reset" if !zelf.section.is_inside() => return Err(Section::immutable("a state", vm)),
            _ => {}
        }
        if !StateObject::has_field(&zelf.state(), name)
            && let Some(member) = Self::member(zelf, name, vm)
        {
            return member;
        }
        zelf.state().as_object().get_attr(name, vm)
    }
}

impl SetAttr for StateProxy {
    fn setattro(
        zelf: &Py<Self>,
        name: &Py<PyStr>,
        value: PySetterValue,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        if !zelf.section.is_inside() {
            let name = format!("{}.{name}", zelf.state().class().name());
            return Err(Section::immutable(&name, vm));
        }
        match value {
            PySetterValue::Assign(value) => zelf.state().as_object().set_attr(name, value, vm),
            PySetterValue::Delete => zelf.state().as_object().del_attr(name, vm),
        }
    }
}

impl Representable for StateProxy {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!(
            "<{} of a background task>",
            zelf.state().class().name()
        ))
    }
}

#[pyclass(with(GetAttr, SetAttr, Representable))]
impl StateProxy {
    /// The session's instance of another state class: what `get_state` gives.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python gives a method is handed over"
    )]
    #[pymethod(name = "_state_of")]
    fn state_of(zelf: PyRef<Self>, class: PyObjectRef, vm: &VirtualMachine) -> PyResult<Self> {
        let state = StateObject::of_class(&zelf.state(), &class, vm)?;
        Ok(Self::new(&state, &zelf.section))
    }

    /// Enters a section of the session; gives the proxy.
    #[pymethod]
    fn __aenter__(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult {
        let section = zelf.section.clone();
        Section::enter(&section, move |_, _, _| zelf.into(), vm)
    }

    /// Sends what changed and leaves.
    #[pymethod]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python gives a method is handed over"
    )]
    fn __aexit__(zelf: PyRef<Self>, _raised: FuncArgs, vm: &VirtualMachine) -> PyResult {
        Section::leave(&zelf.section, vm)
    }
}
