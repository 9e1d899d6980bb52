//! The live instance of a state class in one session: the base class of `rx.State`.
//!
//! Attribute reads and writes come through here. A field's value stands in a slot, not in the
//! instance's dictionary; a field of a parent state stands in the parent's instance. Reads are
//! recorded for computed vars, writes in the journal.

use std::sync::{Arc, atomic::Ordering::Relaxed};

use ferroflex_state::FieldId;
use parking_lot::Mutex;
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyStr, PyType},
    function::{FuncArgs, PySetterValue},
    object::{Traverse, TraverseFn},
    pyclass,
    types::{Constructor, GetAttr, SetAttr},
};

use super::{
    class::{Field, Source, StateClass},
    computed, router,
    shared::Shared,
    tracked::track_of,
};
use crate::{convert::is_settled, failure};

/// What one field holds.
#[derive(Debug, Default)]
pub(crate) struct Slot {
    /// The value; none for what has not been computed yet.
    pub(crate) value: Option<PyObjectRef>,
    /// What a computed value was computed from, with the versions then; none where it is not
    /// known to hold.
    pub(crate) read: Option<Vec<(FieldId, u32)>>,
    /// When it was computed, for those with an interval.
    pub(crate) computed_at: Option<std::time::Instant>,
    /// What the client last saw of it.
    pub(crate) sent: Sent,
}

/// What the client last saw of a field.
#[derive(Debug, Default)]
pub(crate) enum Sent {
    /// Nothing yet.
    #[default]
    Nothing,
    /// The object that the field holds, or held: a scalar, or a tracked container, which itself
    /// knows which of its contents were seen.
    Object(PyObjectRef),
    /// This value: kept for what no hook follows, and compared as a whole.
    Value(ferroflex_state::Value),
}

/// A live state instance.
#[pyclass(module = "_ferroflex_state", name = "StateObject", traverse = "manual")]
#[derive(PyPayload)]
pub(crate) struct StateObject {
    /// Its class.
    pub(crate) class: Arc<StateClass>,
    /// What the session's live objects share.
    pub(crate) shared: Arc<Shared>,
    /// The instance of the parent state.
    pub(crate) parent: Option<PyRef<StateObject>>,
    /// The fields' values.
    pub(crate) slots: Mutex<Vec<Slot>>,
}

impl std::fmt::Debug for StateObject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StateObject")
            .field("class", &self.class.full_name)
            .finish_non_exhaustive()
    }
}

// SAFETY: the parent and every object in the slots, which are all that the instance owns besides
// what Rust alone refers to, are visited.
unsafe impl Traverse for StateObject {
    fn traverse(&self, tracer: &mut TraverseFn<'_>) {
        self.parent.traverse(tracer);
        let Some(slots) = self.slots.try_lock() else {
            return;
        };
        for slot in slots.iter() {
            slot.value.traverse(tracer);
            if let Sent::Object(object) = &slot.sent {
                object.traverse(tracer);
            }
        }
    }

    fn clear(&mut self, out: &mut Vec<PyObjectRef>) {
        for slot in self.slots.get_mut().drain(..) {
            out.extend(slot.value);
            if let Sent::Object(object) = slot.sent {
                out.push(object);
            }
        }
        out.extend(self.parent.take().map(PyObjectRef::from));
    }
}

impl StateObject {
    /// An instance whose fields, by their numbers, hold what `value_of` gives.
    pub(crate) fn create(
        class: &Arc<StateClass>,
        shared: &Arc<Shared>,
        parent: Option<PyRef<Self>>,
        mut value_of: impl FnMut(FieldId, &Field) -> PyResult<Option<PyObjectRef>>,
        vm: &VirtualMachine,
    ) -> PyResult<PyRef<Self>> {
        let numbered = (0..).zip(&class.fields);
        let slots = numbered
            .map(|(number, field)| {
                Ok(Slot {
                    value: value_of(class.id(number), field)?,
                    ..Slot::default()
                })
            })
            .collect::<PyResult<Vec<_>>>()?;
        let object = Self {
            class: class.clone(),
            shared: shared.clone(),
            parent,
            slots: Mutex::new(slots),
        };
        let python_class = class
            .class
            .clone()
            .downcast::<PyType>()
            .map_err(|_| vm.new_type_error(format!("{} is not a class", class.full_name)))?;
        object.into_ref_with_type(vm, python_class)
    }

