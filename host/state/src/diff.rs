//! The cheapest operations between two values: what a change costs is its bytes on the wire.
//!
//! Not here: who changed what. The script host's journal calls this for the places that were
//! touched, or where it could not watch.

use std::collections::HashSet;

use crate::sequence::{self, Edit};
use crate::wire::{OpForm, op_len_within};
use crate::{Dict, DictKey, Op, Path, Step, Value};

pub use crate::wire::{encoded_len, op_len};

/// Appends to `ops` the operations that turn `before`, which stands at `path`, into `after`.
///
/// They are as good as `after` for whoever sees the wire; [`apply`](crate::apply) gives back
/// `after` itself where the keys of added entries are strings.
pub fn diff(before: &Value, after: &Value, path: &Path, ops: &mut Vec<Op>) {
    Differ {
        path: path.clone(),
        ops,
    }
    .value(before, after);
}

/// `ops`, which together turn the value at `path` into `whole`, or one operation that sets the
/// whole, when that is smaller.
#[must_use]
pub fn cheapest(ops: Vec<Op>, path: &Path, whole: &Value) -> Vec<Op> {
    let size = ops.iter().map(|op| op_len(op) + SEPARATOR).sum();
    if smaller(OpForm::Set(path, whole), size) {
        vec![Op::Set {
            path: path.clone(),
            value: whole.clone(),
        }]
    } else {
        ops
    }
}

/// The comma between two operations.
const SEPARATOR: usize = 1;

/// Whether an operation takes less than `size` bytes, its separator included.
fn smaller(op: OpForm<'_>, size: usize) -> bool {
    size.checked_sub(SEPARATOR + 1)
        .is_some_and(|limit| op_len_within(op, limit).is_some())
}

/// The walk through two values. Every method gives the bytes of the operations that it added.
struct Differ<'a> {
    path: Path,
    ops: &'a mut Vec<Op>,
}

