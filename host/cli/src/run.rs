//! `ferroflex run`: loads the apps, listens, serves until it is told to stop.

use std::{io::Write as _, process::ExitCode, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use ferroflex_script::App;
use ferroflex_server::{Audience, Environment, Options, Served, record, serve};
use tokio::{net::TcpListener, runtime};

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
    let ended = runtime.block_on(until_told_twice(serve_at(options, served)));
    // What is still at work is not waited for.
    runtime.shutdown_background();
    ended
}

async fn serve_at(options: &RunOptions, served: Vec<Served<App>>) -> Result<ExitCode> {
    let address = (options.host, options.port);
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("{}:{} cannot be listened on", options.host, options.port))?;
    announce(&listener)?;
    serve(listener, served, server_options(options), asked_to_stop()).await?;
    Ok(ExitCode::SUCCESS)
}

fn server_options(options: &RunOptions) -> Options {
    Options {
        environment: match options.env {
            Env::Dev => Environment::Development,
            Env::Prod => Environment::Production,
        },
        allowed_origins: options.allowed_origins.clone(),
        trusted_hops: options.trusted_hops,
        metrics_for: match options.metrics {
            MetricsFor::Off => Audience::Nobody,
            MetricsFor::Local => Audience::Local,
            MetricsFor::On => Audience::Anyone,
        },
        notice: Duration::from_secs(options.notice),
        shell: Arc::new(Embedded),
    }
}

/// Serves until that is over; the second time that it is asked to stop, it does so at once.
async fn until_told_twice(serving: impl Future<Output = Result<ExitCode>>) -> Result<ExitCode> {
    let twice = async {
        asked_to_stop().await;
        asked_to_stop().await;
    };
    tokio::select! {
        ended = serving => ended,
        () = twice => {
            tracing::warn!("asked to stop twice: what was not done yet is left");
            Ok(ExitCode::from(CUT_SHORT))
        }
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

async fn asked_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await.map_or((), drop),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        _ = interrupted => {}
        () = terminated => {}
    }
}
