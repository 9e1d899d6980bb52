//! Pages as HTML, before a browser runs anything: what the server asks of a renderer, and what it
//! keeps of the answers.
//!
//! Not here: the renderer itself, and which state a page is delivered with (`app`).

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use ferroflex_session::metric::{RENDER_SECONDS, RENDERS};
use metrics::{counter, histogram};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::html::{Document, PageState, StateKey};
use crate::limits::{RENDER_REST_MS, RENDERED_BYTES_MAX, RENDERED_PAGES_MAX};

/// The HTML of a page's content to come.
pub type Rendering = Pin<Box<dyn Future<Output = Result<String, NotRendered>> + Send>>;

/// What makes the HTML of an app's pages. It keeps to a budget of its own.
pub trait Renderer: Send + Sync + 'static {
    /// The HTML of the content of the page whose module has this address. `description` is the JSON
    /// that the page tells the shell about itself, with the state.
    fn render(&self, module: &str, description: String) -> Rendering;

    /// The same before anybody asks for it, in as much time as that takes.
    fn prepare(&self, module: &str, description: String) -> Rendering;
}

/// Why the browser has to render a page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotRendered {
    /// The renderer has too much to do, or is not ready for the page yet; the next visitor may find
    /// it so.
    #[error("{0}")]
    Busy(String),
    /// It took longer than visitors are kept waiting.
    #[error("{0}")]
    TooSlow(String),
    /// The page cannot be rendered with this state.
    #[error("{0}")]
    Failed(String),
}

/// An app's renderer with the HTML that it made.
pub(crate) struct Rendered {
    renderer: Arc<dyn Renderer>,
    /// Nothing stands for what cannot be rendered.
    kept: Cache<Key, Option<Arc<str>>, Size>,
    began: Instant,
}

/// A page's module, and the state that it was rendered with.
type Key = (Arc<str>, StateKey);

/// How a page got on with the renderer.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    /// Whether was told that the browser has to render it.
    is_told: AtomicBool,
    /// Until when it is left to the browser, in milliseconds since the app is served.
    rests_until: AtomicU64,
}

impl Rendered {
    pub(crate) fn new(renderer: Arc<dyn Renderer>) -> Self {
        let kept = Cache::with_weighter(RENDERED_PAGES_MAX, RENDERED_BYTES_MAX, Size);
        Self {
            renderer,
            kept,
            began: Instant::now(),
        }
    }

    /// The HTML of a page's content with that state, unless the browser has to render it.
    pub(crate) async fn content(&self, page: &Document, state: &PageState) -> Option<Arc<str>> {
        let key = (Arc::clone(&page.module), state.key());
        if let Some(kept) = self.kept.get(&key) {
            count(if kept.is_some() { "kept" } else { "left" });
            return kept;
        }
        if self.now_ms() < page.progress.rests_until.load(Ordering::Relaxed) {
            count("left");
            return None;
        }
        let description = page.description(state, false);
        let began = Instant::now();
        let rendered = self.renderer.render(&page.module, description).await;
        histogram!(RENDER_SECONDS).record(began.elapsed());
        count(if rendered.is_ok() { "made" } else { "left" });
        self.keep(page, key, rendered)
    }

    /// Renders a page before anybody asks for it.
    pub(crate) async fn prepare(&self, page: &Document, state: &PageState) {
        let description = page.description(state, false);
        let rendering = self.renderer.prepare(&page.module, description);
        let key = (Arc::clone(&page.module), state.key());
        self.keep(page, key, rendering.await);
    }

    fn keep(
        &self,
        page: &Document,
        key: Key,
        result: Result<String, NotRendered>,
    ) -> Option<Arc<str>> {
        match result {
            Ok(html) => {
                let html: Arc<str> = html.into();
                self.kept.insert(key, Some(Arc::clone(&html)));
                Some(html)
            }
            Err(reason) => {
                self.leave(page, key, &reason);
                None
            }
        }
    }

    /// Leaves the page to the browser: with this state, or with any for a while.
    fn leave(&self, page: &Document, key: Key, reason: &NotRendered) {
        match reason {
            NotRendered::Busy(reason) => {
                tracing::debug!("{} is rendered by the browser: {reason}", page.module);
                return;
            }
            NotRendered::TooSlow(_) => {
                let until = self.now_ms() + RENDER_REST_MS;
                page.progress.rests_until.store(until, Ordering::Relaxed);
            }
            NotRendered::Failed(_) => self.kept.insert(key, None),
        }
        tell(page, reason);
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Counts a page by what became of its HTML.
fn count(outcome: &'static str) {
    counter!(RENDERS, "outcome" => outcome).increment(1);
}

/// Says once that a page is not rendered here, and why.
fn tell(page: &Document, reason: &NotRendered) {
    if !page.progress.is_told.swap(true, Ordering::Relaxed) {
        let module = &page.module;
        tracing::warn!("{module} is rendered by the browser, since the server did not: {reason}");
    }
}

/// What an entry takes: its text and about as much as the cache's own notes.
#[derive(Clone)]
struct Size;

/// What the cache notes of an entry, in bytes.
const ENTRY_BYTES: u64 = 200;

impl Weighter<Key, Option<Arc<str>>> for Size {
    fn weight(&self, _: &Key, html: &Option<Arc<str>>) -> u64 {
        ENTRY_BYTES + html.as_ref().map_or(0, |html| html.len() as u64)
    }
}
