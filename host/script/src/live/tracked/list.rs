//! The tracked list.
//!
//! It remembers the elements that the client last saw (`sent`), so that the flush finds the
//! shortest way from those to the present ones, also after writes that no hook has seen
//! (`list.append(x, v)`, `heapq.heappush`).

use std::{
    collections::HashSet,
    sync::{
        LazyLock,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use ferroflex_state::{NodeId, Parent};
use parking_lot::Mutex;
use rustpython_vm::{
    AsObject, Context, Py, PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyList, PyType},
    function::FuncArgs,
    object::{Traverse, TraverseFn},
    protocol::{PyMappingMethods, PySequenceMethods},
    pyclass,
    types::{AsMapping, AsSequence, Constructor},
};

use super::{call_base, reduce, track_of};
use crate::live::shared::Track;

/// A list that tells the journal when it is changed.
#[pyclass(
    module = "_ferroflex_state",
    name = "list",
    base = PyList,
    unhashable = true,
    traverse = "manual"
)]
#[derive(Default)]
pub(crate) struct TrackedList {
    list: PyList,
    track: Option<Track>,
    sent: Mutex<Vec<PyObjectRef>>,
    /// Whether a list has ever been among the elements that the client saw.
    nests: AtomicBool,
}

/// A stretch of a list: what the client last saw there, and what is there now.
#[derive(Debug)]
pub(crate) struct Stretch {
    /// The position of its first element.
    pub(crate) start: usize,
    /// What the client last saw.
    pub(crate) seen: Vec<PyObjectRef>,
    /// What is there now.
    pub(crate) present: Vec<PyObjectRef>,
}

impl std::fmt::Debug for TrackedList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TrackedList")
    }
}

// SAFETY: every object reference that the list owns is visited, those kept for comparison too.
unsafe impl Traverse for TrackedList {
    fn traverse(&self, tracer: &mut TraverseFn<'_>) {
        self.list.traverse(tracer);
        if let Some(sent) = self.sent.try_lock() {
            sent.iter().for_each(|element| element.traverse(tracer));
        }
    }

    fn clear(&mut self, out: &mut Vec<PyObjectRef>) {
        Traverse::clear(&mut self.list, out);
        out.append(self.sent.get_mut());
    }
}

impl TrackedList {
    /// A tracked list of `elements`, which the client has seen.
    pub(crate) fn new(elements: Vec<PyObjectRef>, track: Track) -> Self {
        Self {
            nests: AtomicBool::new(elements.iter().any(|element| is_list(element))),
            sent: Mutex::new(elements.clone()),
            list: PyList::from(elements),
            track: Some(track),
        }
    }

    /// Its place in the journal; none for one that Python code made by itself.
    pub(crate) fn track(&self) -> Option<&Track> {
        self.track.as_ref()
    }

    /// The present elements.
    pub(crate) fn elements(&self) -> Vec<PyObjectRef> {
        self.list.borrow_vec().to_vec()
    }

    /// The present element at `index`.
    pub(crate) fn element(&self, index: usize) -> Option<PyObjectRef> {
        self.list.borrow_vec().get(index).cloned()
    }

    /// Puts the tracked forms of elements into their places.
    pub(crate) fn replace(&self, index: usize, element: PyObjectRef) {
        let old = self
            .list
            .borrow_vec_mut()
            .get_mut(index)
            .map(|e| std::mem::replace(e, element));
        drop(old);
    }

    /// The elements that the client last saw.
    pub(crate) fn sent(&self) -> Vec<PyObjectRef> {
        self.sent.lock().clone()
    }

    /// Whether the present elements are the very ones that the client last saw.
    pub(crate) fn is_as_sent(&self) -> bool {
        let present = self.list.borrow_vec();
        let sent = self.sent.lock();
        present.len() == sent.len() && present.iter().zip(sent.iter()).all(|(a, b)| a.is(b))
    }

