//! What keeping sessions costs: the same paced load on servers that differ in their store alone.
//!
//! `stores` measures CPU time an event with some clients that send often, `active` latencies with
//! many that send now and then. Not here: what idle sessions hold in memory (`idle`).

use std::fmt::Write;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, ensure};
use clap::Args;
use serde::Serialize;

use crate::compare::{Contestant, Servers, start_ferroflex_with};
use crate::cpu;
use crate::paced::{Counter, Pace, Paced, paced};
use crate::redis::{Count, Redis, default_program};
use crate::report::median;

/// What Redis counts of its clients: reads of their sockets, and scripts called by their digest.
const REDIS_COUNTS: [&str; 2] = ["total_reads_processed:", "cmdstat_evalsha:calls="];

/// Options of `stores` and `active`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Events a second of each client: 20 in `stores`, 1 in `active`
    #[arg(long)]
    rate: Option<f64>,
    /// Rounds; each measures every store once
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// The program of Redis
    #[arg(long, default_value_os_t = default_program())]
    redis_server: PathBuf,
    #[command(flatten)]
    servers: Servers,
}

/// How many clients send how often, unless told otherwise.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    /// Clients at the same time.
    pub(crate) clients: usize,
    /// Events a second of each.
    pub(crate) rate: f64,
}

/// A round on a server with one of the stores.
#[derive(Debug, Serialize)]
pub(crate) struct Round {
    store: &'static str,
    #[serde(flatten)]
    paced: Paced,
    /// CPU time of Redis itself, which is in no other figure.
    redis_cpu_us_per_event: Option<f64>,
    /// Reads of its clients' sockets an event. One read takes in what several events wrote
    /// together, so that this is how often somebody asked and waited for an answer.
    redis_round_trips_per_event: Option<f64>,
    /// Scripts run an event.
    redis_scripts_per_event: Option<f64>,
}

/// Starts a server for each store, measures them in turns, and ends them.
///
/// # Errors
/// When a server does not start, or a client fails.
pub(crate) async fn stores(
    options: &Options,
    load: Load,
    length: Duration,
    progress: &dyn Fn(&str),
) -> Result<Vec<Round>> {
    let redis = Redis::start(&options.redis_server, &options.servers.cache).await?;
    let mut contestants = Vec::new();
    for (name, store) in [
        ("memory", "memory".to_owned()),
        ("sqlite", "sqlite".to_owned()),
        ("redis", redis.store()),
    ] {
        let given = ["--store", &store];
        contestants.push(start_ferroflex_with(&options.servers, name, &given).await?);
    }
    let pace = Pace {
        clients: load.clients,
        rate: options.rate.unwrap_or(load.rate),
        length,
    };
    let mut rounds = Vec::new();
    for _ in 0..options.rounds {
        for contestant in &contestants {
            progress(&format!("measuring {}", contestant.name));
            rounds.push(measure(contestant, &redis, pace).await?);
        }
    }
    Ok(rounds)
}

async fn measure(contestant: &Contestant, redis: &Redis, pace: Pace) -> Result<Round> {
    let counters: Vec<Watched> = REDIS_COUNTS
        .map(|name| Watched::Count(redis.counter(name)))
        .into_iter()
        .chain([Watched::Cpu(redis.process())])
        .collect();
    let process = contestant.server.process();
    let (paced, counted) = paced(&contestant.site, process, pace, &counters).await?;
    ensure!(paced.events > 0, "no event ended in the time measured");
    let is_redis = contestant.name == "redis";
    #[expect(clippy::cast_precision_loss, reason = "counts of one run are small")]
    let an_event = |number: usize| is_redis.then(|| counted[number] as f64 / paced.events as f64);
    Ok(Round {
        store: contestant.name,
        redis_round_trips_per_event: an_event(0),
        redis_scripts_per_event: an_event(1),
        redis_cpu_us_per_event: an_event(2),
        paced,
    })
}

/// What is read of Redis.
enum Watched {
    Count(Count),
    /// The CPU time of that process, in microseconds.
    Cpu(u32),
}

impl Counter for Watched {
    async fn read(&self) -> Result<u64> {
        match self {
            Self::Count(count) => count.read().await,
            Self::Cpu(process) => Ok(u64::try_from(cpu::of_process(*process)?.as_micros())?),
        }
    }
}

/// The figures for a person: medians over the rounds, and ratios within each.
pub(crate) fn table(rounds: &[Round]) -> String {
    let mut text = String::new();
    for store in ["memory", "sqlite", "redis"] {
        let own = || rounds.iter().filter(|round| round.store == store);
        let middle = |of: fn(&Round) -> f64| median(own().map(of));
        // Writing into a text does not fail.
        let _ = writeln!(
            text,
            "{store:7} {:7.0} events/s of {} clients, {:6.1} us of CPU an event ({:.2} of memory's), \
             p50 {:.1} ms, p99 {:.1} ms, max {:.1} ms",
            middle(|round| round.paced.events_per_second),
            own().next().map_or(0, |round| round.paced.clients),
            middle(|round| round.paced.cpu_us_per_event),
            ratio(rounds, store),
            middle(|round| round.paced.latency_p50_ms),
            middle(|round| round.paced.latency_p99_ms),
            middle(|round| round.paced.latency_max_ms),
        );
    }
    let redis = |of: fn(&Round) -> Option<f64>| median(rounds.iter().filter_map(of));
    let _ = writeln!(
        text,
        "redis: {:.2} round trips and {:.2} scripts an event, {:.1} us of its own CPU",
        redis(|round| round.redis_round_trips_per_event),
        redis(|round| round.redis_scripts_per_event),
        redis(|round| round.redis_cpu_us_per_event),
    );
    text
}

/// CPU time an event against the memory store's of the same round: the median.
fn ratio(rounds: &[Round], store: &str) -> f64 {
    let of = |name: &'_ str| -> Vec<f64> {
        let own = rounds.iter().filter(|round| round.store == name);
        own.map(|round| round.paced.cpu_us_per_event).collect()
    };
    let pairs = of(store).into_iter().zip(of("memory"));
    median(pairs.map(|(own, memory)| own / memory))
}
