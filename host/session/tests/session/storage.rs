//! What browsers keep of the state: when it is taken over, and what is refused.

use serde_json::json;

use crate::support::{APPEND, HOLD, Log, Page, hub, next_json};
use ferroflex_session::limits::{STORED_BYTES_MAX, STORED_VALUES_MAX};
use ferroflex_session::message::{Hello, Message};
use ferroflex_session::{SessionError, Storage, Visit};

fn storage(values: serde_json::Value) -> Storage {
    serde_json::from_value(values).unwrap()
}

#[tokio::test]
async fn hello_is_taken_over_before_the_first_event() {
    let hub = hub(Log::here());
    let mut page = Page::new("page-one");
    let hello = Hello {
        storage: Some(storage(json!({"2.0": "dark", "2.1": null}))),
        ..page.hello()
    };
    let mut connection = hub.connect(hello, Visit::default()).unwrap();
    let event = page.event(APPEND, "first");
    connection.inbox.receive(&event).await.unwrap();
    page.settle(&mut connection).await;
    assert_eq!(page.log, ["hello 2.0=dark 2.1=nothing", "first"]);
}

#[tokio::test]
async fn a_reload_is_told_the_state_with_what_it_brought() {
    let script = Log::here();
    let hub = hub(std::sync::Arc::clone(&script));
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    page.take(&mut connection).await;
    let held = page.event(HOLD, "held");
    connection.inbox.receive(&held).await.unwrap();
    drop(connection);
    let mut again = Page::new("page-two");
    again.token = page.token;
    let hello = Hello {
        storage: Some(storage(json!({"2.0": "dark"}))),
        ..again.hello()
    };
    let mut connection = hub.connect(hello, Visit::default()).unwrap();
    drop(script.held.lock().unwrap().pop());
    again.take(&mut connection).await;
    assert_eq!(again.log, ["hello 2.0=dark"]);
}

#[tokio::test]
async fn what_changes_later_goes_before_events_that_wait() {
    let script = Log::here();
    let hub = hub(std::sync::Arc::clone(&script));
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    page.take(&mut connection).await;
    for event in [page.event(HOLD, "held"), page.event(APPEND, "after")] {
        connection.inbox.receive(&event).await.unwrap();
    }
    for values in [json!({"2.0": "a", "2.1": "b"}), json!({"2.0": "c"})] {
        let frame = json!({"t": "storage", "values": values}).to_string();
        connection.inbox.receive(&frame).await.unwrap();
    }
    drop(script.held.lock().unwrap().pop());
    page.settle(&mut connection).await;
    assert_eq!(page.log, ["later 2.0=c 2.1=b", "after"]);
}

#[tokio::test]
async fn too_many_values_that_wait_are_refused() {
    let script = Log::here();
    let hub = hub(std::sync::Arc::clone(&script));
    let mut page = Page::new("page-one");
    let mut connection = page.connect(&hub);
    page.take(&mut connection).await;
    let held = page.event(HOLD, "held");
    connection.inbox.receive(&held).await.unwrap();
    for field in 0..=STORED_VALUES_MAX {
        let frame = json!({"t": "storage", "values": {format!("1.{field}"): ""}}).to_string();
        connection.inbox.receive(&frame).await.unwrap();
    }
    let error = next_json(&mut connection).await;
    assert_eq!(error["code"], "malformed", "{error}");
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("more than 256 stored values"), "{message}");
}

#[test]
fn malformed_values_are_refused() {
    let cases = [
        (json!({"t": "storage"}), "missing field `values`"),
        (json!({"t": "storage", "values": [1]}), "expected a map"),
        (
            json!({"t": "storage", "values": {"2.0": 5}}),
            "expected a string",
        ),
        (
            json!({"t": "storage", "values": {"2": "x"}}),
            "`2` names no field",
        ),
        (
            json!({"t": "storage", "values": {"-1.0": "x"}}),
            "`-1.0` names no field",
        ),
        (
            json!({"t": "storage", "values": {"1.0": "x".repeat(STORED_BYTES_MAX + 1)}}),
            "more than",
        ),
    ];
    for (frame, expected) in cases {
        let error = Message::parse(&frame.to_string()).unwrap_err();
        assert!(matches!(error, SessionError::Malformed { .. }), "{error}");
        assert!(error.to_string().contains(expected), "{error}: {expected}");
    }
}
