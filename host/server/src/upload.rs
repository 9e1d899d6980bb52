//! Files that pages send: each request brings one, which is written to the disk as it comes and
//! waits there for the event that names its key. Files that an app keeps for its pages.
//!
//! Not here: who reads them (the script host), and how an event names them (the shell).

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Path as UrlPath, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use ferroflex_session::uploads::{
    TOKEN_HEADER, UPLOAD_BYTES_MAX, UPLOAD_WAIT_S_MAX, UPLOADS_WAITING_MAX, folder, is_private,
    waiting,
};
use ferroflex_session::{Script, new_token};
use futures_util::StreamExt as _;
use serde_json::json;
use tokio::fs;
use tokio::io::AsyncWriteExt as _;

use crate::app::App;
use crate::caller::Caller;
use crate::html;
use crate::origin;

/// The folder below the working directory whose files `rx.get_upload_url` gives addresses of.
pub(crate) const KEPT: &str = "uploaded_files";

/// What a browser may do with a file that some user uploaded: show it, and run nothing of it.
const KEPT_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; \
    media-src 'self'; sandbox";

/// How many files of an app wait.
#[derive(Debug, Default)]
pub(crate) struct Waiting(AtomicUsize);

/// Takes a file for a session, and answers with its key.
pub(crate) async fn receive<S: Script>(
    State(app): State<Arc<App<S>>>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let allowed = &app.options.allowed_origins;
    if let Err(origin) = origin::check(&headers, caller.host.as_deref(), allowed) {
        return refuse(
            StatusCode::FORBIDDEN,
            &format!("pages of {origin} may not upload"),
        );
    }
    let token = headers
        .get(TOKEN_HEADER)
        .and_then(|token| token.to_str().ok());
    // The session may be on another instance.
    if !token.is_some_and(|token| app.may_have(token, &caller.browser)) {
        return refuse(
            StatusCode::FORBIDDEN,
            "the session is over; reload the page",
        );
    }
    let length = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok());
    if length
        .and_then(|length| length.parse().ok())
        .is_some_and(|length: u64| length > UPLOAD_BYTES_MAX)
    {
        return refuse(StatusCode::PAYLOAD_TOO_LARGE, &too_large());
    }
    if app.waiting.0.fetch_add(1, Ordering::Relaxed) >= UPLOADS_WAITING_MAX {
        app.waiting.0.fetch_sub(1, Ordering::Relaxed);
        return refuse(
            StatusCode::SERVICE_UNAVAILABLE,
            "too many uploads wait; try again later",
        );
    }
    let kept = keep(body).await;
    let app_name = app.name.clone();
    let forget = async move |key: Option<&str>| {
        if let Some(path) = key.and_then(waiting) {
            tokio::time::sleep(Duration::from_secs(UPLOAD_WAIT_S_MAX)).await;
            // A handler has taken it, most likely.
            drop(fs::remove_file(path).await);
        }
        app.waiting.0.fetch_sub(1, Ordering::Relaxed);
    };
    match kept {
        Ok(key) => {
            let answer = Json(json!({ "key": key })).into_response();
            tokio::spawn(async move { forget(Some(&key)).await });
            answer
        }
        Err(error) => {
            forget(None).await;
            tracing::warn!(app = app_name, %error, "an upload failed");
            let status = if error.kind() == io::ErrorKind::FileTooLarge {
                StatusCode::PAYLOAD_TOO_LARGE
            } else {
                StatusCode::INTERNAL_SERVER_ERROR
            };
            refuse(status, &error.to_string())
        }
    }
}

/// A file that the app keeps, at a path below its folder.
pub(crate) async fn kept<S: Script>(
    State(app): State<Arc<App<S>>>,
    UrlPath(path): UrlPath<String>,
    headers: HeaderMap,
    uri: axum::http::Uri,
) -> Response {
    let base = format!("{}/_upload", app.base);
    let below = uri.path().strip_prefix(&base).unwrap_or_default();
    let query = uri.query();
    let Some(mut response) = app.uploads.respond(below, query, &headers).await else {
        return html::not_found(&path, &format!("{}/", app.base));
    };
    let policy = HeaderValue::from_static(KEPT_POLICY);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// Removes the files that nobody took, when the server stops: all of its own, or the old ones of a
/// folder in which those of other instances may wait.
pub(crate) async fn clear() {
    if is_private() {
        return drop(fs::remove_dir_all(folder()).await);
    }
    let Ok(mut files) = fs::read_dir(folder()).await else {
        return;
    };
    while let Ok(Some(file)) = files.next_entry().await {
        let modified = file.metadata().await.and_then(|known| known.modified());
        let age = modified.ok().and_then(|time| time.elapsed().ok());
        if age.is_some_and(|age| age.as_secs() > UPLOAD_WAIT_S_MAX) {
            drop(fs::remove_file(file.path()).await);
        }
    }
}

/// Writes a request's body to a file; gives its key.
async fn keep(body: Body) -> io::Result<String> {
    let key = new_token().map_err(io::Error::other)?;
    let path = waiting(&key).ok_or_else(|| io::Error::other("the key has no place"))?;
    make_folder().await?;
    let written = write(body, &path).await;
    if written.is_err() {
        drop(fs::remove_file(&path).await);
    }
    written.map(|()| key)
}

async fn write(body: Body, path: &Path) -> io::Result<()> {
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .await?;
    let mut chunks = body.into_data_stream();
    let mut size: u64 = 0;
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(io::Error::other)?;
        size += chunk.len() as u64;
        if size > UPLOAD_BYTES_MAX {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, too_large()));
        }
        file.write_all(&chunk).await?;
    }
    file.flush().await
}

/// Makes the folder, which nobody else may look into.
async fn make_folder() -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    builder.mode(0o700);
    builder.recursive(true);
    match builder.create(folder()).await {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

fn too_large() -> String {
    format!("a file may have {UPLOAD_BYTES_MAX} bytes at most")
}

fn refuse(status: StatusCode, problem: &str) -> Response {
    (status, Json(json!({ "error": problem }))).into_response()
}
