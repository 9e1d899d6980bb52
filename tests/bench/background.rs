//! Background tasks that push updates on a schedule, one to each of many clients at once: does the
//! last value arrive everywhere, is the schedule kept, and what does an update cost?
//!
//! Not here: events that clients wait for (`measure`), and how servers are started (`compare`).

mod report;

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::Args;
use futures_util::future::{join_all, try_join_all};
use serde_json::{Value, json};
use tokio::time::{Instant, timeout};

pub(crate) use self::report::{Round, table, verdict};
use crate::compare::{Other, Servers, start_ferroflex, start_reflex};
use crate::cpu;
use crate::link::{Link, Received, Site};
use crate::report::median;
use crate::scenario::Call;

/// The state class in the app.
const STATE: &str = "BackgroundState";

/// Where the app's count starts, above every number that is not a count.
const COUNT_START: u64 = 1_000_000;

/// What the app says when a task is over, followed by milliseconds.
const END_WORDS: &str = "late by ";

/// Clients at the same time, unless told otherwise.
const CLIENTS_DEFAULT: usize = 50;

/// How long a client waits for the end after the schedule is over. Servers that do not keep it
/// need several times its length; one that needs longer than this has lost its end.
const END_TIMEOUT: Duration = Duration::from_mins(2);

/// Options of `background`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// What Ferroflex is compared with; nothing unless given
    #[arg(long, value_enum)]
    vs: Option<Other>,
    /// Updates a second to each client
    #[arg(long, default_value_t = 200)]
    rate: u64,
    /// Rounds; each measures every server once
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    #[command(flatten)]
    servers: Servers,
}

/// What every task is asked for.
#[derive(Debug, Clone, Copy)]
struct Schedule {
    rate: u64,
    updates: u64,
    length: Duration,
}

/// Starts the servers, measures them in turns, and ends them.
///
/// # Errors
/// When a server does not start, or a client cannot connect.
pub(crate) async fn background(
    options: &Options,
    clients: Option<usize>,
    length: Duration,
    progress: &dyn Fn(&str),
) -> Result<Vec<Round>> {
    let schedule = Schedule::new(options.rate, length)?;
    let mut contestants = vec![start_ferroflex(&options.servers).await?];
    if let Some(Other::Reflex) = options.vs {
        progress("preparing Reflex");
        contestants.push(start_reflex(&options.servers).await?);
    }
    let mut rounds = Vec::new();
    for _ in 0..options.rounds {
        for contestant in &contestants {
            progress(&format!("measuring {}", contestant.name));
            let clients = clients.unwrap_or(CLIENTS_DEFAULT);
            let process = contestant.server.process();
            let load = Load {
                clients,
                schedule,
                process,
            };
            rounds.push(measure(contestant.name, &contestant.site, load).await?);
        }
    }
    Ok(rounds)
}

/// What is asked for in one round.
#[derive(Debug, Clone, Copy)]
struct Load {
    clients: usize,
    schedule: Schedule,
    /// The server's.
    process: u32,
}

impl Schedule {
    fn new(rate: u64, length: Duration) -> Result<Self> {
        let millis = u64::try_from(length.as_millis())?;
        let updates = rate.saturating_mul(millis) / 1000;
        if updates == 0 {
            bail!("{rate} updates a second make none in {length:?}");
        }
        Ok(Self {
            rate,
            updates,
            length,
        })
    }

    fn start(self) -> Call {
        Call {
            handler: "step",
            arguments: vec![("rate", json!(self.rate)), ("updates", json!(self.updates))],
            effect: None,
        }
    }
}

/// What one client has received.
#[derive(Debug, Default)]
struct Seen {
    counts: BTreeSet<u64>,
    late_ms: Option<f64>,
    received: Received,
    error: Option<String>,
}

impl Seen {
    /// Takes in the values of a frame.
    fn take_in(&mut self, content: &Value) {
        match content {
            Value::Array(items) => items.iter().for_each(|item| self.take_in(item)),
            Value::Object(entries) => entries.values().for_each(|entry| self.take_in(entry)),
            Value::Number(number) => {
                let count = number
                    .as_u64()
                    .and_then(|number| number.checked_sub(COUNT_START));
                self.counts.extend(count.filter(|count| *count > 0));
            }
            Value::String(text) => self.late_ms = lateness(text).or(self.late_ms),
            _ => {}
        }
    }

    fn has_final(&self, schedule: Schedule) -> bool {
        self.late_ms.is_some() && self.counts.last() == Some(&schedule.updates)
    }
}

fn lateness(text: &str) -> Option<f64> {
    let (milliseconds, _) = text.strip_prefix(END_WORDS)?.split_once(' ')?;
    milliseconds.parse().ok()
}

async fn measure(server: &str, site: &Site, load: Load) -> Result<Round> {
    let schedule = load.schedule;
    let mut links = try_join_all((0..load.clients).map(|_| prepared(site))).await?;
    let before = Reading::take(load.process)?;
    let watching = links.iter_mut().map(|link| watch(link, schedule));
    let seen = join_all(watching).await;
    let after = Reading::take(load.process)?;
    Ok(summarise(server, schedule, (&before, &after), &seen))
}

async fn prepared(site: &Site) -> Result<Link> {
    let mut link = Link::open(site, STATE).await?;
    let prepare = Call {
        effect: Some(json!(COUNT_START)),
        ..Call::prepare()
    };
    link.call(&prepare).await?;
    Ok(link)
}

