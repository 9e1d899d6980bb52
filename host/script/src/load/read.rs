//! Reading an app: its modules, the pages that they declare, the state that a session starts with.
//!
//! Goes on after what fails as far as it can, so that one look at the survey shows everything that
//! is to be mended. Not here: the threads that run the app afterwards.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use ferroflex_page::{AppStyle, Head, Names, PageHead, Route, RouteTable, StateValues};
use ferroflex_session::{Visit, write_state};
use ferroflex_state::{FieldId, Value};
use rustpython_vm::{
    AsObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyDictRef},
};

use super::{
    LoadOptions,
    import::import,
    survey::{FailureKind, LoadFailure, LoadWarning, Survey, SurveyedPage},
};
use crate::{
    AppSource, Frame, Keeping, Page, Tailwind,
    asgi::Served,
    failure, frame,
    libraries::Libraries,
    live::{
        class::StateClass,
        kept,
        registry::{self, Handler},
        routing::Routing,
        session::Live,
    },
    packages,
    run::Coroutines,
    threads::{self, Machine, Workers},
    ui::{self, CollectedApp, CollectedPage, Site},
};

/// What is read from an app's modules.
pub(super) struct Read {
    pub(super) classes: Vec<Arc<StateClass>>,
    pub(super) handlers: Vec<Arc<Handler>>,
    pub(super) names: Names,
    pub(super) pages: Vec<Page>,
    pub(super) color_mode: String,
    pub(super) frame: Frame,
    pub(super) base: String,
    pub(super) site: Site,
    pub(super) keeping: Keeping,
    pub(super) routing: Arc<Routing>,
    pub(super) shows_visitor: bool,
    pub(super) initial_state: Vec<u8>,
    pub(super) machines: Vec<Machine>,
    pub(super) loop_machine: Machine,
    pub(super) coroutines: Coroutines,
    pub(super) computes: bool,
    pub(super) exception_handler: Option<PyObjectRef>,
    pub(super) middleware: Option<PyObjectRef>,
    pub(super) served: Option<Served>,
    pub(super) modules: Vec<(String, String)>,
    pub(super) shared_assets: Vec<(String, PathBuf)>,
}

/// Reads an app and notes in `survey` what is found out. Nothing when it cannot be served.
pub(super) fn read(
    source: &AppSource,
    options: &LoadOptions,
    survey: &mut Survey,
    vm: &VirtualMachine,
) -> Option<Read> {
    let packages = packages::install(&packages_of(source, options), vm);
    survey.take(FailureKind::Packages, packages, vm)?;
    survey.take(FailureKind::Host, threads::admit(vm), vm)?;
    survey.take(FailureKind::Host, ui::tell_icons(&options.icons, vm), vm)?;
    let mut collected = declared(source, survey, vm)?;
    let registry = survey.take(FailureKind::Host, registry::of(vm), vm)?;
    let (classes, handlers) = (registry.classes(), registry.handlers());
    let names = names(&classes, &handlers);
    let assets = super::assets(source);
    let options = &below_prefix(options, &collected.site);
    let shared_assets = survey.take(FailureKind::Host, shared_assets(vm), vm)?;
    let libraries = Libraries::find(&options.shell_modules, assets.as_deref(), &options.base);
    let libraries = libraries.with_files(shared_assets.iter().map(|(path, _)| path));
    let mut frame = frame(assets.as_deref(), &mut collected, survey);
    let style = Arc::new(AppStyle::new(&collected.style, &collected.component_styles));
    let mut pages = Vec::with_capacity(collected.pages.len());
    let mut routes = Vec::with_capacity(collected.pages.len());
    for page in std::mem::take(&mut collected.pages) {
        let context = (options, &libraries, &style);
        routes.push(page.route.clone());
        pages.extend(generate(page, &collected, &names, context, survey));
    }
    let routing = routing(routes, &collected.site, &classes, &pages, survey)?;
    let prepared = kept::prepare(&classes, &source.folder, vm);
    survey.take(FailureKind::Host, prepared, vm)?;
    let initial = initial_state(&classes, &routing, survey, vm);
    let (initial_state, computes_of_visit) = survey.take(FailureKind::State, initial, vm)?;
    evaluate_heads(&mut pages, &names, &initial_state, survey);
    let initial_state = write_state(&initial_state);
    let tailwind = Tailwind::read(&pages, &initial_state, source, vm);
    let tailwind = survey.take(FailureKind::Config, tailwind, vm)?;
    let keeping = survey.take(FailureKind::Config, Keeping::read(vm), vm)?;
    survey.add_tailwind(tailwind, &mut frame, assets.as_deref());
    let coroutines = survey.take(FailureKind::Host, Coroutines::find(vm), vm)?;
    if !survey.failures.is_empty() {
        return None;
    }
    threads::freeze(vm);
    let computes = classes
        .iter()
        .any(|class| class.computed().next().is_some());
    Some(Read {
        machines: Workers::machines(options.workers, vm),
        loop_machine: Machine::new(vm),
        coroutines,
        computes,
        color_mode: color_mode(&collected),
        frame: frame?,
        exception_handler: collected.exception_handler.take(),
        middleware: collected.middleware.take(),
        served: collected.served.take(),
        modules: libraries.into_own(),
        shared_assets,
        classes,
        handlers,
        names,
        pages,
        base: options.base.clone(),
        site: collected.site,
        keeping,
        shows_visitor: computes_of_visit || !routing.told.is_empty(),
        routing,
        initial_state,
    })
}

