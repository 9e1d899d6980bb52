//! The turns of a session: given out one at a time, their outcomes sent.
//!
//! Not here: which turn is the next (`next`), connections (`session`), and the turn as the script
//! sees it (`turn`).

mod next;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use ferroflex_state::Value;

use crate::error::SessionError;
use crate::frame;
use crate::lease::Lease;
use crate::limits::{EVENTS_UNSAVED_MAX, SECTIONS_QUEUED_MAX};
use crate::script::{Failure, Outcome, Script, Task, Update};
use crate::session::Session;
use crate::session_core::{Core, Demand};
use crate::store::Fields;
use crate::turn::{Left, Turn};
use crate::{state_hash, write_state};

/// What a client is told when the host failed; the log has the rest.
const INTERNAL: &str = "the host failed while it handled this; the log says why";

impl<S: Script> Session<S> {
    /// Gives out turns as long as there is something to do and none is out. A script that finishes
    /// a turn before `run` returns is called again from here, not from inside itself.
    pub(crate) fn drive(self: &Arc<Self>) {
        {
            let mut core = self.core.lock();
            if core.gate.driving {
                return;
            }
            core.gate.driving = true;
        }
        while let Some(turn) = self.next_turn() {
            let ran = catch_unwind(AssertUnwindSafe(|| self.script.run(turn)));
            if ran.is_err() {
                tracing::error!(token = %self.token, "the script panicked in run");
            }
        }
        self.save();
    }

    /// Sends what a turn of that life has changed so far.
    pub(crate) fn flush(&self, life: u64, update: Update) {
        let mut core = self.core.lock();
        if update.is_empty() || core.life != life {
            return;
        }
        core.tell(update, None);
        drop(core);
        self.changed.notify_waiters();
    }

    /// Takes a turn back and gives out the next one.
    pub(crate) fn end_turn(self: &Arc<Self>, life: u64, task: &Task, left: Left<S>) {
        let mut core = self.core.lock();
        if core.life == life {
            self.settle_turn(&mut core, task, left);
            let is_heard = self.is_heard(&core);
            drop(core);
            if is_heard {
                self.changed.notify_waiters();
            }
        } else {
            // The session was lost meanwhile: nothing of the turn counts.
            core.gate.running = false;
            core.running = None;
            drop(core);
            left.ending.has_come();
            drop(left);
        }
        self.drive();
    }

    /// Takes what a turn left, in one step: no write has a part of it.
    fn settle_turn(&self, core: &mut Core<S>, task: &Task, left: Left<S>) {
        let Left {
            instance,
            kept,
            outcome,
            ending,
        } = left;
        core.take_back(instance);
        match (task, outcome) {
            (Task::Event { id, .. }, outcome) => self.end_event(core, *id, outcome),
            (Task::Restore { .. }, outcome) => self.end_restore(core, outcome),
            (
                Task::Section { .. } | Task::Visit | Task::Storage { .. } | Task::Park { .. },
                outcome,
            ) => self.end_section(core, outcome),
            (Task::Open | Task::State, Some(Outcome::State(substates))) => {
                self.end_state(core, task, substates);
            }
            (Task::Open | Task::State, outcome) => self.end_without_state(core, task, outcome),
        }
        self.keep(core, task, kept);
        if let (true, Some(keeper)) = (ending.has_come(), &self.keeper) {
            keeper.wake();
        }
    }

    /// Takes what a turn left for the store.
    fn keep(&self, core: &mut Core<S>, task: &Task, kept: Fields) {
        core.rest.since = Instant::now();
        if matches!(task, Task::Park { .. }) {
            return self.end_park(core, task, kept);
        }
        if !self.is_stored() {
            return;
        }
        let is_first = matches!(task, Task::Open) && !core.record.is_recorded;
        let has_changed = !kept.is_empty() || core.ring.last() > core.unsaved.written();
        if matches!(task, Task::Open) {
            core.bytes = kept
                .iter()
                .flat_map(|(_, value)| value)
                .map(Bytes::len)
                .sum();
        }
        core.unsaved.add(kept, matches!(task, Task::Open));
        // A session that no page has claimed is written when others may be asked for it.
        if (has_changed || is_first) && (core.unclaimed.is_none() || self.is_shared()) {
            core.unsaved.set_due();
        }
    }

