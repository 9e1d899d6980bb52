//! An async handler that never stops and never waits either. In Reflex the others get slower, and
//! it spins on when its user is long gone.

use std::time::Duration;

use anyhow::Result;
use serde_json::json;
use tokio::time::sleep;

use crate::others::{CLICK, CLICK_ASYNC, unhurt};
use crate::support::Running;

/// How long it is watched.
const WATCHED: Duration = Duration::from_secs(2);

#[tokio::test]
async fn an_async_handler_that_only_yields_leaves_the_loop_to_others() -> Result<()> {
    let running = Running::start("blocking", &[]).await?;
    let mut tab = running.tab().await?;
    tab.send("Busy.spins", json!([])).await?;
    for click in [CLICK, CLICK_ASYNC] {
        unhurt(&running, click, async || {
            sleep(WATCHED).await;
            Ok(())
        })
        .await?;
    }
    assert_eq!(running.health().await?["status"], "ok");
    Ok(())
}
