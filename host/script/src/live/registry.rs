//! The state classes and handlers of one app, in the order in which its modules declare them.
//!
//! The order gives the numbers of the wire protocol; it is fixed once the app is loaded.

use std::sync::Arc;

use parking_lot::Mutex;
use rustpython_vm::{
    AsObject, FromArgs, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass,
};

use super::{
    class::{Computed, Field, Source, StateClass},
    kept::Record,
    stored::Stored,
};
use crate::arguments::Parameters;

/// The name of the registry in the native module.
pub(super) const ATTRIBUTE: &str = "_registry";

/// The name of the field that tells who is at the other end. It is the root state's.
const ROUTER: &str = "router";

/// What `define` is told of a class.
#[derive(FromArgs)]
pub(super) struct Declaration {
    #[pyarg(positional)]
    class: PyObjectRef,
    #[pyarg(positional)]
    parent: PyObjectRef,
    #[pyarg(positional)]
    full_name: String,
    #[pyarg(positional)]
    fields: PyObjectRef,
    #[pyarg(positional)]
    computed: PyObjectRef,
    #[pyarg(positional)]
    handlers: PyObjectRef,
}

/// What `define_handler` is told of a handler that stands in a module.
#[derive(FromArgs)]
pub(super) struct HandlerDeclaration {
    #[pyarg(positional)]
    class: PyObjectRef,
    #[pyarg(positional)]
    full_name: PyObjectRef,
    #[pyarg(positional)]
    function: PyObjectRef,
    #[pyarg(positional)]
    parameters: PyObjectRef,
    #[pyarg(positional)]
    manner: PyObjectRef,
}

/// An event handler.
#[derive(Debug)]
pub(crate) struct Handler {
    /// `module.State.handler`; `module.handler` where it stands in a module.
    pub(crate) full_name: Arc<str>,
    /// The function, which takes the state instance first.
    pub(crate) function: PyObjectRef,
    /// The state class's number.
    pub(crate) state: u32,
    /// What it takes besides.
    pub(crate) parameters: Parameters,
    /// How it is run.
    pub(crate) manner: Manner,
}

/// How a handler is run, by its options and its kind of function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Manner {
    /// Beside the session's queue, as a task of its own.
    pub(crate) background: bool,
    /// A newer event of the same handler cancels an older one of the session.
    pub(crate) supersedes: bool,
    /// It is an `async def`, with or without `yield`.
    pub(crate) is_async: bool,
}

/// The state classes and handlers of one app.
#[pyclass(module = "_ferroflex_state", name = "Registry")]
#[derive(Debug, Default, PyPayload)]
pub(crate) struct Registry {
    classes: Mutex<Vec<Arc<StateClass>>>,
    handlers: Mutex<Vec<Arc<Handler>>>,
}

#[pyclass]
impl Registry {}

/// The registry of the interpreter that runs.
pub(crate) fn of(vm: &VirtualMachine) -> PyResult<PyRef<Registry>> {
    let module = vm.import("_ferroflex_state", 0)?;
    module
        .get_attr(ATTRIBUTE, vm)?
        .downcast::<Registry>()
        .map_err(|_| vm.new_runtime_error("the registry of state classes was replaced"))
}

impl Registry {
    /// The classes by number.
    pub(crate) fn classes(&self) -> Vec<Arc<StateClass>> {
        self.classes.lock().clone()
    }

    /// The handlers by number.
    pub(crate) fn handlers(&self) -> Vec<Arc<Handler>> {
        self.handlers.lock().clone()
    }

    pub(super) fn define(&self, declared: Declaration, vm: &VirtualMachine) -> PyResult<()> {
        let parent = self.find(&declared.parent);
        let number = self.classes.lock().len();
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let name = &declared.full_name;
        let mut fields = declared_fields(name, &declared.fields, vm)?;
        fields.extend(declared_computed(name, &declared.computed, vm)?);
        if parent.is_none() {
            fields.push(Field {
                name: ROUTER.into(),
                backend: false,
                source: Source::Router,
                stored: None,
                record: Record::new(name, ROUTER, None),
            });
        }
        let class = StateClass::new(number, name, parent.as_deref(), fields, declared.class);
        for handler in each(&declared.handlers, vm)? {
            let handler = declared_handler(number, parts(&handler, vm)?, vm)?;
            self.handlers.lock().push(Arc::new(handler));
        }
        self.classes.lock().push(Arc::new(class));
        Ok(())
    }

    pub(super) fn define_handler(
        &self,
        declared: HandlerDeclaration,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let Some(class) = self.find(&declared.class) else {
            let class = declared.class.repr(vm)?;
            return Err(vm.new_type_error(format!(
                "{class} is not a state class of the app: a mixin has no handlers in modules"
            )));
        };
        let parts = [
            declared.full_name,
            declared.function,
            declared.parameters,
            declared.manner,
        ];
        let handler = declared_handler(class.number, parts, vm)?;
        self.handlers.lock().push(Arc::new(handler));
        Ok(())
    }

