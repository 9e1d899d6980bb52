//! The native module `_ferroflex_rooms`: what `stdlib/reflex/shared_state.py` builds on.
//!
//! Not here: what a change of a link consists of (`change`).

pub(crate) use native::module_def;

#[rustpython_vm::pymodule(name = "_ferroflex_rooms")]
mod native {
    use rustpython_vm::{
        PyObjectRef, PyRef, PyResult, VirtualMachine,
        builtins::{PyTupleRef, PyUtf8StrRef},
    };

    use super::super::change::{To, change};
    use crate::{
        limits::ROOM_NAME_BYTES_MAX,
        live::object::StateObject,
        run::{app, state_behind},
    };

    /// Links the class of `state` to a room; gives a future that has to be waited for to its end, and
    /// what is to be called now and then meanwhile.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python gives a function is handed over"
    )]
    #[pyfunction]
    fn link(state: PyObjectRef, name: PyUtf8StrRef, vm: &VirtualMachine) -> PyResult<PyTupleRef> {
        let (state, name) = (state_behind(&state, true, vm)?, name.as_str());
        if name.len() > ROOM_NAME_BYTES_MAX {
            let length = name.len();
            return Err(vm.new_value_error(format!(
                "the name of a shared state has {length} bytes; it may have {ROOM_NAME_BYTES_MAX}"
            )));
        }
        changed(&state, To::Room(name.into()), vm)
    }

    /// Ends the link of the class of `state`; gives the same as `link`.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python gives a function is handed over"
    )]
    #[pyfunction]
    fn unlink(state: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyTupleRef> {
        let state = state_behind(&state, true, vm)?;
        changed(&state, To::Nothing, vm)
    }

    fn changed(state: &PyRef<StateObject>, to: To, vm: &VirtualMachine) -> PyResult<PyTupleRef> {
        state.shared.check_open(vm)?;
        let turn = state.shared.links.turn();
        let live = turn.as_ref().and_then(crate::run::Lent::live);
        let (Some(lent), Some(live)) = (turn, live) else {
            return Err(vm.new_runtime_error("the event is over"));
        };
        let (future, patience) = change(&app(vm)?, lent, live, state.class.number, to, vm)?;
        let tick = vm.new_function("tick", move || patience.tick());
        Ok(vm.ctx.new_tuple(vec![future, tick.into()]))
    }
}
