//! Pages to HTML on a few threads of their own, within a budget.
//!
//! Not here: what a thread does with its engines (`worker`), and which pages are kept rendered (the
//! server).

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::{Sender, TrySendError, bounded};
use tokio::{sync::oneshot, time::timeout};

use crate::{
    Modules, RenderError,
    limits::{
        PREPARE_MS_MAX, PREPARE_WAIT_MS_MAX, QUEUE_MAX, RENDER_MS_MAX, STACK_BYTES_MAX,
        THREADS_MAX, WAIT_MS_MAX,
    },
    worker,
};

/// The threads on which pages are rendered. They end with the last handle.
#[derive(Debug)]
pub struct Renderer {
    threads: Vec<Sender<Job>>,
    apps: AtomicUsize,
}

impl Renderer {
    /// Starts the threads, which hold no engine yet.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start() -> Result<Self, RenderError> {
        let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let threads = (0..cores.min(THREADS_MAX)).map(|_| start_thread());
        Ok(Self {
            threads: threads.collect::<Result<_, _>>()?,
            apps: AtomicUsize::new(0),
        })
    }

    /// An app whose pages import these modules. It has a thread for good, so that one engine is
    /// enough for it.
    pub fn app(&self, modules: Arc<dyn Modules>) -> AppRenderer {
        let app = self.apps.fetch_add(1, Ordering::Relaxed);
        AppRenderer {
            app,
            modules,
            thread: self.threads[app % self.threads.len()].clone(),
        }
    }
}

/// Renders the pages of one app.
#[derive(Clone)]
pub struct AppRenderer {
    app: usize,
    modules: Arc<dyn Modules>,
    thread: Sender<Job>,
}

impl AppRenderer {
    /// The HTML of the page whose module has this address. `description` is the JSON that the page
    /// tells the shell about itself.
    ///
    /// # Errors
    /// When the page throws, takes more than its budget or too much room, or too many wait.
    pub async fn render(&self, module: &str, description: String) -> Result<String, RenderError> {
        self.ask(module, description, RENDER_MS_MAX, WAIT_MS_MAX)
            .await
    }

    /// The same when nobody waits for it, with the time that this gives.
    ///
    /// # Errors
    /// As of [`Self::render`].
    pub async fn prepare(&self, module: &str, description: String) -> Result<String, RenderError> {
        self.ask(module, description, PREPARE_MS_MAX, PREPARE_WAIT_MS_MAX)
            .await
    }

    async fn ask(
        &self,
        module: &str,
        description: String,
        budget_ms: u64,
        wait_ms: u64,
    ) -> Result<String, RenderError> {
        let wait = Duration::from_millis(wait_ms);
        let (reply, answer) = oneshot::channel();
        let job = Job {
            app: self.app,
            modules: Arc::clone(&self.modules),
            module: module.to_owned(),
            description,
            budget: Duration::from_millis(budget_ms),
            asked: Instant::now(),
            wait,
            reply,
        };
        self.thread.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => RenderError::Busy,
            TrySendError::Disconnected(_) => RenderError::Ended,
        })?;
        match timeout(wait, answer).await {
            Ok(answer) => answer.unwrap_or(Err(RenderError::Ended)),
            Err(_) => Err(RenderError::Late { waited: wait }),
        }
    }
}

/// A page to be rendered.
pub(crate) struct Job {
    /// The app's number.
    pub(crate) app: usize,
    pub(crate) modules: Arc<dyn Modules>,
    /// The address of the page's module.
    pub(crate) module: String,
    pub(crate) description: String,
    /// How long it may take once its module is loaded.
    pub(crate) budget: Duration,
    pub(crate) asked: Instant,
    /// How long it is waited for.
    pub(crate) wait: Duration,
    pub(crate) reply: oneshot::Sender<Result<String, RenderError>>,
}

fn start_thread() -> Result<Sender<Job>, RenderError> {
    let (sender, jobs) = bounded(QUEUE_MAX);
    thread::Builder::new()
        .name("render".to_owned())
        .stack_size(2 * STACK_BYTES_MAX)
        .spawn(move || worker::work(&jobs))
        .map_err(|error| RenderError::Engine(error.to_string()))?;
    Ok(sender)
}
