//! Generated values and changes, for the property tests. Not here: any assertion.

use ferroflex_state::{Dict, DictKey, TextKind, Value};
use num_bigint::BigInt;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

/// Values whose keys are all strings.
pub(crate) fn plain_value() -> BoxedStrategy<Value> {
    value(text().prop_map(DictKey::Str).boxed())
}

/// Values with keys of every kind, such as share their name on the wire included.
pub(crate) fn any_value() -> BoxedStrategy<Value> {
    value(
        prop_oneof![
            text().prop_map(DictKey::Str),
            (-3_i64..3).prop_map(DictKey::Int),
            any::<bool>().prop_map(DictKey::Bool),
            Just(DictKey::None),
            prop_oneof![text(), (-3_i64..3).prop_map(|number| number.to_string())]
                .prop_map(DictKey::Other),
        ]
        .boxed(),
    )
}

/// A list of similar rows, as a table has them.
pub(crate) fn rows() -> BoxedStrategy<Value> {
    let row = (0_i64..20, text(), any::<f64>()).prop_map(|(id, name, price)| {
        Value::Dict(Dict::from_iter([
            ("id".into(), id.into()),
            ("name".into(), name.into()),
            ("price".into(), price.into()),
        ]))
    });
    vec(row, 0..30).prop_map(Value::List).boxed()
}

fn value(key: BoxedStrategy<DictKey>) -> BoxedStrategy<Value> {
    leaf()
        .prop_recursive(4, 48, 6, move |inner| {
            let dict = vec((key.clone(), inner.clone()), 0..6)
                .prop_map(Dict::from_iter)
                .boxed();
            prop_oneof![
                3 => vec(inner.clone(), 0..8).prop_map(Value::List),
                1 => vec(inner.clone(), 0..4).prop_map(Value::Tuple),
                1 => vec(inner.clone(), 0..4).prop_map(Value::Set),
                3 => dict.clone().prop_map(Value::Dict),
                1 => (text(), dict).prop_map(|(class, fields)| Value::Object { class, fields }),
                1 => (text(), inner)
                    .prop_map(|(class, value)| Value::Enum { class, value: Box::new(value) }),
            ]
        })
        .boxed()
}

fn leaf() -> BoxedStrategy<Value> {
    prop_oneof![
        Just(Value::None),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        (-2_i64..3).prop_map(Value::Int),
        any::<i128>().prop_filter_map("beyond 64 bits", |number| {
            i64::try_from(number)
                .is_err()
                .then(|| Value::BigInt(BigInt::from(number)))
        }),
        any::<f64>().prop_map(Value::Float),
        prop_oneof![
            Just(f64::NAN),
            Just(f64::INFINITY),
            Just(-f64::INFINITY),
            Just(-0.0)
        ]
        .prop_map(Value::Float),
        text().prop_map(Value::Str),
        vec(any::<u8>(), 0..6).prop_map(Value::Bytes),
        (text_kind(), text()).prop_map(|(kind, text)| Value::Text { kind, text }),
    ]
    .boxed()
}

fn text() -> BoxedStrategy<String> {
    prop_oneof![
        3 => "[a-c]{0,2}",
        1 => Just("$".to_owned()),
        1 => any::<String>().prop_map(|text| text.chars().take(12).collect()),
    ]
    .boxed()
}

fn text_kind() -> impl Strategy<Value = TextKind> {
    prop::sample::select(vec![
        TextKind::DateTime,
        TextKind::Date,
        TextKind::Time,
        TextKind::TimeDelta,
        TextKind::Decimal,
        TextKind::Uuid,
    ])
}

/// A change somewhere inside a value.
#[derive(Debug, Clone)]
pub(crate) struct Mutation {
    way: Vec<Index>,
    change: Change,
}

#[derive(Debug, Clone)]
enum Change {
    Replace(Value),
    Insert(Index, Value),
    Remove(Index, Index),
    Rotate(Index, Index, Index),
    Reverse,
    Append(String),
    AddKey(String, Value),
    DeleteKey(Index),
    KeyToEnd(Index),
}

/// Changes at all depths.
pub(crate) fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    let index = any::<Index>;
    let change = prop_oneof![
        leaf().prop_map(Change::Replace),
        plain_value().prop_map(Change::Replace),
        (index(), plain_value()).prop_map(|(at, value)| Change::Insert(at, value)),
        (index(), index()).prop_map(|(from, to)| Change::Remove(from, to)),
        (index(), index(), index())
            .prop_map(|(from, middle, to)| { Change::Rotate(from, middle, to) }),
        Just(Change::Reverse),
        text().prop_map(Change::Append),
        (text(), leaf()).prop_map(|(name, value)| Change::AddKey(name, value)),
        index().prop_map(Change::DeleteKey),
        index().prop_map(Change::KeyToEnd),
    ];
    let mutation = (vec(index(), 0..4), change).prop_map(|(way, change)| Mutation { way, change });
    vec(mutation, 1..5)
}

/// The value after the changes; those that do not fit where they lead are left out.
pub(crate) fn mutated(before: &Value, mutations: &[Mutation]) -> Value {
    let mut after = before.clone();
    for mutation in mutations {
        mutate(&mut after, &mutation.way, &mutation.change);
    }
    after
}

fn mutate(value: &mut Value, way: &[Index], change: &Change) {
    if let Some((first, rest)) = way.split_first() {
        match value {
            Value::List(list) | Value::Tuple(list) | Value::Set(list) if !list.is_empty() => {
                let position = first.index(list.len());
                return mutate(&mut list[position], rest, change);
            }
            Value::Dict(dict) | Value::Object { fields: dict, .. } if !dict.is_empty() => {
                let position = first.index(dict.len());
                return mutate(&mut dict[position], rest, change);
            }
            _ => {}
        }
    }
    match value {
        Value::List(list) | Value::Tuple(list) | Value::Set(list) => change_list(list, change),
        Value::Dict(dict) | Value::Object { fields: dict, .. } => change_dict(dict, change),
        Value::Str(text) => {
            if let Change::Append(more) = change {
                text.push_str(more);
            }
        }
        _ => {}
    }
    if let Change::Replace(other) = change {
        *value = other.clone();
    }
}

fn change_list(list: &mut Vec<Value>, change: &Change) {
    let place = |index: &Index| index.index(list.len() + 1);
    match change {
        Change::Insert(at, value) => list.insert(place(at), value.clone()),
        Change::Remove(from, to) => {
            let (from, to) = (place(from), place(to));
            list.drain(from.min(to)..from.max(to));
        }
        Change::Rotate(from, middle, to) => {
            let mut places = [place(from), place(middle), place(to)];
            places.sort_unstable();
            list[places[0]..places[2]].rotate_left(places[1] - places[0]);
        }
        Change::Reverse => list.reverse(),
        _ => {}
    }
}

fn change_dict(dict: &mut Dict, change: &Change) {
    match change {
        Change::AddKey(name, value) => drop(dict.insert(DictKey::Str(name.clone()), value.clone())),
        Change::DeleteKey(at) if !dict.is_empty() => {
            drop(dict.shift_remove_index(at.index(dict.len())));
        }
        Change::KeyToEnd(at) if !dict.is_empty() => {
            dict.move_index(at.index(dict.len()), dict.len() - 1);
        }
        _ => {}
    }
}
