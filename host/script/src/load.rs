//! Loading an app: an interpreter, the app's modules, its pages, the threads that will run it.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
    thread,
    time::Duration,
};

use ferroflex_page::{Icons, Names};
use ferroflex_session::{Visit, write_state};
use ferroflex_state::Value;
use rustpython_vm::{
    AsObject, Py, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyStr},
};

use crate::{
    App, AppSource, Origin, Page, ScriptError,
    event_loop::Looper,
    failure,
    interpreter::{self, STACK_BYTES},
    live::{
        class::{Field, Source, StateClass},
        registry::{self, Handler},
        session::Live,
    },
    packages,
    rooms::Rooms,
    run::{self, Coroutines, OnLoop, Tasks, Waiting},
    threads::{self, Job, Machine, Workers},
    ui::{self, CollectedApp, CollectedPage},
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
    /// Folders of packages that apps may import, after `packages/` beside each app.
    pub packages: Vec<PathBuf>,
    /// Where the host keeps what it made once, such as unpacked wheels; without it, they are
    /// imported as they are, which is slower.
    pub cache: Option<PathBuf>,
}

/// Why an app cannot be served.
#[derive(Debug, Clone)]
pub struct LoadFailure {
    /// What kind of fault it is: `syntax error`, `import error`, `error in page index`.
    pub kind: String,
    /// One line: the exception's type and text.
    pub message: String,
    /// The place in the app's files, when there is one.
    pub origin: Option<Origin>,
    /// The whole traceback.
    pub trace: String,
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
    let (source, options) = (source.clone(), options.clone());
    let name = source.name.clone();
    thread::Builder::new()
        .name(format!("{name}-load"))
        .stack_size(STACK_BYTES)
        .spawn(move || load_here(&source, &options))
        .map_err(ScriptError::Thread)?
        .join()
        .unwrap_or_else(|_| Ok(Loaded::Failed(panicked(&name))))
}

/// Native code panicked: a fault of the host that this app brought out. The others are served.
fn panicked(name: &str) -> LoadFailure {
    LoadFailure {
        kind: "internal error".to_owned(),
        message: format!("the host panicked while it loaded {name}; its log says where"),
        origin: None,
        trace: String::new(),
    }
}

fn load_here(source: &AppSource, options: &LoadOptions) -> Result<Loaded, ScriptError> {
    let alone = interpreter::alone();
    let interpreter = interpreter::build(std::slice::from_ref(&source.folder));
    let read = interpreter.enter(|vm| read(source, options, vm));
    drop(alone);
    // It is used from its threads until the process ends, and cannot be taken down before.
    let interpreter = std::mem::ManuallyDrop::new(interpreter);
    let read = match read {
        Ok(read) => read,
        Err(fault) => return Ok(Loaded::Failed(*fault)),
    };
    let workers = Workers::start(&source.name, read.machines, options.time_budget)?;
    let workers = Arc::new(workers);
    let on_loop = Arc::new(OnLoop::default());
    let looper = Looper::new(&source.name, read.loop_machine, &workers, &on_loop)?;
    let app = Arc::new(App {
        name: source.name.clone(),
        build: build_id(&read.names, &read.pages),
        pages: read.pages,
        color_mode: read.color_mode,
        router_told: read.router_told,
        initial_state: read.initial_state,
        assets: Some(source.folder.join("assets")).filter(|path| path.is_dir()),
        handlers_by_name: numbers(&read.handlers),
        names: read.names,
        classes: read.classes,
        handlers: read.handlers,
        workers,
        looper,
        on_loop,
        coroutines: read.coroutines,
        tasks: Tasks::default(),
        waiting: Waiting::default(),
        rooms: Rooms::default(),
        computes: read.computes,
        exception_handler: read.exception_handler,
        hub: OnceLock::new(),
    });
    if let Err(raised) = interpreter.enter(|vm| run::tell_app(&app, vm)) {
        tracing::error!("the app is not known to its own code: {raised:?}");
    }
    if app.handlers.iter().any(|handler| handler.manner.is_async) {
        // The loop starts now, and not when the first user waits for it.
        app.looper.post(Job::new(|_| {}));
    }
    // The objects that it holds may only be dropped with a virtual machine at hand.
    std::mem::forget(Arc::clone(&app));
    Ok(Loaded::Live(app))
}

/// What is read from an app's modules.
struct Read {
    classes: Vec<Arc<StateClass>>,
    handlers: Vec<Arc<Handler>>,
    names: Names,
    pages: Vec<Page>,
    color_mode: String,
    router_told: bool,
    initial_state: Vec<u8>,
    machines: Vec<Machine>,
    loop_machine: Machine,
    coroutines: Coroutines,
    computes: bool,
    exception_handler: Option<PyObjectRef>,
}

