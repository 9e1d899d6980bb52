//! The order in which a class's bases are searched (C3, the method resolution order).
//!
//! RustPython 0.6.0 merges the bases' own orders but leaves out the list of the bases themselves,
//! so that of three or more bases a later one can come before an earlier one: `SQLAlchemy` then
//! calls the wrong method, without an error. `type.mro`, which every metaclass comes to, is
//! replaced; for classes of plain `type` RustPython does not call it, so that these are made by a
//! metaclass that gives the right order and at once hands the class over to `type`. An assignment
//! to `__bases__` of a class of plain `type` keeps the fault.

use std::sync::OnceLock;

use rustpython_vm::{
    AsObject, Py, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyTuple, PyType, PyTypeRef},
    function::FuncArgs,
    types::PyTypeFlags,
};

use super::creation::{self, Create};

/// The number of bases from which on their own order can make a difference.
const BASES_MIN: usize = 3;

static ORIGINAL: OnceLock<Create> = OnceLock::new();
static ORDERING: OnceLock<PyTypeRef> = OnceLock::new();

/// Mends the order, if it is wrong.
pub(super) fn mend(vm: &VirtualMachine) -> PyResult<bool> {
    if !is_wrong(vm)? {
        return Ok(false);
    }
    let metaclass = vm.ctx.types.type_type;
    let ordering = PyType::new_simple_heap("type", metaclass, &vm.ctx);
    let ordering = ordering.map_err(|text| vm.new_type_error(text))?;
    if !have_equal_layout(&ordering, metaclass) {
        return Err(vm.new_type_error("a metaclass is laid out in memory otherwise than type"));
    }
    let name = vm.ctx.intern_str("mro");
    ordering.set_attr(
        name,
        vm.new_method("mro", metaclass, order_and_hand_over).into(),
    );
    metaclass.set_attr(name, vm.new_method("mro", metaclass, order).into());
    ORDERING.get_or_init(|| ordering);
    creation::replace(&ORIGINAL, create, vm)?;
    Ok(true)
}

/// Whether `C(A2, B, A)` with `A2(A)` is searched in another order than `C`, `A2`, `B`, `A`.
fn is_wrong(vm: &VirtualMachine) -> PyResult<bool> {
    let class = |bases: Vec<PyObjectRef>| -> PyResult<PyTypeRef> {
        let arguments = (
            vm.ctx.new_str("Probe"),
            vm.ctx.new_tuple(bases),
            vm.ctx.new_dict(),
        );
        vm.ctx
            .types
            .type_type
            .as_object()
            .call(arguments, vm)?
            .try_into_value(vm)
    };
    let (first, second) = (class(Vec::new())?, class(Vec::new())?);
    let derived = class(vec![first.clone().into()])?;
    let probe = class(vec![derived.into(), second.clone().into(), first.into()])?;
    Ok(!probe.mro.read()[2].is(&second))
}

/// Whether an object made as an instance of one class can become one of the other.
fn have_equal_layout(one: &Py<PyType>, other: &Py<PyType>) -> bool {
    let decisive = [
        PyTypeFlags::HAS_DICT,
        PyTypeFlags::HAS_WEAKREF,
        PyTypeFlags::MANAGED_DICT,
        PyTypeFlags::INLINE_VALUES,
    ];
    let has = |class: &Py<PyType>| decisive.map(|flag| class.slots.flags.has_feature(flag));
    has(one) == has(other)
        && one.slots.member_count == other.slots.member_count
        && one.slots.basicsize == other.slots.basicsize
}

fn create(metaclass: PyTypeRef, arguments: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let is_plain = metaclass.is(vm.ctx.types.type_type);
    let chosen = match ORDERING.get() {
        Some(ordering) if is_plain && is_misordered(&arguments, vm) => ordering.clone(),
        _ => metaclass,
    };
    creation::call_original(&ORIGINAL, chosen, arguments, vm)
}