/// Starts a task and follows it to its end.
async fn watch(link: &mut Link, schedule: Schedule) -> Seen {
    let mut seen = Seen::default();
    let watched = timeout(
        schedule.length + END_TIMEOUT,
        follow(link, schedule, &mut seen),
    );
    match watched.await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => seen.error = Some(format!("{error:#}")),
        Err(_) => seen.error = Some(format!("the end did not come within {END_TIMEOUT:?}")),
    }
    seen
}

async fn follow(link: &mut Link, schedule: Schedule, seen: &mut Seen) -> Result<()> {
    link.send(&schedule.start()).await?;
    while seen.late_ms.is_none() {
        let change = link.change().await?;
        seen.received += change.received;
        seen.take_in(&change.content);
    }
    Ok(())
}

/// The CPU times at one moment.
struct Reading {
    moment: Instant,
    server: Duration,
    client: Duration,
}

impl Reading {
    fn take(server: u32) -> Result<Self> {
        Ok(Self {
            moment: Instant::now(),
            server: cpu::of_tree(server)?,
            client: cpu::of_process(std::process::id())?,
        })
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of one run are far below 2^52"
)]
fn summarise(
    server: &str,
    schedule: Schedule,
    (before, after): (&Reading, &Reading),
    clients: &[Seen],
) -> Round {
    let wall_seconds = after.moment.duration_since(before.moment).as_secs_f64();
    let server_seconds = after.server.saturating_sub(before.server).as_secs_f64();
    let client_seconds = after.client.saturating_sub(before.client).as_secs_f64();
    let updates = (clients.len() as u64 * schedule.updates) as f64;
    let values_seen = || clients.iter().map(|seen| seen.counts.len());
    let late_ms = || clients.iter().filter_map(|seen| seen.late_ms);
    let sum = |part: fn(&Received) -> u64| -> u64 {
        clients.iter().map(|seen| part(&seen.received)).sum()
    };
    Round {
        server: server.to_owned(),
        clients: clients.len(),
        seconds: schedule.length.as_secs_f64(),
        updates: schedule.updates,
        final_values: clients
            .iter()
            .filter(|seen| seen.has_final(schedule))
            .count(),
        values_seen_median: median(values_seen().map(|count| count as f64)),
        values_seen_min: values_seen().min().unwrap_or(0),
        late_ms_median: median(late_ms()),
        late_ms_max: late_ms().fold(f64::NEG_INFINITY, f64::max),
        cpu_us_per_update: server_seconds * 1e6 / updates,
        frames_per_update: sum(|received| received.frames) as f64 / updates,
        bytes_per_update: sum(|received| received.bytes) as f64 / updates,
        wall_seconds,
        server_cpu_share: server_seconds / wall_seconds,
        client_cpu_share: client_seconds / wall_seconds,
        first_error: clients.iter().find_map(|seen| seen.error.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ferroflex::FerroflexSite;
    use crate::mock::{Fault, serve};

    async fn run(fault: Fault) -> Round {
        let (url, _serving) = serve(fault).await.unwrap();
        let site = Site::Ferroflex(Box::new(FerroflexSite::fetch(&url).await.unwrap()));
        let load = Load {
            clients: 3,
            schedule: Schedule::new(200, Duration::from_millis(200)).unwrap(),
            process: std::process::id(),
        };
        measure("ferroflex", &site, load).await.unwrap()
    }

    #[tokio::test]
    async fn every_value_of_a_right_server_is_seen() {
        let round = run(Fault::None).await;
        assert_eq!((round.final_values, round.clients), (3, 3), "{round:?}");
        assert_eq!((round.updates, round.values_seen_min), (40, 40));
        assert!((round.late_ms_max - 1.5).abs() < 1e-9, "{round:?}");
        // The acknowledgement and the summary are frames as well.
        assert!((round.frames_per_update - 42.0 / 40.0).abs() < 1e-9);
        verdict(&[round]).unwrap();
    }

    #[tokio::test]
    async fn a_lost_final_value_and_a_late_end_are_told() {
        for (fault, words) in [
            (Fault::LosesFinalValue, "3 of 3 final values were lost"),
            (Fault::EndsLate, "the schedule fell behind by 21 ms"),
        ] {
            let error = verdict(&[run(fault).await]).unwrap_err().to_string();
            assert_eq!(error, words, "{fault:?}");
        }
    }

    #[tokio::test]
    async fn a_task_that_cannot_start_loses_its_value() {
        let round = run(Fault::RefusesEvent).await;
        assert_eq!(round.final_values, 0);
        let error = round.first_error.clone().unwrap();
        assert!(table(&[round]).contains(&error), "{error}");
        assert!(error.contains("failed: no"), "{error}");
    }

    #[tokio::test]
    async fn the_other_server_may_be_late_and_is_compared() {
        let mut ours = run(Fault::None).await;
        let mut theirs = run(Fault::EndsLate).await;
        theirs.server = "reflex".to_owned();
        // Read in ticks of the clock, of which so short a run may take none.
        (ours.cpu_us_per_update, theirs.cpu_us_per_update) = (10.0, 30.0);
        let rounds = [ours, theirs];
        verdict(&rounds).unwrap();
        assert!(
            table(&rounds).ends_with("ratio 3.0x\n"),
            "{}",
            table(&rounds)
        );
    }

    #[test]
    fn the_lateness_is_read_from_the_words() {
        assert_eq!(lateness("late by 7378.021 ms"), Some(7378.021));
        assert_eq!(lateness("count 5"), None);
    }
}
