//! Files of an app's own on the disk: its `assets/`, and those that its packages bring.
//!
//! A file is read and packed once, and again when it has changed. An address that carries the
//! content's hash (`/logo.svg?v=1f2e3d4c`, as `rx.asset` gives it) may be kept for ever. Not here:
//! files that are made by the host (`files`).

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sha2::{Digest as _, Sha256};
use tower_http::services::ServeFile;

use crate::files::{FOREVER, File, REVALIDATE, knows};
use crate::limits::{ASSET_HELD_BYTES_MAX, ASSETS_HELD_BYTES_MAX, ASSETS_HELD_MAX};

/// Digits of a content's hash that an address carries, as in Reflex.
const VERSION_DIGITS: usize = 8;

/// Digits of a content's hash in its entity tag.
const ETAG_DIGITS: usize = 32;

/// Bytes of a large file that are read at a time.
const READ_BYTES: usize = 64 * 1024;

/// An app's own files.
pub(crate) struct Assets {
    folder: Option<PathBuf>,
    /// Files elsewhere, by the path under which they are served.
    shared: HashMap<String, PathBuf>,
    known: Cache<PathBuf, Arc<Known>, Weight>,
}

/// What is known of a file as it was at some time.
struct Known {
    stamp: Stamp,
    /// The first digits of its content's hash; of a large file only when an address asked for it.
    version: Option<String>,
    /// The file itself, when it is not too large to be held.
    file: Option<File>,
}

/// Tells a changed file from the one that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    /// A weak entity tag, for a file whose content is not looked at.
    fn tag(&self) -> String {
        let since = self
            .modified
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let nanoseconds = since.map_or(0, |since| since.as_nanos());
        format!("W/\"{:x}-{nanoseconds:x}\"", self.length)
    }
}

/// The weight of a held file: its bytes.
#[derive(Clone)]
struct Weight;

impl Weighter<PathBuf, Arc<Known>> for Weight {
    fn weight(&self, path: &PathBuf, known: &Arc<Known>) -> u64 {
        let held = known.file.as_ref().map_or(0, |_| known.stamp.length);
        held + path.as_os_str().len() as u64
    }
}

impl Assets {
    /// The files below a folder, and `shared` ones: the path below the app's base and the file.
    pub(crate) fn new(folder: Option<PathBuf>, shared: Vec<(String, PathBuf)>) -> Self {
        Self {
            folder,
            shared: shared.into_iter().collect(),
            known: Cache::with_weighter(ASSETS_HELD_MAX, ASSETS_HELD_BYTES_MAX, Weight),
        }
    }

