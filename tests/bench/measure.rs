//! The closed loop: each client sends its next event when the last one has had its effect.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use futures_util::future::try_join_all;
use hdrhistogram::Histogram;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use crate::cpu;
use crate::link::{Link, Received, Site};
use crate::report::Measurement;
use crate::scenario::{Call, Scenario};

/// Events before the measurement begins: caches fill, lists are put up, connections settle.
const WARM_UP: Duration = Duration::from_millis(500);
/// Latencies are kept to three digits, up to twice the time after which a client gives up.
const LATENCY_DIGITS: u8 = 3;
const LATENCY_MAX_US: u64 = 60_000_000;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    /// Clients at the same time, each with a session of its own.
    pub(crate) clients: usize,
    /// How long is measured, after the warm-up.
    pub(crate) length: Duration,
    /// The server's process, whose CPU time is read with that of its children.
    pub(crate) server_process: Option<u32>,
}

/// Runs one scenario against one server.
///
/// # Errors
/// When a client cannot connect or prepare. What goes wrong later is counted in the measurement.
pub(crate) async fn measure(site: &Site, scenario: Scenario, load: Load) -> Result<Measurement> {
    let links = try_join_all((0..load.clients).map(|_| prepared(site, scenario))).await?;
    let start = Instant::now() + WARM_UP;
    let window = Arc::new(Window {
        start,
        end: start + load.length,
        counts: Counts::default(),
    });
    let mut clients: JoinSet<Outcome> = JoinSet::new();
    for link in links {
        clients.spawn(drive(
            link,
            scenario,
            Arc::clone(&window),
            Outcome::empty()?,
        ));
    }
    sleep_until(window.start).await;
    let before = Reading::take(&window.counts, load.server_process)?;
    sleep_until(window.end).await;
    let after = Reading::take(&window.counts, load.server_process)?;
    let outcome = gather(clients).await?;
    Ok(summarise(scenario, load, (&before, &after), &outcome))
}

async fn prepared(site: &Site, scenario: Scenario) -> Result<Link> {
    let mut link = Link::open(site, scenario.state()).await?;
    link.call(&Call::prepare()).await?;
    Ok(link)
}

/// The time that is measured, and what all clients count in it.
struct Window {
    start: Instant,
    end: Instant,
    counts: Counts,
}

#[derive(Default)]
struct Counts {
    events: AtomicU64,
    frames: AtomicU64,
    bytes: AtomicU64,
}

impl Counts {
    fn add(&self, received: Received) {
        self.events.fetch_add(1, Ordering::Relaxed);
        self.frames.fetch_add(received.frames, Ordering::Relaxed);
        self.bytes.fetch_add(received.bytes, Ordering::Relaxed);
    }
}

/// The counts and the CPU times at one moment.
struct Reading {
    moment: Instant,
    events: u64,
    frames: u64,
    bytes: u64,
    server: Option<Duration>,
    client: Duration,
}

impl Reading {
    fn take(counts: &Counts, server: Option<u32>) -> Result<Self> {
        Ok(Self {
            moment: Instant::now(),
            events: counts.events.load(Ordering::Relaxed),
            frames: counts.frames.load(Ordering::Relaxed),
            bytes: counts.bytes.load(Ordering::Relaxed),
            server: server.map(cpu::of_tree).transpose()?,
            client: cpu::of_process(std::process::id())?,
        })
    }
}

/// What one client, or all of them, have seen.
struct Outcome {
    latencies_us: Histogram<u64>,
    errors: Vec<String>,
}

impl Outcome {
    fn empty() -> Result<Self> {
        let latencies_us = Histogram::new_with_bounds(1, LATENCY_MAX_US, LATENCY_DIGITS)?;
        Ok(Self {
            latencies_us,
            errors: Vec::new(),
        })
    }
}

async fn drive(mut link: Link, scenario: Scenario, window: Arc<Window>, empty: Outcome) -> Outcome {
    let mut outcome = empty;
    if let Err(error) = run_steps(&mut link, scenario, &window, &mut outcome).await {
        outcome.errors.push(format!("{error:#}"));
    }
    outcome
}

async fn run_steps(
    link: &mut Link,
    scenario: Scenario,
    window: &Window,
    outcome: &mut Outcome,
) -> Result<()> {
    let mut steps = 0;
    loop {
        let sent = Instant::now();
        if sent >= window.end {
            break;
        }
        let received = link.call(&scenario.step(steps + 1)).await?;
        steps += 1;
        window.counts.add(received);
        if sent >= window.start {
            let latency = u64::try_from(sent.elapsed().as_micros()).unwrap_or(u64::MAX);
            outcome.latencies_us.saturating_record(latency);
        }
    }
    if steps == 0 {
        bail!("no step ended in time");
    }
    let checked = link.call(&scenario.check(steps)).await;
    checked
        .with_context(|| format!("the check after {steps} steps"))
        .map(drop)
}

async fn gather(mut clients: JoinSet<Outcome>) -> Result<Outcome> {
    let mut all = Outcome::empty()?;
    while let Some(joined) = clients.join_next().await {
        let outcome = joined.context("a client came to a bad end")?;
        all.latencies_us.add(&outcome.latencies_us)?;
        all.errors.extend(outcome.errors);
    }
    Ok(all)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of one run are far below 2^52"
)]
fn summarise(
    scenario: Scenario,
    load: Load,
    (before, after): (&Reading, &Reading),
    outcome: &Outcome,
) -> Measurement {
    let seconds = (after.moment - before.moment).as_secs_f64();
    let events = after.events - before.events;
    let per_event = |amount: f64| {
        if events == 0 {
            0.0
        } else {
            amount / events as f64
        }
    };
    let server = before
        .server
        .zip(after.server)
        .map(|(before, after)| after.saturating_sub(before));
    let percentile = |part| outcome.latencies_us.value_at_quantile(part) as f64 / 1000.0;
    Measurement {
        scenario: scenario.name().to_owned(),
        clients: load.clients,
        seconds,
        events,
        events_per_second: events as f64 / seconds,
        latency_p50_ms: percentile(0.5),
        latency_p99_ms: percentile(0.99),
        bytes_received_per_event: per_event((after.bytes - before.bytes) as f64),
        frames_received_per_event: per_event((after.frames - before.frames) as f64),
        cpu_us_per_event: server.map(|time| per_event(time.as_secs_f64() * 1e6)),
        server_cpu_share: server.map(|time| time.as_secs_f64() / seconds),
        client_cpu_share: after.client.saturating_sub(before.client).as_secs_f64() / seconds,
        errors: outcome.errors.len(),
        first_error: outcome.errors.first().cloned(),
    }
}
