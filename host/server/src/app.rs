//! One loaded app: its pages, its generated files, its assets.
//!
//! Not here: the paths that all apps share (`site`), and the socket (`socket`).

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header, request};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{any, get, post};
use ferroflex_page::{NOT_FOUND, Names, Route, RouteTable};
use ferroflex_session::{Hub, Script, new_token};

use crate::api::{self, Api, Endpoints};
use crate::assets::Assets;
use crate::caller::Caller;
use crate::error::ServerError;
use crate::files::{File, NEVER, REVALIDATE};
use crate::html::{self, Document, PageContext, PageState};
use crate::mount::{AppFile, Environment, HealthProbe, Mount, Options};
use crate::moved_shell::MovedShell;
use crate::pages_file::pages_file;
use crate::render::Rendered;
use crate::security::ContentPolicy;
use crate::serve::Life;
use crate::shell::{Shell, boot_address, import_map};
use crate::site_files::SiteFiles;
use crate::socket::socket;
use crate::upload::{self, Waiting};
use crate::visit::Asked;

/// An app that is being served.
pub(crate) struct App<S: Script> {
    pub(crate) name: String,
    pub(crate) base: String,
    pub(crate) title: String,
    pub(crate) hub: Arc<Hub<S>>,
    pub(crate) health: Option<HealthProbe>,
    pub(crate) options: Arc<Options>,
    pub(crate) life: Life,
    pub(crate) waiting: Waiting,
    pub(crate) api: Option<Arc<dyn Api>>,
    pub(crate) endpoints: Option<Endpoints>,
    /// By the numbers of the routes.
    pages: Vec<Document>,
    routes: RouteTable,
    /// The page for what is not found.
    not_found: Option<usize>,
    pub(crate) site_files: SiteFiles,
    pub(crate) names_of_state: Names,
    pub(crate) shows_visitor: bool,
    pub(crate) needs_browser: bool,
    pub(crate) cookie_fields: Vec<(u32, u32)>,
    pub(crate) initial_state: PageState,
    rendered: Option<Rendered>,
    files: HashMap<String, File>,
    names: File,
    policy: ContentPolicy,
    assets: Assets,
    /// Files that the app keeps of what users uploaded.
    pub(crate) uploads: Assets,
}

impl<S: Script> App<S> {
    /// Writes the pages and gathers the files.
    pub(crate) fn new(
        mount: Mount<S>,
        options: Arc<Options>,
        life: Life,
    ) -> Result<Self, ServerError> {
        let shell = shell_of(&mount, &options);
        let import_map = import_map(shell.import_map(), &mount.modules);
        let routes = route_table(&mount)?;
        let environment = options.environment;
        let (pages, table) = write_pages(&mount, environment, &*shell, &import_map, &routes)?;
        let listed = mount.pages.iter().map(|page| page.route.as_str());
        let names = File::immutable(&mount.names_json, "application/json");
        let etag = format!("\"{}\"", mount.hub.build());
        let names = names.kept(REVALIDATE).tagged(&etag);
        if mount.needs_browser && mount.pages.iter().any(|page| !page.load.is_empty()) {
            tracing::info!(
                app = mount.name,
                "on_load runs once the browser has connected: the app keeps state in its storage"
            );
        }
        Ok(Self {
            site_files: SiteFiles::new(mount.site.clone(), &mount.base, listed),
            not_found: mount.pages.iter().position(|page| page.route == NOT_FOUND),
            pages,
            routes,
            initial_state: PageState::new(
                mount.initial_state_json.as_str(),
                mount.state_hash.as_str(),
            ),
            rendered: mount.renderer.clone().map(Rendered::new),
            files: files(&mount, &table),
            names,
            policy: ContentPolicy::new(&import_map, &mount.frame),
            uploads: Assets::new(Some(upload::KEPT.into()), Vec::new()),
            assets: Assets::new(mount.assets_dir, mount.shared_assets),
            names_of_state: mount.names,
            shows_visitor: mount.shows_visitor,
            needs_browser: mount.needs_browser,
            cookie_fields: mount.cookie_fields,
            name: mount.name,
            base: mount.base,
            title: mount.title,
            hub: mount.hub,
            health: mount.health,
            options,
            life,
            waiting: Waiting::default(),
            endpoints: mount.api.as_ref().and_then(Endpoints::new),
            api: mount.api,
        })
    }

