//! Handlers: generators, chains, commands, failures, and the arguments that pages give.

use serde_json::{Value as Json, json};

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

/// A handler with an annotated argument, what is given, and what Python makes of it; an error's
/// text starts with `!`.
const ARGUMENTS: [(&str, &str, &str); 28] = [
    ("take_int", "[3]", "3"),
    ("take_int", "[\"12\"]", "12"),
    ("take_int", "[4.0]", "4"),
    (
        "take_int",
        "[{\"$\": [\"int\", \"123456789012345678901\"]}]",
        "123456789012345678901",
    ),
    (
        "take_int",
        "[1.5]",
        "!argument 1 (value) must be int, not float",
    ),
    (
        "take_int",
        "[\"x\"]",
        "!argument 1 (value) must be int, not str",
    ),
    ("take_int", "[null]", "!must be int, not None"),
    ("take_int", "[true]", "!must be int, not bool"),
    ("take_int", "[{\"$\": [\"int\", \"abc\"]}]", "!must be int"),
    ("take_int", "[]", "!takes 1 argument, not 0"),
    ("take_int", "[1, 2]", "!takes 1 argument, not 2"),
    ("take_float", "[2]", "2.0"),
    ("take_float", "[\"1.5\"]", "1.5"),
    ("take_float", "[{\"$\": [\"float\", \"nan\"]}]", "nan"),
    ("take_float", "[\"\"]", "!must be float, not str"),
    ("take_bool", "[\"true\"]", "True"),
    ("take_bool", "[false]", "False"),
    ("take_bool", "[1]", "!must be bool, not int"),
    ("take_str", "[7]", "'7'"),
    ("take_str", "[{}]", "!must be str, not dict"),
    ("take_list", "[[1, 2]]", "[1, 2]"),
    ("take_list", "[\"ab\"]", "!must be list, not str"),
    ("take_optional", "[null]", "None"),
    ("take_optional", "[\"5\"]", "5"),
    ("take_default", "[1]", "(1, 'none')"),
    ("take_default", "[1, \"x\"]", "(1, 'x')"),
    ("take_many", "[1, \"b\", [null]]", "(1, 'b', [None])"),
    (
        "take_any",
        "[{\"a\": [1.5, {\"$\": [\"bytes\", \"AQI=\"]}]}]",
        "{'a': [1.5, b'\\x01\\x02']}",
    ),
];

#[test]
fn arguments_are_converted_or_refused() {
    let mut client = Client::of("handlers");
    for (handler, args, expected) in ARGUMENTS {
        let args: Json = serde_json::from_str(args).unwrap();
        let reply = client.call(&format!("Work.{handler}"), args.clone());
        if let Some(message) = expected.strip_prefix('!') {
            assert!(reply.error.is_some(), "{handler}{args} is taken");
            let said = reply.message();
            assert!(said.contains(message), "{handler}{args}: {said}");
        } else {
            assert_eq!(reply.error, None, "{handler}{args}");
            assert_eq!(client.field("Work.given"), expected, "{handler}{args}");
        }
    }
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
    let expected = "('/shop/7', {'sort': 'up', 'q': 'a b'}, '/shop/7', '10.0.0.1', 'test')";
    assert_eq!(client.field("Work.given"), expected);
    let page = client.field("State.router")["page"].clone();
    assert_eq!(page["path"], "/shop/7");
    assert_eq!(page["params"], json!({"sort": "up", "q": "a b"}));
}
