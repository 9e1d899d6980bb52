//! Handlers that would hurt others: they are interrupted or given up, their client is told, and the
//! others go on.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Client, app_with_budget, hub};

/// A budget that a test can wait for.
const BUDGET: Duration = Duration::from_secs(1);

/// A session of an app of its own, whose handlers may compute for [`BUDGET`].
fn client() -> Client {
    Client::on(&hub(&app_with_budget("runaway", BUDGET)))
}

#[test]
fn endless_loops_are_interrupted_and_their_session_goes_on() {
    let mut client = client();
    let loops = [
        "sync_loop",
        "async_loop",
        "swallows_exceptions",
        "swallows_everything",
    ];
    for handler in loops {
        let began = Instant::now();
        let reply = client.call(&format!("Runaway.{handler}"), json!([]));
        assert!(began.elapsed() >= BUDGET, "{handler}");
        let message = reply.message();
        assert!(
            message.contains("TimeBudgetExceeded"),
            "{handler}: {message}"
        );
        assert!(message.contains("--time-budget"), "{handler}: {message}");
        client.ok("Runaway.increment", json!([]));
    }
    assert_eq!(client.field("Runaway.count"), loops.len());
    assert_eq!(client.field("Runaway.text"), "looping");
}

#[test]
fn an_interrupted_handler_can_clean_up() {
    let mut client = client();
    let reply = client.call("Runaway.cleans_up", json!([]));
    assert!(reply.message().contains("TimeBudgetExceeded"));
    assert_eq!(client.field("Runaway.text"), "cleaned up");
}

#[test]
fn waiting_is_not_computing() {
    let mut client = client();
    client.ok("Runaway.sleeps", json!([BUDGET.as_secs_f64() * 2.0]));
    assert_eq!(client.field("Runaway.text"), "slept");
}
