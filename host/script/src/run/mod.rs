//! Running turns: opening a session, running an event's handler and the events that follow from
//! it, letting code from outside a turn into a session, giving the full state.
//!
//! - `chain`: a handler and what follows from it, each on the kind of thread that it needs;
//! - `lent`: the turn that they run in;
//! - `asynchronous`: async handlers, as tasks of the loop;
//! - `background`: handlers beside the session's queue;
//! - `keeping`: leaving the interpreter, and coming back;
//! - `section`, `proxy`: how code from outside a turn reaches the state;
//! - `reach`: how code that has a token finds the session;
//! - `on_loop`: the turns that are in the hands of the loop, should its thread be lost;
//! - `tasks`: the asyncio tasks that run for sessions, to cancel them.
//!
//! Not here: which turn is next (`ferroflex-session`), the threads (`threads`, `event_loop`).

mod asynchronous;
mod background;
mod chain;
mod keeping;
mod lent;
mod module;
mod on_loop;
mod proxy;
mod reach;
mod section;
mod tasks;

use std::sync::Arc;

use ferroflex_session::{Outcome, Refusal, Task, Turn, Update, Visit};
use rustpython_vm::{VirtualMachine, builtins::PyBaseExceptionRef};

pub(crate) use asynchronous::{Coroutines, new_future, resolve};
pub(crate) use lent::{Lent, STUCK, WeakLent};
pub(crate) use module::{app, module_def, tell_app};
pub(crate) use on_loop::OnLoop;
pub(crate) use proxy::state_behind;
pub(crate) use section::Waiting;
pub(crate) use tasks::{Tasks, cancel_event, end_session};

use crate::{
    App,
    app::Instance,
    failure,
    live::{registry::Manner, session::Live, stored},
    rooms,
    threads::Job,
};
use chain::Chain;

/// The kind of thread on which something runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// One of the threads that may block.
    Worker,
    /// The thread of the asyncio loop.
    Loop,
}

impl Place {
    /// Where a handler starts.
    fn of(manner: Manner) -> Self {
        if manner.is_async {
            Self::Loop
        } else {
            Self::Worker
        }
    }

    /// Has a job run there.
    fn submit(self, app: &App, job: Job) {
        match self {
            Self::Worker => app.workers.submit(job),
            Self::Loop => app.looper.post(job),
        }
    }
}

/// Has a turn run where it has to, when it has what it shares with other sessions.
pub(crate) fn dispatch(app: &Arc<App>, turn: Turn<App>) {
    rooms::admit(app, Lent::new(turn), begin);
}

fn begin(app: &Arc<App>, lent: Lent) {
    let parts = |turn: &mut Turn<App>| (turn.shared(), turn.instance().clone());
    let Some(((task, visit), instance)) = lent.with(parts) else {
        return;
    };
    match (&*task, instance) {
        (Task::Section { ticket }, _) => section::admit(app, *ticket, lent),
        (Task::Open, _) => {
            let of_job = Arc::clone(app);
            let run = move |lent: &Lent, vm: &VirtualMachine| open(&of_job, lent, &visit, vm);
            submit(app, Place::Worker, None, lent, run);
        }
        (Task::State, Some(Instance(live))) => {
            live.visit(&visit);
            let run = move |lent: &Lent, vm: &VirtualMachine| lent.end(told(&live, vm), vm);
            submit(app, Place::Worker, None, lent, run);
        }
        (Task::State, None) => lent.finish(Outcome::State(Vec::new())),
        (Task::Visit, Some(Instance(live))) => {
            live.visit(&visit);
            live.enter();
            let run = move |lent: &Lent, vm: &VirtualMachine| lent.end(moved(&live, vm), vm);
            submit(app, Place::Worker, None, lent, run);
        }
        (Task::Storage { .. }, Some(Instance(live))) => storage(app, lent, live, (task, visit)),
        (Task::Event { id, handler, .. }, Some(Instance(live))) => {
            let (id, handler) = (*id, *handler);
            live.visit(&visit);
            event(app, lent, live, Event { id, handler, task });
        }
        (Task::Restore { .. }, _) => {
            let of_job = Arc::clone(app);
            let run = move |lent: &Lent, vm: &VirtualMachine| {
                keeping::restore(&of_job, lent, &task, &visit, vm);
            };
            submit(app, Place::Worker, None, lent, run);
        }
        (Task::Park { everything }, Some(Instance(live))) => {
            let everything = *everything;
            let run = move |lent: &Lent, vm: &VirtualMachine| {
                keeping::park(lent, &live, everything, vm);
            };
            submit(app, Place::Worker, None, lent, run);
        }
        (Task::Event { .. } | Task::Visit | Task::Storage { .. } | Task::Park { .. }, None) => {
            lent.finish(Outcome::Done(Update::default()));
        }
    }
}

