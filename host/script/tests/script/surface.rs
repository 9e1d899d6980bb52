//! The names of Reflex: those that apps use stand or are refused for the right reason; what is
//! declared and not acted on does not keep an app from loading.

use serde_json::json;

use crate::support::Client;

/// What apps use, one name a line: how many of 279 public apps use it, the name, our verdict.
const NAMES: &str = include_str!("names.tsv");

/// Whether what became of a look-up is what the verdict says.
fn is_right(verdict: &str, found: &str) -> bool {
    let there = found.starts_with("there: ");
    let lacking = found.starts_with("NotImplementedError: ");
    match verdict {
        "there" => there,
        // Reflex has it. Whoever builds it makes it `there`.
        "reflex" => there || lacking,
        "lacking" => lacking,
        "former" => found.starts_with("AttributeError: ") && found.contains("Reflex dropped"),
        "nobody" => found.starts_with("AttributeError: ") || found.starts_with("ModuleNotFound"),
        _ => false,
    }
}

#[test]
fn names_that_apps_use_stand_or_say_why_not() {
    let mut client = Client::of("surface");
    let mut wrong = Vec::new();
    let rows = NAMES.lines().filter(|row| !row.starts_with('#'));
    for row in rows {
        let [_, name, verdict] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("not three columns: {row}");
        };
        client.ok("Surface.look", json!([name]));
        let found = client.field("Surface.found");
        let found = found.as_str().unwrap();
        if !is_right(verdict, found) {
            wrong.push(format!("{name} is to be {verdict}, but: {found}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn constants_and_names_of_icons_are_those_of_reflex() {
    let mut client = Client::of("surface");
    for (code, expected) in [
        (
            "rx.constants.MemoizationMode(recursive=False).recursive",
            "False",
        ),
        (
            "importlib.import_module('reflex.constants.compiler').MemoizationMode().disposition.value",
            "'stateful'",
        ),
        (
            "rx.constants.EventTriggers.ON_MOUSE_OVER",
            "'on_mouse_over'",
        ),
        (
            "rx.state.Var is rx.Var and rx.style.EventSpec is rx.EventSpec",
            "True",
        ),
        ("rx.state.RouterData.__module__", "'reflex.router'"),
        ("str(rx.constants.Endpoint.UPLOAD)", "'/_upload'"),
        (
            "isinstance(importlib.import_module('reflex.components.lucide.icon').LUCIDE_ICON_LIST, list)",
            "True",
        ),
    ] {
        client.ok("Surface.ask", json!([code]));
        assert_eq!(client.field("Surface.found"), expected, "{code}");
    }
}

/// A name and what is said of it.
const MESSAGES: [(&str, &str); 7] = [
    (
        "rx.vstak",
        "AttributeError: rx.vstak does not exist; did you mean rx.vstack?",
    ),
    (
        "rx.Confg",
        "AttributeError: rx.Confg does not exist; did you mean rx.Config?",
    ),
    (
        "rx.chakra.vstack",
        "AttributeError: rx.chakra does not exist: Reflex dropped Chakra in 0.7; write \
         rx.<component>, such as rx.vstack",
    ),
    (
        "rx.asession",
        "NotImplementedError: rx.asession is not in Ferroflex yet (the database)",
    ),
    (
        "from reflex.state import StateManager",
        "NotImplementedError: reflex.state.StateManager is not in Ferroflex yet",
    ),
    (
        "from reflex.state import StateMangler",
        "AttributeError: module 'reflex.state' has no attribute 'StateMangler'",
    ),
    (
        "import reflex.no_such_module",
        "ModuleNotFoundError: No module named 'reflex.no_such_module'",
    ),
];

#[test]
fn messages_tell_what_reflex_has_from_what_nobody_has() {
    let mut client = Client::of("surface");
    for (name, message) in MESSAGES {
        client.ok("Surface.look", json!([name]));
        assert_eq!(client.field("Surface.found"), message, "{name}");
    }
}

#[test]
fn what_the_browser_is_to_keep_is_kept_by_the_session() {
    let mut client = Client::of("surface");
    let field = |client: &Client, name: &str| client.field(&format!("Surface.{name}"));
    assert_eq!(field(&client, "token"), "none");
    assert_eq!(field(&client, "visits"), "0");
    assert_eq!(field(&client, "tab"), "");
    assert_eq!(field(&client, "untyped"), "plain");
    client.ok("Surface.log_in", json!(["secret"]));
    assert_eq!(field(&client, "token"), "secret");
    assert_eq!(client.known(), client.told());
}

/// A Python expression, and what it gives as Python writes it.
const ANSWERS: [(&str, &str); 23] = [
    ("LiteralButtonSize.__args__", "('1', '2', '3', '4')"),
    (
        "ColorType.__args__[:2], ShadeType.__args__[-1]",
        "(('gray', 'mauve'), 12)",
    ),
    ("reflex_base.event is rx.event", "True"),
    (
        "importlib.import_module('reflex_base.vars') is rx.vars",
        "True",
    ),
    (
        "get_route_args('/posts/[id]/[[...rest]]')",
        "{'id': 'arg_single', 'rest': 'arg_list'}",
    ),
    (
        "format.to_snake_case('HelloWorld2 isHTML')",
        "'hello_world2_is_html'",
    ),
    ("format.to_kebab_case('hello_world')", "'hello-world'"),
    ("format.to_camel_case('on_key-down')", "'onKeyDown'"),
    ("format.to_title_case('hello_world', ' ')", "'Hello World'"),
    (
        "format.json_dumps({'when': importlib.import_module('datetime').date(2026, 1, 2)})",
        "'{\"when\": \"2026-01-02\"}'",
    ),
    ("is_optional(int | None), is_optional(int)", "(True, False)"),
    ("value_inside_optional(int | None)", "<class 'int'>"),
    (
        "[options['route'] for pages in DECORATED_PAGES.values() for _, options in pages]",
        "['/about']",
    ),
    (
        "[page['title'] for page in rx.page.get_decorated_pages()]",
        "['About']",
    ),
    ("rx._x.memo is rx.memo", "True"),
    (
        "importlib.import_module('reflex.components.core.foreach').Foreach.create is rx.foreach",
        "True",
    ),
    (
        "importlib.import_module('reflex.components.core').Cond.create(True, 1, 2)",
        "1",
    ),
    (
        "self.get_value('kept').append(1), self.get_value('kept'), type(self.get_value('kept'))",
        "(None, [[]], <class 'list'>)",
    ),
    (
        "[type(one) for one in self.get_value('kept')]",
        "[<class 'list'>]",
    ),
    ("rx.get_asset_path('logo.png')", "'/logo.png'"),
    ("rx.get_upload_dir().name", "'uploaded_files'"),
    (
        "hasattr(rx, 'chakra'), hasattr(rx.utils, 'formt')",
        "(False, False)",
    ),
    (
        "sorted(importlib.import_module('reflex.ignored').told)",
        "['rx.App(sio=…)']",
    ),
];

#[test]
fn helpers_of_reflexes_modules_do_what_they_did() {
    let mut client = Client::of("surface");
    for (code, expected) in ANSWERS {
        client.ok("Surface.ask", json!([code]));
        assert_eq!(client.field("Surface.found"), expected, "{code}");
    }
}
