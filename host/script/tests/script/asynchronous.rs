//! Async handlers: they share one loop, wait beside each other, and lose nothing.

use serde_json::json;

use crate::support::{Client, app, hub};

#[test]
fn asyncio_behaves_as_in_cpython() {
    let cases = [
        ("sleep", "True"),
        ("gather", "[0, 1, 2]"),
        ("create_task", "'made'"),
        ("wait_for", "'timed out'"),
        ("timeout", "'timed out'"),
        ("queue", "[0, 1, 2]"),
        ("semaphore", "2"),
        ("group_error", "'in the group'"),
        ("to_thread", "2"),
        ("run_in_thread", "4"),
        ("executor", "6"),
        ("streams", r"b'HELLO\n'"),
        ("subprocess", "('from outside', 0)"),
        ("call_later", "'heard'"),
        ("threadsafe", "'heard'"),
        ("contextvars", "'this one'"),
        ("context_is_own", "'nobody'"),
        ("cancelled", "'cancelled'"),
        ("current_task", "True"),
    ];
    let mut client = Client::of("asynchronous");
    for (name, expected) in cases {
        client.ok("Loop.run", json!([name]));
        assert_eq!(client.field("Loop.result"), expected, "{name}");
    }
    client.ok("Loop.loops", json!([]));
    assert_eq!(client.field("Loop.count"), 1, "there is one loop for all");
}

#[test]
fn handlers_of_different_sessions_wait_beside_each_other() {
    let hub = hub(&app("asynchronous"));
    let mut waiting: Vec<_> = (0..20).map(|_| Client::on(&hub)).collect();
    let mut events = Vec::new();
    for client in &mut waiting {
        events.push(client.send("Loop.wait_for_gate", json!([])));
        while client.field("Loop.count") != 1 {
            client.step();
        }
    }
    Client::on(&hub).ok("Loop.open_gate", json!([]));
    for (client, event) in waiting.iter_mut().zip(events) {
        client.finish(event);
        assert_eq!(client.field("Loop.count"), 2);
    }
}

#[test]
fn events_of_one_session_keep_their_order() {
    let mut client = Client::of("asynchronous");
    for _ in 0..50 {
        client.send("Loop.with_lock", json!([]));
    }
    client.ok("Loop.with_lock", json!([]));
    assert_eq!(client.field("Loop.count"), 51);
    assert_eq!(client.known(), client.told());
}

#[test]
fn sync_and_async_handlers_follow_each_other() {
    let mut client = Client::of("asynchronous");
    client.ok("Loop.then_sync", json!([]));
    assert_eq!(client.field("Loop.result"), " first second third");
}

#[test]
fn what_an_async_handler_changed_before_it_raised_is_sent() {
    let mut client = Client::of("asynchronous");
    let reply = client.call("Loop.fails_late", json!([]));
    assert_eq!(reply.message(), "ValueError: late");
    assert_eq!(client.field("Loop.count"), 7);
    let reply = client.call("Loop.exits", json!([]));
    assert_eq!(reply.message(), "SystemExit: 3");
    client.ok("Loop.sync_step", json!(["after"]));
    assert_eq!(client.field("Loop.result"), " after");
}

#[test]
fn computed_vars_follow_async_handlers() {
    let mut client = Client::of("asynchronous");
    let reply = client.ok("Derived.grow", json!([]));
    assert_eq!(reply.changes, 3, "{:?}", reply.frames);
    assert_eq!(client.field("Derived.doubled"), 8);
    client.ok("Derived.grow_once", json!([]));
    assert_eq!(client.field("Derived.doubled"), 10);
}

#[test]
fn a_newer_search_takes_the_place_of_older_ones() {
    let mut client = Client::of("asynchronous");
    client.send("Loop.search", json!(["first"]));
    while client.field("Loop.count") != 1 {
        client.step();
    }
    for text in ["second", "third", "fourth"] {
        client.send("Loop.search", json!([text]));
    }
    let reply = client.ok("Loop.search", json!(["last"]));
    assert_eq!(client.field("Loop.result"), "last");
    let began = client.field("Loop.count").as_u64().unwrap();
    assert!(began < 5, "{began} of 5 began: {:?}", reply.frames);
}
