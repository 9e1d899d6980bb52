//! Serving: from a listener until it is told to stop.
//!
//! Not here: what is answered (`site`).

use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ferroflex_session::Script;
use ferroflex_session::limits::SWEEP_S;
use futures_util::future::{BoxFuture, join, join_all};
use tokio::net::TcpListener;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::api::Api;
use crate::app::App;
use crate::error::ServerError;
use crate::exposition;
use crate::limits::{API_START_MS_MAX, API_STOP_MS_MAX, FLUSH_MS_MAX, SHUTDOWN_MS_MAX};
use crate::mount::{Options, Served};
use crate::progress::{Counting, Peer};
use crate::site::{self, SharedSite, Site};
use crate::upload;

/// The end of the server, as its sockets see it.
#[derive(Clone, Default)]
pub(crate) struct Life {
    /// Cancelled when the server was asked to stop.
    pub(crate) leaving: CancellationToken,
    /// Cancelled when the server stops.
    pub(crate) stopping: CancellationToken,
    /// Counts the sockets that are open.
    pub(crate) sockets: TaskTracker,
}

/// Serves the apps until `shutdown` is ready; then, after the notice that the options ask for, no
/// more connections are taken, sockets are closed with 1012, the sessions are stored, requests
/// under way are finished, and what is not done within [`SHUTDOWN_MS_MAX`] is left.
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
    let notice = options.notice;
    let site = Arc::new(Site::new(apps, options, &life)?);
    site.live().for_each(|app| app.hub.start());
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
        () = leave(shutdown, &life, notice) => {}
    }
    life.sockets.close();
    let end = async {
        life.sockets.wait().await;
        serving.await
    };
    let end = timeout(Duration::from_millis(SHUTDOWN_MS_MAX), end);
    let ((), ended) = join(store_all(&site), end).await;
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

/// Waits until the server is to stop, gives notice of it, and has it stop.
async fn leave(shutdown: impl Future<Output = ()>, life: &Life, notice: Duration) {
    shutdown.await;
    life.leaving.cancel();
    sleep(notice).await;
    life.stopping.cancel();
}

/// Has the sessions of all apps stored, and given to whoever asks for them next.
async fn store_all<S: Script>(site: &Site<S>) {
    let until = Instant::now() + Duration::from_millis(FLUSH_MS_MAX);
    let flush = async |app: &Arc<App<S>>| {
        if !app.hub.flush(until).await {
            let app = &app.name;
            tracing::warn!(
                app,
                "some sessions were not stored in time; their clients replay"
            );
        }
    };
    join_all(site.live().map(flush)).await;
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
        exposition::sum_up();
        for app in site.live() {
            let dropped = app.hub.sweep();
            if dropped > 0 {
                tracing::debug!(app = app.name, dropped, "idle sessions dropped");
            }
        }
    }
}