    /// The stretch outside of which the present elements are the very ones that the client last
    /// saw.
    pub(crate) fn changed(&self) -> Stretch {
        let present = self.list.borrow_vec();
        let sent = self.sent.lock();
        let same = |(a, b): &(&PyObjectRef, &PyObjectRef)| a.is(*b);
        let start = present.iter().zip(sent.iter()).take_while(same).count();
        let (present, sent) = (&present[start..], &sent[start..]);
        let end = present
            .iter()
            .rev()
            .zip(sent.iter().rev())
            .take_while(same)
            .count();
        Stretch {
            start,
            seen: sent[..sent.len() - end].to_vec(),
            present: present[..present.len() - end].to_vec(),
        }
    }

    /// The lists among the elements, those that the client last saw included.
    pub(crate) fn lists_inside(&self) -> Vec<PyObjectRef> {
        let mut lists = if self.nests.load(Relaxed) {
            self.elements()
        } else {
            self.changed().present
        };
        lists.retain(|element| is_list(element));
        if self.nests.load(Relaxed) {
            lists.extend(self.sent().into_iter().filter(|element| is_list(element)));
        }
        lists
    }

    /// Notes that the client has seen the present elements. Elements that stay are not copied
    /// anew, so that the cost follows the change.
    pub(crate) fn mark_sent(&self) {
        let present = self.list.borrow_vec();
        let mut sent = self.sent.lock();
        let same = present
            .iter()
            .zip(sent.iter())
            .take_while(|(a, b)| a.is(*b))
            .count();
        let dropped: Vec<PyObjectRef> = if present.len() == sent.len() {
            (same..present.len())
                .filter(|&i| !present[i].is(&sent[i]))
                .collect::<Vec<_>>()
                .into_iter()
                .map(|i| std::mem::replace(&mut sent[i], present[i].clone()))
                .collect()
        } else {
            let dropped = sent.drain(same..).collect();
            sent.extend(present[same..].iter().cloned());
            dropped
        };
        if present[same..].iter().any(|element| is_list(element)) {
            self.nests.store(true, Relaxed);
        }
        drop((present, sent));
        drop(dropped);
    }

    /// Forgets the links to what the client saw in the list and is no longer there.
    pub(crate) fn detach_dropped(&self) {
        let Some(track) = &self.track else { return };
        let present = self.list.borrow_vec();
        let sent = self.sent.lock();
        let same = present
            .iter()
            .zip(sent.iter())
            .take_while(|(a, b)| a.is(*b))
            .count();
        let nodes = sent[same..].iter().filter_map(|element| track_of(element));
        let mut dropped: HashSet<NodeId> = nodes.map(|track| track.node).collect();
        if dropped.is_empty() {
            return;
        }
        for track in present.iter().filter_map(|element| track_of(element)) {
            dropped.remove(&track.node);
        }
        let mut journal = track.shared.journal.lock();
        for node in dropped {
            journal.detach(node, Parent::Node(track.node));
        }
    }

    /// Notes that the contents are about to be changed, if they may be.
    fn touch(&self, vm: &VirtualMachine) -> PyResult<()> {
        self.track.as_ref().map_or(Ok(()), |track| track.change(vm))
    }

    fn base(zelf: &Py<Self>, name: &'static str, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        zelf.touch(vm)?;
        call_base(vm.ctx.types.list_type, name, zelf.as_object(), args, vm)
    }

    fn plain(&self, ctx: &Context) -> PyObjectRef {
        ctx.new_list(self.elements()).into()
    }
}

impl Constructor for TrackedList {
    type Args = FuncArgs;

    fn py_new(_cls: &Py<PyType>, _args: FuncArgs, _vm: &VirtualMachine) -> PyResult<Self> {
        Ok(Self::default())
    }
}

