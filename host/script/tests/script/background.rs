//! Background tasks: what they may change and when, what becomes of their events and failures.

use serde_json::{Value as Json, json};

use crate::support::{Client, app_alone, hub};

/// Starts a background handler and applies frames until the page shows `expected`.
#[expect(clippy::needless_pass_by_value, reason = "given as `json!(…)`")]
fn run(client: &mut Client, handler: &str, args: Json, field: &str, expected: Json) {
    client.ok(handler, args);
    wait(client, field, &expected);
}

fn wait(client: &mut Client, field: &str, expected: &Json) {
    while client.field(field) != *expected {
        let (text, frame) = client.step();
        assert_ne!(frame["t"], "error", "{text}");
    }
}

#[test]
fn each_section_is_sent_and_computed_vars_follow() {
    let mut client = Client::of("background");
    run(
        &mut client,
        "Work.count_to",
        json!([100]),
        "Work.doubled",
        json!(200),
    );
    assert_eq!(client.field("Work.count"), 100);
    assert_eq!(client.known(), client.told());
}

#[test]
fn the_old_name_of_the_decorator_works() {
    let mut client = Client::of("background");
    run(
        &mut client,
        "Work.old_name",
        json!([]),
        "Work.log",
        json!(["old name"]),
    );
}

#[test]
fn events_are_handled_beside_a_background_task() {
    let mut client = Client::of("background");
    run(
        &mut client,
        "Work.waits",
        json!([]),
        "Work.log",
        json!(["waits"]),
    );
    client.ok("Work.plain", json!(["meanwhile"]));
    assert_eq!(client.field("Work.log"), json!(["waits", "meanwhile"]));
    client.ok("Work.open_gate", json!([]));
    wait(
        &mut client,
        "Work.log",
        &json!(["waits", "meanwhile", "went on"]),
    );
}

#[test]
fn a_section_keeps_events_waiting() {
    let mut client = Client::of("background");
    run(&mut client, "Work.holds", json!([]), "Work.log", json!([]));
    let event = client.send("Work.plain", json!(["event"]));
    client.finish(event);
    let log = client.field("Work.log");
    let before_or_after = [json!(["holds", "lets go", "event"]), json!(["event"])];
    assert!(before_or_after.contains(&log), "{log}");
}

#[test]
fn a_write_outside_a_section_is_refused() {
    let mut client = Client::of("background");
    let expected = json!("3 refused, count 0, log []");
    run(
        &mut client,
        "Work.writes_outside",
        json!([]),
        "Work.seen",
        expected,
    );
}

#[test]
fn a_section_reaches_other_states_and_methods() {
    let mut client = Client::of("background");
    run(
        &mut client,
        "Work.reaches_other",
        json!([]),
        "Work.seen",
        json!("True 0"),
    );
    assert_eq!(client.field("Other.value"), 1);
    assert_eq!(client.field("Work.log"), json!(["from a helper"]));
}

#[test]
fn events_that_a_background_task_gives_follow() {
    let mut client = Client::of("background");
    let expected = json!(["yielded", "inside", "one", "two"]);
    run(&mut client, "Work.yields", json!([]), "Work.log", expected);
    let mut other = Client::of("background");
    run(
        &mut other,
        "Work.returns",
        json!([]),
        "Work.log",
        json!(["returned"]),
    );
}

#[test]
fn a_failure_in_the_background_is_told_and_what_changed_is_kept() {
    let mut client = Client::of("background");
    client.ok("Work.fails", json!([]));
    let error = loop {
        let (_, frame) = client.step();
        if frame["t"] == "error" {
            break frame;
        }
    };
    assert_eq!(error["message"], "ValueError: in the background");
    assert_eq!(client.field("Work.count"), 5);
}

#[test]
fn a_newer_background_task_cancels_an_older_one() {
    let mut client = Client::of("background");
    run(
        &mut client,
        "Work.latest",
        json!(["first"]),
        "Work.log",
        json!(["first began"]),
    );
    run(
        &mut client,
        "Work.latest",
        json!(["last"]),
        "Work.seen",
        json!("last"),
    );
    while !client
        .field("Work.log")
        .to_string()
        .contains("first cancelled")
    {
        client.step();
    }
}

#[test]
fn a_thread_may_change_the_state_inside_a_section() {
    let mut client = Client::of("background");
    run(
        &mut client,
        "Work.in_a_thread",
        json!([]),
        "Work.log",
        json!(["from a thread"]),
    );
}

#[test]
fn another_session_is_changed_through_its_token() {
    // A hub of its own: the app reaches the sessions of the first that it was given.
    let hub = hub(&app_alone("background"));
    let (mut here, mut there) = (Client::on(&hub), Client::on(&hub));
    here.ok("Other.visit", json!([there.token()]));
    wait(&mut there, "Work.log", &json!(["a visitor"]));
    assert_eq!(there.field("Work.count"), 100);
    assert_eq!(here.field("Work.count"), 0);
}

#[test]
fn a_token_that_nobody_has_is_an_error() {
    let mut client = Client::of("background");
    client.ok("Other.nobody", json!([]));
    let (_, frame) = client.step();
    let message = frame["message"].as_str().unwrap_or_default();
    assert!(message.contains("no session has the token"), "{frame}");
}
