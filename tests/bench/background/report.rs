//! What a round of background tasks says: its figures, the table, and whether a promise was broken.
//!
//! Not here: how the figures are found (`background`).

use std::fmt::Write;

use anyhow::{Result, bail};
use serde::Serialize;

use crate::report::median;

/// How far the end may fall behind the schedule, as a part of its length.
const LATENESS_SHARE_MAX: f64 = 0.1;

/// What was seen of one server in one round. Field names are those of the JSON.
#[derive(Debug, Serialize)]
pub(crate) struct Round {
    /// The server's name.
    pub(super) server: String,
    /// Clients at the same time.
    pub(super) clients: usize,
    /// The schedule's length.
    pub(super) seconds: f64,
    /// Updates that were pushed to each client.
    pub(super) updates: u64,
    /// Clients that received the last value before the end.
    pub(super) final_values: usize,
    /// How many of the values the median client received, the others having been overtaken.
    pub(super) values_seen_median: f64,
    /// The same of the client that received the fewest.
    pub(super) values_seen_min: usize,
    /// How late the median task ended by its own clock.
    pub(super) late_ms_median: f64,
    /// How late the last one did.
    pub(super) late_ms_max: f64,
    /// User and system time of the server and its child processes.
    pub(super) cpu_us_per_update: f64,
    /// Frames received.
    pub(super) frames_per_update: f64,
    /// Text of the frames received.
    pub(super) bytes_per_update: f64,
    /// From the first event sent to the last end received.
    pub(super) wall_seconds: f64,
    /// Cores that the server used; 1 is one core.
    pub(super) server_cpu_share: f64,
    /// Cores that this client used. Near 1, the client is what is measured.
    pub(super) client_cpu_share: f64,
    /// What the first client that failed said.
    pub(super) first_error: Option<String>,
}

/// The figures for a person, and the ratio of the CPU times when two servers were measured.
pub(crate) fn table(rounds: &[Round]) -> String {
    let mut text = format!(
        "{:<10} {:>8} {:>12} {:>18} {:>9} {:>9} {:>9} {:>7} {:>7} {:>7}\n",
        "server",
        "final",
        "seen (min)",
        "late ms p50 (max)",
        "CPU us/up",
        "frames/up",
        "bytes/up",
        "wall s",
        "server",
        "client"
    );
    for round in rounds {
        text.push_str(&row(round));
    }
    if let Some(ratio) = cpu_ratio(rounds) {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "CPU time an update: ratio {ratio:.1}x");
    }
    text
}

/// Whether Ferroflex did what it promises.
///
/// # Errors
/// When a client did not receive its last value, or a task ended late by more than a tenth.
pub(crate) fn verdict(rounds: &[Round]) -> Result<()> {
    for round in rounds.iter().filter(|round| round.server == "ferroflex") {
        if round.final_values < round.clients {
            let lost = round.clients - round.final_values;
            bail!("{lost} of {} final values were lost", round.clients);
        }
        if round.late_ms_max > round.seconds * 1000.0 * LATENESS_SHARE_MAX {
            bail!("the schedule fell behind by {:.0} ms", round.late_ms_max);
        }
    }
    Ok(())
}

fn row(round: &Round) -> String {
    let mut text = format!(
        "{:<10} {:>8} {:>12} {:>18} {:>9.1} {:>9.2} {:>9.0} {:>7.2} {:>7.2} {:>7.2}\n",
        round.server,
        format!("{}/{}", round.final_values, round.clients),
        format!(
            "{:.0} ({})",
            round.values_seen_median, round.values_seen_min
        ),
        format!("{:.1} ({:.1})", round.late_ms_median, round.late_ms_max),
        round.cpu_us_per_update,
        round.frames_per_update,
        round.bytes_per_update,
        round.wall_seconds,
        round.server_cpu_share,
        round.client_cpu_share,
    );
    if let Some(error) = &round.first_error {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  a client failed: {error}");
    }
    text
}

/// The median of the ratios within rounds, the second server's time over the first's.
fn cpu_ratio(rounds: &[Round]) -> Option<f64> {
    let of = |server: &'static str| {
        rounds
            .iter()
            .filter(move |round| round.server == server)
            .map(|round| round.cpu_us_per_update)
    };
    let ratios = of("ferroflex").zip(of("reflex"));
    let ratio = median(ratios.map(|(ours, theirs)| theirs / ours));
    ratio.is_finite().then_some(ratio)
}