    pub(super) fn define_route_argument(
        &self,
        name: &str,
        is_list: bool,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let mut classes = self.classes.lock();
        let known = classes.first().and_then(|root| {
            let mut fields = root.fields.iter();
            fields.find(|field| *field.name == *name)
        });
        match known.map(|field| &field.source) {
            Some(Source::RouteArgument { is_list: known }) if *known == is_list => return Ok(()),
            Some(Source::RouteArgument { .. }) => {
                return Err(vm.new_value_error(format!(
                    "the route argument {name} is one part of a path in one route and the rest of \
                     it in another; give one of them another name"
                )));
            }
            Some(_) => {
                return Err(vm.new_value_error(format!(
                    "the route argument {name} has the name of a field of rx.State; give it another"
                )));
            }
            None => {}
        }
        let root = classes.first().map_or("", |root| &root.full_name);
        let field = Field {
            record: Record::new(root, name, None),
            name: name.into(),
            backend: false,
            stored: None,
            source: Source::RouteArgument { is_list },
        };
        let added = add_to_root(&mut classes, field);
        added.ok_or_else(|| vm.new_runtime_error("the app has sessions already"))
    }

    pub(super) fn set_default(
        &self,
        class: &PyObject,
        name: &str,
        value: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let mut classes = self.classes.lock();
        let known = classes.iter_mut().find(|known| known.class.is(class));
        let Some(class) = known.and_then(Arc::get_mut) else {
            return Err(vm.new_runtime_error("the app has sessions already"));
        };
        let mut assigned = class
            .fields
            .iter_mut()
            .filter(|field| field.source.is_assigned());
        let Some(field) = assigned.find(|field| *field.name == *name) else {
            let message = format!("{} assigns no field {name}", class.full_name);
            return Err(vm.new_attribute_error(message));
        };
        let before = std::mem::replace(&mut field.source, Source::Default(value));
        // Python may run when it goes.
        drop(classes);
        drop(before);
        Ok(())
    }

    fn find(&self, class: &PyObject) -> Option<Arc<StateClass>> {
        self.classes
            .lock()
            .iter()
            .find(|known| known.class.is(class))
            .cloned()
    }
}

/// Gives the root state a further public field; nothing where an instance of a class exists.
fn add_to_root(classes: &mut [Arc<StateClass>], field: Field) -> Option<()> {
    let position = classes.first()?.public_count;
    let number = u32::try_from(position).ok()?;
    let mut levels: Vec<u32> = Vec::with_capacity(classes.len());
    for class in classes.iter_mut() {
        let above = class.parent.and_then(|parent| levels.get(parent as usize));
        levels.push(above.map_or(0, |levels| levels + 1));
        let levels = levels.last().copied()?;
        Arc::get_mut(class)?.inherit(&field.name, levels, number);
    }
    let root = Arc::get_mut(classes.first_mut()?)?;
    root.fields.insert(position, field);
    root.public_count += 1;
    Some(())
}

fn declared_handler(
    state: u32,
    [full_name, function, parameters, manner]: [PyObjectRef; 4],
    vm: &VirtualMachine,
) -> PyResult<Handler> {
    let [background, supersedes, is_async] = parts(&manner, vm)?;
    Ok(Handler {
        full_name: full_name.try_into_value::<String>(vm)?.into(),
        function,
        state,
        parameters: Parameters::read(&parameters, vm)?,
        manner: Manner {
            background: background.try_into_value(vm)?,
            supersedes: supersedes.try_into_value(vm)?,
            is_async: is_async.try_into_value(vm)?,
        },
    })
}

pub(crate) fn each(list: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
    list.to_owned().try_into_value(vm)
}

/// The parts of a tuple of `N`.
pub(crate) fn parts<const N: usize>(
    tuple: &PyObject,
    vm: &VirtualMachine,
) -> PyResult<[PyObjectRef; N]> {
    <[PyObjectRef; N]>::try_from(each(tuple, vm)?)
        .map_err(|given| vm.new_type_error(format!("expected {N} parts, not {}", given.len())))
}

fn declared_fields(class: &str, list: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<Field>> {
    let read = |entry: PyObjectRef| {
        let [name, annotation, default, factory, storage] = parts(&entry, vm)?;
        let name: String = name.try_into_value(vm)?;
        let source = if vm.is_none(&factory) {
            Source::Default(default)
        } else {
            Source::Factory(factory)
        };
        Ok(Field {
            backend: name.starts_with('_'),
            record: Record::new(class, &name, Some(annotation)),
            name: name.into(),
            source,
            stored: Stored::read(&storage, vm)?,
        })
    };
    each(list, vm)?.into_iter().map(read).collect()
}

fn declared_computed(class: &str, list: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<Field>> {
    let read = |entry: PyObjectRef| {
        let [name, function, awaited, cached, interval_s, backend] = parts(&entry, vm)?;
        let name: String = name.try_into_value(vm)?;
        let source = Source::Computed(Computed {
            function,
            awaited: awaited.try_into_value(vm)?,
            cached: cached.try_into_value(vm)?,
            interval_s: interval_s.try_into_value(vm)?,
        });
        let backend = backend.try_into_value(vm)?;
        Ok(Field {
            record: Record::new(class, &name, None),
            name: name.into(),
            backend,
            source,
            stored: None,
        })
    };
    each(list, vm)?.into_iter().map(read).collect()
}