impl Survey {
    /// What `result` gave; nothing when it was raised, which is noted.
    pub(super) fn take<T>(
        &mut self,
        kind: FailureKind,
        result: PyResult<T>,
        vm: &VirtualMachine,
    ) -> Option<T> {
        result
            .map_err(|raised| {
                self.failures.push(LoadFailure::raised(kind, &raised, vm));
            })
            .ok()
    }

    /// Notes what Tailwind makes the app's stylesheet of, here and in the frame.
    fn add_tailwind(
        &mut self,
        tailwind: Option<Tailwind>,
        frame: &mut Option<Frame>,
        assets: Option<&Path>,
    ) {
        let Some(frame) = frame else { return };
        frame.tailwind = tailwind.map(|it| it.with_stylesheets(&frame.stylesheets, assets));
        self.tailwind.clone_from(&frame.tailwind);
    }

    fn warn(&mut self, route: Option<&str>, message: String) {
        let route = route.map(str::to_owned);
        self.warnings.push(LoadWarning { route, message });
    }

    /// Warns, once, of a computed var that raises for the state that a session starts with.
    fn warn_of_computed(&mut self, raised: &PyBaseExceptionRef, vm: &VirtualMachine) {
        let place = failure::origin(raised, &[], vm);
        let place = place.map_or_else(String::new, |at| format!(" ({}:{})", at.file, at.line));
        let message = format!(
            "a computed var raises {} for a session that has just begun{place}; it is None until it \
             can be computed",
            failure::message(raised, vm)
        );
        if self.warnings.iter().all(|known| known.message != message) {
            self.warn(None, message);
        }
    }
}

/// What the app's modules declare; nothing when they cannot be imported.
fn declared(source: &AppSource, survey: &mut Survey, vm: &VirtualMachine) -> Option<CollectedApp> {
    drop((ui::take_called(), ui::take_remarks()));
    let imported = import(source, vm);
    survey.components = ui::take_called();
    if let Err((kind, raised)) = imported {
        let failure = LoadFailure::raised(kind, &raised, vm);
        survey.failures.push(failure);
        return None;
    }
    let collected = survey.take(FailureKind::Declaration, ui::collect_pages(vm), vm);
    for remark in ui::take_remarks() {
        survey.warn(None, remark);
    }
    let mut collected = collected?;
    for failed in std::mem::take(&mut collected.failures) {
        let failure = LoadFailure::raised(FailureKind::Page, &failed.exception, vm);
        let failure = failure.of_page(failed.function, failed.route, failed.defined);
        survey.failures.push(failure);
    }
    if collected.pages.is_empty() && survey.failures.is_empty() {
        survey.failures.push(pageless(source));
    }
    Some(collected)
}

