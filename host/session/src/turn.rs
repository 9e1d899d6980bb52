//! A turn: one task of one session, lent to the script until it is finished.
//!
//! Not here: who gets the next turn, and what becomes of an outcome (`session`).

use std::sync::Arc;
use std::time::Instant;

use crate::handle::Handle;
use crate::metric;
use crate::script::{Outcome, Script, Task, Update, Visit};
use crate::session::Session;
use crate::store::Fields;
use crate::together::{Author, Ending};

/// One task of one session. As long as it lives the session gives out no other.
///
/// It may be moved to another thread. Dropped without [`Turn::finish`], it counts as an internal
/// failure: the client is told so and the session goes on.
pub struct Turn<S: Script> {
    session: Arc<Session<S>>,
    /// The session's life that it belongs to.
    life: u64,
    task: Arc<Task>,
    visit: Arc<Visit>,
    instance: Option<S::Instance>,
    kept: Fields,
    outcome: Option<Outcome>,
    began: Instant,
    ending: Arc<Ending>,
}

/// What a turn leaves.
pub(crate) struct Left<S: Script> {
    pub(crate) instance: Option<S::Instance>,
    pub(crate) kept: Fields,
    pub(crate) outcome: Option<Outcome>,
    /// To be told once the session has the rest.
    pub(crate) ending: Arc<Ending>,
}

impl<S: Script> Turn<S> {
    pub(crate) fn new(
        session: Arc<Session<S>>,
        life: u64,
        task: Task,
        visit: Arc<Visit>,
        instance: Option<S::Instance>,
    ) -> Self {
        Self {
            session,
            life,
            task: Arc::new(task),
            visit,
            instance,
            kept: Fields::new(),
            outcome: None,
            began: Instant::now(),
            ending: Arc::default(),
        }
    }

    /// What is to be done.
    #[must_use]
    pub fn task(&self) -> &Task {
        &self.task
    }

    /// What is to be done and who is at the other end, for those who go on elsewhere than in the turn.
    #[must_use]
    pub fn shared(&self) -> (Arc<Task>, Arc<Visit>) {
        (Arc::clone(&self.task), Arc::clone(&self.visit))
    }

    /// The session's state tree. `None` in [`Task::Open`], which has to put one there; there is one
    /// in every other task. It goes back to the session with the turn.
    pub fn instance(&mut self) -> &mut Option<S::Instance> {
        &mut self.instance
    }

    /// Task, visit and state tree together, for those who need them at the same time.
    pub fn parts(&mut self) -> (&Task, &Visit, &mut Option<S::Instance>) {
        (&self.task, &self.visit, &mut self.instance)
    }

    /// A way to the session that outlives the turn.
    #[must_use]
    pub fn handle(&self) -> Handle<S> {
        Handle::new(Arc::clone(&self.session))
    }

    /// The turn as the one who changes what stands beside the sessions.
    #[must_use]
    pub fn author(&self) -> Author<S> {
        let (session, ending) = (Arc::clone(&self.session), Arc::clone(&self.ending));
        Author::new(session, self.life, ending)
    }

    /// Sends what changed so far, in a frame of its own. Nothing is sent for an empty update.
    pub fn flush(&mut self, update: Update) {
        self.session.flush(self.life, update);
    }

    /// Whether the session is stored after this turn, so that [`Turn::keep`] is to be given what
    /// changed.
    #[must_use]
    pub fn is_stored(&self) -> bool {
        self.session.is_stored()
    }

    /// Gives what the store is to keep: the fields that changed since this was last called for the
    /// session, all that a new instance cannot know by itself the first time.
    pub fn keep(&mut self, changed: Fields) {
        self.kept = changed;
    }

    /// Ends the turn: the outcome is sent, the event acknowledged, and the next turn given out,
    /// from inside this call.
    pub fn finish(mut self, outcome: Outcome) {
        self.outcome = Some(outcome);
    }
}

impl<S: Script> Drop for Turn<S> {
    fn drop(&mut self) {
        if matches!(*self.task, Task::Event { .. }) {
            metric::event(self.outcome.as_ref(), self.began.elapsed());
        }
        let left = Left {
            instance: self.instance.take(),
            kept: std::mem::take(&mut self.kept),
            outcome: self.outcome.take(),
            ending: Arc::clone(&self.ending),
        };
        self.session.end_turn(self.life, &self.task, left);
    }
}
