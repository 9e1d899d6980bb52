//! Content and behaviour: what code, Markdown with components of the page, inputs that wait and
//! listeners become, and what is wrong with arguments that they do not take.

mod support;

use std::sync::Arc;

use ferroflex_page::{
    AppStyle, Argument, catalogue, create,
    expr::{Expr, LocalId, fresh_local},
    generate,
    node::Template,
    types::Type,
};
use support::{
    check, cond, dict, each, generated, icons, names, node, number, on, page, rx, state, text,
    trigger, value, yes,
};

/// A component for a kind of part, as the binding makes one of a Python function.
fn template(name: &str, part: impl FnOnce(Expr, Expr) -> Argument) -> Template {
    let (content, language) = (fresh_local(), fresh_local());
    let local = |id: LocalId| Expr::local(id, Type::Str);
    Template {
        name: name.to_owned(),
        content,
        language,
        body: node(part(local(content), local(language))),
    }
}

#[test]
fn code() {
    let theme = Expr::color_mode(Expr::text("vs"), Expr::text("nord"));
    check(
        "code",
        rx(
            "vstack",
            [
                rx("code_block", [text("x = 1")], [("can_copy", yes())]),
                rx(
                    "code_block",
                    [value(state("draft"))],
                    [
                        ("language", value(state("color"))),
                        ("theme", value(theme)),
                        ("custom_style", value(dict(&[("margin", Expr::text("0"))]))),
                        ("width", text("100%")),
                        ("wrap_long_lines", yes()),
                    ],
                ),
                rx(
                    "code_block",
                    [],
                    [
                        ("code", text("y")),
                        ("can_copy", yes()),
                        ("copy_button", rx("button", [text("Copy")], [])),
                        ("theme", text("one-dark")),
                    ],
                ),
            ],
            [],
        ),
    );
}

#[test]
fn components_for_parts() {
    let heading = template("h1", |content, _| {
        rx("heading", [value(content)], [("size", text("6"))])
    });
    let link = template("a", |content, _| {
        rx(
            "link",
            [text("→ "), value(content.clone())],
            [
                ("color", value(state("color"))),
                ("on_click", on("set_draft", vec![content])),
            ],
        )
    });
    let block = template("pre", |content, language| {
        rx(
            "code_block",
            [value(content)],
            [("language", value(language))],
        )
    });
    let templates = Argument::Templates(vec![heading, link, block]);
    check(
        "parts",
        rx(
            "markdown",
            [value(state("draft"))],
            [
                ("component_map", templates),
                ("use_math", value(state("is_busy"))),
            ],
        ),
    );
}

#[test]
fn behaviour() {
    let waiting = |value_of: Expr| {
        rx(
            "debounce_input",
            [rx(
                "input",
                [],
                [
                    ("value", value(value_of)),
                    (
                        "on_change",
                        on("set_draft", vec![Expr::event_arg(0, Type::Str)]),
                    ),
                    ("placeholder", text("Search")),
                ],
            )],
            [("debounce_timeout", number(500))],
        )
    };
    let mut paste = trigger("set_draft", vec![]);
    paste.prevent_default = true;
    let sized = on(
        "set_draft",
        vec![Expr::format(vec![
            Expr::event_arg(0, Type::Int),
            Expr::event_arg(1, Type::Int),
        ])],
    );
    check(
        "behaviour",
        rx(
            "box",
            [
                waiting(state("draft")),
                each(state("items"), |_, _| waiting(state("color"))),
                rx(
                    "clipboard",
                    [rx("el.input", [], [])],
                    [("on_paste", Argument::Trigger(paste))],
                ),
                rx("window_event_listener", [], [("on_resize", sized)]),
                rx("auto_scroll", [text("a")], [("height", text("9em"))]),
                rx(
                    "script",
                    [text("start()")],
                    [("on_load", on("load", vec![]))],
                ),
                rx("script", [], [("src", text("/own.js")), ("async_", yes())]),
                cond(
                    state("is_busy"),
                    rx("connection_banner", [text("away")], []),
                    rx("connection_modal", [], []),
                ),
                rx("connection_pulser", [], []),
                rx("toast.provider", [], [("position", text("top-left"))]),
                rx("color_mode.button", [], [("allow_system", yes())]),
            ],
            [],
        ),
    );
}

#[test]
fn dates_and_media() {
    let listens = on("set_draft", vec![Expr::event_arg(0, Type::Float)]);
    check(
        "media",
        rx(
            "fragment",
            [
                rx(
                    "moment",
                    [value(state("draft"))],
                    [("from_now", yes()), ("from_", text("2024-01-01"))],
                ),
                rx(
                    "moment_provider",
                    [rx("moment", [], [])],
                    [("locale", text("de"))],
                ),
                rx(
                    "video",
                    [],
                    [
                        ("url", text("/a.mp4")),
                        ("on_seek", listens),
                        ("width", text("100%")),
                    ],
                ),
                rx("audio", [], [("src", text("/a.mp3")), ("loop", yes())]),
            ],
            [],
        ),
    );
}

