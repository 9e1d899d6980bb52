//! The app's own HTTP endpoints: what answers a request that no path of the host's, no page and no
//! asset takes.
//!
//! Not here: how an answer is made (any [`Api`]), and how its parts travel (`exchange`).

mod exchange;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header, request};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use ferroflex_session::{Failure, Script};
use futures_util::future::BoxFuture;
use serde_json::json;
use tokio::sync::{Semaphore, oneshot};
use tokio::time::timeout;

use crate::app::App;
use crate::caller::Caller;
use crate::limits::{API_BODY_BYTES_MAX, API_FIRST_BYTE_MS_MAX, API_REQUESTS_MAX};
use crate::mount::Environment;

pub use exchange::{Exchange, Received};
use exchange::{Head, Parts};

/// An app's own endpoints, and what lives as long as the server.
pub trait Api: Send + Sync + 'static {
    /// Begins what is to live as long as the server. Connections are taken when it is done.
    fn start(&self) -> BoxFuture<'static, ()>;

    /// Whether there are endpoints. Without any, no request is handed over.
    fn has_endpoints(&self) -> bool;

    /// Answers a request, by means of `exchange`, at any time: it does not block. An exchange that
    /// is dropped without an answer is answered with status 500.
    fn answer(&self, request: ApiRequest, exchange: Exchange);

    /// Ends what [`Api::start`] began.
    fn stop(&self) -> BoxFuture<'static, ()>;
}

/// A request, but for its body.
#[derive(Debug, Clone)]
pub struct ApiRequest {
    /// Its method, such as `POST`.
    pub method: String,
    /// `1.1`, `2`.
    pub http_version: &'static str,
    /// `http` or `https`, as far as proxies are believed.
    pub scheme: &'static str,
    /// The whole path, the app's base included, as the client wrote it.
    pub path: String,
    /// The app's base: empty, or such as `/todo`.
    pub base: String,
    /// What stands behind the question mark, as the client wrote it.
    pub query: String,
    /// Names in lower case, and values.
    pub headers: Vec<(String, Vec<u8>)>,
    /// Where it came from.
    pub client: SocketAddr,
}

/// The endpoints of an app that is served.
pub(crate) struct Endpoints {
    api: Arc<dyn Api>,
    under_way: Arc<Semaphore>,
}

/// Marks a response that is sent as the app made it: not compressed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AsMade;

impl Endpoints {
    /// The endpoints of an app, if it has any.
    pub(crate) fn new(api: &Arc<dyn Api>) -> Option<Self> {
        api.has_endpoints().then(|| Self {
            api: Arc::clone(api),
            under_way: Arc::new(Semaphore::new(API_REQUESTS_MAX)),
        })
    }
}

/// Any request below an app's base that has no path of its own: first the pages and assets, then
/// the app's endpoints.
pub(crate) async fn respond<S: Script>(
    State(app): State<Arc<App<S>>>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    let (head, body) = request.into_parts();
    let reads = matches!(head.method, Method::GET | Method::HEAD);
    if reads && let Some(response) = app.read(&head, &caller).await {
        return response;
    }
    let answered = match &app.endpoints {
        Some(endpoints) => Some(ask(&app, endpoints, &caller, &head, body).await),
        None => None,
    };
    let status = answered.as_ref().map(Response::status);
    if reads
        && matches!(status, None | Some(StatusCode::NOT_FOUND))
        && let Some(own) = app.own_answer(&head)
    {
        return own;
    }
    match answered {
        Some(response) if response.status() != StatusCode::NOT_FOUND => response,
        // Programs are told what the app says; people see the page that says so.
        Some(response) if !(reads && wants_page(&head.headers)) => response,
        Some(_) => app.not_found(&head, &caller).await,
        None if reads => app.not_found(&head, &caller).await,
        None => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

/// What Reflex answers by itself to those who ask whether it is there.
pub(crate) fn own_answer(path: &str) -> Option<Response> {
    match path {
        "/ping" => Some(Json("pong").into_response()),
        "/_health" => Some(Json(json!({ "status": true })).into_response()),
        _ => None,
    }
}

async fn ask<S: Script>(
    app: &Arc<App<S>>,
    endpoints: &Endpoints,
    caller: &Caller,
    head: &request::Parts,
    body: Body,
) -> Response {
    let Ok(permit) = Arc::clone(&endpoints.under_way).try_acquire_owned() else {
        let problem = "too many requests are under way; try again later";
        return refuse(StatusCode::SERVICE_UNAVAILABLE, problem);
    };
    if length(&head.headers).is_some_and(|length| length > API_BODY_BYTES_MAX) {
        return too_large();
    }
    let (exchange, started, parts) = exchange::begin(body, &app.life.stopping, permit);
    endpoints.api.answer(described(app, head, caller), exchange);
    let patience = Duration::from_millis(API_FIRST_BYTE_MS_MAX);
    if let Ok(started) = timeout(patience, started).await {
        return written(started, parts, app.options.environment);
    }
    tracing::warn!(app = app.name, path = head.uri.path(), "no answer in time");
    refuse(
        StatusCode::GATEWAY_TIMEOUT,
        "the app did not answer in time",
    )
}

fn described<S: Script>(app: &App<S>, head: &request::Parts, caller: &Caller) -> ApiRequest {
    let header = |(name, value): (&header::HeaderName, &HeaderValue)| {
        (name.as_str().to_owned(), value.as_bytes().to_owned())
    };
    ApiRequest {
        method: head.method.as_str().to_owned(),
        http_version: match head.version {
            axum::http::Version::HTTP_10 => "1.0",
            axum::http::Version::HTTP_2 => "2",
            _ => "1.1",
        },
        scheme: caller.scheme,
        path: head.uri.path().to_owned(),
        base: app.base.clone(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers.iter().map(header).collect(),
        client: caller.address,
    }
}

fn written(
    started: Result<Head, oneshot::error::RecvError>,
    parts: Parts,
    environment: Environment,
) -> Response {
    let mut response = match started {
        Ok(Head::Started { status, headers }) => {
            let mut response = parts.into_body().into_response();
            *response.status_mut() = status;
            *response.headers_mut() = headers;
            response
        }
        Ok(Head::TooLarge) => return too_large(),
        Ok(Head::Failed(failure)) => failed(&failure, environment),
        Err(_) => refuse(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the app gave no answer; its log says why",
        ),
    };
    response.extensions_mut().insert(AsMade);
    response
}

/// An exception of the app's: the author sees its traceback, nobody else.
fn failed(failure: &Failure, environment: Environment) -> Response {
    let text = match environment {
        Environment::Development => failure.trace.clone(),
        Environment::Production => "internal server error\n".to_owned(),
    };
    (StatusCode::INTERNAL_SERVER_ERROR, text).into_response()
}

fn too_large() -> Response {
    let problem = format!("a request may have {API_BODY_BYTES_MAX} bytes at most");
    refuse(StatusCode::PAYLOAD_TOO_LARGE, &problem)
}

fn refuse(status: StatusCode, problem: &str) -> Response {
    (status, Json(json!({ "detail": problem }))).into_response()
}

fn length(headers: &HeaderMap) -> Option<u64> {
    let length = headers.get(header::CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok()
}

/// Whether a browser asks, that shows what it gets to a reader.
fn wants_page(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).iter();
    let mut texts = accepted.filter_map(|value| value.to_str().ok());
    texts.any(|text| text.contains("text/html"))
}