    /// The page or the file at a path below the base. A page of a fixed address comes first, then
    /// files, then pages whose routes have arguments.
    async fn answer(&self, asked: &Asked<'_>) -> Option<Response> {
        let Asked { path, .. } = *asked;
        let found = self.routes.find(path).map(|(number, _)| number);
        let is_fixed = |number: &usize| !self.routes.routes()[*number].is_dynamic();
        if let Some(number) = found.filter(is_fixed) {
            return Some(self.page(number, asked).await);
        }
        if let Some(response) = self.file_at(asked).await {
            return Some(response);
        }
        Some(self.page(found?, asked).await)
    }

    async fn file_at(&self, asked: &Asked<'_>) -> Option<Response> {
        let Asked { path, headers, .. } = *asked;
        if let Some(response) = self.assets.respond(path, asked.query, headers).await {
            return Some(response);
        }
        let files = &self.site_files;
        files
            .answer(path, &self.assets, headers, asked.caller)
            .await
    }

    /// What a request that reads is answered with by the host: a page, an asset, or what is the
    /// host's own.
    pub(crate) async fn read(&self, request: &request::Parts, caller: &Caller) -> Option<Response> {
        let asked = self.asked(request, caller);
        self.answer(&asked).await
    }

    /// What the host says by itself at an address that nobody else answers for.
    pub(crate) fn own_answer(&self, request: &request::Parts) -> Option<Response> {
        api::own_answer(request.uri.path().strip_prefix(self.base.as_str())?)
    }

    /// The page for addresses at which there is nothing.
    pub(crate) async fn not_found(&self, request: &request::Parts, caller: &Caller) -> Response {
        match self.not_found.filter(|_| wants_html(&request.headers)) {
            Some(number) => self.page(number, &self.asked(request, caller)).await,
            None => html::not_found(request.uri.path(), &format!("{}/", self.base)),
        }
    }

    /// What is asked for below the base.
    fn asked<'a>(&self, request: &'a request::Parts, caller: &'a Caller) -> Asked<'a> {
        let path = request.uri.path();
        Asked {
            method: &request.method,
            path: path.strip_prefix(self.base.as_str()).unwrap_or_default(),
            query: request.uri.query(),
            headers: &request.headers,
            caller,
        }
    }

    /// The page with that number; the one for what is not found says so.
    async fn page(&self, number: usize, asked: &Asked<'_>) -> Response {
        let mut response = self.visit(&self.pages[number], asked).await;
        if self.not_found == Some(number) && response.status() == StatusCode::OK {
            *response.status_mut() = StatusCode::NOT_FOUND;
        }
        response
    }

    /// The app's own page for what is not found.
    pub(crate) fn not_found_page(&self) -> Option<&Document> {
        self.not_found.map(|number| &self.pages[number])
    }

    /// The routes of pages that have one address.
    pub(crate) fn fixed_routes(&self) -> Vec<String> {
        let routes = self.routes.routes().iter();
        let fixed = routes.filter(|route| !route.is_dynamic());
        fixed.map(|route| route.as_str().to_owned()).collect()
    }

    /// The paths of all files below the base: those that were generated, and the assets.
    pub(crate) fn file_paths(&self) -> Vec<String> {
        let generated = self.files.keys().map(String::as_str).chain(["names.json"]);
        let generated = generated.map(|name| format!("/_app/{name}"));
        let site = self.site_files.paths().into_iter().map(str::to_owned);
        let mut paths: Vec<String> = generated.chain(site).chain(self.assets.paths()).collect();
        paths.sort();
        paths.dedup();
        paths
    }

    /// The path below which its pages find the shell.
    pub(crate) fn shell_base(&self) -> &str {
        if self.site_files.has_prefix() {
            &self.base
        } else {
            ""
        }
    }

    /// Gets the front page ready before anybody asks for it.
    pub(crate) async fn prepare(&self) {
        self.prepare_page("/").await;
    }

    /// Gets the page at a path ready before anybody asks for it.
    pub(crate) async fn prepare_page(&self, path: &str) {
        let front = self.routes.find(path);
        if let (Some(rendered), Some((front, _))) = (&self.rendered, front) {
            rendered
                .prepare(&self.pages[front], &self.initial_state)
                .await;
        }
    }

    /// A page with that state: rendered where that is possible in time.
    pub(crate) async fn respond(
        &self,
        document: &Document,
        state: PageState,
        caller: &Caller,
    ) -> Response {
        let content = match &self.rendered {
            Some(rendered) => rendered.content(document, &state).await,
            None => None,
        };
        let nonce = match new_token() {
            Ok(nonce) => nonce,
            Err(error) => {
                tracing::error!("a page cannot be served: {error}");
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            }
        };
        let policy = self
            .policy
            .header(caller.host.as_deref(), &nonce, document.reach);
        let mut response = document
            .with(&nonce, &state, content.as_deref())
            .into_response();
        let headers = response.headers_mut();
        let html = HeaderValue::from_static("text/html; charset=utf-8");
        headers.insert(header::CONTENT_TYPE, html);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(NEVER));
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        response
    }
}

