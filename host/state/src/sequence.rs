//! The edits that turn one sequence into another, for elements of any kind.
//!
//! Not here: what an edit costs on the wire, and the difference of two elements; `diff` and the
//! script host look into the elements that a [`Edit::Replace`] pairs.
//!
//! The search is our own, not a crate's: `similar` bounds its work by a clock, and needs elements
//! that can be hashed, which references to Python objects and floats cannot.

use std::cmp::Ordering;
use std::ops::Range;

use crate::limits::{MAX_EDIT_DISTANCE, MAX_ROTATIONS};

/// One step from a sequence to the next. Edits apply in their order, and every index is valid once
/// the edits before it were applied.
///
/// All [`Edit::Replace`] come last, in ascending order; by then the sequence has its final length,
/// so that their positions are final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Put elements of `after` in the place of a run.
    Splice {
        /// The first element concerned.
        index: usize,
        /// How many elements go.
        remove: usize,
        /// Which elements of `after` come.
        insert: Range<usize>,
    },
    /// Take a run out and put it back elsewhere.
    Move {
        /// Where it stands.
        from: usize,
        /// How many elements it has.
        count: usize,
        /// Where it goes, counted after it was taken out.
        to: usize,
    },
    /// One element has been substituted by another. Whoever applies the edit may put the new one
    /// there, or only what differs between the two.
    Replace {
        /// The position in `after`, and in the sequence at that point.
        index_after: usize,
        /// The position that the element had in `before`.
        index_before: usize,
    },
}

/// The edits from `before` to `after`, none when they are the same.
///
/// Linear when one run was changed or moved, or elements were only removed or only inserted; in
/// the worst case linear plus a bounded search, after which a middle part counts as changed
/// altogether.
pub fn edits<T>(before: &[T], after: &[T], mut same: impl FnMut(&T, &T) -> bool) -> Vec<Edit> {
    let middle = trim(before, after, &mut same);
    let (old, new) = (&before[middle.before.clone()], &after[middle.after.clone()]);
    if old.is_empty() || new.is_empty() {
        return script(middle.is_change().then_some(middle));
    }
    if let Some(left) = rotation(old, new, &mut same) {
        return vec![moved(middle.before.start, left, old.len() - left)];
    }
    let hunks = contained(old, new, &mut same)
        .or_else(|| search(old, new, &mut same))
        .unwrap_or_else(|| one_by_one(old, new, &mut same));
    script(
        hunks
            .into_iter()
            .map(|hunk| hunk.shifted(middle.before.start)),
    )
}

/// A run of `before` that became a run of `after`.
#[derive(Debug, Clone)]
struct Hunk {
    before: Range<usize>,
    after: Range<usize>,
}

impl Hunk {
    fn is_change(&self) -> bool {
        !self.before.is_empty() || !self.after.is_empty()
    }

    fn shifted(self, by: usize) -> Self {
        Self {
            before: self.before.start + by..self.before.end + by,
            after: self.after.start + by..self.after.end + by,
        }
    }
}

/// What remains between the common start and the common end.
fn trim<T>(before: &[T], after: &[T], same: &mut impl FnMut(&T, &T) -> bool) -> Hunk {
    let start = before
        .iter()
        .zip(after)
        .take_while(|(a, b)| same(a, b))
        .count();
    let ends = before[start..]
        .iter()
        .rev()
        .zip(after[start..].iter().rev());
    let end = ends.take_while(|(a, b)| same(a, b)).count();
    Hunk {
        before: start..before.len() - end,
        after: start..after.len() - end,
    }
}

/// Turns hunks in ascending order into edits.
fn script(hunks: impl IntoIterator<Item = Hunk>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut replaced = Vec::new();
    for Hunk { before, after } in hunks {
        if before.len() == after.len() {
            replaced.extend(
                after
                    .zip(before)
                    .map(|(index_after, index_before)| Edit::Replace {
                        index_after,
                        index_before,
                    }),
            );
        } else {
            // All hunks before this one were applied: up to here the sequence is `after` already,
            // in length at least.
            edits.push(Edit::Splice {
                index: after.start,
                remove: before.len(),
                insert: after,
            });
        }
    }
    edits.append(&mut replaced);
    edits
}

/// How many elements of `old` stand at its start that `new` has at its end, when that exchange of
/// two runs is all the difference.
fn rotation<T>(old: &[T], new: &[T], same: &mut impl FnMut(&T, &T) -> bool) -> Option<usize> {
    if old.len() != new.len() {
        return None;
    }
    let mut tried = 0;
    for right in 1..old.len() {
        if !same(&old[0], &new[right]) {
            continue;
        }
        let rotated = new[right..].iter().chain(&new[..right]);
        if old.iter().zip(rotated).all(|(a, b)| same(a, b)) {
            return Some(old.len() - right);
        }
        tried += 1;
        if tried == MAX_ROTATIONS {
            break;
        }
    }
    None
}

/// Exchanges two neighbouring runs by moving the shorter.
fn moved(start: usize, left: usize, right: usize) -> Edit {
    if left <= right {
        Edit::Move {
            from: start,
            count: left,
            to: start + right,
        }
    } else {
        Edit::Move {
            from: start + left,
            count: right,
            to: start,
        }
    }
}

