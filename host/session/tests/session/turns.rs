//! Turns: their order, their outcomes, and what is left when one goes wrong.

use std::sync::atomic::Ordering;

use crate::support::{
    APPEND, LOSE, Log, PANIC, Page, RAISE, REFUSE, ROUTE, SLOW, STREAM, hub, next_json,
};
use ferroflex_session::limits::{EVENTS_QUEUED_MAX, MALFORMED_IN_ROW_MAX};
use ferroflex_session::{SessionError, Visit, state_hash};
use serde_json::json;

#[tokio::test]
async fn events_are_handled_in_their_order() {
    for script in [Log::here(), Log::on_thread()] {
        let hub = hub(script);
        let mut page = Page::new("page-one");
        let mut connection = page.connect(&hub);
        for number in 0..100 {
            let event = page.event(APPEND, number.to_string());
            connection.inbox.receive(&event).await.unwrap();
        }
        page.settle(&mut connection).await;
        let expected: Vec<_> = (0..100).map(|number| number.to_string()).collect();
        assert_eq!(page.log, expected);
    }
}

#[tokio::test]
async fn a_script_that_finishes_at_once_does_not_grow_the_stack() {
    let hub = hub(Log::here());
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    // Each event is answered inside `receive`, where a recursion would go deeper with every one.
    for _ in 0..20_000 {
        let event = page.event(APPEND, "x");
        connection.inbox.receive(&event).await.unwrap();
        page.take(&mut connection).await;
    }
    page.settle(&mut connection).await;
    assert_eq!(page.log.len(), 20_000);
}

#[tokio::test]
async fn every_flush_is_a_frame_and_only_the_last_acknowledges() {
    let hub = hub(Log::on_thread());
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    page.take(&mut connection).await;
    let event = page.event(STREAM, 3);
    connection.inbox.receive(&event).await.unwrap();
    for _ in 0..3 {
        let frame = next_json(&mut connection).await;
        assert!(frame.get("ack").is_none(), "{frame}");
        page.apply(frame.to_string().as_bytes());
    }
    assert_eq!(next_json(&mut connection).await["ack"], json!([1]));
}

#[tokio::test]
async fn a_handler_that_raises_keeps_what_it_changed_and_the_session_goes_on() {
    let hub = hub(Log::on_thread());
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    for event in [page.event(RAISE, 0), page.event(APPEND, "after")] {
        connection.inbox.receive(&event).await.unwrap();
    }
    page.settle(&mut connection).await;
    assert_eq!(page.log, ["raised", "after"]);
    assert_eq!(page.errors[0]["code"], "handler_failed");
    assert_eq!(page.errors[0]["event"], 1);
    assert_eq!(page.errors[0]["message"], "ValueError: no");
    assert_eq!(page.errors[0]["trace"], "line 1");
}

#[tokio::test]
async fn a_panic_is_an_internal_error_and_the_session_goes_on() {
    for script in [Log::here(), Log::on_thread()] {
        let hub = hub(script);
        let mut page = Page::new("page-one");
        let mut connection = page.connect(&hub);
        for event in [
            page.event(APPEND, "a"),
            page.event(PANIC, 0),
            page.event(APPEND, "b"),
        ] {
            connection.inbox.receive(&event).await.unwrap();
        }
        page.settle(&mut connection).await;
        assert_eq!(page.log, ["a", "b"]);
        assert_eq!(page.errors[0]["code"], "internal");
        assert_eq!(page.errors[0]["event"], 2);
    }
}

