//! What a measurement says, and how two of them are compared. Numbers only; measuring and printing
//! to a terminal or a file happen elsewhere.

use std::fmt::Write;

use serde::Serialize;

/// One scenario, measured once. Field names are those of the JSON.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Measurement {
    /// The scenario's name.
    pub(crate) scenario: String,
    /// Clients at the same time.
    pub(crate) clients: usize,
    /// The time measured.
    pub(crate) seconds: f64,
    /// Events that ended in that time.
    pub(crate) events: u64,
    /// The same, a second.
    pub(crate) events_per_second: f64,
    /// From sending an event to having its effect: half of the events took less.
    pub(crate) latency_p50_ms: f64,
    /// 99 of 100 took less.
    pub(crate) latency_p99_ms: f64,
    /// Text of the frames received.
    pub(crate) bytes_received_per_event: f64,
    /// Frames received.
    pub(crate) frames_received_per_event: f64,
    /// User and system time of the server and its child processes.
    pub(crate) cpu_us_per_event: Option<f64>,
    /// Cores that the server used; 1 is one core.
    pub(crate) server_cpu_share: Option<f64>,
    /// Cores that this client used. Near 1, the client is what is measured.
    pub(crate) client_cpu_share: f64,
    /// Clients that failed, or whose check did not hold.
    pub(crate) errors: usize,
    /// What the first of them said.
    pub(crate) first_error: Option<String>,
}

/// The rounds of one scenario on one server.
#[derive(Debug, Serialize)]
pub(crate) struct Series {
    /// The server's name.
    pub(crate) server: String,
    /// The rounds, in their order.
    pub(crate) rounds: Vec<Measurement>,
}

/// One scenario on both servers.
#[derive(Debug, Serialize)]
pub(crate) struct Comparison {
    /// The scenario's name.
    pub(crate) scenario: String,
    /// Ferroflex, Reflex, or both, in this order.
    pub(crate) series: Vec<Series>,
    /// How the second does against the first; none when only one ran.
    pub(crate) ratios: Option<Ratios>,
}

/// Medians over the rounds of the ratio within a round, which machine-wide drift does not touch.
#[derive(Debug, Serialize)]
pub(crate) struct Ratios {
    /// The second's CPU time an event over the first's.
    pub(crate) cpu: f64,
    /// The first's events a second over the second's.
    pub(crate) events_per_second: f64,
    /// The second's median latency over the first's.
    pub(crate) latency_p50: f64,
    /// The second's 99th percentile over the first's.
    pub(crate) latency_p99: f64,
    /// The second's bytes an event over the first's.
    pub(crate) bytes: f64,
}

impl Comparison {
    /// Puts the series together and computes the ratios when there are two.
    pub(crate) fn new(scenario: &str, series: Vec<Series>) -> Self {
        let ratios = match series.as_slice() {
            [ours, theirs] => Some(Ratios::between(&ours.rounds, &theirs.rounds)),
            _ => None,
        };
        Self {
            scenario: scenario.to_owned(),
            series,
            ratios,
        }
    }

    /// Clients that failed, in all rounds.
    pub(crate) fn errors(&self) -> usize {
        self.series
            .iter()
            .flat_map(|series| &series.rounds)
            .map(|round| round.errors)
            .sum()
    }
}

impl Ratios {
    fn between(ours: &[Measurement], theirs: &[Measurement]) -> Self {
        let times = |value: fn(&Measurement) -> f64| {
            median(
                theirs
                    .iter()
                    .zip(ours)
                    .map(|(theirs, ours)| value(theirs) / value(ours)),
            )
        };
        Self {
            cpu: times(|round| round.cpu_us_per_event.unwrap_or(f64::NAN)),
            events_per_second: times(|round| 1.0 / round.events_per_second),
            latency_p50: times(|round| round.latency_p50_ms),
            latency_p99: times(|round| round.latency_p99_ms),
            bytes: times(|round| round.bytes_received_per_event),
        }
    }
}

/// Measurements of one server as a table.
pub(crate) fn list(measurements: &[Measurement]) -> String {
    let mut text = heading();
    for measurement in measurements.chunks(1) {
        text.push_str(&row("", measurement));
        text.push_str(&failure(measurement));
    }
    text
}

/// All comparisons as a table: medians over the rounds, and a line of ratios a scenario.
pub(crate) fn table(comparisons: &[Comparison]) -> String {
    let mut text = heading();
    for comparison in comparisons {
        for series in &comparison.series {
            text.push_str(&row(&series.server, &series.rounds));
            text.push_str(&failure(&series.rounds));
        }
        if let Some(ratios) = &comparison.ratios {
            text.push_str(&ratio_row(&comparison.scenario, ratios));
        }
    }
    text
}

