//! A loaded app: its state classes, handlers, names and pages, and the threads that run it.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, OnceLock, Weak},
};

use ferroflex_page::{Head, Names, PageHead};
use ferroflex_session::{Given, Hub, Refusal, Script, Snapshot, Turn};
use ferroflex_state::FieldId;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine, function::FuncArgs};

use crate::{
    Frame, Keeping,
    asgi::{Served, UnderWay},
    event_loop::Looper,
    live::{
        class::{Field, StateClass},
        registry::Handler,
        routing::Routing,
        session::Live,
        stored::StoredField,
    },
    rooms::{self, Rooms},
    run::{self, Coroutines, OnLoop, Tasks, Waiting},
    threads::Workers,
    ui::Site,
};

/// A page, ready to be served.
#[derive(Debug, Clone)]
pub struct Page {
    /// The route, with a leading slash.
    pub route: String,
    /// What it has in the document's head.
    pub head: PageHead,
    /// That for the state which a session starts with; empty where only a browser knows it.
    pub initial_head: Head,
    /// Its module and stylesheet.
    pub module: ferroflex_page::Module,
}

/// A loaded app. It lives as long as the process: an interpreter cannot be taken down while its
/// threads run.
#[derive(Debug)]
pub struct App {
    /// The app's name.
    pub name: String,
    /// Names this build of the app: another one when anything of it changes.
    pub build: String,
    /// Its pages.
    pub pages: Vec<Page>,
    /// The table of names.
    pub names: Names,
    /// The state that a new session starts with, in the wire protocol's form.
    pub initial_state: Vec<u8>,
    /// `light`, `dark` or `system`: what the app's theme asks for.
    pub color_mode: String,
    /// The folder of its static files, if there is one.
    pub assets: Option<PathBuf>,
    /// The path under which it is served: where it was given its place, and its own
    /// `frontend_path`.
    pub base: String,
    /// What it says of its place in the web.
    pub site: Site,
    /// How it wants its sessions kept.
    pub keeping: Keeping,
    /// Whether what its pages show depends on who visits, and where: on `router`, or on arguments
    /// of routes.
    pub shows_visitor: bool,
    /// What stands around its pages.
    pub frame: Frame,
    /// Modules among its static files that pages may import: specifier and address.
    pub modules: Vec<(String, String)>,
    /// The fields that the browser keeps.
    pub stored: Vec<StoredField>,
    /// Whether some of them come with no request, so that a session's state is whole only when the
    /// browser has said hello.
    pub needs_browser: bool,
    /// Files elsewhere that are served like its static files: the path and the file.
    pub shared_assets: Vec<(String, PathBuf)>,
    pub(crate) classes: Vec<Arc<StateClass>>,
    pub(crate) handlers: Vec<Arc<Handler>>,
    pub(crate) handlers_by_name: HashMap<Arc<str>, u32>,
    /// Its routes, and what its pages show of a visit.
    pub(crate) routing: Arc<Routing>,
    pub(crate) workers: Arc<Workers>,
    /// Where its async handlers run.
    pub(crate) looper: Arc<Looper>,
    /// The turns that are there.
    pub(crate) on_loop: Arc<OnLoop>,
    pub(crate) coroutines: Coroutines,
    /// What runs on the loop for sessions.
    pub(crate) tasks: Arc<Tasks>,
    /// Who waits for a section of a session.
    pub(crate) waiting: Waiting,
    /// What sessions share.
    pub(crate) rooms: Rooms,
    /// Whether there are computed vars, which may take their time at a flush.
    pub(crate) computes: bool,
    /// The app's `backend_exception_handler`, if it has one of its own.
    pub(crate) exception_handler: Option<PyObjectRef>,
    /// What calls its handlers in its middleware, if it has any.
    pub(crate) middleware: Option<PyObjectRef>,
    /// What it has besides its pages, if it has anything.
    pub(crate) served: Option<Served>,
    /// The requests to its endpoints that are under way.
    pub(crate) requests: Arc<UnderWay>,
    /// The sessions.
    pub(crate) hub: OnceLock<Weak<Hub<App>>>,
}

/// The live state tree of one session.
#[derive(Debug, Clone)]
pub struct Instance(pub(crate) Arc<Live>);

impl App {
    /// A field of one of the state classes.
    pub(crate) fn field(&self, id: FieldId) -> &Field {
        &self.classes[id.substate as usize].fields[id.field as usize]
    }

    pub(crate) fn handler(&self, full_name: &str) -> Option<Arc<Handler>> {
        let number = self.handlers_by_name.get(full_name)?;
        self.handlers.get(*number as usize).cloned()
    }

    /// Calls a handler, in the app's middleware if it has any. The state is the first of `args`.
    ///
    /// # Errors
    /// Whatever it raises.
    pub(crate) fn call(
        &self,
        handler: &Handler,
        args: Vec<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult {
        let Some(around) = &self.middleware else {
            return handler.function.call(FuncArgs::from(args), vm);
        };
        let name = vm.ctx.new_str(&*handler.full_name).into();
        let mut all = vec![handler.function.clone(), name];
        all.extend(args);
        around.call(FuncArgs::from(all), vm)
    }
}

impl Script for App {
    type Instance = Instance;

    fn run(self: &Arc<Self>, turn: Turn<Self>) {
        run::dispatch(self, turn);
    }

    fn check(&self, handler: u32, argument_count: usize) -> Result<(), Refusal> {
        match self.handlers.get(handler as usize) {
            Some(found) => found
                .parameters
                .check_count(&found.full_name, argument_count),
            None => Err(Refusal::UnknownHandler { handler }),
        }
    }

    fn supersedes(&self, handler: u32) -> bool {
        let handler = self.handlers.get(handler as usize);
        handler.is_some_and(|handler| handler.manner.supersedes)
    }

    fn cancel(self: &Arc<Self>, token: &Arc<str>, event: u64) {
        run::cancel_event(self, token, event);
    }

    fn is_busy(&self, token: &Arc<str>) -> bool {
        self.tasks.has_any(token) || self.rooms.is_linked(token)
    }

    fn is_shared(&self, fields: &[Snapshot]) -> bool {
        rooms::is_linked(self, fields)
    }

    fn give_beside(self: &Arc<Self>, key: &str, given: Given) -> bool {
        rooms::give(self, key, given)
    }

    fn changed_beside(self: &Arc<Self>, key: &str, is_lost: bool) {
        rooms::changed(self, key, is_lost);
    }

    fn ended(self: &Arc<Self>, token: &Arc<str>) {
        self.rooms.end_session(token);
        run::end_session(self, token);
    }

    fn attached(self: &Arc<Self>, hub: &Arc<Hub<Self>>) {
        if self.hub.set(Arc::downgrade(hub)).is_err() {
            tracing::debug!(
                "{} has more than one hub; its own code reaches the first",
                self.name
            );
        }
    }
}
