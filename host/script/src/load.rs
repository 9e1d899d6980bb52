//! Loading an app: an interpreter, what is read in it (`load/read.rs`), the threads that will run it.
//!
//! Not here: finding apps in folders (`source.rs`).

mod import;
mod known;
mod patience;
mod read;
mod survey;

use std::{
    collections::{BTreeSet, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
    sync::{Arc, OnceLock},
    thread,
    time::Duration,
};

use ferroflex_page::{Icons, Names};
use rustpython_vm::{Interpreter, PyResult, VirtualMachine};

pub(crate) use known::is_known_name;
pub(crate) use patience::standing;
pub use survey::{FailureKind, LoadFailure, LoadWarning, PageName, Survey, SurveyedPage};

use crate::{
    App, AppSource, Page, ScriptError,
    asgi::UnderWay,
    event_loop::Looper,
    interpreter::{self, STACK_BYTES},
    live::{
        registry::Handler,
        stored::{self, Area, StoredField},
    },
    rooms::Rooms,
    run::{self, OnLoop, Tasks, Waiting},
    threads::{Job, Workers},
};

/// How an app is loaded.
#[derive(Debug, Clone)]
pub struct LoadOptions {
    /// The path under which it will be served, empty when it is served alone.
    pub base: String,
    /// How many threads run its Python.
    pub workers: usize,
    /// For how long a handler may compute without an end before it is interrupted. Waiting does
    /// not count.
    pub time_budget: Duration,
    /// The icons that pages may name.
    pub icons: Arc<Icons>,
    /// The specifiers of the shell's modules, which components of an app's own may import.
    pub shell_modules: Arc<BTreeSet<String>>,
    /// Folders of packages that apps may import, after `packages/` beside each app.
    pub packages: Vec<PathBuf>,
    /// Where the host keeps what it made once, such as unpacked wheels; without it, they are
    /// imported as they are, which is slower.
    pub cache: Option<PathBuf>,
}

/// What became of loading an app.
#[derive(Debug)]
pub enum Loaded {
    /// It can be served.
    Live(Arc<App>),
    /// It has a fault.
    Failed(LoadFailure),
}

/// Loads an app on a thread of its own and waits for it.
///
/// # Errors
/// When the operating system gives no thread. A fault of the app is no error but
/// [`Loaded::Failed`].
pub fn load(source: &AppSource, options: &LoadOptions) -> Result<Loaded, ScriptError> {
    let name = source.name.clone();
    on_own_thread(source, options, load_here)?
        .unwrap_or_else(|| Ok(Loaded::Failed(panicked(&name))))
}

/// Loads an app as [`load`] does, up to where it could be served, and tells everything that was
/// found out about it. What the app prints goes to standard error.
///
/// # Errors
/// When the operating system gives no thread.
pub fn survey(source: &AppSource, options: &LoadOptions) -> Result<Survey, ScriptError> {
    let surveyed = on_own_thread(source, options, survey_here)?;
    Ok(surveyed.unwrap_or_else(|| Survey {
        failures: vec![panicked(&source.name)],
        ..Survey::default()
    }))
}

/// Runs `work` on a thread that has the stack that Python needs; none when it panics.
fn on_own_thread<R: Send + 'static>(
    source: &AppSource,
    options: &LoadOptions,
    work: fn(&AppSource, &LoadOptions) -> R,
) -> Result<Option<R>, ScriptError> {
    let (source, options) = (source.clone(), options.clone());
    let thread = thread::Builder::new()
        .name(format!("{}-load", source.name))
        .stack_size(STACK_BYTES)
        .spawn(move || work(&source, &options))
        .map_err(ScriptError::Thread)?;
    Ok(thread.join().ok())
}

/// Native code panicked: a fault of the host that this app brought out. The others are served.
fn panicked(name: &str) -> LoadFailure {
    let message = format!("the host panicked while it loaded {name}; its log says where");
    LoadFailure::plain(FailureKind::Host, message)
}

fn survey_here(source: &AppSource, options: &LoadOptions) -> Survey {
    let alone = interpreter::alone();
    let interpreter = interpreter::build(std::slice::from_ref(&source.folder));
    let survey = interpreter.enter(|vm| {
        let mut survey = Survey::default();
        let prints = print_to_stderr(vm);
        if survey.take(FailureKind::Host, prints, vm).is_some() {
            let read = || read::read(source, options, &mut survey, vm);
            patience::load_watched(&source.name, options.time_budget, vm, read);
        }
        survey
    });
    drop(alone);
    // Threads that the app started may still run in it.
    let _ = std::mem::ManuallyDrop::new(interpreter);
    survey
}