fn read(
    source: &AppSource,
    options: &LoadOptions,
    vm: &VirtualMachine,
) -> Result<Read, Box<LoadFailure>> {
    let raised =
        |kind: &'static str| move |raised: PyBaseExceptionRef| Box::new(fault(kind, &raised, vm));
    let raised_on_import =
        |raised: &PyBaseExceptionRef| Box::new(fault(import_kind(raised, vm), raised, vm));
    packages::install(&packages_of(source, options), vm).map_err(raised("error in packages"))?;
    threads::admit(vm).map_err(raised("error"))?;
    import(source, vm).map_err(|raised| raised_on_import(&raised))?;
    let mut collected = ui::collect_pages(vm).map_err(raised("error in the app's declaration"))?;
    if let Some(failure) = collected.failures.first() {
        let kind = format!("error in page {} ({})", failure.function, failure.route);
        return Err(Box::new(fault(&kind, &failure.exception, vm)));
    }
    if collected.pages.is_empty() {
        return Err(Box::new(pageless(source)));
    }
    warn_of_ignored(&source.name, &collected);
    let registry = registry::of(vm).map_err(raised("error"))?;
    let (classes, handlers) = (registry.classes(), registry.handlers());
    let names = names(&classes, &handlers);
    let found = std::mem::take(&mut collected.pages);
    let pages = found
        .into_iter()
        .map(|page| generate(page, &collected, &names, options));
    let pages = pages.collect::<Result<Vec<_>, _>>()?;
    let router_told = is_router_shown(&classes, &pages);
    let initial_state =
        initial_state(&classes, router_told, vm).map_err(raised("error in a state's defaults"))?;
    threads::freeze(vm);
    let machines = Workers::machines(options.workers, vm);
    let color_mode = color_mode(&collected);
    let coroutines = Coroutines::find(vm).map_err(raised("error"))?;
    let computes = classes
        .iter()
        .any(|class| class.computed().next().is_some());
    Ok(Read {
        loop_machine: Machine::new(vm),
        coroutines,
        computes,
        exception_handler: collected.exception_handler.take(),
        classes,
        handlers,
        names,
        pages,
        color_mode,
        router_told,
        initial_state,
        machines,
    })
}

fn packages_of<'a>(source: &'a AppSource, options: &'a LoadOptions) -> packages::Sources<'a> {
    packages::Sources {
        app: &source.folder,
        given: &options.packages,
        cache: options.cache.as_deref(),
    }
}

fn import(source: &AppSource, vm: &VirtualMachine) -> PyResult<()> {
    let module = match &source.module {
        Some(module) => module.clone(),
        None => configured_module(vm)?,
    };
    let file = source.folder.join(format!("{module}.py"));
    let name = vm.ctx.new_str(module);
    let standard = vm.sys_module.get_attr("stdlib_module_names", vm)?;
    if file.is_file() && vm._contains(&standard, name.as_object())? {
        return import_file(&name, &file, vm);
    }
    vm.import(&name, 0).map(drop)
}

/// Imports a file that is called like a module of the standard library, such as `calendar.py`,
/// which an import would find instead. It gets a name of its own, for the sake of those who import
/// that module.
fn import_file(name: &Py<PyStr>, file: &Path, vm: &VirtualMachine) -> PyResult<()> {
    let name = format!("{name}_app");
    let util = interpreter::module("importlib.util", vm)?;
    let from_file = util.get_attr("spec_from_file_location", vm)?;
    let spec = from_file.call((name.clone(), file.display().to_string()), vm)?;
    let module = util
        .get_attr("module_from_spec", vm)?
        .call((spec.clone(),), vm)?;
    let modules = vm.sys_module.get_attr("modules", vm)?;
    modules.set_item(&*name, module.clone(), vm)?;
    let loader = spec.get_attr("loader", vm)?;
    vm.call_method(&loader, "exec_module", (module,)).map(drop)
}

/// The module that a Reflex project's `rxconfig.py` names.
fn configured_module(vm: &VirtualMachine) -> PyResult<String> {
    let config = vm.import("rxconfig", 0)?.get_attr("config", vm)?;
    let text = |name: &'static str| -> PyResult<Option<String>> {
        match vm.get_attribute_opt(&config, name)? {
            Some(value) if !vm.is_none(&value) => value.try_into_value(vm).map(Some),
            _ => Ok(None),
        }
    };
    if let Some(module) = text("app_module_import")? {
        return Ok(module);
    }
    let name = text("app_name")?.unwrap_or_default();
    if name.is_empty() {
        return Err(vm.new_value_error("rxconfig.py names no app: rx.Config(app_name=\"…\")"));
    }
    Ok(format!("{name}.{name}"))
}

