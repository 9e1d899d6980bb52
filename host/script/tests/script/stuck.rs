//! An event loop that is lost: it is replaced, and everybody who waited on it is told.

use std::time::Duration;

use serde_json::json;

use crate::support::{Client, app_with_budget, hub};

/// A budget that a test can wait for.
const BUDGET: Duration = Duration::from_secs(1);

/// For how many seconds of computing native code cannot be interrupted: the budget, the grace that
/// follows it, and some more.
const NATIVE_SECONDS: f64 = 6.0;

/// How many background tasks a session may have, as its limit says.
const BACKGROUND_TASKS: usize = 100;

/// A session whose handler has the loop, and two that wait on it; what the first calls loses it.
fn lose_the_loop(handler: &str, args: &serde_json::Value) {
    let hub = hub(&app_with_budget("stuck", BUDGET));
    let [mut guilty, mut waiting, mut holding] = [0; 3].map(|_| Client::on(&hub));
    let waits = waiting.send("Stuck.waits", json!([]));
    holding.ok("Stuck.holds", json!([]));
    for client in [&mut waiting, &mut holding] {
        while client.field("Stuck.count") != 1 {
            client.step();
        }
    }
    let reply = guilty.call(handler, args.clone());
    assert!(reply.message().contains("event loop was lost"), "{reply:?}");
    let reply = waiting.finish(waits);
    assert!(reply.message().contains("event loop was lost"), "{reply:?}");
    for client in [&mut guilty, &mut waiting] {
        client.ok("Stuck.increment", json!([]));
    }
    // The section that was entered is over, too.
    holding.call("Stuck.increment", json!([]));
    assert_eq!(holding.field("Stuck.count"), 2);
}

#[test]
fn a_loop_lost_to_native_code_is_replaced() {
    let _alone = crate::threads::alone();
    lose_the_loop("Stuck.native_loop", &json!([NATIVE_SECONDS]));
}

#[test]
fn a_loop_in_which_native_code_panicked_is_replaced() {
    let _alone = crate::threads::alone();
    lose_the_loop("Stuck.panics", &json!([]));
}

#[test]
fn background_tasks_of_a_lost_loop_leave_room_for_others() {
    let _alone = crate::threads::alone();
    let hub = hub(&app_with_budget("stuck", BUDGET));
    let [mut guilty, mut full] = [0; 2].map(|_| Client::on(&hub));
    for _ in 0..BACKGROUND_TASKS {
        full.ok("Stuck.idles", json!([]));
    }
    full.ok("Stuck.holds", json!([]));
    let (text, frame) = full.step();
    assert_eq!(frame["t"], "error", "{text}");
    assert!(text.contains("100 background tasks already"), "{text}");
    let reply = guilty.call("Stuck.panics", json!([]));
    assert!(reply.message().contains("event loop was lost"), "{reply:?}");
    full.ok("Stuck.holds", json!([]));
    while full.field("Stuck.count") != 1 {
        let (text, frame) = full.step();
        assert_ne!(frame["t"], "error", "{text}");
    }
}