/// Standard output is the caller's.
fn print_to_stderr(vm: &VirtualMachine) -> PyResult<()> {
    let stderr = vm.sys_module.get_attr("stderr", vm)?;
    vm.sys_module.set_attr("stdout", stderr, vm)
}

fn load_here(source: &AppSource, options: &LoadOptions) -> Result<Loaded, ScriptError> {
    let alone = interpreter::alone();
    let interpreter = interpreter::build(std::slice::from_ref(&source.folder));
    let mut survey = Survey::default();
    let read = interpreter.enter(|vm| {
        let read = || read::read(source, options, &mut survey, vm);
        patience::load_watched(&source.name, options.time_budget, vm, read)
    });
    drop(alone);
    // It is used from its threads until the process ends, and cannot be taken down before.
    let interpreter = std::mem::ManuallyDrop::new(interpreter);
    log_warnings(source, &survey);
    let Some(read) = read else {
        let first = survey.failures.into_iter().next();
        return Ok(Loaded::Failed(
            first.unwrap_or_else(|| panicked(&source.name)),
        ));
    };
    let workers = Workers::start(&source.name, read.machines, options.time_budget)?;
    let workers = Arc::new(workers);
    let on_loop = Arc::new(OnLoop::default());
    let tasks = Arc::new(Tasks::default());
    let machine = read.loop_machine;
    let requests = Arc::new(UnderWay::default());
    let looper = Looper::new(&source.name, machine, &workers, &tasks, {
        let (on_loop, requests) = (Arc::clone(&on_loop), Arc::clone(&requests));
        Box::new(move || {
            on_loop.give_up();
            requests.give_up();
        })
    })?;
    let stored = stored::described(&read.classes);
    let app = Arc::new(App {
        name: source.name.clone(),
        build: build_id(&read.names, &read.pages, &stored),
        needs_browser: stored.iter().any(|field| field.area != Area::Cookie),
        stored,
        pages: read.pages,
        color_mode: read.color_mode,
        base: read.base,
        site: read.site,
        keeping: read.keeping,
        shows_visitor: read.shows_visitor,
        routing: read.routing,
        initial_state: read.initial_state,
        assets: assets(source),
        frame: read.frame,
        modules: read.modules,
        shared_assets: read.shared_assets,
        handlers_by_name: numbers(&read.handlers),
        names: read.names,
        classes: read.classes,
        handlers: read.handlers,
        workers,
        looper,
        on_loop,
        coroutines: read.coroutines,
        tasks,
        waiting: Waiting::default(),
        rooms: Rooms::default(),
        computes: read.computes,
        exception_handler: read.exception_handler,
        middleware: read.middleware,
        served: read.served,
        requests,
        hub: OnceLock::new(),
    });
    begin(&app, &interpreter);
    Ok(Loaded::Live(app))
}

/// Makes a loaded app known to its own code, and starts its loop where handlers will need it.
fn begin(app: &Arc<App>, interpreter: &Interpreter) {
    if let Err(raised) = interpreter.enter(|vm| run::tell_app(app, vm)) {
        tracing::error!("the app is not known to its own code: {raised:?}");
    }
    if app.handlers.iter().any(|handler| handler.manner.is_async) {
        // The loop starts now, and not when the first user waits for it.
        app.looper.post(Job::new(|_| {}));
    }
    // The objects that it holds may only be dropped with a virtual machine at hand.
    std::mem::forget(Arc::clone(app));
}

fn log_warnings(source: &AppSource, survey: &Survey) {
    for warning in &survey.warnings {
        let page = warning.route.as_deref().unwrap_or_default();
        tracing::warn!(app = %source.name, page, "{}", warning.message);
    }
}

/// The folder of an app's static files, if it has one.
fn assets(source: &AppSource) -> Option<PathBuf> {
    Some(source.folder.join("assets")).filter(|path| path.is_dir())
}

fn numbers(handlers: &[Arc<Handler>]) -> HashMap<Arc<str>, u32> {
    (0..)
        .zip(handlers)
        .map(|(number, handler)| (handler.full_name.clone(), number))
        .collect()
}

fn build_id(names: &Names, pages: &[Page], stored: &[StoredField]) -> String {
    let mut hasher = DefaultHasher::new();
    names.states().hash(&mut hasher);
    names.handlers().hash(&mut hasher);
    for page in pages {
        (&page.route, &page.module.javascript, &page.module.css).hash(&mut hasher);
    }
    for field in stored {
        (field.substate, field.field, field.options.to_string()).hash(&mut hasher);
    }
    env!("CARGO_PKG_VERSION").hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
