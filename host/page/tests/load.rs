//! What happens when a page is opened: as the server does it, and as the page's module does.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[expect(dead_code, reason = "these tests need a part of it")]
mod support;

use std::sync::Arc;

use ferroflex_page::{
    LoadStep, StateValues, create,
    expr::Expr,
    generate, load_steps,
    node::{Action, Callback, CommandValue, Trigger},
};
use ferroflex_state::Value;
use serde_json::{Value as Json, json};
use support::{icons, names, page, state, text};

/// A handler of the todo list.
fn handler(name: &str, args: Vec<Expr>) -> Action {
    let handler = Arc::from(format!("todo.Todo.{name}"));
    Action::Handler { handler, args }
}

/// A command with one entry.
fn command(name: &str, entry: &str, value: CommandValue) -> Action {
    let name = CommandValue::Value(Expr::text(name));
    Action::Command(vec![("c".to_owned(), name), (entry.to_owned(), value)])
}

fn redirect(to: Expr) -> Action {
    command("redirect", "to", CommandValue::Value(to))
}

fn script() -> Action {
    let callback = Callback {
        given: None,
        actions: vec![handler("load", vec![])],
    };
    command("call_script", "callback", CommandValue::Callback(callback))
}

fn choice(test: Expr, then: Vec<Action>, otherwise: Vec<Action>) -> Action {
    Action::Choose {
        test,
        then,
        otherwise,
    }
}

/// The module of a page with that `on_load`.
fn module(actions: Vec<Action>) -> ferroflex_page::Module {
    let root = create("text", vec![text("x")], ferroflex_page::Keywords::default()).unwrap();
    let mut page = page(ferroflex_page::Argument::Node(root));
    page.on_load = Trigger {
        actions,
        ..Trigger::default()
    };
    generate(&page, &names(), &icons()).unwrap()
}

/// What the items come to with a draft `milk`, no items, and not busy.
fn done(actions: Vec<Action>) -> Vec<Vec<Json>> {
    let todo = vec![
        Value::List(vec![]),
        Value::Str("milk".into()),
        Value::Int(0),
        Value::Bool(false),
    ];
    let values = [Value::List(vec![Value::Bool(true)]), Value::List(todo)];
    let (names, items) = (names(), module(actions).load);
    let steps = load_steps(
        &items,
        &StateValues {
            names: &names,
            values: &values,
        },
    );
    let written = |step: &LoadStep| match step {
        LoadStep::Event { handler, args } => json!([handler, args]),
        LoadStep::Command(command) => command.clone(),
    };
    let all = steps.iter().map(|item| item.iter().map(written).collect());
    all.collect()
}

#[test]
fn items_are_done_as_far_as_no_browser_is_needed() {
    let load = || handler("load", vec![]);
    let redirected = json!({"c": "redirect", "to": "/milk"});
    let address = Expr::new(
        ferroflex_page::expr::ExprKind::Format(vec![Expr::text("/"), state("draft")]),
        ferroflex_page::types::Type::Str,
    );
    let nothing: Vec<Vec<Json>> = vec![];
    let cases = [
        (vec![], nothing.clone()),
        (
            vec![load(), handler("set_draft", vec![state("draft")])],
            vec![vec![json!([4, []])], vec![json!([1, ["milk"]])]],
        ),
        (vec![redirect(address)], vec![vec![redirected]]),
        (vec![load(), script(), load()], vec![vec![json!([4, []])]]),
        (vec![Action::ToggleColorMode, load()], nothing.clone()),
        (
            vec![
                choice(state("is_busy"), vec![script()], vec![load(), load()]),
                load(),
            ],
            vec![vec![json!([4, []]), json!([4, []])], vec![json!([4, []])]],
        ),
        (
            vec![choice(state("draft"), vec![], vec![load()]), load()],
            vec![vec![], vec![json!([4, []])]],
        ),
        (
            vec![choice(state("draft"), vec![script()], vec![load()])],
            nothing.clone(),
        ),
        // The state that it is done with lacks the field.
        (
            vec![handler("set_draft", vec![state("color")]), load()],
            nothing,
        ),
    ];
    for (actions, expected) in cases {
        assert_eq!(done(actions.clone()), expected, "{actions:?}");
    }
}

#[test]
fn the_module_goes_on_where_the_server_ended() {
    let actions = vec![
        handler("load", vec![]),
        redirect(Expr::text("/x")),
        choice(state("is_busy"), vec![handler("load", vec![])], vec![]),
    ];
    let javascript = module(actions).javascript;
    let expected = "\nexport function onLoad(from = 0) {\n  if (from <= 0) send(4, []);\n  \
                    if (from <= 1) command({ c: \"redirect\", to: \"/x\" });\n  \
                    if (from <= 2) now()[1][3] ? send(4, []) : undefined;\n}";
    assert!(javascript.contains(expected), "{javascript}");
    assert!(!module(vec![]).javascript.contains("onLoad"));
}