impl Differ<'_> {
    fn value(&mut self, before: &Value, after: &Value) -> usize {
        match (before, after) {
            (Value::Str(old), Value::Str(new)) => self.string(old, new, after),
            (Value::List(old), Value::List(new))
            | (Value::Tuple(old), Value::Tuple(new))
            | (Value::Set(old), Value::Set(new)) => {
                self.whole_if_smaller(after, |differ| differ.list(old, new))
            }
            (Value::Dict(old), Value::Dict(new)) => self.dict(old, new, after),
            (
                Value::Object {
                    class: a,
                    fields: old,
                },
                Value::Object {
                    class: b,
                    fields: new,
                },
            ) if a == b => self.dict(old, new, after),
            _ if before == after => 0,
            _ => self.set(after),
        }
    }

    fn set(&mut self, value: &Value) -> usize {
        self.add(Op::Set {
            path: self.path.clone(),
            value: value.clone(),
        })
    }

    fn add(&mut self, op: Op) -> usize {
        let size = op_len(&op) + SEPARATOR;
        self.ops.push(op);
        size
    }

    /// Takes back what `parts` has added when setting the whole is smaller.
    fn whole_if_smaller(&mut self, whole: &Value, parts: impl FnOnce(&mut Self) -> usize) -> usize {
        let start = self.ops.len();
        let size = parts(self);
        if smaller(OpForm::Set(&self.path, whole), size) {
            self.ops.truncate(start);
            return self.set(whole);
        }
        size
    }

    fn inside(&mut self, step: Step, walk: impl FnOnce(&mut Self) -> usize) -> usize {
        self.path.push(step);
        let size = walk(self);
        self.path.pop();
        size
    }

    fn string(&mut self, old: &str, new: &str, after: &Value) -> usize {
        match new.strip_prefix(old) {
            Some("") => 0,
            Some(text) if !old.is_empty() => self.add(Op::Append {
                path: self.path.clone(),
                text: text.to_owned(),
            }),
            _ => self.set(after),
        }
    }

    fn list(&mut self, old: &[Value], new: &[Value]) -> usize {
        let edits = sequence::edits(old, new, |a, b| a == b);
        let mut size = 0;
        let mut rest = edits.as_slice();
        while let Some(edit) = rest.first() {
            let taken = match edit {
                Edit::Splice {
                    index,
                    remove,
                    insert,
                } => {
                    size += self.splice(*index, *remove, &new[insert.clone()]);
                    1
                }
                Edit::Move { from, count, to } => {
                    let (from, count, to) = (*from, *count, *to);
                    size += self.add(Op::Move {
                        path: self.path.clone(),
                        from,
                        count,
                        to,
                    });
                    1
                }
                Edit::Replace {
                    index_after,
                    index_before,
                } => {
                    let count = replaced_run(rest);
                    let old = &old[*index_before..*index_before + count];
                    size += self.replace(*index_after, old, &new[*index_after..][..count]);
                    count
                }
            };
            rest = &rest[taken..];
        }
        size
    }

    fn splice(&mut self, index: usize, remove: usize, insert: &[Value]) -> usize {
        let insert = insert.to_vec();
        self.add(Op::Splice {
            path: self.path.clone(),
            index,
            remove,
            insert,
        })
    }

    /// A run of elements that each became another: their differences, or the run anew.
    fn replace(&mut self, index: usize, old: &[Value], new: &[Value]) -> usize {
        let start = self.ops.len();
        let mut size = 0;
        for (offset, (a, b)) in old.iter().zip(new).enumerate() {
            size += self.inside(Step::Index(index + offset), |differ| differ.value(a, b));
        }
        if smaller(OpForm::Splice(&self.path, index, new.len(), new), size) {
            self.ops.truncate(start);
            return self.splice(index, new.len(), new);
        }
        size
    }

    fn dict(&mut self, old: &Dict, new: &Dict, after: &Value) -> usize {
        if !keys_can_follow(old, new) {
            return self.set(after);
        }
        self.whole_if_smaller(after, |differ| {
            let mut size = 0;
            for key in old.keys().filter(|key| !new.contains_key(*key)) {
                size += differ.inside(step(key), |differ| {
                    differ.add(Op::Delete {
                        path: differ.path.clone(),
                    })
                });
            }
            for (key, value) in new {
                size += differ.inside(step(key), |differ| match old.get(key) {
                    Some(old) => differ.value(old, value),
                    None => differ.set(value),
                });
            }
            size
        })
    }
}

/// How many of the edits at the start replace neighbouring elements.
fn replaced_run(edits: &[Edit]) -> usize {
    let neighbours = edits.windows(2).take_while(|pair| match pair {
        [
            Edit::Replace {
                index_after: a,
                index_before: b,
            },
            Edit::Replace {
                index_after: c,
                index_before: d,
            },
        ] => a + 1 == *c && b + 1 == *d,
        _ => false,
    });
    neighbours.count() + 1
}

fn step(key: &DictKey) -> Step {
    Step::Name(key.name().into_owned())
}

/// Whether deleting and setting keys gives the order of `new`: first those kept, as they stood,
/// then those added. Never when two keys share their name on the wire, where a path is ambiguous.
fn keys_can_follow(old: &Dict, new: &Dict) -> bool {
    let kept = old.keys().filter(|key| new.contains_key(*key));
    let added = new.keys().filter(|key| !old.contains_key(*key));
    kept.chain(added).eq(new.keys()) && names_are_distinct(old.keys().chain(new.keys()))
}

/// Whether no two different keys have one name. Strings alone cannot clash.
fn names_are_distinct<'a>(keys: impl Iterator<Item = &'a DictKey> + Clone) -> bool {
    if keys.clone().all(|key| matches!(key, DictKey::Str(_))) {
        return true;
    }
    let keys: HashSet<&DictKey> = keys.collect();
    let names: HashSet<_> = keys.iter().map(|key| key.name()).collect();
    names.len() == keys.len()
}