/// The files that `rx.asset(shared=True)` named: the path under which each is served, and the file.
fn shared_assets(vm: &VirtualMachine) -> PyResult<Vec<(String, PathBuf)>> {
    let modules = vm.sys_module.get_attr("modules", vm)?;
    let Ok(module) = modules.get_item("reflex.assets", vm) else {
        return Ok(Vec::new());
    };
    let shared: PyDictRef = module.get_attr("SHARED", vm)?.try_into_value(vm)?;
    let named = shared.into_iter().map(|(path, file)| {
        let file: String = file.try_into_value(vm)?;
        Ok((path.try_into_value(vm)?, PathBuf::from(file)))
    });
    named.collect()
}

fn packages_of<'a>(source: &'a AppSource, options: &'a LoadOptions) -> packages::Sources<'a> {
    packages::Sources {
        app: &source.folder,
        given: &options.packages,
        cache: options.cache.as_deref(),
    }
}

/// What stands around the pages; nothing when the head cannot be written, which is noted.
fn frame(
    assets: Option<&Path>,
    collected: &mut CollectedApp,
    survey: &mut Survey,
) -> Option<Frame> {
    let head = match ferroflex_page::head_elements(&collected.head) {
        Ok(head) => head,
        Err(error) => {
            let message = format!("rx.App(head_components=): {error}");
            let failure = LoadFailure::plain(FailureKind::Declaration, message);
            survey.failures.push(failure);
            return None;
        }
    };
    let (stylesheets, missing) = frame::stylesheets(&collected.stylesheets, assets);
    for name in missing {
        let message = format!("rx.App(stylesheets=): assets/{name} is no .css file");
        survey.warn(None, message);
    }
    Some(Frame {
        stylesheets,
        head,
        root_attributes: std::mem::take(&mut collected.root_attributes),
        reset: collected.reset,
        tailwind: None,
    })
}

