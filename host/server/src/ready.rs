//! What `/readyz` tells: whether this instance is to be given visitors.
//!
//! Not here: how the apps fare (`health`), which is told of an instance that has to stay as it is.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use ferroflex_session::Script;
use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::app::App;
use crate::limits::READY_STORE_MS_MAX;
use crate::site::SharedSite;

/// Status 200 while the instance can serve; else 503 with the reasons: it is leaving, an app's
/// store does not answer, or takes nothing, an app's threads are dead.
pub(crate) async fn ready<S: Script>(
    State(site): State<SharedSite<S>>,
) -> (StatusCode, Json<Value>) {
    let mut reasons = Vec::new();
    if site.life.leaving.is_cancelled() || site.life.stopping.is_cancelled() {
        reasons.push(json!({"reason": "the server is stopping"}));
    }
    let told = join_all(site.live().map(reasons_of)).await;
    reasons.extend(told.into_iter().flatten());
    if reasons.is_empty() {
        (StatusCode::OK, Json(json!({"status": "ready"})))
    } else {
        let told = json!({"status": "not ready", "reasons": reasons});
        (StatusCode::SERVICE_UNAVAILABLE, Json(told))
    }
}

/// Why an app cannot serve.
async fn reasons_of<S: Script>(app: &Arc<App<S>>) -> Vec<Value> {
    let told = |reason: String| json!({"app": app.name, "reason": reason});
    let is_dead = |probe: &dyn Fn() -> Value| probe()["status"] == "dead";
    let mut reasons = Vec::new();
    if app.health.as_ref().is_some_and(|probe| is_dead(&**probe)) {
        reasons.push(told("the threads that run Python are dead".to_owned()));
    }
    if let Some(store) = app.hub.store() {
        match timeout(Duration::from_millis(READY_STORE_MS_MAX), store.check()).await {
            Ok(Ok(())) => {
                let failure = app.hub.store_failure();
                reasons.extend(failure.map(|error| told(error.to_string())));
            }
            Ok(Err(error)) => reasons.push(told(error.to_string())),
            Err(_) => reasons.push(told(format!(
                "the {} store did not answer for {READY_STORE_MS_MAX} ms",
                store.kind()
            ))),
        }
    }
    reasons
}
