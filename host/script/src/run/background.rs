//! Background handlers: tasks that run beside the session's queue, and reach its state in sections.
//!
//! Not here: how they enter one (`section`), and what `self` is for them (`proxy`).

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering::Relaxed},
};

use ferroflex_session::Handle;
use rustpython_vm::{
    Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, builtins::PyBaseExceptionRef,
    pyclass,
};

use super::{
    Place,
    chain::{Chain, is_cancelled},
    proxy::StateProxy,
    section::{self, Section},
    tasks::What,
};
use crate::limits::BACKGROUND_TASKS_MAX;
use crate::{
    App,
    event_loop::{Begin, make_task},
    live::{object::StateObject, registry::Handler, session::Live},
    threads::Job,
};

/// Has background handlers of a session begin, on the loop.
pub(super) fn launch(
    app: &Arc<App>,
    handle: &Handle<App>,
    live: &Arc<Live>,
    handlers: Vec<(Arc<Handler>, Vec<PyObjectRef>)>,
) {
    for (handler, args) in handlers {
        let (of_job, live) = (Arc::clone(app), Arc::clone(live));
        let run = BackgroundRun {
            app: Arc::clone(app),
            handle: handle.clone(),
            task: AtomicU64::new(0),
        };
        app.looper.post(Job::new(move |vm| {
            let run = run.into_ref(&vm.ctx);
            let Some(state) = live.state(handler.state) else {
                return;
            };
            if let Err(raised) = start(&of_job, &run, state, &handler, args, vm) {
                run.fail(raised, vm);
            }
        }));
    }
}

fn start(
    app: &Arc<App>,
    run: &PyRef<BackgroundRun>,
    state: &PyRef<StateObject>,
    handler: &Arc<Handler>,
    args: Vec<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let handle = run.handle.clone();
    let token = Arc::clone(handle.token());
    let what = What::Background(Arc::clone(&handler.full_name));
    if handler.manner.supersedes {
        app.tasks.cancel(&token, &what, vm);
    }
    if app.tasks.background_count(&token) >= BACKGROUND_TASKS_MAX {
        return Err(vm.new_runtime_error(format!(
            "{} was not started: the session has {BACKGROUND_TASKS_MAX} background tasks already",
            handler.full_name
        )));
    }
    let section = Section::new(app, handle).into_ref(&vm.ctx);
    let proxy = StateProxy::new(state, &section).into_pyobject(vm);
    let mut all = vec![proxy];
    all.extend(args);
    let given = app.call(handler, all, vm)?;
    let coroutine = app.coroutines.around(given, run.clone().into(), vm)?;
    let task = make_task(coroutine, Begin::Soon, vm)?;
    run.task.store(app.tasks.add(token, what, task), Relaxed);
    Ok(())
}

/// A background handler under way: what its coroutine talks to.
#[pyclass(module = "_ferroflex_loop", name = "BackgroundRun")]
#[derive(PyPayload)]
pub(crate) struct BackgroundRun {
    app: Arc<App>,
    handle: Handle<App>,
    /// The number under which the task is known.
    task: AtomicU64,
}

impl std::fmt::Debug for BackgroundRun {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BackgroundRun")
    }
}

impl BackgroundRun {
    fn end(&self) {
        let number = self.task.load(Relaxed);
        self.app.tasks.remove(self.handle.token(), number);
    }

    /// Runs something in a turn of the session.
    fn visit(
        &self,
        work: impl FnOnce(Chain, &VirtualMachine) + Send + 'static,
        vm: &VirtualMachine,
    ) {
        let app = Arc::clone(&self.app);
        let work = move |lent, live: Arc<Live>, vm: &VirtualMachine| {
            work(Chain::new(&app, &live, lent, None), vm);
        };
        if let Err(error) = section::visit(&self.app, &self.handle, work, vm) {
            tracing::error!("a background task could not reach its session: {error}");
        }
    }

    /// Tells of an exception as of one in an event's handler.
    fn fail(&self, raised: PyBaseExceptionRef, vm: &VirtualMachine) {
        let fail = move |chain: Chain, vm: &VirtualMachine| chain.fail(&raised, Place::Loop, vm);
        self.visit(fail, vm);
    }

    /// Has the events that the handler gave follow.
    fn follow(&self, events: PyObjectRef, vm: &VirtualMachine) {
        if vm.is_none(&events) {
            return;
        }
        let follow = move |mut chain: Chain, vm: &VirtualMachine| match chain.take_in(&events, vm) {
            Ok(()) => chain.advance(Place::Loop, vm),
            Err(raised) => chain.fail(&raised, Place::Loop, vm),
        };
        self.visit(follow, vm);
    }
}

#[pyclass]
impl BackgroundRun {
    /// The handler yielded events. There is nothing to wait for.
    #[pymethod]
    fn yielded(zelf: &Py<Self>, events: PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
        zelf.follow(events, vm);
        vm.ctx.none()
    }

    /// The handler is over and returned this.
    #[pymethod]
    fn returned(zelf: &Py<Self>, events: PyObjectRef, vm: &VirtualMachine) {
        zelf.end();
        zelf.follow(events, vm);
    }

    /// The handler raised.
    #[pymethod]
    fn failed(zelf: &Py<Self>, raised: PyBaseExceptionRef, vm: &VirtualMachine) {
        zelf.end();
        if is_cancelled(&raised, vm) {
            tracing::debug!(token = %zelf.handle.token(), "a background task was cancelled");
        } else {
            zelf.fail(raised, vm);
        }
    }
}