    /// A turn out of order, for whoever needs one when nothing else does.
    pub(crate) fn free_turn(self: &Arc<Self>) -> Option<Turn<S>> {
        let mut core = self.core.lock();
        let is_free = !core.gate.running && !core.gate.driving && !core.is_wanted();
        if !is_free || core.instance.is_none() || !self.may_turn(&core) {
            return None;
        }
        core.gate.running = true;
        core.was_section = true;
        core.opening = None;
        let (visit, instance) = (Arc::clone(&core.visit), core.instance.take());
        let life = core.life;
        drop(core);
        let task = Task::Section { ticket: 0 };
        Some(Turn::new(Arc::clone(self), life, task, visit, instance))
    }

    /// Queues a ticket for a section.
    pub(crate) fn ask(&self, ticket: u64) -> Result<(), SessionError> {
        let mut core = self.core.lock();
        if core.sections.len() >= SECTIONS_QUEUED_MAX {
            return Err(SessionError::TooManySections {
                max: SECTIONS_QUEUED_MAX,
            });
        }
        core.sections.push_back(ticket);
        Ok(())
    }

    /// Takes a ticket out of the queue.
    pub(crate) fn withdraw(&self, ticket: u64) -> bool {
        let mut core = self.core.lock();
        let place = core.sections.iter().position(|waiting| *waiting == ticket);
        place.is_some_and(|place| core.sections.remove(place).is_some())
    }

    /// Whether a turn may be given out: the session is ours, nobody else waits for it, and not too
    /// much is unstored.
    fn may_turn(&self, core: &Core<S>) -> bool {
        let Some(keeper) = &self.keeper else {
            return true;
        };
        let unstored = core.handled.saturating_sub(core.unsaved.settled());
        let is_stalled = core.unsaved.is_failing() && unstored >= EVENTS_UNSAVED_MAX;
        let is_leaving = core.unsaved.is_releasing() || core.is_due_elsewhere();
        // What hello says of the frames that the client has is looked at first.
        let is_leaving = is_leaving || core.passage.expects_hello;
        core.lease.is_ours() && !is_stalled && !is_leaving && !keeper.is_stopping()
    }

    /// Has the lease asked for where it is needed, or given back where others wait for it.
    fn see_to_lease(self: &Arc<Self>, core: &mut Core<S>) {
        let Some(keeper) = &self.keeper else { return };
        match core.lease {
            Lease::Free {
                generation,
                claiming: false,
            } if core.is_wanted() && !keeper.is_stopping() => {
                let claiming = true;
                core.lease = Lease::Free {
                    generation,
                    claiming,
                };
                keeper.claim(Arc::clone(self));
            }
            Lease::Ours { .. } if !core.gate.running && core.is_due_elsewhere() => {
                if !core.unsaved.is_releasing() {
                    core.unsaved.set_release(true);
                }
            }
            Lease::Ours { .. } | Lease::Free { .. } | Lease::Unneeded => {}
        }
    }

    /// Whether anybody has use for being woken. A connection has none as long as its next frame
    /// waits for a write: it is woken once that is done.
    fn is_heard(&self, core: &Core<S>) -> bool {
        let keeper = self.keeper.as_ref();
        let is_stopping = keeper.is_some_and(|keeper| keeper.is_stopping());
        is_stopping || core.is_page_loading() || !core.is_held_back()
    }

    fn next_turn(self: &Arc<Self>) -> Option<Turn<S>> {
        let mut core = self.core.lock();
        let before = core.said();
        self.see_to_lease(&mut core);
        let task = if core.gate.running || !self.may_turn(&core) {
            None
        } else {
            core.acknowledge_due();
            core.next_task(self.is_stored())
        };
        core.gate.running = core.gate.running || task.is_some();
        core.passage.has_just_come &= task.is_none();
        core.gate.driving = task.is_some();
        core.begin(task.as_ref());
        let turn = task
            .map(|task| (task, core.visit_of_turn(), core.instance.take()))
            .map(|(task, visit, instance)| {
                Turn::new(Arc::clone(self), core.life, task, visit, instance)
            });
        // Letters may have been answered without a turn.
        let is_heard = core.said() != before && self.is_heard(&core) || core.is_page_loading();
        drop(core);
        self.room.notify_waiters();
        if is_heard {
            self.changed.notify_waiters();
        }
        turn
    }

    fn end_event(&self, core: &mut Core<S>, id: u64, outcome: Option<Outcome>) {
        let event = (id > 0).then_some(id);
        match outcome {
            Some(Outcome::Done(update)) => core.tell(update, event),
            Some(Outcome::Refused(refusal)) => core.refuse(&refusal.into(), event),
            Some(Outcome::Failed { update, failure }) => {
                core.tell(update, None);
                core.fail(event, &failure, self.traces);
            }
            Some(Outcome::State(_)) | None => {
                tracing::error!(token = %self.token, event = id, "an event's turn was not finished");
                core.fail_internally(event);
            }
        }
        core.ended(event);
    }