fn import_kind(raised: &PyBaseExceptionRef, vm: &VirtualMachine) -> &'static str {
    let exceptions = &vm.ctx.exceptions;
    if raised.fast_isinstance(exceptions.syntax_error) {
        "syntax error"
    } else if raised.fast_isinstance(exceptions.import_error) {
        "import error"
    } else {
        "error on import"
    }
}

fn fault(kind: &str, raised: &PyBaseExceptionRef, vm: &VirtualMachine) -> LoadFailure {
    LoadFailure {
        kind: kind.to_owned(),
        message: failure::message(raised, vm),
        origin: failure::origin(raised, &packages::folders(vm), vm),
        trace: failure::trace(raised, vm),
    }
}

/// What an app may ask for and is not given yet is not passed over in silence.
fn warn_of_ignored(app: &str, collected: &CollectedApp) {
    let ignored = [
        (
            "style",
            !collected.style.is_empty() || !collected.component_styles.is_empty(),
        ),
        ("stylesheets", !collected.stylesheets.is_empty()),
        ("head_components", !collected.head.is_empty()),
    ];
    for (name, _) in ignored.iter().filter(|(_, given)| *given) {
        tracing::warn!("{app}: rx.App({name}=…) has no effect yet");
    }
}

fn pageless(source: &AppSource) -> LoadFailure {
    LoadFailure {
        kind: "no page".to_owned(),
        message: format!(
            "{} declares no page; put @rx.page() before a function that returns a component, or \
             call app.add_page(function)",
            source.module.as_deref().unwrap_or(&source.name)
        ),
        origin: None,
        trace: String::new(),
    }
}

fn names(classes: &[Arc<StateClass>], handlers: &[Arc<Handler>]) -> Names {
    let states = classes.iter().map(|class| {
        let public = &class.fields[..class.public_count];
        (
            class.full_name.clone(),
            public.iter().map(|field| field.name.clone()).collect(),
        )
    });
    Names::new(
        states.collect(),
        handlers
            .iter()
            .map(|handler| handler.full_name.clone())
            .collect(),
    )
}

fn numbers(handlers: &[Arc<Handler>]) -> HashMap<Arc<str>, u32> {
    (0..)
        .zip(handlers)
        .map(|(number, handler)| (handler.full_name.clone(), number))
        .collect()
}

fn generate(
    page: CollectedPage,
    app: &CollectedApp,
    names: &Names,
    options: &LoadOptions,
) -> Result<Page, Box<LoadFailure>> {
    let described = ferroflex_page::Page {
        route: page.route,
        title: page.title,
        description: page.description,
        image: page.image,
        meta: page.meta,
        root: page.node,
        theme: app.theme.clone(),
        on_load: page.on_load,
        base: options.base.clone(),
    };
    let module = ferroflex_page::generate(&described, names, &options.icons).map_err(|error| {
        Box::new(LoadFailure {
            kind: format!("error in page {} ({})", page.function, described.route),
            message: error.to_string(),
            origin: None,
            trace: String::new(),
        })
    })?;
    for warning in &module.warnings {
        tracing::warn!(page = %described.route, "{warning}");
    }
    Ok(Page {
        route: described.route,
        title: described.title,
        description: described.description,
        image: described.image,
        meta: described.meta,
        module,
    })
}

/// What `rx.theme(appearance=…)` asks for.
fn color_mode(app: &CollectedApp) -> String {
    let theme = app.theme.as_deref().unwrap_or_default();
    match theme
        .iter()
        .find(|(name, _)| name == "appearance")
        .map(|(_, value)| value)
    {
        Some(Value::Str(mode)) if mode == "light" || mode == "dark" => mode.clone(),
        _ => "system".to_owned(),
    }
}

fn is_router_shown(classes: &[Arc<StateClass>], pages: &[Page]) -> bool {
    let mut places = classes.iter().filter_map(|class| {
        let router = |field: &Field| matches!(field.source, Source::Router);
        let number = class.fields.iter().position(router);
        number.map(|number| (class.number as usize, number))
    });
    let shown = |(state, field)| pages.iter().any(|page| page.module.reads(state, field));
    places.any(shown)
}

fn initial_state(
    classes: &[Arc<StateClass>],
    router_told: bool,
    vm: &VirtualMachine,
) -> PyResult<Vec<u8>> {
    let nobody = Visit::default();
    let live = Live::open(classes, &nobody, router_told, std::sync::Weak::new(), vm)?;
    let (state, failures) = live.everything(vm);
    live.close();
    failures.into_iter().next().map_or(Ok(()), Err)?;
    Ok(write_state(&state))
}

fn build_id(names: &Names, pages: &[Page]) -> String {
    let mut hasher = DefaultHasher::new();
    names.states().hash(&mut hasher);
    names.handlers().hash(&mut hasher);
    for page in pages {
        (&page.route, &page.module.javascript, &page.module.css).hash(&mut hasher);
    }
    env!("CARGO_PKG_VERSION").hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
