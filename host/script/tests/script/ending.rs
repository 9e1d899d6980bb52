//! What becomes of a handler whose user is gone: it goes on as long as the user may come back, and
//! is cancelled when the session ends.

use std::{
    thread,
    time::{Duration, Instant},
};

use ferroflex_session::limits::{RUNNING_AFTER_END_S_MAX, SESSION_IDLE_S_MAX};
use serde_json::json;

use crate::support::{Client, app_alone, hub};

/// How long a handler may take to notice that it is cancelled. The machine may be busy.
const CANCELLED_BEFORE: Duration = Duration::from_secs(10);

#[test]
fn an_async_handler_that_never_ends_is_cancelled_with_its_session() {
    let hub = hub(&app_alone("ending"));
    let (mut leaving, mut other) = (Client::on(&hub), Client::on(&hub));
    leaving.send("Ending.spins", json!([]));
    wait_for(&mut other, "Ending.spinning", 1);
    drop(leaving);
    let later = |seconds| Instant::now() + Duration::from_secs(seconds);
    let still_running = SESSION_IDLE_S_MAX + RUNNING_AFTER_END_S_MAX / 2;
    assert_eq!(hub.sweep_at(later(still_running)), 0);
    thread::park_timeout(Duration::from_millis(100));
    wait_for(&mut other, "Ending.spinning", 1);
    let over = SESSION_IDLE_S_MAX + RUNNING_AFTER_END_S_MAX + 1;
    assert_eq!(hub.sweep_at(later(over)), 1);
    wait_for(&mut other, "Ending.spinning", 0);
    wait_for(&mut other, "Ending.cancelled", 1);
    assert_eq!(hub.session_count(), 1);
}

/// Looks until a field has this value.
fn wait_for(client: &mut Client, field: &str, value: u64) {
    let deadline = Instant::now() + CANCELLED_BEFORE;
    loop {
        client.ok("Ending.looks", json!([]));
        if client.field(field) == value {
            return;
        }
        assert!(
            Instant::now() < deadline,
            "{field} is {}",
            client.field(field)
        );
        thread::park_timeout(Duration::from_millis(10));
    }
}
