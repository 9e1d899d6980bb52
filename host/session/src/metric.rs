//! Every metric of the process: its name, its labels, what it means.
//!
//! Labels have few values, all of them of the host's making: the app, an outcome, an operation, a
//! close code. Handlers and visitors are in the log's spans instead. Here, since all crates that
//! measure something know this one. Not here: the text in which metrics are told (the server).

use std::time::Duration;

use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, histogram};

use crate::script::Outcome;

/// Sessions by `app` and `state`: `live` in the interpreter, `parked` as a snapshot; and those
/// among them that are `connected`.
pub const SESSIONS: &str = "ferroflex_sessions";
/// What waits for its turn, by `app` and `queue`: `events`, `sections` of background tasks.
pub const QUEUED: &str = "ferroflex_queued";
/// Python threads by `app` and `state`: `alive`, `lost` to native code.
pub const WORKERS: &str = "ferroflex_workers";
/// Events whose handling has ended, by `outcome`: `done`, `failed`, `refused`, `lost`.
pub const EVENTS: &str = "ferroflex_events_total";
/// From a handler's turn to its end.
pub const HANDLER_SECONDS: &str = "ferroflex_handler_seconds";
/// The size of a patch.
pub const PATCH_BYTES: &str = "ferroflex_patch_bytes";
/// For how long all Python waited for a garbage collection, by `generation`: `young`,
/// `middle`, `full`.
pub const COLLECTOR_PAUSE_SECONDS: &str = "ferroflex_collector_pause_seconds";
/// How long the store took, by `store` and `operation`.
pub const STORE_SECONDS: &str = "ferroflex_store_seconds";
/// What the store could not do, by `store` and `operation`.
pub const STORE_FAILURES: &str = "ferroflex_store_failures_total";
/// Pages by what became of their HTML, by `outcome`: `kept` from before, `made`, `left` to the
/// browser.
pub const RENDERS: &str = "ferroflex_renders_total";
/// How long pages took to render that were not kept.
pub const RENDER_SECONDS: &str = "ferroflex_render_seconds";
/// Open sockets.
pub const SOCKETS: &str = "ferroflex_sockets";
/// Sockets that were opened.
pub const SOCKETS_OPENED: &str = "ferroflex_sockets_opened_total";
/// Sockets that ended, by close `code`; `none` where nobody was left to read one.
pub const SOCKETS_CLOSED: &str = "ferroflex_sockets_closed_total";
/// Requests by `class` of the status: `1xx` to `5xx`.
pub const REQUESTS: &str = "ferroflex_http_requests_total";

/// Upper ends of the buckets of [`HANDLER_SECONDS`] and [`RENDER_SECONDS`]: from what Python can do
/// at all to the time budget's default.
pub const HANDLER_SECONDS_BUCKETS: &[f64] = &[
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];
/// Upper ends of the buckets of [`STORE_SECONDS`] and [`COLLECTOR_PAUSE_SECONDS`]: from a round trip
/// within a machine to what users take for a fault.
pub const WAIT_SECONDS_BUCKETS: &[f64] = &[
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5,
];
/// Upper ends of the buckets of [`PATCH_BYTES`]: from one number to the size of a ring.
pub const PATCH_BYTES_BUCKETS: &[f64] = &[
    64.0,
    128.0,
    256.0,
    512.0,
    1024.0,
    4096.0,
    16384.0,
    65536.0,
    262_144.0,
    1_048_576.0,
];

/// The histograms with their buckets.
pub const HISTOGRAMS: [(&str, &[f64]); 5] = [
    (HANDLER_SECONDS, HANDLER_SECONDS_BUCKETS),
    (RENDER_SECONDS, HANDLER_SECONDS_BUCKETS),
    (STORE_SECONDS, WAIT_SECONDS_BUCKETS),
    (COLLECTOR_PAUSE_SECONDS, WAIT_SECONDS_BUCKETS),
    (PATCH_BYTES, PATCH_BYTES_BUCKETS),
];

/// Tells the recorder what each metric means.
pub fn describe() {
    let seconds = Unit::Seconds;
    describe_gauge!(SESSIONS, "sessions of an app, by state");
    describe_gauge!(QUEUED, "what waits for its turn in an app, by queue");
    describe_gauge!(WORKERS, "threads that run an app's Python, by state");
    describe_counter!(EVENTS, "events whose handling has ended, by outcome");
    describe_histogram!(HANDLER_SECONDS, seconds, "from a handler's turn to its end");
    describe_histogram!(PATCH_BYTES, Unit::Bytes, "the size of a patch");
    let pause = "for how long all Python waited for a garbage collection";
    describe_histogram!(COLLECTOR_PAUSE_SECONDS, seconds, pause);
    describe_histogram!(
        STORE_SECONDS,
        seconds,
        "how long the store took, by operation"
    );
    describe_counter!(STORE_FAILURES, "what the store could not do, by operation");
    describe_counter!(RENDERS, "pages by what became of their HTML");
    describe_histogram!(RENDER_SECONDS, seconds, "how long a page took to render");
    describe_gauge!(SOCKETS, "open sockets");
    describe_counter!(SOCKETS_OPENED, "sockets that were opened");
    describe_counter!(SOCKETS_CLOSED, "sockets that ended, by close code");
    describe_counter!(REQUESTS, "requests by class of the status");
}

/// Notes that an event's turn has ended, after so long.
pub(crate) fn event(outcome: Option<&Outcome>, took: Duration) {
    let outcome = match outcome {
        Some(Outcome::Done(_)) => "done",
        Some(Outcome::Failed { .. }) => "failed",
        Some(Outcome::Refused(_)) => "refused",
        Some(Outcome::State(_)) | None => "lost",
    };
    counter!(EVENTS, "outcome" => outcome).increment(1);
    histogram!(HANDLER_SECONDS).record(took);
}

/// Notes a patch of so many bytes.
#[expect(clippy::cast_precision_loss, reason = "a size is far below 2^52 bytes")]
pub(crate) fn patch(bytes: usize) {
    histogram!(PATCH_BYTES).record(bytes as f64);
}
