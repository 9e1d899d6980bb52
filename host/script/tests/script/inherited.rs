//! Substates, mixins, defaults, and what may be assigned.

use serde_json::{Value as Json, json};

use crate::support::{Client, app, hub};

/// What a page knows after some events: `(what it is about, events, fields)`.
type Case = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [(&'static str, &'static str)],
);

const CASES: [Case; 18] = [
    (
        "fields start with their defaults",
        &[],
        &[
            ("Parent.plain", "0"),
            ("Parent.text", "\"\""),
            ("Parent.maybe", "null"),
            ("Parent.listed", "[]"),
            ("Child.name", "\"nobody\""),
            ("Child.own", "10"),
            ("Sized.size", "3"),
        ],
    ),
    (
        "a parent's field is written through the substate",
        &[("Child.write_to_parent", "[7]")],
        &[("Parent.count", "7"), ("Parent.items", "[1, 7]")],
    ),
    (
        "a parent's field is read through the substate",
        &[("Parent.increment", "[]"), ("Child.read_parent", "[]")],
        &[("Child.own", "2")],
    ),
    (
        "a parent's handler is called on the substate",
        &[("Child.both", "[]")],
        &[("Child.own", "11"), ("Parent.count", "1")],
    ),
    (
        "a mixin's fields belong to each class",
        &[("Child.rename", "[\"Ada\"]")],
        &[
            ("Child.name", "\"Ada\""),
            ("Child.greeting", "\"hello Ada\""),
            ("Sibling.name", "\"nobody\""),
            ("Sibling.greeting", "\"hello nobody\""),
        ],
    ),
    (
        "a mixin need not be a state",
        &[("Sized.grow", "[]")],
        &[("Sized.size", "4")],
    ),
    (
        "reset gives the defaults back",
        &[
            ("Parent.add", "[5]"),
            ("Parent.increment", "[]"),
            ("Parent.clear", "[]"),
        ],
        &[
            ("Parent.items", "[1]"),
            ("Parent.table", "{\"a\": [1]}"),
            ("Parent.count", "0"),
        ],
    ),
    (
        "every field has a setter",
        &[
            ("Child.set_own", "[5]"),
            ("Parent.set_listed", "[[\"a\"]]"),
            ("Parent.set_maybe", "[null]"),
        ],
        &[
            ("Child.own", "5"),
            ("Parent.listed", "[\"a\"]"),
            ("Parent.maybe", "null"),
        ],
    ),
    (
        "a setter is called in Python",
        &[("Child.use_setters", "[]")],
        &[("Child.own", "77")],
    ),
    (
        "backend vars need no declaration",
        &[("Child.backend", "[]")],
        &[("Child.own", "5")],
    ),
    (
        "a mixin's handlers and computed vars are each class's own",
        &[("Board.mark", "[\"x\"]"), ("Page.mark", "[\"y\"]")],
        &[
            ("Board.marks", "[\"start\", \"<x>\"]"),
            ("Board.marked", "2"),
            ("Page.marks", "[\"start\", \"y\"]"),
        ],
    ),
    (
        "a mixin's handlers are of every kind",
        &[("Page.mark_twice", "[]"), ("Page.mark_later", "[]")],
        &[(
            "Page.marks",
            "[\"cleared\", \"start\", \"one\", \"two\", \"later\"]",
        )],
    ),
    (
        "a mixin that is no state has handlers and computed vars too",
        &[("Board.retitle", "[\"Best\"]")],
        &[
            ("Board.title", "\"Best\""),
            ("Board.heading", "\"Best! (1)\""),
        ],
    ),
    (
        "a mixin's setter may be written out",
        &[
            ("Page.set_marks", "[\"own\"]"),
            ("Board.set_marks", "[[\"all\"]]"),
        ],
        &[
            ("Page.marks", "[\"own\", \"explicit\"]"),
            ("Board.marks", "[\"all\"]"),
        ],
    ),
    (
        "what a parent has of its mixins stays the parent's",
        &[("Below.mark_above", "[]"), ("Board.mark", "[\"x\"]")],
        &[
            ("Board.marks", "[\"start\", \"<from below>\", \"<x>\"]"),
            ("Board.title", "\"set below\""),
            ("Below.depth", "2"),
        ],
    ),
    (
        "reset reaches the substates",
        &[
            ("Lowest.deepen", "[]"),
            ("Board.mark", "[\"x\"]"),
            ("Reader.set_own", "[9]"),
            ("Resetting.reset_board", "[]"),
        ],
        &[
            ("Board.marks", "[\"start\"]"),
            ("Below.depth", "1"),
            ("Lowest.lowest", "0"),
            ("Reader.own", "9"),
        ],
    ),
    (
        "reset leaves the parents alone",
        &[("Lowest.deepen", "[]"), ("Lowest.parent_reset", "[]")],
        &[("Below.depth", "6"), ("Lowest.lowest", "0")],
    ),
    (
        "another state is reached",
        &[("Child.across", "[]")],
        &[("Other.value", "6"), ("Child.own", "6")],
    ),
];

