//! Clients that send more than they may, or nothing at all. Reflex takes 20,000 events of a client
//! whose handler sleeps, and drops a payload of ten megabytes without a word in its log.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};
use ferroflex_tests::socket::random_name;
use futures_util::stream::SplitSink;
use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio::time::{Instant, sleep, timeout};
use tokio_tungstenite::tungstenite::Message;

use crate::others::{CLICK, unhurt};
use crate::support::Running;
use crate::tab::{Tab, hello};

/// The events of a flood, and the text in each.
const EVENTS: u64 = 20_000;
const EVENT_BYTES: usize = 2_000;

/// How long the handler sleeps that they wait for: longer than the server waits.
const ASLEEP: Duration = Duration::from_secs(26);

/// The time for which the server holds a client back, with a margin on both sides.
const CLOSED_AFTER: Duration = Duration::from_secs(18);
const CLOSED_BEFORE: Duration = Duration::from_secs(30);

/// What the server's memory may grow by: far less than the flood.
const GROWTH_MIB_MAX: u64 = 24;

/// How long the others are watched meanwhile.
const WATCHED: Duration = Duration::from_secs(2);

/// How long a client that says nothing is waited for, with a margin.
const NO_HELLO_PATIENCE: Duration = Duration::from_secs(15);

#[tokio::test]
async fn a_flood_is_held_back_and_then_closed_with_the_reason() -> Result<()> {
    let running = Running::start("streaming", &[]).await?;
    let before = running.rss_mib()?;
    let mut flooding = Tab::open(&running.site).await?;
    let token = flooding.token.clone();
    flooding
        .send("Stream.sleeps", json!([ASLEEP.as_secs()]))
        .await?;
    let began = Instant::now();
    let take = running.site.handler("Stream.take")?;
    let (sink, mut stream) = flooding.socket.into_inner().split();
    let sent = Arc::new(AtomicU64::new(0));
    let writing = tokio::spawn(flood(sink, take, Arc::clone(&sent)));
    unhurt(&running, CLICK, async || {
        sleep(WATCHED).await;
        Ok(())
    })
    .await?;
    let close = loop {
        let message = timeout(CLOSED_BEFORE, stream.next()).await?;
        if let Message::Close(frame) = message.context("the connection was cut")?? {
            break frame.context("closed without a reason")?;
        }
    };
    writing.abort();
    assert_eq!(u16::from(close.code), 4004, "{close}");
    assert!(close.reason.contains("too many events"), "{close}");
    let after = began.elapsed();
    assert!((CLOSED_AFTER..CLOSED_BEFORE).contains(&after), "{after:?}");
    let growth = running.rss_mib()?.saturating_sub(before);
    assert!(growth < GROWTH_MIB_MAX, "{growth} MiB for one client");
    let sent = sent.load(Ordering::Relaxed);
    assert!(sent < EVENTS, "all events were taken");
    let parts = ["WARN", "socket closed", "too many events"];
    running.logged(&parts, Duration::from_secs(5)).await?;
    // The state is busy for as long as the handler sleeps, and then it is there.
    let again = Tab::open_as(&running.site, &random_name(), Some(&token)).await?;
    assert_eq!(again.token, token);
    Ok(())
}

/// Sends the events as fast as they are taken.
async fn flood<S>(mut sink: SplitSink<S, Message>, handler: usize, sent: Arc<AtomicU64>)
where
    SplitSink<S, Message>: SinkExt<Message>,
    S: futures_util::Sink<Message>,
{
    let text = "x".repeat(EVENT_BYTES);
    for id in 2..2 + EVENTS {
        let event = json!({"t": "event", "id": id, "handler": handler, "args": [text]});
        if sink.send(Message::text(event.to_string())).await.is_err() {
            return;
        }
        sent.fetch_add(1, Ordering::Relaxed);
    }
}

#[tokio::test]
async fn a_page_with_all_the_events_that_it_may_send_is_never_closed_for_waiting() -> Result<()> {
    let running = Running::start("streaming", &[]).await?;
    let mut tab = running.tab().await?;
    let asleep = CLOSED_AFTER + Duration::from_secs(5);
    tab.send("Stream.sleeps", json!([asleep.as_secs()])).await?;
    let mut last = 0;
    for number in 1..128 {
        last = tab
            .send("Stream.take", json!([format!("{number:06}")]))
            .await?;
    }
    assert_eq!(tab.end_of(last).await?, None);
    assert_eq!(tab.field("Stream.text")?, "000127");
    Ok(())
}

#[tokio::test]
async fn a_payload_of_ten_megabytes_is_refused_with_a_word_in_the_log() -> Result<()> {
    let running = Running::start("streaming", &[]).await?;
    let mut tab = running.tab().await?;
    let token = tab.token.clone();
    tab.call("Stream.take", json!(["x".repeat(900_000)]))
        .await?;
    tab.call("Stream.take", json!(["before"])).await?;
    let (mut sink, mut stream) = tab.socket.into_inner().split();
    let payload = Message::text("x".repeat(10_000_000));
    let writing = tokio::spawn(async move { sink.send(payload).await });
    let close = loop {
        if let Message::Close(frame) = stream.next().await.context("the connection was cut")?? {
            break frame.context("closed without a reason")?;
        }
    };
    writing.abort();
    assert_eq!(u16::from(close.code), 1009, "{close}");
    let parts = ["WARN", "socket closed", "over the limit"];
    running.logged(&parts, Duration::from_secs(5)).await?;
    drop(stream);
    let again = Tab::open_as(&running.site, &random_name(), Some(&token)).await?;
    assert_eq!(again.field("Stream.text")?, "before");
    Ok(())
}

#[tokio::test]
async fn a_client_that_does_not_say_hello_is_closed() -> Result<()> {
    let running = Running::start("streaming", &[]).await?;
    let site = &running.site;
    let mut silent = site.connect().await?;
    let mut late = site.connect().await?;
    sleep(Duration::from_secs(5)).await;
    late.send(hello(site, &random_name(), None).to_string())
        .await?;
    assert!(late.receive().await?.contains("\"t\":\"state\""));
    let (code, reason) = silent.closed(NO_HELLO_PATIENCE).await?;
    assert_eq!((code, reason.as_str()), (4000, "no hello in time"));
    Ok(())
}
