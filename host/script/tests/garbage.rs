//! Garbage that handlers make faster than it is collected, measured in a process in which nothing
//! else runs: a collection has to wait for every thread of every app.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails"
)]

#[expect(dead_code, reason = "this test needs a part of it")]
#[path = "script/support.rs"]
mod support;

use std::{sync::Arc, thread, time::Duration};

use serde_json::json;

use support::{Client, app_with_budget, hub};

#[test]
fn cycles_are_freed_while_a_handler_makes_more() {
    let hub = hub(&app_with_budget("runaway", Duration::from_mins(1)));
    let pairs = 100_000;
    // Two handlers make them; each object of a pair has a dictionary.
    let made = 2 * pairs * 4;
    let making: Vec<_> = (0..2)
        .map(|_| {
            let hub = Arc::clone(&hub);
            thread::spawn(move || {
                let mut client = Client::on(&hub);
                client.ok("Runaway.makes_cycles", json!([pairs]));
                client.field("Runaway.count").as_u64().unwrap()
            })
        })
        .collect();
    for most in making.into_iter().map(|thread| thread.join().unwrap()) {
        // Without a collection all would be there at the end. How far it is behind depends on what
        // else the machine does.
        assert!(
            most < made / 2,
            "{most} of {made} objects were there at once"
        );
    }
}
