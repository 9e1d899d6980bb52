//! Clients that send at fixed moments, whether the last event had its effect or not: a load below
//! what the server can bear, as of people, under which latencies mean something.
//!
//! Not here: the closed loop, which finds what a server can bear (`measure`).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use futures_util::future::try_join_all;
use hdrhistogram::Histogram;
use serde::Serialize;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use crate::cpu;
use crate::link::{Link, Site};
use crate::scenario::{Call, Scenario};

/// Events before the measurement begins.
const WARM_UP: Duration = Duration::from_secs(1);
/// Clients that connect at the same time.
const CONNECTING_MAX: usize = 50;
/// Latencies are kept to three digits, up to twice the time after which a client gives up.
const LATENCY_DIGITS: u8 = 3;
const LATENCY_MAX_US: u64 = 60_000_000;

/// How much is sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    /// Clients at the same time, each with a session of its own.
    pub(crate) clients: usize,
    /// Events a second of each.
    pub(crate) rate: f64,
    /// How long is measured, after the warm-up.
    pub(crate) length: Duration,
}

/// The figures.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Paced {
    /// Clients at the same time.
    pub(crate) clients: usize,
    /// Events that ended in the time measured.
    pub(crate) events: u64,
    /// The same, a second.
    pub(crate) events_per_second: f64,
    /// From the moment at which an event was due to its acknowledgement: half took less.
    pub(crate) latency_p50_ms: f64,
    /// 99 of 100 took less.
    pub(crate) latency_p99_ms: f64,
    /// The longest.
    pub(crate) latency_max_ms: f64,
    /// User and system time of the server.
    pub(crate) cpu_us_per_event: f64,
    /// Cores that the server used.
    pub(crate) server_cpu_share: f64,
    /// Cores that this client used; near 1, latencies are the client's own.
    pub(crate) client_cpu_share: f64,
}

/// What is counted while it happens, and read before and after by whoever wants more than `Paced`.
pub(crate) trait Counter {
    /// Reads it.
    async fn read(&self) -> Result<u64>;
}

/// Has the clients of a server count, and compares in the end what the app has with what they sent.
/// Gives the figures, and how far each of the `counters` went meanwhile.
///
/// # Errors
/// When a client cannot connect, an event fails, or the sums are wrong.
pub(crate) async fn paced(
    site: &Site,
    process: u32,
    pace: Pace,
    counters: &[impl Counter],
) -> Result<(Paced, Vec<u64>)> {
    let links = open_all(site, pace.clients).await?;
    let start = Instant::now() + WARM_UP;
    let window = Arc::new(Window {
        start,
        end: start + pace.length,
        interval: Duration::from_secs_f64(1.0 / pace.rate),
        events: AtomicU64::new(0),
    });
    let mut clients = JoinSet::new();
    for (number, link) in links.into_iter().enumerate() {
        let share = window.interval * u32::try_from(number)? / u32::try_from(pace.clients)?;
        clients.spawn(drive(link, Arc::clone(&window), start - WARM_UP + share));
    }
    sleep_until(window.start).await;
    let before = Reading::take(&window, process, counters).await?;
    sleep_until(window.end).await;
    let after = Reading::take(&window, process, counters).await?;
    let mut latencies = new_histogram()?;
    while let Some(client) = clients.join_next().await {
        latencies.add(client.context("a client came to a bad end")??)?;
    }
    let counted = after.counted.iter().zip(&before.counted);
    let counted = counted.map(|(after, before)| after - before).collect();
    Ok((figures(pace, &before, &after, &latencies), counted))
}

async fn open_all(site: &Site, clients: usize) -> Result<Vec<Link>> {
    let mut links = Vec::with_capacity(clients);
    while links.len() < clients {
        let next = CONNECTING_MAX.min(clients - links.len());
        links.extend(try_join_all((0..next).map(|_| prepared(site))).await?);
    }
    Ok(links)
}

async fn prepared(site: &Site) -> Result<Link> {
    let mut link = Link::open(site, Scenario::Counter.state()).await?;
    link.call(&Call::prepare()).await?;
    Ok(link)
}

struct Window {
    start: Instant,
    end: Instant,
    interval: Duration,
    events: AtomicU64,
}

async fn drive(mut link: Link, window: Arc<Window>, first: Instant) -> Result<Histogram<u64>> {
    let mut latencies = new_histogram()?;
    let (mut steps, mut due) = (0, first);
    while due < window.end {
        sleep_until(due).await;
        steps += 1;
        link.call(&Scenario::Counter.step(steps)).await?;
        window.events.fetch_add(1, Ordering::Relaxed);
        if due >= window.start {
            latencies.saturating_record(u64::try_from(due.elapsed().as_micros())?);
        }
        due += window.interval;
    }
    ensure!(steps > 0, "no event was due; measure for longer");
    let checked = link.call(&Scenario::Counter.check(steps)).await;
    checked.with_context(|| format!("the check after {steps} steps"))?;
    Ok(latencies)
}

fn new_histogram() -> Result<Histogram<u64>> {
    Ok(Histogram::new_with_bounds(
        1,
        LATENCY_MAX_US,
        LATENCY_DIGITS,
    )?)
}

struct Reading {
    moment: Instant,
    events: u64,
    server: Duration,
    client: Duration,
    counted: Vec<u64>,
}

impl Reading {
    async fn take(window: &Window, process: u32, counters: &[impl Counter]) -> Result<Self> {
        let mut counted = Vec::with_capacity(counters.len());
        for counter in counters {
            counted.push(counter.read().await?);
        }
        Ok(Self {
            moment: Instant::now(),
            events: window.events.load(Ordering::Relaxed),
            server: cpu::of_process(process)?,
            client: cpu::of_process(std::process::id())?,
            counted,
        })
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of one run are far below 2^52"
)]
fn figures(pace: Pace, before: &Reading, after: &Reading, latencies: &Histogram<u64>) -> Paced {
    let seconds = (after.moment - before.moment).as_secs_f64();
    let events = after.events - before.events;
    let server = after.server.saturating_sub(before.server).as_secs_f64();
    let client = after.client.saturating_sub(before.client).as_secs_f64();
    let milliseconds = |value: u64| value as f64 / 1000.0;
    Paced {
        clients: pace.clients,
        events,
        events_per_second: events as f64 / seconds,
        latency_p50_ms: milliseconds(latencies.value_at_quantile(0.5)),
        latency_p99_ms: milliseconds(latencies.value_at_quantile(0.99)),
        latency_max_ms: milliseconds(latencies.max()),
        cpu_us_per_event: server * 1e6 / events.max(1) as f64,
        server_cpu_share: server / seconds,
        client_cpu_share: client / seconds,
    }
}
