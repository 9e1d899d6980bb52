//! Tailwind's engine: a configuration and the words of an app to a stylesheet.
//!
//! Not here: which words an app has (`ferroflex-page`), what its configuration says, and where
//! stylesheets are kept between runs.

use std::{borrow::Cow, sync::Arc, thread, time::Duration};

use crate::{
    Engine, Modules, RenderError,
    limits::{STACK_BYTES_MAX, TAILWIND_MS_MAX},
};

/// Tailwind's engine as a module, which runs only while a stylesheet is made: between the loading
/// of apps it costs no memory.
#[derive(Debug, Clone, Copy)]
pub struct Tailwind {
    module: &'static str,
}

/// What the module is imported as.
const SPECIFIER: &str = "@ferroflex/tailwind";

/// Where the module stands.
const ADDRESS: &str = "/tailwind.mjs";

/// What the module expects of a browser. It clones plain data only, and what it logs is advice.
const PRELUDE: &str = "globalThis.structuredClone = (value) => JSON.parse(JSON.stringify(value));
    globalThis.console = { log() {}, warn() {}, error() {}, trace() {} };
    globalThis.process = { env: {} };";

impl Tailwind {
    /// The engine whose module has this source.
    #[must_use]
    pub fn new(module: &'static str) -> Self {
        Self { module }
    }

    /// Makes a stylesheet. Takes and gives JSON: `Request`, a list of texts, and `Result` as
    /// `js-client/src/tailwind.ts` describes them.
    ///
    /// # Errors
    /// When the configuration makes no sense to Tailwind, when the system gives no thread or no
    /// memory, and when it takes longer than [`TAILWIND_MS_MAX`].
    pub fn build(self, request_json: &str, words_json: &str) -> Result<String, RenderError> {
        // Deep recursions need more stack than the caller may have.
        let work = || self.build_here(request_json, words_json);
        thread::scope(|scope| {
            let builder = thread::Builder::new()
                .name("tailwind".to_owned())
                .stack_size(STACK_BYTES_MAX * 2);
            let thread = builder
                .spawn_scoped(scope, work)
                .map_err(|error| RenderError::Engine(error.to_string()))?;
            let panicked = |_| RenderError::Engine("its thread panicked".to_owned());
            thread.join().map_err(panicked)?
        })
    }

    fn build_here(self, request_json: &str, words_json: &str) -> Result<String, RenderError> {
        let engine = Engine::new(Arc::new(Alone(self.module)), PRELUDE)?;
        engine.call(
            SPECIFIER,
            "build",
            &[request_json, words_json],
            Duration::from_millis(TAILWIND_MS_MAX),
        )
    }
}

/// The one module that there is.
struct Alone(&'static str);

impl Modules for Alone {
    fn address(&self, specifier: &str) -> Option<String> {
        (specifier == SPECIFIER).then(|| ADDRESS.to_owned())
    }

    fn source(&self, address: &str) -> Option<Cow<'static, [u8]>> {
        (address == ADDRESS).then_some(Cow::Borrowed(self.0.as_bytes()))
    }
}
