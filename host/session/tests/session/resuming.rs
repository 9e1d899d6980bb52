//! Resuming: lost sockets, reloads, duplicated tabs, slow clients.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::support::{APPEND, Log, Page, RAISE, SHOW, STREAM, hub, next_json};
use ferroflex_session::limits::{RING_BYTES_MAX, RING_FRAMES_MAX};
use ferroflex_session::{Hub, SessionError, Visit};
use proptest::prelude::*;
use serde_json::json;

/// One step of a page's life.
#[derive(Debug, Clone)]
enum Step {
    /// An event is sent.
    Send,
    /// An event is made while the socket is dead.
    SendUnheard,
    /// So many frames arrive.
    Take(usize),
    /// What was applied is acknowledged.
    Acknowledge,
    /// The socket is lost, with all that was on its way to the page.
    Cut,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => Just(Step::Send),
        1 => Just(Step::SendUnheard),
        4 => (1..4usize).prop_map(Step::Take),
        1 => Just(Step::Acknowledge),
        2 => Just(Step::Cut),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_is_lost_or_done_twice_wherever_the_socket_is_cut(
        steps in prop::collection::vec(step(), 1..60),
        threaded in any::<bool>(),
    ) {
        let script = if threaded { Log::on_thread() } else { Log::here() };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let (page, made, opened) = runtime.block_on(live(script, steps));
        let expected: Vec<_> = (0..made).map(|number| number.to_string()).collect();
        prop_assert_eq!(page.log, expected);
        prop_assert!(page.errors.is_empty());
        prop_assert_eq!(opened, 1);
    }
}

/// Lives through the steps, then settles. Gives the page, the events made, the states opened.
async fn live(script: Arc<Log>, steps: Vec<Step>) -> (Page, usize, usize) {
    let hub = hub(Arc::clone(&script));
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    page.take(&mut connection).await;
    let mut made = 0;
    for step in steps {
        match step {
            Step::Send => {
                let event = page.event(APPEND, made.to_string());
                connection.inbox.receive(&event).await.unwrap();
                made += 1;
            }
            Step::SendUnheard => {
                page.event(APPEND, made.to_string());
                made += 1;
                drop(connection);
                connection = resume(&mut page, &hub).await;
            }
            Step::Take(count) => {
                for _ in 0..count {
                    if let Some(frame) = connection.outbox.ready_frame().unwrap() {
                        page.apply(&frame);
                    }
                }
            }
            Step::Acknowledge => {
                connection
                    .inbox
                    .receive(&page.acknowledgement())
                    .await
                    .unwrap();
            }
            Step::Cut => {
                let _unread = connection.outbox.ready_frame().unwrap();
                drop(connection);
                connection = resume(&mut page, &hub).await;
            }
        }
    }
    page.settle(&mut connection).await;
    (page, made, script.opened.load(Ordering::SeqCst))
}

/// Connects again and sends what is not acknowledged, as the protocol asks.
async fn resume(page: &mut Page, hub: &Arc<Hub<Log>>) -> ferroflex_session::Connection<Log> {
    let mut connection = page.connect(hub);
    while !page.take(&mut connection).await {}
    for event in page.pending() {
        connection.inbox.receive(&event).await.unwrap();
    }
    connection
}

#[tokio::test]
async fn missed_frames_follow_without_a_full_state() {
    let hub = hub(Log::on_thread());
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    page.take(&mut connection).await;
    for number in 0..5 {
        let event = page.event(APPEND, number.to_string());
        connection.inbox.receive(&event).await.unwrap();
    }
    drop(connection);
    let mut connection = page.connect(&hub);
    page.settle(&mut connection).await;
    assert_eq!(page.log, ["0", "1", "2", "3", "4"]);
    assert_eq!(page.full_states, 1);
}

#[tokio::test]
async fn a_slow_reader_is_brought_up_to_date_by_a_full_state() {
    let hub = hub(Log::here());
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    page.take(&mut connection).await;
    let event = page.event(STREAM, RING_FRAMES_MAX * 3);
    connection.inbox.receive(&event).await.unwrap();
    let mut frames = 0;
    while !page.is_settled() {
        page.take(&mut connection).await;
        frames += 1;
    }
    assert_eq!(frames, 1, "a full state replaces all that was missed");
    assert_eq!(page.log.len(), RING_FRAMES_MAX * 3 + 1);
    let event = page.event(APPEND, "on");
    connection.inbox.receive(&event).await.unwrap();
    page.settle(&mut connection).await;
    assert_eq!(page.log.last().map(String::as_str), Some("on"));
}

