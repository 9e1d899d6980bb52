//! `backend_exception_handler`: an app decides what its users are told of an exception.

use serde_json::json;

use crate::support::Client;

#[test]
fn what_the_handler_gives_takes_the_place_of_the_error() {
    let mut client = Client::of("recovering");
    let reply = client.ok("Handled.fails", json!(["toast"]));
    assert_eq!(reply.commands[0]["message"], "sorry: toast");
    assert_eq!(
        client.field("Handled.value"),
        1,
        "what changed before is sent"
    );
    let reply = client.ok("Handled.fails_late", json!([]));
    assert_eq!(reply.commands[0]["message"], "sorry: toast");
    let reply = client.ok("Handled.fails", json!(["events"]));
    assert_eq!(reply.commands[0]["to"], "/");
    assert_eq!(client.field("Handled.value"), 11);
    let reply = client.ok("Handled.fails", json!(["silent"]));
    assert_eq!(reply.commands.len(), 0);
}

#[test]
fn a_handler_that_fails_itself_leaves_the_error_to_be_told() {
    let mut client = Client::of("recovering");
    let reply = client.call("Handled.fails", json!(["unknown"]));
    assert_eq!(reply.message(), "ValueError: unknown");
    let reply = client.call("Handled.fails", json!(["again"]));
    assert_eq!(
        reply.message(),
        "KeyError: 'again'",
        "it is asked once for an event"
    );
}
