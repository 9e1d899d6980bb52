//! The turn that a handler runs in, shared between the handler and whoever may have to end it.
//!
//! Not here: what happens in a turn (`chain`).

use std::sync::Arc;

use ferroflex_session::{Failure, Handle, Outcome, Turn, Update};
use parking_lot::Mutex;

use crate::{App, app::Instance};

/// What a client is told when a worker is given up.
pub(super) const STUCK: &str = "the handler does not answer, and what it runs cannot be \
    interrupted; its changes so far are kept";

/// What clients are told when the loop's thread is given up.
pub(super) const LOOP_LOST: &str = "the event loop was lost to native code, and this handler \
    with it; its changes so far are kept";

/// A turn that can be taken from the thread which works in it, should that thread never come back.
#[derive(Clone)]
pub(super) struct Lent(Arc<Mutex<Option<Turn<App>>>>);

impl Lent {
    pub(super) fn new(turn: Turn<App>) -> Self {
        Self(Arc::new(Mutex::new(Some(turn))))
    }

    /// Does something with the turn; nothing when it was taken away.
    pub(super) fn with<R>(&self, work: impl FnOnce(&mut Turn<App>) -> R) -> Option<R> {
        self.0.lock().as_mut().map(work)
    }

    /// Whether the turn was taken away.
    pub(super) fn is_gone(&self) -> bool {
        self.0.lock().is_none()
    }

    /// Sends what changed so far.
    pub(super) fn flush(&self, update: Update) {
        self.with(|turn| turn.flush(update));
    }

    /// Ends the turn.
    pub(super) fn finish(&self, outcome: Outcome) {
        let turn = self.0.lock().take();
        if let Some(mut turn) = turn {
            if let Some(Instance(live)) = turn.instance() {
                live.leave();
            }
            turn.finish(outcome);
        }
    }

    /// Ends the turn in place of a thread that is lost. What that thread still does is not told to
    /// the client before the next event.
    pub(super) fn give_up(&self, reason: &str) {
        let failure = Failure {
            message: reason.to_owned(),
            trace: reason.to_owned(),
        };
        self.finish(Outcome::Failed {
            update: Update::default(),
            failure,
        });
    }

    /// A way to the session, as long as the turn is there.
    pub(super) fn handle(&self) -> Option<Handle<App>> {
        self.with(|turn| turn.handle())
    }
}