#[tokio::test]
async fn what_a_client_does_not_take_is_bounded() {
    let hub = hub(Log::here());
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    page.take(&mut connection).await;
    let long = "x".repeat(RING_BYTES_MAX / 8);
    for _ in 0..100 {
        let event = page.event(APPEND, long.as_str());
        connection.inbox.receive(&event).await.unwrap();
    }
    let state = next_json(&mut connection).await;
    assert_eq!(
        (state["t"].as_str(), state["handled"].as_u64()),
        (Some("state"), Some(100))
    );
    page.apply(state.to_string().as_bytes());
    assert!(page.is_settled());
    assert_eq!(page.log.len(), 100);
}

#[tokio::test]
async fn a_client_behind_the_ring_gets_a_full_state_on_resuming() {
    let hub = hub(Log::here());
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    page.take(&mut connection).await;
    let event = page.event(STREAM, RING_FRAMES_MAX + 1);
    connection.inbox.receive(&event).await.unwrap();
    drop(connection);
    let mut connection = resume(&mut page, &hub).await;
    page.settle(&mut connection).await;
    assert_eq!((page.log.len(), page.full_states), (RING_FRAMES_MAX + 2, 2));
}

#[tokio::test]
async fn the_same_page_load_takes_over_and_the_old_connection_ends() {
    let hub = hub(Log::on_thread());
    let mut page = Page::new("page-one");
    let mut old = page.connect(&hub);
    page.take(&mut old).await;
    let mut new = page.connect(&hub);
    let end = old.outbox.next_frame().await;
    assert!(matches!(end, Err(SessionError::TakenOver)), "{end:?}");
    let event = page.event(APPEND, "a");
    let refused = old.inbox.receive(&event).await;
    assert!(
        matches!(refused, Err(SessionError::TakenOver)),
        "{refused:?}"
    );
    drop(old);
    new.inbox.receive(&event).await.unwrap();
    page.settle(&mut new).await;
    assert_eq!((page.log.len(), hub.session_count()), (1, 1));
}

#[tokio::test]
async fn a_waiting_connection_notices_the_takeover() {
    let hub = hub(Log::on_thread());
    let mut page = Page::new("page-one");
    let mut old = page.connect(&hub);
    page.take(&mut old).await;
    let waiting = tokio::spawn(async move { old.outbox.next_frame().await });
    tokio::task::yield_now().await;
    let _new = page.connect(&hub);
    let end = tokio::time::timeout(Duration::from_secs(5), waiting)
        .await
        .unwrap()
        .unwrap();
    assert!(matches!(end, Err(SessionError::TakenOver)), "{end:?}");
}

#[tokio::test]
async fn a_duplicated_tab_gets_a_session_of_its_own() {
    let hub = hub(Log::on_thread());
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    page.take(&mut connection).await;
    let mut twin = Page::new("page-two");
    twin.token.clone_from(&page.token);
    let mut other = twin.connect(&hub);
    twin.take(&mut other).await;
    assert_ne!(twin.token, page.token);
    assert_eq!(hub.session_count(), 2);
}

#[tokio::test]
async fn a_reloaded_page_goes_on_with_its_session() {
    let script = Log::on_thread();
    let hub = hub(Arc::clone(&script));
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    let event = page.event(APPEND, "kept");
    connection.inbox.receive(&event).await.unwrap();
    page.settle(&mut connection).await;
    drop(connection);
    let mut reloaded = Page::new("page-two");
    reloaded.token.clone_from(&page.token);
    let mut connection = reloaded.connect(&hub);
    let state = next_json(&mut connection).await;
    assert_eq!(state["event"], 1);
    reloaded.apply(state.to_string().as_bytes());
    assert_eq!(
        (&reloaded.token, reloaded.log.as_slice()),
        (&page.token, &["kept".to_owned()][..])
    );
    reloaded.sent = 1;
    let event = reloaded.event(APPEND, "more");
    connection.inbox.receive(&event).await.unwrap();
    reloaded.settle(&mut connection).await;
    assert_eq!(reloaded.log, ["kept", "more"]);
    assert_eq!(script.opened.load(Ordering::SeqCst), 1);
}

/// A page whose socket was lost before it was told what two of its three events did.
async fn half_told(hub: &Arc<Hub<Log>>) -> Page {
    let mut page = Page::new("page-one");
    let mut connection = page.connect(hub);
    let event = page.event(SHOW, "seen");
    connection.inbox.receive(&event).await.unwrap();
    page.settle(&mut connection).await;
    for (handler, text) in [(SHOW, "unseen"), (RAISE, "unheard")] {
        let event = page.event(handler, text);
        connection.inbox.receive(&event).await.unwrap();
    }
    page
}

