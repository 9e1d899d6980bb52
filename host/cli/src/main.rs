//! The binary `ferroflex`: arguments, configuration, wiring.
//!
//! Not here: anything that the crates below it do; this is where they meet.

mod api;
mod apps;
mod arguments;
mod check;
mod export;
mod folders;
mod frame;
mod limits;
mod limits_table;
mod render;
mod run;
mod shell;
mod store;
mod tailwind;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command, LogFormat};

// Python's many small objects cost a third less time with it than with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The status of a check that could not be made. That of one that found something is 1.
const NOT_CHECKED: u8 = 2;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = tracing_subscriber::EnvFilter::try_new(&arguments.log).unwrap_or_default();
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match arguments.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
    match arguments.command {
        Command::Run(options) => ended(run::run(&options), ExitCode::FAILURE),
        Command::Export(options) => ended(export::export(&options), ExitCode::FAILURE),
        Command::Limits(options) => ended(limits_table::show(&options), ExitCode::FAILURE),
        Command::Check(options) => ended(check::check(&options), ExitCode::from(NOT_CHECKED)),
    }
}

/// The status of a command; `failed` when it could not do what it is for, which is told.
fn ended(outcome: anyhow::Result<ExitCode>, failed: ExitCode) -> ExitCode {
    outcome.unwrap_or_else(|error| {
        tracing::error!("{error:#}");
        failed
    })
}
