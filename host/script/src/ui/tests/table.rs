//! The table of operations (`tests/vars/cases.py`), each computed three ways: by Python on the
//! values, by the page crate's evaluation, and, through `tests/vars/golden.json`, by the JavaScript
//! that is written for it, which `js-client/tests/vars.test.ts` runs.
//!
//! `FERROFLEX_WRITE_GOLDEN=1` writes the golden file anew.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::PathBuf,
    sync::Arc,
};

use ferroflex_page::{
    Names,
    evaluate::{Lookup, evaluate},
    expr::{BinaryOp, Expr, ExprKind, FieldRef, Method, Traversal, UnaryOp},
    expression,
};
use ferroflex_state::Value;
use rustpython_vm::{PyObjectRef, VirtualMachine, scope::Scope};

use super::{evaluate as python, with_python, written_message};
use crate::{
    convert::to_value,
    ui::{convert, methods},
};

/// The rows of the table, and the names bound to Vars and to values.
const PREPARE: &str = r#"
class S(State):
    pass

for _name, _annotation, _value in VALUES:
    setattr(S, _name, ui.field_var("app.S", _name, _annotation, S))
_table = [(row, row) if isinstance(row, str) else row for rows in CASES.values() for row in rows]
_vars = {**globals(), **{name: getattr(S, name) for name, _, _ in VALUES}}
_values = {**globals(), **{name: value for name, _, value in VALUES}}
"#;

/// One row: what was written, and what came of it.
struct Case {
    with_vars: String,
    python: String,
    /// The `repr()` of what Python gives.
    answer: String,
    /// The same as JavaScript.
    expected: String,
    javascript: String,
    evaluated: String,
    expr: Expr,
}

struct State(BTreeMap<String, Value>);