fn pageless(source: &AppSource) -> LoadFailure {
    let module = source.module.as_deref().unwrap_or(&source.name);
    let message = format!(
        "{module} declares no page; put @rx.page() before a function that returns a component, or \
         call app.add_page(function)"
    );
    LoadFailure::plain(FailureKind::Pageless, message)
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

/// A page's module; nothing when it cannot be written, which is noted.
fn generate(
    page: CollectedPage,
    app: &CollectedApp,
    names: &Names,
    (options, libraries, style): (&LoadOptions, &Libraries, &Arc<AppStyle>),
    survey: &mut Survey,
) -> Option<Page> {
    let described = ferroflex_page::Page {
        route: page.route.to_string(),
        head: based(page.head, &options.base),
        root: page.node,
        around: app.around.clone(),
        has_toaster: app.has_toaster,
        theme: app.theme.clone(),
        style: Arc::clone(style),
        on_load: page.on_load,
        base: options.base.clone(),
    };
    let module = ferroflex_page::generate(&described, names, &options.icons);
    let module = module.map_err(|error| error.to_string());
    let module = match module.and_then(|module| {
        libraries.check(&module.libraries)?;
        Ok(module)
    }) {
        Ok(module) => module,
        Err(problem) => {
            let failure = LoadFailure::plain(FailureKind::Generate, problem);
            let failure = failure.of_page(page.function, described.route, page.defined);
            survey.failures.push(failure);
            return None;
        }
    };
    for warning in &module.warnings {
        survey.warn(Some(&described.route), warning.clone());
    }
    let mut components = page.called;
    components.extend(module.components.iter().map(|name| (*name).to_owned()));
    survey.pages.push(SurveyedPage {
        route: described.route.clone(),
        components,
        javascript_bytes: module.javascript.len(),
        css_bytes: module.css.len(),
    });
    Some(Page {
        route: described.route,
        head: described.head,
        initial_head: Head::default(),
        module,
    })
}

/// What `rx.theme(appearance=…)` asks for, else the configuration.
fn color_mode(app: &CollectedApp) -> String {
    let theme = app.theme.as_deref().unwrap_or_default();
    match theme
        .iter()
        .find(|(name, _)| name == "appearance")
        .map(|(_, value)| value)
    {
        Some(Value::Str(mode)) if mode == "light" || mode == "dark" => mode.clone(),
        _ => app.color_mode.clone(),
    }
}

/// The options with the app's own prefix behind the path under which it is served.
fn below_prefix(options: &LoadOptions, site: &Site) -> LoadOptions {
    LoadOptions {
        base: format!("{}{}", options.base, site.prefix),
        ..options.clone()
    }
}

/// The head with the app's base before the address of its picture, where that is the app's own.
fn based(head: PageHead, base: &str) -> PageHead {
    let own = |image: &String| image.starts_with('/') && !image.starts_with("//");
    let image = head.image.map(|image| {
        let base = if own(&image) { base } else { "" };
        format!("{base}{image}")
    });
    PageHead { image, ..head }
}

/// The routes of the pages and what they show of a visit; nothing when two routes collide, which
/// is noted.
fn routing(
    routes: Vec<Route>,
    site: &Site,
    classes: &[Arc<StateClass>],
    pages: &[Page],
    survey: &mut Survey,
) -> Option<Arc<Routing>> {
    let table = match RouteTable::new(routes) {
        Ok(table) => table,
        Err(error) => {
            let failure = LoadFailure::plain(FailureKind::Declaration, error.to_string());
            survey.failures.push(failure);
            return None;
        }
    };
    let shows = |field: FieldId| {
        let (state, field) = (field.substate as usize, field.field as usize);
        pages.iter().any(|page| page.module.reads(state, field))
    };
    let of_visit = classes.iter().flat_map(|class| class.of_visit());
    let told = of_visit
        .map(|(field, _)| field)
        .filter(|field| shows(*field));
    let mut modules = pages.iter().map(|page| &page.module.javascript);
    Some(Arc::new(Routing {
        table,
        prefix: site.prefix.clone(),
        told: told.collect(),
        tells_headers: modules.any(|javascript| javascript.contains("headers")),
    }))
}

/// The state that a session starts with, and whether something computed in it depends on who
/// visits.
///
/// A computed var that raises is warned of: it may need what only a visit gives, such as an argument
/// of the route.
fn initial_state(
    classes: &[Arc<StateClass>],
    routing: &Arc<Routing>,
    survey: &mut Survey,
    vm: &VirtualMachine,
) -> PyResult<(Vec<Value>, bool)> {
    let nobody = Visit::default();
    let live = Live::open(classes, &nobody, routing, std::sync::Weak::new(), vm)?;
    let (state, failures) = live.everything(vm);
    let computes_of_visit = live.computes_of_visit();
    live.close();
    let waits_for_visit = !failures.is_empty();
    for raised in failures {
        if !may_come_right(&raised, vm) {
            return Err(raised);
        }
        survey.warn_of_computed(&raised, vm);
    }
    Ok((state, computes_of_visit || waits_for_visit))
}

/// Whether an exception came from the author's code, which may do better with a visitor. What is
/// raised without it, such as for a value that cannot be sent, comes back with every session.
fn may_come_right(raised: &PyBaseExceptionRef, vm: &VirtualMachine) -> bool {
    let is_endless = raised.fast_isinstance(vm.ctx.exceptions.recursion_error);
    raised.traceback().is_some() && !is_endless
}

/// Evaluates the pages' heads for the state that a session starts with.
fn evaluate_heads(pages: &mut [Page], names: &Names, values: &[Value], survey: &mut Survey) {
    let state = StateValues { names, values };
    for page in pages {
        match page.head.evaluate(&state) {
            Ok(head) => page.initial_head = head,
            Err(error) => survey.warn(
                Some(&page.route),
                format!("the page's head is not in its HTML: {error}"),
            ),
        }
    }
}
