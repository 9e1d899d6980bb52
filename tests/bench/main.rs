//! The load client: drives one server of the wire protocol, or compares it with Reflex.
//!
//! It is a client and nothing else: the app that it drives is `apps/bench.py`, the protocol is
//! described in `host/session/PROTOCOL.md`, and how to read the figures in the README beside this.

mod background;
mod compare;
mod cpu;
mod ferroflex;
mod idle;
mod link;
mod measure;
#[cfg(test)]
mod mock;
mod paced;
mod pages;
mod redis;
mod reflex;
mod render;
mod report;
mod scenario;
mod soak;
mod startup;
mod stores;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::{Args, Parser, Subcommand};
use ferroflex_tests::server;
use serde::Serialize;
use tokio::signal::unix::{SignalKind, signal};

use crate::ferroflex::FerroflexSite;
use crate::link::Site;
use crate::measure::{Load, measure};
use crate::scenario::Selection;

/// Clients at the same time in a scenario.
const CLIENTS_DEFAULT: usize = 10;

/// Enough clients for writes to meet, far below what a core can do.
const STORES_LOAD: stores::Load = stores::Load {
    clients: 50,
    rate: 20.0,
};
/// An app with a thousand people who all do something.
const ACTIVE_LOAD: stores::Load = stores::Load {
    clients: 1_000,
    rate: 1.0,
};

/// Measures a served bench.py
#[derive(Debug, Parser)]
#[command(name = "ferroflex-bench")]
struct Arguments {
    #[command(subcommand)]
    command: Option<Subcommands>,
    /// The app's address, such as <http://127.0.0.1:3000/bench>
    #[arg(long)]
    url: Option<String>,
    /// The server's process, to measure its CPU time and that of its children
    #[arg(long)]
    pid: Option<u32>,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Subcommand)]
enum Subcommands {
    /// Starts Ferroflex and another server, measures both in turns, and ends them
    Compare(compare::Options),
    /// Measures the time from starting the binary to the first page
    Startup(startup::Options),
    /// Measures what pages rendered by the server cost once they are kept
    Render(render::Options),
    /// Measures what page code costs: importing the package, and building a large page
    Pages(pages::Options),
    /// Has a background task push updates to each of many clients
    Background(background::Options),
    /// Measures what each store costs an event
    Stores(stores::Options),
    /// Measures latencies with a thousand clients, on each store
    Active(stores::Options),
    /// Measures the memory of sessions that nobody uses
    Idle(idle::Options),
    /// Has all threads make cyclic garbage for minutes, and watches the memory
    Soak(soak::Options),
}

#[derive(Debug, Args)]
struct Common {
    /// One scenario, several with commas between, or all
    #[arg(long, default_value = "all", global = true)]
    scenario: Selection,
    /// Clients at the same time: 10 unless given, 50 in `background` and `stores`, 1,000 in `active`
    #[arg(long, global = true)]
    clients: Option<usize>,
    /// How long each scenario is measured, or each background task runs
    #[arg(long, default_value_t = 5.0, global = true)]
    seconds: f64,
    /// Write the figures to this file
    #[arg(long, global = true)]
    json: Option<PathBuf>,
}

// One thread: the client then uses one core at most, and leaves the others to the server.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut terminated = signal(SignalKind::terminate())?;
    // An interrupt drops the run, and with it the servers that it has started.
    tokio::select! {
        result = run(&arguments) => result,
        _ = tokio::signal::ctrl_c() => bail!("interrupted"),
        _ = terminated.recv() => bail!("terminated"),
    }
}

async fn run(arguments: &Arguments) -> Result<()> {
    let common = &arguments.common;
    let length = Duration::try_from_secs_f64(common.seconds).context("--seconds")?;
    let errors = match &arguments.command {
        Some(Subcommands::Compare(options)) => {
            let clients = common.clients.unwrap_or(CLIENTS_DEFAULT);
            let found =
                compare::compare(options, &common.scenario, clients, length, &progress).await?;
            write_json(common, &found)?;
            print(&report::table(&found))?;
            found.iter().map(report::Comparison::errors).sum::<usize>()
        }
        Some(Subcommands::Startup(options)) => {
            let figures = startup::startup(options)?;
            write_json(common, &figures)?;
            print(&startup::table(&figures))?;
            0
        }
        Some(Subcommands::Render(options)) => {
            let figures = render::render(options).await?;
            write_json(common, &figures)?;
            print(&render::table(&figures))?;
            0
        }
        Some(Subcommands::Pages(options)) => {
            let found = pages::pages(options).await?;
            write_json(common, &found)?;
            print(&pages::table(&found))?;
            0
        }
        Some(Subcommands::Background(options)) => {
            let found = background::background(options, common.clients, length, &progress).await?;
            write_json(common, &found)?;
            print(&background::table(&found))?;
            background::verdict(&found)?;
            0
        }
        Some(Subcommands::Stores(options)) => {
            measure_stores(options, common, STORES_LOAD, length).await?
        }
        Some(Subcommands::Active(options)) => {
            measure_stores(options, common, ACTIVE_LOAD, length).await?
        }
        Some(Subcommands::Idle(options)) => {
            let figures = idle::idle(options).await?;
            write_json(common, &figures)?;
            print(&idle::table(&figures))?;
            0
        }
        Some(Subcommands::Soak(options)) => {
            let found = soak::soak(options).await?;
            write_json(common, &found)?;
            print(&soak::table(&found))?;
            if !soak::is_bounded(&found) {
                bail!("the memory was not bounded");
            }
            0
        }
        None => drive(arguments, length).await?,
    };
    if errors > 0 {
        bail!("{errors} clients failed; the figures above are not to be trusted");
    }
    Ok(())
}

/// Measures the stores under this load. Clients that fail end it with an error.
async fn measure_stores(
    options: &stores::Options,
    common: &Common,
    load: stores::Load,
    length: Duration,
) -> Result<usize> {
    let clients = common.clients.unwrap_or(load.clients);
    let load = stores::Load { clients, ..load };
    let found = stores::stores(options, load, length, &progress).await?;
    write_json(common, &found)?;
    print(&stores::table(&found))?;
    Ok(0)
}

/// Measures one server that runs already. Returns how many clients failed.
async fn drive(arguments: &Arguments, length: Duration) -> Result<usize> {
    let common = &arguments.common;
    let url = arguments
        .url
        .as_deref()
        .context("name the app's address with --url")?;
    let site = Site::Ferroflex(Box::new(FerroflexSite::fetch(url).await?));
    let load = Load {
        clients: common.clients.unwrap_or(CLIENTS_DEFAULT),
        length,
        server_process: arguments.pid,
    };
    let mut measurements = Vec::new();
    for scenario in &common.scenario.0 {
        measurements.push(measure(&site, *scenario, load).await?);
    }
    write_json(common, &measurements)?;
    print(&report::list(&measurements))?;
    Ok(measurements
        .iter()
        .map(|measurement| measurement.errors)
        .sum())
}

fn write_json(common: &Common, figures: &impl Serialize) -> Result<()> {
    let Some(path) = &common.json else {
        return Ok(());
    };
    let text = serde_json::to_string_pretty(figures)?;
    fs::write(path, text + "\n").with_context(|| format!("cannot write {}", path.display()))
}

fn print(text: &str) -> Result<()> {
    Ok(std::io::stdout().lock().write_all(text.as_bytes())?)
}

/// Tells what is going on. Nobody has to read it, so an error is of no consequence.
fn progress(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
