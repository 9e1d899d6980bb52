//! A server of a test's own: the binary that was built, an app beside this file, a free port.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use ferroflex_tests::memory::rss_mib;
use ferroflex_tests::server::{Server, address};
use ferroflex_tests::site::Site;
use ferroflex_tests::socket::get;
use serde_json::Value;
use tokio::time::{Instant, sleep};

use crate::tab::Tab;

/// How often is looked whether something has come true.
const LOOK_INTERVAL: Duration = Duration::from_millis(20);

/// Numbers the servers of this process, so that each has a log of its own.
static STARTED: AtomicUsize = AtomicUsize::new(0);

/// A running server with one app.
pub(crate) struct Running {
    server: Server,
    log: PathBuf,
    url: String,
    /// What clients know of the app.
    pub(crate) site: Site,
}

impl Running {
    /// Serves `apps/<app>.py` with these options.
    pub(crate) async fn start(app: &str, options: &[&str]) -> Result<Self> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/apps");
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let name = format!("ferroflex-faults-{}-{number}.log", std::process::id());
        let log = std::env::temp_dir().join(name);
        let mut command = Command::new(binary()?);
        command
            .args(["run", "--host", "127.0.0.1", "--port", "0"])
            .args(options)
            .arg(here.join(app).with_extension("py"))
            .env("NO_COLOR", "1");
        let mut server = Server::start(command, &log)?;
        let url = server.ready(async |log: &str| address(log)).await?;
        let site = Site::fetch(&url).await?;
        Ok(Self {
            server,
            log,
            url,
            site,
        })
    }

    /// The address of a path.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// Asks the server to stop, waits until it has, and gives what it wrote.
    pub(crate) async fn terminated(&mut self, patience: Duration) -> Result<String> {
        self.server.terminate()?;
        eventually("the end of the server", patience, async || {
            self.server.has_ended()
        })
        .await?;
        self.log()
    }

    /// A tab with a session of its own.
    pub(crate) async fn tab(&self) -> Result<Tab> {
        Tab::open(&self.site).await
    }

    /// What the server has written so far.
    pub(crate) fn log(&self) -> Result<String> {
        fs::read_to_string(&self.log).context("the server's log")
    }

    /// What the process holds in memory, in MiB.
    pub(crate) fn rss_mib(&self) -> Result<u64> {
        rss_mib(self.server.process())
    }

    /// What `/healthz` tells.
    pub(crate) async fn health(&self) -> Result<Value> {
        Ok(serde_json::from_str(
            &get(format!("{}/healthz", self.url)).await?,
        )?)
    }

    /// Waits until the health is as wanted.
    pub(crate) async fn wait_for_health(&self, status: &str, patience: Duration) -> Result<()> {
        let what = format!("the health {status}");
        eventually(&what, patience, async || {
            Ok(self.health().await?["status"] == status)
        })
        .await
    }

    /// Waits until the log has a line that holds all of these.
    pub(crate) async fn logged(&self, parts: &[&str], patience: Duration) -> Result<()> {
        let told = |log: &str| {
            log.lines()
                .any(|line| parts.iter().all(|part| line.contains(part)))
        };
        let waited = eventually("a line of the log", patience, async || {
            Ok(told(&self.log()?))
        });
        waited
            .await
            .with_context(|| format!("{parts:?} in the log:\n{}", self.log().unwrap_or_default()))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // A log that stays in the folder for temporary files hurts nobody.
        let _ = fs::remove_file(&self.log);
    }
}

/// Waits until something is true.
pub(crate) async fn eventually(
    what: &str,
    patience: Duration,
    mut is_true: impl AsyncFnMut() -> Result<bool>,
) -> Result<()> {
    let deadline = Instant::now() + patience;
    while !is_true().await? {
        ensure!(Instant::now() < deadline, "waited {patience:?} for {what}");
        sleep(LOOK_INTERVAL).await;
    }
    Ok(())
}

/// The binary under test: the one named by `FERROFLEX_BINARY`, or the one that was built into the
/// folder where this test was built.
fn binary() -> Result<PathBuf> {
    if let Some(given) = std::env::var_os("FERROFLEX_BINARY") {
        return Ok(given.into());
    }
    let test = std::env::current_exe()?;
    let folder = test.ancestors().nth(2).context("the folder of the build")?;
    let binary = folder.join("ferroflex");
    ensure!(
        binary.is_file(),
        "{} is not built yet: cargo build --release --workspace",
        binary.display()
    );
    Ok(binary)
}
