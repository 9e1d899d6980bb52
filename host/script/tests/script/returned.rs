//! The events that handlers return and yield, the options of `@rx.event`, and handlers that stand
//! in a module.

use std::fs;

use serde_json::json;

use crate::support::{Client, app, load_at};

#[test]
fn events_are_returned_in_every_way_and_methods_called() {
    let cases = [
        ("class_handler", json!(["one"])),
        ("by_type", json!(["typed"])),
        ("bound", json!(["one"])),
        ("bound_renamed", json!(["renamed"])),
        ("bound_inherited", json!(["inherited"])),
        ("lists", json!(["one", "two", "inherited"])),
        ("by_keyword", json!(["named"])),
        ("plain_call", json!(["plain", "one"])),
        ("awaited_call", json!(["awaited"])),
        ("yield_from", json!(["0", "1", "end"])),
        ("for_loop", json!(["0", "-", "1", "-"])),
        ("async_for", json!(["0", "1"])),
        ("generator_returns", json!(["returned"])),
    ];
    for (handler, steps) in cases {
        let mut client = Client::of("returned");
        client.ok(&format!("Work.{handler}"), json!([]));
        assert_eq!(client.field("Root.steps"), steps, "{handler}");
    }
}

#[test]
fn a_background_task_is_returned_and_returns_a_bound_method() {
    let mut client = Client::of("returned");
    client.ok("Work.starts_task", json!([]));
    while client.field("Root.steps") != json!(["value 1", "one"]) {
        let (text, frame) = client.step();
        assert_ne!(frame["t"], "error", "{text}");
    }
    assert_eq!(client.field("Work.value"), 1);
}

#[test]
fn what_is_no_event_is_named_with_what_was_meant() {
    let cases = [
        ("number", "or lists of them, not int 42"),
        ("text", "not str 'Work.one'"),
        ("in_a_list", "not int 42"),
        (
            "function",
            "not the function Work.function.<locals>.<lambda>, which is no event handler",
        ),
        ("partial", "not partial"),
        (
            "coroutine",
            "not the coroutine Work.gives_later(…); write `await` before",
        ),
        (
            "generator",
            "not the generator Work.counts(…); go through it with `for`",
        ),
        ("helper_method", "not the method Work._hidden"),
        ("holds_itself", "nest deeper than 16"),
        (
            "var_argument",
            "returned.Root.step: a Var has no value here",
        ),
        ("too_few", "returned.Root.step takes 1 argument, not 0"),
        (
            "calls_task",
            "RuntimeError: task is a background task and cannot be called; `return` or `yield` it, \
             such as `return Work.task`",
        ),
    ];
    let mut client = Client::of("returned");
    for (handler, expected) in cases {
        let reply = client.call(&format!("Work.{handler}"), json!([]));
        assert!(reply.error.is_some(), "{handler} is taken");
        assert!(
            reply.message().contains(expected),
            "{handler}: {}",
            reply.message()
        );
    }
}

#[test]
fn the_options_of_handlers_reach_the_page() {
    let app = app("returned");
    let page = &app.pages[0].module.javascript;
    for expected in [
        "{ prevent: true, stop: true, throttle: 100, debounce: 200, temporal: true }",
        "{ throttle: 300 }",
        "{ stop: true, throttle: 5 }",
        "{ prevent: true, stop: true, throttle: 6, debounce: 7, temporal: true }",
        "[8]",
    ] {
        assert!(page.contains(expected), "{expected} is not in\n{page}");
    }
}

#[test]
fn a_function_of_a_module_is_a_handler_of_the_state_that_it_takes_first() {
    let mut client = Client::of("standalone");
    client.ok("add", json!(["a", "2"]));
    client.ok("add", json!(["b"]));
    assert_eq!(client.field("Shop.items"), json!(["a", "b"]));
    assert_eq!(client.field("Shop.total"), 3);
    let reply = client.call("add", json!(["a", "x"]));
    assert_eq!(
        reply.message(),
        "standalone.add: argument 2 (price) must be int, not str"
    );
    client.ok("restock", json!([9]));
    assert_eq!(client.field("Shop.total"), 10);
    let reply = client.ok("stream", json!([3]));
    assert!(reply.changes >= 3, "{:?}", reply.frames);
    assert_eq!(client.field("Shop.total"), 0);
    client.ok("async_stream", json!([]));
    assert_eq!(client.field("Shop.total"), 3);
    assert_eq!(
        client.field("Shop.items"),
        json!(["a", "b", "restocked", "streamed", "called"])
    );
}