#[tokio::test]
async fn a_lost_instance_is_opened_anew_and_the_client_told() {
    let script = Log::on_thread();
    let hub = hub(script.clone());
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    for event in [page.event(APPEND, "a"), page.event(LOSE, 0)] {
        connection.inbox.receive(&event).await.unwrap();
    }
    page.settle(&mut connection).await;
    let event = page.event(APPEND, "b");
    connection.inbox.receive(&event).await.unwrap();
    page.settle(&mut connection).await;
    assert_eq!(page.log, ["b"]);
    assert_eq!((page.full_states, page.reopened), (2, 1));
    assert_eq!(script.opened.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn an_app_that_cannot_be_opened_tells_why_and_is_tried_again() {
    let script = Log::on_thread();
    script.broken.store(true, Ordering::SeqCst);
    let hub = hub(script.clone());
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    assert_eq!(next_json(&mut connection).await["code"], "handler_failed");
    let event = page.event(APPEND, "lost");
    connection.inbox.receive(&event).await.unwrap();
    let error = next_json(&mut connection).await;
    assert_eq!(
        (&error["code"], &error["event"]),
        (&json!("internal"), &json!(1))
    );
    page.sequence = 2;
    page.apply(
        json!({"t": "error", "seq": 3, "event": 1})
            .to_string()
            .as_bytes(),
    );
    script.broken.store(false, Ordering::SeqCst);
    let event = page.event(APPEND, "kept");
    connection.inbox.receive(&event).await.unwrap();
    page.settle(&mut connection).await;
    assert_eq!(page.log, ["kept"]);
}

#[tokio::test]
async fn refusals_keep_their_place_and_name_the_reason() {
    let hub = hub(Log::on_thread());
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    page.take(&mut connection).await;
    let wrong_count = json!({"t": "event", "id": 4, "handler": APPEND, "args": []}).to_string();
    let events = [
        page.event(SLOW, 20),
        page.event(99, 0),
        page.event(REFUSE, "x"),
        wrong_count,
    ];
    for event in &events {
        connection.inbox.receive(event).await.unwrap();
    }
    let kinds = [
        next_json(&mut connection).await,
        next_json(&mut connection).await,
        next_json(&mut connection).await,
        next_json(&mut connection).await,
    ];
    assert_eq!(kinds[0]["ack"], json!([1]));
    assert_eq!(
        (&kinds[1]["event"], &kinds[1]["code"]),
        (&json!(2), &json!("unknown_handler"))
    );
    assert_eq!(kinds[1]["message"], "no handler has the number 99");
    assert_eq!(
        (&kinds[2]["event"], &kinds[2]["code"]),
        (&json!(3), &json!("wrong_argument"))
    );
    assert_eq!(
        kinds[2]["message"],
        "log.refuse: argument 1 (n) must be int, not str"
    );
    assert_eq!(kinds[3]["code"], "wrong_argument_count");
}

#[tokio::test]
async fn malformed_frames_name_the_reason_and_leave_the_session_whole() {
    let hub = hub(Log::on_thread());
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    let frames = [
        ("", "malformed", "must be a JSON object"),
        ("[\"ping\", null]", "malformed", "must be a JSON object"),
        ("{", "malformed", "EOF"),
        ("{\"t\": 1}", "malformed", "invalid type"),
        ("{\"t\": \"shout\"}", "unknown_kind", "shout"),
        (
            "{\"t\": \"event\", \"id\": 1}",
            "malformed",
            "missing field `handler`",
        ),
        (
            "{\"t\": \"hello\", \"v\": 1}",
            "malformed",
            "hello was said before",
        ),
    ];
    for (frame, _, _) in frames {
        connection.inbox.receive(frame).await.unwrap();
    }
    let event = page.event(APPEND, "still here");
    connection.inbox.receive(&event).await.unwrap();
    page.settle(&mut connection).await;
    assert_eq!(page.log, ["still here"]);
    assert_eq!(page.errors.len(), frames.len());
    for (error, (_, code, reason)) in page.errors.iter().zip(frames) {
        assert_eq!(error["code"], code, "{error}");
        assert!(
            error["message"].as_str().unwrap().contains(reason),
            "{error}"
        );
    }
}

#[tokio::test]
async fn too_many_malformed_frames_in_a_row_end_the_connection() {
    let hub = hub(Log::here());
    let mut connection = Page::new("page-one").connect(&hub);
    for _ in 1..MALFORMED_IN_ROW_MAX {
        connection.inbox.receive("{").await.unwrap();
    }
    let end = connection.inbox.receive("{").await;
    assert!(
        matches!(end, Err(SessionError::TooManyMalformed { .. })),
        "{end:?}"
    );
}

#[tokio::test]
async fn a_gap_is_refused_and_a_duplicate_acknowledged_again() {
    let hub = hub(Log::on_thread());
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    let first = page.event(APPEND, "a");
    connection.inbox.receive(&first).await.unwrap();
    page.settle(&mut connection).await;
    connection.inbox.receive(&first).await.unwrap();
    assert_eq!(next_json(&mut connection).await["ack"], json!([1]));
    let _skipped = page.event(APPEND, "b");
    let third = page.event(APPEND, "c");
    connection.inbox.receive(&third).await.unwrap();
    let error = next_json(&mut connection).await;
    assert_eq!(
        (&error["code"], &error["event"]),
        (&json!("event_gap"), &json!(3))
    );
    assert_eq!(error["message"], "event 3 skips one: 2 is next");
}

#[tokio::test]
async fn a_flood_waits_for_room_and_loses_nothing() {
    let hub = hub(Log::on_thread());
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    let slow = page.event(SLOW, 200);
    connection.inbox.receive(&slow).await.unwrap();
    let started = std::time::Instant::now();
    for _ in 0..EVENTS_QUEUED_MAX + 10 {
        let event = page.event(APPEND, "x");
        connection.inbox.receive(&event).await.unwrap();
    }
    assert!(
        started.elapsed().as_millis() >= 100,
        "the queue took more than it may hold"
    );
    page.settle(&mut connection).await;
    assert_eq!(page.log.len(), 1 + EVENTS_QUEUED_MAX + 10);
}

#[tokio::test]
async fn a_session_does_not_wait_for_another() {
    let hub = hub(Log::on_thread());
    let (mut one, mut other) = (Page::new("page-one"), Page::new("page-two"));
    let mut first = one.connect(&hub);
    let mut second = other.connect(&hub);
    let event = one.event(APPEND, "one");
    first.inbox.receive(&event).await.unwrap();
    let event = other.event(APPEND, "other");
    second.inbox.receive(&event).await.unwrap();
    other.settle(&mut second).await;
    one.settle(&mut first).await;
    assert_eq!(
        (one.log, other.log),
        (vec!["one".to_owned()], vec!["other".to_owned()])
    );
}

#[tokio::test]
async fn the_route_is_the_one_at_the_events_time() {
    let hub = hub(Log::on_thread());
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    let before = page.event(ROUTE, 0);
    let moved = page
        .event(ROUTE, 0)
        .replace('}', ",\"route\":\"/items?page=2\"}");
    let after = page.event(ROUTE, 0);
    for event in [before, moved, after] {
        connection.inbox.receive(&event).await.unwrap();
    }
    page.settle(&mut connection).await;
    assert_eq!(page.log, ["/", "/items?page=2", "/items?page=2"]);
}

#[tokio::test]
async fn a_state_that_the_page_has_is_not_sent() {
    let hub = hub(Log::here());
    for (base, sent) in [
        (state_hash(b"[[[]]]"), false),
        (state_hash(b"[[[1]]]"), true),
    ] {
        let mut hello = Page::new("page-one").hello();
        hello.base = Some(base);
        let mut connection = hub.connect(hello, Visit::default()).unwrap();
        let state = next_json(&mut connection).await;
        assert_eq!(state["t"], "state");
        assert_eq!(state.get("state").is_some(), sent, "{state}");
    }
}

#[tokio::test]
async fn ping_is_answered() {
    let hub = hub(Log::here());
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    page.take(&mut connection).await;
    connection.inbox.receive("{\"t\":\"ping\"}").await.unwrap();
    assert_eq!(next_json(&mut connection).await, json!({"t": "pong"}));
}
