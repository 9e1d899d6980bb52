//! Tests of the journal.

use super::*;

const ITEMS: FieldId = FieldId {
    substate: 1,
    field: 0,
};
const OTHER: FieldId = FieldId {
    substate: 1,
    field: 1,
};

fn row_in_list() -> (Journal, NodeId, NodeId) {
    let mut journal = Journal::new(&[0, 2]);
    let list = journal.register();
    let row = journal.register();
    journal.attach(list, Parent::Field(ITEMS), Step::Index(0));
    journal.attach(row, Parent::Node(list), Step::Index(7));
    (journal, list, row)
}

#[test]
fn a_touched_node_is_found_from_its_field() {
    let (mut journal, list, row) = row_in_list();
    assert!(journal.touch_node(row));
    assert!(!journal.touch_node(row), "noted once");
    let ways = journal.ways(row);
    assert_eq!(ways.len(), 1);
    assert_eq!(ways[0].field, ITEMS);
    let steps = &ways[0].steps;
    assert_eq!(
        (steps[0].0.hint.clone(), steps[0].1),
        (Step::Index(0), list)
    );
    assert_eq!((steps[1].0.hint.clone(), steps[1].1), (Step::Index(7), row));
}

#[test]
fn what_was_computed_from_a_field_ends_with_a_touch_inside() {
    let (mut journal, _, row) = row_in_list();
    let version = journal.version(ITEMS);
    assert!(journal.holds(ITEMS, version));
    journal.touch_node(row);
    assert!(
        !journal.holds(ITEMS, journal.version(ITEMS)),
        "unsettled until flushed"
    );
    journal.settle_fields();
    assert!(journal.holds(ITEMS, journal.version(ITEMS)));
    assert!(!journal.holds(ITEMS, version));
    assert!(
        journal.holds(OTHER, journal.version(OTHER)),
        "another field is not concerned"
    );
}

#[test]
fn a_change_inside_is_to_be_kept_once_and_a_flush_is_none() {
    let (mut journal, list, row) = row_in_list();
    journal.touch_node(row);
    journal.touch_node(list);
    journal.touch_field(OTHER, true);
    assert_eq!(journal.take_unkept(), vec![ITEMS, OTHER]);
    journal.settle_fields();
    assert!(journal.take_unkept().is_empty());
    journal.touch_field(OTHER, true);
    assert_eq!(journal.take_unkept(), vec![OTHER]);
}

#[test]
fn a_node_in_two_places_has_two_ways() {
    let (mut journal, list, row) = row_in_list();
    let second = journal.register();
    journal.attach(second, Parent::Field(OTHER), Step::Index(1));
    journal.attach(row, Parent::Node(second), Step::Name("x".into()));
    assert_eq!(journal.ways(row).len(), 2);
    journal.detach(row, Parent::Node(list));
    assert_eq!(journal.ways(row)[0].field, OTHER);
}

#[test]
fn outer_nodes_come_first_and_settled_ones_not_at_all() {
    let (mut journal, list, row) = row_in_list();
    journal.touch_node(row);
    journal.touch_node(list);
    assert_eq!(journal.take_nodes(), vec![list, row]);
    let (mut journal, list, row) = row_in_list();
    journal.touch_node(list);
    journal.touch_node(row);
    journal.settle_node(row);
    assert_eq!(journal.take_nodes(), vec![list]);
}

#[test]
fn a_container_inside_itself_ends() {
    let mut journal = Journal::new(&[0, 1]);
    let list = journal.register();
    journal.attach(list, Parent::Node(list), Step::Index(0));
    assert!(journal.ways(list).is_empty());
    assert!(journal.touch_node(list));
}

#[test]
fn an_inner_node_comes_after_the_farthest_that_it_hangs_in() {
    let (mut journal, list, row) = row_in_list();
    let shared = journal.register();
    journal.attach(shared, Parent::Field(OTHER), Step::Index(1));
    journal.attach(shared, Parent::Node(row), Step::Name("tags".into()));
    for node in [shared, row, list] {
        journal.touch_node(node);
    }
    assert_eq!(journal.take_nodes(), vec![list, row, shared]);
    assert_eq!(journal.fields_above(shared), BTreeSet::from([ITEMS, OTHER]));
}

#[test]
fn a_number_used_again_is_another_node() {
    let (mut journal, list, row) = row_in_list();
    journal.release(list);
    let other = journal.register();
    journal.attach(other, Parent::Field(OTHER), Step::Index(1));
    assert_ne!(other, list);
    assert!(journal.ways(row).is_empty(), "the list is gone");
    journal.attach(row, Parent::Node(other), Step::Index(0));
    assert_eq!(journal.ways(row).len(), 1);
}
