//! Running a turn: opening a session, running an event's handler and the events that follow from
//! it, giving the full state.
//!
//! Not here: which turn is next (`ferroflex-session`), on which thread (`worker`).

use std::{collections::VecDeque, sync::Arc};

use ferroflex_session::{Outcome, Task, Turn, Update};
use rustpython_vm::{
    AsObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyAsyncGen, PyBaseExceptionRef, PyCoroutine, PyGenerator},
    function::FuncArgs,
    protocol::{PyIter, PyIterReturn},
};

use crate::{
    App,
    app::Instance,
    failure::failure,
    interpreter::module,
    live::{registry::Handler, session::Live},
    ui::{Returned, returned_events},
};

/// How many handlers may follow from one event before the chain is taken for an endless one.
const CHAIN_MAX: usize = 1_000;

/// Runs a turn to its end.
pub(crate) fn run(app: &Arc<App>, mut turn: Turn<App>, vm: &VirtualMachine) {
    let outcome = match turn.task() {
        Task::Open => open(app, &mut turn, vm),
        Task::State => full_state(&mut turn, vm),
        Task::Event { .. } => event(app, &mut turn, vm),
    };
    turn.finish(outcome);
}

fn open(app: &Arc<App>, turn: &mut Turn<App>, vm: &VirtualMachine) -> Outcome {
    let (_, visit, instance) = turn.parts();
    let opened = Live::open(
        &app.classes,
        visit,
        app.router_told,
        Arc::downgrade(&app.workers),
        vm,
    );
    match opened {
        Ok(live) => {
            let state = told(&live, vm);
            *instance = Some(Instance(Arc::new(live)));
            state
        }
        Err(raised) => failed(Update::default(), &raised, vm),
    }
}

fn full_state(turn: &mut Turn<App>, vm: &VirtualMachine) -> Outcome {
    match turn.instance().clone() {
        Some(Instance(live)) => told(&live, vm),
        None => Outcome::State(Vec::new()),
    }
}

fn told(live: &Live, vm: &VirtualMachine) -> Outcome {
    let (state, failures) = live.everything(vm);
    for raised in &failures {
        log(raised, vm);
    }
    Outcome::State(state)
}

fn event(app: &Arc<App>, turn: &mut Turn<App>, vm: &VirtualMachine) -> Outcome {
    let (task, visit, instance) = turn.parts();
    let (Task::Event { handler, args, .. }, Some(Instance(live))) = (task, instance.clone()) else {
        return Outcome::Done(Update::default());
    };
    let Some(handler) = app.handlers.get(*handler as usize).cloned() else {
        return Outcome::Refused(ferroflex_session::Refusal::UnknownHandler { handler: *handler });
    };
    let args = match handler.parameters.convert(&handler.full_name, args, vm) {
        Ok(args) => args,
        Err(refusal) => return Outcome::Refused(refusal),
    };
    live.visit(visit);
    let mut chain = Chain {
        app,
        live: &live,
        vm,
        turn,
        waiting: VecDeque::new(),
        commands: vec![],
    };
    let result = chain.run(handler, args);
    let commands = std::mem::take(&mut chain.commands);
    let (mut update, failures) = live.flush(vm);
    update.commands = commands;
    match result.err().or_else(|| failures.into_iter().next()) {
        Some(raised) => failed(update, &raised, vm),
        None => Outcome::Done(update),
    }
}

fn failed(update: Update, raised: &PyBaseExceptionRef, vm: &VirtualMachine) -> Outcome {
    log(raised, vm);
    Outcome::Failed {
        update,
        failure: failure(raised, vm),
    }
}

fn log(raised: &PyBaseExceptionRef, vm: &VirtualMachine) {
    let failure = failure(raised, vm);
    tracing::error!("{}", failure.trace.trim_end());
}

/// A handler and the events that follow from it, one after the other.
struct Chain<'a> {
    app: &'a Arc<App>,
    live: &'a Live,
    vm: &'a VirtualMachine,
    turn: &'a mut Turn<App>,
    waiting: VecDeque<(Arc<Handler>, Vec<PyObjectRef>)>,
    commands: Vec<serde_json::Value>,
}

