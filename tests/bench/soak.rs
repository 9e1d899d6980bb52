//! Minutes of cyclic garbage on every thread of a server, with ordinary sessions beside it: does
//! its memory stay bounded, and how long does a click take meanwhile?
//!
//! Not here: events per second and CPU time (`measure`).

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;
use ferroflex_tests::memory::rss_mib;
use hdrhistogram::Histogram;
use serde::Serialize;
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};

use crate::ferroflex::{FerroflexSite, binary};
use crate::link::{Link, Site, get};
use crate::scenario::{Call, Scenario};
use crate::server::{Server, address};

/// What the server may hold at most, in MiB: about 110 after loading, 200 sessions with lists of a
/// thousand texts, and garbage that is not yet collected. Without its collector's gate it needs
/// gigabytes within a minute.
const RSS_MIB_MAX: u64 = 512;

/// Sessions with ordinary events, and how often each sends one.
const HOT_SESSIONS: usize = 200;
const HOT_INTERVAL: Duration = Duration::from_millis(200);

/// How often the counter is clicked.
const CLICK_INTERVAL: Duration = Duration::from_millis(50);

/// The longest time that a click is known to have taken; links give up before.
const LATENCY_US_MAX: u64 = 60_000_000;

/// How much garbage one event makes: some tens of milliseconds of it.
const GARBAGE_PAIRS: u64 = 5_000;

/// How often the server's memory is read.
const SAMPLE_INTERVAL: Duration = Duration::from_millis(250);

/// What is started, and for how long.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The Ferroflex binary; without it the one beside this program
    #[arg(long, default_value_os_t = binary(), hide_default_value = true)]
    server: PathBuf,
    /// How long
    #[arg(long, default_value_t = 10.0)]
    minutes: f64,
    /// Sessions whose handlers make garbage without a pause: as many as the server has threads
    #[arg(long, default_value_t = 8)]
    garbage: usize,
    /// The app, with the states of tests/bench/apps/soak.py
    #[arg(default_value = "tests/bench/apps/soak.py")]
    app: PathBuf,
}

/// What was seen.
#[derive(Debug, Serialize)]
pub(crate) struct Soak {
    minutes: f64,
    rss_mib: Spread,
    rss_mib_bound: u64,
    clicks: u64,
    click_ms_p50: f64,
    click_ms_p99: f64,
    click_ms_max: f64,
    garbage_events: u64,
    hot_events: u64,
    threads: Value,
}

/// The server's memory over the time, in MiB.
#[derive(Debug, Serialize)]
struct Spread {
    start: u64,
    median: u64,
    max: u64,
    end: u64,
}

/// Runs the soak.
///
/// # Errors
/// When the server does not start, an event fails, or a reply does not come.
pub(crate) async fn soak(options: &Options) -> Result<Soak> {
    let log = std::env::temp_dir().join(format!("ferroflex-soak-{}.log", std::process::id()));
    let mut command = Command::new(&options.server);
    command.args(["run", "--port", "0", "--workers"]);
    command.arg(options.garbage.to_string()).arg(&options.app);
    let mut server = Server::start(command, &log)?;
    let url = server.ready(async |log: &str| address(log)).await?;
    let site = Arc::new(Site::Ferroflex(Box::new(FerroflexSite::fetch(&url).await?)));
    let length = Duration::try_from_secs_f64(options.minutes * 60.0).context("--minutes")?;
    let found = load(options, &site, server.process(), &url, length).await;
    fs::remove_file(&log).ok();
    found
}

/// Whether the memory stayed below the bound.
pub(crate) fn is_bounded(soak: &Soak) -> bool {
    soak.rss_mib.max <= soak.rss_mib_bound
}

/// The figures for a person.
pub(crate) fn table(soak: &Soak) -> String {
    let Spread {
        start,
        median,
        max,
        end,
    } = soak.rss_mib;
    format!(
        "{:.1} minutes, {} events of garbage, {} ordinary events\n\
         memory: {start} MiB at the start, median {median}, max {max}, {end} at the end; bound {}\n\
         {} clicks: p50 {:.1} ms, p99 {:.1} ms, max {:.1} ms\n\
         threads: {}\n",
        soak.minutes,
        soak.garbage_events,
        soak.hot_events,
        soak.rss_mib_bound,
        soak.clicks,
        soak.click_ms_p50,
        soak.click_ms_p99,
        soak.click_ms_max,
        soak.threads,
    )
}

