//! Handlers that hold their thread: they block, wait, loop, or compute in native code that nothing
//! can interrupt. Reflex stands still for all users then, and for good when the handler never ends.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::others::{CLICK, CLICK_ASYNC, Others, alone, unhurt};
use crate::support::Running;
use crate::tab::Tab;

/// How long the handlers block and wait.
const FAULT: Duration = Duration::from_secs(2);

/// The time budget where handlers compute, in seconds.
const BUDGET: &str = "1";

/// What the event loop may be held up by a handler that computes: its budget, and the time until
/// that is noticed on a busy machine.
const HELD_UP_MAX: Duration = Duration::from_secs(4);

/// How long it may take until a thread in native code is given up: the budget, the grace after it,
/// and again the time on a busy machine.
const GIVEN_UP_MAX: Duration = Duration::from_secs(15);

#[tokio::test]
async fn a_handler_that_blocks_is_noticed_by_its_own_user_only() -> Result<()> {
    let running = Running::start("blocking", &[]).await?;
    for click in [CLICK, CLICK_ASYNC] {
        unhurt(&running, click, async || {
            own_events_wait(&running, "Busy.blocks", "blocked").await
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_handler_that_waits_is_noticed_by_its_own_user_only() -> Result<()> {
    let running = Running::start("blocking", &[]).await?;
    for click in [CLICK, CLICK_ASYNC] {
        unhurt(&running, click, async || {
            own_events_wait(&running, "Busy.waits", "waited").await
        })
        .await?;
    }
    Ok(())
}

/// The next event of the same user waits its turn, and is not lost.
async fn own_events_wait(running: &Running, handler: &str, word: &str) -> Result<()> {
    let mut tab = running.tab().await?;
    let began = Instant::now();
    tab.send(handler, json!([FAULT.as_secs_f64()])).await?;
    let next = tab.send("Busy.note", json!(["next"])).await?;
    ensure!(tab.end_of(next).await?.is_none(), "the next event failed");
    ensure!(began.elapsed() >= FAULT, "the next event did not wait");
    assert_eq!(tab.field("Busy.log")?, &json!([word, "next"]));
    Ok(())
}

#[tokio::test]
async fn a_loop_without_an_end_is_interrupted_at_its_budget() -> Result<()> {
    let running = Running::start("blocking", &["--time-budget", BUDGET]).await?;
    for click in [CLICK, CLICK_ASYNC] {
        unhurt(&running, click, async || {
            is_interrupted(&running, "Busy.loops").await
        })
        .await?;
    }
    unhurt(&running, CLICK, async || {
        is_interrupted(&running, "Busy.loops_async").await
    })
    .await?;
    assert_eq!(running.health().await?["status"], "ok");
    running
        .logged(&["TimeBudgetExceeded"], Duration::ZERO)
        .await
}

#[tokio::test]
async fn an_async_loop_holds_up_the_other_async_handlers_for_its_budget_only() -> Result<()> {
    let running = Running::start("blocking", &["--time-budget", BUDGET]).await?;
    let _alone = alone().await;
    let others = Others::start(&running.site, CLICK_ASYNC).await?;
    is_interrupted(&running, "Busy.loops_async").await?;
    let clicks = others.stop().await?;
    assert!(clicks.max < HELD_UP_MAX, "{clicks:?}");
    Ok(())
}

/// The client is told, what was changed before is kept, and the session goes on.
async fn is_interrupted(running: &Running, handler: &str) -> Result<()> {
    let mut tab = running.tab().await?;
    told_of_the_budget(&tab.fail(handler, json!([])).await?);
    assert_eq!(tab.field("Busy.log")?, &json!(["looping"]));
    is_usable(&mut tab).await
}

fn told_of_the_budget(error: &Value) {
    assert_eq!(error["code"], "handler_failed", "{error}");
    let message = error["message"].as_str().unwrap_or_default();
    assert!(message.contains("TimeBudgetExceeded"), "{error}");
}

async fn is_usable(tab: &mut Tab) -> Result<()> {
    tab.call("Busy.note", json!(["after"])).await?;
    tab.call("Clicks.click_async", json!([])).await?;
    let log = tab.field("Busy.log")?.as_array();
    assert_eq!(log.and_then(|log| log.last()), Some(&json!("after")));
    Ok(())
}

#[tokio::test]
async fn native_code_without_an_end_costs_a_thread_that_is_replaced() -> Result<()> {
    let running = Running::start("blocking", &["--time-budget", BUDGET]).await?;
    unhurt(&running, CLICK, async || {
        is_given_up(&running, "Busy.computes").await
    })
    .await?;
    running.wait_for_health("degraded", Duration::ZERO).await
}

#[tokio::test]
async fn native_code_without_an_end_on_the_loop_costs_a_loop_that_is_replaced() -> Result<()> {
    let running = Running::start("blocking", &["--time-budget", BUDGET]).await?;
    unhurt(&running, CLICK, async || {
        is_given_up(&running, "Busy.computes_async").await
    })
    .await?;
    running.wait_for_health("degraded", Duration::ZERO).await
}

/// The client is told in time, and its session goes on.
async fn is_given_up(running: &Running, handler: &str) -> Result<()> {
    let mut tab = running.tab().await?;
    let began = Instant::now();
    let error = tab.fail(handler, json!([])).await?;
    ensure!(began.elapsed() < GIVEN_UP_MAX, "told too late: {error}");
    is_usable(&mut tab).await
}
