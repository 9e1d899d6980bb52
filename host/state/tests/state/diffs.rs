//! `apply(diff(before, after), before) == after`, for generated values and changes, and what the
//! operations cost.

use crate::values::{any_value, mutated, mutations, plain_value, rows};
use ferroflex_state::wire::{encoded_len, op_len, write_op, write_value};
use ferroflex_state::{Dict, DictKey, Op, Path, Step, Value, apply, cheapest, diff};
use proptest::prelude::*;

/// The operations between two values of the field 1.
fn ops_between(before: &Value, after: &Value) -> Vec<Op> {
    let path = Path::from_iter([Step::Index(1)]);
    let mut ops = Vec::new();
    diff(before, after, &path, &mut ops);
    ops
}

/// The field 1 after the operations.
fn patched(before: &Value, ops: &[Op]) -> Value {
    let mut root = Value::List(vec![Value::None, before.clone()]);
    for op in ops {
        apply(&mut root, op).expect("the operation fits");
    }
    let Value::List(mut fields) = root else {
        unreachable!("operations reach below the root")
    };
    fields.pop().expect("two fields")
}

fn on_the_wire(value: &Value) -> String {
    let mut out = Vec::new();
    write_value(value, &mut out);
    String::from_utf8(out).expect("JSON is UTF-8")
}

fn check(before: &Value, after: &Value) -> Result<(), TestCaseError> {
    let ops = ops_between(before, after);
    prop_assert_eq!(&patched(before, &ops), after);
    prop_assert_eq!(ops.is_empty(), before == after);
    let size: usize = ops.iter().map(|op| op_len(op) + 1).sum();
    let whole = Op::Set {
        path: Path::from_iter([Step::Index(1)]),
        value: after.clone(),
    };
    prop_assert!(
        size <= op_len(&whole) + 1,
        "{:?} is larger than the whole",
        ops
    );
    Ok(())
}

proptest! {
    #[test]
    fn unrelated_values(before in plain_value(), after in plain_value()) {
        check(&before, &after)?;
    }

    #[test]
    fn changed_values(before in plain_value(), changes in mutations()) {
        check(&before, &mutated(&before, &changes))?;
    }

    #[test]
    fn changed_tables(before in rows(), changes in mutations()) {
        check(&before, &mutated(&before, &changes))?;
    }

    /// Keys that are not strings arrive as such: the wire shows no difference.
    #[test]
    fn keys_of_every_kind(before in any_value(), after in any_value(), changes in mutations()) {
        for after in [after, mutated(&before, &changes)] {
            let result = patched(&before, &ops_between(&before, &after));
            prop_assert_eq!(on_the_wire(&result), on_the_wire(&after));
        }
    }

    #[test]
    fn measured_is_what_is_written(before in any_value(), after in any_value()) {
        prop_assert_eq!(encoded_len(&before), on_the_wire(&before).len());
        for op in ops_between(&before, &after) {
            let mut out = Vec::new();
            write_op(&op, &mut out);
            prop_assert_eq!(op_len(&op), out.len());
        }
    }
}

fn table(rows: i64) -> Vec<Value> {
    let row = |id: i64| {
        Value::Dict(Dict::from_iter([
            ("id".into(), id.into()),
            ("name".into(), format!("part {id}").into()),
            ("price".into(), 1.5.into()),
        ]))
    };
    (0..rows).map(row).collect()
}

/// Has exactly this operation come out, in its wire form?
fn expect_ops(before: impl Into<Value>, after: impl Into<Value>, expected: &[&str]) {
    let (before, after) = (before.into(), after.into());
    let ops = ops_between(&before, &after);
    let written: Vec<String> = ops
        .iter()
        .map(|op| {
            let mut out = Vec::new();
            write_op(op, &mut out);
            String::from_utf8(out).expect("JSON is UTF-8")
        })
        .collect();
    assert_eq!(written, expected);
    assert_eq!(patched(&before, &ops), after);
}

fn set_cell(rows: &mut [Value], row: usize, name: &str, value: impl Into<Value>) {
    let Value::Dict(dict) = &mut rows[row] else {
        unreachable!("a row is a dictionary")
    };
    dict.insert(name.into(), value.into());
}

