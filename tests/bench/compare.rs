//! Ferroflex and Reflex side by side: one app file, one client program, rounds that take turns.
//!
//! Installs Reflex into a virtual environment of its own, once. Both servers run the whole time,
//! one of them idle, so that what the machine does meanwhile meets both.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use tokio::task::spawn_blocking;

use crate::ferroflex::{FerroflexSite, binary};
use crate::link::{Site, get};
use crate::measure::{Load, measure};
use crate::reflex::ReflexSite;
use crate::report::{Comparison, Series};
use crate::scenario::{Scenario, Selection};
use crate::server::{Server, free_port};

/// The app that both serve.
const APP: &str = include_str!("apps/bench.py");
/// The release that is compared with.
const REFLEX_REQUIREMENT: &str = "reflex==0.10.1";
/// States are held in memory, Reflex's fastest way.
const REFLEX_CONFIG: &str = "\"\"\"Configuration of the benchmark's Reflex project.\"\"\"

import reflex as rx

config = rx.Config(app_name=\"bench\", state_manager_mode=\"memory\", telemetry_enabled=False)
";

/// Options of `compare`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// What Ferroflex is compared with
    #[arg(long, value_enum, default_value = "reflex")]
    vs: Other,
    /// Measure one of the two only
    #[arg(long, value_enum, default_value = "both")]
    only: Side,
    #[command(flatten)]
    servers: Servers,
    /// Rounds; each measures every server once
    #[arg(long, default_value_t = 3)]
    rounds: usize,
}

/// Where the servers come from.
#[derive(Debug, Args)]
pub(crate) struct Servers {
    /// The Ferroflex binary; without it the one beside this program
    #[arg(long, default_value_os_t = binary(), hide_default_value = true)]
    pub(crate) server: PathBuf,
    /// Where the virtual environment and the generated projects are kept
    #[arg(long, default_value = "target/bench-reflex")]
    pub(crate) cache: PathBuf,
    /// The Python that the virtual environment is made with
    #[arg(long, default_value = "python3")]
    python: PathBuf,
}

/// What Ferroflex can be compared with.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Other {
    Reflex,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Side {
    Both,
    Ferroflex,
    Reflex,
}

/// Starts the servers, measures, and ends them.
pub(crate) async fn compare(
    options: &Options,
    selection: &Selection,
    clients: usize,
    length: Duration,
    progress: &dyn Fn(&str),
) -> Result<Vec<Comparison>> {
    let mut contestants = Vec::new();
    if options.only != Side::Reflex {
        contestants.push(start_ferroflex(&options.servers).await?);
    }
    if options.only != Side::Ferroflex {
        let Other::Reflex = options.vs;
        progress("preparing Reflex");
        contestants.push(start_reflex(&options.servers).await?);
    }
    let mut comparisons = Vec::new();
    for scenario in &selection.0 {
        progress(&format!("measuring {}", scenario.name()));
        comparisons
            .push(take_turns(&contestants, *scenario, clients, length, options.rounds).await?);
    }
    Ok(comparisons)
}

/// A server that serves the app.
pub(crate) struct Contestant {
    /// Its name in tables.
    pub(crate) name: &'static str,
    /// The process; it ends with this.
    pub(crate) server: Server,
    /// The app as clients find it.
    pub(crate) site: Site,
}

async fn take_turns(
    contestants: &[Contestant],
    scenario: Scenario,
    clients: usize,
    length: Duration,
    rounds: usize,
) -> Result<Comparison> {
    let name = |contestant: &Contestant| contestant.name.to_owned();
    let mut series: Vec<Series> = contestants
        .iter()
        .map(|contestant| Series {
            server: name(contestant),
            rounds: Vec::new(),
        })
        .collect();
    for _ in 0..rounds {
        for (contestant, series) in contestants.iter().zip(&mut series) {
            let load = Load {
                clients,
                length,
                server_process: Some(contestant.server.process()),
            };
            let measured = measure(&contestant.site, scenario, load).await;
            let measured =
                measured.with_context(|| format!("{scenario:?} on {}", series.server))?;
            series.rounds.push(measured);
        }
    }
    Ok(Comparison::new(scenario.name(), series))
}

