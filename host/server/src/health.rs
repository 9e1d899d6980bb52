//! What `/healthz` tells: which apps are served, and how their script hosts fare.
//!
//! Not here: metrics over time.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use ferroflex_session::Script;
use serde_json::{Value, json};

use crate::site::{Place, SharedSite};

/// The state of the server as JSON. `degraded` when an app could not be loaded, or its script host
/// says that it is not well; `dead`, with status 503, when one says that only a new process helps.
pub(crate) async fn health<S: Script>(
    State(site): State<SharedSite<S>>,
) -> (StatusCode, Json<Value>) {
    let apps: Vec<Value> = site.places.iter().map(tell).collect();
    let fares = |state: &str| apps.iter().any(|app| app["script"]["status"] == state);
    let all_live = site
        .places
        .iter()
        .all(|place| matches!(place, Place::Live(_)));
    let (code, status) = if fares("dead") {
        (StatusCode::SERVICE_UNAVAILABLE, "dead")
    } else if fares("degraded") || !all_live {
        (StatusCode::OK, "degraded")
    } else {
        (StatusCode::OK, "ok")
    };
    (code, Json(json!({"status": status, "apps": apps})))
}

fn tell<S: Script>(place: &Place<S>) -> Value {
    match place {
        Place::Live(app) => {
            let script = app.health.as_ref().map_or(Value::Null, |probe| probe());
            json!({
                "name": app.name, "base": app.base, "status": "live", "build": app.hub.build(),
                "sessions": app.hub.session_count(), "script": script,
            })
        }
        Place::Failed(failed) => json!({
            "name": failed.name, "base": failed.base, "status": "failed", "kind": failed.kind,
        }),
    }
}
