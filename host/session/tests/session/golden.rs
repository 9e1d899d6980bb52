//! The golden files: client messages are parsed into what they say, and server messages are
//! produced byte for byte. The TypeScript tests read the same files.

use std::fs;
use std::path::Path;

use ferroflex_session::frame;
use ferroflex_session::message::{Event, Hello, Message};
use ferroflex_session::{SessionError, Storage, Update, write_state};
use ferroflex_state::{DictKey, Op, Step, Value};
use serde_json::{Value as Json, json};

const TOKEN: &str = "Jk3v9QmXr2sT8uVwYz01aA";

/// The cases of a file: name and message.
fn cases(file: &str) -> Vec<(String, Json)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("golden")
        .join(file);
    let cases: Vec<Json> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert!(!cases.is_empty());
    let pair = |case: &Json| {
        (
            case["name"].as_str().unwrap().to_owned(),
            case["message"].clone(),
        )
    };
    cases.iter().map(pair).collect()
}

/// Compares the produced frame with the file's message as text, so that the order counts too.
fn check(file: &str, produce: impl Fn(&str) -> bytes::Bytes) {
    for (name, message) in cases(file) {
        let produced = String::from_utf8(produce(&name).to_vec()).unwrap();
        assert_eq!(produced, message.to_string(), "{file}: {name}");
    }
}

#[test]
fn client_hello() {
    for (name, message) in cases("client-hello.json") {
        let hello = Hello::parse(&message.to_string()).unwrap();
        let mut again = json!({
            "t": "hello", "v": 1, "build": hello.build, "client": hello.client,
            "token": hello.token, "seq": hello.seq, "event": hello.event, "base": hello.base,
            "route": hello.route,
        });
        if let Some(storage) = &hello.storage {
            again["storage"] = written(storage);
        }
        if let Some(previous) = hello.previous {
            again["previous"] = previous.into();
        }
        assert_eq!(again, message, "{name}");
    }
}

#[test]
fn client_storage() {
    for (name, message) in cases("client-storage.json") {
        let Ok(Message::Storage(storage)) = Message::parse(&message.to_string()) else {
            panic!("{name} tells nothing of storage");
        };
        let again = json!({"t": "storage", "values": written(&storage)});
        assert_eq!(again, message, "{name}");
    }
}

fn written(storage: &Storage) -> Json {
    let values = storage.values().iter();
    values
        .map(|((substate, field), text)| (format!("{substate}.{field}"), json!(text)))
        .collect()
}

#[test]
fn client_event() {
    for (name, message) in cases("client-event.json") {
        let Ok(Message::Event(event)) = Message::parse(&message.to_string()) else {
            panic!("{name} is no event");
        };
        let Event {
            id,
            handler,
            args,
            route,
            ack,
        } = event;
        let mut again = json!({"t": "event", "id": id, "handler": handler, "args": args});
        let parts = again.as_object_mut().unwrap();
        parts.extend(route.map(|route| ("route".to_owned(), json!(route))));
        parts.extend(ack.map(|ack| ("ack".to_owned(), json!(ack))));
        assert_eq!(again, message, "{name}");
    }
}

#[test]
fn client_ack_and_ping() {
    for (name, message) in cases("client-ack.json") {
        let parsed = Message::parse(&message.to_string()).unwrap();
        assert_eq!(
            parsed,
            Message::Ack(message["seq"].as_u64().unwrap()),
            "{name}"
        );
    }
    for (name, message) in cases("client-ping.json") {
        assert_eq!(
            Message::parse(&message.to_string()).unwrap(),
            Message::Ping,
            "{name}"
        );
    }
}

#[test]
fn client_route() {
    for (name, message) in cases("client-route.json") {
        let parsed = Message::parse(&message.to_string()).unwrap();
        let route = message["route"].as_str().unwrap().to_owned();
        assert_eq!(parsed, Message::Route(route), "{name}");
    }
}

#[test]
fn server_state() {
    let none = frame::State {
        sequence: 1,
        token: TOKEN,
        event: 0,
        handled: None,
        reopened: false,
        state: None,
    };
    check("server-state.json", |name| match name {
        "full state of a fresh session" => {
            let first = vec![Value::Bool(false), Value::Dict([].into_iter().collect())];
            let second = vec![
                Value::List(vec![]),
                Value::Str(String::new()),
                Value::Int(0),
            ];
            let text = write_state(&[Value::List(first), Value::List(second)]);
            frame::state(&frame::State {
                state: Some(&text),
                ..none
            })
        }
        "fresh session whose state the page has" => frame::state(&none),
        "resumed, missed frames follow" => frame::state(&frame::State {
            sequence: 17,
            event: 5,
            ..none
        }),
        "in the middle of a connection, with values that JSON cannot say" => {
            let text = write_state(&[Value::List(unsayable())]);
            let (sequence, event, handled) = (42, 9, Some(7));
            frame::state(&frame::State {
                sequence,
                event,
                handled,
                state: Some(&text),
                ..none
            })
        }
        "the state was opened anew" => frame::state(&frame::State {
            sequence: 43,
            event: 9,
            handled: Some(9),
            reopened: true,
            state: Some(b"[[0]]"),
            ..none
        }),
        other => panic!("no typed input for {other}"),
    });
}

fn unsayable() -> Vec<Value> {
    let dollar = (DictKey::Str("$".into()), Value::Int(1));
    vec![
        Value::BigInt("123456789012345678901".parse().unwrap()),
        Value::Float(f64::NAN),
        Value::Float(f64::NEG_INFINITY),
        Value::Bytes(vec![0, 1, 2]),
        Value::Dict([dollar].into_iter().collect()),
        Value::None,
    ]
}