async fn load(
    options: &Options,
    site: &Arc<Site>,
    process: u32,
    url: &str,
    length: Duration,
) -> Result<Soak> {
    let end = Instant::now() + length;
    let mut garbage: JoinSet<Result<u64>> = JoinSet::new();
    let mut hot: JoinSet<Result<u64>> = JoinSet::new();
    let start = rss_mib(process)?;
    for _ in 0..HOT_SESSIONS {
        hot.spawn(work(Arc::clone(site), end));
    }
    for _ in 0..options.garbage {
        garbage.spawn(churn(Arc::clone(site), end));
    }
    let clicking = tokio::spawn(click(Arc::clone(site), end));
    let mut samples = Vec::new();
    while Instant::now() < end {
        samples.push(rss_mib(process)?);
        sleep(SAMPLE_INTERVAL).await;
    }
    let clicks = clicking.await??;
    let (garbage_events, hot_events) = (sum(garbage).await?, sum(hot).await?);
    let health: Value = serde_json::from_str(&get(format!("{url}/healthz")).await?)?;
    let quantile = |part| milliseconds(clicks.value_at_quantile(part));
    Ok(Soak {
        minutes: length.as_secs_f64() / 60.0,
        rss_mib: spread(start, samples).context("there was no time to read the memory")?,
        rss_mib_bound: RSS_MIB_MAX,
        clicks: clicks.len(),
        click_ms_p50: quantile(0.5),
        click_ms_p99: quantile(0.99),
        click_ms_max: milliseconds(clicks.max()),
        garbage_events,
        hot_events,
        threads: health["apps"][0]["script"].clone(),
    })
}

fn spread(start: u64, samples: Vec<u64>) -> Option<Spread> {
    let end = *samples.last()?;
    let mut sorted = samples;
    sorted.sort_unstable();
    Some(Spread {
        start,
        median: sorted[sorted.len() / 2],
        max: *sorted.last()?,
        end,
    })
}

#[expect(clippy::cast_precision_loss, reason = "a latency is far below 2^52 us")]
fn milliseconds(microseconds: u64) -> f64 {
    microseconds as f64 / 1000.0
}

/// Makes garbage without a pause. Gives the number of events.
async fn churn(site: Arc<Site>, end: Instant) -> Result<u64> {
    let mut link = Link::open(&site, Scenario::Counter.state()).await?;
    let call = Call {
        handler: "churn",
        arguments: vec![("pairs", json!(GARBAGE_PAIRS))],
        effect: None,
    };
    let mut events = 0;
    while Instant::now() < end {
        link.call(&call).await?;
        events += 1;
    }
    Ok(events)
}

/// Appends to a list now and then. Gives the number of events.
async fn work(site: Arc<Site>, end: Instant) -> Result<u64> {
    let mut link = Link::open(&site, Scenario::Todo1000.state()).await?;
    link.call(&Call::prepare()).await?;
    let mut events = 0;
    while Instant::now() < end {
        let next = Instant::now() + HOT_INTERVAL;
        events += 1;
        link.call(&Scenario::Todo1000.step(events)).await?;
        sleep_until(next).await;
    }
    Ok(events)
}

/// Clicks the counter. Gives the time that each click took, in microseconds.
async fn click(site: Arc<Site>, end: Instant) -> Result<Histogram<u64>> {
    let mut link = Link::open(&site, Scenario::Counter.state()).await?;
    let mut latencies = Histogram::new_with_bounds(1, LATENCY_US_MAX, 3)?;
    let mut number = 0;
    while Instant::now() < end {
        let sent = Instant::now();
        number += 1;
        link.call(&Scenario::Counter.step(number)).await?;
        latencies.saturating_record(u64::try_from(sent.elapsed().as_micros())?);
        sleep_until(sent + CLICK_INTERVAL).await;
    }
    Ok(latencies)
}

async fn sum(mut clients: JoinSet<Result<u64>>) -> Result<u64> {
    let mut events = 0;
    while let Some(client) = clients.join_next().await {
        events += client.context("a client came to a bad end")??;
    }
    Ok(events)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_and_its_spread_told() {
        assert!(rss_mib(std::process::id()).unwrap() > 0);
        let spread = spread(5, vec![9, 7, 8]).unwrap();
        assert_eq!(
            (spread.start, spread.median, spread.max, spread.end),
            (5, 8, 9, 8)
        );
    }
}
