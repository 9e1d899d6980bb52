//! Which turn of a session is the next, and what becomes of its events on the way there.
//!
//! Not here: giving the turn out, and its outcome (`turns`).

use std::sync::Arc;

use crate::mailbox::Letter;
use crate::script::{Script, Task, Update, Visit};
use crate::session_core::{Core, Demand};

impl<S: Script> Core<S> {
    /// What is to be done next. An event never runs without an instance: where the last one was
    /// lost, a new one is opened first, and the client is sent its state.
    pub(super) fn next_task(&mut self, is_stored: bool) -> Option<Task> {
        self.opening = self.opening_without_state().map(Arc::clone);
        if self.make_whole() {
            return Some(Task::Park { everything: true });
        }
        if self.is_wanted() && self.instance.is_none() {
            if let Some(fields) = self.parked.take() {
                self.rest.end();
                return Some(Task::Restore { fields });
            }
            if !self.opened.failed {
                return Some(Task::Open);
            }
        }
        if self.instance.is_some()
            && let Some((storage, in_hello)) = self.storage.take()
        {
            return Some(Task::Storage { storage, in_hello });
        }
        if self.demand == Demand::Wanted || self.opening.is_some() {
            return Some(Task::State);
        }
        if self.takes_new_visit() {
            return Some(Task::Visit);
        }
        let work = if self.was_section || self.sections.is_empty() {
            self.next_event().or_else(|| self.next_section())
        } else {
            self.next_section().or_else(|| self.next_event())
        };
        work.or_else(|| self.park_task(is_stored))
    }

    /// Whether nobody but a page that is about to be delivered has asked for the state.
    pub(super) fn is_for_page_alone(&self, task: &Task) -> bool {
        matches!(task, Task::State) && self.demand != Demand::Wanted
    }

    /// Whether a turn is needed for anything.
    pub(crate) fn is_wanted(&self) -> bool {
        self.demand == Demand::Wanted
            || self.storage.is_some()
            || self.opening_without_state().is_some()
            || !self.mailbox.is_empty()
            || !self.sections.is_empty()
            || self.has_acks_due()
            || self.record.is_renewed && !self.lease.is_ours()
    }

    /// Who is at the other end of the turn that is given out.
    pub(super) fn visit_of_turn(&self) -> Arc<Visit> {
        let opening = self.opening.as_ref();
        Arc::clone(opening.map_or(&self.visit, |opening| &opening.visit))
    }

    /// Takes a new address over once the events before it have ended. Gives whether there is a
    /// state that has to hear of it.
    fn takes_new_visit(&mut self) -> bool {
        let handled = self.handled;
        let Some((_, route)) = self.moved.take_if(|(after, _)| *after <= handled) else {
            return false;
        };
        Arc::make_mut(&mut self.visit).route = route;
        self.instance.is_some()
    }

    /// Notes what the turn that is given out is for.
    pub(super) fn begin(&mut self, task: Option<&Task>) {
        match task {
            Some(Task::Event { id, handler, .. }) => {
                self.running = Some((*id, *handler));
                self.was_section = false;
            }
            Some(Task::Section { .. }) => self.was_section = true,
            Some(
                Task::Open
                | Task::Restore { .. }
                | Task::Park { .. }
                | Task::State
                | Task::Visit
                | Task::Storage { .. },
            )
            | None => {}
        }
    }

    fn next_event(&mut self) -> Option<Task> {
        while let Some(letter) = self.mailbox.pop() {
            if let Some(task) = self.open_letter(letter) {
                return Some(task);
            }
        }
        None
    }

    fn next_section(&mut self) -> Option<Task> {
        let ticket = self.sections.pop_front()?;
        self.opening = None;
        Some(Task::Section { ticket })
    }

    /// The task in a letter, unless its event is answered without a turn.
    fn open_letter(&mut self, letter: Letter) -> Option<Task> {
        let Letter {
            event,
            refusal,
            superseded,
            opening,
            ..
        } = letter;
        self.opening = opening;
        let id = (event.id > 0).then_some(event.id);
        if let Some(route) = event.route {
            Arc::make_mut(&mut self.visit).route = route;
        }
        if let Some(refusal) = refusal {
            self.refuse(&refusal.into(), id);
        } else if superseded {
            self.tell(Update::default(), id);
        } else if self.instance.is_none() {
            // The next event tries again to open.
            self.opened.failed = false;
            self.fail_internally(id);
        } else {
            return Some(Task::Event {
                id: event.id,
                handler: event.handler,
                args: event.args,
            });
        }
        self.ended(id);
        None
    }
}
