//! How long it takes from starting the binary to the first page served.
//!
//! Not here: what happens after that (`measure`).

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::Serialize;

use crate::ferroflex::binary;

/// What is started, and how often.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The Ferroflex binary; without it the one beside this program
    #[arg(long, default_value_os_t = binary(), hide_default_value = true)]
    server: PathBuf,
    /// The app, a file or a folder
    #[arg(default_value = "apps/counter.py")]
    app: PathBuf,
    /// How many times; the first one also reads the binary from the disk
    #[arg(long, default_value_t = 10)]
    times: usize,
}

/// The figures of all starts, in milliseconds.
#[derive(Debug, Serialize)]
pub(crate) struct Startup {
    app: PathBuf,
    times: usize,
    milliseconds_best: f64,
    milliseconds_median: f64,
    milliseconds_worst: f64,
}

/// Starts the binary again and again, and asks each time for the page.
pub(crate) fn startup(options: &Options) -> Result<Startup> {
    let starts = (0..options.times.max(1)).map(|_| start_once(&options.server, &options.app));
    let mut found = starts.collect::<Result<Vec<f64>>>()?;
    found.sort_by(f64::total_cmp);
    Ok(Startup {
        app: options.app.clone(),
        times: found.len(),
        milliseconds_best: found[0],
        milliseconds_median: found[found.len() / 2],
        milliseconds_worst: found[found.len() - 1],
    })
}

/// The figures for a person.
pub(crate) fn table(figures: &Startup) -> String {
    format!(
        "from exec to the first page of {}: best {:.0} ms, median {:.0} ms, worst {:.0} ms of {}\n",
        figures.app.display(),
        figures.milliseconds_best,
        figures.milliseconds_median,
        figures.milliseconds_worst,
        figures.times
    )
}

fn start_once(server: &Path, app: &Path) -> Result<f64> {
    let began = Instant::now();
    let (_running, url) = start(server, app)?;
    let page = ureq::get(&format!("{url}/"))
        .call()?
        .body_mut()
        .read_to_string()?;
    let elapsed = began.elapsed().as_secs_f64() * 1000.0;
    if !page.contains("id=\"ferroflex\"") {
        bail!("{url}/ is not an app's page");
    }
    Ok(elapsed)
}

/// Starts the binary with an app; gives its address once it listens.
pub(crate) fn start(server: &Path, app: &Path) -> Result<(Running, String)> {
    let child = Command::new(server)
        .arg("run")
        .arg(app)
        .args(["--host", "127.0.0.1", "--port", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("{} cannot be started", server.display()))?;
    let mut running = Running(child);
    let url = address(&mut running.0)?;
    Ok((running, url))
}

/// The address in the first line that the server prints.
fn address(child: &mut Child) -> Result<String> {
    let output = child.stdout.take().context("the server has no output")?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    let address = line.trim().strip_prefix("listening on ");
    address
        .map(str::to_owned)
        .context("the server ended before it listened")
}

/// A server that ends with its measurement.
pub(crate) struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing else to do about it.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
