//! The JSON forms: round trips, the cases shared with the TypeScript tests, and what is refused.

use crate::values::{any_value, plain_value};
use ferroflex_state::wire::{
    read_form, read_op, read_value, write_op, write_substate, write_value,
};
use ferroflex_state::{Dict, DictKey, Op, PatchError, Path, Step, Value, WireError, apply};
use num_bigint::BigInt;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

const GOLDEN: &str = include_str!("../../golden/operations.json");

#[derive(Debug, serde::Deserialize)]
struct Case {
    name: String,
    before: Json,
    ops: Vec<Json>,
    after: Json,
}

fn golden() -> Vec<Case> {
    serde_json::from_str(GOLDEN).expect("the golden file is an array of cases")
}

fn written(value: &Value) -> String {
    let mut out = Vec::new();
    write_value(value, &mut out);
    String::from_utf8(out).expect("JSON is UTF-8")
}

fn parsed(text: &str) -> Json {
    serde_json::from_str(text).expect("what was written is JSON")
}

#[test]
fn golden_operations_apply() {
    for case in golden() {
        let mut root = read_value(case.before);
        for op in case.ops {
            let op = read_op(op).unwrap_or_else(|error| panic!("{}: {error}", case.name));
            apply(&mut root, &op).unwrap_or_else(|error| panic!("{}: {error}", case.name));
        }
        assert_eq!(root, read_value(case.after), "{}", case.name);
    }
}

#[test]
fn golden_operations_are_written_as_they_stand() {
    for case in golden() {
        for form in case.ops {
            let mut out = Vec::new();
            write_op(&read_op(form.clone()).unwrap(), &mut out);
            assert_eq!(
                serde_json::from_slice::<Json>(&out).unwrap(),
                form,
                "{}",
                case.name
            );
        }
        assert_eq!(
            parsed(&written(&read_value(case.after.clone()))),
            case.after,
            "{}",
            case.name
        );
    }
}

/// What a value is once it has been on the wire.
fn plainest(value: &Value) -> Value {
    let list = |elements: &[Value]| Value::List(elements.iter().map(plainest).collect());
    match value {
        Value::Text { text, .. } => Value::Str(text.clone()),
        Value::List(elements) | Value::Tuple(elements) | Value::Set(elements) => list(elements),
        Value::Dict(dict) | Value::Object { fields: dict, .. } => Value::Dict(
            dict.iter()
                .map(|(key, value)| (DictKey::Str(key.name().into_owned()), plainest(value)))
                .collect(),
        ),
        Value::Enum { value, .. } => plainest(value),
        scalar => scalar.clone(),
    }
}

proptest! {
    #[test]
    fn values_come_back(value in plain_value()) {
        prop_assert_eq!(read_value(parsed(&written(&value))), plainest(&value));
    }

    #[test]
    fn every_value_is_json(value in any_value()) {
        parsed(&written(&value));
    }

    #[test]
    fn doubles_are_exact(bits in any::<u64>()) {
        let number = f64::from_bits(bits);
        prop_assume!(number.is_finite());
        let text = written(&Value::Float(number));
        prop_assert_eq!(text.parse::<f64>().unwrap().to_bits(), bits);
        prop_assert_eq!(read_value(parsed(&text)), Value::Float(number));
    }
}

#[test]
fn substates_are_written_with_their_number() {
    let path = Path::from_iter([
        Step::from(0_usize),
        Step::from(512_usize),
        Step::from("price"),
    ]);
    let mut out = Vec::new();
    let set = Op::Set {
        path: path.clone(),
        value: Value::Float(103.25),
    };
    write_substate(2, &[set, Op::Delete { path }], &mut out);
    let expected = r#"[2,["s",[0,512,"price"],103.25],["d",[0,512,"price"]]]"#;
    assert_eq!(String::from_utf8(out).unwrap(), expected);
}

#[test]
fn integers_within_a_double_are_plain() {
    assert_eq!(
        written(&Value::Int(9_007_199_254_740_991)),
        "9007199254740991"
    );
    assert_eq!(
        written(&Value::Int(9_007_199_254_740_992)),
        r#"{"$":["int","9007199254740992"]}"#
    );
    assert_eq!(
        written(&Value::Int(i64::MIN)),
        r#"{"$":["int","-9223372036854775808"]}"#
    );
    assert_eq!(written(&Value::BigInt(BigInt::from(7))), "7");
}

