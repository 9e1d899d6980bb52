//! Handlers that would hurt others: they are interrupted or given up, their client is told, and the
//! others go on.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use ferroflex_script::App;
use serde_json::json;

use crate::support::{Client, app_with_budget, hub};

/// A budget that a test can wait for.
const BUDGET: Duration = Duration::from_secs(1);

/// How long something may take that is not held up by another session. The machine may be busy.
const AT_ONCE: Duration = Duration::from_secs(2);

/// For how many seconds of computing native code cannot be interrupted: the budget, the two seconds
/// of grace that follow it, and some more.
const NATIVE_SECONDS: f64 = 6.0;

/// Held by every test here: each keeps the processors busy, which the others measure; and while a
/// thread is lost, nothing is collected in the whole process.
static LOSING: Mutex<()> = Mutex::new(());

pub(crate) fn alone() -> MutexGuard<'static, ()> {
    LOSING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An app of the test's own, whose handlers may compute for [`BUDGET`].
fn app() -> Arc<App> {
    app_with_budget("runaway", BUDGET)
}

fn client() -> Client {
    Client::on(&hub(&app()))
}

/// Waits until the app's health is as wanted.
fn wait_until(app: &App, status: &str) {
    let deadline = Instant::now() + Duration::from_mins(2);
    while app.health()["status"] != status {
        assert!(Instant::now() < deadline, "{}", app.health());
        thread::park_timeout(Duration::from_millis(20));
    }
}

#[test]
fn endless_loops_are_interrupted_and_their_session_goes_on() {
    let _alone = alone();
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
    let _alone = alone();
    let mut client = client();
    let reply = client.call("Runaway.cleans_up", json!([]));
    assert!(reply.message().contains("TimeBudgetExceeded"));
    assert_eq!(client.field("Runaway.text"), "cleaned up");
}

#[test]
fn waiting_is_not_computing() {
    let _alone = alone();
    let mut client = client();
    client.ok("Runaway.sleeps", json!([BUDGET.as_secs_f64() * 2.0]));
    assert_eq!(client.field("Runaway.text"), "slept");
}

#[test]
fn a_thread_lost_to_native_code_is_replaced_and_ends_when_it_comes_back() {
    let _alone = alone();
    let app = app();
    let hub = hub(&app);
    let (mut lost, mut other) = (Client::on(&hub), Client::on(&hub));
    let alive = app.health()["threads"]["alive"].clone();
    let event = lost.send("Runaway.native_loop", json!([NATIVE_SECONDS]));
    let mut slowest = Duration::ZERO;
    while app.health()["status"] == "ok" {
        let began = Instant::now();
        other.ok("Runaway.increment", json!([]));
        slowest = slowest.max(began.elapsed());
    }
    let health = app.health();
    assert_eq!(health["status"], "degraded", "{health}");
    assert_eq!(health["threads"]["lost"], 1, "{health}");
    for _ in 0..200 {
        let began = Instant::now();
        other.ok("Runaway.makes_cycles", json!([1_000]));
        slowest = slowest.max(began.elapsed());
    }
    assert_eq!(app.health()["threads"]["alive"], alive, "{}", app.health());
    assert!(slowest < AT_ONCE, "another session waited for {slowest:?}");
    assert!(lost.finish(event).error.is_some());
    wait_until(&app, "ok");
    let health = app.health();
    assert_eq!(
        health["threads"],
        json!({"alive": alive, "lost": 0, "replaced": 1})
    );
    Client::on(&hub).ok("Runaway.increment", json!([]));
}

#[test]
fn a_panic_in_native_code_fails_one_handler() {
    let _alone = alone();
    let app = app();
    let hub = hub(&app);
    let (mut client, mut other) = (Client::on(&hub), Client::on(&hub));
    for panics in 1..=3 {
        assert!(client.call("Runaway.panics", json!([])).error.is_some());
        other.ok("Runaway.increment", json!([]));
        let deadline = Instant::now() + AT_ONCE;
        while app.health()["threads"]["replaced"] != panics {
            assert!(Instant::now() < deadline, "{}", app.health());
            thread::park_timeout(Duration::from_millis(5));
        }
    }
    assert_eq!(app.health()["status"], "ok");
    assert_eq!(other.field("Runaway.count"), 3);
    Client::on(&hub).ok("Runaway.increment", json!([]));
}

#[test]
fn endless_recursion_and_huge_allocations_fail_one_handler() {
    let _alone = alone();
    // A hundred thousand calls take their time to be unwound, in native code.
    let mut client = Client::on(&hub(&app_with_budget("runaway", Duration::from_mins(1))));
    for limit in [1_000, 1_000_000] {
        let reply = client.call("Runaway.recurses", json!([limit]));
        assert!(
            reply.message().starts_with("RecursionError"),
            "{limit}: {}",
            reply.message()
        );
    }
    for kind in ["list", "text", "more than there is"] {
        let reply = client.call("Runaway.allocates", json!([kind]));
        assert!(
            reply.message().starts_with("MemoryError"),
            "{kind}: {}",
            reply.message()
        );
    }
    client.ok("Runaway.increment", json!([]));
}

#[test]
fn threads_that_python_starts_have_large_stacks() {
    let _alone = alone();
    let mut client = client();
    client.ok("Runaway.recurses_in_a_thread", json!([]));
    let depth = client.field("Runaway.count").as_u64().unwrap();
    // Two megabytes, the usual, hold some 14,000 calls; sixteen more than 100,000.
    assert!(depth > 50_000, "{depth} calls fit");
}

#[test]
fn an_app_can_ask_for_a_collection() {
    let _alone = alone();
    let mut client = client();
    client.ok("Runaway.collects", json!([]));
    assert_eq!(client.field("Runaway.text"), "collected");
}
