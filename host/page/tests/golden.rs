//! Trees of components, and the module and stylesheet that each becomes: `golden/<name>.js` and
//! `golden/<name>.css`. On a difference the new text is written beside the test's other output,
//! and its path is in the message: read it, and copy it over the golden file when it is right.

mod support;

use std::{fs, path::PathBuf, process::Command, sync::Arc};

use ferroflex_page::{
    Argument, Icons, Module, PageError, create,
    expr::{BinaryOp, Expr, Method, fresh_local},
    generate,
    node::{Action, Callback, CommandValue, Node, Trigger},
    types::Type,
};
use ferroflex_state::Value;
use support::{
    attribute, check, cond, dict, each, generated, icons, keywords, names, node, number, on, page,
    rx, state, text, trigger, value, yes,
};

#[test]
fn static_page() {
    check(
        "static",
        rx(
            "vstack",
            [
                rx(
                    "heading",
                    [text("Hello")],
                    [("size", number(7)), ("color_scheme", text("red"))],
                ),
                rx(
                    "text",
                    [text("one "), rx("text.strong", [text("two")], [])],
                    [],
                ),
                rx(
                    "link",
                    [text("docs")],
                    [("href", text("/docs")), ("is_external", yes())],
                ),
                rx(
                    "image",
                    [],
                    [("src", text("/logo.png")), ("alt", text("</script>"))],
                ),
                rx("icon", [text("plus")], [("size", number(20))]),
                rx("icon_button", [text("plus")], [("size", text("1"))]),
                rx("el.br", [], []),
                rx("html", [text("<b>bold</b>")], []),
            ],
            [
                ("spacing", text("5")),
                ("data_page", text("home")),
                ("aria_label", text("page")),
            ],
        ),
    );
}

#[test]
fn texts_and_choices() {
    let busy = || state("is_busy");
    let count = || state("open_count");
    let none_left = Expr::binary(BinaryOp::Equal, count(), Expr::literal(Value::Int(0))).unwrap();
    let cases = vec![
        (
            vec![Expr::text("red"), Expr::text("green")],
            node(rx("badge", [text("warm")], [])),
        ),
        (
            vec![Expr::text("blue")],
            node(rx("badge", [text("cold")], [])),
        ),
    ];
    let default = Arc::new(Node::Text(state("color")));
    let icon = Expr::cond(busy(), Expr::text("sun"), Expr::text("plus"));
    check(
        "choices",
        rx(
            "box",
            [
                rx("text", [value(count()), text(" open")], []),
                rx(
                    "text",
                    [value(Expr::format(vec![state("draft"), busy()]))],
                    [],
                ),
                cond(busy(), rx("spinner", [], []), rx("fragment", [], [])),
                cond(
                    none_left,
                    text("nothing"),
                    rx("text", [value(state("items"))], []),
                ),
                Argument::Node(Node::Match(state("color"), cases, default)),
                rx("icon", [value(icon)], []),
                rx(
                    "button",
                    [text("Add")],
                    [
                        ("disabled", value(busy())),
                        (
                            "class_name",
                            value(Expr::cond(busy(), Expr::text("x"), Expr::text("y"))),
                        ),
                        ("on_click", on("add", vec![])),
                    ],
                ),
            ],
            [],
        ),
    );
}

/// Sends something computed of what the event gives.
fn ticked() -> Argument {
    let given = Expr::event_arg(0, Type::Any);
    let text = Expr::format(vec![Expr::text("ticked: "), given.clone()]);
    on(
        "set_draft",
        vec![Expr::cond(given, text, Expr::text("not"))],
    )
}

fn changed(ty: Type) -> Argument {
    on("set_draft", vec![Expr::event_arg(0, ty)])
}