#[tokio::test]
async fn what_no_page_was_shown_is_shown_by_the_one_of_the_next_build() {
    let hub = hub(Log::here());
    let mut next = half_told(&hub).await;
    next.commands.clear();
    next.renew(2);
    // The first socket is lost before anything came.
    drop(next.connect(&hub));
    let mut connection = next.connect(&hub);
    for _ in ["state", "commands", "error"] {
        next.take(&mut connection).await;
    }
    assert_eq!(next.log, ["raised"]);
    assert_eq!(next.commands, [json!({"c": "toast", "message": "unseen"})]);
    let failures = next
        .errors
        .iter()
        .map(|error| (&error["code"], error.get("event")));
    assert_eq!(
        failures.collect::<Vec<_>>(),
        [(&json!("handler_failed"), None)]
    );
    // They count as frames: nothing comes twice after another lost socket.
    let full_states = next.full_states;
    drop(connection);
    let mut connection = next.connect(&hub);
    next.take(&mut connection).await;
    assert_eq!((next.commands.len(), next.errors.len()), (1, 1));
    assert_eq!(next.full_states, full_states);
}

#[tokio::test]
async fn a_page_that_was_loaded_again_by_its_user_begins_with_the_state_alone() {
    let hub = hub(Log::here());
    let page = half_told(&hub).await;
    let mut next = Page::new("page-two");
    next.token.clone_from(&page.token);
    let mut connection = next.connect(&hub);
    next.take(&mut connection).await;
    let event = next.event(APPEND, "on");
    connection
        .inbox
        .receive(&event.replace("\"id\":1", "\"id\":4"))
        .await
        .unwrap();
    next.take(&mut connection).await;
    assert_eq!(
        (next.log.len(), next.commands.len(), next.errors.len()),
        (2, 0, 0)
    );
}

#[tokio::test]
async fn commands_outlive_frames_that_give_way_to_a_full_state() {
    for is_away in [false, true] {
        let hub = hub(Log::here());
        let mut page = Page::new("page-one");
        let mut connection = page.connect(&hub);
        page.take(&mut connection).await;
        for event in [
            page.event(STREAM, RING_FRAMES_MAX),
            page.event(SHOW, "last"),
        ] {
            connection.inbox.receive(&event).await.unwrap();
        }
        if is_away {
            drop(connection);
            connection = resume(&mut page, &hub).await;
        }
        page.settle(&mut connection).await;
        while page.commands.is_empty() {
            page.take(&mut connection).await;
        }
        assert_eq!(page.full_states, 2);
        assert_eq!(page.commands, [json!({"c": "toast", "message": "last"})]);
    }
}

#[tokio::test]
async fn a_state_that_cannot_be_given_ends_the_connection() {
    let script = Log::on_thread();
    let hub = hub(Arc::clone(&script));
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    let event = page.event(APPEND, "kept");
    connection.inbox.receive(&event).await.unwrap();
    page.settle(&mut connection).await;
    drop(connection);
    script.broken.store(true, Ordering::SeqCst);
    page.sequence = 0;
    let mut connection = page.connect(&hub);
    let end = connection.outbox.next_frame().await;
    assert!(
        matches!(end, Err(SessionError::StateUnavailable)),
        "{end:?}"
    );
    drop(connection);
    script.broken.store(false, Ordering::SeqCst);
    let mut connection = resume(&mut page, &hub).await;
    page.settle(&mut connection).await;
    assert_eq!(page.log, ["kept"]);
}

#[tokio::test]
async fn an_unknown_token_starts_a_fresh_session() {
    let hub = hub(Log::here());
    let mut page = Page::new("page-one");
    page.token = Some("never-given".into());
    page.sequence = 12;
    let mut connection = page.connect(&hub);
    page.take(&mut connection).await;
    assert_ne!(page.token.as_deref(), Some("never-given"));
    assert_eq!(page.sequence, 1);
}

#[tokio::test]
async fn another_build_is_turned_away() {
    let hub = hub(Log::here());
    let mut hello = Page::new("page-one").hello();
    hello.build = "older".into();
    let refused = hub.connect(hello, Visit::default()).err();
    assert!(
        matches!(refused, Some(SessionError::OtherBuild { .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_session_whose_token_was_never_told_goes_with_its_socket() {
    let hub = hub(Log::here());
    let connection = Page::new("page-one").connect(&hub);
    assert_eq!(hub.session_count(), 1);
    drop(connection);
    assert_eq!(hub.session_count(), 0);
}