#[test]
fn server_patch() {
    check("server-patch.json", |name| match name {
        "set one cell, event handled, toast" => {
            let value = Value::Float(103.25);
            let path = [Step::Index(0), Step::Index(512), Step::Name("price".into())];
            let set = Op::Set {
                path: path.into_iter().collect(),
                value,
            };
            let toast = json!({"c": "toast", "level": "info", "message": "Saved"});
            frame::patch(
                18,
                &Update {
                    patches: vec![(2, vec![set])],
                    commands: vec![toast],
                },
                &[5],
            )
        }
        "every operation, two substates" => frame::patch(
            19,
            &Update {
                patches: every_operation(),
                commands: vec![],
            },
            &[],
        ),
        "only an acknowledgement" => frame::patch(20, &Update::default(), &[6]),
        "every command" => frame::patch(
            21,
            &Update {
                patches: vec![],
                commands: every_command(),
            },
            &[7],
        ),
        "what follows from commands" => frame::patch(
            22,
            &Update {
                patches: vec![],
                commands: vec![script_with_callback()],
            },
            &[],
        ),
        other => panic!("no typed input for {other}"),
    });
}

fn every_operation() -> Vec<(u32, Vec<Op>)> {
    let field = |number| [Step::Index(number)].into_iter().collect();
    let old = [Step::Index(2), Step::Name("old".into())]
        .into_iter()
        .collect();
    let insert = vec![Value::Str("a".into()), Value::Str("b".into()), Value::None];
    vec![
        (
            0,
            vec![
                Op::Set {
                    path: field(1),
                    value: Value::Str("draft".into()),
                },
                Op::Delete { path: old },
            ],
        ),
        (
            3,
            vec![
                Op::Splice {
                    path: field(0),
                    index: 1,
                    remove: 2,
                    insert,
                },
                Op::Move {
                    path: field(0),
                    from: 0,
                    count: 2,
                    to: 1,
                },
                Op::Append {
                    path: field(4),
                    text: " more".into(),
                },
            ],
        ),
    ]
}

fn every_command() -> Vec<Json> {
    vec![
        json!({"c": "redirect", "to": "/x", "external": true, "popup": true, "replace": false}),
        json!({"c": "back"}),
        json!({"c": "toast", "message": "No", "level": "error", "id": "t", "style": {"color": "red"}}),
        json!({"c": "toast_dismiss", "id": "t"}),
        json!({"c": "alert", "message": "Look"}),
        json!({"c": "console", "message": {"here": [1, null]}}),
        json!({"c": "set_value", "id": "name", "value": ""}),
        json!({"c": "focus", "id": "name"}),
        json!({"c": "blur", "id": "name"}),
        json!({"c": "scroll", "id": "name", "top": true}),
        json!({"c": "clipboard", "text": "x"}),
        json!({"c": "color_mode", "mode": "dark"}),
        json!({"c": "download", "data": {"$": ["bytes", "AAH/"]}, "filename": "a.bin"}),
        json!({"c": "remove_cookie", "key": "k", "options": {"path": "/x"}}),
        json!({"c": "clear_storage", "area": "local"}),
        json!({"c": "remove_storage", "key": "k", "area": "session"}),
        json!({"c": "set_client", "name": "open", "value": true}),
        json!({"c": "get_client", "name": "open", "default": false,
               "callback": [{"handler": 3, "args": [{"$": ["result"]}]}]}),
        json!({"c": "call_script", "code": "f($0)", "values": [1]}),
        json!({"c": "call_function", "code": "() => 1"}),
    ]
}

fn script_with_callback() -> Json {
    let toast = json!({
        "c": "toast",
        "message": {"$": ["result", "text"]},
        "action": "Undo",
        "on_action": [{"handler": 4, "args": []}],
    });
    let args = json!(["x", {"$": ["result"]}, {"$": ["result", "items", -1]}]);
    let callback = json!([{"handler": 3, "args": args}, toast]);
    json!({"c": "call_script", "code": "f()", "callback": callback})
}

#[test]
fn server_error() {
    let plain = frame::Error {
        sequence: None,
        event: None,
        code: "",
        message: "",
        trace: None,
    };
    check("server-error.json", |name| match name {
        "a refused event" => frame::error(&frame::Error {
            sequence: Some(19),
            event: Some(6),
            code: "wrong_argument",
            message: "todo.TodoState.toggle: argument 1 (index) must be int, not str",
            ..plain
        }),
        "a failed handler with its traceback" => frame::error(&frame::Error {
            sequence: Some(20),
            event: Some(7),
            code: "handler_failed",
            message: "ZeroDivisionError: division by zero",
            trace: Some(
                "Traceback (most recent call last):\n  File \"apps/todo.py\", line 12, in divide\n    \
                 1 / 0\nZeroDivisionError: division by zero",
            ),
        }),
        "a malformed frame" => {
            let error = Message::parse("{\"t\":\"event\"}").unwrap_err();
            let (code, message) = (error.code(), error.to_string());
            let sequence = Some(21);
            frame::error(&frame::Error {
                sequence,
                code,
                message: &message,
                ..plain
            })
        }
        "no session behind it" => {
            let error = SessionError::UnsupportedVersion { given: "2".into() };
            let (code, message) = (error.code(), error.to_string());
            frame::error(&frame::Error {
                code,
                message: &message,
                ..plain
            })
        }
        other => panic!("no typed input for {other}"),
    });
}

#[test]
fn server_store() {
    check("server-store.json", |name| match name {
        "the store is not reached" => frame::store(true),
        "the store is reached again" => frame::store(false),
        other => panic!("no typed input for {other}"),
    });
}

#[test]
fn server_reload_and_pong() {
    check("server-reload.json", |_| frame::reload("build"));
    check("server-pong.json", |_| frame::pong());
}
