//! Who a client is: its token, its page load and the page's origin. In Reflex whoever has a token
//! has the state, pages of any site may connect, and events without a token are passed over.

use std::time::Duration;

use anyhow::Result;
use ferroflex_tests::socket::{Socket, random_name};
use serde_json::json;

use crate::support::Running;
use crate::tab::Tab;

/// How long a socket may take to be closed.
const CLOSE_PATIENCE: Duration = Duration::from_secs(10);

#[tokio::test]
async fn a_second_tab_with_the_token_of_a_live_one_gets_a_session_of_its_own() -> Result<()> {
    let running = Running::start("blocking", &[]).await?;
    let mut first = running.tab().await?;
    first.call("Clicks.click", json!([])).await?;
    let mut second = Tab::open_as(&running.site, &random_name(), Some(&first.token)).await?;
    assert_ne!(second.token, first.token);
    assert_eq!(second.field("Clicks.count")?, 0);
    second.call("Clicks.click", json!([])).await?;
    first.call("Clicks.click", json!([])).await?;
    assert_eq!(first.field("Clicks.count")?, 2);
    Ok(())
}

#[tokio::test]
async fn a_new_socket_of_the_same_page_load_takes_the_session_over() -> Result<()> {
    let running = Running::start("blocking", &[]).await?;
    let page = random_name();
    let mut old = Tab::open_as(&running.site, &page, None).await?;
    old.call("Clicks.click", json!([])).await?;
    let mut new = Tab::open_as(&running.site, &page, Some(&old.token)).await?;
    assert_eq!(old.socket.closed(CLOSE_PATIENCE).await?.0, 4001);
    assert_eq!(new.token, old.token);
    new.call("Clicks.click", json!([])).await?;
    assert_eq!(new.field("Clicks.count")?, 2);
    Ok(())
}

#[tokio::test]
async fn a_page_that_is_loaded_again_finds_its_session() -> Result<()> {
    let running = Running::start("blocking", &[]).await?;
    let mut before = running.tab().await?;
    before.call("Clicks.click", json!([])).await?;
    let token = before.token.clone();
    drop(before);
    // Until the server has seen the end of the first socket, this is a second tab.
    let reloaded = loop {
        let tab = Tab::open_as(&running.site, &random_name(), Some(&token)).await?;
        if tab.token == token {
            break tab;
        }
    };
    assert_eq!(reloaded.field("Clicks.count")?, 1);
    Ok(())
}

#[tokio::test]
async fn a_token_that_nobody_has_is_a_fresh_session_and_events_run() -> Result<()> {
    let running = Running::start("blocking", &[]).await?;
    for token in [None, Some("made up")] {
        let mut tab = Tab::open_as(&running.site, &random_name(), token).await?;
        assert!(tab.token.len() > 20, "{} can be guessed", tab.token);
        tab.call("Clicks.click", json!([])).await?;
        assert_eq!(tab.field("Clicks.count")?, 1);
    }
    Ok(())
}

#[tokio::test]
async fn a_page_whose_server_was_killed_gets_a_fresh_session_and_is_told_so() -> Result<()> {
    let killed = Running::start("blocking", &[]).await?;
    let page = random_name();
    let mut before = Tab::open_as(&killed.site, &page, None).await?;
    before.call("Clicks.click", json!([])).await?;
    // Ends the process by a signal that it cannot handle.
    drop(killed);
    let again = Running::start("blocking", &[]).await?;
    let mut after = Tab::open_as(&again.site, &page, Some(&before.token)).await?;
    assert_ne!(after.token, before.token, "sessions live in memory");
    assert_eq!(after.field("Clicks.count")?, 0);
    after.call("Clicks.click", json!([])).await?;
    assert_eq!(after.field("Clicks.count")?, 1);
    Ok(())
}

#[tokio::test]
async fn pages_of_other_sites_may_not_connect() -> Result<()> {
    let running = Running::start("blocking", &[]).await?;
    let mut socket = Socket::connect(&running.site.socket_url, "http://elsewhere.example").await?;
    let (code, reason) = socket.closed(CLOSE_PATIENCE).await?;
    assert_eq!(code, 1008);
    assert!(reason.contains("http://elsewhere.example"), "{reason}");
    let parts = ["WARN", "socket closed", "http://elsewhere.example"];
    running.logged(&parts, CLOSE_PATIENCE).await
}
