//! Every component of Reflex is in the catalogue, with all its props and event triggers: a prop that
//! the catalogue lacks would become style without a word.
//!
//! Not here: what a component makes of its props (`golden.rs`).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use ferroflex_page::catalogue::{find, namespace};
use ferroflex_page::takes;

const INVENTORY: &str = include_str!("inventory/components.tsv");

/// How many names Reflex has: those of its public modules, and the members of the groups that these
/// keep as plain namespaces (`rx.data_list.root`).
const NAMES: usize = 578 + 12;

/// Names that are no components, though Reflex makes them as such: Python functions of our own
/// package, which the catalogue need not know.
const FUNCTIONS: &[&str] = &["foreach", "match", "toast"];

/// Props that are style, which they are under the same name.
const STYLE: &[(&str, &str)] = &[
    ("list", "list_style_type"),
    ("list.ordered", "list_style_type"),
    ("list.unordered", "list_style_type"),
    ("ordered_list", "list_style_type"),
    ("select", "width"),
    ("slider", "width"),
    ("unordered_list", "list_style_type"),
];

/// Triggers that give more than Reflex's: the event of the input inside, which is given there too.
const TELLING_MORE: &[(&str, &str)] = &[("debounce_input", "on_change")];

/// What is still to come; a name with a colon is a prop or a trigger of a component.
const EXPECTED: &[&str] = &[];

/// One line of the inventory.
struct Row {
    name: &'static str,
    props: Vec<&'static str>,
    triggers: Vec<(&'static str, usize)>,
}

fn rows() -> Vec<Row> {
    let lines = INVENTORY.lines().filter(|line| !line.starts_with('#'));
    lines.skip(1).map(row).collect()
}

fn row(line: &'static str) -> Row {
    let mut columns = line.split('\t');
    let mut next = || columns.next().unwrap();
    let (name, props, triggers) = (next(), next(), next());
    let trigger = |text: &'static str| {
        let (name, values) = text.split_once(':').unwrap();
        (name, values.parse().unwrap())
    };
    Row {
        name,
        props: props.split_whitespace().collect(),
        triggers: triggers.split_whitespace().map(trigger).collect(),
    }
}

/// What the catalogue lacks of a component: its name, or `name:prop` and `name:on_trigger`.
fn lacking(row: &Row) -> Vec<String> {
    let name = row.name;
    let Some(entry) = find(name) else {
        let is_group = row.props.is_empty() && row.triggers.is_empty() && namespace(name).is_some();
        return if is_group {
            vec![]
        } else {
            vec![name.to_owned()]
        };
    };
    let bare = name.strip_prefix("radix.").unwrap_or(name);
    let props = row.props.iter().filter(|prop| match **prop {
        "*" => !entry.attributes,
        prop => !takes(name, prop) && !STYLE.contains(&(bare, prop)),
    });
    let triggers = row.triggers.iter().filter(|(trigger, values)| {
        let spec = entry.trigger(trigger);
        let more = TELLING_MORE.contains(&(name, trigger));
        spec.is_none_or(|spec| spec.args.len() != *values && !more)
    });
    let triggers = triggers.map(|(trigger, _)| trigger);
    props
        .chain(triggers)
        .map(|part| format!("{name}:{part}"))
        .collect()
}

#[test]
fn every_name_prop_and_trigger_of_reflex_is_known() {
    let rows = rows();
    assert_eq!(rows.len(), NAMES);
    let lacking: BTreeSet<String> = rows
        .iter()
        .filter(|row| !FUNCTIONS.contains(&row.name))
        .flat_map(lacking)
        .collect();
    let expected: BTreeSet<String> = EXPECTED.iter().map(|name| (*name).to_owned()).collect();
    let missing: Vec<_> = lacking.difference(&expected).collect();
    assert!(
        missing.is_empty(),
        "missing {}: {missing:#?}",
        missing.len()
    );
    let there: Vec<_> = expected.difference(&lacking).collect();
    assert!(there.is_empty(), "no longer missing: {there:#?}");
}
