//! Answers that are files in memory: with their type, how long they may be kept, packed for those
//! who take it so, and not sent to those who have them.
//!
//! Not here: which file is asked for (`app`, `site`), and files on the disk (`assets`).

use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::pack::{Coding, is_packable, pack};

/// For files whose address carries their content's hash.
pub(crate) const FOREVER: &str = "public, max-age=31536000, immutable";
/// For files that may change under the same name: kept, but asked for again.
pub(crate) const REVALIDATE: &str = "no-cache";
/// For pages, which carry state.
pub(crate) const NEVER: &str = "no-store";

/// A file that is held in memory. Copies share what it holds.
#[derive(Debug, Clone)]
pub(crate) struct File {
    bytes: Bytes,
    packed: Arc<Packed>,
    content_type: HeaderValue,
    cache: &'static str,
    etag: Option<HeaderValue>,
    changed_at: Option<SystemTime>,
}

/// The same content packed, each form made when it is first asked for; none where that would not
/// make it smaller.
#[derive(Debug, Default)]
struct Packed {
    brotli: OnceLock<Option<Bytes>>,
    gzip: OnceLock<Option<Bytes>>,
}

impl File {
    /// A file of that content and type.
    pub(crate) fn new(bytes: Bytes, content_type: HeaderValue, cache: &'static str) -> Self {
        Self {
            bytes,
            packed: Arc::default(),
            content_type,
            cache,
            etag: None,
            changed_at: None,
        }
    }

    /// A generated file that never changes under its name.
    pub(crate) fn immutable(text: &str, content_type: &'static str) -> Self {
        let bytes = Bytes::copy_from_slice(text.as_bytes());
        Self::new(bytes, HeaderValue::from_static(content_type), FOREVER)
    }

    /// The file with another word on how long it may be kept.
    pub(crate) fn kept(mut self, cache: &'static str) -> Self {
        self.cache = cache;
        self
    }

    /// The file with an entity tag, in double quotes.
    pub(crate) fn tagged(mut self, etag: &str) -> Self {
        self.etag = HeaderValue::from_str(etag).ok();
        self
    }

    /// The file with the time of its last change, for those who know no entity tags.
    pub(crate) fn changed_at(mut self, time: Option<SystemTime>) -> Self {
        self.changed_at = time;
        self
    }

    /// The file with what brotli makes of it, where that is there already.
    pub(crate) fn with_brotli(self, brotli: Option<Bytes>) -> Self {
        if brotli.is_some() {
            // It is new, so that nothing stands there yet.
            let _ = self.packed.brotli.set(brotli);
        }
        self
    }

    /// The file, or `304` for a client that has it.
    pub(crate) async fn respond(&self, request: &HeaderMap) -> Response {
        if self.is_known(request) {
            return self.head(StatusCode::NOT_MODIFIED.into_response());
        }
        let coding = Coding::of(request).filter(|_| self.may_be_packed());
        let packed = match coding {
            Some(coding) => self.packed(coding).await.map(|bytes| (coding, bytes)),
            None => None,
        };
        let Some((coding, bytes)) = packed else {
            return self.head(Body::from(self.bytes.clone()).into_response());
        };
        let mut response = self.head(Body::from(bytes).into_response());
        let name = HeaderValue::from_static(coding.name());
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, name);
        response
    }

    /// Whether the client has it. A date counts only for those who know no entity tags.
    fn is_known(&self, request: &HeaderMap) -> bool {
        match &self.etag {
            Some(etag) if request.contains_key(header::IF_NONE_MATCH) => knows(request, etag),
            _ => self.changed_at.is_some_and(|time| is_later(request, time)),
        }
    }

    fn may_be_packed(&self) -> bool {
        self.packed.brotli.get().is_some() || is_packable(&self.content_type, self.bytes.len())
    }

    async fn packed(&self, coding: Coding) -> Option<Bytes> {
        let cell = self.packed.of(coding);
        if let Some(made) = cell.get() {
            return made.clone();
        }
        let (bytes, packed) = (self.bytes.clone(), Arc::clone(&self.packed));
        let made = tokio::task::spawn_blocking(move || {
            let make = || pack(coding, &bytes);
            packed.of(coding).get_or_init(make).clone()
        });
        made.await.ok().flatten()
    }

    /// The response with the headers that every answer about the file has.
    fn head(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        if self.may_be_packed() {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        headers.insert(header::CONTENT_TYPE, self.content_type.clone());
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(self.cache));
        if let Some(etag) = &self.etag {
            headers.insert(header::ETAG, etag.clone());
        }
        let date = self.changed_at.map(httpdate::fmt_http_date);
        let date = date.and_then(|date| HeaderValue::from_str(&date).ok());
        headers.extend(date.map(|date| (header::LAST_MODIFIED, date)));
        response
    }
}

impl Packed {
    fn of(&self, coding: Coding) -> &OnceLock<Option<Bytes>> {
        match coding {
            Coding::Brotli => &self.brotli,
            Coding::Gzip => &self.gzip,
        }
    }
}

/// Whether the client's copy is from after this time. Dates in HTTP have no parts of seconds.
fn is_later(request: &HeaderMap, time: SystemTime) -> bool {
    let given = request.get(header::IF_MODIFIED_SINCE);
    let given = given.and_then(|given| httpdate::parse_http_date(given.to_str().ok()?).ok());
    given.is_some_and(|given| given + Duration::from_secs(1) > time)
}

/// Whether the client has the content of this tag.
pub(crate) fn knows(request: &HeaderMap, etag: &HeaderValue) -> bool {
    let Some(known) = request.get(header::IF_NONE_MATCH) else {
        return false;
    };
    let (Ok(known), Ok(etag)) = (known.to_str(), etag.to_str()) else {
        return false;
    };
    // Packing makes an entity tag weak; the content behind it is the same.
    let plain = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known
        .split(',')
        .any(|tag| plain(tag) == plain(etag) || tag.trim() == "*")
}
