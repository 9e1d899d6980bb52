//! A handler and the events that follow from it, one after the other, in one turn.
//!
//! A chain is owned by whatever runs it at the moment and moves between threads with it: sync
//! handlers run on workers, async ones on the loop. Not here: how an async handler goes on after it
//! waited (`asynchronous`).

use std::{collections::VecDeque, sync::Arc};

use ferroflex_session::{Failure, Outcome};
use rustpython_vm::{
    AsObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyAsyncGen, PyBaseExceptionRef, PyCoroutine, PyGenerator},
    protocol::{PyIter, PyIterReturn},
};
use tracing::Span;

use super::{
    Place, asynchronous, background,
    lent::{Lent, STUCK},
    log,
};
use crate::limits::CHAIN_MAX;
use crate::{
    App,
    failure::failure,
    live::{registry::Handler, session::Live},
    threads::Job,
    ui::{Returned, resolve_callbacks, returned_events},
};

/// A handler and what follows from it.
pub(super) struct Chain {
    pub(super) app: Arc<App>,
    pub(super) live: Arc<Live>,
    pub(super) lent: Lent,
    /// The event that it began with, for the log.
    event: Option<u64>,
    /// What the log says of it, on whatever thread it is.
    span: Span,
    waiting: VecDeque<(Arc<Handler>, Vec<PyObjectRef>)>,
    commands: Vec<serde_json::Value>,
    /// How many handlers have run.
    count: usize,
    /// Background handlers, which begin when the turn is over.
    background: Vec<(Arc<Handler>, Vec<PyObjectRef>)>,
    /// What the client is to be told at the end.
    failure: Option<Failure>,
    /// The app's own exception handler has run: it is not asked a second time.
    is_recovering: bool,
}

impl Chain {
    /// A chain without anything to do, in a turn.
    pub(super) fn new(app: &Arc<App>, live: &Arc<Live>, lent: Lent, event: Option<u64>) -> Self {
        Self {
            app: Arc::clone(app),
            live: Arc::clone(live),
            lent,
            event,
            span: Span::current(),
            waiting: VecDeque::new(),
            commands: Vec::new(),
            count: 0,
            background: Vec::new(),
            failure: None,
            is_recovering: false,
        }
    }

    /// Adds a handler at the end.
    pub(super) fn add(&mut self, handler: Arc<Handler>, args: Vec<PyObjectRef>) {
        self.waiting.push_back((handler, args));
    }

    /// The session's token, unless the turn was taken away.
    pub(super) fn token(&self) -> Option<Arc<str>> {
        self.lent.handle().map(|handle| Arc::clone(handle.token()))
    }

    /// The id of the event that it began with; 0 for none.
    pub(super) fn event(&self) -> u64 {
        self.event.unwrap_or(0)
    }

    /// Goes on after a handler that waited.
    pub(super) fn go_on(mut self, place: Place, vm: &VirtualMachine) {
        if self.waiting.is_empty() {
            return self.finish(place, vm);
        }
        if place == Place::Loop && self.may_compute() {
            // The flush before the next one is not for the loop.
            return self.move_to(Place::Worker, Self::go_on);
        }
        match self.flush(vm) {
            Ok(()) => self.advance(place, vm),
            Err(raised) => self.fail(&raised, place, vm),
        }
    }

    /// Runs what waits, as far as this thread can, and has the rest run elsewhere.
    pub(super) fn advance(mut self, place: Place, vm: &VirtualMachine) {
        let _entered = self.span.clone().entered();
        while let Some((handler, args)) = self.waiting.pop_front() {
            let needed = Place::of(handler.manner);
            if needed != place {
                self.waiting.push_front((handler, args));
                return self.move_to(needed, Self::advance);
            }
            match self.step(&handler, args, vm) {
                Ok(None) => {}
                Ok(Some(awaitable)) => return asynchronous::start(self, awaitable, place, vm),
                Err(raised) => return self.fail(&raised, place, vm),
            }
            if !self.waiting.is_empty()
                && let Err(raised) = self.flush(vm)
            {
                return self.fail(&raised, place, vm);
            }
        }
        self.finish(place, vm);
    }

    /// Goes on with `how` on another kind of thread.
    fn move_to(self, place: Place, how: fn(Self, Place, &VirtualMachine)) {
        let (app, lent) = (Arc::clone(&self.app), self.lent.clone());
        let job = Job::new(move |vm| how(self, place, vm));
        place.submit(&app, job.or_abandoned(move || lent.give_up(STUCK)));
    }

