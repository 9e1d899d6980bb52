//! `ferroflex run`: loads the apps, listens, serves until it is told to stop.

use std::{io::Write as _, process::ExitCode, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use ferroflex_script::App;
use ferroflex_server::{Audience, Environment, Options, Served, record, serve};
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::{net::TcpListener, runtime, sync::oneshot};

use crate::{
    apps::{self, Loading},
    arguments::{Env, MetricsFor, RunOptions},
    shell::Embedded,
    store::Stores,
};

/// The status of a server that was not given the time to end: as shells tell of an interrupt.
const CUT_SHORT: u8 = 130;

/// Serves the apps of a command line.
pub(crate) fn run(options: &RunOptions) -> Result<ExitCode> {
    if options.metrics != MetricsFor::Off {
        record()?;
    }
    let runtime = runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = apps::load_all(Loading {
        paths: &options.paths,
        imports: &options.imports,
        env: options.env,
        workers: options.workers,
        time_budget: options.time_budget,
        stores: Some(Stores::new(&options.keep, runtime.handle())?),
    })?;
    let ended = runtime.block_on(until_told(options, served));
    // What is still at work is not waited for.
    runtime.shutdown_background();
    ended
}

/// Serves until the process is asked to stop, and what was begun has ended; the second time that
/// it is asked, it stops at once.
async fn until_told(options: &RunOptions, served: Vec<Served<App>>) -> Result<ExitCode> {
    let trusted_hops = options.trusted_hops.unwrap_or_else(|| hops_of(&served));
    let server_options = server_options(options, trusted_hops);
    // Before anybody is told that the server is there.
    let mut signals = Signals::listen()?;
    let listener = TcpListener::bind((options.host, options.port))
        .await
        .with_context(|| format!("{}:{} cannot be listened on", options.host, options.port))?;
    announce(&listener)?;
    let (stop, stopping) = oneshot::channel();
    let shutdown = async { stopping.await.unwrap_or_default() };
    let told_twice = async {
        signals.next().await;
        // A server that has ended meanwhile needs no telling.
        let _ = stop.send(());
        signals.next().await;
    };
    tokio::select! {
        ended = serve(listener, served, server_options, shutdown) => {
            ended?;
            Ok(ExitCode::SUCCESS)
        }
        () = told_twice => {
            tracing::warn!("asked to stop twice: what was not done yet is left");
            Ok(ExitCode::from(CUT_SHORT))
        }
    }
}

/// How many proxies the apps trust: as many as each of them does, since all have the same.
fn hops_of(served: &[Served<App>]) -> usize {
    let hops = served.iter().filter_map(|app| match app {
        Served::Live(mount) => Some(mount.hub.script().keeping.trusted_hops.unwrap_or(0)),
        Served::Failed(_) => None,
    });
    hops.min().unwrap_or(0)
}

fn server_options(options: &RunOptions, trusted_hops: usize) -> Options {
    Options {
        environment: match options.env {
            Env::Dev => Environment::Development,
            Env::Prod => Environment::Production,
        },
        allowed_origins: options.allowed_origins.clone(),
        trusted_hops,
        metrics_for: match options.metrics {
            MetricsFor::Off => Audience::Nobody,
            MetricsFor::Local => Audience::Local,
            MetricsFor::On => Audience::Anyone,
        },
        notice: Duration::from_secs(options.notice),
        shell: Arc::new(Embedded),
    }
}

/// Says where the apps are, on standard output, for people and for programs that start this one.
fn announce(listener: &TcpListener) -> Result<()> {
    let address = listener.local_addr()?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "listening on http://{address}")?;
    out.flush()?;
    Ok(())
}

/// The signals that ask the process to stop.
#[cfg(unix)]
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

#[cfg(unix)]
impl Signals {
    /// Takes the signals from now on.
    fn listen() -> Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// What asks the process to stop.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
