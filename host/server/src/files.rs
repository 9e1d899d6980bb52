//! Answers that are files: with their type, how long they may be kept, and not sent when known.
//!
//! Not here: which file is asked for (`app`, `site`).

use std::path::Path;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tower_http::services::ServeDir;

/// For files whose name carries their content's hash.
pub(crate) const FOREVER: &str = "public, max-age=31536000, immutable";
/// For files that may change under the same name: kept, but asked for again.
pub(crate) const REVALIDATE: &str = "no-cache";
/// For pages, which carry state.
pub(crate) const NEVER: &str = "no-store";

/// A file that is held in memory.
#[derive(Debug, Clone)]
pub(crate) struct File {
    pub(crate) bytes: Bytes,
    /// The same packed with brotli, where that was done beforehand.
    pub(crate) brotli: Option<Bytes>,
    pub(crate) content_type: HeaderValue,
    pub(crate) cache: &'static str,
    pub(crate) etag: Option<HeaderValue>,
}

impl File {
    /// A generated file that never changes under its name.
    pub(crate) fn immutable(text: &str, content_type: &'static str) -> Self {
        Self {
            bytes: Bytes::copy_from_slice(text.as_bytes()),
            brotli: None,
            content_type: HeaderValue::from_static(content_type),
            cache: FOREVER,
            etag: None,
        }
    }

    /// The file, or `304` for a client that has it.
    pub(crate) fn respond(&self, request: &HeaderMap) -> Response {
        let is_known = self.etag.as_ref().is_some_and(|etag| knows(request, etag));
        let packed = self.brotli.as_ref().filter(|_| takes_brotli(request));
        let mut response = match packed {
            _ if is_known => StatusCode::NOT_MODIFIED.into_response(),
            Some(packed) => Body::from(packed.clone()).into_response(),
            None => Body::from(self.bytes.clone()).into_response(),
        };
        let headers = response.headers_mut();
        if self.brotli.is_some() {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        if packed.is_some() && !is_known {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        headers.insert(header::CONTENT_TYPE, self.content_type.clone());
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(self.cache));
        if let Some(etag) = &self.etag {
            headers.insert(header::ETAG, etag.clone());
        }
        response
    }
}

/// A file below a folder, or `None` when there is none. The path cannot lead out of the folder.
pub(crate) async fn asset(folder: &Path, path: &str, request: &HeaderMap) -> Option<Response> {
    let mut asked = Request::builder()
        .method(Method::GET)
        .uri(path.parse::<Uri>().ok()?);
    *asked.headers_mut()? = request.clone();
    let request = asked.body(Body::empty()).ok()?;
    let mut service = ServeDir::new(folder).append_index_html_on_directories(false);
    let mut response = match service.try_call(request).await {
        Ok(response) => response.map(Body::new),
        Err(error) => {
            tracing::error!(%error, path, "an asset cannot be read");
            return Some(StatusCode::INTERNAL_SERVER_ERROR.into_response());
        }
    };
    if response.status() == StatusCode::NOT_FOUND {
        return None;
    }
    let cache = HeaderValue::from_static(REVALIDATE);
    response.headers_mut().insert(header::CACHE_CONTROL, cache);
    Some(response)
}

/// Whether the client takes brotli: it names it, and not with the weight of nothing.
fn takes_brotli(request: &HeaderMap) -> bool {
    let accepted = request.get_all(header::ACCEPT_ENCODING).iter();
    let mut codings = accepted
        .filter_map(|value| value.to_str().ok())
        .flat_map(|it| it.split(','));
    codings.any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let is_brotli = parts.next() == Some("br");
        let weight = parts.find_map(|part| part.strip_prefix("q="));
        is_brotli && weight.and_then(|weight| weight.parse().ok()) != Some(0.0)
    })
}

fn knows(request: &HeaderMap, etag: &HeaderValue) -> bool {
    let Some(known) = request.get(header::IF_NONE_MATCH) else {
        return false;
    };
    let (Ok(known), Ok(etag)) = (known.to_str(), etag.to_str()) else {
        return false;
    };
    // Compression makes an entity tag weak; the content behind it is the same.
    known
        .split(',')
        .any(|name| name.trim().trim_start_matches("W/") == etag || name.trim() == "*")
}
