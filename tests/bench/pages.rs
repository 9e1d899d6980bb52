//! What page code costs: importing the package, declaring a state, and building a page of 2,000
//! components. The app measures itself, by the CPU time of its thread.
//!
//! Not here: what generating and serving the page costs (`startup` with the same app).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;
use serde::{Deserialize, Serialize};

use crate::compare::{Other, Servers, install_reflex};
use crate::report::median;
use crate::server::Server;

/// The app, which is a program too.
const APP: &str = include_str!("apps/pages.py");

/// What the line of the log with the figures begins with.
const FIGURES: &str = "figures ";

/// Options of `pages`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// What Ferroflex is compared with; nothing unless given
    #[arg(long, value_enum)]
    vs: Option<Other>,
    /// Rounds; each starts every contestant once
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    #[command(flatten)]
    servers: Servers,
}

/// Milliseconds of CPU time in one start of the app.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Figures {
    /// `import reflex as rx`.
    import_ms: f64,
    /// The same, the state class and the app: both packages import most of themselves on first use.
    module_ms: f64,
    /// Building the page, the fastest of its rounds.
    build_ms_best: f64,
    /// Building the page, the median of its rounds.
    build_ms_median: f64,
}

/// The figures of one contestant, a start each.
#[derive(Debug, Serialize)]
pub(crate) struct Contestant {
    name: &'static str,
    rounds: Vec<Figures>,
}

/// Starts the contestants in turns.
pub(crate) async fn pages(options: &Options) -> Result<Vec<Contestant>> {
    let folder = options.servers.cache.join("pages");
    fs::create_dir_all(&folder)?;
    let app = folder.join("pages.py");
    fs::write(&app, APP)?;
    let mut found = vec![Contestant::new("ferroflex")];
    let mut python = None;
    if let Some(Other::Reflex) = options.vs {
        python = Some(
            install_reflex(&options.servers)
                .await?
                .join("venv/bin/python"),
        );
        found.push(Contestant::new("reflex"));
    }
    for _ in 0..options.rounds.max(1) {
        found[0]
            .rounds
            .push(serve(&options.servers.server, &app).await?);
        if let Some(python) = &python {
            found[1].rounds.push(run(python, &app)?);
        }
    }
    Ok(found)
}

/// The figures for a person: medians over the starts.
pub(crate) fn table(found: &[Contestant]) -> String {
    let row = |name: &str, [import, module, build]: [f64; 3]| {
        format!("{name:<10} {import:>8.2} {module:>8.2} {build:>8.2}\n")
    };
    let mut text = String::from("CPU ms       import   module    build\n");
    text.extend(found.iter().map(|it| row(it.name, it.medians())));
    if let [ours, other] = found {
        let (ours, other) = (ours.medians(), other.medians());
        text += &row(
            "ratio",
            std::array::from_fn(|figure| other[figure] / ours[figure]),
        );
    }
    text
}

impl Contestant {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            rounds: Vec::new(),
        }
    }

    fn medians(&self) -> [f64; 3] {
        let over = |figure: fn(&Figures) -> f64| median(self.rounds.iter().map(figure));
        [
            over(|round| round.import_ms),
            over(|round| round.module_ms),
            over(|round| round.build_ms_median),
        ]
    }
}

async fn serve(server: &Path, app: &PathBuf) -> Result<Figures> {
    let mut command = Command::new(server);
    command
        .arg("run")
        .arg(app)
        .args(["--host", "127.0.0.1", "--port", "0"]);
    let log = app.with_extension("log");
    let mut server = Server::start(command, &log)?;
    server.ready(async |log: &str| figures(log)).await
}

fn run(python: &Path, app: &Path) -> Result<Figures> {
    let output = Command::new(python)
        .arg(app)
        .env("REFLEX_TELEMETRY_ENABLED", "false")
        .output()
        .with_context(|| format!("cannot run {}", python.display()))?;
    let log = String::from_utf8_lossy(&output.stderr);
    figures(&log).with_context(|| format!("{} told no figures:\n{log}", app.display()))
}

/// The figures in a log: only a whole line counts, the rest may still be on its way.
fn figures(log: &str) -> Option<Figures> {
    let (_, rest) = log.split_once(FIGURES)?;
    let (line, _) = rest.split_once('\n')?;
    serde_json::from_str(line).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_from_a_whole_line() {
        let line = "figures {\"import_ms\": 1, \"module_ms\": 2, \"build_ms_best\": 3, \
                    \"build_ms_median\": 4}";
        assert!(figures(line).is_none());
        let read = figures(&format!("listening\n{line}\n")).unwrap();
        assert!((read.build_ms_median - 4.0).abs() < f64::EPSILON);
    }
}
