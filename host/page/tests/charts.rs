//! Charts and Markdown: what libraries of their own draw. Golden files as in `golden.rs`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use ferroflex_page::{Argument, Module, catalogue, create, expr::Expr};
use support::{
    check, cond, dict, each, generated, keywords, number, on, rx, state, text, value, yes,
};

fn chart(name: &str) -> String {
    format!("recharts.{name}")
}

fn part<const N: usize>(name: &str, pairs: [(&str, Argument); N]) -> Argument {
    rx(&chart(name), [], pairs)
}

fn items() -> Argument {
    value(state("items"))
}

/// A chart with what stands on a page beside its series: of the state, of the colour mode.
fn bars() -> Argument {
    let mode = Expr::color_mode(Expr::text("black"), Expr::text("white"));
    let labelled = rx(
        &chart("x_axis"),
        [part("label", [("value", text("Week"))])],
        [("data_key", text("text")), ("tick_line", yes())],
    );
    let series = each(state("groups"), |group, index| {
        let key = Expr::index(group, Expr::literal(ferroflex_state::Value::Int(0))).unwrap();
        let cell = each(state("items"), |_, _| {
            part("cell", [("fill", value(state("color")))])
        });
        let named = [("data_key", value(key)), ("key", value(index))];
        rx(&chart("bar"), [cell], named)
    });
    rx(
        &chart("bar_chart"),
        [
            part("cartesian_grid", [("stroke_dasharray", text("3 3"))]),
            labelled,
            part(
                "y_axis",
                [
                    ("tick_formatter", text("(value) => `${value} €`")),
                    ("stroke", value(mode)),
                ],
            ),
            part("graphing_tooltip", [("opacity", text("0.9"))]),
            cond(state("is_busy"), part("legend", []), text("")),
            series,
        ],
        [
            ("data", items()),
            ("height", number(300)),
            ("margin", value(dict(&[("top", Expr::text("20"))]))),
            ("on_click", on("load", vec![])),
            ("background", text("var(--gray-2)")),
        ],
    )
}

#[test]
fn charts() {
    let pie = rx(
        &chart("pie"),
        [part("cell", [("fill", text("red"))])],
        [
            ("data", items()),
            ("data_key", text("done")),
            ("label", yes()),
        ],
    );
    let pies = each(state("groups"), |_, _| {
        let slice = [("data", items()), ("data_key", text("done"))];
        rx(
            &chart("pie_chart"),
            [part("pie", slice), part("tooltip", [])],
            [],
        )
    });
    let lines = rx(
        &chart("line_chart"),
        [part(
            "line",
            [("data_key", text("done")), ("stroke", text("#8884d8"))],
        )],
        [("data", items()), ("width", text("50%"))],
    );
    let areas = rx(
        &chart("area_chart"),
        [
            part(
                "area",
                [
                    ("data_key", text("done")),
                    ("on_animation_end", on("load", vec![])),
                ],
            ),
            part("z_axis", []),
        ],
        [("data", items())],
    );
    let whole = rx(
        &chart("pie_chart"),
        [pie],
        [("on_mouse_enter", on("load", vec![]))],
    );
    check(
        "charts",
        rx("fragment", [bars(), whole, pies, lines, areas], []),
    );
}

#[test]
fn markdown() {
    let greeting = Expr::format(vec![
        Expr::text("\n    # Hello "),
        state("draft"),
        Expr::text("!\n    "),
    ]);
    check(
        "markdown",
        rx(
            "fragment",
            [
                rx(
                    "markdown",
                    [text("\n    # Title\n\n    - one\n      - two\n    ")],
                    [],
                ),
                rx(
                    "markdown",
                    [value(state("draft"))],
                    [("width", text("100%"))],
                ),
                rx(
                    "markdown",
                    [value(greeting)],
                    [("use_raw", value(state("is_busy")))],
                ),
                each(state("items"), |item, _| {
                    rx("markdown", [value(support::attribute(&item, "text"))], [])
                }),
            ],
            [],
        ),
    );
}

#[test]
fn charts_and_markdown_bring_the_theme() {
    let specifiers = |root: Argument| -> Vec<String> {
        let module: Module = generated(root);
        assert!(
            module.javascript.contains("accentColor"),
            "{}",
            module.javascript
        );
        module.specifiers
    };
    let themed = |module: &'static str| ["@ferroflex/core", module, "@radix-ui/themes/base"];
    assert_eq!(
        specifiers(rx("markdown", [text("x")], [])),
        themed("@ferroflex/markdown")
    );
    let expected = ["@ferroflex/core", "@radix-ui/themes/base", "recharts"];
    assert_eq!(specifiers(bars()), expected);
}

#[test]
fn errors_say_what_is_wrong() {
    let error = |name: &str, positional: Vec<Argument>, pairs: [(&str, Argument); 1]| {
        create(name, positional, keywords(pairs))
            .unwrap_err()
            .to_string()
    };
    let cases = [
        (
            error("recharts.bar_chart", vec![], [("width", text("300px"))]),
            "width of rx.recharts.bar_chart must be a number of pixels or a percentage like \
             \"50%\"; give other lengths to an rx.box around the chart",
        ),
        (
            error("recharts.bar", vec![], [("on_clik", on("add", vec![]))]),
            "rx.recharts.bar has no event trigger \"on_clik\"; did you mean on_click?",
        ),
        (
            error("recharts.sankey_chart.node", vec![], [("width", number(1))]),
            "rx.recharts.sankey_chart.node is not in Ferroflex yet (nodes drawn by a component of \
             the author's own come with a later version)",
        ),
        (
            error(
                "markdown",
                vec![text("a"), text("b")],
                [("width", number(1))],
            ),
            "the child of rx.markdown must be one text, the Markdown source",
        ),
        (
            error(
                "markdown",
                vec![text("a")],
                [("component_map", value(dict(&[("a", state("draft"))])))],
            ),
            "component_map of rx.markdown takes a dictionary of functions that return a component",
        ),
    ];
    for (message, expected) in cases {
        assert_eq!(message, expected);
    }
}

#[test]
fn parts_of_charts_are_a_namespace() {
    let members = catalogue::namespace("recharts").unwrap().members;
    assert!(
        members.contains(&"tooltip") && members.contains(&"x_axis"),
        "{members:?}"
    );
    let spec = catalogue::find("recharts.pie")
        .unwrap()
        .require_trigger("on_click")
        .unwrap();
    assert_eq!((spec.javascript, spec.args.len()), ("onClick", 0));
}