    /// The paths of all files below the app's base, as addresses have them.
    pub(crate) fn paths(&self) -> Vec<String> {
        let mut found: Vec<String> = self.shared.keys().cloned().collect();
        let mut open: Vec<PathBuf> = self.folder.iter().cloned().collect();
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
                let path = entry.path();
                // Links to folders may lead round in a circle.
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => open.push(path),
                    Ok(_) => found.extend(self.address(&path)),
                    Err(_) => {}
                }
            }
        }
        found
    }

    /// The path under which a file of the folder is served.
    fn address(&self, file: &Path) -> Option<String> {
        let relative = file.strip_prefix(self.folder.as_ref()?).ok()?;
        let parts = relative.components().map(|part| part.as_os_str().to_str());
        let parts: Option<Vec<_>> = parts.collect();
        Some(format!("/{}", parts?.join("/")))
    }

    /// The file at a path below the app's base, or `None` when there is none.
    pub(crate) async fn respond(
        &self,
        path: &str,
        query: Option<&str>,
        request: &HeaderMap,
    ) -> Option<Response> {
        let file = self.file(path)?;
        let asked = query.and_then(version);
        let known = match self.known(&file, asked.is_some()).await {
            Ok(known) => known?,
            Err(error) => {
                tracing::error!(%error, path, "an asset cannot be read");
                return Some(StatusCode::INTERNAL_SERVER_ERROR.into_response());
            }
        };
        let is_versioned = asked.is_some() && asked == known.version.as_deref();
        let cache = if is_versioned { FOREVER } else { REVALIDATE };
        match &known.file {
            Some(held) if !request.contains_key(header::RANGE) => {
                Some(held.clone().kept(cache).respond(request).await)
            }
            _ => Some(streamed(&file, &known, cache, request).await),
        }
    }

    /// Where a file would be. The path cannot lead out of the folder.
    fn file(&self, path: &str) -> Option<PathBuf> {
        if let Some(shared) = self.shared.get(path) {
            return Some(shared.clone());
        }
        let path = percent_encoding::percent_decode_str(path)
            .decode_utf8()
            .ok()?;
        let relative = Path::new(path.strip_prefix('/')?);
        let is_plain = |part| matches!(part, Component::Normal(_));
        let leads_inside = relative.components().all(is_plain) && !path.contains('\0');
        (leads_inside && !path.ends_with('/'))
            .then(|| self.folder.as_ref().map(|folder| folder.join(relative)))?
    }

    /// What is known of a file now. `hashed`: its content's hash is wanted in any case.
    async fn known(&self, file: &Path, hashed: bool) -> std::io::Result<Option<Arc<Known>>> {
        let Ok(metadata) = tokio::fs::metadata(file).await else {
            return Ok(None);
        };
        if !metadata.is_file() {
            return Ok(None);
        }
        let stamp = Stamp {
            length: metadata.len(),
            modified: metadata.modified().ok(),
        };
        let is_held = stamp.length <= ASSET_HELD_BYTES_MAX;
        let serves =
            |known: &Arc<Known>| known.stamp == stamp && (known.version.is_some() || !hashed);
        if let Some(known) = self.known.get(file).filter(serves) {
            return Ok(Some(known));
        }
        let path = file.to_owned();
        let read = tokio::task::spawn_blocking(move || match (is_held, hashed) {
            (true, _) => held(&path, stamp),
            (false, true) => Ok(Known::of(stamp, Some(&hash(&path)?), None)),
            (false, false) => Ok(Known::of(stamp, None, None)),
        });
        let known = Arc::new(read.await.map_err(std::io::Error::other)??);
        self.known.insert(file.to_owned(), Arc::clone(&known));
        Ok(Some(known))
    }
}

impl Known {
    fn of(stamp: Stamp, digest: Option<&str>, file: Option<File>) -> Self {
        let version = digest.map(|digest| digest[..VERSION_DIGITS].to_owned());
        Self {
            stamp,
            version,
            file,
        }
    }
}

/// Reads a file to hold it.
fn held(path: &Path, stamp: Stamp) -> std::io::Result<Known> {
    let bytes = std::fs::read(path)?;
    let digest = hex(&Sha256::digest(&bytes));
    let file = File::new(bytes.into(), content_type(path), REVALIDATE)
        .tagged(&format!("\"{}\"", &digest[..ETAG_DIGITS]))
        .changed_at(stamp.modified);
    Ok(Known::of(stamp, Some(&digest), Some(file)))
}

/// The hash of a file that is too large to be held.
fn hash(path: &Path) -> std::io::Result<String> {
    let mut source = BufReader::with_capacity(READ_BYTES, std::fs::File::open(path)?);
    let mut hash = Sha256::new();
    loop {
        let part = source.fill_buf()?;
        if part.is_empty() {
            return Ok(hex(&hash.finalize()));
        }
        hash.update(part);
        let length = part.len();
        source.consume(length);
    }
}

/// A file that is not held, or of which a part is wanted.
async fn streamed(
    path: &Path,
    known: &Known,
    cache: &'static str,
    request: &HeaderMap,
) -> Response {
    let tag = known.stamp.tag();
    let etag = HeaderValue::from_str(&tag).ok();
    let is_known = etag.as_ref().is_some_and(|etag| knows(request, etag));
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut asked = Request::new(Body::empty());
        *asked.method_mut() = Method::GET;
        *asked.headers_mut() = request.clone();
        match ServeFile::new(path).try_call(asked).await {
            Ok(response) => response.map(Body::new),
            Err(error) => {
                tracing::error!(%error, path = %path.display(), "an asset cannot be read");
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            }
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::CONTENT_TYPE, content_type(path));
    headers.extend(etag.map(|etag| (header::ETAG, etag)));
    response
}

/// The version that an address asks for.
fn version(query: &str) -> Option<&str> {
    query.split('&').find_map(|pair| pair.strip_prefix("v="))
}

fn content_type(path: &Path) -> HeaderValue {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let is_text = kind.type_() == "text" || kind.subtype() == "javascript";
    let encoding = if is_text { "; charset=utf-8" } else { "" };
    let text = format!("{}{encoding}", kind.essence_str());
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