    fn end_section(&self, core: &mut Core<S>, outcome: Option<Outcome>) {
        match outcome {
            Some(Outcome::Done(update)) => core.tell(update, None),
            Some(Outcome::Failed { update, failure }) => {
                core.tell(update, None);
                core.fail(None, &failure, self.traces);
            }
            Some(Outcome::Refused(refusal)) => core.refuse(&refusal.into(), None),
            Some(Outcome::State(_)) | None => {
                tracing::error!(token = %self.token, "a turn without an event was not finished");
                core.fail_internally(None);
            }
        }
    }

    /// An instance was made again, or was not: then the session begins anew.
    fn end_restore(&self, core: &mut Core<S>, outcome: Option<Outcome>) {
        self.end_section(core, outcome);
        core.opened.before = true;
        if core.instance.is_none() {
            tracing::error!(token = %self.token, "a session could not be restored and begins anew");
            core.want_state();
        }
    }

    fn end_state(&self, core: &mut Core<S>, task: &Task, substates: Vec<Value>) {
        core.opened.failed = core.instance.is_none();
        if !core.is_for_page_alone(task) {
            core.demand = Demand::None;
            self.answer(core, task, &substates);
        }
        core.collect_state(Some(substates));
    }

    /// Gives the full state its number, and writes it down for the connection that is there.
    fn answer(&self, core: &mut Core<S>, task: &Task, substates: &[Value]) {
        if core.attached.is_none() && matches!(task, Task::State) {
            return; // What the frames say still holds.
        }
        let unseen = core.unseen();
        let sequence = core.ring.restart();
        // What is told again stands in the frames before, until it is stored in new ones.
        let has_unstored = core.handled > core.unsaved.settled() || !unseen.is_empty();
        if core.lease != Lease::Unneeded && has_unstored {
            core.unsaved.hold(sequence);
        }
        let reopened =
            matches!(task, Task::Open) && std::mem::replace(&mut core.opened.before, true);
        if core.attached.is_none() {
            return;
        }
        let text = write_state(substates);
        let answered = core
            .attached
            .as_ref()
            .is_some_and(|attached| attached.answered);
        let is_known = core.page_has(&text);
        let full = frame::state(&frame::State {
            sequence,
            token: &self.token,
            event: core.received,
            handled: answered.then_some(core.handled),
            reopened,
            state: (!is_known).then_some(text.as_slice()),
        });
        core.full = Some((sequence, full));
        core.tell_unseen(unseen);
    }

    fn end_without_state(&self, core: &mut Core<S>, task: &Task, outcome: Option<Outcome>) {
        core.opened.failed = core.instance.is_none();
        core.collect_state(None);
        if self.is_stored() && matches!(task, Task::Open) {
            // What is said of it is stored all the same.
            core.unsaved.add(Fields::new(), true);
            core.unsaved.set_due();
        }
        if !core.is_for_page_alone(task) {
            core.demand = Demand::Failed;
        }
        if let Some(Outcome::Failed { failure, .. }) = outcome {
            core.fail(None, &failure, self.traces);
        } else {
            tracing::error!(token = %self.token, "the script gave no state where one was asked for");
            core.fail_internally(None);
        }
    }
}

impl<S: Script> Core<S> {
    /// Notes that the handling of an event has ended: of a client's with its id, or of one of a
    /// page's opening.
    fn ended(&mut self, event: Option<u64>) {
        match event {
            Some(id) => self.handled = id,
            None => self.end_item(),
        }
    }

    /// Whether this is the state that the page was delivered with and still has. Asked once for a
    /// connection, when its hello is answered.
    fn page_has(&mut self, text: &[u8]) -> bool {
        let Some(attached) = &mut self.attached else {
            return false;
        };
        attached.answered = true;
        attached
            .base
            .take()
            .is_some_and(|base| base == state_hash(text))
    }

    fn take_back(&mut self, instance: Option<S::Instance>) {
        self.instance = instance;
        self.gate.running = false;
        self.running = None;
    }

    fn fail(&mut self, event: Option<u64>, failure: &Failure, traces: bool) {
        let trace = traces.then_some(failure.trace.as_str());
        self.report("handler_failed", &failure.message, trace, event);
    }

    fn fail_internally(&mut self, event: Option<u64>) {
        self.report("internal", INTERNAL, None, event);
    }
}