#[test]
fn inputs() {
    let choices = value(Expr::list(vec![Expr::text("a"), Expr::text("b")]));
    let draft = rx(
        "input",
        [],
        [
            ("value", value(state("draft"))),
            ("on_change", changed(Type::Str)),
            ("on_key_down", changed(Type::Str)),
        ],
    );
    let done = [
        ("checked", value(state("is_busy"))),
        ("on_change", changed(Type::Bool)),
    ];
    let chosen = [
        ("value", value(state("color"))),
        ("on_change", changed(Type::Str)),
        ("placeholder", text("Choose")),
    ];
    check(
        "inputs",
        rx(
            "form",
            [
                draft,
                rx(
                    "el.input",
                    [],
                    [("type_", text("text")), ("name", text("title"))],
                ),
                rx("checkbox", [text("Done")], done),
                rx(
                    "el.input",
                    [],
                    [("type", text("checkbox")), ("on_change", ticked())],
                ),
                rx("select", [choices], chosen),
                rx("slider", [], [("default_value", number(40))]),
                rx(
                    "el.select",
                    [rx("el.option", [value(state("color"))], [])],
                    [],
                ),
            ],
            [
                (
                    "on_submit",
                    on("submit", vec![Expr::event_arg(0, Type::Any)]),
                ),
                ("reset_on_submit", yes()),
            ],
        ),
    );
}

#[test]
fn events() {
    let mut slow = trigger("set_draft", vec![state("draft")]);
    slow.debounce_ms = Some(300);
    slow.stop_propagation = true;
    let to = vec![
        entry("c", Expr::text("redirect")),
        entry("to", state("draft")),
    ];
    let mut two = trigger("add", vec![]);
    two.actions.push(Action::Command(to));
    check(
        "events",
        rx(
            "fragment",
            [
                rx(
                    "button",
                    [text("slow")],
                    [("on_click", Argument::Trigger(slow))],
                ),
                rx(
                    "button",
                    [text("two")],
                    [("on_click", Argument::Trigger(two))],
                ),
                rx("button", [text("again")], [("on_click", on("add", vec![]))]),
                rx(
                    "button",
                    [text("and again")],
                    [("on_click", on("add", vec![]))],
                ),
                rx("box", [text("shown")], [("on_mount", on("load", vec![]))]),
                rx("color_mode.button", [], [("position", text("top-right"))]),
            ],
            [],
        ),
    );
}

