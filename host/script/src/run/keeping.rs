//! The turns in which a session leaves the interpreter, and in which it comes back.
//!
//! Not here: what is kept of it (`live::kept`), and when (`ferroflex-session`).

use std::sync::Arc;

use ferroflex_session::{Outcome, Task, Update, Visit};
use rustpython_vm::{VirtualMachine, builtins::PyBaseExceptionRef};

use super::{lent::Lent, log};
use crate::{App, app::Instance, failure::failure, live::session::Live, rooms};

/// Makes the session's state of what was kept of it. The client is told what is different now.
pub(super) fn restore(
    app: &Arc<App>,
    lent: &Lent,
    task: &Task,
    visit: &Visit,
    vm: &VirtualMachine,
) {
    let Task::Restore { fields } = task else {
        return;
    };
    let workers = Arc::downgrade(&app.workers);
    let snapshots = fields.iter().filter(|(name, _)| !rooms::is_own(name));
    let snapshots = snapshots.map(|(name, bytes)| (&**name, &**bytes));
    let restored = Live::restore(&app.classes, visit, &app.routing, workers, snapshots, vm);
    let live = match restored {
        Ok(live) => live,
        Err(raised) => return lent.finish(failed(&raised, vm)),
    };
    let (update, failures) = live.refresh(vm);
    for raised in &failures {
        log(None, raised, vm);
    }
    live.leave();
    rooms::relink(app, lent, &live, fields, vm);
    let instance = Instance(Arc::new(live));
    lent.with(|turn| *turn.instance() = Some(instance));
    lent.end(Outcome::Done(update), vm);
}

/// What became of a state that could not be made.
pub(super) fn failed(raised: &PyBaseExceptionRef, vm: &VirtualMachine) -> Outcome {
    log(None, raised, vm);
    Outcome::Failed {
        update: Update::default(),
        failure: failure(raised, vm),
    }
}

/// Gives everything that a new instance needs and leaves none; the instance stays where a new one
/// would lack something. Its objects are dropped by a job of its own, when nobody has it any more.
pub(super) fn park(lent: &Lent, live: &Arc<Live>, everything: bool, vm: &VirtualMachine) {
    let may_leave = live.may_leave(vm);
    let is_stored = lent.with(|turn| turn.is_stored()).unwrap_or_default();
    if !may_leave && !is_stored {
        // It stays, and nobody has a use for what would be kept.
        return lent.finish(Outcome::Done(Update::default()));
    }
    let fields = live.keep(everything, vm);
    let leaves = may_leave && live.is_kept_whole();
    let given = lent.with(|turn| {
        turn.keep(fields);
        if leaves {
            *turn.instance() = None;
        }
    });
    if given.is_none() {
        live.keep_again();
    }
    lent.finish(Outcome::Done(Update::default()));
}
