//! `ferroflex export`: writes the pages of apps as files.

use std::{io::Write as _, process::ExitCode, sync::Arc, time::Duration};

use anyhow::{Context, Result, bail};
use ferroflex_server::{Audience, Environment, Options, Served, export as write};
use tokio::runtime;

use crate::{
    apps::{self, Loading},
    arguments::{Env, ExportOptions},
    shell::Embedded,
};

/// Writes what a command line asks for. Ends with 1 when an app does not load.
pub(crate) fn export(options: &ExportOptions) -> Result<ExitCode> {
    let folder = std::path::absolute(&options.out)?;
    let is_used = folder.read_dir().is_ok_and(|mut it| it.next().is_some());
    if is_used && !options.overwrite {
        bail!(
            "{} is not empty: name another folder, or add --overwrite",
            folder.display()
        );
    }
    let served = apps::load_all(Loading {
        paths: &options.paths,
        imports: &options.imports,
        env: Env::Prod,
        workers: Some(1),
        time_budget: Duration::MAX,
        stores: None,
    })?;
    let fails = served.iter().any(|app| matches!(app, Served::Failed(_)));
    let server_options = Options {
        environment: Environment::Production,
        allowed_origins: Vec::new(),
        trusted_hops: 0,
        metrics_for: Audience::Nobody,
        notice: Duration::ZERO,
        shell: Arc::new(Embedded),
    };
    let runtime = runtime::Builder::new_multi_thread().enable_all().build()?;
    let written = runtime.block_on(write(served, server_options, &folder));
    let written = written.with_context(|| format!("{} is not whole", folder.display()))?;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{} pages and {} files in {}",
        written.pages,
        written.files,
        folder.display()
    )?;
    Ok(ExitCode::from(u8::from(fails)))
}