    /// The session's instance of a state class.
    ///
    /// # Errors
    /// `TypeError` when it is not one of the app's.
    pub(crate) fn of_class(
        zelf: &Py<Self>,
        class: &PyObject,
        vm: &VirtualMachine,
    ) -> PyResult<PyRef<Self>> {
        let states = zelf.shared.states.lock();
        if states.is_empty() {
            return Err(vm.new_runtime_error(
                "the session has another instance of its state by now; ask for other states inside \
                 `async with self:`",
            ));
        }
        let found = states.iter().find(|state| state.class.class.is(class));
        found.cloned().ok_or_else(|| {
            vm.new_type_error(format!(
                "{} is not a state class of the app",
                class.class().name()
            ))
        })
    }

    /// Whether a name stands for a field, of the class or of one that it inherits from.
    pub(crate) fn has_field(zelf: &Py<Self>, name: &Py<PyStr>) -> bool {
        let name = name.to_str();
        name.is_some_and(|name| zelf.class.places.contains_key(name))
    }

    /// The instance, this one or a parent's, and the field that a name stands for.
    fn place(zelf: &Py<Self>, name: &Py<PyStr>) -> Option<(PyRef<Self>, u32)> {
        let place = zelf.class.places.get(name.to_str()?)?;
        let mut owner = zelf.to_owned();
        for _ in 0..place.levels {
            owner = owner.parent.clone()?;
        }
        Some((owner, place.field))
    }

    fn read(zelf: &Py<Self>, field: u32, vm: &VirtualMachine) -> PyResult {
        let id = zelf.class.id(field);
        match &zelf.class.fields[field as usize].source {
            Source::Computed(computed) => {
                return match &computed.awaited {
                    Some(method) => method.call((zelf.to_owned(),), vm),
                    None => computed::read(zelf, field, computed, vm),
                };
            }
            Source::Router | Source::RouteArgument { .. } => {
                zelf.shared.trace(id);
                return router::read(zelf, field, vm);
            }
            Source::Default(_) | Source::Factory(_) => {}
        }
        let value = zelf.slots.lock()[field as usize].value.clone();
        let Some(value) = value else {
            return Err(vm.new_attribute_error(format!(
                "{} has no value",
                zelf.class.fields[field as usize].name
            )));
        };
        if zelf.shared.is_tracing() {
            zelf.shared.trace(id);
        } else if let Some(track) = track_of(&value) {
            track.watch(&value);
        } else if !is_settled(&value, vm) {
            zelf.shared.note_read(id);
        }
        Ok(value)
    }

    /// Assigns a field of the class itself.
    pub(super) fn write(
        zelf: &Py<Self>,
        field: u32,
        value: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let described = &zelf.class.fields[field as usize];
        if matches!(described.source, Source::Computed(_)) || described.source.is_of_visit() {
            return Err(vm.new_attribute_error(format!(
                "{}.{} is computed and cannot be assigned",
                zelf.class.full_name, described.name
            )));
        }
        zelf.shared.check_open(vm)?;
        let settled = is_settled(&value, vm);
        let old = zelf.slots.lock()[field as usize].value.replace(value);
        zelf.shared
            .journal
            .lock()
            .touch_field(zelf.class.id(field), settled);
        drop(old);
        Ok(())
    }
}

