//! Handlers: generators, chains, commands, failures. Not here: their arguments (`arguments`).

use serde_json::json;

use crate::support::Client;

#[test]
fn each_yield_is_a_frame() {
    let mut client = Client::of("handlers");
    for handler in ["Work.stream", "Work.wait_stream"] {
        client.ok("Work.wait", json!([100]));
        let reply = client.ok(handler, json!([3]));
        assert_eq!(reply.changes, 3, "{handler}: {:?}", reply.frames);
        assert_eq!(client.field("Work.value"), 2, "{handler}");
    }
}

#[test]
fn events_that_a_handler_asks_for_follow_in_order() {
    let cases = [
        ("Work.then_other", json!(["first", "second"])),
        ("Work.then_self", json!(["by type"])),
        ("Work.then_bound", json!(["bound"])),
        ("Work.then_many", json!(["one", "two"])),
        ("Work.yield_many", json!(["sooner", "later"])),
        ("Work.calls", json!(["called", "after"])),
    ];
    for (handler, steps) in cases {
        let mut client = Client::of("handlers");
        client.ok(handler, json!([]));
        assert_eq!(client.field("Work.steps"), steps, "{handler}");
        assert_eq!(client.known(), client.told(), "{handler}");
    }
}

#[test]
fn commands_and_other_states_handlers_are_mixed() {
    let mut client = Client::of("handlers");
    let reply = client.ok("Work.then_many", json!([]));
    assert_eq!(reply.commands.len(), 1, "{:?}", reply.commands);
    assert_eq!(reply.commands[0]["c"], "toast");
    assert_eq!(reply.commands[0]["message"], "middle");
    assert_eq!(client.field("Elsewhere.visits"), 1);
    let reply = client.ok("Work.yield_many", json!([]));
    assert_eq!(reply.commands[0]["to"], "/next");
}

#[test]
fn what_a_failed_handler_changed_is_kept_and_sent() {
    let mut client = Client::of("handlers");
    let reply = client.call("Work.fails", json!([]));
    assert_eq!(reply.message(), "ValueError: on purpose");
    let trace = reply.error.as_ref().unwrap()["trace"].as_str().unwrap();
    assert!(
        trace.contains("handlers.py\", line ") && trace.contains("in fails"),
        "{trace}"
    );
    assert_eq!(client.field("Work.value"), 5);
    assert_eq!(client.field("Work.steps"), json!(["before"]));
    let reply = client.call("Work.fails_after_yield", json!([]));
    assert!(
        reply.message().starts_with("KeyError"),
        "{}",
        reply.message()
    );
    assert_eq!(client.field("Work.value"), 2);
    assert_eq!(client.known(), client.told());
}

#[test]
fn what_cannot_be_followed_or_sent_is_said() {
    let cases = [
        ("Work.wrong_return", "TypeError"),
        ("Work.endless", "RecursionError"),
        ("Work.unsendable", "cannot be sent to the browser"),
        ("Work.function", "handlers.Work.given: a function cannot be sent to the browser"),
        ("Work.deep", "nested more than"),
        ("Work.holds_itself", "holds itself"),
    ];
    let mut client = Client::of("handlers");
    for (handler, expected) in cases {
        let reply = client.call(handler, json!([]));
        assert!(
            reply.message().contains(expected),
            "{handler}: {}",
            reply.message()
        );
    }
    client.ok("Work.repaired", json!([]));
    assert_eq!(client.field("Work.given"), "sendable");
    client.ok("Work.set_steps", json!([["again"]]));
    assert_eq!(client.field("Work.steps"), json!(["again"]));
    assert_eq!(client.known(), client.told());
}

#[test]
fn the_router_follows_the_browser() {
    let mut client = Client::of("handlers");
    let event = client.send_from(
        "Work.where",
        &json!([]),
        &json!("/shop/7?sort=up&q=a%20b#top"),
    );
    let reply = client.finish(event);
    assert_eq!(reply.error, None);
    let expected = "('/404', {'sort': 'up', 'q': 'a b'}, '/shop/7', '10.0.0.1', 'test')";
    assert_eq!(client.field("Work.given"), expected);
    let page = client.field("State.router")["page"].clone();
    assert_eq!(page["path"], "/404");
    assert_eq!(page["params"], json!({"sort": "up", "q": "a b"}));
}
