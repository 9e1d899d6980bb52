//! All apps together: the paths that they share, and the index of several.
//!
//! Not here: the paths inside an app (`app`).

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, Uri, Version, header};
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{any, get};
use axum::{Extension, Router};
use ferroflex_session::Script;
use ferroflex_session::metric::REQUESTS;
use metrics::counter;
use parking_lot::Mutex;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate as _};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::api::AsMade;
use crate::app::{self, App};
use crate::caller::{self, Caller};
use crate::error::ServerError;
use crate::exposition;
use crate::files::{FOREVER, File, REVALIDATE};
use crate::health::health;
use crate::html::{self, Entry, ICON};
use crate::mount::{Environment, FailedApp, Options, Served};
use crate::ready::ready;
use crate::serve::Life;
use crate::site_files;

/// Paths that are the server's own.
const RESERVED: [&str; 6] = [
    "/_shell",
    "/favicon.ico",
    "/healthz",
    "/metrics",
    "/readyz",
    "/robots.txt",
];

/// An app's place in the site.
pub(crate) enum Place<S: Script> {
    Live(Arc<App<S>>),
    Failed(Arc<FailedApp>),
}

/// All that is served.
pub(crate) struct Site<S: Script> {
    pub(crate) places: Vec<Place<S>>,
    pub(crate) options: Arc<Options>,
    pub(crate) life: Life,
    /// The shell's files that were asked for, with what they were packed to: as many as there are.
    shell_files: Mutex<HashMap<String, File>>,
}

pub(crate) type SharedSite<S> = Arc<Site<S>>;

impl<S: Script> Site<S> {
    /// Gives every app its place.
    pub(crate) fn new(
        apps: Vec<Served<S>>,
        options: Options,
        life: &Life,
    ) -> Result<Self, ServerError> {
        check_bases(&apps)?;
        let options = Arc::new(options);
        let place = |served| match served {
            Served::Live(mount) => App::new(*mount, Arc::clone(&options), life.clone())
                .map(|app| Place::Live(Arc::new(app))),
            Served::Failed(failed) => Ok(Place::Failed(Arc::new(failed))),
        };
        let places = apps.into_iter().map(place).collect::<Result<_, _>>()?;
        Ok(Self {
            places,
            options,
            life: life.clone(),
            shell_files: Mutex::default(),
        })
    }

    fn shell_file(&self, path: &str) -> Option<File> {
        let mut files = self.shell_files.lock();
        if let Some(known) = files.get(path) {
            return Some(known.clone());
        }
        let found = self.options.shell.file(path)?;
        let kind = HeaderValue::from_static(found.content_type);
        let file = File::new(shared(found.bytes), kind, FOREVER)
            .tagged(&found.etag)
            .with_brotli(found.brotli.map(shared));
        files.insert(path.to_owned(), file.clone());
        Some(file)
    }

    /// The loaded apps.
    pub(crate) fn live(&self) -> impl Iterator<Item = &Arc<App<S>>> {
        self.places.iter().filter_map(|place| match place {
            Place::Live(app) => Some(app),
            Place::Failed(_) => None,
        })
    }

    fn has_app_at_root(&self) -> bool {
        self.places.iter().any(|place| place.base().is_empty())
    }
}

impl<S: Script> Place<S> {
    fn base(&self) -> &str {
        match self {
            Self::Live(app) => &app.base,
            Self::Failed(failed) => &failed.base,
        }
    }

    fn entry(&self, environment: Environment) -> Entry<'_> {
        match self {
            Self::Live(app) => Entry {
                name: &app.name,
                base: &app.base,
                title: &app.title,
                failure: None,
                is_live: true,
            },
            Self::Failed(failed) => Entry {
                name: &failed.name,
                base: &failed.base,
                title: &failed.name,
                failure: (environment == Environment::Development).then_some(&**failed),
                is_live: false,
            },
        }
    }
}

