//! The tracked dictionary.
//!
//! It logs the keys that were written since the last flush with the values that they had before,
//! so that the cost of a flush follows the number of keys written, not the dictionary's size.

use std::sync::LazyLock;

use ferroflex_state::{DictKey, Parent};
use indexmap::IndexMap;
use num_traits::ToPrimitive;
use parking_lot::Mutex;
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine,
    builtins::{PyDict, PyInt, PyStr, PyType},
    function::{FuncArgs, OptionalArg},
    object::{Traverse, TraverseFn},
    protocol::{PyMappingMethods, PyNumberMethods},
    pyclass,
    types::{AsMapping, AsNumber, Constructor},
};

use super::{call_base, list::watch_element, reduce, track_of};
use crate::live::shared::Track;

/// What happened to one key since the last flush.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    /// The key itself.
    pub(crate) key: PyObjectRef,
    /// The value that the client last saw; none when it has seen none.
    pub(crate) before: Option<PyObjectRef>,
    /// The key was taken out in between, so that it now stands at the end if it is there again.
    pub(crate) moved: bool,
}

#[derive(Debug, Default)]
struct Log {
    changes: IndexMap<DictKey, Change>,
    /// How many entries the client last saw.
    sent_len: usize,
}

/// A dictionary that tells the journal when it is changed.
#[pyclass(
    module = "_ferroflex_state",
    name = "dict",
    base = PyDict,
    unhashable = true,
    traverse = "manual"
)]
#[derive(Default)]
pub(crate) struct TrackedDict {
    dict: PyDict,
    track: Option<Track>,
    log: Mutex<Log>,
}

impl std::fmt::Debug for TrackedDict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TrackedDict")
    }
}

// SAFETY: every object reference that the dictionary owns is visited, those in the log too.
unsafe impl Traverse for TrackedDict {
    fn traverse(&self, tracer: &mut TraverseFn<'_>) {
        self.dict.traverse(tracer);
        if let Some(log) = self.log.try_lock() {
            for change in log.changes.values() {
                change.key.traverse(tracer);
                change
                    .before
                    .iter()
                    .for_each(|value| value.traverse(tracer));
            }
        }
    }

    fn clear(&mut self, out: &mut Vec<PyObjectRef>) {
        Traverse::clear(&mut self.dict, out);
        for (_, change) in self.log.get_mut().changes.drain(..) {
            out.push(change.key);
            out.extend(change.before);
        }
    }
}

impl TrackedDict {
    /// A tracked dictionary of `dict`'s entries, which the client has seen.
    pub(crate) fn new(dict: PyDict, track: Track) -> Self {
        let log = Log {
            sent_len: dict.__len__(),
            ..Log::default()
        };
        Self {
            dict,
            track: Some(track),
            log: Mutex::new(log),
        }
    }

    /// Its place in the journal; none for one that Python code made by itself.
    pub(crate) fn track(&self) -> Option<&Track> {
        self.track.as_ref()
    }

    /// The present entries, in order.
    pub(crate) fn items(&self) -> Vec<(PyObjectRef, PyObjectRef)> {
        items_of(&self.dict)
    }

    /// The present value of `key`.
    pub(crate) fn get(&self, key: &PyObject, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
        self.dict.inner_getitem_opt(key, vm)
    }

    /// Puts the tracked form of a value into its place.
    pub(crate) fn replace(
        &self,
        key: &PyObject,
        value: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        self.dict.inner_setitem(key, value, vm)
    }

    /// What was written since the last flush; none when something was written that the log does
    /// not know of. Forgets it: the client is about to see the present entries.
    pub(crate) fn take_changes(&self, vm: &VirtualMachine) -> PyResult<Option<Vec<Change>>> {
        let changes = std::mem::take(&mut self.log.lock().changes);
        let mut expected = self.log.lock().sent_len;
        for change in changes.values() {
            let now = self.get(&change.key, vm)?.is_some();
            match (change.before.is_some(), now) {
                (false, true) => expected += 1,
                (true, false) => expected = expected.saturating_sub(1),
                _ => {}
            }
        }
        let present = self.dict.__len__();
        self.log.lock().sent_len = present;
        Ok((expected == present).then(|| changes.into_values().collect()))
    }

    /// Whether there is nothing that the client has not seen, as far as can be told cheaply.
    pub(crate) fn is_as_sent(&self) -> bool {
        let log = self.log.lock();
        log.changes.is_empty() && log.sent_len == self.dict.__len__()
    }

    /// Notes that the client has seen the present entries.
    pub(crate) fn mark_sent(&self) {
        let mut log = self.log.lock();
        let changes = std::mem::take(&mut log.changes);
        log.sent_len = self.dict.__len__();
        drop(log);
        drop(changes);
    }

    /// Forgets the link to a value that the client saw, unless it is still there.
    pub(crate) fn detach_dropped(&self, value: &PyObject) {
        let (Some(track), Some(dropped)) = (&self.track, track_of(value)) else {
            return;
        };
        if !self.items().iter().any(|(_, present)| present.is(value)) {
            let mut journal = track.shared.journal.lock();
            journal.detach(dropped.node, Parent::Node(track.node));
        }
    }

    fn note(&self, key: &PyObject, removed: bool, vm: &VirtualMachine) -> PyResult<()> {
        let Some(track) = &self.track else {
            return Ok(());
        };
        track.change(vm)?;
        let before = self.get(key, vm)?;
        let name = dict_key(key, vm)?;
        let mut log = self.log.lock();
        if let Some(change) = log.changes.get_mut(&name) {
            change.moved |= removed;
            if before.is_none() && !removed && change.moved {
                let last = log.changes.len() - 1;
                if let Some(index) = log.changes.get_index_of(&name) {
                    log.changes.move_index(index, last);
                }
            }
        } else {
            log.changes.insert(
                name,
                Change {
                    key: key.to_owned(),
                    before,
                    moved: removed,
                },
            );
        }
        Ok(())
    }

