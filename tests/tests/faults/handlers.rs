//! Handlers that fail. In Reflex what a handler changed before it raised stays unsent until the
//! next event, unknown handlers are passed over in silence, and arguments of any type get through.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::others::{CLICK, unhurt};
use crate::support::Running;
use crate::tab::Tab;

/// How long the log may take.
const LOG_PATIENCE: Duration = Duration::from_secs(5);

/// For how long handlers fail while the others are watched.
const WATCHED: Duration = Duration::from_secs(2);

#[tokio::test]
async fn an_exception_is_told_and_what_was_changed_before_it_is_sent_at_once() -> Result<()> {
    let running = Running::start("failing", &[]).await?;
    for handler in ["raises", "raises_async"] {
        let mut tab = running.tab().await?;
        let error = tab.fail(&format!("Failing.{handler}"), json!([])).await?;
        assert_eq!(error["code"], "handler_failed", "{error}");
        assert_eq!(error["message"], "ValueError: as asked");
        // Nothing was sent after the event; all this came with it.
        assert_eq!(tab.field("Failing.text")?, "changed before");
        assert_eq!(tab.field("Failing.items")?, &json!([1]));
        tab.call("Clicks.click", json!([])).await?;
    }
    Ok(())
}

#[tokio::test]
async fn an_exception_is_in_the_log_with_its_event_and_place() -> Result<()> {
    let running = Running::start("failing", &[]).await?;
    let mut tab = running.tab().await?;
    tab.call("Clicks.click", json!([])).await?;
    tab.fail("Failing.indexes", json!([])).await?;
    let line = line_of("self.items[1_000]")?;
    let expected: [&[&str]; 2] = [
        &["failing.py", &format!("line {line},"), "in indexes"],
        &["IndexError: list index out of range", "event=2"],
    ];
    for parts in expected {
        running.logged(parts, LOG_PATIENCE).await?;
    }
    Ok(())
}

/// The number of the line of the app that holds this text.
fn line_of(text: &str) -> Result<usize> {
    let mut lines = include_str!("apps/failing.py").lines();
    let index = lines.position(|line| line.contains(text));
    Ok(index.context("no such line")? + 1)
}

#[tokio::test]
async fn an_unknown_handler_is_told() -> Result<()> {
    let running = Running::start("failing", &[]).await?;
    let mut tab = running.tab().await?;
    let event = tab.send_to(9_999, json!([])).await?;
    let error = tab.end_of(event).await?.context("an error")?;
    assert_eq!(error["code"], "unknown_handler", "{error}");
    tab.call("Clicks.click", json!([])).await
}

#[tokio::test]
async fn an_annotated_argument_is_converted_or_refused() -> Result<()> {
    let running = Running::start("failing", &[]).await?;
    let mut tab = running.tab().await?;
    for given in [json!(12), json!("12"), json!(12.0)] {
        tab.call("Failing.takes_int", json!([given])).await?;
        assert_eq!(tab.field("Failing.number")?, 12, "{given}");
        assert_eq!(tab.field("Failing.text")?, "int", "{given}");
    }
    for given in [json!("abc"), Value::Null, json!([1]), json!(1.5)] {
        let error = tab.fail("Failing.takes_int", json!([given])).await?;
        assert_eq!(error["code"], "wrong_argument", "{given}: {error}");
        let message = error["message"].as_str().unwrap_or_default();
        assert!(
            message.contains("number") && message.contains("int"),
            "{error}"
        );
    }
    for arguments in [json!([]), json!([1, 2])] {
        let error = tab.fail("Failing.takes_int", arguments).await?;
        assert_eq!(error["code"], "wrong_argument_count", "{error}");
    }
    Ok(())
}

#[tokio::test]
async fn recursion_memory_and_panics_fail_one_handler_and_hurt_nobody_else() -> Result<()> {
    let running = Running::start("failing", &[]).await?;
    unhurt(&running, CLICK, async || {
        panics(&mut running.tab().await?).await?;
        let end = Instant::now() + WATCHED;
        while Instant::now() < end {
            let mut tab = running.tab().await?;
            fails(&mut tab, "recurses", "deep", "RecursionError").await?;
            fails(&mut tab, "allocates", "large", "MemoryError").await?;
        }
        Ok(())
    })
    .await?;
    running.wait_for_health("ok", LOG_PATIENCE).await?;
    running.tab().await?.call("Clicks.click", json!([])).await
}

/// A panic costs the thread, not the process: the client is told, and its session goes on.
async fn panics(tab: &mut Tab) -> Result<()> {
    let error = tab.fail("Failing.panics", json!([])).await?;
    let message = error["message"].as_str().unwrap_or_default();
    assert!(!message.is_empty(), "{error}");
    tab.call("Clicks.click", json!([])).await
}

/// The handler fails as named, what it changed before is kept, and the session goes on.
async fn fails(tab: &mut Tab, handler: &str, text: &str, kind: &str) -> Result<()> {
    let error = tab.fail(&format!("Failing.{handler}"), json!([])).await?;
    let message = error["message"].as_str().unwrap_or_default();
    assert!(message.starts_with(kind), "{error}");
    assert_eq!(tab.field("Failing.text")?, text);
    tab.call("Clicks.click", json!([])).await
}