/// The hunks when one sequence is the other with elements left out, however many.
fn contained<T>(old: &[T], new: &[T], same: &mut impl FnMut(&T, &T) -> bool) -> Option<Vec<Hunk>> {
    match old.len().cmp(&new.len()) {
        Ordering::Equal => None,
        Ordering::Greater => left_out(old, new, same),
        Ordering::Less => {
            let hunks = left_out(new, old, |a, b| same(b, a))?;
            let turned = |hunk: Hunk| Hunk {
                before: hunk.after,
                after: hunk.before,
            };
            Some(hunks.into_iter().map(turned).collect())
        }
    }
}

/// The runs of `long` that `short` is without, when nothing else differs.
fn left_out<T>(long: &[T], short: &[T], mut same: impl FnMut(&T, &T) -> bool) -> Option<Vec<Hunk>> {
    let mut hunks = Vec::new();
    let mut position = 0;
    for (kept, element) in short.iter().enumerate() {
        let skipped = long[position..]
            .iter()
            .position(|other| same(other, element))?;
        hunks.push(Hunk {
            before: position..position + skipped,
            after: kept..kept,
        });
        position += skipped + 1;
    }
    hunks.push(Hunk {
        before: position..long.len(),
        after: short.len()..short.len(),
    });
    hunks.retain(Hunk::is_change);
    Some(hunks)
}

/// Without a search: the elements that differ from the one at the same position, or all of them
/// when there are not as many.
fn one_by_one<T>(old: &[T], new: &[T], same: &mut impl FnMut(&T, &T) -> bool) -> Vec<Hunk> {
    if old.len() != new.len() {
        return vec![Hunk {
            before: 0..old.len(),
            after: 0..new.len(),
        }];
    }
    let pairs = old.iter().zip(new).enumerate();
    pairs
        .filter(|(_, (a, b))| !same(a, b))
        .map(|(index, _)| Hunk {
            before: index..index + 1,
            after: index..index + 1,
        })
        .collect()
}

/// Myers' greedy search for the shortest script of insertions and removals; none when it is
/// longer than [`MAX_EDIT_DISTANCE`].
///
/// Round `d` knows for every diagonal `k = x - y` of the same parity how far `d` edits reach;
/// `rounds[d][i]` is the `x` reached on the diagonal `2 * i - d`.
fn search<T>(old: &[T], new: &[T], same: &mut impl FnMut(&T, &T) -> bool) -> Option<Vec<Hunk>> {
    let limit = MAX_EDIT_DISTANCE.min(old.len() + new.len());
    if old.len().abs_diff(new.len()) > limit {
        return None;
    }
    let mut rounds: Vec<Vec<Option<usize>>> = Vec::new();
    for distance in 0..=limit {
        let mut round = Vec::with_capacity(distance + 1);
        for slot in 0..=distance {
            let start = rounds
                .last()
                .map_or(Some(0), |last| entry(last, slot).map(|(x, _)| x));
            // Off the grid: more insertions than `new` has elements, or removals than `old`.
            let reached = start.and_then(|x| {
                let y = (x + distance).checked_sub(2 * slot)?;
                (x <= old.len() && y <= new.len()).then(|| x + run(&old[x..], &new[y..], same))
            });
            round.push(reached);
            if reached == Some(old.len()) && old.len() + distance == new.len() + 2 * slot {
                rounds.push(round);
                return Some(backtrack(&rounds, slot));
            }
        }
        rounds.push(round);
    }
    None
}

/// How many elements are the same from here on.
fn run<T>(old: &[T], new: &[T], same: &mut impl FnMut(&T, &T) -> bool) -> usize {
    old.iter().zip(new).take_while(|(a, b)| same(a, b)).count()
}

/// Where a diagonal is entered from the round before: its `x`, and the slot it came from. Slot
/// `slot - 1` lies one diagonal below and is left by a removal, slot `slot` by an insertion.
fn entry(last: &[Option<usize>], slot: usize) -> Option<(usize, usize)> {
    let inserted = last.get(slot).copied().flatten().map(|x| (x, slot));
    let below = slot.checked_sub(1);
    let removed = below.and_then(|below| last[below].map(|x| (x + 1, below)));
    inserted.max(removed)
}

/// Follows the rounds back from the end and gathers neighbouring edits into hunks.
fn backtrack(rounds: &[Vec<Option<usize>>], mut slot: usize) -> Vec<Hunk> {
    let mut hunks: Vec<Hunk> = Vec::new();
    for distance in (1..rounds.len()).rev() {
        let Some((entered, from)) = entry(&rounds[distance - 1], slot) else {
            break;
        };
        let y = entered + distance - 2 * slot;
        let removes = usize::from(from != slot);
        let edit = Hunk {
            before: entered - removes..entered,
            after: y + removes - 1..y,
        };
        match hunks.last_mut() {
            Some(next) if next.before.start == entered && next.after.start == y => {
                next.before.start = edit.before.start;
                next.after.start = edit.after.start;
            }
            _ => hunks.push(edit),
        }
        slot = from;
    }
    hunks.reverse();
    hunks
}