    fn note_all(&self, vm: &VirtualMachine) -> PyResult<()> {
        self.items()
            .iter()
            .try_for_each(|(key, _)| self.note(key, true, vm))
    }

    /// Writes every entry of `other`, logging each.
    fn merge(&self, other: &PyDict, vm: &VirtualMachine) -> PyResult<()> {
        for (key, value) in items_of(other) {
            self.note(&key, false, vm)?;
            self.dict.inner_setitem(&*key, value, vm)?;
        }
        Ok(())
    }

    fn base(zelf: &Py<Self>, name: &'static str, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        call_base(vm.ctx.types.dict_type, name, zelf.as_object(), args, vm)
    }
}

fn items_of(dict: &PyDict) -> Vec<(PyObjectRef, PyObjectRef)> {
    let mut items = Vec::with_capacity(dict.__len__());
    let mut position = 0;
    while let Some((next, key, value)) = dict.next_entry(position) {
        items.push((key, value));
        position = next;
    }
    items
}

/// A dictionary's key, as the client knows it.
pub(crate) fn dict_key(key: &PyObject, vm: &VirtualMachine) -> PyResult<DictKey> {
    if let Some(text) = key.downcast_ref::<PyStr>() {
        return Ok(DictKey::Str(text.to_string_lossy().into_owned()));
    }
    if vm.is_none(key) {
        return Ok(DictKey::None);
    }
    if key.class().is(vm.ctx.types.bool_type) {
        return Ok(DictKey::Bool(key.is(&vm.ctx.true_value)));
    }
    if let Some(number) = key.downcast_ref::<PyInt>()
        && let Some(small) = number.as_bigint().to_i64()
    {
        return Ok(DictKey::Int(small));
    }
    Ok(DictKey::Other(key.str(vm)?.to_string_lossy().into_owned()))
}

impl Constructor for TrackedDict {
    type Args = FuncArgs;

    fn py_new(_cls: &Py<PyType>, _args: FuncArgs, _vm: &VirtualMachine) -> PyResult<Self> {
        Ok(Self::default())
    }
}

impl AsMapping for TrackedDict {
    fn as_mapping() -> &'static PyMappingMethods {
        static METHODS: LazyLock<PyMappingMethods> = LazyLock::new(|| PyMappingMethods {
            length: PyDict::as_mapping().length,
            subscript: Some(|mapping, needle, vm| {
                let value = match PyDict::as_mapping().subscript {
                    Some(subscript) => subscript(mapping, needle, vm)?,
                    None => return Err(vm.new_type_error("dict cannot be subscripted")),
                };
                watch_element(&value);
                Ok(value)
            }),
            ass_subscript: Some(|mapping, needle, value, vm| {
                TrackedDict::mapping_downcast(mapping).note(needle, value.is_none(), vm)?;
                match PyDict::as_mapping().ass_subscript {
                    Some(assign) => assign(mapping, needle, value, vm),
                    None => Ok(()),
                }
            }),
        });
        &METHODS
    }
}

impl AsNumber for TrackedDict {
    fn as_number() -> &'static PyNumberMethods {
        static METHODS: LazyLock<PyNumberMethods> = LazyLock::new(|| PyNumberMethods {
            or: PyDict::as_number().or,
            inplace_or: Some(|a, b, vm| {
                let Some(dict) = a.downcast_ref::<TrackedDict>() else {
                    return Ok(vm.ctx.not_implemented());
                };
                TrackedDict::update(dict, FuncArgs::from(vec![b.to_owned()]), vm)?;
                Ok(a.to_owned())
            }),
            ..PyNumberMethods::NOT_IMPLEMENTED
        });
        &METHODS
    }
}

#[pyclass(with(Constructor, AsMapping, AsNumber), flags(BASETYPE, MAPPING))]
impl TrackedDict {
    #[pymethod]
    fn update(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
        let given = vm.ctx.types.dict_type.as_object().call(args, vm)?;
        match given.downcast_ref::<PyDict>() {
            Some(given) => zelf.merge(given, vm),
            None => Ok(()),
        }
    }

    #[pymethod]
    fn pop(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        if let Some(key) = args.args.first() {
            zelf.note(key, true, vm)?;
        }
        Self::base(zelf, "pop", args, vm)
    }

    #[pymethod]
    fn popitem(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        if let Some((key, _)) = zelf.items().last() {
            zelf.note(key, true, vm)?;
        }
        Self::base(zelf, "popitem", args, vm)
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python gives a method is handed over"
    )]
    #[pymethod]
    fn setdefault(
        zelf: &Py<Self>,
        key: PyObjectRef,
        default: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult {
        zelf.note(&key, false, vm)?;
        zelf.dict
            .get_or_insert(vm, &key, || default.unwrap_or_none(vm))
    }

    #[pymethod]
    fn clear(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        zelf.note_all(vm)?;
        Self::base(zelf, "clear", args, vm)
    }

    #[pymethod]
    fn __reduce_ex__(zelf: &Py<Self>, _protocol: PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
        reduce(vm.ctx.types.dict_type, Self::plain(zelf, vm), vm)
    }

    #[pymethod]
    fn __copy__(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        Self::plain(zelf, vm)
    }

    fn plain(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        let copy = zelf.dict.copy();
        copy.into_ref(&vm.ctx).into()
    }
}
