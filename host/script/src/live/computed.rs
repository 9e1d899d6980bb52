//! Computed vars: what they read is recorded while they run, and they run again only when some of
//! it has changed.

use std::time::{Duration, Instant};

use rustpython_vm::{AsObject, Py, PyObjectRef, PyResult, VirtualMachine};

use super::{circle, class::Computed, object::StateObject};

/// The value of the computed var with the number `field`, computed if what is kept does not hold.
pub(crate) fn read(
    owner: &Py<StateObject>,
    field: u32,
    computed: &Computed,
    vm: &VirtualMachine,
) -> PyResult {
    if let Some(value) = kept(owner, field, computed) {
        return Ok(value);
    }
    let begun = circle::begin(owner, field, vm)?;
    let (result, read) = owner
        .shared
        .traced(|| computed.function.call((owner.as_object().to_owned(),), vm));
    drop(begun);
    let value = result?;
    let versions = {
        let mut journal = owner.shared.journal.lock();
        if computed.cached {
            journal.note_unkept(owner.class.id(field));
        }
        read.iter().map(|id| (*id, journal.version(*id))).collect()
    };
    let mut slots = owner.slots.lock();
    let slot = &mut slots[field as usize];
    let old = slot.value.replace(value.clone());
    slot.read = Some(versions);
    slot.computed_at = Some(Instant::now());
    drop(slots);
    drop(old);
    Ok(value)
}

/// Whether the var has to be computed again.
pub(crate) fn is_stale(owner: &Py<StateObject>, field: u32, computed: &Computed) -> bool {
    kept(owner, field, computed).is_none()
}

fn kept(owner: &Py<StateObject>, field: u32, computed: &Computed) -> Option<PyObjectRef> {
    if !computed.cached {
        return None;
    }
    let slots = owner.slots.lock();
    let slot = &slots[field as usize];
    let read = slot.read.as_ref()?;
    let expired = computed.interval_s.is_some_and(|seconds| {
        slot.computed_at
            .is_none_or(|at| at.elapsed() >= Duration::from_secs_f64(seconds.max(0.0)))
    });
    if expired {
        return None;
    }
    let journal = owner.shared.journal.lock();
    let holds = read
        .iter()
        .all(|(id, version)| journal.holds(*id, *version));
    drop(journal);
    if !holds {
        return None;
    }
    for (id, _) in read {
        owner.shared.trace(*id);
    }
    slot.value.clone()
}