/// What a field of a new session holds; nothing for what is computed.
pub(crate) fn starting_value(field: &Field, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    match &field.source {
        Source::Default(value) if is_settled(value, vm) => Ok(Some(value.clone())),
        Source::Default(value) => match deep_copy(value, vm) {
            Ok(copy) => Ok(Some(copy)),
            Err(raised) => Err(not_copied(field, &raised, vm)),
        },
        Source::Factory(factory) => factory.call((), vm).map(Some),
        Source::Computed(_) | Source::Router | Source::RouteArgument { .. } => Ok(None),
    }
}

/// A copy for one session of a default that all of them would share otherwise.
fn deep_copy(value: &PyObjectRef, vm: &VirtualMachine) -> PyResult {
    if let Some(copy) = crate::convert::copy_plain(value, vm)? {
        return Ok(copy);
    }
    vm.import("copy", 0)?
        .get_attr("deepcopy", vm)?
        .call((value.clone(),), vm)
}

fn not_copied(
    field: &Field,
    raised: &PyBaseExceptionRef,
    vm: &VirtualMachine,
) -> PyBaseExceptionRef {
    vm.new_type_error(format!(
        "the default of {name} cannot be copied for each session ({why}); have each make its own: \
         {name} = rx.field(default_factory=…)",
        name = field.name,
        why = failure::message(raised, vm),
    ))
}

impl Constructor for StateObject {
    type Args = FuncArgs;

    fn py_new(class: &Py<PyType>, _args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        Err(vm.new_type_error(format!(
            "{} is made by the host, one for each session; use `await self.get_state({0})`",
            class.name()
        )))
    }
}

impl GetAttr for StateObject {
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        match Self::place(zelf, name) {
            Some((owner, field)) => Self::read(&owner, field, vm),
            None => zelf.as_object().generic_getattr(name, vm),
        }
    }
}

impl SetAttr for StateObject {
    fn setattro(
        zelf: &Py<Self>,
        name: &Py<PyStr>,
        value: PySetterValue,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        match (Self::place(zelf, name), value) {
            (Some((owner, field)), PySetterValue::Assign(value)) => {
                Self::write(&owner, field, value, vm)
            }
            (Some(_), PySetterValue::Delete) => Err(vm.new_attribute_error(format!(
                "{}.{name} is a field and cannot be deleted",
                zelf.class.full_name
            ))),
            (None, value) => {
                check_declared(zelf, name, vm)?;
                zelf.shared.has_attributes.store(true, Relaxed);
                zelf.as_object().generic_setattr(name, value, vm)
            }
        }
    }
}

/// A public name that the class does not know is most likely a typing error, and would be lost
/// with the session: it is refused, as in Reflex.
fn check_declared(zelf: &Py<StateObject>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult<()> {
    let text = name.to_string_lossy();
    let class_attribute = zelf.class().get_attr(vm.ctx.intern_str(&*text));
    if text.starts_with('_') || class_attribute.is_some() {
        return Ok(());
    }
    Err(vm.new_attribute_error(format!(
        "{} has no field {text}; declare it in the class body, such as `{text}: str = \"\"`",
        zelf.class.full_name
    )))
}

#[pyclass(with(Constructor, GetAttr, SetAttr), flags(BASETYPE, HAS_DICT))]
impl StateObject {
    /// The session's instance of another state class: what `get_state` gives.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python gives a method is handed over"
    )]
    #[pymethod(name = "_state_of")]
    fn state_of(zelf: &Py<Self>, class: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyRef<Self>> {
        Self::of_class(zelf, &class, vm)
    }

    /// Gives the fields of the state and of its substates their starting values.
    #[pymethod]
    fn reset(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        for (index, field) in zelf.class.fields.iter().enumerate() {
            if let (Some(value), Ok(number)) = (starting_value(field, vm)?, u32::try_from(index)) {
                Self::write(zelf, number, value, vm)?;
            }
        }
        let states = zelf.shared.states.lock().clone();
        let is_below = |state: &&PyRef<Self>| state.parent.as_ref().is_some_and(|up| up.is(zelf));
        for substate in states.iter().filter(is_below) {
            vm.call_method(substate.as_object(), "reset", ())?;
        }
        Ok(())
    }
}
