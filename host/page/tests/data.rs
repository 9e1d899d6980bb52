//! Tables, spreadsheets, charts of Plotly, uploads and icons whose names the state has. Golden
//! files as in `golden.rs`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::sync::Arc;

use ferroflex_page::{
    Argument, BROWSER, create,
    expr::{Expr, Method},
    types::Type,
};
use ferroflex_state::Value;
use support::{
    attribute, check, cond, dict, each, generated, keywords, number, on, rx, state, text, value,
    yes,
};

/// The names of the files chosen for an upload, as `rx.selected_files` has them.
fn chosen(upload: &str) -> Expr {
    let names = Type::dict(Type::Str, Type::list(Type::Str));
    let all = Expr::field(Arc::from(BROWSER), Arc::from("files"), names);
    let none = Expr::literal(Value::List(vec![]));
    Expr::method(all, Method::Get, vec![Expr::text(upload), none]).unwrap()
}

fn list(items: &[&str]) -> Argument {
    value(Expr::list(
        items.iter().map(|item| Expr::text(*item)).collect(),
    ))
}

#[test]
fn tables_and_grids() {
    let cell = vec![Expr::event_arg(0, Type::Any), Expr::event_arg(1, Type::Any)];
    let theme = dict(&[("bg_cell", Expr::text("#fff"))]);
    let grid = rx(
        "data_editor",
        [],
        [
            ("columns", list(&["Text", "Done"])),
            ("data", value(state("items"))),
            ("on_cell_edited", on("toggle", cell)),
            ("on_paste", yes()),
            ("theme", value(theme)),
            ("row_height", number(20)),
            ("height", text("200px")),
            ("margin", text("1em")),
        ],
    );
    let table = rx(
        "data_table",
        [],
        [
            ("data", value(state("items"))),
            ("columns", list(&["text", "done"])),
            ("pagination", yes()),
            ("width", text("50%")),
        ],
    );
    check("tables", rx("fragment", [grid, table], []));
}

#[test]
fn plots() {
    let points = vec![Expr::event_arg(0, Type::Any)];
    let plots = [
        rx(
            "plotly",
            [],
            [
                ("data", value(state("draft"))),
                ("layout", value(dict(&[("title", Expr::text("T"))]))),
                ("on_click", on("add", points)),
                ("on_relayout", on("load", vec![])),
                ("id", text("plot")),
            ],
        ),
        rx("plotly.basic", [], [("data", value(state("draft")))]),
    ];
    check("plots", rx("fragment", plots, []));
}

#[test]
fn uploads() {
    let clear = rx(
        "upload",
        [text("Drop here")],
        [
            ("id", text("u")),
            ("max_files", number(2)),
            (
                "drag_active_style",
                value(dict(&[("color", Expr::text("red"))])),
            ),
        ],
    );
    let names = each(chosen("u"), |name, _| rx("text", [value(name)], []));
    let count = Expr::method(chosen("u"), Method::Length, vec![]).unwrap();
    check("uploads", rx("fragment", [clear, names, value(count)], []));
}

#[test]
fn icons_by_name() {
    let of_item = each(state("items"), |item, _| {
        rx(
            "icon",
            [value(attribute(&item, "text"))],
            [("size", number(12))],
        )
    });
    let of_state = rx("icon", [], [("tag", value(state("draft")))]);
    let sometimes = cond(
        state("is_busy"),
        rx("icon", [value(state("color"))], []),
        text("-"),
    );
    check("icons", rx("fragment", [of_item, of_state, sometimes], []));
}

#[test]
fn only_a_page_that_uses_a_library_loads_it() {
    let specifiers = |name| generated(rx(name, [], [])).specifiers;
    assert!(specifiers("plotly").contains(&"@ferroflex/plotly".to_owned()));
    assert!(specifiers("upload").contains(&"@ferroflex/upload".to_owned()));
    let written = specifiers("icon_button");
    assert!(
        written.iter().all(|name| !name.contains("icons")),
        "{written:?}"
    );
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
            error("data_table", vec![], [("data", value(state("items")))]),
            "columns of rx.data_table must be given when data is a list",
        ),
        (
            error("data_editor", vec![], [("extended_cell_types", yes())]),
            "extended_cell_types of rx.data_editor is not in Ferroflex: the shell does not carry \
             these kinds of cells",
        ),
        (
            error(
                "icon",
                vec![value(state("open_count"))],
                [("size", number(1))],
            ),
            "tag of rx.icon must be the name of an icon, not int",
        ),
        (
            error("data_table", vec![text("x")], [("search", yes())]),
            "rx.data_table takes no children",
        ),
    ];
    for (found, expected) in cases {
        assert_eq!(found, expected);
    }
}
