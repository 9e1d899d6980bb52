//! The asyncio tasks that run for sessions, so that they can be cancelled: an event that was
//! superseded, a session that is over.
//!
//! Not here: what the tasks do.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use parking_lot::Mutex;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::limits::BACKGROUND_AFTER_SESSION_S;
use crate::{App, interpreter::module, threads::Job};

/// What a task runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// The handler of the event with this id.
    Event(u64),
    /// A background handler, by its full name.
    Background(Arc<str>),
}

/// A task under way.
#[derive(Debug)]
struct Running {
    number: u64,
    what: What,
    task: PyObjectRef,
}

/// The tasks of an app, by the token of the session that they run for.
#[derive(Debug, Default)]
pub(crate) struct Tasks {
    by_token: Mutex<HashMap<Arc<str>, Vec<Running>>>,
    last: AtomicU64,
}

impl Tasks {
    /// Notes a task. It is to be removed by the number given when it is over.
    pub(super) fn add(&self, token: Arc<str>, what: What, task: PyObjectRef) -> u64 {
        let number = self.last.fetch_add(1, Relaxed) + 1;
        let running = Running { number, what, task };
        self.by_token.lock().entry(token).or_default().push(running);
        number
    }

    /// Forgets a task.
    pub(super) fn remove(&self, token: &str, number: u64) {
        let mut by_token = self.by_token.lock();
        let Some(tasks) = by_token.get_mut(token) else {
            return;
        };
        let place = tasks.iter().position(|running| running.number == number);
        let removed = place.map(|place| tasks.swap_remove(place));
        if tasks.is_empty() {
            by_token.remove(token);
        }
        drop(by_token);
        drop(removed);
    }

    /// Forgets every task, on the thread of a loop that took the place of theirs: they never end.
    pub(crate) fn forget_all(&self) {
        let lost = std::mem::take(&mut *self.by_token.lock());
        drop(lost);
    }

    /// How many background tasks a session has.
    pub(super) fn background_count(&self, token: &str) -> usize {
        let by_token = self.by_token.lock();
        let background = |running: &&Running| matches!(running.what, What::Background(_));
        let tasks = by_token.get(token);
        tasks.map_or(0, |tasks| tasks.iter().filter(background).count())
    }

    /// Cancels a session's tasks that run `what`, from the loop's thread.
    pub(super) fn cancel(&self, token: &str, what: &What, vm: &VirtualMachine) {
        self.cancel_all(token, |other| other == what, vm);
    }

    /// Cancels whatever a session still has, from the loop's thread.
    pub(super) fn end(&self, token: &str, vm: &VirtualMachine) {
        self.cancel_all(token, |_| true, vm);
    }

    fn cancel_all(&self, token: &str, which: impl Fn(&What) -> bool, vm: &VirtualMachine) {
        let found: Vec<PyObjectRef> = {
            let by_token = self.by_token.lock();
            let tasks = by_token.get(token).into_iter().flatten();
            tasks
                .filter(|running| which(&running.what))
                .map(|running| running.task.clone())
                .collect()
        };
        for task in found {
            if let Err(raised) = vm.call_method(&task, "cancel", ()) {
                super::log(None, &raised, vm);
            }
        }
    }

    /// Whether anything runs for a session.
    pub(crate) fn has_any(&self, token: &str) -> bool {
        self.by_token.lock().contains_key(token)
    }
}

/// Has the handler of an event cancelled, if it is an async one under way.
pub(crate) fn cancel_event(app: &Arc<App>, token: &Arc<str>, event: u64) {
    if !app.tasks.has_any(token) {
        return;
    }
    let (of_job, token) = (Arc::clone(app), Arc::clone(token));
    app.looper.post(Job::new(move |vm| {
        of_job.tasks.cancel(&token, &What::Event(event), vm);
    }));
}

/// Ends what runs for a session that is over: handlers at once, background tasks after a while.
pub(crate) fn end_session(app: &Arc<App>, token: &Arc<str>) {
    if !app.tasks.has_any(token) {
        return;
    }
    let (of_job, token) = (Arc::clone(app), Arc::clone(token));
    app.looper.post(Job::new(move |vm| {
        let is_event = |what: &What| matches!(what, What::Event(_));
        of_job.tasks.cancel_all(&token, is_event, vm);
        if let Err(raised) = cancel_later(&token, vm) {
            super::log(None, &raised, vm);
        }
    }));
}

fn cancel_later(token: &Arc<str>, vm: &VirtualMachine) -> PyResult<()> {
    let end = module("_ferroflex_loop", vm)?.get_attr("end_background", vm)?;
    let event_loop = module("asyncio", vm)?
        .get_attr("get_running_loop", vm)?
        .call((), vm)?;
    let args = (BACKGROUND_AFTER_SESSION_S, end, token.to_string());
    vm.call_method(&event_loop, "call_later", args).map(drop)
}
