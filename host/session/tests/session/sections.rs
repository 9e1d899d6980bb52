//! Sections: turns that are asked for from outside, and events that take the place of older ones.

use std::sync::Arc;

use crate::support::{APPEND, HOLD, Log, Page, hub};
use ferroflex_session::limits::SECTIONS_QUEUED_MAX;
use ferroflex_session::{Connection, Handle, Hub, SessionError};

/// A page with a session, and the way to it from outside.
async fn open(hub: &Arc<Hub<Log>>) -> (Page, Connection<Log>, Handle<Log>) {
    let mut page = Page::new("page-one");
    let mut connection = page.connect(hub);
    page.take(&mut connection).await;
    let handle = hub.handle(page.token.as_deref().unwrap()).unwrap();
    (page, connection, handle)
}

#[tokio::test]
async fn a_free_session_gives_a_turn_at_once() {
    let hub = hub(Log::here());
    let (mut page, mut connection, handle) = open(&hub).await;
    let turn = handle.try_turn().expect("nothing else wants one");
    assert!(handle.try_turn().is_none(), "there is one turn at a time");
    let event = page.event(APPEND, "event");
    connection.inbox.receive(&event).await.unwrap();
    Log::write(turn, "section");
    page.settle(&mut connection).await;
    assert_eq!(page.log, ["section", "event"]);
}

#[tokio::test]
async fn sections_and_events_take_turns() {
    let script = Log::here();
    let hub = hub(Arc::clone(&script));
    let (mut page, mut connection, handle) = open(&hub).await;
    let held = page.event(HOLD, 0);
    connection.inbox.receive(&held).await.unwrap();
    for number in 1..=3 {
        let event = page.event(APPEND, number);
        connection.inbox.receive(&event).await.unwrap();
        handle.ask(number).unwrap();
    }
    assert!(handle.try_turn().is_none(), "others wait for one");
    script.release();
    page.settle(&mut connection).await;
    let expected = ["held", "section 1", "1", "section 2", "2", "section 3", "3"];
    assert_eq!(page.log, expected);
}

#[tokio::test]
async fn a_ticket_can_be_taken_back() {
    let script = Log::here();
    let hub = hub(Arc::clone(&script));
    let (mut page, mut connection, handle) = open(&hub).await;
    let held = page.event(HOLD, 0);
    connection.inbox.receive(&held).await.unwrap();
    handle.ask(1).unwrap();
    handle.ask(2).unwrap();
    assert!(handle.withdraw(1));
    assert!(!handle.withdraw(1), "it does not wait any more");
    let event = page.event(APPEND, "event");
    connection.inbox.receive(&event).await.unwrap();
    script.release();
    page.settle(&mut connection).await;
    assert_eq!(page.log, ["held", "section 2", "event"]);
}

#[tokio::test]
async fn only_so_many_sections_wait() {
    let script = Log::here();
    let hub = hub(Arc::clone(&script));
    let (mut page, mut connection, handle) = open(&hub).await;
    let held = page.event(HOLD, 0);
    connection.inbox.receive(&held).await.unwrap();
    for ticket in 0..SECTIONS_QUEUED_MAX as u64 {
        handle.ask(ticket).unwrap();
    }
    let refused = handle.ask(0);
    assert!(
        matches!(refused, Err(SessionError::TooManySections { .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn the_newest_of_superseding_events_runs() {
    let script = Log::here();
    let hub = hub(Arc::clone(&script));
    let (mut page, mut connection, _) = open(&hub).await;
    for _ in 0..4 {
        let event = page.event(HOLD, 0);
        connection.inbox.receive(&event).await.unwrap();
    }
    let other = page.event(APPEND, "other");
    connection.inbox.receive(&other).await.unwrap();
    let first = 1;
    assert_eq!(*script.cancelled.lock().unwrap(), [first; 3]);
    script.release();
    script.release();
    page.settle(&mut connection).await;
    assert_eq!(
        page.log,
        ["held", "held", "other"],
        "the second and third never ran"
    );
    assert_eq!(page.errors.len(), 0);
}