#[test]
fn annotations_that_are_text_are_those_of_their_module() {
    let mut client = Client::of("standalone");
    let data = json!({"number": "5", "address": {"street": "A", "above": {"street": "B"}}});
    client.ok("order", json!([data, [data]]));
    let address = "Address(street='A', above=Address(street='B', above=None))";
    let order = format!("{{'number': 5, 'address': {address}}}");
    assert_eq!(
        client.field("Shop.items"),
        json!([order, format!("[{order}]")])
    );
    let reply = client.call("order", json!([{"number": 1, "address": {}}]));
    let expected = "argument 1 (data.address.street) must be str, not missing";
    assert!(reply.message().contains(expected), "{}", reply.message());
    let reply = client.call(
        "order",
        json!([{"number": 1, "address": {"street": ""}, "note": {}}]),
    );
    assert!(
        reply
            .message()
            .contains("(data.note) must be str, not dict")
    );
}

#[test]
fn methods_return_the_handlers_of_modules() {
    let mut client = Client::of("standalone");
    client.ok("Window.from_method", json!([]));
    assert_eq!(
        client.field("Shop.items"),
        json!(["method", "pear", "restocked"])
    );
    let reply = client.call("Window.bare", json!([]));
    assert!(
        reply
            .message()
            .contains("standalone.add takes 1 to 2 arguments, not 0")
    );
}

#[test]
fn handlers_of_modules_stand_in_pages_and_in_the_table_of_handlers() {
    let app = app("standalone");
    let handlers = app.names.handlers();
    for name in [
        "add",
        "restock",
        "later",
        "adder.<locals>.add_it",
        "adder.<locals>.add_it_2",
    ] {
        let full_name = format!("standalone.{name}");
        assert!(
            handlers.iter().any(|known| **known == *full_name),
            "{full_name}"
        );
    }
    assert!(!handlers.iter().any(|name| name.contains("helper")));
    let number = |name: &str| {
        handlers
            .iter()
            .position(|known| known.ends_with(name))
            .unwrap()
    };
    let page = &app.pages[0].module.javascript;
    for expected in [
        format!("send({}, [\"clicked\"])", number(".add")),
        format!("send({}, [3])", number(".restock")),
        format!("send({}, [])", number("add_it")),
        format!("send({}, [])", number("add_it_2")),
        "{ throttle: 250, temporal: true }".to_owned(),
    ] {
        assert!(page.contains(&expected), "{expected} is not in\n{page}");
    }
}

#[test]
fn what_is_no_handler_is_refused_where_it_is_defined() {
    let cases = [
        (
            "    @rx.event(background=True)\n    def work(self): pass",
            "TypeError: S.work: a background task must be async; write `async def`",
        ),
        (
            "    @rx.background\n    def work(self): pass",
            "TypeError: S.work: a background task must be async",
        ),
        (
            "    @rx.event\n    def _work(self): pass",
            "ValueError: S._work: an event handler cannot be private",
        ),
        (
            "    def work(self, *rest, key): pass",
            "TypeError: app.S.work: key can only be given by name, which no event does after *rest",
        ),
        (
            "    @rx.event(throttle='often')\n    def work(self): pass",
            "TypeError",
        ),
        (
            "    pass\nclass S(rx.State):\n    pass",
            "ValueError: the state class app.S is defined twice",
        ),
    ];
    let folder = std::env::temp_dir().join(format!("ferroflex-handlers-{}", std::process::id()));
    for (body, expected) in cases {
        fs::create_dir_all(&folder).unwrap();
        let page = "def index():\n    return rx.text('x')\napp = rx.App()\napp.add_page(index)";
        let source = format!("import reflex as rx\nclass S(rx.State):\n{body}\n{page}\n");
        fs::write(folder.join("app.py"), source).unwrap();
        let failure = load_at(&folder.join("app.py")).expect_err(body);
        assert!(
            failure.message.contains(expected),
            "{body}: {}",
            failure.message
        );
    }
    fs::remove_dir_all(&folder).unwrap();
}