#[test]
fn states_inherit_and_start_as_in_reflex() {
    let hub = hub(&app("inherited"));
    for (about, events, fields) in CASES {
        let mut client = Client::on(&hub);
        for (handler, args) in events {
            client.ok(handler, serde_json::from_str(args).unwrap());
        }
        for (field, expected) in fields {
            let expected: Json = serde_json::from_str(expected).unwrap();
            assert_eq!(client.field(field), expected, "{about}: {field}");
        }
        assert_eq!(client.known(), client.told(), "{about}");
    }
}

#[test]
fn a_change_in_one_substate_sends_nothing_of_others() {
    let mut client = Client::of("inherited");
    let reply = client.ok("Child.rename", json!(["Eve"]));
    let frame: Json = serde_json::from_str(&reply.frames[0]).unwrap();
    assert_eq!(frame["ops"].as_array().unwrap().len(), 1, "{frame}");
    assert_eq!(reply.frames.len(), 1);
}

#[test]
fn a_misspelt_field_is_refused_and_what_came_before_is_kept() {
    let mut client = Client::of("inherited");
    let reply = client.call("Child.misspelt", json!([]));
    assert!(
        reply.message().contains("has no field onw"),
        "{}",
        reply.message()
    );
    assert_eq!(client.field("Child.own"), 11);
}

#[test]
fn defaults_are_each_sessions_own() {
    let hub = hub(&app("inherited"));
    let (mut one, mut two) = (Client::on(&hub), Client::on(&hub));
    one.ok("Parent.add", json!([5]));
    two.ok("Parent.increment", json!([]));
    assert_eq!(one.field("Parent.items"), json!([1, 5]));
    assert_eq!(two.field("Parent.items"), json!([1]));
    assert_eq!(two.field("Parent.table"), json!({"a": [1]}));
    let made = |client: &Client| client.field("Parent.made")[1].as_u64().unwrap();
    assert_ne!(made(&one), made(&two), "the factory runs for each session");
    let hidden = |client: &mut Client| {
        client.ok("Parent.hidden", json!([])).commands[0]["message"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(hidden(&mut one), "[0, 5]");
    assert_eq!(hidden(&mut two), "[0]");
    assert_eq!(hidden(&mut Client::on(&hub)), "[0]");
}

#[test]
fn the_value_of_a_var_is_got_from_any_state() {
    let mut client = Client::of("inherited");
    client.ok("Reader.read", json!([]));
    let expected = "[4, 8, ['start'], 'untitled! (0)', 1, 'constant', [1, 2], 'no Var']";
    assert_eq!(client.field("Reader.seen"), expected);
    let reply = client.call("Reader.read_computed", json!([]));
    assert!(reply.message().starts_with("ValueError: only a field"));
}

#[test]
fn fields_are_set_by_name_and_classes_tell_of_each_other() {
    let mut client = Client::of("inherited");
    client.ok("Reader.by_setvar", json!([]));
    assert_eq!(client.field("Reader.own"), 21);
    client.ok("Reader.through_event", json!([]));
    assert_eq!(client.field("Reader.own"), 31);
    assert_eq!(client.field("Reader.seen"), "set");
    let reply = client.call("Reader.wrong_setvar", json!([]));
    assert!(
        reply
            .message()
            .contains("inherited.Reader has no field owm that can be set")
    );
    let reply = client.call("Reader.misspelt_class", json!([]));
    assert!(
        reply
            .message()
            .contains("'Reader' has no attribute 'seeen'")
    );
    client.ok("Reader.names", json!([]));
    assert_eq!(client.field("Reader.seen"), "(True, True, 'Below', False)");
}

#[test]
fn what_is_no_state_is_not_got() {
    let mut client = Client::of("inherited");
    let reply = client.call("Child.across_to_nothing", json!([]));
    assert!(
        reply.message().contains("is not a state class"),
        "{}",
        reply.message()
    );
    let handlers = app("inherited").names.handlers().concat();
    assert!(!handlers.contains("get_state"), "no page may call it");
}

#[test]
fn backend_vars_and_backend_computed_vars_are_not_sent() {
    for name in ["inherited", "computed"] {
        for (state, fields) in app(name).names.states() {
            let sent = fields.iter().find(|field| field.starts_with('_'));
            assert_eq!(sent, None, "{state}");
        }
    }
}
