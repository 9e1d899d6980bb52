//! The other users: what their clicks take while something goes wrong beside them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use ferroflex_tests::site::Site;
use serde_json::json;
use tokio::sync::{Mutex, MutexGuard};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use crate::support::Running;
use crate::tab::Tab;

/// A handler that any thread can run at once.
pub(crate) const CLICK: &str = "Clicks.click";
/// A handler that the event loop runs.
pub(crate) const CLICK_ASYNC: &str = "Clicks.click_async";

/// The other users, and how long each waits between its clicks.
const USERS: usize = 4;
const PAUSE: Duration = Duration::from_millis(2);

/// Fewer clicks tell nothing of the slowest in a hundred; and who waits does not click.
const CLICKS_MIN: usize = 500;

/// For how long they click before anything goes wrong.
const BEFORE: Duration = Duration::from_secs(1);

/// What the slowest click in a hundred may take; on a busy machine, so many times of what it took
/// just before.
const P99_MAX: Duration = Duration::from_millis(20);
const P99_RATIO_MAX: u32 = 5;

/// What no click may take: far less than any of the faults lasts.
const CLICK_MAX: Duration = Duration::from_millis(800);

/// Other work of the machine may spoil a round. What a handler does to others shows in each.
const ROUNDS: usize = 3;

/// Held while clicks are timed, so that no two tests spoil each other's.
static TIMING: Mutex<()> = Mutex::const_new(());

/// Waits until no other test times anything.
pub(crate) async fn alone() -> MutexGuard<'static, ()> {
    TIMING.lock().await
}

/// Lets something go wrong, and checks that the clicks of others take no longer for it.
pub(crate) async fn unhurt(
    running: &Running,
    click: &str,
    mut fault: impl AsyncFnMut() -> Result<()>,
) -> Result<()> {
    let _alone = alone().await;
    let mut seen = Vec::new();
    for _ in 0..ROUNDS {
        let others = Others::start(&running.site, click).await?;
        sleep(BEFORE).await;
        let before = others.stop().await?;
        let others = Others::start(&running.site, click).await?;
        fault().await?;
        let during = others.stop().await?;
        if during.are_like(&before) {
            return Ok(());
        }
        seen.push((before, during));
    }
    bail!("the others were hurt (before, during): {seen:?}");
}

/// What clicks took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Latencies {
    count: usize,
    /// What all but the slowest in a hundred took at most.
    p99: Duration,
    /// What the slowest took.
    pub(crate) max: Duration,
}

impl Latencies {
    fn are_like(&self, before: &Self) -> bool {
        self.count >= CLICKS_MIN
            && self.p99 <= P99_MAX.max(before.p99 * P99_RATIO_MAX)
            && self.max <= CLICK_MAX
    }
}

/// Users who click until they are told to stop.
pub(crate) struct Others {
    stopping: Arc<AtomicBool>,
    clicking: JoinSet<Result<Vec<Duration>>>,
}

impl Others {
    /// Opens their tabs and has them begin.
    pub(crate) async fn start(site: &Site, click: &str) -> Result<Self> {
        let stopping = Arc::new(AtomicBool::new(false));
        let mut clicking = JoinSet::new();
        for _ in 0..USERS {
            let tab = Tab::open(site).await?;
            clicking.spawn(clicks(tab, click.to_owned(), Arc::clone(&stopping)));
        }
        Ok(Self { stopping, clicking })
    }

    /// Has them end.
    pub(crate) async fn stop(mut self) -> Result<Latencies> {
        self.stopping.store(true, Ordering::Relaxed);
        let mut taken = Vec::new();
        while let Some(clicked) = self.clicking.join_next().await {
            taken.append(&mut clicked??);
        }
        taken.sort_unstable();
        let max = *taken.last().context("nobody clicked")?;
        let (count, p99) = (taken.len(), taken[taken.len() * 99 / 100]);
        Ok(Latencies { count, p99, max })
    }
}

/// What each click of a user took.
async fn clicks(mut tab: Tab, click: String, stopping: Arc<AtomicBool>) -> Result<Vec<Duration>> {
    let mut taken = Vec::new();
    while !stopping.load(Ordering::Relaxed) {
        let sent = Instant::now();
        tab.call(&click, json!([])).await?;
        taken.push(sent.elapsed());
        sleep(PAUSE).await;
    }
    Ok(taken)
}
