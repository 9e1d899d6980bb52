//! The native module `_ferroflex_limits`: the limits that Python code of ours keeps to.
//!
//! Not here: their reasons, and the limits that the host keeps itself (`limits`).

pub(crate) use native::module_def;

#[rustpython_vm::pymodule(name = "_ferroflex_limits")]
#[expect(
    clippy::unwrap_used,
    reason = "the macro's, where it sets a constant of a new module"
)]
mod native {
    use crate::limits;

    #[pyattr]
    const COMPUTED_WAIT_S_MAX: usize = limits::COMPUTED_WAIT_S_MAX;

    #[pyattr]
    const BODY_GATHERED_BYTES_MAX: usize = limits::BODY_GATHERED_BYTES_MAX;

    #[pyattr]
    const LIFESPAN_CANCEL_S_MAX: usize = limits::LIFESPAN_CANCEL_S_MAX;

    #[pyattr]
    const ROOM_WAIT_MS_MAX: u64 = limits::ROOM_WAIT_MS_MAX;
}