/// Whether RustPython would put the bases of a class of plain `type` into a wrong order.
fn is_misordered(arguments: &FuncArgs, vm: &VirtualMachine) -> bool {
    let [_, bases, _] = arguments.args.as_slice() else {
        return false;
    };
    let Some(bases) = bases.downcast_ref::<PyTuple>() else {
        return false;
    };
    if bases.as_slice().len() < BASES_MIN {
        return false;
    }
    let plain = |base: &PyObjectRef| {
        let base = base.clone().downcast::<PyType>().ok();
        base.filter(|base| base.class().is(vm.ctx.types.type_type))
    };
    let Some(bases) = bases
        .as_slice()
        .iter()
        .map(plain)
        .collect::<Option<Vec<_>>>()
    else {
        return false;
    };
    let mut lists = inherited(&bases);
    let without_bases = merge(&lists);
    lists.push(bases);
    match (merge(&lists), without_bases) {
        (Some(right), Some(made)) => !right.iter().zip(&made).all(|(one, other)| one.is(other)),
        (right, made) => right.is_some() != made.is_some(),
    }
}

/// `type.mro`: the class and all that it inherits from, in the order in which they are searched.
fn order(class: PyTypeRef, vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
    let bases = class.bases.read().as_slice().to_vec();
    if let Some(base) = bases.iter().find(|base| base.mro.read().is_empty()) {
        let name = base.name().to_string();
        return Err(vm.new_type_error(format!("Cannot extend an incomplete type '{name}'")));
    }
    let mut numbered = bases.iter().enumerate();
    let is_repeated = |(index, base): &(usize, &PyTypeRef)| {
        bases[..*index].iter().any(|earlier| earlier.is(*base))
    };
    if let Some((_, base)) = numbered.find(is_repeated) {
        let name = base.name().to_string();
        return Err(vm.new_type_error(format!("duplicate base class {name}")));
    }
    let mut lists = inherited(&bases);
    lists.push(bases);
    let Some(merged) = merge(&lists) else {
        let names = lists
            .last()
            .into_iter()
            .flatten()
            .map(|base| base.name().to_string());
        let names = names.collect::<Vec<_>>().join(", ");
        return Err(vm.new_type_error(format!(
            "Cannot create a consistent method resolution order (MRO) for bases {names}"
        )));
    };
    let own = std::iter::once(class.into());
    Ok(own
        .chain(merged.into_iter().map(PyObjectRef::from))
        .collect())
}

/// The same for a class that is still an instance of the ordering metaclass: it becomes one of
/// `type` before any code of the app can see it.
fn order_and_hand_over(class: PyTypeRef, vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
    class
        .as_object()
        .set_class(vm.ctx.types.type_type.to_owned(), vm);
    order(class, vm)
}

/// The bases' own orders.
fn inherited(bases: &[PyTypeRef]) -> Vec<Vec<PyTypeRef>> {
    bases.iter().map(|base| base.mro.read().clone()).collect()
}

/// One list in which the elements of each are in its order; nothing if there is none.
fn merge(lists: &[Vec<PyTypeRef>]) -> Option<Vec<PyTypeRef>> {
    let mut rests: Vec<&[PyTypeRef]> = lists.iter().map(Vec::as_slice).collect();
    let mut merged = Vec::new();
    loop {
        rests.retain(|rest| !rest.is_empty());
        if rests.is_empty() {
            return Some(merged);
        }
        let is_free = |head: &&PyTypeRef| {
            let mut tails = rests.iter().map(|rest| &rest[1..]);
            !tails.any(|tail| tail.iter().any(|class| class.is(*head)))
        };
        let head = rests.iter().map(|rest| &rest[0]).find(is_free)?.clone();
        for rest in &mut rests {
            if rest[0].is(&head) {
                *rest = &rest[1..];
            }
        }
        merged.push(head);
    }
}