fn heading() -> String {
    format!(
        "{:<12} {:<10} {:>9} {:>10} {:>9} {:>9} {:>10} {:>8} {:>7} {:>7}\n",
        "scenario",
        "server",
        "events/s",
        "CPU us/ev",
        "p50 ms",
        "p99 ms",
        "bytes/ev",
        "frames",
        "server",
        "client"
    )
}

fn row(server: &str, rounds: &[Measurement]) -> String {
    let middle = |value: fn(&Measurement) -> f64| median(rounds.iter().map(value));
    format!(
        "{:<12} {:<10} {:>9.0} {:>10.1} {:>9.2} {:>9.2} {:>10.0} {:>8.1} {:>7.2} {:>7.2}\n",
        rounds.first().map_or("", |round| round.scenario.as_str()),
        server,
        middle(|round| round.events_per_second),
        middle(|round| round.cpu_us_per_event.unwrap_or(f64::NAN)),
        middle(|round| round.latency_p50_ms),
        middle(|round| round.latency_p99_ms),
        middle(|round| round.bytes_received_per_event),
        middle(|round| round.frames_received_per_event),
        middle(|round| round.server_cpu_share.unwrap_or(f64::NAN)),
        middle(|round| round.client_cpu_share),
    )
}

fn ratio_row(scenario: &str, ratios: &Ratios) -> String {
    format!(
        "{scenario:<12} {:<10} {:>8.1}x {:>9.1}x {:>8.1}x {:>8.1}x {:>9.1}x\n",
        "ratio",
        ratios.events_per_second,
        ratios.cpu,
        ratios.latency_p50,
        ratios.latency_p99,
        ratios.bytes
    )
}

fn failure(rounds: &[Measurement]) -> String {
    let mut text = String::new();
    for round in rounds.iter().filter(|round| round.errors > 0) {
        let first = round.first_error.as_deref().unwrap_or_default();
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "  {} of {} clients failed: {first}",
            round.errors, round.clients
        );
    }
    text
}

/// The middle of the values, or of the two in the middle; not a number when there are none.
pub(crate) fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    match sorted.get(half) {
        None => f64::NAN,
        Some(upper) if sorted.len() % 2 == 1 => *upper,
        Some(upper) => f64::midpoint(sorted[half - 1], *upper),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(events_per_second: f64, cpu_us_per_event: f64) -> Measurement {
        Measurement {
            scenario: "counter".to_owned(),
            clients: 10,
            seconds: 1.0,
            events: 1,
            events_per_second,
            latency_p50_ms: 1.0,
            latency_p99_ms: 2.0,
            bytes_received_per_event: 100.0,
            frames_received_per_event: 1.0,
            cpu_us_per_event: Some(cpu_us_per_event),
            server_cpu_share: None,
            client_cpu_share: 0.1,
            errors: 0,
            first_error: None,
        }
    }

    fn series(server: &str, rounds: Vec<Measurement>) -> Series {
        Series {
            server: server.to_owned(),
            rounds,
        }
    }

    #[test]
    fn ratios_are_taken_within_rounds() {
        let ours = series(
            "ferroflex",
            vec![round(1000.0, 10.0), round(500.0, 20.0), round(1000.0, 10.0)],
        );
        let theirs = series(
            "reflex",
            vec![round(100.0, 100.0), round(50.0, 200.0), round(200.0, 50.0)],
        );
        let ratios = Comparison::new("counter", vec![ours, theirs])
            .ratios
            .unwrap();
        assert!((ratios.cpu - 10.0).abs() < 1e-9, "{ratios:?}");
        assert!((ratios.events_per_second - 10.0).abs() < 1e-9, "{ratios:?}");
    }

    #[test]
    fn the_median_of_an_even_number_lies_between() {
        assert!((median([4.0, 1.0, 3.0, 2.0].into_iter()) - 2.5).abs() < 1e-9);
        assert!(median(std::iter::empty()).is_nan());
    }

    #[test]
    fn a_failure_is_told_in_the_table() {
        let mut failed = round(1.0, 1.0);
        (failed.errors, failed.first_error) = (2, Some("count 5 never came".to_owned()));
        let comparison = Comparison::new("counter", vec![series("reflex", vec![failed])]);
        assert_eq!(comparison.errors(), 2);
        assert!(table(&[comparison]).contains("2 of 10 clients failed: count 5 never came"));
    }
}