fn click(actions: Vec<Action>) -> [(&'static str, Argument); 1] {
    let trigger = Trigger {
        actions,
        ..Trigger::default()
    };
    [("on_click", Argument::Trigger(trigger))]
}

fn entry(name: &str, value: Expr) -> (String, CommandValue) {
    (name.to_owned(), CommandValue::Value(value))
}

/// A script whose result the actions may take.
fn script(code: &str, actions: Vec<Action>) -> Action {
    let callback = Callback {
        given: Some("result".into()),
        actions,
    };
    Action::Command(vec![
        entry("c", Expr::text("call_script")),
        entry("code", Expr::text(code)),
        ("callback".to_owned(), CommandValue::Callback(callback)),
    ])
}

#[test]
fn callbacks_are_functions_of_what_they_are_given() {
    let result = || Expr::raw("result", Type::Any);
    let mut told = trigger("set_draft", vec![attribute(&result(), "x")]).actions;
    told.push(Action::Command(vec![
        entry("c", Expr::text("alert")),
        entry("message", state("draft")),
    ]));
    let pressed = Callback {
        given: None,
        actions: trigger("add", vec![]).actions,
    };
    let toast = Action::Command(vec![
        entry("c", Expr::text("toast")),
        ("on_action".to_owned(), CommandValue::Callback(pressed)),
    ]);
    let row = each(state("items"), |item, _| {
        let args = vec![result(), attribute(&item, "text")];
        let taken = trigger("set_draft", args).actions;
        rx("button", [], click(vec![script("1 + 1", taken)]))
    });
    check(
        "callbacks",
        rx(
            "fragment",
            [
                rx("button", [], click(vec![script("f()", told)])),
                rx("button", [], click(vec![script("g()", vec![])])),
                rx("button", [], click(vec![toast])),
                row,
            ],
            [],
        ),
    );
}

#[test]
fn choices_between_events() {
    let add = |args| trigger("add", args).actions;
    let choose = |then, otherwise| Action::Choose {
        test: state("is_busy"),
        then,
        otherwise,
    };
    let many = Expr::binary(BinaryOp::Greater, state("open_count"), state("limit")).unwrap();
    let nested = Action::Choose {
        test: many,
        then: vec![choose(add(vec![]), vec![])],
        otherwise: [add(vec![]), vec![Action::ToggleColorMode]].concat(),
    };
    let on_click = |actions| {
        let trigger = Trigger {
            actions,
            ..Trigger::default()
        };
        ("on_click", Argument::Trigger(trigger))
    };
    let value_of_event = Expr::event_arg(0, Type::Str);
    let on_change = Trigger {
        actions: vec![choose(add(vec![value_of_event]), vec![])],
        ..Trigger::default()
    };
    let row = each(state("items"), |item, _| {
        let done = Action::Choose {
            test: attribute(&item, "done"),
            then: vec![Action::ToggleColorMode],
            otherwise: add(vec![]),
        };
        rx("button", [], [on_click(vec![done])])
    });
    check(
        "event_choices",
        rx(
            "fragment",
            [
                rx("button", [], [on_click(vec![nested.clone()])]),
                rx(
                    "button",
                    [],
                    [on_click(vec![nested, Action::ToggleColorMode])],
                ),
                rx(
                    "input",
                    [],
                    [
                        ("value", value(state("draft"))),
                        ("on_change", Argument::Trigger(on_change)),
                    ],
                ),
                row,
            ],
            [],
        ),
    );
}

#[test]
fn loops() {
    let list = each(state("items"), |item, index| {
        let done = attribute(&item, "done");
        let long = Expr::binary(
            BinaryOp::Greater,
            Expr::method(attribute(&item, "text"), Method::Length, vec![]).unwrap(),
            state("limit"),
        );
        rx(
            "table.row",
            [
                rx(
                    "table.cell",
                    [value(attribute(&item, "text"))],
                    [("color", value(state("color")))],
                ),
                cond(
                    long.unwrap(),
                    rx("badge", [text("long")], []),
                    rx("icon", [text("plus")], []),
                ),
                rx(
                    "checkbox",
                    [],
                    [
                        ("checked", value(done.clone())),
                        ("on_change", on("toggle", vec![index])),
                    ],
                ),
            ],
            [
                ("key", value(attribute(&item, "text"))),
                (
                    "opacity",
                    value(Expr::cond(
                        done,
                        Expr::literal(Value::Float(0.5)),
                        Expr::literal(Value::Int(1)),
                    )),
                ),
            ],
        )
    });
    let nested = each(state("groups"), |pair, _| {
        let at = |position| Expr::index(pair.clone(), Expr::literal(Value::Int(position))).unwrap();
        let numbers = each(at(1), |number, _| {
            let mode = Expr::color_mode(Expr::text("black"), Expr::text("white"));
            let sum = Expr::binary(BinaryOp::Add, number, state("limit")).unwrap();
            rx("el.li", [value(sum)], [("class_name", value(mode))])
        });
        rx("el.ul", [value(at(0)), numbers], [])
    });
    let fixed = Expr::literal(Value::List(vec![
        Value::Str("a".into()),
        Value::Str("b".into()),
    ]));
    let written = each(fixed, |item, _| rx("el.p", [value(item)], []));
    check(
        "loops",
        rx(
            "fragment",
            [rx("table.root", [list], []), nested, written],
            [],
        ),
    );
}

#[test]
fn styles() {
    let hover = || {
        value(dict(&[
            ("color", Expr::text("red")),
            ("opacity", Expr::text("0.9")),
        ]))
    };
    let widths = Expr::list(vec![Expr::text("100%"), Expr::text("50%")]);
    let directions = Expr::list(vec![Expr::text("column"), Expr::text("row")]);
    let plain = || {
        [
            ("padding_x", text("2")),
            ("width", number(3)),
            ("z_index", number(4)),
        ]
    };
    let computed = [
        ("color", value(state("color"))),
        ("width", value(state("limit"))),
    ];
    let [color, width] = computed.clone();
    check(
        "styles",
        rx(
            "fragment",
            [
                rx("box", [], plain()),
                rx("box", [], plain()),
                rx("box", [], [("_hover", hover()), ("width", value(widths))]),
                rx("box", [], computed),
                rx("box", [], [color, width, ("_hover", hover())]),
                rx("container", [], [("padding", text("0"))]),
                rx("desktop_only", [text("wide")], []),
                rx("flex", [], [("direction", value(directions))]),
            ],
            [],
        ),
    );
}

#[test]
fn nested_styles() {
    let mode = Expr::color_mode(Expr::text("white"), Expr::text("black"));
    let nested = dict(&[
        (
            "&:focus, &:active",
            dict(&[("outline", Expr::text("none"))]),
        ),
        ("@media print", dict(&[("display", Expr::text("none"))])),
        ("svg", dict(&[("width", Expr::literal(Value::Int(16)))])),
        ("_dark", dict(&[("color", Expr::text("pink"))])),
        (
            "_hover",
            dict(&[("_before", dict(&[("content", Expr::text("'x'"))]))]),
        ),
    ]);
    check(
        "nested_styles",
        rx("box", [], [("bg", value(mode)), ("style", value(nested))]),
    );
}

#[test]
fn style_dictionaries() {
    let pixels = |number| Expr::literal(Value::Int(number));
    let red = || {
        dict(&[
            ("color", Expr::text("red")),
            ("margin", pixels(1)),
            ("_hover", dict(&[("color", Expr::text("pink"))])),
        ])
    };
    let blue = || dict(&[("color", Expr::text("blue")), ("padding", pixels(2))]);
    let style = |style: Expr| [("style", value(style))];
    let busy = || state("is_busy");
    let cases = vec![(vec![Expr::text("red")], red())];
    check(
        "style_dictionaries",
        rx(
            "fragment",
            [
                rx("box", [], style(Expr::list(vec![red(), blue()]))),
                rx("box", [], style(Expr::cond(busy(), red(), blue()))),
                rx("box", [], style(Expr::color_mode(red(), blue()))),
                rx(
                    "box",
                    [],
                    style(Expr::matched(state("color"), cases, blue())),
                ),
                rx(
                    "box",
                    [],
                    [("_hover", value(Expr::cond(busy(), blue(), dict(&[]))))],
                ),
                rx(
                    "image",
                    [text("/a.png")],
                    [("width", text("2em")), ("height", text("3em"))],
                ),
            ],
            [],
        ),
    );
}

#[test]
fn an_unknown_icon_is_a_warning_where_another_can_be_drawn() {
    let root = || {
        let icons = ["plsu", "plsu", "qqq"].map(|name| rx("icon", [text(name)], []));
        rx("box", icons, [])
    };
    let drawings = r#"{"circle-help": [["circle", {"r": "10"}]], "plus": []}"#;
    let icons = Icons::from_json(drawings).unwrap();
    let module = generate(&page(root()), &names(), &icons).unwrap();
    assert_eq!(
        module.warnings,
        [
            "no icon is called \"plsu\"; did you mean plus? (circle-help is shown instead)",
            "no icon is called \"qqq\" (circle-help is shown instead)",
        ]
    );
    let drawn = "icon(\"circle-help\", [[\"circle\", {\"r\": \"10\"}]])";
    assert!(module.javascript.contains(drawn), "{}", module.javascript);
    assert!(
        generated(rx("icon", [text("plus")], []))
            .warnings
            .is_empty()
    );
}

#[test]
fn components_that_add_nothing_of_their_own() {
    let labelled = generated(rx("switch", [text("on")], [("name", text("s"))]));
    let plain = generated(rx("switch", [], [("name", text("s"))]));
    assert_eq!(labelled.javascript, plain.javascript);
}

#[test]
fn golden_modules_are_modules() {
    let golden = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut checked = 0;
    for entry in fs::read_dir(golden).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "js") {
            let name = path.with_extension("mjs");
            let copy = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name.file_name().unwrap());
            fs::copy(&path, &copy).unwrap();
            let output = Command::new("node")
                .arg("--check")
                .arg(&copy)
                .output()
                .unwrap();
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{}: {errors}", path.display());
            checked += 1;
        }
    }
    assert!(checked >= 16, "only {checked} golden modules");
}

