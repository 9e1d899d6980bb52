//! The edits between sequences, run by a plain interpreter.

use std::cell::Cell;

use ferroflex_state::sequence::{Edit, edits};
use proptest::collection::vec;
use proptest::prelude::*;

/// Does what the documentation of [`Edit`] says, without any of the search.
fn interpret<T: Clone>(before: &[T], after: &[T], edits: &[Edit]) -> Vec<T> {
    let mut sequence = before.to_vec();
    for edit in edits {
        match edit {
            Edit::Splice {
                index,
                remove,
                insert,
            } => {
                sequence.splice(*index..*index + *remove, after[insert.clone()].to_vec());
            }
            Edit::Move { from, count, to } => {
                let taken: Vec<T> = sequence.drain(*from..*from + *count).collect();
                sequence.splice(*to..*to, taken);
            }
            Edit::Replace { index_after, .. } => {
                sequence[*index_after] = after[*index_after].clone();
            }
        }
    }
    sequence
}

fn check(before: &[u16], after: &[u16]) -> Result<(), TestCaseError> {
    let edits = edits(before, after, |a, b| a == b);
    prop_assert_eq!(interpret(before, after, &edits), after);
    prop_assert_eq!(edits.is_empty(), before == after);
    let is_replace = |edit: &Edit| matches!(edit, Edit::Replace { .. });
    prop_assert!(
        edits.is_sorted_by_key(is_replace),
        "a replacement is not last: {edits:?}"
    );
    // Until its replacement, the element of `before` stands where the edit says it will.
    let structural: Vec<Edit> = edits
        .iter()
        .filter(|edit| !is_replace(edit))
        .cloned()
        .collect();
    let reached = interpret(before, after, &structural);
    for edit in &edits {
        if let Edit::Replace {
            index_after,
            index_before,
        } = *edit
        {
            prop_assert_eq!(reached[index_after], before[index_before]);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn few_different_elements(before in vec(0_u16..4, 0..30), after in vec(0_u16..4, 0..30)) {
        check(&before, &after)?;
    }

    #[test]
    fn distinct_elements(count in 0_u16..60, order in vec(any::<prop::sample::Index>(), 0..6)) {
        let before: Vec<u16> = (0..count).collect();
        let mut after = before.clone();
        for place in order {
            let place = place.index(after.len() + 1);
            match place % 3 {
                0 => after.insert(place, 1000),
                1 => after.rotate_left(place),
                _ => after.truncate(place),
            }
        }
        check(&before, &after)?;
    }

    #[test]
    fn one_run_moved_is_one_move(
        length in 2_usize..80,
        places in any::<[prop::sample::Index; 3]>(),
    ) {
        let before: Vec<usize> = (0..length).collect();
        let mut places = places.map(|place| place.index(length + 1));
        places.sort_unstable();
        prop_assume!(places[0] < places[1] && places[1] < places[2]);
        let mut after = before.clone();
        after[places[0]..places[2]].rotate_left(places[1] - places[0]);
        let edits = edits(&before, &after, |a, b| a == b);
        let is_move = matches!(edits.as_slice(), [Edit::Move { .. }]);
        prop_assert!(is_move, "{edits:?}");
        prop_assert_eq!(interpret(&before, &after, &edits), after);
    }
}

proptest! {
    // The search runs into its limit every time.
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn beyond_the_limit_of_the_search(
        before in vec(any::<u16>(), 300..600),
        after in vec(any::<u16>(), 300..600),
    ) {
        check(&before, &after)?;
    }
}

fn comparisons(before: &[u32], after: &[u32]) -> (usize, Vec<Edit>) {
    let count = Cell::new(0);
    let edits = edits(before, after, |a, b| {
        count.set(count.get() + 1);
        a == b
    });
    (count.get(), edits)
}

#[test]
fn one_change_costs_one_pass() {
    let before: Vec<u32> = (0..10_000).collect();
    let mut after = before.clone();
    assert_eq!(comparisons(&before, &after), (10_000, Vec::new()));
    after[5000] = 0;
    let (count, edits) = comparisons(&before, &after);
    assert_eq!(
        edits,
        [Edit::Replace {
            index_after: 5000,
            index_before: 5000
        }]
    );
    assert!(count < 10_010, "{count} comparisons");
    after.remove(100);
    assert_eq!(
        comparisons(&before, &after).1,
        [
            Edit::Splice {
                index: 100,
                remove: 1,
                insert: 100..100
            },
            Edit::Replace {
                index_after: 4999,
                index_before: 5000
            },
        ]
    );
}

#[test]
fn the_worst_case_is_bounded() {
    let before: Vec<u32> = (0..10_000).collect();
    let shorter: Vec<u32> = (20_000..29_900).collect();
    let (count, edits) = comparisons(&before, &shorter);
    assert_eq!(
        edits,
        [Edit::Splice {
            index: 0,
            remove: 10_000,
            insert: 0..9900
        }]
    );
    assert!(count < 60_000, "{count} comparisons");
    let (count, edits) = comparisons(&before, &(20_000..30_000).collect::<Vec<_>>());
    assert_eq!(edits.len(), 10_000);
    assert!(count < 60_000, "{count} comparisons");
}

#[test]
fn elements_removed_or_inserted_here_and_there() {
    let all: Vec<u32> = (0..1000).collect();
    let even: Vec<u32> = all
        .iter()
        .copied()
        .filter(|number| number % 2 == 0)
        .collect();
    for (before, after) in [(&all, &even), (&even, &all)] {
        let (count, edits) = comparisons(before, after);
        assert_eq!(edits.len(), 500);
        assert!(count < 2500, "{count} comparisons");
        assert_eq!(interpret(before, after, &edits), *after);
    }
}

#[test]
fn changes_of_all_kinds_here_and_there() {
    let before: Vec<u32> = (0..1000).collect();
    let mut after = before.clone();
    after[900] = 5000;
    after.insert(600, 5001);
    after.drain(300..310);
    let (_, edits) = comparisons(&before, &after);
    assert_eq!(
        edits,
        [
            Edit::Splice {
                index: 300,
                remove: 10,
                insert: 300..300
            },
            Edit::Splice {
                index: 590,
                remove: 0,
                insert: 590..591
            },
            Edit::Replace {
                index_after: 891,
                index_before: 900
            },
        ]
    );
}
