//! From paths on the command line to apps that the server can serve.

use std::{path::PathBuf, sync::Arc, thread, time::Duration};

use anyhow::{Context, Result, bail};
use ferroflex_page::{Head, Icons, StateValues};
use ferroflex_render::Renderer;
use ferroflex_script::{
    App, AppSource, Area, LoadFailure, LoadOptions, Loaded, Page, discover, load,
};
use ferroflex_server::{
    AppFile, FailedApp, HeadFor, Mount, PageHead, Served, ServedPage, SiteOptions, SitemapEntry,
};
use ferroflex_session::{Hub, Settings, state_hash};
use serde_json::{Value as Json, json};

use crate::limits::WORKERS_PER_CORE;
use crate::{
    api::api,
    arguments::{Env, ImportOptions},
    folders, frame,
    render::{AppModules, Pages},
    store::Stores,
};

/// How apps are loaded that are to be served, or exported.
pub(crate) struct Loading<'a> {
    /// Where they are.
    pub(crate) paths: &'a [PathBuf],
    /// Where their imports come from.
    pub(crate) imports: &'a ImportOptions,
    /// Who looks.
    pub(crate) env: Env,
    /// How many threads run each one's Python, if that is said.
    pub(crate) workers: Option<usize>,
    /// How long a handler may compute.
    pub(crate) time_budget: Duration,
    /// What keeps their sessions, where they are to outlive the process.
    pub(crate) stores: Option<Stores>,
}

/// Finds and loads the apps, side by side.
pub(crate) fn load_all(options: Loading<'_>) -> Result<Vec<Served<App>>> {
    let sources = find(options.paths)?;
    let alone = sources.len() == 1;
    // Before the process enters another folder: the options' folders may be relative.
    let imports = load_options(options.imports)?;
    if let [source] = sources.as_slice() {
        // Apps open their files by paths that begin at their folder. A process has one folder to
        // be in, so with several apps it stays where it was started.
        std::env::set_current_dir(&source.folder)
            .with_context(|| format!("{} cannot be entered", source.folder.display()))?;
    }
    let renderer = Arc::new(Renderer::start()?);
    let stores = Arc::new(options.stores);
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let load_options = LoadOptions {
        workers: options.workers.unwrap_or(cores * WORKERS_PER_CORE).max(1),
        time_budget: options.time_budget,
        ..imports
    };
    let loading: Vec<_> = sources
        .into_iter()
        .map(|source| {
            let base = if alone {
                String::new()
            } else {
                format!("/{}", source.name)
            };
            let load_options = LoadOptions {
                base,
                ..load_options.clone()
            };
            let (env, renderer) = (options.env, Arc::clone(&renderer));
            let stores = Arc::clone(&stores);
            thread::spawn(move || {
                let stores = Option::as_ref(&stores);
                let stores = stores.map(|stores| (stores, alone));
                load_one(&source, &load_options, env, &renderer, stores)
            })
        })
        .collect();
    loading
        .into_iter()
        .map(|thread| {
            thread
                .join()
                .unwrap_or_else(|_| bail!("an app could not be loaded"))
        })
        .collect()
}

/// How apps are loaded when nothing more is said than where their imports come from.
pub(crate) fn load_options(imports: &ImportOptions) -> Result<LoadOptions> {
    let icons = Icons::from_json(ferroflex_shell::icons_json()).context("the embedded icons")?;
    Ok(LoadOptions {
        base: String::new(),
        workers: 1,
        time_budget: Duration::MAX,
        icons: Arc::new(icons),
        shell_modules: Arc::new(ferroflex_shell::specifiers().map(str::to_owned).collect()),
        packages: folders::packages(&imports.packages)?,
        cache: folders::cache(imports.cache.as_deref()),
    })
}

fn find(paths: &[PathBuf]) -> Result<Vec<AppSource>> {
    let mut sources: Vec<AppSource> = Vec::new();
    for path in paths {
        for source in discover(path)? {
            if let Some(known) = sources.iter().find(|known| known.name == source.name) {
                bail!(
                    "two apps are named {}: in {} and in {}; rename one of them",
                    source.name,
                    known.folder.display(),
                    source.folder.display()
                );
            }
            sources.push(source);
        }
    }
    Ok(sources)
}

fn load_one(
    source: &AppSource,
    options: &LoadOptions,
    env: Env,
    renderer: &Renderer,
    stores: Option<(&Stores, bool)>,
) -> Result<Served<App>> {
    let loaded = load(source, options)?;
    Ok(match loaded {
        Loaded::Live(app) => {
            let kept = stores.map(|(stores, alone)| stores.settings(&app, alone));
            let kept = kept.transpose()?;
            let settings = Settings {
                build: app.build.clone(),
                traces: env == Env::Dev,
                ..kept.unwrap_or_default()
            };
            Served::Live(Box::new(mount(&app, options, settings, renderer)))
        }
        Loaded::Failed(failure) => Served::Failed(failed(source, &options.base, &failure)),
    })
}