/// What [`Task::Event`] carries.
struct Event {
    id: u64,
    handler: u32,
    /// The task itself, which has the arguments.
    task: Arc<Task>,
}

impl Event {
    fn args(&self) -> &[serde_json::Value] {
        match &*self.task {
            Task::Event { args, .. } => args,
            _ => &[],
        }
    }
}

fn event(app: &Arc<App>, lent: Lent, live: Arc<Live>, event: Event) {
    let Some(handler) = app.handlers.get(event.handler as usize).map(Arc::clone) else {
        let handler = event.handler;
        return lent.finish(Outcome::Refused(Refusal::UnknownHandler { handler }));
    };
    live.enter();
    let span =
        tracing::info_span!("event", app = app.name, id = event.id, handler = %handler.full_name);
    let place = Place::of(handler.manner);
    let (of_job, name) = (Arc::clone(app), Arc::clone(&handler.full_name));
    let run = move |lent: &Lent, vm: &VirtualMachine| {
        let _entered = span.entered();
        let parameters = &handler.parameters;
        match parameters.convert(&handler.full_name, event.args(), vm) {
            Ok(args) => {
                let mut chain = Chain::new(&of_job, &live, lent.clone(), Some(event.id));
                chain.add(Arc::clone(&handler), args);
                chain.advance(place, vm);
            }
            Err(refusal) => lent.end(Outcome::Refused(refusal), vm),
        }
    };
    submit(app, place, Some(name), lent, run);
}

/// Has the state take over what the browser keeps of it.
fn storage(app: &App, lent: Lent, live: Arc<Live>, (task, visit): (Arc<Task>, Arc<Visit>)) {
    live.visit(&visit);
    live.enter();
    let run = move |lent: &Lent, vm: &VirtualMachine| {
        if let Task::Storage { storage, in_hello } = &*task
            && let Err(raised) = stored::take_over(&live, storage, in_hello.then_some(&*visit), vm)
        {
            log(None, &raised, vm);
        }
        let (update, failures) = live.flush(vm);
        for raised in &failures {
            log(None, raised, vm);
        }
        lent.end(Outcome::Done(update), vm);
    };
    submit(app, Place::Worker, None, lent, run);
}

/// Has something run that ends a turn, and ends the turn for it if its thread is lost.
fn submit(
    app: &App,
    place: Place,
    name: Option<Arc<str>>,
    lent: Lent,
    run: impl FnOnce(&Lent, &VirtualMachine) + Send + 'static,
) {
    let of_job = lent.clone();
    let mut job = Job::new(move |vm| run(&of_job, vm)).or_abandoned(move || lent.give_up(STUCK));
    if let Some(name) = name {
        job = job.named(name);
    }
    place.submit(app, job);
}

fn open(app: &Arc<App>, lent: &Lent, visit: &Visit, vm: &VirtualMachine) {
    let workers = Arc::downgrade(&app.workers);
    let opened = Live::open(&app.classes, visit, &app.routing, workers, vm);
    let outcome = match opened {
        Ok(live) => {
            let state = told(&live, vm);
            live.leave();
            let instance = Instance(Arc::new(live));
            lent.with(|turn| *turn.instance() = Some(instance));
            state
        }
        Err(raised) => keeping::failed(&raised, vm),
    };
    lent.end(outcome, vm);
}

fn told(live: &Live, vm: &VirtualMachine) -> Outcome {
    let (state, failures) = live.everything(vm);
    for raised in &failures {
        log(None, raised, vm);
    }
    Outcome::State(state)
}

/// What the browser is told of another visit.
fn moved(live: &Live, vm: &VirtualMachine) -> Outcome {
    let (update, failures) = live.flush(vm);
    for raised in &failures {
        log(None, raised, vm);
    }
    Outcome::Done(update)
}

/// Writes an exception of the app's code to the log, with the id of the event that led to it.
pub(crate) fn log(event: Option<u64>, raised: &PyBaseExceptionRef, vm: &VirtualMachine) {
    let trace = failure::trace(raised, vm);
    tracing::error!(event, "{}", trace.trim_end());
}
