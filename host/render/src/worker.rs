//! A thread that renders pages, with an engine for each app that was asked for lately.
//!
//! Not here: who gives it pages (`renderer`), and the engine itself.

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, RecvTimeoutError};

use crate::{
    Engine, RenderError,
    limits::{
        ENGINE_IDLE_S_MAX, ENGINES_MAX, HEAP_BYTES_MAX, HEAP_LOOK_RENDERS, HTML_BYTES_MAX,
        LOAD_MS_MAX,
    },
    renderer::Job,
};

/// The shell's module that renders.
const SERVER: &str = "@ferroflex/server";

/// What the shell's modules expect around them.
const PRELUDE: &str = include_str!("prelude.js");

/// Renders until nobody can ask any more.
pub(crate) fn work(jobs: &Receiver<Job>) {
    let mut engines = Engines::default();
    let idle = Duration::from_secs(ENGINE_IDLE_S_MAX);
    loop {
        match jobs.recv_timeout(idle) {
            Ok(job) => engines.answer(job),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        engines.held.retain(|held| held.used.elapsed() < idle);
    }
}

/// The engines of a thread, the one used last at the end.
#[derive(Default)]
struct Engines {
    held: Vec<Held>,
}

/// An app's engine.
struct Held {
    app: usize,
    engine: Engine,
    /// The modules of the pages that are loaded.
    pages: HashSet<String>,
    used: Instant,
    renders: u32,
}

impl Engines {
    fn answer(&mut self, job: Job) {
        let result = self.render(&job);
        // Nobody waits any more when it took too long; the page is loaded for those who ask next.
        let _ = job.reply.send(result);
    }

    fn render(&mut self, job: &Job) -> Result<String, RenderError> {
        let mut held = self.take(job)?;
        let result = held.render(job);
        if !held.is_spent(&result) {
            self.held.push(held);
        }
        result
    }

    /// The app's engine, made when there is none. Too many make the one unused longest go.
    fn take(&mut self, job: &Job) -> Result<Held, RenderError> {
        if let Some(position) = self.held.iter().position(|held| held.app == job.app) {
            return Ok(self.held.remove(position));
        }
        if self.held.len() >= ENGINES_MAX {
            self.held.remove(0);
        }
        Ok(Held {
            app: job.app,
            engine: Engine::new(job.modules.clone(), PRELUDE)?,
            pages: HashSet::new(),
            used: Instant::now(),
            renders: 0,
        })
    }
}

impl Held {
    fn render(&mut self, job: &Job) -> Result<String, RenderError> {
        self.used = Instant::now();
        let module = job.module.as_str();
        if !self.pages.contains(module) {
            let budget = Duration::from_millis(LOAD_MS_MAX);
            self.engine.call(SERVER, "load", &[module], budget)?;
            self.pages.insert(module.to_owned());
        }
        if job.asked.elapsed() > job.wait {
            return Err(RenderError::Late { waited: job.wait });
        }
        self.renders += 1;
        let given = [module, job.description.as_str()];
        let html = self.engine.call(SERVER, "render", &given, job.budget)?;
        if html.len() > HTML_BYTES_MAX {
            return Err(RenderError::TooLarge { bytes: html.len() });
        }
        Ok(html)
    }

    /// Whether a new engine is to take its place: this one was interrupted in the midst of
    /// something, or its heap grew.
    fn is_spent(&self, result: &Result<String, RenderError>) -> bool {
        let was_cut = matches!(
            result,
            Err(RenderError::TooSlow { .. } | RenderError::Unsettled { .. })
        );
        // The whole heap is walked through for its size.
        let is_looked_at = self.renders.is_multiple_of(HEAP_LOOK_RENDERS);
        was_cut || (is_looked_at && self.engine.heap_bytes() > HEAP_BYTES_MAX)
    }
}