/// What the server is given of an app that was loaded like this.
fn mount(
    app: &Arc<App>,
    options: &LoadOptions,
    settings: Settings,
    renderer: &Renderer,
) -> Mount<App> {
    let probed = Arc::clone(app);
    let pages: Vec<_> = app.pages.iter().map(|page| served(page, app)).collect();
    let modules = AppModules::new(&app.base, &pages, &app.modules, app.assets.as_deref());
    Mount {
        name: app.name.clone(),
        base: app.base.clone(),
        title: title(app),
        hub: Hub::new(Arc::clone(app), settings),
        pages,
        names: app.names.clone(),
        shows_visitor: app.shows_visitor || !cookie_fields(app).is_empty(),
        names_json: app.names.to_json(&app.build),
        initial_state_json: String::from_utf8_lossy(&app.initial_state).into_owned(),
        state_hash: state_hash(&app.initial_state),
        stored_json: stored(app),
        cookie_fields: cookie_fields(app),
        needs_browser: app.needs_browser,
        color_mode: app.color_mode.clone(),
        frame: frame::frame(app, &app.base, options.cache.as_deref()),
        site: site(app, &options.base),
        assets_dir: app.assets.clone(),
        shared_assets: app.shared_assets.clone(),
        modules: app.modules.clone(),
        renderer: Some(Arc::new(Pages::new(renderer, modules))),
        health: Some(Arc::new(move || probed.health())),
        api: api(app),
    }
}

/// The fields that browsers keep, as pages tell the shell of them.
fn stored(app: &App) -> Option<String> {
    let fields = app.stored.iter().map(|field| {
        let (substate, number, options) = (field.substate, field.field, &field.options);
        json!([substate, number, options])
    });
    (!app.stored.is_empty()).then(|| fields.collect::<Json>().to_string())
}

/// The part of the state that requests bring.
fn cookie_fields(app: &App) -> Vec<(u32, u32)> {
    let of_cookies = app.stored.iter().filter(|it| it.area == Area::Cookie);
    of_cookies.map(|it| (it.substate, it.field)).collect()
}

fn title(app: &App) -> String {
    let front = app
        .pages
        .iter()
        .find(|page| page.route == "/")
        .or(app.pages.first());
    front
        .and_then(|page| page.initial_head.title.clone())
        .unwrap_or_else(|| app.name.clone())
}

/// The page's head for other states than the initial one.
fn head_for(page: &Page, app: &App) -> HeadFor {
    let (head, names, app_name) = (page.head.clone(), app.names.clone(), app.name.clone());
    let initial = page.initial_head.clone();
    HeadFor(Arc::new(move |values| {
        let state = StateValues {
            names: &names,
            values,
        };
        // What could not be told at first cannot be told now, of which the log has heard.
        let shown = head.evaluate(&state).unwrap_or_else(|_| initial.clone());
        served_head(shown, &app_name)
    }))
}

/// A page without a title has the app's name.
fn served_head(head: Head, app_name: &str) -> PageHead {
    PageHead {
        title: head.title.unwrap_or_else(|| app_name.to_owned()),
        description: head.description,
        meta: head.elements.iter().map(frame::element).collect(),
    }
}

fn served(page: &Page, app: &App) -> ServedPage {
    let module = &page.module;
    let file = |extension: &str, text: &str| AppFile {
        path: format!(
            "{}-{}.{extension}",
            module.file_stem,
            &state_hash(text.as_bytes())[..8]
        ),
        text: text.to_owned(),
    };
    ServedPage {
        route: page.route.clone(),
        head: served_head(page.initial_head.clone(), &app.name),
        head_for: page.head.is_followed().then(|| head_for(page, app)),
        module: file("js", &module.javascript),
        stylesheet: (!module.css.is_empty()).then(|| file("css", &module.css)),
        needs_radix: frame::needs_radix(&module.specifiers),
        load: module.load.clone(),
        specifiers: module.specifiers.clone(),
    }
}

/// What the app says of its place in the web, where it has its place at `place`.
fn site(app: &App, place: &str) -> SiteOptions {
    let entry = |entry: &ferroflex_script::SitemapEntry| SitemapEntry {
        location: entry.location.clone(),
        last_modified: entry.last_modified.clone(),
        change_frequency: entry.change_frequency.clone(),
        priority: entry.priority.clone(),
    };
    let entries = app.site.sitemap.as_ref();
    SiteOptions {
        place: place.to_owned(),
        has_prefix: app.base != place,
        deploy_url: app.site.deploy_url.clone(),
        sitemap: entries.map(|entries| entries.iter().map(entry).collect()),
        tells_routes: app.site.tells_routes,
    }
}

fn failed(source: &AppSource, base: &str, failure: &LoadFailure) -> FailedApp {
    let origin = failure.origin.as_ref();
    let place = origin.map(|origin| format!(" ({}:{})", origin.file, origin.line));
    tracing::error!(
        "{} is not served: {}: {}{}\n{}",
        source.name,
        failure.title(),
        failure.message,
        place.unwrap_or_default(),
        failure.trace.trim_end()
    );
    let number = |line: usize| u32::try_from(line).unwrap_or(u32::MAX);
    FailedApp {
        name: source.name.clone(),
        base: base.to_owned(),
        kind: failure.title(),
        message: failure.message.clone(),
        file: origin.map(|origin| origin.file.clone()),
        line: origin.map(|origin| number(origin.line)),
        source: origin.map_or_else(Vec::new, |origin| {
            origin
                .source
                .iter()
                .map(|(line, text)| (number(*line), text.clone()))
                .collect()
        }),
        trace: Some(failure.trace.clone()).filter(|trace| !trace.is_empty()),
    }
}
