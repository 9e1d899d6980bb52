//! `ferroflex run`: loads the apps, listens, serves until it is told to stop.

use std::{io::Write as _, process::ExitCode, sync::Arc};

use anyhow::{Context, Result};
use ferroflex_server::{Environment, Options, serve};
use tokio::{net::TcpListener, runtime};

use crate::{
    apps,
    arguments::{Env, RunOptions},
    shell::Embedded,
};

/// Serves the apps of a command line.
pub(crate) fn run(options: &RunOptions) -> Result<ExitCode> {
    let served = apps::load_all(options)?;
    let environment = match options.env {
        Env::Dev => Environment::Development,
        Env::Prod => Environment::Production,
    };
    let allowed_origins = options.allowed_origins.clone();
    let server_options = Options {
        environment,
        allowed_origins,
        trusted_hops: options.trusted_hops,
        shell: Arc::new(Embedded),
    };
    let runtime = runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let address = (options.host, options.port);
        let listener = TcpListener::bind(address)
            .await
            .with_context(|| format!("{}:{} cannot be listened on", options.host, options.port))?;
        announce(&listener)?;
        serve(listener, served, server_options, asked_to_stop()).await?;
        Ok(ExitCode::SUCCESS)
    })
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
