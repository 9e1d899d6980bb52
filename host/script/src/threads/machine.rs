//! A virtual machine for one thread, with a channel by which other threads interrupt it.
//!
//! RustPython gives such a channel only to an interpreter's first machine. Here every machine gets
//! one, while nobody else knows the machine yet. Not here: when and why a thread is interrupted
//! (`watchdog`, `rendezvous`).

use std::cell::RefCell;

use rustpython_vm::{
    PyResult, VirtualMachine,
    signal::{UserSignalSender, user_signal_channel},
    vm::thread::{ThreadedVirtualMachine, cleanup_current_thread_frames},
};

use crate::interpreter::module;

/// A signal of which the machine is asked once, so that it makes the table of handlers without
/// which it never looks whether it is interrupted. Any would do.
const ASKED_SIGNAL: i32 = 2;

thread_local! {
    /// The channel of the machine that runs on this thread.
    static SIGNALS: RefCell<Option<UserSignalSender>> = const { RefCell::new(None) };
}

/// A virtual machine that waits for its thread.
pub(crate) struct Machine {
    machine: ThreadedVirtualMachine,
    signals: UserSignalSender,
}

impl Machine {
    /// A machine of the interpreter that `vm` belongs to.
    pub(crate) fn new(vm: &VirtualMachine) -> Self {
        const {
            assert!(size_of::<ThreadedVirtualMachine>() == size_of::<VirtualMachine>());
            assert!(align_of::<ThreadedVirtualMachine>() == align_of::<VirtualMachine>());
        }
        let mut machine = vm.new_thread();
        let (signals, receiver) = user_signal_channel();
        // SAFETY: `ThreadedVirtualMachine` has one field, the `VirtualMachine`, which fills it
        // whole (asserted above), so that the pointer is to a valid machine. It is made from the
        // only reference to a local value that no thread has entered yet.
        let inner = unsafe { &mut *(&raw mut machine).cast::<VirtualMachine>() };
        inner.set_user_signal_channel(receiver);
        // As in CPython. RustPython names importlib's function here, so that it never finds
        // `__import__` as it was, and takes no module from its cache without calling it.
        if let Ok(import) = vm.builtins.get_attr("__import__", vm) {
            inner.import_func = import;
        }
        Self { machine, signals }
    }

    /// Runs `body` with the machine on this thread, which must have a stack of `STACK_BYTES` and
    /// nothing to do with Python before or after.
    pub(crate) fn run<R>(&self, body: impl FnOnce(&VirtualMachine) -> R) -> R {
        self.machine.run(|vm| {
            if let Err(raised) = module("reflex.running", vm).and_then(|_| listen(vm)) {
                vm.print_exception(&raised);
            }
            SIGNALS.set(Some(self.signals.clone()));
            let result = body(vm);
            SIGNALS.set(None);
            cleanup_current_thread_frames(vm);
            result
        })
    }
}

/// Lets the first machine of an interpreter, which is being made on this thread, be interrupted too.
pub(crate) fn open_to_signals(machine: &mut VirtualMachine) {
    let (signals, receiver) = user_signal_channel();
    machine.set_user_signal_channel(receiver);
    SIGNALS.set(Some(signals));
}

/// The channel that interrupts this thread, when a [`Machine`] or the first one of an interpreter
/// runs on it.
pub(crate) fn signals_here() -> Option<UserSignalSender> {
    SIGNALS.with_borrow(Clone::clone)
}

/// Makes the machine look for interruptions.
pub(crate) fn listen(vm: &VirtualMachine) -> PyResult<()> {
    vm.import("_signal", 0)?
        .get_attr("getsignal", vm)?
        .call((ASKED_SIGNAL,), vm)
        .map(drop)
}
