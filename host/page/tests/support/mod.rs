//! Short ways to write trees of components, as an app would write them in Python.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{fs, path::PathBuf, sync::Arc};

use ferroflex_page::{
    Argument, Icons, Keywords, Module, Names, Page, create,
    expr::{Expr, fresh_local},
    generate,
    node::{Action, Foreach, Node, Trigger},
    types::{ObjectType, Type},
};
use ferroflex_state::Value;

/// What the pages of these tests know: a todo list's state.
pub(crate) fn names() -> Names {
    let fields = [
        "items",
        "draft",
        "open_count",
        "is_busy",
        "color",
        "limit",
        "groups",
    ];
    Names::new(
        vec![
            (Arc::from("reflex.State"), vec![Arc::from("is_hydrated")]),
            (
                Arc::from("todo.Todo"),
                fields.into_iter().map(Arc::from).collect(),
            ),
        ],
        ["add", "set_draft", "toggle", "submit", "load"]
            .map(|name| Arc::from(format!("todo.Todo.{name}")))
            .into(),
    )
}

pub(crate) fn icons() -> Icons {
    Icons::from_json(
        r#"{"copy": [["rect", {"width": "14", "height": "14", "x": "8", "y": "8"}]],
            "wifi-off": [["path", {"d": "M12 20h.01"}], ["path", {"d": "m2 2 20 20"}]],
            "plus": [["path", {"d": "M5 12h14"}], ["path", {"d": "M12 5v14"}]],
            "chevron-down": [["path", {"d": "m6 9 6 6 6-6"}]],
            "sun": [["circle", {"cx": "12", "cy": "12", "r": "4"}]],
            "moon": [["path", {"d": "M12 3a6 6 0 0 0 9 9"}]]}"#,
    )
    .unwrap()
}

pub(crate) fn item_type() -> Type {
    let fields = vec![
        ("text".to_owned(), Type::Str),
        ("done".to_owned(), Type::Bool),
    ];
    Type::Object(Arc::new(ObjectType {
        name: "Item".to_owned(),
        fields,
    }))
}

pub(crate) fn state(field: &str) -> Expr {
    let ty = match field {
        "items" => Type::list(item_type()),
        "groups" => Type::dict(Type::Str, Type::list(Type::Int)),
        "open_count" | "limit" => Type::Int,
        "is_busy" => Type::Bool,
        _ => Type::Str,
    };
    Expr::field(Arc::from("todo.Todo"), Arc::from(field), ty)
}

pub(crate) fn text(text: &str) -> Argument {
    Argument::Value(Expr::text(text))
}

pub(crate) fn number(number: i64) -> Argument {
    Argument::Value(Expr::literal(Value::Int(number)))
}

pub(crate) fn yes() -> Argument {
    Argument::Value(Expr::literal(Value::Bool(true)))
}

pub(crate) fn value(expr: Expr) -> Argument {
    Argument::Value(expr)
}

pub(crate) fn on(handler: &str, args: Vec<Expr>) -> Argument {
    Argument::Trigger(trigger(handler, args))
}

pub(crate) fn trigger(handler: &str, args: Vec<Expr>) -> Trigger {
    let handler = Arc::from(format!("todo.Todo.{handler}"));
    Trigger {
        actions: vec![Action::Handler { handler, args }],
        ..Trigger::default()
    }
}

pub(crate) fn keywords<const N: usize>(pairs: [(&str, Argument); N]) -> Keywords {
    pairs
        .into_iter()
        .map(|(name, argument)| (name.to_owned(), argument))
        .collect()
}

pub(crate) fn rx<const P: usize, const N: usize>(
    name: &str,
    positional: [Argument; P],
    pairs: [(&str, Argument); N],
) -> Argument {
    Argument::Node(create(name, positional.into(), keywords(pairs)).unwrap())
}

pub(crate) fn each(iterable: Expr, row: impl FnOnce(Expr, Expr) -> Argument) -> Argument {
    let (item, index) = (fresh_local(), fresh_local());
    let item_expr = Expr::local(item, iterable.ty.item().unwrap());
    let body = node(row(item_expr, Expr::local(index, Type::Int)));
    Argument::Node(Node::Foreach(Arc::new(Foreach {
        iterable,
        item,
        index,
        body,
    })))
}

pub(crate) fn cond(test: Expr, then: Argument, otherwise: Argument) -> Argument {
    Argument::Node(Node::Cond(
        test,
        Arc::new(node(then)),
        Arc::new(node(otherwise)),
    ))
}

pub(crate) fn node(argument: Argument) -> Node {
    match argument {
        Argument::Node(node) => node,
        other => create("fragment", vec![other], vec![]).unwrap(),
    }
}

pub(crate) fn attribute(of: &Expr, name: &str) -> Expr {
    Expr::attribute(of.clone(), name).unwrap()
}

pub(crate) fn dict(entries: &[(&str, Expr)]) -> Expr {
    Expr::dict(
        entries
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect(),
    )
}

pub(crate) fn page(root: Argument) -> Page {
    Page {
        route: "/".to_owned(),
        head: ferroflex_page::PageHead::default(),
        root: node(root),
        around: None,
        has_toaster: true,
        theme: Some(vec![(
            "accent_color".to_owned(),
            Value::Str("blue".to_owned()),
        )]),
        style: std::sync::Arc::default(),
        on_load: ferroflex_page::node::Trigger::default(),
        base: "/todo".to_owned(),
    }
}

pub(crate) fn generated(root: Argument) -> Module {
    generate(&page(root), &names(), &icons()).unwrap()
}

/// Compares with the golden files.
pub(crate) fn check(name: &str, root: Argument) {
    let module = generated(root);
    let golden = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut differences = Vec::new();
    for (extension, actual) in [("js", &module.javascript), ("css", &module.css)] {
        let file = format!("{name}.{extension}");
        let expected = fs::read_to_string(golden.join(&file)).unwrap_or_default();
        if expected != *actual {
            let written = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(&file);
            fs::write(&written, actual).unwrap();
            differences.push(written.display().to_string());
        }
    }
    assert!(
        differences.is_empty(),
        "{name} differs: {}",
        differences.join(", ")
    );
}