impl AsMapping for TrackedList {
    fn as_mapping() -> &'static PyMappingMethods {
        static METHODS: LazyLock<PyMappingMethods> = LazyLock::new(|| {
            let base = PyList::as_mapping();
            PyMappingMethods {
                length: base.length,
                subscript: Some(|mapping, needle, vm| {
                    let element = match PyList::as_mapping().subscript {
                        Some(subscript) => subscript(mapping, needle, vm)?,
                        None => return Err(vm.new_type_error("list cannot be indexed")),
                    };
                    watch_element(&element);
                    Ok(element)
                }),
                ass_subscript: Some(|mapping, needle, value, vm| {
                    TrackedList::mapping_downcast(mapping).touch(vm)?;
                    match PyList::as_mapping().ass_subscript {
                        Some(assign) => assign(mapping, needle, value, vm),
                        None => Ok(()),
                    }
                }),
            }
        });
        &METHODS
    }
}

impl AsSequence for TrackedList {
    fn as_sequence() -> &'static PySequenceMethods {
        static METHODS: LazyLock<PySequenceMethods> = LazyLock::new(|| {
            let base = PyList::as_sequence();
            PySequenceMethods {
                length: base.length,
                concat: base.concat,
                repeat: base.repeat,
                item: base.item,
                contains: base.contains,
                ass_item: Some(|sequence, index, value, vm| {
                    TrackedList::sequence_downcast(sequence).touch(vm)?;
                    match PyList::as_sequence().ass_item {
                        Some(assign) => assign(sequence, index, value, vm),
                        None => Ok(()),
                    }
                }),
                inplace_concat: Some(|sequence, other, vm| {
                    TrackedList::sequence_downcast(sequence).touch(vm)?;
                    match PyList::as_sequence().inplace_concat {
                        Some(concat) => concat(sequence, other, vm),
                        None => Err(vm.new_type_error("list cannot be extended")),
                    }
                }),
                inplace_repeat: Some(|sequence, times, vm| {
                    TrackedList::sequence_downcast(sequence).touch(vm)?;
                    match PyList::as_sequence().inplace_repeat {
                        Some(repeat) => repeat(sequence, times, vm),
                        None => Err(vm.new_type_error("list cannot be repeated")),
                    }
                }),
            }
        });
        &METHODS
    }
}

fn is_list(element: &PyObject) -> bool {
    element.downcast_ref::<TrackedList>().is_some()
}

/// Has a list inside a list compared at the flush, since a handler has got hold of it.
pub(super) fn watch_element(element: &PyObject) {
    if element.downcast_ref::<TrackedList>().is_some()
        && let Some(track) = track_of(element)
    {
        track.watch(element);
    }
}

#[pyclass(with(Constructor, AsMapping, AsSequence), flags(BASETYPE, SEQUENCE))]
impl TrackedList {
    #[pymethod]
    fn append(zelf: &Py<Self>, element: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        zelf.touch(vm)?;
        zelf.list.borrow_vec_mut().push(element);
        Ok(())
    }

    #[pymethod]
    fn insert(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        Self::base(zelf, "insert", args, vm)
    }

    #[pymethod]
    fn pop(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        Self::base(zelf, "pop", args, vm)
    }

    #[pymethod]
    fn remove(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        Self::base(zelf, "remove", args, vm)
    }

    #[pymethod]
    fn extend(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        Self::base(zelf, "extend", args, vm)
    }

    #[pymethod]
    fn clear(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        Self::base(zelf, "clear", args, vm)
    }

    #[pymethod]
    fn reverse(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        Self::base(zelf, "reverse", args, vm)
    }

    #[pymethod]
    fn sort(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        Self::base(zelf, "sort", args, vm)
    }

    #[pymethod]
    fn __reduce_ex__(zelf: &Py<Self>, _protocol: PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
        reduce(vm.ctx.types.list_type, zelf.plain(&vm.ctx), vm)
    }

    #[pymethod]
    fn __copy__(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        zelf.plain(&vm.ctx)
    }
}