#[test]
fn a_page_without_radix_has_no_theme_and_needs_only_the_runtime() {
    let module = generated(rx("el.div", [text("plain")], []));
    assert_eq!(module.specifiers, ["@ferroflex/core"]);
    assert!(
        module.javascript.contains("theme: null"),
        "{}",
        module.javascript
    );
    assert!(
        module.file_stem.starts_with("index-"),
        "{}",
        module.file_stem
    );
}

#[test]
fn a_form_without_a_handler_keeps_the_browser_on_the_page() {
    let keywords = [
        ("auto_complete", yes()),
        ("handle_submit_unique_name", text("mine")),
    ];
    let javascript = generated(rx("el.form", [], keywords)).javascript;
    assert!(
        javascript.contains("const h1 = event(() => {}, { prevent: true });"),
        "{javascript}"
    );
    assert!(
        javascript.contains(r#"jsx("form", { autoComplete: "on", onSubmit: h1 })"#),
        "{javascript}"
    );
}

#[test]
fn the_same_page_becomes_the_same_module() {
    let root = || {
        each(state("items"), |item, _| {
            rx("text", [value(attribute(&item, "text"))], [])
        })
    };
    let (first, second) = (generated(root()), generated(root()));
    assert_eq!(first.javascript, second.javascript);
    assert_eq!(first.file_stem, second.file_stem);
}

#[test]
fn errors_say_where_and_what() {
    let create_error = |name: &str, pairs| {
        create(name, vec![], keywords::<1>(pairs))
            .unwrap_err()
            .to_string()
    };
    let one = || [("x", text("1"))];
    let generate_error = |root: Argument| {
        let result: Result<Module, PageError> = generate(&page(root), &names(), &icons());
        result.unwrap_err().to_string()
    };
    let other = Expr::field(Arc::from("todo.Todo"), Arc::from("nope"), Type::Str);
    let cases = [
        (
            create_error("vstak", one()),
            "rx.vstak does not exist; did you mean rx.vstack?",
        ),
        (create_error("qqqqq", one()), "rx.qqqqq does not exist"),
        (
            create_error("button", [("on_clik", on("add", vec![]))]),
            "rx.button has no event trigger \"on_clik\"; did you mean on_click?",
        ),
        (
            create_error("button", [("on_click", text("add"))]),
            "on_click of rx.button takes an event handler",
        ),
        (
            create_error("box", [("style", text("x"))]),
            "style of rx.box takes a dictionary, or a list of dictionaries",
        ),
        (
            generate_error(rx("box", [rx("icon", [text("plsu")], [])], [])),
            "in rx.icon: no icon is called \"plsu\"; did you mean plus?",
        ),
        (
            generate_error(rx("box", [], [("id", value(other))])),
            "in rx.box: todo.Todo has no field \"nope\" that the browser knows",
        ),
        (
            generate_error(rx("button", [], [("on_click", on("gone", vec![]))])),
            "in rx.button: todo.Todo.gone is not an event handler that the browser knows",
        ),
        (
            generate_error(rx(
                "text",
                [value(Expr::local(fresh_local(), Type::Str))],
                [],
            )),
            "in rx.text: a variable of rx.foreach is used outside its loop",
        ),
    ];
    for (message, expected) in cases {
        assert_eq!(message, expected);
    }
    let children = create("el.br", vec![text("x")], vec![])
        .unwrap_err()
        .to_string();
    assert_eq!(children, "rx.el.br takes no children");
}