    /// Runs a handler. What it gives to wait for is returned.
    fn step(
        &mut self,
        handler: &Arc<Handler>,
        args: Vec<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult<Option<PyObjectRef>> {
        self.count += 1;
        if self.count > CHAIN_MAX {
            return Err(vm.new_recursion_error(format!(
                "{} and what followed from it asked for more than {CHAIN_MAX} events",
                handler.full_name
            )));
        }
        let Some(state) = self.live.state(handler.state) else {
            return Ok(None);
        };
        if handler.manner.background {
            self.background.push((Arc::clone(handler), args));
            return Ok(None);
        }
        let mut all: Vec<PyObjectRef> = vec![state.clone().into()];
        all.extend(args);
        let result = self.app.call(handler, all, vm)?;
        if result.downcast_ref::<PyGenerator>().is_some() {
            self.exhaust(result, vm)?;
        } else if result.downcast_ref::<PyCoroutine>().is_some()
            || result.downcast_ref::<PyAsyncGen>().is_some()
        {
            return Ok(Some(result));
        } else {
            self.take_in(&result, vm)?;
        }
        Ok(None)
    }

    fn exhaust(&mut self, generator: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let steps = PyIter::new(generator);
        loop {
            match steps.next(vm)? {
                PyIterReturn::Return(yielded) => {
                    self.take_in(&yielded, vm)?;
                    self.flush(vm)?;
                }
                PyIterReturn::StopIteration(Some(last)) => return self.take_in(&last, vm),
                PyIterReturn::StopIteration(None) => return Ok(()),
            }
        }
    }

    /// Takes in what a handler returned or yielded.
    pub(super) fn take_in(&mut self, returned: &PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        if vm.is_none(returned) {
            return Ok(());
        }
        for event in returned_events(returned, vm)? {
            match event {
                Returned::Command(mut command) => {
                    let number = |name: &str| self.app.handlers_by_name.get(name).copied();
                    resolve_callbacks(&mut command, &number, vm)?;
                    self.commands.push(command);
                }
                Returned::Handler { full_name, args } => {
                    let Some(handler) = self.app.handler(&full_name) else {
                        let message = format!("there is no handler {full_name}");
                        return Err(vm.new_lookup_error(message));
                    };
                    self.add(handler, args);
                }
            }
        }
        Ok(())
    }

    /// Whether a flush may run computed vars: it is then not for the loop.
    pub(super) fn may_compute(&self) -> bool {
        self.app.computes && self.live.may_compute()
    }

    /// Sends what changed so far.
    pub(super) fn flush(&mut self, vm: &VirtualMachine) -> PyResult<()> {
        if self.lent.is_gone() {
            return Err(vm.new_runtime_error("the event was given up, since it did not answer"));
        }
        let (mut update, failures) = self.live.flush(vm);
        update.commands = std::mem::take(&mut self.commands);
        self.lent.flush(update);
        failures.into_iter().next().map_or(Ok(()), Err)
    }

    /// Ends the chain after an exception: the log, the app's own handler, the client are told.
    pub(super) fn fail(mut self, raised: &PyBaseExceptionRef, place: Place, vm: &VirtualMachine) {
        let _entered = self.span.clone().entered();
        self.waiting.clear();
        if self.lent.is_gone() {
            return;
        }
        if is_cancelled(raised, vm) {
            return self.finish(place, vm);
        }
        log(self.event, raised, vm);
        if self.recover(raised, vm) {
            return self.advance(place, vm);
        }
        self.failure = Some(failure(raised, vm));
        self.finish(place, vm);
    }

    /// Asks the app's `backend_exception_handler` what is to be done. False when there is none, or
    /// it raised itself.
    fn recover(&mut self, raised: &PyBaseExceptionRef, vm: &VirtualMachine) -> bool {
        let Some(handler) = &self.app.exception_handler else {
            return false;
        };
        if std::mem::replace(&mut self.is_recovering, true) {
            return false;
        }
        let asked = handler.call((raised.clone(),), vm);
        match asked.and_then(|events| self.take_in(&events, vm)) {
            Ok(()) => true,
            Err(other) => {
                log(self.event, &other, vm);
                false
            }
        }
    }

    /// Sends the last changes and ends the turn. Computed vars may take their time, so they do not
    /// run on the loop.
    pub(super) fn finish(mut self, place: Place, vm: &VirtualMachine) {
        if place == Place::Loop && self.may_compute() {
            return self.move_to(Place::Worker, Self::finish);
        }
        if self.lent.is_gone() {
            return;
        }
        let (mut update, failures) = self.live.flush(vm);
        update.commands = std::mem::take(&mut self.commands);
        for raised in &failures {
            log(self.event, raised, vm);
        }
        let raised = failures.first().map(|raised| failure(raised, vm));
        let handle = self.lent.handle();
        let outcome = match self.failure.or(raised) {
            Some(failure) => Outcome::Failed { update, failure },
            None => Outcome::Done(update),
        };
        self.lent.end(outcome, vm);
        if let Some(handle) = handle {
            background::launch(&self.app, &handle, &self.live, self.background);
        }
    }
}

/// Whether an exception says that a task was cancelled, which is no failure.
pub(super) fn is_cancelled(raised: &PyBaseExceptionRef, vm: &VirtualMachine) -> bool {
    // Only asyncio cancels; where it is not loaded, nothing is.
    let class = vm
        .sys_module
        .get_attr("modules", vm)
        .and_then(|modules| modules.get_item("asyncio", vm))
        .and_then(|asyncio| asyncio.get_attr("CancelledError", vm));
    class.is_ok_and(|class| raised.as_object().is_instance(&class, vm).unwrap_or(false))
}