impl Lookup for State {
    fn field(&self, field: &FieldRef) -> Option<&Value> {
        self.0.get(&*field.field)
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vars")
}

/// The state's fields as JavaScript in their order, and all rows.
fn table() -> (Vec<String>, Vec<Case>) {
    let cases = fs::read_to_string(folder().join("cases.py")).expect("the table");
    with_python(&format!("{cases}\n{PREPARE}"), |vm, scope| {
        let rows = |expression: &str| {
            let rows = python(expression, vm, &scope).expect(expression);
            vm.extract_elements_with(&rows, |row| vm.extract_elements_with(&row, Ok))
                .expect("rows of texts")
        };
        let fields: Vec<(String, Value)> = rows("[(name, value) for name, _, value in VALUES]")
            .iter()
            .map(|row| (text(&row[0], vm), value(&row[1], vm)))
            .collect();
        let order = fields.iter().map(|(name, _)| name.as_str().into());
        let names = Names::new(vec![(Arc::from("app.S"), order.collect())], vec![]);
        let written = |value: &Value| expression(&Expr::literal(value.clone()), &names);
        let state = fields
            .iter()
            .map(|(_, value)| written(value).expect("a constant"));
        let state = state.collect();
        let lookup = State(fields.into_iter().collect());
        let rows = rows("_table");
        let cases = rows.iter().map(|row| {
            let row = [text(&row[0], vm), text(&row[1], vm)];
            case(row, &lookup, &names, (vm, &scope))
        });
        let (cases, wrong): (Vec<_>, Vec<_>) = cases.partition(Result::is_ok);
        let wrong: Vec<String> = wrong.into_iter().filter_map(Result::err).collect();
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
        (state, cases.into_iter().flatten().collect())
    })
}

/// Computes a row, or says what went wrong.
fn case(
    [with_vars, python]: [String; 2],
    state: &State,
    names: &Names,
    (vm, scope): (&VirtualMachine, &Scope),
) -> Result<Case, String> {
    let wrong = |what: &str, why: String| format!("{with_vars}\n  {what}: {why}");
    let run = |names: &str, source: &str| {
        let globals = &scope.globals;
        let source = vm.ctx.new_str(source);
        globals
            .set_item("_source", source.into(), vm)
            .expect("a global");
        super::evaluate(&format!("eval(_source, {names})"), vm, scope)
            .map_err(|raised| wrong(names, written_message(&raised, vm)))
    };
    let constant = |value: &Value| expression(&Expr::literal(value.clone()), names);
    let answer = run("_values", &python)?;
    let var = run("_vars", &with_vars)?;
    let expr = convert::expression(&var, vm)
        .map_err(|raised| wrong("not an expression", written_message(&raised, vm)))?;
    let evaluated =
        evaluate(&expr, state).map_err(|error| wrong("not evaluated", error.to_string()))?;
    let javascript =
        expression(&expr, names).map_err(|error| wrong("not written", error.to_string()))?;
    let case = Case {
        answer: text(&answer.repr(vm).expect("a repr").into(), vm),
        expected: constant(&value(&answer, vm)).expect("a constant"),
        javascript,
        evaluated: constant(&evaluated).expect("a constant"),
        with_vars,
        python,
        expr,
    };
    Ok(case)
}

fn text(object: &PyObjectRef, vm: &VirtualMachine) -> String {
    object.try_to_value(vm).expect("a text")
}

fn value(object: &PyObjectRef, vm: &VirtualMachine) -> Value {
    to_value(object, vm).expect("a value").value
}

#[test]
fn operations_mean_the_same_in_python_and_in_rust_and_the_golden_file_is_current() {
    let (state, cases) = table();
    let wrong: Vec<String> = cases
        .iter()
        .filter(|case| case.evaluated != case.expected)
        .map(|case| {
            let Case {
                with_vars,
                evaluated,
                expected,
                ..
            } = case;
            format!("{with_vars}\n  Python {expected}\n  Rust   {evaluated}")
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    let rows = cases.iter().map(|case| {
        serde_json::json!({
            "case": case.with_vars,
            "python": case.python,
            "answer": case.answer,
            "javascript": case.javascript,
            "expected": case.expected,
        })
    });
    let golden = serde_json::json!({ "state": state, "cases": rows.collect::<Vec<_>>() });
    let golden = serde_json::to_string_pretty(&golden).expect("JSON") + "\n";
    let path = folder().join("golden.json");
    if env::var_os("FERROFLEX_WRITE_GOLDEN").is_some() {
        fs::write(&path, &golden).expect("a written file");
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        known == golden,
        "tests/vars/golden.json is not current; run with FERROFLEX_WRITE_GOLDEN=1"
    );
}

#[test]
fn every_operation_has_a_case() {
    let (_, cases) = table();
    let mut seen = BTreeSet::new();
    for case in &cases {
        note(&case.expr, &mut seen);
    }
    let wanted = BinaryOp::ALL
        .iter()
        .map(|operator| format!("{operator:?}"))
        .chain(UnaryOp::ALL.iter().map(|operator| format!("{operator:?}")))
        .chain(Method::all().map(|method| format!("{method:?}")))
        .chain([Traversal::Map, Traversal::Filter, Traversal::FlatMap].map(|it| format!("{it:?}")))
        .chain(
            [
                "Reduce",
                "Slice",
                "Attribute",
                "Index",
                "Cond",
                "Match",
                "Format",
            ]
            .map(str::to_owned),
        );
    let missing: Vec<String> = wanted.filter(|name| !seen.contains(name)).collect();
    assert_eq!(missing, [""; 0], "operations without a case");
    let called = |name: &str| {
        let call = format!(".{name}(");
        cases.iter().any(|case| case.with_vars.contains(&call))
    };
    let missing: Vec<_> = methods::names()
        .filter(|name| !name.starts_with('_') && !called(name))
        .collect();
    assert_eq!(missing, [""; 0], "methods without a case");
}

/// Notes the operations in an expression.
fn note(expr: &Expr, seen: &mut BTreeSet<String>) {
    seen.insert(match &*expr.kind {
        ExprKind::Binary(operator, ..) => format!("{operator:?}"),
        ExprKind::Unary(operator, _) => format!("{operator:?}"),
        ExprKind::Method { method, .. } => format!("{method:?}"),
        ExprKind::Traverse { traversal, .. } => format!("{traversal:?}"),
        ExprKind::Reduce { .. } => "Reduce".to_owned(),
        ExprKind::Slice { .. } => "Slice".to_owned(),
        ExprKind::Attribute(..) => "Attribute".to_owned(),
        ExprKind::Index(..) => "Index".to_owned(),
        ExprKind::Cond(..) => "Cond".to_owned(),
        ExprKind::Match(..) => "Match".to_owned(),
        ExprKind::Format(_) => "Format".to_owned(),
        _ => String::new(),
    });
    for part in expr.parts() {
        note(part, seen);
    }
}