/// Starts Ferroflex on a free port.
pub(crate) async fn start_ferroflex(servers: &Servers) -> Result<Contestant> {
    start_ferroflex_with(servers, "ferroflex", &[]).await
}

/// Starts Ferroflex with these options, what it keeps in a folder of that name.
pub(crate) async fn start_ferroflex_with(
    servers: &Servers,
    name: &'static str,
    options: &[&str],
) -> Result<Contestant> {
    let folder = servers.cache.join(name);
    fs::create_dir_all(&folder)?;
    let app = folder.join("bench.py");
    fs::write(&app, APP)?;
    let mut command = Command::new(&servers.server);
    command
        .arg("run")
        .arg(&app)
        .args(["--env", "prod", "--host", "127.0.0.1", "--port", "0"])
        .args(options);
    let mut server = Server::start(command, &folder.join("server.log"))?;
    let url = server.ready(async |log: &str| listening_url(log)).await?;
    let site = Site::Ferroflex(Box::new(FerroflexSite::fetch(&url).await?));
    Ok(Contestant { name, server, site })
}

/// The address in the line `listening on http://…`.
fn listening_url(log: &str) -> Option<String> {
    let (_, rest) = log.split_once("listening on ")?;
    // Only a whole line: the rest of the address may still be on its way.
    let (line, _) = rest.split_once('\n')?;
    Some(line.split_whitespace().next()?.to_owned())
}

/// Installs Reflex, once, and starts it on a free port.
pub(crate) async fn start_reflex(servers: &Servers) -> Result<Contestant> {
    let cache = install_reflex(servers).await?;
    let project = cache.join("project");
    write_project(&project)?;
    let port = free_port()?;
    let mut command = Command::new(cache.join("venv/bin/reflex"));
    command.args([
        "run",
        "--env",
        "prod",
        "--backend-only",
        "--backend-host",
        "127.0.0.1",
    ]);
    command.args(["--backend-port", &port.to_string()]);
    command
        .env("REFLEX_TELEMETRY_ENABLED", "false")
        .current_dir(&project);
    let mut server = Server::start(command, &cache.join("reflex.log"))?;
    let address = format!("127.0.0.1:{port}");
    let ping = format!("http://{address}/ping");
    server
        .ready(async |_: &str| get(ping.clone()).await.ok())
        .await?;
    Ok(Contestant {
        name: "reflex",
        server,
        site: Site::Reflex(ReflexSite { address }),
    })
}

/// Installs Reflex, once, and gives the folder in which `venv` is.
pub(crate) async fn install_reflex(servers: &Servers) -> Result<PathBuf> {
    fs::create_dir_all(&servers.cache)?;
    let cache = fs::canonicalize(&servers.cache)?;
    let (folder, python) = (cache.clone(), servers.python.clone());
    spawn_blocking(move || install(&folder, &python)).await??;
    Ok(cache)
}

/// Makes the virtual environment, unless a finished one is there.
fn install(cache: &Path, python: &Path) -> Result<()> {
    let finished = cache.join("venv").join(REFLEX_REQUIREMENT);
    if finished.exists() {
        return Ok(());
    }
    run(Command::new(python)
        .args(["-m", "venv", "--clear"])
        .arg(cache.join("venv")))?;
    let pip = cache.join("venv/bin/pip");
    run(Command::new(pip).args(["install", "--quiet", REFLEX_REQUIREMENT]))?;
    fs::write(finished, "").context("cannot write into the virtual environment")
}

fn write_project(project: &Path) -> Result<()> {
    fs::create_dir_all(project.join("bench"))?;
    fs::write(project.join("rxconfig.py"), REFLEX_CONFIG)?;
    fs::write(project.join("bench/__init__.py"), "")?;
    fs::write(project.join("bench/bench.py"), APP).context("cannot write the Reflex project")
}

fn run(command: &mut Command) -> Result<()> {
    let shown = format!("{command:?}");
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot run {shown}"))?;
    if !output.status.success() {
        bail!(
            "{shown} failed:\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_read_from_a_whole_line() {
        let log = "loaded bench in 80 ms\nlistening on http://127.0.0.1:4321/ \n";
        assert_eq!(
            listening_url(log).as_deref(),
            Some("http://127.0.0.1:4321/")
        );
        assert_eq!(listening_url("listening on http://127.0.0.1:43"), None);
    }
}
