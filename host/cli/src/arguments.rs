//! The command line.

use std::{net::IpAddr, path::PathBuf, time::Duration};

use clap::{Args, Parser, Subcommand, ValueEnum};

use ferroflex_session::limits::SESSIONS_MEMORY_BYTES_MAX;

use crate::limits::TIME_BUDGET_MIN;
use crate::store::StoreKind;

/// Serves Reflex-style Python apps from one binary.
#[derive(Debug, Parser)]
#[command(name = "ferroflex", version, about)]
pub(crate) struct Arguments {
    /// What is written to the log: a level, or levels by module.
    #[arg(long, global = true, default_value = "info", env = "FERROFLEX_LOG")]
    pub(crate) log: String,
    /// How the log is written: lines for people, or one JSON object a line.
    #[arg(long, global = true, value_enum, default_value_t = LogFormat::Text, env = "FERROFLEX_LOG_FORMAT")]
    pub(crate) log_format: LogFormat,
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
    /// How many proxies before the server are trusted to tell the browser's address, scheme and
    /// host (X-Forwarded-For, -Proto, -Host); by default what rxconfig.py says (`trusted_proxy_hops`),
    /// of several apps the smallest number, else none.
    #[arg(long, value_name = "NUMBER", env = "FERROFLEX_TRUSTED_HOPS")]
    pub(crate) trusted_hops: Option<usize>,
    /// Who is told the metrics at /metrics.
    #[arg(long, value_enum, default_value_t = MetricsFor::Local, env = "FERROFLEX_METRICS")]
    pub(crate) metrics: MetricsFor,
    /// For how many seconds the server goes on after it was asked to stop, while /readyz says that
    /// it is leaving: as long as a load balancer takes to notice.
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 0,
        env = "FERROFLEX_NOTICE"
    )]
    pub(crate) notice: u64,
    #[command(flatten)]
    pub(crate) keep: StoreOptions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Env {
    Dev,
    Prod,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    Text,
    Json,
}

/// Where and how sessions are kept.
#[derive(Debug, Clone, Args)]
pub(crate) struct StoreOptions {
    /// Where sessions are kept: memory, sqlite, sqlite:FILE, or the redis:// or rediss:// address of
    /// a server. By default what the app's rxconfig.py or the environment says in Reflex's words
    /// (`redis_url`, `state_manager_mode`), else sqlite.
    #[arg(long, value_name = "STORE", env = "FERROFLEX_STORE", hide_env_values = true, value_parser = StoreKind::parse)]
    pub(crate) store: Option<StoreKind>,
    /// The folder for what has to outlive the server; it is made where there is none. By default
    /// .ferroflex in the folder in which the command is run.
    #[arg(
        long,
        value_name = "DIR",
        default_value = ".ferroflex",
        env = "FERROFLEX_DATA_DIR"
    )]
    pub(crate) data_dir: PathBuf,
    /// The secret with which session tokens are signed: any text of at least 16 characters, the
    /// same on all instances. By default a random one, which the store keeps.
    #[arg(long, value_name = "TEXT", env = "FERROFLEX_SECRET", hide_env_values = true, value_parser = Secret::parse)]
    pub(crate) secret: Option<Secret>,
    /// For how many seconds after its last use a session is kept. By default what the app's
    /// rxconfig.py says (`redis_token_expiration`), else a day.
    #[arg(long, value_name = "SECONDS", env = "FERROFLEX_SESSION_AGE", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) session_age: Option<u64>,
    /// How many MiB the sessions of an app may take together, by estimate. Beyond it those that have
    /// rested longest leave the interpreter, and no new ones begin when that is not enough.
    #[arg(long, value_name = "MIB", default_value_t = SESSIONS_MEMORY_BYTES_MAX >> 20, env = "FERROFLEX_SESSION_MEMORY", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) session_memory: u64,
}

/// A secret that somebody has thought of. It is written nowhere.
#[derive(Clone)]
pub(crate) struct Secret(pub(crate) String);

impl Secret {
    /// Any text; one that is too short is refused where the message does not repeat it.
    #[expect(
        clippy::unnecessary_wraps,
        reason = "what the command line's parser wants"
    )]
    fn parse(text: &str) -> Result<Self, String> {
        Ok(Self(text.to_owned()))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret")
    }
}

/// Who is told the metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MetricsFor {
    /// Nobody; nothing is measured.
    Off,
    /// Programs of this machine, unless they ask for somebody else.
    Local,
    /// Whoever asks.
    On,
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
