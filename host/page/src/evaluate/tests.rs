//! What evaluation cannot do, its limits, and what stands around an expression. What operations
//! give is tested by the table in `tests/vars`.

use super::*;
use crate::expr::Code;

/// A page that is shown dark, and whose every field is 7.
struct Dark;

impl Lookup for Dark {
    fn field(&self, _field: &FieldRef) -> Option<&Value> {
        Some(&Value::Int(7))
    }

    fn is_dark(&self) -> Option<bool> {
        Some(true)
    }
}

fn field() -> Expr {
    Expr::field("S".into(), "n".into(), Type::Int)
}

fn message(result: Result<Value, PageError>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn texts_and_the_colour_mode_of_a_page() {
    let title = Expr::format(vec![field(), Expr::text(" left")]);
    assert_eq!(evaluate_text(&title, &Dark).unwrap(), "7 left");
    let nothing = Expr::literal(Value::None);
    assert_eq!(evaluate_text(&nothing, &NoState).unwrap(), "");
    let mode = Expr::color_mode(Expr::text("light"), Expr::text("dark"));
    assert_eq!(evaluate(&mode, &Dark).unwrap(), Value::Str("dark".into()));
}

#[test]
fn names_that_a_loop_binds() {
    let row = Expr::binary(BinaryOp::Add, Expr::local(3, Type::Int), field()).unwrap();
    let locals = [(3, Value::Int(1))];
    assert_eq!(evaluate_with(&row, &Dark, &locals).unwrap(), Value::Int(8));
    assert!(message(evaluate(&row, &Dark)).contains("outside its loop"));
}

#[test]
fn what_only_a_browser_knows_is_refused() {
    let raw = Expr::raw("window.x", Type::Any);
    let code = Expr::new(ExprKind::Code(Code::default()), Type::Any);
    let mode = Expr::color_mode(Expr::text("light"), Expr::text("dark"));
    for (expr, expected) in [
        (raw, "JavaScript has no value on the server"),
        (code, "JavaScript has no value on the server"),
        (mode, "the colour mode has no value on the server"),
        (
            Expr::event_arg(0, Type::Any),
            "an event's argument has no value",
        ),
        (field(), "S has no field \"n\""),
    ] {
        let found = message(evaluate(&expr, &NoState));
        assert!(found.starts_with(expected), "{found}");
    }
}

#[test]
fn limits_of_depth_and_size() {
    let mut deep = field();
    for _ in 0..=EXPRESSION_DEPTH_MAX {
        deep = Expr::binary(BinaryOp::Add, deep, Expr::literal(Value::Int(1))).unwrap();
    }
    assert!(message(evaluate(&deep, &Dark)).contains("its depth may be at most 256"));
    let large = i64::try_from(EVALUATED_SIZE_MAX).unwrap();
    let wide =
        |of, times| Expr::binary(BinaryOp::Multiply, of, Expr::literal(Value::Int(times))).unwrap();
    let range = Expr::method(
        field(),
        crate::expr::Method::Range,
        vec![Expr::literal(Value::Int(i64::MAX))],
    );
    for expr in [
        wide(Expr::text("ab"), large),
        wide(Expr::literal(Value::List(vec![Value::None])), i64::MAX),
        range.unwrap(),
    ] {
        assert!(message(evaluate(&expr, &Dark)).contains("too large"));
    }
}

#[test]
fn only_small_results_are_folded() {
    let times = |count| {
        let count = Expr::literal(Value::Int(count));
        Expr::binary(BinaryOp::Multiply, Expr::text("ab"), count).unwrap()
    };
    assert_eq!(times(2).constant_text(), Some("abab"));
    assert_eq!(times(1_000_000).constant_text(), None);
    let items = Expr::literal(Value::List(vec![Value::Int(1); 65]));
    let all = Expr::slice(items.clone(), None, None, None).unwrap();
    assert!(all.constant().is_none());
    let one = Expr::index(items, Expr::literal(Value::Int(0))).unwrap();
    assert_eq!(one.constant(), Some(&Value::Int(1)));
}