/// Every path of the site.
pub(crate) fn router<S: Script>(site: &SharedSite<S>) -> Router {
    let mut router = Router::new()
        .route("/healthz", get(health::<S>))
        .route("/readyz", get(ready::<S>))
        .route("/metrics", get(exposition::tell::<S>))
        .route("/_shell/{*file}", get(shell_file::<S>))
        .with_state(Arc::clone(site));
    for app in site.live().filter(|app| app.site_files.has_prefix()) {
        let files = get(shell_file::<S>).with_state(Arc::clone(site));
        router = router.route(&format!("{}/_shell/{{*file}}", app.base), files);
    }
    for place in &site.places {
        router = router.merge(match place {
            Place::Live(app) => app::routes(Arc::clone(app)),
            Place::Failed(failed) => failed_routes(failed, site.options.environment),
        });
    }
    if !site.has_app_at_root() {
        let home = match site.places.as_slice() {
            // An app that is served alone under a prefix of its own.
            [place] => {
                let home = format!("{}/", place.base());
                get(async move || Redirect::temporary(&home))
            }
            _ => get(index::<S>).with_state(Arc::clone(site)),
        };
        let robots = get(robots::<S>).with_state(Arc::clone(site));
        router = router
            .route("/", home)
            .route("/favicon.ico", get(icon))
            .route("/robots.txt", robots)
            .fallback(nothing);
    }
    let no_sniffing = HeaderValue::from_static("nosniff");
    let same_origin = HeaderValue::from_static("same-origin");
    router
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(is_to_pack)))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::X_CONTENT_TYPE_OPTIONS,
            no_sniffing,
        ))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::REFERRER_POLICY,
            same_origin,
        ))
        .layer(from_fn_with_state(Arc::clone(&site.options), caller::meet))
        .layer(map_response(count))
}

/// Counts an answer.
async fn count(response: Response) -> Response {
    let class = match response.status().as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    };
    counter!(REQUESTS, "class" => class).increment(1);
    response
}

/// Whether the host may compress an answer: those of an app's endpoints go out as they were made.
fn is_to_pack(_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions) -> bool {
    extensions.get::<AsMade>().is_none()
}

/// The icon of pages without one.
pub(crate) async fn icon() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, REVALIDATE),
    ];
    (headers, ICON).into_response()
}

async fn index<S: Script>(State(site): State<SharedSite<S>>) -> Response {
    let environment = site.options.environment;
    let entries: Vec<_> = site
        .places
        .iter()
        .map(|place| place.entry(environment))
        .collect();
    html::index(&entries)
}

/// What robots may visit where no app has the root.
async fn robots<S: Script>(
    State(site): State<SharedSite<S>>,
    Extension(caller): Extension<Caller>,
) -> Response {
    let sitemaps = site
        .live()
        .filter_map(|app| app.site_files.sitemap_address(&caller));
    site_files::robots(sitemaps)
}

async fn nothing(uri: Uri) -> Response {
    html::not_found(uri.path(), "/")
}

async fn shell_file<S: Script>(
    State(site): State<SharedSite<S>>,
    Path(path): Path<String>,
    headers: HeaderMap,
) -> Response {
    match site.shell_file(&path) {
        Some(file) => file.respond(&headers).await,
        None => html::not_found(&path, "/"),
    }
}

/// Content without a copy, where it is a part of the binary.
fn shared(bytes: Cow<'static, [u8]>) -> Bytes {
    match bytes {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    }
}

/// Every path of an app that could not be loaded tells why.
fn failed_routes(failed: &Arc<FailedApp>, environment: Environment) -> Router {
    let page = {
        let failed = Arc::clone(failed);
        any(async move || html::failed(&failed, environment))
    };
    let base = &failed.base;
    let router = Router::new()
        .route(&format!("{base}/"), page.clone())
        .route(&format!("{base}/{{*rest}}"), page.clone());
    if base.is_empty() {
        router
    } else {
        router.route(base, page)
    }
}

fn check_bases<S: Script>(apps: &[Served<S>]) -> Result<(), ServerError> {
    let mut bases = HashSet::new();
    for app in apps {
        let base = app.base();
        let below = |path: &&str| base.strip_prefix(*path);
        let is_reserved = |rest: &str| rest.is_empty() || rest.starts_with('/');
        if !is_base(base) || RESERVED.iter().filter_map(below).any(is_reserved) {
            return Err(ServerError::ReservedBase {
                base: base.to_owned(),
            });
        }
        if !bases.insert(base) || (apps.len() > 1 && base.is_empty()) {
            return Err(ServerError::DuplicateBase {
                base: base.to_owned(),
            });
        }
    }
    Ok(())
}

/// Whether it is empty or made of plain segments, such as `/todo`.
fn is_base(base: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(is_plain);
    base.is_empty()
        || base
            .strip_prefix('/')
            .is_some_and(|names| names.split('/').all(is_name))
}