#[test]
fn keys_are_written_by_name() {
    let keys = [
        DictKey::Int(-3),
        DictKey::Bool(true),
        DictKey::None,
        DictKey::Other("(1,)".into()),
    ];
    let dict: Dict = keys.into_iter().map(|key| (key, Value::None)).collect();
    assert_eq!(
        written(&dict.into()),
        r#"{"-3":null,"true":null,"null":null,"(1,)":null}"#
    );
}

#[test]
fn an_escape_that_is_none_is_a_dictionary() {
    for form in [
        json!({"$": 1}),
        json!({"$": ["int", "x"]}),
        json!({"$": ["int", "9".repeat(4301)]}),
        json!({"$": ["float", "0"]}),
        json!({"$": ["bytes", "?"]}),
        json!({"$": ["no", "such"]}),
        json!({"$": ["form", [["name"]]]}),
        json!({"$": ["form", "name"]}),
        json!({"$": ["int", "1"], "a": 1}),
    ] {
        assert!(matches!(read_value(form.clone()), Value::Dict(_)), "{form}");
    }
}

#[test]
fn forms_that_are_no_operation_are_refused() {
    for form in [
        json!({}),
        json!([]),
        json!([1, [0]]),
        json!(["s", [0]]),
        json!(["s", [0.5], 1]),
        json!(["s", [-1], 1]),
        json!(["s", 0, 1]),
        json!(["d", [0, "a"], 1]),
        json!(["p", [0], 0, 0, 1]),
        json!(["p", [0], "0", 0, []]),
        json!(["m", [0], 0, -1, 0]),
        json!(["a", [0], 1]),
    ] {
        let refused = matches!(read_op(form.clone()), Err(WireError::WrongPart { .. }));
        assert!(refused, "{form}");
    }
    let unknown = read_op(json!(["x", [0]]));
    assert_eq!(
        unknown,
        Err(WireError::UnknownOperation { letter: "x".into() })
    );
}

#[test]
fn operations_that_do_not_fit_leave_the_state_whole() {
    let root = read_value(json!([[1, 2, 3], {"a": "b"}, 1]));
    let error = |form: Json| {
        let mut changed = root.clone();
        let error = apply(&mut changed, &read_op(form.clone()).unwrap()).expect_err("no fit");
        assert_eq!(changed, root, "{form}");
        error
    };
    assert_eq!(error(json!(["s", [], 1])), PatchError::EmptyPath);
    assert_eq!(error(json!(["p", [], 0, 1, []])), PatchError::EmptyPath);
    for form in [
        json!(["s", [3], 1]),
        json!(["s", [0, 3], 1]),
        json!(["p", [0], 4, 0, [1]]),
        json!(["p", [0], 2, 2, []]),
        json!(["p", [0], u64::MAX, 2, []]),
        json!(["m", [0], 3, 1, 0]),
        json!(["m", [0], 0, 2, 2]),
    ] {
        assert!(
            matches!(error(form.clone()), PatchError::OutOfRange { .. }),
            "{form}"
        );
    }
    for form in [json!(["d", [1, "z"]]), json!(["s", [1, "z", "y"], 1])] {
        assert!(
            matches!(error(form.clone()), PatchError::NoSuchKey { .. }),
            "{form}"
        );
    }
    for form in [
        json!(["s", [0, "a"], 1]),
        json!(["s", [1, 0], 1]),
        json!(["s", [2, 0], 1]),
        json!(["d", [0, 1]]),
        json!(["a", [0], "x"]),
        json!(["m", [1], 0, 1, 0]),
    ] {
        assert!(
            matches!(error(form.clone()), PatchError::WrongKind { .. }),
            "{form}"
        );
    }
    let message = error(json!(["p", [0], 2, 2, []])).to_string();
    assert_eq!(message, "[0]: position 4 is past the end of a list of 3");
}

#[test]
fn a_form_is_a_dictionary_of_the_last_fields_and_a_list_of_all() {
    let json = json!({"$": ["form", [["a", "1"], ["b", {"$": ["int", "5"]}], ["a", "2"]]]});
    let text = |text: &str| Value::Str(text.to_owned());
    let all = [("a", text("1")), ("b", Value::Int(5)), ("a", text("2"))];
    let all = all.map(|(name, value)| (name.to_owned(), value));
    assert_eq!(read_form(&json).as_deref(), Some(&all[..]));
    let key = |name: &str| DictKey::Str(name.to_owned());
    let last = Dict::from([(key("a"), text("2")), (key("b"), Value::Int(5))]);
    assert_eq!(read_value(json), Value::Dict(last));
    assert_eq!(read_form(&json!({"$": ["dict", {"$": 1}]})), None);
    assert_eq!(read_form(&json!({"a": "1"})), None);
}
