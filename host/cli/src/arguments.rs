//! The command line.

use std::{net::IpAddr, path::PathBuf, time::Duration};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::limits::TIME_BUDGET_MIN;

/// Serves Reflex-style Python apps from one binary.
#[derive(Debug, Parser)]
#[command(name = "ferroflex", version, about)]
pub(crate) struct Arguments {
    /// What is written to the log: a level, or levels by module.
    #[arg(long, global = true, default_value = "info", env = "FERROFLEX_LOG")]
    pub(crate) log: String,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve apps.
    Run(RunOptions),
    /// Load apps and say what fails, without serving them. Ends with 0 when nothing fails, with 1
    /// when something does, with 2 when it could not be found out.
    Check(CheckOptions),
    /// Write the pages of apps as files, with all that they need, for a content delivery network
    /// in front of the server that runs the same apps.
    Export(ExportOptions),
    /// Show every limit: its value, what changes it, and what happens when it is hit.
    Limits(LimitsOptions),
}

/// How to show the limits.
#[derive(Debug, Args)]
pub(crate) struct LimitsOptions {
    /// Aligned columns for a terminal, or the page of the documentation.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Markdown,
}

/// What to write, and where to.
#[derive(Debug, Args)]
pub(crate) struct ExportOptions {
    /// A .py file, an app's folder (with or without rxconfig.py), or a folder of apps: the same as
    /// those that the server is given, since pages name their addresses.
    #[arg(default_value = "apps")]
    pub(crate) paths: Vec<PathBuf>,
    /// The folder to write to.
    #[arg(long, value_name = "DIR", default_value = "export")]
    pub(crate) out: PathBuf,
    /// Write to a folder that is not empty.
    #[arg(long)]
    pub(crate) overwrite: bool,
    #[command(flatten)]
    pub(crate) imports: ImportOptions,
}

impl ExportOptions {
    /// How a server would load the same apps.
    pub(crate) fn as_run(&self) -> RunOptions {
        RunOptions {
            paths: self.paths.clone(),
            host: IpAddr::V4(std::net::Ipv4Addr::LOCALHOST),
            port: 0,
            env: Env::Prod,
            workers: Some(1),
            time_budget: Duration::MAX,
            imports: self.imports.clone(),
            allowed_origins: Vec::new(),
        }
    }
}

/// What to check.
#[derive(Debug, Args)]
pub(crate) struct CheckOptions {
    /// A .py file, an app's folder (with or without rxconfig.py), or a folder of apps.
    #[arg(default_value = "apps")]
    pub(crate) paths: Vec<PathBuf>,
    /// Write one JSON object in place of text.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) imports: ImportOptions,
}

/// Where apps' imports come from.
#[derive(Debug, Clone, Args)]
pub(crate) struct ImportOptions {
    /// A folder of wheels or unpacked packages that apps may import, besides packages/ in each
    /// app's own folder. May be given several times; the first that holds a package counts.
    #[arg(long, value_name = "DIR")]
    pub(crate) packages: Vec<PathBuf>,
    /// Where unpacked wheels are kept between runs; by default a folder of the user's cache.
    #[arg(long, value_name = "DIR", env = "FERROFLEX_CACHE")]
    pub(crate) cache: Option<PathBuf>,
}

/// How to serve.
#[derive(Debug, Args)]
pub(crate) struct RunOptions {
    /// A .py file, an app's folder (with or without rxconfig.py), or a folder of apps.
    #[arg(default_value = "apps")]
    pub(crate) paths: Vec<PathBuf>,
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    pub(crate) host: IpAddr,
    /// The port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 3000)]
    pub(crate) port: u16,
    /// Who looks: an author, to whom failures are explained, or the public.
    #[arg(long, value_enum, default_value_t = Env::Dev)]
    pub(crate) env: Env,
    /// How many threads run each app's Python; by default four for every core, so that some may
    /// block.
    #[arg(long)]
    pub(crate) workers: Option<usize>,
    /// For how many seconds a handler may compute before it is interrupted; waiting does not count.
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub(crate) time_budget: Duration,
    #[command(flatten)]
    pub(crate) imports: ImportOptions,
    /// An origin, such as <https://app.example.com>, whose pages may open sockets besides the
    /// server's own. May be given several times.
    #[arg(long = "allow-origin")]
    pub(crate) allowed_origins: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Env {
    Dev,
    Prod,
}

/// A number of seconds, such as `10` or `0.5`.
fn seconds(text: &str) -> Result<Duration, String> {
    let number: f64 = text.parse().map_err(|_| format!("{text} is no number"))?;
    match Duration::try_from_secs_f64(number) {
        Ok(budget) if budget >= TIME_BUDGET_MIN => Ok(budget),
        Ok(_) => Err(format!("a budget has at least {TIME_BUDGET_MIN:?}")),
        Err(_) => Err(format!("{text} is no length of time")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::TIME_BUDGET_S;

    #[test]
    fn the_default_time_budget_is_that_of_the_table() {
        let Command::Run(options) = Arguments::parse_from(["ferroflex", "run"]).command else {
            panic!("run is no run");
        };
        assert_eq!(options.time_budget, Duration::from_secs(TIME_BUDGET_S));
    }
}
