//! Clients that read too little of what they are sent. In Reflex it waits in memory without a
//! bound, 800 MB after a second, and the connection is not closed within a minute.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;
use tokio::time::{Instant, sleep, timeout};

use crate::others::{CLICK, unhurt};
use crate::support::Running;

/// What the process may grow by for one client: the frames that are kept, the one that is written,
/// the state, and what the allocator keeps. It does not depend on how much is streamed.
const GROWTH_MIB_MAX: u64 = 32;

/// What a client that reads everything is sent before, so that what the threads that run events keep
/// for themselves is not taken for growth.
const EVENTS_BEFORE: u64 = 40;

/// How often the memory is read.
const SAMPLE_INTERVAL: Duration = Duration::from_millis(100);

/// How long a client may take nothing, with a margin.
const CLOSED_BEFORE: Duration = Duration::from_secs(20);

/// What is streamed to one that never reads: frames, and their size in KiB. Those that are not sent
/// in time are dropped, all but the state at the end of an event; so as many events follow as make
/// more than the kernel keeps.
const FRAMES: u64 = 1_000;
const FRAME_KIB: u64 = 200;
const EVENTS_AFTER: u64 = 60;

/// What a background task pushes, 200 times a second.
const PUSHES: u64 = 400;
const PUSH_KIB: u64 = 50;

/// How long the last value may take to a slow reader.
const LAST_VALUE_BEFORE: Duration = Duration::from_mins(1);

/// The slow reader rests so long between two frames.
const REST: Duration = Duration::from_millis(40);

#[tokio::test]
async fn a_client_that_never_reads_is_closed_and_costs_little_until_then() -> Result<()> {
    let running = Running::start("streaming", &[]).await?;
    let before = rss_in_use(&running).await?;
    let (mut most, mut never_read) = (before, Vec::new());
    unhurt(&running, CLICK, async || {
        let mut tab = running.tab().await?;
        tab.send("Stream.stream", json!([FRAMES, FRAME_KIB]))
            .await?;
        for _ in 0..EVENTS_AFTER {
            tab.send("Stream.stream", json!([1, FRAME_KIB])).await?;
        }
        let end = Instant::now() + Duration::from_secs(3);
        while Instant::now() < end {
            most = most.max(running.rss_mib()?);
            sleep(SAMPLE_INTERVAL).await;
        }
        never_read.push(tab);
        Ok(())
    })
    .await?;
    let parts = ["WARN", "socket closed", "reads too slowly"];
    running.logged(&parts, CLOSED_BEFORE).await?;
    most = most.max(running.rss_mib()?);
    assert!(
        most - before < GROWTH_MIB_MAX,
        "{before} MiB grew to {most}"
    );
    Ok(())
}

/// The memory of a process that has served a client which takes all that it is sent.
async fn rss_in_use(running: &Running) -> Result<u64> {
    let mut tab = running.tab().await?;
    for _ in 0..EVENTS_BEFORE {
        tab.call("Stream.stream", json!([1, FRAME_KIB])).await?;
    }
    running.rss_mib()
}

#[tokio::test]
async fn a_client_that_reads_slowly_gets_the_last_value_of_a_fast_background_task() -> Result<()> {
    let running = Running::start("streaming", &[]).await?;
    let before = running.rss_mib()?;
    let mut tab = running.tab().await?;
    tab.send("Stream.push", json!([PUSHES, PUSH_KIB])).await?;
    let mut most = before;
    let deadline = Instant::now() + LAST_VALUE_BEFORE;
    while *tab.field("Stream.number")? != PUSHES {
        ensure!(Instant::now() < deadline, "the last value never came");
        tab.follow_one().await?;
        most = most.max(running.rss_mib()?);
        sleep(REST).await;
    }
    let text = tab.field("Stream.text")?.as_str().unwrap_or_default();
    assert!(text.starts_with(&format!("{PUSHES:06}x")), "an old text");
    assert!(
        tab.updates < PUSHES,
        "{} frames for {PUSHES} updates",
        tab.updates
    );
    assert!(
        most - before < GROWTH_MIB_MAX,
        "{before} MiB grew to {most}"
    );
    let more = timeout(Duration::from_millis(300), tab.follow_one()).await;
    assert!(more.is_err(), "something came after the last value");
    Ok(())
}
