//! `/metrics`: what the process has measured, in Prometheus' text form.
//!
//! What is counted as it happens is in the recorder; what only stands at a moment is looked up when
//! somebody asks. Not here: the names and their meanings (`ferroflex_session::metric`).

use std::sync::OnceLock;

use axum::Extension;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use ferroflex_session::metric::{self, HISTOGRAMS, QUEUED, SESSIONS, SOCKETS, WORKERS};
use ferroflex_session::{Census, Script};
use metrics::gauge;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::app::App;
use crate::caller::Caller;
use crate::error::ServerError;
use crate::html;
use crate::mount::Audience;
use crate::site::SharedSite;

/// The version of the text form.
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The recorder of the process.
static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();

/// Begins to measure. Without it nothing is kept of what the process measures.
///
/// # Errors
/// When another recorder is at work already.
pub fn record() -> Result<(), ServerError> {
    if RECORDER.get().is_some() {
        return Ok(());
    }
    let failed = |error: &dyn std::fmt::Display| ServerError::Recorder {
        reason: error.to_string(),
    };
    let mut builder = PrometheusBuilder::new();
    for (name, buckets) in HISTOGRAMS {
        let name = Matcher::Full(name.to_owned());
        let with = builder.set_buckets_for_metric(name, buckets);
        builder = with.map_err(|error| failed(&error))?;
    }
    let recorder = builder.install_recorder().map_err(|error| failed(&error))?;
    metric::describe();
    _ = RECORDER.set(recorder);
    Ok(())
}

/// Takes what was measured since the last time into the sums. To be called now and then, since
/// otherwise only `/metrics` does.
pub(crate) fn sum_up() {
    if let Some(recorder) = RECORDER.get() {
        recorder.run_upkeep();
    }
}

/// The text, for whoever may see it; nobody else is told that there is any.
pub(crate) async fn tell<S: Script>(
    State(site): State<SharedSite<S>>,
    Extension(caller): Extension<Caller>,
) -> Response {
    let may_see = match site.options.metrics_for {
        Audience::Nobody => false,
        Audience::Local => caller.is_local,
        Audience::Anyone => true,
    };
    let Some(recorder) = RECORDER.get().filter(|_| may_see) else {
        return html::not_found("/metrics", "/");
    };
    if let Ok(open) = u32::try_from(site.life.sockets.len()) {
        gauge!(SOCKETS).set(open);
    }
    for app in site.live() {
        look_at(app);
    }
    let kind = [(header::CONTENT_TYPE, TEXT)];
    (StatusCode::OK, kind, recorder.render()).into_response()
}

/// Notes what stands in an app at this moment.
fn look_at<S: Script>(app: &App<S>) {
    let Census {
        live,
        parked,
        connected,
        events,
        sections,
    } = app.hub.census();
    for (state, count) in [("live", live), ("parked", parked), ("connected", connected)] {
        gauge!(SESSIONS, "app" => app.name.clone(), "state" => state).set(number(count));
    }
    for (queue, count) in [("events", events), ("sections", sections)] {
        gauge!(QUEUED, "app" => app.name.clone(), "queue" => queue).set(number(count));
    }
    let Some(health) = app.health.as_ref().map(|probe| probe()) else {
        return;
    };
    for state in ["alive", "lost"] {
        if let Some(count) = health["threads"][state].as_f64() {
            gauge!(WORKERS, "app" => app.name.clone(), "state" => state).set(count);
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "what is counted is far below 2^52"
)]
fn number(count: usize) -> f64 {
    count as f64
}
