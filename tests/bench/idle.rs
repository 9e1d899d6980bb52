//! What a session costs in memory that nobody uses: thousands of tabs that were opened, used once,
//! and left open.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use clap::Args;
use ferroflex_tests::memory::rss_kib;
use futures_util::future::try_join_all;
use rustix::process::{Resource, getrlimit, setrlimit};
use serde::Serialize;
use serde_json::json;
use tokio::time::sleep;

use crate::ferroflex::{FerroflexSite, binary};
use crate::link::{Link, Site};
use crate::scenario::Call;
use crate::server::{Server, address};

/// Sessions that connect at the same time.
const CONNECTING_MAX: usize = 100;
/// Sessions that are there before anything is measured: with them a server makes what it makes once.
const WARM_UP_SESSIONS: usize = 200;
/// Sessions that are used again at the end, spread over all.
const WOKEN: usize = 500;
/// Files that a process needs besides its sockets.
const OTHER_FILES: u64 = 500;
/// The handler of apps/counter.py that every session calls.
const STATE: &str = "CounterState";

/// What is started.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The Ferroflex binary; without it the one beside this program
    #[arg(long, default_value_os_t = binary(), hide_default_value = true)]
    server: PathBuf,
    /// The store: memory, sqlite, or an address of Redis
    #[arg(long, default_value = "memory")]
    store: String,
    /// Sessions
    #[arg(long, default_value_t = 10_000)]
    sessions: usize,
    /// How long they are left alone, in seconds
    #[arg(long, default_value_t = 10.0)]
    idle: f64,
    /// The app, with the state of apps/counter.py
    #[arg(default_value = "apps/counter.py")]
    app: PathBuf,
}

/// The figures.
#[derive(Debug, Serialize)]
pub(crate) struct Idle {
    sessions: usize,
    kib_before: u64,
    kib_opened: u64,
    kib_after: u64,
    kib_per_opened_session: f64,
    kib_per_idle_session: f64,
    woken: usize,
}

/// Opens the sessions, leaves them alone, reads the memory, and uses some of them again.
///
/// # Errors
/// When the server does not start, a session fails, or the system allows too few files.
pub(crate) async fn idle(options: &Options) -> Result<Idle> {
    raise_file_limit(options.sessions as u64 + OTHER_FILES)?;
    let log = std::env::temp_dir().join(format!("ferroflex-idle-{}.log", std::process::id()));
    let mut command = Command::new(&options.server);
    command
        .arg("run")
        .arg(&options.app)
        .args(["--env", "prod", "--host", "127.0.0.1", "--port", "0"])
        .args(["--store", &options.store]);
    let mut server = Server::start(command, &log)?;
    let url = server.ready(async |log: &str| address(log)).await?;
    let site = Site::Ferroflex(Box::new(FerroflexSite::fetch(&url).await?));
    let found = measure(options, &site, server.process()).await;
    std::fs::remove_file(&log).ok();
    found
}

async fn measure(options: &Options, site: &Site, process: u32) -> Result<Idle> {
    let more = options.sessions.checked_sub(WARM_UP_SESSIONS);
    let more = more.filter(|more| *more > 0);
    let more = more.with_context(|| format!("--sessions must be above {WARM_UP_SESSIONS}"))?;
    let mut links = open_all(site, WARM_UP_SESSIONS).await?;
    let pause = Duration::try_from_secs_f64(options.idle).context("--idle")?;
    sleep(pause).await;
    let before = rss_kib(process)?;
    links.extend(open_all(site, more).await?);
    let opened = rss_kib(process)?;
    sleep(pause).await;
    let idle = rss_kib(process)?;
    let stride = (options.sessions / WOKEN).max(1);
    let woken = links.iter_mut().step_by(stride);
    // Each has counted once: a session that was lost, or another's, would not come to two.
    let woken = try_join_all(woken.map(async |link| count(link, 2).await)).await?;
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let each = |now: u64| now.saturating_sub(before) as f64 / more as f64;
    Ok(Idle {
        sessions: options.sessions,
        kib_before: before,
        kib_opened: opened,
        kib_after: idle,
        kib_per_opened_session: each(opened),
        kib_per_idle_session: each(idle),
        woken: woken.len(),
    })
}

async fn open_all(site: &Site, sessions: usize) -> Result<Vec<Link>> {
    let mut links = Vec::with_capacity(sessions);
    while links.len() < sessions {
        let next = CONNECTING_MAX.min(sessions - links.len());
        links.extend(try_join_all((0..next).map(|_| used_once(site))).await?);
    }
    Ok(links)
}

async fn used_once(site: &Site) -> Result<Link> {
    let mut link = Link::open(site, STATE).await?;
    count(&mut link, 1).await?;
    Ok(link)
}

async fn count(link: &mut Link, to: u64) -> Result<()> {
    let call = Call {
        handler: "increment",
        arguments: Vec::new(),
        effect: Some(json!(to)),
    };
    link.call(&call).await.map(drop)
}

/// Servers that are started inherit it.
fn raise_file_limit(files: u64) -> Result<()> {
    let mut limit = getrlimit(Resource::Nofile);
    let most = limit.maximum.unwrap_or(u64::MAX);
    ensure!(
        most >= files,
        "{files} open files are needed, the system allows {most}: raise it with ulimit -Hn"
    );
    limit.current = limit.maximum;
    setrlimit(Resource::Nofile, limit).context("the limit of open files")
}

/// The figures for a person.
pub(crate) fn table(figures: &Idle) -> String {
    format!(
        "{} sessions: {:.1} KiB each when just used, {:.1} KiB each when idle ({} MiB before, {} \
         and {} with them); {} of them used again\n",
        figures.sessions,
        figures.kib_per_opened_session,
        figures.kib_per_idle_session,
        figures.kib_before / 1024,
        figures.kib_opened / 1024,
        figures.kib_after / 1024,
        figures.woken,
    )
}
