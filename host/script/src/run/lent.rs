//! The turn that a handler runs in, shared between the handler and whoever may have to end it.
//!
//! Not here: what happens in a turn (`chain`).

use std::sync::{Arc, Weak};

use ferroflex_session::{Failure, Handle, Outcome, Turn, Update};
use parking_lot::Mutex;
use rustpython_vm::VirtualMachine;

use crate::{App, app::Instance, live::session::Live};

/// What a client is told when a worker is given up.
pub(crate) const STUCK: &str = "the handler does not answer, and what it runs cannot be \
    interrupted; its changes so far are kept";

/// What clients are told when the loop's thread is given up.
pub(super) const LOOP_LOST: &str = "the event loop was lost to native code, and this handler \
    with it; its changes so far are kept";

/// A turn that can be taken from the thread which works in it, should that thread never come back.
#[derive(Clone)]
pub(crate) struct Lent(Arc<Out>);

/// A way to a turn that may be over.
pub(crate) type WeakLent = Weak<Out>;

/// A turn that is out. When nobody has it any more, it is over in any case.
pub(crate) struct Out(Mutex<Option<Turn<App>>>);

impl Drop for Out {
    fn drop(&mut self) {
        if let Some(mut turn) = self.0.get_mut().take() {
            leave(&mut turn);
        }
    }
}

fn leave(turn: &mut Turn<App>) {
    let author = turn.author();
    if let Some(Instance(live)) = turn.instance() {
        live.leave();
        live.links().leave(&author);
    }
}

impl Lent {
    pub(super) fn new(turn: Turn<App>) -> Self {
        let lent = Self(Arc::new(Out(Mutex::new(Some(turn)))));
        if let Some(live) = lent.live() {
            live.links().begin(&lent);
        }
        lent
    }

    /// A way to the turn that does not keep it.
    pub(crate) fn downgrade(&self) -> WeakLent {
        Arc::downgrade(&self.0)
    }

    /// The turn, unless it is over.
    pub(crate) fn upgrade(weak: &WeakLent) -> Option<Self> {
        weak.upgrade().map(Self)
    }

    /// Does something with the turn; nothing when it was taken away.
    pub(crate) fn with<R>(&self, work: impl FnOnce(&mut Turn<App>) -> R) -> Option<R> {
        self.0.0.lock().as_mut().map(work)
    }

    /// Whether the turn was taken away.
    pub(super) fn is_gone(&self) -> bool {
        self.0.0.lock().is_none()
    }

    /// Sends what changed so far.
    pub(crate) fn flush(&self, update: Update) {
        self.with(|turn| turn.flush(update));
    }

    /// Ends the turn after something may have changed in it, which is given to be stored. The client
    /// has been told of all of it, or is with `outcome`.
    pub(super) fn end(&self, outcome: Outcome, vm: &VirtualMachine) {
        let stored = self.with(|turn| turn.is_stored().then(|| turn.instance().clone()));
        if let Some(Some(Some(Instance(live)))) = stored {
            let fields = live.keep(false, vm);
            if self.with(|turn| turn.keep(fields)).is_none() {
                // The turn was taken away meanwhile.
                live.keep_again();
            }
        }
        self.finish(outcome);
    }

    /// Ends the turn where nothing was changed, or the client was not told of it: what changed is
    /// stored with the next turn.
    pub(super) fn finish(&self, outcome: Outcome) {
        let turn = self.0.0.lock().take();
        if let Some(mut turn) = turn {
            leave(&mut turn);
            turn.finish(outcome);
        }
    }

    /// Ends the turn in place of a thread that is lost. What that thread still does is not told to
    /// the client before the next event.
    pub(crate) fn give_up(&self, reason: &str) {
        let failure = Failure {
            message: reason.to_owned(),
            trace: reason.to_owned(),
        };
        self.finish(Outcome::Failed {
            update: Update::default(),
            failure,
        });
    }

    /// The session's state, as long as the turn is there.
    pub(crate) fn live(&self) -> Option<Arc<Live>> {
        let instance = self.with(|turn| turn.instance().clone()).flatten();
        instance.map(|Instance(live)| live)
    }

    /// A way to the session, as long as the turn is there.
    pub(crate) fn handle(&self) -> Option<Handle<App>> {
        self.with(|turn| turn.handle())
    }
}
