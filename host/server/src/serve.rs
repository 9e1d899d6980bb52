//! Serving: from a listener until it is told to stop.
//!
//! Not here: what is answered (`site`).

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use ferroflex_session::Script;
use ferroflex_session::limits::SWEEP_S;
use futures_util::future::{BoxFuture, join_all};
use tokio::net::TcpListener;
use tokio::time::{MissedTickBehavior, interval, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::api::Api;
use crate::error::ServerError;
use crate::limits::{API_START_MS_MAX, API_STOP_MS_MAX, SHUTDOWN_MS_MAX};
use crate::mount::{Options, Served};
use crate::progress::{Counting, Peer};
use crate::site::{self, SharedSite, Site};
use crate::upload;

/// The end of the server, as its sockets see it.
#[derive(Clone, Default)]
pub(crate) struct Life {
    /// Cancelled when the server stops.
    pub(crate) stopping: CancellationToken,
    /// Counts the sockets that are open.
    pub(crate) sockets: TaskTracker,
}

/// Serves the apps until `shutdown` is ready; then sockets are closed with 1012, requests under way
/// are finished, and what is not done within [`SHUTDOWN_MS_MAX`] is left.
///
/// One app alone may have the base `""`; several have a path each, and `/` lists them.
///
/// # Errors
/// When two apps want the same path, a page has a route that cannot be served, or the listener
/// fails.
pub async fn serve<S: Script>(
    listener: TcpListener,
    apps: Vec<Served<S>>,
    options: Options,
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServerError> {
    let life = Life::default();
    let site = Arc::new(Site::new(apps, options, &life)?);
    let started = of_all(&site, Api::start);
    if timeout(Duration::from_millis(API_START_MS_MAX), started)
        .await
        .is_err()
    {
        tracing::warn!("what an app begins with the server is not ready; connections are taken");
    }
    tokio::spawn(sweep(Arc::clone(&site), life.stopping.clone()));
    tokio::spawn(prepare(Arc::clone(&site), life.stopping.clone()));
    let listener = Counting(listener);
    let router = site::router(&site).into_make_service_with_connect_info::<Peer>();
    let stopped = life.stopping.clone().cancelled_owned();
    let serving = axum::serve(listener, router).with_graceful_shutdown(stopped);
    let mut serving = pin!(serving.into_future());
    tokio::select! {
        served = &mut serving => {
            life.stopping.cancel();
            return Ok(served?);
        }
        () = shutdown => life.stopping.cancel(),
    }
    life.sockets.close();
    let end = async {
        life.sockets.wait().await;
        serving.await
    };
    let ended = timeout(Duration::from_millis(SHUTDOWN_MS_MAX), end).await;
    let stopped = of_all(&site, Api::stop);
    if timeout(Duration::from_millis(API_STOP_MS_MAX), stopped)
        .await
        .is_err()
    {
        tracing::warn!("what an app began with the server did not end in time and is cut");
    }
    upload::clear().await;
    let Ok(served) = ended else {
        tracing::warn!("some connections did not end in time and are cut");
        return Ok(());
    };
    Ok(served?)
}

/// Starts or stops what lives as long as the server, of all apps at once.
async fn of_all<S: Script>(site: &Site<S>, what: impl Fn(&dyn Api) -> BoxFuture<'static, ()>) {
    let apis = site.live().filter_map(|app| app.api.as_deref());
    join_all(apis.map(what)).await;
}

/// Gets the apps' front pages ready, one after the other, unless the server stops before.
async fn prepare<S: Script>(site: SharedSite<S>, stopping: CancellationToken) {
    for app in site.live() {
        if stopping.run_until_cancelled(app.prepare()).await.is_none() {
            return;
        }
    }
}

/// Drops idle sessions until the server stops.
async fn sweep<S: Script>(site: SharedSite<S>, stopping: CancellationToken) {
    let mut ticks = interval(Duration::from_secs(SWEEP_S));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while stopping.run_until_cancelled(ticks.tick()).await.is_some() {
        for app in site.live() {
            let dropped = app.hub.sweep();
            if dropped > 0 {
                tracing::debug!(app = app.name, dropped, "idle sessions dropped");
            }
        }
    }
}