#[test]
fn one_cell_of_a_thousand_rows_is_one_small_operation() {
    let before = table(1000);
    let mut after = before.clone();
    set_cell(&mut after, 512, "price", 103.25);
    let ops = ops_between(&before.clone().into(), &after.clone().into());
    assert_eq!(ops.len(), 1);
    assert!(op_len(&ops[0]) < 80);
    expect_ops(before, after, &[r#"["s",[1,512,"price"],103.25]"#]);
}

#[test]
fn one_number_of_a_thousand() {
    let before: Vec<Value> = (0..1000).map(Value::Int).collect();
    let mut after = before.clone();
    after[999] = Value::Int(-1);
    expect_ops(before, after, &[r#"["s",[1,999],-1]"#]);
}

#[test]
fn a_row_appended_removed_moved() {
    let before = table(100);
    let mut after = before.clone();
    after.push(Value::None);
    expect_ops(before.clone(), after, &[r#"["p",[1],100,0,[null]]"#]);
    let mut after = before.clone();
    after.drain(10..13);
    expect_ops(before.clone(), after, &[r#"["p",[1],10,3,[]]"#]);
    let mut after = before.clone();
    after[20..60].rotate_left(2);
    expect_ops(before, after, &[r#"["m",[1],20,2,58]"#]);
}

#[test]
fn a_row_removed_and_a_cell_changed() {
    let before = table(100);
    let mut after = before.clone();
    set_cell(&mut after, 50, "price", 9.0);
    after.remove(10);
    let expected = [r#"["p",[1],10,1,[]]"#, r#"["s",[1,49,"price"],9.0]"#];
    expect_ops(before, after, &expected);
}

#[test]
fn every_price_changed_is_told_by_cell() {
    let before = table(500);
    let mut after = before.clone();
    for row in 0..after.len() {
        set_cell(&mut after, row, "price", 2.5);
    }
    let ops = ops_between(&before.into(), &after.into());
    assert_eq!(ops.len(), 500);
    assert!(
        ops.iter()
            .all(|op| matches!(op, Op::Set { path, .. } if path.len() == 3))
    );
}

#[test]
fn neighbouring_numbers_changed_are_one_run() {
    let before: Vec<Value> = (0..100).map(Value::Int).collect();
    let mut after = before.clone();
    after[40..43].fill(Value::Int(7));
    expect_ops(before, after, &[r#"["p",[1],40,3,[7,7,7]]"#]);
}

#[test]
fn a_list_all_new_is_set_as_a_whole() {
    let before: Vec<Value> = (0..5).map(Value::Int).collect();
    let after: Vec<Value> = (5..11).map(Value::Int).collect();
    expect_ops(before, after, &[r#"["s",[1],[5,6,7,8,9,10]]"#]);
}

#[test]
fn text_grows_at_its_end() {
    expect_ops("once upon", "once upon a time", &[r#"["a",[1]," a time"]"#]);
    expect_ops("", "a", &[r#"["s",[1],"a"]"#]);
    expect_ops("once", "twice", &[r#"["s",[1],"twice"]"#]);
}

#[test]
fn kinds_are_kept_apart() {
    expect_ops(1, 1.0, &[r#"["s",[1],1.0]"#]);
    expect_ops(1, true, &[r#"["s",[1],true]"#]);
    expect_ops(f64::NAN, f64::NAN, &[]);
}

#[test]
fn keys_that_change_their_order_are_set_as_a_whole() {
    let dict = |names: &[&str]| -> Dict {
        names
            .iter()
            .map(|name| (DictKey::from(*name), Value::Int(0)))
            .collect()
    };
    expect_ops(
        dict(&["a", "b"]),
        dict(&["b", "a"]),
        &[r#"["s",[1],{"b":0,"a":0}]"#],
    );
    let names = ["a rather long name", "b", "c"];
    let before = dict(&names);
    expect_ops(
        before.clone(),
        dict(&[names[0], "c"]),
        &[r#"["d",[1,"b"]]"#],
    );
    let added = dict(&[names[0], "b", "c", "d"]);
    expect_ops(before, added, &[r#"["s",[1,"d"],0]"#]);
}

#[test]
fn cheapest_takes_the_whole_only_when_it_is_smaller() {
    let path = Path::from_iter([Step::Index(0)]);
    let inner = Path::from_iter([Step::Index(0), Step::Index(0)]);
    let set = Op::Set {
        path: inner,
        value: Value::Int(1),
    };
    let small = Value::List(vec![Value::Int(1)]);
    let whole = Op::Set {
        path: path.clone(),
        value: small.clone(),
    };
    assert_eq!(
        cheapest(vec![set.clone(), set.clone()], &path, &small),
        [whole]
    );
    let large = Value::List(vec![Value::Int(1); 100]);
    assert_eq!(cheapest(vec![set.clone()], &path, &large), [set]);
    assert_eq!(cheapest(Vec::new(), &path, &small), []);
}
