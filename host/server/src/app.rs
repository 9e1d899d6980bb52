//! One loaded app: its pages, its generated files, its assets.
//!
//! Not here: the paths that all apps share (`site`), and the socket (`socket`).

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use ferroflex_session::{Hub, Script, new_token};

use crate::assets::Assets;
use crate::error::ServerError;
use crate::files::{File, NEVER, REVALIDATE};
use crate::html::{self, Document, PageContext, PageState};
use crate::mount::{AppFile, Environment, HealthProbe, Mount, Options};
use crate::origin;
use crate::render::Rendered;
use crate::security::ContentPolicy;
use crate::serve::Life;
use crate::shell::{boot_address, import_map};
use crate::site::icon;
use crate::socket::socket;
use crate::upload::{self, Waiting};

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
    pages: matchit::Router<Document>,
    initial_state: PageState,
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
        let import_map = import_map(options.shell.import_map(), &mount.modules);
        let pages = write_pages(&mount, &options, &import_map)?;
        let names = File::immutable(&mount.names_json, "application/json");
        let etag = format!("\"{}\"", mount.hub.build());
        let names = names.kept(REVALIDATE).tagged(&etag);
        Ok(Self {
            pages,
            initial_state: PageState::new(
                mount.initial_state_json.as_str(),
                mount.state_hash.as_str(),
            ),
            rendered: mount.renderer.clone().map(Rendered::new),
            files: files(&mount),
            names,
            policy: ContentPolicy::new(&import_map, &mount.frame),
            uploads: Assets::new(Some(upload::KEPT.into()), Vec::new()),
            assets: Assets::new(mount.assets_dir, mount.shared_assets),
            name: mount.name,
            base: mount.base,
            title: mount.title,
            hub: mount.hub,
            health: mount.health,
            options,
            life,
            waiting: Waiting::default(),
        })
    }

    /// The page or asset at a path below the base.
    async fn answer(
        &self,
        path: &str,
        query: Option<&str>,
        request: &HeaderMap,
    ) -> Option<Response> {
        if let Some(document) = self.page_at(path) {
            let state = self.initial_state.clone();
            return Some(self.respond(document, state, request).await);
        }
        self.assets.respond(path, query, request).await
    }

    fn page_at(&self, path: &str) -> Option<&Document> {
        let without_slash = path.strip_suffix('/').filter(|path| !path.is_empty());
        let found = self.pages.at(path).ok();
        found
            .or_else(|| self.pages.at(without_slash?).ok())
            .map(|found| found.value)
    }

    /// Gets the front page ready before anybody asks for it.
    pub(crate) async fn prepare(&self) {
        if let (Some(rendered), Some(front)) = (&self.rendered, self.page_at("/")) {
            rendered.prepare(front, &self.initial_state).await;
        }
    }

    /// A page with that state: rendered where that is possible in time.
    async fn respond(
        &self,
        document: &Document,
        state: PageState,
        request: &HeaderMap,
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
            .header(origin::host(request), &nonce, document.reach);
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
        .route(&format!("{base}/"), get(page::<S>))
        .route(&format!("{base}/{{*rest}}"), get(page::<S>))
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

async fn page<S: Script>(State(app): State<Arc<App<S>>>, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri
        .path()
        .strip_prefix(app.base.as_str())
        .unwrap_or_default();
    match app.answer(path, uri.query(), &headers).await {
        Some(response) => response,
        None if path == "/favicon.ico" => icon().await,
        None => html::not_found(uri.path(), &format!("{}/", app.base)),
    }
}

/// The documents of all pages, found by path.
fn write_pages<S: Script>(
    mount: &Mount<S>,
    options: &Options,
    import_map: &str,
) -> Result<matchit::Router<Document>, ServerError> {
    let boot = boot_address(import_map)?;
    let context = PageContext {
        boot: &boot,
        import_map,
        base: &mount.base,
        build: mount.hub.build(),
        environment: match options.environment {
            Environment::Development => "dev",
            Environment::Production => "prod",
        },
        color_mode: &mount.color_mode,
        frame: &mount.frame,
        shell: options.shell.as_ref(),
    };
    let mut pages = matchit::Router::new();
    for page in &mount.pages {
        let document = html::page(&context, page);
        for pattern in patterns(&page.route) {
            pages
                .insert(pattern, document.clone())
                .map_err(|error| ServerError::Route {
                    app: mount.name.clone(),
                    route: page.route.clone(),
                    reason: error.to_string(),
                })?;
        }
    }
    Ok(pages)
}

/// A route in the matcher's terms: `[id]` takes one segment, `[...rest]` the rest of the path, and
/// `[[...rest]]` also nothing.
fn patterns(route: &str) -> Vec<String> {
    let (mut pattern, mut optional) = (String::new(), None);
    for segment in route.split('/').filter(|segment| !segment.is_empty()) {
        let inner = segment
            .strip_prefix('[')
            .and_then(|inner| inner.strip_suffix(']'));
        let written = match inner.map(|inner| inner.trim_matches(['[', ']'])) {
            Some(name) => match name.strip_prefix("...") {
                Some(rest) => format!("/{{*{rest}}}"),
                None => format!("/{{{name}}}"),
            },
            None => format!("/{}", segment.replace('{', "{{").replace('}', "}}")),
        };
        if segment.starts_with("[[") {
            optional = Some(if pattern.is_empty() {
                "/".to_owned()
            } else {
                pattern.clone()
            });
        }
        pattern.push_str(&written);
    }
    let whole = if pattern.is_empty() {
        "/".to_owned()
    } else {
        pattern
    };
    optional.into_iter().chain([whole]).collect()
}

/// The generated files by their names.
fn files<S: Script>(mount: &Mount<S>) -> HashMap<String, File> {
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
                .map(named("text/css; charset=utf-8")),
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use super::patterns;

    #[test]
    fn routes_are_written_in_the_matchers_terms() {
        assert_eq!(patterns("/"), ["/"]);
        assert_eq!(patterns("/items"), ["/items"]);
        assert_eq!(patterns("items/[id]/edit"), ["/items/{id}/edit"]);
        assert_eq!(patterns("/docs/[...path]"), ["/docs/{*path}"]);
        assert_eq!(patterns("/docs/[[...path]]"), ["/docs", "/docs/{*path}"]);
        assert_eq!(patterns("/{x}"), ["/{{x}}"]);
    }
}