#[test]
fn a_page_without_colours_of_its_own_needs_no_theme() {
    let specifiers = generated(rx("script", [text("x()")], [])).specifiers;
    assert_eq!(specifiers, ["@ferroflex/core", "@ferroflex/script"]);
    let specifiers = generated(rx("code_block", [text("x")], [])).specifiers;
    let themed = [
        "@ferroflex/code",
        "@ferroflex/core",
        "@radix-ui/themes/base",
    ];
    let mut sorted = specifiers;
    sorted.sort();
    assert_eq!(sorted, themed);
}

#[test]
fn a_template_does_not_know_the_loop_around_its_content() {
    let root = each(state("items"), |item, _| {
        let name = support::attribute(&item, "text");
        let link = template("a", |_, _| rx("link", [value(name.clone())], []));
        let map = Argument::Templates(vec![link]);
        rx("markdown", [value(name)], [("component_map", map)])
    });
    let page = support::page(root);
    let error = ferroflex_page::generate(&page, &support::names(), &support::icons());
    assert!(error.is_err());
}

#[test]
fn constants_have_names() {
    assert_eq!(
        catalogue::constant("code_block.themes.one_dark"),
        Some("one-dark")
    );
    assert_eq!(catalogue::constant("code_block.themes.mine"), None);
    let themes = catalogue::namespace("code_block.themes").unwrap().members;
    assert!(themes.contains(&"dracula"), "{themes:?}");
    let plugins = catalogue::namespace("markdown.plugin").unwrap().members;
    assert_eq!(plugins.len(), 5, "{plugins:?}");
}

#[test]
fn an_icon_has_the_size_of_its_button() {
    let page = |icon, props: [_; 1]| generated(rx("icon_button", [icon], props));
    let small = |icon| page(icon, [("size", text("1"))]);
    for icon in [
        text("plus"),
        rx("icon", [text("plus")], [("size", number(30))]),
    ] {
        let small = small(icon);
        assert!(
            small.javascript.contains("{ size: 12 }"),
            "{}",
            small.javascript
        );
        assert!(small.css.contains("{padding:6px}"), "{}", small.css);
    }
    assert!(!small(rx("image", [], [])).javascript.contains("size: 12"));
    let own = page(text("plus"), [("padding", text("0"))]);
    assert!(own.css.contains("{padding:0}"), "{}", own.css);
}

#[test]
fn the_style_of_the_app_is_for_the_themes_of_a_page() {
    let style = |root| {
        let mut page = page(root);
        let color = ("color".to_owned(), Expr::text("tan"));
        page.style = Arc::new(AppStyle::new(&[color], &[]));
        page.theme
            .get_or_insert_default()
            .push(("class_name".to_owned(), "own".into()));
        generate(&page, &names(), &icons()).unwrap()
    };
    let themed = style(rx("theme", [rx("button", [text("a")], [])], []));
    assert_eq!(themed.css, ".rx-Theme{color:tan}\n");
    for part in [
        "className: \"rx-Theme\" + \" \" + \"own\" }",
        "jsx(Theme, { className: \"rx-Theme\",",
    ] {
        assert!(themed.javascript.contains(part), "{}", themed.javascript);
    }
    let plain = style(rx("el.p", [text("a")], []));
    assert_eq!(plain.css, "body{color:tan}\n");
}

#[test]
fn errors_say_what_is_wrong() {
    let error = |name: &str, positional: Vec<Argument>, pairs: Vec<(&str, Argument)>| {
        let pairs = pairs.into_iter();
        let pairs = pairs.map(|(name, argument)| (name.to_owned(), argument));
        create(name, positional, pairs.collect())
            .unwrap_err()
            .to_string()
    };
    let input = || rx("input", [], []);
    let cases = [
        (
            error("code_block", vec![], vec![]),
            "code of rx.code_block must be given as the child",
        ),
        (
            error("debounce_input", vec![input()], vec![]),
            "the child of rx.debounce_input needs an on_change handler",
        ),
        (
            error("debounce_input", vec![input(), input()], vec![]),
            "the child of rx.debounce_input must be one input, such as rx.input or rx.text_area",
        ),
        (
            error("script", vec![], vec![]),
            "src of rx.script must be given, or the script's text as the child",
        ),
        (
            error("html", vec![], vec![]),
            "the child of rx.html must be one text of HTML",
        ),
        (
            error(
                "video",
                vec![],
                vec![("url", text("/a.mp4")), ("src", text("/b.mp4"))],
            ),
            "url of rx.video is the older name of src, which is given too",
        ),
        (
            error(
                "markdown",
                vec![text("x")],
                vec![("remark_plugins", value(Expr::list(vec![Expr::text("toc")])))],
            ),
            "remark_plugins of rx.markdown takes the plugins of rx.markdown.plugin, which the \
             shell carries",
        ),
    ];
    for (message, expected) in cases {
        assert_eq!(message, expected);
    }
}