/// The paths of an app.
pub(crate) fn routes<S: Script>(app: Arc<App<S>>) -> Router {
    let base = app.base.clone();
    // Files are counted as they are written; axum's own limit is meant for what stands in memory.
    let receiving = post(upload::receive::<S>).layer(DefaultBodyLimit::disable());
    let router = Router::new()
        .route(&format!("{base}/_socket"), get(socket::<S>))
        .route(&format!("{base}/_app/names.json"), get(names::<S>))
        .route(&format!("{base}/_app/{{file}}"), get(file::<S>))
        .route(&format!("{base}/_upload"), receiving)
        .route(&format!("{base}/_upload/{{*path}}"), get(upload::kept::<S>))
        .route(&format!("{base}/"), any(api::respond::<S>))
        .route(&format!("{base}/{{*rest}}"), any(api::respond::<S>))
        .with_state(app);
    if base.is_empty() {
        return router;
    }
    let home = format!("{base}/");
    router.route(&base, get(async move || Redirect::temporary(&home)))
}

async fn names<S: Script>(State(app): State<Arc<App<S>>>, headers: HeaderMap) -> Response {
    app.names.respond(&headers).await
}

async fn file<S: Script>(
    State(app): State<Arc<App<S>>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    match app.files.get(&name) {
        Some(file) => file.respond(&headers).await,
        None => html::not_found(&name, &format!("{}/", app.base)),
    }
}

/// Whether a document is asked for, and not a part of one.
fn wants_html(request: &HeaderMap) -> bool {
    let text = |name: &str| request.get(name).and_then(|value| value.to_str().ok());
    if let Some(part) = text("sec-fetch-dest") {
        return matches!(part, "document" | "frame" | "iframe" | "embed" | "object");
    }
    text("accept").is_none_or(|accept| accept == "*/*" || accept.contains("text/html"))
}

/// The shell with the addresses that the app's pages have for it.
fn shell_of<S: Script>(mount: &Mount<S>, options: &Options) -> Arc<dyn Shell> {
    let shell = Arc::clone(&options.shell);
    if mount.site.has_prefix {
        Arc::new(MovedShell::new(shell, &mount.base))
    } else {
        shell
    }
}

/// The routes of the app's pages, in the order of the pages.
fn route_table<S: Script>(mount: &Mount<S>) -> Result<RouteTable, ServerError> {
    let routes = mount.pages.iter().map(|page| Route::parse(&page.route));
    let table = routes.collect::<Result<_, _>>().and_then(RouteTable::new);
    table.map_err(|source| ServerError::Routes {
        app: mount.name.clone(),
        source: Box::new(source),
    })
}

/// The documents of all pages, and the table of the pages.
fn write_pages<S: Script>(
    mount: &Mount<S>,
    environment: Environment,
    shell: &dyn Shell,
    import_map: &str,
    routes: &RouteTable,
) -> Result<(Vec<Document>, AppFile), ServerError> {
    let boot = boot_address(import_map)?;
    let mut context = PageContext {
        boot: &boot,
        import_map,
        base: &mount.base,
        build: mount.hub.build(),
        stored_json: mount.stored_json.as_deref(),
        environment: match environment {
            Environment::Development => "dev",
            Environment::Production => "prod",
        },
        color_mode: &mount.color_mode,
        frame: &mount.frame,
        pages: String::new(),
        shell,
    };
    let table = pages_file(&context, &mount.pages, routes);
    context.pages = html::file_address(&mount.base, &table.path);
    let pages = mount.pages.iter();
    let documents = pages.map(|page| html::page(&context, page)).collect();
    Ok((documents, table))
}

/// The generated files by their names.
fn files<S: Script>(mount: &Mount<S>, table: &AppFile) -> HashMap<String, File> {
    let modules = mount.pages.iter().map(|page| &page.module);
    let sheets = mount
        .pages
        .iter()
        .filter_map(|page| page.stylesheet.as_ref());
    let named = |kind: &'static str| {
        move |file: &AppFile| (file.path.clone(), File::immutable(&file.text, kind))
    };
    modules
        .map(named("text/javascript; charset=utf-8"))
        .chain(
            sheets
                .chain(&mount.frame.radix)
                .chain(&mount.frame.tailwind)
                .map(named("text/css; charset=utf-8")),
        )
        .chain([table].map(named("application/json")))
        .collect()
}