impl Chain<'_> {
    fn run(&mut self, handler: Arc<Handler>, args: Vec<PyObjectRef>) -> PyResult<()> {
        self.waiting.push_back((handler, args));
        let mut count = 0;
        while let Some((handler, args)) = self.waiting.pop_front() {
            count += 1;
            if count > CHAIN_MAX {
                return Err(self.vm.new_recursion_error(format!(
                    "{} and what followed from it asked for more than {CHAIN_MAX} events",
                    handler.full_name
                )));
            }
            self.one(&handler, args)?;
            if !self.waiting.is_empty() {
                self.flush()?;
            }
        }
        Ok(())
    }

    fn one(&mut self, handler: &Handler, args: Vec<PyObjectRef>) -> PyResult<()> {
        let Some(state) = self.live.state(handler.state) else {
            return Ok(());
        };
        let mut all: Vec<PyObjectRef> = vec![state.clone().into()];
        all.extend(args);
        let result = handler.function.call(FuncArgs::from(all), self.vm)?;
        if result.downcast_ref::<PyGenerator>().is_some() {
            return self.generator(result);
        }
        if result.downcast_ref::<PyCoroutine>().is_some() {
            let runner = Runner::new(self.vm)?;
            let outcome = runner.run(result, self.vm);
            runner.close(self.vm)?;
            return self.returned(&outcome?);
        }
        if result.downcast_ref::<PyAsyncGen>().is_some() {
            let runner = Runner::new(self.vm)?;
            let outcome = self.async_generator(&runner, &result);
            runner.close(self.vm)?;
            return outcome;
        }
        self.returned(&result)
    }

    fn generator(&mut self, generator: PyObjectRef) -> PyResult<()> {
        let steps = PyIter::new(generator);
        loop {
            match steps.next(self.vm)? {
                PyIterReturn::Return(yielded) => {
                    self.returned(&yielded)?;
                    self.flush()?;
                }
                PyIterReturn::StopIteration(Some(last)) => return self.returned(&last),
                PyIterReturn::StopIteration(None) => return Ok(()),
            }
        }
    }

    fn async_generator(&mut self, runner: &Runner, generator: &PyObjectRef) -> PyResult<()> {
        let step = module("reflex.running", self.vm)?.get_attr("step", self.vm)?;
        loop {
            let next = step.call((generator.clone(),), self.vm)?;
            match runner.run(next, self.vm) {
                Ok(yielded) => {
                    self.returned(&yielded)?;
                    self.flush()?;
                }
                Err(ended)
                    if ended.fast_isinstance(self.vm.ctx.exceptions.stop_async_iteration) =>
                {
                    return Ok(());
                }
                Err(raised) => return Err(raised),
            }
        }
    }

    /// Takes in what a handler returned or yielded.
    fn returned(&mut self, returned: &PyObjectRef) -> PyResult<()> {
        if self.vm.is_none(returned) {
            return Ok(());
        }
        for event in returned_events(returned, self.vm)? {
            match event {
                Returned::Command(command) => self.commands.push(command),
                Returned::Handler { full_name, args } => {
                    let Some(handler) = self.app.handler(&full_name) else {
                        return Err(self
                            .vm
                            .new_lookup_error(format!("there is no handler {full_name}")));
                    };
                    self.waiting.push_back((handler, args));
                }
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> PyResult<()> {
        let (mut update, failures) = self.live.flush(self.vm);
        update.commands = std::mem::take(&mut self.commands);
        self.turn.flush(update);
        failures.into_iter().next().map_or(Ok(()), Err)
    }
}

/// An event loop for one handler.
struct Runner(PyObjectRef);

impl Runner {
    fn new(vm: &VirtualMachine) -> PyResult<Self> {
        vm.import("asyncio", 0)?
            .get_attr("Runner", vm)?
            .call((), vm)
            .map(Self)
    }

    fn run(&self, coroutine: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        vm.call_method(&self.0, "run", (coroutine,))
    }

    fn close(&self, vm: &VirtualMachine) -> PyResult<()> {
        vm.call_method(&self.0, "close", ()).map(drop)
    }
}
